//! Settings: one TOML text and `PALIER_*` overrides into one typed value; what is unknown is refused.

use serde::de::DeserializeOwned;
use toml::{Table, Value};

/// A setting that cannot be used: its name, what is wrong with it and what to do, in one line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{setting}: {fault}; {remedy}")]
pub struct SettingFault {
    /// Its dotted name, or the file.
    pub setting: String,
    /// What is wrong.
    pub fault: String,
    /// What to do.
    pub remedy: String,
}

impl SettingFault {
    /// A setting, its fault and the remedy.
    pub fn new(
        setting: impl Into<String>,
        fault: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            setting: setting.into(),
            fault: fault.into(),
            remedy: remedy.into(),
        }
    }
}

const PREFIX: &str = "PALIER_";

/// Reads settings from TOML text; `PALIER_MAIL__SMTP=...` overrides `mail.smtp`. An override is read as a TOML value
/// where it is one, else as text.
///
/// # Errors
/// The first setting that is malformed, unknown or of the wrong type.
pub fn load<T: DeserializeOwned>(
    text: &str,
    overrides: impl IntoIterator<Item = (String, String)>,
) -> Result<T, SettingFault> {
    let mut table: Table = text.parse().map_err(|error: toml::de::Error| {
        SettingFault::new(
            "palier.toml",
            first_line(error.message()),
            "see docs/operate/configuration.md for the form",
        )
    })?;
    for (name, value) in overrides {
        let Some(path) = name.strip_prefix(PREFIX) else {
            continue;
        };
        set(&mut table, &path.to_ascii_lowercase(), &value).map_err(|fault| {
            SettingFault::new(
                name.clone(),
                fault,
                "see docs/operate/configuration.md for its name and form",
            )
        })?;
    }
    serde_path_to_error::deserialize(Value::Table(table)).map_err(|error| {
        SettingFault::new(
            error.path().to_string(),
            first_line(&error.inner().to_string()),
            "see docs/operate/configuration.md for every setting",
        )
    })
}

fn set(table: &mut Table, path: &str, value: &str) -> Result<(), String> {
    let (path, last) = path
        .rsplit_once("__")
        .map_or((None, path), |(path, last)| (Some(path), last));
    let mut inner = table;
    for part in path.into_iter().flat_map(|path| path.split("__")) {
        inner = inner
            .entry(part)
            .or_insert_with(|| Value::Table(Table::new()))
            .as_table_mut()
            .ok_or_else(|| format!("{part} is not a group of settings"))?;
    }
    inner.insert(last.to_owned(), parse(value));
    Ok(())
}

fn parse(value: &str) -> Value {
    format!("value = {value}")
        .parse::<Table>()
        .ok()
        .and_then(|mut table| table.remove("value"))
        .unwrap_or_else(|| Value::String(value.to_owned()))
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Settings {
        listen: String,
        mail: Mail,
    }
    impl Default for Settings {
        fn default() -> Self {
            Self {
                listen: "127.0.0.1:8080".into(),
                mail: Mail::default(),
            }
        }
    }
    #[derive(Debug, Default, PartialEq, serde::Deserialize)]
    #[serde(deny_unknown_fields, default)]
    struct Mail {
        smtp: String,
        port: u16,
    }

    fn with(pairs: &[(&str, &str)]) -> Result<Settings, SettingFault> {
        let pairs = pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        load("[mail]\nport = 25\n", pairs)
    }

    #[test]
    fn defaults_text_and_overrides_each_win_over_the_one_before() {
        let settings = with(&[("PALIER_MAIL__SMTP", "localhost"), ("HOME", "/root")]).unwrap();
        assert_eq!(settings.listen, "127.0.0.1:8080");
        assert_eq!(
            settings.mail,
            Mail {
                smtp: "localhost".into(),
                port: 25
            }
        );
        assert_eq!(with(&[("PALIER_MAIL__PORT", "26")]).unwrap().mail.port, 26);
    }

    #[test]
    fn what_is_unknown_or_malformed_is_refused_in_one_line_that_names_it() {
        for (variable, value, setting) in [
            ("PALIER_MALE__SMTP", "x", "male"),
            ("PALIER_MAIL__SNAIL", "x", "mail.snail"),
            ("PALIER_MAIL__PORT", "many", "mail.port"),
            ("PALIER_MAIL__PORT__X", "1", "PALIER_MAIL__PORT__X"),
        ] {
            let fault = with(&[(variable, value)]).unwrap_err();
            assert_eq!(fault.setting, setting, "{fault}");
            assert_eq!(fault.to_string().lines().count(), 1, "{fault}");
        }
        assert!(load::<Settings>("listen = ", []).is_err());
    }
}
