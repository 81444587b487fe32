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
    let made = Keys::in_folder(&keys, &Entropy::System).map_err(|error| fault(&error))?;
    made.publish_halves(&keys, Purpose::Standings)
        .map_err(|error| fault(&error))?;
    let issued: Vec<&str> = Role::ALL
        .into_iter()
        .map(Role::name)
        .filter(|role| renew || !transport::is_issued(&certificates, role))
        .collect();
    transport::issue(&certificates, &issued, clock).map_err(|error| fault(&error))
}
