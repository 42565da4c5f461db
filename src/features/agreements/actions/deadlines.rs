//! Does what the deadlines of the tables say, once each, however many processes run: the row is locked and the
//! alarm computed again before anything is done.

use std::sync::Arc;

use entity::agreement::AgreementState;
use entity::agreement_request::RequestKind;
use entity::ids::{AgreementId, AgreementRequestId, ReserveId};
use entity::reserve::{self, ReserveState};
use entity::{agreement, agreement_request, missing_piece};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use time::OffsetDateTime;

use super::committees;
use super::right::{close_rights, give_grace, locked, open_partner_update, record, rights_of};
use super::{record_act, record_step};
use crate::app::App;
use crate::authz::{Actor, Grant, Permission};
use crate::db::{DueRun, Tx};
use crate::features::agreements::deadlines::{self, Alarm, RightAlarm};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::{PieceNote, RightWhat, What};
use crate::features::agreements::queries::live::{is_followed, live_request};
use crate::features::agreements::queries::{current_pieces, situation};
use crate::features::agreements::state::{RIGHT_TABLE, RightStep, Step};
use crate::features::agreements::{labels, pieces};
use crate::features::settings;
use crate::rules::deadline::{add_days, add_months};
use crate::rules::delays::AgreementDelays;

/// Rows looked at in one run.
pub(super) const BATCH: u64 = 200;
/// Months that a prolonged right is given at once.
const PROLONGED_MONTHS: i32 = 12;
pub(super) const ACTOR: &str = "agreements.deadlines";

/// Does everything that is due. Gives how many acts were done.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn run(app: &Arc<App>) -> Result<usize, AgreementError> {
    let now: entity::Instant = app.now().into();
    let requests: Vec<AgreementRequestId> = agreement_request::Entity::find()
        .select_only()
        .column(agreement_request::Column::Id)
        .filter(agreement_request::Column::DeadlineAt.lte(now))
        .order_by_asc(agreement_request::Column::DeadlineAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let rights: Vec<AgreementId> = agreement::Entity::find()
        .select_only()
        .column(agreement::Column::Id)
        .filter(agreement::Column::DeadlineAt.lte(now))
        .order_by_asc(agreement::Column::DeadlineAt)
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let mut due = DueRun::of(ACTOR);
    for id in requests {
        due.count(id, request_alarm(app, id).await)?;
    }
    for id in rights {
        due.count(id, right_alarm(app, id).await)?;
    }
    reserve_reminders(app, &mut due).await?;
    committees::hold(app, &mut due).await?;
    due.end()
}

/// Rings the alarm of one request, if it is still due.
async fn request_alarm(app: &Arc<App>, id: AgreementRequestId) -> Result<bool, AgreementError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let mut dossier = Dossier::locked(&tx, id).await?;
    let grant = tx.authorize(Permission::RequestDeadline, &dossier.facts())?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    let alarm = deadlines::next_alarm(&dossier.request, &dossier.structure.zone, &delays);
    let due = alarm.filter(|(at, _)| *at <= tx.now());
    let Some((at, alarm)) = due else {
        drop(tx);
        look_again(app, &dossier.request, alarm.map(|(at, _)| at)).await?;
        return Ok(false);
    };
    match alarm {
        Alarm::WarnDraft { .. } | Alarm::RemindReturn { .. } => {
            warn(&mut tx, &grant, &mut dossier, alarm, &delays).await?;
        }
        Alarm::ExpireDraft => {
            let line = dossier.step(&tx, Step::ExpireDraft, |_| {}).await?;
            record_step(&mut tx, &grant, &dossier, line, What::DraftExpired { delays: &delays }).await?;
        }
        Alarm::CloseIdle => {
            let due_at: OffsetDateTime = dossier.request.return_due_at.map_or(at, |due| *due);
            let line = dossier.step(&tx, Step::CloseIdle, |_| {}).await?;
            record_step(&mut tx, &grant, &dossier, line, What::ClosedIdle { due_at }).await?;
        }
    }
    tx.commit().await?;
    Ok(true)
}

