//! The accounting entries of a period, as article A. 47 A-1 of the book of tax procedures lists them: CSV piece by piece, so that
//! a long year is never held whole. Each invoice and each payment is balanced.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use entity::ids::InvoiceId;
use entity::invoice::{self, InvoiceState};
use entity::invoice_line::{self, LineKind};
use entity::invoice_payment::{self, PaymentWay};
use futures_util::stream::{self, Stream};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Date;
use uuid::Uuid;

use super::labels::entries as words;
use super::{InvoiceError, labels};
use crate::app::App;
use crate::rules::deadline::day_in_zone;
use crate::rules::money::exact;
use crate::rules::territory::PARIS;
use crate::rules::training::settings::Accounts;

/// Pieces read at once.
const PIECES: u64 = 200;
/// The mark by which spreadsheets know UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// After which day and key the next pieces are; none at the start.
type After = Option<(Date, Uuid)>;

/// Where the export is.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Invoices(After),
    Payments(After),
    Done,
}

/// An export under way.
pub struct Export {
    app: Arc<App>,
    period: (Date, Date),
    accounts: Accounts,
    stage: Stage,
    begun: bool,
    number: u64,
}

/// One line of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    account: String,
    account_label: &'static str,
    /// Above zero: debit; below: credit.
    cents: i64,
    customer: bool,
}

/// What the lines of a piece share.
struct Piece<'a> {
    journal: (&'static str, &'static str),
    day: Date,
    invoice: &'a invoice::Model,
    label: String,
    valid_on: Date,
    /// The letter that ties a settled invoice to its payments, and since when.
    letter: Option<(String, Date)>,
}

impl Export {
    /// Begins. The right was asked before, and the event recorded.
    #[must_use]
    pub fn begin(app: Arc<App>, period: (Date, Date), accounts: Accounts) -> Self {
        let stage = Stage::Invoices(None);
        Self { app, period, accounts, stage, begun: false, number: 0 }
    }

