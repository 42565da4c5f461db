//! What every handler of a page receives and answers: its visitor, its shell, its errors.

use std::sync::Arc;

use askama::Template;
use entity::account::Theme as StoredTheme;
use entity::account_role::Role;
use poem::http::StatusCode;
use poem::web::Data;
use poem::{Error, FromRequest, Request, RequestBody, Response, Result};

use super::counts::Counts;
use super::error_layer::Detail;
use super::flash;
use super::form::token_with_key;
use super::layout::{self, Flash, NavItem, Shell, Space, Theme, UserBadge};
use super::session::{Session, SignedIn};
use crate::app::App;
use crate::authz::{Actor, Facts, Permission, SessionActor, may, may_somewhere};
use crate::error::{DomainError, ErrorKind};
use crate::http::api::problem::{chain, status_of};

/// A page asked by someone signed in.
#[derive(Clone)]
pub struct Page {
    /// What every part shares.
    pub app: Arc<App>,
    /// Who asks.
    pub visitor: SessionActor,
    counts: Counts,
    flash: Option<Flash>,
    path: String,
}

impl Page {
    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.visitor.actor
    }

    /// The shell of this page.
    #[must_use]
    pub fn shell(&self, title: impl Into<String>) -> Shell {
        shell(&self.app, Some(&self.visitor), &self.path, self.flash.iter().cloned().collect())
            .counted(&self.counts)
            .titled(title)
    }

    /// Answers the page, its message shown once.
    ///
    /// # Errors
    /// When the template refuses to render.
    pub fn answer(&self, page: &impl Template) -> Result<Response> {
        self.answer_with(StatusCode::OK, page)
    }

    /// Answers the page with another status: 422 when a form comes back.
    ///
    /// # Errors
    /// When the template refuses to render.
    pub fn answer_with(&self, status: StatusCode, page: &impl Template) -> Result<Response> {
        let mut response = layout::answer(status, page).map_err(poem::error::InternalServerError)?;
        if self.flash.is_some() {
            flash::forget(&mut response);
        }
        Ok(response)
    }
}

impl<'a> FromRequest<'a> for Page {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        let app = Arc::clone(Data::<&Arc<App>>::from_request_without_body(request).await?.0);
        let visitor = SignedIn::from_request(request, body).await?.0;
        let counts = Counts::of(request, &app, &visitor.actor).await;
        let path = request.original_uri().path().to_owned();
        Ok(Self { app, visitor, counts, flash: flash::read(request), path })
    }
}

/// A page that anybody may ask.
#[derive(Clone)]
pub struct PublicPage {
    /// What every part shares.
    pub app: Arc<App>,
    /// Who asks, when signed in.
    pub visitor: Option<SessionActor>,
    counts: Counts,
    flash: Option<Flash>,
    path: String,
}

impl PublicPage {
    /// The shell of this page.
    #[must_use]
    pub fn shell(&self, title: impl Into<String>) -> Shell {
        shell(&self.app, self.visitor.as_ref(), &self.path, self.flash.iter().cloned().collect())
            .counted(&self.counts)
            .titled(title)
    }

    /// Answers the page.
    ///
    /// # Errors
    /// When the template refuses to render.
    pub fn answer_with(&self, status: StatusCode, page: &impl Template) -> Result<Response> {
        let mut response = layout::answer(status, page).map_err(poem::error::InternalServerError)?;
        if self.flash.is_some() {
            flash::forget(&mut response);
        }
        Ok(response)
    }
}

impl<'a> FromRequest<'a> for PublicPage {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> Result<Self> {
        let app = Arc::clone(Data::<&Arc<App>>::from_request_without_body(request).await?.0);
        let visitor = Session::from_request(request, body).await?.0;
        let counts = match &visitor {
            Some(visitor) => Counts::of(request, &app, &visitor.actor).await,
            None => Counts::default(),
        };
        let path = request.original_uri().path().to_owned();
        Ok(Self { app, visitor, counts, flash: flash::read(request), path })
    }
}

/// The shell of a page for a visitor: public, or the space of their first role.
#[must_use]
pub fn shell(app: &App, visitor: Option<&SessionActor>, path: &str, flash: Vec<Flash>) -> Shell {
    let with_key = |token: &str| token_with_key(token, &app.new_id().to_string());
    let csrf = visitor.map(|visitor| with_key(&visitor.session.csrf)).unwrap_or_default();
    let mut shell = Shell::public(String::new(), app.config.organisation.clone(), csrf).at(path);
    shell.flash = flash;
    let Some(visitor) = visitor else { return shell };
    shell.theme = match visitor.account.theme {
        StoredTheme::System => Theme::System,
        StoredTheme::Light => Theme::Light,
        StoredTheme::Dark => Theme::Dark,
    };
    shell.shortcuts = visitor.account.shortcuts;
    let space = space(&visitor.actor);
    let roles = visitor.actor.held.iter().map(|held| super::labels::role(held.role).to_owned()).collect();
    let badge = UserBadge { name: visitor.account.name.clone(), roles };
    let opened = |entries: Vec<NavItem>| -> Vec<NavItem> {
        entries.into_iter().filter(|item| opens(&visitor.actor, &item.href)).collect()
    };
    shell.tools = opened(super::labels::tools(space));
    shell.connected(space, badge, opened(super::labels::navigation(space)))
}

/// Whether a register of the navigation opens for an actor: ways that lead to a refusal are not shown.
fn opens(actor: &Actor, href: &str) -> bool {
    let needed = match href {
        "/acces" => return may_somewhere(actor, Permission::AccessView),
        "/bpf" => Permission::BpfView,
        "/commissions" => Permission::CommitteeView,
        "/courriels" => Permission::MailView,
        "/journal" => Permission::JournalView,
        "/statistiques/activite" | "/statistiques/jurys" => Permission::ActivityView,
        "/parametres/delais" | "/parametres/modeles" => Permission::SettingView,
        "/parametres/utilisateurs" => Permission::AccountView,
        _ => return true,
    };
    may(actor, needed, &Facts::default())
}

/// The space of an actor: staff first, then expert, structure, auditor, trainee.
#[must_use]
pub fn space(actor: &Actor) -> Space {
    match () {
        () if actor.is_staff() => Space::Certification,
        () if actor.has(Role::Expert) => Space::Expert,
        () if actor.has(Role::Structure) => Space::Structure,
        () if actor.has(Role::Auditor) => Space::Audit,
        () if actor.has(Role::Trainee) => Space::Trainee,
        () => Space::Public,
    }
}

/// The second rendering of a domain error: an error page. A form that comes back is the handler's business.
#[derive(Debug)]
pub struct WebError(Error);

impl<E: DomainError> From<E> for WebError {
    fn from(error: E) -> Self {
        if error.kind() == ErrorKind::Internal {
            tracing::error!(error = %chain(&error), "internal error");
        }
        let status = match error.kind() {
            ErrorKind::Stale => StatusCode::CONFLICT,
            kind => status_of(kind),
        };
        let mut page = Error::from_status(status);
        let mut detail = error.detail();
        for missing in error.blocking() {
            detail.push(' ');
            detail.push_str(&missing);
        }
        page.set_data(Detail(detail));
        Self(page)
    }
}

impl From<WebError> for Error {
    fn from(error: WebError) -> Self {
        error.0
    }
}
