//! What happens to a right in its life: journal line and mails. Who is written to is what the consequences say.

use entity::right_act::{self, ActKind};
use entity::{agreement, right_change};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::events::{DocumentRef, DomainEvent, Job, Mail, Recipient, Subject, unix_millis};
use crate::features::agreements::consequences::Consequences;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::{labels, wording};
use crate::render::french;

/// One event of the life of a right.
pub(crate) struct LifeEvent<'a> {
    /// The agreement after the act.
    pub agreement: &'a agreement::Model,
    /// The request that gave it, with the structure and the certification.
    pub dossier: &'a Dossier,
    /// Public address of the program.
    pub base_url: &'a str,
    /// The instant of the act.
    pub now: OffsetDateTime,
    /// Name and code of the event.
    pub line: (&'static str, &'static str),
    /// States, for a transition.
    pub states: (Option<String>, Option<String>),
    /// What happened.
    pub what: LifeWhat<'a>,
}

/// What happened.
pub(crate) enum LifeWhat<'a> {
    /// The structure is told what is held against it.
    Notified { act: &'a right_act::Model, grounds: &'a [String] },
    /// The structure answered.
    Answered { act: &'a right_act::Model },
    /// A withdrawal waits for a second person.
    Asked { act: &'a right_act::Model },
    /// The right was changed.
    Done { act: &'a right_act::Model, grounds: &'a [String], touched: &'a Consequences },
    /// The procedure is given up.
    Dropped { act: &'a right_act::Model },
    /// What was done is undone.
    Undone { act: &'a right_act::Model, touched: &'a Consequences },
    /// The registered letter of an act is recorded.
    LetterRecorded { act: &'a right_act::Model },
    /// The structure declared a change.
    Declared { change: &'a right_change::Model, document: Option<DocumentRef> },
    /// A declared change was reviewed.
    Reviewed { change: &'a right_change::Model },
}

impl LifeWhat<'_> {
    const fn act(&self) -> Option<&right_act::Model> {
        match self {
            Self::Notified { act, .. }
            | Self::Answered { act }
            | Self::Asked { act }
            | Self::Done { act, .. }
            | Self::Dropped { act }
            | Self::LetterRecorded { act }
            | Self::Undone { act, .. } => Some(act),
            Self::Declared { .. } | Self::Reviewed { .. } => None,
        }
    }
}

impl DomainEvent for LifeEvent<'_> {
    fn name(&self) -> &'static str {
        self.line.0
    }

    fn code(&self) -> &'static str {
        self.line.1
    }

    fn subject(&self) -> Subject {
        Subject::new("agreement", self.agreement.id, self.agreement.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        self.states.clone()
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            LifeWhat::Dropped { act } | LifeWhat::Undone { act, .. } => act.close_reason.as_deref(),
            LifeWhat::Notified { act, .. } | LifeWhat::Asked { act } | LifeWhat::Done { act, .. } => {
                Some(act.reasons.as_str()).filter(|reasons| !reasons.is_empty())
            }
            LifeWhat::Reviewed { change } => change.answer.as_deref(),
            LifeWhat::Answered { .. } | LifeWhat::LetterRecorded { .. } | LifeWhat::Declared { .. } => None,
        }
    }

    fn payload(&self) -> Value {
        let change = match &self.what {
            LifeWhat::Declared { change, .. } | LifeWhat::Reviewed { change } => Some(change),
            _ => None,
        };
        if let Some(change) = change {
            return json!({ "change_id": change.id, "topic": change.topic, "review": change.review });
        }
        let Some(act) = self.what.act() else { return json!({}) };
        let mut payload = json!({ "act_id": act.id, "act": act.kind, "cause": act.cause });
        if let LifeWhat::Notified { grounds, .. } | LifeWhat::Done { grounds, .. } = &self.what {
            payload["grounds"] = json!(grounds);
        }
        if let LifeWhat::Done { touched, .. } | LifeWhat::Undone { touched, .. } = &self.what {
            payload["rights"] = json!(touched.rights.iter().map(|one| one.id).collect::<Vec<_>>());
            payload["juries"] = json!(touched.juries.iter().map(|one| &one.number).collect::<Vec<_>>());
            payload["candidates"] =
                json!(touched.candidates.iter().map(|one| &one.number).collect::<Vec<_>>());
        }
        if let LifeWhat::LetterRecorded { act } = &self.what {
            payload["number"] = json!(act.letter_number);
            payload["sent_on"] = json!(act.letter_sent_on.map(|day| day.to_string()));
        }
        if act.urgency_reason.is_some() {
            payload["urgent"] = json!(true);
        }
        payload
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            LifeWhat::Answered { act } => {
                act.comments.iter().map(|comments| ("comments", comments.clone())).collect()
            }
            LifeWhat::Declared { change, .. } => vec![("change", change.text.clone())],
            _ => Vec::new(),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            LifeWhat::Declared { document, .. } => document.iter().cloned().collect(),
            _ => Vec::new(),
        }
    }

    fn jobs(&self) -> Vec<Job> {
        let (act, document) = match &self.what {
            LifeWhat::Notified { act, .. } => (act, "right-letter.notice"),
            LifeWhat::Done { act, .. } => match act.kind {
                ActKind::Suspension => (act, "right-letter.suspended"),
                ActKind::Reinstatement => (act, "right-letter.reinstated"),
                ActKind::Withdrawal => (act, "right-letter.withdrawn"),
                ActKind::Renouncement => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        let mut job = Job::now(
            crate::features::agreements::documents::JOB,
            json!({
                "request_id": self.agreement.request_id,
                "document": document,
                "version": self.agreement.version,
                "at": unix_millis(self.now.into()),
                "act_id": act.id,
            }),
        );
        job.dedupe = Some(format!("document:{}:{document}", act.id));
        vec![job]
    }

    fn mails(&self) -> Vec<Mail> {
        match &self.what {
            LifeWhat::Notified { act, grounds } => vec![self.to_structure(
                "agreement-notice",
                json!({
                    "act_label": labels::act::noun(act.kind),
                    "cause_label": labels::act::cause(act.cause),
                    "grounds": grounds,
                    "reasons": wording::items(&act.reasons),
                    "comments_until": act.comments_due_at.map_or_else(|| self.day(), |at| self.instant(*at)),
                }),
            )],
            LifeWhat::Answered { act } => vec![self.to_managers(
                "agreement-notice-answered",
                json!({
                    "act_label": labels::act::noun(act.kind),
                    "comments": wording::items(act.comments.as_deref().unwrap_or_default()),
                }),
            )],
            LifeWhat::Asked { act } => vec![self.to_managers(
                "agreement-withdrawal-asked",
                json!({
                    "cause_label": labels::act::cause(act.cause),
                    "reasons": wording::items(&act.reasons),
                    "plan": wording::items(act.plan.as_deref().unwrap_or_default()),
                }),
            )],
            LifeWhat::Done { act, grounds, touched } => {
                touched.recipients.iter().map(|to| self.of_act(act, grounds, touched, to)).collect()
            }
            LifeWhat::Dropped { act } => vec![self.to_structure("agreement-act-dropped", self.closed(act))],
            LifeWhat::Undone { act, touched } => {
                touched.recipients.iter().map(|to| self.of_undo(act, touched, to)).collect()
            }
            LifeWhat::LetterRecorded { .. } => Vec::new(),
            LifeWhat::Declared { change, .. } => vec![self.to_managers(
                "agreement-change-declared",
                json!({
                    "topic_label": labels::act::topic(change.topic),
                    "happened_on": french::date(change.happened_on),
                    "text": wording::items(&change.text),
                    "review_by": french::date(change.review_due_on),
                }),
            )],
            LifeWhat::Reviewed { change } => vec![self.to_structure(
                "agreement-change-reviewed",
                json!({
                    "topic_label": labels::act::topic(change.topic),
                    "review_label": change.review.map(labels::act::review).unwrap_or_default(),
                    "answer": wording::items(change.answer.as_deref().unwrap_or_default()),
                }),
            )],
        }
    }
}

impl LifeEvent<'_> {
    fn day(&self) -> String {
        wording::day(self.now, &self.dossier.structure.zone)
    }

    fn instant(&self, at: OffsetDateTime) -> String {
        wording::instant(at, &self.dossier.structure.zone)
    }

    fn of_act(
        &self,
        act: &right_act::Model,
        grounds: &[String],
        touched: &Consequences,
        to: &Recipient,
    ) -> Mail {
        match to {
            Recipient::Expert { .. } => self.to_member(act.kind, false, touched, to),
            Recipient::Candidate { .. } => self.to_candidate(false, to),
            Recipient::Managers => self.to_managers(
                "agreement-renounced",
                json!({
                    "renounced_on": self.day(),
                    "plan": wording::items(act.plan.as_deref().unwrap_or_default()),
                }),
            ),
            _ => self.told(act, grounds),
        }
    }

    /// What the structure is told of an act that is done.
    fn told(&self, act: &right_act::Model, grounds: &[String]) -> Mail {
        let reasons = wording::items(&act.reasons);
        match act.kind {
            ActKind::Reinstatement => self.to_structure(
                "agreement-reinstated",
                json!({
                    "reinstated_on": self.day(),
                    "reasons": reasons,
                    "valid_until": french::date(self.agreement.ends_on),
                }),
            ),
            ActKind::Withdrawal | ActKind::Renouncement => self.to_structure(
                "agreement-taken-away",
                json!({
                    "withdrawn_on": self.day(),
                    "cause_label": labels::act::cause(act.cause),
                    "grounds": grounds,
                    "reasons": reasons,
                    "plan": wording::items(act.plan.as_deref().unwrap_or_default()),
                    "remedies": labels::mail::REMEDIES,
                }),
            ),
            ActKind::Suspension => self.to_structure(
                "agreement-suspended",
                json!({
                    "suspended_on": self.day(),
                    "cause_label": labels::act::cause(act.cause),
                    "grounds": grounds,
                    "reasons": reasons,
                    "urgency": act.urgency_reason.as_deref().unwrap_or_default(),
                    "remedies": labels::mail::REMEDIES,
                }),
            ),
        }
    }

    fn of_undo(&self, act: &right_act::Model, touched: &Consequences, to: &Recipient) -> Mail {
        match to {
            Recipient::Expert { .. } => self.to_member(act.kind, true, touched, to),
            Recipient::Candidate { .. } => self.to_candidate(true, to),
            Recipient::Managers => self.to_managers("agreement-act-undone", self.closed(act)),
            _ => self.to_structure("agreement-act-undone", self.closed(act)),
        }
    }

    fn closed(&self, act: &right_act::Model) -> Value {
        json!({
            "act_label": labels::act::noun(act.kind),
            "closed_on": self.day(),
            "reasons": wording::items(act.close_reason.as_deref().unwrap_or_default()),
        })
    }

    /// Whoever sits in juries ahead is told of theirs, and of no other.
    fn to_member(&self, kind: ActKind, undone: bool, touched: &Consequences, to: &Recipient) -> Mail {
        let sits =
            |members: &[entity::ids::ExpertId]| members.iter().any(|id| *to == Recipient::Expert { id: *id });
        let own = touched.juries.iter().filter(|jury| sits(&jury.members));
        let juries: Vec<&String> = own.map(|jury| &jury.number).collect();
        let first = juries.first().map(|number| number.as_str()).unwrap_or_default();
        let variables = json!({
            "structure_name": self.dossier.structure.name,
            "certification_title": self.dossier.version.title,
            "said": labels::act::for_members(kind, undone),
            "juries": juries,
            "link": format!("{}/jurys/{first}", self.base_url),
        });
        Mail::new("agreement-jury-touched", to.clone(), labels::act::WHY_MEMBER, variables)
    }

    fn to_candidate(&self, undone: bool, to: &Recipient) -> Mail {
        let variables = json!({
            "structure_name": self.dossier.structure.name,
            "certification_title": self.dossier.version.title,
            "said": labels::act::for_candidates(undone),
        });
        Mail::new("agreement-candidate-touched", to.clone(), labels::act::WHY_CANDIDATE, variables)
    }

    fn variables(&self, own: Value) -> Value {
        let mut variables = json!({
            "number": self.dossier.reference(),
            "agreement_number": self.agreement.number,
            "structure_name": self.dossier.structure.name,
            "certification_title": self.dossier.version.title,
            "link": format!("{}/agrements/droits/{}", self.base_url, self.agreement.number),
        });
        if let (Some(all), Value::Object(own)) = (variables.as_object_mut(), own) {
            all.extend(own);
        }
        variables
    }

    fn to_structure(&self, template: &'static str, own: Value) -> Mail {
        let to = Recipient::Structure { id: self.agreement.structure_id };
        Mail::new(template, to, labels::mail::WHY_STRUCTURE, self.variables(own))
    }

    fn to_managers(&self, template: &'static str, own: Value) -> Mail {
        Mail::new(template, Recipient::Managers, labels::mail::WHY_STAFF, self.variables(own))
    }
}
