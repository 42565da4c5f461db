//! Experts and the history of their habilitations from a file: one line per habilitation, a person being told by their
//! address. All faults at once, all or nothing unless wrong lines are skipped.
//!
//! [`plan`] is pure: it reads lines and tells what is wrong. [`import`] adds what only the database knows: somebody who
//! is already recorded receives the habilitations of their lines, and no two of them share a day with what they have.
//! An habilitation whose last day is behind is recorded as expired, and nobody is written to.

pub mod labels;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use entity::expert;
use entity::habilitation::Duty;
use entity::ids::{CertificationId, ExpertId};
use sea_orm::EntityTrait;
use sha2::{Digest, Sha256};

use super::events::ExpertEvent;
use super::input::{Expert, Status, TypedExpert, TypedHabilitation};
use super::labels::faults::UNKNOWN_CERTIFICATION;
use super::queries::{self, Habilitation};
use super::{ExpertError, actions};
use crate::app::App;
use crate::authz::{self, Actor, Facts, Grant, Permission};
use crate::db::Tx;
use crate::error::{DomainError, Fault};
use crate::features::{certifications, rights};
use crate::import::{Column, Columns, LineFault, Options, Report, Row, Table, read_table, suggest};
use crate::rules::email_address::EmailAddress;
use crate::rules::fold::fold;
use crate::rules::phone::Phone;
use crate::rules::right::Span;
use crate::rules::territory;

/// A line that may be recorded.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Where it is.
    pub row: Row,
    /// The person.
    pub expert: Expert,
    /// The habilitation of the line, when it has one.
    pub habilitation: Option<TypedHabilitation>,
}

/// Lines that may be recorded, and what is wrong with the others.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Lines.
    pub ready: Vec<Ready>,
    /// Everything wrong.
    pub faults: Vec<LineFault>,
    /// Lines that say what is recorded already.
    pub known: usize,
    columns: Columns,
    read: usize,
}

/// Reads every line; `certifications` are the names that may be written, folded, and their keys.
#[must_use]
pub fn plan(table: &Table, columns: Columns, certifications: &HashMap<String, CertificationId>) -> Plan {
    let mut plan = Plan { ready: Vec::new(), faults: Vec::new(), known: 0, columns, read: table.rows.len() };
    let mut named: HashMap<String, (usize, Expert)> = HashMap::new();
    for row in &table.rows {
        let read = person(&plan.columns, row);
        let habilitation = habilitation(&plan.columns, row, certifications);
        match (read, habilitation) {
            (Ok(expert), Ok(habilitation)) => {
                let (first, known) =
                    named.entry(expert.email.key()).or_insert_with(|| (row.line, expert.clone()));
                let same = alike(known.family_name.as_str(), expert.family_name.as_str())
                    && alike(known.first_names.as_str(), expert.first_names.as_str());
                let line = Ready { row: row.clone(), expert, habilitation };
                if !same {
                    let message = labels::other_person(*first);
                    plan.faults.push(plan.columns.fault(row, "email", message, None));
                } else if let Some(message) = plan.overlap(&line) {
                    plan.faults.push(plan.columns.fault(row, "starts_on", message, None));
                } else {
                    plan.ready.push(line);
                }
            }
            (read, habilitation) => {
                let faults = [read.err(), habilitation.err()].into_iter().flatten().flatten();
                plan.faults.extend(faults.map(|fault| line_fault(&plan.columns, row, &fault)));
            }
        }
    }
    plan
}

fn person(columns: &Columns, row: &Row) -> Result<Expert, Vec<Fault>> {
    let cell = |key: &str| columns.cell(row, key).to_owned();
    let status = fold(columns.cell(row, "status"));
    let known = Status::ALL
        .into_iter()
        .find(|status_| labels::status_words(*status_).iter().any(|word| fold(word) == status));
    let typed = TypedExpert {
        family_name: cell("family_name"),
        first_names: cell("first_names"),
        email: cell("email"),
        phone: cell("phone"),
        employer: cell("employer"),
        status: known.map_or_else(|| cell("status"), |status| status.word().to_owned()),
        department: cell("department"),
        territories: region_codes(columns.cell(row, "territories")),
        travel_km: cell("travel_km"),
        languages: cell("languages"),
    };
    typed.read()
}

