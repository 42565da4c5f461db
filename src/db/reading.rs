//! Sensitive readings are events too: whose file, whose declarations, which document somebody read.
//!
//! A reading has a short transaction of its own, once the answer is built and before it leaves: lists and files that nobody
//! reads pay nothing, and what cannot be recorded is not shown. The feature says who reads what is about themselves, which
//! leaves nothing.

use std::sync::Arc;

use entity::ids::AccountId;
use entity::{candidate, document, expert};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Error;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission, may};
use crate::events::{DocumentRef, DomainEvent, Subject};
use crate::rules::territory::{self, Region};

/// What was read.
#[derive(Clone, Copy, Debug)]
pub enum Reading<'a> {
    /// The file of an expert.
    ExpertFile(&'a expert::Model),
    /// What an expert declared of their interests.
    Interests(&'a expert::Model),
    /// The measures agreed for a candidate.
    Adaptations(&'a candidate::Model),
    /// An account, with its roles.
    Account(AccountId),
    /// The content of a document.
    Document {
        /// The document.
        document: &'a document::Model,
        /// The number of the file it belongs to.
        reference: &'a str,
    },
    /// A list, taken away as a file.
    List(&'a Taken),
    /// Everything, by a copy; its key.
    Installation(Uuid),
}

/// Which list was taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The experts.
    Experts,
    /// The network of experts.
    Network,
    /// The missions.
    Missions,
    /// The inspections.
    Inspections,
    /// The partners, for France compétences.
    Partners,
}

/// A list that was taken away as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Key of the taking.
    pub id: Uuid,
    /// Which list.
    pub list: List,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// How many lines.
    pub lines: usize,
}

impl DomainEvent for Reading<'_> {
    fn name(&self) -> &'static str {
        match self {
            Self::ExpertFile(_) => "expert.viewed",
            Self::Interests(_) => "interest.read",
            Self::Adaptations(_) => "candidate.adaptations_read",
            Self::Account(_) => "account.viewed",
            Self::Document { .. } => "document.downloaded",
            Self::List(taken) => match taken.list {
                List::Experts => "expert.exported",
                List::Network => "network.exported",
                List::Missions => "mission.exported",
                List::Inspections => "inspection.exported",
                List::Partners => "partner_update.exported",
            },
            Self::Installation(_) => "installation.copied",
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::ExpertFile(_) => "EXPERT_VIEWED",
            Self::Interests(_) => "INTEREST_READ",
            Self::Adaptations(_) => "CAND_ADAPTATION_READ",
            Self::Account(_) => "ACCOUNT_VIEWED",
            Self::Document { .. } => "DOCUMENT_DOWNLOADED",
            Self::List(taken) => match taken.list {
                List::Experts => "EXPERTS_EXPORTED",
                List::Network => "NETWORK_EXPORTED",
                List::Missions => "MISSIONS_EXPORTED",
                List::Inspections => "INSPECTIONS_EXPORTED",
                List::Partners => "FC_PARTNERS_EXPORTED",
            },
            Self::Installation(_) => "INSTALLATION_COPIED",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::ExpertFile(expert) | Self::Interests(expert) => {
                Subject::new("expert", expert.id, expert.number.clone())
            }
            // apart from the file: its history tells nobody that there are measures
            Self::Adaptations(row) => Subject::new("candidate_adaptation", row.id, row.number.clone()),
            Self::Account(id) => Subject::new("account", *id, id.to_string()),
            Self::Document { document, reference } => Subject::new("document", document.id, *reference),
            Self::List(taken) => Subject::new("list", taken.id, "list"),
            Self::Installation(id) => Subject::new("installation", *id, "installation"),
        }
    }

    fn payload(&self) -> Value {
        match self {
            Self::Document { document, .. } => json!({ "kind": document.kind }),
            Self::List(taken) => json!({ "sha256": taken.sha256, "lines": taken.lines }),
            Self::ExpertFile(_)
            | Self::Interests(_)
            | Self::Adaptations(_)
            | Self::Account(_)
            | Self::Installation(_) => json!({}),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match self {
            Self::Document { document, .. } => {
                vec![DocumentRef { id: document.id, sha256: hex::encode(&document.sha256) }]
            }
            Self::ExpertFile(_)
            | Self::Interests(_)
            | Self::Adaptations(_)
            | Self::Account(_)
            | Self::List(_)
            | Self::Installation(_) => Vec::new(),
        }
    }
}

/// Records a reading. The answer leaves only when this succeeded.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn record_reading(
    app: &Arc<App>,
    actor: &Actor,
    (permission, facts): (Permission, &Facts),
    reading: Reading<'_>,
) -> Result<(), Error> {
    let mut tx = app.begin(Actor { idempotency: None, ..actor.clone() }).await?;
    let grant = tx.authorize(permission, facts)?;
    tx.record(&grant, &reading).await?;
    tx.commit().await
}

/// Records that a list was taken away as a file, by whoever may see something of it. The file leaves only when this
/// succeeded.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn record_taken(
    app: &Arc<App>,
    actor: &Actor,
    permission: Permission,
    (list, file, lines): (List, &[u8], usize),
) -> Result<(), Error> {
    let sha256 = hex::encode(Sha256::digest(file));
    let taken = Taken { id: app.new_id(), list, sha256, lines };
    record_reading(app, actor, (permission, &somewhere(actor, permission)), Reading::List(&taken)).await
}

/// A place where the actor may: the list holds what is within their limits.
fn somewhere(actor: &Actor, permission: Permission) -> Facts {
    let at = |region: &Region| Facts { region: Some(region.code.to_owned()), ..Facts::default() };
    territory::regions().iter().map(at).find(|facts| may(actor, permission, facts)).unwrap_or_default()
}
