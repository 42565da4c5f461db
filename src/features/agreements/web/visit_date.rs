//! `/agrements/{ref}/visite/date`: the day and hour of the visit, typed in the hour of its place.

use askama::Template;
use entity::agreement_request::{self, VisitMode};
use entity::ids::SiteId;
use entity::site;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::act::Act;
use super::committees;
use super::doing::{Problem, Returned};
use super::steps::visit_moment;
use crate::db::Tx;
use crate::features::agreements::actions::visit::first_day;
use crate::features::agreements::queries::registers;
use crate::features::agreements::state::{self, Step};
use crate::features::agreements::{AgreementError, Dossier, dossier, labels, queries, wording};
use crate::features::availability::queries as times;
use crate::features::settings;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::{Shell, Tone};
use crate::http::web::{Page, WebError, filters};
use crate::rules::deadline::local;
use crate::rules::engagement::of_visit;
use crate::rules::territory::PARIS;
use crate::rules::typed_date::iso;

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/visit_date.html")]
pub struct VisitDatePage {
    /// The shell.
    pub shell: Shell,
    /// Number.
    pub reference: String,
    /// Address of the file.
    pub path: String,
    /// Structure and place.
    pub subject: String,
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub problem: Option<Problem>,
    /// The form.
    pub form: FormState,
    /// The date in force; empty when there is none.
    pub current: String,
    /// Last part of the address of the form.
    pub verb: &'static str,
    /// The date is moved.
    pub moves: bool,
    /// Who accepted the date is asked: not of the structure, which accepts the one that it chooses.
    pub asks_acceptance: bool,
    /// The first day that would not be refused.
    pub first_day: String,
    /// Zones.
    pub zones: Vec<Choice>,
    /// Ways to make the visit.
    pub modes: Vec<Choice>,
    /// The sites of the request, when there are several to choose from.
    pub sites: Vec<Choice>,
    /// Tone of the problem.
    pub tone: Tone,
}

#[handler]
pub(super) async fn show(page: Page, Path(reference): Path<String>) -> Result<Response> {
    let found = queries::request_by_reference(page.app.db.read(), page.actor(), &reference).await;
    let dossier = found.map_err(WebError::from)?;
    let state = dossier.request.state;
    if !state::TABLE.can(state, Step::Postpone) {
        state::TABLE.next(state, Step::Schedule).map_err(AgreementError::from).map_err(WebError::from)?;
    }
    answer(&page, &dossier, None).await
}

/// The page, with the date that comes back when it was refused.
pub(super) async fn answer(page: &Page, dossier: &Dossier, returned: Option<Returned>) -> Result<Response> {
    let conn = page.app.db.read();
    let delays = settings::agreement_delays(conn).await.map_err(WebError::from)?;
    let visited = dossier::visited(conn, dossier.request.id).await.map_err(WebError::from)?;
    let status = returned.as_ref().map_or(StatusCode::OK, |returned| returned.status);
    let moves = state::TABLE.can(dossier.request.state, Step::Postpone);
    let act = if moves { Act::Postpone } else { Act::Schedule };
    let summary = returned.as_ref().and_then(Returned::summary);
    let problem = returned.as_ref().and_then(|returned| returned.problem.clone());
    let form = returned.map_or_else(|| fresh(dossier, &visited), |returned| returned.form);
    let built = VisitDatePage {
        shell: page
            .shell(if moves { "Déplacer la visite" } else { "Fixer la date de visite" })
            .with_errors(summary.is_some()),
        reference: dossier.reference().to_owned(),
        path: dossier.path(),
        subject: format!("{}, {}", dossier.structure.name, dossier.structure.commune),
        summary,
        problem,
        form,
        current: visit_moment(dossier),
        verb: act.verb(),
        moves,
        asks_acceptance: page.actor().is_staff() || page.actor().expert().is_some(),
        first_day: wording::long(first_day(dossier, &delays, page.app.now())),
        zones: committees::zones(),
        modes: VisitMode::all().map(|mode| Choice::new(mode.word(), labels::visit_mode(mode))).collect(),
        sites: choices(dossier),
        tone: Tone::Problem,
    };
    page.answer_with(status, &built)
}

