//! One type per key, so that the identifier of a structure is never taken for that of a request.

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

typed_id! {
    /// Key of `account`.
    AccountId,
    /// Key of `account_role`.
    AccountRoleId,
    /// Key of `sign_in_link`.
    SignInLinkId,
    /// Key of `web_session`.
    WebSessionId,
    /// Key of `api_token`.
    ApiTokenId,
    /// Key of `recovery_code`.
    RecoveryCodeId,
    /// Key of `structure`.
    StructureId,
    /// Key of `structure_contact`.
    StructureContactId,
    /// Key of `site`.
    SiteId,
    /// Key of `access_request`.
    AccessRequestId,
    /// Key of `certification`.
    CertificationId,
    /// Key of `certification_version`.
    CertificationVersionId,
    /// Key of `registration`.
    RegistrationId,
    /// Key of `legal_certifier`.
    LegalCertifierId,
    /// Key of `referential`.
    ReferentialId,
    /// Key of `bloc`.
    BlocId,
    /// Key of `skill`.
    SkillId,
    /// Key of `epreuve`.
    EpreuveId,
    /// Key of `epreuve_cover`.
    EpreuveCoverId,
    /// Key of `access_route`.
    AccessRouteId,
    /// Key of `expert`.
    ExpertId,
    /// Key of `habilitation`.
    HabilitationId,
    /// Key of `habilitation_step`.
    HabilitationStepId,
    /// Key of `expert_piece`.
    ExpertPieceId,
    /// Key of `dated_right`.
    DatedRightId,
    /// Key of `right_suspension`.
    RightSuspensionId,
    /// Key of `right_record`.
    RightRecordId,
    /// Key of `declared_interest`.
    DeclaredInterestId,
    /// Key of `employment`.
    EmploymentId,
    /// Key of `interest_declaration`.
    InterestDeclarationId,
    /// Key of `tie_alert`.
    TieAlertId,
    /// Key of `availability_day`.
    AvailabilityDayId,
    /// Key of `recurring_half_day`.
    RecurringHalfDayId,
    /// Key of `absence`.
    AbsenceId,
    /// Key of `school_holiday`.
    SchoolHolidayId,
    /// Key of `meeting`.
    MeetingId,
    /// Key of `meeting_guest`.
    MeetingGuestId,
    /// Key of `meeting_link`.
    MeetingLinkId,
    /// Key of `meeting_decision`.
    MeetingDecisionId,
    /// Key of `meeting_action`.
    MeetingActionId,
    /// Key of `agreement_request`.
    AgreementRequestId,
    /// Key of `request_site`.
    RequestSiteId,
    /// Key of `request_piece`.
    RequestPieceId,
    /// Key of `missing_piece`.
    MissingPieceId,
    /// Key of `grid_score`.
    GridScoreId,
    /// Key of `committee`.
    CommitteeId,
    /// Key of `decision`.
    DecisionId,
    /// Key of `reserve`.
    ReserveId,
    /// Key of `appeal`.
    AppealId,
    /// Key of `agreement`.
    AgreementId,
    /// Key of `partner_update`.
    PartnerUpdateId,
    /// Key of `mission`.
    MissionId,
    /// Key of `mission_certification`.
    MissionCertificationId,
    /// Key of `engagement_half_day`.
    EngagementHalfDayId,
    /// Key of `mission_offer`.
    MissionOfferId,
    /// Key of `mission_link`.
    MissionLinkId,
    /// Key of `visit_link`.
    VisitLinkId,
    /// Key of `agenda_feed`.
    AgendaFeedId,
    /// Key of `expense_claim`.
    ExpenseClaimId,
    /// Key of `expense_line`.
    ExpenseLineId,
    /// Key of `claim_correction`.
    ClaimCorrectionId,
    /// Key of `document`.
    DocumentId,
    /// Key of `audit_event`.
    AuditEventId,
    /// Key of `mail`.
    MailId,
    /// Key of `mail_delivery`.
    MailDeliveryId,
    /// Key of `notice`.
    NoticeId,
    /// Key of `task_note`.
    TaskNoteId,
    /// Key of `job`.
    JobId,
    /// Key of `candidate`.
    CandidateId,
    /// Key of `candidate_stay`.
    CandidateStayId,
    /// Key of `candidate_positioning`.
    CandidatePositioningId,
    /// Key of `candidate_observation`.
    CandidateObservationId,
    /// Key of `candidate_immersion`.
    CandidateImmersionId,
    /// Key of `candidate_piece`.
    CandidatePieceId,
    /// Key of `candidate_adaptation`.
    CandidateAdaptationId,
    /// Key of `candidate_tie`.
    CandidateTieId,
    /// Key of `college_seat`.
    CollegeSeatId,
    /// Key of `jury_session`.
    JurySessionId,
    /// Key of `jury_wish`.
    JuryWishId,
    /// Key of `jury_room`.
    JuryRoomId,
    /// Key of `jury_member`.
    JuryMemberId,
    /// Key of `jury_passage`.
    JuryPassageId,
    /// Key of `jury_mark`.
    JuryMarkId,
    /// Key of `jury_ruling`.
    JuryRulingId,
    /// Key of `jury_vote`.
    JuryVoteId,
    /// Key of `jury_abstention`.
    JuryAbstentionId,
    /// Key of `jury_incident`.
    JuryIncidentId,
    /// Key of `jury_change`.
    JuryChangeId,
    /// Key of `jury_minutes`.
    JuryMinutesId,
    /// Key of `jury_signature`.
    JurySignatureId,
    /// Key of `jury_code`.
    JuryCodeId,
    /// Key of `jury_check`.
    JuryCheckId,
    /// Key of `candidate_appeal`.
    CandidateAppealId,
    /// Key of `certificate_batch`.
    CertificateBatchId,
    /// Key of `certificate`.
    CertificateId,
    /// Key of `certificate_change`.
    CertificateChangeId,
    /// Key of `certificate_revocation`.
    CertificateRevocationId,
    /// Key of `inspection`.
    InspectionId,
    /// Key of `inspection_answer`.
    InspectionAnswerId,
    /// Key of `inspection_change`.
    InspectionChangeId,
    /// Key of `inspection_photo`.
    InspectionPhotoId,
    /// Key of `inspection_comment`.
    InspectionCommentId,
    /// Key of `nonconformity`.
    NonconformityId,
    /// Key of `corrective_action`.
    CorrectiveActionId,
    /// Key of `corrective_evidence`.
    CorrectiveEvidenceId,
    /// Key of `draw`.
    DrawId,
    /// Key of `draw_pick`.
    DrawPickId,
    /// Key of `right_act`.
    RightActId,
    /// Key of `sanction_ground`.
    SanctionGroundId,
    /// Key of `right_change`.
    RightChangeId,
    /// Key of `jury_kept`.
    JuryKeptId,
    /// Key of `teaching_support`.
    TeachingSupportId,
    /// Key of `support_nonconformity`.
    SupportNonconformityId,
}
