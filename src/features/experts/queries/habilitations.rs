//! Reads of the path to an habilitation and of the pieces of an expert.

use entity::habilitation::{Duty, HabilitationState};
use entity::ids::{DocumentId, ExpertId, HabilitationId};
use entity::{document, expert, expert_piece, habilitation, habilitation_step};
use sea_orm::{
    ColumnTrait, Condition as Filter, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use time::Date;

use super::super::path::{self, Done, Progress};
use super::super::renewal::{self, Condition};
use super::super::{ExpertError, actions, labels};
use super::{AskedPiece, Habilitation, Planned, asked_pieces, past, planned, with_rights};
use crate::authz::{self, Actor, Permission, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};
use crate::features::{settings, ties};
use crate::rules::habilitation_path::PathRules;
use crate::rules::period::Period;

/// A file with everything that its page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The file and its rights.
    pub habilitation: Habilitation,
    /// Whose it is.
    pub expert: expert::Model,
    /// Who accompanies.
    pub senior: Option<expert::Model>,
    /// The pieces that the application asks for, while it is examined.
    pub asked: Vec<AskedPiece>,
    /// What was done, oldest first.
    pub steps: Vec<habilitation_step::Model>,
    /// Where each step stands.
    pub progress: Vec<Progress>,
    /// The conditions of the renewal.
    pub conditions: Vec<Condition>,
    /// Until when the declaration of interests is good.
    pub declared_until: Option<Date>,
    /// The documents of its acts, latest first.
    pub documents: Vec<document::Model>,
    /// What is planned under it from the day on.
    pub planned: Vec<Planned>,
    /// The period that a renewal would give.
    pub next_period: Period,
}

/// What a list of files is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileFilter {
    /// Words of the name of the expert, or their number.
    pub q: String,
    /// Only those in this state.
    pub state: Option<HabilitationState>,
    /// Only those for this duty.
    pub duty: Option<Duty>,
    /// Only those of this expert.
    pub expert: Option<ExpertId>,
    /// As they were at the end of this day, which is behind; as they are when none.
    pub on: Option<Date>,
}

/// The files that the actor may see, newest first: those of the experts that they see, and those that they accompany.
///
/// # Errors
/// What the database answers.
pub async fn habilitations(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &FileFilter,
    page: &PageRequest,
) -> Result<Page<Habilitation>, ExpertError> {
    use habilitation::Column;
    let experts = expert::Entity::find().select_only().column(expert::Column::Id);
    let experts = experts.filter(visible::experts(actor)).into_query();
    let mut seen = Filter::any().add(Column::ExpertId.in_subquery(experts));
    if let Some(own) = actor.expert() {
        seen = seen.add(Column::SeniorId.eq(own));
    }
    let past = match filter.on {
        Some(day) => Some(past::states_on(conn, Filter::all().add(seen.clone()), day).await?),
        None => None,
    };
    let mut select = habilitation::Entity::find().filter(seen);
    if !filter.q.is_empty() {
        let named = expert::Entity::find().select_only().column(expert::Column::Id);
        let named = named.filter(contains_words(expert::Column::Search, &filter.q)).into_query();
        select = select.filter(Column::ExpertId.in_subquery(named));
    }
    if let Some(states) = &past {
        let wanted = |state: HabilitationState| filter.state.is_none_or(|asked| asked == state);
        let ids = states.iter().filter(|(_, state)| wanted(**state)).map(|(id, _)| *id);
        select = select.filter(Column::Id.is_in(ids));
    } else if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(duty) = filter.duty {
        select = select.filter(Column::Duty.eq(duty));
    }
    if let Some(expert) = filter.expert {
        select = select.filter(Column::ExpertId.eq(expert));
    }
    let none: Option<Column> = None;
    let mut rows = keyset(select, none, Column::Id, true, page).all(conn).await?;
    for row in &mut rows {
        row.state = past.as_ref().and_then(|states| states.get(&row.id).copied()).unwrap_or(row.state);
    }
    let cut = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    Ok(Page { items: with_rights(conn, cut.items).await?, next: cut.next })
}

