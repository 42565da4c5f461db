//! The people whom the actor follows in training, with their half-days and their papers, in a fixed number of queries.

use std::collections::HashMap;

use entity::ids::EnrolmentId;
use entity::training_document::{self, PaperState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::authz::{Actor, visible};
use crate::db::{Page, PageRequest};
use crate::features::attendance::queries::hours;
use crate::features::enrolments::EnrolmentError;
use crate::features::enrolments::queries::{self as enrolments, Filter, Line};
use crate::features::papers::PaperError;
use crate::features::papers::queries as papers;
use crate::rules::training::attendance::Attended;

/// Papers to sign shown at once; the list of papers holds them all.
const TO_SIGN: u64 = 50;

/// Somebody in training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trainee {
    /// Their enrolment, its session, who pays.
    pub line: Line,
    /// What they attended.
    pub attended: Attended,
    /// Their papers that count, the latest first.
    pub papers: Vec<training_document::Model>,
}

/// The people whom the actor may see, the last enrolled first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Trainee>, EnrolmentError> {
    let found = enrolments::list(conn, actor, filter, page).await?;
    let people: Vec<_> = found.items.iter().map(|line| line.enrolment.clone()).collect();
    let attended = hours::of(conn, &people).await?;
    let mut papers = papers_of(conn, actor, &people.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let with = |line: Line| {
        let id = line.enrolment.id;
        let attended = attended.get(&id).copied().unwrap_or_default();
        Trainee { papers: papers.remove(&id).unwrap_or_default(), attended, line }
    };
    Ok(Page { items: found.items.into_iter().map(with).collect(), next: found.next })
}

/// The papers of some people that count and that the actor may see, the latest first.
async fn papers_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    people: &[EnrolmentId],
) -> Result<HashMap<EnrolmentId, Vec<training_document::Model>>, EnrolmentError> {
    use training_document::Column;
    let current = [PaperState::Issued, PaperState::ToSign];
    let rows = training_document::Entity::find()
        .filter(visible::papers(actor))
        .filter(Column::EnrolmentId.is_in(people.iter().copied()))
        .filter(Column::State.is_in(current))
        .order_by_desc(Column::Id)
        .all(conn)
        .await?;
    let mut found: HashMap<EnrolmentId, Vec<training_document::Model>> = HashMap::new();
    for row in rows {
        if let Some(person) = row.enrolment_id {
            found.entry(person).or_default().push(row);
        }
    }
    Ok(found)
}

/// The papers that wait for a signature and that the actor may see, the latest first.
///
/// # Errors
/// What the database answers.
pub async fn to_sign(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<papers::Line>, PaperError> {
    let filter = papers::Filter { state: Some(PaperState::ToSign), ..papers::Filter::default() };
    Ok(papers::list(conn, actor, &filter, &PageRequest::first(TO_SIGN)).await?.items)
}
