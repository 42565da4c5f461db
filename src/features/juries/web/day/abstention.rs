//! `/jurys/{number}/passages/{turn}/abstention`: a member stays apart from a candidate.

use askama::Template;
use entity::ids::JuryMemberId;
use entity::jury_session::JuryState;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::super::actions::day as acts;
use super::super::super::day::labels;
use super::super::super::{JuryError, wording};
use super::{Here, Refused, Side, Visit, refused, status_of};
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// `/jurys/{number}/passages/{turn}/abstention`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/juries/abstention.html")]
pub struct AbstentionPage {
    /// The shell.
    pub shell: Shell,
    /// Faults.
    pub summary: Option<ErrorSummary>,
    /// What stood in the way.
    pub refused: Refused,
    /// Number of the session.
    pub number: String,
    /// The margin.
    pub side: Side,
    /// Page of the passage.
    pub back: String,
    /// Name of the candidate.
    pub name: String,
    /// Those who may stay apart.
    pub members: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

#[handler]
pub(super) async fn show(page: Page, Path((number, turn)): Path<(String, String)>) -> Result<Response> {
    answer(&page, StatusCode::OK, (&number, &turn), FormState::default(), None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    (number, turn): (&str, &str),
    form: FormState,
    refused: Refused,
) -> Result<Response> {
    let visit = Visit::of(page, number, &[JuryState::Open]).await.map_err(WebError::from)?;
    let one = visit.turn(turn).map_err(WebError::from)?;
    let own = page.actor().expert();
    let voters =
        visit.day.voters(one.row.id).filter(|seated| visit.runs || Some(seated.row.expert_id) == own);
    let summary = form.summary(labels::NOT_RECORDED);
    let context = AbstentionPage {
        shell: page.shell(labels::ABSTENTION).with_errors(summary.is_some() || refused.is_some()),
        summary,
        refused,
        number: visit.day.whole.session.number.clone(),
        side: visit.side(Here::Abstention(one.row.position)),
        back: format!("{}/passages/{}", visit.day.whole.path(), one.row.position),
        name: wording::name(&one.candidate),
        members: voters.map(|one| Choice::new(one.row.id.to_string(), one.expert.name())).collect(),
        form,
    };
    page.answer_with(status, &context)
}

#[handler]
pub(super) async fn send(
    page: Page,
    Path((number, turn)): Path<(String, String)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let visit = Visit::of(&page, &number, &[JuryState::Open]).await?;
        let (session, passage) = (visit.day.whole.session.id, visit.turn(&turn)?.row.id);
        let member = form
            .text("member_id")
            .parse::<Uuid>()
            .map_err(|_| JuryError::fault("/member_id", "missing", labels::faults::MEMBER_WANTED))?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let recorded = acts::abstain(&mut tx, session, JuryMemberId(member), passage, form.text("reason"));
        let abstained = Box::pin(recorded).await?;
        tx.commit().await?;
        Ok::<_, JuryError>(abstained)
    };
    let error = match done.await {
        Ok(done) => {
            let said = labels::said::abstained(&done.name, done.adjourned);
            return Ok(flash::redirect(&format!("/jurys/{number}/passages/{turn}"), &said));
        }
        Err(error) => error,
    };
    let Some(status) = status_of(&error) else { return Err(WebError::from(error).into()) };
    let told = refused(&error);
    let errors = if told.is_none() { FieldErrors::of(&error) } else { FieldErrors::default() };
    let state = FormState::filled(form.fields()).with_errors(errors);
    answer(&page, status, (&number, &turn), state, told).await
}
