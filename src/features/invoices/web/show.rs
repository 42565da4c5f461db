//! `/factures/{reference}`: an invoice, its lines, what was paid, what may be done.

use askama::Template;
use entity::invoice::{InvoiceKind, InvoiceParty};
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::state::{Step, TABLE, is_issued};
use super::super::{InvoiceError, Record, actions, labels, queries, wording};
use super::found;
use crate::authz::{Permission, may};
use crate::features::settings;
use crate::http::web::component::{Fact, Link, Status};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, download, filters};
use crate::render::french;

/// A line.
#[derive(Clone, Debug)]
pub struct LineRow {
    /// As what.
    pub kind: &'static str,
    /// What is printed.
    pub label: String,
    /// The rate of the tax.
    pub rate: String,
    /// Before tax.
    pub net: String,
}

/// A sum.
#[derive(Clone, Debug)]
pub struct PaymentRow {
    /// The day.
    pub day: String,
    /// How.
    pub way: &'static str,
    /// What the bank says.
    pub reference: String,
    /// How much.
    pub amount: String,
    /// Why it was taken back; empty when it was not.
    pub voided: String,
    /// Where it is taken back; empty when it may not be.
    pub href: String,
}

/// `/factures/{reference}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/invoices/show.html")]
pub struct InvoiceShowPage {
    /// The shell.
    pub shell: Shell,
    /// Its number.
    pub reference: String,
    /// The training and its dates.
    pub subject: String,
    /// Where it stands.
    pub status: Status,
    /// What there is to know.
    pub facts: Vec<Fact>,
    /// The lines.
    pub lines: Vec<LineRow>,
    /// Tax and whole.
    pub totals: Vec<Fact>,
    /// What it must say.
    pub mentions: Vec<String>,
    /// The sums.
    pub payments: Vec<PaymentRow>,
    /// Where its file is; empty until it is ready.
    pub file: String,
    /// Whether it has its number.
    pub issued: bool,
    /// What it lacks before it may be issued.
    pub lacking: Vec<&'static str>,
    /// The main thing to do.
    pub main: Option<Link>,
    /// The others.
    pub others: Vec<Link>,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(reference): Path<String>) -> Result<Response> {
    let context = build(&page, &reference).await.map_err(WebError::from)?;
    page.answer(&context)
}

async fn build(page: &Page, reference: &str) -> std::result::Result<InvoiceShowPage, InvoiceError> {
    let conn = page.app.db.read();
    let record = found(page, reference).await?;
    let invoice = &record.invoice;
    let other = queries::other_side(conn, &record).await?;
    let rules = settings::invoice_rules(conn).await?;
    let manages = may(page.actor(), Permission::InvoiceManage, &record.facts());
    let draft = TABLE.can(invoice.state, Step::Discard);
    let lacking = if draft { actions::lacking(&record, &page.app.config, &rules) } else { Vec::new() };
    let path = record.path();
    let (main, others) = acts(page, &record, manages);
    let late = record.is_late(page.app.today());
    Ok(InvoiceShowPage {
        shell: page.shell(labels::kind(invoice.kind)),
        reference: record.reference(),
        subject: invoice.subject.clone(),
        status: labels::standing(invoice.kind, invoice.state, late),
        facts: facts(&record, other.as_ref(), page.actor().is_staff()),
        lines: record
            .lines
            .iter()
            .map(|line| LineRow {
                kind: labels::line_kind(line.kind),
                label: line.label.clone(),
                rate: wording::rate(line.vat_basis_points),
                net: french::money_cents(line.net_cents),
            })
            .collect(),
        totals: totals(&record),
        mentions: invoice.mentions.lines().map(str::to_owned).collect(),
        payments: payments(&record, manages),
        file: invoice.document_id.map(|_| format!("{path}/fichier")).unwrap_or_default(),
        issued: is_issued(invoice.state),
        lacking,
        main,
        others,
    })
}

