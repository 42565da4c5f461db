//! The policy, as a table: for each permission, the roles that hold it and their necessary tie to the thing.
//!
//! Deny by default. The table is pure, so a test prints it whole to a file that a person reviews.

use entity::account_role::Role;
use entity::ids::{AccountId, CertificationId, ExpertId, StructureId};

use super::{Actor, Held, Permission, Who, bounds};
use crate::error::{DomainError, ErrorKind};

/// What the policy needs to know about the thing; the caller loads it, the policy never asks the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Structure that the thing belongs to.
    pub structure: Option<StructureId>,
    /// INSEE region of that structure.
    pub region: Option<String>,
    /// INSEE regions of a thing that is in several at once, as an expert is; one within a limit is enough.
    pub regions: Vec<String>,
    /// Certification concerned.
    pub certification: Option<CertificationId>,
    /// The other certifications of a thing that concerns several, as a mission may; one within a limit is enough.
    pub certifications: Vec<CertificationId>,
    /// Expert who has the mission.
    pub expert: Option<ExpertId>,
    /// Account that the thing belongs to.
    pub account: Option<AccountId>,
    /// Account that took the decision now appealed against.
    pub decided_by: Option<AccountId>,
    /// Expert who inspected, who may not decide.
    pub inspected_by: Option<ExpertId>,
}

/// The tie that a role must have with the thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// None.
    Any,
    /// The thing belongs to the actor's structure.
    OwnStructure,
    /// The same, as administrator of the structure.
    OwnStructureAdmin,
    /// The mission was given to the actor, or the file is the actor's.
    OwnMission,
    /// The mission was not given to the actor, who may not pay themselves.
    OthersMission,
    /// The thing is the actor's account.
    Oneself,
    /// The actor is not the expert who inspected.
    DidNotInspect,
    /// The actor did not take the decision, and did not inspect.
    DidNotDecide,
}

impl Scope {
    /// Whether the tie names the thing itself, which no region or certification then limits further.
    #[must_use]
    pub fn is_own(self) -> bool {
        matches!(self, Self::OwnStructure | Self::OwnStructureAdmin | Self::OwnMission | Self::Oneself)
    }
}

/// Who may: a role and its necessary tie. No role means the program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The role; none for the workers and commands of the program.
    pub role: Option<Role>,
    /// The tie.
    pub scope: Scope,
}

const fn role(role: Role, scope: Scope) -> Rule {
    Rule { role: Some(role), scope }
}

const ADMIN: Rule = role(Role::Admin, Scope::Any);
const MANAGER: Rule = role(Role::Manager, Scope::Any);
const OFFICER: Rule = role(Role::Officer, Scope::Any);
const AUDITOR: Rule = role(Role::Auditor, Scope::Any);
const STRUCTURE: Rule = role(Role::Structure, Scope::OwnStructure);
const STRUCTURE_ADMIN: Rule = role(Role::Structure, Scope::OwnStructureAdmin);
const EXPERT: Rule = role(Role::Expert, Scope::OwnMission);
const PROGRAM: Rule = Rule { role: None, scope: Scope::Any };

