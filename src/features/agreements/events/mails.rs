//! Who is written to when something happens to a request, and with which words.

use entity::agreement_request::RequestState;
use entity::decision::Outcome;
use serde_json::{Value, json};

use super::committee::date as committee_date;
use super::{PieceNote, RequestEvent, What};
use crate::events::{Invitation, InvitationMethod, Mail, Recipient};
use crate::features::agreements::actions::visit::ReleasedBy;
use crate::features::agreements::pieces::{self, PieceKind};
use crate::features::agreements::{labels, wording};
use crate::render::french;
use crate::rules::deadline;
use crate::rules::territory;

const PARIS: &str = "Europe/Paris";

/// Every mail of an event.
#[expect(clippy::too_many_lines, reason = "one arm per event, read as a table")]
pub(super) fn of(event: &RequestEvent<'_>) -> Vec<Mail> {
    let w = Writer { event };
    match &event.what {
        What::Drafted { expires_on, delays, .. } => vec![w.structure("agreement-draft-created", json!({
            "pieces_count": crate::features::agreements::pieces::all().iter().filter(|kind| kind.is_mandatory(super::super::queries::situation(&event.dossier.request))).count().to_string(),
            "expires_on": french::date(*expires_on),
            "idle_delay": wording::days(delays.draft_idle_days),
            "warnings": wording::times(delays.draft_warning_days.len()),
        }))],
        What::Submitted { answer_by, pieces, replaced, .. } => w.submitted(*answer_by, pieces, replaced),
        What::DraftWarned { idle_days, expires_on, missing, delays } => vec![w
            .structure("agreement-draft-expiring", json!({
                "idle_days": idle_days.to_string(),
                "idle_delay": wording::days(delays.draft_idle_days),
                "expires_on": french::date(*expires_on),
                "missing_pieces": titles(missing),
            }))
            .while_in(event.dossier.request.id, &[RequestState::Draft])],
        What::DraftExpired { delays } => vec![w.structure("agreement-draft-expired", json!({
            "expired_on": w.today(),
            "idle_delay": wording::days(delays.draft_idle_days),
        }))],
        What::Returned { pieces, due_at, message } => vec![w.structure("agreement-returned", json!({
            "pieces": notes(pieces),
            "version": event.dossier.request.submission_count.to_string(),
            "deadline": w.instant(*due_at),
            "deadline_day": w.day(*due_at),
            "message": Some(*message).filter(|text| !text.is_empty()),
        }))],
        What::ReturnReminded { pieces, due_at, closes_on, overdue } => vec![w
            .structure("agreement-return-reminder", json!({
                "pieces": notes(pieces),
                "deadline": w.instant(*due_at),
                "deadline_day": w.day(*due_at),
                "closes_on": french::date(*closes_on),
                "overdue": overdue,
            }))
            .while_in(event.dossier.request.id, &[RequestState::Incomplete])],
        What::ClosedIdle { due_at } => vec![w.structure("agreement-closed-idle", json!({
            "deadline": w.day(*due_at),
            "closed_on": w.today(),
        }))],
        What::Completed { expected_on, delays } => vec![w.structure("agreement-complete", json!({
            "completed_on": w.today(),
            "decision_expected_on": french::date(*expected_on),
            "visit_notice_days": delays.visit_notice_days,
            "comment_days": delays.comment_days,
        }))],
        What::Assigned { visit_before, answer_before, link, .. } => w.to_controller("controller-assigned", json!({
            "link": link,
            "file_link": format!("{}{}", event.base_url, event.dossier.path()),
            "mission_number": event.dossier.request.mission_number,
            "commune": event.dossier.structure.commune,
            "territory": w.region(),
            "visit_before": french::date(*visit_before),
            "answer_before": french::long_date(*answer_before),
            "sites": wording::sites(&event.dossier.sites),
        })),
        What::Declined { controller_name, reason } => vec![w.mail("controller-declined", Recipient::Managers, labels::mail::WHY_STAFF, json!({
            "controller_name": controller_name,
            "declined_on": w.today(),
            "decline_reason": reason,
            "decision_expected_on": event.dossier.request.decision_expected_on.map(french::date),
        }))],
        What::Released { .. } => w.released(),
        What::Scheduled { .. } | What::Moved { .. } => w.visit(),
        What::VisitRecorded { tally, controller_name, report_due } => vec![w.officer("visit-done", json!({
            "visited_on": w.today(),
            "controller_name": controller_name,
            "conforming_count": tally.conforming.to_string(),
            "minor_count": tally.minor.to_string(),
            "major_count": tally.major.to_string(),
            "report_due": french::date(*report_due),
        }))],
        What::ReportSent { tally, comments_due_at } => vec![w.structure("report-provisional", json!({
            "visited_on": w.visited_on(),
            "minor_count": tally.minor.to_string(),
            "major_count": tally.major.to_string(),
            "deadline": w.instant(*comments_due_at),
            "deadline_day": w.day(*comments_due_at),
        }))],
        What::Commented { opinion_due, .. } => w.to_controller("report-comments", json!({
            "received_on": w.today(),
            "visited_on": w.visited_on(),
            "comments_count": wording::items(event.dossier.request.comments.as_deref().unwrap_or_default()).len().to_string(),
            "opinion_due": french::date(*opinion_due),
        })),
        What::OpinionGiven => w.opinion(),
        What::Waived { reason } => vec![w.structure("visit-waived", json!({
            "waived_on": w.today(),
            "waive_reason": reason,
            "decision_expected_on": event.dossier.request.decision_expected_on.map(french::date),
        }))],
        What::OnAgenda { committee } => vec![w.mail("agreement-on-agenda", Recipient::Committee { id: committee.id }, labels::mail::WHY_COMMITTEE, json!({
            "meeting_day": french::date(committee.meets_on),
            "meeting_when": french::long_date(committee.meets_on),
            "meeting_place": committee.place,
            "kind_label": labels::kind(event.dossier.request.kind),
            "opinion_label": event.dossier.request.opinion.map(labels::opinion),
        })).invited(committee_date(committee, InvitationMethod::Request))],
        What::OffAgenda { committee, reason } => vec![w.officer("agreement-off-agenda", json!({
            "meeting_day": french::date(committee.meets_on),
            "cancel_reason": reason,
        }))],
        What::Decided { .. } => w.decided(),
        What::Resumed { committee } => vec![w.structure("agreement-resumed", json!({
            "resumed_on": w.today(),
            "next": if committee.is_some() { "committee" } else { "visit" },
            "next_date": committee.map(|committee| format!("du {}", french::date(committee.meets_on))),
        }))],
        What::Withdrawn { reason, cancelled } => w.withdrawn(reason, cancelled.as_ref()),
        What::Appealed { decided_at, answer_by } => vec![w.structure("appeal-received", json!({
            "decided_on": w.day(*decided_at),
            "received_on": w.today(),
            "answer_by": french::date(*answer_by),
        }))],
        What::Settled { outcome, reasons, lodged_at } => vec![w.structure("appeal-settled", json!({
            "outcome": outcome,
            "received_on": w.day(*lodged_at),
            "settled_on": w.today(),
            "reasons": wording::items(reasons),
            "remedies": labels::mail::LAST_REMEDIES,
        }))],
        What::PieceReceived { code, .. } if event.dossier.request.state == RequestState::Adjourned => {
            w.supplied(code)
        }
        What::Edited { .. }
        | What::PieceReceived { .. }
        | What::PieceRemoved { .. }
        | What::PieceReviewed { .. }
        | What::Scored { .. }
        | What::RefusalOpened { .. }
        | What::LetterRecorded { .. }
        | What::DocumentIssued { .. } => Vec::new(),
    }
}

