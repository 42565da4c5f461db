//! Who is written to when something happens to a mission, and with which words.

use entity::expense_claim;
use entity::mission::MissionState;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::{MissionEvent, What};
use crate::events::{Invitation, Mail, Recipient};
use crate::features::missions::{labels, wording};
use crate::render::french;

/// Every mail of an event.
pub(super) fn of(event: &MissionEvent<'_>) -> Vec<Mail> {
    let w = Writer { event };
    match &event.what {
        What::Offered { offer, link } => {
            vec![w.expert("mission-offered", w.offer(offer.due_at, link))]
        }
        What::Reminded { offer, link } => {
            let mail = w.expert("mission-reminder", w.offer(offer.due_at, link));
            vec![mail.while_mission_in(event.dossier.mission.id, &[MissionState::Proposed])]
        }
        What::Accepted { invitation, .. } => {
            let mut mails = vec![
                w.expert("mission-accepted", json!({ "previous_when": null, "move_reason": null }))
                    .inviting(invitation.clone()),
            ];
            mails.extend(w.structure("confirmed", json!({}), Some(invitation)));
            mails
        }
        What::Declined { words, next, .. } => {
            vec![w.team(json!({ "change": "declined", "words": words, "next": next }))]
        }
        What::Expired { next, .. } => vec![
            w.expert("mission-lapsed", json!({})),
            w.team(json!({ "change": "expired", "words": null, "next": next })),
        ],
        What::Withdrawn { reason, cancelled } => w.withdrawn("withdrawn", reason, cancelled.as_ref()),
        What::TakenBack { reason, cancelled } => {
            let mut mails = w.withdrawn("withdrawn", reason, cancelled.as_ref());
            mails.push(w.team(json!({ "change": "taken_back", "words": reason, "next": false })));
            mails
        }
        What::DroppedOut { words, cancelled, next, by_team, .. } => {
            let mut mails = w.withdrawn("dropped_out", words, Some(cancelled));
            if !by_team {
                mails.push(w.team(json!({ "change": "dropped_out", "words": words, "next": next })));
            }
            mails
        }
        What::Moved { invitation, previous_at, reason } => w.moved(invitation.as_ref(), *previous_at, reason),
        What::Cancelled { cause, cancelled, held, told, announced } => {
            let mut mails = Vec::new();
            if *told {
                let own = json!({ "change": "cancelled", "reason_text": cause });
                let mail = w.expert("mission-withdrawn", own);
                mails.push(if *held { mail.inviting(cancelled.clone()) } else { mail });
            }
            if *announced {
                let own = json!({ "reason_text": cause });
                mails.extend(w.structure("cancelled", own, Some(cancelled)));
            }
            mails
        }
        What::Claimed { claim } => {
            let mut own = amounts(claim);
            own["claim_reason"] = json!(claim.reason);
            vec![w.mail("expenses-claimed", w.team_recipient(), labels::WHY_TEAM, own)]
        }
        What::ClaimReturned { reason } => {
            vec![w.holder("expenses-returned", json!({ "reason_text": reason }))]
        }
        What::Settled { claim } => {
            let mut own = amounts(claim);
            own["paid_on"] = json!(claim.paid_on.map(french::date));
            own["payment"] = json!(claim.payment);
            own["nothing_owed"] = Value::Null;
            own["employer"] = json!(claim.employer_name);
            vec![w.holder("expenses-settled", own)]
        }
        What::ReportReminded { due, .. } => {
            let mail = w.holder("mission-report-late", json!({ "due": french::date(*due) }));
            let awaited = [MissionState::InProgress, MissionState::Done];
            vec![mail.while_mission_in(event.dossier.mission.id, &awaited)]
        }
        What::Reopened { reason } => {
            vec![w.holder("mission-reopened", json!({ "reason_text": reason }))]
        }
        What::ClaimCorrected { correction, total_cents } => {
            let back = correction.amount_cents < 0;
            let own = json!({
                "amount": french::money_cents(correction.amount_cents.abs()),
                "back": back,
                "total": french::money_cents(*total_cents),
                "reason_text": correction.reason,
                "paid_on": french::date(correction.paid_on),
                "payment": correction.payment,
            });
            vec![w.holder("expenses-corrected", own)]
        }
        What::NothingOwed { reason } => vec![w.holder("expenses-settled", nothing_owed(reason))],
        What::Recorded
        | What::Carried
        | What::Reported
        | What::Rated { .. }
        | What::ReceiptReceived { .. }
        | What::ReceiptWithdrawn { .. }
        | What::Certified { .. }
        | What::DocumentIssued { .. } => Vec::new(),
    }
}

/// The sums of a claim, as people read them.
fn amounts(claim: &expense_claim::Model) -> Value {
    json!({
        "fee": french::money_cents(claim.fee_cents),
        "expenses": french::money_cents(claim.expenses_cents),
        "total": french::money_cents(claim.fee_cents + claim.expenses_cents),
    })
}

