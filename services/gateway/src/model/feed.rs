//! The notices of a feed: which are asked for, and a page of them.

use contract::{Fault, feeds};
use geo::Place;

use super::choice::Category;
use super::page::{PostConnection, page_size};
use super::post::Post;
use super::scalar::CellToken;
use crate::hoods::Hood;
use crate::visit::{Ground, Visit};

/// The most tiles one question may name: home, and five followed areas of 32.
const CELLS_AT_MOST: usize = 161;

/// Which notices are asked for, in the one form in which equal questions are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Filter {
    /// Sorted; empty: every place.
    pub places: Vec<i64>,
    /// Sorted; empty: every category.
    pub categories: Vec<i32>,
}

impl Filter {
    /// Coarsens the tiles to the newest map before anybody else sees them.
    ///
    /// # Errors
    /// `OUTSIDE_NEIGHBOURHOOD` or `TOO_MANY_PLACES`, naming the argument.
    pub(crate) fn read(
        hood: &Hood,
        cells: Option<Vec<CellToken>>,
        categories: Option<Vec<Category>>,
    ) -> Result<Self, Fault> {
        let cells = cells.unwrap_or_default();
        if cells.len() > CELLS_AT_MOST {
            let message = format!("Name at most {CELLS_AT_MOST} tiles, or none for all of them.");
            return Err(Fault::invalid("TOO_MANY_PLACES", message).at("cells"));
        }
        let places = cells
            .into_iter()
            .map(|cell| hood.place_of(cell.0))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|fault| fault.at("cells"))?;
        let mut places: Vec<i64> = if places.contains(&Place::Whole) {
            Vec::new()
        } else {
            places.into_iter().map(Place::to_i64).collect()
        };
        places.sort_unstable();
        places.dedup();
        let wanted = categories.unwrap_or_default();
        let mut categories: Vec<i32> = wanted.into_iter().map(|c| c.wire().into()).collect();
        categories.sort_unstable();
        categories.dedup();
        Ok(Self { places, categories })
    }

    /// A page of what is asked for, in a neighbourhood of which the caller is a member.
    ///
    /// # Errors
    /// `FIRST_OUT_OF_RANGE`; what feeds refuses.
    pub(crate) async fn page(
        self,
        visit: &Visit,
        hood: &Hood,
        first: i32,
        after: Option<String>,
    ) -> Result<PostConnection, Fault> {
        let request = feeds::ReadRequest {
            neighbourhood: hood.id.to_bytes(),
            places: self.places,
            categories: self.categories,
            first: page_size(first)?,
            after: after.unwrap_or_default(),
        };
        let mut client = visit.edge.feeds.clone();
        let reader = visit.reader_of(hood.id)?;
        let reply = client.read(reader.request(request)).await?;
        let reply = reply.into_inner();
        visit.rests_on(Ground {
            neighbourhood: hood.id,
            seq: reply.seq,
            until_ms: reply.alike_until_ms.min(hood.good_until_ms),
        });
        Ok(PostConnection::new(
            Post::all_shown(reply.posts)?,
            reply.cursors,
            reply.has_next,
            reply.changes_cursor,
        ))
    }
}
