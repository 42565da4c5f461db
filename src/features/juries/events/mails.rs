//! Who is written to when something happens to a session, and with which words. A candidate without an address, or who is
//! detained, is told on paper by the structure.

use entity::jury_incident::IncidentKind;
use entity::jury_member::{MemberState, Seat};
use serde_json::{Value, json};
use time::Duration;

use super::{JuryEvent, What, invitation};
use crate::events::{Invitation, InvitationMethod, Mail, Recipient};
use crate::features::juries::load::{Passing, Seated};
use crate::features::juries::{labels, wording};

/// Every mail of an event.
pub(super) fn of(event: &JuryEvent<'_>) -> Vec<Mail> {
    let w = Writer { event };
    match &event.what {
        What::Requested => vec![w.team("jury-requested", json!({ "request_note": w.note() }))],
        What::Rejected { reason } => vec![w.structure("jury-rejected", json!({ "reason_text": reason }))],
        What::Withdrawn { reason } => vec![w.team("jury-withdrawn", json!({ "reason_text": reason }))],
        What::Confirmed => w.everybody(&change("confirmed"), InvitationMethod::Request),
        What::Convoked => {
            let mut mails = vec![w.structure_invited(&change("summoned"), InvitationMethod::Request)];
            mails.extend(w.candidates(&change("summoned"), InvitationMethod::Request));
            mails
        }
        What::FilesSent => w.sitting().map(|one| w.member("jury-files", one, json!({}))).collect(),
        What::Postponed { reason, before, called } => {
            let mut own = change("moved");
            own["reason_text"] = json!(reason);
            own["previous_when"] = json!(before.map(|at| wording::instant(at, &event.whole.session.zone)));
            w.told(&own, *called, InvitationMethod::Request)
        }
        What::Cancelled { reason, called } => {
            let mut own = change("cancelled");
            own["reason_text"] = json!(reason);
            w.told(&own, *called, InvitationMethod::Cancel)
        }
        What::NoQuorum { reason } => {
            let mut own = change("no_quorum");
            own["reason_text"] = json!(reason);
            w.told(&own, true, InvitationMethod::Cancel)
        }
        What::IncidentRecorded { incident } if incident.kind == IncidentKind::Fraud => {
            vec![w.team("jury-incident", json!({}))]
        }
        What::MinutesFrozen { .. } => w.signers("to_sign", None),
        What::MinutesRectified { reason, .. } => w.signers("rectified", Some(reason)),
        What::MinutesSigned { .. } => {
            vec![w.team("jury-minutes", json!({ "change": "signed", "reason_text": null }))]
        }
        What::MinutesSentBack { check } => {
            let own = json!({ "change": "to_rectify", "reason_text": check.findings });
            event.whole.president().map(|one| w.member("jury-minutes", one, own)).into_iter().collect()
        }
        What::Reopened => {
            // What the appeal says is read on the page, by whoever corrects.
            let own = json!({ "change": "reopened", "reason_text": null });
            event.whole.president().map(|one| w.member("jury-minutes", one, own)).into_iter().collect()
        }
        What::Closed => {
            // Each candidate has a message of their own, with the decision.
            vec![w.structure("jury-notice", change("closed"))]
        }
        // Whoever is asked to sit is written to by their mission, with the link that answers.
        What::MemberAsked { .. }
        | What::MemberAnswered { .. }
        | What::MemberRemoved { .. }
        | What::Planned
        | What::CandidatesChosen { .. }
        | What::Opened { .. }
        | What::Abstained { .. }
        | What::IncidentRecorded { .. }
        | What::Deliberating
        | What::SignatureGiven { .. }
        | What::MinutesChecked { .. }
        | What::Validated { .. }
        | What::ValidationTakenBack { .. }
        | What::Noted(_)
        | What::DocumentIssued { .. } => Vec::new(),
    }
}

/// What a change says before it is completed.
fn change(change: &str) -> Value {
    json!({ "change": change, "reason_text": null, "previous_when": null, "hour": null })
}

struct Writer<'a, 'b> {
    event: &'a JuryEvent<'b>,
}

