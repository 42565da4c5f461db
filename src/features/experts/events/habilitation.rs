//! What happens to an habilitation: journal line and mails. What the jury wrote and who sits in it stay beside the
//! journal.

use entity::habilitation_step::StepKind;
use entity::ids::{AccountId, ExpertId, HabilitationStepId};
use entity::{expert, habilitation};
use serde_json::{Value, json};
use time::{Date, Duration};

use super::super::actions::habilitation::JuryMember;
use super::super::{documents, labels, wording};
use crate::events::{DocumentRef, DomainEvent, Invitation, InvitationMethod, Job, Mail, Recipient, Subject};
use crate::render::french;
use crate::rules::period::Period;
use crate::rules::territory::PARIS;
use crate::rules::typed_date::iso;

/// One event of an habilitation.
#[derive(Clone, Debug)]
pub struct HabilitationEvent {
    /// The expert.
    pub expert: expert::Model,
    /// The file before; none when it opens.
    pub before: Option<habilitation::Model>,
    /// The file after.
    pub file: habilitation::Model,
    /// Name and code of the event.
    pub line: (&'static str, &'static str),
    /// Public address of the program, without a final slash.
    pub base_url: String,
    /// When.
    pub at: entity::Instant,
    /// Who acted; none for the program.
    pub by: Option<AccountId>,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Someone applies.
    Applied,
    /// Not retained.
    Rejected {
        /// Why.
        reason: String,
    },
    /// The training begins.
    Admitted {
        /// Who accompanies.
        senior: ExpertId,
        /// Their name.
        senior_name: String,
    },
    /// A step is done.
    StepLogged {
        /// Its key.
        step: HabilitationStepId,
        /// Which.
        kind: StepKind,
        /// When.
        done_on: Date,
    },
    /// The charter is signed.
    CharterSigned,
    /// The file goes to the jury.
    Presented {
        /// When it sits.
        jury_on: Date,
        /// Who sits.
        members: Vec<JuryMember>,
    },
    /// The jury sits on another day, at another hour or elsewhere.
    JuryMoved {
        /// When it sits.
        jury_on: Date,
        /// Who sits.
        members: Vec<JuryMember>,
        /// Why.
        reason: String,
    },
    /// The jury is called off.
    JuryCancelled {
        /// When it was to sit.
        jury_on: Option<Date>,
        /// Who was to sit.
        members: Vec<JuryMember>,
        /// Why.
        reason: String,
    },
    /// Granted.
    Granted {
        /// Over which days.
        period: Period,
        /// Under which conditions; may be empty.
        conditions: String,
    },
    /// Something must be done again.
    Deferred {
        /// Which steps.
        redo: Vec<StepKind>,
        /// What exactly.
        reasons: String,
    },
    /// Refused.
    Refused {
        /// Why.
        reasons: String,
    },
    /// Set aside.
    Suspended {
        /// From when.
        on: Date,
        /// Why.
        reason: String,
    },
    /// Given back.
    Reinstated {
        /// From when.
        on: Date,
        /// What changed.
        reason: String,
    },
    /// A withdrawal is asked for.
    WithdrawalAsked {
        /// Why.
        reason: String,
        /// Last day on which the person may answer.
        answer_until: Date,
    },
    /// The person answers the withdrawal asked for.
    WithdrawalAnswered {
        /// What they say.
        answer: String,
    },
    /// The withdrawal asked for is given up.
    WithdrawalDropped {
        /// Why.
        reason: String,
    },
    /// Somebody else accompanies.
    SeniorChanged {
        /// Who.
        senior: ExpertId,
        /// Their name.
        senior_name: String,
        /// Why.
        reason: String,
    },
    /// Taken away.
    Withdrawn {
        /// Why.
        reason: String,
        /// Last day.
        last: Date,
    },
    /// Given up.
    Resigned {
        /// Last day.
        on: Date,
        /// Why; may be empty.
        reason: String,
    },
    /// At its end.
    Expired {
        /// The last day.
        last: Date,
        /// Another habilitation for the same thing took its place: nobody has to be told.
        replaced: bool,
    },
    /// A new period.
    Renewed {
        /// Over which days.
        period: Period,
        /// Why conditions were set aside; empty when they were met.
        waiver: String,
        /// The conditions that were not met.
        unmet: Vec<String>,
    },
    /// A document was typeset.
    DocumentIssued {
        /// The document.
        document: DocumentRef,
        /// Its template.
        template: &'static str,
        /// It conforms to PDF/A.
        archival: bool,
    },
}