/// Keeps the instant at which a request must be looked at again, when the delays changed since it was planned: no
/// act, so no event.
async fn look_again(
    app: &App,
    request: &agreement_request::Model,
    at: Option<OffsetDateTime>,
) -> Result<(), AgreementError> {
    use agreement_request::Column;
    agreement_request::Entity::update_many()
        .col_expr(Column::DeadlineAt, Expr::value(at.map(entity::Instant::from)))
        .filter(Column::Id.eq(request.id))
        .filter(Column::Version.eq(request.version))
        .exec(app.db.bookkeeping())
        .await?;
    Ok(())
}

async fn warn(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &mut Dossier,
    alarm: Alarm,
    delays: &AgreementDelays,
) -> Result<(), AgreementError> {
    let warned = dossier.request.warned + 1;
    dossier.change(tx, |row| row.warned = Set(warned)).await?;
    dossier.request = deadlines::plan(tx, dossier, delays).await?;
    let today = dossier.today(tx.now());
    match alarm {
        Alarm::WarnDraft { idle_days } => {
            let left = i32::from(delays.draft_idle_days) - i32::try_from(idle_days).unwrap_or_default();
            let expires_on = add_days(today, left);
            let there = current_pieces(tx.conn(), dossier.request.id).await?;
            let situation = situation(&dossier.request);
            let missing = pieces::all()
                .iter()
                .filter(|kind| {
                    kind.is_mandatory(situation) && there.iter().all(|piece| piece.code != kind.code)
                })
                .collect();
            let what = What::DraftWarned { idle_days, expires_on, missing, delays };
            record_act(tx, grant, dossier, what).await
        }
        Alarm::RemindReturn { overdue } => {
            let notes = asked(tx, dossier).await?;
            let due_at = dossier.request.return_due_at.map_or(tx.now(), |due| *due);
            let due_on =
                crate::rules::deadline::date_in_zone(due_at, &dossier.structure.zone).unwrap_or(today);
            let closes_on = add_days(due_on, i32::from(delays.complement_grace_days));
            record_act(
                tx,
                grant,
                dossier,
                What::ReturnReminded { pieces: &notes, due_at, closes_on, overdue },
            )
            .await
        }
        Alarm::ExpireDraft | Alarm::CloseIdle => Ok(()),
    }
}

async fn asked(tx: &Tx, dossier: &Dossier) -> Result<Vec<PieceNote>, AgreementError> {
    let rows = missing_piece::Entity::find()
        .filter(missing_piece::Column::RequestId.eq(dossier.request.id))
        .filter(missing_piece::Column::AnsweredAt.is_null())
        .order_by_asc(missing_piece::Column::Code)
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((pieces::kind(&row.code)?, row.reason))).collect())
}

/// Rings the alarm of one agreement, if it is still due.
async fn right_alarm(app: &Arc<App>, id: AgreementId) -> Result<bool, AgreementError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let (agreement, dossier) = locked(&tx, id).await?;
    let grant = tx.authorize(Permission::AgreementDeadline, &dossier.facts())?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    let followed = is_followed(tx.conn(), &agreement).await?;
    // Nobody is told that the end of what another follows comes near.
    let warned = if followed { delays.expiry_warning_months.len() } else { 0 };
    let warned = agreement.warned.max(i32::try_from(warned).unwrap_or(i32::MAX));
    let agreement = agreement::Model { warned, ..agreement };
    let alarm = deadlines::next_right_alarm(&agreement, &dossier.structure.zone, &delays);
    let Some((_, alarm)) = alarm.filter(|(at, _)| *at <= tx.now()) else {
        drop(tx);
        look_again_at_right(app, &agreement, alarm.map(|(at, _)| at)).await?;
        return Ok(false);
    };
    match alarm {
        RightAlarm::WarnExpiry { months } => {
            warn_expiry(&mut tx, &grant, agreement, &dossier, months, &delays).await?;
        }
        RightAlarm::Expire if followed => expire(&mut tx, &grant, agreement, &dossier, true).await?,
        RightAlarm::Expire => match renewal_in_time(&tx, &agreement, &dossier, &delays).await? {
            None => expire(&mut tx, &grant, agreement, &dossier, false).await?,
            Some(_) if is_prolonged(&tx, &agreement, &dossier).await? => {
                let again = next_look(&dossier, tx.now());
                drop(tx);
                look_again_at_right(app, &agreement, again).await?;
                return Ok(false);
            }
            Some(renewal) => prolong(&mut tx, &grant, agreement, &dossier, &renewal).await?,
        },
    }
    tx.commit().await?;
    Ok(true)
}

