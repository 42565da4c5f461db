//! `/factures`: the invoices that the visitor may see.

use askama::Template;
use entity::invoice::{InvoiceKind, InvoiceParty, InvoiceState};
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;
use time::Date;

use super::super::labels;
use super::super::queries::{self, Filter, Line};
use super::super::record::{is_late, path};
use crate::authz::{Facts, Permission, may, may_somewhere};
use crate::db::{Cursor, PageRequest};
use crate::http::web::address::with_query;
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;

const ROWS: u64 = 25;

/// One invoice.
#[derive(Clone, Debug)]
pub struct InvoiceRow {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: String,
    /// Invoice or credit note.
    pub kind: &'static str,
    /// Who is invoiced.
    pub name: String,
    /// Number of the session.
    pub session: String,
    /// When it is due.
    pub due: String,
    /// The whole.
    pub total: String,
    /// Where it stands.
    pub status: Status,
}

impl InvoiceRow {
    /// The row of a line, on a day.
    #[must_use]
    pub fn of(line: &Line, today: Date) -> Self {
        let invoice = &line.invoice;
        Self {
            href: path(invoice),
            number: invoice.number.clone().unwrap_or_else(|| labels::DRAFT.to_owned()),
            kind: labels::kind(invoice.kind),
            name: invoice.party_name.clone(),
            session: line.session.clone(),
            due: invoice.due_on.map(french::date).unwrap_or_default(),
            total: french::money_cents(invoice.total_cents),
            status: labels::standing(invoice.kind, invoice.state, is_late(invoice, today)),
        }
    }
}

/// `/factures`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/invoices/list.html")]
pub struct InvoicesPage {
    /// The shell.
    pub shell: Shell,
    /// The filters.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Invoices, credit notes.
    pub kinds: Vec<Choice>,
    /// To whom.
    pub parties: Vec<Choice>,
    /// Whether something is filtered.
    pub filtered: bool,
    /// The invoices, latest first.
    pub rows: Vec<InvoiceRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may prepare some.
    pub may_prepare: bool,
    /// Whether the visitor may take the entries.
    pub may_export: bool,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    nature: String,
    pour: String,
    retard: String,
    suite: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let first = wanted.after.is_none();
    let today = page.app.today();
    let late = asked.retard == "oui";
    let filter = Filter {
        q: asked.q.trim().to_owned(),
        state: InvoiceState::from_word(&asked.etat),
        kind: InvoiceKind::from_word(&asked.nature),
        party: InvoiceParty::from_word(&asked.pour),
        session: None,
        late_on: late.then_some(today),
    };
    let found =
        queries::list(page.app.db.read(), page.actor(), &filter, &wanted).await.map_err(WebError::from)?;
    let state = filter.state.map(InvoiceState::word).unwrap_or_default();
    let kind = filter.kind.map(InvoiceKind::word).unwrap_or_default();
    let party = filter.party.map(InvoiceParty::word).unwrap_or_default();
    let retard = if late { "oui" } else { "" };
    let fields = [
        ("q", filter.q.as_str()),
        ("etat", state.as_str()),
        ("nature", kind.as_str()),
        ("pour", party.as_str()),
        ("retard", retard),
    ];
    let address = |after: &str| {
        let all: Vec<_> = fields.into_iter().chain([("suite", after)]).collect();
        with_query("/factures", &all)
    };
    let context = InvoicesPage {
        shell: page.shell(labels::INVOICES),
        form: FormState::filled(fields),
        states: InvoiceState::all().map(|one| Choice::new(one.word(), labels::state(one).word)).collect(),
        kinds: InvoiceKind::all().map(|one| Choice::new(one.word(), labels::kind(one))).collect(),
        parties: InvoiceParty::all().map(|one| Choice::new(one.word(), labels::party(one))).collect(),
        filtered: fields.iter().any(|(_, value)| !value.is_empty()),
        rows: found.items.iter().map(|line| InvoiceRow::of(line, today)).collect(),
        pages: Pagination {
            first: (!first).then(|| address("")),
            next: found.next.as_ref().map(|cursor| address(&cursor.encode())),
        },
        may_prepare: may_somewhere(page.actor(), Permission::InvoiceManage),
        may_export: may(page.actor(), Permission::InvoiceExport, &Facts::default()),
    };
    page.answer(&context)
}
