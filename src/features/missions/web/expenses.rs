//! `/missions/{number}/frais`: fee, expenses and receipts; `/missions/a-payer`: what is to be paid, and its file.

use askama::Template;
use entity::expense_line::ExpenseKind;
use poem::http::{StatusCode, header};
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::actions::expenses;
use super::super::dossier::Dossier;
use super::super::expenses_api::stored;
use super::super::input::TypedExpense;
use super::super::state::Step;
use super::super::{MissionError, documents, labels, queries, wording};
use super::labels as words;
use super::show::{DocumentRow, document};
use crate::authz::{Facts, Permission, allows};
use crate::error::{DomainError, ErrorKind};
use crate::features::settings;
use crate::http::web::component::{Choice, Fact};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::storage::content::MAX_UPLOAD;

/// Lines shown at first; as many come back as were sent.
const LINES: usize = 5;

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
    /// Names of the fields of each line: kind, quantity, amount, label.
    pub lines: Vec<[String; 4]>,
    /// Receipts already there.
    pub receipts: Vec<DocumentRow>,
    /// Largest file.
    pub max_bytes: u64,
    /// The form of a receipt.
    pub receipt: FormState,
    /// The form.
    pub form: FormState,
}

async fn claimable(page: &Page, number: &str) -> Result<Dossier> {
    let dossier = Dossier::by_number(page.app.db.read(), page.actor(), number).await;
    let dossier = dossier.map_err(WebError::from)?;
    let _allowed =
        allows(page.actor(), Permission::MissionClaim, &dossier.facts()).map_err(WebError::from)?;
    dossier.next(Step::Claim).map_err(WebError::from)?;
    Ok(dossier)
}

#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let dossier = claimable(&page, &number).await?;
    let known = queries::claim(page.app.db.read(), dossier.mission.id).await.map_err(WebError::from)?;
    let lines = known.map(|(_, lines)| lines).unwrap_or_default();
    let values = lines.iter().enumerate().flat_map(|(rank, line)| {
        let field = |name: &str| format!("lines/{rank}/{name}");
        let amount = if line.kind == ExpenseKind::Mileage { 0 } else { line.amount_cents };
        [
            (field("kind"), line.kind.word()),
            (field("quantity"), line.quantity.to_string()),
            (field("amount"), crate::rules::money::field(amount)),
            (field("label"), line.label.clone()),
        ]
    });
    answer(&page, &dossier, StatusCode::OK, FormState::filled(values), FormState::default()).await
}

async fn answer(
    page: &Page,
    dossier: &Dossier,
    status: StatusCode,
    form: FormState,
    receipt: FormState,
) -> Result<Response> {
    let conn = page.app.db.read();
    let rules = settings::mission_rules(conn).await.map_err(WebError::from)?;
    let known = queries::claim(conn, dossier.mission.id).await.map_err(WebError::from)?;
    let files = queries::documents(conn, dossier.mission.id).await.map_err(WebError::from)?;
    let summary = form.summary(words::NOT_DONE).or_else(|| receipt.summary(words::NOT_DONE));
    let money = |cents: u32| french::money_cents(cents.into());
    let mission = &dossier.mission;
    let mut margin = vec![
        Fact::new(words::FACT_WHEN, wording::when(mission)),
        Fact::new(words::FACT_FEE, french::money_cents(mission.fee_cents)),
        Fact::new(words::FACT_SCALE, money(rules.mileage_cents_per_km)),
        Fact::new(words::FACT_NIGHT, money(rules.night_ceiling_cents)),
        Fact::new(words::FACT_MEAL, money(rules.meal_ceiling_cents)),
    ];
    if mission.expenses_ceiling_cents > 0 {
        margin.push(Fact::new(words::FACT_CEILING, french::money_cents(mission.expenses_ceiling_cents)));
    }
    let names = ["kind", "quantity", "amount", "label"];
    let line = |rank: usize| names.map(|name| format!("lines/{rank}/{name}"));
    let context = ExpensesPage {
        shell: page.shell(words::EXPENSES).with_errors(summary.is_some()),
        summary,
        number: mission.number.clone(),
        margin,
        returned: known.and_then(|(claim, _)| claim.return_reason),
        kinds: ExpenseKind::all().map(|kind| Choice::new(kind.word(), labels::expense(kind))).collect(),
        lines: (0..LINES).map(line).collect(),
        receipts: files
            .iter()
            .filter(|file| file.kind == documents::RECEIPT)
            .map(|file| document(dossier, file))
            .collect(),
        max_bytes: u64::try_from(MAX_UPLOAD).unwrap_or(u64::MAX),
        receipt: receipt.with_prefix("justificatif"),
        form: form.with_version(mission.version.into()),
    };
    page.answer_with(status, &context)
}

