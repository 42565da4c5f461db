//! What happened to a certification.

use entity::{certification, certification_version, legal_certifier, referential, registration};
use serde_json::{Value, json};

use super::queries::Described;
use crate::events::{DomainEvent, Subject, diff};
use crate::rules::referential::Document;
use crate::rules::typed_date::iso;

/// One event.
#[derive(Clone, Debug)]
pub enum CertificationEvent {
    /// Recorded with its versions.
    Created(Described),
    /// A version was added.
    VersionAdded {
        /// The certification.
        certification: certification::Model,
        /// The version.
        version: certification_version::Model,
    },
    /// Title or dates of a version changed.
    VersionChanged {
        /// The certification.
        certification: certification::Model,
        /// Before.
        before: certification_version::Model,
        /// After.
        after: certification_version::Model,
    },
    /// A register entry was added.
    RegistrationAdded {
        /// The certification.
        certification: certification::Model,
        /// The entry.
        registration: registration::Model,
        /// The entry before it, ended the day before.
        ended: Option<registration::Model>,
    },
    /// A body in charge was added.
    CertifierAdded {
        /// The certification.
        certification: certification::Model,
        /// The body.
        certifier: legal_certifier::Model,
        /// The body before it, ended the day before.
        ended: Option<legal_certifier::Model>,
    },
    /// A draft of a referential was opened.
    ReferentialOpened {
        /// The certification.
        certification: certification::Model,
        /// The draft.
        row: referential::Model,
    },
    /// A draft changed.
    ReferentialChanged {
        /// The certification.
        certification: certification::Model,
        /// The draft.
        row: referential::Model,
        /// What it said.
        before: Box<Document>,
        /// What it says.
        after: Box<Document>,
    },
    /// A referential was published.
    ReferentialPublished {
        /// The certification.
        certification: certification::Model,
        /// The revision.
        row: referential::Model,
        /// What it says.
        document: Box<Document>,
    },
    /// A draft was thrown away.
    ReferentialDiscarded {
        /// The certification.
        certification: certification::Model,
        /// The draft.
        row: referential::Model,
        /// What it said.
        document: Box<Document>,
    },
}

/// The whole of a referential; a document of ours is always JSON.
fn whole(document: &Document) -> Value {
    serde_json::to_value(document).unwrap_or_default()
}

fn revision(row: &referential::Model) -> Value {
    json!({
        "referential_id": row.id,
        "version_id": row.certification_version_id,
        "referential_revision": row.revision,
    })
}

fn version(row: &certification_version::Model) -> Value {
    json!({
        "id": row.id,
        "label": row.label,
        "title": row.title,
        "valid_from": iso(row.valid_from),
        "valid_until": row.valid_until.map(iso),
        "last_delivery_on": row.last_delivery_on.map(iso),
    })
}

fn registration(row: &registration::Model) -> Value {
    json!({
        "id": row.id,
        "version_id": row.certification_version_id,
        "register": row.register.word(),
        "number": row.number,
        "decided_on": row.decided_on.map(iso),
        "starts_on": iso(row.starts_on),
        "ends_on": row.ends_on.map(iso),
        "level": row.level,
    })
}

fn certifier(row: &legal_certifier::Model) -> Value {
    json!({
        "id": row.id,
        "version_id": row.certification_version_id,
        "name": row.name,
        "siret": row.siret,
        "starts_on": iso(row.starts_on),
        "ends_on": row.ends_on.map(iso),
    })
}

impl DomainEvent for CertificationEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created(_) => "certification.created",
            Self::VersionAdded { .. } => "certification_version.added",
            Self::VersionChanged { .. } => "certification_version.changed",
            Self::RegistrationAdded { .. } => "registration.added",
            Self::CertifierAdded { .. } => "legal_certifier.added",
            Self::ReferentialOpened { .. } => "referential.opened",
            Self::ReferentialChanged { .. } => "referential.changed",
            Self::ReferentialPublished { .. } => "referential.published",
            Self::ReferentialDiscarded { .. } => "referential.discarded",
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Created(_) => "CERTIFICATION_CREATED",
            Self::VersionAdded { .. } => "CERTIFICATION_VERSION_ADDED",
            Self::VersionChanged { .. } => "CERTIFICATION_VERSION_CHANGED",
            Self::RegistrationAdded { .. } => "REGISTRATION_ADDED",
            Self::CertifierAdded { .. } => "LEGAL_CERTIFIER_ADDED",
            Self::ReferentialOpened { .. } => "REFERENTIAL_OPENED",
            Self::ReferentialChanged { .. } => "REFERENTIAL_CHANGED",
            Self::ReferentialPublished { .. } => "REFERENTIAL_PUBLISHED",
            Self::ReferentialDiscarded { .. } => "REFERENTIAL_DISCARDED",
        }
    }

    fn subject(&self) -> Subject {
        let row = match self {
            Self::Created(described) => &described.certification,
            Self::VersionAdded { certification, .. }
            | Self::VersionChanged { certification, .. }
            | Self::RegistrationAdded { certification, .. }
            | Self::CertifierAdded { certification, .. }
            | Self::ReferentialOpened { certification, .. }
            | Self::ReferentialChanged { certification, .. }
            | Self::ReferentialPublished { certification, .. }
            | Self::ReferentialDiscarded { certification, .. } => certification,
        };
        Subject::new("certification", row.id, row.code.clone())
    }

    fn payload(&self) -> Value {
        match self {
            Self::Created(described) => {
                let one = |found: &super::queries::DescribedVersion| {
                    let mut value = version(&found.version);
                    value["registrations"] = found.registrations.iter().map(registration).collect();
                    value["legal_certifiers"] = found.certifiers.iter().map(certifier).collect();
                    value
                };
                let versions: Vec<_> = described.versions.iter().map(one).collect();
                json!({ "title": described.certification.title, "versions": versions })
            }
            Self::VersionAdded { version: added, .. } => {
                json!({ "version_id": added.id, "version": version(added) })
            }
            Self::VersionChanged { before, after, .. } => {
                json!({ "version_id": after.id, "changed": diff::diff(&version(before), &version(after)) })
            }
            Self::RegistrationAdded { registration: added, ended, .. } => {
                json!({ "registration": registration(added), "ended": ended.as_ref().map(registration) })
            }
            Self::CertifierAdded { certifier: added, ended, .. } => {
                json!({ "legal_certifier": certifier(added), "ended": ended.as_ref().map(certifier) })
            }
            Self::ReferentialOpened { row, .. } => revision(row),
            Self::ReferentialChanged { row, before, after, .. } => {
                let mut value = revision(row);
                value["changed"] = diff::diff(&whole(before), &whole(after));
                value
            }
            Self::ReferentialPublished { row, document, .. }
            | Self::ReferentialDiscarded { row, document, .. } => {
                let mut value = revision(row);
                value["referential"] = whole(document);
                value
            }
        }
    }
}
