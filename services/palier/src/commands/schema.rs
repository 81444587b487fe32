//! `palier schema`: the checked-in shapes.

use std::path::Path;
use std::process::ExitCode;

use runtime::SettingFault;

use crate::cli::{CommandFault, tell};
use crate::shapes;

/// Writes what differs; with `check` only says so.
pub async fn run(check: bool, postgres: Option<&str>) -> Result<ExitCode, CommandFault> {
    let root = Path::new("schema");
    if !root.join("proto").is_dir() {
        return Err(SettingFault::new(
            "schema",
            "there is no schema/proto here",
            "run it at the root of Palier's sources",
        )
        .into());
    }
    let mut differing = 0;
    for shape in shapes::all(Path::new("."), postgres).await? {
        let path = root.join(shape.path);
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        if kept == shape.text {
            continue;
        }
        differing += 1;
        if check {
            tell(&format!(
                "{} is not what the code has; run `palier schema`",
                path.display()
            ));
            continue;
        }
        let write = || {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(&path, &shape.text)
        };
        write().map_err(|error| CommandFault::Failed(format!("{}: {error}", path.display())))?;
        tell(&format!("{} written", path.display()));
    }
    Ok(ExitCode::from(u8::from(check && differing > 0)))
}
