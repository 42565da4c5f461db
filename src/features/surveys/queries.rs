//! Reads of surveys. Every list starts from what the actor may see; what was answered is shown once enough people did.

use entity::ids::SurveyId;
use entity::survey::{self, SurveyKind, SurveyState};
use entity::{survey_answer, survey_invitation, training_session};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use super::SurveyError;
use super::questions::{Question, Tally, frozen, tally};
use crate::authz::{Actor, hash_token, visible};
use crate::db::{self, Cursor, Page, PageRequest, keyset};
use crate::features::settings;

/// What a list is limited to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those asked of these people.
    pub kind: Option<SurveyKind>,
    /// Only this state.
    pub state: Option<SurveyState>,
}

/// A survey and its session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The survey.
    pub survey: survey::Model,
    /// Its session, when it is about one.
    pub session: Option<training_session::Model>,
}

/// A survey and what was answered, where it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// The survey.
    pub survey: survey::Model,
    /// Its session, when it is about one.
    pub session: Option<training_session::Model>,
    /// What is asked.
    pub questions: Vec<Question>,
    /// What was answered; none while too few people did.
    pub results: Option<Vec<Tally>>,
    /// The fewest answers that are shown.
    pub smallest: u16,
}

/// The surveys that the actor may see, the latest first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Line>, db::Error> {
    use survey::Column;
    let mut select = survey::Entity::find().filter(visible::surveys(actor));
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    let rows = keyset(select, None::<Column>, Column::Id, true, page).all(conn).await?;
    let found = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    let sessions = training_session::Entity::find()
        .filter(training_session::Column::Id.is_in(found.items.iter().filter_map(|row| row.session_id)))
        .all(conn)
        .await?;
    Ok(found.map(|survey| {
        let session = sessions.iter().find(|one| Some(one.id) == survey.session_id).cloned();
        Line { survey, session }
    }))
}

/// A survey.
///
/// # Errors
/// [`SurveyError::NotFound`], what the database answers.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, id: SurveyId) -> Result<Whole, SurveyError> {
    let found = survey::Entity::find()
        .filter(visible::surveys(actor))
        .filter(survey::Column::Id.eq(id))
        .one(conn)
        .await?;
    let survey = found.ok_or(SurveyError::NotFound)?;
    let session = match survey.session_id {
        Some(session) => training_session::Entity::find_by_id(session).one(conn).await?,
        None => None,
    };
    let questions = frozen(&survey.questions);
    let smallest = settings::survey_rules(conn).await?.smallest;
    let results = if survey.answered >= i32::from(smallest) {
        let answers =
            survey_answer::Entity::find().filter(survey_answer::Column::SurveyId.eq(id)).all(conn).await?;
        let answers: Vec<_> = answers.into_iter().map(|row| row.answers).collect();
        Some(tally(&questions, &answers))
    } else {
        None
    };
    Ok(Whole { survey, session, questions, results, smallest })
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing of ours.
    Unknown,
    /// A survey that may be answered.
    Open(Box<Line>),
    /// One that was answered by this link.
    Answered,
    /// One that nobody answers, or that the person does not wish to.
    Over,
}

/// What a link leads to now.
///
/// # Errors
/// What the database answers.
pub async fn by_link(
    conn: &impl ConnectionTrait,
    token: &str,
    now: OffsetDateTime,
) -> Result<Asked, SurveyError> {
    let found = survey_invitation::Entity::find()
        .filter(survey_invitation::Column::TokenHash.eq(hash_token(token)))
        .one(conn)
        .await?;
    let Some(invitation) = found else { return Ok(Asked::Unknown) };
    let found = survey::Entity::find_by_id(invitation.survey_id).one(conn).await?;
    let Some(survey) = found else { return Ok(Asked::Unknown) };
    if invitation.answered {
        return Ok(Asked::Answered);
    }
    let open = survey.state == SurveyState::Open && *survey.closes_at > now;
    if !open || invitation.declined_at.is_some() {
        return Ok(Asked::Over);
    }
    let session = match survey.session_id {
        Some(session) => training_session::Entity::find_by_id(session).one(conn).await?,
        None => None,
    };
    Ok(Asked::Open(Box::new(Line { survey, session })))
}
