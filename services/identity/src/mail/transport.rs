//! How a mail leaves: into a folder, or by SMTP.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use lettre::transport::smtp::response::Category;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use runtime::{Entropy, SettingFault, make_private};

/// An SMTP server that does not answer within this time is tried again later.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// How mails leave. Cloning shares it.
#[derive(Clone)]
pub enum Mail {
    /// Each into a file of its own, for one to look at: the default of an instance of one process.
    Folder(PathBuf),
    /// To a mail server.
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Folder(_) => "Mail::Folder",
            Self::Smtp(_) => "Mail::Smtp",
        })
    }
}

/// Why a mail did not leave. Says nothing of what the server said, which may quote the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailFault {
    /// Trying again may help.
    #[error("the mail did not leave yet")]
    Later,
    /// The server refuses this mailbox for good.
    #[error("the server refuses the mailbox")]
    Never,
}

impl Mail {
    /// Reads an address: `folder:PATH` (or `folder://PATH`), or `smtp://`, `smtps://` with `USER:PASSWORD@HOST:PORT` (and `?tls=required` for STARTTLS).
    ///
    /// # Errors
    /// [`SettingFault`] when the address is of no such form.
    pub fn at(address: &str) -> Result<Self, SettingFault> {
        if let Some(path) = address.strip_prefix("folder:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return Ok(Self::Folder(PathBuf::from(path)));
        }
        // lettre's own words may quote the password.
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(address).map_err(|_| {
            SettingFault::new(
                "mail.to",
                "neither folder:PATH nor smtp://HOST:PORT",
                "see docs/operate/configuration.md for the forms",
            )
        })?;
        Ok(Self::Smtp(Box::new(
            builder.timeout(Some(ANSWER_WITHIN)).build(),
        )))
    }

    /// The same, ready to send: a folder that is missing is made.
    ///
    /// # Errors
    /// As [`Mail::at`], and when the folder cannot be made.
    pub fn open(address: &str) -> Result<Self, SettingFault> {
        let mail = Self::at(address)?;
        if let Self::Folder(path) = &mail {
            make_private(path).map_err(|error| {
                SettingFault::new(
                    "mail.to",
                    format!("the folder cannot be made: {error}"),
                    "name a folder that palier may write to",
                )
            })?;
        }
        Ok(mail)
    }

    /// That a mail server answers, and takes the name and password that it is given. A folder is there or is made.
    ///
    /// # Errors
    /// In the words of the connection, which quote no address; the server's own are not repeated.
    pub async fn look(&self) -> Result<(), String> {
        let Self::Smtp(transport) = self else {
            return Ok(());
        };
        match transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err("the server ends every conversation".to_owned()),
            Err(error) => Err(error.status().map_or_else(
                || "it does not answer, or not in the TLS it is asked for".to_owned(),
                |code| format!("it refuses with code {code}"),
            )),
        }
    }

    /// Deletes the mails of a folder that were written before then: they hold addresses.
    ///
    /// # Errors
    /// When the folder cannot be read or a file in it not be deleted.
    pub(crate) async fn forget_before(&self, at_ms: i64) -> std::io::Result<()> {
        let Self::Folder(folder) = self else {
            return Ok(());
        };
        let folder = folder.clone();
        tokio::task::spawn_blocking(move || delete_before(&folder, moment(at_ms))).await?
    }

    pub(super) async fn send(
        &self,
        message: Message,
        entropy: &Entropy,
        now_ms: i64,
    ) -> Result<(), MailFault> {
        match self {
            Self::Folder(folder) => {
                let name = format!("{}.eml", hex::encode(entropy.bytes::<12>()));
                let path = folder.join(name);
                tokio::task::spawn_blocking(move || write(&path, &message.formatted(), now_ms))
                    .await
                    .map_err(|_| MailFault::Later)?
                    .map_err(|_| MailFault::Later)
            }
            Self::Smtp(transport) => transport.send(message).await.map(|_| ()).map_err(|error| {
                let mailbox = error
                    .status()
                    .is_some_and(|code| code.category == Category::MailSystem);
                if error.is_permanent() && mailbox {
                    MailFault::Never
                } else {
                    MailFault::Later
                }
            }),
        }
    }
}

fn delete_before(folder: &Path, before: SystemTime) -> std::io::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return gone(error),
    };
    for entry in entries {
        let path = entry?.path();
        let is_mail = path
            .extension()
            .is_some_and(|kind| kind == "eml" || kind == "part");
        if !is_mail {
            continue;
        }
        // Whoever reads the mails may delete one at any time.
        match std::fs::metadata(&path).and_then(|file| file.modified()) {
            Ok(written) if written < before => std::fs::remove_file(&path).or_else(gone)?,
            Ok(_) => {}
            Err(error) => gone(error)?,
        }
    }
    Ok(())
}

fn gone(error: std::io::Error) -> std::io::Result<()> {
    match error.kind() {
        std::io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    }
}

fn moment(at_ms: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(at_ms.max(0).unsigned_abs())
}

/// Writes a file that appears whole or not at all.
fn write(path: &Path, bytes: &[u8], now_ms: i64) -> std::io::Result<()> {
    let unfinished = path.with_extension("part");
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&unfinished)?;
    file.write_all(bytes)?;
    file.set_modified(moment(now_ms))?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)
}
