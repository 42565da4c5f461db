//! Fixes the date of the visit, and moves it (rows 10 and 11).

use entity::agreement_request::{self, VisitMode};
use entity::ids::{AgreementRequestId, SiteId};
use entity::request_site;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::{Date, OffsetDateTime, PrimitiveDateTime};

use super::half_days;
use super::invitation::{controller_name, invitation};
use super::recheck::obstacles;
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::{VisitInput, required};
use crate::features::agreements::queries::history;
use crate::features::agreements::state::{self, Step};
use crate::features::agreements::wording;
use crate::features::settings;
use crate::render::french;
use crate::rules::calendar::Calendar;
use crate::rules::deadline::{add_days, day_in_zone, is_zone, local};
use crate::rules::delays::AgreementDelays;
use crate::rules::line;
use crate::rules::territory;
use crate::rules::visit_time::Unfit;

/// Code of the fault of an hour at which no visit begins; the page shows it at the field of the hour.
pub const VISIT_HOUR: &str = "visit-hour";
/// Code of the fault of a moment that is behind, on a day that would do; it is shown at the field of the hour too.
pub const VISIT_PAST: &str = "visit-past";

/// Characters of the name of whoever accepted a date.
const MOST_OF_A_NAME: usize = 200;

const PAST: &str = "Heure de la visite\u{202f}: ce moment est déjà passé. Choisissez un moment à venir";

/// Fixes the date.
///
/// # Errors
/// A date closer than the notice of the settings, or already behind, on a day or at an hour without visits; an unknown
/// zone; no place, a site that is not of the request, none of several; an acceptance by nobody or of a day to come; a
/// half-day that the contrôleur has given to another mission or visit; a day on which they may not make it; the refusals of every act.
pub async fn schedule(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    visit: VisitInput,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestSchedule, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::Schedule)?;
    let visit = accepted(placed(&dossier, visit), dossier.today(tx.now()));
    check(tx, &dossier, &visit).await?;
    entitled(tx, &dossier, &visit, true).await?;
    mark_sites(tx, &dossier, &visit.sites).await?;
    let controller = controller_name(tx, &dossier).await?;
    let sequence = dossier.request.visit_sequence;
    let (at, zone, place) = (visit.at, visit.zone.clone(), visit.place.clone());
    half_days::take(tx, &dossier, at, &zone).await?;
    let line = dossier.step(tx, Step::Schedule, |row| set(row, visit, sequence)).await?;
    let invitation = invitation(&dossier, at, &zone, &place, sequence);
    record_step(tx, &grant, &dossier, line, What::Scheduled { invitation, controller_name: &controller })
        .await?;
    Ok(dossier.request)
}

/// Moves the date; the structure may do it once.
///
/// # Errors
/// The same; a second move by the structure; an empty reason.
pub async fn postpone(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    visit: VisitInput,
    reason: &str,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestPostpone, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::Postpone)?;
    let by_structure = grant.role() == "structure";
    if by_structure && dossier.request.visit_moved_by_structure {
        let detail = "La structure a déjà déplacé cette visite une fois. Écrivez à la personne qui instruit le dossier.";
        return Err(AgreementError::blocked("visit-already-moved", detail, Vec::new()));
    }
    let reason = required("/reason", reason, "Dites pourquoi la visite est déplacée")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let mut visit = placed(&dossier, visit);
    if by_structure {
        let name = history::account_name(tx.conn(), tx.actor().account_id()).await?;
        visit = VisitInput { accepted_by: name.unwrap_or_default(), accepted_on: None, ..visit };
    }
    let visit = accepted(visit, dossier.today(tx.now()));
    check(tx, &dossier, &visit).await?;
    entitled(tx, &dossier, &visit, !by_structure).await?;
    mark_sites(tx, &dossier, &visit.sites).await?;
    let previous_at: OffsetDateTime = dossier.request.visit_at.map_or(tx.now(), |at| *at);
    let sequence = dossier.request.visit_sequence + 1;
    let (at, zone, place) = (visit.at, visit.zone.clone(), visit.place.clone());
    half_days::give_back(tx, &dossier).await?;
    half_days::take(tx, &dossier, at, &zone).await?;
    let moved_by_structure = by_structure || dossier.request.visit_moved_by_structure;
    let line = dossier
        .step(tx, Step::Postpone, |row| {
            set(row, visit, sequence);
            row.visit_moved_by_structure = Set(moved_by_structure);
        })
        .await?;
    let invitation = invitation(&dossier, at, &zone, &place, sequence);
    let what = What::Moved { invitation, previous_at, reason: &reason, by: grant.role() };
    record_step(tx, &grant, &dossier, line, what).await?;
    Ok(dossier.request)
}

