//! Whatever is asked, in whatever order and at the same time: no two rights of one person share a day, nobody holds
//! two missions on one half-day, nobody holds a mission without the right or the independence that it wants.
//!
//! Commands come in rounds, several at once, by the API; after each round the clock moves, and what time does by
//! itself is done. The first two rules are those of the database and hold at any instant. The third one may stop being true after
//! an answer, an habilitation being suspended or a tie learnt later: the mission is then taken back by the next
//! recheck, or at its hour if that comes first, and this is when it is looked at.

use std::collections::{HashMap, HashSet};

use entity::account_role::Role;
use entity::dated_right::{self, RightKind, RightState};
use entity::declared_interest::{self, TieKind};
use entity::habilitation::{self, Duty};
use entity::ids::MissionId;
use entity::mission::{self, MissionObject, MissionState};
use entity::{employment, expert, right_suspension, structure};
use futures_util::future::join_all;
use parchemin::features::experts;
use parchemin::features::missions::actions::recheck;
use parchemin::rules::deadline::{add_days, add_months, date_in_zone};
use parchemin::rules::typed_date::iso;
use proptest::prelude::Strategy;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use time::{Date, Duration};

use crate::missions::bench::Bench;
use crate::missions::concurrency::{ASKED, asked, half_days, set_asked, wanted};
use crate::rights::concurrency::no_shared_day;
use crate::support::{Answer, Person};

/// What may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Act {
    Record,
    Suspend,
    Reinstate,
    AskWithdrawal,
    AnswerWithdrawal,
    ConfirmWithdrawal,
    Resign,
    Renew,
    DeclareInterest,
    Employ,
    EndEmployment,
    Propose,
    Accept,
    Decline,
    DropOut,
    Offer,
    Withdraw,
    Move,
    Recheck,
    Ring,
}

/// The acts, as often as they are wanted.
const ACTS: [Act; 32] = [
    Act::Record,
    Act::Record,
    Act::Suspend,
    Act::Suspend,
    Act::Reinstate,
    Act::Reinstate,
    Act::AskWithdrawal,
    Act::AnswerWithdrawal,
    Act::ConfirmWithdrawal,
    Act::ConfirmWithdrawal,
    Act::Resign,
    Act::Renew,
    Act::DeclareInterest,
    Act::Employ,
    Act::EndEmployment,
    Act::Propose,
    Act::Propose,
    Act::Propose,
    Act::Propose,
    Act::Propose,
    Act::Accept,
    Act::Accept,
    Act::Accept,
    Act::Accept,
    Act::Decline,
    Act::DropOut,
    Act::Offer,
    Act::Offer,
    Act::Withdraw,
    Act::Move,
    Act::Recheck,
    Act::Ring,
];

const PEOPLE: usize = 4;
/// What each of them is habilitated for when the story begins.
const ROLES: [&[Duty]; PEOPLE] =
    [&[Duty::Mandataire, Duty::Epsp], &[Duty::Controleur], &[Duty::Epsp], &[Duty::Mandataire]];
/// What each is asked first: a jury, a control, a session, teaching support.
const FIRST: [usize; PEOPLE] = [0, 1, 3, 2];
const STRUCTURES: usize = 3;
/// Stages played, rounds of each, commands of each.
const STAGES: usize = 2;
const ROUNDS: usize = 8;
const AT_ONCE: usize = 8;

/// Months during which a former employer still refuses a mission; none for what asks for no independence.
fn window(object: MissionObject) -> Option<i32> {
    match object {
        MissionObject::Jury | MissionObject::Inspection => Some(24),
        MissionObject::Support | MissionObject::Session => Some(12),
        MissionObject::Meeting | MissionObject::Observation => None,
    }
}

/// One command: by or about whom, on which of the things found, how many days away, for what.
#[derive(Clone, Copy, Debug)]
struct Command {
    act: Act,
    who: usize,
    pick: usize,
    days: i32,
    what: usize,
}

/// A round, and the hours that pass after it.
type Round = (Vec<Command>, i64);