/// The table.
#[must_use]
#[expect(
    clippy::match_same_arms,
    clippy::too_many_lines,
    reason = "one line for each permission, by area, as a person reviews it"
)]
pub fn rules(permission: Permission) -> &'static [Rule] {
    use Permission as P;
    match permission {
        P::SignIn => &[PROGRAM],
        P::AccountSelf => {
            &const {
                [
                    role(Role::Admin, Scope::Oneself),
                    role(Role::Manager, Scope::Oneself),
                    role(Role::Officer, Scope::Oneself),
                    role(Role::Expert, Scope::Oneself),
                    role(Role::Structure, Scope::Oneself),
                    role(Role::Trainee, Scope::Oneself),
                    role(Role::Auditor, Scope::Oneself),
                ]
            }
        }
        P::AccountView => &[ADMIN, MANAGER],
        P::AccountManage => &[ADMIN, PROGRAM],
        P::ColleagueView => &[ADMIN, MANAGER, OFFICER, STRUCTURE],
        P::ColleagueManage => &[ADMIN, MANAGER, OFFICER, STRUCTURE_ADMIN],

        P::AccessAsk => &[PROGRAM],
        P::AccessView | P::AccessSettle => &[ADMIN, MANAGER, OFFICER],

        P::StructureView => &[ADMIN, MANAGER, OFFICER, AUDITOR, STRUCTURE, EXPERT],
        P::StructureCreate => &[ADMIN, MANAGER, OFFICER, PROGRAM],
        P::StructureEdit => &[ADMIN, MANAGER, OFFICER, STRUCTURE],
        P::StructureContacts => &[ADMIN, MANAGER, OFFICER, STRUCTURE_ADMIN],
        P::StructureImport => &[ADMIN, MANAGER, OFFICER, PROGRAM],

        P::CertificationView => {
            &const {
                [
                    ADMIN,
                    MANAGER,
                    OFFICER,
                    AUDITOR,
                    role(Role::Structure, Scope::Any),
                    role(Role::Expert, Scope::Any),
                    role(Role::Trainee, Scope::Any),
                ]
            }
        }
        P::CertificationEdit => &[MANAGER, PROGRAM],
        P::ReferentialEdit => &[MANAGER, OFFICER],
        P::ReferentialPublish => &[MANAGER],

        P::ExpertView => &[ADMIN, MANAGER, OFFICER, AUDITOR, EXPERT],
        P::NetworkView => &[MANAGER, OFFICER],
        P::ExpertEdit | P::ExpertImport => &[MANAGER, OFFICER, PROGRAM],
        P::InterestView | P::InterestEdit => &[MANAGER, EXPERT, PROGRAM],
        P::TieView => &[ADMIN, MANAGER, OFFICER, AUDITOR, EXPERT],
        P::TieEdit => &[MANAGER, OFFICER, PROGRAM],
        P::TieOverride => &[MANAGER],
        P::TieWatch => &[PROGRAM],

        P::HabilitationApply
        | P::HabilitationSign
        | P::HabilitationResign
        | P::HabilitationLog
        | P::HabilitationAnswer => &[MANAGER, EXPERT, PROGRAM],
        P::HabilitationManage => &[MANAGER, PROGRAM],
        P::HabilitationWithdraw => &[ADMIN, MANAGER],
        P::HabilitationExpire => &[PROGRAM],
        P::ExpertPieceAdd => &[MANAGER, OFFICER, EXPERT, PROGRAM],

        P::RightView => &[ADMIN, MANAGER, OFFICER, AUDITOR, STRUCTURE, EXPERT],
        P::RightDeadline => &[PROGRAM],
        P::CertifierRightManage => &[MANAGER],
        P::ConventionManage => &[MANAGER, OFFICER],
        P::AvailabilityView => &[ADMIN, MANAGER, OFFICER, AUDITOR, EXPERT],
        P::AvailabilityEdit => &[MANAGER, OFFICER, EXPERT, PROGRAM],
        P::AvailabilityAsk => &[MANAGER, OFFICER],
        P::AbsenceReasonView => &[MANAGER, EXPERT, PROGRAM],
        P::SchoolCalendarView => &[ADMIN, MANAGER, OFFICER, AUDITOR],
        P::SchoolCalendarEdit => &[ADMIN, MANAGER, OFFICER, PROGRAM],

        P::MeetingView => &[ADMIN, MANAGER, OFFICER, AUDITOR, EXPERT],
        P::MeetingManage => &[MANAGER, OFFICER, PROGRAM],
        P::MeetingAnswer => &[EXPERT, PROGRAM],

        P::RequestView => &[ADMIN, MANAGER, OFFICER, AUDITOR, STRUCTURE, EXPERT],
        P::RequestCreate | P::RequestEdit => &[MANAGER, OFFICER, STRUCTURE],
        P::RequestRemovePiece => &[MANAGER, OFFICER, STRUCTURE],
        P::RequestSubmit | P::RequestWithdraw | P::RequestComment | P::RequestAppeal => &[STRUCTURE],
        P::RequestReview | P::RequestReturn | P::RequestComplete | P::RequestAgenda | P::RequestResume => {
            &[MANAGER, OFFICER]
        }
        P::RequestAssign | P::RequestLetter => &[MANAGER, OFFICER],
        P::RequestWaive => &[MANAGER],
        P::RequestVisit | P::RequestReport | P::RequestFinalise => &[EXPERT],
        // The program answers for whoever holds the link of the mail.
        P::RequestDecline => &[EXPERT, PROGRAM],
        P::RequestSchedule => &[MANAGER, OFFICER, EXPERT, PROGRAM],
        P::RequestRelease => &[MANAGER, OFFICER, EXPERT],
        P::RequestPostpone => &[MANAGER, OFFICER, EXPERT, STRUCTURE],
        P::RequestDecide => &const { [role(Role::Manager, Scope::DidNotInspect)] },
        P::RequestSettle => &const { [role(Role::Manager, Scope::DidNotDecide)] },
        P::RequestDeadline | P::AgreementDeadline => &[PROGRAM],

        P::CommitteeView => &[ADMIN, MANAGER, OFFICER, AUDITOR],
        P::CommitteeManage => &[MANAGER, OFFICER],

        P::AgreementView => &[ADMIN, MANAGER, OFFICER, AUDITOR, STRUCTURE],
        P::AgreementSignStructure => &[STRUCTURE_ADMIN],
        P::AgreementSignCertifier | P::AgreementLift => &[MANAGER],
        P::AgreementProve => &[STRUCTURE],
        P::PartnerUpdate => &[MANAGER, OFFICER],

        P::MissionView => &[ADMIN, MANAGER, OFFICER, AUDITOR, EXPERT],
        P::MissionManage => &[MANAGER, OFFICER],
        P::MissionImport => &[MANAGER, OFFICER, PROGRAM],
        P::MissionAnswer => &[EXPERT, PROGRAM],
        P::MissionDropOut | P::MissionCarry => &[MANAGER, OFFICER, EXPERT],
        P::MissionClaim => &[EXPERT],
        P::MissionCertify | P::MissionRate => {
            &const { [role(Role::Manager, Scope::OthersMission), role(Role::Officer, Scope::OthersMission)] }
        }
        P::MissionSettle | P::MissionReopen => &const { [role(Role::Manager, Scope::OthersMission)] },
        P::AgendaFeed => &[EXPERT],
        P::MissionDeadline => &[PROGRAM],

        P::CandidateView => &[ADMIN, MANAGER, OFFICER, AUDITOR, STRUCTURE],
        P::CandidateEnrol => &[MANAGER, OFFICER, STRUCTURE, PROGRAM],
        P::CandidateEdit | P::CandidatePosition | P::CandidateWithdraw => &[MANAGER, OFFICER, STRUCTURE],
        P::CandidateStart | P::CandidateSubmit => &[STRUCTURE],
        P::CandidateExamine | P::CandidateTransfer => &[MANAGER, OFFICER],
        P::CandidateExclude => &[MANAGER],
        P::CandidateLivret => &[MANAGER, OFFICER, STRUCTURE],
        P::CandidateAdaptation => &[MANAGER, STRUCTURE],
        P::CandidateTie => &[MANAGER, OFFICER, STRUCTURE, EXPERT],
        P::CandidateCancel => &[PROGRAM],
        P::CandidateTieVoid => &[MANAGER, OFFICER],
        P::CandidateImport => &const { [MANAGER, OFFICER, role(Role::Structure, Scope::Any), PROGRAM] },
        P::CertificateView => &[ADMIN, MANAGER, OFFICER, AUDITOR, STRUCTURE],
        P::CertificateIssue | P::CertificatePublish | P::CertificateBadge => &[MANAGER, OFFICER, PROGRAM],
        P::CertificateImport => &[MANAGER, OFFICER, PROGRAM],
        P::CertificateReplace => &[MANAGER, OFFICER],
        P::CertificateSuspend => &[MANAGER],
        P::CertificateRevoke => &[ADMIN, MANAGER],
        P::JuryView => &[ADMIN, MANAGER, OFFICER, AUDITOR, STRUCTURE, EXPERT],
        P::JuryRequest | P::JuryCandidates => &[MANAGER, OFFICER, STRUCTURE],
        P::JuryWithdraw => &[STRUCTURE],
        P::JuryManage => &[MANAGER, OFFICER],
        P::JuryConvoke => &[MANAGER, OFFICER, PROGRAM],
        P::JuryDeadline => &[PROGRAM],
        P::JuryDayView => &[MANAGER, EXPERT],
        P::JurySit | P::JuryRun => &[EXPERT],
        P::MinutesView => &[ADMIN, MANAGER, OFFICER, AUDITOR, EXPERT],
        P::MinutesClose => &[EXPERT, PROGRAM],
        P::MinutesSign => &[EXPERT],
        P::MinutesCheck | P::MinutesPublish => &[MANAGER, OFFICER],
        P::MinutesValidate => &[MANAGER],
        P::AppealLodge => &[MANAGER, OFFICER, STRUCTURE],
        P::AppealAcknowledge => &[MANAGER, OFFICER],
        P::AppealSettle => &[MANAGER],
        P::JuryPanelView => &[ADMIN, MANAGER, OFFICER, AUDITOR],
        P::JuryPanelManage | P::CollegeSeatManage => &[MANAGER, OFFICER],

        P::TrainingView => &[ADMIN, MANAGER, OFFICER, AUDITOR, STRUCTURE, EXPERT],
        P::TrainingManage => &[MANAGER, OFFICER],
        P::TrainingAdvance => &[MANAGER, OFFICER, PROGRAM],
        P::TrainingExport | P::TrainingRoomView => &[ADMIN, MANAGER, OFFICER, AUDITOR],
        P::TrainingRoomManage => &[MANAGER, OFFICER],
        P::ProgrammeView => &[ADMIN, MANAGER, OFFICER, AUDITOR],
        P::ProgrammeEdit | P::ProgrammeImport => &[MANAGER, OFFICER, PROGRAM],
        P::ProgrammePublish => &[MANAGER],

        P::EnrolmentView => {
            &const { [ADMIN, MANAGER, OFFICER, AUDITOR, STRUCTURE, role(Role::Trainee, Scope::Oneself)] }
        }
        P::EnrolmentExport => &[ADMIN, MANAGER, OFFICER, AUDITOR],
        P::EnrolmentAsk | P::EnrolmentDeadline => &[PROGRAM],
        P::EnrolmentCreate | P::EnrolmentCancel => &[MANAGER, OFFICER, STRUCTURE],
        P::EnrolmentManage => &[MANAGER, OFFICER],
        P::EnrolmentOffer => &[MANAGER, OFFICER, PROGRAM],
        P::EnrolmentAdaptation => &[MANAGER],

        P::PaperView => {
            &const { [ADMIN, MANAGER, OFFICER, AUDITOR, STRUCTURE, role(Role::Trainee, Scope::Oneself)] }
        }
        P::PaperIssue => &[MANAGER, OFFICER],
        P::PaperSign => &[MANAGER],
        P::PaperAnswer => &const { [STRUCTURE, role(Role::Trainee, Scope::Oneself), PROGRAM] },
        P::PaperDeadline => &[PROGRAM],
        P::FundingView => &[ADMIN, MANAGER, OFFICER, AUDITOR, STRUCTURE],
        P::FundingManage => &[MANAGER, OFFICER],
        P::BpfView => &[ADMIN, MANAGER, OFFICER, AUDITOR],
        P::AttendanceView => &[ADMIN, MANAGER, OFFICER, AUDITOR, EXPERT],
        P::AttendanceSign | P::AttendanceDeadline => &[PROGRAM],
        P::AttendanceRecord | P::AttendanceCorrect => &[MANAGER, OFFICER, EXPERT],
        P::AttendanceCountersign => &[EXPERT],
        P::SurveyView => &[ADMIN, MANAGER, OFFICER, AUDITOR],
        P::SurveyManage => &[MANAGER, OFFICER, PROGRAM],
        P::SurveyAnswer => &[PROGRAM],

        P::InvoiceView => {
            &const { [ADMIN, MANAGER, OFFICER, AUDITOR, STRUCTURE, role(Role::Trainee, Scope::Oneself)] }
        }
        P::InvoiceManage => &[MANAGER, OFFICER],
        P::InvoiceCredit => &[MANAGER],
        P::InvoiceExport => &[ADMIN, MANAGER, AUDITOR],
        P::InvoiceDeadline => &[PROGRAM],

        P::DocumentIssue => &[PROGRAM],
        P::MailView => &[ADMIN, MANAGER, OFFICER, AUDITOR],
        P::MailRetry | P::DocumentRedo | P::TaskFollow => &[ADMIN, MANAGER, OFFICER],
        P::NoticeDigest | P::NoticeUnsubscribe => &[PROGRAM],
        P::JournalView | P::JournalExport => &[ADMIN, MANAGER, AUDITOR, PROGRAM],
        P::JournalSeal => &[PROGRAM],
        P::JournalErase => &[ADMIN, MANAGER, PROGRAM],
        P::InstallationCopy => &[PROGRAM],
        P::ActivityView => &[ADMIN, MANAGER, OFFICER, AUDITOR],
        P::ActivityImport => &[ADMIN, MANAGER, PROGRAM],
        P::SettingView => &[ADMIN, MANAGER],
        P::SettingEdit => &[ADMIN, MANAGER, PROGRAM],
    }
}