fn typed(form: &FormData) -> Vec<TypedExpense> {
    let line = |rank: usize| {
        let text = |name: &str| form.text(&format!("lines/{rank}/{name}")).to_owned();
        TypedExpense {
            kind: text("kind"),
            quantity: text("quantity"),
            amount: text("amount"),
            label: text("label"),
        }
    };
    (0..LINES).map(line).collect()
}

#[handler]
pub(super) async fn send(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let dossier = claimable(&page, &number).await?;
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let lines = typed(&form);
        expenses::claim(&mut tx, dossier.mission.id, form.version(), &lines, form.text("reason")).await?;
        Ok::<_, MissionError>(tx.commit().await?)
    };
    match done.await {
        Ok(()) => Ok(flash::redirect(&dossier.path(), &words::claimed())),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::Stale) => {
            let mut errors = FieldErrors::of(&error);
            errors.rename("/receipt", "");
            let state = FormState::filled(form.fields()).with_errors(errors);
            answer(&page, &dossier, StatusCode::UNPROCESSABLE_ENTITY, state, FormState::default()).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// Keeps a receipt.
#[handler]
pub(super) async fn receipt(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let dossier = claimable(&page, &number).await?;
    let done = async {
        let file = form.file("file");
        let file = file.ok_or_else(|| MissionError::fault("/file", "missing", words::FILE_WANTED))?;
        let name = file.name.rsplit(['/', '\\']).next().unwrap_or(&file.name);
        let name: String = name.chars().filter(|c| !c.is_control()).take(150).collect();
        let new = stored(&page.app, name, file.content.clone()).await?;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        expenses::add_receipt(&mut tx, dossier.mission.id, new).await?;
        Ok::<_, MissionError>(tx.commit().await?)
    };
    let place = format!("{}/frais", dossier.path());
    match done.await {
        Ok(()) => Ok(flash::redirect(&place, &words::done(words::RECEIPT_KEPT))),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let state = FormState::default().with_errors(FieldErrors::of(&error));
            answer(&page, &dossier, StatusCode::UNPROCESSABLE_ENTITY, FormState::default(), state).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// One line of the list of what is to be paid.
#[derive(Clone, Debug)]
pub struct PayableRow {
    /// Page of the mission.
    pub href: String,
    /// Number.
    pub number: String,
    /// Title.
    pub title: String,
    /// Person.
    pub person: String,
    /// Fee.
    pub fee: String,
    /// Expenses.
    pub expenses: String,
    /// Total.
    pub total: String,
}

/// `/missions/a-payer`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/missions/payable.html")]
pub struct PayablePage {
    /// The shell.
    pub shell: Shell,
    /// What is to be paid.
    pub rows: Vec<PayableRow>,
    /// The sum.
    pub total: String,
}

#[handler]
pub(super) async fn payable(page: Page) -> Result<Response> {
    let _allowed =
        allows(page.actor(), Permission::MissionSettle, &Facts::default()).map_err(WebError::from)?;
    let found = queries::payable(page.app.db.read(), page.actor()).await.map_err(WebError::from)?;
    let row = |one: &queries::Payable| PayableRow {
        href: format!("/missions/{}", one.mission.number),
        number: one.mission.number.clone(),
        title: one.mission.title.clone(),
        person: one.expert_name.clone(),
        fee: french::money_cents(one.claim.fee_cents),
        expenses: french::money_cents(one.claim.expenses_cents),
        total: french::money_cents(one.claim.fee_cents + one.claim.expenses_cents),
    };
    page.answer(&PayablePage {
        shell: page.shell(words::PAYABLE),
        rows: found.iter().map(row).collect(),
        total: french::money_cents(
            found.iter().map(|one| one.claim.fee_cents + one.claim.expenses_cents).sum(),
        ),
    })
}

/// The file. Taking it is written in the journal.
#[handler]
pub(super) async fn export(page: Page) -> Result<Response> {
    let done = async {
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let file = expenses::export_payable(&mut tx).await?;
        tx.commit().await?;
        Ok::<_, MissionError>(file)
    };
    let file = done.await.map_err(WebError::from)?;
    Ok(Response::builder()
        .header(header::CONTENT_TYPE, "text/csv; charset=utf-8")
        .header(header::CONTENT_DISPOSITION, "attachment; filename=\"missions-a-payer.csv\"")
        .header(header::CACHE_CONTROL, "no-store")
        .body(file))
}
