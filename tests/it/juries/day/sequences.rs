//! Whatever is asked, in whatever order and at the same time, no jury is closed that breaks its quorum, the rights of its
//! members or their independence.
//!
//! Commands come in rounds, several at once, by the API; the clock moves after each round, so that what was known before an
//! act can be told from what was learnt beside it. What must hold is read from the tables, with the rules of quorum alone.

use std::collections::{HashMap, HashSet};

use entity::account_role::{self, Role};
use entity::candidate::JuryDecision;
use entity::ids::{JuryMemberId, JuryPassageId};
use entity::jury_member::Seat;
use entity::jury_session::{self, JuryState};
use entity::{
    jury_abstention, jury_check, jury_member, jury_minutes, jury_passage, jury_signature, jury_vote,
};
use futures_util::future::join_all;
use parchemin::rules::jury::quorum::{self, Present};
use parchemin::rules::referential::JuryRules;
use proptest::prelude::Strategy;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::super::key;
use super::Room;
use crate::support::{Answer, Person};

/// What may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Act {
    CheckIn,
    CheckOut,
    Declare,
    Open,
    NoQuorum,
    Comes,
    DoesNotCome,
    Hear,
    Abstain,
    LearnTie,
    Employ,
    Deliberate,
    DecideTotal,
    Adjourn,
    Close,
    Sign,
    ControlByTheJury,
    Control,
    Validate,
}

/// The acts, as often as they are wanted.
const ACTS: [Act; 32] = [
    Act::CheckIn,
    Act::CheckIn,
    Act::CheckIn,
    Act::CheckIn,
    Act::CheckIn,
    Act::CheckOut,
    Act::Declare,
    Act::Declare,
    Act::Open,
    Act::Open,
    Act::Open,
    Act::Comes,
    Act::Comes,
    Act::Comes,
    Act::DoesNotCome,
    Act::Hear,
    Act::Hear,
    Act::Hear,
    Act::Abstain,
    Act::LearnTie,
    Act::LearnTie,
    Act::Employ,
    Act::Deliberate,
    Act::Deliberate,
    Act::DecideTotal,
    Act::DecideTotal,
    Act::Adjourn,
    Act::Close,
    Act::Sign,
    Act::ControlByTheJury,
    Act::Control,
    Act::Validate,
];

const SEATS: [Seat; 5] =
    [Seat::President, Seat::Employers, Seat::Employers, Seat::Employees, Seat::Employees];
const NAMES: [&str; 3] = ["Diallo", "Basile", "Cissé"];
/// Stages played, rounds of each, commands of each.
const STAGES: usize = 4;
const ROUNDS: usize = 5;
const AT_ONCE: usize = 6;
/// Every point of the control.
const POINTS: [&str; 7] =
    ["people", "quorum", "impartiality", "decisions", "units", "incidents", "signatures"];

/// One command: by or about which member, on which candidate.
#[derive(Clone, Copy, Debug)]
struct Command {
    act: Act,
    who: usize,
    candidate: usize,
}

fn rounds() -> impl Strategy<Value = Vec<Vec<Command>>> {
    let command = (0..ACTS.len(), 0..SEATS.len(), 0..NAMES.len());
    let command = command.prop_map(|(act, who, candidate)| Command { act: ACTS[act], who, candidate });
    proptest::collection::vec(proptest::collection::vec(command, AT_ONCE), ROUNDS)
}

/// A room, its people, and what was learnt of them.
struct Stage {
    room: Room,
    people: Vec<Person>,
    members: Vec<String>,
    turns: Vec<String>,
    /// When it was learnt that a member knows a candidate.
    ties: HashMap<(usize, usize), OffsetDateTime>,
    /// When it was learnt that a member works for the structure.
    employed: HashMap<usize, OffsetDateTime>,
}

