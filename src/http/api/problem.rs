//! The only mapping from errors to statuses and problem+json (RFC 9457).

use std::sync::Arc;

use poem::http::{HeaderValue, StatusCode, header};
use poem::{Endpoint, Error, IntoResponse, Request, Response, Result};
use poem_openapi::error::{ParseParamError, ParsePathError, ParseRequestPayloadError};
use poem_openapi::payload::Json;
use poem_openapi::types::ToJSON;
use poem_openapi::{ApiResponse, Object};

use super::body::{BodyFaults, UUID_WANTED};
use super::operations::Operations;
use crate::db::PageRequest;
use crate::error::{DomainError, ErrorKind, Fault, INTERNAL_DETAIL};
use crate::http::middleware::rate_limit::RetryAfter;
use crate::http::middleware::request_log::RequestId;

/// One fault of the request.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Fault")]
pub struct FaultOut {
    /// JSON pointer of the value.
    pub pointer: String,
    /// Stable code.
    pub code: String,
    /// French sentence.
    pub message: String,
}

/// What went wrong.
#[derive(Clone, Debug, Object)]
pub struct Problem {
    /// Stable reference of the kind of problem.
    #[oai(rename = "type")]
    pub kind: String,
    /// Short title.
    pub title: String,
    /// HTTP status.
    pub status: i32,
    /// What happened and what to do, in French.
    pub detail: String,
    /// Stable code.
    pub code: String,
    /// Every fault of the request.
    pub errors: Vec<FaultOut>,
    /// What is missing for a refused transition to be possible, in French.
    pub blocking: Vec<String>,
    /// What people can do instead in the present state, in French.
    pub possible: Vec<String>,
}

/// Every refusal of the API.
#[derive(ApiResponse, Debug)]
pub enum ApiError {
    /// The request cannot be understood.
    #[oai(status = 400, content_type = "application/problem+json")]
    BadRequest(Json<Problem>),
    /// Nobody is signed in.
    #[oai(status = 401, content_type = "application/problem+json")]
    Unauthenticated(Json<Problem>),
    /// This role may not do it.
    #[oai(status = 403, content_type = "application/problem+json")]
    Forbidden(Json<Problem>),
    /// It does not exist, or may not be known to exist.
    #[oai(status = 404, content_type = "application/problem+json")]
    NotFound(Json<Problem>),
    /// The state does not allow it; `blocking` says what is missing.
    #[oai(status = 409, content_type = "application/problem+json")]
    Conflict(Json<Problem>),
    /// The version given is not the current one.
    #[oai(status = 412, content_type = "application/problem+json")]
    Stale(Json<Problem>),
    /// Too many bytes.
    #[oai(status = 413, content_type = "application/problem+json")]
    TooLarge(Json<Problem>),
    /// The content type is not the one expected.
    #[oai(status = 415, content_type = "application/problem+json")]
    MediaType(Json<Problem>),
    /// Values break rules; `errors` lists every one.
    #[oai(status = 422, content_type = "application/problem+json")]
    Invalid(Json<Problem>),
    /// `If-Match` is missing.
    #[oai(status = 428, content_type = "application/problem+json")]
    PreconditionRequired(Json<Problem>),
    /// Too many requests.
    #[oai(status = 429, content_type = "application/problem+json")]
    RateLimited(Json<Problem>),
    /// Our fault.
    #[oai(status = 500, content_type = "application/problem+json")]
    Internal(Json<Problem>),
    /// Away for a moment.
    #[oai(status = 503, content_type = "application/problem+json")]
    Unavailable(Json<Problem>),
}

impl ApiError {
    /// The version given is not the current one.
    #[must_use]
    pub fn stale() -> Self {
        Self::Stale(Json(problem(
            412,
            "stale",
            "Cet objet a changé depuis votre lecture. Relisez-le avant de réessayer.",
        )))
    }

    /// `If-Match` is needed for this change.
    #[must_use]
    pub fn precondition_required() -> Self {
        let detail = "Indiquez dans l’en-tête If-Match la version que vous avez lue.";
        Self::PreconditionRequired(Json(problem(428, "if-match-required", detail)))
    }

    /// More or fewer rows than a page may hold.
    #[must_use]
    pub fn bad_limit() -> Self {
        let mut problem = problem(422, "invalid", "Ce nombre de lignes ne peut pas être demandé.");
        problem.errors.push(FaultOut {
            pointer: "/limit".to_owned(),
            code: "out-of-range".to_owned(),
            message: format!("Demandez de 1 à {} lignes.", PageRequest::MOST),
        });
        Self::Invalid(Json(problem))
    }

    /// The operation has no such query parameters.
    #[must_use]
    pub fn unknown_parameters(names: &[String]) -> Self {
        let detail = "L’adresse porte des paramètres que cette opération ne connaît pas.";
        let mut problem = problem(400, "bad-request", detail);
        let fault = |name: &String| FaultOut {
            pointer: pointer_to(name),
            code: "parameter-unknown".to_owned(),
            message: format!("Le paramètre «\u{202f}{name}\u{202f}» n’existe pas"),
        };
        problem.errors = names.iter().map(fault).collect();
        Self::BadRequest(Json(problem))
    }

