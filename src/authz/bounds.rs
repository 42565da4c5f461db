//! How far a limited role reaches, as a table: for each permission, what a role limited to regions or to a certification
//! asks of the thing.
//!
//! Deny by default: a limited role does nothing on a thing of which nobody said where it is, unless its line says that
//! it has no place. The table is pure, so a test prints it whole beside that of the rights.

use entity::expert;
use entity::ids::CertificationId;

use super::policy::Facts;
use super::{Held, Permission};

/// What one limit of a role asks of the thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Nothing: the thing has no place there, or is a list that [`super::visible`] filters.
    Free,
    /// To be within the limit when it is somewhere: a thing without a place is everywhere.
    Known,
    /// To carry its place and be within the limit: a thing of which nobody said it is refused.
    Carried,
    /// That the role has no such limit: the thing is the whole house's.
    Whole,
}

impl Bound {
    /// Whether a limited role passes; `inside` says whether the thing is within the limit, none when nobody said where
    /// it is.
    #[must_use]
    pub fn lets(self, inside: Option<bool>) -> bool {
        match self {
            Self::Free => true,
            Self::Known => inside.unwrap_or(true),
            Self::Carried => inside.unwrap_or(false),
            Self::Whole => false,
        }
    }
}

/// What the two limits of a role ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Of a role limited to regions.
    pub region: Bound,
    /// Of a role limited to a certification.
    pub certification: Bound,
}

/// The whole house's: the journal, the accounts, the settings, and what the program does by itself.
const HOUSE: Bounds = Bounds { region: Bound::Whole, certification: Bound::Whole };
/// Of no place: one's own account, a meeting, a committee, whose agenda each sees within their own limits.
const NOWHERE: Bounds = Bounds { region: Bound::Free, certification: Bound::Free };
/// A structure or an expert, who are somewhere and act for every certification.
const PLACE: Bounds = Bounds { region: Bound::Carried, certification: Bound::Free };
/// A file of agreement, which has a structure and a certification; or of habilitation, which has a person and, unless it
/// is on all of them, a certification.
const FILE: Bounds = Bounds { region: Bound::Carried, certification: Bound::Carried };
/// The application of an expert, which may be to every certification.
const APPLICATION: Bounds = Bounds { region: Bound::Carried, certification: Bound::Known };
/// A mission, a mail or a task, which may be about a file and may be about nothing.
const ABOUT: Bounds = Bounds { region: Bound::Known, certification: Bound::Known };
/// A certification, which is the same in every region.
const CERTIFICATION: Bounds = Bounds { region: Bound::Whole, certification: Bound::Carried };
/// The draft of its referential, which binds nobody before somebody publishes it.
const DRAFT: Bounds = Bounds { region: Bound::Free, certification: Bound::Carried };

/// A programme of training, which is the same in every region and may prepare a certification.
const PROGRAMME: Bounds = Bounds { region: Bound::Whole, certification: Bound::Known };

