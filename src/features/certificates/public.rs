//! What anybody may learn of a certificate from its number: whether it counts and what is printed, but for the name, which is
//! only compared.
//!
//! A number that never was, one that cannot be and one whose holder asked not to be shown do the same work, take the same
//! time and are answered alike; nothing is listed and nothing is searched by name. Their work is the same by construction:
//!
//! * `read` makes the same six queries, each by an index and in the same order: by the number, by the certificate that
//!   took its place, by the event of its delivery, then those that tell whether it is being put right. When there is nothing
//!   to show, all but the first look for a key that nothing has ([`Uuid::nil`]);
//! * it then reads a content whatever was found, that of the certificate or a decoy;
//! * it compares the name with every spelling of that content, as many for everybody, hash by hash and in constant time; the
//!   answer is kept only when there is something to show. Whoever only reads compares an empty name;
//! * no answer leaves before [`ANSWER`], which is many times what all this takes: what differs is under it. Who guesses is
//!   moreover let through a few times a minute (`http::middleware::rate_limit`).
//!
//! What is left to see of a number is thus its answer, which says nothing but "no" until somebody types a number that was
//! drawn.

use std::time::Duration;

use entity::audit_event;
use entity::certificate::{self, CertificateState};
use entity::ids::CertificateId;
use poem_openapi::types::ToJSON;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use subtle::{Choice, ConstantTimeEq};
use uuid::Uuid;

use super::content::{Content, FORMAT, spelling, statement};
use super::{CertificateError, queries, rectification};
use crate::app::App;
use crate::events::EventLine;
use crate::features::journal::proof;
use crate::features::journal::shapes::InclusionProofOut;
use crate::rules::certificate_number::wanted;

/// An answer leaves after that long at least, so that its time tells nothing.
pub const ANSWER: Duration = Duration::from_millis(120);

/// A certificate that may be shown.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The certificate.
    pub certificate: certificate::Model,
    /// What is printed.
    pub content: Content,
    /// The number of the certificate that took its place, when it may be shown.
    pub successor: Option<String>,
    /// Whether what it says is being put right; it counts meanwhile.
    pub rectified: bool,
    /// The event of its delivery; none for a certificate of the past.
    pub event: Option<audit_event::Model>,
}

/// What is read and compared when there is nothing to show: a content of a common size, of nobody.
const DECOY: &str = include_str!("decoy.json");

/// The certificate of a number as somebody typed it; none when there is none to show.
///
/// # Errors
/// What the database answers.
pub async fn find(app: &App, typed: &str) -> Result<Option<Verified>, CertificateError> {
    Ok(compare(app, typed, "").await?.0)
}

/// Whether a certificate of this number may be shown and bears this name; none when there is none to show.
///
/// # Errors
/// What the database answers.
pub async fn bears_name(app: &App, typed: &str, name: &str) -> Result<Option<bool>, CertificateError> {
    let (found, same) = compare(app, typed, name).await?;
    Ok(found.map(|_| same))
}

/// The certificate of a number, and whether it bears this name. An unknown number bears no name: it answers as a name that
/// differs.
///
/// # Errors
/// What the database answers.
pub async fn compare(
    app: &App,
    typed: &str,
    name: &str,
) -> Result<(Option<Verified>, bool), CertificateError> {
    let (found, ()) = tokio::join!(read(app, typed, name), tokio::time::sleep(ANSWER));
    found
}

async fn read(app: &App, typed: &str, name: &str) -> Result<(Option<Verified>, bool), CertificateError> {
    let number = wanted(typed);
    let which = certificate::Entity::find().filter(certificate::Column::Number.eq(number));
    let row = which.one(app.db.read()).await?;
    let (found, content) = of(app, row).await?;
    let given = spelling(name);
    let spellings = content.holder.spellings();
    let same = spellings.iter().fold(Choice::from(0), |same, one| same | one.ct_eq(&given));
    let same = same & Choice::from(u8::from(found.is_some()));
    Ok((found, same.into()))
}

/// A certificate that may be shown, with what goes with it, and the content that was read: the same work for one that may not
/// and for none.
pub(super) async fn of(
    app: &App,
    row: Option<certificate::Model>,
) -> Result<(Option<Verified>, Content), CertificateError> {
    let conn = app.db.read();
    let shown = row.filter(|row| row.public);
    let id = shown.as_ref().map_or_else(|| CertificateId(Uuid::nil()), |row| row.id);
    let successor = queries::successor(conn, id).await?.filter(|row| row.public).map(|row| row.number);
    let event = audit_event::Entity::find()
        .filter(audit_event::Column::SubjectKind.eq("certificate"))
        .filter(audit_event::Column::SubjectId.eq(id.0))
        .filter(audit_event::Column::Name.eq("certificate.issued"))
        .order_by_asc(audit_event::Column::Id)
        .one(conn)
        .await?;
    let content = Content::read(shown.as_ref().map_or(DECOY, |row| row.content.as_str()))?;
    let rectified = rectification::goes_on(conn, shown.as_ref(), &content, app.today()).await?;
    let found = shown.map(|certificate| Verified {
        certificate,
        content: content.clone(),
        successor,
        rectified,
        event,
    });
    Ok((found, content))
}

impl Verified {
    /// Whether it counts.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.certificate.state == CertificateState::Valid
    }

    /// The detached signature, with the key and what is signed: it tells no name.
    ///
    /// # Errors
    /// A key that nobody knows, what the database answers.
    pub async fn signature(&self, app: &App) -> Result<Value, CertificateError> {
        let row = &self.certificate;
        let key = queries::public_key(app, &row.key_id).await?;
        Ok(json!({
            "format": FORMAT,
            "algorithm": "Ed25519",
            "signed_text": statement(&row.number, &row.content_hash)?,
            "signature": hex::encode(&row.signature),
            "key_id": row.key_id,
            "public_key": hex::encode(key),
        }))
    }

    /// The proof that its delivery is in the journal: the event, the path to the root and the key of the seal.
    ///
    /// # Errors
    /// The event has no seal yet, what the database answers.
    pub async fn proof(&self, app: &App) -> Result<Value, CertificateError> {
        let event = self.event.as_ref().ok_or(CertificateError::NotReady)?;
        let inclusion = proof::inclusion(app.db.read(), event.id).await?;
        let key = queries::public_key(app, &inclusion.seal.key_id).await?;
        Ok(json!({
            "event": EventLine::from_row(event)?,
            "inclusion": InclusionProofOut::of(event.id.0, &inclusion).to_json(),
            "public_key": hex::encode(key),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decoy_is_read_as_a_content_and_no_name_is_its() {
        let decoy = Content::read(DECOY).unwrap();
        assert!(decoy.acquired.len() > 1 && decoy.skills.len() > 1, "of a common size");
        assert!(!decoy.holder.spellings().contains(&spelling("")));
    }
}
