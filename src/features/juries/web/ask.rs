//! `/jurys/demander`: a structure asks for a jury; `/jurys/nouveau`: the team records one for a structure.

use askama::Template;
use entity::ids::{CandidateId, CertificationVersionId, SiteId};
use entity::jury_session::{self, JuryMode};
use entity::structure;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::{MOST_WISHES, TypedRequest, TypedWish};
use super::super::{JuryError, actions, labels, queries};
use crate::authz::{Facts, Permission, allows_somewhere};
use crate::error::{DomainError, ErrorKind};
use crate::features::candidates::names;
use crate::features::certifications;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::half_day::HALVES;

/// A request of a jury.
#[derive(Template, Clone, Debug)]
#[template(path = "web/juries/ask.html")]
pub struct AskPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Option<String>,
    /// Where the form is sent.
    pub action: &'static str,
    /// Whether the team fills it, and names the structure.
    pub by_team: bool,
    /// The structure; empty until the team names it.
    pub structure: String,
    /// Its sites.
    pub sites: Vec<Choice>,
    /// Versions of certifications in which somebody may be enrolled.
    pub versions: Vec<Choice>,
    /// Candidates who may be named.
    pub candidates: Vec<Choice>,
    /// Names of the fields of each wish: day and half.
    pub wishes: Vec<(String, String)>,
    /// Halves of a day.
    pub halves: Vec<Choice>,
    /// Where people sit.
    pub modes: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

/// What the address says: the SIREN of the structure.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    structure: String,
}

/// Whether somebody may open the form.
fn allowed(page: &Page, by_team: bool) -> Result<(), JuryError> {
    let own = page.actor().held.iter().find_map(|held| held.structure);
    let facts = Facts { structure: own.filter(|_| !by_team), ..Facts::default() };
    allows_somewhere(page.actor(), Permission::JuryRequest, &facts)?;
    Ok(())
}

/// The structure that the form is for.
async fn structure_of(
    page: &Page,
    by_team: bool,
    siren: &str,
) -> Result<Option<structure::Model>, JuryError> {
    let conn = page.app.db.read();
    let siren: String = siren.split_whitespace().collect();
    let found = if by_team {
        queries::structure_of(conn, page.actor(), &siren).await?
    } else {
        Some(queries::own_structure(conn, page.actor()).await?.ok_or(JuryError::NotFound)?)
    };
    Ok(found)
}

#[handler]
pub(super) async fn blank(page: Page) -> Result<Response> {
    open(&page, false, "").await
}

#[handler]
pub(super) async fn blank_for_team(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    open(&page, true, &asked.structure).await
}

