//! Missions of the years before Parchemin, from a file: one line each, all faults at once, all or nothing unless wrong
//! lines are skipped.
//!
//! [`plan`] is pure: it reads lines against what is [`Known`]. [`import`] writes them as settled, without a word to
//! anybody: the ledger of ties, the load of people and the conditions of the renewal read them as they read any mission
//! that took place. What holds for a mission holds for them: the habilitation on its days, one engagement on a half-day.
//! A line whose reference is recorded with the same facts adds nothing, so that a file may be loaded again.

mod known;
pub mod labels;
mod past;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use entity::ids::ExpertId;
use entity::mission::{self, MissionObject, MissionState};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use sha2::{Digest, Sha256};

pub use self::known::Known;
pub use self::past::Past;
use self::past::{Wrong, read};
use super::dossier::Dossier;
use super::events::{FileImported, MissionEvent, What};
use super::input::usual_duty;
use super::standing::not_entitled;
use super::{MissionError, wording};
use crate::app::App;
use crate::authz::{self, Actor, Facts, Grant, Permission};
use crate::db::{self, Tx, next_number};
use crate::features::availability::engagements::{self, Clash, Engagement, HoldError};
use crate::features::availability::labels as words_of_time;
use crate::import::{Column, Columns, LineFault, Options, Report, Row, Table, nearest, read_table, suggest};
use crate::rules::deadline;
use crate::rules::engagement::Slot;
use crate::rules::fold::fold;
use crate::rules::territory;

/// Lines that may be recorded, and what is wrong with the others.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Line, and what it becomes.
    pub ready: Vec<(Row, Past)>,
    /// How many lines are recorded already.
    pub unchanged: usize,
    /// Everything wrong.
    pub faults: Vec<LineFault>,
    columns: Columns,
    read: usize,
}

impl Plan {
    fn report(&self) -> Report {
        let ready = self.ready.len() + self.unchanged;
        Report::new(self.read, ready, self.faults.clone(), self.columns.ignored().to_vec())
    }
}

/// Reads every line.
#[must_use]
pub fn plan(table: &Table, columns: Columns, known: &Known) -> Plan {
    let mut plan =
        Plan { ready: Vec::new(), unchanged: 0, faults: Vec::new(), columns, read: table.rows.len() };
    let mut references: HashMap<String, usize> = HashMap::new();
    let mut given: HashMap<(ExpertId, Slot), usize> = HashMap::new();
    for row in &table.rows {
        let read = read(&plan.columns, row, known).and_then(|past| {
            if let Some(first) = references.insert(past.reference.clone(), row.line) {
                return Err(vec![("reference", labels::twice_in_file(first))]);
            }
            match known.recorded.get(&past.reference) {
                Some(mission) if past.is(mission) => Ok(None),
                Some(mission) => Err(vec![("reference", labels::recorded_otherwise(&mission.number))]),
                None => holds(&past, known, &given).map(|()| Some(past)),
            }
        });
        match read {
            Ok(None) => plan.unchanged += 1,
            Ok(Some(past)) => {
                given.extend(past.slots().into_iter().map(|slot| ((past.expert.id, slot), row.line)));
                plan.ready.push((row.clone(), past));
            }
            Err(wrong) => {
                let faults = wrong.into_iter().map(|(key, said)| {
                    plan.columns.fault(row, key, said, meant(key, plan.columns.cell(row, key)))
                });
                let faults: Vec<LineFault> = faults.collect();
                plan.faults.extend(faults);
            }
        }
    }
    plan
}

/// What was probably meant by a value that is not understood.
fn meant(key: &str, value: &str) -> Option<String> {
    match key {
        "object" => nearest(
            value,
            MissionObject::all().flat_map(|object| labels::object_words(object).iter().copied()),
        ),
        "part" => nearest(value, labels::PARTS),
        "department" => suggest(value, |text| territory::department(text).is_some()),
        _ => None,
    }
}

