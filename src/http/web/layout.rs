//! The shell of a page: the header, the navigation, the messages and the footer around what the page says.

use askama::Template;
use poem::Response;
use poem::http::{StatusCode, header};
use serde::{Deserialize, Serialize};

use super::assets;
use super::component::Color;
use super::counts::Counts;

/// Which side of the house the person is on; it decides the header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Space {
    /// Everybody, without an account.
    #[default]
    Public,
    /// The certifying body's team: officers, managers, administrators.
    Certification,
    /// A structure (ACI) and the people who answer for it.
    Structure,
    /// Mandataires, contrôleurs, EPSP trainers and jurors.
    Expert,
    /// People in training and candidates.
    Trainee,
    /// Auditors: read only, dated access.
    Audit,
}

/// One entry of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether the page shown belongs to it.
    pub current: bool,
    /// How many things there this person has to do.
    pub to_do: u64,
}

impl NavItem {
    /// An entry, not current, where nothing waits.
    #[must_use]
    pub fn new(label: &str, href: &str) -> Self {
        Self { label: label.to_owned(), href: href.to_owned(), current: false, to_do: 0 }
    }
}

/// The person signed in, as the header shows her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserBadge {
    /// Her name.
    pub name: String,
    /// Her roles, in French.
    pub roles: Vec<String>,
}

/// How a message sounds: sign and colour follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    /// It is done.
    Done,
    /// Worth knowing.
    Info,
    /// Worth looking at before going on.
    Warning,
    /// It did not happen, or it blocks.
    Problem,
}

impl Tone {
    /// The sign of the sprite.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Done => "coche",
            Self::Info => "info",
            Self::Warning => "alerte",
            Self::Problem => "croix",
        }
    }

    /// The colour of the bar.
    #[must_use]
    pub const fn color(self) -> Color {
        match self {
            Self::Done => Color::Pre,
            Self::Info => Color::Ciel,
            Self::Warning => Color::Ocre,
            Self::Problem => Color::Garance,
        }
    }
}

/// A message left by the request before, shown once at the top of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// How it sounds.
    pub kind: Tone,
    /// The fact, in bold. "Demande envoyée."
    pub title: String,
    /// What it means, or what to do next; may be empty.
    pub text: String,
}

impl Flash {
    /// A message that says something was done.
    #[must_use]
    pub fn done(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { kind: Tone::Done, title: title.into(), text: text.into() }
    }

    /// A message that says something did not happen.
    #[must_use]
    pub fn problem(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { kind: Tone::Problem, title: title.into(), text: text.into() }
    }
}

/// Light, dark, or what the device prefers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// What the device prefers.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme`; nothing when the device decides.
    #[must_use]
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("clair"),
            Self::Dark => Some("sombre"),
        }
    }
}

/// Everything the skeleton of a page needs, whatever the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shell {
    /// What the page is about; the document title is "Objet | Parchemin".
    pub title: String,
    /// Set when the page comes back with errors: the document title then starts with "Erreur : ".
    pub has_errors: bool,
    /// The side of the house.
    pub space: Space,
    /// The main navigation.
    pub nav: Vec<NavItem>,
    /// What the account menu offers besides the account: figures, settings.
    pub tools: Vec<NavItem>,
    /// The person signed in.
    pub user: Option<UserBadge>,
    /// How many messages that person has not read yet.
    pub unread: u64,
    /// Messages left by the request before.
    pub flash: Vec<Flash>,
    /// The anti-forgery token of every form of the page.
    pub csrf: String,
    /// Light or dark.
    pub theme: Theme,
    /// Whether one-letter keyboard shortcuts are on (WCAG 2.1.4).
    pub shortcuts: bool,
    /// The name of the certifying body, a setting.
    pub certifier: String,
    /// The path of the page, to mark it in headers and footers.
    pub path: String,
}

/// Entries of the navigation, and another address whose pages they hold: a structure opens its requests from its
/// agreement, the team the requests of an account from the structures, everybody what training is made of from one entry.
const STANDS_FOR: [(&str, &str); 15] = [
    ("/notre-agrement", "/agrements"),
    ("/structures", "/acces"),
    ("/a-faire", "/documents-a-refaire"),
    ("/sessions", "/inscriptions"),
    ("/sessions", "/papiers"),
    ("/sessions", "/factures"),
    ("/sessions", "/programmes"),
    ("/sessions", "/mes-seances"),
    ("/sessions", "/qualite/enquetes"),
    ("/sessions", "/financements"),
    ("/inscriptions", "/papiers"),
    ("/inscriptions", "/factures"),
    ("/inscriptions", "/sessions"),
    ("/inscriptions", "/financements"),
    ("/inscriptions", "/mes-formations"),
];