struct Writer<'a, 'b> {
    event: &'a RequestEvent<'b>,
}

impl Writer<'_, '_> {
    fn mail(&self, template: &'static str, to: Recipient, reason: &'static str, own: Value) -> Mail {
        let dossier = self.event.dossier;
        let mut variables = json!({
            "number": dossier.reference(),
            "structure_name": dossier.structure.name,
            "certification_title": dossier.version.title,
            "link": format!("{}{}", self.event.base_url, dossier.path()),
        });
        if let (Some(all), Value::Object(own)) = (variables.as_object_mut(), own) {
            all.extend(own);
        }
        Mail::new(template, to, reason, variables)
    }

    fn structure(&self, template: &'static str, own: Value) -> Mail {
        let to = Recipient::Structure { id: self.event.dossier.structure.id };
        self.mail(template, to, labels::mail::WHY_STRUCTURE, own)
    }

    fn officer(&self, template: &'static str, own: Value) -> Mail {
        let to = Recipient::RequestOfficer { id: self.event.dossier.request.id };
        self.mail(template, to, labels::mail::WHY_STAFF, own)
    }

    fn to_controller(&self, template: &'static str, own: Value) -> Vec<Mail> {
        let controller = self.event.dossier.request.controller_id;
        controller
            .map(|id| self.mail(template, Recipient::Expert { id }, labels::mail::WHY_EXPERT, own))
            .into_iter()
            .collect()
    }

