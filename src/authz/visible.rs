//! What each person may list: the same table as the policy, as row filters.

use entity::dated_right::{HolderKind, RightKind};
use entity::jury_member::MemberState;
use entity::{
    access_request, account_role, agreement, agreement_request, candidate, certificate,
    certification_version, dated_right, enrolment, expert, funding, habilitation, invoice, jury_member,
    jury_session, mail, meeting, meeting_guest, mission, mission_certification, structure, survey,
    training_document, training_room, training_session, training_slot, training_trainer,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::{Actor, Held, Permission, Scope, rules};

/// One alternative of the filter for each rule of a view permission that the actor holds.
fn alternatives(
    actor: &Actor,
    permission: Permission,
    of: impl Fn(&Held, Scope) -> Option<Condition>,
) -> Condition {
    let mut any = Condition::any().add(never());
    for held in &actor.held {
        for rule in rules(permission) {
            if rule.role == Some(held.role)
                && let Some(condition) = of(held, rule.scope)
            {
                any = any.add(condition);
            }
        }
    }
    any
}

fn never() -> sea_orm::sea_query::SimpleExpr {
    sea_orm::sea_query::Expr::cust("1 = 0")
}

fn all() -> Condition {
    Condition::all()
}

fn structures_of_regions(held: &Held) -> Option<sea_orm::sea_query::SelectStatement> {
    if held.regions.is_empty() {
        return None;
    }
    let within = structure::Entity::find()
        .select_only()
        .column(structure::Column::Id)
        .filter(structure::Column::Region.is_in(held.regions.clone()));
    Some(within.into_query())
}

fn versions_of(held: &Held) -> Option<sea_orm::sea_query::SelectStatement> {
    let certification = held.certification?;
    let versions = certification_version::Entity::find()
        .select_only()
        .column(certification_version::Column::Id)
        .filter(certification_version::Column::CertificationId.eq(certification));
    Some(versions.into_query())
}

/// Requests of agreement that the actor may see.
#[must_use]
pub fn agreement_requests(actor: &Actor) -> Condition {
    use agreement_request::Column;
    alternatives(actor, Permission::RequestView, |held, scope| match scope {
        Scope::Any => {
            let mut condition = all();
            if let Some(structures) = structures_of_regions(held) {
                condition = condition.add(Column::StructureId.in_subquery(structures));
            }
            if let Some(versions) = versions_of(held) {
                condition = condition.add(Column::CertificationVersionId.in_subquery(versions));
            }
            Some(condition)
        }
        Scope::OwnStructure => held.structure.map(|own| all().add(Column::StructureId.eq(own))),
        Scope::OwnMission => held.expert.map(|own| all().add(Column::ControllerId.eq(own))),
        _ => None,
    })
}

/// Agreements that the actor may see.
#[must_use]
pub fn agreements(actor: &Actor) -> Condition {
    use agreement::Column;
    alternatives(actor, Permission::AgreementView, |held, scope| match scope {
        Scope::Any => {
            let mut condition = all();
            if let Some(structures) = structures_of_regions(held) {
                condition = condition.add(Column::StructureId.in_subquery(structures));
            }
            if let Some(versions) = versions_of(held) {
                condition = condition.add(Column::CertificationVersionId.in_subquery(versions));
            }
            Some(condition)
        }
        Scope::OwnStructure => held.structure.map(|own| all().add(Column::StructureId.eq(own))),
        _ => None,
    })
}

/// Candidates that the actor may see; a structure sees those that it follows now.
#[must_use]
pub fn candidates(actor: &Actor) -> Condition {
    use candidate::Column;
    alternatives(actor, Permission::CandidateView, |held, scope| match scope {
        Scope::Any => {
            let mut condition = all();
            if let Some(structures) = structures_of_regions(held) {
                condition = condition.add(Column::StructureId.in_subquery(structures));
            }
            if let Some(versions) = versions_of(held) {
                condition = condition.add(Column::CertificationVersionId.in_subquery(versions));
            }
            Some(condition)
        }
        Scope::OwnStructure => held.structure.map(|own| all().add(Column::StructureId.eq(own))),
        _ => None,
    })
}

/// Papers of training that the actor may see: a structure sees those of what it buys or delivers, a trainee their own.
#[must_use]
pub fn papers(actor: &Actor) -> Condition {
    use training_document::Column;
    alternatives(actor, Permission::PaperView, |held, scope| match scope {
        Scope::Any if held.regions.is_empty() => Some(all()),
        Scope::Any => {
            let mut regions = held.regions.clone();
            regions.push(String::new());
            let sessions = training_session::Entity::find()
                .select_only()
                .column(training_session::Column::Id)
                .filter(training_session::Column::Region.is_in(regions));
            Some(all().add(Column::SessionId.in_subquery(sessions.into_query())))
        }
        Scope::OwnStructure => held.structure.map(|own| all().add(Column::StructureId.eq(own))),
        Scope::Oneself => actor.account_id().map(|own| all().add(Column::AccountId.eq(own))),
        _ => None,
    })
}

/// Invoices that the actor may see: a structure sees those that it owes, somebody at their own cost their own, no draft.
#[must_use]
pub fn invoices(actor: &Actor) -> Condition {
    use invoice::Column;
    alternatives(actor, Permission::InvoiceView, |held, scope| match scope {
        Scope::Any if held.regions.is_empty() => Some(all()),
        Scope::Any => {
            let mut regions = held.regions.clone();
            regions.push(String::new());
            let sessions = training_session::Entity::find()
                .select_only()
                .column(training_session::Column::Id)
                .filter(training_session::Column::Region.is_in(regions));
            Some(all().add(Column::SessionId.in_subquery(sessions.into_query())))
        }
        Scope::OwnStructure => {
            held.structure.map(|own| all().add(Column::StructureId.eq(own)).add(Column::Number.is_not_null()))
        }
        Scope::Oneself => actor
            .account_id()
            .map(|own| all().add(Column::AccountId.eq(own)).add(Column::Number.is_not_null())),
        _ => None,
    })
}

/// Enrolments that the actor may see: a structure sees those that it pays for, a trainee their own. A session at a
/// distance is in every region.
#[must_use]
pub fn enrolments(actor: &Actor) -> Condition {
    use enrolment::Column;
    alternatives(actor, Permission::EnrolmentView, |held, scope| match scope {
        Scope::Any if held.regions.is_empty() => Some(all()),
        Scope::Any => {
            let sessions = training_session::Entity::find()
                .select_only()
                .column(training_session::Column::Id)
                .filter(training_session::Column::Region.is_in(regions_and_none(held)));
            Some(all().add(Column::SessionId.in_subquery(sessions.into_query())))
        }
        Scope::OwnStructure => held.structure.map(|own| all().add(Column::StructureId.eq(own))),
        Scope::Oneself => actor.account_id().map(|own| all().add(Column::AccountId.eq(own))),
        _ => None,
    })
}

/// Fundings that the actor may see: a structure sees those of what it buys.
#[must_use]
pub fn fundings(actor: &Actor) -> Condition {
    use funding::Column;
    alternatives(actor, Permission::FundingView, |held, scope| match scope {
        Scope::Any if held.regions.is_empty() => Some(all()),
        Scope::Any => {
            let sessions = training_session::Entity::find()
                .select_only()
                .column(training_session::Column::Id)
                .filter(training_session::Column::Region.is_in(regions_and_none(held)));
            Some(all().add(Column::SessionId.in_subquery(sessions.into_query())))
        }
        Scope::OwnStructure => held.structure.map(|own| all().add(Column::StructureId.eq(own))),
        _ => None,
    })
}

/// The regions of a limited role, and that of what is in none: a session at a distance is in every region.
fn regions_and_none(held: &Held) -> Vec<String> {
    let mut regions = held.regions.clone();
    regions.push(String::new());
    regions
}

/// Training sessions that the actor may see: an expert sees those where they teach, a structure those held for it.
#[must_use]
pub fn training_sessions(actor: &Actor) -> Condition {
    use training_session::Column;
    alternatives(actor, Permission::TrainingView, |held, scope| match scope {
        Scope::Any if held.regions.is_empty() => Some(all()),
        Scope::Any => Some(all().add(Column::Region.is_in(regions_and_none(held)))),
        Scope::OwnStructure => held.structure.map(|own| all().add(Column::StructureId.eq(own))),
        Scope::OwnMission => held.expert.map(|own| {
            let slots = training_trainer::Entity::find()
                .select_only()
                .column(training_trainer::Column::SlotId)
                .filter(training_trainer::Column::ExpertId.eq(own))
                .filter(training_trainer::Column::RemovedAt.is_null());
            let sessions = training_slot::Entity::find()
                .select_only()
                .column(training_slot::Column::SessionId)
                .filter(training_slot::Column::DroppedAt.is_null())
                .filter(training_slot::Column::Id.in_subquery(slots.into_query()));
            all().add(Column::Id.in_subquery(sessions.into_query()))
        }),
        _ => None,
    })
}

/// Rooms of training sessions that the actor may see.
#[must_use]
pub fn training_rooms(actor: &Actor) -> Condition {
    use training_room::Column;
    alternatives(actor, Permission::TrainingRoomView, |held, scope| match scope {
        Scope::Any if held.regions.is_empty() => Some(all()),
        Scope::Any => Some(all().add(Column::Region.is_in(regions_and_none(held)))),
        _ => None,
    })
}

/// Surveys that the actor may see. One that is not about a session is about every region.
#[must_use]
pub fn surveys(actor: &Actor) -> Condition {
    use survey::Column;
    alternatives(actor, Permission::SurveyView, |held, scope| match scope {
        Scope::Any if held.regions.is_empty() => Some(all()),
        Scope::Any => {
            let sessions = training_session::Entity::find()
                .select_only()
                .column(training_session::Column::Id)
                .filter(training_session::Column::Region.is_in(regions_and_none(held)));
            let near = Column::SessionId.in_subquery(sessions.into_query());
            Some(Condition::any().add(Column::SessionId.is_null()).add(near))
        }
        _ => None,
    })
}

/// Structures that the actor may see.
#[must_use]
pub fn structures(actor: &Actor) -> Condition {
    use structure::Column;
    alternatives(actor, Permission::StructureView, |held, scope| match scope {
        Scope::Any if held.regions.is_empty() => Some(all()),
        Scope::Any => Some(all().add(Column::Region.is_in(held.regions.clone()))),
        Scope::OwnStructure => held.structure.map(|own| all().add(Column::Id.eq(own))),
        Scope::OwnMission => held.expert.map(|own| {
            let missions = agreement_request::Entity::find()
                .select_only()
                .column(agreement_request::Column::StructureId)
                .filter(agreement_request::Column::ControllerId.eq(own));
            all().add(Column::Id.in_subquery(missions.into_query()))
        }),
        _ => None,
    })
}

/// Requests of structures that ask for an account, that the actor may see.
#[must_use]
pub fn access_requests(actor: &Actor) -> Condition {
    use access_request::Column;
    alternatives(actor, Permission::AccessView, |held, scope| match scope {
        Scope::Any if held.regions.is_empty() => Some(all()),
        Scope::Any => Some(all().add(Column::Region.is_in(held.regions.clone()))),
        _ => None,
    })
}

/// The people who work in one of these regions: one that they named, or their own when they named none.
fn working_in(regions: &[String]) -> Condition {
    use expert::Column;
    let own = all().add(Column::Territories.eq("")).add(Column::Region.is_in(regions.to_vec()));
    regions.iter().fold(Condition::any().add(own), |any, code| {
        any.add(Column::Territories.eq(code.as_str()))
            .add(Column::Territories.like(format!("{code},%")))
            .add(Column::Territories.like(format!("%,{code}")))
            .add(Column::Territories.like(format!("%,{code},%")))
    })
}

/// Experts that the actor may see.
#[must_use]
pub fn experts(actor: &Actor) -> Condition {
    use expert::Column;
    alternatives(actor, Permission::ExpertView, |held, scope| match scope {
        Scope::Any if held.regions.is_empty() => Some(all()),
        Scope::Any => Some(working_in(&held.regions)),
        Scope::OwnMission => held.expert.map(|own| all().add(Column::Id.eq(own))),
        _ => None,
    })
}

/// Dated rights that the actor may see: those of the files that they see, the registrations of certifications and what
/// the certifying body holds.
#[must_use]
pub fn rights(actor: &Actor) -> Condition {
    use dated_right::Column;
    alternatives(actor, Permission::RightView, |held, scope| {
        let alone = Actor { held: vec![held.clone()], ..actor.clone() };
        let of_agreements = || {
            let ids = ids_of::<agreement::Entity>(agreement::Column::Id, agreements(&alone));
            all().add(Column::Kind.eq(RightKind::Agreement)).add(Column::SourceId.in_subquery(ids))
        };
        let of_structures = || {
            let ids = ids_of::<structure::Entity>(structure::Column::Id, structures(&alone));
            all().add(Column::HolderKind.eq(HolderKind::Structure)).add(Column::HolderId.in_subquery(ids))
        };
        match scope {
            Scope::Any => {
                let ids = ids_of::<expert::Entity>(expert::Column::Id, experts(&alone));
                let of_experts = all()
                    .add(Column::HolderKind.eq(HolderKind::Expert))
                    .add(Column::HolderId.in_subquery(ids));
                let of_everybody =
                    Column::HolderKind.is_in([HolderKind::CertificationVersion, HolderKind::Certifier]);
                let any = Condition::any().add(of_agreements()).add(of_structures()).add(of_experts);
                Some(any.add(of_everybody))
            }
            Scope::OwnStructure => Some(Condition::any().add(of_agreements()).add(of_structures())),
            Scope::OwnMission => held.expert.map(|own| {
                all().add(Column::HolderKind.eq(HolderKind::Expert)).add(Column::HolderId.eq(own.0))
            }),
            _ => None,
        }
    })
}

/// Meetings that the actor may see; an expert sees those they are invited to.
#[must_use]
pub fn meetings(actor: &Actor) -> Condition {
    alternatives(actor, Permission::MeetingView, |held, scope| match scope {
        Scope::Any => Some(all()),
        Scope::OwnMission => held.expert.map(|own| {
            let invited = meeting_guest::Entity::find()
                .select_only()
                .column(meeting_guest::Column::MeetingId)
                .filter(meeting_guest::Column::ExpertId.eq(own));
            all().add(meeting::Column::Id.in_subquery(invited.into_query()))
        }),
        _ => None,
    })
}

/// Missions that the actor may see. A mission without a place is in every region, one without a certification is
/// about all, one for several certifications is about each.
#[must_use]
pub fn missions(actor: &Actor) -> Condition {
    missions_with(actor, Permission::MissionView)
}

/// Missions of which the actor may settle the expenses.
#[must_use]
pub fn payable_missions(actor: &Actor) -> Condition {
    missions_with(actor, Permission::MissionSettle)
}

fn missions_with(actor: &Actor, permission: Permission) -> Condition {
    use mission::Column;
    alternatives(actor, permission, |held, scope| match scope {
        Scope::Any | Scope::OthersMission => {
            let mut condition = all();
            if let Some(own) = actor.expert().filter(|_| scope == Scope::OthersMission) {
                condition = condition.add(Column::ExpertId.ne(own));
            }
            if !held.regions.is_empty() {
                let here = Condition::any()
                    .add(Column::Region.eq(""))
                    .add(Column::Region.is_in(held.regions.clone()));
                condition = condition.add(here);
            }
            if let Some(certification) = held.certification {
                let also = mission_certification::Entity::find()
                    .select_only()
                    .column(mission_certification::Column::MissionId)
                    .filter(mission_certification::Column::CertificationId.eq(certification));
                let about = Condition::any()
                    .add(Column::CertificationId.is_null())
                    .add(Column::CertificationId.eq(certification))
                    .add(Column::Id.in_subquery(also.into_query()));
                condition = condition.add(about);
            }
            Some(condition)
        }
        Scope::OwnMission => held.expert.map(|own| all().add(Column::ExpertId.eq(own))),
        _ => None,
    })
}

/// Certificates that the actor may see. One of the past that names no structure is seen by
/// whoever has no limit of region.
#[must_use]
pub fn certificates(actor: &Actor) -> Condition {
    use certificate::Column;
    alternatives(actor, Permission::CertificateView, |held, scope| match scope {
        Scope::Any => {
            let mut condition = all();
            if let Some(structures) = structures_of_regions(held) {
                condition = condition.add(Column::StructureId.in_subquery(structures));
            }
            if let Some(certification) = held.certification {
                condition = condition.add(Column::CertificationId.eq(certification));
            }
            Some(condition)
        }
        Scope::OwnStructure => held.structure.map(|own| all().add(Column::StructureId.eq(own))),
        _ => None,
    })
}

/// Sessions of juries that the actor may see; an expert sees those in which they sit, or are asked to. A region is that of
/// the structure, as for its candidates: wherever the session is held, whoever admits them finds their jury.
#[must_use]
pub fn jury_sessions(actor: &Actor) -> Condition {
    use jury_session::Column;
    alternatives(actor, Permission::JuryView, |held, scope| match scope {
        Scope::Any => {
            let mut condition = all();
            if let Some(structures) = structures_of_regions(held) {
                condition = condition.add(Column::StructureId.in_subquery(structures));
            }
            if let Some(versions) = versions_of(held) {
                condition = condition.add(Column::CertificationVersionId.in_subquery(versions));
            }
            Some(condition)
        }
        Scope::OwnStructure => held.structure.map(|own| all().add(Column::StructureId.eq(own))),
        Scope::OwnMission => held.expert.map(|own| {
            let seats = jury_member::Entity::find()
                .select_only()
                .column(jury_member::Column::SessionId)
                .filter(jury_member::Column::ExpertId.eq(own))
                .filter(jury_member::Column::State.is_in([MemberState::Proposed, MemberState::Accepted]));
            all().add(Column::Id.in_subquery(seats.into_query()))
        }),
        _ => None,
    })
}

/// Sessions of juries of which the actor may see who sits.
#[must_use]
pub fn jury_panels(actor: &Actor) -> Condition {
    use jury_session::Column;
    alternatives(actor, Permission::JuryPanelView, |held, scope| match scope {
        Scope::Any => {
            let mut condition = all();
            if let Some(structures) = structures_of_regions(held) {
                condition = condition.add(Column::StructureId.in_subquery(structures));
            }
            if let Some(versions) = versions_of(held) {
                condition = condition.add(Column::CertificationVersionId.in_subquery(versions));
            }
            Some(condition)
        }
        _ => None,
    })
}

/// Accounts that the actor may see: all of them, or none for a limited role.
#[must_use]
pub fn accounts(actor: &Actor) -> Condition {
    alternatives(actor, Permission::AccountView, |held, scope| match scope {
        Scope::Any if held.regions.is_empty() && held.certification.is_none() => Some(all()),
        _ => None,
    })
}

/// Roles in structures whose colleagues the actor may see.
#[must_use]
pub fn colleagues(actor: &Actor) -> Condition {
    use account_role::Column;
    alternatives(actor, Permission::ColleagueView, |held, scope| match scope {
        Scope::Any => Some(match structures_of_regions(held) {
            Some(structures) => all().add(Column::StructureId.in_subquery(structures)),
            None => all().add(Column::StructureId.is_not_null()),
        }),
        Scope::OwnStructure => held.structure.map(|own| all().add(Column::StructureId.eq(own))),
        _ => None,
    })
}

/// Mails that the actor may see. A role limited to a certification or to regions sees those of the files it sees,
/// and those about anything else.
#[must_use]
pub fn mails(actor: &Actor) -> Condition {
    use mail::Column;
    alternatives(actor, Permission::MailView, |held, scope| match scope {
        Scope::Any if held.regions.is_empty() && held.certification.is_none() => Some(all()),
        Scope::Any => {
            let alone = Actor { held: vec![held.clone()], ..actor.clone() };
            let requests = ids_of::<agreement_request::Entity>(
                agreement_request::Column::Id,
                agreement_requests(&alone),
            );
            let agreements = ids_of::<agreement::Entity>(agreement::Column::Id, agreements(&alone));
            let structures = ids_of::<structure::Entity>(structure::Column::Id, structures(&alone));
            let missions = ids_of::<mission::Entity>(mission::Column::Id, missions(&alone));
            let juries = ids_of::<jury_session::Entity>(jury_session::Column::Id, jury_sessions(&alone));
            let experts = ids_of::<expert::Entity>(expert::Column::Id, experts(&alone));
            let candidates = ids_of::<candidate::Entity>(candidate::Column::Id, candidates(&alone));
            let own = all().add(habilitation::Column::ExpertId.in_subquery(experts.clone()));
            let habilitations = ids_of::<habilitation::Entity>(habilitation::Column::Id, own);
            let certificates = ids_of::<certificate::Entity>(certificate::Column::Id, certificates(&alone));
            let enrolments = ids_of::<enrolment::Entity>(enrolment::Column::Id, enrolments(&alone));
            let sessions =
                ids_of::<training_session::Entity>(training_session::Column::Id, training_sessions(&alone));
            let papers = ids_of::<training_document::Entity>(training_document::Column::Id, papers(&alone));
            let fundings = ids_of::<funding::Entity>(funding::Column::Id, fundings(&alone));
            let invoices = ids_of::<invoice::Entity>(invoice::Column::Id, invoices(&alone));
            let files = [
                ("agreement_request", requests),
                ("agreement", agreements),
                ("structure", structures),
                ("mission", missions),
                ("jury_session", juries),
                ("expert", experts),
                ("habilitation", habilitations),
                ("candidate", candidates),
                ("certificate", certificates),
                ("enrolment", enrolments),
                ("funding", fundings),
                ("training_session", sessions),
                ("training_document", papers),
                ("invoice", invoices),
            ];
            let others = Column::SubjectKind.is_not_in(files.iter().map(|(kind, _)| *kind));
            let seen = files.into_iter().map(|(kind, ids)| {
                Condition::all().add(Column::SubjectKind.eq(kind)).add(Column::SubjectId.in_subquery(ids))
            });
            Some(seen.fold(Condition::any().add(others), Condition::add))
        }
        _ => None,
    })
}

fn ids_of<E: EntityTrait>(id: E::Column, filter: Condition) -> sea_orm::sea_query::SelectStatement {
    E::find().select_only().column(id).filter(filter).into_query()
}
