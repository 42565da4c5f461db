//! The list of what is to be paid, as a file; the journal keeps who took it and the hash of what was taken.

use sha2::{Digest, Sha256};

use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::features::missions::events::PayableExported;
use crate::features::missions::{MissionError, labels, queries};

/// Makes the file: one line per claim whose service was done and that is not paid.
///
/// # Errors
/// The refusals of every act.
pub async fn export_payable(tx: &mut Tx) -> Result<Vec<u8>, MissionError> {
    let grant = tx.authorize(Permission::MissionSettle, &Facts::default())?;
    let rows = queries::payable(tx.conn(), tx.actor()).await?;
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let failed = |_| MissionError::Export;
    writer.write_record(labels::PAYABLE_COLUMNS).map_err(failed)?;
    for row in &rows {
        writer.write_record(labels::payable_line(row)).map_err(failed)?;
    }
    let written = writer.into_inner().map_err(|_| MissionError::Export)?;
    // Spreadsheets take a file for UTF-8 when it begins with this mark.
    let mut file = "\u{feff}".as_bytes().to_vec();
    file.extend(written);
    let event = PayableExported {
        id: tx.new_id(),
        sha256: hex::encode(Sha256::digest(&file)),
        lines: rows.len(),
        total_cents: rows.iter().map(|row| row.claim.fee_cents + row.claim.expenses_cents).sum(),
    };
    tx.record(&grant, &event).await?;
    Ok(file)
}
