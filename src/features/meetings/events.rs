//! What happened to a meeting. Guests are written to one by one, each at the hour of where they live.

use entity::ids::ExpertId;
use entity::meeting::{self, MeetingMode, MeetingState};
use entity::{expert, meeting_action, meeting_decision};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::labels;
use super::state::Transition;
use crate::events::{DocumentRef, DomainEvent, Invitation, InvitationMethod, Mail, Recipient, Subject};
use crate::render::french;
use crate::rules::typed_date::iso;

/// Someone to write to: who, the zone they live in, and how they answer.
#[derive(Clone, Debug)]
pub struct Addressed {
    /// Who.
    pub id: ExpertId,
    /// Their zone.
    pub zone: String,
    /// The link with which they answer without signing in, when they are asked to.
    pub answer: Option<String>,
}

impl From<&expert::Model> for Addressed {
    fn from(row: &expert::Model) -> Self {
        Self { id: row.id, zone: row.zone.clone(), answer: None }
    }
}

/// One event: the meeting as it is now, and what happened.
#[derive(Clone, Debug)]
pub struct MeetingEvent {
    /// The meeting, after.
    pub meeting: meeting::Model,
    /// The address of its page.
    pub link: String,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum What {
    /// Planned.
    Planned,
    /// Agenda or length changed.
    Edited,
    /// A step of the table.
    Stepped {
        /// The line of the table.
        line: &'static Transition,
        /// What goes with it.
        with: With,
    },
    /// Someone answered.
    Answered {
        /// Who.
        expert: ExpertId,
        /// Whether they come.
        coming: bool,
    },
    /// A decision was written down.
    Decided(meeting_decision::Model),
    /// Something to do was written down.
    ActionAdded(meeting_action::Model),
    /// Something was done.
    ActionDone(meeting_action::Model),
    /// Whoever does something was reminded of it.
    ActionReminded {
        /// What is to be done.
        row: meeting_action::Model,
        /// Who does it.
        owner: Addressed,
    },
    /// A file was attached.
    DocumentAdded(DocumentRef),
    /// A document was typeset.
    DocumentIssued {
        /// The document.
        document: DocumentRef,
        /// Its template.
        template: &'static str,
        /// Whether it is kept for decades.
        archival: bool,
    },
}

/// What goes with a step.
#[derive(Clone, Debug)]
pub enum With {
    /// Everyone invited.
    Invited(Vec<Addressed>),
    /// Moved: from when, why, who stays, who is new, who is no longer entitled.
    Moved {
        /// Start before.
        before: OffsetDateTime,
        /// Why.
        reason: String,
        /// Invited before and after.
        kept: Vec<Addressed>,
        /// Invited now.
        added: Vec<Addressed>,
        /// No longer entitled on the day.
        removed: Vec<Addressed>,
    },
    /// Cancelled, and why.
    Cancelled {
        /// Why.
        reason: String,
        /// Everyone invited.
        guests: Vec<Addressed>,
    },
    /// Held: everyone invited, and who was there.
    Held {
        /// Invited.
        invited: usize,
        /// Present.
        present: Vec<ExpertId>,
    },
    /// The minutes go to everyone invited.
    Published {
        /// Everyone invited.
        guests: Vec<Addressed>,
        /// Decisions and things to do.
        decisions: Vec<String>,
        /// Things to do: what, who, until when.
        actions: Vec<String>,
    },
}

/// The date of a meeting, for the calendar of a guest who lives in a zone: the hour of the place when people go there, of
/// the guest otherwise. The UID is that of the messages.
#[must_use]
pub fn invitation(row: &meeting::Model, method: InvitationMethod, zone: &str) -> Invitation {
    let zone = if row.mode == MeetingMode::OnSite { row.zone.as_str() } else { zone };
    Invitation {
        uid: format!("meeting-{}@parchemin", row.id),
        sequence: u32::try_from(row.sequence).unwrap_or_default(),
        method,
        starts_at: *row.starts_at,
        lasts: Duration::minutes(row.lasts_minutes.into()),
        zone: zone.to_owned(),
        summary: format!("{} ({})", labels::title(row.kind), row.number),
        location: row.place.clone(),
        description: labels::calendar_description(row),
    }
}

impl MeetingEvent {
    fn invitation(&self, method: InvitationMethod, guest: &Addressed) -> Invitation {
        invitation(&self.meeting, method, &guest.zone)
    }

