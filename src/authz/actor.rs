//! Who acts: an account with its roles, the program itself, or nobody.

use entity::account_role::Role;
use entity::ids::{AccountId, CertificationId, ExpertId, StructureId};
use uuid::Uuid;

/// Where an act came from; written in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// The pages.
    Web,
    /// The API.
    Api,
    /// The command line.
    Cli,
    /// The workers.
    System,
}

impl Channel {
    /// The word of the journal.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Cli => "cli",
            Self::System => "system",
        }
    }
}

/// The person or the part of the program that acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Someone signed in.
    Account {
        /// Key of the account.
        id: AccountId,
        /// Name shown beside the act.
        name: String,
    },
    /// A worker or a command, named `agreements.deadlines`.
    System(&'static str),
    /// Nobody signed in.
    Anonymous,
}

/// One role held, with the scope in which it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The role.
    pub role: Role,
    /// Own structure, for the role `structure`.
    pub structure: Option<StructureId>,
    /// May manage the accounts of the structure.
    pub structure_admin: bool,
    /// Own file of expert, for the role `expert`.
    pub expert: Option<ExpertId>,
    /// Only this certification, when set.
    pub certification: Option<CertificationId>,
    /// Only these INSEE regions, when not empty.
    pub regions: Vec<String>,
}

impl Held {
    /// A role without any limit of scope.
    #[must_use]
    pub fn everywhere(role: Role) -> Self {
        Self {
            role,
            structure: None,
            structure_admin: false,
            expert: None,
            certification: None,
            regions: Vec::new(),
        }
    }
}

/// Who acts, with what, from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person or the program.
    pub who: Who,
    /// Every role held.
    pub held: Vec<Held>,
    /// Where the act comes from.
    pub channel: Channel,
    /// Identifier of the HTTP request, to find its logs.
    pub request_id: Option<String>,
    /// Key of the idempotent request being executed, if any.
    pub idempotency: Option<crate::db::idempotency::Claim>,
}

impl Actor {
    /// Someone signed in.
    #[must_use]
    pub fn account(id: AccountId, name: impl Into<String>, held: Vec<Held>, channel: Channel) -> Self {
        Self {
            who: Who::Account { id, name: name.into() },
            held,
            channel,
            request_id: None,
            idempotency: None,
        }
    }

    /// The program itself.
    #[must_use]
    pub fn system(name: &'static str) -> Self {
        Self {
            who: Who::System(name),
            held: Vec::new(),
            channel: Channel::System,
            request_id: None,
            idempotency: None,
        }
    }

    /// Nobody.
    #[must_use]
    pub fn anonymous(channel: Channel) -> Self {
        Self { who: Who::Anonymous, held: Vec::new(), channel, request_id: None, idempotency: None }
    }

    /// Key of the account, when someone is signed in.
    #[must_use]
    pub fn account_id(&self) -> Option<AccountId> {
        match self.who {
            Who::Account { id, .. } => Some(id),
            _ => None,
        }
    }

    /// Whether a role is held, whatever its scope.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.held.iter().any(|held| held.role == role)
    }

    /// Whether the actor belongs to the team of the certifier.
    #[must_use]
    pub fn is_staff(&self) -> bool {
        [Role::Admin, Role::Manager, Role::Officer].into_iter().any(|role| self.has(role))
    }

    /// Structures whose accounts the actor belongs to.
    pub fn structures(&self) -> impl Iterator<Item = StructureId> + '_ {
        self.held.iter().filter_map(|held| held.structure)
    }

    /// Own file of expert.
    #[must_use]
    pub fn expert(&self) -> Option<ExpertId> {
        self.held.iter().find_map(|held| held.expert)
    }

    /// Name shown in the journal.
    #[must_use]
    pub fn label(&self) -> String {
        match &self.who {
            Who::Account { name, .. } => name.clone(),
            Who::System(name) => (*name).to_owned(),
            Who::Anonymous => "anonymous".to_owned(),
        }
    }

    /// Kind and key for the journal.
    #[must_use]
    pub fn journal_identity(&self) -> (&'static str, Option<Uuid>) {
        match &self.who {
            Who::Account { id, .. } => ("account", Some(id.0)),
            Who::System(_) => ("system", None),
            Who::Anonymous => ("anonymous", None),
        }
    }
}
