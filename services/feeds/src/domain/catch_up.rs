//! What a reader has missed.

use geo::Place;
use uuid::Uuid;

/// How far a reader has followed the changes of a neighbourhood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Up to this change the reader knows every post there was. While a long catch-up is under way this stays behind:
    /// a post may have appeared before `seq` and, changed since, still be ahead.
    pub known: i64,
    /// The last change the reader was told.
    pub seq: i64,
}

impl Position {
    /// Where somebody stands who knows everything up to a change.
    pub const fn at(seq: i64) -> Self {
        Self { known: seq, seq }
    }
}

/// One entry of a neighbourhood's change sequence: the last thing that happened to a post in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its number in the sequence.
    pub seq: i64,
    /// At which change the post appeared here; `None` when it is gone from here.
    pub appeared_seq: Option<i64>,
    /// Which post.
    pub post: Uuid,
    /// Where it is shown, or was.
    pub place: Place,
    /// Its category.
    pub category: i32,
}

/// What happened to a post, as a reader is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The reader did not know it.
    Appeared,
    /// The reader knew it.
    Changed,
    /// It is no longer there.
    Gone,
}

/// One thing a reader is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turned {
    /// Which post.
    pub post: Uuid,
    /// What happened to it.
    pub turn: Turn,
    /// Where the reader stands after this.
    pub at: Position,
}

/// What a reader is told at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaughtUp {
    /// In the order of the sequence.
    pub turns: Vec<Turned>,
    /// Where the reader stands after all of it, what did not concern them included.
    pub reached: Position,
    /// Whether there is more.
    pub has_next: bool,
}

/// What to tell a reader who stands at `from`.
///
/// `steps` are those after `from.seq` that concern the reader, in order, of a span of the sequence that ends at `end`;
/// `complete` says that nothing comes after that. At most `first` of them are told.
pub fn catch_up(
    from: Position,
    steps: &[Step],
    end: i64,
    complete: bool,
    first: usize,
) -> CaughtUp {
    let told = &steps[..steps.len().min(first)];
    let has_next = told.len() < steps.len() || !complete;
    let mut turns: Vec<Turned> = told.iter().map(|step| turned(*step, from.known)).collect();
    if has_next {
        let seq = match told.last() {
            Some(last) if told.len() < steps.len() => last.seq,
            _ => end,
        };
        return CaughtUp {
            turns,
            reached: Position { seq, ..from },
            has_next,
        };
    }
    // Nothing is ahead of the last one, so what is known at each is what does not appear after it.
    let mut known = end;
    for (turned, step) in turns.iter_mut().zip(told).rev() {
        turned.at.known = known.min(step.seq);
        if turned.turn == Turn::Appeared {
            known = known.min(step.appeared_seq.map_or(known, |seq| seq - 1));
        }
    }
    CaughtUp {
        turns,
        reached: Position::at(end),
        has_next,
    }
}