/// Refuses a mission to whom no habilitation covers its days, and a half-day that the person had given.
fn holds(past: &Past, known: &Known, given: &HashMap<(ExpertId, Slot), usize>) -> Result<(), Wrong> {
    let held = known.habilitations.get(&past.expert.id).map_or(&[][..], Vec::as_slice);
    let mut wrong: Wrong =
        not_entitled(&past.need(), held).into_iter().map(|said| ("expert", said)).collect();
    let taken = known.taken.get(&past.expert.id);
    let clash = past.slots().into_iter().find_map(|slot| {
        let line = given.get(&(past.expert.id, slot)).map(|line| labels::taken_by_line(*line, slot.0));
        let before = || {
            let taken = taken.is_some_and(|taken| taken.contains(&slot));
            taken.then(|| words_of_time::clash(&Clash { slot, with: None }))
        };
        line.or_else(before)
    });
    wrong.extend(clash.map(|said| ("starts_on", said)));
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Imports a file. What is wrong is in the report; nothing is written when a line is wrong, unless wrong lines
/// are skipped, nor in a dry run.
///
/// # Errors
/// The refusal of the policy, a file that cannot be read, what the database answers.
pub async fn import(
    app: &Arc<App>,
    actor: Actor,
    bytes: &[u8],
    file_name: &str,
    options: Options,
) -> Result<Report, MissionError> {
    let _allowed = authz::allows(&actor, Permission::MissionImport, &Facts::default())?;
    let table = read_table(bytes)?;
    let columns = match Columns::find(&table, &columns()) {
        Ok(columns) => columns,
        Err(faults) => return Ok(Report::new(table.rows.len(), 0, faults, Vec::new())),
    };
    let mut tx = app.begin(actor).await?;
    let grant = tx.authorize(Permission::MissionImport, &Facts::default())?;
    let named: HashSet<String> =
        table.rows.iter().map(|row| columns.cell(row, "expert").to_lowercase()).collect();
    let known = Known::read(tx.conn(), &named, tx.now()).await?;
    let mut plan = plan(&table, columns, &known);
    let mut report = plan.report();
    if !report.goes_on(options) {
        return Ok(report);
    }
    if let Some(fault) = write(&mut tx, &grant, &plan).await? {
        // somebody else wrote meanwhile what the file contradicts: nothing is kept
        plan.faults.push(fault);
        return Ok(plan.report());
    }
    report.written = plan.ready.len() + plan.unchanged;
    if plan.ready.is_empty() {
        return Ok(report);
    }
    let event = FileImported {
        id: tx.new_id(),
        file_name: file_name.to_owned(),
        sha256: hex::encode(Sha256::digest(bytes)),
        written: plan.ready.len(),
        unchanged: plan.unchanged,
        refused: report.refused(),
    };
    tx.record(&grant, &event).await?;
    tx.commit().await?;
    Ok(report)
}

/// Writes the lines; gives the fault of the one that somebody contradicted meanwhile.
async fn write(tx: &mut Tx, grant: &Grant, plan: &Plan) -> Result<Option<LineFault>, MissionError> {
    for (line, past) in &plan.ready {
        if let Some((key, said)) = keep(tx, grant, past).await? {
            return Ok(Some(plan.columns.fault(line, key, said, None)));
        }
    }
    Ok(None)
}

/// Keeps one mission, with its half-days; gives what somebody wrote meanwhile that contradicts it.
async fn keep(
    tx: &mut Tx,
    grant: &Grant,
    past: &Past,
) -> Result<Option<(&'static str, String)>, MissionError> {
    let year = deadline::day_in_zone(past.dates.starts_at, &past.dates.zone).year();
    let mission = row(tx, past, next_number(tx, "MIS", year).await?);
    let insert = mission::Entity::insert(mission.clone().into_active_model().reset_all());
    match insert.exec_without_returning(tx.conn()).await {
        Ok(_) => {}
        Err(error) if db::is_unique_violation(&error) => {
            return Ok(Some(("reference", labels::RECORDED_MEANWHILE.to_owned())));
        }
        Err(error) => return Err(error.into()),
    }
    match engagements::hold(tx, past.expert.id, Engagement::Mission(mission.id), &past.slots()).await {
        Ok(()) => {}
        Err(HoldError::Taken(clash)) => return Ok(Some(("starts_on", words_of_time::clash(&clash)))),
        Err(error) => return Err(error.into()),
    }
    let dossier = Dossier {
        mission,
        expert: past.expert.clone(),
        structure: past.structure.clone(),
        site: past.site.clone(),
        certification: None,
        also: Vec::new(),
        offers: Vec::new(),
    };
    let name = ("mission.recorded", "MIS_RECORDED");
    let event = MissionEvent::of_act(tx, &dossier, name, What::Recorded);
    tx.record(grant, &event).await?;
    Ok(None)
}

/// The row of a mission that took place, and of which nothing is awaited.
fn row(tx: &Tx, past: &Past, number: String) -> mission::Model {
    let found_by = wording::search(&number, &past.title, &past.place, &past.expert.name());
    mission::Model {
        id: tx.new_id(),
        search: format!("{found_by} {}", fold(&past.reference)),
        number,
        object: past.object,
        title: past.title.clone(),
        expert_id: past.expert.id,
        duty: usual_duty(past.object),
        structure_id: past.structure.as_ref().map(|structure| structure.id),
        site_id: past.site.as_ref().map(|site| site.id),
        certification_id: past.certification,
        place: past.place.clone(),
        department: past.department.to_owned(),
        region: past.region.to_owned(),
        zone: past.dates.zone.clone(),
        starts_at: past.dates.starts_at.into(),
        ends_at: past.dates.ends_at.into(),
        persons: String::new(),
        instructions: String::new(),
        fee_cents: 0,
        expenses_ceiling_cents: 0,
        state: MissionState::Settled,
        tie_override: None,
        reason: None,
        report: Some(past.result.clone()).filter(|result| !result.is_empty()),
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        accepted_at: None,
        done_at: Some(past.dates.ends_at.into()),
        reported_at: None,
        sequence: 0,
        deadline_at: None,
        satisfaction: None,
        report_reminded: 0,
        external_ref: Some(past.reference.clone()),
        resumes_id: None,
        quiet: false,
        version: 1,
    }
}

/// The columns of a file of past missions.
fn columns() -> Vec<Column> {
    let column = |(key, names, required): &(&'static str, &'static [&'static str], bool)| Column {
        key,
        names,
        required: *required,
    };
    labels::IMPORT_COLUMNS.iter().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn every_fault_of_a_line_is_told_with_its_column() {
        let table = read_table(
            "Réf;Objet;Intervenant;SIRET;Jour;Dernier jour;Moment;Département\n\
             ;pique-nique;personne@exemple.fr;123;2021-02-31;2021-03-01;le soir;9Z\n\
             A-1;réunion;;;01/03/2021;28/02/2021;;75\n\
             A-2;réunion;;;01/03/2021;31/12/2021;;75\n\
             A-3;réunion;;;01/03/2099;;matin;75\n"
                .as_bytes(),
        )
        .unwrap();
        let columns = Columns::find(&table, &columns()).unwrap();
        let plan = plan(&table, columns, &Known::nothing(datetime!(2025-10-06 08:00 UTC)));
        let told: Vec<_> = plan.faults.iter().map(|fault| (fault.line, fault.column.as_str())).collect();
        let first = ["Réf", "Objet", "Intervenant", "SIRET", "Département", "Jour", "Moment"];
        let mut expected: Vec<_> = first.map(|column| (2, column)).to_vec();
        for (line, column) in [(3, "Dernier jour"), (4, "Dernier jour"), (5, "Jour")] {
            expected.extend([(line, "Intervenant"), (line, column), (line, "SIRET")]);
        }
        assert_eq!(told, expected);
        assert_eq!((plan.ready.len(), plan.unchanged, plan.report().refused()), (0, 0, 4));
    }

    #[test]
    fn a_value_that_is_not_understood_is_told_with_the_nearest_that_is() {
        for (key, value, expected) in [
            ("object", "jurys", Some("jury")),
            ("object", "pique-nique", None),
            ("part", "apres mid", Some("après-midi")),
            ("department", "1", Some("01")),
            ("expert", "jurys", None),
        ] {
            assert_eq!(meant(key, value).as_deref(), expected, "{key} {value}");
        }
    }
}
