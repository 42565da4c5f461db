//! Corrects the last day of a piece, or takes back one that was recorded by mistake. Its right follows, and those of the
//! pieces of the same nature that it had cut short or kept from counting. Nothing is erased.

use entity::dated_right::{self, RightKind, RightState, SourceKind};
use entity::expert;
use entity::expert_piece::{self, Column, Entity, PieceCode};
use entity::ids::{ExpertId, ExpertPieceId};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use time::Date;

use super::super::ExpertError;
use super::super::events::ExpertEvent;
use super::add_piece::right_of;
use super::{Opened, open};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::error::{Fault, Faults};
use crate::features::rights::actions::{self as rights_of, NewRight};
use crate::features::rights::{self, Holder, Source};
use crate::rules::deadline::add_days;
use crate::rules::line;
use crate::rules::period::Period;
use crate::rules::right::Span;

/// Another last day, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PieceCorrection {
    /// Its last day; empty when it has none.
    pub valid_until: String,
    /// Why.
    pub reason: String,
}

/// Gives a piece another last day.
///
/// # Errors
/// Every fault, a day that the piece has already, a piece of somebody else or taken back, the refusal of the policy,
/// what the database answers.
pub async fn correct_piece(
    tx: &mut Tx,
    id: ExpertId,
    piece: ExpertPieceId,
    typed: &PieceCorrection,
) -> Result<expert_piece::Model, ExpertError> {
    let (opened, mut row) = standing(tx, id, piece).await?;
    let mut faults = Faults::default();
    let until = faults.optional_date("/valid_until", &typed.valid_until);
    let reason = reason(&typed.reason, "Dites pourquoi l’échéance est corrigée", &mut faults);
    let (until, reason) = faults.or(until.zip(reason))?;
    if let Some(until) = until
        && let Err(error) = Period::new(row.proof_on, until)
    {
        return Err(vec![Fault::new("/valid_until", "dates-reversed", error.to_string())].into());
    }
    let before = row.valid_until;
    if before == until {
        let detail = "Cette pièce a déjà cette échéance.";
        return Err(ExpertError::blocked("expert-piece-same-end", detail, Vec::new()));
    }
    row.valid_until = until;
    save(tx, &opened, &row).await?;
    let event = ExpertEvent::PieceCorrected { expert: opened.expert, piece: row.clone(), before, reason };
    tx.record(&opened.grant, &event).await?;
    Ok(row)
}

/// Takes a piece back: it never counted, and the days of its right are free again.
///
/// # Errors
/// The fault, a piece of somebody else or taken back already, the refusal of the policy, what the database answers.
pub async fn void_piece(
    tx: &mut Tx,
    id: ExpertId,
    piece: ExpertPieceId,
    typed: &str,
) -> Result<expert_piece::Model, ExpertError> {
    let (opened, mut row) = standing(tx, id, piece).await?;
    let mut faults = Faults::default();
    let reason = reason(typed, "Dites pourquoi la pièce est annulée", &mut faults);
    let reason = faults.or(reason)?;
    row.voided_at = Some(tx.instant());
    row.void_reason = Some(reason.clone());
    save(tx, &opened, &row).await?;
    let event = ExpertEvent::PieceVoided { expert: opened.expert, piece: row.clone(), reason };
    tx.record(&opened.grant, &event).await?;
    Ok(row)
}

fn reason(typed: &str, wanted: &'static str, faults: &mut Faults) -> Option<String> {
    faults.read("/reason", line::wanted(typed, 200, wanted), |error| error.code())
}

/// A piece of this person that was not taken back, and the right to change it.
async fn standing(
    tx: &mut Tx,
    id: ExpertId,
    piece: ExpertPieceId,
) -> Result<(Opened, expert_piece::Model), ExpertError> {
    let opened = open(tx, id, None, Permission::ExpertPieceAdd).await?;
    let found = Entity::find_by_id(piece)
        .filter(Column::ExpertId.eq(id))
        .filter(Column::VoidedAt.is_null())
        .one(tx.conn())
        .await?;
    Ok((opened, found.ok_or(ExpertError::NotFound)?))
}

async fn save(tx: &Tx, opened: &Opened, row: &expert_piece::Model) -> Result<(), ExpertError> {
    Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    reweigh(tx, &opened.grant, &opened.expert, row.code).await
}