/// The table.
#[must_use]
#[expect(
    clippy::match_same_arms,
    clippy::too_many_lines,
    reason = "each permission is named, by area, as a person reviews it: a new one does not compile without its line"
)]
pub fn bounds(permission: Permission) -> Bounds {
    use Permission as P;
    match permission {
        P::AccountView
        | P::AccountManage
        | P::CertifierRightManage
        | P::SchoolCalendarEdit
        | P::JournalView
        | P::JournalExport
        | P::JournalErase
        | P::ActivityImport
        | P::MissionImport
        | P::CertificateImport
        | P::ProgrammeImport
        | P::BpfView
        | P::InvoiceExport
        | P::SettingEdit => HOUSE,

        P::SignIn
        | P::AccessAsk
        | P::TieWatch
        | P::HabilitationExpire
        | P::RightDeadline
        | P::RequestDeadline
        | P::AgreementDeadline
        | P::MissionDeadline
        | P::JuryDeadline
        | P::EnrolmentAsk
        | P::EnrolmentDeadline
        | P::PaperDeadline
        | P::AttendanceSign
        | P::AttendanceDeadline
        | P::SurveyAnswer
        | P::DocumentIssue
        | P::NoticeDigest
        | P::NoticeUnsubscribe
        | P::JournalSeal
        | P::InstallationCopy => HOUSE,

        P::AccountSelf
        | P::CertificationView
        | P::RightView
        | P::SchoolCalendarView
        | P::MeetingView
        | P::MeetingManage
        | P::MeetingAnswer
        | P::CommitteeView
        | P::CommitteeManage
        | P::AgendaFeed
        | P::ActivityView
        | P::ProgrammeView
        | P::SettingView => NOWHERE,
        // Each line of the file is held to the territory, as the creation of one thing is.
        P::StructureImport | P::ExpertImport | P::CandidateImport => NOWHERE,

        P::ColleagueView
        | P::ColleagueManage
        | P::AccessView
        | P::AccessSettle
        | P::StructureView
        | P::StructureCreate
        | P::StructureEdit
        | P::StructureContacts
        | P::ConventionManage => PLACE,

        P::ExpertView
        | P::ExpertEdit
        | P::ExpertPieceAdd
        | P::NetworkView
        | P::InterestView
        | P::InterestEdit
        | P::TieView
        | P::TieEdit
        | P::TieOverride
        | P::AvailabilityView
        | P::AvailabilityEdit
        | P::AvailabilityAsk
        | P::AbsenceReasonView
        | P::CollegeSeatManage => PLACE,

        P::HabilitationApply => APPLICATION,
        P::HabilitationManage
        | P::HabilitationLog
        | P::HabilitationSign
        | P::HabilitationWithdraw
        | P::HabilitationResign
        | P::HabilitationAnswer => FILE,

        P::RequestView
        | P::RequestCreate
        | P::RequestEdit
        | P::RequestRemovePiece
        | P::RequestSubmit
        | P::RequestWithdraw
        | P::RequestReview
        | P::RequestReturn
        | P::RequestComplete
        | P::RequestAssign
        | P::RequestDecline
        | P::RequestRelease
        | P::RequestSchedule
        | P::RequestPostpone
        | P::RequestVisit
        | P::RequestReport
        | P::RequestComment
        | P::RequestFinalise
        | P::RequestWaive
        | P::RequestAgenda
        | P::RequestDecide
        | P::RequestLetter
        | P::RequestResume
        | P::RequestAppeal
        | P::RequestSettle
        | P::AgreementView
        | P::AgreementSignStructure
        | P::AgreementSignCertifier
        | P::AgreementProve
        | P::AgreementLift
        | P::PartnerUpdate
        | P::CertificateView
        | P::CertificateIssue
        | P::CertificateSuspend
        | P::CertificateRevoke
        | P::CertificateReplace
        | P::CertificatePublish
        | P::CertificateBadge => FILE,

        P::CandidateView
        | P::CandidateEnrol
        | P::CandidateEdit
        | P::CandidatePosition
        | P::CandidateStart
        | P::CandidateSubmit
        | P::CandidateExamine
        | P::CandidateWithdraw
        | P::CandidateExclude
        | P::CandidateTransfer
        | P::CandidateLivret
        | P::CandidateAdaptation
        | P::CandidateCancel
        | P::CandidateTieVoid => FILE,
        // Asked of a candidate, or of an expert, who is of no certification.
        P::CandidateTie => APPLICATION,

        P::JuryView
        | P::JuryRequest
        | P::JuryWithdraw
        | P::JuryManage
        | P::JuryCandidates
        | P::JuryConvoke
        | P::JuryDayView
        | P::JurySit
        | P::JuryRun => FILE,

        P::MinutesView
        | P::MinutesClose
        | P::MinutesSign
        | P::MinutesCheck
        | P::MinutesValidate
        | P::MinutesPublish
        | P::AppealLodge
        | P::AppealAcknowledge
        | P::AppealSettle => FILE,

        P::JuryPanelView | P::JuryPanelManage => FILE,

        P::MissionView
        | P::MissionManage
        | P::MissionAnswer
        | P::MissionDropOut
        | P::MissionCarry
        | P::MissionClaim
        | P::MissionCertify
        | P::MissionRate
        | P::MissionSettle
        | P::MissionReopen
        | P::MailView
        | P::MailRetry
        | P::DocumentRedo
        | P::TaskFollow
        | P::TrainingView
        | P::TrainingManage
        | P::TrainingAdvance
        | P::TrainingExport
        | P::TrainingRoomView
        | P::TrainingRoomManage
        | P::EnrolmentView
        | P::EnrolmentExport
        | P::EnrolmentCreate
        | P::EnrolmentCancel
        | P::EnrolmentManage
        | P::EnrolmentOffer
        | P::EnrolmentAdaptation
        | P::PaperView
        | P::PaperIssue
        | P::PaperSign
        | P::PaperAnswer
        | P::FundingView
        | P::FundingManage => ABOUT,
        P::AttendanceView
        | P::AttendanceRecord
        | P::AttendanceCountersign
        | P::AttendanceCorrect
        | P::SurveyView
        | P::SurveyManage
        | P::InvoiceView
        | P::InvoiceManage
        | P::InvoiceCredit
        | P::InvoiceDeadline => ABOUT,

        P::CertificationEdit | P::ReferentialPublish => CERTIFICATION,
        P::ProgrammeEdit | P::ProgrammePublish => PROGRAMME,
        P::ReferentialEdit => DRAFT,
    }
}

