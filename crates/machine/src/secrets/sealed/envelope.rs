//! The form of a sealed file: what stands in the clear, and how the rest is sealed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use values::Secret;
use zeroize::Zeroizing;

const FORMAT: &str = "Comptoir secrets 1";
const DERIVED: &str = "argon2id";
const CIPHER: &str = "xchacha20poly1305";

/// What it costs to make a key of a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Costs {
    /// In KiB.
    pub(super) memory: u32,
    pub(super) passes: u32,
    pub(super) lanes: u32,
}

impl Costs {
    /// RFC 9106, section 4, the second recommended option: 64 MiB, three passes, four lanes, a salt
    /// of 128 bits and a key of 256. It asks more than OWASP's Password Storage Cheat Sheet (19
    /// MiB, two passes) and less than the first option, whose 2 GiB an old machine has not.
    pub(super) const RECOMMENDED: Costs = Costs { memory: 64 * 1024, passes: 3, lanes: 4 };

    /// What a file may ask for at most, so that a planted one cannot take the machine's memory and
    /// time: 1 GiB, where a later version may have gone.
    const MOST: Costs = Costs { memory: 1024 * 1024, passes: 16, lanes: 16 };
}

/// How a file's key comes of its passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lock {
    pub(super) costs: Costs,
    pub(super) salt: [u8; 16],
}

/// The key of a file, wiped when dropped.
pub(super) struct Key(Zeroizing<[u8; 32]>);

impl Lock {
    /// The key for a passphrase; the memory that it took is wiped.
    pub(super) fn key(&self, passphrase: &Secret) -> Result<Key, String> {
        let Costs { memory, passes, lanes } = self.costs;
        let costs = argon2::Params::new(memory, passes, lanes, Some(32))
            .map_err(|_| "its costs make no sense".to_owned())?;
        let mut blocks = Zeroizing::new(Vec::new());
        // Asked for so, memory that is not there is a refusal and not the program's end.
        blocks
            .try_reserve_exact(costs.block_count())
            .map_err(|_| "there is too little memory to open it".to_owned())?;
        blocks.resize(costs.block_count(), argon2::Block::new());
        let hash = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, costs);
        let mut key = Zeroizing::new([0; 32]);
        let passphrase = passphrase.expose().as_bytes();
        hash.hash_password_into_with_memory(passphrase, &self.salt, &mut *key, &mut blocks[..])
            .map_err(|_| "its key cannot be made".to_owned())?;
        Ok(Key(key))
    }
}

/// A sealed file.
pub(super) struct Envelope {
    lock: Lock,
    nonce: [u8; 24],
    sealed: Vec<u8>,
}

/// The key does not open it: it is another's, or the file is not what was sealed. Nothing tells
/// which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shut;

/// An envelope as its file has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: String,
    kdf: WrittenLock,
    cipher: String,
    nonce: String,
    sealed: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLock {
    name: String,
    memory: u32,
    passes: u32,
    lanes: u32,
    salt: String,
}

impl Envelope {
    /// Reads a file. What is wrong with it is told without a word of what stands in it: it may be
    /// another file, with secrets in the clear.
    pub(super) fn parse(bytes: &[u8]) -> Result<Envelope, String> {
        let written: Written = serde_json::from_slice(bytes).map_err(|why| {
            let (line, column) = (why.line(), why.column());
            format!("it is no sealed file, or a damaged one (line {line}, column {column})")
        })?;
        if written.format != FORMAT || written.kdf.name != DERIVED || written.cipher != CIPHER {
            return Err("it is sealed in a way that this version does not know".to_owned());
        }
        let WrittenLock { memory, passes, lanes, salt, .. } = written.kdf;
        let most = Costs::MOST;
        if memory > most.memory || passes > most.passes || lanes > most.lanes {
            return Err("it asks too much of this machine".to_owned());
        }
        let salt = fixed(&salt).ok_or("its salt is damaged")?;
        let nonce = fixed(&written.nonce).ok_or("its nonce is damaged")?;
        let sealed = BASE64.decode(written.sealed).map_err(|_| "what it holds is damaged")?;
        Ok(Envelope { lock: Lock { costs: Costs { memory, passes, lanes }, salt }, nonce, sealed })
    }