fn rounds() -> impl Strategy<Value = Vec<Round>> {
    let command = (0..ACTS.len(), 0..PEOPLE, 0usize..64, 0i32..12, 0..ASKED);
    let command =
        command.prop_map(|(act, who, pick, days, what)| Command { act: ACTS[act], who, pick, days, what });
    proptest::collection::vec((proptest::collection::vec(command, AT_ONCE), 1i64..40), ROUNDS)
}

/// A team, people with an account each who hold the three duties between them, structures.
struct Stage {
    bench: Bench,
    managers: [Person; 2],
    people: Vec<expert::Model>,
    own: Vec<Person>,
    structures: Vec<structure::Model>,
}

impl Stage {
    async fn new() -> Self {
        let bench = Bench::new().await;
        let managers = [bench.t.person(Role::Manager).await, bench.t.person(Role::Manager).await];
        bench.t.habilitate(bench.expert.id, Duty::Epsp, None, &[]).await;
        let mut people = vec![bench.expert.clone()];
        for (name, duty) in [("Bérard", Duty::Controleur), ("Corbin", Duty::Epsp)] {
            people.push(bench.holder(name, duty).await);
        }
        // The habilitation of the last one ends in the course of the story.
        let last = bench.t.expert("Dubreuil").await;
        bench.t.declare_year(last.id).await;
        let (from, until) = (add_days(bench.t.app.today(), -300), add_days(bench.t.app.today(), 6));
        let body = json!({ "duty": "mandataire", "starts_on": iso(from), "ends_on": iso(until) });
        let recorded =
            bench.t.post(&bench.officer, &format!("/experts/{}/habilitations", last.id), &body).await;
        assert_eq!(recorded.status, 201, "{recorded:?}");
        people.push(last);
        let mut own = vec![bench.own.clone()];
        for person in &people[1..] {
            own.push(bench.t.of_expert(person.id).await);
        }
        let mut structures = vec![bench.structure.clone()];
        for name in ["Recyclerie des Amognes", "Les Potagers du Nohain"] {
            structures.push(bench.t.structure(name).await);
        }
        assert_eq!((people.len(), structures.len()), (PEOPLE, STRUCTURES));
        Self { bench, managers, people, own, structures }
    }

    /// Everybody is offered a mission of theirs on one morning, and accepts it, at the same time.
    async fn open(&self) {
        let offered =
            (0..PEOPLE).map(|who| Command { act: Act::Propose, who, pick: 0, days: 2, what: FIRST[who] });
        let offered = join_all(offered.map(|command| self.on_a_mission(command))).await;
        let ids: Vec<String> = offered
            .iter()
            .map(|answer| answer.as_ref().unwrap().body["id"].as_str().unwrap().to_owned())
            .collect();
        let people = self.own.iter().zip(&ids);
        let accepted = people.map(|(own, id)| self.bench.act(own, id, "accept", &Value::Null));
        for answer in join_all(accepted).await {
            assert_eq!(answer.status, 200, "{answer:?}");
        }
        assert_eq!(half_days(&self.bench).await.len(), PEOPLE);
    }

    /// The right of one of those who hold a mission is taken away, another turns out to be employed where they hold theirs,
    /// and a third declares a tie there: whatever comes by chance, these happen.
    async fn upset(&self) {
        let command = |act, who| Command { act, who, pick: 0, days: 0, what: 0 };
        for (act, who) in [
            (Act::AskWithdrawal, 1),
            (Act::AnswerWithdrawal, 1),
            (Act::ConfirmWithdrawal, 1),
            (Act::Employ, 2),
            (Act::DeclareInterest, 0),
        ] {
            let answer = self.on_a_person(command(act, who)).await.unwrap();
            assert!(answer.status.is_success(), "{act:?} {answer:?}");
        }
        self.time_passes(1, "a right taken away and two ties").await;
        self.check("a right taken away and two ties").await;
        let kept: Vec<_> = half_days(&self.bench).await.into_iter().map(|row| row.expert_id).collect();
        assert_eq!(kept, [self.people[3].id], "of those who held a mission, one may still");
    }

