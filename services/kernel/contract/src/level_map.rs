//! Level maps on the wire.

use crate::{Fault, identity};

impl From<&geo::LevelMap> for identity::LevelMap {
    fn from(map: &geo::LevelMap) -> Self {
        Self {
            version: map.version(),
            grain: u32::from(map.grain()),
            leaves: map
                .leaves()
                .map(|leaf| identity::Leaf {
                    place: leaf.cell.to_i64(),
                    selectable: leaf.selectable,
                })
                .collect(),
        }
    }
}

impl TryFrom<&identity::LevelMap> for geo::LevelMap {
    type Error = Fault;

    fn try_from(wire: &identity::LevelMap) -> Result<Self, Fault> {
        let leaves = wire
            .leaves
            .iter()
            .map(|leaf| {
                Ok(geo::Leaf {
                    cell: geo::CoarseCell::from_i64(leaf.place)?,
                    selectable: leaf.selectable,
                })
            })
            .collect::<Result<Vec<_>, geo::CellError>>()
            .map_err(|_| Fault::internal())?;
        let grain = u8::try_from(wire.grain).map_err(|_| Fault::internal())?;
        Self::from_parts(wire.version, grain, leaves).map_err(|_| Fault::internal())
    }
}
