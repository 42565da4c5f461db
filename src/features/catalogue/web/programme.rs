//! `/catalogue/{programme}`: everything that is told of a programme before anybody enrols (Qualiopi, indicators 1 and 2),
//! and its sessions.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};

use super::super::labels::{self, terms};
use super::super::shelf::{Sheet, Shelf, shelf};
use super::super::{CatalogueError, json_ld};
use super::kept;
use super::rows::Row;
use crate::features::programmes::labels::pages as words;
use crate::features::programmes::queries::results;
use crate::features::training::labels as training;
use crate::http::web::component::Fact;
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{WebError, filters};
use crate::render::french;
use crate::rules::training::results::Results;

/// A part of the programme.
#[derive(Clone, Debug)]
pub struct Part {
    /// Title.
    pub title: String,
    /// What is in it, a paragraph each.
    pub content: Vec<String>,
    /// How long; may be empty.
    pub duration: String,
}

/// A title and its paragraphs.
#[derive(Clone, Debug)]
pub struct Told {
    /// Identifier in the page.
    pub id: &'static str,
    /// Title.
    pub title: &'static str,
    /// Paragraphs.
    pub lines: Vec<String>,
}

/// `/catalogue/{programme}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/catalogue/programme.html")]
pub struct ProgrammePage {
    /// The shell.
    pub shell: Shell,
    /// What it is for, in a line.
    pub goal: String,
    /// In brief.
    pub facts: Vec<Fact>,
    /// What one will be able to do.
    pub objectives: Vec<String>,
    /// What it holds.
    pub parts: Vec<Part>,
    /// The rest of the sheet.
    pub told: Vec<Told>,
    /// What the last twelve months gave; empty when nothing can be counted.
    pub results: Vec<(&'static str, String)>,
    /// The period of the results.
    pub span: String,
    /// Prices.
    pub prices: Vec<Fact>,
    /// The sessions that are open.
    pub rows: Vec<Row>,
    /// Where one asks for a session when none is open.
    pub contact: String,
    /// For search engines.
    pub json_ld: String,
}

#[handler]
pub(super) async fn show(page: PublicPage, request: &Request, Path(slug): Path<String>) -> Result<Response> {
    let shelf = shelf(&page.app).await.map_err(WebError::from)?;
    let sheet = shelf.programme(&slug).ok_or(CatalogueError::NotFound).map_err(WebError::from)?;
    if !kept::is_anybody(request) {
        let counted = counted(&page, sheet).await?;
        return page.answer_with(StatusCode::OK, &context(&page, &shelf, sheet, Some(&counted)));
    }
    let key = format!("/catalogue/{}", sheet.programme.slug);
    let counted = if shelf.page(&key).is_some() { None } else { Some(counted(&page, sheet).await?) };
    kept::answer(&shelf, request, &key, kept::HTML, || {
        context(&page, &shelf, sheet, counted.as_ref()).render().map_err(poem::error::InternalServerError)
    })
}

/// The results of the last twelve months.
async fn counted(page: &PublicPage, sheet: &Sheet) -> Result<Results> {
    let found = results(page.app.db.read(), &sheet.programme, page.app.today()).await;
    Ok(found.map_err(WebError::from)?)
}

/// The lines of a text that hold something.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn context(page: &PublicPage, shelf: &Shelf, sheet: &Sheet, counted: Option<&Results>) -> ProgrammePage {
    let counted = counted.filter(|counted| !counted.is_empty());
    let version = &sheet.version;
    let sessions = shelf.of_programme(sheet.programme.id);
    let part = |module: &entity::programme_module::Model| Part {
        title: module.title.clone(),
        content: lines(&module.content),
        duration: module.duration_minutes.map(labels::hours).unwrap_or_default(),
    };
    let price = |price: &entity::programme_price::Model| {
        let amount = format!("{} {}", labels::money(price.amount_cents), labels::unit(price.unit));
        Fact::new(labels::payer(price.payer), amount).with_note(price.note.clone())
    };
    ProgrammePage {
        shell: page.shell(version.title.clone()),
        goal: version.goal.clone(),
        facts: facts(sheet),
        objectives: lines(&version.objectives),
        parts: sheet.modules.iter().map(part).collect(),
        told: told(sheet),
        results: counted.map(words::results).unwrap_or_default(),
        span: counted.map(words::span).unwrap_or_default(),
        prices: sheet.prices.iter().map(price).collect(),
        rows: sessions.iter().map(|entry| Row::of(entry)).collect(),
        contact: version.contact.clone(),
        json_ld: json_ld::course(&page.app, sheet, &sessions),
    }
}

fn facts(sheet: &Sheet) -> Vec<Fact> {
    let version = &sheet.version;
    let group = labels::group(version.group_min, version.group_max);
    let certification = match version.sanction {
        entity::programme_version::Sanction::None => String::new(),
        sanction => labels::sanction(sanction).to_owned(),
    };
    let facts = [
        Fact::new(terms::FACT_REFERENCE, sheet.programme.code.clone()).mono(),
        Fact::new(terms::FACT_DURATION, labels::duration_of_sheet(sheet)),
        Fact::new(terms::FACT_MODE, training::modality(version.modality)),
        Fact::new(terms::FACT_PEOPLE, group),
        Fact::new(terms::FACT_SANCTION, certification),
        Fact::new(terms::FACT_DELAY, version.access_delay.clone()),
        Fact::new(terms::FACT_DISABILITY, version.disability_contact.clone()),
        Fact::new(terms::FACT_UPDATED, french::date(version.updated_on)),
    ];
    facts.into_iter().filter(|fact| !fact.value.trim().is_empty()).collect()
}

/// Everything else, where it says something.
fn told(sheet: &Sheet) -> Vec<Told> {
    let version = &sheet.version;
    let assessment =
        format!("{}\n{}\n{}", version.assessment_entry, version.assessment_during, version.assessment_end);
    let after =
        format!("{}\n{}\n{}\n{}", version.equivalences, version.bridges, version.follow_ups, version.outlets);
    let access = format!("{}\n{}", version.access_procedure, version.access_delay);
    let texts: [(&'static str, &'static str, &str); 12] = [
        ("public", terms::AUDIENCE, &version.audience),
        ("prerequis", terms::PREREQUISITES, &version.prerequisites),
        ("rythme", terms::RHYTHM, &version.rhythm),
        ("methodes", terms::METHODS, &version.methods),
        ("equipe", terms::TRAINERS, &version.trainer_profile),
        ("evaluation", terms::ASSESSMENT, &assessment),
        ("resultats", terms::RESULTS, &version.results_note),
        ("suite", terms::AFTER, &after),
        ("acces", terms::ACCESS, &access),
        ("financement", terms::FUNDING, &version.funding_hints),
        ("accessibilite", terms::ACCESSIBILITY, &version.accessibility),
        ("materiel", terms::REMOTE_NEEDS, &version.remote_needs),
    ];
    let told = |(id, title, text): (&'static str, &'static str, &str)| Told { id, title, lines: lines(text) };
    texts.into_iter().map(told).filter(|told| !told.lines.is_empty()).collect()
}
