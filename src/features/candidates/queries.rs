//! Reads of candidates. Every list starts from what the actor may see, and shows no more of a person than their name.

mod acquired;
mod decided;
mod file;
mod history;
mod livret;
mod referential;
mod sat;
mod ties;

pub use acquired::{AcquiredBloc, acquired};
pub use decided::{Decided, decided};
pub use file::{Stay, Whole, candidate_documents, pieces, situation, whole};
pub use history::{Entry, history};
pub use livret::{Livret, LivretSkill, livret};
pub use referential::{SkillLine, positioning, published, result_rules, skills, ways};
pub use sat::is_annulled;
pub use ties::{id_of, members, named_expert, ties};

use std::collections::HashMap;

use entity::candidate::{self, CandidateState, Column, Entity};
use entity::certification_version;
use entity::ids::{CandidateId, CertificationId, CertificationVersionId, StructureId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::CandidateError;
use super::dossier::Dossier;
use super::{names, veil};
use crate::authz::{Actor, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the number or of the names.
    pub q: String,
    /// Only these states; all when empty.
    pub states: Vec<CandidateState>,
    /// Only those that this structure follows.
    pub structure: Option<StructureId>,
    /// Only those who aim at a version of this certification.
    pub certification: Option<CertificationId>,
    /// Only those who aim at this version.
    pub version: Option<CertificationVersionId>,
}

/// The candidates that the actor may see, the last enrolled first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Dossier>, CandidateError> {
    let mut select =
        Entity::find().filter(visible::candidates(actor)).filter(contains_words(Column::Search, &filter.q));
    if !filter.states.is_empty() {
        let hides = veil::is_for(actor);
        let states = if hides { veil::asked(&filter.states) } else { filter.states.clone() };
        select = select.filter(Column::State.is_in(states));
    }
    if let Some(structure) = filter.structure {
        select = select.filter(Column::StructureId.eq(structure));
    }
    if let Some(version) = filter.version {
        select = select.filter(Column::CertificationVersionId.eq(version));
    }
    if let Some(certification) = filter.certification {
        let versions = certification_version::Entity::find()
            .select_only()
            .column(certification_version::Column::Id)
            .filter(certification_version::Column::CertificationId.eq(certification));
        select = select.filter(Column::CertificationVersionId.in_subquery(versions.into_query()));
    }
    let rows = keyset(select, None::<Column>, Column::Id, true, page).all(conn).await?;
    let cut = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    let rows = cut.items.into_iter().map(|row| veil::seen_by(actor, row)).collect();
    let items = Dossier::several(conn, rows).await?;
    Ok(Page { items, next: cut.next })
}

/// How many candidates that the actor may see are in each state.
///
/// # Errors
/// What the database answers.
pub async fn counts(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<HashMap<CandidateState, i64>, db::Error> {
    let rows: Vec<(CandidateState, i64)> = Entity::find()
        .filter(visible::candidates(actor))
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    let hides = veil::is_for(actor);
    let mut counts = HashMap::new();
    for (state, count) in rows {
        let hidden = hides && veil::UNTOLD.contains(&state);
        *counts.entry(if hidden { CandidateState::Present } else { state }).or_insert(0) += count;
    }
    Ok(counts)
}

/// Those who may sit before a jury and wait for a session, in the order of their names: for the feature of juries, whoever
/// asks.
///
/// # Errors
/// What the database answers.
pub async fn admitted_of(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    version: CertificationVersionId,
) -> Result<Vec<candidate::Model>, db::Error> {
    let mut found = Entity::find()
        .filter(Column::StructureId.eq(structure))
        .filter(Column::CertificationVersionId.eq(version))
        .filter(Column::State.eq(CandidateState::Admitted))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    found.sort_by_key(|row| crate::rules::fold::fold(&names::in_a_list(row)));
    Ok(found)
}

/// Somebody of the same names, born on the same day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Number of the file, when the actor may see it.
    pub number: Option<String>,
    /// Where it stands, when the actor may see it.
    pub state: Option<CandidateState>,
}

/// Who has the same name of birth, the same first first name and the same date of birth as a row, whichever structure
/// follows them; `row` itself apart. What the actor may not see is not named.
///
/// # Errors
/// What the database answers.
pub async fn alike(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    row: &candidate::Model,
) -> Result<Vec<Alike>, db::Error> {
    if row.birth_date.is_empty() {
        return Ok(Vec::new());
    }
    let first = names::first_names(row).next().unwrap_or_default();
    let born = Entity::find()
        .filter(Column::BirthDate.eq(row.birth_date.as_str()))
        .filter(Column::Id.ne(row.id))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let same: Vec<_> = born.into_iter().filter(|one| names::same(one, &row.birth_name, first)).collect();
    let seen: Vec<CandidateId> = Entity::find()
        .filter(visible::candidates(actor))
        .filter(Column::Id.is_in(same.iter().map(|one| one.id)))
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    let told = |one: candidate::Model| {
        let known = seen.contains(&one.id);
        let one = veil::seen_by(actor, one);
        Alike { number: known.then_some(one.number), state: known.then_some(one.state) }
    };
    Ok(same.into_iter().map(told).collect())
}
