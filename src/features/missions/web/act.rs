//! `/missions/{number}/{verb}`: the acts of a mission. What takes something away asks first, telling who is written to.

use entity::declared_interest::TieKind;
use entity::mission;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::actions::expenses::{self, NewReceipt, TypedCorrection};
use super::super::actions::{self, Substitutes, Via};
use super::super::api::stored;
use super::super::dossier::Dossier;
use super::super::input::Refusal;
use super::super::{MissionError, queries};
use super::labels as words;
use super::show::{self, Returned};
use crate::authz::{Permission, allows};
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::{CSRF_FIELD, FieldErrors, FormState};
use crate::http::web::{FormData, Page, WebError, flash};
use crate::rules::money;

/// The field that says yes.
const CONFIRMED: &str = "confirme";

/// Acts that reach people and take something away, or move it.
fn asks_first(verb: &str) -> bool {
    matches!(verb, "se-desister" | "retirer" | "annuler" | "deplacer" | "revenir")
}

async fn perform(
    tx: &mut Tx,
    verb: &str,
    dossier: &Dossier,
    form: &FormData,
    file: Option<&NewReceipt>,
) -> Result<mission::Model, MissionError> {
    let (id, seen, text) = (dossier.mission.id, form.version(), |name: &str| form.text(name));
    let refusal = || Ok::<_, MissionError>(Refusal::read(text("reason"), text("note"))?);
    match verb {
        "accepter" => actions::accept(tx, id, seen, Via::Account).await,
        "decliner" => {
            let refusal = refusal()?.with_tie(TieKind::from_word(text("tie")));
            actions::decline(tx, id, seen, &refusal, Via::Account).await
        }
        "se-desister" => actions::drop_out(tx, id, seen, &refusal()?, &Substitutes::default()).await,
        "retirer" => actions::withdraw(tx, id, seen, text("reason")).await,
        "annuler" => actions::cancel(tx, id, seen, text("reason")).await,
        "commencer" => actions::start(tx, id, seen).await,
        "terminer" => actions::finish(tx, id, seen).await,
        "revenir" => actions::reopen(tx, id, seen, text("reason")).await,
        "compte-rendu" => {
            let reported = actions::report(tx, id, seen, text("report")).await?;
            if let Some(file) = file {
                actions::add_report_file(tx, id, file).await?;
            }
            Ok(reported)
        }
        "satisfaction" => actions::rate(tx, id, seen, text("score").parse().unwrap_or_default()).await,
        "service-fait" => expenses::certify(tx, id, seen).await,
        "renvoyer-frais" => expenses::return_claim(tx, id, seen, text("reason")).await,
        "corriger-paiement" => expenses::correct(tx, id, seen, &correction(form)).await,
        "rien-a-payer" => expenses::settle_unclaimed(tx, id, seen, text("reason")).await,
        "deplacer" => {
            let typed = ["starts_on", "starts_time", "ends_on", "ends_time"].map(text);
            actions::reschedule(tx, id, seen, typed, text("reason")).await
        }
        _ => Err(MissionError::NotFound),
    }
}

/// What is put right, as typed: a sum and its sense.
fn correction(form: &FormData) -> TypedCorrection {
    let amount = money::parse(form.text("amount"));
    let text = |name: &str| form.text(name).to_owned();
    TypedCorrection {
        amount_cents: match form.text("sense") {
            words::expenses::MORE => amount,
            words::expenses::BACK => amount.map(|cents| -cents),
            _ => None,
        },
        reason: text("reason"),
        paid_on: text("paid_on"),
        payment: text("payment"),
    }
}

/// The file that goes with a report, checked and in the store before any transaction.
async fn report_file(
    page: &Page,
    verb: &str,
    dossier: &Dossier,
    form: &FormData,
) -> Result<Option<NewReceipt>, MissionError> {
    let Some(sent) = form.file("file").filter(|_| verb == "compte-rendu") else { return Ok(None) };
    // Asked again by the act: a file that nobody may send is not stored.
    let _allowed = allows(page.actor(), Permission::MissionCarry, &dossier.facts())?;
    actions::report_receivable(dossier.mission.state)?;
    Ok(Some(stored(&page.app, page.actor(), &sent.name, sent.content.clone()).await?))
}

#[handler]
pub(super) async fn submit(
    page: Page,
    Path((number, verb)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let dossier = Dossier::by_number(page.app.db.read(), page.actor(), &number).await;
    let dossier = dossier.map_err(WebError::from)?;
    let file = match report_file(&page, &verb, &dossier, &form).await {
        Ok(file) => file,
        Err(error) => return refuse(&page, &verb, &dossier, &form, error).await,
    };
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    let mark: Uuid = tx.new_id();
    let done = match perform(&mut tx, &verb, &dossier, &form, file.as_ref()).await {
        Ok(done) => done,
        Err(error) => {
            drop(tx);
            return refuse(&page, &verb, &dossier, &form, error).await;
        }
    };
    if asks_first(&verb) && form.text(CONFIRMED) != "oui" {
        let mails = queries::told_since(tx.conn(), dossier.mission.id, mark).await.map_err(WebError::from)?;
        let mut warnings = Vec::new();
        if verb == "deplacer" {
            let said = queries::contradicted(tx.conn(), &done, &dossier.expert).await;
            warnings = said.map_err(WebError::from)?;
        }
        drop(tx);
        let effects = words::effects(&dossier.mission, &done, &mails);
        return ask(&page, &verb, &dossier, &form, effects, warnings);
    }
    tx.commit().await.map_err(WebError::from)?;
    let kept = done.expert_id == dossier.mission.expert_id || page.actor().is_staff();
    let place = if kept { dossier.path() } else { "/missions".to_owned() };
    Ok(flash::redirect(&place, &words::said(&verb)))
}

/// Shows the page again, with what was typed.
async fn refuse(
    page: &Page,
    verb: &str,
    dossier: &Dossier,
    form: &FormData,
    error: MissionError,
) -> Result<Response> {
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
        ErrorKind::Unavailable if matches!(error, MissionError::Content(_)) => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        _ => return Err(WebError::from(error).into()),
    };
    let errors: FieldErrors =
        error.faults().into_iter().map(|fault| (fault.pointer, fault.message)).collect();
    let refused = errors.is_empty().then(|| (error.detail(), error.blocking()));
    let typed = form.fields().filter(|(name, _)| *name != CONFIRMED);
    let state = FormState::filled(typed).with_errors(errors).with_prefix(verb);
    let returned = Returned { verb: verb.to_owned(), form: state, refused, status };
    // The mission may have changed meanwhile: the page says how it stands now.
    let fresh = Dossier::by_number(page.app.db.read(), page.actor(), &dossier.mission.number).await;
    show::answer(page, &fresh.map_err(WebError::from)?, Some(returned)).await
}

fn ask(
    page: &Page,
    verb: &str,
    dossier: &Dossier,
    form: &FormData,
    effects: Vec<String>,
    warnings: Vec<String>,
) -> Result<Response> {
    let words = words::asked(verb);
    let hidden = |name: &str| name == CSRF_FIELD || name == CONFIRMED;
    let typed = form.fields().filter(|(name, _)| !hidden(name));
    page.answer(&ConfirmationPage {
        shell: page.shell(words.question),
        intro: words::asked_intro(&dossier.mission.title, &dossier.mission.number),
        effects,
        warnings,
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: format!("{}/{verb}", dossier.path()),
        keep: Link::new(words.keep, dossier.path()),
        act: words.act.to_owned(),
        danger: verb != "deplacer",
    })
}
