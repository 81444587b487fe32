//! Pages of lists: Relay's connections.

use async_graphql::SimpleObject;
use contract::{Fault, NeighbourhoodId, posts};

use super::comment::Comment;
use super::post::Post;
use crate::visit::Visit;

/// The most nodes of a page.
pub(crate) const PAGE_AT_MOST: i32 = 30;

/// What it costs to ask a role: the work of so many fields.
pub(crate) const LOOK_UP: usize = 50;

/// What a page costs: the look-up, and its children for each node.
pub(crate) fn page_cost(first: i32, child_complexity: usize) -> usize {
    list_cost(first, PAGE_AT_MOST, child_complexity)
}

/// The same, where a page may have more or fewer nodes.
pub(crate) fn list_cost(first: i32, most: i32, child_complexity: usize) -> usize {
    let nodes = usize::try_from(first.clamp(1, most)).unwrap_or(1);
    child_complexity
        .saturating_mul(nodes)
        .saturating_add(LOOK_UP)
}

/// How many nodes are asked for.
///
/// # Errors
/// `FIRST_OUT_OF_RANGE` unless it is from 1 to 30.
pub(crate) fn page_size(first: i32) -> Result<u32, Fault> {
    list_size(first, PAGE_AT_MOST)
}

/// The same, where a page may have more or fewer nodes.
///
/// # Errors
/// `FIRST_OUT_OF_RANGE` unless it is from 1 to so many.
pub(crate) fn list_size(first: i32, most: i32) -> Result<u32, Fault> {
    u32::try_from(first)
        .ok()
        .filter(|_| (1..=most).contains(&first))
        .ok_or_else(|| {
            Fault::invalid(
                "FIRST_OUT_OF_RANGE",
                format!("Ask for 1 to {most} at once."),
            )
            .at("first")
        })
}

/// Where a page lies in its list.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct PageInfo {
    /// Whether there is a page after this one.
    pub has_next_page: bool,
    /// Always false: lists are read from their beginning.
    pub has_previous_page: bool,
    /// The cursor of the first node.
    pub start_cursor: Option<String>,
    /// The cursor of the last node: ask for what comes after it.
    pub end_cursor: Option<String>,
}

impl PageInfo {
    /// Of a page with these cursors.
    pub(crate) fn of(cursors: &[String], has_next_page: bool) -> Self {
        Self {
            has_next_page,
            has_previous_page: false,
            start_cursor: cursors.first().cloned(),
            end_cursor: cursors.last().cloned(),
        }
    }
}

/// A notice in a list.
#[derive(SimpleObject)]
pub(crate) struct PostEdge {
    /// Where it stands; tells nothing else.
    pub cursor: String,
    /// The notice.
    pub node: Post,
}

/// Notices, newest first.
#[derive(SimpleObject)]
pub(crate) struct PostConnection {
    /// The notices with their cursors.
    pub edges: Vec<PostEdge>,
    /// Where this page lies.
    pub page_info: PageInfo,
    /// Give it to `feedChanges` as `after`, with the same tiles and categories, and nothing is missed between this page
    /// and what comes live.
    pub changes_cursor: String,
}

impl PostConnection {
    /// A page: one cursor for each post.
    pub(crate) fn new(
        posts: Vec<Post>,
        cursors: Vec<String>,
        has_next: bool,
        changes_cursor: String,
    ) -> Self {
        Self {
            page_info: PageInfo::of(&cursors, has_next),
            edges: cursors
                .into_iter()
                .zip(posts)
                .map(|(cursor, node)| PostEdge { cursor, node })
                .collect(),
            changes_cursor,
        }
    }
}

/// Public events, soonest first.
#[derive(SimpleObject)]
pub(crate) struct EventConnection {
    /// The events with their cursors.
    pub edges: Vec<PostEdge>,
    /// Where this page lies.
    pub page_info: PageInfo,
}

impl EventConnection {
    /// A page of the public events of one neighbourhood, or of all.
    ///
    /// # Errors
    /// `FIRST_OUT_OF_RANGE`, and what posts says.
    pub(crate) async fn read(
        visit: &Visit,
        only: Option<NeighbourhoodId>,
        first: i32,
        after: Option<String>,
    ) -> Result<Self, Fault> {
        let request = posts::ListPublicRequest {
            neighbourhood: only.map(NeighbourhoodId::to_bytes).unwrap_or_default(),
            first: page_size(first)?,
            after: after.unwrap_or_default(),
        };
        let mut client = visit.edge.posts.clone();
        let reply = client.list_public(visit.caller().request(request)).await?;
        let reply = reply.into_inner();
        let events = Post::all_shown(reply.posts)?;
        Ok(Self {
            page_info: PageInfo::of(&reply.cursors, reply.has_next),
            edges: reply
                .cursors
                .into_iter()
                .zip(events)
                .map(|(cursor, node)| PostEdge { cursor, node })
                .collect(),
        })
    }
}

/// Declares a Relay connection: a list in pages.
macro_rules! connections {
    ($($(#[$meta:meta])* $name:ident of $(#[$edge_meta:meta])* $edge:ident: $node:ty;)+) => {$(
        $(#[$edge_meta])*
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $edge {
            /// Where it stands; tells nothing else.
            pub cursor: String,
            /// What stands there.
            pub node: $node,
        }

        $(#[$meta])*
        #[derive(async_graphql::SimpleObject)]
        pub(crate) struct $name {
            /// What is listed, with its cursors.
            pub edges: Vec<$edge>,
            /// Where this page lies.
            pub page_info: $crate::model::page::PageInfo,
        }

        impl $name {
            /// A page: one cursor for each node.
            pub(crate) fn new(nodes: Vec<$node>, cursors: Vec<String>, has_next: bool) -> Self {
                Self {
                    page_info: $crate::model::page::PageInfo::of(&cursors, has_next),
                    edges: cursors
                        .into_iter()
                        .zip(nodes)
                        .map(|(cursor, node)| $edge { cursor, node })
                        .collect(),
                }
            }
        }
    )+};
}
pub(crate) use connections;

connections! {
    /// Comments, oldest first.
    CommentConnection of
    /// A comment in a list.
    CommentEdge: Comment;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_bounds_and_its_cost_cannot_be_talked_down() {
        assert_eq!(page_size(30).unwrap(), 30);
        for first in [0, -1, 31, i32::MAX, i32::MIN] {
            assert_eq!(page_size(first).unwrap_err().code, "FIRST_OUT_OF_RANGE");
        }
        assert_eq!(page_cost(20, 5), 150);
        assert_eq!(page_cost(-5, 5), 55);
        assert_eq!(page_cost(i32::MAX, usize::MAX), usize::MAX);
    }
}
