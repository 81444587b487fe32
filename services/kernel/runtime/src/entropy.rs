//! Where randomness comes from: the operating system, or a seed that a test knows.

use std::sync::{Arc, Mutex, PoisonError};

use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng};

/// The one source of randomness of a process.
#[derive(Clone)]
pub enum Entropy {
    /// The operating system's generator.
    System,
    /// The same numbers for the same seed: tests and load data only.
    Seeded(Arc<Mutex<ChaCha20Rng>>),
}

impl Entropy {
    /// A generator that repeats itself for the same seed.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    /// Fills a buffer.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: nothing safe can be done then.
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that asks the operating system"
    )]
    pub fn fill(&self, buffer: &mut [u8]) {
        match self {
            Self::System => {
                getrandom::fill(buffer).expect("the operating system gives randomness");
            }
            Self::Seeded(generator) => generator
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .fill_bytes(buffer),
        }
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A number below `bound`, every one equally likely (Lemire, 2019, with rejection). `bound` 0 gives 0.
    pub fn below(&self, bound: u32) -> u32 {
        if bound == 0 {
            return 0;
        }
        let threshold = bound.wrapping_neg() % bound;
        loop {
            let product = u64::from(u32::from_le_bytes(self.bytes())) * u64::from(bound);
            let (high, low) = ((product >> 32) as u32, product & 0xffff_ffff);
            if low >= u64::from(threshold) {
                return high;
            }
        }
    }
}

impl std::fmt::Debug for Entropy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::System => "Entropy::System",
            Self::Seeded(_) => "Entropy::Seeded",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_the_system_does_not() {
        assert_eq!(
            Entropy::seeded(1).bytes::<32>(),
            Entropy::seeded(1).bytes::<32>()
        );
        assert_ne!(Entropy::System.bytes::<32>(), Entropy::System.bytes::<32>());
    }

    #[test]
    fn below_reaches_every_number_and_none_other() {
        let entropy = Entropy::seeded(3);
        let mut seen = [0_u32; 7];
        for _ in 0..7_000 {
            seen[entropy.below(7) as usize] += 1;
        }
        assert!(seen.iter().all(|&count| count > 800), "{seen:?}");
        assert_eq!(entropy.below(1), 0);
        assert_eq!(entropy.below(0), 0);
    }
}
