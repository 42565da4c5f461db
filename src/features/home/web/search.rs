//! `/recherche`: what the header looks for.

use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::pages::{HitGroup, HitItem, SearchPage};
use crate::features::agreements;
use crate::features::home::labels;
use crate::features::home::queries::{self, Hit};
use crate::http::web::page::{Page, WebError};
use crate::rules::siret::Siren;

/// Longest text looked for.
const LONGEST: usize = 200;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let q: String = asked.q.trim().chars().take(LONGEST).collect();
    let hits = queries::search(page.app.db.read(), page.actor(), &q).await.map_err(WebError::from)?;
    let groups = [
        ("dossiers", labels::REQUESTS, "/agrements", hits.requests),
        ("structures", labels::STRUCTURES, "/structures", hits.structures),
        ("intervenants", labels::EXPERTS, "/intervenants", hits.experts),
    ];
    let groups = groups.into_iter().filter(|group| !group.3.is_empty());
    let groups = groups.map(|(id, title, list, hits)| group(id, title, list, hits, &q)).collect();
    page.answer(&SearchPage { shell: page.shell(labels::SEARCH), q, groups })
}

fn group(id: &'static str, title: &'static str, list: &str, hits: Vec<Hit>, q: &str) -> HitGroup {
    let encoded: String = url_encoded(q);
    let more = (hits.len() > queries::MOST).then(|| format!("{list}?q={encoded}"));
    let item = |hit: Hit| HitItem {
        href: format!("{list}/{}", hit.reference),
        reference: Siren::parse(&hit.reference).map_or(hit.reference, Siren::grouped),
        name: hit.name,
        place: hit.place,
        status: hit.state.map(agreements::labels::state),
    };
    HitGroup { id, title, hits: hits.into_iter().take(queries::MOST).map(item).collect(), more }
}

/// Percent-encodes what is neither a letter nor a digit.
fn url_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(encode).collect()
}
