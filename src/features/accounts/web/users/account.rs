//! `/parametres/utilisateurs/{id}`: one account, its roles, its file of expert, its state, its second factor.

use std::collections::HashMap;

use askama::Template;
use entity::account::{self, AccountState};
use entity::account_role::{self, Role};
use entity::ids::{AccountId, ExpertId, StructureId};
use poem::http::StatusCode;
use poem::web::{Path, Redirect};
use poem::{IntoResponse, Response, Result, handler};
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::super::actions;
use super::super::super::error::AccountError;
use super::super::super::input::{AccountChange, RoleInput};
use super::super::super::labels::{
    EXPERT_UNKNOWN, STRUCTURE_ADMINISTRATOR, role as role_name, state as state_status,
};
use super::super::super::queries::{self, AccountRow};
use super::super::colleagues::settled;
use super::super::labels;
use super::{RoleChoices, returned, role_typed};
use crate::authz::{Facts, Permission, allows, may};
use crate::error::Fault;
use crate::http::web::component::{Link, Status};
use crate::http::web::error_page::ConfirmationPage;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::labels::question_over;
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::territory;

/// One role held.
#[derive(Clone, Debug)]
pub struct RoleRow {
    /// Key of the role, for the address of the button.
    pub id: Uuid,
    /// The role, in French.
    pub role: &'static str,
    /// Where it counts: a structure, regions, a certification, or everywhere.
    pub scope: String,
    /// Since when.
    pub since: OffsetDateTime,
}

/// `/parametres/utilisateurs/{id}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/accounts/user.html")]
pub struct UserPage {
    /// The shell; its title is the name.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Key of the account; not `id`, which the sections of the page name.
    pub key: Uuid,
    /// Its address.
    pub email: String,
    /// Open or closed.
    pub state: Status,
    /// Whether it is open.
    pub active: bool,
    /// Its version.
    pub version: i32,
    /// Since when the second factor is on.
    pub second_factor_since: Option<OffsetDateTime>,
    /// When its person last signed in.
    pub last_sign_in: Option<OffsetDateTime>,
    /// Its roles.
    pub roles: Vec<RoleRow>,
    /// Its file of expert.
    pub expert: Option<Link>,
    /// Whether it holds the role that a file of expert goes with.
    pub is_expert: bool,
    /// Whether the person who looks may change anything.
    pub manages: bool,
    /// The form of the name.
    pub name_form: FormState,
    /// The form of a role to add.
    pub role_form: FormState,
    /// The form of the file of expert.
    pub expert_form: FormState,
    /// What it may be.
    pub choices: RoleChoices,
    /// The zone in which instants are written.
    pub zone: &'static str,
}

/// The form that comes back among those of the page.
#[derive(Default)]
struct Returned {
    name: Option<FormState>,
    role: Option<FormState>,
    expert: Option<FormState>,
}

fn address(id: Uuid) -> String {
    format!("{}/{id}", super::PATH)
}

/// The page.
#[handler]
pub(in super::super) async fn show(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    let shown = answer(&page, StatusCode::OK, id, Returned::default()).await?;
    actions::view(&page.app, page.actor(), id.into()).await.map_err(WebError::from)?;
    Ok(shown)
}

async fn answer(page: &Page, status: StatusCode, id: Uuid, forms: Returned) -> Result<Response> {
    let context = context(page, id, forms).await.map_err(WebError::from)?;
    page.answer_with(status, &context)
}

async fn load(page: &Page, id: Uuid) -> Result<AccountRow, AccountError> {
    let facts = Facts { account: Some(id.into()), ..Facts::default() };
    let _ = allows(page.actor(), Permission::AccountView, &facts)?;
    queries::account(page.app.db.read(), page.actor(), id.into()).await
}

