//! What a session may be invoiced now, and to whom: what drafts are made from, and what is shown before. Nothing is written here.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::enrolment::{self, EnrolmentState};
use entity::funding::{self, FundingState};
use entity::ids::{AccountId, EnrolmentId, FundingId, InvoiceId, StructureId, TrainingBuyerId};
use entity::invoice::{self, InvoiceKind, InvoiceParty, InvoiceState};
use entity::invoice_line::{self, BpfOrigin, LineKind};
use entity::training_buyer::{self, BuyerKind};
use entity::training_session;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::super::{InvoiceError, labels, wording};
use crate::features::attendance::queries::hours;
use crate::features::settings;
use crate::rules::training::billing::{Due, Payer, Person, Share, due, is_billable, origin};

/// To whom a draft would be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// Who bought, for all their people.
    Buyer(TrainingBuyerId),
    /// A funder who pays the body itself, for one person.
    Funding(FundingId),
}

impl Target {
    /// Its key.
    #[must_use]
    pub const fn key(self) -> Uuid {
        match self {
            Self::Buyer(id) => id.0,
            Self::Funding(id) => id.0,
        }
    }
}

/// A line of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedLine {
    /// For whom.
    pub enrolment: EnrolmentId,
    /// As what.
    pub kind: LineKind,
    /// What is printed.
    pub label: String,
    /// Before tax, in cents.
    pub cents: i64,
    /// Minutes of training.
    pub minutes: Option<i32>,
    /// Line of the BPF.
    pub origin: BpfOrigin,
}

/// A draft to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// To whom.
    pub target: Target,
    /// What they are.
    pub party: InvoiceParty,
    /// Who bought.
    pub buyer: TrainingBuyerId,
    /// Whose structure sees it.
    pub structure: Option<StructureId>,
    /// Whose account sees it.
    pub account: Option<AccountId>,
    /// Name.
    pub name: String,
    /// SIRET.
    pub siret: String,
    /// Address.
    pub address: String,
    /// Number of the agreement of a funder.
    pub reference: String,
    /// Where it is sent.
    pub email: String,
    /// The lines.
    pub lines: Vec<PlannedLine>,
}

impl Planned {
    /// The whole, before tax, in cents.
    #[must_use]
    pub fn net(&self) -> i64 {
        self.lines.iter().map(|line| line.cents).sum()
    }
}

/// What was invoiced already: for whom, to which funder or to the buyer, as what.
type Done = HashSet<(EnrolmentId, Option<FundingId>, LineKind)>;

/// Everything that a session may be invoiced now, buyers first, in their order.
///
/// # Errors
/// What the database answers.
pub async fn plan(
    conn: &impl ConnectionTrait,
    session: &training_session::Model,
) -> Result<Vec<Planned>, InvoiceError> {
    let people = enrolment::Entity::find()
        .filter(enrolment::Column::SessionId.eq(session.id))
        .order_by_asc(enrolment::Column::Seq)
        .all(conn)
        .await?;
    let people: Vec<_> = people.into_iter().filter(|row| is_billable(row.state)).collect();
    let buyers: HashMap<TrainingBuyerId, training_buyer::Model> = training_buyer::Entity::find()
        .filter(training_buyer::Column::SessionId.eq(session.id))
        .all(conn)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let fundings = fundings_of(conn, &people).await?;
    let attended = hours::of(conn, &people).await?;
    let rules = settings::cancellation_rules(conn).await?;
    let done = invoiced(conn, &people).await?;
    let mut found: BTreeMap<Target, Planned> = BTreeMap::new();
    for row in &people {
        let (Some(buyer), Some(price)) = (buyers.get(&row.buyer_id), row.price_cents.or(session.price_cents))
        else {
            continue;
        };
        let own: Vec<&funding::Model> = fundings.get(&row.id).into_iter().flatten().collect();
        let hours = attended.get(&row.id).copied().unwrap_or_default();
        let person = Person {
            state: row.state,
            price_cents: price,
            fee_cents: row.fee_cents,
            planned: hours.planned,
            attended: hours.done,
            shares: own.iter().map(|row| share(row)).collect(),
        };
        for owed in due(&person, &rules) {
            let funder = match owed.payer {
                Payer::Own => None,
                Payer::Funder(place) => own.get(place).copied(),
            };
            if done.contains(&(row.id, funder.map(|one| one.id), owed.kind)) {
                continue;
            }
            let blank = funder.map_or_else(|| of_buyer(buyer, row), |funder| of_funder(funder, buyer));
            let planned = found.entry(blank.target).or_insert(blank);
            planned.lines.push(line_of(row, owed, planned.party, funder, session));
        }
    }
    Ok(found.into_values().collect())
}

