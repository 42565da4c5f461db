//! Certificates of the past from a file: one line each, all faults at once, all or nothing unless wrong lines are skipped.
//!
//! [`plan`] is pure: it reads lines and tells what is wrong. [`import`] adds what only the database knows. What the file
//! says is frozen and signed as what we deliver is. Their numbers may be guessed, so the public page does not show them until
//! somebody says so, one by one; nobody is written to.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use entity::certificate::{self, CertificateKind, CertificateState};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};
use sha2::{Digest, Sha256};
use time::Date;

use super::content::{Certified, Certifier, Content, FORMAT, Holder, Sealed, Signatory};
use super::events::RegisterImported;
use super::{CertificateError, actions, labels};
use crate::app::App;
use crate::authz::{self, Actor, Facts, Permission};
use crate::db::Tx;
use crate::features::agreements::documents::texts::texts;
use crate::features::certifications::queries::{self as certifications, Described, DescribedVersion};
use crate::import::{Column, Columns, LineFault, Options, Report, Row, Table, read_table};
use crate::rules::certificate_number::{Number, wanted};
use crate::rules::civil_status::BirthDate;
use crate::rules::fold::{fold, searchable};
use crate::rules::typed_date;
use crate::worker::seal::keys::JournalKey;

/// A certificate of the past, as its line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Number, in one form.
    pub number: String,
    /// Code of the certification.
    pub certification: String,
    /// What was delivered.
    pub kind: CertificateKind,
    /// Who holds it.
    pub holder: Holder,
    /// Day of the decision.
    pub decided_on: Date,
    /// Day of the delivery.
    pub delivered_on: Date,
}

/// Lines that may be recorded, and what is wrong with the others.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Line, and what it becomes.
    pub ready: Vec<(Row, Past)>,
    /// Everything wrong.
    pub faults: Vec<LineFault>,
    columns: Columns,
    read: usize,
}

/// Reads every line of a table; the same number twice is a fault of the second line.
#[must_use]
pub fn plan(table: &Table, columns: Columns, today: Date) -> Plan {
    let mut plan = Plan { ready: Vec::new(), faults: Vec::new(), columns, read: table.rows.len() };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        match past(&plan.columns, row, today) {
            Err(faults) => plan.faults.extend(faults),
            Ok(past) => match seen.insert(past.number.clone(), row.line) {
                Some(first) => {
                    let message = labels::twice_in_file(first);
                    plan.faults.push(plan.columns.fault(row, "number", message, None));
                }
                None => plan.ready.push((row.clone(), past)),
            },
        }
    }
    plan
}

fn past(columns: &Columns, row: &Row, today: Date) -> Result<Past, Vec<LineFault>> {
    let cell = |key: &str| columns.cell(row, key).trim();
    let mut faults = Vec::new();
    let mut refuse = |key: &'static str, message: String| faults.push(columns.fault(row, key, message, None));
    for key in ["number", "certification", "birth_name", "first_names", "birthplace"] {
        if cell(key).is_empty() {
            refuse(key, labels::VALUE_WANTED.to_owned());
        }
    }
    let born = BirthDate::parse(cell("birth_date")).map_err(|fault| refuse("birth_date", fault.to_string()));
    let mut day = |key: &'static str| match typed_date::read(cell(key)) {
        Ok(day) if day > today => {
            refuse(key, labels::DAY_TO_COME.to_owned());
            None
        }
        Ok(day) => Some(day),
        Err(message) => {
            refuse(key, message.to_owned());
            None
        }
    };
    let (decided_on, delivered_on) = (day("decided_on"), day("delivered_on"));
    let kind = match fold(cell("kind")).as_str() {
        "" | "certificat" | "totale" | "validation totale" => Some(CertificateKind::Full),
        "attestation" | "partielle" | "validation partielle" => Some(CertificateKind::Blocs),
        _ => {
            refuse("kind", labels::KIND_WANTED.to_owned());
            None
        }
    };
    let (Ok(born), Some(decided_on), Some(delivered_on), Some(kind), true) =
        (born, decided_on, delivered_on, kind, faults.is_empty())
    else {
        return Err(faults);
    };
    let firsts = cell("first_names").split([',', ';']).map(str::trim).filter(|name| !name.is_empty());
    Ok(Past {
        number: wanted(cell("number")),
        certification: cell("certification").to_owned(),
        kind,
        holder: Holder {
            first_names: firsts.map(str::to_owned).collect(),
            birth_name: cell("birth_name").to_owned(),
            usual_name: Some(cell("usual_name").to_owned()).filter(|name| !name.is_empty()),
            birth_date: born.written(),
            birthplace: cell("birthplace").to_owned(),
        },
        decided_on,
        delivered_on,
    })
}

