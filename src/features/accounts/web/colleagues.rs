//! `/compte/collegues`: the people of a structure. Staff open it for any structure with `?structure=`.

use askama::Template;
use entity::ids::{AccountId, StructureId};
use poem::http::StatusCode;
use poem::web::{Path, Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};
use uuid::Uuid;

use super::super::actions;
use super::super::error::AccountError;
use super::super::input::Invitation;
use super::super::queries::{self, Colleague};
use super::labels;
use super::security::errors_of;
use crate::authz::{Facts, Permission, may};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::component::{Link, Status};
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::labels::question_over;
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// Someone of the structure.
#[derive(Clone, Debug)]
pub struct ColleagueRow {
    /// Key of the account, for the addresses of the buttons.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Administers the structure.
    pub administrator: bool,
    /// Open or closed.
    pub state: Status,
    /// When they were last invited, in words, while they have never signed in; otherwise empty.
    pub invited: String,
    /// The person who looks.
    pub oneself: bool,
}

/// `/compte/collegues`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/accounts/colleagues.html")]
pub struct ColleaguesPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Key of the structure.
    pub structure: Uuid,
    /// Its people.
    pub people: Vec<ColleagueRow>,
    /// Whether the person who looks may invite and remove.
    pub manages: bool,
    /// The form of an invitation: `email`, `name`, `administrator`.
    pub form: FormState,
}

/// The structure asked for.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct Asked {
    structure: Option<Uuid>,
}

fn asked(page: &Page, structure: Option<Uuid>) -> Result<StructureId, AccountError> {
    let own = || page.actor().structures().next();
    structure.map(StructureId::from).or_else(own).ok_or(AccountError::NotFound)
}

fn asked_by(page: &Page, form: &FormData) -> Result<StructureId, AccountError> {
    asked(page, form.text("structure").parse().ok())
}

fn address(structure: StructureId) -> String {
    format!("/compte/collegues?structure={structure}")
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(query): Query<Asked>) -> Result<Response> {
    let structure = asked(&page, query.structure).map_err(WebError::from)?;
    answer(&page, StatusCode::OK, structure, FormState::default()).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    structure: StructureId,
    form: FormState,
) -> Result<Response> {
    let found = queries::colleagues(page.app.db.read(), page.actor(), structure).await;
    let (structure, people) = found.map_err(WebError::from)?;
    let facts = Facts { structure: Some(structure.id), region: Some(structure.region), ..Facts::default() };
    let summary = form.summary(labels::NOT_INVITED);
    let own = page.visitor.account.id;
    let context = ColleaguesPage {
        shell: page.shell(labels::people_of(&structure.name)).with_errors(summary.is_some()),
        summary,
        structure: structure.id.into(),
        people: people.into_iter().map(|colleague| row(colleague, own)).collect(),
        manages: may(page.actor(), Permission::ColleagueManage, &facts),
        form,
    };
    page.answer_with(status, &context)
}

fn row(Colleague { account, administrator, invited_at }: Colleague, own: AccountId) -> ColleagueRow {
    let invited_at = invited_at.filter(|_| account.id != own);
    ColleagueRow {
        oneself: account.id == own,
        invited: invited_at.map(|at| french::date(day_in_zone(*at, PARIS))).unwrap_or_default(),
        id: account.id.into(),
        state: super::super::labels::state(account.state),
        name: account.name,
        email: account.email,
        administrator,
    }
}

/// Invites someone.
#[handler]
pub(super) async fn invite(page: Page, form: FormData) -> Result<Response> {
    let structure = asked_by(&page, &form).map_err(WebError::from)?;
    let done = async {
        let input = Invitation::parse(form.text("email"), form.text("name"), form.ticked("administrator"))?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::invite_colleague(&mut tx, structure, &input).await?;
        Ok::<_, AccountError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&address(structure), &labels::invited())),
        Err(error @ AccountError::Invalid(_)) => {
            let state = FormState::filled(form.fields()).with_errors(errors_of(&error));
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, structure, state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Sends the invitation again to someone who has not come in yet.
#[handler]
pub(super) async fn invite_again(page: Page, Path(id): Path<Uuid>, form: FormData) -> Result<Response> {
    let structure = asked_by(&page, &form).map_err(WebError::from)?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::invite_colleague_again(&mut tx, structure, id.into()).await?;
        Ok::<_, AccountError>(tx.commit().await?)
    };
    settled(done.await, &address(structure), &labels::invited_again())
}

/// Names someone administrator, or no longer.
#[handler]
pub(super) async fn change(page: Page, Path(id): Path<Uuid>, form: FormData) -> Result<Response> {
    let structure = asked_by(&page, &form).map_err(WebError::from)?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::change_colleague(&mut tx, structure, id.into(), form.ticked("administrator")).await?;
        Ok::<_, AccountError>(tx.commit().await?)
    };
    settled(done.await, &address(structure), &labels::colleague_changed())
}

/// The question before someone is removed, at an address of its own: a browser that goes back to it asks nothing.
#[handler]
pub(super) async fn ask_removal(
    page: Page,
    Path(id): Path<Uuid>,
    Query(query): Query<Asked>,
) -> Result<Response> {
    let structure = asked(&page, query.structure).map_err(WebError::from)?;
    confirmation(&page, structure, id).await
}

/// Removes someone, after asking.
#[handler]
pub(super) async fn remove(page: Page, Path(id): Path<Uuid>, form: FormData) -> Result<Response> {
    let structure = asked_by(&page, &form).map_err(WebError::from)?;
    if !form.ticked("confirme") {
        let question = format!("/compte/collegues/{id}/retirer?structure={structure}");
        return Ok(Redirect::see_other(question).into_response());
    }
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::remove_colleague(&mut tx, structure, id.into()).await?;
        Ok::<_, AccountError>(tx.commit().await?)
    };
    settled(done.await, &address(structure), &labels::colleague_removed())
}

async fn confirmation(page: &Page, structure: StructureId, id: Uuid) -> Result<Response> {
    let found = queries::colleagues(page.app.db.read(), page.actor(), structure).await;
    let (found, people) = found.map_err(WebError::from)?;
    let Some(person) = people.iter().find(|colleague| colleague.account.id == id.into()) else {
        return Ok(flash::redirect(&address(structure), &question_over()));
    };
    page.answer(&ConfirmationPage {
        shell: page.shell(labels::remove_question(&person.account.name)),
        intro: labels::AT_ONCE.to_owned(),
        effects: labels::removal_effects(&found.name),
        warnings: Vec::new(),
        typed: vec![("structure".to_owned(), structure.to_string())],
        action: format!("/compte/collegues/{id}/retirer"),
        keep: Link::new(labels::KEEP, address(structure)),
        act: labels::REMOVE.to_owned(),
        danger: true,
    })
}

/// Back to the page: what was done, or why a rule refused.
pub(super) fn settled(
    done: Result<(), AccountError>,
    path: &str,
    message: &crate::http::web::layout::Flash,
) -> Result<Response> {
    match done {
        Ok(()) => Ok(flash::redirect(path, message)),
        Err(error) if matches!(error.kind(), ErrorKind::Conflict | ErrorKind::RateLimited) => {
            Ok(flash::redirect(path, &labels::refused(&error.detail())))
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
