//! `/controles/{number}/{verb}`: the acts of an inspection. What reaches people and takes something away asks first.

use entity::corrective_action::VerifiedBy;
use entity::inspection::Proposal;
use entity::nonconformity;
use poem::web::Path;
use poem::{Response, handler};
use time::{OffsetDateTime, Time};
use uuid::Uuid;

use super::super::dossier::Dossier;
use super::super::error::InspectionError;
use super::super::input::{
    ConcludeInput, EscalateInput, Insufficient, NotifyInput, PerformInput, PostponeInput, ProposalInput,
    VerifyInput,
};
use super::super::{actions, queries};
use super::labels as words;
use super::refusal;
use super::show::{self, Returned};
use crate::db::Tx;
use crate::error::Faults;
use crate::features::inspections::labels;
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::CSRF_FIELD;
use crate::http::web::{FormData, Page, WebError, flash};
use crate::rules::{deadline, typed_date};

/// The field that says yes.
const CONFIRMED: &str = "confirme";

async fn perform(tx: &mut Tx, verb: &str, dossier: &Dossier, form: &FormData) -> Result<(), InspectionError> {
    let (id, seen) = (dossier.inspection.id, form.version());
    let text = |name: &str| form.text(name).to_owned();
    match verb {
        "notifier" => {
            let input = notice(dossier, form)?;
            Box::pin(actions::notify(tx, id, seen, &input)).await?;
        }
        "deplacer" => {
            let input = PostponeInput { starts_at: starts_at(dossier, form)?, reason: text("reason") };
            Box::pin(actions::postpone(tx, id, seen, &input)).await?;
        }
        "refus" => {
            actions::state_refusal(tx, id, seen, form.text("statement")).await?;
        }
        "reprendre" => {
            actions::resume(tx, id, seen).await?;
        }
        "realise" => {
            let input = PerformInput { persons_met: text("persons_met") };
            actions::perform(tx, id, seen, &input).await?;
        }
        "rapport" => {
            actions::send_report(tx, id, seen, form.text("report")).await?;
        }
        "observations" => {
            actions::comment(tx, id, form.text("text")).await?;
        }
        "annuler" => {
            Box::pin(actions::cancel(tx, id, seen, form.text("reason"))).await?;
        }
        "rouvrir" => {
            actions::reopen(tx, id, seen, form.text("reason")).await?;
        }
        "retenir" | "classer" => {
            let change = key(form, "change_id")?;
            actions::settle(tx, id, change.into(), verb == "retenir").await?;
        }
        _ => Box::pin(follow_up(tx, verb, dossier, form)).await?,
    }
    Ok(())
}

/// What comes after the provisional report.
async fn follow_up(
    tx: &mut Tx,
    verb: &str,
    dossier: &Dossier,
    form: &FormData,
) -> Result<(), InspectionError> {
    let (id, seen) = (dossier.inspection.id, form.version());
    let text = |name: &str| form.text(name).to_owned();
    match verb {
        "proposer" => {
            let proposal = proposal(form, "proposal")?;
            let input = ProposalInput { proposal, conclusion: text("conclusion") };
            actions::propose_conclusion(tx, id, seen, &input).await?;
        }
        "abandonner" => {
            actions::drop_gap(tx, id, key(form, "gap_id")?.into(), form.text("reason")).await?;
        }
        "conclure" => {
            let gaps = queries::gaps(tx.conn(), id).await?;
            let day = |gap: &nonconformity::Model| {
                let typed = typed_date::parse(form.text(&format!("due_on/{}", gap.criterion)))?;
                Some((gap.id, typed))
            };
            let input = ConcludeInput {
                decision: proposal(form, "decision")?,
                conclusion: text("conclusion"),
                due: gaps.iter().filter_map(day).collect(),
            };
            actions::conclude(tx, id, seen, &input).await?;
        }
        "deposer" => {
            actions::submit_actions(tx, id, seen).await?;
        }
        "lever" => {
            let input = check(tx, dossier, form).await?;
            actions::close_gap(tx, id, key(form, "gap_id")?.into(), &input).await?;
        }
        "insuffisant" => {
            let gaps = queries::gaps(tx.conn(), id).await?;
            let named: Vec<_> = gaps.iter().filter_map(|gap| insufficient(gap, form)).collect();
            actions::find_insufficient(tx, id, seen, &named).await?;
        }
        "clore" => {
            actions::close(tx, id, seen, form.text("closing")).await?;
        }
        "engager" => {
            let input = EscalateInput { reasons: text("reasons"), plan: text("plan") };
            actions::escalate(tx, id, seen, &input).await?;
        }
        _ => return Err(InspectionError::NotFound),
    }
    Ok(())
}

fn key(form: &FormData, name: &str) -> Result<Uuid, InspectionError> {
    Uuid::parse_str(form.text(name)).map_err(|_| InspectionError::NotFound)
}

fn proposal(form: &FormData, name: &str) -> Result<Proposal, InspectionError> {
    let missing =
        || InspectionError::fault(&format!("/{name}"), "missing", labels::refusals::PROPOSAL_WANTED);
    Proposal::from_word(form.text(name)).ok_or_else(missing)
}

