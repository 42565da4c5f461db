//! What happened to a structure. The contact is a person: its values are kept beside the journal.

use entity::ids::{SiteId, StructureId};
use entity::{site, structure};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::events::{DomainEvent, Subject, diff};
use crate::rules::typed_date::iso;

/// One event.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "one value at a time, on the stack of one act")]
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
        before: site::Model,
        /// After.
        after: site::Model,
    },
    /// A site was closed.
    SiteClosed {
        /// The structure.
        structure: structure::Model,
        /// The site, with its day of closing.
        site: site::Model,
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
        "state_agreement_until": row.state_agreement_until.map(iso),
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

impl DomainEvent for StructureEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "structure.created",
            Self::Changed { .. } => "structure.changed",
            Self::SiteAdded { .. } => "site.added",
            Self::SiteChanged { .. } => "site.changed",
            Self::SiteClosed { .. } => "site.closed",
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
            | Self::SiteClosed { structure, .. } => of(structure.id, &structure.name),
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
                let touched = contact(before).into_iter().zip(contact(after)).filter(|(old, new)| old != new);
                let touched: Vec<_> = touched.map(|(_, (field, _))| field).collect();
                json!({ "changed": diff::diff(&identity(before), &identity(after)), "contact_changed": touched })
            }
            Self::SiteAdded { site, .. } | Self::SiteClosed { site, .. } => of_site(site.id, place(site)),
            Self::SiteChanged { before, after, .. } => {
                json!({ "site_id": after.id, "siret": after.siret, "changed": diff::diff(&place(before), &place(after)) })
            }
            Self::Imported { file_name, sha256, written, refused, .. } => {
                json!({ "file": file_name, "sha256": sha256, "written": written, "refused": refused })
            }
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let kept = |(field, value): (&'static str, &str)| (field, value.to_owned());
        match self {
            Self::Created { structure, .. } => {
                contact(structure).into_iter().filter(|(_, value)| !value.is_empty()).map(kept).collect()
            }
            Self::Changed { before, after } => {
                let pairs = contact(before).into_iter().zip(contact(after));
                pairs.filter(|(old, new)| old != new).map(|(_, new)| kept(new)).collect()
            }
            _ => Vec::new(),
        }
    }
}
