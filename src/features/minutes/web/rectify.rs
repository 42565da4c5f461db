//! `/jurys/{number}/pv/rectifier`: the same jury corrects its decisions; the first text stays beside.

use askama::Template;
use entity::candidate::JuryDecision;
use entity::candidate_appeal;
use entity::ids::JuryPassageId;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::content::Candidate;
use super::super::input::{DECISIONS, TypedCorrection, TypedRuling};
use super::super::load::{Book, Record};
use super::super::{MinutesError, actions, labels, queries};
use super::acte::ActeView;
use super::{Refused, refusal};
use crate::authz::{Permission, allows};
use crate::features::candidates::labels as words_of_candidates;
use crate::features::juries::load::Passing;
use crate::features::juries::state::Event;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// Somebody whose decision may be corrected.
#[derive(Clone, Debug)]
pub struct RulingRow {
    /// Rank among them, from zero on: what its fields are named after.
    pub rank: usize,
    /// Key of the passage.
    pub passage: String,
    /// Number and name.
    pub name: String,
    /// What may be acquired.
    pub units: Vec<Choice>,
}

impl RulingRow {
    /// The name of a field of this row.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        format!("rulings/{}/{name}", self.rank)
    }
}

/// `/jurys/{number}/pv/rectifier`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/minutes/rectify.html")]
pub struct RectifyPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// Number of the session.
    pub number: String,
    /// The text to correct.
    pub acte: ActeView,
    /// What the control found.
    pub findings: String,
    /// Those whose decision may be corrected.
    pub rows: Vec<RulingRow>,
    /// The decisions.
    pub decisions: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

async fn opened(page: &Page, number: &str) -> Result<Book, MinutesError> {
    let book = Book::by_number(page.app.db.read(), page.actor(), number).await?;
    let facts = book.facts_of_president(page.actor());
    let _allowed = allows(page.actor(), Permission::MinutesClose, &facts)?;
    book.whole.next(Event::Rectify)?;
    Ok(book)
}

/// Those about whom the jury decides again, with what the frozen text says.
fn decided<'a>(
    book: &'a Book,
    record: &'a Record,
    annulled: &[JuryPassageId],
) -> Vec<(&'a Passing, &'a Candidate)> {
    let of = |one: &'a Passing| {
        if actions::is_over(&book.whole, annulled, one.row.id) {
            return None;
        }
        let frozen = record.content.candidates.iter().find(|row| row.number == one.candidate.number)?;
        let decision = frozen.decision.filter(|decision| DECISIONS.contains(decision));
        decision.map(|_| (one, frozen))
    };
    book.whole.passages.iter().filter_map(of).collect()
}

/// What the frozen text says of somebody, as typed.
fn known(one: &Passing, frozen: &Candidate) -> TypedRuling {
    let acquired = frozen.units.iter().filter(|unit| unit.acquired == Some(true));
    TypedRuling {
        passage: one.row.id,
        decision: frozen.decision.map(JuryDecision::word).unwrap_or_default(),
        acquired: acquired.map(|unit| unit.code.clone()).collect(),
        reason: frozen.reason.clone().unwrap_or_default(),
        observations: frozen.observations.clone(),
        recommendations: frozen.recommendations.clone(),
    }
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, None).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    again: Option<(FormState, Refused)>,
) -> Result<Response> {
    let book = opened(page, number).await.map_err(WebError::from)?;
    let record = book.current().ok_or(MinutesError::NotFound).map_err(WebError::from)?;
    let settled = queries::settled_appeals(page.app.db.read(), &book.whole).await.map_err(WebError::from)?;
    let annulled = queries::annulled(page.app.db.read(), &book.whole).await.map_err(WebError::from)?;
    let people = decided(&book, record, &annulled);
    let (form, refused) = again.unwrap_or_else(|| (FormState::filled(filled(record, &people)), None));
    let summary = form.summary(labels::NOT_DONE);
    let row = |(rank, (one, frozen)): (usize, &(&Passing, &Candidate))| RulingRow {
        rank,
        passage: one.row.id.to_string(),
        name: format!("{}, {} {}", frozen.number, frozen.first_names, frozen.birth_name),
        units: frozen.units.iter().map(|unit| Choice::new(unit.code.clone(), unit.title.clone())).collect(),
    };
    let context = RectifyPage {
        shell: page.shell(labels::RECTIFY).with_errors(summary.is_some()),
        summary,
        refused,
        number: book.whole.session.number.clone(),
        acte: ActeView::of(record),
        findings: findings(record, &people, &settled),
        rows: people.iter().enumerate().map(row).collect(),
        decisions: DECISIONS
            .into_iter()
            .map(|one| Choice::new(one.word(), words_of_candidates::decision(one).word))
            .collect(),
        form: form.with_version(book.whole.session.version.into()),
    };
    page.answer_with(status, &context)
}

