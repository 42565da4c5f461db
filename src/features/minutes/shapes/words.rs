//! The words of the API of minutes.

use entity::candidate_appeal::AppealOutcome;
use entity::jury_minutes::{MinutesKind, MinutesState};
use entity::jury_signature::SignatureKind;

use super::super::input::Point;
use crate::http::api::words::words;

words! {
    /// Minutes, or those of a jury without quorum.
    KindWord as "MinutesKind" for MinutesKind {
        /// Of a jury that sat.
        Minutes,
        /// Of a jury that members lacked.
        NoQuorum,
    }
}

words! {
    /// Where minutes stand.
    RecordStateWord as "MinutesState" for MinutesState {
        /// They wait for signatures.
        ToSign,
        /// Everybody signed, or refused with a reason.
        Signed,
        /// They conform.
        Checked,
        /// Others correct them.
        Replaced,
    }
}

words! {
    /// How a member answers.
    SignatureWord as "MinutesSignature" for SignatureKind {
        /// By hand, on a screen.
        Drawn,
        /// By a one-time code alone.
        Code,
        /// From their own account.
        Account,
        /// They refuse, with a reason.
        Refused,
    }
}

words! {
    /// A point that whoever checks looks at.
    PointWord as "MinutesPoint" for Point {
        /// The people are those of the list.
        People,
        /// The quorum, for each candidate.
        Quorum,
        /// Declarations of impartiality and abstentions.
        Impartiality,
        /// A decision for each candidate who came.
        Decisions,
        /// What is acquired agrees with each decision.
        Units,
        /// Incidents are told as they may be.
        Incidents,
        /// Each member answered.
        Signatures,
    }
}

words! {
    /// How an appeal ends.
    AppealOutcomeWord as "JuryAppealOutcome" for AppealOutcome {
        /// The decision stands.
        Upheld,
        /// An error is corrected by the jury.
        Corrected,
        /// The passage does not count.
        Annulled,
    }
}
