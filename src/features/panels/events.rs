//! What happened to the people of a jury. The mission that asks each of them has its own events and mails: nobody else is
//! written to.

use entity::college_seat;
use entity::jury_member::{self, Seat};
use entity::jury_session;
use serde_json::{Value, json};

use crate::events::{DomainEvent, Subject};
use crate::rules::jury::impartiality::Finding;
use crate::rules::typed_date::iso;

/// The names of the events of the seats of a jury: the history of its page has a word for each.
pub const SEAT_EVENTS: [&str; 3] =
    ["jury_session.president_designated", "jury_session.member_added", "jury_session.member_removed"];

/// What happened to a seat of a jury.
#[derive(Clone, Debug)]
pub enum What {
    /// Somebody was asked to sit.
    Asked {
        /// What the checks found then.
        findings: Vec<Finding>,
    },
    /// Somebody does not sit any more.
    Removed {
        /// Why.
        reason: String,
    },
}

/// One event of a jury.
#[derive(Clone, Debug)]
pub struct PanelEvent {
    /// The session.
    pub session: jury_session::Model,
    /// The seat, after.
    pub member: jury_member::Model,
    /// What happened.
    pub what: What,
}

impl DomainEvent for PanelEvent {
    fn name(&self) -> &'static str {
        match (&self.what, self.member.seat) {
            (What::Asked { .. }, Seat::President) => SEAT_EVENTS[0],
            (What::Asked { .. }, _) => SEAT_EVENTS[1],
            (What::Removed { .. }, _) => SEAT_EVENTS[2],
        }
    }

    fn code(&self) -> &'static str {
        match self.member.seat {
            Seat::President => "JUR_PRESIDENT",
            _ => "JUR_MEMBER",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("jury_session", self.session.id, self.session.number.clone())
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Asked { .. } => self.member.override_reason.as_deref(),
            What::Removed { reason } => Some(reason),
        }
    }

    fn payload(&self) -> Value {
        let member = &self.member;
        let mut payload = json!({
            "member_id": member.id,
            "expert_id": member.expert_id,
            "seat": member.seat,
            "mission_id": member.mission_id,
        });
        if let What::Asked { findings } = &self.what {
            let codes: Vec<_> = findings.iter().map(|one| one.check.code()).collect();
            payload["checks"] = json!(codes);
            payload["remote"] = json!(member.remote);
        }
        payload
    }
}

/// A college that somebody sits for was recorded, or its end.
#[derive(Clone, Debug)]
pub struct SeatEvent {
    /// The seat.
    pub seat: college_seat::Model,
    /// Number of the person.
    pub number: String,
    /// Whether its end was recorded.
    pub ended: bool,
}

impl DomainEvent for SeatEvent {
    fn name(&self) -> &'static str {
        if self.ended { "college_seat.ended" } else { "college_seat.recorded" }
    }

    fn code(&self) -> &'static str {
        if self.ended { "JUR_SEAT_ENDED" } else { "JUR_SEAT_RECORDED" }
    }

    fn subject(&self) -> Subject {
        Subject::new("college_seat", self.seat.id, self.number.clone())
    }

    fn payload(&self) -> Value {
        let seat = &self.seat;
        json!({
            "expert_id": seat.expert_id,
            "college": seat.college,
            "since": iso(seat.since),
            "until": seat.until.map(iso),
        })
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        if self.ended {
            return Vec::new();
        }
        vec![("quality", self.seat.quality.clone()), ("appointed_by", self.seat.appointed_by.clone())]
    }
}
