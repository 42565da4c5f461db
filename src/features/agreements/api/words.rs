//! The enumerations of the API of the agreement desk, each beside the one that is stored.

use crate::http::api::words::words;

words! {
    /// State of a request.
    StateWord as "AgreementRequestState" for entity::agreement_request::RequestState {
        /// Being written.
        Draft,
        /// Waits for the examination of its pieces.
        Submitted,
        /// Sent back with the list of what is missing.
        Incomplete,
        /// Every piece is valid.
        Complete,
        /// A contrôleur has the mission.
        VisitToSchedule,
        /// The date is fixed.
        VisitScheduled,
        /// The visit took place.
        VisitDone,
        /// The structure may answer the provisional report.
        Adversarial,
        /// The opinion is given.
        OpinionGiven,
        /// On the agenda of a committee.
        InCommittee,
        /// Granted.
        Granted,
        /// Granted, with reserves.
        GrantedWithReserves,
        /// Put off.
        Adjourned,
        /// Refused; an appeal is possible.
        Refused,
        /// Under appeal.
        Appeal,
        /// Given up by the structure.
        Withdrawn,
        /// Draft left idle too long.
        Abandoned,
        /// Not completed in time.
        ClosedIdle,
        /// The refusal was confirmed.
        RefusedFinal,
    }
    /// First request or renewal.
    KindWord as "AgreementRequestKind" for entity::agreement_request::RequestKind {
        /// First request.
        First,
        /// Renewal of an agreement.
        Renewal,
    }
    /// Service covered.
    RoleWord as "AgreementRole" for entity::agreement_request::AgreementRole {
        /// Prepare people.
        Train,
        /// Organise the evaluation.
        Organise,
        /// Both.
        TrainAndOrganise,
    }
    /// How a visit is made.
    ModeWord as "VisitMode" for entity::agreement_request::VisitMode {
        /// On the premises.
        OnSite,
        /// By video.
        Video,
        /// On documents alone.
        Documents,
    }
    /// Opinion of the contrôleur.
    OpinionWord as "VisitOpinion" for entity::agreement_request::Opinion {
        /// In favour.
        Favourable,
        /// In favour, with reserves.
        FavourableWithReserve,
        /// Against.
        Unfavourable,
    }
    /// Score of a criterion.
    ScoreWord as "CriterionScore" for entity::grid_score::Score {
        /// Conforming.
        Conforming,
        /// Minor gap.
        Minor,
        /// Major gap.
        Major,
        /// Does not apply.
        NotApplicable,
    }
    /// What is thought of a piece.
    PieceStateWord as "PieceState" for entity::request_piece::PieceState {
        /// Not examined yet.
        Received,
        /// Accepted.
        Accepted,
        /// To be replaced.
        Rejected,
    }
    /// What a committee decided.
    OutcomeWord as "DecisionOutcome" for entity::decision::Outcome {
        /// Granted.
        Grant,
        /// Granted, with reserves.
        GrantWithReserves,
        /// Put off.
        Adjourn,
        /// Refused.
        Refuse,
    }
    /// Whether a reserve remains.
    ReserveStateWord as "ReserveState" for entity::reserve::ReserveState {
        /// Still to do.
        Open,
        /// Done, with evidence.
        Closed,
    }
    /// Answer to an appeal.
    AppealOutcomeWord as "AppealOutcome" for entity::appeal::AppealOutcome {
        /// The refusal stands.
        Upheld,
        /// The refusal falls.
        Overturned,
    }
    /// State of a committee.
    CommitteeStateWord as "CommitteeState" for entity::committee::CommitteeState {
        /// To come.
        Planned,
        /// Held.
        Held,
        /// Cancelled.
        Cancelled,
    }
    /// State of an agreement.
    AgreementStateWord as "AgreementState" for entity::agreement::AgreementState {
        /// The convention waits for signatures.
        Pending,
        /// In force.
        Active,
        /// In force, with reserves.
        ActiveWithReserves,
        /// Suspended.
        Suspended,
        /// Withdrawn by the certifier.
        Withdrawn,
        /// Given up by the structure.
        Renounced,
        /// Its period is over.
        Expired,
    }
    /// What is done to an agreement in its life.
    ActKindWord as "RightActKind" for entity::right_act::ActKind {
        /// Set aside.
        Suspension,
        /// Given back.
        Reinstatement,
        /// Taken away, by two people.
        Withdrawal,
        /// Given up by the structure.
        Renouncement,
    }
    /// Where such an act stands.
    ActStateWord as "RightActState" for entity::right_act::ActState {
        /// The structure was told, and may comment.
        Notified,
        /// A second person has to confirm.
        Asked,
        /// It was done, and stands.
        Done,
        /// The procedure was given up.
        Dropped,
        /// It was done, then undone in time.
        Undone,
    }
    /// Why it is done.
    ActCauseWord as "RightActCause" for entity::right_act::ActCause {
        /// A major gap that remains.
        Breach,
        /// A reserve that was not closed in time.
        OverdueReserves,
        /// Corrective actions that were not done in time.
        OverdueActions,
        /// An inspection that was refused.
        RefusedInspection,
        /// A fraud.
        Fraud,
        /// A danger for people.
        Danger,
        /// What was found is put right.
        ActionsVerified,
        /// Every reserve is closed.
        ReservesLifted,
        /// The structure wishes it.
        OwnWish,
    }
    /// What a finding is.
    GroundKindWord as "SanctionGroundKind" for entity::sanction_ground::GroundKind {
        /// A gap found by an inspection.
        Nonconformity,
        /// The late actions of an inspection.
        OverdueActions,
        /// A reserve.
        Reserve,
        /// An inspection that was refused.
        RefusedInspection,
        /// What happened, in words.
        Incident,
    }
    /// What a notice announces.
    SanctionWord as "Sanction" for crate::rules::sanction::Sanction {
        /// A suspension.
        Suspend,
        /// A withdrawal.
        Withdraw,
    }
    /// What a structure declares.
    ChangeTopicWord as "RightChangeTopic" for entity::right_change::ChangeTopic {
        /// A site.
        Site,
        /// The person in charge.
        Referent,
        /// The team.
        Team,
        /// The legal form.
        LegalForm,
        /// Anything else.
        Other,
    }
    /// Where a declared change stands.
    ChangeStateWord as "RightChangeState" for entity::right_change::ChangeState {
        /// To be reviewed.
        Declared,
        /// Answered.
        Reviewed,
    }
    /// What comes of a declared change.
    ChangeReviewWord as "RightChangeReview" for entity::right_change::ChangeReview {
        /// It is noted.
        Noted,
        /// The convention is amended.
        Amendment,
        /// An inspection is to be planned.
        Inspection,
    }
}
