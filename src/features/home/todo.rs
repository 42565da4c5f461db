//! What waits for a person, from the states of things: pure, so that a table tells it.
//!
//! [`of_request`], [`of_right`] and [`of_reserve`] say what each thing waits for, whoever looks; [`todo`] keeps
//! what this person may do, by the policy itself, and sorts it by date. A draft waits for its structure only. [`network`] says the
//! same of the network of experts, [`follow`] what a note of the team changes.

pub mod follow;
pub(super) mod labels;
pub mod network;

use entity::account_role::Role;
use entity::ids::AccountId;
use time::Date;
use uuid::Uuid;

use self::follow::Follow;
use super::rows::{RequestRow, ReserveRow, RightRow};
use crate::authz::{Actor, Facts, Permission, may};
use crate::rules::deadline::{add_days, add_months};
use crate::rules::delays::AgreementDelays;

/// Days to answer a structure that asks for an account.
pub(super) const ACCESS_DAYS: i32 = 7;

/// Days to look at the address that a structure declared of an agreed site.
pub(super) const MOVE_DAYS: i32 = 30;

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Examine the pieces of a submitted request.
    Examine,
    /// Remind a structure that did not answer.
    ChaseReturn,
    /// Replace the pieces asked for.
    ReplacePieces,
    /// Go on with a draft, before it is erased.
    ResumeDraft,
    /// Choose a contrôleur.
    Assign,
    /// Accept the visit by fixing its date, or decline it.
    FixDate,
    /// Ask the contrôleur for a date.
    ChaseDate,
    /// Make the visit and record it.
    Visit,
    /// Send the provisional report.
    Report,
    /// Ask the contrôleur for the report.
    ChaseReport,
    /// Answer the provisional report.
    Comment,
    /// Give an opinion.
    GiveOpinion,
    /// Ask the contrôleur for the opinion.
    ChaseOpinion,
    /// Put the file in front of a committee.
    PutOnAgenda,
    /// Get the file ready for the committee.
    Prepare,
    /// Record the decision.
    Decide,
    /// Bring what the committee waits for.
    Supply,
    /// Resume an adjourned file.
    Resume,
    /// Answer an appeal.
    Settle,
    /// Sign the convention, for the structure.
    SignForStructure,
    /// Sign the convention, for the certifier.
    SignForCertifier,
    /// Do what a reserve asks.
    MeetReserve,
    /// Check the evidence of a reserve.
    LiftReserve,
    /// Update the list of partners of France compétences.
    UpdatePartners,
    /// Answer a structure that asks for an account.
    SettleAccess,
    /// Look at the address that a structure declared of an agreed site.
    ReviewMove,
    /// Settle a tie learnt after a duty was given.
    SettleTie,
    /// Look at the mails that did not arrive.
    FailedMails,
    /// Have the relay of the mails mended: it takes none any more.
    RelayAway,
    /// Have the documents made again that could not be typeset.
    RedoDocuments,
    /// Examine an application to an habilitation.
    ExamineApplication,
    /// Confirm a withdrawal that somebody else asked for.
    ConfirmWithdrawal,
    /// Find somebody for a mission that nobody has.
    FillMission,
    /// Give a seat of a jury to somebody who does not know a candidate.
    SettleJuryTie,
    /// Ask whoever held a mission for its report.
    ChaseMissionReport,
    /// Say that the service of a claim was done, or send it back.
    CertifyClaim,
    /// Pay what was certified.
    PayClaims,
    /// Record who was at a meeting and publish its minutes.
    PublishMinutes,
    /// Have something done that a meeting decided.
    FinishAction,
    /// Renew what the certifying body itself holds.
    RenewCertifierRight,
    /// Give a jury its date and its room, or refuse it.
    PlanJury,
    /// Find who presides over a jury.
    DesignatePresident,
    /// Find enough members for a jury.
    CompleteJury,
    /// Confirm a jury.
    ConfirmJury,
    /// Call the candidates of a jury, which the program could not do.
    ConvokeJury,
    /// Check the signed minutes of a jury.
    CheckMinutes,
    /// Validate the decisions of a jury.
    ValidateMinutes,
    /// Tell the decisions of a jury.
    PublishResults,
    /// Say to a candidate that their appeal arrived.
    AcknowledgeAppeal,
    /// Answer the appeal of a candidate.
    SettleJuryAppeal,
    /// Have the certificates of a jury typeset again, which the program could not do.
    RetryCertificates,
    /// Confirm or dismiss a revocation that someone else asked.
    ConfirmRevocation,
}

