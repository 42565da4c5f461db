//! The structure submits, or submits again after a return (rows 2 and 5).

use std::collections::HashMap;

use entity::agreement_request::RequestKind;
use entity::ids::AgreementRequestId;
use entity::request_piece::PieceState;
use entity::{agreement_request, missing_piece, request_piece, structure};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::authz::Permission;
use crate::db::{Tx, next_number};
use crate::error::Fault;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::documents::deposit::Deposit;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::DraftInput;
use crate::features::agreements::labels;
use crate::features::agreements::pieces::{self, PieceKind, Received};
use crate::features::agreements::queries::live::{refuse_kind, refuse_second};
use crate::features::agreements::queries::{current_pieces, form, situation};
use crate::features::agreements::state::{self, Step};
use crate::features::settings;
use crate::rules::deadline::add_days;
use crate::rules::fold::searchable;

/// Submits the request.
///
/// # Errors
/// [`AgreementError::LiveRequest`]; every fault of the form and every piece that lacks, at once; a wrong state; the
/// refusals of every act.
pub async fn submit(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestSubmit, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::Submit)?;
    if !state::is_live(dossier.request.state) {
        check_alone(tx, &dossier).await?;
    }
    let received = current_pieces(tx.conn(), id).await?;
    check(&dossier, &received, tx)?;
    let replaced = replaced_since_return(tx, &dossier, &received).await?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    let number = match &dossier.request.number {
        Some(number) => number.clone(),
        None => next_number(tx, "AGR", tx.now().year()).await?,
    };
    let search = searchable(&format!(
        "{number} {} {} {}",
        dossier.request.draft_number, dossier.structure.name, dossier.structure.siren
    ));
    let (now, first) = (tx.instant(), dossier.request.submitted_at.unwrap_or(tx.instant()));
    let count = dossier.request.submission_count + 1;
    let line = dossier
        .step(tx, Step::Submit, |row| {
            row.number = Set(Some(number));
            row.search = Set(search);
            row.submission_count = Set(count);
            row.submitted_at = Set(Some(first));
            row.touched_at = Set(now);
            row.return_due_at = Set(None);
        })
        .await?;
    missing_piece::Entity::update_many()
        .col_expr(missing_piece::Column::AnsweredAt, Expr::value(now))
        .filter(missing_piece::Column::RequestId.eq(id))
        .filter(missing_piece::Column::AnsweredAt.is_null())
        .exec(tx.conn())
        .await?;
    let answer_by = add_days(dossier.today(tx.now()), i32::from(delays.return_within_days));
    let listed = received.iter().filter_map(|piece| pieces::kind(&piece.code)).collect();
    let by = tx.actor().label();
    let deposit = Deposit::of(tx.conn(), &dossier, &received, &by, delays.return_within_days).await?;
    let what = What::Submitted { answer_by, pieces: listed, replaced, deposit: &deposit };
    record_step(tx, &grant, &dossier, line, what).await?;
    Ok(dossier.request)
}

/// Refuses a first submission while another request is examined, and that of a renewal once it is granted otherwise. The
/// row of the structure is locked until the commit, so
/// that of two submissions at once the second sees the first.
async fn check_alone(tx: &Tx, dossier: &Dossier) -> Result<(), AgreementError> {
    let id = dossier.request.structure_id;
    structure::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let certification = dossier.version.certification_id;
    refuse_second(tx.conn(), id, certification).await?;
    match dossier.request.kind {
        RequestKind::First => Ok(()),
        kind @ RequestKind::Renewal => {
            refuse_kind(tx.conn(), id, certification, kind, dossier.today(tx.now())).await
        }
    }
}

/// Every fault of the form and of the pieces.
fn check(dossier: &Dossier, received: &[request_piece::Model], tx: &Tx) -> Result<(), AgreementError> {
    let input: DraftInput = form(&dossier.request, &dossier.sites);
    let mut faults = input.submission_faults(&dossier.structure.department);
    let pieces: Vec<_> = received
        .iter()
        .map(|piece| Received { code: &piece.code, proof_on: piece.proof_on, valid_until: piece.valid_until })
        .collect();
    for (kind, lack) in pieces::lacks(situation(&dossier.request), &pieces, dossier.today(tx.now())) {
        faults.push(Fault::new(
            format!("/pieces/{}", kind.code),
            lack.code(),
            labels::pieces::lack(kind, lack),
        ));
    }
    if faults.is_empty() { Ok(()) } else { Err(AgreementError::Invalid(faults)) }
}

/// The pieces that arrived since the officer asked for them; after a return, each one asked must have a new version.
async fn replaced_since_return(
    tx: &Tx,
    dossier: &Dossier,
    received: &[request_piece::Model],
) -> Result<Vec<&'static PieceKind>, AgreementError> {
    let asked = missing_piece::Entity::find()
        .filter(missing_piece::Column::RequestId.eq(dossier.request.id))
        .filter(missing_piece::Column::AnsweredAt.is_null())
        .order_by_asc(missing_piece::Column::Code)
        .all(tx.conn())
        .await?;
    // A return rejects every version of the pieces that it asks for, so one that is not rejected came since.
    let latest: HashMap<_, _> = received.iter().map(|piece| (piece.code.as_str(), piece.state)).collect();
    let mut faults = Vec::new();
    let mut replaced = Vec::new();
    for piece in &asked {
        let Some(kind) = pieces::kind(&piece.code) else { continue };
        if latest.get(piece.code.as_str()).is_some_and(|state| *state != PieceState::Rejected) {
            replaced.push(kind);
        } else {
            let message = format!("{}\u{202f}: déposez la version demandée", kind.title);
            faults.push(Fault::new(format!("/pieces/{}", piece.code), "piece-not-replaced", message));
        }
    }
    if faults.is_empty() { Ok(replaced) } else { Err(AgreementError::Invalid(faults)) }
}
