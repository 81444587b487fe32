//! `palier neighbourhood`: made from an outline and static household counts; both are read, counted and dropped.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use contract::identity::{
    AppointRequest, AppointReserveRequest, CreateNeighbourhoodRequest, Density,
    GetNeighbourhoodRequest, Households, Neighbourhood, RemapRequest,
    get_neighbourhood_request::By,
};
use contract::{Caller, Fault};
use geo::{Area, GridRow, HouseholdCounts};
use runtime::SettingFault;

use crate::cli::{CommandFault, tell};
use crate::config::Config;
use crate::wiring::{House, Surroundings};

/// What to do with neighbourhoods.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make one.
    Create {
        /// Its short name in addresses: lowercase letters, digits, hyphens.
        #[arg(long)]
        slug: String,
        /// Its name as people say it.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        density: DensityArgs,
        /// The finest level of its tiles, 11 (about 4 km) to 14 (about 560 m).
        #[arg(long, default_value_t = 13)]
        grain: u8,
    },
    /// List them.
    List,
    /// Make a new version of the level map from new counts; it applies to new notices only.
    ImportDensity {
        /// Which.
        #[arg(long)]
        slug: String,
        #[command(flatten)]
        density: DensityArgs,
        /// The finest level of its tiles, 11 (about 4 km) to 14 (about 560 m).
        #[arg(long, default_value_t = 13)]
        grain: u8,
    },
    /// Make a member a moderator, or no longer one.
    Appoint {
        /// Where.
        #[arg(long)]
        slug: String,
        /// The address of the account.
        #[arg(long)]
        email: String,
        /// No longer a moderator.
        #[arg(long)]
        dismiss: bool,
    },
    /// Let a moderator of another neighbourhood help out for a while, or no longer. Everybody can read the name.
    Reserve {
        /// Where.
        #[arg(long)]
        slug: String,
        /// The address of the account.
        #[arg(long)]
        email: String,
        /// What everybody reads, such as "Huppe, of Vallila".
        #[arg(long, required_unless_present = "dismiss", default_value = "")]
        name: String,
        /// For how many days, 1 to 183.
        #[arg(long, default_value_t = 183, value_parser = clap::value_parser!(u32).range(1..=183))]
        days: u32,
        /// No longer.
        #[arg(long, conflicts_with_all = ["name", "days"])]
        dismiss: bool,
    },
}

/// The outline, and how many households live where.
#[derive(Debug, clap::Args)]
pub struct DensityArgs {
    /// The outline as `GeoJSON` (a polygon or several).
    #[arg(long, value_name = "FILE")]
    area: PathBuf,
    /// A census grid: CSV with the columns latitude,longitude,households.
    #[arg(long, value_name = "FILE", conflicts_with = "households")]
    grid: Option<PathBuf>,
    /// Without a grid: your estimate of all households, shared evenly over the area.
    #[arg(long, value_name = "COUNT", required_unless_present = "grid")]
    households: Option<u32>,
}

impl Command {
    /// Does it.
    pub async fn run(self, config: &Config) -> Result<ExitCode, CommandFault> {
        let house = House::build(config, Surroundings::beside(config)).await?;
        let outcome = self.with(&house).await;
        // Whoever hears of neighbourhoods hears it before the command ends.
        house.drain().await?;
        house.stop().await;
        outcome.map(|()| ExitCode::SUCCESS)
    }