    /// The CSV file as a stream, for the body of an answer.
    pub fn stream(self) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send + 'static {
        stream::try_unfold(self, |mut export| async move {
            let piece = export.piece().await.map_err(std::io::Error::other)?;
            Ok(piece.map(|piece| (piece, export)))
        })
    }

    /// The next lines of the file; none at the end.
    async fn piece(&mut self) -> Result<Option<Bytes>, InvoiceError> {
        let rows = match self.stage {
            Stage::Invoices(after) => self.sales(after).await?,
            Stage::Payments(after) => self.receipts(after).await?,
            Stage::Done => return Ok(None),
        };
        let first = !std::mem::replace(&mut self.begun, true);
        let mut out = Vec::new();
        if first {
            out.extend_from_slice(MARK);
        }
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(out);
        if first {
            writer.write_record(words::COLUMNS)?;
        }
        for row in rows {
            writer.write_record(row)?;
        }
        let out = writer.into_inner();
        let out = out.map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))?;
        Ok(Some(Bytes::from(out)))
    }

    /// The entries of the next invoices and credit notes, in the order of their dates.
    async fn sales(&mut self, after: After) -> Result<Vec<[String; 18]>, InvoiceError> {
        use invoice::Column;
        let app = Arc::clone(&self.app);
        let conn = app.db.read();
        let (from, until) = self.period;
        let mut select = invoice::Entity::find().filter(Column::IssuedOn.between(from, until));
        if let Some((day, key)) = after {
            let same = Condition::all().add(Column::IssuedOn.eq(day)).add(Column::Id.gt(key));
            select = select.filter(Condition::any().add(Column::IssuedOn.gt(day)).add(same));
        }
        let select = select.order_by_asc(Column::IssuedOn).order_by_asc(Column::Id).limit(PIECES);
        let rows = select.all(conn).await?;
        let last = rows.last().and_then(|row| Some((row.issued_on?, row.id.0)));
        self.stage = match last {
            Some(last) if is_full(rows.len()) => Stage::Invoices(Some(last)),
            _ => Stage::Payments(None),
        };
        let lines = lines_of(conn, &rows).await?;
        let settled = settled_on(conn, &rows).await?;
        let mut found = Vec::new();
        for invoice in &rows {
            let (Some(day), Some(number)) = (invoice.issued_on, &invoice.number) else { continue };
            let piece = Piece {
                journal: words::SALES,
                day,
                invoice,
                label: format!("{} {number} {}", labels::kind(invoice.kind), invoice.party_name),
                valid_on: day,
                letter: letter(invoice, &settled),
            };
            let own = lines.get(&invoice.id).map(Vec::as_slice).unwrap_or_default();
            self.push(&mut found, &piece, sale(invoice, own, &self.accounts));
        }
        Ok(found)
    }

    /// The entries of the next sums received or paid back.
    async fn receipts(&mut self, after: After) -> Result<Vec<[String; 18]>, InvoiceError> {
        use invoice_payment::Column;
        let app = Arc::clone(&self.app);
        let conn = app.db.read();
        let (from, until) = self.period;
        let mut select = invoice_payment::Entity::find()
            .filter(Column::ReceivedOn.between(from, until))
            .filter(Column::VoidedAt.is_null());
        if let Some((day, key)) = after {
            let same = Condition::all().add(Column::ReceivedOn.eq(day)).add(Column::Id.gt(key));
            select = select.filter(Condition::any().add(Column::ReceivedOn.gt(day)).add(same));
        }
        let select = select.order_by_asc(Column::ReceivedOn).order_by_asc(Column::Id).limit(PIECES);
        let rows = select.all(conn).await?;
        self.stage = match rows.last() {
            Some(row) if is_full(rows.len()) => Stage::Payments(Some((row.received_on, row.id.0))),
            _ => Stage::Done,
        };
        let invoices = invoice::Entity::find()
            .filter(invoice::Column::Id.is_in(rows.iter().map(|row| row.invoice_id)))
            .all(conn)
            .await?;
        let settled = settled_on(conn, &invoices).await?;
        let invoices: HashMap<InvoiceId, _> = invoices.into_iter().map(|row| (row.id, row)).collect();
        let mut found = Vec::new();
        for row in &rows {
            let Some(invoice) = invoices.get(&row.invoice_id) else { continue };
            let way = labels::way(row.way);
            let number = invoice.number.as_deref().unwrap_or_default();
            let piece = Piece {
                journal: if row.way == PaymentWay::Cash { words::CASH } else { words::BANK },
                day: row.received_on,
                invoice,
                label: format!("{way} {number} {}", row.reference).trim().to_owned(),
                valid_on: day_in_zone(*row.recorded_at, PARIS),
                letter: letter(invoice, &settled),
            };
            self.push(&mut found, &piece, receipt(row, &self.accounts));
        }
        Ok(found)
    }

    /// Adds a balanced piece, under the next number.
    fn push(&mut self, rows: &mut Vec<[String; 18]>, piece: &Piece<'_>, entries: Vec<Entry>) {
        self.number += 1;
        rows.extend(entries.iter().map(|entry| row(self.number, piece, entry)));
    }
}

/// Whether there may be more.
fn is_full(count: usize) -> bool {
    u64::try_from(count).is_ok_and(|count| count == PIECES)
}

async fn lines_of(
    conn: &impl ConnectionTrait,
    invoices: &[invoice::Model],
) -> Result<HashMap<InvoiceId, Vec<invoice_line::Model>>, InvoiceError> {
    let rows = invoice_line::Entity::find()
        .filter(invoice_line::Column::InvoiceId.is_in(invoices.iter().map(|row| row.id)))
        .all(conn)
        .await?;
    let mut found: HashMap<InvoiceId, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.invoice_id).or_default().push(row);
    }
    Ok(found)
}

/// The day of the last sum of each invoice.
async fn settled_on(
    conn: &impl ConnectionTrait,
    invoices: &[invoice::Model],
) -> Result<HashMap<InvoiceId, Date>, InvoiceError> {
    let rows = invoice_payment::Entity::find()
        .filter(invoice_payment::Column::InvoiceId.is_in(invoices.iter().map(|row| row.id)))
        .filter(invoice_payment::Column::VoidedAt.is_null())
        .all(conn)
        .await?;
    let mut found: HashMap<InvoiceId, Date> = HashMap::new();
    for row in rows {
        let last = found.entry(row.invoice_id).or_insert(row.received_on);
        *last = (*last).max(row.received_on);
    }
    Ok(found)
}