    /// Plays a command; nothing when what it is about does not exist.
    async fn play(&self, command: Command) -> Option<Answer> {
        match command.act {
            Act::Recheck => {
                Box::pin(recheck::run(&self.bench.t.app)).await.unwrap();
                None
            }
            Act::Ring => {
                self.bench.ring().await;
                None
            }
            Act::Record
            | Act::DeclareInterest
            | Act::Employ
            | Act::EndEmployment
            | Act::Suspend
            | Act::Reinstate
            | Act::AskWithdrawal
            | Act::AnswerWithdrawal
            | Act::ConfirmWithdrawal
            | Act::Resign
            | Act::Renew => self.on_a_person(command).await,
            Act::Propose
            | Act::Accept
            | Act::Decline
            | Act::DropOut
            | Act::Offer
            | Act::Withdraw
            | Act::Move => self.on_a_mission(command).await,
        }
    }

    /// Rights and ties of someone.
    async fn on_a_person(&self, Command { act, who, pick, days, what }: Command) -> Option<Answer> {
        let (t, today) = (&self.bench.t, self.bench.t.app.today());
        let of_person = |rest: &str| format!("/experts/{}/{rest}", self.people[who].id);
        let structure = self.structures[pick % STRUCTURES].id;
        let manager = &self.managers[0];
        let reason = json!({ "reason": "Réunions manquées" });
        let (person, path, body) = match act {
            Act::Record => {
                let from = add_days(today, days * 200);
                let until = add_days(from, 100 + i32::try_from(pick).unwrap() * 3);
                let duty = Duty::all().nth(what % 3).unwrap();
                let body = json!({ "duty": duty.word(), "starts_on": iso(from), "ends_on": iso(until) });
                (&self.bench.officer, of_person("habilitations"), body)
            }
            Act::DeclareInterest => {
                let tie = "employee_board_or_provider";
                let body = json!({ "structure_id": structure, "tie": tie, "since": "2024-01-01" });
                (&self.own[who], of_person("interests"), body)
            }
            Act::Employ => {
                (&self.bench.officer, of_person("employments"), json!({ "structure_id": structure }))
            }
            Act::EndEmployment => {
                let known = employment::Entity::find()
                    .filter(employment::Column::ExpertId.eq(self.people[who].id))
                    .one(t.app.db.read())
                    .await
                    .unwrap()?;
                let path = of_person(&format!("employments/{}/end", known.id));
                (&self.bench.officer, path, json!({ "until": iso(today) }))
            }
            Act::Suspend => (manager, self.file(who, pick, "suspend").await, reason),
            Act::Reinstate => (manager, self.file(who, pick, "reinstate").await, reason),
            Act::AskWithdrawal => (manager, self.file(who, pick, "withdraw").await, reason),
            // Nobody takes a right away before its holder has answered, or could have.
            Act::AnswerWithdrawal => {
                let body = json!({ "answer": "Je le regrette." });
                (&self.own[who], self.file(who, pick, "answer-withdrawal").await, body)
            }
            Act::ConfirmWithdrawal => {
                (&self.managers[1], self.file(who, pick, "confirm-withdrawal").await, Value::Null)
            }
            Act::Resign => {
                let body = json!({ "reason": "Déménagement", "on": iso(add_days(today, days)) });
                (&self.own[who], self.file(who, pick, "resign").await, body)
            }
            _ => (manager, self.file(who, pick, "renew").await, json!({ "waiver": "Année de reprise" })),
        };
        Some(t.post(person, &path, &body).await)
    }

    /// The address of an act on one of the files of someone.
    async fn file(&self, who: usize, pick: usize, verb: &str) -> String {
        let rows = habilitation::Entity::find()
            .filter(habilitation::Column::ExpertId.eq(self.people[who].id))
            .order_by_asc(habilitation::Column::Id)
            .all(self.bench.t.app.db.read())
            .await
            .unwrap();
        format!("/habilitations/{}/{verb}", rows[pick % rows.len()].id)
    }