    async fn with(self, house: &House) -> Result<(), CommandFault> {
        let mut identity = house.clients.identity.clone();
        match self {
            Self::Create {
                slug,
                name,
                density,
                grain,
            } => {
                let request = CreateNeighbourhoodRequest {
                    slug,
                    name,
                    grain: u32::from(grain),
                    density: Some(density.read()?),
                    names: Vec::new(),
                };
                let made = identity
                    .create_neighbourhood(Caller::Operator.request(request))
                    .await;
                tell(&line(&made.map_err(Fault::from)?.into_inner()));
                tell(
                    "Next: `palier invite create --neighbourhood SLUG --founder` for its first residents.",
                );
            }
            Self::List => {
                let request = Caller::Operator.request(contract::common::Empty {});
                let reply = identity
                    .list_neighbourhoods(request)
                    .await
                    .map_err(Fault::from)?;
                for neighbourhood in reply.into_inner().neighbourhoods {
                    tell(&line(&neighbourhood));
                }
            }
            Self::ImportDensity {
                slug,
                density,
                grain,
            } => {
                let density = density.read()?;
                let request = RemapRequest {
                    neighbourhood: find(house, &slug).await?.id,
                    density: Some(density),
                    grain: u32::from(grain),
                };
                let made = identity.remap(Caller::Operator.request(request)).await;
                tell(&line(&made.map_err(Fault::from)?.into_inner()));
            }
            Self::Appoint {
                slug,
                email,
                dismiss,
            } => {
                let request = AppointRequest {
                    neighbourhood: find(house, &slug).await?.id,
                    email,
                    moderator: !dismiss,
                };
                identity
                    .appoint(Caller::Operator.request(request))
                    .await
                    .map_err(Fault::from)?;
                tell("done");
            }
            Self::Reserve {
                slug,
                email,
                name,
                days,
                dismiss,
            } => {
                let request = AppointReserveRequest {
                    neighbourhood: find(house, &slug).await?.id,
                    email,
                    name,
                    days: if dismiss { 0 } else { days },
                };
                identity
                    .appoint_reserve(Caller::Operator.request(request))
                    .await
                    .map_err(Fault::from)?;
                tell("done");
            }
        }
        Ok(())
    }
}

/// A neighbourhood by its slug.
pub(super) async fn find(house: &House, slug: &str) -> Result<Neighbourhood, CommandFault> {
    let by = By::Slug(slug.to_owned());
    let request = Caller::Operator.request(GetNeighbourhoodRequest { by: Some(by) });
    let found = house
        .clients
        .identity
        .clone()
        .get_neighbourhood(request)
        .await;
    Ok(found.map_err(Fault::from)?.into_inner())
}

fn line(neighbourhood: &Neighbourhood) -> String {
    let map = neighbourhood.map.clone().unwrap_or_default();
    let tiles = map.leaves.iter().filter(|leaf| leaf.selectable).count();
    format!(
        "{}  {}  map version {}, {tiles} tiles",
        neighbourhood.slug, neighbourhood.name, map.version
    )
}

impl DensityArgs {
    fn read(&self) -> Result<Density, CommandFault> {
        let outline = text(&self.area, "--area")?;
        let grid = self
            .grid
            .as_deref()
            .map(|path| text(path, "--grid"))
            .transpose()?;
        density(
            &outline,
            grid.as_deref(),
            self.households.unwrap_or_default(),
        )
    }
}

/// Household counts per cell from an outline and a grid, or an estimate.
///
/// # Errors
/// What is wrong with either.
pub fn density(outline: &str, grid: Option<&str>, estimate: u32) -> Result<Density, CommandFault> {
    let area = Area::from_geojson(outline).map_err(|fault| {
        SettingFault::new(
            "--area",
            fault.to_string(),
            "draw it anew, for example at geojson.io",
        )
    })?;
    let counts = match grid {
        None => HouseholdCounts::from_estimate(&area, estimate),
        Some(grid) => HouseholdCounts::from_grid(&area, rows(grid)?),
    }
    .map_err(|fault| SettingFault::new("households", fault.to_string(), "correct the counts"))?;
    Ok(Density {
        cells: counts
            .cells()
            .map(|(cell, count)| Households {
                place: cell.to_i64(),
                count,
            })
            .collect(),
    })
}

fn rows(grid: &str) -> Result<Vec<GridRow>, SettingFault> {
    let mut lines = grid.lines();
    let header = lines.next().unwrap_or_default().trim();
    if header != "latitude,longitude,households" {
        return Err(SettingFault::new(
            "--grid",
            "its first line is not latitude,longitude,households",
            "name the columns so, in this order",
        ));
    }
    lines
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| {
            let mut columns = line.trim().split(',');
            let mut next = || columns.next().unwrap_or_default().trim();
            let row = (next().parse(), next().parse(), next().parse());
            match row {
                (Ok(latitude_deg), Ok(longitude_deg), Ok(households)) => Ok(GridRow {
                    latitude_deg,
                    longitude_deg,
                    households,
                }),
                _ => Err(SettingFault::new(
                    "--grid",
                    format!("line {} is not three numbers", index + 2),
                    "write it as degrees,degrees,count",
                )),
            }
        })
        .collect()
}

fn text(path: &Path, argument: &str) -> Result<String, SettingFault> {
    std::fs::read_to_string(path).map_err(|error| {
        SettingFault::new(
            argument,
            format!("{}: {error}", path.display()),
            "name a file that can be read",
        )
    })
}
