//! What waits for the team in the network of experts, and what the certifying body must renew: pure, so that a table
//! tells it.

use entity::habilitation::{self, HabilitationState};
use entity::mission::MissionState;
use entity::teaching_support::SupportState;
use entity::{expert, meeting, meeting_action};
use time::Date;
use uuid::Uuid;

use super::{Kind, Task};
use crate::authz::Facts;
use crate::features::agreements::queries::waiting::{LifeWait, WaitingLife};
use crate::features::certificates::queries::{FailedBatch, OpenRevocation};
use crate::features::juries::deadlines::Wait;
use crate::features::juries::queries::Waiting;
use crate::features::minutes::deadlines::{Wait as MinutesWait, appeal as appeal_days};
use crate::features::minutes::queries::{Waiting as WaitingMinutes, WaitingAppeal};
use crate::features::missions::deadlines::report_due;
use crate::features::missions::queries::{OpenClaim, PayableClaims, Unsettled};
use crate::features::missions::state::is_vacant;
use crate::features::panels::queries::Conflict;
use crate::features::rights::{self, Held, RightKind, RightState};
use crate::features::supports::queries::WaitingSupport;
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::missions::MissionRules;
use crate::rules::referential::ResultRules;
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

/// A task whose page is known.
fn task(bare: Task, reference: &str, about: String, page: String, facts: Facts) -> Task {
    Task { reference: reference.to_owned(), about, page: Some(page), facts, ..bare }
}

/// What an habilitation waits for: its application to be examined, or its withdrawal to be confirmed by someone else than
/// who asked for it.
#[must_use]
pub fn of_habilitation(file: &habilitation::Model, person: &expert::Model, today: Date) -> Option<Task> {
    let (kind, due_on) = match (file.state, file.withdrawal_asked_at) {
        (HabilitationState::Applied, _) => {
            (Kind::ExamineApplication, add_days(file.applied_on.unwrap_or(today), APPLICATION_DAYS))
        }
        (HabilitationState::Active | HabilitationState::Suspended, Some(asked)) => {
            (Kind::ConfirmWithdrawal, add_days(paris(asked), WITHDRAWAL_DAYS))
        }
        _ => return None,
    };
    let facts = Facts { certification: file.certification_id, ..Facts::of_expert(person) };
    let page = format!("/intervenants/{}/habilitations/{}", person.number, file.id);
    let except = file.withdrawal_asked_by.filter(|_| kind == Kind::ConfirmWithdrawal);
    let bare = Task { except, ..Task::new(kind, file.id, due_on) };
    Some(task(bare, &person.number, person.name(), page, facts))
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
    let bare = Task::new(kind, mission.id, due_on);
    Some(task(bare, &told.number, told.title.clone(), page, told.facts()))
}

/// What a claim waits for before it may be paid.
#[must_use]
pub fn of_claim(claim: &OpenClaim) -> Task {
    let due_on = add_days(paris(claim.submitted_at), CLAIM_DAYS);
    let told = &claim.mission;
    // Read and attested on the page of the mission: that of the expenses is for who claims them.
    let page = format!("/missions/{}#frais", told.number);
    let bare = Task::new(Kind::CertifyClaim, claim.id, due_on);
    task(bare, &told.number, told.title.clone(), page, told.facts())
}

/// What is to be paid, all of it behind one line, by the date of the oldest.
#[must_use]
pub fn payment(payable: PayableClaims) -> Option<Task> {
    let due_on = add_days(paris(payable.since?), PAYMENT_DAYS);
    let page = Some("/missions/a-payer".to_owned());
    let count = u64::try_from(payable.count).unwrap_or(u64::MAX);
    Some(Task { page, count, ..Task::new(Kind::PayClaims, Uuid::nil(), due_on) })
}

/// A member of a jury to come who knows a candidate.
#[must_use]
pub fn of_jury_tie(one: &Conflict) -> Task {
    let page = format!("/jurys/{}/membres", one.number);
    task(
        Task::new(Kind::SettleJuryTie, one.id, one.day),
        &one.number,
        one.name.clone(),
        page,
        one.facts.clone(),
    )
}

/// The minutes of a meeting that took place.
#[must_use]
pub fn of_meeting(row: &meeting::Model) -> Task {
    let due_on = add_days(row.meets_on, MINUTES_DAYS);
    let page = format!("/reunions/{}", row.number);
    let bare = Task::new(Kind::PublishMinutes, row.id, due_on);
    task(bare, &row.number, String::new(), page, Facts::default())
}

