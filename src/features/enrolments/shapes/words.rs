//! The words of the API of enrolments.

use entity::enrolment::{EnrolmentCause, EnrolmentState, EnrolmentWay, TraineeStatus};
use entity::enrolment_need::{FilledBy, Positioning, Prerequisites};
use entity::training_buyer::BuyerKind;

use crate::http::api::words::words;

words! {
    /// Where an enrolment stands.
    StateWord as "EnrolmentState" for EnrolmentState {
        /// The team looks at it.
        Requested,
        /// In the waiting list.
        Waitlisted,
        /// A seat is offered for a time.
        Offered,
        /// A seat is held for a time.
        Held,
        /// The contract or the convention is signed.
        Contracted,
        /// The person may be called.
        Confirmed,
        /// They were there.
        Present,
        /// They were not.
        Absent,
        /// They followed the training to its end.
        Completed,
        /// They gave up on the way.
        DroppedOut,
        /// Nothing came in time.
        Expired,
        /// Cancelled by the person or the employer.
        CancelledByClient,
        /// Cancelled by the certifier.
        CancelledByProvider,
        /// The session is moved, or the person went to another one.
        Postponed,
    }
    /// How somebody came to be enrolled.
    WayWord as "EnrolmentWay" for EnrolmentWay {
        /// By the catalogue.
        Public,
        /// By their structure.
        Structure,
        /// By the team.
        Staff,
        /// By the API.
        Api,
        /// By a file.
        Import,
    }
    /// What a trainee is.
    StatusWord as "TraineeStatus" for TraineeStatus {
        /// An employee of a private employer.
        PrivateEmployee,
        /// An apprentice.
        Apprentice,
        /// Looking for a job.
        JobSeeker,
        /// At their own cost.
        Individual,
        /// Something else.
        Other,
    }
    /// Why an enrolment ended before its time.
    CauseWord as "EnrolmentCause" for EnrolmentCause {
        /// Work.
        Work,
        /// Health; nothing more is asked.
        Health,
        /// Personal.
        Personal,
        /// The employer decided.
        Employer,
        /// The funding was refused.
        Funding,
        /// The prerequisites are not met.
        Prerequisites,
        /// Nothing came in time.
        NoAnswer,
        /// The person withdrew in the days that the law gives.
        Withdrawal,
        /// Nobody could do otherwise.
        ForceMajeure,
        /// The certifier decided.
        Provider,
        /// Another reason.
        Other,
    }
    /// Who pays.
    BuyerWord as "EnrolmentBuyer" for BuyerKind {
        /// The person.
        Individual,
        /// Their employer.
        Employer,
    }
    /// Whether the prerequisites are met.
    PrerequisitesWord as "EnrolmentPrerequisites" for Prerequisites {
        /// The programme asks for none.
        NoneAsked,
        /// They are met.
        Met,
        /// They are not.
        NotMet,
        /// To be checked.
        ToCheck,
    }
    /// How a person was positioned.
    PositioningWord as "EnrolmentPositioning" for Positioning {
        /// They were not.
        None,
        /// By a test.
        Test,
        /// In an interview.
        Interview,
        /// By themselves.
        SelfAssessed,
    }
    /// Who told the need.
    FilledByWord as "EnrolmentFilledBy" for FilledBy {
        /// The person.
        Trainee,
        /// Their employer.
        Employer,
        /// The team.
        Staff,
    }
}
