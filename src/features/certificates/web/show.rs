//! `/certificats/{number}`: the file of a certificate, its history and its acts.

use askama::Template;
use entity::certificate::{self, CertificateState};
use entity::ids::{AccountId, DocumentId};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::content::{Content, Unit};
use super::super::{CertificateError, documents, labels, queries, rectification};
use super::holder;
use crate::authz::{Facts, Permission, may};
use crate::db::{Reading, record_reading};
use crate::http::web::component::{Fact, HistoryLine, Link, Status};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, download, filters};
use crate::render::{french, seal};
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// A file of a certificate.
#[derive(Clone, Debug)]
pub struct FileRow {
    /// Title.
    pub title: String,
    /// Where it is.
    pub href: String,
}

/// An act offered on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActLink {
    /// What it is called.
    pub label: &'static str,
    /// Its page.
    pub href: String,
    /// Whether it takes away what was delivered.
    pub takes_away: bool,
}

/// `/certificats/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/certificates/show.html")]
pub struct CertificatePage {
    /// The shell.
    pub shell: Shell,
    /// Its number.
    pub number: String,
    /// Its kind and the title of the certification.
    pub title: String,
    /// Whether it counts.
    pub status: Status,
    /// The facts.
    pub facts: Vec<Fact>,
    /// Blocs acquired.
    pub acquired: Vec<Unit>,
    /// The drawing of the seal.
    pub seal: String,
    /// The words of the drawing.
    pub seal_words: String,
    /// The fingerprint in groups.
    pub fingerprint: String,
    /// Its files.
    pub files: Vec<FileRow>,
    /// Whether it was delivered before this register, which has no file of it.
    pub past: bool,
    /// What happened to it.
    pub history: Vec<HistoryLine>,
    /// What may be done.
    pub acts: Vec<ActLink>,
    /// A revocation waits for a second person: why it is asked, and by whom.
    pub asked: Option<(String, String)>,
    /// Whether what it says is being put right, as the public page tells.
    pub rectified: bool,
    /// Whether the public page shows it.
    pub public: bool,
    /// The certificate that took its place.
    pub successor: Option<Link>,
    /// The certificate whose place it took.
    pub replaces: Option<Link>,
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let context = context(&page, &number).await.map_err(WebError::from)?;
    page.answer_with(StatusCode::OK, &context)
}

async fn context(page: &Page, number: &str) -> Result<CertificatePage, CertificateError> {
    let conn = page.app.db.read();
    let row = queries::by_number(conn, page.actor(), number).await?;
    let content = Content::read(&row.content)?;
    let facts = queries::facts(conn, &row).await?;
    let asked = queries::open_revocation(conn, row.id).await?;
    let own = asked.as_ref().is_some_and(|asked| page.actor().account_id() == Some(asked.asked_by));
    let mut told = None;
    if let Some(asked) = &asked {
        let who = queries::name_of(conn, Some(asked.asked_by)).await?;
        let next = if own { labels::YOU_ASKED } else { "" };
        let why = format!("{} {next}", labels::why(labels::revocation(asked.cause), &asked.reason));
        told = Some((why.trim_end().to_owned(), who));
    }
    let link = |number: &str| Link::new(number, format!("/certificats/{number}"));
    let digest = documents::fingerprint(&row);
    Ok(CertificatePage {
        shell: page.shell(format!("{} {}", labels::kind(row.kind), row.number)),
        number: row.number.clone(),
        title: content.certification.title.clone(),
        status: labels::status(row.state),
        // The number is in the title already.
        facts: holder::facts(&row, &content).split_off(1),
        acquired: content.acquired.clone(),
        seal: seal::svg_inline(&digest),
        seal_words: seal::alternative_text(&digest),
        fingerprint: seal::fingerprint_groups(&hex::encode(digest)),
        files: files(page, &row).await?,
        past: row.session_id.is_none(),
        history: history(page, &row).await?,
        acts: acts(page, &row, &facts, (asked.is_some(), own)),
        asked: told,
        rectified: rectification::goes_on(conn, Some(&row), &content, page.app.today()).await?,
        public: row.public,
        successor: queries::successor(conn, row.id).await?.map(|next| link(&next.number)),
        replaces: content.replaces.as_deref().map(link),
    })
}

