//! The closed words of the API of inspections.

use entity::{
    agreement_request, corrective_action, draw, grid_score, inspection, inspection_change, nonconformity,
};

use crate::features::inspections::input;
use crate::http::api::words::words;

words! {
    /// Why an inspection is made.
    TriggerWord as "InspectionTrigger" for inspection::Trigger {
        /// The visit of a request.
        Initial,
        /// Once in a period.
        Periodic,
        /// Without a notice.
        Unannounced,
        /// After something that was told.
        Alert,
        /// To check actions.
        FollowUp,
        /// Before a renewal.
        Renewal,
    }
}

words! {
    /// Where an inspection stands.
    InspectionStateWord as "InspectionState" for inspection::InspectionState {
        /// To be made.
        Planned,
        /// The structure was told of its date.
        Notified,
        /// It took place.
        Performed,
        /// The structure refused it.
        RefusedByStructure,
        /// The structure may comment.
        Adversarial,
        /// Gaps are to be put right.
        ActionsRequested,
        /// The structure answered.
        ActionsSubmitted,
        /// The day is behind.
        Overdue,
        /// It ended without a gap.
        ClosedConforming,
        /// Every gap was put right.
        Closed,
        /// It does not take place.
        Cancelled,
    }
}

words! {
    /// How an inspection is made.
    InspectionModeWord as "InspectionMode" for agreement_request::VisitMode {
        /// Where the structure is.
        OnSite,
        /// At a distance.
        Video,
        /// From documents.
        Documents,
    }
}

words! {
    /// What a grid is worth.
    RatingWord as "InspectionRating" for inspection::InspectionRating {
        /// Conforming.
        Conforming,
        /// Under reserve.
        UnderReserve,
        /// Unfavourable.
        Unfavourable,
    }
}

words! {
    /// How an inspection ends.
    ProposalWord as "InspectionProposal" for inspection::Proposal {
        /// No gap is left.
        CloseConforming,
        /// Gaps are to be put right.
        RequestActions,
    }
}

words! {
    /// A score of the grid.
    ScoreWord as "InspectionScore" for grid_score::Score {
        /// Conforming.
        Conforming,
        /// A minor gap.
        Minor,
        /// A major gap.
        Major,
        /// It does not apply.
        NotApplicable,
    }
}

words! {
    /// How grave a gap is.
    SeverityWord as "NonconformitySeverity" for nonconformity::Severity {
        /// Minor.
        Minor,
        /// Major.
        Major,
    }
}

words! {
    /// Where a gap stands.
    GapStateWord as "NonconformityState" for nonconformity::NonconformityState {
        /// Found.
        Found,
        /// To be put right.
        ActionsRequested,
        /// Answered, to be checked.
        Answered,
        /// The answer is not enough.
        Insufficient,
        /// The day is behind.
        Overdue,
        /// Put right.
        Closed,
        /// Given up.
        Dropped,
    }
}

words! {
    /// Where an answer stands.
    ActionStateWord as "CorrectiveActionState" for corrective_action::ActionState {
        /// Being written.
        Draft,
        /// Submitted.
        Submitted,
        /// Not enough.
        Insufficient,
        /// It puts the gap right.
        Closed,
    }
}

words! {
    /// On what an answer was checked.
    VerifiedWord as "CorrectiveActionCheck" for corrective_action::VerifiedBy {
        /// Documents.
        Documents,
        /// A follow-up inspection.
        FollowUp,
    }
}

words! {
    /// What became of an answer that was sent.
    OutcomeWord as "InspectionChangeOutcome" for inspection_change::ChangeOutcome {
        /// Written.
        Applied,
        /// Another value was written meanwhile.
        Conflict,
        /// The grid refuses it.
        Refused,
        /// It came too late: kept for somebody.
        Aside,
    }
}

words! {
    /// What is drawn.
    DrawSubjectWord as "DrawSubject" for draw::DrawSubject {
        /// Rights to inspect.
        Structures,
        /// Files to read.
        CandidateFiles,
    }
}

words! {
    /// Where a draw stands.
    DrawStateWord as "DrawState" for draw::DrawState {
        /// Its rules are written.
        Prepared,
        /// Its rules and its seed are known.
        Published,
        /// Drawn.
        Drawn,
        /// It does not take place.
        Cancelled,
    }
}

words! {
    /// How a population is parted.
    PartedWord as "DrawPartedBy" for input::PartedBy {
        /// It is not.
        Nothing,
        /// The mainland and overseas.
        Sea,
        /// By region.
        Region,
    }
}
