//! `/missions/{number}/frais`: the receipts, the lines and the reason of a claim, in one form that keeps what was typed
//! while receipts and lines are added.

use askama::Template;
use entity::expense_line::{self, ExpenseKind};
use poem::http::StatusCode;
use poem::web::{Path, Redirect};
use poem::{IntoResponse, Response, Result, handler};

use super::super::actions::expenses::{self, MOST_LINES, TypedEmployer, TypedExpense};
use super::super::api::stored;
use super::super::dossier::Dossier;
use super::super::state::Step;
use super::super::{MissionError, documents, labels, queries, wording};
use super::labels as words;
use super::show::{DocumentRow, document};
use crate::authz::{Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::features::settings;
use crate::http::web::component::{Choice, Fact};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::typed_date::iso;
use crate::rules::{missions::MissionRules, money};
use uuid::Uuid;

/// Lines of a claim that begins.
const LINES: usize = 3;
/// Lines that the button adds.
const MORE: usize = 2;
/// The field that says how many lines the form has.
const COUNT: &str = "lignes";
/// The field that says what is asked: nothing to send the claim.
const ASKED: &str = "geste";
/// Adds the receipt and keeps the form open.
const ADD_RECEIPT: &str = "justificatif";
/// Takes the receipt of the key that follows back, and keeps the form open.
const WITHDRAW: &str = "retirer-";
/// Adds lines and keeps the form open.
const ADD_LINES: &str = "lignes";

/// The names of the fields of one line.
#[derive(Clone, Debug)]
pub struct LineFields {
    /// Day.
    pub spent_on: String,
    /// Nature.
    pub kind: String,
    /// How many.
    pub quantity: String,
    /// Amount.
    pub amount: String,
    /// Precision.
    pub label: String,
    /// The receipt that proves it.
    pub receipt: String,
}

impl LineFields {
    fn of(rank: usize) -> Self {
        let field = |name: &str| format!("lines/{rank}/{name}");
        Self {
            spent_on: field("spent_on"),
            kind: field("kind"),
            quantity: field("quantity"),
            amount: field("amount"),
            label: field("label"),
            receipt: field("receipt_id"),
        }
    }
}

/// `/missions/{number}/frais`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/missions/expenses.html")]
pub struct ExpensesPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number of the mission.
    pub number: String,
    /// The mission, its fee, the scale and the ceilings.
    pub margin: Vec<Fact>,
    /// Why an earlier claim came back.
    pub returned: Option<String>,
    /// What an expense may be.
    pub kinds: Vec<Choice>,
    /// The lines.
    pub lines: Vec<LineFields>,
    /// How many they are.
    pub count: usize,
    /// To whom it may be paid.
    pub payees: Vec<Choice>,
    /// Receipts already there, each with its key.
    pub receipts: Vec<(DocumentRow, String)>,
    /// The same, for a line to name one.
    pub proofs: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

/// A mission whose expenses are those of the visitor.
async fn readable(page: &Page, number: &str) -> Result<Dossier> {
    let dossier = Dossier::by_number(page.app.db.read(), page.actor(), number).await;
    let dossier = dossier.map_err(WebError::from)?;
    let _allowed =
        allows(page.actor(), Permission::MissionClaim, &dossier.facts()).map_err(WebError::from)?;
    Ok(dossier)
}

async fn claimable(page: &Page, number: &str) -> Result<Dossier> {
    let dossier = readable(page, number).await?;
    dossier.next(Step::Claim).map_err(WebError::from)?;
    Ok(dossier)
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let dossier = readable(&page, &number).await?;
    // Nothing to claim yet, or what was claimed has left: the page of the mission tells it.
    if dossier.next(Step::Claim).is_err() {
        return Ok(Redirect::see_other(dossier.path()).into_response());
    }
    let known = queries::claim(page.app.db.read(), dossier.mission.id).await.map_err(WebError::from)?;
    let usual = dossier.expert.employer.clone().unwrap_or_default();
    let (reason, employer, lines) = match known {
        Some((claim, lines)) => {
            (claim.reason.unwrap_or_default(), (claim.employer_name, claim.employer_siret), lines)
        }
        None => (String::new(), (None, None), Vec::new()),
    };
    let payee = if employer.0.is_some() { words::expenses::TO_EMPLOYER } else { words::expenses::TO_PERSON };
    let count = (lines.len() + 1).clamp(LINES, MOST_LINES);
    let mut values: Vec<_> = lines.iter().enumerate().flat_map(|(rank, line)| recorded(rank, line)).collect();
    let rest = [
        ("reason", reason),
        ("payee", payee.to_owned()),
        ("employer/name", employer.0.unwrap_or(usual)),
        ("employer/siret", employer.1.unwrap_or_default()),
    ];
    values.extend(rest.map(|(name, value)| (name.to_owned(), value)));
    answer(&page, &dossier, StatusCode::OK, FormState::filled(with_days(&dossier, values, count)), count)
        .await
}

/// What a recorded line shows in its fields.
fn recorded(rank: usize, line: &expense_line::Model) -> [(String, String); 6] {
    let fields = LineFields::of(rank);
    let paid =
        if line.kind == ExpenseKind::Mileage { String::new() } else { money::field(line.amount_cents) };
    [
        (fields.spent_on, iso(line.spent_on)),
        (fields.kind, line.kind.word()),
        (fields.quantity, line.quantity.to_string()),
        (fields.amount, paid),
        (fields.label, line.label.clone()),
        (fields.receipt, line.receipt_id.map(|id| id.to_string()).unwrap_or_default()),
    ]
}

/// The same, with the first day of the mission where no day is.
fn with_days(dossier: &Dossier, mut values: Vec<(String, String)>, count: usize) -> Vec<(String, String)> {
    let day = iso(wording::local_date(*dossier.mission.starts_at, &dossier.mission.zone));
    for rank in 0..count {
        let name = LineFields::of(rank).spent_on;
        if values.iter().all(|(known, _)| *known != name) {
            values.push((name, day.clone()));
        }
    }
    values
}

async fn answer(
    page: &Page,
    dossier: &Dossier,
    status: StatusCode,
    form: FormState,
    count: usize,
) -> Result<Response> {
    let conn = page.app.db.read();
    let rules = settings::mission_rules(conn).await.map_err(WebError::from)?;
    let known = queries::claim(conn, dossier.mission.id).await.map_err(WebError::from)?;
    let files = queries::documents(conn, page.actor(), dossier).await.map_err(WebError::from)?;
    let receipts: Vec<_> = files.iter().filter(|file| file.kind == documents::RECEIPT).collect();
    let summary = form.summary(words::NOT_DONE);
    let context = ExpensesPage {
        shell: page.shell(words::expenses::EXPENSES).with_errors(summary.is_some()),
        summary,
        number: dossier.mission.number.clone(),
        margin: margin(dossier, &rules),
        returned: known.and_then(|(claim, _)| claim.return_reason),
        kinds: ExpenseKind::all().map(|kind| Choice::new(kind.word(), labels::expense(kind))).collect(),
        lines: (0..count).map(LineFields::of).collect(),
        count,
        payees: words::expenses::payees(),
        receipts: receipts.iter().map(|file| (received(dossier, file), file.id.to_string())).collect(),
        proofs: receipts
            .iter()
            .map(|file| Choice::new(file.id.to_string(), file.file_name.clone()))
            .collect(),
        form: form.with_version(dossier.mission.version.into()),
    };
    page.answer_with(status, &context)
}

/// A receipt, by the name of its file: the lines name it so.
fn received(dossier: &Dossier, file: &entity::document::Model) -> DocumentRow {
    DocumentRow { title: file.file_name.clone(), ..document(dossier, file) }
}

fn margin(dossier: &Dossier, rules: &MissionRules) -> Vec<Fact> {
    let mission = &dossier.mission;
    let money = |cents: u32| french::money_cents(cents.into());
    let mut margin = vec![
        Fact::new(words::FACT_WHEN, wording::when(mission)),
        Fact::new(words::FACT_FEE, french::money_cents(mission.fee_cents)),
        Fact::new(words::expenses::FACT_SCALE, money(rules.mileage_cents_per_km)),
        Fact::new(words::expenses::FACT_NIGHT, money(rules.night_ceiling_cents)),
        Fact::new(words::expenses::FACT_MEAL, money(rules.meal_ceiling_cents)),
    ];
    if mission.expenses_ceiling_cents > 0 {
        margin.push(Fact::new(words::FACT_CEILING, french::money_cents(mission.expenses_ceiling_cents)));
    }
    margin
}

#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let dossier = claimable(&page, &number).await?;
    let asked = form.text(ASKED);
    let count = form.text(COUNT).parse().unwrap_or(LINES).clamp(1, MOST_LINES);
    let done = async {
        // Kept by itself, so that a fault elsewhere does not lose the file.
        keep_receipt(&page, &dossier, &form, asked == ADD_RECEIPT).await?;
        if let Some(key) = asked.strip_prefix(WITHDRAW) {
            let receipt = key.parse::<Uuid>().map_err(|_| MissionError::NotFound)?;
            let mut tx = page.app.begin(page.actor().clone()).await?;
            expenses::withdraw_receipt(&mut tx, dossier.mission.id, receipt.into()).await?;
            tx.commit().await?;
            return Ok(false);
        }
        if asked == ADD_RECEIPT || asked == ADD_LINES {
            return Ok(false);
        }
        let lines: Vec<_> = (0..count).map(|rank| typed(&form, rank)).collect();
        let employer = employer(&form);
        let (id, seen, reason) = (dossier.mission.id, form.version(), form.text("reason"));
        let mut tx = page.app.begin(page.actor().clone()).await?;
        expenses::claim(&mut tx, id, seen, &lines, reason, employer.as_ref()).await?;
        tx.commit().await?;
        Ok::<_, MissionError>(true)
    };
    let state = FormState::filled(form.fields());
    let (status, state, count) = match done.await {
        Ok(true) => return Ok(flash::redirect(&dossier.path(), &words::expenses::claimed())),
        Ok(false) => {
            let count = if asked == ADD_LINES { (count + MORE).min(MOST_LINES) } else { count };
            let values = form.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            (StatusCode::OK, FormState::filled(with_days(&dossier, values, count)), count)
        }
        Err(error) => {
            let status = match error.kind() {
                ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
                ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
                ErrorKind::Unavailable if matches!(error, MissionError::Content(_)) => {
                    StatusCode::SERVICE_UNAVAILABLE
                }
                _ => return Err(WebError::from(error).into()),
            };
            let mut errors = FieldErrors::of(&error);
            errors.rename("/lines", "");
            (status, state.with_errors(errors), count)
        }
    };
    // The mission may have changed meanwhile: the form carries its version of now.
    let fresh = Dossier::by_number(page.app.db.read(), page.actor(), &number).await;
    answer(&page, &fresh.map_err(WebError::from)?, status, state, count).await
}

