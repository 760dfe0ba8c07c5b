//! Whose certificates are believed, and at which instant they are judged.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use rustls::client::ClientConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{RootCertStore, version};
use thiserror::Error;

/// The roots of the system, and more if a person added some (a server of one's own).
#[derive(Clone, Debug)]
pub struct Trust {
    at: DateTime<Utc>,
    extra: Vec<CertificateDer<'static>>,
}

/// Why bytes are no root certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TrustFault {
    /// Neither a certificate in DER nor PEM with at least one.
    #[error("no certificate in these bytes")]
    NoCertificate,
}

impl Trust {
    /// The system's roots alone; validity is judged at `at`, which is now, read by the caller.
    pub fn system(at: DateTime<Utc>) -> Trust {
        Trust { at, extra: Vec::new() }
    }

    /// Believes these roots too: one certificate in DER, or any number in PEM.
    pub fn and_roots(mut self, bytes: &[u8]) -> Result<Trust, TrustFault> {
        let from_pem: Vec<CertificateDer<'static>> =
            CertificateDer::pem_slice_iter(bytes).filter_map(Result::ok).collect();
        let found =
            if from_pem.is_empty() { vec![CertificateDer::from(bytes.to_vec())] } else { from_pem };
        for root in found {
            // A store of its own judges whether it is a certificate at all.
            RootCertStore::empty().add(root.clone()).map_err(|_| TrustFault::NoCertificate)?;
            self.extra.push(root);
        }
        Ok(self)
    }

    /// The settings of one connection. Errors are words for people.
    pub(crate) fn config(&self) -> Result<Arc<ClientConfig>, String> {
        let mut roots = RootCertStore::empty();
        // A store of a system always holds some certificate that no program can read: the others
        // still count.
        let native = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(native.certs);
        for root in &self.extra {
            roots.add(root.clone()).map_err(|error| error.to_string())?;
        }
        if roots.is_empty() {
            return Err("this system has no root certificates".to_owned());
        }
        let seconds = u64::try_from(self.at.timestamp()).unwrap_or_default();
        let instant = Instant(UnixTime::since_unix_epoch(Duration::from_secs(seconds)));
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_details(provider, Arc::new(instant))
            .with_protocol_versions(&[&version::TLS13, &version::TLS12])
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Arc::new(config))
    }
}

/// Gives rustls the caller's instant instead of the clock.
#[derive(Debug)]
struct Instant(UnixTime);

impl TimeProvider for Instant {
    fn current_time(&self) -> Option<UnixTime> {
        Some(self.0)
    }
}
