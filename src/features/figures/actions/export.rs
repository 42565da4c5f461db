//! Gives the figures as a CSV file; the journal keeps who took it and the hash of what was taken.

use sha2::{Digest, Sha256};

use super::super::error::FiguresError;
use super::super::events::FiguresExported;
use super::super::labels;
use super::super::queries::{Found, figures};
use super::super::sheet::{Line, Wanted};
use crate::authz::{Facts, Permission};
use crate::db::Tx;

/// Makes the file.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn export(tx: &mut Tx, wanted: &Wanted) -> Result<Vec<u8>, FiguresError> {
    let grant = tx.authorize(Permission::ActivityView, &Facts::default())?;
    let actor = tx.actor().clone();
    let found = figures(tx.conn(), &actor, wanted).await?;
    let file = to_csv(&found)?;
    let sha256 = hex::encode(Sha256::digest(&file));
    let id = tx.new_id();
    tx.record(&grant, &FiguresExported { id, sha256: &sha256, wanted }).await?;
    Ok(file)
}

/// The lines and their sum; what is hidden is said so, what is unknown is empty.
fn to_csv(found: &Found) -> csv::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(labels::COLUMNS)?;
    for line in found.sheet.lines.iter().chain([&found.sheet.whole]) {
        writer.write_record(record(found, line))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

fn record(found: &Found, line: &Line) -> Vec<String> {
    let people =
        |number: Option<u32>| number.map_or_else(|| labels::HIDDEN.to_owned(), |number| number.to_string());
    let days = |days: Option<i64>| days.map(|days| days.to_string()).unwrap_or_default();
    let own = &line.people;
    let mut record = vec![labels::line(found, line), line.juries.to_string()];
    record.extend(
        [
            own.expected,
            own.present,
            own.absent,
            own.excused,
            own.left_for_work,
            own.total,
            own.partial,
            own.refused,
            own.adjourned,
        ]
        .map(people),
    );
    record.extend([line.asked_to_held, line.held_to_told, line.held_to_certified].map(days));
    record
}
