//! Argon2id (RFC 9106) off the async workers and within the process's memory budget.

use std::sync::atomic::{AtomicU64, Ordering};

use argon2::{Config, ThreadMode, Variant, Version};
use runtime::{HeavyFault, HeavyWork, Private};

use crate::domain::password::Password;
use crate::domain::refusal::Refusal;
use crate::error::IdentityFault;

/// Memory of one hash, in KiB: 64 MiB.
const MEMORY_KIB: u32 = 64 * 1024;
/// The same in bytes.
const MEMORY_BYTES: u64 = MEMORY_KIB as u64 * 1024;
/// Passes over it.
const PASSES: u32 = 3;
/// What every hash of these parameters begins with; another beginning is hashed anew at the next sign-in.
const CURRENT: &str = "$argon2id$v=19$m=65536,t=3,p=1$";
/// No password's hash, of the same parameters: an unknown address costs as much as a known one.
pub const NOBODY: &str = "$argon2id$v=19$m=65536,t=3,p=1$bm9ib2R5IGhhcyB0aGlz$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The hashing of passwords.
#[derive(Debug)]
pub struct Passwords {
    heavy: HeavyWork,
    runs: AtomicU64,
}

impl Passwords {
    /// Hashes in this lane.
    pub const fn new(heavy: HeavyWork) -> Self {
        Self {
            heavy,
            runs: AtomicU64::new(0),
        }
    }

    /// How many hashes were computed since the start.
    pub fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }

    /// Judges a password that somebody wants, off the async workers: guessing like a guesser takes a while.
    ///
    /// # Errors
    /// [`IdentityFault::NoWorker`] when the process stops.
    pub async fn choose(
        &self,
        text: String,
        known: Vec<Private<String>>,
    ) -> Result<Result<Password, Refusal>, IdentityFault> {
        let text = Private::new(text);
        tokio::task::spawn_blocking(move || {
            let known: Vec<&str> = known.iter().map(|known| known.expose().as_str()).collect();
            Password::choose(text.expose(), &known)
        })
        .await
        .map_err(|_| HeavyFault::Ended.into())
    }

    /// Hashes a password.
    ///
    /// # Errors
    /// [`IdentityFault::NoWorker`] or [`IdentityFault::Hashing`].
    pub async fn hash(
        &self,
        password: Password,
        salt: [u8; 16],
    ) -> Result<Private<String>, IdentityFault> {
        self.run(move || {
            let config = Config {
                variant: Variant::Argon2id,
                version: Version::Version13,
                mem_cost: MEMORY_KIB,
                time_cost: PASSES,
                lanes: 1,
                thread_mode: ThreadMode::Sequential,
                hash_length: 32,
                secret: &[],
                ad: &[],
            };
            argon2::hash_encoded(password.bytes(), &salt, &config).map(Private::new)
        })
        .await
    }

    /// Whether a password is the one that was hashed. Without a hash it is nobody's, and costs the same.
    ///
    /// # Errors
    /// [`IdentityFault::NoWorker`] or [`IdentityFault::Hashing`].
    pub async fn is(
        &self,
        password: Password,
        encoded: Option<String>,
    ) -> Result<bool, IdentityFault> {
        let encoded = encoded.unwrap_or_else(|| NOBODY.to_owned());
        self.run(move || argon2::verify_encoded(&encoded, password.bytes()))
            .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, argon2::Error> + Send + 'static,
    ) -> Result<T, IdentityFault> {
        self.runs.fetch_add(1, Ordering::Relaxed);
        Ok(self.heavy.run(MEMORY_BYTES, work).await??)
    }
}

/// Whether a hash was made with other parameters than today's.
pub fn is_outdated(encoded: &str) -> bool {
    !encoded.starts_with(CURRENT)
}

#[cfg(test)]
mod tests {
    use runtime::Weights;

    use super::*;

    #[tokio::test]
    async fn a_password_is_recognised_and_a_wrong_or_nobodys_is_not() {
        let passwords = Passwords::new(HeavyWork::within(Weights::new(192 << 20)).unwrap());
        let password = |text| Password::parse(text).unwrap();
        let encoded = passwords.hash(password("right"), [7; 16]).await.unwrap();
        assert!(!is_outdated(encoded.expose()));
        assert!(!is_outdated(NOBODY));
        assert!(
            passwords
                .is(password("right"), Some(encoded.expose().clone()))
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .is(password("wrong"), Some(encoded.expose().clone()))
                .await
                .unwrap()
        );
        assert!(!passwords.is(password("right"), None).await.unwrap());
        assert_eq!(passwords.runs(), 4);
    }

    #[tokio::test]
    async fn a_budget_too_small_for_one_hash_is_said() {
        let passwords = Passwords::new(HeavyWork::within(Weights::new(1 << 20)).unwrap());
        let fault = passwords
            .is(Password::parse("x").unwrap(), None)
            .await
            .unwrap_err();
        assert!(matches!(
            fault,
            IdentityFault::NoWorker(HeavyFault::TooHeavy)
        ));
    }
}
