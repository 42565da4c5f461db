//! Who is written to when something happens to an habilitation, and with which words.

use entity::habilitation;
use serde_json::json;
use time::Duration;

use super::super::super::actions::habilitation::JuryMember;
use super::super::super::{documents, labels, wording};
use super::{HabilitationEvent, What};
use crate::events::{Invitation, InvitationMethod, Mail, Recipient};
use crate::render::french;
use crate::rules::period::Period;
use crate::rules::territory::PARIS;

/// Every mail of an event.
pub(super) fn of(event: &HabilitationEvent) -> Vec<Mail> {
    let text = |lead: &str, value: &str| (lead.to_owned(), value.to_owned());
    let (template, details) = match &event.what {
        What::Applied => ("habilitation-applied", vec![]),
        What::Rejected { reason } => ("habilitation-rejected", vec![text(labels::fact::REASON, reason)]),
        What::Admitted { senior_name, .. } => (
            "habilitation-admitted",
            vec![
                text(labels::fact::SENIOR, senior_name),
                text(labels::fact::PLAN, &event.file.action_plan),
                text(labels::fact::CHARTER, labels::fact::CHARTER_TO_SIGN),
            ],
        ),
        What::Presented { members, .. } => return event.jury_mails(members),
        What::JuryMoved { members, reason, .. } => {
            return event.jury_changed("habilitation-jury-moved", &event.file, members, reason);
        }
        What::JuryCancelled { members, reason, .. } => {
            let before = event.before.as_ref().unwrap_or(&event.file);
            return event.jury_changed("habilitation-jury-cancelled", before, members, reason);
        }
        What::SeniorChanged { senior_name, reason, .. } => (
            "habilitation-senior-changed",
            vec![text(labels::fact::SENIOR, senior_name), text(labels::fact::REASON, reason)],
        ),
        What::Granted { period, conditions } => (
            "habilitation-granted",
            vec![text(labels::fact::PERIOD, &days(*period)), text(labels::fact::CONDITIONS, conditions)],
        ),
        What::Deferred { redo, reasons } => (
            "habilitation-deferred",
            vec![
                text(labels::fact::TO_REDO, &labels::path::step_list(event.file.duty, redo)),
                text(labels::fact::REASON, reasons),
            ],
        ),
        What::Refused { reasons } => ("habilitation-refused", vec![text(labels::fact::REASON, reasons)]),
        What::Suspended { on, reason } => (
            "habilitation-suspended",
            vec![text(labels::fact::FROM, &french::date(*on)), text(labels::fact::REASON, reason)],
        ),
        What::Reinstated { on, reason } => (
            "habilitation-reinstated",
            vec![text(labels::fact::FROM, &french::date(*on)), text(labels::fact::REASON, reason)],
        ),
        What::Withdrawn { reason, last } => (
            "habilitation-withdrawn",
            vec![text(labels::fact::LAST_DAY, &french::date(*last)), text(labels::fact::REASON, reason)],
        ),
        What::Resigned { on, reason } => {
            let details =
                vec![text(labels::fact::LAST_DAY, &french::date(*on)), text(labels::fact::REASON, reason)];
            return vec![event.mail(
                "habilitation-resigned",
                Recipient::Managers,
                labels::WHY_STAFF,
                &details,
            )];
        }
        What::Expired { replaced: true, .. } => return Vec::new(),
        What::Expired { last, replaced: false } => {
            ("habilitation-expired", vec![text(labels::fact::LAST_DAY, &french::date(*last))])
        }
        What::Renewed { period, .. } => {
            ("habilitation-renewed", vec![text(labels::fact::PERIOD, &days(*period))])
        }
        What::WithdrawalAsked { reason, answer_until } => {
            let until = text(labels::fact::ANSWER_UNTIL, &french::date(*answer_until));
            let details = vec![text(labels::fact::REASON, reason), until];
            let (team, person) = (Recipient::Managers, Recipient::Expert { id: event.expert.id });
            return vec![
                event.mail("habilitation-withdrawal-asked", team, labels::WHY_STAFF, &details),
                event.mail("habilitation-withdrawal-planned", person, labels::WHY_EXPERT, &details),
            ];
        }
        What::WithdrawalDropped { reason } => {
            let details = vec![text(labels::fact::REASON, reason)];
            let (team, person) = (Recipient::Managers, Recipient::Expert { id: event.expert.id });
            return [(person, labels::WHY_EXPERT), (team, labels::WHY_STAFF)]
                .map(|(to, why)| event.mail("habilitation-withdrawal-dropped", to, why, &details))
                .into();
        }
        What::WithdrawalAnswered { answer } => {
            let details = vec![text(labels::fact::ANSWER, answer)];
            let to = Recipient::Managers;
            return vec![event.mail("habilitation-withdrawal-answered", to, labels::WHY_STAFF, &details)];
        }
        What::StepLogged { .. } | What::CharterSigned | What::DocumentIssued { .. } => return Vec::new(),
    };
    let mut details = details;
    details.extend(event.documents_due());
    let to = Recipient::Expert { id: event.expert.id };
    let person = event.mail(template, to, labels::WHY_EXPERT, &details);
    std::iter::once(person).chain(event.senior_mail()).collect()
}

