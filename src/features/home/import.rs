//! Past figures from a file: one line for each year and act, all faults at once, all or nothing unless wrong lines are
//! skipped. A figure of the file replaces what was known of the same year and act.

use std::sync::Arc;

use super::activity::Measure;
use super::error::HomeError;
use super::input::{self, TypedFigure};
use super::labels;
use crate::app::App;
use crate::authz::{self, Actor, Facts, Permission};
use crate::import::{Column, Columns, LineFault, Options, Report, Row, read_table};
use crate::rules::fold::fold;

/// Imports a file. What is wrong is in the report; nothing is written in a dry run.
///
/// # Errors
/// The refusal of the policy, a file that cannot be read, what the database answers.
pub async fn import(
    app: &Arc<App>,
    actor: Actor,
    bytes: &[u8],
    options: Options,
) -> Result<Report, HomeError> {
    let _allowed = authz::allows(&actor, Permission::ActivityImport, &Facts::default())?;
    let table = read_table(bytes)?;
    let columns = match Columns::find(&table, &columns()) {
        Ok(columns) => columns,
        Err(faults) => return Ok(Report::new(table.rows.len(), 0, faults, Vec::new())),
    };
    let mut lines: Vec<TypedFigure> = table.rows.iter().map(|row| typed(&columns, row)).collect();
    let faults = faults(&columns, &table.rows, &lines);
    for at in (0..lines.len()).rev().filter(|at| faults.iter().any(|(wrong, _)| wrong == at)) {
        lines.remove(at);
    }
    let faults = faults.into_iter().map(|(_, fault)| fault).collect();
    let mut report = Report::new(table.rows.len(), lines.len(), faults, columns.ignored().to_vec());
    if report.goes_on(options) {
        report.written = super::import_history(app, actor, &lines).await?;
    }
    Ok(report)
}

/// A line as typed; the act by its stored name or as the table names it.
fn typed(columns: &Columns, row: &Row) -> TypedFigure {
    let written = columns.cell(row, "measure");
    let named = |measure: &Measure| fold(labels::measure(*measure)) == fold(written);
    let measure = Measure::ALL.into_iter().find(named);
    TypedFigure {
        year: columns.cell(row, "year").to_owned(),
        measure: measure.map_or_else(|| written.to_owned(), |measure| measure.word().to_owned()),
        value: columns.cell(row, "value").to_owned(),
    }
}

/// What is wrong, and on which of the lines.
fn faults(columns: &Columns, rows: &[Row], lines: &[TypedFigure]) -> Vec<(usize, LineFault)> {
    let Err(faults) = input::read(lines) else { return Vec::new() };
    let placed = |fault: &crate::error::Fault| {
        let (at, key) = fault.pointer.trim_start_matches('/').split_once('/')?;
        let at: usize = at.parse().ok()?;
        Some((at, columns.fault(rows.get(at)?, key, fault.message.clone(), None)))
    };
    faults.iter().filter_map(placed).collect()
}

/// The columns of a file of past figures.
fn columns() -> Vec<Column> {
    let column = |(key, names, required): &(&'static str, &'static [&'static str], bool)| Column {
        key,
        names,
        required: *required,
    };
    labels::IMPORT_COLUMNS.iter().map(column).collect()
}