    async fn on_a_mission(&self, Command { act, who, pick, days, what }: Command) -> Option<Answer> {
        let bench = &self.bench;
        let day = add_days(bench.t.app.today(), 1 + days % 6);
        let (from, until) = [("09:00", "12:00"), ("14:00", "17:00"), ("11:00", "16:00")][pick % 3];
        if act == Act::Propose {
            let mut body = bench.jury(&self.people[who]);
            set_asked(&mut body, what);
            body["structure_id"] = json!(self.structures[(pick / 3) % STRUCTURES].id);
            body["starts_on"] = json!(iso(day));
            (body["starts_time"], body["ends_time"]) = (json!(from), json!(until));
            return Some(bench.try_propose(&body).await);
        }
        let wanted: &[MissionState] = match act {
            Act::Accept | Act::Decline => &[MissionState::Proposed],
            Act::DropOut => &[MissionState::Accepted],
            Act::Offer => &[MissionState::Declined, MissionState::Expired, MissionState::Withdrawn],
            _ => &[MissionState::Proposed, MissionState::Accepted],
        };
        let row = self.mission(wanted, pick).await?;
        let holder = self.people.iter().position(|person| person.id == row.expert_id).unwrap();
        let next = [who, (who + 1 + pick % 2) % PEOPLE].map(|at| json!({ "expert_id": self.people[at].id }));
        let (person, verb, body) = match act {
            Act::Accept => (&self.own[holder], "accept", Value::Null),
            Act::Decline => (&self.own[holder], "decline", json!({ "reason": "workload" })),
            Act::DropOut => {
                (&bench.officer, "drop-out", json!({ "reason": "health", "substitutes": next[..1] }))
            }
            Act::Offer => (&bench.officer, "offer", json!({ "substitutes": next })),
            Act::Withdraw => (&bench.officer, "withdraw", json!({ "reason": "Autre date" })),
            _ => {
                let body = json!({
                    "starts_on": iso(day), "starts_time": from, "ends_time": until, "reason": "Salle prise",
                });
                (&bench.officer, "move", body)
            }
        };
        Some(bench.act(person, &row.id.to_string(), verb, &body).await)
    }

    /// One of the missions in these states.
    async fn mission(&self, states: &[MissionState], pick: usize) -> Option<mission::Model> {
        let rows = mission::Entity::find()
            .filter(mission::Column::State.is_in(states.iter().copied()))
            .order_by_asc(mission::Column::Id)
            .all(self.bench.t.app.db.read())
            .await
            .unwrap();
        (!rows.is_empty()).then(|| rows[pick % rows.len()].clone())
    }

    /// The missions in a state.
    async fn all(&self, state: MissionState) -> Vec<mission::Model> {
        let rows = mission::Entity::find().filter(mission::Column::State.eq(state));
        rows.all(self.bench.t.app.db.read()).await.unwrap()
    }

    /// What time does by itself, what begins being looked at when it does.
    async fn time_passes(&self, hours: i64, story: &str) {
        let app = &self.bench.t.app;
        self.bench.t.advance(Duration::hours(hours));
        let before = self.all(MissionState::InProgress).await;
        let before: HashSet<MissionId> = before.iter().map(|row| row.id).collect();
        self.bench.ring().await;
        for row in self.all(MissionState::InProgress).await {
            if !before.contains(&row.id) {
                self.held_rightly(&row, story).await;
            }
        }
        experts::jobs::run(app).await.unwrap();
        Box::pin(recheck::run(app)).await.unwrap();
    }

    /// What must hold.
    async fn check(&self, story: &str) {
        no_shared_day(&self.bench.t).await;
        half_days(&self.bench).await;
        let now = self.bench.t.app.now();
        for row in self.all(MissionState::Accepted).await.iter().filter(|row| *row.starts_at > now) {
            self.held_rightly(row, story).await;
        }
    }

