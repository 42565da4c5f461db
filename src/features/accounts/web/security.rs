//! `/compte/securite`: password, second factor, devices, tokens.

use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use time::Duration;
use uuid::Uuid;

use super::super::actions;
use super::super::error::AccountError;
use super::super::input::NewToken;
use super::super::labels::CURRENT_PASSWORD_WRONG;
use super::super::{password, queries};
use super::labels;
use super::pages::{SecurityPage, SessionRow, TokenRow};
use super::visit::redirect_with_token;
use crate::db::PageRequest;
use crate::error::{DomainError, Fault};
use crate::http::web::component::{Choice, Color, Status};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::layout::Tone;
use crate::http::web::{FormData, Page, WebError, flash};

const PATH: &str = "/compte/securite";
const ZONE: &str = "Europe/Paris";
const DEFAULT_DAYS: &str = "90";

/// What the page shows besides what is recorded.
#[derive(Default)]
struct Shown {
    password_errors: FieldErrors,
    token_errors: FieldErrors,
    token_typed: (String, String),
    new_token: Option<String>,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    answer(&page, StatusCode::OK, Shown::default()).await
}

async fn answer(page: &Page, status: StatusCode, shown: Shown) -> Result<Response> {
    let context = context(page, shown).await.map_err(WebError::from)?;
    page.answer_with(status, &context)
}

async fn context(page: &Page, shown: Shown) -> Result<SecurityPage, AccountError> {
    let (app, account, conn) = (&page.app, &page.visitor.account, page.app.db.read());
    let idle = Duration::minutes(app.config.session_idle_minutes);
    let tokens = queries::own_tokens(conn, page.actor(), app.now(), &PageRequest::first(200)).await?;
    let left = queries::own_recovery_codes(conn, page.actor()).await?;
    let (name, days) = shown.token_typed;
    let days = if days.is_empty() { DEFAULT_DAYS.to_owned() } else { days };
    let password = FormState::default().with_errors(shown.password_errors).with_prefix("mdp");
    let token_form = FormState::filled([("name", name), ("ttl_days", days)])
        .with_errors(shown.token_errors)
        .with_prefix("jeton");
    let summary =
        password.summary(labels::PASSWORD_NOT_SAVED).or_else(|| token_form.summary(labels::TOKEN_NOT_MADE));
    let required = &app.config.second_factor_roles;
    Ok(SecurityPage {
        shell: page.shell(labels::SECURITY).with_errors(summary.is_some()),
        summary,
        zone: ZONE.to_owned(),
        has_password: account.password_hash.is_some(),
        password,
        second_factor_since: account.totp_confirmed_at.map(|at| *at),
        second_factor_required: page.actor().held.iter().any(|held| required.contains(&held.role.word())),
        recovery_codes_left: u32::try_from(left).unwrap_or(u32::MAX),
        active: Status::new(labels::ACTIVE, "coche", Color::Pre),
        sessions: sessions(page, idle).await?,
        tokens: tokens.items.into_iter().map(token_row).collect(),
        new_token: shown.new_token,
        token_form,
        durations: labels::TOKEN_DAYS.map(|(value, label)| Choice::new(value, label)).to_vec(),
        done: Tone::Done,
    })
}

async fn sessions(page: &Page, idle: Duration) -> Result<Vec<SessionRow>, AccountError> {
    let found = queries::own_sessions(page.app.db.read(), page.actor(), page.app.now(), idle).await?;
    let current = page.visitor.session.id;
    let mut rows: Vec<_> = found
        .into_iter()
        .map(|session| SessionRow {
            id: session.id.into(),
            device: session.agent,
            opened: *session.created_at,
            last_seen: *session.last_seen_at,
            current: session.id == current,
        })
        .collect();
    rows.sort_by_key(|row| !row.current);
    Ok(rows)
}

fn token_row(token: entity::api_token::Model) -> TokenRow {
    TokenRow {
        id: token.id.into(),
        name: token.name,
        created: *token.created_at,
        expires: *token.expires_at,
        last_used: token.last_used_at.map(|at| *at),
    }
}

