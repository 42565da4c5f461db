//! The details of an act, as a person reads them: French names, days and states. What was recorded stays below, raw.

pub mod labels;

use entity::audit_personal;
use serde_json::{Map, Value, json};

use super::labels as words;
use super::view::grouped;
use crate::features::journal::labels::channel;
use crate::features::journal::queries::Entry;
use crate::http::web::component::Fact;

/// Objects whose fields need no other name than their own.
const PLAIN: [&str; 10] =
    ["act", "changed", "changes", "expert", "habilitation", "now", "period", "right", "session", "site"];
/// Salted hashes of the personal values: they prove, and tell nothing to a person.
const PERSONAL: &str = "personal";
/// Endings of the fields that are compared sign by sign.
const MONO: [&str; 8] = ["_hash", "_id", "_ids", "key", "root", "sha256", "signature", "siret"];

/// The details of an act.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    /// Field, value before, value after.
    pub changes: Vec<(String, String, String)>,
    /// The reason given.
    pub reason: String,
    /// Everything else.
    pub facts: Vec<Fact>,
    /// What was recorded, as JSON: the name and the code of the event, the key of what it is about, its fields.
    pub raw: String,
}

impl Detail {
    /// The details of an act.
    #[must_use]
    pub fn new(entry: &Entry, personal: &[audit_personal::Model], before: Option<&[u8]>) -> Self {
        let event = &entry.event;
        let payload: Map<String, Value> = serde_json::from_str(&event.payload).unwrap_or_default();
        let mut detail = Self { reason: event.reason.clone().unwrap_or_default(), ..Self::default() };
        if let (Some(from), Some(to)) = (&event.state_before, &event.state_after) {
            let state = |word: &str| labels::state(&event.subject_kind, word);
            detail.changes.push((words::STATE.to_owned(), state(from), state(to)));
        }
        detail.facts.push(Fact::new(words::ACT, words::acts::act(&event.name)));
        detail.facts.push(Fact::new(words::CHANNEL, channel(&event.channel)));
        for (key, value) in payload.iter().filter(|(key, _)| key.as_str() != PERSONAL) {
            detail.read("", key, value);
        }
        for row in personal {
            let value = row.value.as_deref().map_or_else(
                || words::ERASED.to_owned(),
                |value| labels::value(&row.field, &Value::from(value)),
            );
            detail.facts.push(Fact::new(labels::field(&row.field), value));
        }
        if let Some(request) = &event.request_id {
            detail.facts.push(Fact::new(words::REQUEST, request.as_str()).mono());
        }
        if let Some(before) = before {
            detail.facts.push(Fact::new(words::PREVIOUS, grouped(before)).mono());
        }
        detail.facts.push(Fact::new(words::HASH, grouped(&event.hash)).mono());
        let recorded = json!({
            "name": event.name,
            "code": event.code,
            "subject": { "kind": event.subject_kind, "id": event.subject_id.to_string(), "label": event.subject_label },
            "payload": payload,
        });
        detail.raw = serde_json::to_string_pretty(&recorded).unwrap_or_default();
        detail
    }

    /// Reads a field: what has a value before and a value after is a change, the fields of an object are read one by
    /// one, anything else is a fact.
    fn read(&mut self, outer: &str, key: &str, value: &Value) {
        let name = labels::field(key);
        let name = if outer.is_empty() { name.to_owned() } else { labels::inside(outer, name) };
        let Value::Object(fields) = value else {
            let fact = Fact::new(name, labels::value(key, value));
            let is_mono = MONO.iter().any(|ending| key.ends_with(ending));
            self.facts.push(if is_mono { fact.mono() } else { fact });
            return;
        };
        if let (Some(before), Some(after)) = (fields.get("before"), fields.get("after")) {
            self.changes.push((name, labels::value(key, before), labels::value(key, after)));
            return;
        }
        let outer = if PLAIN.contains(&key) { outer } else { name.as_str() };
        for (key, value) in fields {
            self.read(outer, key, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_field_is_told_once_under_its_name() {
        let mut detail = Detail::default();
        let recorded = json!({
            "right": { "kind": "insurance", "ends_on": "2025-12-31" },
            "changed": { "headcount": { "before": 12, "after": null } },
            "count": { "before": 1, "after": 2 },
            "ended": { "number": "RS1234" },
            "jamais_vu": "x",
        });
        for (key, value) in recorded.as_object().unwrap() {
            detail.read("", key, value);
        }
        let mut facts: Vec<_> =
            detail.facts.iter().map(|fact| (fact.term.as_str(), fact.value.as_str())).collect();
        facts.sort_unstable();
        assert_eq!(
            facts,
            [
                ("Dernier jour", "31 décembre 2025"),
                ("Fin du précédent, Numéro", "RS1234"),
                ("Nature", "insurance"),
                ("jamais_vu", "x"),
            ]
        );
        detail.changes.sort_unstable();
        let change =
            |field: &str, before: &str, after: &str| (field.to_owned(), before.to_owned(), after.to_owned());
        assert_eq!(detail.changes, [change("Effectif", "12", "vide"), change("Nombre", "1", "2")]);
    }
}
