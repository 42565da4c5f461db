//! The messages of an event. The text is fixed with the act; the addresses are found when it is sent.

use entity::ids::{
    AccountId, AgreementRequestId, CandidateId, CommitteeId, EnrolmentId, ExpertId, MissionId, StructureId,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::{Duration, OffsetDateTime};

/// Who a message is for. A person or a part held on a file, never an address copied at the time of the act,
/// but for [`Recipient::Address`], which the settings give, or somebody who has no account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Recipient {
    /// One account.
    Account {
        /// Its key.
        id: AccountId,
    },
    /// Every active account of a structure, or its contact when it has none.
    Structure {
        /// Its key.
        id: StructureId,
    },
    /// The officer in charge of a request, or every officer who may be.
    RequestOfficer {
        /// Key of the request.
        id: AgreementRequestId,
    },
    /// Every manager.
    Managers,
    /// An expert.
    Expert {
        /// Its key.
        id: ExpertId,
    },
    /// A candidate, at the address of their file.
    Candidate {
        /// Its key.
        id: CandidateId,
    },
    /// Somebody enrolled in a session, at the address of their enrolment.
    Enrolment {
        /// Its key.
        id: EnrolmentId,
    },
    /// The people who sit in a committee.
    Committee {
        /// Its key.
        id: CommitteeId,
    },
    /// An address of the settings, or of somebody without an account who was named.
    Address {
        /// The address.
        address: String,
    },
}

/// A condition looked at again when the message leaves: a reminder of something done meanwhile is not sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "when", rename_all = "snake_case")]
pub enum Applies {
    /// The request is still in one of these states.
    RequestIn {
        /// Key of the request.
        id: AgreementRequestId,
        /// Stored words of the states.
        states: Vec<String>,
    },
    /// The expert has not made the declaration of interests of the year.
    DeclarationMissing {
        /// Key of the expert.
        expert: ExpertId,
        /// The year.
        year: i32,
    },
    /// The mission is still in one of these states.
    MissionIn {
        /// Key of the mission.
        id: MissionId,
        /// Stored words of the states.
        states: Vec<String>,
    },
}

/// What a calendar must do with an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitationMethod {
    /// Add or move.
    Request,
    /// Remove.
    Cancel,
}

/// A date for the calendar of the recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Stable for the life of the date.
    pub uid: String,
    /// Grows with every change.
    pub sequence: u32,
    /// Add, move or remove.
    pub method: InvitationMethod,
    /// Start.
    pub starts_at: OffsetDateTime,
    /// Length.
    pub lasts: Duration,
    /// IANA zone of the place.
    pub zone: String,
    /// Title.
    pub summary: String,
    /// Place.
    pub location: String,
    /// Text, without any personal data beyond the necessary.
    pub description: String,
}

/// One message, before it is rendered.
#[derive(Clone, Debug, PartialEq)]
pub struct Mail {
    /// Folder under `templates/mail`.
    pub template: &'static str,
    /// Who it is for.
    pub to: Recipient,
    /// Why the person receives it: a French sentence shown at the end.
    pub reason: &'static str,
    /// The variables of the template (see its `sample.json`).
    pub variables: Value,
    /// A date for the calendar.
    pub invitation: Option<Invitation>,
    /// Condition at sending.
    pub applies: Option<Applies>,
    /// When to send; none = at once.
    pub due_at: Option<OffsetDateTime>,
    /// At most one message with this key is ever made.
    pub dedupe: Option<String>,
}

impl Mail {
    /// A message to send at once.
    #[must_use]
    pub fn new(template: &'static str, to: Recipient, reason: &'static str, variables: Value) -> Self {
        Self { template, to, reason, variables, invitation: None, applies: None, due_at: None, dedupe: None }
    }

    /// With a date for the calendar.
    #[must_use]
    pub fn inviting(mut self, invitation: Invitation) -> Self {
        self.invitation = Some(invitation);
        self
    }

    /// With an invitation, when there is one.
    #[must_use]
    pub fn invited(mut self, invitation: Option<Invitation>) -> Self {
        self.invitation = invitation;
        self
    }

    /// Only if the request is still in one of these states when it leaves.
    #[must_use]
    pub fn while_in(
        mut self,
        id: AgreementRequestId,
        states: &[entity::agreement_request::RequestState],
    ) -> Self {
        let states = states.iter().map(|state| state.word()).collect();
        self.applies = Some(Applies::RequestIn { id, states });
        self
    }

    /// Only if the mission is still in one of these states when it leaves.
    #[must_use]
    pub fn while_mission_in(mut self, id: MissionId, states: &[entity::mission::MissionState]) -> Self {
        let states = states.iter().map(|state| state.word()).collect();
        self.applies = Some(Applies::MissionIn { id, states });
        self
    }

    /// Made at most once under this key.
    #[must_use]
    pub fn once(mut self, key: String) -> Self {
        self.dedupe = Some(key);
        self
    }
}