const TEAM: &[Role] = &[Role::Manager, Role::Officer];
const DECIDERS: &[Role] = &[Role::Manager];

impl Kind {
    /// Whose business it is: the roles it is shown to, and the permission that they must hold on the thing.
    #[must_use]
    pub fn business(self) -> (&'static [Role], Permission) {
        use Permission as P;
        match self {
            Self::Examine => (TEAM, P::RequestComplete),
            Self::ChaseReturn | Self::ChaseDate | Self::ChaseReport | Self::ChaseOpinion => {
                (TEAM, P::RequestReview)
            }
            Self::Assign => (TEAM, P::RequestAssign),
            Self::PutOnAgenda => (TEAM, P::RequestAgenda),
            Self::Prepare => (&[Role::Officer], P::RequestAgenda),
            Self::Resume => (TEAM, P::RequestResume),
            Self::Decide => (DECIDERS, P::RequestDecide),
            Self::Settle => (DECIDERS, P::RequestSettle),
            Self::SignForCertifier => (DECIDERS, P::AgreementSignCertifier),
            Self::LiftReserve => (DECIDERS, P::AgreementLift),
            Self::UpdatePartners => (TEAM, P::PartnerUpdate),
            Self::SettleAccess => (&[Role::Admin, Role::Manager, Role::Officer], P::AccessSettle),
            Self::ReviewMove => (TEAM, P::RequestReview),
            Self::SettleTie => (TEAM, P::TieView),
            Self::RedoDocuments => (&[Role::Admin, Role::Manager, Role::Officer], P::DocumentRedo),
            Self::FailedMails | Self::RelayAway => {
                (&[Role::Admin, Role::Manager, Role::Officer], P::MailRetry)
            }
            Self::ExamineApplication => (DECIDERS, P::HabilitationManage),
            Self::ConfirmWithdrawal => (&[Role::Admin, Role::Manager], P::HabilitationWithdraw),
            Self::FillMission | Self::ChaseMissionReport => (TEAM, P::MissionManage),
            Self::SettleJuryTie => (TEAM, P::JuryPanelManage),
            Self::CertifyClaim => (TEAM, P::MissionCertify),
            Self::PayClaims => (DECIDERS, P::MissionSettle),
            Self::PublishMinutes | Self::FinishAction => (TEAM, P::MeetingManage),
            Self::RenewCertifierRight => (DECIDERS, P::CertifierRightManage),
            Self::PlanJury | Self::DesignatePresident | Self::CompleteJury | Self::ConfirmJury => {
                (TEAM, P::JuryManage)
            }
            Self::ConvokeJury => (TEAM, P::JuryConvoke),
            Self::CheckMinutes => (TEAM, P::MinutesCheck),
            Self::ValidateMinutes => (DECIDERS, P::MinutesValidate),
            Self::PublishResults => (TEAM, P::MinutesPublish),
            Self::AcknowledgeAppeal => (TEAM, P::AppealAcknowledge),
            Self::SettleJuryAppeal => (DECIDERS, P::AppealSettle),
            Self::RetryCertificates => (TEAM, P::CertificateIssue),
            Self::ConfirmRevocation => (&[Role::Admin, Role::Manager], P::CertificateRevoke),
            Self::FixDate => (&[Role::Expert], P::RequestSchedule),
            Self::Visit => (&[Role::Expert], P::RequestVisit),
            Self::Report => (&[Role::Expert], P::RequestReport),
            Self::GiveOpinion => (&[Role::Expert], P::RequestFinalise),
            Self::ReplacePieces => (&[Role::Structure], P::RequestSubmit),
            Self::ResumeDraft => (&[Role::Structure], P::RequestEdit),
            Self::Comment => (&[Role::Structure], P::RequestComment),
            Self::Supply => (&[Role::Structure], P::RequestEdit),
            Self::SignForStructure => (&[Role::Structure], P::AgreementSignStructure),
            Self::MeetReserve => (&[Role::Structure], P::AgreementView),
        }
    }

