//! The enumerations of the API of the agreement desk, each beside the one that is stored.

use poem_openapi::Enum;

/// Declares an enumeration of the API with the same variants as a stored one, both ways.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident ($wire:literal) = $stored:path { $($(#[$variant_doc:meta])* $variant:ident,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
        #[oai(rename_all = "snake_case", rename = $wire)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl From<$stored> for $name {
            fn from(stored: $stored) -> Self {
                use $stored as Stored;
                match stored { $(Stored::$variant => Self::$variant,)+ }
            }
        }

        impl From<$name> for $stored {
            fn from(word: $name) -> Self {
                use $stored as Stored;
                match word { $($name::$variant => Stored::$variant,)+ }
            }
        }
    )+};
}

words! {
    /// State of a request.
    StateWord ("AgreementRequestState") = entity::agreement_request::RequestState {
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
    KindWord ("AgreementRequestKind") = entity::agreement_request::RequestKind {
        /// First request.
        First,
        /// Renewal of an agreement.
        Renewal,
    }
    /// Service covered.
    RoleWord ("AgreementRole") = entity::agreement_request::AgreementRole {
        /// Prepare people.
        Train,
        /// Organise the evaluation.
        Organise,
        /// Both.
        TrainAndOrganise,
    }
    /// How a visit is made.
    ModeWord ("VisitMode") = entity::agreement_request::VisitMode {
        /// On the premises.
        OnSite,
        /// By video.
        Video,
        /// On documents alone.
        Documents,
    }
    /// Opinion of the contrôleur.
    OpinionWord ("VisitOpinion") = entity::agreement_request::Opinion {
        /// In favour.
        Favourable,
        /// In favour, with reserves.
        FavourableWithReserve,
        /// Against.
        Unfavourable,
    }
    /// Score of a criterion.
    ScoreWord ("CriterionScore") = entity::grid_score::Score {
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
    PieceStateWord ("PieceState") = entity::request_piece::PieceState {
        /// Not examined yet.
        Received,
        /// Accepted.
        Accepted,
        /// To be replaced.
        Rejected,
    }
    /// What a committee decided.
    OutcomeWord ("DecisionOutcome") = entity::decision::Outcome {
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
    ReserveStateWord ("ReserveState") = entity::reserve::ReserveState {
        /// Still to do.
        Open,
        /// Done, with evidence.
        Closed,
    }
    /// Answer to an appeal.
    AppealOutcomeWord ("AppealOutcome") = entity::appeal::AppealOutcome {
        /// The refusal stands.
        Upheld,
        /// The refusal falls.
        Overturned,
    }
    /// State of a committee.
    CommitteeStateWord ("CommitteeState") = entity::committee::CommitteeState {
        /// To come.
        Planned,
        /// Held.
        Held,
        /// Cancelled.
        Cancelled,
    }
    /// State of an agreement.
    AgreementStateWord ("AgreementState") = entity::agreement::AgreementState {
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
}
