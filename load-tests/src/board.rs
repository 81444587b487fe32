//! A seeded board that runs, with residents who are signed in: how every measure of the whole program begins.

use std::path::Path;

use anyhow::Result;
use futures_util::{StreamExt, TryStreamExt, stream};
use tempfile::TempDir;

use crate::process::{Held, Server, program, seed};
use crate::resident::Resident;
use crate::sockets::Asking;

/// Sockets that one resident may have open.
pub const SOCKETS_EACH: usize = 20;
/// Residents who sign in at once: more would only wait for one another.
const SIGN_IN_AT_ONCE: usize = 4;

/// The board, until it is dropped.
#[derive(Debug)]
pub struct Board {
    /// The program.
    pub server: Server,
    /// Everybody, signed in.
    pub residents: Vec<Resident>,
    /// What the program held when all that had happened.
    pub idle: Held,
    folder: TempDir,
}

impl Board {
    /// With so many notices and residents.
    ///
    /// # Errors
    /// When the program is missing or does not do what it is told.
    pub async fn open(posts: usize, residents: usize) -> Result<Self> {
        let (program, folder) = (program()?, tempfile::tempdir()?);
        seed(&program, folder.path(), posts, residents)?;
        Self::in_folder(&program, folder, residents).await
    }

    /// The board of a folder that was seeded with so many residents.
    ///
    /// # Errors
    /// When the program does not open, or somebody cannot sign in.
    pub async fn in_folder(program: &Path, folder: TempDir, residents: usize) -> Result<Self> {
        let server = Server::palier(program, folder.path())?;
        let entering = (0..residents).map(|number| Resident::sign_in(&server.origin, number));
        let entering = stream::iter(entering).buffered(SIGN_IN_AT_ONCE);
        let residents = entering.try_collect().await?;
        let idle = server.at_rest().await?;
        Ok(Self {
            server,
            residents,
            idle,
            folder,
        })
    }

    /// With residents enough for so many sockets, and no notices.
    ///
    /// # Errors
    /// As [`Board::open`].
    pub async fn for_sockets(sockets: usize) -> Result<Self> {
        Self::open(0, sockets.div_ceil(SOCKETS_EACH)).await
    }

    /// The first resident, who speaks for all.
    #[must_use]
    pub fn first(&self) -> &Resident {
        &self.residents[0]
    }

    /// Sockets of everybody, each following what these variables ask of the board.
    #[must_use]
    pub fn following(&self, variables: &serde_json::Value) -> Vec<Asking> {
        let residents = self.residents.iter();
        residents
            .map(|resident| resident.following(variables))
            .collect()
    }

    /// Where its data are.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.folder.path()
    }
}