fn set(row: &mut agreement_request::ActiveModel, visit: VisitInput, sequence: i32) {
    row.visit_at = Set(Some(visit.at.into()));
    row.visit_zone = Set(Some(visit.zone));
    row.visit_place = Set(Some(visit.place));
    row.visit_mode = Set(Some(visit.mode));
    row.visit_sequence = Set(sequence);
    row.visit_accepted_by = Set(Some(visit.accepted_by).filter(|name| !name.is_empty()));
    row.visit_accepted_on = Set(visit.accepted_on);
}

/// The acceptance of the structure (row 10), of today unless another day is said; a date that nobody accepted yet keeps
/// none, and the file says so.
fn accepted(mut visit: VisitInput, today: Date) -> VisitInput {
    visit.accepted_by = visit.accepted_by.trim().to_owned();
    if !visit.accepted_by.is_empty() {
        visit.accepted_on = visit.accepted_on.or(Some(today));
    }
    visit
}

/// The faults of the acceptance: by nobody, by a name without end, on a day to come.
fn not_accepted(visit: &VisitInput, today: Date) -> Vec<Fault> {
    let Some(day) = visit.accepted_on else { return Vec::new() };
    let mut faults = Vec::new();
    let asked = "Indiquez qui a accepté la date pour la structure";
    if let Err(error) = line::wanted(&visit.accepted_by, MOST_OF_A_NAME, asked) {
        faults.push(Fault::new("/accepted_by", error.code(), error.to_string()));
    }
    if day > today {
        let message = "Le jour de l’acceptation ne peut pas être à venir";
        faults.push(Fault::new("/accepted_on", "date-in-the-future", message));
    }
    faults
}

/// The visit with what it does not say: the only site of the request, and the addresses of the sites where it is made,
/// before a place that does not name each of several. Mails and calendars then tell every one of them.
fn placed(dossier: &Dossier, mut visit: VisitInput) -> VisitInput {
    if visit.mode != VisitMode::OnSite {
        return visit;
    }
    if let ([only], true) = (dossier.sites.as_slice(), visit.sites.is_empty()) {
        visit.sites.push(only.id);
    }
    let named: Vec<_> = dossier.sites.iter().filter(|site| visit.sites.contains(&site.id)).collect();
    let addresses = wording::addresses(&named);
    let typed = visit.place.trim();
    let says_all = dossier.sites.len() < 2 || named.iter().all(|site| typed.contains(&site.label));
    if typed.is_empty() {
        visit.place = addresses;
    } else if !says_all {
        visit.place = format!("{addresses} ({typed})");
    }
    visit
}

/// Keeps which sites of the request the visit goes to, in place of those it went to before.
async fn mark_sites(tx: &Tx, dossier: &Dossier, visited: &[SiteId]) -> Result<(), AgreementError> {
    use request_site::Column;
    for (value, of_these) in [
        (false, Column::SiteId.is_not_in(visited.iter().copied())),
        (true, Column::SiteId.is_in(visited.iter().copied())),
    ] {
        request_site::Entity::update_many()
            .col_expr(Column::Visited, Expr::value(value))
            .filter(Column::RequestId.eq(dossier.request.id))
            .filter(of_these)
            .exec(tx.conn())
            .await?;
    }
    Ok(())
}

/// The faults of the place: a site of another request, none where there are several, no place at all.
fn misplaced(dossier: &Dossier, visit: &VisitInput) -> Option<Fault> {
    let known = |site: &SiteId| dossier.sites.iter().any(|one| one.id == *site);
    if !visit.sites.iter().all(known) {
        let message = "Un des sites choisis n’est pas un site de la demande";
        return Some(Fault::new("/sites", "site-unknown", message));
    }
    if visit.mode == VisitMode::OnSite && visit.sites.is_empty() && !dossier.sites.is_empty() {
        return Some(Fault::new("/sites", "sites-missing", "Choisissez au moins un site à visiter"));
    }
    let missing = visit.place.trim().is_empty();
    missing.then(|| Fault::new("/place", "place-missing", "Indiquez le lieu de la visite"))
}

