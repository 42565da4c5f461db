//! Prepares the drafts of a session: for the buyers and the funders that are asked for, or for all of them.

use entity::ids::{TrainingBuyerId, TrainingSessionId};
use entity::invoice::{self, InvoiceKind};
use entity::{invoice_line, training_session};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::enrolments::dossier::facts_of;
use crate::features::enrolments::seats::Seats;
use crate::features::invoices::events::{InvoiceEvent, What};
use crate::features::invoices::queries::plan::{Planned, Target, plan};
use crate::features::invoices::state::{Step, TABLE};
use crate::features::invoices::{InvoiceError, Record, wording};
use crate::features::settings;
use crate::rules::deadline::day_in_zone;
use crate::rules::fold::fold;
use crate::rules::territory::PARIS;
use crate::rules::training::billing::Totals;
use crate::rules::training::vat;

/// Prepares drafts; the keys are those of buyers and of fundings, none for everything that is owed. The seats of the session are
/// locked, so that nothing is invoiced twice.
///
/// # Errors
/// [`InvoiceError::Nothing`], [`InvoiceError::NotFound`], the refusal of the policy, what the database answers.
pub async fn prepare(
    tx: &mut Tx,
    id: TrainingSessionId,
    wanted: &[Uuid],
) -> Result<Vec<Record>, InvoiceError> {
    let session = training_session::Entity::find_by_id(id).one(tx.conn()).await?;
    let session = session.ok_or(InvoiceError::NotFound)?;
    let grant = tx.authorize(Permission::InvoiceManage, &facts_of(&session))?;
    let _seats = Seats::lock(tx, id).await?;
    let sheet = entity::programme_version::Entity::find_by_id(session.programme_version_id);
    let sheet = sheet.one(tx.conn()).await?.ok_or(InvoiceError::NotFound)?;
    let mut planned = plan(tx.conn(), &session).await?;
    planned.retain(|one| wanted.is_empty() || wanted.contains(&one.target.key()));
    if planned.is_empty() {
        return Err(InvoiceError::Nothing);
    }
    let mut records = Vec::new();
    for one in planned {
        records.push(draft(tx, &grant, &session, sheet.vat, one).await?);
    }
    Ok(records)
}

async fn draft(
    tx: &mut Tx,
    grant: &Grant,
    session: &training_session::Model,
    taxed: entity::programme_version::Vat,
    planned: Planned,
) -> Result<Record, InvoiceError> {
    let rules = settings::invoice_rules(tx.conn()).await?;
    let today = day_in_zone(tx.now(), PARIS);
    let rate = |kind| vat::tax(kind, taxed, today, rules.exempt_from()).basis_points;
    let totals = Totals::of(planned.lines.iter().map(|line| (line.cents, rate(line.kind))));
    let funding = if let Target::Funding(id) = planned.target { Some(id) } else { None };
    let buyer: TrainingBuyerId = planned.buyer;
    let line = TABLE.next(None, Step::Prepare)?;
    let row = invoice::Model {
        id: tx.new_id(),
        number: None,
        kind: InvoiceKind::Invoice,
        state: line.to,
        party: planned.party,
        session_id: Some(session.id),
        buyer_id: Some(buyer),
        funding_id: funding,
        structure_id: planned.structure,
        account_id: planned.account,
        credits_id: None,
        search: fold(&format!("{} {}", planned.name, session.number)),
        party_name: planned.name,
        party_siret: planned.siret,
        party_address: planned.address,
        party_reference: planned.reference,
        party_email: planned.email,
        subject: wording::subject(&session.title, session.starts_on.zip(session.ends_on), &session.number),
        seller: "{}".to_owned(),
        issued_on: None,
        due_on: None,
        mentions: String::new(),
        net_cents: totals.net(),
        vat_cents: totals.vat(),
        total_cents: totals.net() + totals.vat(),
        paid_cents: 0,
        reason: None,
        content_hash: None,
        document_id: None,
        reminders: 0,
        deadline_at: None,
        issued_by: None,
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        version: 1,
    };
    let insert = invoice::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let mut lines = Vec::new();
    for (position, one) in (1..).zip(planned.lines) {
        let basis_points = rate(one.kind);
        let line = invoice_line::Model {
            id: tx.new_id(),
            invoice_id: row.id,
            position,
            enrolment_id: Some(one.enrolment),
            kind: one.kind,
            label: one.label,
            bpf_origin: one.origin,
            minutes: one.minutes,
            quantity: 100,
            unit_cents: one.cents,
            vat_basis_points: basis_points,
            net_cents: vat::net(100, one.cents),
            vat_cents: vat::amount(one.cents, basis_points),
        };
        let insert = invoice_line::Entity::insert(line.clone().into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
        lines.push(line);
    }
    let record = Record { invoice: row, lines, payments: Vec::new(), session: Some(session.clone()) };
    tx.record(grant, &InvoiceEvent::of(&record, What::Stepped(line))).await?;
    Ok(record)
}
