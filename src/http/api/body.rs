//! What a refused body lacks or has too much, field by field: the framework stops at the first fault and hardly names
//! it, so the body is held against the schema of its operation in the published document.

use std::sync::Arc;

use poem::{Endpoint, IntoResponse, Request, Response, Result};
use poem_openapi::error::ParseRequestPayloadError;
use serde_json::Value;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::operations::Operations;
use super::problem::{FaultOut, pointer_to};

/// References that lead one to another, at most.
const REFERENCES: usize = 8;

/// The faults of a refused body, carried by the error to its problem.
#[derive(Clone, Debug)]
pub struct BodyFaults(pub Vec<FaultOut>);

/// Adds the faults of the body to the error that refuses it.
///
/// # Errors
/// What the operation answers.
pub async fn layer<E: Endpoint>(
    endpoint: Arc<E>,
    mut request: Request,
    operations: Arc<Operations>,
) -> Result<Response> {
    let json = request.content_type().is_some_and(|kind| kind.starts_with("application/json"));
    if !json || request.method().is_safe() {
        return Ok(endpoint.call(request).await?.into_response());
    }
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let body = request.take_body().into_bytes().await?;
    request.set_body(body.clone());
    let mut error = match endpoint.call(request).await {
        Ok(response) => return Ok(response.into_response()),
        Err(error) => error,
    };
    if error.is::<ParseRequestPayloadError>() {
        error.set_data(BodyFaults(match serde_json::from_slice::<Value>(&body) {
            Ok(sent) => operations.body_faults(method.as_str(), &path, &sent),
            Err(unread) => vec![not_json(&unread)],
        }));
    }
    Err(error)
}

/// A body that is no JSON at all.
fn not_json(unread: &serde_json::Error) -> FaultOut {
    let (line, column) = (unread.line(), unread.column());
    let said = format!("Le corps n’est pas du JSON\u{202f}: ligne {line}, caractère {column}");
    fault("", "body-unreadable", said)
}

/// Every fault of a body beside its schema.
#[must_use]
pub fn faults(schemas: &Value, schema: &Value, sent: &Value) -> Vec<FaultOut> {
    let mut found = Vec::new();
    weigh(schemas, schema, sent, "", &mut found);
    found
}

fn weigh(schemas: &Value, schema: &Value, sent: &Value, pointer: &str, found: &mut Vec<FaultOut>) {
    let schema = resolved(schemas, schema);
    if !is_of_type(schema, sent) {
        found.push(fault(pointer, "field-unreadable", "Cette valeur n’est pas du type attendu"));
        return;
    }
    if let Some(fields) = sent.as_object() {
        missing(schema, fields, pointer, found);
        for (name, value) in fields {
            let place = format!("{pointer}{}", pointer_to(name));
            match schema["properties"].get(name) {
                Some(_) if value.is_null() => {}
                Some(property) => weigh(schemas, property, value, &place, found),
                None if schema["additionalProperties"] == false => {
                    let said = format!("Le champ «\u{202f}{name}\u{202f}» n’existe pas");
                    found.push(fault(&place, "field-unknown", said));
                }
                None => {}
            }
        }
    } else if let Some(values) = sent.as_array() {
        if let Some(most) = schema["maxItems"].as_u64().filter(|most| over(values.len(), *most)) {
            found.push(fault(pointer, "too-many", format!("Cette liste a plus de {most} éléments")));
        }
        for (place, value) in values.iter().enumerate() {
            weigh(schemas, &schema["items"], value, &format!("{pointer}/{place}"), found);
        }
    } else if let Some(word) = sent.as_str() {
        found.extend(unfit_text(schema, word).map(|said| fault(pointer, "field-unreadable", said)));
    } else if let Some(number) = sent.as_f64() {
        found.extend(unfit_number(schema, number).map(|said| fault(pointer, "out-of-range", said)));
    }
}