/// A file that the actor may see: their own, one that they accompany, or any as staff.
///
/// # Errors
/// [`ExpertError::NotFound`], the refusal of the policy, what the database answers.
pub async fn habilitation(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: HabilitationId,
    today: Date,
) -> Result<Path, ExpertError> {
    let file = habilitation::Entity::find_by_id(id).one(conn).await?.ok_or(ExpertError::NotFound)?;
    let expert = expert::Entity::find_by_id(file.expert_id).one(conn).await?.ok_or(ExpertError::NotFound)?;
    let facts = actions::habilitation::facts(&file, &expert, actor, Permission::ExpertView);
    let _seen = authz::allows(actor, Permission::ExpertView, &facts)?;
    let senior = match file.senior_id {
        Some(senior) => expert::Entity::find_by_id(senior).one(conn).await?,
        None => None,
    };
    let asked = match file.state {
        HabilitationState::Applied => asked_pieces(conn, file.duty, &expert, today).await?,
        _ => Vec::new(),
    };
    let steps = steps_of(conn, id).await?;
    let rules = settings::renewal_rules(conn).await?;
    let conditions = renewal::conditions(conn, &file, today, &rules).await?;
    let declared_until = ties::queries::declared_until(conn, file.expert_id, today).await?;
    let progress = progress_of(&settings::path_rules(conn).await?, &file, &steps);
    let documents = documents_of(conn, id).await?;
    let planned = planned(conn, &file, today).await?;
    let habilitation = with_rights(conn, vec![file]).await?.pop().ok_or(ExpertError::NotFound)?;
    let next_period = renewal::next_period(habilitation.ends_on(), today, rules.years);
    Ok(Path {
        habilitation,
        expert,
        senior,
        asked,
        steps,
        progress,
        conditions,
        declared_until,
        documents,
        planned,
        next_period,
    })
}

/// The same, as the file was at the end of a day that is behind.
///
/// # Errors
/// [`ExpertError::NotFound`] for a file that was not there yet, and those of [`habilitation`].
pub async fn habilitation_on(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: HabilitationId,
    day: Date,
) -> Result<Path, ExpertError> {
    let mut found = habilitation(conn, actor, id, day).await?;
    let this = Filter::all().add(habilitation::Column::Id.eq(id));
    let state = past::states_on(conn, this, day).await?.remove(&id).ok_or(ExpertError::NotFound)?;
    past::put_back(&mut found, &settings::path_rules(conn).await?, state, db::end_in_paris(day));
    Ok(found)
}

async fn documents_of(
    conn: &impl ConnectionTrait,
    id: HabilitationId,
) -> Result<Vec<document::Model>, db::Error> {
    let rows = document::Entity::find()
        .filter(document::Column::SubjectKind.eq("habilitation"))
        .filter(document::Column::SubjectId.eq(id.0))
        .order_by_desc(document::Column::CreatedAt)
        .order_by_desc(document::Column::Id)
        .all(conn)
        .await?;
    Ok(rows)
}

impl Path {
    /// One of the documents, if it is of this file.
    ///
    /// # Errors
    /// [`ExpertError::NotFound`].
    pub fn document(&self, id: DocumentId) -> Result<&document::Model, ExpertError> {
        self.documents.iter().find(|row| row.id == id).ok_or(ExpertError::NotFound)
    }
}

/// The steps of a file, oldest first.
///
/// # Errors
/// What the database answers.
pub(in crate::features::experts) async fn steps_of(
    conn: &impl ConnectionTrait,
    id: HabilitationId,
) -> Result<Vec<habilitation_step::Model>, db::Error> {
    let steps = habilitation_step::Entity::find()
        .filter(habilitation_step::Column::HabilitationId.eq(id))
        .order_by_asc(habilitation_step::Column::DoneOn)
        .order_by_asc(habilitation_step::Column::Id)
        .all(conn)
        .await?;
    Ok(steps)
}

/// Where each step of a file stands, once these were done.
pub(in crate::features::experts) fn progress_of(
    rules: &PathRules,
    file: &habilitation::Model,
    steps: &[habilitation_step::Model],
) -> Vec<Progress> {
    let done = |step: &habilitation_step::Model| Done {
        kind: step.kind,
        since_deferral: file.deferred_at.is_some_and(|deferred| *step.logged_at > *deferred),
    };
    let done: Vec<_> = steps.iter().map(done).collect();
    path::progress(rules, file.duty, &done, &path::split(&file.redo))
}

/// What is missing before the jury, in French.
///
/// # Errors
/// What the database answers.
pub async fn lacks(
    conn: &impl ConnectionTrait,
    file: &habilitation::Model,
) -> Result<Vec<String>, ExpertError> {
    let steps = steps_of(conn, file.id).await?;
    let progress = progress_of(&settings::path_rules(conn).await?, file, &steps);
    let mut lacks: Vec<_> = progress
        .iter()
        .filter(|step| !step.is_complete())
        .map(|step| labels::path::step_lack(file.duty, step))
        .collect();
    if file.action_plan.trim().is_empty() {
        lacks.push(labels::faults::PLAN_WANTED.to_owned());
    }
    Ok(lacks)
}

/// The pieces of an expert that were not taken back, latest first.
///
/// # Errors
/// What the database answers.
pub async fn pieces(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
) -> Result<Vec<expert_piece::Model>, ExpertError> {
    let rows = expert_piece::Entity::find()
        .filter(expert_piece::Column::ExpertId.eq(expert))
        .filter(expert_piece::Column::VoidedAt.is_null())
        .order_by_desc(expert_piece::Column::ProofOn)
        .order_by_desc(expert_piece::Column::Id)
        .all(conn)
        .await?;
    Ok(rows)
}
