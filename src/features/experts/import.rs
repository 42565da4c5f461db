//! Experts from a file: one line per habilitation, a person being told by their address.

pub mod labels;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use entity::expert;
use entity::habilitation::Duty;
use entity::ids::{CertificationId, ExpertId};
use sea_orm::{EntityTrait, QuerySelect};
use sha2::{Digest, Sha256};

use super::events::ExpertEvent;
use super::input::{Expert, Status, TypedExpert, TypedHabilitation};
use super::labels::UNKNOWN_CERTIFICATION;
use super::{ExpertError, actions};
use crate::app::App;
use crate::authz::{self, Actor, Facts, Permission};
use crate::error::{DomainError, Fault};
use crate::features::certifications;
use crate::import::{Column, Columns, LineFault, Options, Report, Row, Table, read_table, suggest};
use crate::rules::email_address::EmailAddress;
use crate::rules::fold::fold;
use crate::rules::phone::Phone;
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
    columns: Columns,
    read: usize,
}

/// Reads every line; `certifications` are the names that may be written, folded, and their keys.
#[must_use]
pub fn plan(table: &Table, columns: Columns, certifications: &HashMap<String, CertificationId>) -> Plan {
    let mut plan = Plan { ready: Vec::new(), faults: Vec::new(), columns, read: table.rows.len() };
    let mut named: HashMap<String, (usize, Expert)> = HashMap::new();
    for row in &table.rows {
        let read = person(&plan.columns, row);
        let habilitation = habilitation(&plan.columns, row, certifications);
        match (read, habilitation) {
            (Ok(expert), Ok(habilitation)) => {
                let (first, known) =
                    named.entry(expert.email.key()).or_insert_with(|| (row.line, expert.clone()));
                let same = known.family_name == expert.family_name && known.first_names == expert.first_names;
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
        territories: Vec::new(),
        travel_km: String::new(),
        languages: String::new(),
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
    let regions = columns.cell(row, "regions").split([',', ';', '/']).map(str::trim);
    let regions = regions.filter(|name| !name.is_empty()).map(region_code).collect();
    let typed = TypedHabilitation {
        duty: duty.unwrap_or(Duty::Mandataire),
        starts_on: columns.cell(row, "starts_on").to_owned(),
        ends_on: columns.cell(row, "ends_on").to_owned(),
        certification,
        regions,
    };
    if let Err(others) = typed.read() {
        faults.extend(others);
    }
    if faults.is_empty() { Ok(Some(typed)) } else { Err(faults) }
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
    let _allowed = authz::allows(&actor, Permission::ExpertEdit, &Facts::default())?;
    let table = read_table(bytes)?;
    let columns = match Columns::find(&table, &columns()) {
        Ok(columns) => columns,
        Err(faults) => return Ok(Report::new(table.rows.len(), 0, faults, Vec::new())),
    };
    let mut tx = app.begin(actor).await?;
    let grant = tx.authorize(Permission::ExpertEdit, &Facts::default())?;
    let mut names = HashMap::new();
    for found in certifications::queries::all(tx.conn()).await? {
        names.insert(fold(&found.certification.code), found.certification.id);
        names.insert(fold(&found.certification.short_title), found.certification.id);
    }
    let mut plan = plan(&table, columns, &names);
    let known: Vec<String> = expert::Entity::find()
        .select_only()
        .column(expert::Column::Email)
        .into_tuple()
        .all(tx.conn())
        .await?;
    let known: HashSet<String> = known.iter().map(|email| email.to_lowercase()).collect();
    plan.refuse_known(&known);
    let mut report =
        Report::new(plan.read, plan.ready.len(), plan.faults.clone(), plan.columns.ignored().to_vec());
    if !report.goes_on(options) {
        return Ok(report);
    }
    let mut recorded: HashMap<String, ExpertId> = HashMap::new();
    for line in &plan.ready {
        let id = match recorded.get(&line.expert.email.key()) {
            Some(id) => *id,
            None => actions::insert(&mut tx, &grant, &line.expert).await?.id,
        };
        recorded.insert(line.expert.email.key(), id);
        let Some(habilitation) = &line.habilitation else { continue };
        match actions::record(&mut tx, id, None, habilitation).await {
            Ok(_) => {}
            Err(error @ ExpertError::Overlap { .. }) => {
                // the lines of one person contradict each other: nothing is written
                let fault = plan.columns.fault(&line.row, "starts_on", error.detail(), None);
                let mut faults = plan.faults.clone();
                faults.push(fault);
                return Ok(Report::new(
                    plan.read,
                    plan.ready.len() - 1,
                    faults,
                    plan.columns.ignored().to_vec(),
                ));
            }
            Err(error) => return Err(error),
        }
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

impl Plan {
    /// The sentence for a line whose days are already those of an earlier one: same person, same duty, and the same
    /// certification or all.
    fn overlap(&self, line: &Ready) -> Option<String> {
        let asked = line.habilitation.as_ref()?;
        let days = asked.read().ok()?.period;
        self.ready.iter().find_map(|other| {
            let known = other.habilitation.as_ref()?;
            let certification = asked.certification.is_none()
                || known.certification.is_none()
                || asked.certification == known.certification;
            let same = other.expert.email.key() == line.expert.email.key() && asked.duty == known.duty;
            let other_days = known.read().ok()?.period;
            let meets = same && certification && other_days.overlaps(days);
            meets.then(|| labels::overlaps_line(days, other.row.line, other_days))
        })
    }

    /// Refuses the lines of people who are already recorded.
    fn refuse_known(&mut self, known: &HashSet<String>) {
        let lines = std::mem::take(&mut self.ready);
        for line in lines {
            if known.contains(&line.expert.email.as_str().to_lowercase()) {
                self.faults.push(self.columns.fault(&line.row, "email", labels::ALREADY_RECORDED, None));
            } else {
                self.ready.push(line);
            }
        }
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