fn habilitation(
    columns: &Columns,
    row: &Row,
    certifications: &HashMap<String, CertificationId>,
) -> Result<Option<TypedHabilitation>, Vec<Fault>> {
    let written = fold(columns.cell(row, "duty"));
    if written.is_empty() {
        return Ok(None);
    }
    let mut faults = Vec::new();
    let duty = Duty::all().find(|duty| labels::duty_words(*duty).iter().any(|word| fold(word) == written));
    if duty.is_none() {
        faults.push(Fault::new("/duty", "unknown", labels::UNKNOWN_DUTY));
    }
    let named = fold(columns.cell(row, "certification"));
    let certification = certifications.get(&named).copied();
    if certification.is_none() && !named.is_empty() {
        faults.push(Fault::new("/certification", "unknown", UNKNOWN_CERTIFICATION));
    }
    let typed = TypedHabilitation {
        duty: duty.unwrap_or(Duty::Mandataire),
        starts_on: columns.cell(row, "starts_on").to_owned(),
        ends_on: columns.cell(row, "ends_on").to_owned(),
        certification,
        regions: region_codes(columns.cell(row, "regions")),
    };
    if let Err(others) = typed.read() {
        faults.extend(others);
    }
    if faults.is_empty() { Ok(Some(typed)) } else { Err(faults) }
}

/// The codes of the regions of a cell.
fn region_codes(cell: &str) -> Vec<String> {
    let names = cell.split([',', ';', '/']).map(str::trim);
    names.filter(|name| !name.is_empty()).map(region_code).collect()
}

/// The code of a region written by its code or its name.
fn region_code(written: &str) -> String {
    let named = territory::regions().iter().find(|region| fold(region.name) == fold(written));
    named.map_or_else(|| written.to_owned(), |region| region.code.to_owned())
}

fn line_fault(columns: &Columns, row: &Row, fault: &Fault) -> LineFault {
    let pointer = fault.pointer.trim_start_matches('/');
    let key = pointer.split('/').next().unwrap_or(pointer);
    let department = columns.cell(row, "department");
    let suggestion = suggest(columns.cell(row, key), |text| match key {
        "department" => territory::department(text).is_some(),
        "email" => EmailAddress::parse(text).is_ok(),
        "phone" => Phone::parse(text, Some(department)).is_ok(),
        _ => false,
    });
    columns.fault(row, key, fault.message.clone(), suggestion)
}

/// Imports a file, as for structures: all or nothing unless wrong lines are skipped.
///
/// # Errors
/// The refusal of the policy, a file that cannot be read, what the database answers.
pub async fn import(
    app: &Arc<App>,
    actor: Actor,
    bytes: &[u8],
    file_name: &str,
    options: Options,
) -> Result<Report, ExpertError> {
    let _allowed = authz::allows(&actor, Permission::ExpertImport, &Facts::default())?;
    let table = read_table(bytes)?;
    let columns = match Columns::find(&table, &columns()) {
        Ok(columns) => columns,
        Err(faults) => return Ok(Report::new(table.rows.len(), 0, faults, Vec::new())),
    };
    let mut tx = app.begin(actor).await?;
    let grant = tx.authorize(Permission::ExpertImport, &Facts::default())?;
    let mut plan = plan(&table, columns, &certification_names(&tx).await?);
    let known = recorded(&tx, &plan).await?;
    plan.refuse_foreign(tx.actor(), &known);
    plan.refuse_known(&known);
    let mut report = plan.report();
    if !report.goes_on(options) {
        return Ok(report);
    }
    if let Some(fault) = write(&mut tx, &grant, &plan, &known).await? {
        // somebody else wrote meanwhile what the file contradicts: nothing is kept
        plan.faults.push(fault);
        return Ok(plan.report());
    }
    report.written = plan.ready.len();
    let event = ExpertEvent::Imported {
        id: tx.new_id(),
        file_name: file_name.to_owned(),
        sha256: hex::encode(Sha256::digest(bytes)),
        written: report.written,
        refused: report.refused(),
    };
    tx.record(&grant, &event).await?;
    tx.commit().await?;
    Ok(report)
}

