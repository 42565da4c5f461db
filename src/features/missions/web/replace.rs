//! `/missions/{number}/remplacement`: what a desistment touches, and who could come instead, ranked with reasons.

use std::collections::HashMap;

use askama::Template;
use entity::expert;
use entity::ids::ExpertId;
use entity::mission::MissionState;
use poem::http::StatusCode;
use poem::web::{Path, Redirect};
use poem::{IntoResponse, Response, Result, handler};

use super::super::actions::{self, Substitutes};
use super::super::dossier::Dossier;
use super::super::input::Refusal;
use super::super::standing::Standing;
use super::super::state::{Step, is_vacant};
use super::super::{MissionError, labels, queries, wording};
use super::labels as words;
use super::reply::{facts, reasons_of};
use crate::authz::{Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::features::availability::labels as words_of_time;
use crate::features::settings;
use crate::http::web::component::{Choice, Fact};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;

/// Someone who could come instead.
#[derive(Clone, Debug)]
pub struct CandidateRow {
    /// Number, which the form sends.
    pub number: String,
    /// Name.
    pub name: String,
    /// Page.
    pub href: String,
    /// Whether nothing refuses.
    pub eligible: bool,
    /// Habilitation, distance, load: what counts for them.
    pub merits: Vec<String>,
    /// What wants a written reason.
    pub warnings: Vec<String>,
    /// What refuses.
    pub refusals: Vec<String>,
    /// What is worth knowing.
    pub notes: Vec<String>,
    /// What became of an earlier offer.
    pub earlier: String,
    /// Name of the field of the reason that a warning wants.
    pub reason_name: String,
}

/// `/missions/{number}/remplacement`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/missions/replace.html")]
pub struct ReplacePage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Option<(String, Vec<String>)>,
    /// Number.
    pub number: String,
    /// Where the form posts.
    pub action: String,
    /// The facts.
    pub margin: Vec<Fact>,
    /// Who has the mission and gives it up; none when nobody has it.
    pub leaving: Option<String>,
    /// Everything that is touched.
    pub touched: Vec<String>,
    /// Those who could come, the first to ask first.
    pub candidates: Vec<CandidateRow>,
    /// Those who could not, and why.
    pub others: Vec<CandidateRow>,
    /// Reasons to give up.
    pub reasons: Vec<Choice>,
    /// Where the mission is cancelled instead.
    pub cancel: String,
    /// The form.
    pub form: FormState,
}

async fn allowed(page: &Page, number: &str) -> Result<Dossier> {
    let dossier = Dossier::by_number(page.app.db.read(), page.actor(), number).await;
    let dossier = dossier.map_err(WebError::from)?;
    let _allowed =
        allows(page.actor(), Permission::MissionManage, &dossier.facts()).map_err(WebError::from)?;
    let step = match dossier.mission.state {
        MissionState::Accepted => Step::DropOut,
        MissionState::Proposed => Step::Withdraw,
        _ => Step::Offer,
    };
    dossier.next(step).map_err(WebError::from)?;
    Ok(dossier)
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let dossier = allowed(&page, &number).await?;
    if dossier.mission.state == MissionState::Proposed {
        // Nobody has it yet: the page of the mission says who was asked, and takes the offer back.
        return Ok(Redirect::see_other(dossier.path()).into_response());
    }
    let jury = queries::jury_of(page.app.db.read(), dossier.mission.id).await.map_err(WebError::from)?;
    if let Some(number) = jury {
        return Ok(Redirect::see_other(format!("/jurys/{number}/affectation")).into_response());
    }
    let rules = settings::mission_rules(page.app.db.read()).await.map_err(WebError::from)?;
    let form = FormState::filled([("hours", rules.substitute_hours.to_string())]);
    answer(&page, &dossier, StatusCode::OK, form, None).await
}

async fn answer(
    page: &Page,
    dossier: &Dossier,
    status: StatusCode,
    form: FormState,
    refusal: Option<&MissionError>,
) -> Result<Response> {
    let conn = page.app.db.read();
    let found = queries::candidates(conn, dossier, page.app.now()).await.map_err(WebError::from)?;
    let (able, unable): (Vec<_>, Vec<_>) = found.into_iter().partition(Standing::is_eligible);
    let summary = form.summary(words::NOT_DONE);
    let held = !is_vacant(dossier.mission.state);
    let rows = |found: Vec<Standing>| found.iter().map(|one| row(dossier, one)).collect::<Vec<_>>();
    let context = ReplacePage {
        shell: page.shell(words::replacing(held)).with_errors(summary.is_some()),
        summary,
        refused: refusal.map(|error| (error.detail(), error.blocking())),
        number: dossier.mission.number.clone(),
        action: format!("{}/remplacement", dossier.path()),
        margin: facts(dossier),
        leaving: held.then(|| dossier.expert_name()),
        touched: touched(dossier, held),
        candidates: rows(able),
        others: rows(unable),
        reasons: reasons_of(!page.actor().is_staff()),
        cancel: format!("{}#annuler", dossier.path()),
        form: form.with_version(dossier.mission.version.into()),
    };
    page.answer_with(status, &context)
}