/// The employer to whom it is to be paid, when the person says so.
fn employer(form: &FormData) -> Option<TypedEmployer> {
    let text = |name: &str| form.text(name).to_owned();
    (form.text("payee") == words::expenses::TO_EMPLOYER)
        .then(|| TypedEmployer { name: text("employer/name"), siret: text("employer/siret") })
}

fn typed(form: &FormData, rank: usize) -> TypedExpense {
    let fields = LineFields::of(rank);
    let text = |name: &str| form.text(name).to_owned();
    TypedExpense {
        spent_on: text(&fields.spent_on),
        kind: text(&fields.kind),
        quantity: text(&fields.quantity),
        amount: text(&fields.amount),
        label: text(&fields.label),
        receipt: text(&fields.receipt),
    }
}

/// Keeps the receipt of the form, when there is one or one must be.
async fn keep_receipt(
    page: &Page,
    dossier: &Dossier,
    form: &FormData,
    wanted: bool,
) -> Result<(), MissionError> {
    let Some(file) = form.file("file") else {
        let missing = || MissionError::fault("/file", "missing", labels::faults::FILE_WANTED);
        return if wanted { Err(missing()) } else { Ok(()) };
    };
    let new = stored(&page.app, page.actor(), &file.name, file.content.clone()).await?;
    let mut tx = page.app.begin(page.actor().clone()).await?;
    expenses::add_receipt(&mut tx, dossier.mission.id, new).await?;
    Ok(tx.commit().await?)
}