impl DomainEvent for HabilitationEvent {
    fn name(&self) -> &'static str {
        self.line.0
    }

    fn code(&self) -> &'static str {
        self.line.1
    }

    fn subject(&self) -> Subject {
        Subject::new("habilitation", self.file.id, self.expert.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        if matches!(self.what, What::DocumentIssued { .. }) {
            return (None, None);
        }
        let before = self.before.as_ref().map(|before| before.state.word());
        (before, Some(self.file.state.word()))
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Rejected { reason }
            | What::Suspended { reason, .. }
            | What::Reinstated { reason, .. }
            | What::WithdrawalAsked { reason, .. }
            | What::WithdrawalDropped { reason }
            | What::JuryMoved { reason, .. }
            | What::JuryCancelled { reason, .. }
            | What::SeniorChanged { reason, .. }
            | What::Withdrawn { reason, .. } => Some(reason),
            What::Deferred { reasons, .. } | What::Refused { reasons } => Some(reasons),
            What::Resigned { reason, .. } => Some(reason).filter(|text| !text.is_empty()).map(String::as_str),
            What::Renewed { waiver, .. } => Some(waiver).filter(|text| !text.is_empty()).map(String::as_str),
            What::Applied
            | What::Admitted { .. }
            | What::StepLogged { .. }
            | What::CharterSigned
            | What::Presented { .. }
            | What::WithdrawalAnswered { .. }
            | What::Granted { .. }
            | What::Expired { .. }
            | What::DocumentIssued { .. } => None,
        }
    }

    fn payload(&self) -> Value {
        let file = json!({
            "expert_id": self.expert.id,
            "duty": self.file.duty.word(),
            "certification_id": self.file.certification_id,
            "regions": self.file.regions,
        });
        let days =
            |period: &Period| json!({ "starts_on": iso(period.from()), "ends_on": iso(period.until()) });
        let own = match &self.what {
            What::Admitted { senior, .. } | What::SeniorChanged { senior, .. } => {
                json!({ "senior_id": senior })
            }
            What::StepLogged { kind, done_on, .. } => {
                json!({ "step": kind.word(), "done_on": iso(*done_on) })
            }
            What::Presented { jury_on, .. } | What::JuryMoved { jury_on, .. } => {
                json!({ "jury_on": iso(*jury_on) })
            }
            What::JuryCancelled { jury_on, .. } => json!({ "jury_on": jury_on.map(iso) }),
            What::Granted { period, conditions } => {
                json!({ "period": days(period), "with_conditions": !conditions.is_empty() })
            }
            What::Deferred { redo, .. } => {
                json!({ "redo": redo.iter().map(|kind| kind.word()).collect::<Vec<_>>() })
            }
            What::Suspended { on, .. } | What::Reinstated { on, .. } | What::Resigned { on, .. } => {
                json!({ "on": iso(*on) })
            }
            What::Expired { last, .. } => json!({ "last_day": iso(*last) }),
            What::Renewed { period, unmet, .. } => json!({ "period": days(period), "unmet": unmet.len() }),
            What::DocumentIssued { template, archival, .. } => {
                json!({ "template": template, "archival": archival })
            }
            What::Applied
            | What::Rejected { .. }
            | What::CharterSigned
            | What::Refused { .. }
            | What::WithdrawalAnswered { .. }
            | What::WithdrawalDropped { .. }
            | What::Withdrawn { .. } => Value::Null,
            What::WithdrawalAsked { answer_until, .. } => json!({ "answer_until": iso(*answer_until) }),
        };
        json!({ "habilitation": file, "act": own })
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            What::Presented { .. } => vec![("jury", self.file.jury.clone())],
            What::WithdrawalAnswered { answer } => vec![("answer", answer.clone())],
            What::Granted { conditions, .. } if !conditions.is_empty() => {
                vec![("conditions", conditions.clone())]
            }
            _ => Vec::new(),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            What::DocumentIssued { document, .. } => vec![document.clone()],
            _ => Vec::new(),
        }
    }

    fn jobs(&self) -> Vec<Job> {
        let mut jobs = documents::orders(self);
        if matches!(self.what, What::Suspended { .. } | What::Withdrawn { .. } | What::Resigned { .. }) {
            for again in ["missions.recheck", "agreements.recheck"] {
                jobs.push(Job::now(again, json!({ "expert_id": self.expert.id })));
            }
        }
        jobs
    }

    fn mails(&self) -> Vec<Mail> {
        let text = |lead: &str, value: &str| (lead.to_owned(), value.to_owned());
        let (template, details) = match &self.what {
            What::Applied => ("habilitation-applied", vec![]),
            What::Rejected { reason } => ("habilitation-rejected", vec![text(labels::REASON, reason)]),
            What::Admitted { senior_name, .. } => (
                "habilitation-admitted",
                vec![
                    text(labels::SENIOR, senior_name),
                    text(labels::PLAN, &self.file.action_plan),
                    text(labels::CHARTER, labels::CHARTER_TO_SIGN),
                ],
            ),
            What::Presented { members, .. } => return self.jury_mails(members),
            What::JuryMoved { members, reason, .. } => {
                return self.jury_changed("habilitation-jury-moved", &self.file, members, reason);
            }
            What::JuryCancelled { members, reason, .. } => {
                let before = self.before.as_ref().unwrap_or(&self.file);
                return self.jury_changed("habilitation-jury-cancelled", before, members, reason);
            }
            What::SeniorChanged { senior_name, reason, .. } => (
                "habilitation-senior-changed",
                vec![text(labels::SENIOR, senior_name), text(labels::REASON, reason)],
            ),
            What::Granted { period, conditions } => (
                "habilitation-granted",
                vec![text(labels::PERIOD, &days(*period)), text(labels::CONDITIONS, conditions)],
            ),
            What::Deferred { redo, reasons } => (
                "habilitation-deferred",
                vec![
                    text(labels::TO_REDO, &labels::step_list(self.file.duty, redo)),
                    text(labels::REASON, reasons),
                ],
            ),
            What::Refused { reasons } => ("habilitation-refused", vec![text(labels::REASON, reasons)]),
            What::Suspended { on, reason } => (
                "habilitation-suspended",
                vec![text(labels::FROM, &french::date(*on)), text(labels::REASON, reason)],
            ),
            What::Reinstated { on, reason } => (
                "habilitation-reinstated",
                vec![text(labels::FROM, &french::date(*on)), text(labels::REASON, reason)],
            ),
            What::Withdrawn { reason, last } => (
                "habilitation-withdrawn",
                vec![text(labels::LAST_DAY, &french::date(*last)), text(labels::REASON, reason)],
            ),
            What::Resigned { on, reason } => {
                let details = vec![text(labels::LAST_DAY, &french::date(*on)), text(labels::REASON, reason)];
                return vec![self.mail(
                    "habilitation-resigned",
                    Recipient::Managers,
                    labels::WHY_STAFF,
                    &details,
                )];
            }
            What::Expired { replaced: true, .. } => return Vec::new(),
            What::Expired { last, replaced: false } => {
                ("habilitation-expired", vec![text(labels::LAST_DAY, &french::date(*last))])
            }
            What::Renewed { period, .. } => {
                ("habilitation-renewed", vec![text(labels::PERIOD, &days(*period))])
            }
            What::WithdrawalAsked { reason, answer_until } => {
                let until = text(labels::ANSWER_UNTIL, &french::date(*answer_until));
                let details = vec![text(labels::REASON, reason), until];
                let (team, person) = (Recipient::Managers, Recipient::Expert { id: self.expert.id });
                return vec![
                    self.mail("habilitation-withdrawal-asked", team, labels::WHY_STAFF, &details),
                    self.mail("habilitation-withdrawal-planned", person, labels::WHY_EXPERT, &details),
                ];
            }
            What::WithdrawalDropped { reason } => {
                let details = vec![text(labels::REASON, reason)];
                let (team, person) = (Recipient::Managers, Recipient::Expert { id: self.expert.id });
                return [(person, labels::WHY_EXPERT), (team, labels::WHY_STAFF)]
                    .map(|(to, why)| self.mail("habilitation-withdrawal-dropped", to, why, &details))
                    .into();
            }
            What::WithdrawalAnswered { answer } => {
                let details = vec![text(labels::ANSWER, answer)];
                let to = Recipient::Managers;
                return vec![self.mail("habilitation-withdrawal-answered", to, labels::WHY_STAFF, &details)];
            }
            What::StepLogged { .. } | What::CharterSigned | What::DocumentIssued { .. } => return Vec::new(),
        };
        let mut details = details;
        details.extend(self.documents_due());
        let to = Recipient::Expert { id: self.expert.id };
        let person = self.mail(template, to, labels::WHY_EXPERT, &details);
        std::iter::once(person).chain(self.senior_mail()).collect()
    }
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
        (!titles.is_empty()).then(|| (labels::DOCUMENTS.to_owned(), labels::in_the_file(&titles)))
    }

    /// Whoever accompanies has steps to log: when the training begins, and when the jury wants some done again.
    fn senior_mail(&self) -> Option<Mail> {
        let details = match &self.what {
            What::Admitted { .. } => vec![(labels::PLAN.to_owned(), self.file.action_plan.clone())],
            What::Deferred { redo, reasons } => vec![
                (labels::TO_REDO.to_owned(), labels::step_list(self.file.duty, redo)),
                (labels::REASON.to_owned(), reasons.clone()),
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
        details.push((labels::REASON.to_owned(), reason.to_owned()));
        let person = Recipient::Expert { id: self.expert.id };
        std::iter::once((person, labels::WHY_EXPERT))
            .chain(invited(members).map(|to| (to, labels::WHY_JURY)))
            .map(|(to, why)| self.mail(template, to, why, &details).invited(date.clone()))
            .collect()
    }

    fn jury_details(&self, jury: &habilitation::Model) -> Vec<(String, String)> {
        let at = jury.jury_at.map(|at| labels::jury_at(*at, &self.expert.zone)).unwrap_or_default();
        let place = jury.jury_place.clone().unwrap_or_default();
        vec![(labels::JURY_ON.to_owned(), at), (labels::JURY_PLACE.to_owned(), place)]
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
            summary: labels::jury_title(&self.expert.number),
            location: jury.jury_place.clone().unwrap_or_default(),
            description: labels::jury_title(&self.expert.number),
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