/// When and where a visit takes place, said before it is confirmed; the zone of the hour is always named.
pub(super) fn said(request: &agreement_request::Model) -> Vec<String> {
    let zone = request.visit_zone.as_deref().unwrap_or(PARIS);
    let Some(at) = request.visit_at else { return Vec::new() };
    let moment = wording::instant(*at, zone);
    let moment = if zone == PARIS { format!("{moment}, heure de Paris") } else { moment };
    let mut said = vec![format!("la visite a lieu le {moment}\u{202f};")];
    let place = request.visit_place.as_deref().map(str::trim).filter(|place| !place.is_empty());
    said.extend(place.map(|place| format!("lieu de la visite\u{202f}: {place}\u{202f};")));
    said
}

/// Which sites of a request that has several are visited, said before it is confirmed.
pub(super) async fn named(tx: &Tx, dossier: &Dossier) -> Result<Option<String>, AgreementError> {
    if dossier.sites.len() < 2 {
        return Ok(None);
    }
    let visited = dossier::visited(tx.conn(), dossier.request.id).await?;
    let sites = dossier.sites.iter().filter(|site| visited.contains(&site.id));
    let labels: Vec<_> = sites.map(|site| site.label.as_str()).collect();
    Ok(match labels.as_slice() {
        [] => None,
        [only] => Some(format!("site visité\u{202f}: {only}\u{202f};")),
        several => Some(format!("sites visités\u{202f}: {}\u{202f};", several.join(", "))),
    })
}

/// What the contrôleur declared against the half-days of the visit, said before it is confirmed. Both are kept. A
/// structure, which does not know the time of people, reads nothing.
pub(super) async fn contradicted(
    tx: &Tx,
    request: &agreement_request::Model,
) -> Result<Vec<String>, AgreementError> {
    if !tx.actor().is_staff() && tx.actor().expert().is_none() {
        return Ok(Vec::new());
    }
    let zone = request.visit_zone.as_deref().unwrap_or(PARIS);
    let Some(at) = request.visit_at else { return Ok(Vec::new()) };
    let found = registers::controller(tx.conn(), request.controller_id).await?;
    let Some(controller) = found else { return Ok(Vec::new()) };
    let said = times::not_free(tx.conn(), controller.id, &of_visit(*at, zone)).await?;
    let name = controller.name();
    Ok(said.iter().map(|said| labels::beware(&name, said)).collect())
}

/// The sites of a request that has several, each with its address.
fn choices(dossier: &Dossier) -> Vec<Choice> {
    let choice = |site: &site::Model| {
        Choice::new(site.id.to_string(), site.label.clone())
            .with_help(format!("{}, {} {}", site.address, site.postal_code, site.commune))
    };
    match dossier.sites.as_slice() {
        [] | [_] => Vec::new(),
        several => several.iter().map(choice).collect(),
    }
}

/// The place in force, when it says more than the addresses of the sites; the address of the only site.
fn place(dossier: &Dossier, visited: &[SiteId]) -> String {
    let kept = dossier.request.visit_place.clone();
    if let [only] = dossier.sites.as_slice() {
        return kept.unwrap_or_else(|| wording::address_of(only));
    }
    let named: Vec<_> = dossier.sites.iter().filter(|site| visited.contains(&site.id)).collect();
    kept.filter(|place| *place != wording::addresses(&named)).unwrap_or_default()
}

/// The date in force, or the place of the only site.
fn fresh(dossier: &Dossier, visited: &[SiteId]) -> FormState {
    let request = &dossier.request;
    let site = dossier.sites.first();
    let zone = request.visit_zone.clone().or_else(|| site.map(|site| site.zone.clone()));
    let zone = zone.unwrap_or_else(|| dossier.structure.zone.clone());
    let at = request.visit_at.and_then(|at| local(*at, &zone).ok());
    let hour = at.map_or_else(|| "09:00".to_owned(), |at| format!("{:02}:{:02}", at.hour(), at.minute()));
    let mode = request.visit_mode.unwrap_or(VisitMode::OnSite);
    let fields = [
        ("day", at.map(|at| iso(at.date())).unwrap_or_default()),
        ("hour", hour),
        ("zone", zone),
        ("place", place(dossier, visited)),
        ("mode", mode.word()),
    ];
    FormState::filled(fields.into_iter().chain(visited.iter().map(|site| ("sites", site.to_string()))))
        .with_version(request.version.into())
        .with_prefix("visite")
}
