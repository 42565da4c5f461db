//! `/sessions/{number}/papiers/etablir`: for whom, what lacks, a look at it, then the act.

use askama::Template;
use entity::training_document::PaperKind;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use serde::Deserialize;
use uuid::Uuid;

use super::super::gather::{About, Material};
use super::super::input::TypedOrder;
use super::super::record::session_by_number;
use super::super::{PaperError, actions, documents, labels, queries};
use super::{Refused, refusal};
use crate::http::web::address::with_query;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, download, filters, flash};
use crate::rules::training::mentions;

/// `/sessions/{number}/papiers/etablir`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/papers/issue.html")]
pub struct IssuePage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// Number of the session.
    pub number: String,
    /// What is issued.
    pub kind: &'static str,
    /// For whom it may be.
    pub choices: Vec<Choice>,
    /// Whether it is a contract, which may be concluded at a distance.
    pub contract: bool,
    /// The mentions that it must have.
    pub mentions: Vec<&'static str>,
    /// Those that lack for whoever is chosen; none before somebody is.
    pub lacking: Option<Vec<&'static str>>,
    /// Where it can be looked at.
    pub look: String,
    /// The form.
    pub form: FormState,
}

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    document: String,
    pour: Option<Uuid>,
    distance: String,
}

impl Asked {
    fn typed(&self) -> TypedOrder {
        TypedOrder { kind: self.document.clone(), about: self.pour, remote: self.distance == "oui" }
    }
}

fn key_of(about: About) -> Uuid {
    match about {
        About::Buyer(id) => id.0,
        About::Enrolment(id) => id.0,
        About::Slot(id) => id.0,
        About::Subcontract(id) => id.0,
    }
}

async fn material(page: &Page, number: &str) -> Result<Material, PaperError> {
    let session = session_by_number(page.app.db.read(), number).await?;
    queries::for_issue(&page.app, page.actor(), session.id).await
}

/// The page.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let pour = asked.pour.map(|id| id.to_string()).unwrap_or_default();
    let form = FormState::filled([("about", pour), ("remote", asked.distance.clone())]);
    answer(&page, StatusCode::OK, &number, &asked, (form, None)).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    asked: &Asked,
    (form, refused): (FormState, Refused),
) -> Result<Response> {
    let built = build(page, number, asked, form, refused).await.map_err(WebError::from)?;
    page.answer_with(status, &built)
}

async fn build(
    page: &Page,
    number: &str,
    asked: &Asked,
    form: FormState,
    refused: Refused,
) -> Result<IssuePage, PaperError> {
    let material = material(page, number).await?;
    let conn = page.app.db.read();
    let kind = PaperKind::from_word(&asked.document).ok_or(PaperError::NotFound)?;
    let choices = queries::choices(conn, &material, kind).await?;
    let mut lacking = None;
    if asked.pour.is_some() && refused.is_none() {
        let order = asked.typed().read().map_err(|_| PaperError::NotFound)?;
        if choices.iter().any(|one| one.about == order.about) {
            let gathered = material.about(conn, order.kind, order.about, order.remote).await?;
            let found = mentions::missing(&gathered.content);
            lacking = Some(found.into_iter().map(mentions::Mention::label).collect());
        }
    }
    let summary = form.summary(labels::NOT_DONE);
    let pour = asked.pour.map(|id| id.to_string()).unwrap_or_default();
    let look = with_query(
        &format!("/sessions/{number}/papiers/etablir/apercu"),
        &[("document", asked.document.as_str()), ("pour", &pour), ("distance", asked.distance.as_str())],
    );
    Ok(IssuePage {
        shell: page.shell(labels::ISSUE).with_errors(summary.is_some()),
        summary,
        refused,
        number: number.to_owned(),
        kind: labels::kind(kind),
        choices: choices.iter().map(|one| Choice::new(key_of(one.about).to_string(), &one.name)).collect(),
        contract: kind == PaperKind::Contract,
        mentions: mentions::of(kind).iter().map(|mention| mention.label()).collect(),
        lacking,
        look,
        form: form.with_value("document", asked.document.clone()),
    })
}

/// Looks at it before it is issued.
#[handler]
pub(super) async fn glance(
    page: Page,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let done = async {
        let material = material(&page, &number).await?;
        let order = asked.typed().read().map_err(|_| PaperError::NotFound)?;
        let conn = page.app.db.read();
        let gathered = material.about(conn, order.kind, order.about, order.remote).await?;
        let lacking = mentions::missing(&gathered.content);
        if !lacking.is_empty() {
            return Err(PaperError::Lacking(lacking));
        }
        documents::preview(&page.app, &gathered.content).await
    };
    let bytes = Box::pin(done).await.map_err(WebError::from)?;
    Ok(download::attachment("application/pdf", &format!("apercu-{}.pdf", asked.document), bytes))
}

/// Issues it, or says what lacks once somebody is chosen.
#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let asked = Asked {
        document: form.text("document").to_owned(),
        pour: form.text("about").parse().ok(),
        distance: form.text("remote").to_owned(),
    };
    let done = async {
        let session = session_by_number(page.app.db.read(), &number).await?;
        let order = asked.typed().read()?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let record = Box::pin(actions::issue(&mut tx, session.id, order)).await?;
        tx.commit().await?;
        Ok::<_, PaperError>(record)
    };
    match Box::pin(done).await {
        Ok(record) => {
            Ok(flash::redirect(&record.path(), &labels::issued(record.paper.kind, &record.reference())))
        }
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, &number, &asked, (state, refused)).await
        }
    }
}
