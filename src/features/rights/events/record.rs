//! What people do to a right that is recorded by hand: record it, cut it short, take it back. Nobody is written to: its
//! end is told in its time, as that of any right.

use entity::dated_right::{self, RightState};
use serde_json::{Value, json};
use time::Date;

use super::super::state;
use super::described;
use crate::events::{DomainEvent, Subject};
use crate::rules::transitions::Told;
use crate::rules::typed_date::iso;

/// One event of a right recorded by hand.
#[derive(Clone, Copy, Debug)]
pub struct RecordEvent<'a> {
    /// The right, after the act.
    pub right: &'a dated_right::Model,
    /// What happened.
    pub what: RecordWhat<'a>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordWhat<'a> {
    /// It was recorded.
    Recorded {
        /// Who gave it.
        issuer: &'a str,
    },
    /// It ends before its term.
    CutShort {
        /// Its last day before.
        before: Option<Date>,
        /// Why.
        reason: &'a str,
    },
    /// It was recorded by mistake, and never counted.
    TakenBack {
        /// Where it stood.
        before: RightState,
        /// Why.
        reason: &'a str,
    },
}

impl RecordWhat<'_> {
    /// Its name and its code.
    const fn told(self) -> Told {
        match self {
            Self::Recorded { .. } => state::RECORDED,
            Self::CutShort { .. } => state::CUT_SHORT,
            Self::TakenBack { .. } => state::TAKEN_BACK,
        }
    }
}

impl DomainEvent for RecordEvent<'_> {
    fn name(&self) -> &'static str {
        self.what.told().0
    }

    fn code(&self) -> &'static str {
        self.what.told().1
    }

    fn subject(&self) -> Subject {
        Subject::new("dated_right", self.right.id, self.right.reference.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self.what {
            RecordWhat::Recorded { .. } | RecordWhat::CutShort { .. } => (None, None),
            RecordWhat::TakenBack { before, .. } => (Some(before.word()), Some(self.right.state.word())),
        }
    }

    fn reason(&self) -> Option<&str> {
        match self.what {
            RecordWhat::Recorded { .. } => None,
            RecordWhat::CutShort { reason, .. } | RecordWhat::TakenBack { reason, .. } => Some(reason),
        }
    }

    fn payload(&self) -> Value {
        let right = described(self.right);
        match self.what {
            RecordWhat::Recorded { issuer } => json!({ "right": right, "issuer": issuer }),
            RecordWhat::CutShort { before, .. } => {
                let ends_on = json!({ "before": before.map(iso), "after": self.right.ends_on.map(iso) });
                json!({ "right": right, "changed": { "ends_on": ends_on } })
            }
            RecordWhat::TakenBack { .. } => json!({ "right": right }),
        }
    }
}
