//! People enrolled from a file, one a line: every fault at once, all or nothing unless wrong lines are skipped.
//!
//! A line is first read by itself ([`typed`]), then enrolled by the action that enrols one person, within one transaction:
//! what the database alone knows (the agreement, somebody alike, the right of whoever brings the file) is told line by line
//! too, and the transaction is left when a line is wrong.

pub mod labels;
mod place;

use std::collections::HashMap;
use std::sync::Arc;

use entity::access_route::Way;
use entity::candidate::{Contract, IdentityDocument};
use entity::ids::{CertificationVersionId, StructureId};
use entity::structure;
use sea_orm::{EntityTrait, QuerySelect};
use sha2::{Digest, Sha256};
use time::Date;

use super::actions::{self, Enrolment};
use super::dossier::{Dossier, facts};
use super::events::PeopleImported;
use super::input::{TypedCandidate, TypedContact, TypedIdentity, TypedSeen};
use super::{CandidateError, labels as words};
use crate::app::App;
use crate::authz::{self, Actor, Facts, Permission};
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::certifications;
use crate::import::{Column, Columns, LineFault, Options, Report, Row, read_table, suggest};
use crate::rules::civil_status::TypedCivilStatus;
use crate::rules::email_address::EmailAddress;
use crate::rules::fold::fold;
use crate::rules::phone::Phone;

/// People of a file at most.
const MOST: usize = 300;

/// What lines may name.
struct Known {
    structures: HashMap<String, StructureId>,
    /// The structure of whoever brings the file, when there is one alone.
    own: Option<StructureId>,
    versions: HashMap<String, CertificationVersionId>,
}

/// Enrols the people of a file.
///
/// # Errors
/// The refusal of the policy, a file that cannot be read or that is too long, what the database answers.
pub async fn import(
    app: &Arc<App>,
    actor: Actor,
    bytes: &[u8],
    file_name: &str,
    options: Options,
) -> Result<Report, CandidateError> {
    let _allowed = authz::allows(&actor, Permission::CandidateImport, &Facts::default())?;
    let table = read_table(bytes)?;
    if table.rows.len() > MOST {
        return Err(CandidateError::fault("/file", "too-many-lines", labels::TOO_MANY));
    }
    let columns = match Columns::find(&table, &columns()) {
        Ok(columns) => columns,
        Err(faults) => return Ok(Report::new(table.rows.len(), 0, faults, Vec::new())),
    };
    let mut tx = app.begin(actor).await?;
    let known = known(&tx).await?;
    let mut faults = Vec::new();
    let mut enrolled = Vec::new();
    for row in &table.rows {
        match read(&columns, row, &known, app.today()) {
            Ok(enrolment) => match actions::enrol(&mut tx, &enrolment).await {
                Ok(dossier) => enrolled.push(dossier),
                Err(error) => faults.extend(refused(&columns, row, error)?),
            },
            Err(found) => faults.extend(found),
        }
    }
    let mut report = Report::new(table.rows.len(), enrolled.len(), faults, columns.ignored().to_vec());
    if !report.goes_on(options) {
        // the transaction is left: nobody was enrolled
        return Ok(report);
    }
    report.written = enrolled.len();
    record(&mut tx, &enrolled, (bytes, file_name), &report).await?;
    tx.commit().await?;
    Ok(report)
}

/// Records that the file was imported, under the right to enrol the first of its people.
async fn record(
    tx: &mut Tx,
    enrolled: &[Dossier],
    (bytes, file_name): (&[u8], &str),
    report: &Report,
) -> Result<(), CandidateError> {
    let Some(first) = enrolled.first() else { return Ok(()) };
    let grant = tx.authorize(Permission::CandidateImport, &facts(&first.structure, &first.version))?;
    let event = PeopleImported {
        id: tx.new_id(),
        file_name: file_name.to_owned(),
        sha256: hex::encode(Sha256::digest(bytes)),
        written: report.written,
        refused: report.refused(),
    };
    tx.record(&grant, &event).await?;
    Ok(())
}

/// What lines may name: the structures by their SIREN, the versions that are open today by the code and the name of their
/// certification.
async fn known(tx: &Tx) -> Result<Known, CandidateError> {
    let rows: Vec<(StructureId, String)> = structure::Entity::find()
        .select_only()
        .columns([structure::Column::Id, structure::Column::Siren])
        .into_tuple()
        .all(tx.conn())
        .await?;
    let own: Vec<StructureId> = tx.actor().structures().collect();
    let mut versions = HashMap::new();
    for found in certifications::queries::all(tx.conn()).await? {
        let Some(open) = found.open_on(tx.app().today()).pop() else { continue };
        versions.insert(fold(&found.certification.code), open.version.id);
        versions.insert(fold(&found.certification.short_title), open.version.id);
    }
    Ok(Known {
        structures: rows.into_iter().map(|(id, siren)| (siren, id)).collect(),
        own: match own.as_slice() {
            [only] => Some(*only),
            _ => None,
        },
        versions,
    })
}

