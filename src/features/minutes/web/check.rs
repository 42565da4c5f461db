//! `/jurys/{number}/pv/controle`: the frozen text beside the files of the candidates, and the checklist.

use askama::Template;
use entity::jury_incident::IncidentKind;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::input::{Point, TypedCheck};
use super::super::load::{Book, Record};
use super::super::{MinutesError, actions, labels, wording};
use super::acte::ActeView;
use super::{Refused, refusal};
use crate::authz::{Permission, allows};
use crate::features::candidates::names;
use crate::features::juries::load::Passing;
use crate::features::juries::state::Event;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// Somebody of the minutes beside their file.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Number.
    pub number: String,
    /// What the minutes say of who it is.
    pub frozen: String,
    /// What the file says.
    pub file: String,
    /// Whether both say the same.
    pub same: bool,
}

/// `/jurys/{number}/pv/controle`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/minutes/check.html")]
pub struct CheckPage {
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
    /// The text that it corrects.
    pub first: Option<ActeView>,
    /// The people, in the minutes and in their files.
    pub people: Vec<PersonRow>,
    /// The suspected frauds of the minutes: hour, number of the candidate, what happened.
    pub frauds: Vec<(String, String, String)>,
    /// The points to look at.
    pub points: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

async fn opened(page: &Page, number: &str) -> Result<Book, MinutesError> {
    let book = Book::by_number(page.app.db.read(), page.actor(), number).await?;
    let _allowed = allows(page.actor(), Permission::MinutesCheck, &book.facts(page.actor()))?;
    if book.sat(page.actor()) {
        return Err(MinutesError::OfTheJury);
    }
    book.whole.next(Event::ControlOk)?;
    Ok(book)
}

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
    let book = opened(page, number).await.map_err(WebError::from)?;
    let record = book.current().ok_or(MinutesError::NotFound).map_err(WebError::from)?;
    let summary = form.summary(labels::NOT_DONE);
    let context = CheckPage {
        shell: page.shell(labels::CHECK).with_errors(summary.is_some()),
        summary,
        refused,
        number: book.whole.session.number.clone(),
        acte: ActeView::of(record),
        first: book.records.get(1).map(ActeView::of),
        people: book.whole.passages.iter().map(|one| person(record, one)).collect(),
        frauds: frauds(record),
        points: Point::ALL.into_iter().map(|one| Choice::new(one.word(), labels::point(one))).collect(),
        form: form.with_version(book.whole.session.version.into()),
    };
    page.answer_with(status, &context)
}

/// What the minutes say of suspected frauds: each asks for a decision with a reason, or for the certifier to hear somebody.
fn frauds(record: &Record) -> Vec<(String, String, String)> {
    let own = record.content.incidents.iter().filter(|one| one.kind == IncidentKind::Fraud);
    own.map(|one| {
        let about = one.candidate.clone().unwrap_or_default();
        (wording::hour(&one.at), about, one.description.clone().unwrap_or_default())
    })
    .collect()
}

fn person(record: &Record, one: &Passing) -> PersonRow {
    let person = &one.candidate;
    let found = record.content.candidates.iter().find(|row| row.number == person.number);
    let frozen = found.map(|row| {
        let name = format!("{} {}", row.first_names, row.birth_name);
        format!("{}, {}", name.trim(), wording::birth(&row.birth_date))
    });
    let frozen = frozen.unwrap_or_default();
    let file = format!("{}, {}", names::official(person), wording::birth(&person.birth_date));
    PersonRow { number: person.number.clone(), same: frozen == file, frozen, file }
}

#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let conform = form.text("suite") == "conforme";
    let typed = TypedCheck {
        points: form.all("points").into_iter().map(str::to_owned).collect(),
        findings: form.text("findings").to_owned(),
    };
    let done = async {
        let book = Book::by_number(page.app.db.read(), page.actor(), &number).await?;
        let (id, seen) = (book.whole.session.id, form.version());
        let mut tx = page.app.begin(page.actor().clone()).await?;
        if conform {
            actions::control_ok(&mut tx, id, seen, &typed).await?;
        } else {
            Box::pin(actions::control_ko(&mut tx, id, seen, &typed)).await?;
        }
        tx.commit().await?;
        Ok::<_, MinutesError>(book.whole.path())
    };
    match Box::pin(done).await {
        Ok(path) => Ok(flash::redirect(&format!("{path}/pv"), &labels::said::checked(conform))),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, &number, state, refused).await
        }
    }
}