/// What may be done: the main thing, then the others.
fn acts(page: &Page, record: &Record, manages: bool) -> (Option<Link>, Vec<Link>) {
    let (state, path) = (record.invoice.state, record.path());
    let at = |label: &str, verb: &str| Link::new(label, format!("{path}/{verb}"));
    let note = record.invoice.kind == InvoiceKind::CreditNote;
    let mut found = Vec::new();
    if manages && TABLE.can(state, Step::Discard) {
        found.push(at(labels::ISSUE, "emettre"));
        found.push(at(labels::EDIT, "destinataire"));
        found.push(at(labels::DISCARD, "abandonner"));
    }
    if manages && TABLE.can(state, Step::PayPart) {
        found.push(at(if note { labels::PAY_BACK } else { labels::PAY }, "paiement"));
    }
    let credits = may(page.actor(), Permission::InvoiceCredit, &record.facts());
    if credits && !note && TABLE.can(state, Step::Credit) {
        found.push(at(labels::CREDIT, "avoir"));
    }
    if found.is_empty() || !(TABLE.can(state, Step::Discard) || TABLE.can(state, Step::PayPart)) {
        return (None, found);
    }
    let main = found.remove(0);
    (Some(main), found)
}

/// What there is to know, in a list.
pub(super) fn facts(record: &Record, other: Option<&entity::invoice::Model>, staff: bool) -> Vec<Fact> {
    use labels::facts as words;
    let invoice = &record.invoice;
    let mut facts =
        vec![Fact::new(words::PARTY, &invoice.party_name).with_note(labels::party(invoice.party))];
    if invoice.party != InvoiceParty::Person && !invoice.party_siret.is_empty() {
        facts.push(Fact::new(words::SIRET, &invoice.party_siret).mono());
    }
    if !invoice.party_reference.is_empty() {
        facts.push(Fact::new(words::REFERENCE, &invoice.party_reference));
    }
    if let Some(session) = record.session.as_ref().filter(|_| staff) {
        let fact = Fact::new(words::SESSION, &session.number);
        facts.push(fact.to(format!("/sessions/{}", session.number)));
    }
    if let Some(day) = invoice.issued_on {
        facts.push(Fact::new(words::ISSUED, french::date(day)));
    }
    if let Some(day) = invoice.due_on.filter(|_| invoice.kind == InvoiceKind::Invoice) {
        facts.push(Fact::new(words::DUE, french::date(day)));
    }
    if let Some((row, number)) = other.and_then(|row| Some((row, row.number.clone()?))) {
        let note = invoice.kind == InvoiceKind::CreditNote;
        let term = if note { words::CREDITS } else { words::CREDITED_BY };
        facts.push(Fact::new(term, number).to(super::super::record::path(row)));
    }
    if let Some(reason) = &invoice.reason {
        facts.push(Fact::new(words::REASON, reason));
    }
    facts
}

/// The whole, what was paid, what is left.
pub(super) fn totals(record: &Record) -> Vec<Fact> {
    use labels::facts as words;
    let invoice = &record.invoice;
    let money = french::money_cents;
    let mut facts = vec![Fact::new(words::TOTAL, money(invoice.total_cents))];
    if is_issued(invoice.state) && invoice.kind == InvoiceKind::Invoice {
        facts.push(Fact::new(words::PAID, money(invoice.paid_cents)));
    }
    if record.is_open() {
        let note = invoice.kind == InvoiceKind::CreditNote;
        let term = if note { words::TO_PAY_BACK } else { words::OWED };
        facts.push(Fact::new(term, money(record.owed().abs())));
    }
    facts
}

fn payments(record: &Record, manages: bool) -> Vec<PaymentRow> {
    let state = record.invoice.state;
    let may_void = manages && (TABLE.can(state, Step::ReturnPart) || TABLE.can(state, Step::ReturnAll));
    let path = record.path();
    let row = |row: &entity::invoice_payment::Model| {
        let open = may_void && row.voided_at.is_none();
        PaymentRow {
            day: french::date(row.received_on),
            way: labels::way(row.way),
            reference: row.reference.clone(),
            amount: french::money_cents(row.amount_cents),
            voided: row.void_reason.clone().unwrap_or_default(),
            href: if open { format!("{path}/paiements/{}/retirer", row.id) } else { String::new() },
        }
    };
    record.payments.iter().map(row).collect()
}

/// The file.
#[handler]
pub(super) async fn read_file(page: Page, Path(reference): Path<String>) -> Result<Response> {
    let done = async {
        let record = found(&page, &reference).await?;
        let file = queries::document(page.app.db.read(), &record).await?;
        let content = page.app.storage.get(&file.sha256).await?;
        actions::download(&page.app, page.actor(), &record, &file).await?;
        Ok::<_, InvoiceError>((file, content))
    };
    let (file, content) = done.await.map_err(WebError::from)?;
    Ok(download::attachment(&file.media_type, &file.download_name(), content))
}