/// The fields that must be there and are not.
fn missing(
    schema: &Value,
    fields: &serde_json::Map<String, Value>,
    pointer: &str,
    found: &mut Vec<FaultOut>,
) {
    let needed = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    for name in needed.filter(|name| fields.get(*name).is_none_or(Value::is_null)) {
        let said = format!("Le champ «\u{202f}{name}\u{202f}» est obligatoire");
        found.push(fault(&format!("{pointer}{}", pointer_to(name)), "field-missing", said));
    }
}

/// Why a text cannot be what its schema wants.
fn unfit_text(schema: &Value, word: &str) -> Option<String> {
    match schema["format"].as_str() {
        Some("uuid") if Uuid::try_parse(word).is_err() => return Some(UUID_WANTED.to_owned()),
        Some("date") if Date::parse(word, format_description!("[year]-[month]-[day]")).is_err() => {
            return Some(DATE_WANTED.to_owned());
        }
        Some("date-time") if OffsetDateTime::parse(word, &Rfc3339).is_err() => {
            return Some(INSTANT_WANTED.to_owned());
        }
        _ => {}
    }
    if let Some(most) = schema["maxLength"].as_u64().filter(|most| over(word.chars().count(), *most)) {
        return Some(format!("Ce texte a plus de {most} caractères"));
    }
    if schema["minLength"].as_u64().is_some_and(|least| below(word.chars().count(), least)) {
        return Some("Ce texte est vide ou trop court".to_owned());
    }
    // The texts of several lines allow in their pattern what parts them.
    let lines = schema["pattern"].as_str().is_some_and(|pattern| pattern.contains(r"\x0B"));
    let parts = |c: char| lines && matches!(c, '\t' | '\n' | '\r');
    if schema["pattern"].is_string() && word.chars().any(|c| c.is_control() && !parts(c)) {
        return Some("Ce texte contient un caractère de contrôle".to_owned());
    }
    let words: Vec<&str> = schema["enum"].as_array()?.iter().filter_map(Value::as_str).collect();
    (!words.contains(&word)).then(|| format!("Les valeurs possibles sont\u{202f}: {}", words.join(", ")))
}

/// Why a number cannot be what its schema wants.
fn unfit_number(schema: &Value, number: f64) -> Option<String> {
    let whole = schema["format"] == "int32";
    let least = schema["minimum"].as_f64().or(whole.then_some(f64::from(i32::MIN)));
    let most = schema["maximum"].as_f64().or(whole.then_some(f64::from(i32::MAX)));
    match (least.filter(|least| number < *least), most.filter(|most| number > *most)) {
        (Some(least), _) => Some(format!("Ce nombre est plus petit que {least}")),
        (_, Some(most)) => Some(format!("Ce nombre est plus grand que {most}")),
        _ => None,
    }
}

fn over(count: usize, most: u64) -> bool {
    u64::try_from(count).is_ok_and(|count| count > most)
}

/// Whether a count is below the least.
fn below(count: usize, least: u64) -> bool {
    u64::try_from(count).is_ok_and(|count| count < least)
}

/// Said of a day that no calendar has, or that is written in another way.
const DATE_WANTED: &str = "Une date est un jour qui existe, écrit AAAA-MM-JJ";
/// Said of an instant written in another way.
const INSTANT_WANTED: &str = "Un instant est une date et une heure qui existent, écrites 2026-03-31T14:00:00Z ou avec le décalage de leur fuseau";

/// Said of a number of file in place of an identifier, in a body and in an address.
pub const UUID_WANTED: &str =
    "Un identifiant est un UUID, celui du champ id d’une lecture, et non un numéro de dossier";

fn is_of_type(schema: &Value, sent: &Value) -> bool {
    match schema["type"].as_str() {
        Some("object") => sent.is_object(),
        Some("array") => sent.is_array(),
        Some("string") => sent.is_string(),
        Some("boolean") => sent.is_boolean(),
        Some("integer") => sent.is_i64() || sent.is_u64(),
        Some("number") => sent.is_number(),
        _ => true,
    }
}

/// The schema behind references; what is said beside one is a description.
fn resolved<'a>(schemas: &'a Value, mut schema: &'a Value) -> &'a Value {
    for _ in 0..REFERENCES {
        if let Some((_, name)) = schema["$ref"].as_str().and_then(|place| place.rsplit_once('/')) {
            schema = &schemas[name];
        } else if let Some(first) = schema["allOf"].get(0) {
            schema = first;
        } else {
            break;
        }
    }
    schema
}

