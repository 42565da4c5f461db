//! The activity of the certifying body, year by year: imported figures beside what is counted here. Pure.
//!
//! An imported figure, even blank, is the figure of its year: it was closed on 31 December. A blank is not a zero.

use std::collections::BTreeMap;

/// Code of the certification whose juries are counted.
pub const JURIES_OF: &str = "CQP_SP";

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// Jury sessions of the CQP SP.
    JurySessions,
    /// Controls carried out.
    Inspections,
    /// Agreements asked for.
    AgreementRequests,
    /// Teaching supports.
    TeachingSupports,
}

impl Measure {
    /// Every measure, in the order of the table.
    pub const ALL: [Self; 4] =
        [Self::JurySessions, Self::Inspections, Self::AgreementRequests, Self::TeachingSupports];

    /// Its stored name.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::JurySessions => "jury_sessions_cqp_sp",
            Self::Inspections => "inspections",
            Self::AgreementRequests => "agreement_requests",
            Self::TeachingSupports => "teaching_supports",
        }
    }

    /// The measure of a stored name.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.word() == word)
    }
}

/// One figure of one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Year.
    pub year: i32,
    /// What is counted.
    pub measure: Measure,
    /// How many; none = unknown.
    pub value: Option<i32>,
}

/// A cell of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// How many; none = unknown.
    pub value: Option<i32>,
    /// Counted here: a list shows each act.
    pub live: bool,
}

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What is counted.
    pub measure: Measure,
    /// One cell for each year of the table.
    pub cells: Vec<Cell>,
}

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Every year from the first one known to this one.
    pub years: Vec<i32>,
    /// One line for each measure.
    pub lines: Vec<Line>,
}

/// Joins imported figures with live counts, up to a year. A measure that this installation counts has a number
/// for each of its live years, zero included; the others stay unknown.
#[must_use]
pub fn join(imported: &[Figure], live: &[Figure], this_year: i32) -> Activity {
    let known = |figures: &[Figure]| -> BTreeMap<(i32, Measure), Option<i32>> {
        figures.iter().map(|figure| ((figure.year, figure.measure), figure.value)).collect()
    };
    let (imported, live) = (known(imported), known(live));
    let first = imported.keys().chain(live.keys()).map(|(year, _)| *year).min().unwrap_or(this_year);
    let years: Vec<_> = (first..=this_year).collect();
    let cell = |year, measure| match (imported.get(&(year, measure)), live.get(&(year, measure))) {
        (Some(value), _) => Cell { value: *value, live: false },
        (None, Some(value)) => Cell { value: *value, live: true },
        (None, None) => Cell { value: None, live: false },
    };
    let line = |measure| Line { measure, cells: years.iter().map(|year| cell(*year, measure)).collect() };
    Activity { lines: Measure::ALL.into_iter().map(line).collect(), years }
}

/// The table as a CSV text, with a heading; an unknown value is an empty field.
///
/// # Errors
/// None in practice: it is written in memory.
pub fn to_csv(
    activity: &Activity,
    heading: &str,
    name: impl Fn(Measure) -> &'static str,
) -> csv::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xEF\xBB\xBF".to_vec());
    let years = activity.years.iter().map(ToString::to_string);
    writer.write_record(std::iter::once(heading.to_owned()).chain(years))?;
    for line in &activity.lines {
        let values =
            line.cells.iter().map(|cell| cell.value.map_or_else(String::new, |value| value.to_string()));
        writer.write_record(std::iter::once(name(line.measure).to_owned()).chain(values))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(year: i32, measure: Measure, value: Option<i32>) -> Figure {
        Figure { year, measure, value }
    }

    fn cells(activity: &Activity, measure: Measure) -> Vec<(Option<i32>, bool)> {
        let line = activity.lines.iter().find(|line| line.measure == measure).unwrap();
        line.cells.iter().map(|cell| (cell.value, cell.live)).collect()
    }

    #[test]
    fn an_imported_figure_wins_and_a_blank_stays_blank() {
        let imported = [
            figure(2020, Measure::TeachingSupports, None),
            figure(2021, Measure::TeachingSupports, Some(0)),
            figure(2021, Measure::AgreementRequests, Some(3)),
        ];
        let live = [
            figure(2021, Measure::AgreementRequests, Some(99)),
            figure(2022, Measure::AgreementRequests, Some(0)),
            figure(2023, Measure::AgreementRequests, Some(7)),
        ];
        let activity = join(&imported, &live, 2023);
        assert_eq!(activity.years, [2020, 2021, 2022, 2023]);
        let supports = cells(&activity, Measure::TeachingSupports);
        assert_eq!(supports, [(None, false), (Some(0), false), (None, false), (None, false)]);
        let requests = cells(&activity, Measure::AgreementRequests);
        assert_eq!(requests, [(None, false), (Some(3), false), (Some(0), true), (Some(7), true)]);
    }

    #[test]
    fn an_unknown_value_is_an_empty_field_of_the_file() {
        let imported =
            [figure(2020, Measure::TeachingSupports, None), figure(2021, Measure::TeachingSupports, Some(0))];
        let text = to_csv(&join(&imported, &[], 2021), "Acte", Measure::word).unwrap();
        let text = String::from_utf8(text).unwrap();
        let expected = "\u{feff}Acte;2020;2021\njury_sessions_cqp_sp;;\ninspections;;\nagreement_requests;;\nteaching_supports;;0\n";
        assert_eq!(text, expected);
    }
}
