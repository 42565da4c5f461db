//! `/programmes/{slug}/couverture`: which module covers which skill of the certification aimed at.

use askama::Template;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::labels::pages;
use super::super::queries::{CoverageLine, coverage};
use super::{load, path_of};
use crate::http::web::component::Link;
use crate::http::web::layout::{Shell, Tone};
use crate::http::web::{Page, WebError, filters};

#[derive(Deserialize)]
pub(super) struct Asked {
    version: Option<i32>,
}

/// A cell of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Title of the module.
    pub module: String,
    /// Whether it covers the skill.
    pub covers: bool,
}

/// A skill of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SkillRow {
    /// Code.
    pub code: String,
    /// What it is.
    pub wording: String,
    /// One for each module.
    pub cells: Vec<Cell>,
    /// Whether one does.
    pub covered: bool,
}

/// `/programmes/{slug}/couverture`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/programmes/coverage.html")]
pub(super) struct CoveragePage {
    /// The shell.
    pub shell: Shell,
    /// The way back.
    pub back: Link,
    /// Code of the programme.
    pub code: String,
    /// Which version is looked at.
    pub version: String,
    /// How the sentence above the matrix sounds.
    pub tone: Tone,
    /// What lacks, or that nothing does.
    pub told: String,
    /// Titles of the modules.
    pub modules: Vec<String>,
    /// Skills.
    pub rows: Vec<SkillRow>,
}

/// The page.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let shown = load(&page, &slug, asked.version).await.map_err(WebError::from)?;
    let matrix = coverage(&shown.target, &shown.document);
    let uncovered = matrix.uncovered();
    let context = CoveragePage {
        shell: page.shell(pages::COVERAGE),
        back: Link::new(shown.programme.title.clone(), path_of(&shown.programme.slug)),
        code: shown.programme.code.clone(),
        version: pages::version_of(&shown.version),
        tone: if uncovered == 0 { Tone::Done } else { Tone::Warning },
        told: pages::uncovered(uncovered),
        rows: matrix.lines.iter().map(|line| row(line, &matrix.modules)).collect(),
        modules: matrix.modules,
    };
    page.answer(&context)
}

fn row(line: &CoverageLine, modules: &[String]) -> SkillRow {
    let cell = |(rank, module): (usize, &String)| Cell {
        module: module.clone(),
        covers: line.modules.contains(&rank),
    };
    SkillRow {
        code: line.skill.code.clone(),
        wording: line.skill.wording.clone(),
        cells: modules.iter().enumerate().map(cell).collect(),
        covered: !line.modules.is_empty(),
    }
}