    /// The cursor was not given by a list.
    #[must_use]
    pub fn bad_cursor() -> Self {
        let mut problem = problem(422, "invalid", "Le curseur n’est pas celui d’une liste.");
        problem.errors.push(FaultOut {
            pointer: "/cursor".to_owned(),
            code: "cursor-unknown".to_owned(),
            message: "Reprenez la valeur de next_cursor telle quelle.".to_owned(),
        });
        Self::Invalid(Json(problem))
    }
}

impl<E: DomainError> From<E> for ApiError {
    fn from(error: E) -> Self {
        let status = status_of(error.kind());
        let mut body = problem(status.as_u16(), error.code(), &error.detail());
        body.errors = error.faults().into_iter().map(FaultOut::from).collect();
        body.blocking = error.blocking();
        body.possible = error.possible();
        let body = Json(body);
        match error.kind() {
            ErrorKind::Invalid => Self::Invalid(body),
            ErrorKind::Unauthenticated => Self::Unauthenticated(body),
            ErrorKind::Forbidden => Self::Forbidden(body),
            ErrorKind::NotFound => Self::NotFound(body),
            ErrorKind::Conflict => Self::Conflict(body),
            ErrorKind::Stale => Self::Stale(body),
            ErrorKind::TooLarge => Self::TooLarge(body),
            ErrorKind::RateLimited => Self::RateLimited(body),
            ErrorKind::Unavailable => Self::Unavailable(body),
            ErrorKind::Internal => {
                tracing::error!(error = %chain(&error), "internal error");
                Self::Internal(body)
            }
        }
    }
}

impl From<Fault> for FaultOut {
    fn from(fault: Fault) -> Self {
        Self { pointer: fault.pointer, code: fault.code.to_owned(), message: fault.message }
    }
}

/// The status of a kind of error, for the API and the pages.
#[must_use]
pub fn status_of(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        ErrorKind::Forbidden => StatusCode::FORBIDDEN,
        ErrorKind::NotFound => StatusCode::NOT_FOUND,
        ErrorKind::Conflict => StatusCode::CONFLICT,
        ErrorKind::Stale => StatusCode::PRECONDITION_FAILED,
        ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorKind::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// An error and its causes on one line, for the logs.
pub fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |error| error.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

fn problem(status: u16, code: &str, detail: &str) -> Problem {
    Problem {
        kind: format!("/problems/{code}"),
        title: title(status).to_owned(),
        status: i32::from(status),
        detail: detail.to_owned(),
        code: code.to_owned(),
        errors: Vec::new(),
        blocking: Vec::new(),
        possible: Vec::new(),
    }
}

fn title(status: u16) -> &'static str {
    match status {
        400 => "Requête incomprise",
        401 => "Non connecté",
        403 => "Action non permise",
        404 => "Introuvable",
        405 => "Méthode non prévue",
        408 => "Délai dépassé",
        409 => "État incompatible",
        412 => "Version périmée",
        413 => "Contenu trop volumineux",
        415 => "Format non accepté",
        422 => "Valeurs refusées",
        428 => "Version attendue",
        429 => "Trop de requêtes",
        503 => "Momentanément indisponible",
        _ => "Erreur interne",
    }
}

/// What to say of a refusal that came before any handler; the text of the framework names its internals.
fn detail_of(status: u16) -> &'static str {
    match status {
        400 => "La requête est mal formée\u{202f}: vérifiez l’adresse, les paramètres et le corps JSON.",
        401 => "Ajoutez l’en-tête Authorization: Bearer suivi d’un jeton valide.",
        403 => "Votre rôle ne permet pas cette action.",
        404 => "Cette adresse ne correspond à rien, ou ne vous est pas ouverte.",
        405 => "Cette adresse n’accepte pas cette méthode\u{202f}; voyez l’en-tête Allow.",
        408 => "Le corps de la requête n’est pas arrivé à temps.",
        409 => "Une requête portant la même clé d’idempotence est en cours ou a déjà été exécutée.",
        413 => "Le corps dépasse la taille permise\u{202f}: 1 Mo, ou 25 Mo pour un dépôt de fichier.",
        415 => "Le type du contenu n’est pas celui attendu.",
        422 => "Cette clé d’idempotence a déjà servi pour une autre requête.",
        429 => "Attendez le délai indiqué par Retry-After avant de réessayer.",
        503 => {
            "La réponse tarde trop\u{202f}: la requête a été arrêtée. Relisez l’objet avant de recommencer."
        }
        _ => INTERNAL_DETAIL,
    }
}

/// Makes a problem of every refusal, wherever it came from.
///
/// # Errors
/// None: errors become responses here.
pub async fn layer<E: Endpoint>(
    endpoint: Arc<E>,
    request: Request,
    operations: Arc<Operations>,
) -> Result<Response> {
    let path = request.uri().path().to_owned();
    let request_id = request.data::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let mut response = match endpoint.call(request).await {
        Ok(response) => as_problem(response.into_response(), Vec::new()),
        Err(error) => of(error, &request_id),
    };
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let methods = operations.allowed(&path).unwrap_or_default();
        response
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_str(&methods).unwrap_or(HeaderValue::from_static("")));
    }
    if response.status() == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    Ok(response)
}

