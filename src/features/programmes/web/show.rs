//! `/programmes/{slug}`: a programme, the version of its sheet that is looked at, what it lacks, its results.

use askama::Template;
use entity::programme::{ProgrammeState, TrainerRight};
use entity::programme_version::{self, VersionState};
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::labels::{self, pages};
use super::super::queries::{self, Shown, coverage, facts, results};
use super::super::state::{Step, TABLE};
use super::part::Part;
use super::{LIST, load, path_of};
use crate::authz::{Permission, may};
use crate::features::certifications;
use crate::http::web::component::{Fact, Link, Status};
use crate::http::web::form::ErrorSummary;
use crate::http::web::layout::{Shell, Tone};
use crate::http::web::{Page, WebError, filters};
use crate::render::french::{date, plural};
use crate::rules::training::programme::Document;

#[derive(Deserialize)]
pub(super) struct Asked {
    version: Option<i32>,
}

/// A field of the sheet, in its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldView {
    /// What it is.
    pub term: &'static str,
    /// Its lines; none when nothing is told.
    pub lines: Vec<String>,
}

/// A part of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SectionView {
    /// Its id in the page, and its word in addresses.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Its fields.
    pub fields: Vec<FieldView>,
}

/// A module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ModuleView {
    /// Title.
    pub title: String,
    /// What is done in it.
    pub lines: Vec<String>,
    /// How long; may be empty.
    pub duration: String,
    /// Codes of the skills that it covers.
    pub skills: String,
    /// Its form.
    pub href: String,
}

/// A price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PriceView {
    /// Who pays, and for what.
    pub name: String,
    /// How much.
    pub amount: String,
    /// What goes with it.
    pub note: String,
    /// Its form.
    pub href: String,
}

/// What the visitor may do here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one for each act that the page may offer")]
pub(super) struct Acts {
    /// Change the draft that is looked at.
    pub edit: bool,
    /// Publish it.
    pub publish: bool,
    /// Throw it away.
    pub discard: bool,
    /// Open a draft.
    pub open: bool,
    /// Change what stands beside the sheets.
    pub identity: bool,
    /// Take the programme out of the catalogue.
    pub retire: bool,
    /// Prepare it again.
    pub restore: bool,
}

/// `/programmes/{slug}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/programmes/show.html")]
pub(super) struct ProgrammePage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// The way back.
    pub back: Link,
    /// Code.
    pub code: String,
    /// What it is for.
    pub goal: String,
    /// Where the programme stands.
    pub status: Status,
    /// Version of the programme, for its acts.
    pub at: i32,
    /// Version of the sheet, for its acts.
    pub sheet_at: i32,
    /// Which version is looked at.
    pub version: String,
    /// Where that version stands.
    pub version_status: Status,
    /// What stands beside the sheets.
    pub facts: Vec<Fact>,
    /// How the list of what lacks sounds.
    pub tone: Tone,
    /// What lacks, and where it is filled in.
    pub gaps: Vec<Link>,
    /// The parts of the sheet.
    pub sections: Vec<SectionView>,
    /// Its modules.
    pub modules: Vec<ModuleView>,
    /// Its prices.
    pub prices: Vec<PriceView>,
    /// What it covers of a referential; empty when it aims at none.
    pub covered: String,
    /// The period of the results.
    pub span: String,
    /// The results; empty when nothing can be counted.
    pub results: Vec<(&'static str, String)>,
    /// What is said then.
    pub results_note: String,
    /// Every version.
    pub versions: Vec<(Link, Status)>,
    /// What the visitor may do.
    pub acts: Acts,
    /// Address of the page.
    pub path: String,
}

/// The page.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let shown = load(&page, &slug, asked.version).await.map_err(WebError::from)?;
    answer(&page, StatusCode::OK, &shown, None).await
}

