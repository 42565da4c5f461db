//! `/api/v1/trainees`.

use std::sync::Arc;

use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Object, OpenApi};
use time::OffsetDateTime;
use uuid::Uuid;

use super::labels;
use super::queries::{self, Trainee};
use crate::app::App;
use crate::features::enrolments::queries::Filter;
use crate::features::enrolments::shapes::{EnrolmentLine, StateWord};
use crate::features::papers::shapes::{PaperKindWord, PaperStateWord};
use crate::http::api::{ApiError, Caller, PageParams, ShortText, Tag};

/// People in training, with what is followed of them.
pub struct TraineesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// What somebody attended.
#[derive(Clone, Copy, Debug, Object)]
pub struct TraineeAttendance {
    /// Half-days on which they were there, in whole or in part.
    pub present: u32,
    /// Half-days on which they were not.
    pub absent: u32,
    /// Half-days of which nothing is known.
    pub unknown: u32,
    /// Minutes really attended.
    pub done_minutes: u32,
    /// Minutes planned.
    pub planned_minutes: u32,
}

/// A paper of somebody.
#[derive(Clone, Debug, Object)]
pub struct TraineePaper {
    /// Key, under `/papers`.
    pub id: Uuid,
    /// What people call it.
    pub number: String,
    /// What it is.
    pub kind: PaperKindWord,
    /// Where it stands.
    pub state: PaperStateWord,
    /// By when it must be signed.
    pub sign_until: Option<OffsetDateTime>,
    /// Key of its file, under `/papers/{id}/documents`; none while it is typeset.
    pub document_id: Option<Uuid>,
}

/// Somebody in training.
#[derive(Clone, Debug, Object)]
pub struct TraineeOut {
    /// Their enrolment.
    pub enrolment: EnrolmentLine,
    /// Last day of the session.
    pub ends_on: Option<time::Date>,
    /// What they attended.
    pub attendance: TraineeAttendance,
    /// Their papers that count, the latest first.
    pub papers: Vec<TraineePaper>,
}

impl From<&Trainee> for TraineeOut {
    fn from(one: &Trainee) -> Self {
        let paper = |row: &entity::training_document::Model| TraineePaper {
            id: row.id.0,
            number: labels::number(&one.line.session, row),
            kind: row.kind.into(),
            state: row.state.into(),
            sign_until: row.sign_until.map(|at| *at),
            document_id: row.signed_document_id.or(row.document_id).map(|id| id.0),
        };
        Self {
            enrolment: (&one.line).into(),
            ends_on: one.line.session.ends_on,
            attendance: TraineeAttendance {
                present: one.attended.present,
                absent: one.attended.absent,
                unknown: one.attended.unknown,
                done_minutes: one.attended.done,
                planned_minutes: one.attended.planned,
            },
            papers: one.papers.iter().map(paper).collect(),
        }
    }
}

/// A page of people in training.
#[derive(Clone, Debug, Object)]
pub struct TraineePage {
    /// The people, the last enrolled first.
    pub items: Vec<TraineeOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

#[derive(ApiResponse)]
enum Listed {
    /// The people that the caller may see.
    #[oai(status = 200)]
    Page(Json<TraineePage>),
}

#[OpenApi(prefix_path = "/trainees", tag = "Tag::Training")]
impl TraineesApi {
    /// List people in training
    ///
    /// With their half-days and their papers; a structure sees those whom it pays for. `q` finds words of the reference or of
    /// the names.
    #[oai(path = "/", method = "get", operation_id = "trainee_list")]
    #[expect(clippy::too_many_arguments, reason = "one argument per query parameter")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
        q: Query<Option<ShortText>>,
        /// Only those whose enrolment is in this state.
        state: Query<Option<StateWord>>,
        /// Only those of this session.
        session_id: Query<Option<Uuid>>,
        /// Only those that this structure pays for.
        structure_id: Query<Option<Uuid>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let filter = Filter {
            q: q.0.map(String::from).unwrap_or_default(),
            states: state.0.map(Into::into).into_iter().collect(),
            session: session_id.0.map(Into::into),
            structure: structure_id.0.map(Into::into),
        };
        let found = queries::list(self.app.db.read(), &caller.0, &filter, &page).await?;
        let next_cursor = found.next.map(|cursor| cursor.encode());
        let items = found.items.iter().map(Into::into).collect();
        Ok(Listed::Page(Json(TraineePage { items, next_cursor })))
    }
}
