//! What a member follows besides the home tile.

use sea_orm_migration::prelude::*;

use super::{Columns, run};

pub struct FollowedAreas;

impl MigrationName for FollowedAreas {
    fn name(&self) -> &'static str {
        "m0004_followed_areas"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for FollowedAreas {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Columns::of("followed_area")
            .uuid("neighbourhood")
            .uuid("resident")
            .int("number")
            .text("name")
            .keyed_by(manager, &["neighbourhood", "resident", "number"])
            .await?;
        Columns::of("followed_tile")
            .uuid("neighbourhood")
            .uuid("resident")
            .int("number")
            .place("place", false)
            .keyed_by(manager, &["neighbourhood", "resident", "number", "place"])
            .await?;
        run(
            manager,
            &[
                "CREATE INDEX followed_area_resident ON followed_area (resident)",
                "CREATE INDEX followed_tile_resident ON followed_tile (resident)",
            ],
        )
        .await
    }
}