fn insufficient(gap: &nonconformity::Model, form: &FormData) -> Option<Insufficient> {
    let reason = form.optional(&format!("reason/{}", gap.criterion))?;
    let day = typed_date::parse(form.text(&format!("due_on/{}", gap.criterion)));
    Some(Insufficient { gap: gap.id, reason: reason.to_owned(), due_on: day })
}

/// How an answer was checked; the follow-up is named by its number.
async fn check(tx: &Tx, dossier: &Dossier, form: &FormData) -> Result<VerifyInput, InspectionError> {
    let visits = queries::follow_ups(tx.conn(), dossier.inspection.id).await?;
    let visit = form.optional("follow_up").and_then(|number| visits.iter().find(|one| one.number == number));
    Ok(VerifyInput {
        how: VerifiedBy::from_word(form.text("verified_on")).unwrap_or(VerifiedBy::Documents),
        follow_up: visit.map(|one| one.id),
        verification: form.text("verification").to_owned(),
    })
}

fn notice(dossier: &Dossier, form: &FormData) -> Result<NotifyInput, InspectionError> {
    let text = |name: &str| form.text(name).to_owned();
    let mut faults = Faults::default();
    let starts = moment(dossier, form);
    if starts.is_none() {
        faults.push("/day", "missing", labels::refusals::DATE_WANTED);
    }
    let on = typed_date::parse(form.text("accepted_on"));
    if on.is_none() {
        faults.push("/accepted_on", "missing", labels::refusals::DAY_WANTED);
    }
    let (starts_at, accepted_on) = faults.or(starts.zip(on))?;
    Ok(NotifyInput {
        starts_at,
        minutes: form.text("minutes").parse().unwrap_or_default(),
        place: text("place"),
        accepted_by: text("accepted_by"),
        accepted_on,
        pieces: text("pieces"),
        sample_rule: text("sample_rule"),
    })
}

fn starts_at(dossier: &Dossier, form: &FormData) -> Result<OffsetDateTime, InspectionError> {
    moment(dossier, form)
        .ok_or_else(|| InspectionError::fault("/day", "missing", labels::refusals::DATE_WANTED))
}

/// The day and the hour that were typed, where the structure is.
fn moment(dossier: &Dossier, form: &FormData) -> Option<OffsetDateTime> {
    let day = typed_date::parse(form.text("day"))?;
    let (hour, minute) = form.text("hour").split_once(':')?;
    let time = Time::from_hms(hour.parse().ok()?, minute.get(..2)?.parse().ok()?, 0).ok()?;
    deadline::instant(day, time, &dossier.structure.zone).ok()
}

#[handler]
pub(super) async fn submit(
    page: Page,
    Path((number, verb)): Path<(String, String)>,
    form: FormData,
) -> poem::Result<Response> {
    let dossier = queries::by_number(page.app.db.read(), page.actor(), &number).await;
    let dossier = dossier.map_err(WebError::from)?;
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    if let Err(error) = perform(&mut tx, &verb, &dossier, &form).await {
        drop(tx);
        return refuse(&page, &verb, &dossier, &form, error).await;
    }
    if let Some(asked) = words::asked(&verb).filter(|_| form.text(CONFIRMED) != "oui") {
        drop(tx);
        return ask(&page, &verb, &dossier, &form, &asked);
    }
    tx.commit().await.map_err(WebError::from)?;
    Ok(flash::redirect(&format!("/controles/{number}"), &words::said(&verb)))
}

/// Shows the page again, with what was typed.
async fn refuse(
    page: &Page,
    verb: &str,
    dossier: &Dossier,
    form: &FormData,
    error: InspectionError,
) -> poem::Result<Response> {
    let mut error = error;
    if let InspectionError::Invalid(faults) = &mut error {
        // The domain names the instant; the form has its day.
        for fault in faults.iter_mut().filter(|fault| fault.pointer == "/starts_at") {
            "/day".clone_into(&mut fault.pointer);
        }
    }
    let (status, state, refused) = refusal(error, form)?;
    let gap = form.text("gap_id");
    let open = if gap.is_empty() { verb.to_owned() } else { format!("{verb}-{gap}") };
    let returned = Returned { form: state.with_prefix(open.clone()), verb: open, refused, status };
    // The inspection may have changed meanwhile: the page says how it stands now.
    let fresh = queries::by_number(page.app.db.read(), page.actor(), &dossier.inspection.number).await;
    show::answer(page, &fresh.map_err(WebError::from)?, Some(returned)).await
}

fn ask(
    page: &Page,
    verb: &str,
    dossier: &Dossier,
    form: &FormData,
    asked: &words::Asked,
) -> poem::Result<Response> {
    let number = &dossier.inspection.number;
    let hidden = |name: &str| name == CSRF_FIELD || name == CONFIRMED;
    let typed = form.fields().filter(|(name, _)| !hidden(name));
    page.answer(&ConfirmationPage {
        shell: page.shell(asked.question),
        intro: words::asked_intro(number, &dossier.structure.name),
        effects: asked.effects.iter().map(|one| (*one).to_owned()).collect(),
        warnings: Vec::new(),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: format!("/controles/{number}/{verb}"),
        keep: Link::new(asked.keep, format!("/controles/{number}")),
        act: asked.act.to_owned(),
        danger: true,
    })
}
