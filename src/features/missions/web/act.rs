//! `/missions/{number}/{verb}`: the acts of a mission. What takes something away asks first, telling who is written to.

use entity::declared_interest::TieKind;
use entity::mission::{self, MissionState};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::actions::{self, Substitutes, Via, expenses};
use super::super::dossier::Dossier;
use super::super::input::Refusal;
use super::super::{MissionError, queries};
use super::labels as words;
use super::show::{self, Returned};
use crate::db::Tx;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::Link;
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::{CSRF_FIELD, FieldErrors, FormState};
use crate::http::web::{FormData, Page, WebError, flash};

/// The field that says yes.
const CONFIRMED: &str = "confirme";

/// Acts that reach people and take something away.
fn asks_first(verb: &str) -> bool {
    matches!(verb, "se-desister" | "retirer" | "annuler")
}

async fn perform(
    tx: &mut Tx,
    verb: &str,
    dossier: &Dossier,
    form: &FormData,
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
        "compte-rendu" => actions::report(tx, id, seen, text("report")).await,
        "satisfaction" => actions::rate(tx, id, seen, text("score").parse().unwrap_or_default()).await,
        "service-fait" => expenses::certify(tx, id, seen).await,
        "renvoyer-frais" => expenses::return_claim(tx, id, seen, text("reason")).await,
        "rien-a-payer" => expenses::settle_unclaimed(tx, id, seen, text("reason")).await,
        "deplacer" => {
            let typed = ["starts_on", "starts_time", "ends_on", "ends_time"].map(text);
            actions::reschedule(tx, id, seen, typed, text("reason")).await
        }
        _ => Err(MissionError::NotFound),
    }
}

#[handler]
pub(super) async fn submit(
    page: Page,
    Path((number, verb)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let dossier = Dossier::by_number(page.app.db.read(), page.actor(), &number).await;
    let dossier = dossier.map_err(WebError::from)?;
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    let mark: Uuid = tx.new_id();
    let done = match perform(&mut tx, &verb, &dossier, &form).await {
        Ok(done) => done,
        Err(error) => {
            drop(tx);
            return refuse(&page, &verb, &dossier, &form, error).await;
        }
    };
    if asks_first(&verb) && form.text(CONFIRMED) != "oui" {
        let mails = queries::told_since(tx.conn(), dossier.mission.id, mark).await.map_err(WebError::from)?;
        drop(tx);
        return ask(&page, &verb, &dossier, &form, done.state, &mails);
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
    after: MissionState,
    mails: &[(String, serde_json::Value)],
) -> Result<Response> {
    let words = words::asked(verb);
    let hidden = |name: &str| name == CSRF_FIELD || name == CONFIRMED;
    let typed = form.fields().filter(|(name, _)| !hidden(name));
    page.answer(&ConfirmationPage {
        shell: page.shell(words.question),
        intro: words::asked_intro(&dossier.mission.title, &dossier.mission.number),
        effects: words::effects(after, mails),
        warnings: Vec::new(),
        typed: typed.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        action: format!("{}/{verb}", dossier.path()),
        keep: Link::new(words.keep, dossier.path()),
        act: words.act.to_owned(),
        danger: true,
    })
}
