//! Enumerations whose values are words of a data file: one list gives type, word and reading.

/// Declares an enumeration of plain variants, each with its word in the data files.
///
/// Gives `ALL` in the order written, `word`, `read`, `Display`, and serde by the same word, so
/// that a stored command and the data file can never spell it in two ways.
macro_rules! closed_words {
    (
        $(#[$about:meta])*
        pub enum $name:ident { $( $(#[$doc:meta])* $variant:ident = $word:literal, )+ }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[derive(serde::Serialize, serde::Deserialize, ts_rs::TS)]
        pub enum $name { $( $(#[$doc])* #[serde(rename = $word)] $variant, )+ }

        impl $name {
            /// Every value, in the order of its declaration.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The word that stands for it in data files and in the book.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The value of a word, if the list has it.
            pub fn read(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

pub(crate) use closed_words;