/// Makes the rights of the pieces of one nature what they would be, had these pieces only been recorded.
async fn reweigh(tx: &Tx, grant: &Grant, expert: &expert::Model, code: PieceCode) -> Result<(), ExpertError> {
    let wanted = timeline(&spans(tx, expert.id, code).await?);
    let (kind, scope) = right_of(code);
    let known = held(tx, expert.id, kind, &scope).await?;
    let wanted_of = |row: &dated_right::Model| wanted.iter().find(|one| one.piece.0 == row.source_id);
    // Days are freed before others take them.
    for row in &known {
        match wanted_of(row) {
            None => drop(rights_of::void(tx, grant, row.id).await?),
            Some(one) if row.ends_on.is_none_or(|end| end > one.until) => {
                drop(rights_of::shorten(tx, grant, row.id, one.until).await?);
            }
            Some(_) => {}
        }
    }
    let today = tx.app().today();
    for one in &wanted {
        let found = known.iter().find(|row| row.source_id == one.piece.0);
        let right = match found {
            Some(row) if row.ends_on.is_none_or(|end| end >= one.until) => row.id,
            Some(row) => rights_of::prolong(tx, grant, row.id, Some(one.until)).await?.id,
            None => {
                let new = NewRight {
                    holder: Holder::expert(expert.id),
                    kind,
                    scope: scope.clone(),
                    reference: expert.number.clone(),
                    span: Span { from: one.from, until: Some(one.until) },
                    pending: false,
                    source: Source::new(SourceKind::ExpertPiece, one.piece),
                };
                rights_of::hold(tx, grant, new).await?.id
            }
        };
        // What another one follows, or what is history, is told to nobody.
        let unchanged = found.is_some_and(|row| row.ends_on == Some(one.until));
        if !unchanged && (one.followed || one.until < today) {
            rights_of::end(tx, grant, right, one.until).await?;
        }
    }
    Ok(())
}

/// The pieces of one nature that have an end and were not taken back, in the order in which they were recorded.
async fn spans(
    tx: &Tx,
    expert: ExpertId,
    code: PieceCode,
) -> Result<Vec<(ExpertPieceId, Date, Date)>, ExpertError> {
    let rows = Entity::find()
        .filter(Column::ExpertId.eq(expert))
        .filter(Column::Code.eq(code))
        .filter(Column::VoidedAt.is_null())
        .order_by_asc(Column::RecordedAt)
        .order_by_asc(Column::Id)
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.id, row.proof_on, row.valid_until?))).collect())
}

/// The rights that pieces of one nature gave, but those that are void.
async fn held(
    tx: &Tx,
    expert: ExpertId,
    kind: RightKind,
    scope: &str,
) -> Result<Vec<dated_right::Model>, ExpertError> {
    let held = rights::queries::of_holder(tx.conn(), Holder::expert(expert)).await?;
    let rows = held.into_iter().map(|held| held.right);
    let given = |row: &dated_right::Model| {
        let from_piece = row.source_kind == SourceKind::ExpertPiece;
        from_piece && row.kind == kind && row.scope == scope && row.state != RightState::Void
    };
    Ok(rows.filter(given).collect())
}

/// The days on which a piece counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counts {
    piece: ExpertPieceId,
    from: Date,
    until: Date,
    /// Another piece takes its place before its own last day.
    followed: bool,
}

/// The days of pieces recorded one after the other, as [`rights_of::succeed`] gives them: one that ends later takes the
/// place of those before it, one that ends no later than what is there counts on no day.
fn timeline(pieces: &[(ExpertPieceId, Date, Date)]) -> Vec<Counts> {
    let mut known: Vec<Counts> = Vec::new();
    for &(piece, from, until) in pieces {
        let meets = |one: &Counts| one.from <= until && from <= one.until;
        if known.iter().any(|one| meets(one) && one.until >= until) {
            continue;
        }
        known.retain(|one| !meets(one) || one.from < from);
        for one in known.iter_mut().filter(|one| meets(one)) {
            one.until = add_days(from, -1);
            one.followed = true;
        }
        known.push(Counts { piece, from, until, followed: false });
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;
    use uuid::Uuid;

    const START: Date = date!(2024 - 01 - 01);
    const FAR: Date = date!(2099 - 12 - 31);

    #[test]
    fn a_piece_that_is_taken_back_gives_their_days_to_the_others() {
        let key = |n: u128| ExpertPieceId(Uuid::from_u128(n));
        let first = (key(1), START, date!(2024 - 12 - 31));
        let wrong = (key(2), date!(2024 - 11 - 01), FAR);
        let next = (key(3), date!(2025 - 01 - 01), date!(2025 - 12 - 31));
        let days = |pieces: &[(ExpertPieceId, Date, Date)]| {
            let counts = |one: Counts| (one.piece, one.from, one.until, one.followed);
            timeline(pieces).into_iter().map(counts).collect::<Vec<_>>()
        };
        let cut = (first.0, START, date!(2024 - 10 - 31), true);
        assert_eq!(days(&[first, wrong, next]), [cut, (wrong.0, wrong.1, FAR, false)], "it blocks the next");
        let whole = [(first.0, START, first.2, false), (next.0, next.1, next.2, false)];
        assert_eq!(days(&[first, next]), whole, "taken back");
        let corrected = (wrong.0, wrong.1, date!(2025 - 06 - 30));
        let eve = (wrong.0, wrong.1, date!(2024 - 12 - 31), true);
        assert_eq!(days(&[first, corrected, next]), [cut, eve, (next.0, next.1, next.2, false)], "corrected");
        let older = (key(4), date!(2023 - 01 - 01), date!(2026 - 12 - 31));
        assert_eq!(days(&[first, older]), [(older.0, older.1, older.2, false)], "it holds the first");
    }
}
