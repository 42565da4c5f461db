//! What happens to a teaching support: journal line and mails. The person who gives it is written to by its mission.

use entity::ids::{NonconformityId, TeachingSupportId};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::dossier::Dossier;
use super::labels;
use crate::events::{DomainEvent, Mail, Recipient, Subject};
use crate::features::agreements::wording;
use crate::rules::transitions::Told;

/// One event of a support.
pub(crate) struct SupportEvent<'a> {
    /// The support after the act.
    pub dossier: &'a Dossier,
    /// Public address of the program.
    pub base_url: &'a str,
    /// The instant of the act.
    pub now: OffsetDateTime,
    /// Name and code of the event.
    pub line: Told,
    /// States, for a transition.
    pub states: (Option<String>, Option<String>),
    /// What happened.
    pub what: What<'a>,
}

/// What happened.
pub(crate) enum What<'a> {
    /// It is wanted.
    Requested { gaps: &'a [NonconformityId] },
    /// Its budget and its payer are known.
    Accepted,
    /// It will not be given.
    Refused { reason: &'a str },
    /// It is looked at again.
    Reconsidered { reason: &'a str },
    /// It has its date.
    Scheduled { person: &'a str },
    /// Its date was moved.
    Moved { reason: &'a str, person: &'a str },
    /// Nobody gives it any more.
    Released,
    /// Somebody else gives it.
    Reassigned,
    /// It took place.
    Performed,
    /// Its report arrived.
    Reported,
    /// Its report is late.
    ReportLate,
    /// The structure said how satisfied it is.
    Rated,
    /// It is over.
    Closed { gaps: &'a [NonconformityId] },
    /// It does not take place; the mission that the team cancels, when the structure cancelled.
    Cancelled { reason: &'a str, mission: &'a str },
}

impl DomainEvent for SupportEvent<'_> {
    fn name(&self) -> &'static str {
        self.line.0
    }

    fn code(&self) -> &'static str {
        self.line.1
    }

    fn subject(&self) -> Subject {
        let row = &self.dossier.support;
        let id: TeachingSupportId = row.id;
        Subject::new("teaching_support", id, row.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        self.states.clone()
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Refused { reason }
            | What::Reconsidered { reason }
            | What::Moved { reason, .. }
            | What::Cancelled { reason, .. } => Some(reason),
            What::Scheduled { .. } => self.dossier.support.tie_override.as_deref(),
            _ => None,
        }
    }

    fn payload(&self) -> Value {
        let row = &self.dossier.support;
        match &self.what {
            What::Requested { gaps } => json!({
                "origin": row.origin,
                "inspection_id": row.inspection_id,
                "nonconformities": gaps,
            }),
            What::Accepted => json!({
                "half_days": row.half_days,
                "cost_cents": row.cost_cents,
                "payer": row.payer,
            }),
            What::Scheduled { .. } | What::Moved { .. } | What::Reassigned => json!({
                "mission_id": row.mission_id,
                "expert_id": row.expert_id,
                "starts_at": row.starts_at.map(|at| at.unix_timestamp()),
            }),
            What::Performed => json!({ "minutes": row.minutes_given }),
            What::Rated => json!({ "satisfaction": row.satisfaction }),
            What::Closed { gaps } => json!({ "nonconformities": gaps }),
            _ => json!({}),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            What::Performed => {
                self.dossier.support.persons.iter().map(|persons| ("persons", persons.clone())).collect()
            }
            _ => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        let row = &self.dossier.support;
        match &self.what {
            What::Requested { .. } => {
                let own = json!({
                    "origin_label": labels::origin(row.origin),
                    "need": wording::items(&row.need),
                    "objectives": wording::items(&row.objectives),
                });
                self.both("support-requested", &own)
            }
            What::Accepted => vec![self.to_structure(
                "support-accepted",
                &json!({
                    "half_days": row.half_days.unwrap_or_default(),
                    "payer_label": row.payer.map(labels::payer).unwrap_or_default(),
                }),
            )],
            What::Refused { reason } => {
                vec![self.to_structure("support-refused", &json!({ "reasons": wording::items(reason) }))]
            }
            What::Scheduled { person } | What::Moved { person, .. } => {
                vec![self.to_structure("support-scheduled", &self.date(person))]
            }
            What::Released => vec![self.to_managers("support-released", &json!({}))],
            What::Reported => {
                let own = json!({
                    "report": wording::items(row.report.as_deref().unwrap_or_default()),
                    "actions": wording::items(row.actions.as_deref().unwrap_or_default()),
                });
                self.both("support-reported", &own)
            }
            What::ReportLate => self.to_expert("support-report-late").into_iter().collect(),
            What::Closed { .. } => vec![self.to_structure("support-closed", &json!({}))],
            What::Cancelled { reason, mission } => {
                let own = json!({ "reasons": wording::items(reason), "mission_number": mission });
                self.both("support-cancelled", &own)
            }
            What::Reconsidered { .. } | What::Reassigned | What::Performed | What::Rated => Vec::new(),
        }
    }
}

impl SupportEvent<'_> {
    fn date(&self, person: &str) -> Value {
        let row = &self.dossier.support;
        let at = |at: Option<entity::Instant>| {
            at.map(|at| wording::instant(*at, &self.dossier.structure.zone)).unwrap_or_default()
        };
        json!({
            "starts_at": at(row.starts_at),
            "ends_at": at(row.ends_at),
            "place": row.place,
            "person_name": person,
        })
    }

    fn variables(&self, own: &Value) -> Value {
        let row = &self.dossier.support;
        let mut variables = json!({
            "number": row.number,
            "structure_name": self.dossier.structure.name,
            "certification_title": self.dossier.about(),
            "link": format!("{}/appuis/{}", self.base_url, row.number),
        });
        if let (Some(all), Value::Object(own)) = (variables.as_object_mut(), own.clone()) {
            all.extend(own);
        }
        variables
    }

    fn to_structure(&self, template: &'static str, own: &Value) -> Mail {
        let to = Recipient::Structure { id: self.dossier.support.structure_id };
        Mail::new(template, to, labels::WHY_STRUCTURE, self.variables(own))
    }

    fn to_managers(&self, template: &'static str, own: &Value) -> Mail {
        Mail::new(template, Recipient::Managers, labels::WHY_TEAM, self.variables(own))
    }

    fn to_expert(&self, template: &'static str) -> Option<Mail> {
        let to = Recipient::Expert { id: self.dossier.support.expert_id? };
        Some(Mail::new(template, to, labels::WHY_EXPERT, self.variables(&json!({}))))
    }

    fn both(&self, template: &'static str, own: &Value) -> Vec<Mail> {
        vec![self.to_structure(template, own), self.to_managers(template, own)]
    }
}
