//! What changed in a form: the fields whose value differs, before and after.

use serde_json::{Map, Value, json};

/// The fields of two objects that differ, each with its value before and after.
#[must_use]
pub fn diff(before: &Value, after: &Value) -> Value {
    let empty = Map::new();
    let (before, after) = (before.as_object().unwrap_or(&empty), after.as_object().unwrap_or(&empty));
    let mut changed = Map::new();
    for key in before.keys().chain(after.keys()) {
        let (old, new) = (before.get(key).unwrap_or(&Value::Null), after.get(key).unwrap_or(&Value::Null));
        if old != new {
            changed.insert(key.clone(), json!({ "before": old, "after": new }));
        }
    }
    Value::Object(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_told() {
        let before = json!({ "name": "Ateliers du Port", "headcount": 12, "rna": null });
        let after = json!({ "name": "Ateliers du Port", "headcount": 14, "rna": "W123456789" });
        let expected = json!({
            "headcount": { "before": 12, "after": 14 },
            "rna": { "before": null, "after": "W123456789" },
        });
        assert_eq!(diff(&before, &after), expected);
    }
}
