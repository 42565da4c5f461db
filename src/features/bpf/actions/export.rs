//! Gives the inputs of a year as a CSV file; the journal keeps who took it and the hash of what was taken.

use sha2::{Digest, Sha256};

use super::super::error::BpfError;
use super::super::events::BpfExported;
use super::super::labels;
use super::super::queries::{Return, read};
use crate::authz::{Facts, Permission};
use crate::db::Tx;

/// Makes the file.
///
/// # Errors
/// The refusal of the policy, a year that has not begun, what the database answers.
pub async fn export(tx: &mut Tx, year: i32) -> Result<Vec<u8>, BpfError> {
    let grant = tx.authorize(Permission::BpfView, &Facts::default())?;
    let actor = tx.actor().clone();
    let today = tx.app().today();
    let found = read(tx.conn(), &actor, year, today).await?;
    let file = to_csv(&found)?;
    let sha256 = hex::encode(Sha256::digest(&file));
    let id = tx.new_id();
    tx.record(&grant, &BpfExported { id, sha256: &sha256, year }).await?;
    Ok(file)
}

/// One line for each line of each frame: the frame, the line, people, hours as declared, minutes really attended.
fn to_csv(found: &Return) -> csv::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(labels::COLUMNS)?;
    for table in labels::tables(found) {
        for row in table.rows {
            writer.write_record([
                table.title.to_owned(),
                row.name,
                row.sum.people.to_string(),
                row.sum.hours().to_string(),
                row.sum.minutes.to_string(),
            ])?;
        }
    }
    writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}