    fn zone(&self) -> &str {
        &self.event.dossier.structure.zone
    }

    fn instant(&self, instant: time::OffsetDateTime) -> String {
        wording::instant(instant, self.zone())
    }

    fn day(&self, instant: time::OffsetDateTime) -> String {
        wording::day(instant, self.zone())
    }

    fn today(&self) -> String {
        self.day(self.event.now)
    }

    fn visited_on(&self) -> String {
        self.event.dossier.request.visited_at.map(|at| self.day(*at)).unwrap_or_default()
    }

    fn region(&self) -> &'static str {
        territory::region(&self.event.dossier.structure.region).map(|region| region.name).unwrap_or_default()
    }

    fn submitted(&self, answer_by: time::Date, pieces: &[&PieceKind], replaced: &[&PieceKind]) -> Vec<Mail> {
        let dossier = self.event.dossier;
        let version = dossier.request.submission_count.to_string();
        // The form comes first, as in the receipt.
        let received: Vec<&PieceKind> =
            pieces::kind(pieces::FORM).into_iter().chain(pieces.iter().copied()).collect();
        let receipt = self.structure(
            "agreement-submitted",
            json!({
                "submitted_on": self.today(),
                "submitted_at": self.instant(self.event.now),
                "version": version,
                "answer_by": french::long_date(answer_by),
                "pieces": titles(&received),
            }),
        );
        let paris = wording::instant(self.event.now, PARIS);
        let notice = if dossier.request.submission_count > 1 {
            self.officer(
                "agreement-resubmitted",
                json!({
                    "version": version,
                    "submitted_at": paris,
                    "answer_by": french::long_date(answer_by),
                    "replaced_pieces": titles(replaced),
                }),
            )
        } else {
            self.officer(
                "agreement-received",
                json!({
                    "kind_label": labels::kind(dossier.request.kind),
                    "roles_label": labels::role(dossier.request.role),
                    "region": self.region(),
                    "sites_count": dossier.sites.len().to_string(),
                    "submitted_at": paris,
                    "answer_by": french::long_date(answer_by),
                }),
            )
        };
        vec![receipt, notice]
    }

    /// The officer is told of what the committee waited for; nobody is, of the pieces of a draft.
    fn supplied(&self, code: &str) -> Vec<Mail> {
        let Some(kind) = crate::features::agreements::pieces::kind(code) else { return Vec::new() };
        vec![self.officer(
            "agreement-piece-supplied",
            json!({
                "piece_code": kind.code,
                "piece_title": kind.title,
                "received_at": wording::instant(self.event.now, PARIS),
                "awaited_by": self.event.dossier.request.adjourned_until.map(french::date),
            }),
        )]
    }

    fn visit(&self) -> Vec<Mail> {
        let (invitation, previous, controller_name) = match &self.event.what {
            What::Scheduled { invitation, controller_name } => (invitation, None, *controller_name),
            What::Moved { invitation, previous_at, reason, by } => {
                (invitation, Some((*previous_at, *reason, *by)), "")
            }
            _ => return Vec::new(),
        };
        let request = &self.event.dossier.request;
        let day = deadline::date_in_zone(invitation.starts_at, &invitation.zone)
            .map(french::date)
            .unwrap_or_default();
        let when = wording::instant(invitation.starts_at, &invitation.zone);
        let letter = |audience: &str, to: Recipient, reason| match previous {
            None => self.mail(
                "visit-scheduled",
                to,
                reason,
                json!({
                    "audience": audience,
                    "when": when,
                    "day": day,
                    "paris_when": Value::Null,
                    "place": invitation.location,
                    "mode_label": request.visit_mode.map(labels::visit_mode),
                    "controller_name": controller_name,
                    "to_prepare": labels::mail::TO_PREPARE,
                }),
            ),
            Some((previous_at, move_reason, by)) => self.mail(
                "visit-moved",
                to,
                reason,
                json!({
                    "audience": audience,
                    "when": when,
                    "day": day,
                    "paris_when": Value::Null,
                    "place": invitation.location,
                    "previous_when": format!("le {}", wording::instant(previous_at, &invitation.zone)),
                    "moved_by_label": labels::mail::moved_by(by),
                    "move_reason": move_reason,
                }),
            ),
        };
        let structure = Recipient::Structure { id: request.structure_id };
        let mut mails =
            vec![letter("structure", structure, labels::mail::WHY_STRUCTURE).inviting(invitation.clone())];
        if let Some(id) = request.controller_id {
            let controller = letter("controller", Recipient::Expert { id }, labels::mail::WHY_EXPERT);
            mails.push(controller.inviting(invitation.clone()));
        }
        // Whoever examines the file follows the date without going there.
        if previous.is_some() {
            let officer = Recipient::RequestOfficer { id: request.id };
            mails.push(letter("officer", officer, labels::mail::WHY_STAFF));
        }
        mails
    }

    fn withdrawn(&self, reason: &str, cancelled: Option<&Invitation>) -> Vec<Mail> {
        let mut mails = vec![self.officer(
            "agreement-withdrawn",
            json!({
                "withdrawn_on": self.today(),
                "previous_state_label": self.event.before.map(|state| labels::state(state).word),
                "withdraw_reason": Some(reason).filter(|text| !text.is_empty()),
            }),
        )];
        if let Some(invitation) = cancelled {
            let mut own = called_off(invitation);
            own["cancel_reason"] = json!(labels::mail::WITHDRAWN);
            own["next_step"] = Value::Null;
            // Whoever was invited holds the date in an agenda, the structure that gave up too.
            let mut off = vec![self.structure("visit-cancelled", own.clone())];
            off.extend(self.to_controller("visit-cancelled", own));
            mails.extend(off.into_iter().map(|mail| mail.inviting(invitation.clone())));
        }
        mails
    }

    /// The person who had the visit is told why; the structure, which may hold its date, only that somebody else is to
    /// come; whoever manages the file hears of it unless the team did it.
    fn released(&self) -> Vec<Mail> {
        let What::Released { controller, controller_name, reason, cancelled, by } = &self.event.what else {
            return Vec::new();
        };
        let date = cancelled
            .as_ref()
            .map_or_else(|| json!({ "when": null, "day": null, "place": null }), called_off);
        let own = |audience: &str| {
            let mut own = date.clone();
            own["audience"] = json!(audience);
            own["dropped_out"] = json!(*by == ReleasedBy::Controller);
            own["controller_name"] = json!(controller_name);
            own["reason_text"] = json!(reason);
            own
        };
        let with_date = |mail: Mail| match cancelled {
            Some(invitation) => mail.inviting(invitation.clone()),
            None => mail,
        };
        let person = controller.map(|id| {
            self.mail(
                "visit-released",
                Recipient::Expert { id },
                labels::mail::WHY_RELEASED,
                own("controller"),
            )
        });
        let mut mails: Vec<Mail> = person.map(with_date).into_iter().collect();
        if let Some(invitation) = cancelled {
            let mut told = date.clone();
            told["cancel_reason"] = json!(labels::mail::SOMEBODY_ELSE);
            told["next_step"] = json!(labels::mail::ANOTHER_DATE);
            mails.push(self.structure("visit-cancelled", told).inviting(invitation.clone()));
        }
        if *by != ReleasedBy::Team {
            mails.push(self.mail(
                "visit-released",
                Recipient::Managers,
                labels::mail::WHY_STAFF,
                own("team"),
            ));
        }
        mails
    }

    fn opinion(&self) -> Vec<Mail> {
        let own = |audience: &str| {
            json!({
                "audience": audience,
                "opinion_label": self.event.dossier.request.opinion.map(labels::opinion),
                "rendered_on": self.today(),
                "next_step": labels::mail::AFTER_OPINION,
            })
        };
        vec![
            self.structure("opinion-rendered", own("structure")),
            self.officer("opinion-rendered", own("officer")),
        ]
    }

    fn decided(&self) -> Vec<Mail> {
        let What::Decided { decision, reserves, appeal_until } = &self.event.what else { return Vec::new() };
        let dossier = self.event.dossier;
        let mut own = json!({ "decided_on": self.today() });
        let granted = json!({
            "roles_label": labels::role(dossier.request.role),
            "duration_label": labels::duration(decision.starts_on, decision.ends_on),
            "sites": wording::sites(&dossier.sites),
        });
        let (template, more) = match decision.outcome {
            Outcome::Grant => ("agreement-granted", granted),
            Outcome::GrantWithReserves => {
                let mut own = granted;
                own["reserves"] = reserves
                    .iter()
                    .map(|reserve| json!({ "text": reserve.text, "deadline": french::date(reserve.due_on) }))
                    .collect();
                ("agreement-granted-with-reserves", own)
            }
            Outcome::Adjourn => {
                let due = decision.due_on.map(|date| dossier.end_of(date));
                (
                    "agreement-adjourned",
                    json!({
                        "deadline": due.map(|due| self.instant(due)),
                        "deadline_day": decision.due_on.map(french::date),
                        "missing": wording::items(&decision.text),
                    }),
                )
            }
            Outcome::Refuse => (
                "agreement-refused",
                json!({
                    "reasons": wording::items(&decision.text),
                    "appeal_deadline": appeal_until.map(|until| self.instant(until)),
                    "appeal_deadline_day": appeal_until.map(|until| self.day(until)),
                    "remedies": labels::mail::REMEDIES,
                }),
            ),
        };
        if let (Some(all), Value::Object(more)) = (own.as_object_mut(), more) {
            all.extend(more);
        }
        vec![self.structure(template, own)]
    }
}

/// The date that a visit had.
fn called_off(invitation: &Invitation) -> Value {
    let day = deadline::date_in_zone(invitation.starts_at, &invitation.zone).map(french::date);
    json!({
        "when": wording::instant(invitation.starts_at, &invitation.zone),
        "day": day.unwrap_or_default(),
        "place": invitation.location,
    })
}

fn titles(pieces: &[&PieceKind]) -> Vec<Value> {
    pieces.iter().map(|kind| json!({ "code": kind.code, "title": kind.title })).collect()
}

fn notes(pieces: &[PieceNote]) -> Vec<Value> {
    pieces
        .iter()
        .map(|(kind, reason)| json!({ "code": kind.code, "title": kind.title, "reason": reason }))
        .collect()
}
