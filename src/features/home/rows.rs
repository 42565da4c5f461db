//! What the home page reads of each thing that may wait for somebody.

use entity::Instant;
use entity::agreement_request::RequestState;
use entity::ids::{
    AccountId, AgreementId, AgreementRequestId, CertificationId, ExpertId, PartnerUpdateId, ReserveId,
    StructureId,
};
use sea_orm::FromQueryResult;
use time::Date;
use uuid::Uuid;

use super::todo::{Kind, Task};
use crate::authz::Facts;
use crate::rules::deadline::day_in_zone;

/// A request that is not over.
#[derive(Clone, Debug)]
pub struct RequestRow {
    /// Key.
    pub id: AgreementRequestId,
    /// The human number.
    pub reference: String,
    /// State.
    pub state: RequestState,
    /// Structure.
    pub structure_id: StructureId,
    /// Its INSEE region.
    pub region: String,
    /// Its IANA zone, in which its deadlines end.
    pub zone: String,
    /// Certification.
    pub certification_id: CertificationId,
    /// Contrôleur.
    pub controller_id: Option<ExpertId>,
    /// The instant that its state counts from: the last change of a draft, the submission, the end of the delay to complete, the completion
    /// or the visit given back, the mission given or resumed, the date of the visit, the visit recorded, the end of the delay to comment, the opinion,
    /// the appeal not settled.
    pub since: Option<Instant>,
    /// Comments received.
    pub commented_at: Option<Instant>,
    /// Date of the committee.
    pub committee_on: Option<Date>,
    /// End of the adjournment.
    pub adjourned_until: Option<Date>,
    /// Who took the decision appealed against; read apart.
    pub decided_by: Option<AccountId>,
}

/// A row of the requests, its columns in their order: read by place, there are thousands.
pub type RequestColumns = (
    AgreementRequestId,
    RequestState,
    StructureId,
    Option<ExpertId>,
    Option<Instant>,
    Option<Date>,
    String,
    Option<Instant>,
    String,
    String,
    CertificationId,
    Option<Date>,
);

impl From<RequestColumns> for RequestRow {
    fn from(columns: RequestColumns) -> Self {
        let (id, state, structure_id, controller_id, commented_at, adjourned_until, ..) = columns;
        let (.., reference, since, region, zone, certification_id, committee_on) = columns;
        Self {
            id,
            reference,
            state,
            structure_id,
            region,
            zone,
            certification_id,
            controller_id,
            since,
            commented_at,
            committee_on,
            adjourned_until,
            decided_by: None,
        }
    }
}

impl RequestRow {
    /// The day of an instant where the structure is.
    #[must_use]
    pub fn day(&self, at: Instant) -> Date {
        day_in_zone(*at, &self.zone)
    }

    /// What the policy looks at.
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts {
            structure: Some(self.structure_id),
            region: Some(self.region.clone()),
            certification: Some(self.certification_id),
            expert: self.controller_id,
            inspected_by: self.controller_id,
            decided_by: self.decided_by,
            ..Facts::default()
        }
    }
}

/// Which right a row is about, and where.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Place {
    /// Number of the request that gave the right, or of its draft.
    pub reference: String,
    /// Structure.
    pub structure_id: StructureId,
    /// Its name.
    pub structure_name: String,
    /// Its INSEE region.
    pub region: String,
    /// Its IANA zone.
    pub zone: String,
    /// Certification.
    pub certification_id: CertificationId,
}

impl Place {
    /// The day of an instant there.
    #[must_use]
    pub fn day(&self, at: Instant) -> Date {
        day_in_zone(*at, &self.zone)
    }

    /// A task about this right, or about something of it.
    #[must_use]
    pub fn task(&self, kind: Kind, subject: impl Into<Uuid>, due_on: Date) -> Task {
        let facts = Facts {
            structure: Some(self.structure_id),
            region: Some(self.region.clone()),
            certification: Some(self.certification_id),
            ..Facts::default()
        };
        let (reference, about) = (self.reference.clone(), self.structure_name.clone());
        Task { reference, about, facts, ..Task::new(kind, subject, due_on) }
    }
}

/// A right whose convention is not signed by both.
#[derive(Clone, Debug, FromQueryResult)]
pub struct RightRow {
    /// Key.
    pub id: AgreementId,
    /// Which right.
    #[sea_orm(nested)]
    pub place: Place,
    /// Convention sent.
    pub convention_sent_at: Option<Instant>,
    /// Signed by the structure.
    pub signed_by_structure_at: Option<Instant>,
    /// Signed by the certifier.
    pub signed_by_certifier_at: Option<Instant>,
}

/// An open reserve of a right.
#[derive(Clone, Debug, FromQueryResult)]
pub struct ReserveRow {
    /// Key.
    pub id: ReserveId,
    /// Which right.
    #[sea_orm(nested)]
    pub place: Place,
    /// What must be done.
    pub text: String,
    /// By when.
    pub due_on: Date,
    /// When the structure brought a proof.
    pub proof_at: Option<Instant>,
}

/// An update of the list of partners that is due.
#[derive(Clone, Debug, FromQueryResult)]
pub struct UpdateRow {
    /// Key.
    pub id: PartnerUpdateId,
    /// Which right.
    #[sea_orm(nested)]
    pub place: Place,
    /// By when.
    pub due_on: Date,
}
