//! `/jurys/{number}/saisies`: what the tablet kept, sent by the script of the pages with the token of its form.

use entity::ids::{JuryChangeId, JuryPassageId};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use serde::Deserialize;
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;

use super::super::super::JuryError;
use super::super::super::actions::day as acts;
use super::super::super::day::input::{MOST_CHANGES, Sending, TypedChange};
use super::super::super::load::Whole;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::{FormData, Page, WebError};

/// Longest value of a change.
const LONGEST: usize = 5000;

/// One change, as the script writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    id: Uuid,
    candidat: Uuid,
    champ: String,
    valeur: String,
    /// Unix milliseconds, by the clock of the tablet.
    heure: i64,
    vue: i32,
}

/// What the script sends at once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Queue {
    appareil: Uuid,
    saisies: Vec<Sent>,
}

/// The sending, if it can be read.
fn read(text: &str) -> Option<Sending> {
    let queue: Queue = serde_json::from_str(text).ok()?;
    let sound = |one: &Sent| {
        let texts = [&one.champ, &one.valeur];
        let plain = |text: &String| !text.chars().any(|c| c.is_control() && !"\n\r\t".contains(c));
        texts.into_iter().all(|text| text.chars().count() <= LONGEST && plain(text))
    };
    if queue.saisies.len() > MOST_CHANGES || !queue.saisies.iter().all(sound) {
        return None;
    }
    let change = |one: Sent| {
        let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(one.heure) * 1_000_000).ok()?;
        Some(TypedChange {
            id: JuryChangeId(one.id),
            passage: JuryPassageId(one.candidat),
            field: one.champ,
            value: one.valeur,
            typed_at: at,
            seen: one.vue,
        })
    };
    let changes: Option<Vec<TypedChange>> = queue.saisies.into_iter().map(change).collect();
    Some(Sending { device: Some(queue.appareil), changes: changes? })
}

#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let Some(sending) = read(form.text("envoi")) else {
        return Ok(told(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "saisies": [] })));
    };
    let done = async {
        let whole = Whole::by_number(page.app.db.read(), page.actor(), &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let (received, is_new) = Box::pin(acts::receive(&mut tx, whole.session.id, &sending)).await?;
        if is_new {
            tx.commit().await?;
        }
        Ok::<_, JuryError>(received)
    };
    match done.await {
        Ok(received) => {
            let saisies: Vec<_> = received
                .iter()
                .map(|one| {
                    json!({
                        "id": one.id,
                        "issue": one.outcome.word(),
                        "valeur": one.value,
                        "version": one.version,
                        "message": one.message,
                    })
                })
                .collect();
            Ok(told(StatusCode::OK, &json!({ "saisies": saisies })))
        }
        Err(error) if error.kind() == ErrorKind::Invalid => {
            Ok(told(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "saisies": [], "message": error.detail() })))
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

fn told(status: StatusCode, body: &serde_json::Value) -> Response {
    Response::builder().status(status).content_type("application/json").body(body.to_string())
}
