//! Neighbourhoods, every version of their level maps, the names of their tiles, and what is told about them.

use sea_orm_migration::prelude::*;

use super::{Columns, run};

pub struct Neighbourhoods;

impl MigrationName for Neighbourhoods {
    fn name(&self) -> &'static str {
        "m0001_neighbourhoods"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Neighbourhoods {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        store::create_outbox(manager).await?;
        Columns::of("neighbourhood")
            .uuid("id")
            .text("slug")
            .text("name")
            .int("map_version")
            .keyed_by(manager, &["id"])
            .await?;
        Columns::of("level_map")
            .uuid("neighbourhood")
            .int("version")
            .int("grain")
            .keyed_by(manager, &["neighbourhood", "version"])
            .await?;
        Columns::of("leaf")
            .uuid("neighbourhood")
            .int("version")
            .place("place", false)
            .flag("selectable")
            .keyed_by(manager, &["neighbourhood", "version", "place"])
            .await?;
        Columns::of("tile_name")
            .uuid("neighbourhood")
            .place("place", false)
            .text("name")
            .keyed_by(manager, &["neighbourhood", "place"])
            .await?;
        run(
            manager,
            &["CREATE UNIQUE INDEX neighbourhood_slug ON neighbourhood (slug)"],
        )
        .await
    }
}
