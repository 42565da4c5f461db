//! Structures from a file: one line each, all faults at once, all or nothing unless wrong lines are skipped.
//!
//! [`plan`] is pure: it reads lines and tells what is wrong. [`import`] adds what only the database knows, and
//! writes in one transaction, with an event for each structure and one for the file.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use entity::structure;
use sea_orm::{EntityTrait, QuerySelect};
use sha2::{Digest, Sha256};

use super::actions;
use super::events::StructureEvent;
use super::input::{NewStructure, TypedContact, TypedIdentity, TypedSite, TypedStructure};
use super::{StructureError, labels};
use crate::app::App;
use crate::authz::{self, Actor, Facts, Permission};
use crate::error::Fault;
use crate::import::{Column, Columns, LineFault, Options, Report, Row, Table, read_table, suggest};
use crate::rules::email_address::EmailAddress;
use crate::rules::phone::Phone;
use crate::rules::siret::Siret;
use crate::rules::territory;

/// Lines that may be recorded, and what is wrong with the others.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Line, and what it becomes.
    pub ready: Vec<(Row, NewStructure)>,
    /// Everything wrong.
    pub faults: Vec<LineFault>,
    columns: Columns,
    read: usize,
}

const fn column(key: &'static str, names: &'static [&'static str], required: bool) -> Column {
    Column { key, names, required }
}

/// Reads every line of a table; the same SIREN twice is a fault of the second line.
#[must_use]
pub fn plan(table: &Table, columns: Columns) -> Plan {
    let mut plan = Plan { ready: Vec::new(), faults: Vec::new(), columns, read: table.rows.len() };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        match typed(&plan.columns, row).read() {
            Err(faults) => {
                plan.faults.extend(faults.iter().map(|fault| line_fault(&plan.columns, row, fault)));
            }
            Ok(new) => match seen.insert(new.seat.siret.siren().to_string(), row.line) {
                Some(first) => {
                    let message = labels::twice_in_file(first);
                    plan.faults.push(plan.columns.fault(row, "siret", message, None));
                }
                None => plan.ready.push((row.clone(), new)),
            },
        }
    }
    plan
}

impl Plan {
    /// Refuses the lines of structures outside of the territory of whoever brings the file.
    fn refuse_foreign(&mut self, actor: &Actor) {
        for (row, new) in std::mem::take(&mut self.ready) {
            if authz::may(actor, Permission::StructureCreate, &actions::facts_of_new(&new)) {
                self.ready.push((row, new));
            } else {
                let message = labels::OUTSIDE_TERRITORY;
                self.faults.push(self.columns.fault(&row, "postal_code", message, None));
            }
        }
    }

    /// Refuses the lines of structures that are already recorded.
    fn refuse_known(&mut self, known: &HashSet<String>) {
        let (again, ready) = std::mem::take(&mut self.ready)
            .into_iter()
            .partition(|(_, new): &(Row, NewStructure)| known.contains(&new.seat.siret.siren().to_string()));
        self.ready = ready;
        let again: Vec<(Row, NewStructure)> = again;
        for (row, _) in &again {
            self.faults.push(self.columns.fault(row, "siret", labels::ALREADY_RECORDED, None));
        }
    }

    fn report(&self) -> Report {
        Report::new(self.read, self.ready.len(), self.faults.clone(), self.columns.ignored().to_vec())
    }
}

fn typed(columns: &Columns, row: &Row) -> TypedStructure {
    let cell = |key: &str| columns.cell(row, key).to_owned();
    TypedStructure {
        identity: TypedIdentity {
            name: cell("name"),
            legal_form: cell("legal_form"),
            rna: cell("rna"),
            idcc: cell("idcc"),
            nda: cell("nda"),
            activities: cell("activities").split_whitespace().collect::<Vec<_>>().join(" "),
            headcount: cell("headcount"),
            insertion_posts: cell("insertion_posts"),
        },
        contact: TypedContact {
            name: cell("contact"),
            title: cell("title"),
            email: cell("email"),
            phone: cell("phone"),
        },
        seat: TypedSite {
            siret: cell("siret"),
            label: cell("label"),
            address: cell("address"),
            postal_code: cell("postal_code"),
            commune: cell("commune"),
            department: cell("department"),
        },
        others: Vec::new(),
    }
}

