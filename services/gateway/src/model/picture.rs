//! Pictures in notices.

use async_graphql::{ID, Object};
use contract::{MediaId, common};

use super::choice::MediaVariant;
use super::id::Opaque;

/// A picture, stripped of everything but what it shows.
pub(crate) struct Media {
    id: MediaId,
    wire: common::Picture,
}

impl Media {
    /// From the wire; none where it has no id.
    pub(crate) fn read(wire: common::Picture) -> Option<Self> {
        let id = MediaId::from_bytes(&wire.id).ok()?;
        Some(Self { id, wire })
    }
}

/// A picture, stripped of everything but what it shows.
#[Object]
impl Media {
    /// Opaque.
    async fn id(&self) -> ID {
        self.id.opaque()
    }

    /// The width of the largest variant, in pixels.
    async fn width(&self) -> u32 {
        self.wire.width
    }

    /// The height of the largest variant, in pixels.
    async fn height(&self) -> u32 {
        self.wire.height
    }

    /// What to show before it has loaded (blurha.sh).
    async fn blurhash(&self) -> &str {
        &self.wire.blurhash
    }

    /// What it shows, in the author's words; empty when they gave none.
    async fn alt(&self) -> &str {
        &self.wire.alt
    }

    /// Where it is fetched, relative to this board.
    async fn url(
        &self,
        #[graphql(desc = "How large.", default_with = "MediaVariant::Large")] variant: MediaVariant,
    ) -> String {
        format!("/media/{}/{}", self.id.opaque().as_str(), variant.name())
    }
}