fn share(row: &funding::Model) -> Share {
    Share { amount_cents: row.amount_cents, minutes: u32::try_from(row.agreed_minutes).unwrap_or_default() }
}

/// The fundings whose funder pays the body itself, once agreed, by enrolment.
async fn fundings_of(
    conn: &impl ConnectionTrait,
    people: &[enrolment::Model],
) -> Result<HashMap<EnrolmentId, Vec<funding::Model>>, InvoiceError> {
    use funding::Column;
    let rows = funding::Entity::find()
        .filter(Column::EnrolmentId.is_in(people.iter().map(|row| row.id)))
        .filter(Column::Subrogation.eq(true))
        .filter(Column::State.is_in([FundingState::Agreed, FundingState::Settled]))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let mut found: HashMap<EnrolmentId, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.enrolment_id).or_default().push(row);
    }
    Ok(found)
}

/// What is on an invoice that stands, draft or issued.
async fn invoiced(conn: &impl ConnectionTrait, people: &[enrolment::Model]) -> Result<Done, InvoiceError> {
    let lines = invoice_line::Entity::find()
        .filter(invoice_line::Column::EnrolmentId.is_in(people.iter().map(|row| row.id)))
        .all(conn)
        .await?;
    let standing: HashMap<InvoiceId, Option<FundingId>> = invoice::Entity::find()
        .filter(invoice::Column::Id.is_in(lines.iter().map(|line| line.invoice_id)))
        .filter(invoice::Column::Kind.eq(InvoiceKind::Invoice))
        .filter(invoice::Column::State.is_not_in([InvoiceState::Credited, InvoiceState::Discarded]))
        .all(conn)
        .await?
        .into_iter()
        .map(|row| (row.id, row.funding_id))
        .collect();
    let done = |line: &invoice_line::Model| {
        let funding = standing.get(&line.invoice_id)?;
        Some((line.enrolment_id?, *funding, line.kind))
    };
    Ok(lines.iter().filter_map(done).collect())
}

/// The name of somebody, as in a document.
fn name_of(row: &enrolment::Model) -> String {
    format!("{} {}", row.first_names.trim(), row.family_name.trim()).trim().to_owned()
}

fn one_line(address: &str) -> String {
    let parts: Vec<_> = address.lines().map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn of_buyer(buyer: &training_buyer::Model, row: &enrolment::Model) -> Planned {
    let person = buyer.kind == BuyerKind::Individual;
    let pick = |own: &str, other: &str| if own.trim().is_empty() { one_line(other) } else { one_line(own) };
    Planned {
        target: Target::Buyer(buyer.id),
        party: if person { InvoiceParty::Person } else { InvoiceParty::Company },
        buyer: buyer.id,
        structure: buyer.structure_id,
        account: row.account_id.filter(|_| person),
        name: if person { pick(&buyer.name, &name_of(row)) } else { buyer.name.trim().to_owned() },
        siret: if person { String::new() } else { buyer.siret.trim().to_owned() },
        address: if person { pick(&buyer.address, &row.postal_address) } else { one_line(&buyer.address) },
        reference: String::new(),
        email: if person { pick(&buyer.email, &row.email) } else { buyer.email.trim().to_owned() },
        lines: Vec::new(),
    }
}

fn of_funder(funder: &funding::Model, buyer: &training_buyer::Model) -> Planned {
    let name = funder.funder.trim();
    Planned {
        target: Target::Funding(funder.id),
        party: InvoiceParty::Funder,
        buyer: buyer.id,
        structure: None,
        account: None,
        name: if name.is_empty() { labels::FUNDER.to_owned() } else { name.to_owned() },
        siret: String::new(),
        address: String::new(),
        reference: funder.agreement_number.trim().to_owned(),
        email: String::new(),
        lines: Vec::new(),
    }
}

fn line_of(
    row: &enrolment::Model,
    owed: Due,
    party: InvoiceParty,
    funder: Option<&funding::Model>,
    session: &training_session::Model,
) -> PlannedLine {
    let minutes = owed.minutes.and_then(|minutes| i32::try_from(minutes).ok());
    // until half-days are planned nobody knows how long
    let minutes = minutes.filter(|minutes| *minutes > 0 || row.state == EnrolmentState::DroppedOut);
    PlannedLine {
        enrolment: row.id,
        kind: owed.kind,
        label: wording::line(owed.kind, &name_of(row), minutes),
        cents: owed.cents,
        minutes,
        origin: origin(owed.kind, party, funder.map(|one| one.scheme), session.delivery),
    }
}
