//! `/sessions/{number}/papiers/convocations`: the dry run, then everybody at once.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::queries::plan::{Becomes, Planned, plan};
use super::super::record::session_by_number;
use super::super::{PaperError, actions, labels, queries};
use super::{Refused, refusal};
use crate::http::web::component::{Color, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// One person.
#[derive(Clone, Debug)]
pub struct SummonsRow {
    /// Name.
    pub name: String,
    /// What becomes of them.
    pub status: Status,
    /// What lacks, or what else is to know.
    pub notes: Vec<String>,
}

/// `/sessions/{number}/papiers/convocations`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/papers/summons.html")]
pub struct SummonsPage {
    /// The shell.
    pub shell: Shell,
    /// What stands in the way.
    pub refused: Refused,
    /// Number of the session.
    pub number: String,
    /// What it is about.
    pub title: String,
    /// How many are called.
    pub called: usize,
    /// Everybody who may be.
    pub rows: Vec<SummonsRow>,
    /// The form.
    pub form: FormState,
}

fn row(one: &Planned) -> SummonsRow {
    let status = match &one.becomes {
        Becomes::Called => Status::new(labels::becomes::CALLED, "envoi", Color::Pre),
        Becomes::Already => Status::new(labels::becomes::ALREADY, "coche", Color::Ardoise),
        Becomes::NotConfirmed => Status::new(labels::becomes::NOT_CONFIRMED, "horloge", Color::Ocre),
        Becomes::Lacking(_) => Status::new(labels::becomes::LACKING, "alerte", Color::Garance),
    };
    let mut notes = Vec::new();
    if let Becomes::Lacking(mentions) = &one.becomes {
        notes.extend(mentions.iter().map(|mention| mention.label().to_owned()));
    }
    if !one.reached {
        notes.push(labels::becomes::NO_ADDRESS.to_owned());
    }
    if one.minor {
        notes.push(labels::becomes::MINOR.to_owned());
    }
    let person = &one.enrolment;
    SummonsRow { name: format!("{} {}", person.family_name, person.first_names), status, notes }
}

/// The dry run.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, (FormState::default(), None)).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    (form, refused): (FormState, Refused),
) -> Result<Response> {
    let read = async {
        let session = session_by_number(page.app.db.read(), number).await?;
        let material = queries::for_issue(&page.app, page.actor(), session.id).await?;
        let people = plan(page.app.db.read(), &material).await?;
        Ok::<_, PaperError>((session, people))
    };
    let (session, people) = Box::pin(read).await.map_err(WebError::from)?;
    let context = SummonsPage {
        shell: page.shell(labels::SUMMONS),
        refused,
        number: session.number,
        title: session.title,
        called: people.iter().filter(|one| one.becomes == Becomes::Called).count(),
        rows: people.iter().map(row).collect(),
        form,
    };
    page.answer_with(status, &context)
}

/// Calls everybody.
#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let session = session_by_number(page.app.db.read(), &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let called = Box::pin(actions::summon(&mut tx, session.id)).await?;
        tx.commit().await?;
        Ok::<_, PaperError>(called)
    };
    match Box::pin(done).await {
        Ok(called) => Ok(flash::redirect(&format!("/sessions/{number}/papiers"), &labels::called(called))),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, &number, (state, refused)).await
        }
    }
}
