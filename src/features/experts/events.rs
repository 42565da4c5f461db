//! What happened to an expert. Names and addresses are kept beside the journal.

use entity::{expert, habilitation};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::events::{DomainEvent, Subject, diff};
use crate::rules::typed_date::iso;

/// One event.
#[derive(Clone, Debug)]
pub enum ExpertEvent {
    /// Recorded for the first time.
    Created(expert::Model),
    /// Identity changed.
    Changed {
        /// Before.
        before: Box<expert::Model>,
        /// After.
        after: Box<expert::Model>,
    },
    /// An habilitation was granted.
    Granted {
        /// The expert.
        expert: expert::Model,
        /// The habilitation.
        habilitation: habilitation::Model,
    },
    /// An habilitation was suspended, given back or ended.
    HabilitationChanged {
        /// The expert.
        expert: expert::Model,
        /// Before.
        before: habilitation::Model,
        /// After.
        after: habilitation::Model,
        /// Why.
        reason: String,
    },
    /// A file was imported; each person has their own events.
    Imported {
        /// Key of the import.
        id: Uuid,
        /// Name of the file.
        file_name: String,
        /// SHA-256 of the file.
        sha256: String,
        /// Lines recorded.
        written: usize,
        /// Lines refused.
        refused: usize,
    },
}

fn personal(row: &expert::Model) -> [(&'static str, &str); 5] {
    [
        ("family_name", &row.family_name),
        ("first_names", &row.first_names),
        ("email", &row.email),
        ("phone", row.phone.as_deref().unwrap_or_default()),
        ("employer", row.employer.as_deref().unwrap_or_default()),
    ]
}

fn situation(row: &expert::Model) -> Value {
    json!({ "status": row.status, "department": row.department, "region": row.region, "zone": row.zone })
}

fn habilitation(row: &habilitation::Model) -> Value {
    json!({
        "id": row.id,
        "duty": row.duty.word(),
        "state": row.state.word(),
        "starts_on": iso(row.starts_on),
        "ends_on": iso(row.ends_on),
        "certification_id": row.certification_id,
        "regions": row.regions,
    })
}

impl DomainEvent for ExpertEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Created(_) => "expert.created",
            Self::Changed { .. } => "expert.changed",
            Self::Granted { .. } => "habilitation.granted",
            Self::HabilitationChanged { .. } => "habilitation.changed",
            Self::Imported { .. } => "experts.imported",
        }
    }

    fn code(&self) -> &'static str {
        use entity::habilitation::HabilitationState as State;
        match self {
            Self::Created(_) => "EXPERT_CREATED",
            Self::Changed { .. } => "EXPERT_CHANGED",
            Self::Granted { .. } => "HAB_GRANTED",
            Self::HabilitationChanged { after, .. } => match after.state {
                State::Active => "HAB_REINSTATED",
                State::Suspended => "HAB_SUSPENDED",
                State::Expired => "HAB_EXPIRED",
                State::Resigned => "HAB_RESIGNED",
                State::Withdrawn => "HAB_WITHDRAWN",
            },
            Self::Imported { .. } => "EXPERTS_IMPORTED",
        }
    }

    fn subject(&self) -> Subject {
        let row = match self {
            Self::Changed { after, .. } => after.as_ref(),
            Self::Created(expert)
            | Self::Granted { expert, .. }
            | Self::HabilitationChanged { expert, .. } => expert,
            Self::Imported { id, file_name, .. } => return Subject::new("import", *id, file_name.clone()),
        };
        Subject::new("expert", row.id, row.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self {
            Self::HabilitationChanged { before, after, .. } => {
                (Some(before.state.word()), Some(after.state.word()))
            }
            _ => (None, None),
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::HabilitationChanged { reason, .. } => Some(reason),
            _ => None,
        }
    }

    fn payload(&self) -> Value {
        match self {
            Self::Created(row) => situation(row),
            Self::Changed { before, after } => {
                let touched =
                    personal(before).into_iter().zip(personal(after)).filter(|(old, new)| old != new);
                let touched: Vec<_> = touched.map(|(_, (field, _))| field).collect();
                json!({ "changed": diff::diff(&situation(before), &situation(after)), "person_changed": touched })
            }
            Self::Granted { habilitation: row, .. } => json!({ "habilitation": habilitation(row) }),
            Self::HabilitationChanged { before, after, .. } => {
                let changed = diff::diff(&habilitation(before), &habilitation(after));
                json!({ "habilitation_id": after.id, "duty": after.duty.word(), "changed": changed })
            }
            Self::Imported { file_name, sha256, written, refused, .. } => {
                json!({ "file": file_name, "sha256": sha256, "written": written, "refused": refused })
            }
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let kept = |(field, value): (&'static str, &str)| (field, value.to_owned());
        match self {
            Self::Created(row) => {
                personal(row).into_iter().filter(|(_, value)| !value.is_empty()).map(kept).collect()
            }
            Self::Changed { before, after } => {
                let pairs = personal(before).into_iter().zip(personal(after));
                pairs.filter(|(old, new)| old != new).map(|(_, new)| kept(new)).collect()
            }
            Self::Granted { .. } | Self::HabilitationChanged { .. } | Self::Imported { .. } => Vec::new(),
        }
    }
}
