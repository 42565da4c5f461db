//! What happened to a structure. The contact is a person: its values are kept beside the journal.

use entity::ids::{SiteId, StructureId};
use entity::{site, structure, structure_contact};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::events::{DomainEvent, Job, Subject, diff};
use crate::rules::typed_date::iso;

/// One event.
#[derive(Clone, Debug)]
pub enum StructureEvent {
    /// Recorded for the first time.
    Created {
        /// The structure.
        structure: structure::Model,
        /// Its sites.
        sites: Vec<site::Model>,
    },
    /// Identity or contact changed.
    Changed {
        /// Before.
        before: Box<structure::Model>,
        /// After.
        after: Box<structure::Model>,
    },
    /// A site was added.
    SiteAdded {
        /// The structure.
        structure: structure::Model,
        /// The site.
        site: site::Model,
    },
    /// A site changed.
    SiteChanged {
        /// The structure.
        structure: structure::Model,
        /// Before.
        before: Box<site::Model>,
        /// After.
        after: Box<site::Model>,
    },
    /// A site was closed.
    SiteClosed {
        /// The structure.
        structure: structure::Model,
        /// The site, with its day of closing.
        site: site::Model,
    },
    /// The team looked at the address that the structure declared.
    MoveReviewed {
        /// The structure.
        structure: structure::Model,
        /// The site.
        site: site::Model,
    },
    /// Somebody to write to was added.
    ContactAdded {
        /// The structure.
        structure: structure::Model,
        /// The contact.
        contact: structure_contact::Model,
    },
    /// Somebody to write to changed.
    ContactChanged {
        /// The structure.
        structure: structure::Model,
        /// Before.
        before: structure_contact::Model,
        /// After.
        after: structure_contact::Model,
    },
    /// Somebody to write to was removed.
    ContactRemoved {
        /// The structure.
        structure: structure::Model,
        /// The contact.
        contact: structure_contact::Model,
    },
    /// A file was imported; each structure has its own event.
    Imported {
        /// Key of the import.
        id: Uuid,
        /// Name of the file.
        file_name: String,
        /// SHA-256 of the file.
        sha256: String,
        /// Structures recorded.
        written: usize,
        /// Lines refused.
        refused: usize,
    },
}

/// What the journal says of a structure, without its contact.
fn identity(row: &structure::Model) -> Value {
    json!({
        "siren": row.siren,
        "name": row.name,
        "legal_form": row.legal_form,
        "rna": row.rna,
        "idcc": row.idcc,
        "nda": row.nda,
        "activities": row.activities,
        "headcount": row.headcount,
        "insertion_posts": row.insertion_posts,
        "department": row.department,
        "region": row.region,
        "zone": row.zone,
    })
}

/// What the journal says of a site.
fn place(row: &site::Model) -> Value {
    json!({
        "siret": row.siret,
        "label": row.label,
        "address": row.address,
        "postal_code": row.postal_code,
        "commune": row.commune,
        "department": row.department,
        "is_seat": row.is_seat,
        "closed_on": row.closed_on.map(iso),
    })
}

