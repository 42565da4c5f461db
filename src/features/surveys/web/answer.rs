//! `/enquetes/{token}`: answers a survey without an account. GET shows and never acts.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};

use super::super::events::title;
use super::super::labels::asked::{SCALE, YES_NO};
use super::super::labels::pages as words;
use super::super::queries::{self, Asked, Line};
use super::super::questions::{Form, frozen};
use super::super::{SurveyError, actions};
use crate::error::{DomainError, ErrorKind};
use crate::features::enrolments::labels::when;
use crate::http::web::by_link::{Said, bearer};
use crate::http::web::component::{Choice, Link};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, filters};

/// Who answers, for the journal: nobody in particular.
const BY_LINK: &str = "surveys.link";

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionRow {
    /// Its field.
    pub key: String,
    /// What is read.
    pub text: String,
    /// Its answers; empty when it is answered in words.
    pub choices: Vec<Choice>,
    /// Whether it may be left out.
    pub optional: bool,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/surveys/answer.html")]
pub struct AnswerPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What it is about.
    pub title: String,
    /// Its dates.
    pub when: String,
    /// Where it is sent.
    pub action: String,
    /// The questions.
    pub questions: Vec<QuestionRow>,
    /// The form.
    pub form: FormState,
}

/// The page.
#[handler]
pub(super) async fn show(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    again(&page, &token, StatusCode::OK, FormState::default()).await
}

async fn again(page: &PublicPage, token: &str, status: StatusCode, form: FormState) -> Result<Response> {
    let found = queries::by_link(page.app.db.read(), token, page.app.now()).await.map_err(WebError::from)?;
    match found {
        Asked::Unknown => said(page, StatusCode::NOT_FOUND, words::UNKNOWN),
        Asked::Answered => said(page, StatusCode::GONE, words::ANSWERED),
        Asked::Over => said(page, StatusCode::GONE, words::OVER),
        Asked::Open(line) => asked(page, token, &line, (status, form)),
    }
}

fn asked(
    page: &PublicPage,
    token: &str,
    line: &Line,
    (status, form): (StatusCode, FormState),
) -> Result<Response> {
    let summary = form.summary(words::NOT_SENT);
    let choices = |form: Form| -> Vec<Choice> {
        match form {
            Form::Scale => SCALE.iter().rev().map(|(value, word)| Choice::new(*value, *word)).collect(),
            Form::YesNo => YES_NO.iter().rev().map(|(value, word)| Choice::new(*value, *word)).collect(),
            Form::Text => Vec::new(),
        }
    };
    let context = AnswerPage {
        shell: page.shell(words::ANSWER).with_errors(summary.is_some()),
        summary,
        title: title(&line.survey, line.session.as_ref()),
        when: line.session.as_ref().map(when).unwrap_or_default(),
        action: format!("/enquetes/{token}"),
        questions: frozen(&line.survey.questions)
            .into_iter()
            .map(|question| QuestionRow {
                choices: choices(question.form),
                key: question.key,
                text: question.text,
                optional: question.optional,
            })
            .collect(),
        form,
    };
    page.answer_with(status, &context)
}

fn said(page: &PublicPage, status: StatusCode, said: Said) -> Result<Response> {
    page.answer_with(status, &said.page(page.shell(said.title), Link::new(words::HOME, "/")))
}

/// Answers, or asks not to be asked.
#[handler]
pub(super) async fn send(
    page: PublicPage,
    request: &Request,
    Path(token): Path<String>,
    form: FormData,
) -> Result<Response> {
    let declines = form.text("reponse") == "refuser";
    let typed: Vec<(String, String)> =
        form.fields().map(|(key, text)| (key.to_owned(), text.to_owned())).collect();
    let done = async {
        let mut tx = page.app.begin(bearer(request, BY_LINK)).await?;
        if declines {
            actions::decline(&mut tx, &token).await?;
        } else {
            actions::answer(&mut tx, &token, &typed).await?;
        }
        Ok::<_, SurveyError>(tx.commit().await?)
    };
    let error = match done.await {
        Ok(()) => {
            return said(&page, StatusCode::OK, if declines { words::LEFT_ALONE } else { words::THANKS });
        }
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::Invalid => {
            let state = FormState::filled(form.fields()).with_errors(FieldErrors::of(&error));
            again(&page, &token, StatusCode::UNPROCESSABLE_ENTITY, state).await
        }
        ErrorKind::Conflict | ErrorKind::NotFound => {
            again(&page, &token, StatusCode::CONFLICT, FormState::default()).await
        }
        _ => Err(WebError::from(error).into()),
    }
}
