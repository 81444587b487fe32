//! What was seen, as one page that needs nothing else: no script, no font, no request.

mod plots;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::figures::{Spread, millis};
use crate::pace::Series;
use crate::promise::Promise;
use crate::scenarios::Seen;

const STYLE: &str = include_str!("style.css");
const PERCENTILES: [f64; 4] = [50.0, 90.0, 99.0, 100.0];

/// The page: what was run, in a line, and what was seen.
///
/// # Errors
/// When something cannot be drawn.
pub fn page(run: &str, all: &[Seen]) -> anyhow::Result<String> {
    let sections: Vec<Markup> = all.iter().map(section).collect::<anyhow::Result<_>>()?;
    let broken = all.iter().flat_map(|seen| &seen.promises);
    let broken = broken.filter(|promise| !promise.is_kept).count();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Palier under load" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "Palier under load" }
                p { (run) }
                p { @if broken == 0 { "Everything that is promised was kept." } @else { (broken) " promises were not kept." } }
                @for section in &sections { (section) }
            }
        }
    };
    Ok(page.into_string())
}

fn section(seen: &Seen) -> anyhow::Result<Markup> {
    let over_time = plots::over_time(&seen.series)?;
    let percentiles = plots::percentiles(&seen.series)?;
    let megabytes = plots::held("MB", &seen.samples, |held| held.megabytes)?;
    let descriptors = plots::held("descriptors", &seen.samples, |held| {
        u32::try_from(held.descriptors).map_or(f64::INFINITY, f64::from)
    })?;
    Ok(html! {
        section {
            h2 { (seen.scenario.name()) }
            p { (seen.scenario.what()) }
            (promises(&seen.promises))
            (spreads(&seen.series))
            div.plots {
                (figure("Milliseconds over time, in seconds: the median and the slowest of each second", &over_time))
                (figure("Milliseconds by share of those who asked", &percentiles))
                (figure(&format!("Memory of the process, in MB: {:.0} before, {:.0} afterwards", seen.before.megabytes, seen.after.megabytes), &megabytes))
                (figure(&format!("Descriptors of the process: {} before, {} afterwards", seen.before.descriptors, seen.after.descriptors), &descriptors))
            }
        }
    })
}

fn figure(caption: &str, svg: &str) -> Markup {
    html! { figure { figcaption { (caption) } (PreEscaped(svg)) } }
}

fn promises(promises: &[Promise]) -> Markup {
    html! {
        table {
            thead { tr { th { "Promise" } th { "At most" } th { "Seen" } th {} } }
            tbody {
                @for promise in promises {
                    tr.broken[!promise.is_kept] {
                        td { (promise.what) } td { (promise.bound) } td { (promise.seen) }
                        td { @if promise.is_kept { "kept" } @else { "not kept" } }
                    }
                }
            }
        }
    }
}

fn spreads(all: &[Series]) -> Markup {
    html! {
        table {
            thead { tr { th { "Milliseconds" } th { "how many" } @for percent in PERCENTILES { th { (percent) " %" } } } }
            tbody {
                @for series in all {
                    @if let Ok(spread) = Spread::of(series.timed.iter().map(|timed| timed.took)) {
                        tr {
                            td { (series.name) } td { (spread.count()) }
                            @for percent in PERCENTILES { td { (format!("{:.1}", millis(spread.at(percent)))) } }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::pace::Timed;
    use crate::process::Held;
    use crate::scenarios::Scenario;
    use crate::watch::Sample;

    fn seen(failed: Option<&str>) -> Seen {
        let held = Held {
            megabytes: 40.0,
            descriptors: 30,
        };
        let timed = (0..50).map(|number| Timed {
            since: Duration::from_millis(number * 100),
            took: Duration::from_millis(number),
            failed: failed.map(str::to_owned),
        });
        let timed: Vec<Timed> = timed.collect();
        let since = [Duration::ZERO, Duration::from_secs(5)];
        Seen {
            scenario: Scenario::Evening,
            promises: Promise::answered("a page", Duration::from_millis(100), &timed),
            series: vec![Series {
                name: "a page",
                timed,
            }],
            before: held,
            samples: since.map(|since| Sample { since, held }).into(),
            after: held,
        }
    }

    /// Whoever opens a report is asked for by nobody else, and what a server answered stays text.
    #[test]
    fn a_report_fetches_nothing_and_runs_nothing() {
        let page = page("a run", &[seen(Some("<script>alert(1)</script>"))]).unwrap();
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));
        for fetching in ["src=", "href=", "@import", "url(", "@font-face"] {
            assert!(!page.contains(fetching), "{fetching}");
        }
        assert_eq!(page.matches("<svg").count(), 4);
        assert!(page.contains("2 promises were not kept"));
    }

    #[test]
    fn a_report_says_that_all_was_kept() {
        let page = page("a run", &[seen(None)]).unwrap();
        assert!(page.contains("Everything that is promised was kept."));
    }
}
