//! Answers given by the link of a mail, without an account.

use askama::Template;
use poem::Request;

use super::component::Link;
use super::filters;
use super::layout::Shell;
use crate::authz::{Actor, Channel};
use crate::http::middleware::request_log::RequestId;

/// What is said to whoever opened a link or answered by it, when the link asks nothing more.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// Title of the page.
    pub title: &'static str,
    /// What became of it.
    pub text: &'static str,
    /// What comes next.
    pub next: &'static str,
}

/// Its page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/by_link/said.html")]
pub struct SaidPage {
    /// The shell.
    pub shell: Shell,
    /// What became of it.
    pub text: &'static str,
    /// What comes next.
    pub next: &'static str,
    /// Where whoever is signed in finds the rest.
    pub own: Link,
}

impl Said {
    /// Its page; whoever is signed in is shown the way to their own.
    #[must_use]
    pub fn page(self, shell: Shell, own: Link) -> SaidPage {
        SaidPage { shell, text: self.text, next: self.next, own }
    }
}

/// Whoever holds the link: the program answers for them under this name, and the journal says that it came by the link.
#[must_use]
pub fn bearer(request: &Request, name: &'static str) -> Actor {
    let request_id = request.data::<RequestId>().map(|id| id.0.clone());
    Actor { channel: Channel::Web, request_id, ..Actor::system(name) }
}
