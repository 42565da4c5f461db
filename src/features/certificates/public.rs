//! What anybody may learn of a certificate from its number: whether it counts and what is printed, but for the name, which is
//! only compared.
//!
//! A number that never was, one that cannot be and one whose holder asked not to be shown do the same work, take the same
//! time and are answered alike. Nothing is listed and nothing is searched by name.

use std::time::Duration;

use entity::audit_event;
use entity::certificate::{self, CertificateState};
use entity::ids::CertificateId;
use poem_openapi::types::ToJSON;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use subtle::{Choice, ConstantTimeEq};
use uuid::Uuid;

use super::content::{Content, FORMAT, SPELLINGS, spelling, statement};
use super::{CertificateError, queries};
use crate::app::App;
use crate::events::EventLine;
use crate::features::journal::proof;
use crate::features::journal::shapes::InclusionProofOut;
use crate::rules::certificate_number::wanted;

/// An answer leaves after that long at least, so that its time tells nothing.
const ANSWER: Duration = Duration::from_millis(120);

/// A certificate that may be shown.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The certificate.
    pub certificate: certificate::Model,
    /// What is printed.
    pub content: Content,
    /// The number of the certificate that took its place, when it may be shown.
    pub successor: Option<String>,
    /// The event of its delivery; none for a certificate of the past.
    pub event: Option<audit_event::Model>,
}

/// The certificate of a number as somebody typed it; none when there is none to show.
///
/// # Errors
/// What the database answers.
pub async fn find(app: &App, typed: &str) -> Result<Option<Verified>, CertificateError> {
    let (found, ()) = tokio::join!(read(app, typed), tokio::time::sleep(ANSWER));
    found
}

async fn read(app: &App, typed: &str) -> Result<Option<Verified>, CertificateError> {
    let conn = app.db.read();
    let number = wanted(typed);
    let row = certificate::Entity::find().filter(certificate::Column::Number.eq(number)).one(conn).await?;
    let shown = row.filter(|row| row.public);
    // The same reads whether there is one or not.
    let id = shown.as_ref().map_or_else(|| CertificateId(Uuid::nil()), |row| row.id);
    let successor = queries::successor(conn, id).await?.filter(|row| row.public).map(|row| row.number);
    let event = audit_event::Entity::find()
        .filter(audit_event::Column::SubjectKind.eq("certificate"))
        .filter(audit_event::Column::SubjectId.eq(id.0))
        .filter(audit_event::Column::Name.eq("certificate.issued"))
        .order_by_asc(audit_event::Column::Id)
        .one(conn)
        .await?;
    let Some(certificate) = shown else { return Ok(None) };
    let content = Content::read(&certificate.content)?;
    Ok(Some(Verified { certificate, content, successor, event }))
}

/// Whether a certificate of this number may be shown and bears this name. An unknown number bears no name: it answers as a
/// name that differs.
///
/// # Errors
/// What the database answers.
pub async fn bears_name(app: &App, typed: &str, name: &str) -> Result<Option<bool>, CertificateError> {
    let found = find(app, typed).await?;
    let given = spelling(name);
    let spellings =
        found.as_ref().map_or_else(|| [[0; 32]; SPELLINGS], |found| found.content.holder.spellings());
    let same = spellings.iter().fold(Choice::from(0), |same, one| same | one.ct_eq(&given));
    Ok(found.map(|_| bool::from(same)))
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