/// The same, for an agreement.
async fn look_again_at_right(
    app: &App,
    agreement: &agreement::Model,
    at: Option<OffsetDateTime>,
) -> Result<(), AgreementError> {
    use agreement::Column;
    agreement::Entity::update_many()
        .col_expr(Column::DeadlineAt, Expr::value(at.map(entity::Instant::from)))
        .filter(Column::Id.eq(agreement.id))
        .filter(Column::Version.eq(agreement.version))
        .exec(app.db.bookkeeping())
        .await?;
    Ok(())
}

async fn warn_expiry(
    tx: &mut Tx,
    grant: &Grant,
    agreement: agreement::Model,
    dossier: &Dossier,
    months: u16,
    delays: &AgreementDelays,
) -> Result<(), AgreementError> {
    let (warned, version) = (agreement.warned + 1, agreement.version + 1);
    let ahead = agreement::Model { warned, ..agreement.clone() };
    let next = deadlines::next_right_alarm(&ahead, &dossier.structure.zone, delays);
    let mut row: agreement::ActiveModel = agreement.into();
    row.warned = Set(warned);
    row.version = Set(version);
    row.deadline_at = Set(next.map(|(at, _)| at.into()));
    let agreement = row.update(tx.conn()).await?;
    let before_end = |months: u16| add_months(agreement.ends_on, -i32::from(months));
    let stage = match months {
        7.. => "m9",
        5..=6 => "m6",
        2..=4 => "m4",
        _ => "m1",
    };
    let what = RightWhat::ExpiryWarned {
        stage,
        opens_on: before_end(delays.renewal_from_months),
        before: before_end(delays.renewal_before_months),
    };
    let line = ("agreement.expiry_warned", "AGREMENT_EXPIRY_WARNED");
    record(tx, grant, &agreement, dossier, line, (None, None), what).await
}

/// The renewal of an agreement that was asked for in time and is still examined: it stays until the decision.
async fn renewal_in_time(
    tx: &Tx,
    agreement: &agreement::Model,
    dossier: &Dossier,
    delays: &AgreementDelays,
) -> Result<Option<agreement_request::Model>, AgreementError> {
    if agreement.state == AgreementState::Pending {
        return Ok(None);
    }
    let certification = dossier.version.certification_id;
    let live = live_request(tx.conn(), agreement.structure_id, certification).await?;
    let last = add_months(agreement.ends_on, -i32::from(delays.renewal_before_months));
    let in_time = |request: &agreement_request::Model| {
        request.kind == RequestKind::Renewal
            && request.submitted_at.is_some_and(|at| dossier.today(*at) <= last)
    };
    Ok(live.filter(in_time))
}

/// Whether the rights of an agreement already hold beyond their last day.
async fn is_prolonged(
    tx: &Tx,
    agreement: &agreement::Model,
    dossier: &Dossier,
) -> Result<bool, AgreementError> {
    let today = dossier.today(tx.now());
    let held = rights_of(tx, agreement.id).await?;
    Ok(held.iter().any(|one| one.right.grace_until.is_some_and(|until| until > today)))
}

/// The morning on which a prolonged agreement is looked at again: its renewal may have been decided.
fn next_look(dossier: &Dossier, now: OffsetDateTime) -> Option<OffsetDateTime> {
    deadlines::morning(add_days(dossier.today(now), 1), &dossier.structure.zone)
}

/// Keeps an agreement beyond its last day, until its renewal is decided. Nobody knows that day yet: the rights are
/// given a year, and taken back as soon as the decision is there.
async fn prolong(
    tx: &mut Tx,
    grant: &Grant,
    agreement: agreement::Model,
    dossier: &Dossier,
    renewal: &agreement_request::Model,
) -> Result<(), AgreementError> {
    let until = add_months(dossier.today(tx.now()), PROLONGED_MONTHS);
    give_grace(tx, grant, agreement.id, Some(until)).await?;
    let (again, version) = (next_look(dossier, tx.now()), agreement.version + 1);
    let mut row: agreement::ActiveModel = agreement.into();
    row.deadline_at = Set(again.map(Into::into));
    row.version = Set(version);
    let agreement = row.update(tx.conn()).await?;
    let line = RIGHT_TABLE.next(agreement.state, RightStep::Prolong)?.event;
    let what = RightWhat::Prolonged { renewal: renewal.number.as_deref().unwrap_or_default() };
    record(tx, grant, &agreement, dossier, line, (None, None), what).await?;
    open_partner_update(tx, grant, &agreement, dossier, labels::convention::PROLONGED).await
}