/// Where the members of a jury are written to, for those who have an address.
fn invited(members: &[JuryMember]) -> impl Iterator<Item = Recipient> {
    members.iter().filter_map(|member| match member.expert {
        Some(id) => Some(Recipient::Expert { id }),
        None if member.email.is_empty() => None,
        None => Some(Recipient::Address { address: member.email.clone() }),
    })
}

fn days(period: Period) -> String {
    french::date_range(period.from(), period.until())
}

impl HabilitationEvent {
    /// The line of a mail that says which documents wait on the page of the file.
    fn documents_due(&self) -> Option<(String, String)> {
        let titles: Vec<_> = documents::due(&self.what).iter().map(|kind| wording::document(kind)).collect();
        (!titles.is_empty()).then(|| (labels::fact::DOCUMENTS.to_owned(), labels::fact::in_the_file(&titles)))
    }

    /// Whoever accompanies has steps to log: when the training begins, and when the jury wants some done again.
    fn senior_mail(&self) -> Option<Mail> {
        let details = match &self.what {
            What::Admitted { .. } => vec![(labels::fact::PLAN.to_owned(), self.file.action_plan.clone())],
            What::Deferred { redo, reasons } => vec![
                (labels::fact::TO_REDO.to_owned(), labels::path::step_list(self.file.duty, redo)),
                (labels::fact::REASON.to_owned(), reasons.clone()),
            ],
            _ => return None,
        };
        let to = Recipient::Expert { id: self.file.senior_id? };
        Some(self.mail("habilitation-accompaniment", to, labels::WHY_SENIOR, &details))
    }

    /// The person and the members are told when and where the jury sits, with a date for their calendars.
    fn jury_mails(&self, members: &[JuryMember]) -> Vec<Mail> {
        let mut details = self.jury_details(&self.file);
        let date = self.jury_date(&self.file, InvitationMethod::Request);
        let mut mails: Vec<_> = invited(members)
            .map(|to| self.mail("habilitation-jury-invited", to, labels::WHY_JURY, &details))
            .map(|mail| mail.invited(date.clone()))
            .collect();
        details.extend(self.documents_due());
        let person = Recipient::Expert { id: self.expert.id };
        let person = self.mail("habilitation-presented", person, labels::WHY_EXPERT, &details);
        mails.insert(0, person.invited(date));
        mails
    }

    /// The same people are told that the jury moves, or that it is called off: their calendars follow.
    fn jury_changed(
        &self,
        template: &'static str,
        jury: &habilitation::Model,
        members: &[JuryMember],
        reason: &str,
    ) -> Vec<Mail> {
        let method = match self.what {
            What::JuryCancelled { .. } => InvitationMethod::Cancel,
            _ => InvitationMethod::Request,
        };
        let date = self.jury_date(jury, method);
        let mut details = self.jury_details(jury);
        details.push((labels::fact::REASON.to_owned(), reason.to_owned()));
        let person = Recipient::Expert { id: self.expert.id };
        std::iter::once((person, labels::WHY_EXPERT))
            .chain(invited(members).map(|to| (to, labels::WHY_JURY)))
            .map(|(to, why)| self.mail(template, to, why, &details).invited(date.clone()))
            .collect()
    }

    fn jury_details(&self, jury: &habilitation::Model) -> Vec<(String, String)> {
        let at = jury.jury_at.map(|at| labels::path::jury_at(*at, &self.expert.zone)).unwrap_or_default();
        let place = jury.jury_place.clone().unwrap_or_default();
        vec![(labels::fact::JURY_ON.to_owned(), at), (labels::fact::JURY_PLACE.to_owned(), place)]
    }

    /// The jury in calendars: its UID is that of its presentation, and its sequence grows with the file.
    fn jury_date(&self, jury: &habilitation::Model, method: InvitationMethod) -> Option<Invitation> {
        let presented = jury.jury_version.unwrap_or(self.file.version);
        Some(Invitation {
            uid: format!("habilitation-{}-{presented}@parchemin", self.file.id),
            sequence: u32::try_from(self.file.version - presented).unwrap_or_default(),
            method,
            starts_at: *jury.jury_at?,
            lasts: Duration::hours(2),
            zone: PARIS.to_owned(),
            summary: labels::path::jury_title(&self.expert.number),
            location: jury.jury_place.clone().unwrap_or_default(),
            description: labels::path::jury_title(&self.expert.number),
        })
    }

    fn mail(
        &self,
        template: &'static str,
        to: Recipient,
        reason: &'static str,
        details: &[(String, String)],
    ) -> Mail {
        let details: Vec<_> = details
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| json!({ "label": label, "value": value }))
            .collect();
        let variables = json!({
            "number": self.expert.number,
            "person_name": self.expert.name(),
            "duty_label": labels::duty_of(self.file.duty),
            "details": details,
            "link": format!("{}/intervenants/{}/habilitations/{}", self.base_url, self.expert.number, self.file.id),
        });
        Mail::new(template, to, reason, variables)
    }
}