/// Answers the page, with what did not work.
pub(super) async fn answer(
    page: &Page,
    status: StatusCode,
    shown: &Shown,
    summary: Option<ErrorSummary>,
) -> Result<Response> {
    let conn = page.app.db.read();
    let all = certifications::queries::all(conn).await.map_err(WebError::from)?;
    let counted = results(conn, &shown.programme, page.app.today()).await.map_err(WebError::from)?;
    let ahead = queries::sessions_ahead(conn, shown.programme.id).await.map_err(WebError::from)?;
    let path = path_of(&shown.programme.slug);
    let (row, document) = (&shown.version, &shown.document);
    let matrix = coverage(&shown.target, document);
    let context = ProgrammePage {
        shell: page.shell(shown.programme.title.clone()).with_errors(summary.is_some()),
        summary,
        back: Link::new(pages::PROGRAMMES, LIST),
        code: shown.programme.code.clone(),
        goal: document.goal.clone(),
        status: labels::state(shown.programme.state),
        at: shown.programme.version,
        sheet_at: row.version,
        version: pages::version_of(row),
        version_status: labels::version_state(row.state),
        facts: beside(shown, &all, ahead),
        tone: Tone::Warning,
        gaps: gaps(shown, &path),
        sections: sections(document, &all),
        modules: modules(document, &path),
        prices: prices(document, &path),
        covered: if matrix.lines.is_empty() { String::new() } else { pages::uncovered(matrix.uncovered()) },
        span: pages::span(&counted),
        results: if counted.is_empty() { Vec::new() } else { pages::results(&counted) },
        results_note: document.results_note.clone(),
        versions: shown.versions.iter().map(|row| version(row, &path)).collect(),
        acts: acts(page, shown),
        path,
    };
    page.answer_with(status, &context)
}

fn version(row: &programme_version::Model, path: &str) -> (Link, Status) {
    let link = Link::new(pages::version_of(row), format!("{path}?version={}", row.number));
    (link, labels::version_state(row.state))
}

fn acts(page: &Page, shown: &Shown) -> Acts {
    let facts = facts(&shown.programme);
    let edits = may(page.actor(), Permission::ProgrammeEdit, &facts);
    let publishes = may(page.actor(), Permission::ProgrammePublish, &facts);
    let drafts = shown.version.state == VersionState::Draft;
    let can = |step: Step| TABLE.can(shown.programme.state, step);
    Acts {
        edit: edits && drafts,
        publish: publishes && drafts && can(Step::Publish),
        discard: edits && drafts && shown.versions.len() > 1,
        open: edits && shown.draft().is_none(),
        identity: edits,
        retire: publishes && can(Step::Retire),
        restore: publishes && can(Step::Restore),
    }
}

fn gaps(shown: &Shown, path: &str) -> Vec<Link> {
    let link = |gap: &crate::error::Fault| {
        let field = gap.pointer.trim_start_matches('/');
        Link::new(gap.message.clone(), format!("{path}/fiche/{}", Part::place(field)))
    };
    shown.gaps.iter().map(link).collect()
}

