//! Token buckets that every process of a board draws from.

use std::sync::LazyLock;

use redis::Script;

use super::{BusFault, Redis};
use crate::bucket::{Drawn, Rule};

static DRAW: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("draw.lua")));

impl Redis {
    /// Draws up to `wanted` tokens from the bucket of this name, which says nothing about whose it is.
    pub(crate) async fn draw(
        &self,
        name: &[u8; 16],
        rule: Rule,
        now_us: i64,
        wanted: u32,
    ) -> Result<Drawn, BusFault> {
        let mut draw = DRAW.key(format!(
            "{{{}:rates:{:032x}}}",
            self.prefix,
            u128::from_be_bytes(*name)
        ));
        draw.arg(now_us).arg(rule.token_us()).arg(rule.room_us());
        let (count, full_at_us): (u32, i64) = self.connection.run(draw.arg(wanted)).await?;
        Ok(Drawn { count, full_at_us })
    }
}
