//! The words of the API of juries.

use entity::availability_day::HalfDay;
use entity::jury_change::ChangeOutcome;
use entity::jury_incident::IncidentKind;
use entity::jury_member::{MemberState, Seat};
use entity::jury_passage::Presence;
use entity::jury_session::{JuryMode, JuryState};
use entity::jury_vote::Vote;

use crate::http::api::words::words;

words! {
    /// Where a session stands.
    StateWord as "JuryState" for JuryState {
        /// Asked for.
        Requested,
        /// Not organised.
        Rejected,
        /// It has its date and its place.
        Planned,
        /// It will take place.
        Confirmed,
        /// Its candidates are called.
        Summoned,
        /// It has another date, and is to be planned again.
        Postponed,
        /// It will not take place.
        Cancelled,
        /// Under way.
        Open,
        /// Members lacked.
        NoQuorum,
        /// Everybody was heard.
        Deliberating,
        /// Its minutes wait for signatures.
        ToSign,
        /// Everybody signed.
        Signed,
        /// Its minutes are to be corrected.
        ToRectify,
        /// Its minutes conform.
        Checked,
        /// Its decisions are validated.
        Validated,
        /// Everybody was told.
        Closed,
    }
}

words! {
    /// Where people sit.
    ModeWord as "JuryMode" for JuryMode {
        /// In a room.
        OnSite,
        /// In a video call.
        Remote,
        /// Some in a room, some in a call.
        Mixed,
    }
}

words! {
    /// Half of a day, cut at one in the afternoon.
    HalfWord as "JuryHalf" for HalfDay {
        /// Before one.
        Morning,
        /// After one.
        Afternoon,
    }
}

words! {
    /// A seat of a jury.
    SeatWord as "JurySeat" for Seat {
        /// Presides.
        President,
        /// College of employers.
        Employers,
        /// College of employees.
        Employees,
        /// Another professional.
        Other,
        /// Observes, without a vote.
        Observer,
    }
}

words! {
    /// Where a seat stands.
    SeatStateWord as "JuryMemberState" for MemberState {
        /// Asked.
        Proposed,
        /// Comes.
        Accepted,
        /// Does not come.
        Declined,
        /// Taken off.
        Removed,
    }
}

words! {
    /// Whether a candidate came.
    PresenceWord as "JuryPresence" for Presence {
        /// Not known yet.
        Expected,
        /// Came.
        Present,
        /// Did not come.
        Absent,
        /// Did not come, and said why.
        AbsentExcused,
    }
}

words! {
    /// What kind of incident.
    IncidentWord as "JuryIncidentKind" for IncidentKind {
        /// Somebody may have cheated: the certifier is told at once.
        Fraud,
        /// A doubt on an identity.
        Identity,
        /// Somebody felt unwell.
        Health,
        /// Something broke.
        Material,
        /// Something disturbed the session.
        Disruption,
        /// Something was late.
        Delay,
        /// Something else.
        Other,
    }
}

words! {
    /// A vote.
    VoteWord as "JuryVote" for Vote {
        /// For.
        Yes,
        /// Against.
        No,
        /// Neither; it counts as present.
        Blank,
    }
}

words! {
    /// What became of what a tablet sent.
    ChangeWord as "JuryChangeOutcome" for ChangeOutcome {
        /// Written.
        Applied,
        /// Another device wrote something else meanwhile: nothing is written.
        Conflict,
        /// It may not be written.
        Refused,
    }
}
