//! Reads of programmes, of their sheets, of what they cover and of their results.

mod coverage;
mod handbooks;
mod results;
mod sheet;

pub use coverage::{Coverage, CoverageLine, Target, TargetSkill, coverage, target};
pub use handbooks::{Handbook, handbook, handbook_in_force, handbooks};
pub use results::results;
pub use sheet::{documents, gaps};

use std::collections::HashMap;

use entity::ids::{ProgrammeId, ProgrammeVersionId};
use entity::programme::{self, Column, Entity, ProgrammeState, Theme};
use entity::programme_version::{self, VersionState};
use entity::training_session::{self, SessionState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::ProgrammeError;
use crate::authz::{Actor, Facts, Permission, allows, may};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};
use crate::error::Fault;
use crate::rules::training::programme::Document;

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the code, the title or the goal.
    pub q: String,
    /// In this state; none for all.
    pub state: Option<ProgrammeState>,
    /// About this; none for all.
    pub theme: Option<Theme>,
}

/// A programme of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The programme.
    pub programme: programme::Model,
    /// The sheet that is published; else its draft, or the last one.
    pub version: Option<programme_version::Model>,
    /// Whether a draft is open.
    pub drafted: bool,
}

/// A programme, as someone reads it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The programme.
    pub programme: programme::Model,
    /// Its versions that this person may see, latest first.
    pub versions: Vec<programme_version::Model>,
    /// The version looked at.
    pub version: programme_version::Model,
    /// What it says.
    pub document: Document,
    /// The referential that it aims at.
    pub target: Target,
    /// What it lacks to be published.
    pub gaps: Vec<Fault>,
}

impl Shown {
    /// The draft, when one is open and this person may see it.
    #[must_use]
    pub fn draft(&self) -> Option<&programme_version::Model> {
        self.versions.iter().find(|row| row.state == VersionState::Draft)
    }

    /// The version that is published.
    #[must_use]
    pub fn published(&self) -> Option<&programme_version::Model> {
        self.versions.iter().find(|row| row.state == VersionState::Published)
    }
}

/// What the policy needs to know of a programme.
#[must_use]
pub fn facts(row: &programme::Model) -> Facts {
    Facts { certification: row.certification_id, ..Facts::default() }
}

/// The programmes, by code.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Listed>, ProgrammeError> {
    let _seen = allows(actor, Permission::ProgrammeView, &Facts::default())?;
    let mut select = Entity::find().filter(contains_words(Column::Search, &filter.q));
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(theme) = filter.theme {
        select = select.filter(Column::Theme.eq(theme));
    }
    let rows = keyset(select, Some(Column::Code), Column::Id, false, page).all(conn).await?;
    let cut = Page::cut(rows, page.limit, |row| Cursor { value: row.code.clone(), id: row.id.0 });
    let ids: Vec<ProgrammeId> = cut.items.iter().map(|row| row.id).collect();
    let mut versions = versions_of(conn, ids).await?;
    Ok(cut.map(|programme| {
        let own = versions.remove(&programme.id).unwrap_or_default();
        let drafted = own.iter().any(|row| row.state == VersionState::Draft);
        let published = own.iter().position(|row| row.state == VersionState::Published);
        let version = own.into_iter().nth(published.unwrap_or_default());
        Listed { programme, version, drafted }
    }))
}

/// The versions of each of these programmes, latest first.
///
/// # Errors
/// What the database answers.
pub async fn versions_of(
    conn: &impl ConnectionTrait,
    programmes: Vec<ProgrammeId>,
) -> Result<HashMap<ProgrammeId, Vec<programme_version::Model>>, db::Error> {
    let mut found: HashMap<ProgrammeId, Vec<programme_version::Model>> = HashMap::new();
    if programmes.is_empty() {
        return Ok(found);
    }
    let rows = programme_version::Entity::find()
        .filter(programme_version::Column::ProgrammeId.is_in(programmes))
        .order_by_desc(programme_version::Column::Number)
        .all(conn)
        .await?;
    for row in rows {
        found.entry(row.programme_id).or_default().push(row);
    }
    Ok(found)
}

/// The versions of a programme, latest first.
///
/// # Errors
/// What the database answers.
pub async fn versions(
    conn: &impl ConnectionTrait,
    programme: ProgrammeId,
) -> Result<Vec<programme_version::Model>, db::Error> {
    Ok(versions_of(conn, vec![programme]).await?.remove(&programme).unwrap_or_default())
}