/// The column of a pointer of the API.
fn key_of(pointer: &str) -> &str {
    match pointer.trim_start_matches('/') {
        "contact/name" => "contact",
        "contact/title" => "title",
        "contact/email" => "email",
        "contact/phone" => "phone",
        other => other,
    }
}

fn line_fault(columns: &Columns, row: &Row, fault: &Fault) -> LineFault {
    let key = key_of(&fault.pointer);
    let value = columns.cell(row, key);
    let department = columns.cell(row, "department");
    let suggestion = suggest(value, |text| match key {
        "siret" => Siret::parse(text).is_ok(),
        "postal_code" => territory::department_of_postal_code(text).is_some(),
        "department" => territory::department(text).is_some(),
        "email" => EmailAddress::parse(text).is_ok(),
        "phone" => Phone::parse(text, Some(department)).is_ok(),
        _ => false,
    });
    columns.fault(row, key, fault.message.clone(), suggestion)
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
) -> Result<Report, StructureError> {
    let _allowed = authz::allows(&actor, Permission::StructureImport, &Facts::default())?;
    let table = read_table(bytes)?;
    let columns = match Columns::find(&table, &columns()) {
        Ok(columns) => columns,
        Err(faults) => return Ok(Report::new(table.rows.len(), 0, faults, Vec::new())),
    };
    let mut plan = plan(&table, columns);
    let mut tx = app.begin(actor).await?;
    let grant = tx.authorize(Permission::StructureImport, &Facts::default())?;
    let known: Vec<String> = structure::Entity::find()
        .select_only()
        .column(structure::Column::Siren)
        .into_tuple()
        .all(tx.conn())
        .await?;
    plan.refuse_foreign(tx.actor());
    plan.refuse_known(&known.into_iter().collect());
    let mut report = plan.report();
    if !report.goes_on(options) {
        return Ok(report);
    }
    for (_, new) in &plan.ready {
        actions::insert(&mut tx, &grant, new).await?;
    }
    report.written = plan.ready.len();
    let event = StructureEvent::Imported {
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

/// The columns of a file of structures.
fn columns() -> Vec<Column> {
    labels::IMPORT_COLUMNS.iter().map(|(key, names, required)| column(key, names, *required)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(text: &str) -> Plan {
        let table = read_table(text.as_bytes()).unwrap();
        let columns = Columns::find(&table, &columns()).unwrap();
        plan(&table, columns)
    }

    #[test]
    fn the_same_siren_twice_is_told_with_its_first_line() {
        let siret = Siret::with_check_digits(99_990_001, 1);
        let line = format!("{siret};Les Jardins;1 rue;58000;Nevers;Zoé Abel;zoe@jardins.exemple");
        let plan =
            planned(&format!("siret;nom;adresse;code postal;commune;contact;courriel\n{line}\n{line}\n"));
        assert_eq!(plan.ready.len(), 1);
        assert_eq!(
            (plan.faults[0].line, plan.faults[0].message.as_str()),
            (3, labels::twice_in_file(2).as_str())
        );
    }

    #[test]
    fn each_fault_names_its_column_and_what_was_probably_meant() {
        let plan = planned(
            "Numéro SIRET,Raison sociale,Adresse,CP,Ville,Contact,E-mail,Remarque\n\
             3084010900001l,Les Jardins,1 rue,1000,Bourg,Zoé Abel,\"zoe@jardins,exemple\",x\n",
        );
        let told: Vec<_> =
            plan.faults.iter().map(|fault| (fault.column.as_str(), fault.suggestion.as_deref())).collect();
        assert_eq!(
            told,
            [
                ("Numéro SIRET", Some("30840109000011")),
                ("CP", Some("01000")),
                ("E-mail", Some("zoe@jardins.exemple")),
            ]
        );
        assert_eq!(plan.report().ignored, ["Remarque"]);
    }
}
