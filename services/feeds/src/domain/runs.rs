//! The posts of a neighbourhood in the order in which they are shown, ready to be merged.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

use geo::Place;
use uuid::Uuid;

/// Where a post stands in the feed. The greatest comes first: newest, and among equals the greatest id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// When it was published, to the millisecond since 1970.
    pub published_at_ms: i64,
    /// Which post.
    pub post: Uuid,
}

impl Key {
    /// Before every post.
    pub const TOP: Self = Self {
        published_at_ms: i64::MAX,
        post: Uuid::max(),
    };
}

/// A post in a run. What it says is not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub key: Key,
    /// Until when it is shown, in milliseconds since 1970.
    pub expires_at_ms: i64,
    /// The change that made it what it is: within a neighbourhood this names one state of one post.
    pub seq: i64,
}

/// Sorted, the newest last.
type Run = Vec<Entry>;

/// Which posts are shown where: a run for each place, and one for each category in it.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    by_place: HashMap<Place, Run>,
    by_category: HashMap<(Place, i32), Run>,
    present: BTreeSet<Place>,
}

impl Runs {
    /// The places where there is anything.
    pub const fn present(&self) -> &BTreeSet<Place> {
        &self.present
    }

    /// How many posts there are.
    pub fn len(&self) -> usize {
        self.by_place.values().map(Vec::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.present.is_empty()
    }

    /// All of them, in no order.
    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        self.by_place.values().flatten().copied()
    }

    /// Gives back what is allocated beyond what is held.
    pub fn fit(&mut self) {
        self.by_place.values_mut().for_each(Vec::shrink_to_fit);
        self.by_category.values_mut().for_each(Vec::shrink_to_fit);
    }

    /// Puts a post in. That it is not there is the caller's to know, or see to with [`Runs::take_out`].
    pub fn put_in(&mut self, place: Place, category: i32, entry: Entry) {
        self.present.insert(place);
        for run in [
            self.by_place.entry(place).or_default(),
            self.by_category.entry((place, category)).or_default(),
        ] {
            let at = run.partition_point(|other| other.key < entry.key);
            run.insert(at, entry);
        }
    }

    /// Takes a post out, and answers what it was.
    pub fn take_out(&mut self, place: Place, category: i32, post: Uuid) -> Option<Entry> {
        let run = self.by_category.get_mut(&(place, category))?;
        // Most of what changes is new.
        let at = run.iter().rposition(|entry| entry.key.post == post)?;
        let entry = run.remove(at);
        if run.is_empty() {
            self.by_category.remove(&(place, category));
        }
        if let Some(run) = self.by_place.get_mut(&place) {
            if let Ok(at) = run.binary_search_by_key(&entry.key, |entry| entry.key) {
                run.remove(at);
            }
            if run.is_empty() {
                self.by_place.remove(&place);
                self.present.remove(&place);
            }
        }
        Some(entry)
    }

    /// The first `limit` posts after `after` in these places, and in these categories (none: all), that are still shown at
    /// `now_ms`; newest first. Every run is entered by bisection and read backwards, side by side with the others: what it
    /// costs grows with their number and hardly with that of the posts.
    pub fn newest(
        &self,
        places: &[Place],
        categories: &[i32],
        after: Key,
        now_ms: i64,
        limit: usize,
    ) -> Vec<Entry> {
        let runs: Vec<&Run> = if categories.is_empty() {
            let runs = places.iter().map(|place| self.by_place.get(place));
            runs.flatten().collect()
        } else {
            let pairs = places
                .iter()
                .flat_map(|place| categories.iter().map(move |category| (*place, *category)));
            pairs
                .filter_map(|pair| self.by_category.get(&pair))
                .collect()
        };
        let ends = ends(&runs, after).into_iter().enumerate();
        let mut heads: BinaryHeap<(Key, Reverse<usize>, usize)> = ends
            .filter_map(|(number, end)| {
                let at = end.checked_sub(1)?;
                Some((runs[number][at].key, Reverse(number), at))
            })
            .collect();
        let mut found = Vec::with_capacity(limit);
        while found.len() < limit
            && let Some(mut head) = heads.peek_mut()
        {
            let (_, Reverse(number), at) = *head;
            let entry = runs[number][at];
            match at.checked_sub(1) {
                Some(next) => *head = (runs[number][next].key, Reverse(number), next),
                None => {
                    std::collections::binary_heap::PeekMut::pop(head);
                }
            }
            if entry.expires_at_ms > now_ms {
                found.push(entry);
            }
        }
        found
    }
}