impl Writer<'_, '_> {
    /// What every message says of the session, and what this one says besides.
    fn mail(&self, template: &'static str, to: Recipient, why: &'static str, own: Value) -> Mail {
        let whole = self.event.whole;
        let session = &whole.session;
        let known = |text: String| Some(text).filter(|text| !text.is_empty());
        let page = if template == "jury-minutes" { "/pv" } else { "" };
        let mut variables = json!({
            "number": session.number,
            "when": known(wording::when(session)),
            "day": known(wording::day(session)),
            "place": wording::place(session),
            "mode_label": labels::mode(session.mode),
            // Where a detained person works is told by no name.
            "structure_name": Some(&whole.structure.name).filter(|_| !whole.is_discreet()),
            "certification_title": whole.certification.short_title,
            "candidates": labels::candidates(whole.passages.len()),
            "link": format!("{}{}{page}", self.event.base_url, whole.path()),
        });
        if let (Some(all), Value::Object(own)) = (variables.as_object_mut(), own) {
            all.extend(own);
        }
        Mail::new(template, to, why, variables)
    }

    fn note(&self) -> Option<&str> {
        Some(self.event.whole.session.request_note.as_str()).filter(|text| !text.is_empty())
    }

    fn team(&self, template: &'static str, own: Value) -> Mail {
        self.mail(template, Recipient::Managers, labels::WHY_TEAM, own)
    }

    fn structure(&self, template: &'static str, own: Value) -> Mail {
        let to = Recipient::Structure { id: self.event.whole.structure.id };
        self.mail(template, to, labels::WHY_STRUCTURE, own)
    }

    fn structure_invited(&self, own: &Value, method: InvitationMethod) -> Mail {
        self.structure("jury-notice", own.clone()).invited(invitation(self.event.whole, method))
    }

    fn member(&self, template: &'static str, one: &Seated, own: Value) -> Mail {
        self.mail(template, Recipient::Expert { id: one.expert.id }, labels::WHY_MEMBER, own)
    }

    fn sitting(&self) -> impl Iterator<Item = &Seated> {
        self.event.whole.sitting()
    }

    /// The structure and whoever sits, with the date for their calendars.
    fn everybody(&self, own: &Value, method: InvitationMethod) -> Vec<Mail> {
        let members = self.sitting().map(|one| {
            self.member("jury-notice", one, own.clone()).invited(invitation(self.event.whole, method))
        });
        std::iter::once(self.structure_invited(own, method)).chain(members).collect()
    }

    /// The same, and the candidates when they had been called.
    fn told(&self, own: &Value, called: bool, method: InvitationMethod) -> Vec<Mail> {
        let mut mails = self.everybody(own, method);
        if called {
            mails.extend(self.candidates(own, method));
        }
        mails
    }

    /// The candidates who may be written to.
    fn writable(&self) -> impl Iterator<Item = &Passing> {
        let passages = self.event.whole.passages.iter();
        passages.filter(|one| !one.candidate.detained && !one.candidate.email.trim().is_empty())
    }

    fn candidates(&self, own: &Value, method: InvitationMethod) -> Vec<Mail> {
        let zone = &self.event.whole.session.zone;
        let one = |one: &Passing| {
            let mut own = own.clone();
            let hour = one.row.starts_at.map(|at| wording::hour(*at, zone));
            let named = |hour: String| match wording::hour_of(zone) {
                Some(place) => format!("{hour}, {place}"),
                None => hour,
            };
            own["hour"] = json!(hour.map(named));
            self.candidate(one, own).invited(self.turn(one, method))
        };
        self.writable().map(one).collect()
    }

    /// The turn of a candidate, in their own calendar.
    fn turn(&self, one: &Passing, method: InvitationMethod) -> Option<Invitation> {
        let whole = self.event.whole;
        let starts_at = *one.row.starts_at?;
        let lasts = Duration::minutes(whole.rules.minutes_per_candidate.into());
        let uid = format!("jury-passage-{}@parchemin", one.row.id);
        invitation(whole, method).map(|date| Invitation { uid, starts_at, lasts, ..date })
    }

    fn candidate(&self, one: &Passing, mut own: Value) -> Mail {
        own["candidate_name"] = json!(wording::name(&one.candidate));
        own["long_day"] = json!(wording::long_day(&self.event.whole.session));
        let to = Recipient::Candidate { id: one.candidate.id };
        self.mail("candidate-jury", to, labels::WHY_CANDIDATE, own)
    }

    /// Whoever has minutes to sign.
    fn signers(&self, change: &str, reason: Option<&str>) -> Vec<Mail> {
        let signs = |one: &&Seated| one.row.state == MemberState::Accepted && one.row.seat != Seat::Observer;
        let own = json!({ "change": change, "reason_text": reason });
        self.sitting().filter(signs).map(|one| self.member("jury-minutes", one, own.clone())).collect()
    }
}
