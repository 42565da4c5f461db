//! The page of a referential: what it attests and how, what it lacks, its revisions.

use askama::Template;
use entity::access_route::Way;
use entity::referential::ReferentialState;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use serde::Deserialize;
use uuid::Uuid;

use super::super::super::queries::referential::{Shown, facts};
use super::part::Part;
use super::{labels, load, path_of};
use crate::authz::{Permission, may};
use crate::http::web::component::{Fact, Link, Status};
use crate::http::web::form::ErrorSummary;
use crate::http::web::layout::{Shell, Tone};
use crate::http::web::{Page, WebError, filters};
use crate::rules::referential::{Epreuve, JuryRules, ResultRules, Skill};

#[derive(Deserialize)]
pub(super) struct Asked {
    revision: Option<i32>,
}

/// A skill of the page.
struct SkillView {
    code: String,
    wording: String,
    family: String,
    criteria: Vec<String>,
    href: String,
}

/// A bloc of the page.
struct BlocView {
    code: String,
    title: String,
    optional: bool,
    href: String,
    skills: Vec<SkillView>,
}

/// An épreuve of the page.
struct EpreuveView {
    code: String,
    title: String,
    kind: &'static str,
    marking: String,
    holding: String,
    covers: String,
    href: String,
}

/// What the visitor may do here.
#[expect(clippy::struct_excessive_bools, reason = "one for each act that the page may offer")]
struct Acts {
    edit: bool,
    publish: bool,
    open: bool,
    first: bool,
}

#[derive(Template)]
#[template(path = "web/certifications/referential.html")]
struct ShowPage {
    shell: Shell,
    summary: Option<ErrorSummary>,
    back: Link,
    reference: String,
    subject: String,
    revision: Option<String>,
    status: Option<Status>,
    version: i32,
    tone: Tone,
    gaps: Vec<String>,
    families: Vec<String>,
    blocs: Vec<BlocView>,
    loose: Vec<SkillView>,
    loose_title: &'static str,
    epreuves: Vec<EpreuveView>,
    routes: Vec<(&'static str, Status)>,
    jury: Vec<Fact>,
    jury_proposed: bool,
    results: Vec<Fact>,
    results_proposed: bool,
    revisions: Vec<(Link, Status)>,
    acts: Acts,
    path: String,
}

/// The page.
#[handler]
pub(super) async fn show(
    page: Page,
    Path((code, version)): Path<(String, Uuid)>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let found = load(&page, &code, version, asked.revision).await.map_err(WebError::from)?;
    answer(&page, StatusCode::OK, &found, None)
}

/// Answers the page, with what did not work.
pub(super) fn answer(
    page: &Page,
    status: StatusCode,
    found: &Shown,
    summary: Option<ErrorSummary>,
) -> Result<Response> {
    page.answer_with(status, &context(page, found, summary))
}

fn context(page: &Page, found: &Shown, summary: Option<ErrorSummary>) -> ShowPage {
    let (version, document) = (&found.version.version, &found.document);
    let path = path_of(&found.certification.code, version.id.0);
    let acts = acts(page, found);
    let loose = document.skills.iter().filter(|skill| skill.bloc.is_none());
    let is_draft = acts.edit;
    ShowPage {
        shell: page.shell(labels::title(&version.label)).with_errors(summary.is_some()),
        summary,
        back: Link::new(
            &found.certification.short_title,
            format!("/certifications/{}", found.certification.code),
        ),
        reference: found.certification.code.clone(),
        subject: version.title.clone(),
        revision: found.row.as_ref().map(|row| labels::revision(row.revision)),
        status: found.row.as_ref().map(|row| labels::state(row.state)),
        version: found.row.as_ref().map_or(0, |row| row.version),
        tone: Tone::Warning,
        gaps: found.gaps.iter().map(|gap| gap.message.clone()).collect(),
        families: document.families.clone(),
        blocs: blocs(found, &path),
        loose: loose.map(|skill| skill_view(skill, &path)).collect(),
        loose_title: if document.blocs.is_empty() { labels::SKILLS } else { labels::LOOSE_SKILLS },
        epreuves: document.epreuves.iter().map(|epreuve| epreuve_view(epreuve, &path)).collect(),
        routes: Way::all().map(|way| (labels::way(way), openness(found, way))).collect(),
        jury: labels::jury(&document.jury),
        jury_proposed: is_draft && document.jury == JuryRules::default(),
        results: labels::results(&document.results),
        results_proposed: is_draft && document.results == ResultRules::default(),
        revisions: revisions(found, &path),
        acts,
        path,
    }
}

fn acts(page: &Page, found: &Shown) -> Acts {
    let facts = facts(found.certification.id);
    let edits = may(page.actor(), Permission::ReferentialEdit, &facts);
    let state = found.row.as_ref().map(|row| row.state);
    let has_draft = found.revisions.iter().any(|row| row.state == ReferentialState::Draft);
    Acts {
        edit: edits && state == Some(ReferentialState::Draft),
        publish: may(page.actor(), Permission::ReferentialPublish, &facts)
            && state == Some(ReferentialState::Draft),
        open: edits && !has_draft,
        first: state.is_none(),
    }
}

fn openness(found: &Shown, way: Way) -> Status {
    let route = found.document.routes.iter().find(|route| route.way == way);
    labels::openness(route.map(|route| route.allowed))
}

fn revisions(found: &Shown, path: &str) -> Vec<(Link, Status)> {
    let line = |row: &entity::referential::Model| {
        let link = Link::new(labels::revision(row.revision), format!("{path}?revision={}", row.revision));
        (link, labels::state(row.state))
    };
    found.revisions.iter().map(line).collect()
}

fn href(path: &str, part: Part, code: &str) -> String {
    format!("{path}/modifier/{}/{code}", part.word())
}

fn blocs(found: &Shown, path: &str) -> Vec<BlocView> {
    let skills = |code: &String| -> Vec<SkillView> {
        let own = found.document.skills.iter().filter(|skill| skill.bloc.as_ref() == Some(code));
        own.map(|skill| skill_view(skill, path)).collect()
    };
    let view = |bloc: &crate::rules::referential::Bloc| BlocView {
        code: bloc.code.clone(),
        title: bloc.title.clone(),
        optional: bloc.optional,
        href: href(path, Part::Bloc, &bloc.code),
        skills: skills(&bloc.code),
    };
    found.document.blocs.iter().map(view).collect()
}

fn skill_view(skill: &Skill, path: &str) -> SkillView {
    SkillView {
        code: skill.code.clone(),
        wording: skill.wording.clone(),
        family: skill.family.clone(),
        criteria: skill.criteria.clone(),
        href: href(path, Part::Skill, &skill.code),
    }
}

fn epreuve_view(epreuve: &Epreuve, path: &str) -> EpreuveView {
    EpreuveView {
        code: epreuve.code.clone(),
        title: epreuve.title.clone(),
        kind: labels::kind(epreuve.kind),
        marking: labels::marking(epreuve),
        holding: labels::holding(epreuve),
        covers: labels::covers(epreuve),
        href: href(path, Part::Epreuve, &epreuve.code),
    }
}