    fn mail(&self, template: &'static str, guest: &Addressed, extra: &[(&str, Value)]) -> Mail {
        let row = &self.meeting;
        let mut variables = json!({
            "number": row.number,
            "title": labels::title(row.kind),
            "day": labels::day(*row.starts_at, &guest.zone),
            "when": labels::when(*row.starts_at, &guest.zone),
            "duration": labels::duration(row.lasts_minutes),
            "mode_label": labels::mode(row.mode),
            "place": row.place,
            "agenda": row.agenda.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>(),
            "link": guest.answer.as_ref().unwrap_or(&self.link),
        });
        if let Some(object) = variables.as_object_mut() {
            object.extend(extra.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        }
        Mail::new(template, Recipient::Expert { id: guest.id }, labels::WHY_INVITED, variables)
    }

    fn invited(&self, guest: &Addressed) -> Mail {
        let invitation = self.invitation(InvitationMethod::Request, guest);
        self.mail("meeting-invited", guest, &[]).inviting(invitation)
    }

    fn cancelled(&self, guest: &Addressed, reason: &str) -> Mail {
        let invitation = self.invitation(InvitationMethod::Cancel, guest);
        self.mail("meeting-cancelled", guest, &[("cause", json!(reason))]).inviting(invitation)
    }

    fn reminder(&self, row: &meeting_action::Model, owner: &Addressed) -> Mail {
        let variables = json!({
            "number": self.meeting.number,
            "title": labels::title(self.meeting.kind),
            "day": labels::day(*self.meeting.starts_at, &owner.zone),
            "action": row.text,
            "due": french::date(row.due_on),
            "link": self.link,
        });
        let recipient = Recipient::Expert { id: owner.id };
        Mail::new("meeting-action-reminder", recipient, labels::WHY_OWNER, variables)
    }

    fn facts(&self) -> Value {
        let row = &self.meeting;
        json!({
            "kind": row.kind.word(),
            "meets_on": iso(row.meets_on),
            "starts_at": row.starts_at.unix_timestamp(),
            "zone": row.zone,
            "mode": row.mode.word(),
            "lasts_minutes": row.lasts_minutes,
        })
    }
}

impl DomainEvent for MeetingEvent {
    fn name(&self) -> &'static str {
        match &self.what {
            What::Planned => "meeting.planned",
            What::Edited => "meeting.edited",
            What::Stepped { line, .. } => line.name(),
            What::Answered { .. } => "meeting.answered",
            What::Decided(_) => "meeting.decided",
            What::ActionAdded(_) => "meeting.action_added",
            What::ActionDone(_) => "meeting.action_done",
            What::ActionReminded { .. } => "meeting.action_reminded",
            What::DocumentAdded(_) => "meeting.document_added",
            What::DocumentIssued { .. } => "meeting.document_issued",
        }
    }

    fn code(&self) -> &'static str {
        match &self.what {
            What::Planned => "MEETING_PLANNED",
            What::Edited => "MEETING_EDITED",
            What::Stepped { line, .. } => line.code(),
            What::Answered { .. } => "MEETING_ANSWERED",
            What::Decided(_) => "MEETING_DECIDED",
            What::ActionAdded(_) => "MEETING_ACTION_ADDED",
            What::ActionDone(_) => "MEETING_ACTION_DONE",
            What::ActionReminded { .. } => "MEETING_ACTION_REMINDED",
            What::DocumentAdded(_) => "MEETING_DOCUMENT_ADDED",
            What::DocumentIssued { .. } => "MEETING_DOCUMENT_ISSUED",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("meeting", self.meeting.id, self.meeting.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match &self.what {
            What::Planned => (None, Some(MeetingState::Planned.word())),
            What::Stepped { line, .. } => (Some(line.from.word()), Some(line.to.word())),
            _ => (None, None),
        }
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Stepped { with: With::Moved { reason, .. } | With::Cancelled { reason, .. }, .. } => {
                Some(reason)
            }
            _ => None,
        }
    }

