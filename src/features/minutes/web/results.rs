//! `/jurys/{number}/resultats`: what telling the decisions does, whom it tells and how, before it is done at once; or the
//! validation is taken back.

use askama::Template;
use entity::candidate::JuryDecision;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::letters::is_told;
use super::super::load::Book;
use super::super::readiness::readiness;
use super::super::{MinutesError, actions, labels};
use super::telling::checks;
use super::{Refused, refusal};
use crate::authz::{Permission, allows, may};
use crate::features::candidates::labels as words_of_candidates;
use crate::features::certificates::actions::signing_key;
use crate::features::juries::load::Passing;
use crate::features::juries::state::Event;
use crate::features::juries::wording;
use crate::http::web::component::{Check, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;

/// Somebody who is told.
#[derive(Clone, Debug)]
pub struct ToldRow {
    /// Name.
    pub name: String,
    /// Number.
    pub number: String,
    /// What the jury decided.
    pub decision: Status,
    /// How they are told.
    pub how: &'static str,
}

/// `/jurys/{number}/resultats`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/minutes/results.html")]
pub struct ResultsPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// Number of the session.
    pub number: String,
    /// Day of delivery.
    pub delivered_on: String,
    /// What is looked at before.
    pub checks: Vec<Check>,
    /// What it does.
    pub effects: Vec<String>,
    /// Who is told.
    pub rows: Vec<ToldRow>,
    /// Whether the visitor may take the validation back.
    pub may_take_back: bool,
    /// The form.
    pub form: FormState,
}

async fn opened(page: &Page, number: &str) -> Result<Book, MinutesError> {
    let book = Book::by_number(page.app.db.read(), page.actor(), number).await?;
    let _allowed = allows(page.actor(), Permission::MinutesPublish, &book.facts(page.actor()))?;
    book.whole.next(Event::Notify)?;
    Ok(book)
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, FormState::default(), None).await
}

fn by_mail(one: &Passing) -> bool {
    !one.candidate.detained && !one.candidate.email.trim().is_empty()
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    form: FormState,
    refused: Refused,
) -> Result<Response> {
    let read = async {
        let book = opened(page, number).await?;
        let found = Box::pin(readiness(page.app.db.read(), &page.app, &book.whole)).await?;
        Ok::<_, MinutesError>((book, found))
    };
    let (book, found) = read.await.map_err(WebError::from)?;
    let told = |one: &&Passing| one.row.decision.is_some_and(is_told);
    let people: Vec<&Passing> = book.whole.passages.iter().filter(told).collect();
    let gives =
        |one: &&&Passing| matches!(one.row.decision, Some(JuryDecision::Total | JuryDecision::Partial));
    let row = |one: &&Passing| {
        Some(ToldRow {
            name: wording::name(&one.candidate),
            number: one.candidate.number.clone(),
            decision: words_of_candidates::decision(one.row.decision?),
            how: labels::letter::told(by_mail(one)),
        })
    };
    let given = people.iter().filter(gives).count().saturating_sub(found.waiting.len());
    let mails = people.iter().filter(|one| by_mail(one)).count();
    let facts = book.facts(page.actor());
    let summary = form.summary(labels::NOT_DONE);
    let context = ResultsPage {
        shell: page.shell(labels::PUBLISH).with_errors(summary.is_some()),
        summary,
        refused,
        number: book.whole.session.number.clone(),
        delivered_on: book.whole.session.delivered_on.map(french::date).unwrap_or_default(),
        checks: checks(&found, &book),
        effects: labels::results::effects(people.len(), mails, given),
        rows: people.iter().filter_map(row).collect(),
        may_take_back: may(page.actor(), Permission::MinutesValidate, &facts),
        form: form.with_version(book.whole.session.version.into()),
    };
    page.answer_with(status, &context)
}

/// Tells the decisions, or takes the validation back.
#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let takes_back = form.text("suite") == "reprendre";
    let done = async {
        let book = Book::by_number(page.app.db.read(), page.actor(), &number).await?;
        let (id, seen) = (book.whole.session.id, form.version());
        let found = Box::pin(readiness(page.app.db.read(), &page.app, &book.whole)).await?;
        let key = signing_key(&page.app).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        if takes_back {
            actions::take_back(&mut tx, id, seen, form.text("reason")).await?;
        } else {
            Box::pin(actions::publish(&mut tx, &key, id, seen)).await?;
        }
        tx.commit().await?;
        Ok::<_, MinutesError>((book.whole.path(), found.waiting.len()))
    };
    match Box::pin(done).await {
        Ok((path, waiting)) => {
            let said = if takes_back { labels::said::taken_back() } else { labels::said::published(waiting) };
            Ok(flash::redirect(&format!("{path}/pv"), &said))
        }
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, &number, state, refused).await
        }
    }
}
