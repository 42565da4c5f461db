//! The words of the API of the people of juries.

use entity::college_seat::College;
use entity::jury_member::{MemberState, Seat};

use crate::http::api::words::words;
use crate::rules::jury::impartiality::{Check, Severity, Verdict};

words! {
    /// A seat of a jury.
    SeatWord as "PanelSeat" for Seat {
        /// Presides.
        President,
        /// For the employers' college.
        Employers,
        /// For the employees' college.
        Employees,
        /// Another professional.
        Other,
        /// Watches, and does not vote.
        Observer,
    }
}

words! {
    /// Where the place of a member stands.
    MemberStateWord as "PanelMemberState" for MemberState {
        /// Was asked.
        Proposed,
        /// Sits.
        Accepted,
        /// Declined, or did not answer in time.
        Declined,
        /// Was taken back.
        Removed,
    }
}

words! {
    /// A college of the branch, or another professional.
    CollegeWord as "PanelCollege" for College {
        /// The employers.
        Employers,
        /// The employees.
        Employees,
        /// Another professional.
        Other,
    }
}

words! {
    /// A check of impartiality.
    CheckWord as "PanelCheck" for Check {
        /// Serves or served the structure.
        J1,
        /// Trained, supervised, accompanied or assessed a candidate.
        J2,
        /// Is close to a candidate, or in dispute with them.
        J3,
        /// Gave the structure teaching support.
        J4,
        /// Controlled the structure in its current period.
        J5,
        /// Presided there too many times running.
        J6,
        /// No habilitation, or no declaration of interests up to date.
        J7,
        /// From a competitor or the same group.
        J8,
        /// No declaration of impartiality for this session.
        J9,
    }
}

words! {
    /// How much a finding weighs.
    SeverityWord as "PanelSeverity" for Severity {
        /// The session does not open before it is settled.
        Opening,
        /// Passes with a written reason.
        Warning,
        /// The person does not judge this candidate.
        Candidate,
        /// The person does not sit.
        Blocking,
    }
}

words! {
    /// What everything makes together.
    VerdictWord as "PanelVerdict" for Verdict {
        /// May sit.
        Free,
        /// May sit, for a written reason.
        Reasoned,
        /// May not sit.
        Refused,
    }
}
