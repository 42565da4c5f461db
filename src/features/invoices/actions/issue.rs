//! Issues a draft: it takes the next number of the year in this transaction, and is frozen. A mention that lacks refuses it, with
//! all the others.

use entity::ids::InvoiceId;
use entity::invoice::{self, InvoiceKind, InvoiceParty};
use entity::invoice_line::{self, LineKind};
use entity::programme_version;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use time::Date;

use crate::authz::Permission;
use crate::config::Config;
use crate::db::{self, Tx};
use crate::events::canonical_text;
use crate::features::agreements::documents::facts::email;
use crate::features::invoices::events::{InvoiceEvent, What};
use crate::features::invoices::record::Seller;
use crate::features::invoices::state::{Step, issuing};
use crate::features::invoices::{InvoiceError, Record, documents, labels, wording};
use crate::features::settings;
use crate::rules::deadline::{add_days, day_in_zone, end_of_day};
use crate::rules::fold::fold;
use crate::rules::siret::Siret;
use crate::rules::territory::PARIS;
use crate::rules::training::billing::Totals;
use crate::rules::training::invoice_number::{may_bear, series};
use crate::rules::training::settings::InvoiceRules;
use crate::rules::training::vat;

/// Issues a draft.
///
/// # Errors
/// [`InvoiceError::Lacking`], [`InvoiceError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn issue(tx: &mut Tx, id: InvoiceId, seen: Option<i32>) -> Result<Record, InvoiceError> {
    let mut record = Record::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InvoiceManage, &record.facts())?;
    record.check_version(seen)?;
    let line = record.next(Step::Issue)?;
    let rules = settings::invoice_rules(tx.conn()).await?;
    let lacking = lacking(&record, &tx.app().config, &rules);
    if !lacking.is_empty() {
        return Err(InvoiceError::Lacking(lacking));
    }
    let today = day_in_zone(tx.now(), PARIS);
    tax(tx, &mut record, today, &rules).await?;
    let mentions = mentions(&record, &rules);
    freeze(tx, &mut record, today, &rules, &mentions).await?;
    record.save(tx, |invoice| invoice.state = line.to).await?;
    let job = documents::order(&record.invoice);
    tx.record(&grant, &InvoiceEvent::of(&record, What::Stepped(line)).doing(vec![job])).await?;
    Ok(record)
}

/// What a draft lacks before it may be issued, in the order of the page.
#[must_use]
pub fn lacking(record: &Record, config: &Config, rules: &InvoiceRules) -> Vec<&'static str> {
    use labels::lacking as words;
    let invoice = &record.invoice;
    let told = |text: &str| !text.trim().is_empty();
    let person = invoice.party == InvoiceParty::Person;
    let checks = [
        (Siret::parse(&config.organisation_siret).is_ok(), words::SELLER_SIRET),
        (told(&config.organisation_address), words::SELLER_ADDRESS),
        (rules.nda_mention().is_some(), words::NDA),
        (person || told(&invoice.party_siret), words::PARTY_SIRET),
        (told(&invoice.party_address), words::PARTY_ADDRESS),
        (invoice.party != InvoiceParty::Funder || told(&invoice.party_reference), words::AGREEMENT),
        (!record.lines.is_empty(), words::LINES),
    ];
    checks.into_iter().filter(|(there, _)| !there).map(|(_, word)| word).collect()
}

/// The tax is that of the day on which it is issued: the exemption is not retroactive.
async fn tax(tx: &Tx, record: &mut Record, today: Date, rules: &InvoiceRules) -> Result<(), InvoiceError> {
    let Some(session) = &record.session else { return Err(InvoiceError::NotFound) };
    let sheet = programme_version::Entity::find_by_id(session.programme_version_id).one(tx.conn()).await?;
    let taxed = sheet.ok_or(InvoiceError::NotFound)?.vat;
    for line in &mut record.lines {
        let basis_points = vat::tax(line.kind, taxed, today, rules.exempt_from()).basis_points;
        line.vat_basis_points = basis_points;
        line.vat_cents = vat::amount(line.net_cents, basis_points);
        let row = line.clone().into_active_model().reset_all();
        invoice_line::Entity::update(row).exec(tx.conn()).await?;
    }
    let totals = Totals::of(record.lines.iter().map(|line| (line.net_cents, line.vat_basis_points)));
    record.invoice.net_cents = totals.net();
    record.invoice.vat_cents = totals.vat();
    record.invoice.total_cents = totals.net() + totals.vat();
    Ok(())
}

fn mentions(record: &Record, rules: &InvoiceRules) -> Vec<String> {
    let said = wording::Said {
        exempt: record.lines.iter().any(|line| line.vat_basis_points == 0),
        forfeit: record.lines.iter().any(|line| line.kind == LineKind::Forfeit),
        eu_funded: record.session.as_ref().is_some_and(|session| session.eu_funded),
    };
    wording::mentions(record.invoice.party, said, rules)
}

/// Gives an invoice or a credit note its number, its date, who sells and its mentions, then its fingerprint. The row is
/// written by whoever moves its state, in the same transaction.
pub(super) async fn freeze(
    tx: &Tx,
    record: &mut Record,
    today: Date,
    rules: &InvoiceRules,
    mentions: &[String],
) -> Result<(), InvoiceError> {
    let kind = record.invoice.kind;
    // the series is locked from here on: the last date is really the last
    let number = db::next_number(tx, series(kind), today.year()).await?;
    let last = last_issued_on(tx, kind, today.year()).await?;
    if !may_bear(today, last, today) {
        return Err(InvoiceError::Chronology);
    }
    let config = &tx.app().config;
    let seller = Seller {
        name: config.organisation.trim().to_owned(),
        legal_form: config.organisation_legal_form.trim().to_owned(),
        siret: Siret::parse(&config.organisation_siret).map(|siret| siret.to_string()).unwrap_or_default(),
        address: config.organisation_address.trim().to_owned(),
        nda: rules.nda_mention().unwrap_or_default(),
        email: email(config),
    };
    let due = if kind == InvoiceKind::Invoice { i32::from(rules.due_days) } else { 0 };
    let due_on = add_days(today, due);
    let alarm = end_of_day(due_on, PARIS).map_err(|_| db::Error::Inconsistent {
        table: "invoice",
        id: record.invoice.id.to_string(),
        what: "is due on no day",
    })?;
    let account = tx.actor().account_id();
    let invoice = &mut record.invoice;
    invoice.search = fold(&format!("{number} {}", invoice.search));
    invoice.number = Some(number);
    invoice.issued_on = Some(today);
    invoice.due_on = Some(due_on);
    invoice.deadline_at = Some(alarm.into()).filter(|_| kind == InvoiceKind::Invoice);
    invoice.issued_by = account;
    invoice.seller = canonical_text(&seller)?;
    invoice.mentions = mentions.join("\n");
    record.invoice.content_hash = Some(record.fingerprint()?);
    Ok(())
}

async fn last_issued_on(tx: &Tx, kind: InvoiceKind, year: i32) -> Result<Option<Date>, InvoiceError> {
    use invoice::Column;
    let row = invoice::Entity::find()
        .filter(Column::Kind.eq(kind))
        .filter(Column::Number.starts_with(format!("{}-{year}-", series(kind))))
        .order_by_desc(Column::IssuedOn)
        .one(tx.conn())
        .await?;
    Ok(row.and_then(|row| row.issued_on))
}

/// The step of a credit note: what was paid is to be paid back.
pub(super) const fn step_of_credit(total_cents: i64, settled_cents: i64) -> Step {
    issuing(total_cents, settled_cents)
}