impl Stage {
    async fn new() -> Self {
        let room = Room::with(&SEATS, &NAMES).await;
        let (mut people, mut members, mut turns) = (Vec::new(), Vec::new(), Vec::new());
        for rank in 0..SEATS.len() {
            let own = if rank == 0 {
                room.president.clone()
            } else {
                room.s.t().of_expert(room.seats[rank].1).await
            };
            // Whoever sits may work for the certifier besides: they do not check what they signed.
            let held = account_role::Model {
                id: room.s.t().app.new_id().into(),
                account_id: own.id,
                role: Role::Officer,
                structure_id: None,
                structure_admin: false,
                certification_id: None,
                regions: String::new(),
                granted_at: room.s.t().app.now().into(),
            };
            let insert = account_role::Entity::insert(held.into_active_model().reset_all());
            insert.exec_without_returning(room.s.t().app.db.bookkeeping()).await.unwrap();
            people.push(own);
            members.push(room.member(rank).await);
        }
        for rank in 0..NAMES.len() {
            turns.push(room.turn(rank).await);
        }
        Self { room, people, members, turns, ties: HashMap::new(), employed: HashMap::new() }
    }

    /// What a command answers.
    async fn play(&self, Command { act, who, candidate }: Command) -> Answer {
        let room = &self.room;
        let (member, turn) = (&self.members[who], &self.turns[candidate]);
        let here = |identity: bool| json!({ "identity": identity, "impartial": identity });
        match act {
            Act::CheckIn => room.act(&format!("members/{member}/check-in"), &here(true)).await,
            Act::CheckOut => room.act(&format!("members/{member}/check-in"), &here(false)).await,
            Act::Declare => self.by(who, &format!("members/{member}/declare"), &json!({})).await,
            Act::Open => room.act("open", &json!({})).await,
            Act::NoQuorum => room.act("no-quorum", &json!({})).await,
            Act::Comes => {
                let body = json!({ "presence": "present", "identity_document": "identity_card" });
                room.act(&format!("passages/{turn}/presence"), &body).await
            }
            Act::DoesNotCome => {
                room.act(&format!("passages/{turn}/presence"), &json!({ "presence": "absent" })).await
            }
            Act::Hear => {
                let passage = room.passage(candidate).await;
                let fields = [("mark:E1", "15"), ("mark:E2", "4"), ("heard", "oui")];
                let changes: Vec<Value> =
                    fields.iter().map(|(field, value)| room.change(&passage, field, value)).collect();
                room.act("changes", &json!({ "changes": changes })).await
            }
            Act::Abstain => {
                let body = json!({ "member_id": member, "passage_id": turn, "reason": "Ancienne collègue" });
                self.by(who, "abstain", &body).await
            }
            Act::LearnTie => room.knows(who, candidate).await,
            Act::Employ => room.employs(who).await,
            Act::Deliberate => room.act("deliberate", &json!({})).await,
            Act::DecideTotal => self.decide(candidate, "total").await,
            Act::Adjourn => self.decide(candidate, "adjourned").await,
            Act::Close => room.act("close-deliberation", &json!({})).await,
            Act::Sign => self.by(who, "sign", &json!({ "member_id": member, "way": "account" })).await,
            Act::ControlByTheJury => self.by(who, "control-ok", &json!({ "points": POINTS })).await,
            Act::Control => self.team(room.s.officer(), "control-ok", &json!({ "points": POINTS })).await,
            Act::Validate => {
                let day = room.s.t().app.today().to_string();
                self.team(&room.s.desk.manager, "validate", &json!({ "delivered_on": day })).await
            }
        }
    }

    async fn by(&self, who: usize, verb: &str, body: &Value) -> Answer {
        self.team(&self.people[who], verb, body).await
    }

    async fn team(&self, person: &Person, verb: &str, body: &Value) -> Answer {
        self.room.s.t().post(person, &format!("{}/{verb}", self.room.path), body).await
    }

    async fn decide(&self, candidate: usize, decision: &str) -> Answer {
        let body = json!({ "decision": decision, "unanimous": true, "reason": "Le jury est souverain" });
        self.room.act(&format!("passages/{}/decide", self.turns[candidate]), &body).await
    }

    /// Plays commands at the same time, and keeps what was learnt.
    async fn round(&mut self, commands: &[Command]) {
        let now = self.room.s.t().app.now();
        let answers = join_all(commands.iter().map(|command| self.play(*command))).await;
        for (command, answer) in commands.iter().zip(answers) {
            let known = [200, 201, 403, 404, 409, 412, 422].contains(&answer.status.as_u16());
            assert!(known, "neither done nor refused by a rule: {command:?} {answer:?}");
            let by_the_jury = command.act == Act::ControlByTheJury && answer.status.is_success();
            assert!(!by_the_jury, "somebody who sat checked: {answer:?}");
            if answer.status.is_success() {
                match command.act {
                    Act::LearnTie => {
                        self.ties.entry((command.who, command.candidate)).or_insert(now);
                    }
                    Act::Employ => {
                        self.employed.entry(command.who).or_insert(now);
                    }
                    _ => {}
                }
            }
        }
        self.room.s.t().advance(Duration::minutes(1));
    }

