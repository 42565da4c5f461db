//! The closed words of the API of missions.

use entity::{expense_claim, expense_line, habilitation, mission, mission_offer};

use crate::features::missions::input;
use crate::features::missions::state::Step;
use crate::http::api::words::words;

words! {
    /// What a mission is for.
    ObjectWord as "MissionObject" for mission::MissionObject {
        /// To preside over a jury.
        Jury,
        /// To check a structure.
        Inspection,
        /// To help a team.
        Support,
        /// To train.
        Session,
        /// To work together.
        Meeting,
        /// To watch and learn.
        Observation,
    }
}

words! {
    /// How people meet.
    ModeWord as "MissionMode" for input::Mode {
        /// Where it takes place.
        OnSite,
        /// At a distance.
        Remote,
    }
}

words! {
    /// Where a mission stands.
    StateWord as "MissionState" for mission::MissionState {
        /// Waits for an answer.
        Proposed,
        /// Somebody has it.
        Accepted,
        /// The person declined or dropped out, and nobody else was asked.
        Declined,
        /// Nobody answered in time.
        Expired,
        /// Taken back by the certifier.
        Withdrawn,
        /// Under way.
        InProgress,
        /// It took place.
        Done,
        /// Its report is there.
        ReportReceived,
        /// Its fee and expenses are claimed.
        ExpensesClaimed,
        /// Nothing is left to pay.
        Settled,
        /// It does not take place.
        Cancelled,
    }
}

words! {
    /// Where an offer stands.
    OfferStateWord as "MissionOfferState" for mission_offer::OfferState {
        /// In line.
        Waiting,
        /// Waits for an answer.
        Sent,
        /// Accepted.
        Accepted,
        /// Declined.
        Declined,
        /// No answer in time.
        Expired,
        /// Taken back.
        Withdrawn,
        /// Accepted, then given up.
        DroppedOut,
    }
}

words! {
    /// Why a person declines.
    DeclineReasonWord as "MissionDeclineReason" for mission_offer::DeclineReason {
        /// Not free.
        Unavailable,
        /// Too far.
        TooFar,
        /// A tie with the structure or a person.
        Tie,
        /// Too many missions.
        Workload,
        /// A personal hindrance.
        Health,
        /// Another reason, told in the note.
        Other,
    }
}

words! {
    /// The habilitation that a mission needs.
    MissionDutyWord as "MissionDuty" for habilitation::Duty {
        /// Presides over juries for the certifier.
        Mandataire,
        /// Checks structures.
        Controleur,
        /// Trains towards the CQP EPSP.
        Epsp,
    }
}

words! {
    /// What may happen to a mission.
    StepWord as "MissionStep" for Step {
        /// Accept.
        Accept,
        /// Decline.
        Decline,
        /// Nobody answered in time.
        Expire,
        /// Take back.
        Withdraw,
        /// Offer to someone else.
        Offer,
        /// Drop out.
        DropOut,
        /// Move.
        Move,
        /// Begin.
        Start,
        /// Say that it took place.
        Finish,
        /// Say that it did not, after all.
        Reopen,
        /// File the report.
        Report,
        /// Claim the fee and the expenses.
        Claim,
        /// Send the claim back.
        ReturnClaim,
        /// Pay, or say that nothing is to be paid.
        Settle,
        /// Cancel.
        Cancel,
    }
}

words! {
    /// What an expense is.
    ExpenseKindWord as "MissionExpenseKind" for expense_line::ExpenseKind {
        /// Kilometres by car, worth the scale.
        Mileage,
        /// Nights.
        Night,
        /// Meals.
        Meal,
        /// Train, plane, toll.
        Transport,
        /// Something else.
        Other,
    }
}

words! {
    /// Where a claim stands.
    ClaimStateWord as "MissionClaimState" for expense_claim::ClaimState {
        /// Waits for the team.
        Submitted,
        /// To be corrected.
        Returned,
        /// The service was done: to be paid.
        Certified,
        /// Paid.
        Paid,
    }
}
