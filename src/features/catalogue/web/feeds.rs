//! The catalogue for programs and for other sites: news feed, calendar, map of the site, and a list to embed in the pages
//! of the network.

use std::fmt::Write as _;

use askama::Template;
use poem::http::{HeaderValue, StatusCode, header};
use poem::web::{Path, Query};
use poem::{Request, Response, Result, handler};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use super::super::search::{self, Filter};
use super::super::shelf::{Entry, Shelf, shelf};
use super::super::{labels, queries};
use super::kept;
use super::rows::Row;
use crate::events::{Invitation, InvitationMethod};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{WebError, filters};
use crate::render::ics;
use crate::rules::territory;

/// Most sessions of a feed.
const MOST: usize = 200;
/// Pages that lead nowhere for whoever has no account or no link.
const CLOSED: [&str; 2] = ["/inscriptions/", "/connexion"];
/// The policy of a list that other sites embed: as that of every page, but it may be framed.
const EMBEDDED_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors *";

/// What a list is limited to, for other sites.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    theme: String,
    region: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        let region = Some(self.region.clone()).filter(|code| territory::region(code).is_some());
        Filter {
            themes: entity::programme::Theme::from_word(&self.theme).into_iter().collect(),
            regions: region.into_iter().collect(),
            ..Filter::default()
        }
    }

    fn key(&self, path: &str) -> String {
        let filter = self.filter();
        let theme = filter.themes.first().map(|theme| theme.word()).unwrap_or_default();
        format!("{path}?{theme}&{}", filter.regions.join(","))
    }

    fn entries<'a>(&self, shelf: &'a Shelf) -> Vec<&'a Entry> {
        let mut entries = search::find(shelf, &self.filter()).entries;
        entries.truncate(MOST);
        entries
    }
}

/// A text inside XML.
fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' | '\n' | '\r' => escaped.push(c),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// What programs of anybody read, from any page.
fn open(mut response: Response) -> Response {
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// RSS 2.0: the sessions that were opened last, first.
#[handler]
pub(super) async fn rss(page: PublicPage, request: &Request, Query(asked): Query<Asked>) -> Result<Response> {
    let shelf = shelf(&page.app).await.map_err(WebError::from)?;
    let key = asked.key("/catalogue.rss");
    let answer = kept::answer(&shelf, request, &key, "application/rss+xml; charset=utf-8", || {
        Ok(rss_text(&page, asked.entries(&shelf)))
    });
    answer.map(open)
}

fn rss_text(page: &PublicPage, mut entries: Vec<&Entry>) -> String {
    entries.sort_by_key(|entry| std::cmp::Reverse(opened_at(entry)));
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>");
    let home = page.app.url("/catalogue");
    let about = [
        ("title", labels::FEED),
        ("link", home.as_str()),
        ("description", labels::FEED_ABOUT),
        ("language", "fr"),
    ];
    for (name, value) in about {
        let _ = write!(text, "<{name}>{}</{name}>", xml(value));
    }
    for entry in entries {
        let link = page.app.url(&entry.path());
        let about = format!(
            "{}. {}. {}. {}",
            labels::when_whole(&entry.card),
            labels::whole_place(entry),
            labels::seats(entry.tally),
            entry.sheet.version.goal
        );
        let published = opened_at(entry).format(&Rfc2822).unwrap_or_default();
        let _ = write!(
            text,
            "\n<item><title>{}</title><link>{link}</link><guid isPermaLink=\"true\">{link}</guid>\
             <description>{}</description><pubDate>{published}</pubDate></item>",
            xml(&entry.session().title),
            xml(&about),
            link = xml(&link),
        );
    }
    text.push_str("\n</channel></rss>\n");
    text
}

fn opened_at(entry: &Entry) -> OffsetDateTime {
    let session = entry.session();
    *session.opened_at.unwrap_or(session.created_at)
}

/// The sessions as dates of a calendar.
#[handler]
pub(super) async fn calendar(
    page: PublicPage,
    request: &Request,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let shelf = shelf(&page.app).await.map_err(WebError::from)?;
    let key = asked.key("/catalogue.ics");
    let answer = kept::answer(&shelf, request, &key, "text/calendar; charset=utf-8", || {
        let events: Vec<Invitation> =
            asked.entries(&shelf).into_iter().flat_map(|entry| half_days(&page, entry)).collect();
        Ok(ics::feed(labels::FEED, &events, shelf.made_at))
    });
    answer.map(open)
}

/// The half-days of one session.
#[handler]
pub(super) async fn dates(page: PublicPage, Path(number): Path<String>) -> Result<Response> {
    let entry = queries::session(page.app.db.read(), &number, page.app.now()).await;
    let entry = entry.map_err(WebError::from)?;
    let text = ics::feed(&entry.session().title, &half_days(&page, &entry), page.app.now());
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, "text/calendar; charset=utf-8")
        .header(header::CACHE_CONTROL, "no-cache")
        .body(text))
}

