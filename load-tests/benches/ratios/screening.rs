//! What it costs to read a text before neighbours do.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use load_tests::figures::{Spread, micros};
use load_tests::goals::{Bound, Ratio, Table};
use screening::{Asked, Passage, lexicon};
use serde_json::Value;

const ROUNDS: usize = 20;
const GOAL: Duration = Duration::from_millis(1);
/// The longest text a notice may have, in characters.
const LONGEST: usize = 4_000;

/// Posts as residents write them.
fn posts() -> Result<Vec<(String, String, String)>> {
    let lines = include_str!("../../../services/kernel/screening/sets/third.jsonl").lines();
    let post = |line| {
        let post: Value = serde_json::from_str(line)?;
        let text = |key: &str| Some(post[key].as_str()?.to_owned());
        let all = text("category").zip(text("title")).zip(text("body"));
        let ((category, title), body) = all.context("a post without words")?;
        Ok((category, title, body))
    };
    lines.map(post).collect()
}

fn took(category: &str, title: &str, body: &str) -> Duration {
    let passages = [("title", title), ("body", body)];
    let passages = passages.map(|(field, text)| Passage { field, text });
    let begun = Instant::now();
    let reading = lexicon().read(Asked {
        category: Some(category),
        passages: &passages,
    });
    std::hint::black_box(reading);
    begun.elapsed()
}

pub fn measure(table: &mut Table, small: bool) -> Result<()> {
    let posts = posts()?;
    let all = |posts: &[(String, String, String)]| -> Vec<Duration> {
        let each = posts.iter();
        each.map(|(category, title, body)| took(category, title, body))
            .collect()
    };
    all(&posts);
    let rounds = if small { 1 } else { ROUNDS };
    let seen: Vec<Duration> = (0..rounds).flat_map(|_| all(&posts)).collect();
    let seen = Spread::of(seen)?;
    let bodies: Vec<&str> = posts.iter().map(|(.., body)| body.as_str()).collect();
    let longest: String = bodies.join(" ").chars().take(LONGEST).collect();
    let longest = (0..rounds).map(|_| took("CONCERNING_BEHAVIOUR", "", &longest));
    let longest = Spread::of(longest)?;
    table.add(
        "S1",
        Ratio {
            what: format!(
                "reading one of {} posts before neighbours do, of a millisecond: 99 of 100",
                posts.len()
            ),
            seen: format!(
                "{:.0} µs, half of them {:.0} µs; one of {LONGEST} characters {:.0} µs",
                micros(seen.at(99.0)),
                micros(seen.median()),
                micros(longest.median())
            ),
            ratio: seen.at(99.0).as_secs_f64() / GOAL.as_secs_f64(),
            bound: Bound::AtMost(1.0),
            is_held: true,
        },
    );
    Ok(())
}
