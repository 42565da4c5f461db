//! Missions of the years before Parchemin, from a file: one line each, all faults at once, all or nothing unless wrong
//! lines are skipped.
//!
//! [`plan`] is pure: it reads lines against what is [`Known`]. [`import`] writes them as settled, without a word to
//! anybody: the ledger of ties, the load of people and the conditions of the renewal read them as they read any mission
//! that took place. What holds for a mission holds for them: the habilitation on its days, one engagement on a half-day.
//! A line whose reference is recorded with the same facts adds nothing, so that a file may be loaded again.

mod known;
pub mod labels;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use entity::ids::{CertificationId, ExpertId};
use entity::mission::{self, MissionObject, MissionState};
use entity::{expert, site, structure};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use sha2::{Digest, Sha256};

pub use self::known::Known;
use super::actions::address;
use super::dossier::Dossier;
use super::events::{FileImported, MissionEvent, What};
use super::input::{self, Dates, usual_duty};
use super::standing::{Need, not_entitled};
use super::{MissionError, labels as words, wording};
use crate::app::App;
use crate::authz::{self, Actor, Facts, Grant, Permission};
use crate::db::{self, Tx, next_number};
use crate::features::availability::engagements::{self, Clash, Engagement, HoldError};
use crate::features::availability::labels as words_of_time;
use crate::import::{Column, Columns, LineFault, Options, Report, Row, Table, read_table};
use crate::rules::engagement::{MOST_DAYS, Slot, taken};
use crate::rules::fold::fold;
use crate::rules::territory::{self, Department, PARIS};
use crate::rules::{deadline, line, typed_date};

/// Longest reference, title and address.
const LONGEST: usize = 200;

/// What is wrong in a line: the column, and the sentence.
type Wrong = Vec<(&'static str, String)>;

/// A mission that took place, as a line tells it.
#[derive(Clone, Debug)]
pub struct Past {
    /// Its reference in the registers of the certifier.
    pub reference: String,
    /// What for.
    pub object: MissionObject,
    /// Who went.
    pub expert: expert::Model,
    /// Where, when it was in a structure.
    pub structure: Option<structure::Model>,
    /// Which site.
    pub site: Option<site::Model>,
    /// Which certification.
    pub certification: Option<CertificationId>,
    /// What it was called.
    pub title: String,
    /// Address.
    pub place: String,
    /// INSEE code of the department; may be empty.
    pub department: &'static str,
    /// INSEE code of the region; may be empty.
    pub region: &'static str,
    /// When.
    pub dates: Dates,
    /// What came of it; may be empty.
    pub result: String,
}

impl Past {
    fn need(&self) -> Need {
        Need {
            object: self.object,
            duty: usual_duty(self.object),
            structure: self.structure.clone(),
            certification: self.certification,
            region: self.region.to_owned(),
            department: self.department.to_owned(),
            dates: self.dates.clone(),
            except: None,
        }
    }

    fn slots(&self) -> Vec<Slot> {
        taken(self.dates.starts_at, self.dates.ends_at, &self.dates.zone)
    }

    /// Whether a recorded mission tells the same.
    fn is(&self, row: &mission::Model) -> bool {
        row.expert_id == self.expert.id
            && row.object == self.object
            && row.structure_id == self.structure.as_ref().map(|structure| structure.id)
            && *row.starts_at == self.dates.starts_at
            && *row.ends_at == self.dates.ends_at
    }
}

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
                let faults = wrong.into_iter().map(|(key, said)| plan.columns.fault(row, key, said, None));
                let faults: Vec<LineFault> = faults.collect();
                plan.faults.extend(faults);
            }
        }
    }
    plan
}

/// The cells of a line, and what is wrong in them.
struct Cells<'a> {
    columns: &'a Columns,
    row: &'a Row,
    known: &'a Known,
    wrong: Wrong,
}

