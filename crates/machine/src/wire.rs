//! The way to banks, made when the first one is asked: a start that asks none pays nothing.

use source::{Web, Wire, WireAnswer, WireFault, WireLimits, WireRequest};
use std::sync::OnceLock;

/// The internet, lazily.
#[derive(Default)]
pub(crate) struct LazyWeb(OnceLock<Option<Web>>);

impl Wire for LazyWeb {
    fn ask(
        &self,
        request: &WireRequest,
        limits: WireLimits,
        stop: &dyn Fn() -> bool,
    ) -> Result<WireAnswer, WireFault> {
        // Without trust in any certificate nobody can be asked.
        let web = self.0.get_or_init(|| Web::new().ok()).as_ref().ok_or(WireFault::Certificate)?;
        web.ask(request, limits, stop)
    }
}
