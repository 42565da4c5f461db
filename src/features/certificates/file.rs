//! Whether a PDF that somebody holds is one that was delivered, to the last byte.
//!
//! The file is hashed in memory and forgotten: neither it nor its name is kept, logged or shown to anything that reads
//! inside. Its hash leads to the document that we typeset, the document to its certificate, whose number and fingerprint are
//! under our detached signature; the journal says that this certificate was delivered with this signature, and that this
//! very file was made. Whoever holds the file has read the name in it, so that nothing more is told than on the page of the
//! number; a certificate that its holder asked not to show is answered as a file that nobody delivered.

use entity::ids::{CertificateBatchId, CertificateId};
use entity::{audit_event, certificate, document};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use sha2::{Digest, Sha256};

use super::content::is_signed_by;
use super::public::{self, ANSWER, Verified};
use super::{CertificateError, labels, queries};
use crate::app::App;
use crate::error::Fault;
use crate::events::EventLine;
use crate::storage::content::FileKind;

/// The events that record the files of a certificate.
const TYPESET: [&str; 2] = ["certificate.document_issued", "certificate_batch.advanced"];

/// Largest file that is checked, in bytes: a certificate weighs a few hundred thousand.
pub const LARGEST_FILE: usize = 5 * 1024 * 1024;

/// A file that was delivered.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Its certificate, as its number tells it.
    pub found: Verified,
    /// What the file is: the certificate itself, its supplement, a duplicate.
    pub document: document::Model,
    /// Whether the content still has its fingerprint and our signature holds on it.
    pub signed: bool,
    /// Whether the journal says that the certificate was delivered with this signature and that this file was made.
    pub recorded: bool,
}

/// The SHA-256 of a PDF to check: by its content, whatever its name says.
///
/// # Errors
/// The fault, when it is empty, too large or no PDF.
pub fn fingerprint(content: &[u8]) -> Result<[u8; 32], Vec<Fault>> {
    let (code, message) = match () {
        () if content.is_empty() => ("file-wanted", labels::FILE_WANTED),
        () if content.len() > LARGEST_FILE => ("file-over-limit", labels::FILE_TOO_LARGE),
        () if FileKind::of(content) != Some(FileKind::Pdf) => ("file-not-pdf", labels::PDF_WANTED),
        () => return Ok(Sha256::digest(content).into()),
    };
    Err(vec![Fault::new("/file", code, message)])
}

/// The file of this hash; none when nobody delivered it or when it may not be shown, which takes the same time.
///
/// # Errors
/// What the database answers, a key that cannot be read.
pub async fn check(app: &App, sha256: &[u8; 32]) -> Result<Option<Checked>, CertificateError> {
    let (checked, ()) = tokio::join!(look(app, sha256), tokio::time::sleep(ANSWER));
    checked
}

async fn look(app: &App, sha256: &[u8; 32]) -> Result<Option<Checked>, CertificateError> {
    let conn = app.db.read();
    let document = document::Entity::find()
        .filter(document::Column::Sha256.eq(sha256.to_vec()))
        .filter(document::Column::SubjectKind.eq("certificate"))
        .order_by_asc(document::Column::Id)
        .one(conn)
        .await?;
    let Some(document) = document else { return Ok(None) };
    let row = certificate::Entity::find_by_id(CertificateId(document.subject_id)).one(conn).await?;
    let (Some(found), _) = public::of(app, row).await? else { return Ok(None) };
    let row = &found.certificate;
    let key = queries::public_key(app, &row.key_id).await?;
    let whole = Sha256::digest(row.content.as_bytes()).as_slice() == row.content_hash.as_slice();
    let signed = whole && is_signed_by(&row.number, &row.content_hash, &row.signature, &key);
    let delivered = found.event.as_ref().map(|event| says(event, row)).transpose()?.unwrap_or_default();
    let recorded = delivered && is_recorded(conn, row.id, row.batch_id, sha256).await?;
    Ok(Some(Checked { found, document, signed, recorded }))
}

/// Whether the event of the delivery says the fingerprint and the signature of the certificate.
fn says(event: &audit_event::Model, row: &certificate::Model) -> Result<bool, CertificateError> {
    let payload = EventLine::from_row(event)?.payload;
    let same = |field: &str, bytes: &[u8]| payload[field].as_str() == Some(hex::encode(bytes).as_str());
    Ok(same("content_hash", &row.content_hash) && same("signature", &row.signature))
}

/// Whether an event says that this file was made, for this certificate or for those of its session.
async fn is_recorded(
    conn: &impl ConnectionTrait,
    id: CertificateId,
    batch: Option<CertificateBatchId>,
    sha256: &[u8; 32],
) -> Result<bool, CertificateError> {
    use audit_event::Column;
    let about = |kind: &str, key: uuid::Uuid| {
        Condition::all().add(Column::SubjectKind.eq(kind)).add(Column::SubjectId.eq(key))
    };
    let mut either = Condition::any().add(about("certificate", id.0));
    if let Some(batch) = batch {
        either = either.add(about("certificate_batch", batch.0));
    }
    let events = audit_event::Entity::find().filter(either).filter(Column::Name.is_in(TYPESET));
    let hash = hex::encode(sha256);
    Ok(events.all(conn).await?.iter().any(|event| event.documents.contains(&hash)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_to_check_is_a_pdf_by_its_content() {
        let too_large = [b"%PDF-1.7\n".as_slice(), &vec![0; LARGEST_FILE]].concat();
        for (content, expected) in [
            (b"".as_slice(), "file-wanted"),
            (b"bonjour".as_slice(), "file-not-pdf"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), "file-not-pdf"),
            (too_large.as_slice(), "file-over-limit"),
        ] {
            assert_eq!(fingerprint(content).unwrap_err()[0].code, expected);
        }
        assert!(fingerprint(b"%PDF-1.7\n1 0 obj\n").is_ok());
    }
}
