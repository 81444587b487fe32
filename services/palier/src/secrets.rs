//! The keys and certificates that processes of their own are given.

use runtime::{Clock, Entropy, Keys, Purpose, SettingFault};

use crate::config::Config;
use crate::wiring::Role;

/// Makes those that are missing, and every certificate anew with `renew`.
///
/// # Errors
/// The folder that cannot be used.
pub fn make(config: &Config, clock: &Clock, renew: bool) -> Result<(), SettingFault> {
    let (keys, certificates) = (config.keys(), config.certificates());
    let fault = |error: &dyn std::fmt::Display| {
        let remedy = "name folders that this user may write, and that nobody else may read";
        SettingFault::new("keys and certificates", error.to_string(), remedy)
    };
    // Where a board has keys already, those that its accounts need are not made anew: with others nobody could sign in.
    let made = if Keys::are_in(&keys) {
        Keys::of_accounts(&keys, &Entropy::System)
    } else {
        Keys::in_folder(&keys, &Entropy::System)
    };
    let made = made.map_err(|error| fault(&error))?;
    made.publish_halves(&keys, Purpose::Standings)
        .map_err(|error| fault(&error))?;
    let issued: Vec<&str> = Role::ALL
        .into_iter()
        .map(Role::name)
        .filter(|role| renew || !transport::is_issued(&certificates, role))
        .collect();
    transport::issue(&certificates, &issued, clock).map_err(|error| fault(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> (tempfile::TempDir, Config) {
        let folder = tempfile::tempdir().unwrap();
        let config = Config {
            data: folder.path().join("data"),
            ..Config::default()
        };
        (folder, config)
    }

    #[test]
    fn a_key_that_accounts_need_is_not_made_in_place_of_a_lost_one() {
        let (_folder, config) = config();
        make(&config, &Clock::System, false).unwrap();
        let lost = config.keys().join("codes.0001.key");
        std::fs::remove_file(&lost).unwrap();
        std::fs::remove_file(config.keys().join("cursors.0001.key")).unwrap();
        let fault = make(&config, &Clock::System, false).unwrap_err();
        assert!(fault.fault.contains("codes.0001.key"), "{fault}");
        assert!(!lost.exists());
    }

    #[test]
    fn with_the_authority_s_key_put_away_nothing_is_issued_and_nothing_replaced() {
        let (_folder, config) = config();
        make(&config, &Clock::System, false).unwrap();
        let certificates = config.certificates();
        let authority = std::fs::read(certificates.join("authority.pem")).unwrap();
        std::fs::remove_file(certificates.join("authority.key")).unwrap();
        make(&config, &Clock::System, false).unwrap();
        let fault = make(&config, &Clock::System, true).unwrap_err();
        assert!(fault.fault.contains("authority.key"), "{fault}");
        assert!(std::fs::read(certificates.join("authority.pem")).unwrap() == authority);
    }
}