impl<'a> Cells<'a> {
    fn get(&self, key: &str) -> &'a str {
        self.columns.cell(self.row, key)
    }

    fn read<T, E: ToString>(&mut self, key: &'static str, found: Result<T, E>) -> Option<T> {
        match found {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong.push((key, error.to_string()));
                None
            }
        }
    }

    fn line(&mut self, key: &'static str) -> Option<String> {
        self.read(key, line::optional(self.get(key), LONGEST))
    }

    fn reference(&mut self) -> Option<String> {
        let reference = line::wanted(self.get("reference"), LONGEST, labels::REFERENCE_WANTED);
        self.read("reference", reference)
    }

    fn object(&mut self) -> Option<MissionObject> {
        let written = fold(self.get("object"));
        let named =
            |object: &MissionObject| labels::object_words(*object).iter().any(|word| fold(word) == written);
        self.read("object", MissionObject::all().find(named).ok_or(labels::UNKNOWN_OBJECT))
    }

    fn expert(&mut self) -> Option<expert::Model> {
        let found = self.known.people.get(&self.get("expert").to_lowercase()).cloned();
        self.read("expert", found.ok_or(labels::UNKNOWN_PERSON))
    }

    /// The structure and the site, when the cell names some.
    fn structure(&mut self) -> Option<(Option<structure::Model>, Option<site::Model>)> {
        let digits: String = self.get("structure").chars().filter(|c| !c.is_whitespace()).collect();
        if digits.is_empty() {
            return Some((None, None));
        }
        let site = self.known.sites.get(&digits).cloned();
        let siren = site.as_ref().map_or(digits.as_str(), |site| site.siret.get(..9).unwrap_or_default());
        let structure = self.known.structures.get(siren).cloned();
        let found = structure.map(|structure| (Some(structure), site));
        self.read("structure", found.ok_or(labels::UNKNOWN_PLACE))
    }

    fn certification(&mut self) -> Option<Option<CertificationId>> {
        let named = fold(self.get("certification"));
        if named.is_empty() {
            return Some(None);
        }
        let found = self.known.certifications.get(&named).copied();
        self.read("certification", found.ok_or(words::UNKNOWN_CERTIFICATION)).map(Some)
    }

    /// The department written, or that of the site or of the structure; none at a distance.
    fn department(
        &mut self,
        structure: Option<&structure::Model>,
        site: Option<&site::Model>,
    ) -> Option<Option<&'static Department>> {
        match self.get("department") {
            "" => {
                let there = site.map(|site| site.department.as_str());
                let there = there.or_else(|| structure.map(|one| one.department.as_str()));
                Some(there.and_then(territory::department))
            }
            code => {
                let found = territory::department(code).ok_or(labels::UNKNOWN_DEPARTMENT);
                self.read("department", found).map(Some)
            }
        }
    }

    /// The hours of the days told, where it took place.
    fn dates(&mut self, zone: &str) -> Option<Dates> {
        let first = self.read("starts_on", typed_date::read(self.get("starts_on")));
        let last = match self.get("ends_on") {
            "" => first,
            typed => self.read("ends_on", typed_date::read(typed)),
        };
        let hours = labels::hours(&fold(self.get("part"))).ok_or(labels::UNKNOWN_PART);
        let hours = self.read("part", hours);
        let ((first, last), (from, until)) = first.zip(last).zip(hours)?;
        if last < first {
            self.wrong.push(("ends_on", labels::REVERSED.to_owned()));
            return None;
        }
        if (last - first).whole_days() >= MOST_DAYS {
            self.wrong.push(("ends_on", labels::TOO_LONG.to_owned()));
            return None;
        }
        let starts_at = deadline::instant(first, from, zone).ok()?;
        let ends_at = deadline::instant(last, until, zone).ok()?;
        if ends_at > self.known.now {
            self.wrong.push(("starts_on", labels::NOT_OVER.to_owned()));
            return None;
        }
        Some(Dates { starts_at, ends_at, zone: zone.to_owned() })
    }
}

/// The mission of a line, or everything wrong in it.
fn read(columns: &Columns, row: &Row, known: &Known) -> Result<Past, Wrong> {
    let mut cells = Cells { columns, row, known, wrong: Vec::new() };
    let (reference, object, expert) = (cells.reference(), cells.object(), cells.expert());
    let at = cells.structure();
    let (structure, site) = at.clone().unwrap_or_default();
    let department = cells.department(structure.as_ref(), site.as_ref());
    let certification = cells.certification();
    let dates = cells.dates(department.flatten().map_or(PARIS, |found| found.zone));
    let (title, place) = (cells.line("title"), cells.line("place"));
    let result = cells.read("result", input::text(cells.get("result")));
    let place = place.map(|typed| match typed.as_str() {
        "" => address(structure.as_ref(), site.as_ref()),
        _ => typed,
    });
    if at.is_some() && place.as_deref() == Some("") {
        cells.wrong.push(("structure", words::PLACE_WANTED.to_owned()));
    }
    let past = (|| {
        let (object, department) = (object?, department?);
        let named = labels::title(object, structure.as_ref().map(|one| one.name.as_str()));
        Some(Past {
            reference: reference?,
            object,
            expert: expert?,
            title: title.map(|title| if title.is_empty() { named } else { title })?,
            certification: certification?,
            place: place?,
            department: department.map_or("", |found| found.code),
            region: department.and_then(|found| found.region).unwrap_or_default(),
            dates: dates?,
            result: result?,
            structure,
            site,
        })
    })();
    past.filter(|_| cells.wrong.is_empty()).ok_or(cells.wrong)
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
}
