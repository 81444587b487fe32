//! Several ids in one column: their 16 bytes, one after another.

use contract::MediaId;
use sea_orm::prelude::Uuid;

pub fn packed(ids: &[MediaId]) -> Vec<u8> {
    ids.iter().flat_map(|id| *id.uuid().as_bytes()).collect()
}

pub fn unpacked(bytes: &[u8]) -> Vec<MediaId> {
    let (ids, _) = bytes.as_chunks::<16>();
    ids.iter()
        .map(|id| MediaId::new(Uuid::from_bytes(*id)))
        .collect()
}