    /// Its name in the API: stable, without accents.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Examine => "examine",
            Self::ChaseReturn => "chase_return",
            Self::ReplacePieces => "replace_pieces",
            Self::ResumeDraft => "resume_draft",
            Self::Assign => "assign",
            Self::FixDate => "fix_date",
            Self::ChaseDate => "chase_date",
            Self::Visit => "visit",
            Self::Report => "report",
            Self::ChaseReport => "chase_report",
            Self::Comment => "comment",
            Self::GiveOpinion => "give_opinion",
            Self::ChaseOpinion => "chase_opinion",
            Self::PutOnAgenda => "put_on_agenda",
            Self::Prepare => "prepare",
            Self::Decide => "decide",
            Self::Supply => "supply",
            Self::Resume => "resume",
            Self::Settle => "settle",
            Self::SignForStructure => "sign_for_structure",
            Self::SignForCertifier => "sign_for_certifier",
            Self::MeetReserve => "meet_reserve",
            Self::LiftReserve => "lift_reserve",
            Self::UpdatePartners => "update_partners",
            Self::SettleAccess => "settle_access",
            Self::ReviewMove => "review_move",
            Self::SettleTie => "settle_tie",
            Self::FailedMails => "failed_mails",
            Self::RelayAway => "relay_away",
            Self::RedoDocuments => "redo_documents",
            Self::ExamineApplication => "examine_application",
            Self::ConfirmWithdrawal => "confirm_withdrawal",
            Self::FillMission => "fill_mission",
            Self::SettleJuryTie => "settle_jury_tie",
            Self::ChaseMissionReport => "chase_mission_report",
            Self::CertifyClaim => "certify_claim",
            Self::PayClaims => "pay_claims",
            Self::PublishMinutes => "publish_minutes",
            Self::FinishAction => "finish_action",
            Self::RenewCertifierRight => "renew_certifier_right",
            Self::PlanJury => "plan_jury",
            Self::DesignatePresident => "designate_president",
            Self::CompleteJury => "complete_jury",
            Self::ConfirmJury => "confirm_jury",
            Self::ConvokeJury => "convoke_jury",
            Self::CheckMinutes => "check_minutes",
            Self::ValidateMinutes => "validate_minutes",
            Self::PublishResults => "publish_results",
            Self::AcknowledgeAppeal => "acknowledge_appeal",
            Self::SettleJuryAppeal => "settle_jury_appeal",
            Self::RetryCertificates => "retry_certificates",
            Self::ConfirmRevocation => "confirm_revocation",
        }
    }
}

/// One thing that waits, whoever looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What is to be done.
    pub kind: Kind,
    /// Key of the thing that waits; nil for a line that gathers several.
    pub subject: Uuid,
    /// By when, where the structure is.
    pub due_on: Date,
    /// Number of the file; empty when it is about no file.
    pub reference: String,
    /// Name of the structure, of the person or of the mission; empty when it is about none, or about a request and not yet
    /// read for the page.
    pub about: String,
    /// What tells it from another of the same file, as a sentence; empty when nothing needs to.
    pub detail: String,
    /// The page where it is done, when the number of the file does not tell it.
    pub page: Option<String>,
    /// How many things are behind this line.
    pub count: u64,
    /// What the policy looks at.
    pub facts: Facts,
    /// Whose business it is not: who asked for a withdrawal does not confirm it.
    pub except: Option<AccountId>,
    /// What the team said of it.
    pub follow: Follow,
}