async fn check(tx: &Tx, dossier: &Dossier, visit: &VisitInput) -> Result<(), AgreementError> {
    let delays = settings::agreement_delays(tx.conn()).await?;
    let mut faults = Vec::new();
    if !is_zone(&visit.zone) {
        faults.push(Fault::new("/zone", "zone-unknown", "Ce fuseau horaire n’est pas reconnu"));
    }
    faults.extend(misplaced(dossier, visit));
    faults.extend(not_accepted(visit, dossier.today(tx.now())));
    let notice = add_days(dossier.today(tx.now()), i32::from(delays.visit_notice_days));
    let day = day_in_zone(visit.at, &visit.zone);
    if day < notice {
        faults.push(Fault::new(
            "/at",
            "visit-too-soon",
            too_soon(first_day(dossier, &delays, tx.now()), delays.visit_notice_days),
        ));
    } else if visit.at < tx.now() {
        faults.push(Fault::new("/at", VISIT_PAST, PAST));
    } else if let Ok(at) = local(visit.at, &visit.zone) {
        faults.extend(unfit(dossier, &delays, at));
    }
    if faults.is_empty() { Ok(()) } else { Err(AgreementError::Invalid(faults)) }
}

/// Refuses a day on which the contrôleur in charge could not make the visit: a right that ends before, a tie. A structure
/// is not told why, since ties are confidential.
async fn entitled(tx: &Tx, dossier: &Dossier, visit: &VisitInput, told: bool) -> Result<(), AgreementError> {
    let found = obstacles(tx.conn(), dossier, day_in_zone(visit.at, &visit.zone)).await?;
    if found.is_empty() {
        return Ok(());
    }
    let detail = "La personne chargée de la visite ne peut pas la faire ce jour-là.";
    Err(AgreementError::blocked("visit-not-entitled", detail, if told { found } else { Vec::new() }))
}

/// The first day on which a visit may be fixed: the notice is over, and it is no day off.
#[must_use]
pub fn first_day(dossier: &Dossier, delays: &AgreementDelays, now: OffsetDateTime) -> Date {
    let notice = add_days(dossier.today(now), i32::from(delays.visit_notice_days));
    delays.visit_hours().first_day(notice, calendar(dossier))
}

/// The public holidays where the structure is.
fn calendar(dossier: &Dossier) -> Calendar {
    territory::calendar(&dossier.structure.department)
}

/// What stands against the day and the hour, those of the place of the visit.
fn unfit(dossier: &Dossier, delays: &AgreementDelays, at: PrimitiveDateTime) -> Vec<Fault> {
    let hours = delays.visit_hours();
    let fault = |unfit| {
        let code = if unfit == Unfit::Hour { VISIT_HOUR } else { "visit-day-off" };
        Fault::new("/at", code, wording::visit_unfit(unfit, at.date(), hours))
    };
    hours.against(at, calendar(dossier)).into_iter().map(fault).collect()
}

fn too_soon(earliest: Date, notice_days: u16) -> String {
    let earliest = french::date(earliest);
    match notice_days {
        0 => format!("Choisissez une date à partir du {earliest}"),
        1 => {
            format!("Choisissez une date à partir du {earliest}\u{202f}: la structure est prévenue la veille")
        }
        days => format!(
            "Choisissez une date à partir du {earliest}\u{202f}: la structure est prévenue {days} jours avant"
        ),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    const TODAY: Date = date!(2026 - 01 - 18);

    fn visit(accepted_by: &str, accepted_on: Option<Date>) -> VisitInput {
        VisitInput {
            at: datetime!(2026-02-18 09:00 UTC),
            zone: "Europe/Paris".to_owned(),
            place: String::new(),
            mode: VisitMode::OnSite,
            sites: Vec::new(),
            accepted_by: accepted_by.to_owned(),
            accepted_on,
        }
    }

    #[test]
    fn an_acceptance_has_a_name_and_a_day_that_came() {
        let before = date!(2026 - 01 - 12);
        for (name, day, kept, wrong) in [
            ("", None, None, &[] as &[&str]),
            (" Camille N. ", None, Some(TODAY), &[]),
            ("Camille N.", Some(before), Some(before), &[]),
            (" ", Some(before), Some(before), &["/accepted_by"]),
            ("Camille N.", Some(date!(2026 - 01 - 19)), Some(date!(2026 - 01 - 19)), &["/accepted_on"]),
        ] {
            let read = accepted(visit(name, day), TODAY);
            assert_eq!(read.accepted_on, kept, "{name}");
            let faults = not_accepted(&read, TODAY);
            let found: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
            assert_eq!(found, wrong, "{name}");
        }
    }
}
