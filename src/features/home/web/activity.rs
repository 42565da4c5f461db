//! The figures: their page, their table on the home page, their file.

use poem::http::header;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::pages::{ActivityCell, ActivityPage, ActivityTable, ImportedPage, ImportedRow};
use crate::authz::{Actor, Facts, Permission, may};
use crate::features::home::activity::{Activity, Cell, Figure, JURIES_OF, Line, Measure};
use crate::features::home::{actions, labels, queries};
use crate::http::web::address;
use crate::http::web::page::{Page, WebError};
use crate::render::chart::{Bar, MOST_BARS, bars};
use crate::render::french;

/// Where the imported figures are.
const IMPORTED: &str = "/statistiques/activite/reprises";

#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let activity =
        queries::activity(page.app.db.read(), page.actor(), page.app.now()).await.map_err(WebError::from)?;
    let table = table(page.actor(), &activity);
    let others = Measure::ALL.into_iter().filter(|measure| *measure != chart_of(&activity));
    let charts = others
        .filter(|measure| known(&activity, *measure))
        .map(|measure| (labels::chart(measure), chart(&activity, measure)))
        .collect();
    page.answer(&ActivityPage {
        shell: page.shell(labels::ACTIVITY),
        activity: table,
        charts,
        may_import: may(page.actor(), Permission::ActivityImport, &Facts::default()),
    })
}

/// What the address of the imported figures is limited to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    annee: String,
    acte: String,
}

/// The imported figures behind a number of the table, or all of them.
#[handler]
pub(super) async fn imported(page: Page, Query(wanted): Query<Wanted>) -> Result<Response> {
    let (year, measure) = (wanted.annee.trim().parse().ok(), Measure::parse(wanted.acte.trim()));
    let figures = queries::imported_figures(page.app.db.read(), page.actor(), year, measure)
        .await
        .map_err(WebError::from)?;
    let row = |figure: &Figure| ImportedRow {
        year: figure.year,
        act: labels::measure(figure.measure),
        value: figure.value.map(|value| french::integer(i64::from(value))),
    };
    page.answer(&ImportedPage {
        shell: page.shell(labels::IMPORTED),
        rows: figures.iter().map(row).collect(),
        all: if year.is_some() || measure.is_some() { IMPORTED.to_owned() } else { String::new() },
    })
}

/// The file. Taking it is written in the journal.
#[handler]
pub(super) async fn export(page: Page) -> Result<Response> {
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    let file = actions::export_activity(&mut tx).await.map_err(WebError::from)?;
    tx.commit().await.map_err(WebError::from)?;
    let name = format!("attachment; filename=\"{}\"", labels::FILE);
    Ok(Response::builder()
        .content_type("text/csv; charset=utf-8")
        .header(header::CONTENT_DISPOSITION, name)
        .header(header::CACHE_CONTROL, "no-store")
        .body(file))
}

/// The table as the pages show it.
pub(super) fn table(actor: &Actor, activity: &Activity) -> ActivityTable {
    let limited = queries::limited(actor);
    let cells = |line: &Line| {
        let pairs = activity.years.iter().zip(&line.cells);
        pairs.map(|(year, cell)| shown(line.measure, *year, *cell)).collect()
    };
    let lines = activity.lines.iter().map(|line| (labels::measure(line.measure), cells(line))).collect();
    let drawn = chart_of(activity);
    ActivityTable {
        years: activity.years.clone(),
        lines,
        chart_title: labels::chart(drawn),
        chart: chart(activity, drawn),
        limited,
    }
}

/// A number and what it counts: the acts of a year counted here, as far as the visitor sees them, or what was imported.
fn shown(measure: Measure, year: i32, cell: Cell) -> ActivityCell {
    let href = match (cell.value, measure) {
        (Some(_), _) if !cell.live => {
            address::with_query(IMPORTED, &[("annee", year.to_string().as_str()), ("acte", measure.word())])
        }
        (Some(1..), Measure::AgreementRequests) => format!("/agrements?annee={year}"),
        (Some(1..), Measure::Inspections) => format!("/agrements?controle={year}"),
        (Some(1..), Measure::JurySessions) => format!("/jurys?annee={year}&certification={JURIES_OF}"),
        _ => String::new(),
    };
    ActivityCell { value: cell.value.map(|value| french::integer(i64::from(value))), href }
}

/// The measure drawn beside the table: the first of which the last years are known.
fn chart_of(activity: &Activity) -> Measure {
    let recent = |measure: &Measure| {
        let line = activity.lines.iter().find(|line| line.measure == *measure);
        line.and_then(|line| line.cells.last()).is_some_and(|cell| cell.value.is_some())
    };
    Measure::ALL.into_iter().rev().find(recent).unwrap_or(Measure::JurySessions)
}

fn known(activity: &Activity, measure: Measure) -> bool {
    let line = activity.lines.iter().find(|line| line.measure == measure);
    line.is_some_and(|line| line.cells.iter().any(|cell| cell.value.is_some()))
}

fn chart(activity: &Activity, measure: Measure) -> String {
    let cells = activity.lines.iter().find(|line| line.measure == measure).map(|line| line.cells.as_slice());
    let figures: Vec<_> = activity
        .years
        .iter()
        .zip(cells.unwrap_or_default())
        .map(|(year, cell)| (*year, cell.value))
        .collect();
    let last = &figures[figures.len().saturating_sub(MOST_BARS)..];
    let strongest = last.iter().rev().find(|(_, value)| value.is_some()).map(|(year, _)| *year);
    let bar = |(year, value): &(i32, Option<i32>)| Bar {
        label: year.to_string(),
        value: value.and_then(|value| u32::try_from(value).ok()),
        strong: strongest == Some(*year),
    };
    let drawn: Vec<_> = last.iter().map(bar).collect();
    bars(measure.word(), labels::chart(measure), &labels::described(last), &drawn, labels::MEAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_opens_what_it_counts() {
        use Measure as M;
        for (measure, value, live, expected) in [
            (M::AgreementRequests, Some(3), true, "/agrements?annee=2025"),
            (M::Inspections, Some(1), true, "/agrements?controle=2025"),
            (M::Inspections, Some(0), true, ""),
            (M::JurySessions, Some(2), true, "/jurys?annee=2025&certification=CQP_SP"),
            (M::Inspections, Some(22), false, "/statistiques/activite/reprises?annee=2025&acte=inspections"),
            (
                M::TeachingSupports,
                Some(0),
                false,
                "/statistiques/activite/reprises?annee=2025&acte=teaching_supports",
            ),
            (M::TeachingSupports, None, false, ""),
        ] {
            assert_eq!(
                shown(measure, 2025, Cell { value, live }).href,
                expected,
                "{measure:?} {value:?} {live}"
            );
        }
    }
}