async fn files(page: &Page, row: &certificate::Model) -> Result<Vec<FileRow>, CertificateError> {
    let documents = queries::documents(page.app.db.read(), row.id).await?;
    let of = |document: entity::document::Model| FileRow {
        href: format!("/certificats/{}/fichiers/{}", row.number, document.id),
        title: document.title,
    };
    Ok(documents.into_iter().map(of).collect())
}

/// The changes, then the delivery.
async fn history(page: &Page, row: &certificate::Model) -> Result<Vec<HistoryLine>, CertificateError> {
    let (conn, today) = (page.app.db.read(), page.app.today());
    let mut lines = Vec::new();
    for change in queries::changes(conn, row.id).await? {
        let who = queries::name_of(conn, change.asked_by).await?;
        let second = queries::name_of(conn, change.confirmed_by).await?;
        let names: Vec<_> = [who, second].into_iter().filter(|name| !name.is_empty()).collect();
        lines.push((
            change.changed_at,
            HistoryLine {
                day: french::short_date_from(day_in_zone(*change.changed_at, PARIS), today),
                what: format!(
                    "{}. {}",
                    labels::state(change.became),
                    labels::why(labels::cause(change.cause), &change.reason)
                ),
                who: french::list(&names),
                ..HistoryLine::default()
            },
        ));
    }
    for asked in queries::duplicates(conn, row.id).await? {
        lines.push((
            asked.at,
            HistoryLine {
                day: french::short_date_from(day_in_zone(*asked.at, PARIS), today),
                what: labels::duplicate_asked(asked.reason.as_deref()),
                who: queries::name_of(conn, asked.actor_id.map(AccountId)).await?,
                ..HistoryLine::default()
            },
        ));
    }
    lines.sort_by_key(|(at, _)| std::cmp::Reverse(**at));
    let mut lines: Vec<HistoryLine> = lines.into_iter().map(|(_, line)| line).collect();
    lines.push(HistoryLine {
        day: french::short_date_from(day_in_zone(*row.created_at, PARIS), today),
        what: labels::DELIVERED.to_owned(),
        ..HistoryLine::default()
    });
    Ok(lines)
}

/// What this person may do now: whoever asked for a revocation does not settle it.
fn acts(page: &Page, row: &certificate::Model, facts: &Facts, (asked, own): (bool, bool)) -> Vec<ActLink> {
    use CertificateState as S;
    let live = matches!(row.state, S::Valid | S::Suspended);
    let table = [
        ("suspendre", Permission::CertificateSuspend, row.state == S::Valid),
        ("retablir", Permission::CertificateSuspend, row.state == S::Suspended),
        ("remplacer", Permission::CertificateReplace, row.state == S::Valid && row.session_id.is_some()),
        ("duplicata", Permission::CertificateReplace, row.state == S::Valid && row.session_id.is_some()),
        ("masquer", Permission::CertificatePublish, row.public),
        ("montrer", Permission::CertificatePublish, !row.public),
        ("revoquer", Permission::CertificateRevoke, live && !asked),
        ("confirmer-revocation", Permission::CertificateRevoke, live && asked && !own),
        ("ecarter-revocation", Permission::CertificateRevoke, asked && !own),
    ];
    let open = table.into_iter().filter(|(_, permission, now)| *now && may(page.actor(), *permission, facts));
    open.map(|(verb, ..)| ActLink {
        label: labels::act(verb),
        href: format!("/certificats/{}/{verb}", row.number),
        takes_away: matches!(verb, "revoquer" | "confirmer-revocation"),
    })
    .collect()
}

/// One of its files.
#[handler]
pub(super) async fn read_file(page: Page, Path((number, id)): Path<(String, Uuid)>) -> Result<Response> {
    let done = async {
        let conn = page.app.db.read();
        let row = queries::by_number(conn, page.actor(), &number).await?;
        let documents = queries::documents(conn, row.id).await?;
        let found = documents.into_iter().find(|document| document.id == DocumentId(id));
        let document = found.ok_or(CertificateError::NotFound)?;
        let content = page.app.storage.get(&document.sha256).await?;
        let facts = queries::facts(conn, &row).await?;
        let reading = Reading::Document { document: &document, reference: &row.number };
        record_reading(&page.app, page.actor(), (Permission::CertificateView, &facts), reading).await?;
        Ok::<_, CertificateError>((document, content))
    };
    let (document, content) = done.await.map_err(WebError::from)?;
    Ok(download::attachment(&document.media_type, &document.file_name, content))
}
