//! School holidays from a file: one line each, all faults at once, all or nothing unless wrong lines are skipped.
//!
//! A zone and school year of the file replaces what was known of it, so that a corrected calendar is loaded again whole.

use std::collections::BTreeSet;
use std::sync::Arc;

use entity::school_holiday;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use sha2::{Digest, Sha256};

use super::events::AvailabilityEvent;
use super::school::SchoolHoliday;
use super::{AvailabilityError, labels};
use crate::app::App;
use crate::authz::{self, Actor, Facts, Permission};
use crate::db::Tx;
use crate::import::{Column, Columns, LineFault, Options, Report, Row, Table, read_table};
use crate::rules::line;
use crate::rules::period::Period;
use crate::rules::school_zone::{SchoolZone, school_year};
use crate::rules::typed_date;

/// Lines that may be recorded, and what is wrong with the others.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The holidays.
    pub ready: Vec<SchoolHoliday>,
    /// Everything wrong.
    pub faults: Vec<LineFault>,
}

/// Reads every line of a table; two holidays of one zone that share a day are a fault of the second line.
#[must_use]
pub fn plan(table: &Table, columns: &Columns, source: &str) -> Plan {
    let mut plan = Plan { ready: Vec::new(), faults: Vec::new() };
    for row in &table.rows {
        match read(columns, row, source) {
            Err(faults) => plan.faults.extend(faults),
            Ok(new) => {
                let met = plan
                    .ready
                    .iter()
                    .find(|other| other.zone == new.zone && other.period.overlaps(new.period));
                match met {
                    Some(other) => {
                        let message = labels::overlaps(other);
                        plan.faults.push(columns.fault(row, "starts_on", message, None));
                    }
                    None => plan.ready.push(new),
                }
            }
        }
    }
    plan
}

fn read(columns: &Columns, row: &Row, source: &str) -> Result<SchoolHoliday, Vec<LineFault>> {
    let mut faults = Vec::new();
    let zone = SchoolZone::of(columns.cell(row, "zone"));
    if zone.is_none() {
        faults.push(columns.fault(row, "zone", labels::unknown_zone(), None));
    }
    let name = line::required(columns.cell(row, "name"), 200);
    if let Err(error) = &name {
        faults.push(columns.fault(row, "name", error.to_string(), None));
    }
    let mut day = |key: &str| {
        let day = typed_date::parse(columns.cell(row, key));
        if day.is_none() {
            faults.push(columns.fault(row, key, labels::DATE_WANTED, None));
        }
        day
    };
    let (from, until) = (day("starts_on"), day("ends_on"));
    let period = from.zip(until).and_then(|(from, until)| match Period::new(from, until) {
        Ok(period) if period.days() <= 120 => Some(period),
        Ok(_) => {
            faults.push(columns.fault(row, "ends_on", labels::TOO_LONG, None));
            None
        }
        Err(error) => {
            faults.push(columns.fault(row, "ends_on", error.to_string(), None));
            None
        }
    });
    match (zone, name, period) {
        (Some(zone), Ok(name), Some(period)) => {
            Ok(SchoolHoliday { zone, name, period, source: source.to_owned() })
        }
        _ => Err(faults),
    }
}