/// The half-days of a session, at the hour of its place; none once it was moved or cancelled.
fn half_days(page: &PublicPage, entry: &Entry) -> Vec<Invitation> {
    let session = entry.session();
    if !crate::features::training::state::holds_places(session.state) {
        return Vec::new();
    }
    let url = page.app.url(&entry.path());
    let host = url.split("//").nth(1).and_then(|rest| rest.split(['/', ':']).next()).unwrap_or_default();
    let slots = entry.card.slots.iter().map(|slot| Invitation {
        uid: format!("{}@{host}", slot.id),
        sequence: u32::try_from(session.sequence).unwrap_or_default(),
        method: InvitationMethod::Request,
        starts_at: *slot.starts_at,
        lasts: *slot.ends_at - *slot.starts_at,
        zone: slot.zone.clone(),
        summary: session.title.clone(),
        location: labels::whole_place(entry),
        description: url.clone(),
    });
    slots.collect()
}

/// `/catalogue/liste`: the sessions, to embed in a page of another site.
#[derive(Template, Clone, Debug)]
#[template(path = "web/catalogue/embedded.html")]
pub struct EmbeddedPage {
    /// The shell, of which only the style is used.
    pub shell: Shell,
    /// The sessions.
    pub rows: Vec<Row>,
    /// The whole catalogue.
    pub catalogue: String,
    /// Where addresses begin: the page that embeds this one is elsewhere.
    pub base: String,
}

#[handler]
pub(super) async fn embedded(
    page: PublicPage,
    request: &Request,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let shelf = shelf(&page.app).await.map_err(WebError::from)?;
    let key = asked.key("/catalogue/liste");
    let mut response = kept::answer(&shelf, request, &key, kept::HTML, || {
        let context = EmbeddedPage {
            shell: Shell::public(labels::FEED, page.app.config.organisation.clone(), ""),
            rows: asked.entries(&shelf).into_iter().map(Row::of).collect(),
            catalogue: page.app.url("/catalogue"),
            base: page.app.url(""),
        };
        context.render().map_err(poem::error::InternalServerError)
    })?;
    let policy = HeaderValue::from_static(EMBEDDED_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

/// The pages that search engines may read.
#[handler]
pub(super) async fn sitemap(page: PublicPage, request: &Request) -> Result<Response> {
    let shelf = shelf(&page.app).await.map_err(WebError::from)?;
    kept::answer(&shelf, request, "/sitemap.xml", "application/xml; charset=utf-8", || {
        Ok(sitemap_text(&page, &shelf))
    })
}

fn sitemap_text(page: &PublicPage, shelf: &Shelf) -> String {
    let mut paths = vec!["/catalogue".to_owned(), "/verifier".to_owned(), "/devenir-agree".to_owned()];
    paths.extend(shelf.published().iter().map(|sheet| format!("/catalogue/{}", sheet.programme.slug)));
    paths.extend(shelf.entries.iter().filter(|entry| entry.open).map(Entry::path));
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">",
    );
    for path in paths {
        let _ = write!(text, "\n<url><loc>{}</loc></url>", xml(&page.app.url(&path)));
    }
    text.push_str("\n</urlset>\n");
    text
}

/// What search engines are asked to leave alone.
#[handler]
pub(super) fn robots(page: PublicPage) -> Response {
    let mut text = String::from("User-agent: *\n");
    for path in CLOSED {
        let _ = writeln!(text, "Disallow: {path}");
    }
    let _ = writeln!(text, "Sitemap: {}", page.app.url("/sitemap.xml"));
    Response::builder().status(StatusCode::OK).content_type("text/plain; charset=utf-8").body(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_never_becomes_markup() {
        assert_eq!(xml("a<b>\u{7}\"&"), "a&lt;b&gt;&quot;&amp;");
    }
}