/// The same message when no sum is paid.
fn nothing_owed(reason: &str) -> Value {
    json!({
        "fee": null,
        "expenses": null,
        "total": null,
        "paid_on": null,
        "payment": null,
        "employer": null,
        "nothing_owed": reason,
    })
}

struct Writer<'a, 'b> {
    event: &'a MissionEvent<'b>,
}

impl Writer<'_, '_> {
    fn mail(&self, template: &'static str, to: Recipient, reason: &'static str, own: Value) -> Mail {
        let dossier = self.event.dossier;
        let mission = &dossier.mission;
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let mut variables = json!({
            "number": mission.number,
            "title": mission.title,
            "object_label": labels::object_of(mission),
            "when": wording::when(mission),
            "day": wording::day(mission),
            "place": mission.place,
            "structure_name": dossier.structure.as_ref().map(|structure| structure.name.clone()),
            "certification_title": text(&french::list(&wording::certifications(dossier))),
            "expert_name": dossier.expert_name(),
            "instructions": text(&mission.instructions),
            "link": format!("{}{}", self.event.base_url, dossier.path()),
        });
        if let (Some(all), Value::Object(own)) = (variables.as_object_mut(), own) {
            all.extend(own);
        }
        Mail::new(template, to, reason, variables)
    }

    fn expert(&self, template: &'static str, own: Value) -> Mail {
        let to = Recipient::Expert { id: self.event.dossier.expert.id };
        self.mail(template, to, labels::WHY_EXPERT, own)
    }

    /// Whoever held the mission, about its fee and expenses.
    fn holder(&self, template: &'static str, own: Value) -> Mail {
        let to = Recipient::Expert { id: self.event.dossier.expert.id };
        self.mail(template, to, labels::WHY_HOLDER, own)
    }

    /// Whoever proposed the mission, or the managers.
    fn team_recipient(&self) -> Recipient {
        match self.event.dossier.mission.created_by {
            Some(id) => Recipient::Account { id },
            None => Recipient::Managers,
        }
    }

    fn team(&self, own: Value) -> Mail {
        self.mail("mission-declined", self.team_recipient(), labels::WHY_TEAM, own)
    }

    /// The structure where it takes place.
    fn structure(&self, change: &str, own: Value, invitation: Option<&Invitation>) -> Option<Mail> {
        let dossier = self.event.dossier;
        let structure = dossier.structure.as_ref().filter(|_| !dossier.mission.quiet)?;
        let mut variables = json!({ "change": change, "reason_text": null, "previous_when": null });
        if let (Some(all), Value::Object(own)) = (variables.as_object_mut(), own) {
            all.extend(own);
        }
        let to = Recipient::Structure { id: structure.id };
        let mail = self.mail("mission-structure", to, labels::WHY_STRUCTURE, variables);
        Some(match invitation {
            Some(invitation) => mail.inviting(invitation.clone()),
            None => mail,
        })
    }

    /// What an offer says.
    fn offer(&self, due: Option<entity::Instant>, link: &str) -> Value {
        let dossier = self.event.dossier;
        let mission = &dossier.mission;
        let money = |cents: i64| (cents > 0).then(|| french::money_cents(cents));
        json!({
            "answer_before": due.map(|due| wording::instant(*due, &dossier.expert.zone)),
            "answer_day": due.map(|due| wording::local_day(*due, &dossier.expert.zone)),
            "fee": money(mission.fee_cents),
            "expenses_ceiling": money(mission.expenses_ceiling_cents),
            "link": link,
        })
    }

    fn withdrawn(&self, change: &str, reason: &str, cancelled: Option<&Invitation>) -> Vec<Mail> {
        let mail = self.expert("mission-withdrawn", json!({ "change": change, "reason_text": reason }));
        let Some(invitation) = cancelled else { return vec![mail] };
        // The structure keeps its date: somebody else is looked for.
        let structure = self.structure("vacant", json!({}), None);
        std::iter::once(mail.inviting(invitation.clone())).chain(structure).collect()
    }

    fn moved(&self, invitation: Option<&Invitation>, previous_at: OffsetDateTime, reason: &str) -> Vec<Mail> {
        let mission = &self.event.dossier.mission;
        let previous = wording::instant(previous_at, &mission.zone);
        let mail =
            self.expert("mission-accepted", json!({ "previous_when": previous, "move_reason": reason }));
        let Some(invitation) = invitation else { return vec![mail] };
        let own = json!({ "previous_when": previous, "reason_text": reason });
        let structure = self.structure("moved", own, Some(invitation));
        std::iter::once(mail.inviting(invitation.clone())).chain(structure).collect()
    }
}