/// The proof that the policy said yes. Only [`allows`] makes one.
#[must_use]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    permission: Permission,
    role: &'static str,
}

impl Grant {
    /// What was allowed.
    #[must_use]
    pub fn permission(&self) -> Permission {
        self.permission
    }

    /// The role that allowed it, for the journal.
    #[must_use]
    pub fn role(&self) -> &'static str {
        self.role
    }
}

/// Why the policy said no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// Nobody is signed in.
    #[error("not signed in")]
    Anonymous,
    /// The actor may not know that the thing exists.
    #[error("hidden ({})", .0.name())]
    Hidden(Permission),
    /// The actor sees the thing but may not do this.
    #[error("forbidden ({})", .0.name())]
    Forbidden(Permission),
    /// The actor inspected or decided, and may not judge it again; or would pay themselves.
    #[error("not independent ({})", .0.name())]
    NotIndependent(Permission),
}

impl DomainError for Denied {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Anonymous => ErrorKind::Unauthenticated,
            Self::Hidden(_) => ErrorKind::NotFound,
            Self::Forbidden(_) | Self::NotIndependent(_) => ErrorKind::Forbidden,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Anonymous => "unauthenticated",
            Self::Hidden(_) => "not-found",
            Self::Forbidden(_) => "forbidden",
            Self::NotIndependent(_) => "not-independent",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Anonymous => "Connectez-vous pour continuer.",
            Self::Hidden(_) => "Cette page ou cet objet n’existe pas, ou ne vous est pas ouvert.",
            Self::Forbidden(_) => "Votre rôle ne permet pas cette action.",
            Self::NotIndependent(Permission::MissionCertify | Permission::MissionSettle) => {
                "Ces frais sont les vôtres\u{202f}: une autre personne doit attester le service fait et payer."
            }
            Self::NotIndependent(_) => {
                "Vous avez contrôlé cette structure ou pris la décision contestée\u{202f}: une autre personne doit se prononcer."
            }
        }
        .to_owned()
    }
}