    fn payload(&self) -> Value {
        let ids = |guests: &[Addressed]| json!(guests.iter().map(|guest| guest.id).collect::<Vec<_>>());
        match &self.what {
            What::Planned | What::Edited => self.facts(),
            What::Stepped { with, .. } => match with {
                With::Invited(guests) => json!({ "guests": ids(guests) }),
                With::Moved { before, kept, added, removed, .. } => json!({
                    "before": before.unix_timestamp(),
                    "now": self.facts(),
                    "kept": ids(kept),
                    "added": ids(added),
                    "removed": ids(removed),
                }),
                With::Cancelled { guests, .. } => json!({ "guests": ids(guests) }),
                With::Held { invited, present } => json!({ "invited": invited, "present": present }),
                With::Published { guests, decisions, actions } => json!({
                    "guests": ids(guests),
                    "decisions": decisions.len(),
                    "actions": actions.len(),
                    "time_spent_minutes": self.meeting.time_spent_minutes,
                }),
            },
            What::Answered { expert, coming } => json!({ "expert_id": expert, "coming": coming }),
            What::Decided(row) => json!({ "decision_id": row.id, "position": row.position }),
            What::ActionAdded(row) => {
                json!({ "action_id": row.id, "due_on": iso(row.due_on), "expert_id": row.owner_id })
            }
            What::ActionReminded { row, owner } => {
                json!({ "action_id": row.id, "due_on": iso(row.due_on), "expert_id": owner.id })
            }
            What::ActionDone(row) => json!({ "action_id": row.id, "done_on": row.done_on.map(iso) }),
            What::DocumentAdded(reference) => json!({ "document_id": reference.id }),
            What::DocumentIssued { template, archival, .. } => {
                json!({ "template": template, "archival": archival })
            }
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        let (agenda, place) =
            (("agenda", self.meeting.agenda.clone()), ("place", self.meeting.place.clone()));
        match &self.what {
            // What is read of the meeting as of a day that is behind.
            What::Planned => vec![agenda, place],
            What::Edited => vec![agenda],
            What::Stepped { with: With::Moved { .. }, .. } => vec![place],
            What::ActionAdded(row) => vec![("owner", row.owner.clone())],
            _ => Vec::new(),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            What::DocumentAdded(document) | What::DocumentIssued { document, .. } => vec![document.clone()],
            _ => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        let with = match &self.what {
            What::Stepped { with, .. } => with,
            What::ActionReminded { row, owner } => return vec![self.reminder(row, owner)],
            _ => return Vec::new(),
        };
        match with {
            With::Invited(guests) => guests.iter().map(|guest| self.invited(guest)).collect(),
            With::Moved { before, reason, kept, added, removed } => {
                let moved = kept.iter().map(|guest| {
                    let extra =
                        [("before", json!(labels::when(*before, &guest.zone))), ("cause", json!(reason))];
                    let invitation = self.invitation(InvitationMethod::Request, guest);
                    self.mail("meeting-moved", guest, &extra).inviting(invitation)
                });
                let new = added.iter().map(|guest| self.invited(guest));
                let gone = removed.iter().map(|guest| self.cancelled(guest, labels::NO_LONGER_ENTITLED));
                moved.chain(new).chain(gone).collect()
            }
            With::Cancelled { reason, guests } => {
                guests.iter().map(|guest| self.cancelled(guest, reason)).collect()
            }
            With::Held { .. } => Vec::new(),
            With::Published { guests, decisions, actions } => guests
                .iter()
                .map(|guest| {
                    let extra = [("decisions", json!(decisions)), ("actions", json!(actions))];
                    self.mail("meeting-minutes", guest, &extra)
                })
                .collect(),
        }
    }
}
