//! What waits for the team in the network of experts, and what the certifying body must renew: pure, so that a table
//! tells it.

use entity::expense_claim::ClaimState;
use entity::habilitation::{self, HabilitationState};
use entity::ids::AccountId;
use entity::mission::MissionState;
use entity::{expert, meeting, meeting_action};
use time::Date;

use super::{Kind, Task};
use crate::authz::Facts;
use crate::features::missions::deadlines::report_due;
use crate::features::missions::queries::{OpenClaim, Unsettled};
use crate::features::missions::state::is_vacant;
use crate::features::panels::queries::Conflict;
use crate::features::rights::{self, Held, RightKind, RightState};
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::missions::MissionRules;
use crate::rules::right::AlertDistances;
use crate::rules::territory::PARIS;

/// Days to examine an application.
const APPLICATION_DAYS: i32 = 30;
/// Days to confirm a withdrawal.
const WITHDRAWAL_DAYS: i32 = 7;
/// Days to look at a claim.
const CLAIM_DAYS: i32 = 15;
/// Days to pay what was certified.
const PAYMENT_DAYS: i32 = 30;
/// Days to publish the minutes of a meeting.
const MINUTES_DAYS: i32 = 14;

fn paris(at: entity::Instant) -> Date {
    day_in_zone(*at, PARIS)
}

fn task(kind: Kind, due_on: Date, reference: &str, about: String, page: String, facts: Facts) -> Task {
    Task { kind, due_on, reference: reference.to_owned(), about, page: Some(page), count: 1, facts }
}

/// What an habilitation waits for: its application to be examined, or its withdrawal to be confirmed by someone else than
/// who asked for it.
#[must_use]
pub fn of_habilitation(
    file: &habilitation::Model,
    person: &expert::Model,
    looking: Option<AccountId>,
    today: Date,
) -> Option<Task> {
    let (kind, due_on) = match (file.state, file.withdrawal_asked_at) {
        (HabilitationState::Applied, _) => {
            (Kind::ExamineApplication, add_days(file.applied_on.unwrap_or(today), APPLICATION_DAYS))
        }
        (HabilitationState::Active | HabilitationState::Suspended, Some(asked)) => {
            if file.withdrawal_asked_by == looking {
                return None;
            }
            (Kind::ConfirmWithdrawal, add_days(paris(asked), WITHDRAWAL_DAYS))
        }
        _ => return None,
    };
    let facts = Facts { certification: file.certification_id, ..Facts::of_expert(person) };
    let page = format!("/intervenants/{}/habilitations/{}", person.number, file.id);
    Some(task(kind, due_on, &person.number, person.name(), page, facts))
}

/// What a mission waits for: somebody to hold it, by its day, or its report once it is late.
#[must_use]
pub fn of_mission(mission: &Unsettled, rules: &MissionRules, today: Date) -> Option<Task> {
    let told = &mission.told;
    let path = format!("/missions/{}", told.number);
    let (kind, due_on, page) = if is_vacant(mission.state) {
        let day = day_in_zone(*mission.starts_at, &mission.zone);
        (Kind::FillMission, day, format!("{path}/remplacement"))
    } else if matches!(mission.state, MissionState::InProgress | MissionState::Done) {
        let due_on = report_due(*mission.ends_at, &mission.zone, rules);
        if due_on >= today {
            return None;
        }
        (Kind::ChaseMissionReport, due_on, path)
    } else {
        return None;
    };
    Some(task(kind, due_on, &told.number, told.title.clone(), page, told.facts()))
}

/// What a claim waits for before it may be paid.
#[must_use]
pub fn of_claim(claim: &OpenClaim) -> Option<Task> {
    if claim.state != ClaimState::Submitted {
        return None;
    }
    let due_on = add_days(paris(claim.submitted_at), CLAIM_DAYS);
    let told = &claim.mission;
    let page = format!("/missions/{}/frais", told.number);
    Some(task(Kind::CertifyClaim, due_on, &told.number, told.title.clone(), page, told.facts()))
}

/// What is to be paid, all of it behind one line, by the date of the oldest.
#[must_use]
pub fn payment<'a>(claims: impl Iterator<Item = &'a OpenClaim>) -> Option<Task> {
    let days: Vec<Date> = claims
        .filter(|claim| claim.state == ClaimState::Certified)
        .map(|claim| paris(claim.certified_at.unwrap_or(claim.submitted_at)))
        .collect();
    let due_on = add_days(days.iter().min().copied()?, PAYMENT_DAYS);
    let page = "/missions/a-payer".to_owned();
    let count = u64::try_from(days.len()).unwrap_or(u64::MAX);
    Some(Task { count, ..task(Kind::PayClaims, due_on, "", String::new(), page, Facts::default()) })
}

/// A member of a jury to come who knows a candidate.
#[must_use]
pub fn of_jury(one: &Conflict) -> Task {
    let page = format!("/jurys/{}/membres", one.number);
    task(Kind::SettleJuryTie, one.day, &one.number, one.name.clone(), page, one.facts.clone())
}

/// The minutes of a meeting that took place.
#[must_use]
pub fn of_meeting(row: &meeting::Model) -> Task {
    let due_on = add_days(row.meets_on, MINUTES_DAYS);
    let page = format!("/reunions/{}", row.number);
    task(Kind::PublishMinutes, due_on, &row.number, String::new(), page, Facts::default())
}

/// Something that a meeting decided and that is late.
#[must_use]
pub fn of_action(action: &meeting_action::Model, meeting: &meeting::Model) -> Task {
    let about = format!("{} ({})", action.text, action.owner);
    let page = format!("/reunions/{}", meeting.number);
    task(Kind::FinishAction, action.due_on, &meeting.number, about, page, Facts::default())
}

/// What the certifying body must renew: the last right of each kind, from the first of its alerts on, until another
/// follows it.
#[must_use]
pub fn of_certifier(held: &[Held], distances: &AlertDistances, today: Date) -> Vec<Task> {
    let kinds = [(RightKind::Qualiopi, &distances.qualiopi), (RightKind::Insurance, &distances.insurance)];
    kinds.into_iter().filter_map(|(kind, distances)| renewal(held, kind, distances, today)).collect()
}

fn renewal(held: &[Held], kind: RightKind, distances: &[u16], today: Date) -> Option<Task> {
    let counted = held.iter().map(|held| &held.right).filter(|right| right.state != RightState::Void);
    let last = counted.filter(|right| right.kind == kind).max_by_key(|right| right.ends_on)?;
    let due_on = last.ends_on?;
    let first = distances.first().copied().map_or(0, i32::from);
    if today < add_days(due_on, -first) {
        return None;
    }
    let about = rights::labels::kind(kind).to_owned();
    let page = rights::CERTIFIER_PAGE.to_owned();
    Some(task(Kind::RenewCertifierRight, due_on, &last.reference, about, page, Facts::default()))
}