/// What is to be corrected: what the control found, or the appeals of those whom the jury looks at again.
fn findings(
    record: &Record,
    people: &[(&Passing, &Candidate)],
    settled: &[candidate_appeal::Model],
) -> String {
    let last = record.checks.last().filter(|check| !check.conform);
    let answered = people.iter().filter_map(|(one, frozen)| {
        let own = settled.iter().rfind(|row| row.passage_id == one.row.id)?;
        Some(labels::appeals::appeal_found(&frozen.number, own.answer.as_deref()?))
    });
    let told: Vec<String> = last.map(|check| check.findings.clone()).into_iter().chain(answered).collect();
    told.join(" ")
}

/// What the fields show before anything is typed.
fn filled(record: &Record, people: &[(&Passing, &Candidate)]) -> Vec<(String, String)> {
    let mut fields = vec![("remarks".to_owned(), record.content.remarks.clone())];
    for (rank, (one, frozen)) in people.iter().enumerate() {
        let typed = known(one, frozen);
        let name = |field: &str| format!("rulings/{rank}/{field}");
        fields.push((name("decision"), typed.decision));
        fields.push((name("reason"), typed.reason));
        fields.push((name("observations"), typed.observations));
        fields.push((name("recommendations"), typed.recommendations));
        fields.extend(typed.acquired.into_iter().map(|code| (name("acquired"), code)));
    }
    fields
}

/// What was typed; a row that says what the text says is still sent, so that faults name their fields.
fn typed(form: &FormData, people: &[(&Passing, &Candidate)]) -> TypedCorrection {
    let ruling = |(rank, (one, _)): (usize, &(&Passing, &Candidate))| {
        let name = |field: &str| format!("rulings/{rank}/{field}");
        let text = |field: &str| form.text(&name(field)).to_owned();
        let passage: JuryPassageId = one.row.id;
        TypedRuling {
            passage,
            decision: text("decision"),
            acquired: form.all(&name("acquired")).into_iter().map(str::to_owned).collect(),
            reason: text("reason"),
            observations: text("observations"),
            recommendations: text("recommendations"),
        }
    };
    TypedCorrection {
        reason: form.text("reason").to_owned(),
        remarks: form.text("remarks").to_owned(),
        rulings: people.iter().enumerate().map(ruling).collect(),
    }
}

#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let book = Book::by_number(page.app.db.read(), page.actor(), &number).await?;
        let record = book.current().ok_or(MinutesError::NotFound)?;
        let annulled = queries::annulled(page.app.db.read(), &book.whole).await?;
        let typed = typed(&form, &decided(&book, record, &annulled));
        let mut tx = page.app.begin(page.actor().clone()).await?;
        Box::pin(actions::rectify(&mut tx, book.whole.session.id, form.version(), &typed)).await?;
        tx.commit().await?;
        Ok::<_, MinutesError>(book.whole.path())
    };
    match Box::pin(done).await {
        Ok(path) => Ok(flash::redirect(&format!("{path}/pv/signatures"), &labels::said::rectified())),
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, &number, Some((state, refused))).await
        }
    }
}
