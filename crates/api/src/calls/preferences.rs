//! How a person likes the window, kept outside of any book.

use super::{Called, Nothing, Seen};
use crate::app::App;
use crate::host::Progress;
use crate::sentences::Language;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::Path;
use ts_rs::TS;

/// How a person likes the window.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// The language; that of the machine when absent.
    #[serde(default)]
    pub language: Option<Language>,
    /// Light, dark, or as the machine has it.
    #[serde(default)]
    pub theme: Theme,
    /// Books that were open, the latest first.
    #[serde(default)]
    pub recent: Vec<RecentBook>,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// As the machine has it.
    #[default]
    Auto,
}

/// A book that was open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecentBook {
    /// Where it lies.
    pub path: String,
    /// The business's name.
    pub name: String,
}

/// The most books remembered.
const MOST_RECENT: usize = 20;

/// The file's own words: what is missing or of a later version is passed over.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Kept {
    language: Option<Language>,
    theme: Theme,
    recent: Vec<RecentBook>,
}

impl App {
    /// What was kept; nothing in particular where nothing was, or where it cannot be read.
    pub fn preferences(&self, _: &Path, _: Nothing, _: &dyn Progress) -> Called<Preferences> {
        Ok(Seen::nowhere(self.kept_preferences()))
    }

    pub(super) fn kept_preferences(&self) -> Preferences {
        let text = self.host.preferences.as_ref().and_then(|path| std::fs::read(path).ok());
        let kept = text.and_then(|text| serde_json::from_slice::<Kept>(&text).ok());
        let Kept { language, theme, recent } = kept.unwrap_or_default();
        Preferences { language, theme, recent }
    }

    /// Keeps them, whole or not at all.
    pub fn keep_preferences(
        &self,
        _: &Path,
        request: Preferences,
        _: &dyn Progress,
    ) -> Called<Preferences> {
        let mut kept = request;
        let mut known = std::collections::HashSet::new();
        kept.recent.retain(|book| known.insert(book.path.clone()));
        kept.recent.truncate(MOST_RECENT);
        let path = self.host.preferences.as_deref();
        let path = path.ok_or_else(|| self.own("no-preferences", &[]))?;
        let text = serde_json::to_vec_pretty(&kept)
            .map_err(|why| self.own("bug", &[("call", "keep_preferences")]).with_detail(&why))?;
        let random = u32::from_be_bytes(*(self.host.random)().first_chunk().unwrap_or(&[0; 4]));
        write_whole(path, &text, random).map_err(|why| {
            let shown = path.display().to_string();
            self.own("unwritable", &[("path", &shown)]).with_detail(&why)
        })?;
        Ok(Seen::nowhere(kept))
    }
}

/// Writes a file beside the old one, then puts it in its place: a reader sees either, never half.
fn write_whole(path: &Path, bytes: &[u8], random: u32) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{random:08x}"));
    let beside = Path::new(&beside);
    let mut file = std::fs::File::create(beside)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    let placed = written.and_then(|()| std::fs::rename(beside, path));
    placed.inspect_err(|_| drop(std::fs::remove_file(beside)))
}
