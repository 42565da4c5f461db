//! `/jurys/{number}/pv`: the frozen text, or what lacks before the deliberation is closed.

use askama::Template;
use entity::jury_session::JuryState;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::load::Book;
use super::super::{MinutesError, actions, labels, queries};
use super::acte::{ActeView, steps};
use super::{Refused, documents, refusal, telling};
use crate::authz::{Permission, may};
use crate::features::juries::day::Day as Room;
use crate::features::juries::state::{Event, TABLE};
use crate::features::juries::wording as words_of_juries;
use crate::http::web::component::{Check, CheckMark, Link, Step};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// `/jurys/{number}/pv`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/minutes/show.html")]
pub struct MinutesPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// Number of the session.
    pub number: String,
    /// How far the jury is.
    pub steps: Vec<Step>,
    /// The minutes, the latest first, each with its files.
    pub texts: Vec<(ActeView, Vec<Link>)>,
    /// The latest text, to print; none while it is being typeset.
    pub printed: Option<Link>,
    /// What may be done now.
    pub acts: Vec<Link>,
    /// What must be there before the deliberation is closed; nothing when the visitor does not close it.
    pub closing: Vec<Check>,
    /// Title of what is looked at before the results are told.
    pub telling: &'static str,
    /// What whoever tells the results looks at, then the certificates that wait.
    pub publishing: Vec<Check>,
    /// What the last control found.
    pub findings: String,
    /// The form.
    pub form: FormState,
}

/// The minutes.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, FormState::default(), None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    form: FormState,
    refused: Refused,
) -> Result<Response> {
    let conn = page.app.db.read();
    let read = async {
        let book = Book::by_number(conn, page.actor(), number).await?;
        let closing = closing(page, &book).await?;
        let publishing = Box::pin(telling::looked_at(page, &book)).await?;
        let signs = queries::signs_for_branch(conn, page.actor(), &book.whole.rules).await?;
        Ok::<_, MinutesError>((book, closing, publishing, signs))
    };
    let (book, closing, publishing, signs) = read.await.map_err(WebError::from)?;
    let summary = form.summary(labels::NOT_DONE);
    let texts = book.records.iter().map(|record| (ActeView::of(record), documents::links(record)));
    let last = book.current().and_then(|record| record.checks.last());
    let shown = labels::page(&words_of_juries::day(&book.whole.session));
    let context = MinutesPage {
        shell: page.shell(shown).with_errors(summary.is_some() || refused.is_some()),
        summary,
        refused,
        number: book.whole.session.number.clone(),
        steps: steps(&book),
        texts: texts.collect(),
        printed: book.current().and_then(documents::printed),
        acts: acts(page, &book, signs),
        closing,
        telling: telling::title(book.whole.session.state),
        publishing,
        findings: last.filter(|check| !check.conform).map(|check| check.findings.clone()).unwrap_or_default(),
        form: form.with_version(book.whole.session.version.into()),
    };
    page.answer_with(status, &context)
}

/// The checklist, for whoever presides over a jury that deliberates.
async fn closing(page: &Page, book: &Book) -> Result<Vec<Check>, MinutesError> {
    let facts = book.facts_of_president(page.actor());
    let closes = may(page.actor(), Permission::MinutesClose, &facts);
    if !closes || book.whole.session.state != JuryState::Deliberating {
        return Ok(Vec::new());
    }
    let room = Room::around(page.app.db.read(), book.whole.clone(), page.app.now()).await?;
    let check = |(there, title): (bool, String)| {
        let (mark, word) =
            if there { (CheckMark::Good, labels::KEPT) } else { (CheckMark::Waiting, labels::LACKS) };
        Check { mark, word: word.to_owned(), title, note: String::new(), action: None }
    };
    Ok(room.closing().into_iter().map(check).collect())
}

/// What the visitor may do now; `signs` says whether they may validate for the joint body of the branch.
fn acts(page: &Page, book: &Book, signs: bool) -> Vec<Link> {
    let (actor, state, path) = (page.actor(), book.whole.session.state, book.whole.path());
    let own = book.facts(actor);
    let waits = book.current().is_some_and(super::super::load::Record::is_open);
    let table = [
        (labels::SIGN, "pv/signatures", waits),
        (
            labels::CHECK,
            "pv/controle",
            TABLE.can(state, Event::ControlOk)
                && may(actor, Permission::MinutesCheck, &own)
                && !book.sat(actor),
        ),
        (
            labels::RECTIFY,
            "pv/rectifier",
            TABLE.can(state, Event::Rectify)
                && may(actor, Permission::MinutesClose, &book.facts_of_president(actor)),
        ),
        (
            labels::VALIDATE,
            "validation",
            TABLE.can(state, Event::Validate) && may(actor, Permission::MinutesValidate, &own) && signs,
        ),
        (
            labels::PUBLISH,
            "resultats",
            TABLE.can(state, Event::Notify) && may(actor, Permission::MinutesPublish, &own),
        ),
    ];
    let open = table.into_iter().filter(|(_, _, now)| *now);
    open.map(|(label, at, _)| Link::new(label, format!("{path}/{at}"))).collect()
}

/// Closes the deliberation.
#[handler]
pub(super) async fn close(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let book = Book::by_number(page.app.db.read(), page.actor(), &number).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        Box::pin(actions::close(&mut tx, book.whole.session.id, form.version(), form.text("remarks")))
            .await?;
        tx.commit().await?;
        Ok::<_, MinutesError>(book.whole.path())
    };
    match Box::pin(done).await {
        Ok(path) => Ok(flash::redirect(&format!("{path}/pv/signatures"), &labels::said::closed())),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, &number, state, refused).await
        }
    }
}