/// What a session of a jury waits for.
#[must_use]
pub fn of_jury(found: Waiting) -> Task {
    let path = format!("/jurys/{}", found.number);
    let (kind, page) = match found.wait {
        Wait::Plan => (Kind::PlanJury, format!("{path}/planifier")),
        Wait::President => (Kind::DesignatePresident, format!("{path}/affectation")),
        Wait::Members => (Kind::CompleteJury, format!("{path}/affectation")),
        Wait::Confirm => (Kind::ConfirmJury, path),
        Wait::Convoke => (Kind::ConvokeJury, path),
    };
    task(Task::new(kind, found.id, found.due_on), &found.number, found.structure_name, page, found.facts)
}

/// What the minutes of a jury wait for.
#[must_use]
pub fn of_minutes(found: WaitingMinutes) -> Task {
    let path = format!("/jurys/{}", found.number);
    let (kind, page) = match found.wait {
        MinutesWait::Check => (Kind::CheckMinutes, format!("{path}/pv/controle")),
        MinutesWait::Validate => (Kind::ValidateMinutes, format!("{path}/validation")),
        MinutesWait::Publish => (Kind::PublishResults, format!("{path}/resultats")),
    };
    let bare = Task::new(kind, found.session, found.due_on);
    task(bare, &found.number, found.structure_name, page, found.facts)
}

/// What an appeal against a jury waits for: the candidate to know that it arrived, then its answer.
#[must_use]
pub fn of_appeal(found: WaitingAppeal) -> Task {
    let page = format!("/candidats/{}/recours", found.number);
    let (kind, due_on) = if found.appeal.acknowledged_at.is_none() {
        let days = appeal_days(paris(found.appeal.lodged_at), &ResultRules::default());
        (Kind::AcknowledgeAppeal, days.acknowledge_by)
    } else {
        (Kind::SettleJuryAppeal, paris(found.appeal.answer_due_at))
    };
    let bare = Task::new(kind, found.appeal.id, due_on);
    task(bare, &found.number, String::new(), page, found.facts)
}

/// Certificates that could not be typeset.
#[must_use]
pub fn of_batch(found: FailedBatch) -> Task {
    let page = format!("/certificats/jurys/{}", found.number);
    let bare = Task::new(Kind::RetryCertificates, found.id, paris(found.asked_at));
    task(bare, &found.number, found.structure_name, page, found.facts)
}

/// A revocation to be confirmed by someone else than who asked for it.
#[must_use]
pub fn of_revocation(found: OpenRevocation) -> Task {
    let page = format!("/certificats/{}", found.number);
    let asked = Task::new(Kind::ConfirmRevocation, found.id, paris(found.asked_at));
    let bare = Task { except: Some(found.asked_by), ..asked };
    task(bare, &found.number, found.holder, page, found.facts)
}

/// What the life of an agreement waits for.
#[must_use]
pub fn of_life(found: WaitingLife) -> Task {
    let kind = match found.wait {
        LifeWait::Answer => Kind::AnswerNotice,
        LifeWait::SettleSuspension => Kind::SettleNotice,
        LifeWait::SettleWithdrawal => Kind::SettleWithdrawal,
        LifeWait::Confirm => Kind::ConfirmAgreementWithdrawal,
        LifeWait::Review => Kind::ReviewChange,
    };
    let page = format!("/agrements/droits/{}", found.number);
    let bare = Task { except: found.asked_by, ..Task::new(kind, found.subject, found.due_on) };
    task(bare, &found.number, found.structure_name, page, found.facts)
}

/// What a teaching support waits for.
#[must_use]
pub fn of_support(found: WaitingSupport) -> Task {
    let kind = match found.state {
        SupportState::Requested => Kind::SettleSupport,
        SupportState::Accepted => Kind::ScheduleSupport,
        SupportState::Scheduled => Kind::GiveSupport,
        SupportState::Performed => Kind::ReportSupport,
        SupportState::Reported => Kind::CloseSupport,
        SupportState::Closed | SupportState::Refused | SupportState::Cancelled => Kind::RateSupport,
    };
    let page = format!("/appuis/{}", found.number);
    let bare = Task::new(kind, found.id, found.due_on);
    task(bare, &found.number, found.structure_name, page, found.facts)
}

/// Something that a meeting decided and that is late.
#[must_use]
pub fn of_action(action: &meeting_action::Model, meeting: &meeting::Model) -> Task {
    let about = format!("{} ({})", action.text, action.owner);
    let page = format!("/reunions/{}", meeting.number);
    let bare = Task::new(Kind::FinishAction, action.id, action.due_on);
    task(bare, &meeting.number, about, page, Facts::default())
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
    let bare = Task::new(Kind::RenewCertifierRight, last.id, due_on);
    Some(task(bare, &last.reference, about, page, Facts::default()))
}