/// Sets or changes the password.
#[handler]
pub(super) async fn change_password(page: Page, form: FormData) -> Result<Response> {
    match save_password(&page, &form).await {
        Ok(token) => Ok(redirect_with_token(&page.app, PATH, &labels::password_saved(), &token)),
        Err(error) => {
            let status = match &error {
                AccountError::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
                AccountError::TooManyAttempts(_) => StatusCode::TOO_MANY_REQUESTS,
                _ => return Err(WebError::from(error).into()),
            };
            let mut errors = errors_of(&error);
            if errors.is_empty() {
                errors.push("/current_password", error.detail());
            }
            answer(&page, status, Shown { password_errors: errors, ..Shown::default() }).await
        }
    }
}

async fn save_password(page: &Page, form: &FormData) -> Result<String, AccountError> {
    let (app, account) = (&page.app, &page.visitor.account);
    let mut faults = Vec::new();
    let attempts = format!("password:{}", account.email_folded);
    if let Some(hash) = &account.password_hash {
        app.attempts.take(&attempts, app.now()).map_err(AccountError::TooManyAttempts)?;
        if password::verify(form.text("current_password"), Some(hash.clone())).await? {
            app.attempts.forget(&attempts);
        } else {
            faults.push(Fault::new("/current_password", "password-wrong", CURRENT_PASSWORD_WRONG));
        }
    }
    let new = form.text("new_password");
    faults.extend(password::fault(new, &account.email, "/new_password"));
    if !faults.is_empty() {
        return Err(AccountError::Invalid(faults));
    }
    let hash = password::hash(app, new).await?;
    let mut tx = app.begin(page.actor().clone()).await?;
    let verified = account.password_hash.as_deref();
    let token = actions::change_password(&mut tx, verified, hash, page.visitor.session.id).await?;
    tx.commit().await?;
    Ok(token)
}

/// The faults of an error, for the fields of a form.
pub(super) fn errors_of(error: &AccountError) -> FieldErrors {
    error.faults().into_iter().map(|fault| (fault.pointer, fault.message)).collect()
}

/// Makes a token and shows it, once.
#[handler]
pub(super) async fn create_token(page: Page, form: FormData) -> Result<Response> {
    let typed = (form.text("name").to_owned(), form.text("ttl_days").to_owned());
    match make_token(&page, &form).await {
        Ok(token) => {
            answer(&page, StatusCode::OK, Shown { new_token: Some(token), ..Shown::default() }).await
        }
        Err(error @ AccountError::Invalid(_)) => {
            let shown = Shown { token_errors: errors_of(&error), token_typed: typed, ..Shown::default() };
            answer(&page, StatusCode::UNPROCESSABLE_ENTITY, shown).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

async fn make_token(page: &Page, form: &FormData) -> Result<String, AccountError> {
    let input = NewToken::parse(form.text("name"), form.text("ttl_days").parse().ok())?;
    let mut tx = page.app.begin(page.actor().clone()).await?;
    let (_, token) = actions::create_token(&mut tx, page.visitor.account.id, input).await?;
    tx.commit().await?;
    Ok(token)
}

/// Revokes a token.
#[handler]
pub(super) async fn revoke_token(page: Page, Path(id): Path<Uuid>, _form: FormData) -> Result<Response> {
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    actions::revoke_token(&mut tx, id.into()).await.map_err(WebError::from)?;
    tx.commit().await.map_err(WebError::from)?;
    Ok(flash::redirect(PATH, &labels::token_revoked()))
}

/// Ends another session.
#[handler]
pub(super) async fn revoke(page: Page, Path(id): Path<Uuid>, _form: FormData) -> Result<Response> {
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    actions::revoke_session(&mut tx, id.into()).await.map_err(WebError::from)?;
    tx.commit().await.map_err(WebError::from)?;
    Ok(flash::redirect(PATH, &labels::device_signed_out()))
}

/// Ends every other session.
#[handler]
pub(super) async fn revoke_others(page: Page, _form: FormData) -> Result<Response> {
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    let current = page.visitor.session.id;
    actions::revoke_other_sessions(&mut tx, current).await.map_err(WebError::from)?;
    tx.commit().await.map_err(WebError::from)?;
    Ok(flash::redirect(PATH, &labels::devices_signed_out()))
}
