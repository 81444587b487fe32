//! Plots as SVG. Their colours are names for those of the page, which differ by day and by night: style.css gives them.

use std::time::Duration;

use anyhow::{Result, anyhow};
use plotters::backend::SVGBackend;
use plotters::chart::ChartBuilder;
use plotters::drawing::IntoDrawingArea;
use plotters::element::PathElement;
use plotters::series::LineSeries;
use plotters::style::{Color, RGBColor};

use crate::figures::{Spread, millis};
use crate::pace::Series;
use crate::process::Held;
use crate::watch::Sample;

const INK: RGBColor = RGBColor(1, 1, 1);
const GRID: RGBColor = RGBColor(2, 2, 2);
/// Of the lines, in order and over again.
const LINES: [RGBColor; 2] = [RGBColor(3, 3, 3), RGBColor(4, 4, 4)];
const WIDTH: u32 = 560;
const HEIGHT: u32 = 280;
/// Shares of a hundred between which the slowest are looked at closer and closer.
const SHARES: [f64; 9] = [0.0, 50.0, 75.0, 90.0, 95.0, 98.0, 99.0, 99.5, 99.9];

struct Line {
    name: String,
    points: Vec<(f64, f64)>,
}

/// The median and the slowest of every second.
pub(super) fn over_time(all: &[Series]) -> Result<String> {
    let mut lines = Vec::new();
    for series in all {
        let last = series.timed.iter().map(|timed| timed.since.as_secs()).max();
        for (of, percent) in [("median", 50.0), ("slowest", 100.0)] {
            let of_second = |second: u64| {
                let timed = series
                    .timed
                    .iter()
                    .filter(|timed| timed.since.as_secs() == second);
                let spread = Spread::of(timed.map(|timed| timed.took)).ok()?;
                Some((
                    Duration::from_secs(second).as_secs_f64(),
                    millis(spread.at(percent)),
                ))
            };
            lines.push(Line {
                name: format!("{}, {of}", series.name),
                points: (0..=last.unwrap_or_default())
                    .filter_map(of_second)
                    .collect(),
            });
        }
    }
    drawn(&lines, "s", "ms", |second| format!("{second:.0}"))
}

/// What so many of a hundred did not exceed.
pub(super) fn percentiles(all: &[Series]) -> Result<String> {
    let mut lines = Vec::new();
    for series in all {
        if let Ok(spread) = Spread::of(series.timed.iter().map(|timed| timed.took)) {
            let points = SHARES.map(|share| (nines(share), millis(spread.at(share))));
            let name = series.name.to_owned();
            lines.push(Line {
                name,
                points: points.into(),
            });
        }
    }
    drawn(&lines, "% of them", "ms", |nines| {
        format!("{}", 100.0 - 100.0 / 10_f64.powf(*nines))
    })
}

/// How far out among the slowest: 90 of a hundred is 1, 99 is 2.
fn nines(share: f64) -> f64 {
    -(1.0 - share / 100.0).log10()
}

/// What a process held.
pub(super) fn held(unit: &str, samples: &[Sample], what: impl Fn(Held) -> f64) -> Result<String> {
    let points = samples
        .iter()
        .map(|sample| (sample.since.as_secs_f64(), what(sample.held)));
    let line = Line {
        name: unit.to_owned(),
        points: points.collect(),
    };
    drawn(&[line], "s", unit, |second| format!("{second:.0}"))
}

fn drawn(lines: &[Line], across: &str, up: &str, label: impl Fn(&f64) -> String) -> Result<String> {
    let points = || lines.iter().flat_map(|line| line.points.iter().copied());
    let widest = points().map(|(x, _)| x).fold(1.0, f64::max);
    let highest = points().map(|(_, y)| y).fold(1.0, f64::max) * 1.1;
    let mut svg = String::new();
    let failed = |why: &dyn std::error::Error| anyhow!("a plot cannot be drawn: {why}");
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, HEIGHT)).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(8)
            .x_label_area_size(36)
            .y_label_area_size(56)
            .build_cartesian_2d(0.0..widest, 0.0..highest)
            .map_err(|why| failed(&why))?;
        let text = ("sans-serif", 12);
        let ink = plotters::style::TextStyle::from(plotters::style::IntoFont::into_font(text))
            .color(&INK);
        chart
            .configure_mesh()
            .max_light_lines(0)
            .bold_line_style(GRID)
            .axis_style(INK)
            .label_style(ink.clone())
            .x_desc(across)
            .y_desc(up)
            .x_labels(6)
            .y_labels(6)
            .x_label_formatter(&label)
            .draw()
            .map_err(|why| failed(&why))?;
        for (line, colour) in lines.iter().zip(LINES.iter().cycle()) {
            let drawn = LineSeries::new(line.points.iter().copied(), colour.stroke_width(2));
            chart
                .draw_series(drawn)
                .map_err(|why| failed(&why))?
                .label(line.name.as_str())
                .legend(move |(x, y)| {
                    PathElement::new([(x, y), (x + 16, y)], colour.stroke_width(2))
                });
        }
        if lines.len() > 1 {
            let mut legend = chart.configure_series_labels();
            legend.label_font(ink).draw().map_err(|why| failed(&why))?;
        }
        area.present().map_err(|why| failed(&why))?;
    }
    Ok(svg)
}