fn fault(pointer: &str, code: &str, message: impl Into<String>) -> FaultOut {
    FaultOut { pointer: pointer.to_owned(), code: code.to_owned(), message: message.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_fault_of_a_body_is_told_with_its_place() {
        let schemas = json!({
            "Kind": { "type": "string", "enum": ["initial", "renewal"] },
            "PieceIn": {
                "type": "object", "additionalProperties": false, "required": ["code"],
                "properties": { "code": { "type": "string" } },
            },
            "RequestIn": {
                "type": "object", "additionalProperties": false, "required": ["structure_id", "kind"],
                "properties": {
                    "structure_id": { "type": "string", "format": "uuid" },
                    "kind": { "allOf": [{ "$ref": "#/components/schemas/Kind" }, { "description": "x" }] },
                    "pieces": { "type": "array", "items": { "$ref": "#/components/schemas/PieceIn" } },
                    "count": { "type": "integer", "format": "int32", "minimum": 1, "maximum": 200 },
                    "starts_on": { "type": "string", "format": "date" },
                    "visit_at": { "type": "string", "format": "date-time" },
                    "title": { "type": "string", "maxLength": 5, "pattern": "^[^\\x00-\\x1F\\x7F-\\x9F]*$" },
                    "text": { "type": "string", "pattern": "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F]*$" },
                    "names": { "type": "array", "maxItems": 1, "items": { "type": "string" } },
                },
            },
        });
        let schema = json!({ "$ref": "#/components/schemas/RequestIn" });
        let id = "01938f6e-0000-7000-8000-000000000001";
        for (sent, mut expected) in [
            (json!({}), vec![("/structure_id", "field-missing"), ("/kind", "field-missing")]),
            (
                json!({ "kind": "initial", "toto": 1 }),
                vec![("/structure_id", "field-missing"), ("/toto", "field-unknown")],
            ),
            (
                json!({ "structure_id": "AGR-2026-0042", "kind": "first" }),
                vec![("/kind", "field-unreadable"), ("/structure_id", "field-unreadable")],
            ),
            (
                json!({ "structure_id": id, "kind": "renewal", "pieces": [{ "code": "P01" }, { "a/b": 1 }] }),
                vec![("/pieces/1/code", "field-missing"), ("/pieces/1/a~1b", "field-unknown")],
            ),
            (
                json!({ "structure_id": id, "kind": "renewal", "count": "3" }),
                vec![("/count", "field-unreadable")],
            ),
            (
                json!({ "structure_id": id, "kind": "renewal", "starts_on": "2026-02-30", "visit_at": "2026-03-01" }),
                vec![("/starts_on", "field-unreadable"), ("/visit_at", "field-unreadable")],
            ),
            (
                json!({ "structure_id": id, "kind": "renewal", "count": 201, "title": "a\nb", "text": "a\nb" }),
                vec![("/count", "out-of-range"), ("/title", "field-unreadable")],
            ),
            (
                json!({ "structure_id": id, "kind": "renewal", "title": "abcdef", "names": ["a", "b"], "text": "\u{0}" }),
                vec![("/names", "too-many"), ("/text", "field-unreadable"), ("/title", "field-unreadable")],
            ),
            (
                json!({
                    "structure_id": id, "kind": "renewal", "starts_on": "2028-02-29", "count": 200, "title": "abcde",
                    "visit_at": "2026-03-31T14:00:00+02:00", "names": ["a"],
                }),
                vec![],
            ),
            (json!([]), vec![("", "field-unreadable")]),
            (json!({ "structure_id": id, "kind": "renewal", "count": null }), vec![]),
        ] {
            let found = faults(&schemas, &schema, &sent);
            let mut told: Vec<_> =
                found.iter().map(|fault| (fault.pointer.as_str(), fault.code.as_str())).collect();
            told.sort_unstable();
            expected.sort_unstable();
            assert_eq!(told, expected, "{sent}");
        }
    }
}
