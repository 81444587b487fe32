//! Who follows a tile is found by the tile: a new map moves everybody who does.

use sea_orm_migration::prelude::*;

use super::run;

pub struct AreasByTile;

impl MigrationName for AreasByTile {
    fn name(&self) -> &'static str {
        "m0005_areas_by_tile"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AreasByTile {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(
            manager,
            &["CREATE INDEX followed_tile_place ON followed_tile (neighbourhood, place)"],
        )
        .await
    }
}
