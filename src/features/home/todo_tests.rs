use entity::Instant;
use entity::account_role::Role;
use entity::agreement_request::RequestState as S;
use entity::ids::{AccountId, CertificationId, ExpertId, StructureId};
use time::OffsetDateTime;
use time::macros::{date, datetime};
use uuid::Uuid;

use super::*;
use crate::authz::{Channel, Held};
use crate::features::home::rows::Place;

const TODAY: Date = date!(2026 - 03 - 20);
const US: Uuid = Uuid::from_u128(1);
const OTHERS: Uuid = Uuid::from_u128(2);

fn since(state: S) -> Option<OffsetDateTime> {
    match state {
        S::Submitted => Some(datetime!(2026-03-09 21:30 UTC)),
        S::Incomplete => Some(datetime!(2026-03-15 19:59 UTC)),
        S::Complete => Some(datetime!(2026-03-10 8:00 UTC)),
        S::VisitToSchedule => Some(datetime!(2026-03-02 8:00 UTC)),
        S::VisitScheduled => Some(datetime!(2026-03-20 5:00 UTC)),
        S::VisitDone => Some(datetime!(2026-03-01 8:00 UTC)),
        S::Adversarial => Some(datetime!(2026-03-20 19:59 UTC)),
        S::OpinionGiven => Some(datetime!(2026-03-18 8:00 UTC)),
        S::Appeal => Some(datetime!(2026-02-10 8:00 UTC)),
        _ => None,
    }
}

fn row(state: S) -> RequestRow {
    RequestRow {
        id: Uuid::from_u128(9).into(),
        reference: "AGR-2026-0001".to_owned(),
        state,
        structure_id: StructureId::from(US),
        region: "04".to_owned(),
        zone: "Indian/Reunion".to_owned(),
        certification_id: CertificationId::from(US),
        controller_id: Some(ExpertId::from(US)),
        since: since(state).map(Instant::from),
        commented_at: None,
        committee_on: Some(date!(2026 - 03 - 25)),
        adjourned_until: Some(date!(2026 - 04 - 01)),
        decided_by: Some(AccountId::from(US)),
    }
}

fn waits(row: &RequestRow) -> Vec<(Kind, Date)> {
    of_request(row, &AgreementDelays::default(), TODAY).iter().map(|task| (task.kind, task.due_on)).collect()
}

#[test]
fn each_state_waits_for_someone_until_a_date_where_the_structure_is() {
    for (state, expected) in [
        (S::Draft, vec![(Kind::ResumeDraft, date!(2026 - 06 - 18))]),
        // Submitted at 01:30 on the 10th at La Réunion.
        (S::Submitted, vec![(Kind::Examine, date!(2026 - 03 - 25))]),
        (
            S::Incomplete,
            vec![(Kind::ReplacePieces, date!(2026 - 03 - 15)), (Kind::ChaseReturn, date!(2026 - 03 - 15))],
        ),
        (S::Complete, vec![(Kind::Assign, date!(2026 - 03 - 17))]),
        (
            S::VisitToSchedule,
            vec![(Kind::FixDate, date!(2026 - 03 - 09)), (Kind::ChaseDate, date!(2026 - 03 - 16))],
        ),
        (S::VisitScheduled, vec![(Kind::Visit, date!(2026 - 03 - 20))]),
        (
            S::VisitDone,
            vec![(Kind::Report, date!(2026 - 03 - 16)), (Kind::ChaseReport, date!(2026 - 03 - 16))],
        ),
        (S::Adversarial, vec![(Kind::Comment, date!(2026 - 03 - 20))]),
        (S::OpinionGiven, vec![(Kind::PutOnAgenda, date!(2026 - 04 - 01))]),
        (S::InCommittee, vec![(Kind::Decide, date!(2026 - 03 - 25)), (Kind::Prepare, date!(2026 - 03 - 25))]),
        (S::Adjourned, vec![(Kind::Supply, date!(2026 - 04 - 01)), (Kind::Resume, date!(2026 - 04 - 01))]),
        (S::Appeal, vec![(Kind::Settle, date!(2026 - 04 - 10))]),
        (S::Granted, vec![]),
        (S::Withdrawn, vec![]),
    ] {
        assert_eq!(waits(&row(state)), expected, "{state}");
    }
}

#[test]
fn the_team_reminds_only_once_the_date_has_passed() {
    let in_time = Some(datetime!(2026-03-20 19:59 UTC).into());
    let incomplete = RequestRow { since: in_time, ..row(S::Incomplete) };
    assert_eq!(waits(&incomplete), [(Kind::ReplacePieces, TODAY)]);
    let done = RequestRow { since: Some(datetime!(2026-03-10 8:00 UTC).into()), ..row(S::VisitDone) };
    assert_eq!(waits(&done), [(Kind::Report, date!(2026 - 03 - 25))]);
}

#[test]
fn an_opinion_is_due_after_the_answer_or_after_its_delay() {
    let answered =
        RequestRow { commented_at: Some(datetime!(2026-03-12 8:00 UTC).into()), ..row(S::Adversarial) };
    assert_eq!(waits(&answered), [(Kind::GiveOpinion, date!(2026 - 03 - 27))]);
    let silent = RequestRow { since: Some(datetime!(2026-03-01 19:59 UTC).into()), ..row(S::Adversarial) };
    let late = date!(2026 - 03 - 16);
    assert_eq!(waits(&silent), [(Kind::GiveOpinion, late), (Kind::ChaseOpinion, late)]);
}

