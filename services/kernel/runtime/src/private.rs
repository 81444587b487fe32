//! A value that no log, error or debug output can show.

use std::fmt;

use zeroize::Zeroize;

/// Holds a personal or secret value; prints as `[private]` and is wiped when dropped.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Private<T: Zeroize>(T);

impl<T: Zeroize> Private<T> {
    /// Takes the value in.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Shows the value to the code that needs it.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Private<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[private]")
    }
}

impl<T: Zeroize> From<T> for Private<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_value_does_not_print() {
        let address = Private::new("someone@example.org".to_owned());
        assert_eq!(format!("{address:?}"), "[private]");
        assert_eq!(address.expose(), "someone@example.org");
    }
}
