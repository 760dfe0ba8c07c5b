//! A certificate authority of the test, and the papers a server can show.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// The certificate that a server shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Papers {
    /// For `localhost` and 127.0.0.1, by the authority.
    Sound,
    /// By the authority, for another host.
    OtherName,
    /// Its time ended with the year 2025.
    Expired,
    /// Its time begins with the year 2090.
    NotYetValid,
    /// By another authority.
    UnknownIssuer,
    /// By another authority that has taken this one's name.
    FalseIssuer,
}

/// Signs certificates; its root is what a test trusts.
pub struct Authority {
    name: &'static str,
    root: CertificateDer<'static>,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    /// A new one with a key of its own.
    pub fn new(name: &'static str) -> Authority {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&key).expect("a root").der().clone();
        Authority { name, root, issuer: Issuer::new(params, key) }
    }

    /// Its own certificate in DER.
    pub fn root(&self) -> &[u8] {
        &self.root
    }

    /// A certificate and its key in DER.
    pub fn issue(&self, papers: Papers) -> (Vec<u8>, Vec<u8>) {
        match papers {
            Papers::UnknownIssuer => return Authority::new("nobody").issue(Papers::Sound),
            Papers::FalseIssuer => return Authority::new(self.name).issue(Papers::Sound),
            _ => {}
        }
        let names: &[&str] = match papers {
            Papers::OtherName => &["elsewhere.example"],
            _ => &["localhost", "127.0.0.1"],
        };
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("names");
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2099, 1, 1);
        match papers {
            Papers::Expired => params.not_after = date_time_ymd(2025, 12, 31),
            Papers::NotYetValid => params.not_before = date_time_ymd(2090, 1, 1),
            _ => {}
        }
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        (certificate.der().to_vec(), key.serialize_der())
    }

    /// What a server of the test needs to speak TLS.
    pub fn server(&self, papers: Papers) -> Arc<ServerConfig> {
        let (certificate, key) = self.issue(papers);
        let key = PrivateKeyDer::try_from(key).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(certificate)], key)
            .expect("a key that fits");
        Arc::new(config)
    }
}