/// Decides.
///
/// # Errors
/// [`Denied`], which says whether the thing may be known to exist.
pub fn allows(actor: &Actor, permission: Permission, facts: &Facts) -> Result<Grant, Denied> {
    decide(actor, permission, facts, bounds::within)
}

/// Decides whether there is something on which this may be done, for a list, a form or a file of lines: each thing of it
/// is then asked for by [`allows`], or filtered by [`super::visible`]. The facts hold the ties of the actor, if any.
///
/// # Errors
/// [`Denied`], as for [`allows`].
pub fn allows_somewhere(actor: &Actor, permission: Permission, facts: &Facts) -> Result<(), Denied> {
    decide(actor, permission, facts, bounds::somewhere).map(|_grant| ())
}

/// Whether a button should be shown: the same decision, without the reasons.
#[must_use]
pub fn may(actor: &Actor, permission: Permission, facts: &Facts) -> bool {
    role_allowing(actor, permission, facts, bounds::within).is_some()
}

/// Whether the way to a list or to a form should be shown: the decision of [`allows_somewhere`], without ties.
#[must_use]
pub fn may_somewhere(actor: &Actor, permission: Permission) -> bool {
    role_allowing(actor, permission, &Facts::default(), bounds::somewhere).is_some()
}

/// Whether the limits of a role let it act.
type Reach = fn(&Held, Permission, &Facts) -> bool;

