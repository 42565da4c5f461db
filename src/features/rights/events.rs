//! What time does to a right: people are told that its end comes, then that it came. What people do to one that is
//! recorded by hand is in [`record`].

mod record;

pub use record::{RecordEvent, RecordWhat};

use entity::dated_right::{self, HolderKind};
use entity::ids::ExpertId;
use serde_json::{Value, json};
use time::Date;

use super::holders::HolderName;
use super::{labels, state};
use crate::events::{DomainEvent, Mail, Recipient, Subject};
use crate::render::french;
use crate::rules::typed_date::iso;

/// One event of a right.
#[derive(Clone, Debug)]
pub struct RightEvent {
    /// The right, after the act.
    pub right: dated_right::Model,
    /// What a person calls it: a piece by its own name.
    pub name: String,
    /// Its holder.
    pub holder: HolderName,
    /// Public address of the program, without a final slash.
    pub base_url: String,
    /// What happened.
    pub what: RightWhat,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RightWhat {
    /// The end comes near.
    EndingSoon {
        /// The distance of the alert.
        distance: i32,
        /// The day it is where the holder is.
        today: Date,
        /// The last day.
        ends_on: Date,
    },
    /// The last day is behind.
    Ended {
        /// The last day.
        ends_on: Date,
        /// Another right took its place: nobody has to be told.
        replaced: bool,
    },
}

/// What the journal says of a right.
fn described(row: &dated_right::Model) -> Value {
    json!({
        "kind": row.kind.word(),
        "scope": row.scope,
        "holder_kind": row.holder_kind.word(),
        "holder_id": row.holder_id,
        "starts_on": iso(row.starts_on),
        "ends_on": row.ends_on.map(iso),
    })
}

impl DomainEvent for RightEvent {
    fn name(&self) -> &'static str {
        match self.what {
            RightWhat::EndingSoon { .. } => "right.ending_soon",
            RightWhat::Ended { .. } => state::ENDED.0,
        }
    }

    fn code(&self) -> &'static str {
        match self.what {
            RightWhat::EndingSoon { .. } => "RIGHT_ENDING_SOON",
            RightWhat::Ended { .. } => state::ENDED.1,
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("dated_right", self.right.id, self.right.reference.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self.what {
            RightWhat::EndingSoon { .. } => (None, None),
            RightWhat::Ended { .. } => {
                (Some(dated_right::RightState::InForce.word()), Some(self.right.state.word()))
            }
        }
    }

    fn payload(&self) -> Value {
        let right = described(&self.right);
        match self.what {
            RightWhat::EndingSoon { distance, .. } => json!({ "right": right, "days_before": distance }),
            RightWhat::Ended { .. } => json!({ "right": right }),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        let (template, ends_on, left) = match self.what {
            RightWhat::EndingSoon { today, ends_on, .. } => {
                ("right-ending", ends_on, french::relative_days(ends_on, today))
            }
            RightWhat::Ended { replaced: true, .. } => return Vec::new(),
            RightWhat::Ended { ends_on, replaced: false } => ("right-ended", ends_on, String::new()),
        };
        self.recipients()
            .into_iter()
            .map(|(to, reason)| self.mail(template, to, reason, ends_on, &left))
            .collect()
    }
}

impl RightEvent {
    /// The holder, and the team for what it renews itself.
    fn recipients(&self) -> Vec<(Recipient, &'static str)> {
        let team = (Recipient::Managers, labels::WHY_STAFF);
        match (self.right.holder_kind, self.holder.structure) {
            (HolderKind::Expert, _) => {
                let id = ExpertId(self.right.holder_id);
                vec![(Recipient::Expert { id }, labels::WHY_HOLDER), team]
            }
            (HolderKind::Structure | HolderKind::Site, Some(id)) => {
                vec![(Recipient::Structure { id }, labels::WHY_STRUCTURE)]
            }
            (
                HolderKind::Structure
                | HolderKind::Site
                | HolderKind::CertificationVersion
                | HolderKind::Certifier,
                _,
            ) => vec![team],
        }
    }

    fn mail(
        &self,
        template: &'static str,
        to: Recipient,
        reason: &'static str,
        ends_on: Date,
        left: &str,
    ) -> Mail {
        let mut variables = json!({
            "right_label": self.name,
            "reference": self.right.reference,
            "holder_name": self.holder.name,
            "ends_on": french::date(ends_on),
            "link": format!("{}{}", self.base_url, self.holder.href),
        });
        if template == "right-ending" {
            variables["left"] = Value::String(left.to_owned());
        } else {
            variables["ended_label"] = Value::String(labels::ended(self.right.kind).to_owned());
        }
        Mail::new(template, to, reason, variables)
    }
}