fn contact(row: &structure::Model) -> [(&'static str, &str); 4] {
    [
        ("contact_name", &row.contact_name),
        ("contact_title", &row.contact_title),
        ("contact_email", &row.contact_email),
        ("contact_phone", row.contact_phone.as_deref().unwrap_or_default()),
    ]
}

fn person(row: &structure_contact::Model) -> [(&'static str, &str); 4] {
    [
        ("contact_name", &row.name),
        ("contact_title", &row.title),
        ("contact_email", &row.email),
        ("contact_phone", row.phone.as_deref().unwrap_or_default()),
    ]
}

/// The fields that changed, with their new values.
fn touched<'a>(
    before: [(&'static str, &'a str); 4],
    after: [(&'static str, &'a str); 4],
) -> impl Iterator<Item = (&'static str, &'a str)> {
    before.into_iter().zip(after).filter(|(old, new)| old != new).map(|(_, new)| new)
}

impl DomainEvent for StructureEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "structure.created",
            Self::Changed { .. } => "structure.changed",
            Self::SiteAdded { .. } => "site.added",
            Self::SiteChanged { .. } => "site.changed",
            Self::SiteClosed { .. } => "site.closed",
            Self::MoveReviewed { .. } => "site.move_reviewed",
            Self::ContactAdded { .. } => "structure.contact_added",
            Self::ContactChanged { .. } => "structure.contact_changed",
            Self::ContactRemoved { .. } => "structure.contact_removed",
            Self::Imported { .. } => "structures.imported",
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Created { .. } => "STRUCTURE_CREATED",
            Self::Changed { .. } => "STRUCTURE_CHANGED",
            Self::SiteAdded { .. } => "SITE_ADDED",
            Self::SiteChanged { .. } => "SITE_CHANGED",
            Self::SiteClosed { .. } => "SITE_CLOSED",
            Self::MoveReviewed { .. } => "SITE_MOVE_REVIEWED",
            Self::ContactAdded { .. } => "STRUCTURE_CONTACT_ADDED",
            Self::ContactChanged { .. } => "STRUCTURE_CONTACT_CHANGED",
            Self::ContactRemoved { .. } => "STRUCTURE_CONTACT_REMOVED",
            Self::Imported { .. } => "STRUCTURES_IMPORTED",
        }
    }

    fn subject(&self) -> Subject {
        let of = |id: StructureId, name: &str| Subject::new("structure", id, name);
        match self {
            Self::Changed { after, .. } => of(after.id, &after.name),
            Self::Created { structure, .. }
            | Self::SiteAdded { structure, .. }
            | Self::SiteChanged { structure, .. }
            | Self::SiteClosed { structure, .. }
            | Self::MoveReviewed { structure, .. }
            | Self::ContactAdded { structure, .. }
            | Self::ContactChanged { structure, .. }
            | Self::ContactRemoved { structure, .. } => of(structure.id, &structure.name),
            Self::Imported { id, file_name, .. } => Subject::new("import", *id, file_name.clone()),
        }
    }

    fn payload(&self) -> Value {
        let of_site = |id: SiteId, value: Value| json!({ "site_id": id, "site": value });
        match self {
            Self::Created { structure, sites } => {
                let mut payload = identity(structure);
                payload["sites"] = sites.iter().map(place).collect();
                payload
            }
            Self::Changed { before, after } => {
                let fields: Vec<_> =
                    touched(contact(before), contact(after)).map(|(field, _)| field).collect();
                json!({ "changed": diff::diff(&identity(before), &identity(after)), "contact_changed": fields })
            }
            Self::SiteAdded { site, .. }
            | Self::SiteClosed { site, .. }
            | Self::MoveReviewed { site, .. } => of_site(site.id, place(site)),
            Self::SiteChanged { before, after, .. } => {
                json!({ "site_id": after.id, "siret": after.siret, "changed": diff::diff(&place(before), &place(after)) })
            }
            Self::ContactAdded { contact, .. } | Self::ContactRemoved { contact, .. } => {
                json!({ "contact_id": contact.id, "duty": contact.duty })
            }
            Self::ContactChanged { before, after, .. } => {
                let fields: Vec<_> = touched(person(before), person(after)).map(|(field, _)| field).collect();
                let (old, new) = (json!({ "duty": before.duty }), json!({ "duty": after.duty }));
                json!({ "contact_id": after.id, "changed": diff::diff(&old, &new), "contact_changed": fields })
            }
            Self::Imported { file_name, sha256, written, refused, .. } => {
                json!({ "file": file_name, "sha256": sha256, "written": written, "refused": refused })
            }
        }
    }

    fn jobs(&self) -> Vec<Job> {
        match self {
            // the list of partners names sites by their SIRET
            Self::SiteChanged { before, after, .. } if before.siret != after.siret => {
                vec![Job::now("agreements.siret_changed", json!({ "site_id": after.id }))]
            }
            _ => Vec::new(),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let kept = |(field, value): (&'static str, &str)| (field, value.to_owned());
        match self {
            Self::Created { structure, .. } => {
                contact(structure).into_iter().filter(|(_, value)| !value.is_empty()).map(kept).collect()
            }
            Self::Changed { before, after } => touched(contact(before), contact(after)).map(kept).collect(),
            Self::ContactAdded { contact, .. } => {
                person(contact).into_iter().filter(|(_, value)| !value.is_empty()).map(kept).collect()
            }
            Self::ContactChanged { before, after, .. } => {
                touched(person(before), person(after)).map(kept).collect()
            }
            _ => Vec::new(),
        }
    }
}