/// The names under which a file may write a certification, folded, and their keys.
async fn certification_names(tx: &Tx) -> Result<HashMap<String, CertificationId>, ExpertError> {
    let mut names = HashMap::new();
    for found in certifications::queries::all(tx.conn()).await? {
        names.insert(fold(&found.certification.code), found.certification.id);
        names.insert(fold(&found.certification.short_title), found.certification.id);
    }
    Ok(names)
}

/// Somebody of the file who is already recorded, and what they hold or held.
struct Recorded {
    expert: expert::Model,
    habilitations: Vec<Habilitation>,
}

/// Those of the file who are already recorded, by address.
async fn recorded(tx: &Tx, plan: &Plan) -> Result<HashMap<String, Recorded>, ExpertError> {
    let named: HashSet<String> = plan.ready.iter().map(|line| address(line.expert.email.as_str())).collect();
    let mut rows = expert::Entity::find().all(tx.conn()).await?;
    rows.retain(|row| named.contains(&address(&row.email)));
    let ids: Vec<ExpertId> = rows.iter().map(|row| row.id).collect();
    let mut held = queries::habilitations_of(tx.conn(), &ids).await?;
    let whole = |expert: expert::Model| {
        let habilitations = held.remove(&expert.id).unwrap_or_default();
        (address(&expert.email), Recorded { expert, habilitations })
    };
    Ok(rows.into_iter().map(whole).collect())
}

