//! The transitions of a request as the API names them, and who may do each.

use crate::authz::Permission;
use crate::features::agreements::state::Step;

/// Last part of the path of each transition that a person does, and the permission it needs.
pub const STEPS: [(Step, &str, Permission); 24] = [
    (Step::Submit, "submit", Permission::RequestSubmit),
    (Step::Return, "return", Permission::RequestReturn),
    (Step::DeclareComplete, "declare-complete", Permission::RequestComplete),
    (Step::AssignController, "assign-controller", Permission::RequestAssign),
    (Step::Decline, "decline", Permission::RequestDecline),
    (Step::Release, "release", Permission::RequestRelease),
    (Step::Schedule, "schedule", Permission::RequestSchedule),
    (Step::Postpone, "postpone", Permission::RequestPostpone),
    (Step::RecordVisit, "record-visit", Permission::RequestVisit),
    (Step::SendReport, "send-provisional-report", Permission::RequestReport),
    (Step::Comment, "comment", Permission::RequestComment),
    (Step::Finalise, "finalise", Permission::RequestFinalise),
    (Step::WaiveVisit, "waive-visit", Permission::RequestWaive),
    (Step::PutOnAgenda, "put-on-agenda", Permission::RequestAgenda),
    (Step::Grant, "grant", Permission::RequestDecide),
    (Step::GrantWithReserves, "grant-with-reserves", Permission::RequestDecide),
    (Step::Adjourn, "adjourn", Permission::RequestDecide),
    (Step::Refuse, "refuse", Permission::RequestDecide),
    (Step::ResumeToCommittee, "resume", Permission::RequestResume),
    (Step::ResumeToVisit, "resume", Permission::RequestResume),
    (Step::Withdraw, "withdraw", Permission::RequestWithdraw),
    (Step::LodgeAppeal, "lodge-recours", Permission::RequestAppeal),
    (Step::Uphold, "uphold", Permission::RequestSettle),
    (Step::Overturn, "overturn", Permission::RequestSettle),
];