    /// Whoever holds a mission is habilitated to it on its day, and neither employed by the structure nor on its board when
    /// it asks for independence, read from the tables and not through what gives missions.
    async fn held_rightly(&self, row: &mission::Model, story: &str) {
        let conn = self.bench.t.app.db.read();
        let day = date_in_zone(*row.starts_at, &row.zone).unwrap();
        let suspensions = right_suspension::Entity::find().all(conn).await.unwrap();
        let rights = dated_right::Entity::find().filter(dated_right::Column::HolderId.eq(row.expert_id.0));
        let scopes: Vec<_> =
            wanted(row.object, row.duty).iter().map(|duty| format!("{}|", duty.word())).collect();
        let entitled = rights.all(conn).await.unwrap().iter().any(|right| {
            let counts = matches!(right.state, RightState::InForce | RightState::Ended)
                && right.kind == RightKind::Habilitation
                && scopes.iter().any(|scope| right.scope.starts_with(scope));
            let set_aside = suspensions
                .iter()
                .any(|one| one.right_id == right.id && runs(one.starts_on, one.ends_on, day));
            counts && runs(right.starts_on, right.ends_on, day) && !set_aside
        });
        let what = format!("{} {}", row.object, row.number);
        assert!(scopes.is_empty() || entitled, "{what} is held on {day} without the right, after {story}");
        let Some(months) = window(row.object) else { return };
        let declared = declared_interest::Entity::find().all(conn).await.unwrap();
        let declared = declared.iter().filter(|one| one.tie == TieKind::EmployeeBoardOrProvider);
        let declared = declared.map(|one| (one.expert_id, one.structure_id, one.since, one.until));
        let employed = employment::Entity::find().all(conn).await.unwrap();
        let employed = employed.iter().map(|one| (one.expert_id, one.structure_id, one.since, one.until));
        let tied = declared.chain(employed).any(|(expert, structure, since, until)| {
            (expert, Some(structure)) == (row.expert_id, row.structure_id)
                && runs(since.unwrap_or(Date::MIN), until.map(|until| add_months(until, months)), day)
        });
        assert!(!tied, "{what} is held on {day} in spite of a tie, after {story}");
    }
}

/// Whether days hold another.
fn runs(from: Date, until: Option<Date>, day: Date) -> bool {
    from <= day && until.is_none_or(|until| day <= until)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_object_and_duty_is_offered_to_those_who_hold_it_and_each_holds_one_at_a_time() {
    let stage = Stage::new().await;
    for (who, own) in stage.own.iter().enumerate() {
        let mut ids = Vec::new();
        for what in 0..ASKED {
            let (object, duty) = asked(what);
            let wanted = wanted(object, duty);
            let may = wanted.is_empty() || wanted.iter().any(|duty| ROLES[who].contains(duty));
            let command = Command { act: Act::Propose, who, pick: 0, days: 2, what };
            let answer = stage.on_a_mission(command).await.unwrap();
            assert_eq!(answer.status, if may { 201 } else { 409 }, "{object} {duty:?} {who} {answer:?}");
            ids.extend(answer.body["id"].as_str().map(str::to_owned));
        }
        let asked = ids.iter().take(AT_ONCE);
        let answers = join_all(asked.map(|id| stage.bench.act(own, id, "accept", &Value::Null))).await;
        let accepted = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(accepted, 1, "{answers:?}");
    }
    stage.check("every object offered to everybody").await;
    assert_eq!(half_days(&stage.bench).await.len(), PEOPLE);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_sequence_of_concurrent_commands_breaks_what_must_hold() {
    let mut runner = TestRunner::deterministic();
    let strategy = rounds();
    let mut done: HashMap<Act, usize> = HashMap::new();
    for _ in 0..STAGES {
        let stage = Stage::new().await;
        stage.open().await;
        stage.upset().await;
        for (commands, hours) in strategy.new_tree(&mut runner).unwrap().current() {
            let story = format!("{commands:?} and {hours} hours");
            let answers = join_all(commands.iter().map(|command| stage.play(*command))).await;
            for (command, answer) in commands.iter().zip(answers) {
                let Some(answer) = answer else { continue };
                // Done, or refused by a rule: never a request that means nothing, never a failure. A mission offered to
                // somebody else meanwhile is not there any more for whoever answers.
                let gone = answer.status == 404 && matches!(command.act, Act::Accept | Act::Decline);
                let expected = [200, 201, 409, 422].contains(&answer.status.as_u16());
                assert!(expected || gone, "{command:?} {answer:?}");
                *done.entry(command.act).or_default() += usize::from(answer.status.is_success());
            }
            no_shared_day(&stage.bench.t).await;
            half_days(&stage.bench).await;
            stage.time_passes(hours, &story).await;
            stage.check(&story).await;
        }
    }
    for act in [Act::Suspend, Act::Propose, Act::Accept] {
        assert!(done.get(&act).is_some_and(|count| *count > 0), "nothing was done by {act:?}: {done:?}");
    }
}
