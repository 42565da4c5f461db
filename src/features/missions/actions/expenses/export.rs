//! The list of what is to be paid, as a file; the journal keeps who took it and the hash of what was taken.

use sha2::{Digest, Sha256};

use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::features::missions::events::PayableExported;
use crate::features::missions::queries::{self, Payable};
use crate::features::missions::{MissionError, labels, wording};
use crate::rules::money::exact;
use crate::rules::territory::PARIS;
use crate::rules::typed_date::iso;

/// The columns of the file.
const COLUMNS: [&str; 11] = [
    "Mission",
    "Objet",
    "Date",
    "Intervenant",
    "Nom",
    "Payer à",
    "SIRET",
    "Indemnité (€)",
    "Frais (€)",
    "Total (€)",
    "Service fait le",
];

/// Makes the file: one line per claim whose service was done and that is not paid.
///
/// # Errors
/// The refusals of every act.
pub async fn export_payable(tx: &mut Tx) -> Result<Vec<u8>, MissionError> {
    let grant = tx.authorize(Permission::MissionSettle, &Facts::default())?;
    let rows = queries::payable(tx.conn(), tx.actor()).await?;
    let file = to_csv(&rows)?;
    let event = PayableExported {
        id: tx.new_id(),
        sha256: hex::encode(Sha256::digest(&file)),
        lines: rows.len(),
        total_cents: rows.iter().map(Payable::total_cents).sum(),
    };
    tx.record(&grant, &event).await?;
    Ok(file)
}

/// Semicolons and the mark by which spreadsheets know UTF-8, as the other files.
fn to_csv(rows: &[Payable]) -> csv::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(COLUMNS)?;
    for row in rows {
        writer.write_record(line(row))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

fn line(row: &Payable) -> [String; 11] {
    let (mission, claim) = (&row.mission, &row.claim);
    [
        mission.number.clone(),
        labels::object_of(mission).to_owned(),
        iso(wording::local_date(*mission.starts_at, &mission.zone)),
        row.expert_number.clone(),
        row.expert_name.clone(),
        row.payee().to_owned(),
        claim.employer_siret.clone().unwrap_or_default(),
        exact(claim.fee_cents),
        exact(claim.expenses_cents),
        exact(row.total_cents()),
        claim.certified_at.map(|at| iso(wording::local_date(*at, PARIS))).unwrap_or_default(),
    ]
}