async fn open(page: &Page, by_team: bool, siren: &str) -> Result<Response> {
    allowed(page, by_team).map_err(WebError::from)?;
    let found = structure_of(page, by_team, siren).await.map_err(WebError::from)?;
    let form = FormState::filled([("mode", "on_site"), ("siren", siren)]);
    answer(page, StatusCode::OK, by_team, found.as_ref(), form, None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    by_team: bool,
    structure: Option<&structure::Model>,
    form: FormState,
    refused: Option<String>,
) -> Result<Response> {
    let conn = page.app.db.read();
    let read = async {
        let (sites, candidates) = match structure {
            Some(one) => {
                let sites = queries::sites(conn, one.id).await?;
                (sites, queries::nameable(conn, page.actor(), one.id).await?)
            }
            None => (Vec::new(), Vec::new()),
        };
        Ok::<_, JuryError>((sites, candidates, certifications::queries::all(conn).await?))
    };
    let (sites, candidates, known) = read.await.map_err(WebError::from)?;
    let today = page.app.today();
    let mut versions = Vec::new();
    for described in &known {
        for one in described.open_on(today) {
            let label = labels::version(&described.certification.short_title, &one.version.label);
            versions.push(Choice::new(one.version.id.to_string(), label));
        }
    }
    let summary = form.summary(labels::NOT_RECORDED);
    let context = AskPage {
        shell: page
            .shell(if by_team { labels::NEW_JURY } else { labels::ASK })
            .with_errors(summary.is_some()),
        summary,
        refused,
        action: if by_team { "/jurys/nouveau" } else { "/jurys/demander" },
        by_team,
        structure: structure.map(|one| one.name.clone()).unwrap_or_default(),
        sites: sites
            .iter()
            .map(|site| Choice::new(site.id.to_string(), format!("{}, {}", site.label, site.commune)))
            .collect(),
        versions,
        candidates: candidates
            .iter()
            .map(|one| Choice::new(one.id.to_string(), names::in_a_list(one)).with_help(one.number.clone()))
            .collect(),
        wishes: (0..MOST_WISHES)
            .map(|rank| (format!("wish_day_{rank}"), format!("wish_half_{rank}")))
            .collect(),
        halves: HALVES.into_iter().map(|half| Choice::new(half.word(), labels::half(half))).collect(),
        modes: JuryMode::all().map(|one| Choice::new(one.word(), labels::mode(one))).collect(),
        form,
    };
    page.answer_with(status, &context)
}

fn typed(form: &FormData, structure: &structure::Model) -> TypedRequest {
    let text = |name: &str| form.text(name).to_owned();
    let key = |name: &str| form.text(name).parse::<Uuid>().ok();
    let wish = |rank: usize| TypedWish {
        day: text(&format!("wish_day_{rank}")),
        half: text(&format!("wish_half_{rank}")),
    };
    let candidates = form.all("candidats").into_iter().filter_map(|id| id.parse::<Uuid>().ok());
    TypedRequest {
        structure: structure.id,
        site: key("site_id").map(SiteId),
        version: CertificationVersionId(key("certification_version_id").unwrap_or_else(Uuid::nil)),
        expected: text("expected"),
        wishes: (0..MOST_WISHES).map(wish).collect(),
        mode: text("mode"),
        room: text("room"),
        accessibility: text("accessibility"),
        note: text("note"),
        candidates: candidates.map(CandidateId).collect(),
    }
}

#[handler]
pub(super) async fn send(page: Page, form: FormData) -> Result<Response> {
    receive(&page, false, &form).await
}

#[handler]
pub(super) async fn send_for_team(page: Page, form: FormData) -> Result<Response> {
    receive(&page, true, &form).await
}

async fn receive(page: &Page, by_team: bool, form: &FormData) -> Result<Response> {
    allowed(page, by_team).map_err(WebError::from)?;
    let structure = structure_of(page, by_team, form.text("siren")).await.map_err(WebError::from)?;
    let error = match record(page, form, structure.as_ref()).await {
        Ok(row) => {
            let path = format!("/jurys/{}", row.number);
            return Ok(flash::redirect(&path, &labels::acts::requested(&row.number)));
        }
        Err(error) => error,
    };
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    let mut errors: FieldErrors =
        error.faults().into_iter().map(|fault| (fault.pointer, fault.message)).collect();
    errors.rename("/structure_id", "/siren");
    for rank in 0..MOST_WISHES {
        errors.rename(&format!("/wishes/{rank}/day"), &format!("/wish_day_{rank}"));
        errors.rename(&format!("/wishes/{rank}/half"), &format!("/wish_half_{rank}"));
    }
    errors.rename("/wishes", "/wish_day_0");
    errors.rename("/candidates", "/candidats");
    for rank in 0..form.all("candidats").len() {
        errors.rename(&format!("/candidates/{rank}"), "/candidats");
    }
    let refused = errors.is_empty().then(|| error.detail());
    let state = FormState::filled(form.fields()).with_errors(errors);
    answer(page, status, by_team, structure.as_ref(), state, refused).await
}

async fn record(
    page: &Page,
    form: &FormData,
    structure: Option<&structure::Model>,
) -> Result<jury_session::Model, JuryError> {
    let unknown = || JuryError::fault("/structure_id", "unknown", labels::faults::UNKNOWN_STRUCTURE);
    let typed = typed(form, structure.ok_or_else(unknown)?);
    let mut tx = page.app.begin(page.actor().clone()).await?;
    let row = actions::request(&mut tx, &typed).await?;
    tx.commit().await?;
    Ok(row)
}
