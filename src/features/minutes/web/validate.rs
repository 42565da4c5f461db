//! `/jurys/{number}/validation`: the day of delivery and, where the rules ask for it, the list of the joint body.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::input::TypedValidation;
use super::super::load::Book;
use super::super::{MinutesError, actions, labels, queries};
use super::acte::ActeView;
use super::{Refused, documents, refusal};
use crate::authz::{Permission, allows};
use crate::features::juries::state::Event;
use crate::http::web::component::Link;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::rules::typed_date::iso;

/// `/jurys/{number}/validation`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/minutes/validate.html")]
pub struct ValidationPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// Number of the session.
    pub number: String,
    /// The frozen text.
    pub acte: ActeView,
    /// Its files.
    pub files: Vec<Link>,
    /// Whether the joint body of the branch validates the list.
    pub joint: bool,
    /// The form.
    pub form: FormState,
}

async fn opened(page: &Page, number: &str) -> Result<Book, MinutesError> {
    let book = Book::by_number(page.app.db.read(), page.actor(), number).await?;
    let _allowed = allows(page.actor(), Permission::MinutesValidate, &book.facts(page.actor()))?;
    book.whole.next(Event::Validate)?;
    if !queries::signs_for_branch(page.app.db.read(), page.actor(), &book.whole.rules).await? {
        return Err(MinutesError::NotForBranch);
    }
    Ok(book)
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let form = FormState::filled([("delivered_on", iso(page.app.today()))]);
    answer(&page, StatusCode::OK, &number, form, None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    form: FormState,
    refused: Refused,
) -> Result<Response> {
    let book = opened(page, number).await.map_err(WebError::from)?;
    let record = book.current().ok_or(MinutesError::NotFound).map_err(WebError::from)?;
    let summary = form.summary(labels::NOT_DONE);
    let context = ValidationPage {
        shell: page.shell(labels::VALIDATE).with_errors(summary.is_some()),
        summary,
        refused,
        number: book.whole.session.number.clone(),
        acte: ActeView::of(record),
        files: documents::links(record),
        joint: book.whole.rules.cpnef_validation,
        form: form.with_version(book.whole.session.version.into()),
    };
    page.answer_with(status, &context)
}

#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let text = |name: &str| form.text(name).to_owned();
    let typed = TypedValidation {
        delivered_on: text("delivered_on"),
        validated_on: text("validated_on"),
        list: text("list"),
    };
    let done = async {
        let book = Book::by_number(page.app.db.read(), page.actor(), &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::validate(&mut tx, book.whole.session.id, form.version(), &typed).await?;
        tx.commit().await?;
        Ok::<_, MinutesError>(book.whole.path())
    };
    match Box::pin(done).await {
        Ok(path) => Ok(flash::redirect(&format!("{path}/pv"), &labels::said::validated())),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, &number, state, refused).await
        }
    }
}