#[test]
fn a_convention_waits_for_each_missing_signature() {
    let signed = Some(Instant::from(datetime!(2026-03-12 8:00 UTC)));
    for (structure, certifier, expected) in [
        (None, None, vec![Kind::SignForStructure, Kind::SignForCertifier]),
        (signed, None, vec![Kind::SignForCertifier]),
        (None, signed, vec![Kind::SignForStructure]),
    ] {
        let right = RightRow {
            id: US.into(),
            place: place(),
            convention_sent_at: Some(datetime!(2026-03-01 8:00 UTC).into()),
            signed_by_structure_at: structure,
            signed_by_certifier_at: certifier,
        };
        let tasks = of_right(&right, &AgreementDelays::default(), TODAY);
        assert_eq!(tasks.iter().map(|task| task.kind).collect::<Vec<_>>(), expected);
        assert!(tasks.iter().all(|task| task.due_on == date!(2026 - 03 - 31)));
    }
}

#[test]
fn a_reserve_is_seen_by_the_team_when_its_end_is_near_or_its_proof_is_there() {
    let proved = Some(Instant::from(datetime!(2026-03-18 8:00 UTC)));
    for (due_on, proof_at, expected) in [
        (date!(2026 - 04 - 19), None, vec![Kind::MeetReserve, Kind::LiftReserve]),
        (date!(2026 - 04 - 20), None, vec![Kind::MeetReserve]),
        (date!(2026 - 04 - 20), proved, vec![Kind::MeetReserve, Kind::LiftReserve]),
    ] {
        let text = "Signer la convention de la salle".to_owned();
        let row = ReserveRow { id: US.into(), place: place(), text, due_on, proof_at };
        let tasks = of_reserve(&row, &AgreementDelays::default(), TODAY);
        assert_eq!(tasks.iter().map(|task| task.kind).collect::<Vec<_>>(), expected, "{due_on}");
        assert!(tasks.iter().all(|task| {
            labels::why(task, TODAY).starts_with("Les Ateliers du Piton. Signer la convention de la salle. ")
        }));
    }
}

fn place() -> Place {
    Place {
        reference: "AGR-2026-0001".to_owned(),
        structure_id: StructureId::from(US),
        structure_name: "Les Ateliers du Piton".to_owned(),
        region: "04".to_owned(),
        zone: "Indian/Reunion".to_owned(),
        certification_id: CertificationId::from(US),
    }
}

fn someone(held: Held) -> Actor {
    Actor::account(AccountId::from(OTHERS), "Zoé N’Guyen-d’Arc", vec![held], Channel::Web)
}

#[test]
fn each_role_sees_its_own_business() {
    let every: Vec<Task> = [
        S::Draft,
        S::Submitted,
        S::Incomplete,
        S::Complete,
        S::VisitToSchedule,
        S::VisitScheduled,
        S::VisitDone,
        S::Adversarial,
        S::OpinionGiven,
        S::InCommittee,
        S::Adjourned,
        S::Appeal,
    ]
    .into_iter()
    .flat_map(|state| of_request(&row(state), &AgreementDelays::default(), TODAY))
    .collect();
    let structure = |id| Held { structure: Some(StructureId::from(id)), ..Held::everywhere(Role::Structure) };
    let expert = |id| Held { expert: Some(ExpertId::from(id)), ..Held::everywhere(Role::Expert) };
    let elsewhere = Held { regions: vec!["11".to_owned()], ..Held::everywhere(Role::Officer) };
    let team = [
        Kind::ChaseReturn,
        Kind::ChaseDate,
        Kind::ChaseReport,
        Kind::Assign,
        Kind::Examine,
        Kind::PutOnAgenda,
        Kind::Resume,
    ];
    for (held, expected) in [
        (Held::everywhere(Role::Manager), [&team[..], &[Kind::Decide, Kind::Settle]].concat()),
        (Held::everywhere(Role::Officer), [&team[..], &[Kind::Prepare]].concat()),
        (elsewhere, vec![]),
        (expert(US), vec![Kind::FixDate, Kind::Visit, Kind::Report]),
        (expert(OTHERS), vec![]),
        (structure(US), vec![Kind::ReplacePieces, Kind::ResumeDraft, Kind::Comment, Kind::Supply]),
        (structure(OTHERS), vec![]),
        (Held::everywhere(Role::Auditor), vec![]),
        (Held::everywhere(Role::Admin), vec![]),
    ] {
        let mut found: Vec<_> =
            todo(&someone(held.clone()), every.clone()).into_iter().map(|task| task.kind).collect();
        found.sort();
        let mut expected = expected;
        expected.sort();
        assert_eq!(found, expected, "{held:?}");
    }
}

#[test]
fn who_took_the_decision_does_not_answer_its_appeal() {
    let appeal = of_request(&row(S::Appeal), &AgreementDelays::default(), TODAY);
    let mut decider = someone(Held::everywhere(Role::Manager));
    assert_eq!(todo(&decider, appeal.clone()).len(), 1);
    decider.who = crate::authz::Who::Account { id: AccountId::from(US), name: String::new() };
    assert!(todo(&decider, appeal).is_empty());
}

#[test]
fn the_oldest_date_comes_first_and_says_where_it_stands() {
    let tasks = [S::OpinionGiven, S::Complete, S::InCommittee]
        .into_iter()
        .flat_map(|state| of_request(&row(state), &AgreementDelays::default(), TODAY))
        .collect();
    let tasks = todo(&someone(Held::everywhere(Role::Manager)), tasks);
    let seen: Vec<_> = tasks.iter().map(|task| (task.kind, task.when(TODAY))).collect();
    let expected =
        [(Kind::Assign, When::Late), (Kind::Decide, When::Coming), (Kind::PutOnAgenda, When::Coming)];
    assert_eq!(seen, expected);
}