    /// Seals contents; nothing where the cipher will not, which it does only of lengths beyond any
    /// file.
    pub(super) fn seal(
        lock: Lock,
        nonce: [u8; 24],
        key: &Key,
        contents: &Contents,
    ) -> Option<Envelope> {
        let plain = contents.json()?;
        let head = head(&lock, &nonce);
        let payload = Payload { msg: &plain, aad: head.as_bytes() };
        let sealed = key.cipher().encrypt(&nonce.into(), payload).ok()?;
        Some(Envelope { lock, nonce, sealed })
    }

    /// The contents.
    pub(super) fn open(&self, key: &Key) -> Result<Contents, Shut> {
        let head = head(&self.lock, &self.nonce);
        let payload = Payload { msg: &self.sealed, aad: head.as_bytes() };
        let plain = key.cipher().decrypt(&self.nonce.into(), payload).map_err(|_| Shut)?;
        Contents::of_json(&Zeroizing::new(plain)).ok_or(Shut)
    }

    /// How its key comes of the passphrase.
    pub(super) fn lock(&self) -> &Lock {
        &self.lock
    }

    /// The file's bytes; nothing where they cannot be written, rather than half of them.
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        let Lock { costs: Costs { memory, passes, lanes }, salt } = self.lock;
        let (name, salt) = (DERIVED.to_owned(), BASE64.encode(salt));
        let written = Written {
            format: FORMAT.to_owned(),
            kdf: WrittenLock { name, memory, passes, lanes, salt },
            cipher: CIPHER.to_owned(),
            nonce: BASE64.encode(self.nonce),
            sealed: BASE64.encode(&self.sealed),
        };
        let mut bytes = serde_json::to_vec_pretty(&written).ok()?;
        bytes.push(b'\n');
        Some(bytes)
    }
}

impl Key {
    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}

/// What stands in the clear, as one text: it is authenticated with what is sealed, so that nobody
/// changes the one without the other.
fn head(lock: &Lock, nonce: &[u8; 24]) -> String {
    let Costs { memory, passes, lanes } = lock.costs;
    let (salt, nonce) = (BASE64.encode(lock.salt), BASE64.encode(nonce));
    format!("{FORMAT}\n{DERIVED} {memory} {passes} {lanes} {salt}\n{CIPHER} {nonce}\n")
}

/// Bytes of a known length.
fn fixed<const COUNT: usize>(text: &str) -> Option<[u8; COUNT]> {
    BASE64.decode(text).ok()?.try_into().ok()
}

/// What is sealed: secrets by their items.
#[derive(Default)]
pub(super) struct Contents(BTreeMap<String, Secret>);

impl Contents {
    /// Puts a secret in, in the place of another of that item.
    pub(super) fn put(&mut self, item: String, secret: Secret) {
        self.0.insert(item, secret);
    }

    /// Takes a secret out.
    pub(super) fn take(&mut self, item: &str) -> Option<Secret> {
        self.0.remove(item)
    }

    fn json(&self) -> Option<Zeroizing<Vec<u8>>> {
        let shown: BTreeMap<&str, &str> =
            self.0.iter().map(|(item, secret)| (item.as_str(), secret.expose())).collect();
        // Room for every letter as `\u0000`: a buffer that grew would leave its old bytes behind.
        let room: usize =
            shown.iter().map(|(item, secret)| 6 * (item.len() + secret.len()) + 6).sum();
        let mut bytes: Zeroizing<Vec<u8>> = Zeroizing::new(Vec::with_capacity(room + 2));
        serde_json::to_writer(&mut *bytes, &shown).ok()?;
        Some(bytes)
    }

    fn of_json(bytes: &[u8]) -> Option<Contents> {
        let read: BTreeMap<String, String> = serde_json::from_slice(bytes).ok()?;
        Some(Contents(read.into_iter().map(|(item, text)| (item, Secret::new(text))).collect()))
    }
}
