//! Programmes from a file: one line each, all faults at once, all or nothing unless wrong lines are skipped.
//!
//! A line makes a programme with its draft, or is put in the draft of the programme of that code: what a cell does not say
//! stays as it is, and a line that says nothing new changes nothing. Nothing is published by a file.

mod line;

use std::collections::HashMap;
use std::sync::Arc;

use entity::ids::{CertificationId, CertificationVersionId, ProgrammeId};
use entity::programme;
use sea_orm::{ConnectionTrait, EntityTrait};
use sha2::{Digest, Sha256};

use self::line::{Line, read};
use super::actions::{create, put_draft};
use super::events::FileImported;
use super::input::TypedProgramme;
use super::labels::import::{IMPORT_COLUMNS, twice_in_file};
use super::{ProgrammeError, labels, queries};
use crate::app::App;
use crate::authz::{self, Actor, Facts, Permission};
use crate::db::Tx;
use crate::features::certifications;
use crate::import::{Column, Columns, LineFault, Options, Report, Row, Table, read_table};
use crate::rules::training::programme::Document;

/// What lines are read against.
#[derive(Debug, Default)]
struct Known {
    /// The certifications and their latest version, by code.
    certifications: HashMap<String, (CertificationId, Option<CertificationVersionId>)>,
    /// The programmes and what their latest version says, by code.
    programmes: HashMap<String, (programme::Model, Document)>,
}

impl Known {
    async fn of(conn: &impl ConnectionTrait) -> Result<Self, ProgrammeError> {
        let all = certifications::queries::all(conn).await?;
        let certifications = all
            .iter()
            .map(|known| {
                let latest = known.versions.last().map(|found| found.version.id);
                (known.certification.code.clone(), (known.certification.id, latest))
            })
            .collect();
        let programmes = programme::Entity::find().all(conn).await?;
        let ids = programmes.iter().map(|row| row.id).collect();
        let versions = queries::versions_of(conn, ids).await?;
        let latest: Vec<_> = versions.into_values().filter_map(|own| own.into_iter().next()).collect();
        let documents = queries::documents(conn, &latest).await?;
        let said: HashMap<ProgrammeId, Document> = latest
            .iter()
            .filter_map(|row| Some((row.programme_id, documents.get(&row.id)?.clone())))
            .collect();
        let with_document = |row: programme::Model| {
            let document = said.get(&row.id).cloned().unwrap_or_default();
            (row.code.clone(), (row, document))
        };
        Ok(Self { certifications, programmes: programmes.into_iter().map(with_document).collect() })
    }
}

/// What a line does.
#[derive(Clone, Debug)]
enum Deed {
    /// A programme is recorded.
    Record(TypedProgramme, Box<Document>),
    /// The draft of a known one is written.
    Put(ProgrammeId, Box<Document>),
    /// Nothing is new.
    Nothing,
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
) -> Result<Report, ProgrammeError> {
    let _allowed = authz::allows(&actor, Permission::ProgrammeImport, &Facts::default())?;
    let table = read_table(bytes)?;
    let columns = match Columns::find(&table, &columns()) {
        Ok(columns) => columns,
        Err(faults) => return Ok(Report::new(table.rows.len(), 0, faults, Vec::new())),
    };
    let mut tx = app.begin(actor).await?;
    let grant = tx.authorize(Permission::ProgrammeImport, &Facts::default())?;
    let known = Known::of(tx.conn()).await?;
    let (deeds, mut faults) = plan(&columns, &table.rows, &known);
    let mut told = report(&table, &columns, deeds.len(), &faults);
    if !told.goes_on(options) {
        return Ok(told);
    }
    let unchanged = deeds.iter().filter(|(_, deed)| matches!(deed, Deed::Nothing)).count();
    for (row, deed) in &deeds {
        match Box::pin(perform(&mut tx, deed)).await {
            Ok(()) => {}
            // what the database knows and the line contradicts: nothing is kept
            Err(ProgrammeError::Invalid(wrong)) => {
                for fault in wrong {
                    faults.push(columns.fault(row, line::column(&fault.pointer), fault.message, None));
                }
                return Ok(report(&table, &columns, deeds.len() - 1, &faults));
            }
            Err(error) => return Err(error),
        }
    }
    told.written = deeds.len();
    if deeds.len() == unchanged {
        return Ok(told);
    }
    let event = FileImported {
        id: tx.new_id(),
        file_name: file_name.to_owned(),
        sha256: hex::encode(Sha256::digest(bytes)),
        written: deeds.len() - unchanged,
        unchanged,
        refused: told.refused(),
    };
    tx.record(&grant, &event).await?;
    tx.commit().await?;
    Ok(told)
}

