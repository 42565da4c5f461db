//! A body that each operation can read, from its schema in the document.

use poem::endpoint::BoxEndpoint;
use poem::test::{TestForm, TestFormField, TestRequestBuilder};
use serde_json::{Map, Value, json};

use super::scene::Scene;
use crate::agreements::desk::PDF;
use crate::meetings::{planned, quarterly};
use crate::support::siret_of;

/// A day to come, on which a meeting or a mission may be.
const DAY: &str = "2027-03-02";

/// What goes with a call.
pub enum Sent {
    Nothing,
    Json(Value),
    Text(&'static str),
    File(Vec<(&'static str, &'static str)>),
}

type Request<'a> = TestRequestBuilder<'a, BoxEndpoint<'static, poem::Response>>;

impl Sent {
    /// The body of an operation.
    pub fn of(scene: &Scene, document: &Value, name: &str, operation: &Value) -> Self {
        let content = &operation["requestBody"]["content"];
        if content["multipart/form-data"].is_object() {
            let fields = match name {
                "agreement_request_add_piece" => vec![("code", "P02")],
                "candidate_add_piece" => vec![("kind", "livret")],
                "handbook_record" => vec![("kind", "house_rules"), ("in_force_on", DAY)],
                "agreement_prove_reserve" => vec![("note", "Texte d’essai")],
                _ => Vec::new(),
            };
            return Self::File(fields);
        }
        let schema = &content["application/json"]["schema"];
        match name {
            "referential_import" => Self::Text("families = []"),
            _ if schema.is_null() => Self::Nothing,
            "account_create" => {
                let roles = json!([{ "role": "officer" }]);
                Self::Json(json!({ "email": "u@essai.exemple", "name": "Ursule N’Diaye", "roles": roles }))
            }
            "colleague_invite" => {
                Self::Json(json!({ "email": "collegue@essai.exemple", "name": "Ursule N’Diaye" }))
            }
            "meeting_create" => Self::Json(planned(DAY)),
            "meeting_create_series" => Self::Json(quarterly(["2026-06-02", "2026-09-01", "2026-12-01", DAY])),
            _ => Self::Json(sample(scene, &document["components"]["schemas"], "", schema)),
        }
    }

    /// The request with its body.
    pub fn put_in(self, request: Request<'_>) -> Request<'_> {
        match self {
            Self::Nothing => request,
            Self::Json(body) => request.body_json(&body),
            Self::Text(body) => request.content_type("text/plain").body(body),
            Self::File(fields) => {
                let file = TestFormField::bytes(PDF.to_vec()).filename("essai.pdf").name("file");
                let form = TestForm::new().field(file);
                request.multipart(fields.into_iter().fold(form, |form, (name, value)| form.text(name, value)))
            }
        }
    }
}

/// What a field of this name may hold: only what must be there.
fn sample(scene: &Scene, schemas: &Value, name: &str, schema: &Value) -> Value {
    if let Some((_, reference)) = schema["$ref"].as_str().and_then(|place| place.rsplit_once('/')) {
        return match reference {
            "PlaceIn" => planned(DAY)["place"].clone(),
            _ => sample(scene, schemas, name, &schemas[reference]),
        };
    }
    if let Some(first) = schema["allOf"].get(0) {
        return sample(scene, schemas, name, first);
    }
    if let Some(word) = schema["enum"].get(0) {
        return word.clone();
    }
    match schema["type"].as_str() {
        Some("array") if name == "reserves" => json!([sample(scene, schemas, name, &schema["items"])]),
        Some("array") => json!([]),
        Some("boolean") => json!(true),
        Some("integer" | "number") => json!(1),
        Some("string") => text(scene, name, schema["format"].as_str()),
        _ => {
            let needed = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let field = |name: &str| sample(scene, schemas, name, &schema["properties"][name]);
            Value::Object(needed.map(|name| (name.to_owned(), field(name))).collect::<Map<_, _>>())
        }
    }
}

fn text(scene: &Scene, name: &str, format: Option<&str>) -> Value {
    match (format, name) {
        (Some("date"), _) => json!(DAY),
        (Some("date-time"), _) => json!(format!("{DAY}T09:00:00Z")),
        (Some("uuid"), _) => json!(scene.named(name)),
        (_, "starts_time") => json!("09:00"),
        (_, "ends_time") => json!("17:00"),
        (_, "email") => json!("u@essai.exemple"),
        (_, "phone") => json!("+33639985000"),
        (_, "siret") => json!(siret_of(77, 1).to_string()),
        (_, "postal_code") => json!("58000"),
        (_, "commune") => json!("Nevers"),
        (_, "department") => json!("58"),
        (_, "name" | "family_name" | "first_names") => json!("Ursule"),
        _ => json!("Texte d’essai"),
    }
}