fn turned(step: Step, known: i64) -> Turned {
    Turned {
        post: step.post,
        turn: match step.appeared_seq {
            None => Turn::Gone,
            Some(appeared) if appeared > known => Turn::Appeared,
            Some(_) => Turn::Changed,
        },
        at: Position {
            known,
            seq: step.seq,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    /// A neighbourhood of a few posts, as the store keeps it: the last thing that happened to each.
    #[derive(Clone, Debug, Default)]
    struct Board {
        seq: i64,
        rows: BTreeMap<u128, (i64, i64)>,
        graves: Vec<(i64, u128)>,
    }

    impl Board {
        fn show(&mut self, post: u128) {
            self.seq += 1;
            let seq = self.seq;
            self.rows
                .entry(post)
                .and_modify(|row| row.1 = seq)
                .or_insert((seq, seq));
        }

        fn remove(&mut self, post: u128) {
            if self.rows.remove(&post).is_some() {
                self.seq += 1;
                self.graves.push((self.seq, post));
            }
        }

        fn steps(&self, after: i64) -> Vec<Step> {
            let rows = self
                .rows
                .iter()
                .map(|(post, (appeared, seq))| (*seq, Some(*appeared), *post));
            let graves = self.graves.iter().map(|(seq, post)| (*seq, None, *post));
            let mut steps: Vec<Step> = rows
                .chain(graves)
                .filter(|(seq, ..)| *seq > after)
                .map(|(seq, appeared_seq, post)| Step {
                    seq,
                    appeared_seq,
                    post: Uuid::from_u128(post),
                    place: Place::Whole,
                    category: 1,
                })
                .collect();
            steps.sort_by_key(|step| step.seq);
            steps
        }

        fn posts(&self) -> BTreeMap<Uuid, i64> {
            self.rows
                .iter()
                .map(|(post, (_, seq))| (Uuid::from_u128(*post), *seq))
                .collect()
        }
    }

    #[derive(Clone, Debug)]
    enum Act {
        Show(u128),
        Remove(u128),
        /// Read so many; then either go on from the end, or lose the connection and go on from one of the changes.
        Read {
            first: usize,
            span: usize,
            lost: Option<prop::sample::Index>,
        },
    }

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![
            3 => (0..6_u128).prop_map(Act::Show),
            1 => (0..6_u128).prop_map(Act::Remove),
            2 => (1..4_usize, 1..6_usize, prop::option::of(any::<prop::sample::Index>()))
                .prop_map(|(first, span, lost)| Act::Read { first, span, lost }),
        ]
    }

    /// A reader who never hears of a change to a post that it was not told of first.
    #[derive(Default)]
    struct Reader {
        knows: BTreeSet<Uuid>,
    }

    impl Reader {
        fn told(&mut self, turned: Turned) -> Result<(), TestCaseError> {
            match turned.turn {
                Turn::Appeared => {
                    self.knows.insert(turned.post);
                }
                Turn::Changed => prop_assert!(self.knows.contains(&turned.post)),
                Turn::Gone => {
                    self.knows.remove(&turned.post);
                }
            }
            prop_assert!(turned.at.known <= turned.at.seq);
            Ok(())
        }
    }

    proptest! {
        #[test]
        fn whoever_follows_ends_with_what_is_there_whatever_is_lost(acts in prop::collection::vec(act(), 0..60)) {
            let (mut board, mut reader) = (Board::default(), Reader::default());
            let mut at = Position::at(0);
            for act in acts {
                match act {
                    Act::Show(post) => board.show(post),
                    Act::Remove(post) => board.remove(post),
                    Act::Read { first, span, lost } => {
                        let mut steps = board.steps(at.seq);
                        let complete = steps.len() <= span;
                        steps.truncate(span);
                        let end = if complete { board.seq } else { steps[span - 1].seq };
                        let read = catch_up(at, &steps, end, complete, first);
                        let told = lost.map_or(read.turns.len(), |index| index.index(read.turns.len() + 1));
                        for turned in &read.turns[..told] {
                            reader.told(*turned)?;
                        }
                        at = match (lost, told) {
                            (None, _) => read.reached,
                            (Some(_), 0) => at,
                            (Some(_), told) => read.turns[told - 1].at,
                        };
                    }
                }
            }
            loop {
                let read = catch_up(at, &board.steps(at.seq), board.seq, true, 2);
                for turned in &read.turns {
                    reader.told(*turned)?;
                }
                at = read.reached;
                if !read.has_next {
                    break;
                }
            }
            prop_assert_eq!(at, Position::at(board.seq));
            prop_assert_eq!(reader.knows, board.posts().into_keys().collect());
        }
    }

    #[test]
    fn a_change_after_a_first_appearance_is_told_as_a_change() {
        let mut board = Board::default();
        board.show(1);
        let first = catch_up(Position::at(0), &board.steps(0), board.seq, true, 10);
        assert_eq!(first.turns[0].turn, Turn::Appeared);
        board.show(1);
        let cursor = first.turns[0].at;
        let second = catch_up(cursor, &board.steps(cursor.seq), board.seq, true, 10);
        assert_eq!(second.turns[0].turn, Turn::Changed);
    }

    #[test]
    fn what_concerned_others_is_passed_over() {
        let read = catch_up(Position::at(3), &[], 9, true, 10);
        assert_eq!(read.reached, Position::at(9));
        let part = catch_up(Position::at(3), &[], 9, false, 10);
        assert_eq!(part.reached, Position { known: 3, seq: 9 });
        assert!(part.has_next);
    }
}