/// The problem of an error that came before any handler.
#[must_use]
pub fn of(error: Error, request_id: &str) -> Response {
    let unread = error.downcast_ref::<ParseRequestPayloadError>();
    let fault = parameter_fault(&error).or_else(|| unread.and_then(|unread| payload_fault(&unread.reason)));
    let told = error.data::<BodyFaults>().map(|found| found.0.clone()).unwrap_or_default();
    let fault = fault.or_else(|| unread.map(|_| body_fault()));
    let faults = if told.is_empty() { Vec::from_iter(fault) } else { told };
    let retry = error.data::<RetryAfter>().copied();
    if error.status().is_server_error() {
        tracing::error!(request_id, %error, "refused before the handler");
    }
    let mut response = as_problem(error.into_response(), faults);
    if let Some(retry) = retry {
        response.headers_mut().insert(header::RETRY_AFTER, retry.header());
    }
    response
}

/// Which parameter cannot be read; why is told in the words of the framework, which are not for people. It does not
/// name the parts of an address.
fn parameter_fault(error: &Error) -> Option<FaultOut> {
    let (pointer, unfit, reason) = if let Some(unread) = error.downcast_ref::<ParseParamError>() {
        let name = unread.name;
        let unfit = format!("La valeur du paramètre «\u{202f}{name}\u{202f}» n’est pas du format attendu");
        (pointer_to(name), unfit, &unread.reason)
    } else {
        let unread = error.downcast_ref::<ParsePathError>()?;
        (String::new(), "Une partie de l’adresse n’est pas du format attendu".to_owned(), &unread.reason)
    };
    let is_id = reason.contains("string_uuid");
    Some(FaultOut {
        pointer,
        code: "parameter-unreadable".to_owned(),
        message: if is_id { format!("{unfit}. {UUID_WANTED}") } else { unfit },
    })
}

/// What a body has too much or lacks as far as the framework says it, when its schema does not tell: the framework names
/// neither the way to a field of an inner object nor a field that is missing.
fn payload_fault(reason: &str) -> Option<FaultOut> {
    if let Some((_, rest)) = reason.split_once("unknown field `") {
        let (name, rest) = rest.split_once('`')?;
        let inner = rest.contains("occurred while parsing");
        let pointer = pointer_to(name);
        return Some(FaultOut {
            pointer: if inner { String::new() } else { pointer },
            code: "field-unknown".to_owned(),
            message: format!("Le champ «\u{202f}{name}\u{202f}» n’existe pas"),
        });
    }
    let (_, rest) = reason.split_once("expects an input value")?;
    let (_, rest) = rest.split_once("occurred while parsing \"")?;
    let (schema, _) = rest.split_once('"')?;
    Some(FaultOut {
        pointer: String::new(),
        code: "field-missing".to_owned(),
        message: format!("Un champ obligatoire manque\u{202f}: voyez {schema} dans /api/openapi.json"),
    })
}

/// A body that breaks its schema in a way that neither the schema nor the framework tells.
fn body_fault() -> FaultOut {
    FaultOut {
        pointer: String::new(),
        code: "body-unreadable".to_owned(),
        message: "Le corps ne suit pas le schéma de l’opération\u{202f}: voyez /api/openapi.json".to_owned(),
    }
}

/// The JSON pointer of a field or of a parameter.
pub(super) fn pointer_to(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn as_problem(response: Response, faults: Vec<FaultOut>) -> Response {
    let status = response.status();
    let already = response.content_type().is_some_and(|kind| kind.starts_with("application/problem+json"));
    if already || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let code = match status.as_u16() {
        400 => "bad-request",
        401 => "unauthenticated",
        403 => "forbidden",
        404 => "not-found",
        405 => "method-not-allowed",
        408 => "timeout",
        409 => "already-executed",
        413 => "too-large",
        415 => "media-type",
        422 => "idempotency-key-reused",
        429 => "rate-limited",
        503 => "took-too-long",
        _ => "internal",
    };
    let mut body = problem(status.as_u16(), code, detail_of(status.as_u16()));
    body.errors = faults;
    Response::builder().status(status).content_type("application/problem+json").body(body.to_json_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_does_not_follow_its_schema_is_told_where() {
        for (reason, expected) in [
            ("failed to parse \"SiteIn\": unknown field `a/b`.", Some(("/a~1b", "field-unknown"))),
            (
                "failed to parse \"SiteIn\": unknown field `a`. (occurred while parsing \"StructureIn\")",
                Some(("", "field-unknown")),
            ),
            (
                "Type \"string\" expects an input value. (occurred while parsing \"SiteIn\")",
                Some(("", "field-missing")),
            ),
            ("expected value at line 1 column 1", None),
        ] {
            let fault = payload_fault(reason);
            let found = fault.as_ref().map(|fault| (fault.pointer.as_str(), fault.code.as_str()));
            assert_eq!(found, expected, "{reason}");
        }
    }
}
