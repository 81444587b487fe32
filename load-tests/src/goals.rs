//! What is measured beside something else, as one table: docs/performance.md carries it.

use std::fmt;

/// What a ratio is held to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
}

impl Bound {
    fn holds(self, ratio: f64) -> bool {
        match self {
            Self::AtMost(most) => ratio <= most,
            Self::AtLeast(least) => ratio >= least,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(out, "at most {most}"),
            Self::AtLeast(least) => write!(out, "at least {least}"),
        }
    }
}

/// Something of Palier's beside something else, in one run.
#[derive(Clone, Debug)]
pub struct Ratio {
    /// What Palier does and what that is compared with.
    pub what: String,
    /// What Palier's figure and the other are, in words and with their units.
    pub seen: String,
    /// The one of the other: whichever of the two ways the goal is said.
    pub ratio: f64,
    /// What it is held to.
    pub bound: Bound,
    /// Whether it was reached before: then it stays so.
    pub is_held: bool,
}

/// The ratios of one run, under the numbers of their goals.
#[derive(Debug, Default)]
pub struct Table(Vec<(&'static str, Ratio)>);

impl Table {
    /// Adds a ratio under the number of its goal, and tells whoever waits for the table that there is one more.
    #[allow(clippy::print_stderr, reason = "the table itself comes at the end")]
    pub fn add(&mut self, goal: &'static str, ratio: Ratio) {
        eprintln!("{goal}: {}", ratio.seen);
        self.0.push((goal, ratio));
    }

    /// What was reached before and is not now.
    pub fn broken(&self) -> impl Iterator<Item = &Ratio> {
        let held = self.0.iter().map(|(_, ratio)| ratio);
        held.filter(|ratio| ratio.is_held && !ratio.bound.holds(ratio.ratio))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "| | What | Seen | Ratio | Goal | |")?;
        writeln!(out, "|---|---|---|---|---|---|")?;
        for (goal, row) in &self.0 {
            let Ratio {
                what,
                seen,
                ratio,
                bound,
                is_held,
            } = row;
            let reached = match (bound.holds(*ratio), is_held) {
                (true, true) => "held",
                (true, false) => "reached",
                (false, _) => "**not reached**",
            };
            writeln!(
                out,
                "| {goal} | {what} | {seen} | {ratio:.2} | {bound} | {reached} |"
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_reached_and_is_on_the_wrong_side_of_its_bound_is_broken() {
        let mut table = Table::default();
        for (ratio, bound, is_held) in [
            (1.0, Bound::AtMost(1.0), true),
            (1.01, Bound::AtMost(1.0), true),
            (1.02, Bound::AtMost(1.0), false),
            (1.99, Bound::AtLeast(2.0), true),
            (2.0, Bound::AtLeast(2.0), true),
        ] {
            let (what, seen) = (String::new(), String::new());
            table.add(
                "A",
                Ratio {
                    what,
                    seen,
                    ratio,
                    bound,
                    is_held,
                },
            );
        }
        let broken: Vec<f64> = table.broken().map(|ratio| ratio.ratio).collect();
        assert_eq!(broken, [1.01, 1.99]);
        assert_eq!(table.to_string().matches("**not reached**").count(), 3);
    }
}
