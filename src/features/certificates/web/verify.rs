//! `/verifier` and `/verifier/{number}`: whether a certificate is genuine, for anybody. The same page answers a number that is
//! not known, one that cannot be and one whose holder asked not to be shown.

use askama::Template;
use poem::http::{StatusCode, header};
use poem::web::{Path, Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};
use time::{Date, OffsetDateTime};

use super::super::badge::{self, List};
use super::super::content::Unit;
use super::super::public::{self, Verified};
use super::super::{CertificateError, documents, labels};
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, download, filters};
use crate::render::{french, seal};
use crate::rules::certificate_number::{may_be_misread, wanted};
use crate::rules::territory::PARIS;

/// What the comparison of a name said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// Nothing was compared.
    No,
    /// It is the printed name.
    Same,
    /// It is not.
    Different,
}

/// A certificate, as anybody reads it.
#[derive(Clone, Debug)]
pub struct VerifiedView {
    /// Number.
    pub number: String,
    /// The verdict, in words.
    pub status: Status,
    /// The same in English.
    pub english: &'static str,
    /// Kind and title.
    pub title: String,
    /// Initials of the holder.
    pub initials: String,
    /// Day of the delivery.
    pub delivered_on: Date,
    /// Day and place of the jury.
    pub jury: String,
    /// Register and number; empty when it was not registered.
    pub registration: String,
    /// Who delivered it.
    pub certifier: String,
    /// Blocs acquired.
    pub acquired: Vec<Unit>,
    /// The last day when blocs count; empty without limit.
    pub valid_until: String,
    /// The fingerprint in groups.
    pub fingerprint: String,
    /// The drawing of the seal.
    pub seal: String,
    /// The words of the drawing.
    pub seal_words: String,
    /// Number of the certificate that took its place; empty when none.
    pub successor: String,
    /// Whether the journal can prove its delivery.
    pub in_journal: bool,
    /// Whether it counts.
    pub valid: bool,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/certificates/verify.html")]
pub struct VerifyPage {
    /// The shell.
    pub shell: Shell,
    /// What was typed.
    pub typed: String,
    /// Nothing was asked yet.
    pub blank: bool,
    /// The certificate; none when there is none to show.
    pub found: Option<VerifiedView>,
    /// Whether a character of the last group may have been misread.
    pub misread: bool,
    /// What the comparison said.
    pub compared: Compared,
    /// The name that was compared.
    pub name: String,
    /// When.
    pub now: OffsetDateTime,
    /// The zone of that hour.
    pub zone: &'static str,
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    num: String,
}

/// The form.
#[handler]
pub(super) fn ask(page: PublicPage, Query(asked): Query<Asked>) -> Result<Response> {
    let number = wanted(&asked.num);
    if !number.is_empty() {
        return Ok(Redirect::see_other(format!("/verifier/{number}")).into_response());
    }
    page.answer_with(StatusCode::OK, &blank(&page, String::new(), true))
}

fn blank(page: &PublicPage, typed: String, blank: bool) -> VerifyPage {
    VerifyPage {
        shell: page.shell(if blank { labels::VERIFY } else { labels::UNKNOWN }),
        misread: may_be_misread(&typed),
        typed,
        blank,
        found: None,
        compared: Compared::No,
        name: String::new(),
        now: page.app.now(),
        zone: PARIS,
    }
}

/// The page of a number.
#[handler]
pub(super) async fn show(page: PublicPage, Path(number): Path<String>) -> Result<Response> {
    let found = public::find(&page.app, &number).await.map_err(WebError::from)?;
    answer(&page, number, found.as_ref(), Compared::No, String::new())
}

/// Compares a name.
#[handler]
pub(super) async fn compare(
    page: PublicPage,
    Path(number): Path<String>,
    form: FormData,
) -> Result<Response> {
    let name: String = form.text("nom").chars().take(200).collect();
    let same = public::bears_name(&page.app, &number, &name).await.map_err(WebError::from)?;
    let found = public::find(&page.app, &number).await.map_err(WebError::from)?;
    let compared = match same {
        _ if name.is_empty() => Compared::No,
        Some(true) => Compared::Same,
        _ => Compared::Different,
    };
    answer(&page, number, found.as_ref(), compared, name)
}

fn answer(
    page: &PublicPage,
    typed: String,
    found: Option<&Verified>,
    compared: Compared,
    name: String,
) -> Result<Response> {
    let Some(found) = found else {
        let typed = typed.chars().take(60).collect();
        return page.answer_with(StatusCode::NOT_FOUND, &blank(page, typed, false));
    };
    let view = view(found);
    let context = VerifyPage { shell: page.shell(view.status.word), ..blank(page, String::new(), false) };
    page.answer_with(StatusCode::OK, &VerifyPage { found: Some(view), compared, name, ..context })
}

fn view(found: &Verified) -> VerifiedView {
    let (row, content) = (&found.certificate, &found.content);
    let digest = documents::fingerprint(row);
    let status = labels::status(row.state);
    let jury = french::date(row.decided_on);
    let registration = content.certification.registration.as_ref();
    VerifiedView {
        number: row.number.clone(),
        status: Status { word: labels::verdict(row.kind, row.state), ..status },
        english: labels::verdict_in_english(row.state),
        title: format!("{} {}", labels::document(row.kind), content.certification.title),
        initials: row.initials.clone(),
        delivered_on: row.delivered_on,
        jury: match &content.place {
            Some(place) => format!("{jury}, {place}"),
            None => jury,
        },
        registration: registration
            .map(|entry| format!("{}, {}", entry.register, entry.number))
            .unwrap_or_default(),
        certifier: content.certifier.name.clone(),
        acquired: content.acquired.clone(),
        valid_until: content.valid_until.as_deref().map(documents::day).unwrap_or_default(),
        fingerprint: seal::fingerprint_groups(&hex::encode(digest)),
        seal: seal::svg_inline(&digest),
        seal_words: seal::alternative_text(&digest),
        successor: found.successor.clone().unwrap_or_default(),
        in_journal: found.event.is_some(),
        valid: status.color == Color::Pre,
    }
}

/// The detached signature, to download.
#[handler]
pub(super) async fn signature(page: PublicPage, Path(number): Path<String>) -> Result<Response> {
    let done = async {
        let found = public::find(&page.app, &number).await?.ok_or(CertificateError::NotFound)?;
        let text = found.signature(&page.app).await?.to_string();
        Ok::<_, CertificateError>((format!("signature-{}.json", found.certificate.number), text))
    };
    let (name, text) = done.await.map_err(WebError::from)?;
    Ok(download::attachment("application/json", &name, text))
}

/// The proof of inclusion in the journal, to download.
#[handler]
pub(super) async fn proof(page: PublicPage, Path(number): Path<String>) -> Result<Response> {
    let done = async {
        let found = public::find(&page.app, &number).await?.ok_or(CertificateError::NotFound)?;
        let text = found.proof(&page.app).await?.to_string();
        Ok::<_, CertificateError>((format!("preuve-{}.json", found.certificate.number), text))
    };
    let (name, text) = done.await.map_err(WebError::from)?;
    Ok(download::attachment("application/json", &name, text))
}

/// A list of states of badges, for programs.
#[handler]
pub(super) async fn states(page: PublicPage, Path(list): Path<String>) -> Result<Response> {
    let list = List::of(&list).ok_or(CertificateError::NotFound).map_err(WebError::from)?;
    let text = badge::list(&page.app, list).await.map_err(WebError::from)?;
    Ok(open("application/vc+jwt", text))
}

/// Who signs badges, for programs.
#[handler]
pub(super) async fn did(page: PublicPage) -> Result<Response> {
    let document = badge::did_document(&page.app).await.map_err(WebError::from)?;
    Ok(open("application/did+json", document.to_string()))
}

/// What programs of anybody read, from any page.
fn open(media_type: &str, text: String) -> Response {
    Response::builder()
        .header(header::CONTENT_TYPE, media_type)
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .body(text)
}