fn letter(invoice: &invoice::Model, settled: &HashMap<InvoiceId, Date>) -> Option<(String, Date)> {
    if invoice.state != InvoiceState::Paid {
        return None;
    }
    let day = settled.get(&invoice.id).copied().or(invoice.issued_on)?;
    Some((invoice.number.clone()?, day))
}

/// A sale: the customer owes the whole, each product and the tax give it.
fn sale(invoice: &invoice::Model, lines: &[invoice_line::Model], accounts: &Accounts) -> Vec<Entry> {
    let mut entries = vec![Entry {
        account: accounts.customers.clone(),
        account_label: words::CUSTOMERS,
        cents: invoice.total_cents,
        customer: true,
    }];
    for (kind, account, account_label) in [
        (LineKind::Training, &accounts.training, words::TRAINING),
        (LineKind::Forfeit, &accounts.forfeits, words::FORFEITS),
        (LineKind::Other, &accounts.other, words::OTHER),
    ] {
        let net: i64 = lines.iter().filter(|line| line.kind == kind).map(|line| line.net_cents).sum();
        entries.push(Entry { account: account.clone(), account_label, cents: -net, customer: false });
    }
    entries.push(Entry {
        account: accounts.vat.clone(),
        account_label: words::VAT,
        cents: -invoice.vat_cents,
        customer: false,
    });
    entries.retain(|entry| entry.cents != 0);
    entries
}

/// A sum received: the bank has it, the customer owes it no more; the other way for a sum paid back.
fn receipt(row: &invoice_payment::Model, accounts: &Accounts) -> Vec<Entry> {
    let (account, account_label) = if row.way == PaymentWay::Cash {
        (accounts.cash.clone(), words::CASH.1)
    } else {
        (accounts.bank.clone(), words::BANK.1)
    };
    vec![
        Entry { account, account_label, cents: row.amount_cents, customer: false },
        Entry {
            account: accounts.customers.clone(),
            account_label: words::CUSTOMERS,
            cents: -row.amount_cents,
            customer: true,
        },
    ]
}

/// `20260303`.
fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), u8::from(day.month()), day.day())
}

/// What a spreadsheet would take for a formula is text.
fn inert(text: &str) -> String {
    let text = text.replace(['\n', '\r', '\t'], " ");
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}

fn row(number: u64, piece: &Piece<'_>, entry: &Entry) -> [String; 18] {
    let invoice = piece.invoice;
    let side = |cents: i64| exact(cents.max(0));
    let auxiliary = || match &invoice.party_siret {
        siret if siret.is_empty() => invoice.buyer_id.map(|id| id.to_string()).unwrap_or_default(),
        siret => siret.clone(),
    };
    let letter = piece.letter.as_ref().filter(|_| entry.customer);
    [
        piece.journal.0.to_owned(),
        piece.journal.1.to_owned(),
        number.to_string(),
        compact(piece.day),
        entry.account.clone(),
        entry.account_label.to_owned(),
        if entry.customer { auxiliary() } else { String::new() },
        if entry.customer { inert(&invoice.party_name) } else { String::new() },
        invoice.number.clone().unwrap_or_default(),
        invoice.issued_on.map(compact).unwrap_or_default(),
        inert(&piece.label),
        side(entry.cents),
        side(-entry.cents),
        letter.map(|(letter, _)| letter.clone()).unwrap_or_default(),
        letter.map(|(_, day)| compact(*day)).unwrap_or_default(),
        compact(piece.valid_on),
        String::new(),
        String::new(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_compute_is_text() {
        for (text, expected) in [("=1+1", "'=1+1"), ("Les Ateliers", "Les Ateliers"), ("a\nb", "a b")] {
            assert_eq!(inert(text), expected);
        }
    }
}
