//! Columns as moderation has them.

use sea_orm_migration::prelude::*;

pub fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}
pub fn maybe_uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().null().take()
}
pub fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}
pub fn maybe_text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().null().take()
}
pub fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}
pub fn maybe_number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}
pub fn small(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}
pub fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}
pub fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).binary().not_null().take()
}
/// What belongs to a case goes with it.
pub fn of_case(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, ("neighbourhood", "case_id"))
        .to("case_file", ("neighbourhood", "id"))
        .on_delete(ForeignKeyAction::Cascade)
        .take()
}