async fn expire(
    tx: &mut Tx,
    grant: &Grant,
    agreement: agreement::Model,
    dossier: &Dossier,
    followed: bool,
) -> Result<(), AgreementError> {
    let line = RIGHT_TABLE.next(agreement.state, RightStep::Expire)?;
    let states = (Some(agreement.state.word()), Some(line.to.word()));
    let version = agreement.version + 1;
    let mut row: agreement::ActiveModel = agreement.into();
    row.state = Set(line.to);
    row.version = Set(version);
    row.deadline_at = Set(None);
    row.ended_at = Set(Some(tx.instant()));
    let agreement = row.update(tx.conn()).await?;
    give_grace(tx, grant, agreement.id, None).await?;
    close_rights(tx, grant, agreement.id).await?;
    record(tx, grant, &agreement, dossier, line.event, states, RightWhat::Expired { followed }).await?;
    open_partner_update(tx, grant, &agreement, dossier, labels::right_state(line.to).word).await
}

/// Reminds of the reserves whose end comes or has passed.
async fn reserve_reminders(app: &Arc<App>, due: &mut DueRun<AgreementError>) -> Result<(), AgreementError> {
    let delays = settings::agreement_delays(app.db.read()).await?;
    let furthest = delays.reserve_warning_days.iter().copied().max().unwrap_or_default();
    let horizon = add_days(app.now().date(), i32::from(furthest) + 1);
    let steps = i32::try_from(delays.reserve_warning_days.len()).unwrap_or(i32::MAX);
    let open: Vec<(ReserveId, AgreementId)> = reserve::Entity::find()
        .select_only()
        .columns([reserve::Column::Id, reserve::Column::AgreementId])
        .filter(reserve::Column::State.eq(ReserveState::Open))
        .filter(reserve::Column::DueOn.lte(horizon))
        .filter(reserve::Column::AgreementId.is_not_null())
        // A proof that was brought waits for the certifier, not for the structure.
        .filter(reserve::Column::ProofAt.is_null())
        .filter(reserve::Column::Warned.lt(steps))
        .limit(BATCH)
        .into_tuple()
        .all(app.db.read())
        .await?;
    for (reserve, agreement) in open {
        due.count(reserve, remind_reserve(app, reserve, agreement, &delays).await)?;
    }
    Ok(())
}

async fn remind_reserve(
    app: &Arc<App>,
    id: ReserveId,
    agreement: AgreementId,
    delays: &AgreementDelays,
) -> Result<bool, AgreementError> {
    let mut tx = app.begin(Actor::system(ACTOR)).await?;
    let (agreement, dossier) = locked(&tx, agreement).await?;
    let grant = tx.authorize(Permission::AgreementDeadline, &dossier.facts())?;
    let found = reserve::Entity::find_by_id(id).one(tx.conn()).await?.ok_or(AgreementError::NotFound)?;
    let today = dossier.today(tx.now());
    // Several steps may have passed while nothing ran: only the last one is sent.
    let passed = delays
        .reserve_warning_days
        .iter()
        .filter(|days| add_days(found.due_on, -i32::from(**days)) <= today)
        .count();
    let passed = i32::try_from(passed).unwrap_or_default();
    if found.state == ReserveState::Closed || found.proof_at.is_some() || passed <= found.warned {
        return Ok(false);
    }
    let left = (found.due_on - today).whole_days();
    let timing = match left {
        ..0 => "overdue",
        0..=7 => "in_7_days",
        _ => "in_30_days",
    };
    let mut row: reserve::ActiveModel = found.into();
    row.warned = Set(passed);
    let reserve = row.update(tx.conn()).await?;
    let suspension_on = add_days(reserve.due_on, i32::from(delays.complement_grace_days));
    let what = RightWhat::ReserveReminded { reserve: &reserve, timing, suspension_on };
    let line = ("agreement.reserve_reminded", "AGREMENT_RESERVE_REMINDED");
    record(&mut tx, &grant, &agreement, &dossier, line, (None, None), what).await?;
    tx.commit().await?;
    Ok(true)
}