/// How many entries of each run come before a key. All runs are bisected in step: a processor that waits for the memory of one
/// has asked for that of the others by then.
fn ends(runs: &[&Run], key: Key) -> Vec<usize> {
    // For each run, where the first entry of that moment or a later one lies: in so many entries from here on.
    let mut ranges: Vec<(usize, usize)> = runs
        .iter()
        .map(|run| match run.last() {
            // The newest are asked for most.
            Some(last) if last.key >= key => (0, run.len()),
            _ => (run.len(), 0),
        })
        .collect();
    let steps = ranges.iter().map(|(_, count)| count.next_power_of_two());
    for _ in 0..steps.max().unwrap_or(1).trailing_zeros() {
        for (run, (from, count)) in runs.iter().zip(&mut ranges) {
            let half = *count / 2;
            if half > 0 {
                // Added, not chosen: which of both it is cannot be foretold.
                let is_before = run[*from + half - 1].key.published_at_ms < key.published_at_ms;
                *from += usize::from(is_before) * half;
                *count -= half;
            }
        }
    }
    let ends = runs.iter().zip(ranges).map(|(run, (from, _))| {
        let comes_before = |entry: &Entry| entry.key < key;
        let rest = run[from..].iter();
        // Two at most begin here before the key, unless many share its moment.
        if rest.clone().nth(2).is_none_or(|entry| !comes_before(entry)) {
            return from + rest.take_while(|entry| comes_before(entry)).count();
        }
        from + run[from..].partition_point(comes_before)
    });
    ends.collect()
}

#[cfg(test)]
mod tests {
    use geo::CoarseCell;
    use proptest::prelude::*;

    use super::*;

    fn place(number: usize) -> Place {
        let quarters = CoarseCell::at(60.18, 24.95, 12).unwrap().children();
        quarters
            .unwrap()
            .get(number)
            .map_or(Place::Whole, |cell| Place::Cell(*cell))
    }

    /// A post as the oracle has it.
    #[derive(Clone, Copy, Debug)]
    struct Post {
        place: usize,
        category: i32,
        entry: Entry,
    }

    fn posts() -> impl Strategy<Value = Vec<Post>> {
        // Of few moments, so that many share one.
        let post = (0..5_usize, 1..4_i32, 0..6_i64, 0..40_i64);
        prop::collection::vec(post, 0..60).prop_map(|posts| {
            let numbered = posts.into_iter().zip(1_u128..);
            numbered
                .map(
                    |((place, category, published_at_ms, expires_at_ms), number)| Post {
                        place,
                        category,
                        entry: Entry {
                            key: Key {
                                published_at_ms,
                                post: Uuid::from_u128(number),
                            },
                            expires_at_ms,
                            seq: i64::try_from(number).unwrap_or_default(),
                        },
                    },
                )
                .collect()
        })
    }

    fn runs(posts: &[Post]) -> Runs {
        let mut runs = Runs::default();
        for post in posts {
            runs.put_in(place(post.place), post.category, post.entry);
        }
        runs
    }

    proptest! {
        /// The oracle looks at every post and sorts them.
        #[test]
        fn a_page_is_what_sorting_everything_gives(
            posts in posts(),
            gone in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
            asked in prop::collection::btree_set(0..5_usize, 0..5),
            categories in prop::collection::btree_set(1..4_i32, 0..3),
            after in prop::option::of((0..7_i64, 0..60_u128)),
            now_ms in 0..40_i64,
            limit in 1..20_usize,
        ) {
            let mut kept = posts.clone();
            let mut runs = runs(&posts);
            for index in gone {
                if kept.is_empty() {
                    break;
                }
                let post = kept.remove(index.index(kept.len()));
                let was = runs.take_out(place(post.place), post.category, post.entry.key.post);
                prop_assert_eq!(was, Some(post.entry));
            }
            let after = after.map_or(Key::TOP, |(published_at_ms, post)| Key {
                published_at_ms,
                post: Uuid::from_u128(post),
            });
            let mut expected: Vec<Entry> = kept
                .iter()
                .filter(|post| asked.contains(&post.place))
                .filter(|post| categories.is_empty() || categories.contains(&post.category))
                .map(|post| post.entry)
                .filter(|entry| entry.key < after && entry.expires_at_ms > now_ms)
                .collect();
            expected.sort_by_key(|entry| Reverse(entry.key));
            expected.truncate(limit);
            let places: Vec<Place> = asked.iter().map(|number| place(*number)).collect();
            let categories: Vec<i32> = categories.into_iter().collect();
            prop_assert_eq!(runs.newest(&places, &categories, after, now_ms, limit), expected);
            let present: BTreeSet<Place> = kept.iter().map(|post| place(post.place)).collect();
            prop_assert_eq!(runs.present(), &present);
            prop_assert_eq!(runs.len(), kept.len());
        }
    }

    #[test]
    fn what_is_not_there_cannot_be_taken_out() {
        let mut runs = Runs::default();
        assert_eq!(runs.take_out(Place::Whole, 1, Uuid::nil()), None);
        assert!(runs.is_empty());
    }
}