async fn context(page: &Page, id: Uuid, forms: Returned) -> Result<UserPage, AccountError> {
    let AccountRow { account, roles } = load(page, id).await?;
    let conn = page.app.db.read();
    let structures =
        queries::structure_names(conn, roles.iter().filter_map(|role| role.structure_id)).await?;
    let expert = queries::expert_of(conn, &account).await?;
    let choices = RoleChoices::of(&page.app).await?;
    let version = i64::from(account.version);
    let named =
        || FormState::filled([("name", account.name.as_str())]).with_prefix("nom").with_version(version);
    let name_form = forms.name.unwrap_or_else(named);
    let role_form = forms.role.unwrap_or_default().with_prefix("role").with_version(version);
    let numbered = || FormState::filled(expert.iter().map(|found| ("expert", found.number.as_str())));
    let expert_form = forms.expert.unwrap_or_else(numbered).with_prefix("intervenant").with_version(version);
    let summary = [&name_form, &role_form, &expert_form]
        .iter()
        .find_map(|form| form.summary(labels::ACCOUNT_NOT_CHANGED));
    Ok(UserPage {
        shell: page.shell(account.name.clone()).with_errors(summary.is_some()),
        summary,
        key: id,
        state: state_status(account.state),
        active: account.state == AccountState::Active,
        version: account.version,
        second_factor_since: account.totp_confirmed_at.map(|at| *at),
        last_sign_in: account.last_sign_in_at.map(|at| *at),
        is_expert: roles.iter().any(|role| role.role == Role::Expert),
        expert: expert.map(|found| {
            let name = found.name();
            Link::new(name, format!("/intervenants/{}", found.number))
        }),
        roles: roles.into_iter().map(|role| row(&role, &structures, &choices)).collect(),
        manages: may(page.actor(), Permission::AccountManage, &Facts::default()),
        name_form,
        role_form,
        expert_form,
        choices,
        zone: "Europe/Paris",
        email: account.email,
    })
}

fn row(
    role: &account_role::Model,
    structures: &HashMap<StructureId, String>,
    choices: &RoleChoices,
) -> RoleRow {
    RoleRow {
        id: role.id.into(),
        role: role_name(role.role),
        scope: scope(role, structures, choices),
        since: *role.granted_at,
    }
}

fn scope(
    role: &account_role::Model,
    structures: &HashMap<StructureId, String>,
    choices: &RoleChoices,
) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(role.structure_id.and_then(|id| structures.get(&id).cloned()));
    if role.structure_admin {
        parts.push(STRUCTURE_ADMINISTRATOR.to_owned());
    }
    if let Some(id) = role.certification_id {
        let known = choices.certifications.iter().find(|choice| choice.value == id.to_string());
        parts.extend(known.map(|choice| choice.label.clone()));
    }
    parts.extend(role.regions.split(',').filter_map(territory::region).map(|region| region.name.to_owned()));
    if parts.is_empty() { labels::EVERYWHERE.to_owned() } else { parts.join(", ") }
}

async fn change(page: &Page, id: Uuid, version: i32, change: AccountChange) -> Result<(), AccountError> {
    let mut tx = page.app.begin(page.actor().clone()).await?;
    actions::update_account(&mut tx, id.into(), version, change).await?;
    Ok(tx.commit().await?)
}

/// Changes the name.
#[handler]
pub(in super::super) async fn rename(page: Page, Path(id): Path<Uuid>, form: FormData) -> Result<Response> {
    let version = form.version().unwrap_or_default();
    let done = async {
        let input = AccountChange::parse(Some(form.text("name")), None, None, None)?;
        change(&page, id, version, input).await
    };
    match done.await {
        Err(error @ AccountError::Invalid(_)) => {
            let state = returned(&form, &error).with_prefix("nom").with_version(i64::from(version));
            let forms = Returned { name: Some(state), ..Returned::default() };
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, id, forms).await
        }
        done => settled(done, &address(id), &labels::account_changed()),
    }
}

/// Ties the account to the file of an expert.
#[handler]
pub(in super::super) async fn tie_expert(
    page: Page,
    Path(id): Path<Uuid>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        load(&page, id).await?;
        let expert = expert_typed(&page, form.text("expert")).await?;
        let input = AccountChange { expert: Some(expert), ..AccountChange::default() };
        change(&page, id, form.version().unwrap_or_default(), input).await
    };
    match done.await {
        Err(error @ AccountError::Invalid(_)) => {
            let forms = Returned { expert: Some(returned(&form, &error)), ..Returned::default() };
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, id, forms).await
        }
        done => settled(done, &address(id), &labels::account_changed()),
    }
}

async fn expert_typed(page: &Page, number: &str) -> Result<ExpertId, AccountError> {
    let found = queries::expert_by_number(page.app.db.read(), &number.to_uppercase()).await?;
    let unknown = || AccountError::Invalid(vec![Fault::new("/expert", "expert-unknown", EXPERT_UNKNOWN)]);
    found.ok_or_else(unknown)
}

/// Opens again or closes, after asking.
#[handler]
pub(in super::super) async fn set_state(
    page: Page,
    Path(id): Path<Uuid>,
    form: FormData,
) -> Result<Response> {
    let state =
        AccountState::from_word(form.text("etat")).ok_or(AccountError::NotFound).map_err(WebError::from)?;
    if state == AccountState::Disabled && !form.ticked("confirme") {
        return Ok(Asked::Close.at(id));
    }
    let input = AccountChange { state: Some(state), ..AccountChange::default() };
    let done = change(&page, id, form.version().unwrap_or_default(), input).await;
    settled(done, &address(id), &labels::account_changed())
}