/// Whether a path is at an address or under it.
fn leads_to(href: &str, path: &str) -> bool {
    path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

impl Shell {
    /// The shell of a public page.
    #[must_use]
    pub fn public(title: impl Into<String>, certifier: impl Into<String>, csrf: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            certifier: certifier.into(),
            csrf: csrf.into(),
            shortcuts: true,
            ..Self::default()
        }
    }

    /// Turns a public shell into the shell of a connected space.
    #[must_use]
    pub fn connected(mut self, space: Space, user: UserBadge, nav: Vec<NavItem>) -> Self {
        self.space = space;
        self.user = Some(user);
        self.nav = nav;
        let path = self.path.clone();
        self.at(path)
    }

    /// Says which page this is; the entry of the navigation whose address starts the path becomes current, or the one
    /// that stands for that address in this space.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        for item in &mut self.nav {
            let others = STANDS_FOR.iter().filter(|(href, _)| *href == item.href).map(|(_, other)| *other);
            let current =
                std::iter::once(item.href.as_str()).chain(others).any(|href| leads_to(href, &self.path));
            item.current = current;
        }
        self
    }

    /// The other pages of training, for whoever reads one of them.
    #[must_use]
    pub fn training(&self) -> Vec<NavItem> {
        super::labels::training(self.space).into_iter().filter(|one| one.href != self.path).collect()
    }

    /// Says what waits for the person.
    #[must_use]
    pub fn counted(mut self, counts: &Counts) -> Self {
        self.unread = counts.unread;
        for item in &mut self.nav {
            let waiting = counts.to_do.iter().find(|(href, _)| *href == item.href);
            item.to_do = waiting.map_or(0, |(_, count)| *count);
        }
        self
    }

    /// Gives the page its name.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Marks the page as coming back with errors.
    #[must_use]
    pub fn with_errors(mut self, has_errors: bool) -> Self {
        self.has_errors = has_errors;
        self
    }

    /// Whether a person is signed in.
    #[must_use]
    pub const fn is_connected(&self) -> bool {
        self.user.is_some()
    }

    /// Whether this page is the one at `path`, or one under it.
    #[must_use]
    pub fn is_within(&self, path: &str) -> bool {
        self.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether this page is the one at `path`.
    #[must_use]
    pub fn is_at(&self, path: &str) -> bool {
        self.path == path
    }

    /// Whether the interaction layer is inside the program; without it every form still works.
    #[must_use]
    pub fn has_htmx(&self) -> bool {
        assets::has("vendor/htmx.min.js")
    }

    /// The fonts worth fetching before the stylesheet asks for them.
    #[must_use]
    pub fn fonts(&self) -> Vec<&'static str> {
        const EARLY: [&str; 2] = [
            "vendor/fonts/hanken-grotesk-latin-wght-normal.woff2",
            "vendor/fonts/spectral-latin-600-normal.woff2",
        ];
        EARLY.into_iter().filter(|font| assets::has(font)).collect()
    }
}

/// Answers a page. It is never kept by browsers: pages follow the rights and the data of the moment.
///
/// # Errors
/// When the template refuses to render, which its samples in the tests exclude.
pub fn answer(status: StatusCode, page: &impl Template) -> askama::Result<Response> {
    let body = page.render()?;
    Ok(Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "text/html; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::VARY, "HX-Request")
        .body(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell_at(path: &str) -> Shell {
        let nav = vec![NavItem::new("Accueil", "/accueil"), NavItem::new("Agréments", "/agrements")];
        Shell { nav, ..Shell::default() }.at(path)
    }

    fn current(shell: &Shell) -> Vec<&str> {
        shell.nav.iter().filter(|item| item.current).map(|item| item.label.as_str()).collect()
    }

    #[test]
    fn the_entry_of_the_navigation_that_holds_the_page_is_current() {
        for (path, expected) in [
            ("/agrements", vec!["Agréments"]),
            ("/agrements/AGR-2026-0042/decision", vec!["Agréments"]),
            ("/agrements?statut=deposee", vec!["Agréments"]),
            ("/agrements-anciens", vec![]),
            ("/compte", vec![]),
        ] {
            assert_eq!(current(&shell_at(path)), expected, "{path}");
        }
    }

    #[test]
    fn what_waits_is_told_beside_its_register_only() {
        let counts = Counts { unread: 3, to_do: vec![("/agrements", 4), ("/missions", 2)] };
        let shell = shell_at("/accueil").counted(&counts);
        let told: Vec<_> = shell.nav.iter().map(|item| (item.href.as_str(), item.to_do)).collect();
        assert_eq!((told, shell.unread), (vec![("/accueil", 0), ("/agrements", 4)], 3));
    }

    #[test]
    fn a_structure_is_in_its_agreement_while_it_fills_a_request() {
        for (path, expected) in
            [("/agrements/BRO-2026-0060/brouillon", vec!["Notre agrément"]), ("/compte", vec![])]
        {
            let nav = vec![NavItem::new("Notre agrément", "/notre-agrement")];
            assert_eq!(current(&Shell { nav, ..Shell::default() }.at(path)), expected, "{path}");
        }
    }
}