/// Imports a file. What is wrong is in the report.
///
/// # Errors
/// The refusal of the policy, a file that cannot be read, what the database answers.
pub async fn import(
    app: &Arc<App>,
    actor: Actor,
    bytes: &[u8],
    file_name: &str,
    options: Options,
) -> Result<Report, AvailabilityError> {
    let _allowed = authz::allows(&actor, Permission::SchoolCalendarEdit, &Facts::default())?;
    let table = read_table(bytes)?;
    let columns = match Columns::find(&table, &COLUMNS) {
        Ok(columns) => columns,
        Err(faults) => return Ok(Report::new(table.rows.len(), 0, faults, Vec::new())),
    };
    let plan = plan(&table, &columns, file_name);
    let ignored = columns.ignored().to_vec();
    let mut report = Report::new(table.rows.len(), plan.ready.len(), plan.faults, ignored);
    if !report.goes_on(options) {
        return Ok(report);
    }
    let mut tx = app.begin(actor).await?;
    let grant = tx.authorize(Permission::SchoolCalendarEdit, &Facts::default())?;
    let replaced = write(&tx, &plan.ready).await?;
    report.written = plan.ready.len();
    let event = AvailabilityEvent::SchoolHolidaysImported {
        id: tx.new_id(),
        file_name: file_name.to_owned(),
        sha256: hex::encode(Sha256::digest(bytes)),
        replaced,
        written: report.written,
        refused: report.refused(),
    };
    tx.record(&grant, &event).await?;
    tx.commit().await?;
    Ok(report)
}

/// Writes the holidays in place of those of the same zones and school years.
async fn write(tx: &Tx, new: &[SchoolHoliday]) -> Result<Vec<String>, AvailabilityError> {
    let years: BTreeSet<(SchoolZone, i32)> =
        new.iter().map(|one| (one.zone, school_year(one.period.from()))).collect();
    let zones: BTreeSet<&str> = years.iter().map(|(zone, _)| zone.word()).collect();
    let known = school_holiday::Entity::find()
        .filter(school_holiday::Column::Zone.is_in(zones))
        .all(tx.conn())
        .await?;
    let old = known.iter().filter(|row| {
        SchoolZone::of(&row.zone).is_some_and(|zone| years.contains(&(zone, school_year(row.starts_on))))
    });
    school_holiday::Entity::delete_many()
        .filter(school_holiday::Column::Id.is_in(old.map(|row| row.id)))
        .exec(tx.conn())
        .await?;
    for one in new {
        let row = school_holiday::Model {
            id: tx.new_id(),
            zone: one.zone.word().to_owned(),
            name: one.name.clone(),
            starts_on: one.period.from(),
            ends_on: one.period.until(),
            source: one.source.clone(),
        };
        let insert = school_holiday::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
    }
    Ok(years.iter().map(|(zone, year)| format!("{} {year}-{}", zone.word(), year + 1)).collect())
}

/// The columns of a file of school holidays.
const COLUMNS: [Column; 4] = [
    Column { key: "zone", names: labels::ZONE_COLUMN, required: true },
    Column { key: "name", names: labels::NAME_COLUMN, required: true },
    Column { key: "starts_on", names: labels::FROM_COLUMN, required: true },
    Column { key: "ends_on", names: labels::UNTIL_COLUMN, required: true },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(text: &str) -> Plan {
        let table = read_table(text.as_bytes()).unwrap();
        let columns = Columns::find(&table, &COLUMNS).unwrap();
        plan(&table, &columns, "calendrier.csv")
    }

    #[test]
    fn a_line_is_read_by_the_name_of_its_zone() {
        let plan = planned("zone;vacances;du;au\nLa Réunion;Vacances d’été austral;20/12/2025;25/01/2026\n");
        assert!(plan.faults.is_empty(), "{:?}", plan.faults);
        assert_eq!((plan.ready[0].zone, plan.ready[0].period.days()), (SchoolZone::Reunion, 37));
    }

    #[test]
    fn every_fault_names_its_line() {
        let text = "zone;vacances;du;au\nD;;x;25/01/2026\na;Noël;20/12/2025;05/01/2026\n\
                    Zone A;Encore;01/01/2026;02/01/2026\nb;Été;01/07/2026;01/07/2027\nb;Été;02/07/2026;01/07/2026\n";
        let plan = planned(text);
        let told: Vec<_> = plan.faults.iter().map(|fault| (fault.line, fault.column.as_str())).collect();
        let expected = [(2, "zone"), (2, "vacances"), (2, "du"), (4, "du"), (5, "au"), (6, "au")];
        assert_eq!(told, expected);
        assert_eq!(plan.ready.len(), 1);
    }
}