/// One line, or everything that is wrong in it before the database is asked.
fn read(columns: &Columns, row: &Row, known: &Known, today: Date) -> Result<Enrolment, Vec<LineFault>> {
    let mut faults = Vec::new();
    let siren: String = columns.cell(row, "structure").chars().filter(char::is_ascii_digit).take(9).collect();
    let structure = if siren.is_empty() { known.own } else { known.structures.get(&siren).copied() };
    if structure.is_none() {
        let message =
            if siren.is_empty() { words::faults::STRUCTURE_WANTED } else { words::faults::UNKNOWN_STRUCTURE };
        faults.push(columns.fault(row, "structure", message, None));
    }
    let named = fold(columns.cell(row, "certification"));
    let version = known.versions.get(&named).copied();
    if version.is_none() {
        faults.push(columns.fault(row, "certification", labels::UNKNOWN_CERTIFICATION, None));
    }
    let person = match place::read(columns, row, today) {
        Ok(place) => Some(typed(columns, row, place)),
        Err(fault) => {
            faults.push(fault);
            // the place apart, the rest of the line is read all the same
            let rest = typed(columns, row, place::Place::default());
            faults.extend(rest.read(today).err().into_iter().flatten().map(|one| told(columns, row, &one)));
            None
        }
    };
    if let Some(Err(found)) = person.as_ref().map(|person| person.read(today)) {
        faults.extend(found.iter().map(|one| told(columns, row, one)));
    }
    match (structure, version, person) {
        (Some(structure), Some(version), Some(typed)) if faults.is_empty() => Ok(Enrolment {
            structure,
            site: None,
            version,
            typed,
            confirmed: yes(columns.cell(row, "confirmed")),
            external_ref: None,
        }),
        _ => Err(faults),
    }
}

/// The person of a line, whose place of birth was read.
fn typed(columns: &Columns, row: &Row, place: place::Place) -> TypedCandidate {
    let cell = |key: &str| columns.cell(row, key).to_owned();
    let way = Way::all().find(|one| is(columns.cell(row, "way"), &one.word(), words::person::way(*one)));
    let contract = Contract::all()
        .find(|one| is(columns.cell(row, "contract"), &one.word(), words::person::contract(*one)));
    let document = IdentityDocument::all()
        .filter(|one| *one != IdentityDocument::None)
        .find(|one| is(columns.cell(row, "document"), &one.word(), words::person::document(*one)));
    TypedCandidate {
        way: way.map_or_else(|| cell("way"), Way::word),
        identity: TypedIdentity {
            civil: TypedCivilStatus {
                birth_name: cell("birth_name"),
                has_no_birth_name: false,
                usual_name: cell("usual_name"),
                first_names: [cell("first_name_1"), cell("first_name_2"), cell("first_name_3")],
                other_first_names: cell("other_first_names"),
                has_no_first_name: false,
                sex: sex(columns.cell(row, "sex")),
                birth_date: cell("birth_date"),
                birth_country: place.country,
                birth_commune: place.commune,
                birth_locality: place.locality,
            },
            seen: TypedSeen {
                document: document.map_or_else(|| cell("document"), IdentityDocument::word),
                on: cell("seen_on"),
                by: cell("seen_by"),
            },
        },
        contact: TypedContact {
            email: cell("email"),
            phone: cell("phone"),
            postal_address: cell("postal_address"),
            detained: yes(columns.cell(row, "detained")),
            guardian: cell("guardian"),
            contract: contract.map_or_else(|| cell("contract"), Contract::word),
            employer: cell("employer"),
            referent: cell("referent"),
        },
    }
}

/// Whether a cell names a value by its word or by its French name.
fn is(cell: &str, word: &str, name: &str) -> bool {
    let written = fold(cell);
    !written.is_empty() && (written == fold(word) || written == fold(name))
}

fn yes(cell: &str) -> bool {
    labels::YES.iter().any(|word| fold(word) == fold(cell))
}

/// The letter of a sex; what is written when it is none, which is then told.
fn sex(cell: &str) -> String {
    let written = fold(cell);
    let known = labels::SEXES.iter().find(|(_, names)| names.iter().any(|name| fold(name) == written));
    known.map_or_else(|| cell.to_owned(), |(letter, _)| (*letter).to_owned())
}

/// The column of a pointer of the API.
fn key_of(pointer: &str) -> &str {
    match pointer.trim_start_matches('/') {
        "certification_version_id" => "certification",
        "structure_id" | "site_id" => "structure",
        "civil_status/first_names/0" => "first_name_1",
        "civil_status/first_names/1" => "first_name_2",
        "civil_status/first_names/2" => "first_name_3",
        "identity/document" => "document",
        other => other.rsplit('/').next().unwrap_or(other),
    }
}