/// Whether two names are the same, whatever their case and accents.
fn alike(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

/// An address, to compare it.
fn address(email: &str) -> String {
    email.to_lowercase()
}

impl Recorded {
    /// Whether a line says what is recorded already: the same person and the same habilitation, or the person alone.
    fn says(&self, line: &Ready) -> bool {
        if !alike(&self.expert.family_name, line.expert.family_name.as_str())
            || !alike(&self.expert.first_names, line.expert.first_names.as_str())
        {
            return false;
        }
        let Some(asked) = &line.habilitation else { return self.is_described(&line.expert) };
        let Ok(asked) = asked.read() else { return false };
        let days = Span { from: asked.period.from(), until: Some(asked.period.until()) };
        let regions: HashSet<&str> = asked.regions.iter().copied().collect();
        self.habilitations.iter().any(|one| {
            let file = &one.file;
            let held: HashSet<&str> = file.regions.split(',').filter(|code| !code.is_empty()).collect();
            file.duty == asked.duty
                && file.certification_id == asked.certification
                && held == regions
                && one.rights.iter().any(|held| rights::queries::span(&held.right) == days)
        })
    }

    /// Whether what a line tells of the person is what is recorded; names and addresses were compared.
    fn is_described(&self, told: &Expert) -> bool {
        let mut same = self.expert.clone();
        actions::set(&mut same, told);
        let names = (&self.expert.family_name, &self.expert.first_names, &self.expert.email);
        same.family_name.clone_from(names.0);
        same.first_names.clone_from(names.1);
        same.email.clone_from(names.2);
        same.search.clone_from(&self.expert.search);
        same == self.expert
    }

    /// Why a line may not be added to this person: the column and the sentence.
    fn refuses(&self, line: &Ready) -> Option<(&'static str, String)> {
        if !alike(&self.expert.family_name, line.expert.family_name.as_str()) {
            return Some(("family_name", labels::known_otherwise(&self.expert.number)));
        }
        if !alike(&self.expert.first_names, line.expert.first_names.as_str()) {
            return Some(("first_names", labels::known_otherwise(&self.expert.number)));
        }
        let Some(asked) = &line.habilitation else {
            return Some(("email", labels::ALREADY_RECORDED.to_owned()));
        };
        let days = asked.read().ok()?.period;
        let span = Span { from: days.from(), until: Some(days.until()) };
        let same = self.habilitations.iter().filter(|one| {
            one.file.duty == asked.duty && meets(one.file.certification_id, asked.certification)
        });
        let mut rights = same.flat_map(|one| &one.rights).map(|held| rights::queries::span(&held.right));
        let known = rights.find(|known| known.overlaps(span))?;
        Some(("starts_on", labels::overlaps_known(days, known)))
    }
}

/// Whether two habilitations are on a same certification; one without any is on each.
fn meets(one: Option<CertificationId>, other: Option<CertificationId>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// Writes the lines; gives the fault of the one that somebody contradicted meanwhile.
async fn write(
    tx: &mut Tx,
    grant: &Grant,
    plan: &Plan,
    known: &HashMap<String, Recorded>,
) -> Result<Option<LineFault>, ExpertError> {
    let mut ids: HashMap<String, ExpertId> =
        known.iter().map(|(email, recorded)| (email.clone(), recorded.expert.id)).collect();
    for line in &plan.ready {
        let email = address(line.expert.email.as_str());
        let id = match ids.get(&email) {
            Some(id) => *id,
            None => actions::insert(tx, grant, &line.expert).await?.id,
        };
        ids.insert(email, id);
        let Some(habilitation) = &line.habilitation else { continue };
        match actions::record(tx, id, None, habilitation).await {
            Ok(_) => {}
            Err(error @ ExpertError::Overlap { .. }) => {
                return Ok(Some(plan.columns.fault(&line.row, "starts_on", error.detail(), None)));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

impl Plan {
    /// The sentence for a line whose days are already those of an earlier one: same person, same duty, and the same
    /// certification or all.
    fn overlap(&self, line: &Ready) -> Option<String> {
        let asked = line.habilitation.as_ref()?;
        let days = asked.read().ok()?.period;
        self.ready.iter().find_map(|other| {
            let known = other.habilitation.as_ref()?;
            let same = other.expert.email.key() == line.expert.email.key() && asked.duty == known.duty;
            let other_days = known.read().ok()?.period;
            let shared = same && meets(asked.certification, known.certification) && other_days.overlaps(days);
            shared.then(|| labels::overlaps_line(days, other.row.line, other_days))
        })
    }

    /// Refuses the lines of people who work outside of the territory of whoever brings the file: where they are recorded
    /// to work, or will be.
    fn refuse_foreign(&mut self, actor: &Actor, known: &HashMap<String, Recorded>) {
        for line in std::mem::take(&mut self.ready) {
            let recorded = known.get(&address(line.expert.email.as_str()));
            let facts = recorded.map_or_else(
                || actions::facts_of_new(&line.expert),
                |recorded| Facts::of_expert(&recorded.expert),
            );
            if authz::may(actor, Permission::ExpertEdit, &facts) {
                self.ready.push(line);
            } else {
                let column = if recorded.is_some() { "email" } else { "department" };
                let message = labels::OUTSIDE_TERRITORY.to_owned();
                self.faults.push(self.columns.fault(&line.row, column, message, None));
            }
        }
    }

    /// Leaves out the lines that say what is recorded already, and refuses those that may not be added to people who are.
    fn refuse_known(&mut self, known: &HashMap<String, Recorded>) {
        for line in std::mem::take(&mut self.ready) {
            let recorded = known.get(&address(line.expert.email.as_str()));
            if recorded.is_some_and(|recorded| recorded.says(&line)) {
                self.known += 1;
                continue;
            }
            match recorded.and_then(|recorded| recorded.refuses(&line)) {
                Some((column, message)) => {
                    self.faults.push(self.columns.fault(&line.row, column, message, None));
                }
                None => self.ready.push(line),
            }
        }
    }

    fn report(&self) -> Report {
        let lines: HashSet<usize> = self.faults.iter().map(|fault| fault.line).collect();
        let ready = self.ready.iter().filter(|line| !lines.contains(&line.row.line)).count();
        let ignored = self.columns.ignored().to_vec();
        Report::new(self.read, ready, self.faults.clone(), ignored).with_known(self.known)
    }
}

/// The columns of a file of experts.
fn columns() -> Vec<Column> {
    let column = |(key, names, required): &(&'static str, &'static [&'static str], bool)| Column {
        key,
        names,
        required: *required,
    };
    labels::IMPORT_COLUMNS.iter().map(column).collect()
}