/// Where a date stands beside today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// It has passed.
    Late,
    /// It is today.
    Today,
    /// It comes.
    Coming,
    /// The team postponed it to a day that has not come.
    Postponed,
}

impl Task {
    /// One thing that waits until a day, about nothing yet.
    #[must_use]
    pub fn new(kind: Kind, subject: impl Into<Uuid>, due_on: Date) -> Self {
        Self {
            kind,
            subject: subject.into(),
            due_on,
            reference: String::new(),
            about: String::new(),
            detail: String::new(),
            page: None,
            count: 1,
            facts: Facts::default(),
            except: None,
            follow: Follow::default(),
        }
    }

    /// Where its date stands.
    #[must_use]
    pub fn when(&self, today: Date) -> When {
        if self.postponed_on(today).is_some() {
            return When::Postponed;
        }
        match self.due_on.cmp(&today) {
            std::cmp::Ordering::Less => When::Late,
            std::cmp::Ordering::Equal => When::Today,
            std::cmp::Ordering::Greater => When::Coming,
        }
    }
}

/// What this person has to do, oldest date first.
#[must_use]
pub fn todo(actor: &Actor, tasks: Vec<Task>) -> Vec<Task> {
    let mut parts: Vec<(&[Role], Actor)> = Vec::new();
    let mut kept = Vec::new();
    for task in tasks {
        let (roles, permission) = task.kind.business();
        let part = parts.iter().position(|(known, _)| *known == roles).unwrap_or_else(|| {
            parts.push((roles, acting_as(actor, roles)));
            parts.len() - 1
        });
        if !task.is_not_for(actor) && may(&parts[part].1, permission, &task.facts) {
            kept.push(task);
        }
    }
    kept.sort_by(|a, b| (a.due_on, a.kind, &a.reference).cmp(&(b.due_on, b.kind, &b.reference)));
    kept
}

/// Whether a task is the business of this person.
#[must_use]
pub fn sees(actor: &Actor, task: &Task) -> bool {
    let (roles, permission) = task.kind.business();
    !task.is_not_for(actor) && may(&acting_as(actor, roles), permission, &task.facts)
}

/// The person with only those of their roles whose business something is.
fn acting_as(actor: &Actor, roles: &[Role]) -> Actor {
    let held = actor.held.iter().filter(|held| roles.contains(&held.role)).cloned().collect();
    Actor { held, ..actor.clone() }
}

/// What a request waits for on a day, without the name of its structure.
#[must_use]
pub fn of_request(row: &RequestRow, delays: &AgreementDelays, today: Date) -> Vec<Task> {
    let due = due_dates(row, delays, today);
    let task = |(kind, due_on)| Task {
        reference: row.reference.clone(),
        facts: row.facts(),
        detail: match kind {
            Kind::ResumeDraft => labels::saved(row.since.map_or(today, |at| row.day(at))),
            _ => String::new(),
        },
        ..Task::new(kind, row.id, due_on)
    };
    due.into_iter().map(task).collect()
}