/// What a question is about. It has an address of its own: a browser that goes back to it asks nothing, and one that
/// means nothing any more leads back to the account.
#[derive(Clone, Copy)]
enum Asked {
    Close,
    Reset,
}

impl Asked {
    /// Where its form goes, and where it is asked.
    fn path(self, id: Uuid) -> String {
        let act = match self {
            Self::Close => "etat",
            Self::Reset => "second-facteur",
        };
        format!("{}/{act}", address(id))
    }

    /// Leads to the question.
    fn at(self, id: Uuid) -> Response {
        Redirect::see_other(self.path(id)).into_response()
    }

    /// Whether there is still something to ask.
    fn is_open(self, account: &account::Model) -> bool {
        match self {
            Self::Close => account.state == AccountState::Active,
            Self::Reset => account.totp_confirmed_at.is_some(),
        }
    }
}

/// Asks before an account is closed.
#[handler]
pub(in super::super) async fn ask_close(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    confirmation(&page, id, Asked::Close).await
}

/// Asks before a second factor is reset.
#[handler]
pub(in super::super) async fn ask_reset(page: Page, Path(id): Path<Uuid>) -> Result<Response> {
    confirmation(&page, id, Asked::Reset).await
}

async fn confirmation(page: &Page, id: Uuid, asked: Asked) -> Result<Response> {
    let account = load(page, id).await.map_err(WebError::from)?.account;
    if !asked.is_open(&account) {
        return Ok(flash::redirect(&address(id), &question_over()));
    }
    let version = ("version".to_owned(), account.version.to_string());
    let (question, effects, act, typed) = match asked {
        Asked::Close => {
            let closed = ("etat".to_owned(), AccountState::Disabled.word());
            let question = labels::close_question(&account.name);
            (question, labels::close_effects(), labels::CLOSE, vec![closed, version])
        }
        Asked::Reset => {
            (labels::reset_question(&account.name), labels::reset_effects(), labels::RESET, Vec::new())
        }
    };
    page.answer(&ConfirmationPage {
        shell: page.shell(question),
        intro: labels::AT_ONCE.to_owned(),
        effects,
        warnings: Vec::new(),
        typed,
        action: asked.path(id),
        keep: Link::new(labels::KEEP, address(id)),
        act: act.to_owned(),
        danger: true,
    })
}

/// Adds a role.
#[handler]
pub(in super::super) async fn add_role(page: Page, Path(id): Path<Uuid>, form: FormData) -> Result<Response> {
    let done = async {
        let mut roles = vec![role_typed(&page.app, &form).await?];
        roles.extend(load(&page, id).await?.roles.iter().map(held));
        let input = AccountChange::parse(None, None, Some(roles), None)?;
        change(&page, id, form.version().unwrap_or_default(), input).await
    };
    match done.await {
        Err(error @ AccountError::Invalid(_)) => {
            let state = returned(&form, &error);
            let forms = Returned { role: Some(state), ..Returned::default() };
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, id, forms).await
        }
        done => settled(done, &address(id), &labels::account_changed()),
    }
}

fn held(row: &account_role::Model) -> RoleInput {
    RoleInput::from(row)
}

/// Takes a role.
#[handler]
pub(in super::super) async fn remove_role(
    page: Page,
    Path((id, role)): Path<(Uuid, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let roles = load(&page, id).await?.roles;
        if !roles.iter().any(|row| row.id == role.into()) {
            return Err(AccountError::NotFound);
        }
        let kept = roles.iter().filter(|row| row.id != role.into()).map(held).collect();
        let input = AccountChange::parse(None, None, Some(kept), None)?;
        change(&page, id, form.version().unwrap_or_default(), input).await
    };
    match done.await {
        Err(AccountError::Invalid(faults)) => {
            let detail = faults.first().map(|fault| fault.message.clone()).unwrap_or_default();
            Ok(flash::redirect(&address(id), &labels::refused(&detail)))
        }
        done => settled(done, &address(id), &labels::account_changed()),
    }
}

/// Resets the second factor, after asking.
#[handler]
pub(in super::super) async fn reset_second_factor(
    page: Page,
    Path(id): Path<Uuid>,
    form: FormData,
) -> Result<Response> {
    if !form.ticked("confirme") {
        return Ok(Asked::Reset.at(id));
    }
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::reset_second_factor(&mut tx, AccountId(id)).await?;
        Ok::<_, AccountError>(tx.commit().await?)
    };
    settled(done.await, &address(id), &labels::second_factor_reset())
}
