//! What happens to a committee: journal line, mails, dates in the agendas of those who sit on it.

use entity::committee;
use serde_json::{Value, json};
use time::macros::time;
use time::{Date, Duration};

use crate::events::{DomainEvent, Invitation, InvitationMethod, Mail, Recipient, Subject};
use crate::features::agreements::labels;
use crate::render::french;
use crate::rules::deadline::instant;

/// One event of a committee.
pub(crate) struct CommitteeEvent<'a> {
    /// The committee after the act.
    pub committee: &'a committee::Model,
    /// Public address of the program, for the links.
    pub base_url: &'a str,
    /// Requests on its agenda when the act was done.
    pub files: usize,
    /// What happened.
    pub what: CommitteeWhat<'a>,
}

/// What happened.
pub(crate) enum CommitteeWhat<'a> {
    /// It was planned.
    Planned,
    /// Its day or its place changed.
    Moved { previous_on: Date, reason: &'a str },
    /// It will not meet.
    Cancelled { reason: &'a str },
    /// Its day is behind, and every file on its agenda is decided.
    Held,
}

impl DomainEvent for CommitteeEvent<'_> {
    fn name(&self) -> &'static str {
        match self.what {
            CommitteeWhat::Planned => "committee.planned",
            CommitteeWhat::Moved { .. } => "committee.moved",
            CommitteeWhat::Cancelled { .. } => "committee.cancelled",
            CommitteeWhat::Held => "committee.held",
        }
    }

    fn code(&self) -> &'static str {
        match self.what {
            CommitteeWhat::Planned => "COMMITTEE_PLANNED",
            CommitteeWhat::Moved { .. } => "COMMITTEE_MOVED",
            CommitteeWhat::Cancelled { .. } => "COMMITTEE_CANCELLED",
            CommitteeWhat::Held => "COMMITTEE_HELD",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("committee", self.committee.id, self.committee.meets_on.to_string())
    }

    fn reason(&self) -> Option<&str> {
        match self.what {
            CommitteeWhat::Moved { reason, .. } | CommitteeWhat::Cancelled { reason } => Some(reason),
            CommitteeWhat::Planned | CommitteeWhat::Held => None,
        }
    }

    fn payload(&self) -> Value {
        let committee = self.committee;
        let mut payload = json!({
            "meets_on": committee.meets_on.to_string(),
            "place": committee.place,
            "zone": committee.zone,
        });
        if let CommitteeWhat::Moved { previous_on, .. } = self.what {
            payload["before"] = json!(previous_on.to_string());
        }
        payload
    }

    fn mails(&self) -> Vec<Mail> {
        let (change, previous_on, reason, method) = match self.what {
            CommitteeWhat::Moved { previous_on, reason } => {
                ("moved", previous_on, reason, InvitationMethod::Request)
            }
            CommitteeWhat::Cancelled { reason } => {
                ("cancelled", self.committee.meets_on, reason, InvitationMethod::Cancel)
            }
            CommitteeWhat::Planned | CommitteeWhat::Held => return Vec::new(),
        };
        let committee = self.committee;
        let files = i64::try_from(self.files).unwrap_or_default();
        let variables = json!({
            "change": change,
            "previous_day": french::date(previous_on),
            "meeting_day": french::date(committee.meets_on),
            "meeting_when": french::long_date(committee.meets_on),
            "meeting_place": committee.place,
            "change_reason": reason,
            "files_count": french::plural(files, "dossier", "dossiers"),
            "link": format!("{}/commissions/{}", self.base_url, committee.meets_on),
        });
        let to = Recipient::Committee { id: committee.id };
        let mail = Mail::new("committee-changed", to, labels::mail::WHY_COMMITTEE, variables);
        vec![mail.invited(date(committee, method))]
    }
}

/// The date of a committee for an agenda: its whole day, since its hour is not known to the program. The version of the
/// committee grows with each change, and the sequence with it.
pub(super) fn date(committee: &committee::Model, method: InvitationMethod) -> Option<Invitation> {
    Some(Invitation {
        uid: format!("committee-{}@parchemin", committee.id),
        sequence: u32::try_from(committee.version - 1).unwrap_or_default(),
        method,
        starts_at: instant(committee.meets_on, time!(00:00), &committee.zone).ok()?,
        lasts: Duration::DAY,
        zone: committee.zone.clone(),
        summary: labels::COMMITTEE.to_owned(),
        location: committee.place.clone(),
        description: String::new(),
    })
}