impl Plan {
    /// Keeps the lines that a rule accepts; the others are refused in a column.
    fn keep(&mut self, key: &'static str, message: &str, accepts: impl Fn(&Past) -> bool) {
        for (row, past) in std::mem::take(&mut self.ready) {
            if accepts(&past) {
                self.ready.push((row, past));
            } else {
                self.faults.push(self.columns.fault(&row, key, message.to_owned(), None));
            }
        }
    }

    fn report(&self) -> Report {
        Report::new(self.read, self.ready.len(), self.faults.clone(), self.columns.ignored().to_vec())
    }
}

/// Imports a file. What is wrong is in the report; nothing is written when a line is wrong, unless wrong lines are skipped,
/// nor in a dry run.
///
/// # Errors
/// The refusal of the policy, a file that cannot be read, what the database answers.
pub async fn import(
    app: &Arc<App>,
    actor: Actor,
    bytes: &[u8],
    file_name: &str,
    options: Options,
) -> Result<Report, CertificateError> {
    let _allowed = authz::allows(&actor, Permission::CertificateImport, &Facts::default())?;
    let table = read_table(bytes)?;
    let columns = match Columns::find(&table, &columns()) {
        Ok(columns) => columns,
        Err(faults) => return Ok(Report::new(table.rows.len(), 0, faults, Vec::new())),
    };
    let mut plan = plan(&table, columns, app.today());
    let key = actions::signing_key(app).await?;
    let mut tx = app.begin(actor).await?;
    let grant = tx.authorize(Permission::CertificateImport, &Facts::default())?;
    let known: Vec<String> = certificate::Entity::find()
        .select_only()
        .column(certificate::Column::Number)
        .into_tuple()
        .all(tx.conn())
        .await?;
    let known: HashSet<String> = known.into_iter().collect();
    let certifications = certifications::all(tx.conn()).await?;
    plan.keep("number", labels::ALREADY_RECORDED, |past| !known.contains(&past.number));
    plan.keep("certification", labels::UNKNOWN_CERTIFICATION, |past| found(&certifications, past).is_some());
    let mut report = plan.report();
    if !report.goes_on(options) {
        return Ok(report);
    }
    for (_, past) in &plan.ready {
        let Some((described, version)) = found(&certifications, past) else { continue };
        let row = row(&tx, &key, past, described, version)?;
        let insert = certificate::Entity::insert(row.into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
    }
    report.written = plan.ready.len();
    let event = RegisterImported {
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

/// The certification of a line and its version on the day of the decision; the oldest version before all of them.
fn found<'a>(all: &'a [Described], past: &Past) -> Option<(&'a Described, &'a DescribedVersion)> {
    let asked = fold(&past.certification);
    let described = all.iter().find(|one| {
        fold(&one.certification.code) == asked || fold(&one.certification.short_title) == asked
    })?;
    let open = described.open_on(past.decided_on);
    let version = open.first().copied().or_else(|| described.versions.first())?;
    Some((described, version))
}

fn row(
    tx: &Tx,
    key: &JournalKey,
    past: &Past,
    described: &Described,
    version: &DescribedVersion,
) -> Result<certificate::Model, CertificateError> {
    let content = content(tx, past, described, version);
    let Sealed { text, hash, signature } = content.seal(key.signing())?;
    let name = past.holder.name();
    let usual = past.holder.usual_name.as_deref().unwrap_or_default();
    Ok(certificate::Model {
        id: tx.new_id(),
        number: past.number.clone(),
        kind: past.kind,
        candidate_id: None,
        passage_id: None,
        session_id: None,
        batch_id: None,
        certification_id: described.certification.id,
        certification_version_id: version.version.id,
        structure_id: None,
        state: CertificateState::Valid,
        initials: past.holder.initials(),
        search: searchable(&format!("{} {name} {usual}", past.number)),
        holder_name: name,
        content: text,
        content_hash: hash.to_vec(),
        signature,
        key_id: key.id().to_owned(),
        decided_on: past.decided_on,
        delivered_on: past.delivered_on,
        document_id: None,
        supersedes_id: None,
        // A number that may be guessed would be a list of who was certified.
        public: Number::read(&past.number).is_some(),
        badge_index: None,
        external_ref: None,
        created_at: tx.instant(),
        version: 1,
    })
}

fn content(tx: &Tx, past: &Past, described: &Described, version: &DescribedVersion) -> Content {
    let config = &tx.app().config;
    let certifier = version.certifier_on(past.decided_on);
    Content {
        format: FORMAT.to_owned(),
        salt: hex::encode(tx.app().random_bytes::<16>()),
        kind: past.kind,
        number: past.number.clone(),
        replaces: None,
        holder: past.holder.clone(),
        certification: Certified {
            code: described.certification.code.clone(),
            title: version.version.title.clone(),
            version: version.version.label.clone(),
            registration: None,
        },
        certifier: Certifier {
            name: certifier.map_or_else(|| config.organisation.clone(), |row| row.name.clone()),
            siret: certifier.and_then(|row| row.siret.clone()).unwrap_or_default(),
            branch: texts().branch.clone(),
        },
        decided_on: typed_date::iso(past.decided_on),
        jury: String::new(),
        place: None,
        delivered_on: typed_date::iso(past.delivered_on),
        acquired: Vec::new(),
        remaining: Vec::new(),
        skills: Vec::new(),
        valid_until: None,
        signatory: Signatory { name: String::new(), role: String::new() },
    }
}

/// The columns of a register.
fn columns() -> Vec<Column> {
    let all = labels::IMPORT_COLUMNS.iter();
    all.map(|(key, names, required)| Column { key, names, required: *required }).collect()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn planned(text: &str) -> Plan {
        let table = read_table(text.as_bytes()).unwrap();
        let columns = Columns::find(&table, &columns()).unwrap();
        plan(&table, columns, date!(2026 - 11 - 29))
    }

    const HEAD: &str = "numéro;certification;nom de naissance;prénoms;date de naissance;lieu de naissance;date de décision;date de délivrance";

    #[test]
    fn a_register_of_the_past_is_read_line_by_line() {
        let line = "cqp 2014/12;CQP_SP;Kerdoncuff;Inès, Anne;12/05/1985;Brest (29);16/01/2014;22/01/2014";
        let plan = planned(&format!("{HEAD}\n{line}\n{line}\n"));
        assert_eq!(plan.ready.len(), 1, "{:?}", plan.faults);
        let past = &plan.ready[0].1;
        assert_eq!((past.number.as_str(), past.kind), ("CQP-2014-12", CertificateKind::Full));
        assert_eq!(past.holder.first_names, ["Inès", "Anne"]);
        assert_eq!(plan.faults.len(), 1, "the same number twice");
    }

    #[test]
    fn every_fault_of_a_line_is_told() {
        let plan = planned(&format!("{HEAD}\n;CQP_SP;Kerdoncuff;Inès;hier;Brest;16/01/2014;22/01/2030\n"));
        let told: Vec<_> = plan.faults.iter().map(|fault| fault.column.as_str()).collect();
        assert_eq!(told, ["numéro", "date de naissance", "date de délivrance"]);
    }
}
