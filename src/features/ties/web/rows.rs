//! Ties as lists show them.

use entity::expert;
use entity::ids::StructureId;
use time::Date;

use super::super::{TieError, labels, queries};
use crate::authz::{Facts, Permission, may};
use crate::http::web::Page;
use crate::http::web::component::{CheckMark, Status};
use crate::rules::ties::Severity;
use crate::rules::typed_date;

/// One tie of a list.
#[derive(Clone, Debug)]
pub struct TieRow {
    /// The structure, or the person, according to the list.
    pub who: String,
    /// Its page; empty when the reader may not open it.
    pub href: String,
    /// Sign of the weight.
    pub mark: CheckMark,
    /// What it is.
    pub tie: &'static str,
    /// Its days.
    pub span: String,
    /// Where it is known from.
    pub source: String,
    /// The words of the declaration; may be empty.
    pub detail: String,
    /// What it does to each duty, in words.
    pub effects: Vec<String>,
}

/// Whose page a list is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// A person: lines are structures.
    Person,
    /// A structure: lines are people.
    Structure,
}

/// The day that an address asks for; none for today.
pub(super) fn day_asked(asked: &[(String, String)]) -> Option<Date> {
    asked.iter().find(|(name, _)| name == "au").and_then(|(_, typed)| typed_date::parse(typed))
}

pub(super) fn rows(lines: &[queries::Line], side: Side) -> Vec<TieRow> {
    lines.iter().map(|line| row(line, side)).collect()
}

fn row(line: &queries::Line, side: Side) -> TieRow {
    let known = &line.known;
    let (who, href) = match side {
        Side::Person if line.structure_open => {
            (&line.structure_name, format!("/structures/{}", line.structure_siren))
        }
        Side::Person => (&line.structure_name, String::new()),
        Side::Structure => (&line.expert_name, format!("/intervenants/{}/independance", line.expert_number)),
    };
    TieRow {
        who: who.clone(),
        href,
        mark: match line.severity() {
            Some(Severity::Blocking) => CheckMark::Bad,
            Some(Severity::Warning) => CheckMark::Waiting,
            None => CheckMark::Good,
        },
        tie: labels::tie(known.tie.tie),
        span: labels::span(known.tie.since, known.tie.until),
        source: known.tie.source.clone(),
        detail: known.detail.clone(),
        effects: line.effects.iter().map(|(duty, finding)| labels::effect(*duty, finding)).collect(),
    }
}

/// The short list of a file.
#[derive(Clone, Debug)]
pub struct Panel {
    /// The first ties.
    pub rows: Vec<TieRow>,
    /// How many there are in all.
    pub total: usize,
    /// Whether the ties that people declared are left out.
    pub partial: bool,
    /// Where the declaration of interests stands; none on the file of a structure.
    pub standing: Option<Status>,
    /// The whole list.
    pub href: String,
}

/// Lines of a short list.
const SHORT: usize = 5;

/// The ties of a person, for their file; none when the reader may not see them.
///
/// # Errors
/// What the database answers.
pub async fn panel_of_expert(page: &Page, person: &expert::Model) -> Result<Option<Panel>, TieError> {
    if !may(page.actor(), Permission::TieView, &Facts::of_expert(person)) {
        return Ok(None);
    }
    let (conn, today) = (page.app.db.read(), page.app.today());
    let lines = queries::of_expert(conn, page.actor(), person.id, today).await?;
    let standing = queries::declarations(conn, page.actor(), person.id, today).await?.standing;
    let href = format!("/intervenants/{}/independance", person.number);
    let partial = !queries::told(page.actor(), Some(person));
    Ok(Some(Panel {
        partial,
        standing: Some(labels::standing(standing)),
        ..panel(&lines, Side::Person, href)
    }))
}

/// The people tied with a structure, for its file; none when the reader may not see them.
///
/// # Errors
/// What the database answers.
pub async fn panel_of_structure(
    page: &Page,
    id: StructureId,
    region: &str,
    siren: &str,
) -> Result<Option<Panel>, TieError> {
    let facts = Facts { structure: Some(id), region: Some(region.to_owned()), ..Facts::default() };
    if !may(page.actor(), Permission::TieView, &facts) {
        return Ok(None);
    }
    let (conn, today) = (page.app.db.read(), page.app.today());
    let lines = queries::of_structure(conn, page.actor(), id, today).await?;
    let partial = !queries::told(page.actor(), None);
    Ok(Some(Panel { partial, ..panel(&lines, Side::Structure, format!("/structures/{siren}/liens")) }))
}

fn panel(lines: &[queries::Line], side: Side, href: String) -> Panel {
    let shown = &lines[..lines.len().min(SHORT)];
    Panel { rows: rows(shown, side), total: lines.len(), partial: false, standing: None, href }
}