fn decide(actor: &Actor, permission: Permission, facts: &Facts, reach: Reach) -> Result<Grant, Denied> {
    if let Some(role) = role_allowing(actor, permission, facts, reach) {
        return Ok(Grant { permission, role });
    }
    if actor.who == Who::Anonymous {
        return Err(Denied::Anonymous);
    }
    let view = permission.view();
    if view == permission || role_allowing(actor, view, facts, reach).is_none() {
        return Err(Denied::Hidden(permission));
    }
    if holds_but_not_independent(actor, permission) {
        return Err(Denied::NotIndependent(permission));
    }
    Err(Denied::Forbidden(permission))
}

fn role_allowing(actor: &Actor, permission: Permission, facts: &Facts, reach: Reach) -> Option<&'static str> {
    let table = rules(permission);
    if matches!(actor.who, Who::System(_)) {
        return table.contains(&PROGRAM).then_some("system");
    }
    actor.held.iter().find_map(|held| {
        let allowed = table.iter().any(|rule| {
            rule.role == Some(held.role)
                && scope_holds(actor, held, rule.scope, facts)
                && (rule.scope.is_own() || reach(held, permission, facts))
        });
        allowed.then(|| role_name(held.role))
    })
}

fn scope_holds(actor: &Actor, held: &Held, scope: Scope, facts: &Facts) -> bool {
    let inspected = || facts.inspected_by.is_some() && facts.inspected_by == actor.expert();
    match scope {
        Scope::Any => true,
        Scope::OwnStructure => held.structure.is_some() && held.structure == facts.structure,
        Scope::OwnStructureAdmin => {
            held.structure_admin && held.structure.is_some() && held.structure == facts.structure
        }
        Scope::OwnMission => held.expert.is_some() && held.expert == facts.expert,
        Scope::OthersMission => facts.expert.is_none() || facts.expert != actor.expert(),
        Scope::Oneself => facts.account.is_some() && facts.account == actor.account_id(),
        Scope::DidNotInspect => !inspected(),
        Scope::DidNotDecide => {
            !inspected() && (facts.decided_by.is_none() || facts.decided_by != actor.account_id())
        }
    }
}

fn holds_but_not_independent(actor: &Actor, permission: Permission) -> bool {
    rules(permission).iter().any(|rule| {
        matches!(rule.scope, Scope::DidNotInspect | Scope::DidNotDecide | Scope::OthersMission)
            && rule.role.is_some_and(|role| actor.has(role))
    })
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Admin => "admin",
        Role::Manager => "manager",
        Role::Officer => "officer",
        Role::Expert => "expert",
        Role::Structure => "structure",
        Role::Trainee => "trainee",
        Role::Auditor => "auditor",
    }
}
