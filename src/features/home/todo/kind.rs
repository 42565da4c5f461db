//! The kinds of what is to be done, and which permission each asks for.

use entity::account_role::Role;

use crate::authz::Permission;

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
    /// Answer what is held against the agreement of one's structure.
    AnswerNotice,
    /// Suspend as a notice announced, or give it up.
    SettleNotice,
    /// Ask for the withdrawal that a notice announced, or give it up.
    SettleWithdrawal,
    /// Confirm the withdrawal of an agreement that somebody else asked for.
    ConfirmAgreementWithdrawal,
    /// Review what a structure declared in the life of its agreement.
    ReviewChange,
    /// Accept or refuse a teaching support.
    SettleSupport,
    /// Fix the date of a teaching support and who gives it.
    ScheduleSupport,
    /// Record that a teaching support took place.
    GiveSupport,
    /// File the report of a teaching support.
    ReportSupport,
    /// Close a teaching support whose report arrived.
    CloseSupport,
    /// Say how satisfied one's structure is of a teaching support.
    RateSupport,
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
            Self::AnswerNotice => (&[Role::Structure], P::AgreementAnswer),
            Self::SettleNotice => (DECIDERS, P::AgreementSuspend),
            Self::SettleWithdrawal | Self::ConfirmAgreementWithdrawal => {
                (&[Role::Admin, Role::Manager], P::AgreementWithdraw)
            }
            Self::ReviewChange => (TEAM, P::AgreementReview),
            Self::SettleSupport => (DECIDERS, P::SupportSettle),
            Self::ScheduleSupport => (TEAM, P::SupportSchedule),
            Self::GiveSupport | Self::ReportSupport => (&[Role::Expert], P::SupportPerform),
            Self::CloseSupport => (TEAM, P::SupportClose),
            Self::RateSupport => (&[Role::Structure], P::SupportRate),
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
            Self::AnswerNotice => "answer_notice",
            Self::SettleNotice => "settle_notice",
            Self::SettleWithdrawal => "settle_withdrawal",
            Self::ConfirmAgreementWithdrawal => "confirm_agreement_withdrawal",
            Self::ReviewChange => "review_change",
            Self::SettleSupport => "settle_support",
            Self::ScheduleSupport => "schedule_support",
            Self::GiveSupport => "give_support",
            Self::ReportSupport => "report_support",
            Self::CloseSupport => "close_support",
            Self::RateSupport => "rate_support",
        }
    }
}