fn report(table: &Table, columns: &Columns, ready: usize, faults: &[LineFault]) -> Report {
    Report::new(table.rows.len(), ready, faults.to_vec(), columns.ignored().to_vec())
}

/// Reads every line: what each does, and what is wrong with the others.
fn plan(columns: &Columns, rows: &[Row], known: &Known) -> (Vec<(Row, Deed)>, Vec<LineFault>) {
    let mut deeds = Vec::new();
    let mut faults = Vec::new();
    let mut codes: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let code = columns.cell(row, "code").to_uppercase();
        let done = match codes.insert(code.clone(), row.line) {
            Some(first) if !code.is_empty() => Err(vec![("code", twice_in_file(first))]),
            _ => deed(columns, row, known, known.programmes.get(&code)),
        };
        match done {
            Ok(deed) => deeds.push((row.clone(), deed)),
            Err(wrong) => {
                faults.extend(wrong.into_iter().map(|(key, message)| columns.fault(row, key, message, None)));
            }
        }
    }
    (deeds, faults)
}

/// What a line does.
fn deed(
    columns: &Columns,
    row: &Row,
    known: &Known,
    recorded: Option<&(programme::Model, Document)>,
) -> Result<Deed, line::Wrong> {
    let base = recorded.map(|(_, document)| document.clone()).unwrap_or_default();
    let certification = columns.cell(row, "certification").to_uppercase();
    let aimed = match known.certifications.get(&certification) {
        Some(found) => Some(*found),
        None if certification.is_empty() => None,
        None => return Err(vec![("certification", labels::UNKNOWN_CERTIFICATION.to_owned())]),
    };
    let Line { mut typed, sheet } = read(columns, row, base.clone())?;
    let Some((programme, _)) = recorded else {
        let version = aimed.and_then(|(_, version)| version);
        typed.certification = aimed.map(|(id, _)| id);
        let sheet = Document { certification_version_id: version, ..sheet };
        return Ok(Deed::Record(typed, Box::new(sheet)));
    };
    if sheet == base { Ok(Deed::Nothing) } else { Ok(Deed::Put(programme.id, Box::new(sheet))) }
}

async fn perform(tx: &mut Tx, deed: &Deed) -> Result<(), ProgrammeError> {
    match deed {
        Deed::Record(typed, sheet) => {
            Box::pin(create(tx, typed, (**sheet).clone())).await?;
        }
        Deed::Put(id, sheet) => {
            Box::pin(put_draft(tx, *id, None, (**sheet).clone())).await?;
        }
        Deed::Nothing => {}
    }
    Ok(())
}

/// The columns of a file of programmes.
fn columns() -> Vec<Column> {
    let column = |(key, names, required): &(&'static str, &'static [&'static str], bool)| Column {
        key,
        names,
        required: *required,
    };
    IMPORT_COLUMNS.iter().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_a_line_is_told_with_its_column() {
        let table = read_table(
            "Code;Intitulé;Thème;Durée;Modalité;Effectif min;Effectif max;NSF;Tarif;Certification\n\
             1;;cuisine;longtemps;par pigeon;dix;4;3;cher;\n\
             GESTES;Gestes;management;7;présence;8;4;;;\n\
             GESTES;Gestes;management;;;;;;;\n\
             CQP;Un CQP;métier;;;;;;;INCONNU\n\
             POSTURES;Postures;Santé et sécurité;12,5;mixte;4;10;333t;350;\n"
                .as_bytes(),
        )
        .unwrap();
        let columns = Columns::find(&table, &columns()).unwrap();
        let (deeds, faults) = plan(&columns, &table.rows, &Known::default());
        let told: Vec<_> = faults.iter().map(|fault| (fault.line, fault.column.as_str())).collect();
        let first = ["Thème", "Durée", "Modalité", "Effectif min", "Tarif"].map(|column| (2, column));
        let rest = ["Code", "Intitulé", "NSF"].map(|column| (2, column));
        let others = [(3, "Effectif max"), (4, "Code"), (5, "Certification")];
        assert_eq!(told, [&first[..], &rest[..], &others[..]].concat());
        let [(row, Deed::Record(typed, sheet))] = deeds.as_slice() else { panic!("{deeds:?}") };
        assert_eq!((row.line, typed.theme.as_str()), (6, "health_safety"));
        assert_eq!((sheet.duration_minutes, sheet.prices.len()), (Some(750), 1));
    }
}
