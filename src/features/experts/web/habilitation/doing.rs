//! What the buttons of the page of an habilitation do, and the forms that they send.

use entity::habilitation_step::StepKind;
use entity::ids::{ExpertId, HabilitationId, MissionId};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use time::Date;
use uuid::Uuid;

use super::super::super::actions::habilitation::{
    self as acts, Admission, JuryMember, JuryMove, LoggedStep, Presentation, Quality, Verdict,
};
use super::super::super::{ExpertError, labels};
use super::super::ask;
use super::{answer, found};
use crate::error::{DomainError, ErrorKind, Fault, Faults};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::{FormData, Page, WebError, flash};

/// The form of the decision of the jury.
const DECIDING: &str = "decider";

/// Does the act named by the button.
#[handler]
pub(in super::super) async fn take_step(
    page: Page,
    Path((number, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let id = HabilitationId(id);
    match perform(&page, &number, id, &form).await {
        Ok(false) => {
            let asked = found(&page, &number, id).await.map_err(WebError::from)?;
            ask::ask(&page, &asked, &form).await
        }
        Ok(true) => {
            let back = format!("/intervenants/{number}/habilitations/{id}");
            Ok(flash::redirect(&back, &labels::recorded()))
        }
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let mut errors = FieldErrors::of(&error);
            if error.faults().is_empty() {
                let sentences = std::iter::once(error.detail()).chain(error.blocking());
                errors = sentences.map(|sentence| ("", sentence)).collect();
            }
            for (act, field) in MEMBERS {
                errors.rename(act, field);
            }
            let act = form_of(form.text("acte"));
            if act == DECIDING {
                // One field of the form holds the conditions or the reason.
                errors.rename("/reason", "/text");
                errors.rename("/conditions", "/text");
            }
            let state = FormState::filled(form.fields()).with_errors(errors);
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, &number, id, act, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The form that holds the button of an act.
fn form_of(act: &str) -> &'static str {
    const FORMS: [&str; 15] = [
        "rejeter",
        "admettre",
        "etape",
        "presenter",
        "suspendre",
        "retablir",
        "retirer",
        "demissionner",
        "renouveler",
        "signer",
        "accompagnement",
        "repondre-retrait",
        "renoncer-retrait",
        "deplacer-jury",
        "annuler-jury",
    ];
    match act {
        "accorder" | "differer" | "refuser" => DECIDING,
        _ => FORMS.into_iter().find(|form| *form == act).unwrap_or_default(),
    }
}

/// Does the act; false when it is possible but is first to be confirmed, and nothing was then kept.
async fn perform(
    page: &Page,
    number: &str,
    id: HabilitationId,
    form: &FormData,
) -> Result<bool, ExpertError> {
    found(page, number, id).await?;
    let seen = form.version();
    let reason = form.text("reason");
    let on = from_day(form)?;
    let mut tx = page.app.begin(page.actor().clone()).await?;
    let tx_ref = &mut tx;
    match form.text("acte") {
        "rejeter" => acts::reject(tx_ref, id, seen, reason).await?,
        "admettre" => acts::admit(tx_ref, id, seen, &admission(form)).await?,
        "etape" => acts::log_step(tx_ref, id, seen, &step(form)?).await?,
        "signer" => acts::sign_charter(tx_ref, id, seen).await?,
        "presenter" => acts::present(tx_ref, id, seen, &presentation(form)).await?,
        "deplacer-jury" => acts::move_jury(tx_ref, id, seen, &another_date(form)).await?,
        "annuler-jury" => acts::cancel_jury(tx_ref, id, seen, reason).await?,
        "accompagnement" => {
            let named = form.optional("senior_id").and_then(|id| id.parse().ok()).map(ExpertId);
            acts::change_senior(tx_ref, id, seen, named, reason).await?
        }
        "repondre-retrait" => acts::answer_withdrawal(tx_ref, id, seen, form.text("answer")).await?,
        "accorder" | "differer" | "refuser" => acts::decide(tx_ref, id, seen, &verdict(form)).await?,
        "suspendre" => acts::suspend(tx_ref, id, seen, on, reason).await?,
        "retablir" => acts::reinstate(tx_ref, id, seen, on, reason).await?,
        "retirer" => acts::ask_withdrawal(tx_ref, id, seen, reason).await?,
        "confirmer-retrait" => acts::confirm_withdrawal(tx_ref, id, seen).await?,
        "renoncer-retrait" => acts::drop_withdrawal(tx_ref, id, seen, reason).await?,
        "demissionner" => acts::resign(tx_ref, id, seen, on, reason).await?,
        "renouveler" => acts::renew(tx_ref, id, seen, form.text("ends_on"), form.text("waiver")).await?,
        _ => return Err(vec![Fault::new("", "missing", labels::faults::ACT_UNKNOWN)].into()),
    };
    if ask::still_asks(form) {
        return Ok(false);
    }
    tx.commit().await?;
    Ok(true)
}

/// The day from which an act counts, as typed: one that cannot be read is never taken for today.
fn from_day(form: &FormData) -> Result<Option<Date>, ExpertError> {
    let mut faults = Faults::default();
    let on = faults.optional_date("/on", form.text("on"));
    Ok(faults.or(on)?)
}

fn admission(form: &FormData) -> Admission {
    Admission {
        interview_on: form.text("interview_on").to_owned(),
        interview: form.text("interview").to_owned(),
        senior: form.optional("senior_id").and_then(|id| id.parse().ok()).map(ExpertId),
        action_plan: form.text("action_plan").to_owned(),
    }
}

fn step(form: &FormData) -> Result<LoggedStep, ExpertError> {
    let kind = StepKind::from_word(form.text("kind"));
    Ok(LoggedStep {
        kind: kind.ok_or_else(|| vec![Fault::new("/kind", "missing", labels::faults::STEP_WANTED)])?,
        done_on: form.text("done_on").to_owned(),
        place: form.text("place").to_owned(),
        sheet: form.text("sheet").to_owned(),
        action_plan: form.text("action_plan").to_owned(),
        mission: form.optional("mission_id").and_then(|id| id.parse().ok()).map(MissionId),
    })
}

fn presentation(form: &FormData) -> Presentation {
    let member = |field: &str, quality| JuryMember {
        name: form.text(field).to_owned(),
        quality,
        expert: form.optional(&format!("{field}_expert")).and_then(|id| id.parse().ok()).map(ExpertId),
        email: form.text(&format!("{field}_email")).to_owned(),
    };
    Presentation {
        on: form.text("jury_on").to_owned(),
        time: form.text("jury_time").to_owned(),
        place: form.text("jury_place").to_owned(),
        members: vec![
            member("member_manager", Quality::Manager),
            member("member_senior", Quality::Senior),
            member("member_external", Quality::External),
        ],
    }
}

fn another_date(form: &FormData) -> JuryMove {
    JuryMove {
        on: form.text("jury_on").to_owned(),
        time: form.text("jury_time").to_owned(),
        place: form.text("jury_place").to_owned(),
        reason: form.text("reason").to_owned(),
    }
}

/// The fields of the form, by what the act says of each member.
const MEMBERS: [(&str, &str); 6] = [
    ("/members/0/name", "/member_manager"),
    ("/members/0/email", "/member_manager_email"),
    ("/members/1/name", "/member_senior"),
    ("/members/1/expert_id", "/member_senior_expert"),
    ("/members/2/name", "/member_external"),
    ("/members/2/email", "/member_external_email"),
];

fn verdict(form: &FormData) -> Verdict {
    let text = form.text("text").to_owned();
    match form.text("acte") {
        "accorder" => Verdict::Grant {
            starts_on: form.text("starts_on").to_owned(),
            ends_on: form.text("ends_on").to_owned(),
            conditions: text,
        },
        "differer" => Verdict::Defer {
            redo: form.all("redo").into_iter().filter_map(StepKind::from_word).collect(),
            reasons: text,
        },
        _ => Verdict::Refuse { reasons: text },
    }
}