fn due_dates(row: &RequestRow, delays: &AgreementDelays, today: Date) -> Vec<(Kind, Date)> {
    use entity::agreement_request::RequestState as S;
    let on = |at: Option<entity::Instant>| at.map_or(today, |at| row.day(at));
    let within = |at, days: u16| add_days(on(at), i32::from(days));
    match row.state {
        S::Draft => vec![(Kind::ResumeDraft, within(row.since, delays.draft_idle_days))],
        S::Submitted => vec![(Kind::Examine, within(row.since, delays.return_within_days))],
        S::Incomplete => {
            let due = on(row.since);
            late_too((Kind::ReplacePieces, due), Kind::ChaseReturn, today)
        }
        S::Complete => vec![(Kind::Assign, within(row.since, delays.assign_days))],
        S::VisitToSchedule => {
            let mut due = vec![(Kind::FixDate, within(row.since, delays.controller_answer_days))];
            let asked = within(row.since, delays.date_chase_days);
            due.extend((asked <= today).then_some((Kind::ChaseDate, asked)));
            due
        }
        S::VisitScheduled => vec![(Kind::Visit, on(row.since))],
        S::VisitDone => {
            let due = within(row.since, delays.report_within_days);
            late_too((Kind::Report, due), Kind::ChaseReport, today)
        }
        S::Adversarial => adversarial(row, delays, today),
        S::OpinionGiven => vec![(Kind::PutOnAgenda, within(row.since, delays.agenda_days))],
        S::InCommittee => {
            let meets_on = row.committee_on.unwrap_or(today);
            let mut due = vec![(Kind::Decide, meets_on)];
            due.extend((meets_on >= today).then_some((Kind::Prepare, meets_on)));
            due
        }
        S::Adjourned => {
            let due = row.adjourned_until.unwrap_or(today);
            vec![(Kind::Supply, due), (Kind::Resume, due)]
        }
        S::Appeal => {
            vec![(Kind::Settle, add_months(on(row.since), i32::from(delays.appeal_months)))]
        }
        _ => Vec::new(),
    }
}

/// The same date for the person in charge and, once it has passed, for the team that reminds them.
fn late_too(own: (Kind, Date), chase: Kind, today: Date) -> Vec<(Kind, Date)> {
    let late = (own.1 < today).then_some((chase, own.1));
    std::iter::once(own).chain(late).collect()
}

/// The structure may answer until the end of its delay; then, or once it has answered, an opinion is due.
fn adversarial(row: &RequestRow, delays: &AgreementDelays, today: Date) -> Vec<(Kind, Date)> {
    let until = row.since.map_or(today, |at| row.day(at));
    if row.commented_at.is_none() && until >= today {
        return vec![(Kind::Comment, until)];
    }
    let from = row.commented_at.map_or(until, |at| row.day(at));
    let due = add_days(from, i32::from(delays.comment_days));
    late_too((Kind::GiveOpinion, due), Kind::ChaseOpinion, today)
}

/// What a right waits for: the signatures of its convention.
#[must_use]
pub fn of_right(row: &RightRow, delays: &AgreementDelays, today: Date) -> Vec<Task> {
    let sent_on = row.convention_sent_at.map_or(today, |at| row.place.day(at));
    let due_on = add_days(sent_on, i32::from(delays.sign_days));
    let missing = [
        (row.signed_by_structure_at.is_none(), Kind::SignForStructure),
        (row.signed_by_certifier_at.is_none(), Kind::SignForCertifier),
    ];
    let wanted = missing.into_iter().filter(|(wanted, _)| *wanted);
    wanted.map(|(_, kind)| row.place.task(kind, row.id, due_on)).collect()
}

/// What an open reserve waits for: the structure sees it from the start, the team once a proof was brought or when its
/// end is near.
#[must_use]
pub fn of_reserve(row: &ReserveRow, delays: &AgreementDelays, today: Date) -> Vec<Task> {
    let task = |kind| Task { detail: labels::reserve(&row.text), ..row.place.task(kind, row.id, row.due_on) };
    let mut tasks = vec![task(Kind::MeetReserve)];
    if row.proof_at.is_some() || row.due_on <= add_days(today, i32::from(delays.reserve_ahead_days)) {
        tasks.push(task(Kind::LiftReserve));
    }
    tasks
}

#[cfg(test)]
#[path = "todo_tests.rs"]
mod tests;