/// Whether the limits of a role let it act on this thing.
pub(super) fn within(held: &Held, permission: Permission, facts: &Facts) -> bool {
    let known = || facts.region.iter().chain(&facts.regions);
    let here = known().next().is_some().then(|| known().any(|region| held.regions.contains(region)));
    let concerned = || facts.certification.iter().chain(&facts.certifications);
    let about =
        |limit: CertificationId| concerned().next().is_some().then(|| concerned().any(|one| *one == limit));
    passes(held, permission, here, about)
}

/// Whether the limits of a role let it act on something.
pub(super) fn somewhere(held: &Held, permission: Permission, _: &Facts) -> bool {
    passes(held, permission, Some(true), |_| Some(true))
}

fn passes(
    held: &Held,
    permission: Permission,
    here: Option<bool>,
    about: impl Fn(CertificationId) -> Option<bool>,
) -> bool {
    let bounds = bounds(permission);
    let region = held.regions.is_empty() || bounds.region.lets(here);
    let certification = held.certification.is_none_or(|limit| bounds.certification.lets(about(limit)));
    region && certification
}

impl Facts {
    /// A person of the network, or something of their file.
    #[must_use]
    pub fn of_expert(person: &expert::Model) -> Self {
        Self {
            expert: Some(person.id),
            regions: expert_regions(&person.territories, &person.region),
            ..Self::default()
        }
    }
}

/// The regions where an expert works, from their territories as they are stored: their own when there are none. Nowhere
/// for somebody who lives in a territory without a region and named no other.
#[must_use]
pub fn expert_regions(territories: &str, own: &str) -> Vec<String> {
    let named = if territories.is_empty() { own } else { territories };
    named.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use entity::account_role::Role;

    use super::*;

    #[test]
    fn an_expert_is_where_they_work_and_else_where_they_live() {
        for (territories, own, expected) in
            [("", "27", vec!["27"]), ("53,52", "75", vec!["53", "52"]), ("", "", vec![])]
        {
            assert_eq!(expert_regions(territories, own), expected, "{territories} {own}");
        }
    }

    #[test]
    fn one_region_within_is_enough_and_none_known_is_not() {
        let held = Held { regions: vec!["53".to_owned()], ..Held::everywhere(Role::Officer) };
        for (regions, expected) in [(vec!["75", "53"], true), (vec!["75"], false), (vec![], false)] {
            let regions = regions.into_iter().map(str::to_owned).collect();
            let facts = Facts { regions, ..Facts::default() };
            assert_eq!(within(&held, Permission::ExpertView, &facts), expected, "{facts:?}");
        }
    }

    #[test]
    fn one_certification_within_is_enough_whichever_its_rank() {
        let one = |number: u128| CertificationId(uuid::Uuid::from_u128(number));
        let held = Held { certification: Some(one(2)), ..Held::everywhere(Role::Officer) };
        for (first, others, expected) in [
            (Some(one(1)), vec![one(2)], true),
            (Some(one(2)), vec![one(1)], true),
            (Some(one(1)), vec![one(3)], false),
            (None, vec![], true),
        ] {
            let facts = Facts { certification: first, certifications: others, ..Facts::default() };
            assert_eq!(within(&held, Permission::MissionView, &facts), expected, "{facts:?}");
        }
    }
}
