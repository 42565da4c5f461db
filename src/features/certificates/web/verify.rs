//! `/verifier` and `/verifier/{number}`: whether a certificate is genuine, for anybody, in French and in English. The same page
//! answers a number that is not known, one that cannot be and one whose holder asked not to be shown.

use askama::Template;
use poem::http::{StatusCode, header};
use poem::web::{Path, Query, Redirect};
use poem::{IntoResponse, Response, Result, handler};

use super::super::badge::{self, List};
use super::super::content::Unit;
use super::super::public::{self, Verified};
use super::super::{CertificateError, documents, labels};
use super::language::{Chosen, Lang};
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{FormData, WebError, download, filters};
use crate::render::seal;
use crate::rules::certificate_number::{may_be_misread, wanted};
use crate::rules::typed_date;

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
    /// Kind and title, in French.
    pub title: String,
    /// Initials of the holder.
    pub initials: String,
    /// Day of the delivery.
    pub delivered_on: String,
    /// Day and place of the jury.
    pub jury: String,
    /// Register and number; empty when it was not registered.
    pub registration: String,
    /// Who delivered it.
    pub certifier: String,
    /// The whole certification, or how many parts of it.
    pub extent: String,
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
    /// Whether what it says is being put right.
    pub rectified: bool,
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
    /// When, in Paris.
    pub checked_at: String,
    /// Whether the page is in English.
    pub english: bool,
    /// What links end with to stay in a language that was chosen.
    pub query: &'static str,
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    num: String,
}

/// The form.
#[handler]
pub(super) fn ask(page: PublicPage, chosen: Chosen, Query(asked): Query<Asked>) -> Result<Response> {
    let number = wanted(&asked.num);
    if !number.is_empty() {
        return Ok(Redirect::see_other(format!("/verifier/{number}{}", chosen.query())).into_response());
    }
    Ok(chosen.tell(page.answer_with(StatusCode::OK, &blank(&page, chosen, String::new(), true))?))
}

fn blank(page: &PublicPage, chosen: Chosen, typed: String, blank: bool) -> VerifyPage {
    let title = match (chosen.lang, blank) {
        (Lang::French, true) => labels::VERIFY,
        (Lang::French, false) => labels::UNKNOWN,
        (Lang::English, true) => labels::VERIFY_IN_ENGLISH,
        (Lang::English, false) => labels::UNKNOWN_IN_ENGLISH,
    };
    VerifyPage {
        shell: page.shell(title),
        misread: may_be_misread(&typed),
        typed,
        blank,
        found: None,
        compared: Compared::No,
        name: String::new(),
        checked_at: chosen.lang.date_time(page.app.now()),
        english: chosen.lang.is_english(),
        query: chosen.query(),
    }
}

/// The page of a number.
#[handler]
pub(super) async fn show(page: PublicPage, chosen: Chosen, Path(number): Path<String>) -> Result<Response> {
    let found = public::find(&page.app, &number).await.map_err(WebError::from)?;
    answer(&page, chosen, number, found.as_ref(), (Compared::No, String::new()))
}

/// Compares a name.
#[handler]
pub(super) async fn compare(
    page: PublicPage,
    chosen: Chosen,
    Path(number): Path<String>,
    form: FormData,
) -> Result<Response> {
    let name: String = form.text("nom").chars().take(200).collect();
    let (found, same) = public::compare(&page.app, &number, &name).await.map_err(WebError::from)?;
    let compared = if name.is_empty() {
        Compared::No
    } else if same {
        Compared::Same
    } else {
        Compared::Different
    };
    answer(&page, chosen, number, found.as_ref(), (compared, name))
}

fn answer(
    page: &PublicPage,
    chosen: Chosen,
    typed: String,
    found: Option<&Verified>,
    (compared, name): (Compared, String),
) -> Result<Response> {
    let Some(found) = found else {
        let typed = typed.chars().take(60).collect();
        let unknown = blank(page, chosen, typed, false);
        return Ok(chosen.tell(page.answer_with(StatusCode::NOT_FOUND, &unknown)?));
    };
    let view = view(found, chosen.lang);
    let shell = page.shell(view.status.word);
    let context = VerifyPage { shell, ..blank(page, chosen, String::new(), false) };
    let context = VerifyPage { found: Some(view), compared, name, ..context };
    Ok(chosen.tell(page.answer_with(StatusCode::OK, &context)?))
}

/// The verdict on a certificate.
pub(super) fn verdict(found: &Verified, lang: Lang) -> Status {
    let row = &found.certificate;
    let word = if found.rectified {
        lang.pick(labels::rectified(row.kind), labels::rectified_in_english(row.kind))
    } else {
        lang.pick(labels::verdict(row.kind, row.state), labels::verdict_in_english(row.kind, row.state))
    };
    Status { word, ..labels::status(row.state) }
}

fn view(found: &Verified, lang: Lang) -> VerifiedView {
    let (row, content) = (&found.certificate, &found.content);
    let digest = documents::fingerprint(row);
    let got = content.acquired.len();
    let whole = got + content.remaining.len();
    let status = verdict(found, lang);
    let jury = lang.date(row.decided_on);
    let until = content.valid_until.as_deref().and_then(typed_date::parse);
    let registration = content.certification.registration.as_ref();
    VerifiedView {
        number: row.number.clone(),
        status,
        title: labels::document_of(row.kind, &content.certification.title),
        initials: row.initials.clone(),
        delivered_on: lang.date(row.delivered_on),
        jury: match &content.place {
            Some(place) => format!("{jury}, {place}"),
            None => jury,
        },
        registration: registration
            .map(|entry| format!("{}, {}", entry.register, entry.number))
            .unwrap_or_default(),
        certifier: content.certifier.name.clone(),
        extent: match lang {
            Lang::French => labels::extent(row.kind, got, whole),
            Lang::English => labels::extent_in_english(row.kind, got, whole),
        },
        acquired: content.acquired.clone(),
        valid_until: until.map(|day| lang.date(day)).unwrap_or_default(),
        fingerprint: seal::fingerprint_groups(&hex::encode(digest)),
        seal: seal::svg_inline(&digest),
        seal_words: match lang {
            Lang::French => seal::alternative_text(&digest),
            Lang::English => labels::seal_in_english(&seal::fingerprint_groups(&hex::encode(&digest[..4]))),
        },
        successor: found.successor.clone().unwrap_or_default(),
        in_journal: found.event.is_some(),
        valid: status.color == Color::Pre,
        rectified: found.rectified,
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