    /// Brings the session as far as it may go, one act after the other.
    async fn end(&mut self) {
        self.reach_minutes().await;
        let mut way: Vec<Command> =
            (0..SEATS.len()).map(|who| Command { act: Act::Sign, who, candidate: 0 }).collect();
        way.extend([Act::Control, Act::Validate].map(|act| Command { act, who: 0, candidate: 0 }));
        self.follow(&way).await;
    }

    async fn follow(&mut self, way: &[Command]) {
        for command in way {
            self.round(&[*command]).await;
            self.check(&format!("{command:?}")).await;
        }
    }

    /// The same, until the minutes are frozen.
    async fn reach_minutes(&mut self) {
        let who = |act| (0..SEATS.len()).map(move |who| Command { act, who, candidate: 0 });
        let each = |act| (0..NAMES.len()).map(move |candidate| Command { act, who: 0, candidate });
        let one = |act| Command { act, who: 0, candidate: 0 };
        let free: HashSet<usize> = (0..SEATS.len()).filter(|who| !self.employed.contains_key(who)).collect();
        let mut way: Vec<Command> = who(Act::CheckIn).filter(|one| free.contains(&one.who)).collect();
        way.extend(who(Act::CheckOut).filter(|one| !free.contains(&one.who)));
        way.push(one(Act::Open));
        way.extend(each(Act::Comes));
        way.extend(each(Act::Hear));
        way.push(one(Act::Deliberate));
        // Who has no quorum can only be adjourned.
        way.extend(each(Act::Adjourn));
        way.extend(each(Act::DecideTotal));
        way.push(one(Act::Close));
        self.follow(&way).await;
    }

    async fn session(&self) -> jury_session::Model {
        let found = jury_session::Entity::find_by_id(key(&self.room.path));
        found.one(self.room.s.t().app.db.read()).await.unwrap().unwrap()
    }

    /// What must hold of a session whose deliberation is closed.
    async fn check(&self, story: &str) {
        let session = self.session().await;
        let after = [JuryState::ToSign, JuryState::Signed, JuryState::Checked, JuryState::Validated];
        if !after.contains(&session.state) {
            return;
        }
        let conn = self.room.s.t().app.db.read();
        let members = jury_member::Entity::find().filter(jury_member::Column::SessionId.eq(session.id));
        let members = members.all(conn).await.unwrap();
        let here: Vec<&jury_member::Model> =
            members.iter().filter(|row| row.identity_checked_at.is_some()).collect();
        let opened = *session.opened_at.unwrap();
        for row in &here {
            assert!(row.impartial_at.is_some(), "{} did not sign, after {story}", row.id);
            let rank = self.rank(row.id);
            let before = self.employed.get(&rank).is_some_and(|at| *at < opened);
            assert!(!before, "{} works there, after {story}", row.id);
        }
        self.check_decisions(&session, &here, story).await;
        self.check_minutes(&session, here.len(), story).await;
    }

