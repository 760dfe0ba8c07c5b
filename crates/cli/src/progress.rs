//! A bar for each step of long work, on standard error, and only where a person looks at it.

use api::{App, Progress};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;

/// Draws the steps of long work.
pub(crate) struct Bars<'a> {
    app: &'a App,
    bar: Mutex<Option<ProgressBar>>,
    visible: bool,
}

impl<'a> Bars<'a> {
    /// Bars where standard error is a terminal; silence elsewhere.
    pub(crate) fn new(app: &'a App) -> Bars<'a> {
        Bars { app, bar: Mutex::new(None), visible: std::io::stderr().is_terminal() }
    }
}

impl Progress for Bars<'_> {
    fn begin(&self, step: &str, about: &str) {
        if !self.visible {
            return;
        }
        let text = self.app.step_text(step, about);
        let bar = ProgressBar::new(1);
        // A style that does not parse would be a fault of this line; the plain bar is no worse.
        if let Ok(style) = ProgressStyle::with_template("{msg:44!} [{bar:28}] {percent:>3} %") {
            bar.set_style(style.progress_chars("━╸ "));
        }
        bar.set_message(text);
        if let Ok(mut slot) = self.bar.lock()
            && let Some(before) = slot.replace(bar)
        {
            before.finish_and_clear();
        }
    }

    fn step(&self, done: u64, total: Option<u64>) -> bool {
        if let Ok(slot) = self.bar.lock()
            && let Some(bar) = slot.as_ref()
        {
            bar.set_length(total.unwrap_or(done).max(done).max(1));
            bar.set_position(done);
        }
        true
    }
}

impl Drop for Bars<'_> {
    fn drop(&mut self) {
        if let Ok(slot) = self.bar.lock()
            && let Some(bar) = slot.as_ref()
        {
            bar.finish_and_clear();
        }
    }
}