/// Everything that changes when the person does not come.
fn touched(dossier: &Dossier, held: bool) -> Vec<String> {
    let mission = &dossier.mission;
    let mut touched = vec![words::touched_dates(&wording::when(mission), &mission.place)];
    if held {
        touched.push(words::touched_person(&dossier.expert_name()));
    }
    if let Some(structure) = &dossier.structure {
        touched.push(words::touched_structure(&structure.name, held));
    }
    let persons = wording::items(&mission.persons);
    if !persons.is_empty() {
        touched.push(words::touched_people(&persons));
    }
    touched.push(words::TOUCHED_ORDER.to_owned());
    touched
}

fn row(dossier: &Dossier, one: &Standing) -> CandidateRow {
    let earlier = dossier.offers.iter().rev().find(|offer| offer.expert_id == one.expert.id);
    let mut merits = Vec::new();
    if let Some(until) = one.habilitated_until {
        merits.push(words::habilitated_until(&french::date(until)));
    }
    merits.push(labels::freedom(one.freedom).to_owned());
    merits.push(words_of_time::distance(one.reach));
    merits.push(words_of_time::load(one.load, words_of_time::THE_MISSION));
    if one.warnings.is_empty() && one.is_eligible() && dossier.structure.is_some() {
        merits.push(words::NO_TIE.to_owned());
    }
    CandidateRow {
        number: one.expert.number.clone(),
        reason_name: format!("motif-{}", one.expert.number),
        name: one.expert.name(),
        href: format!("/intervenants/{}", one.expert.number),
        eligible: one.is_eligible(),
        merits,
        warnings: one.warnings.clone(),
        refusals: one.reasons(),
        notes: one.told(),
        earlier: earlier.map(|offer| labels::offer(offer.state).word.to_owned()).unwrap_or_default(),
    }
}

#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let dossier = allowed(&page, &number).await?;
    let done = async {
        let next = chosen(&page, &dossier, &form).await?;
        let (id, seen) = (dossier.mission.id, form.version());
        let mut tx = page.app.begin(page.actor().clone()).await?;
        if dossier.mission.state == MissionState::Accepted {
            let refusal = Refusal::read(form.text("reason"), form.text("note"))?;
            if next.people.is_empty() {
                return Err(MissionError::fault("/personnes", "missing", labels::faults::NOBODY_CHOSEN));
            }
            actions::drop_out(&mut tx, id, seen, &refusal, &next).await?;
        } else {
            actions::offer(&mut tx, id, seen, &next.people, next.hours).await?;
        }
        Ok::<_, MissionError>(tx.commit().await?)
    };
    let error = match done.await {
        Ok(()) => return Ok(flash::redirect(&dossier.path(), &words::asked_next())),
        Err(error) => error,
    };
    let state = FormState::filled(form.fields());
    match error.kind() {
        ErrorKind::Invalid => {
            let mut errors = FieldErrors::of(&error);
            errors.rename("/expert_ids", "/personnes");
            let state = state.with_errors(errors);
            answer(&page, &dossier, StatusCode::UNPROCESSABLE_ENTITY, state, None).await
        }
        ErrorKind::Conflict | ErrorKind::Stale => {
            answer(&page, &dossier, StatusCode::CONFLICT, state, Some(&error)).await
        }
        _ => Err(WebError::from(error).into()),
    }
}

/// The people ticked, in the order in which the page ranks them.
async fn chosen(page: &Page, dossier: &Dossier, form: &FormData) -> Result<Substitutes, MissionError> {
    let found = queries::candidates(page.app.db.read(), dossier, page.app.now()).await?;
    let ticked: Vec<_> = form.all("personnes");
    let by_number: HashMap<&str, &expert::Model> =
        found.iter().map(|one| (one.expert.number.as_str(), &one.expert)).collect();
    if let Some(unknown) = ticked.iter().find(|number| !by_number.contains_key(*number)) {
        tracing::info!(number = unknown, "a person who is not in the list");
        return Err(MissionError::fault("/personnes", "unknown", labels::faults::UNKNOWN_EXPERT));
    }
    let people = found.iter().filter(|one| ticked.contains(&one.expert.number.as_str())).map(|one| {
        let reason = form.optional(&format!("motif-{}", one.expert.number)).map(str::to_owned);
        (one.expert.id, reason)
    });
    let people: Vec<(ExpertId, Option<String>)> = people.collect();
    let hours = match form.text("hours") {
        "" => None,
        typed => {
            let hours = typed.parse().ok();
            let wrong =
                || MissionError::fault("/hours", "out-of-bounds", labels::faults::HOURS_OUT_OF_BOUNDS);
            Some(hours.ok_or_else(wrong)?)
        }
    };
    Ok(Substitutes { people, hours })
}