    /// Each decision but an adjournment has its quorum, without whoever stays apart or knows the candidate.
    async fn check_decisions(
        &self,
        session: &jury_session::Model,
        here: &[&jury_member::Model],
        story: &str,
    ) {
        let conn = self.room.s.t().app.db.read();
        let closed = *session.frozen_at.unwrap();
        let passages = jury_passage::Entity::find().filter(jury_passage::Column::SessionId.eq(session.id));
        let apart = jury_abstention::Entity::find().all(conn).await.unwrap();
        let votes = jury_vote::Entity::find().all(conn).await.unwrap();
        for passage in passages.all(conn).await.unwrap() {
            let candidate = self.turns.iter().position(|turn| *turn == passage.id.to_string()).unwrap();
            let judged = matches!(
                passage.decision,
                Some(JuryDecision::Total | JuryDecision::Partial | JuryDecision::Refused)
            );
            if !judged {
                continue;
            }
            let is_apart = |id: JuryMemberId, passage: JuryPassageId| {
                apart.iter().any(|row| (row.member_id, row.passage_id) == (id, passage))
            };
            let knows =
                |id: JuryMemberId| self.ties.get(&(self.rank(id), candidate)).is_some_and(|at| *at < closed);
            let judges = here.iter().filter(|row| !is_apart(row.id, passage.id) && !knows(row.id));
            let judges: Vec<Present> =
                judges.map(|row| Present { member: row.id, seat: row.seat, remote: row.remote }).collect();
            let lacks = quorum::of_session(&JuryRules::default(), &judges);
            assert!(lacks.is_empty(), "{} is decided without {lacks:?}, after {story}", NAMES[candidate]);
            for vote in votes.iter().filter(|vote| vote.passage_id == passage.id) {
                let may = here.iter().any(|row| row.id == vote.member_id);
                let may = may && !is_apart(vote.member_id, passage.id) && !knows(vote.member_id);
                assert!(may, "{} voted on {}, after {story}", vote.member_id, NAMES[candidate]);
            }
        }
    }

    /// One text, signed once by each person in the room, checked by somebody who was not there.
    async fn check_minutes(&self, session: &jury_session::Model, here: usize, story: &str) {
        let conn = self.room.s.t().app.db.read();
        let minutes = jury_minutes::Entity::find().filter(jury_minutes::Column::SessionId.eq(session.id));
        assert_eq!(minutes.all(conn).await.unwrap().len(), 1, "after {story}");
        let signatures = jury_signature::Entity::find().all(conn).await.unwrap();
        let signers: HashSet<_> = signatures.iter().map(|row| row.member_id).collect();
        assert_eq!(signers.len(), signatures.len(), "somebody signed twice, after {story}");
        if session.state != JuryState::ToSign {
            assert_eq!(signatures.len(), here, "somebody did not sign, after {story}");
        }
        for check in jury_check::Entity::find().all(conn).await.unwrap() {
            let sat = self.people.iter().any(|person| person.id == check.checked_by);
            assert!(!sat, "after {story}");
        }
    }

    fn rank(&self, id: JuryMemberId) -> usize {
        self.members.iter().position(|member| *member == id.to_string()).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_sequence_of_concurrent_acts_closes_a_jury_that_is_void() {
    let mut runner = TestRunner::deterministic();
    let strategy = rounds();
    let mut closed = 0;
    for _ in 0..STAGES {
        let mut stage = Box::pin(Stage::new()).await;
        for commands in strategy.new_tree(&mut runner).unwrap().current() {
            Box::pin(stage.round(&commands)).await;
            stage.check(&format!("{commands:?}")).await;
        }
        Box::pin(stage.end()).await;
        let state = stage.session().await.state;
        closed += usize::from([JuryState::Signed, JuryState::Checked, JuryState::Validated].contains(&state));
    }
    assert!(closed > 0, "no session was ever signed: nothing was looked at");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_signs_many_times_at_once_signs_once() {
    let mut stage = Box::pin(Stage::new()).await;
    Box::pin(stage.reach_minutes()).await;
    assert_eq!(stage.session().await.state, JuryState::ToSign);
    let each = (0..3 * SEATS.len()).map(|rank| rank % SEATS.len());
    let commands: Vec<_> = each.map(|who| Command { act: Act::Sign, who, candidate: 0 }).collect();
    Box::pin(stage.round(&commands)).await;
    stage.check("everybody signs three times at once").await;
    assert_eq!(stage.session().await.state, JuryState::Signed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_session_opened_many_times_at_once_is_opened_once_and_never_found_short() {
    let stage = Box::pin(Stage::new()).await;
    stage.room.come_in(&[0, 1, 3]).await;
    let acts = [Act::Open, Act::NoQuorum, Act::Open, Act::NoQuorum];
    let acts = acts.map(|act| stage.play(Command { act, who: 0, candidate: 0 }));
    let answers = join_all(acts).await;
    let done = answers.iter().filter(|answer| answer.status.is_success()).count();
    assert_eq!(done, 1, "{answers:?}");
    assert_eq!(stage.session().await.state, JuryState::Open);
}