/// A programme by its key, whoever asks.
///
/// # Errors
/// [`ProgrammeError::NotFound`], what the database answers.
pub async fn by_id(conn: &impl ConnectionTrait, id: ProgrammeId) -> Result<programme::Model, ProgrammeError> {
    Entity::find_by_id(id).one(conn).await?.ok_or(ProgrammeError::NotFound)
}

/// A programme by the end of its address, whoever asks.
///
/// # Errors
/// [`ProgrammeError::NotFound`], what the database answers.
pub async fn by_slug(conn: &impl ConnectionTrait, slug: &str) -> Result<programme::Model, ProgrammeError> {
    let found = Entity::find().filter(Column::Slug.eq(slug)).one(conn).await?;
    found.ok_or(ProgrammeError::NotFound)
}

/// Whether somebody sees the draft of a programme, besides what is published.
#[must_use]
pub fn sees_drafts(actor: &Actor, row: &programme::Model) -> bool {
    may(actor, Permission::ProgrammeEdit, &facts(row))
        || may(actor, Permission::ProgrammePublish, &facts(row))
}

/// A version of a programme for someone who asks: that of this number; else the draft, for who may see it; else the latest.
///
/// # Errors
/// [`ProgrammeError::NotFound`], the refusal of the policy, what the database answers.
pub async fn shown(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    programme: programme::Model,
    number: Option<i32>,
) -> Result<Shown, ProgrammeError> {
    let _seen = allows(actor, Permission::ProgrammeView, &facts(&programme))?;
    let mut versions = versions(conn, programme.id).await?;
    // who only reads sees the first draft of a programme, which has nothing else
    let only = versions.len() == 1;
    let drafts = only || sees_drafts(actor, &programme);
    versions.retain(|row| drafts || row.state != VersionState::Draft);
    let version = match number {
        Some(number) => versions.iter().find(|row| row.number == number),
        None => versions.first(),
    };
    let version = version.cloned().ok_or(ProgrammeError::NotFound)?;
    let document = documents(conn, std::slice::from_ref(&version)).await?.remove(&version.id);
    let document = document.unwrap_or_default();
    let target = target(conn, document.certification_version_id).await?;
    let gaps = gaps(&version, &document, &target);
    Ok(Shown { programme, versions, version, document, target, gaps })
}

/// The draft of a programme.
///
/// # Errors
/// What the database answers.
pub async fn draft(
    conn: &impl ConnectionTrait,
    programme: ProgrammeId,
) -> Result<Option<programme_version::Model>, db::Error> {
    let found = programme_version::Entity::find()
        .filter(programme_version::Column::ProgrammeId.eq(programme))
        .filter(programme_version::Column::State.eq(VersionState::Draft))
        .one(conn)
        .await?;
    Ok(found)
}

/// The published sheets of these programmes, for other features.
///
/// # Errors
/// What the database answers.
pub async fn published(
    conn: &impl ConnectionTrait,
    programmes: Vec<ProgrammeId>,
) -> Result<HashMap<ProgrammeId, (programme_version::Model, Document)>, db::Error> {
    let rows = programme_version::Entity::find()
        .filter(programme_version::Column::ProgrammeId.is_in(programmes))
        .filter(programme_version::Column::State.eq(VersionState::Published))
        .all(conn)
        .await?;
    let mut documents: HashMap<ProgrammeVersionId, Document> = documents(conn, &rows).await?;
    let with_document = |row: programme_version::Model| {
        let document = documents.remove(&row.id)?;
        Some((row.programme_id, (row, document)))
    };
    Ok(rows.into_iter().filter_map(with_document).collect())
}

/// Sessions of a programme that are to come or under way.
///
/// # Errors
/// What the database answers.
pub async fn sessions_ahead(conn: &impl ConnectionTrait, programme: ProgrammeId) -> Result<u64, db::Error> {
    const AHEAD: [SessionState; 5] = [
        SessionState::Project,
        SessionState::Open,
        SessionState::Confirmed,
        SessionState::InProgress,
        SessionState::Postponed,
    ];
    let count = training_session::Entity::find()
        .filter(training_session::Column::ProgrammeId.eq(programme))
        .filter(training_session::Column::State.is_in(AHEAD))
        .count(conn)
        .await?;
    Ok(count)
}
