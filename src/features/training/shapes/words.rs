//! The words of the API of sessions.

use entity::availability_day::HalfDay;
use entity::training_session::{Delivery, SessionCause, SessionKind, SessionState};
use entity::training_trainer::TrainerStanding;

use crate::features::training::state::Step;
use crate::http::api::words::words;

pub use crate::features::programmes::shapes::words::{ModalityWord, ThemeWord};

words! {
    /// Where a session stands.
    StateWord as "TrainingSessionState" for SessionState {
        /// Prepared, seen by nobody.
        Project,
        /// People enrol.
        Open,
        /// It will be held.
        Confirmed,
        /// It has begun.
        InProgress,
        /// It has ended.
        Ended,
        /// Every proof is there.
        Closed,
        /// It waits for other dates.
        Postponed,
        /// It is not held.
        Cancelled,
    }

    /// For whom a session is held.
    KindWord as "TrainingSessionKind" for SessionKind {
        /// For everybody.
        Inter,
        /// For one structure.
        Intra,
        /// For one structure, in its premises.
        OnSite,
    }

    /// Who delivers a session.
    DeliveryWord as "TrainingDelivery" for Delivery {
        /// The body itself.
        Own,
        /// A sub-contractor.
        Entrusted,
        /// The body, for another one.
        Received,
    }

    /// Why a session is postponed or cancelled.
    CauseWord as "TrainingSessionCause" for SessionCause {
        /// Too few people.
        TooFew,
        /// Nobody to teach.
        Trainer,
        /// No room.
        Room,
        /// Whoever asked for it gave it up.
        Client,
        /// An event that nobody could foresee.
        ForceMajeure,
        /// Another reason.
        Other,
    }

    /// What somebody who teaches is to the body.
    StandingWord as "TrainerStanding" for TrainerStanding {
        /// Of its staff.
        OwnStaff,
        /// From outside.
        External,
    }

    /// Half of a day.
    HalfWord as "TrainingHalfDay" for HalfDay {
        /// Before one in the afternoon.
        Morning,
        /// After.
        Afternoon,
    }

    /// What may happen to a session.
    StepWord as "TrainingSessionStep" for Step {
        /// People may enrol.
        Open,
        /// It is a project again.
        Withdraw,
        /// It will be held.
        Confirm,
        /// It may not be held after all.
        Unconfirm,
        /// It begins.
        Start,
        /// It has ended.
        Finish,
        /// Every proof is there.
        Close,
        /// A proof is to be corrected.
        Reopen,
        /// It waits for other dates.
        Postpone,
        /// It has other dates.
        Reschedule,
        /// It is not held.
        Cancel,
        /// It was cancelled by mistake.
        Restore,
    }
}
