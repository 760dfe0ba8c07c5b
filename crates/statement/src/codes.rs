//! The closed lists of what can be said of a file.
//!
//! A code never changes its word once released: it is stored beside a statement. The sentence a
//! person reads lives in `assets/locales/*/statement.toml` under the same word.

/// Writes one closed list: the variants, their words, and the arguments their sentences may name.
macro_rules! codes {
    ($(#[$about:meta])* $name:ident {
        $($(#[$doc:meta])* $variant:ident = $word:literal [$($arg:ident),*],)*
    }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// Every code there is, in the order of this list.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The code as stored and shown to machines, in kebab-case.
            pub fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)*
                }
            }

            /// The names that its sentence may use, each given with the remark or refusal.
            pub fn args(self) -> &'static [&'static str] {
                match self {
                    $($name::$variant => &[$(stringify!($arg),)*],)*
                }
            }
        }
    };
}

codes! {
    /// What a remark says.
    RemarkCode {
        /// Opening + lines is not the closing balance.
        BalanceNotProved = "balance-not-proved" [account, opening, sum, closing, difference],
        /// The running balance does not follow from one line to the next.
        BalanceChainBroken = "balance-chain-broken" [count],
        /// A stated balance is no amount.
        BalanceUnreadable = "balance-unreadable" [value],
        /// The balance was stated for a day before the last line.
        BalanceOfEarlierDay = "balance-of-earlier-day" [day, last],
        /// Lines that add up to more than can be kept exactly.
        SumTooLarge = "sum-too-large" [account],
        /// A line without a day the calendar knows.
        DayUnreadable = "day-unreadable" [value],
        /// A line without an amount.
        AmountMissing = "amount-missing" [],
        /// An amount that is no number.
        AmountUnreadable = "amount-unreadable" [value],
        /// An amount with more decimals than its currency has.
        AmountTooFine = "amount-too-fine" [value, currency],
        /// An amount beyond what can be kept exactly.
        AmountTooLarge = "amount-too-large" [value],
        /// An amount whose decimal mark cannot be told from its thousands mark.
        AmountAmbiguous = "amount-ambiguous" [value],
        /// An amount in another currency than the account's.
        AmountOtherCurrency = "amount-other-currency" [value, currency, account_currency],
        /// An amount was written in a form the format does not foresee, and still unmistakable.
        AmountUnusual = "amount-unusual" [value],
        /// A line that does not say whether money came or went.
        SignMissing = "sign-missing" [value],
        /// The booking day was missing; another field gave the day.
        DayFromOtherField = "day-from-other-field" [field, day],
        /// The line has no day of its own; that of its statement was taken.
        DayFromStatement = "day-from-statement" [count, day],
        /// Lines that the bank announces and has not booked.
        Pending = "pending" [count],
        /// A row between the lines that holds neither day nor amount.
        RowIgnored = "row-ignored" [text],
        /// Ids that the bank gave to several lines.
        IdRepeated = "id-repeated" [count],
        /// The bank gives ids that name nothing.
        IdEmpty = "id-empty" [count],
        /// The file says one encoding and is in another.
        EncodingWrong = "encoding-wrong" [said, read],
        /// Letters were lost before the file came here.
        LettersLost = "letters-lost" [],
        /// The file stops in the middle.
        Truncated = "truncated" [],
        /// A securities account, which this reader does not read.
        InvestmentNotRead = "investment-not-read" [account],
        /// The details under a line do not add up to it.
        DetailsDoNotAddUp = "details-do-not-add-up" [amount, details],
        /// Lines stand outside the stated period.
        LinesOutsidePeriod = "lines-outside-period" [count, first, last],
        /// A notification of chosen lines: the statement will bring them again.
        Notification = "notification" [],
        /// A report within the day: the statement will bring its lines again.
        Intraday = "intraday" [],
        /// The columns were guessed from common words.
        ColumnsGuessed = "columns-guessed" [columns],
        /// The file is sound and holds no line.
        NoLines = "no-lines" [],
        /// The bank added a message of error.
        BankMessage = "bank-message" [message],
        /// A statement without any day, left out.
        StatementWithoutDay = "statement-without-day" [account],
        /// A statement that does not name its account.
        AccountMissing = "account-missing" [],
        /// A field of an answer that must be there and is not.
        FieldMissing = "field-missing" [field],
        /// A field of an answer that is not what it should be.
        FieldUnreadable = "field-unreadable" [field, value],
        /// A word that the connector does not know.
        WordUnknown = "word-unknown" [field, value],
        /// What stands for a currency and is none.
        CurrencyUnknown = "currency-unknown" [field, value],
        /// An account that the connector leaves out, as another bank keeps it.
        AccountSkipped = "account-skipped" [account],
        /// The answer with the balances does not show the account.
        AccountNotShown = "account-not-shown" [account],
        /// Lines that two pages of an answer show.
        LineRepeated = "line-repeated" [count],
        /// What the bank knows is some days old.
        FeedStale = "feed-stale" [day, last],
    }
}

codes! {
    /// What a refusal says.
    RefusalCode {
        /// No bytes, or blanks only.
        Empty = "empty" [],
        /// A PDF.
        Pdf = "pdf" [],
        /// A workbook of a spreadsheet program.
        Spreadsheet = "spreadsheet" [],
        /// A packed archive.
        Archive = "archive" [],
        /// A picture.
        Image = "image" [],
        /// Bytes that are no text.
        Binary = "binary" [],
        /// A web page.
        Html = "html" [],
        /// JSON.
        Json = "json" [],
        /// XML of another kind.
        OtherXml = "other-xml" [root],
        /// QIF.
        Qif = "qif" [],
        /// MT940 or MT942.
        Mt940 = "mt940" [],
        /// CFONB 120 or 240.
        Cfonb = "cfonb" [],
        /// Belgian CODA.
        Coda = "coda" [],
        /// Spanish Norma 43.
        Norma43 = "norma43" [],
        /// BAI2.
        Bai2 = "bai2" [],
        /// Text whose columns no recipe knows.
        UnknownLayout = "unknown-layout" [header],
        /// Day and month cannot be told apart.
        DateOrderUnknown = "date-order-unknown" [example],
        /// Decimal and thousands marks cannot be told apart.
        AmountFormUnknown = "amount-form-unknown" [example],
        /// Debits are written with both signs.
        SignUnknown = "sign-unknown" [column],
        /// A sound answer of the bank that holds no statement.
        NoStatement = "no-statement" [format],
        /// The bank answered with an error.
        BankError = "bank-error" [message],
        /// XML that is not well formed.
        XmlBroken = "xml-broken" [line],
        /// XML with a document type, which may hide entities.
        XmlDoctype = "xml-doctype" [],
        /// The file stops in the middle and cannot be trusted.
        CutOff = "cut-off" [],
        /// An answer of a bank that is no JSON.
        AnswerNotJson = "answer-not-json" [at],
        /// An answer with more in one another, or more values, than an honest one has.
        AnswerTooDeep = "answer-too-deep" [],
        /// An answer without the list that the connector names.
        AnswerShape = "answer-shape" [field],
        /// An answer that does not show the account that was asked.
        AccountNotInAnswer = "account-not-in-answer" [account],
        /// An answer of which nobody says when it was got.
        AnswerWithoutMoment = "answer-without-moment" [],
        /// A time zone that does not exist.
        ZoneUnknown = "zone-unknown" [zone],
    }
}

#[cfg(test)]
mod tests;