/// A fault of a line, with what was probably meant.
fn told(columns: &Columns, row: &Row, fault: &Fault) -> LineFault {
    let key = key_of(&fault.pointer);
    let suggestion = match key {
        "birth_commune" => place::suggestion(columns, row),
        _ => suggest(columns.cell(row, key), |text| match key {
            "email" => EmailAddress::parse(text).is_ok(),
            "phone" => Phone::parse(text, None).is_ok(),
            _ => false,
        }),
    };
    columns.fault(row, key, fault.message.clone(), suggestion)
}

/// What the enrolment of a line was refused for, told on the line; what is no fault of the line is given back.
fn refused(columns: &Columns, row: &Row, error: CandidateError) -> Result<Vec<LineFault>, CandidateError> {
    let one = |key: &str, message: String| vec![columns.fault(row, key, message, None)];
    Ok(match &error {
        CandidateError::Invalid(faults) => faults.iter().map(|fault| told(columns, row, fault)).collect(),
        CandidateError::Lacking(reasons) => one("structure", reasons.join(" ")),
        CandidateError::Alike(known) => one("birth_name", labels::alike(known)),
        _ if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::Forbidden) => {
            one("structure", labels::NOT_YOURS.to_owned())
        }
        _ => return Err(error),
    })
}

/// The columns of a file of people.
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
    use time::macros::date;
    use uuid::Uuid;

    const TODAY: Date = date!(2026 - 03 - 02);
    const HEADER: &str = "Certification;Voie;Nom de naissance;Prénom;Sexe;Date de naissance;Commune de naissance;Ville;Pays;Contrat;Courriel";

    /// What is wrong in the one line of a file: column and suggestion.
    fn wrong(line: &str) -> Vec<(String, Option<String>)> {
        let table = read_table(format!("{HEADER}\n{line}\n").as_bytes()).unwrap();
        let columns = Columns::find(&table, &columns()).unwrap();
        let known = Known {
            structures: HashMap::new(),
            own: Some(StructureId(Uuid::from_u128(1))),
            versions: HashMap::from([(fold("CQP_SP"), CertificationVersionId(Uuid::from_u128(2)))]),
        };
        let read = read(&columns, &table.rows[0], &known, TODAY);
        let faults = read.err().unwrap_or_default();
        faults.into_iter().map(|fault| (fault.column, fault.suggestion)).collect()
    }

    #[test]
    fn values_are_written_as_people_write_them() {
        for line in [
            "CQP_SP;fc;Abel;Zoé;F;12/05/1985;97611;;;cddi;",
            "cqp sp;Formation continue;Abel;Zoé;femme;1985-05-12;Nevers;;;CDD d’insertion;zoe@a.exemple",
            "CQP_SP;fc;Ben Abdou;Saïd;M;1990;;Moroni;Comores;sans contrat;",
            "CQP_SP;fc;Abel;Zoé;F;1985;1004;;;cddi;",
        ] {
            let found = wrong(line);
            let zero = line.contains(";1004;");
            assert_eq!(found.is_empty(), !zero, "{line} {found:?}");
            if zero {
                assert_eq!(found[0].1.as_deref(), Some("01004"), "a spreadsheet dropped the zero");
            }
        }
    }

    #[test]
    fn every_fault_of_a_line_is_told_with_its_column() {
        let found = wrong("inconnue;fc;D4rc;Zoé;F;1985-02-30;75999;;;cddi;zoe@a,exemple");
        let columns: Vec<&str> = found.iter().map(|(column, _)| column.as_str()).collect();
        for column in ["Certification", "Nom de naissance", "Date de naissance", "Courriel"] {
            assert!(columns.contains(&column), "{column} {columns:?}");
        }
        let found = wrong("CQP_SP;fc;Abel;Zoé;F;1985;75999;;;cddi;");
        assert_eq!(found, [("Commune de naissance".to_owned(), None)], "no commune ever had this code");
    }

    #[test]
    fn a_commune_of_another_time_suggests_that_of_the_birth() {
        // Les Sables-d’Olonne took Olonne-sur-Mer in 2019
        let found = wrong("CQP_SP;fc;Abel;Zoé;F;2020;85166;;;cddi;");
        assert_eq!(found.first().and_then(|(_, text)| text.as_deref()), Some("85194"), "{found:?}");
        let found = wrong("CQP_SP;fc;Abel;Zoé;F;1985;Saint-Denis;;;cddi;");
        let told = found.first().and_then(|(_, text)| text.clone()).unwrap_or_default();
        assert!(told.contains("97411") && told.contains("93066"), "{found:?}");
    }
}