/// What stands beside the sheets, in the margin.
fn beside(shown: &Shown, all: &[certifications::queries::Described], ahead: u64) -> Vec<Fact> {
    let row = &shown.programme;
    let mut told = vec![
        Fact::new(pages::TERM_THEME, labels::theme(row.theme)),
        Fact::new(pages::TERM_ADDRESS, row.slug.clone()),
    ];
    if let Some(one) = all.iter().find(|one| Some(one.certification.id) == row.certification_id) {
        let fact = Fact::new(pages::TERM_CERTIFICATION, one.certification.short_title.clone());
        told.push(fact.to(format!("/certifications/{}", one.certification.code)));
    }
    if row.trainer_right != TrainerRight::None {
        told.push(Fact::new(pages::TERM_RIGHT, labels::trainer_right(row.trainer_right)));
    }
    if let Some(months) = row.recycling_months {
        told.push(Fact::new(pages::TERM_RECYCLING, pages::recycling(months)));
    }
    let count = i64::try_from(ahead).unwrap_or(i64::MAX);
    told.push(Fact::new(pages::TERM_SESSIONS, plural(count, "session", "sessions")));
    if let Some(day) = row.retired_on.filter(|_| row.state == ProgrammeState::Retired) {
        told.push(Fact::new(pages::TERM_RETIRED, date(day)));
    }
    told
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The parts of a sheet whose fields are texts, in the order of the forms.
fn sections(document: &Document, all: &[certifications::queries::Described]) -> Vec<SectionView> {
    let parts = Part::ALL.into_iter().filter(|part| !part.fields().is_empty());
    let section = |part: Part| {
        let shown = part.fields().iter().filter(|field| !["title", "goal"].contains(field));
        let fields =
            shown.map(|field| FieldView { term: pages::term(field), lines: told(field, document, all) });
        SectionView { id: part.word(), title: pages::part(part.word()), fields: fields.collect() }
    };
    parts.map(section).collect()
}

/// What a field says.
fn told(field: &str, document: &Document, all: &[certifications::queries::Described]) -> Vec<String> {
    let text = match field {
        "audience" => &document.audience,
        "prerequisites" => &document.prerequisites,
        "objectives" => return document.objectives.clone(),
        "duration_minutes" => return lines(&labels::duration(document.duration_minutes, None)),
        "half_days" => return lines(&labels::duration(None, document.half_days)),
        "rhythm" => &document.rhythm,
        "modality" => return vec![labels::modality(document.modality).to_owned()],
        "places" => &document.places,
        "group_min" => return lines(&labels::group(document.group_min, None)),
        "group_max" => return lines(&labels::group(None, document.group_max)),
        "remote_needs" => &document.remote_needs,
        "methods" => &document.methods,
        "trainer_profile" => &document.trainer_profile,
        "assessment_entry" => &document.assessment_entry,
        "assessment_during" => &document.assessment_during,
        "assessment_end" => &document.assessment_end,
        "access_procedure" => &document.access_procedure,
        "access_delay" => &document.access_delay,
        "accessibility" => &document.accessibility,
        "disability_contact" => &document.disability_contact,
        "contact" => &document.contact,
        "vat" => return vec![labels::vat(document.vat).to_owned()],
        "funding_hints" => &document.funding_hints,
        "sanction" => return vec![labels::sanction(document.sanction).to_owned()],
        "certification_version_id" => return aimed_at(document, all),
        "blocs" => return lines(&document.blocs.join(", ")),
        "equivalences" => &document.equivalences,
        "bridges" => &document.bridges,
        "follow_ups" => &document.follow_ups,
        "outlets" => &document.outlets,
        "nsf" => &document.nsf,
        "formacodes" => return lines(&document.formacodes.join(", ")),
        "rome" => return lines(&document.rome.join(", ")),
        "legal_notes" => &document.legal_notes,
        _ => &document.results_note,
    };
    lines(text)
}

/// The version of the certification aimed at.
fn aimed_at(document: &Document, all: &[certifications::queries::Described]) -> Vec<String> {
    let versions = all.iter().flat_map(|one| &one.versions);
    let found =
        versions.map(|one| &one.version).find(|row| Some(row.id) == document.certification_version_id);
    found.map(|row| format!("{} ({})", row.title, row.label)).into_iter().collect()
}

fn modules(document: &Document, path: &str) -> Vec<ModuleView> {
    let view = |(rank, module): (usize, &crate::rules::training::programme::Module)| ModuleView {
        title: module.title.clone(),
        lines: lines(&module.content),
        duration: labels::duration(module.duration_minutes, None),
        skills: module.skills.join(", "),
        href: format!("{path}/fiche/{}/{}", Part::Module.word(), rank + 1),
    };
    document.modules.iter().enumerate().map(view).collect()
}

fn prices(document: &Document, path: &str) -> Vec<PriceView> {
    let exempt = document.vat == entity::programme_version::Vat::Exempt;
    let view = |(rank, price): (usize, &crate::rules::training::programme::Price)| PriceView {
        name: pages::price_name(price.payer, price.unit),
        amount: pages::price(price.amount_cents, exempt),
        note: price.note.clone(),
        href: format!("{path}/fiche/{}/{}", Part::Price.word(), rank + 1),
    };
    document.prices.iter().enumerate().map(view).collect()
}
