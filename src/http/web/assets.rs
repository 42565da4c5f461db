//! The files of the pages: stylesheet, signs, script, fonts. All are inside the program.
//!
//! Addresses carry the digest of the whole set (`/assets/{digest}/parchemin.css`), so that relative addresses inside
//! the stylesheet keep working and everything can be kept for a year by browsers. Third-party files (`vendor/…`) are
//! there only when the front-end packages were installed before the build: templates ask [`has`] before naming them.

use std::borrow::Cow;
use std::sync::LazyLock;

use poem::http::{HeaderMap, Method, StatusCode, header};
use poem::{Endpoint, Request, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates/assets"]
struct Files;

/// One year, and the content behind an address never changes.
const KEEP: &str = "public, max-age=31536000, immutable";
/// For an address of another version of the program: the answer is right today, but must be asked again.
const ASK_AGAIN: &str = "no-cache";

/// The workers that keep pages for a device without network (the day of a jury, the page of a trainee), and the addresses
/// where each may work: a browser would otherwise only let it work beside its own file.
const WORKERS: [(&str, &str); 2] = [("jury-worker.js", "/jurys/"), ("emargement-worker.js", "/stagiaire/")];
const WORKS_IN: &str = "service-worker-allowed";

/// Hexadecimal characters of the digest kept in addresses: enough to tell two builds apart.
const DIGEST_LENGTH: usize = 16;

static DIGEST: LazyLock<String> = LazyLock::new(digest_of_all);

fn digest_of_all() -> String {
    let mut names: Vec<Cow<'static, str>> =
        Files::iter().filter(|name| content_type(name).is_some()).collect();
    names.sort_unstable();
    let mut hasher = Sha256::new();
    for name in names {
        if let Some(file) = Files::get(&name) {
            hasher.update(name.as_bytes());
            hasher.update(file.metadata.sha256_hash());
        }
    }
    let mut digest = hex::encode(hasher.finalize());
    digest.truncate(DIGEST_LENGTH);
    digest
}

/// The address of a file, for example `url("parchemin.css")`. It does not check that the file is there.
#[must_use]
pub fn url(path: &str) -> String {
    format!("/assets/{}/{path}", *DIGEST)
}

/// Whether a file is inside the program.
#[must_use]
pub fn has(path: &str) -> bool {
    get(path).is_some()
}

/// The text of a file, for tests and for documents that draw the same signs.
#[must_use]
pub fn text(path: &str) -> Option<String> {
    String::from_utf8(get(path)?.0.into_owned()).ok()
}

fn get(path: &str) -> Option<(Cow<'static, [u8]>, [u8; 32])> {
    content_type(path)?;
    let safe = path.split('/').all(|part| !part.is_empty() && !part.starts_with('.')) && !path.contains('\\');
    let file = if safe { Files::get(path) } else { None }?;
    Some((file.data, file.metadata.sha256_hash()))
}

/// Only these kinds are served: tools that live beside the files stay inside.
fn content_type(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}

/// Serves `/assets/{digest}/{path}`. Mount it with `Route::nest("/assets", Assets)`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Assets;

impl Endpoint for Assets {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(answer(request.method(), request.uri().path(), request.headers()))
    }
}

fn answer(method: &Method, path: &str, headers: &HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return Response::builder()
            .status(StatusCode::METHOD_NOT_ALLOWED)
            .header(header::ALLOW, "GET, HEAD")
            .finish();
    }
    let path = path.strip_prefix("/assets").unwrap_or(path).trim_start_matches('/');
    let Some((digest, name)) = path.split_once('/') else { return not_found() };
    let (Some((data, hash)), Some(kind)) = (get(name), content_type(name)) else { return not_found() };
    let tag = format!("\"{}\"", hex::encode(&hash[..DIGEST_LENGTH]));
    let response = Response::builder()
        .header(header::ETAG, &tag)
        .header(header::CACHE_CONTROL, if digest == *DIGEST { KEEP } else { ASK_AGAIN })
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    let response = match WORKERS.iter().find(|(worker, _)| *worker == name) {
        Some((_, place)) => response.header(WORKS_IN, *place),
        None => response,
    };
    if already_has(headers, &tag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    let response = response.header(header::CONTENT_TYPE, kind);
    if method == Method::HEAD {
        return response.header(header::CONTENT_LENGTH, data.len()).finish();
    }
    match data {
        Cow::Borrowed(bytes) => response.body(bytes::Bytes::from_static(bytes)),
        Cow::Owned(bytes) => response.body(bytes),
    }
}

fn already_has(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(',').map(|item| item.trim().trim_start_matches("W/")).any(|item| item == tag || item == "*")
}

fn not_found() -> Response {
    Response::builder().status(StatusCode::NOT_FOUND).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get_with(path: &str, headers: &HeaderMap) -> Response {
        answer(&Method::GET, path, headers)
    }

    fn header_of(response: &Response, name: header::HeaderName) -> String {
        response.headers()[name].to_str().unwrap().to_owned()
    }

    #[test]
    fn a_current_address_is_kept_for_a_year() {
        let response = get_with(&url("parchemin.css"), &HeaderMap::new());
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header_of(&response, header::CACHE_CONTROL), KEEP);
        assert_eq!(header_of(&response, header::CONTENT_TYPE), "text/css; charset=utf-8");
    }

    #[test]
    fn an_address_of_another_version_still_answers_but_is_asked_again() {
        let response = get_with("/assets/0123456789abcdef/parchemin.css", &HeaderMap::new());
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header_of(&response, header::CACHE_CONTROL), ASK_AGAIN);
    }

    #[test]
    fn a_browser_that_has_the_file_gets_no_body() {
        let first = get_with(&url("icones.svg"), &HeaderMap::new());
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        assert_eq!(get_with(&url("icones.svg"), &headers).status(), StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn only_workers_may_work_elsewhere_and_only_in_their_place() {
        for (name, place) in WORKERS {
            let worker = get_with(&url(name), &HeaderMap::new());
            assert_eq!(worker.headers()[WORKS_IN], place);
        }
        let other = get_with(&url("jury.js"), &HeaderMap::new());
        assert!(!other.headers().contains_key(WORKS_IN));
    }

    #[tokio::test]
    async fn head_gives_the_length_and_no_body() {
        let response = answer(&Method::HEAD, &url("marque.svg"), &HeaderMap::new());
        assert_ne!(header_of(&response, header::CONTENT_LENGTH), "0");
        assert!(response.into_body().into_vec().await.unwrap().is_empty());
    }

    #[test]
    fn nothing_outside_the_set_is_served() {
        for path in [
            "/assets/x/../Cargo.toml",
            "/assets/x/../../Cargo.toml",
            "/assets/x/vendor/../copy-vendor.mjs",
            "/assets/x/copy-vendor.mjs",
            "/assets/x/vendor.sha256",
            "/assets/x//parchemin.css",
            "/assets/x/%2e%2e/parchemin.css",
            "/assets/x/..\\parchemin.css",
            "/assets/x",
            "/assets/",
        ] {
            assert_eq!(get_with(path, &HeaderMap::new()).status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn only_reading_is_possible() {
        assert_eq!(
            answer(&Method::POST, &url("parchemin.css"), &HeaderMap::new()).status(),
            StatusCode::METHOD_NOT_ALLOWED
        );
    }
}
