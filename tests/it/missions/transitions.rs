//! The states of a mission (domain reference, 3.6): every line done, every other step refused.

use entity::account_role::Role;
use entity::mission::MissionState;
use parchemin::features::missions::state::{Step, TABLE};
use serde_json::{Value, json};
use time::macros::datetime;

use super::bench::Bench;
use crate::support::{Answer, Person};

/// A mission, and whoever acts on it.
struct Stage {
    bench: Bench,
    manager: Person,
    other: String,
    id: String,
}

impl Stage {
    /// A mission brought to a state.
    async fn at(state: MissionState) -> Self {
        use MissionState as S;
        let bench = Bench::new().await;
        let manager = bench.t.person(Role::Manager).await;
        let other = bench.mandataire("Bérard").await.id.to_string();
        let id = bench.propose(&bench.jury(&bench.expert)).await;
        let stage = Self { bench, manager, other, id };
        let way: &[Step] = match state {
            S::Proposed => &[],
            S::Accepted => &[Step::Accept],
            S::Declined => &[Step::Decline],
            S::Expired => &[Step::Expire],
            S::Withdrawn => &[Step::Withdraw],
            S::Cancelled => &[Step::Cancel],
            S::InProgress => &[Step::Accept, Step::Start],
            S::Done => &[Step::Accept, Step::Start, Step::Finish],
            S::ReportReceived => &[Step::Accept, Step::Start, Step::Finish, Step::Report],
            S::ExpensesClaimed => &[Step::Accept, Step::Start, Step::Finish, Step::Report, Step::Claim],
            S::Settled => &[Step::Accept, Step::Start, Step::Finish, Step::Report, Step::Settle],
        };
        for step in way {
            stage.play(*step).await;
        }
        assert_eq!(stage.bench.state(&stage.id).await, state.word(), "on the way");
        stage
    }

    /// Makes a step that is possible.
    async fn play(&self, step: Step) {
        match step {
            Step::Expire => {
                self.bench.t.set_now(datetime!(2025-10-14 08:00 UTC));
                while self.bench.ring().await > 0 {}
                return;
            }
            Step::Start => self.bench.t.set_now(datetime!(2025-10-20 07:00 UTC)),
            Step::Settle if self.bench.state(&self.id).await == "expenses_claimed" => {
                let certified = self.bench.act(&self.bench.officer, &self.id, "certify", &Value::Null).await;
                assert_eq!(certified.status, 200, "{certified:?}");
                let pay = json!({ "mission_ids": [self.id], "paid_on": "2025-10-20", "payment": "VIR-1" });
                let paid = self.bench.t.post(&self.manager, "/missions/payable/settle", &pay).await;
                assert_eq!(paid.status, 200, "{paid:?}");
                return;
            }
            _ => {}
        }
        let answer = self.ask(step).await;
        assert_eq!(answer.status, 200, "{step:?} {answer:?}");
    }

    /// What a person sends for a step.
    async fn ask(&self, step: Step) -> Answer {
        let reason = json!({ "reason": "Structure fermée" });
        let (own, officer) = (&self.bench.own, &self.bench.officer);
        let (person, verb, body) = match step {
            Step::Accept => (own, "accept", Value::Null),
            Step::Decline => (own, "decline", json!({ "reason": "health" })),
            Step::DropOut => (own, "drop-out", json!({ "reason": "health" })),
            Step::Withdraw => (officer, "withdraw", reason),
            Step::Cancel => (officer, "cancel", reason),
            Step::Offer => (officer, "offer", json!({ "substitutes": [{ "expert_id": self.other }] })),
            Step::Move => {
                let body = json!({
                    "starts_on": "2025-10-22",
                    "starts_time": "09:00",
                    "ends_time": "17:00",
                    "reason": "Salle prise",
                });
                (officer, "move", body)
            }
            Step::Start => (own, "start", Value::Null),
            Step::Finish => (own, "finish", Value::Null),
            Step::Report => (own, "report", json!({ "report": "Fait." })),
            Step::Claim => {
                let line = json!({ "spent_on": "2025-10-20", "kind": "mileage", "quantity": 120 });
                (own, "claim", json!({ "lines": [line] }))
            }
            Step::ReturnClaim => (officer, "return-claim", reason),
            Step::Reopen => (&self.manager, "reopen", reason),
            Step::Settle => (&self.manager, "settle-unclaimed", reason),
            Step::Expire => panic!("nobody asks for {step:?}"),
        };
        self.bench.act(person, &self.id, verb, &body).await
    }
}

#[tokio::test]
async fn every_line_of_the_table_is_done_with_its_journal_line() {
    for line in TABLE.iter() {
        let what = format!("{:?} from {}", line.step, line.from);
        let stage = Box::pin(Stage::at(line.from)).await;
        stage.bench.t.effects().await;
        stage.play(line.step).await;
        assert_eq!(stage.bench.state(&stage.id).await, line.to.word(), "{what}");
        let effects = stage.bench.t.effects().await;
        assert!(effects.events.iter().any(|name| name == line.name()), "{what}: {:?}", effects.events);
    }
}

#[tokio::test]
async fn every_other_step_is_refused_and_changes_nothing() {
    for from in MissionState::all() {
        let stage = Box::pin(Stage::at(from)).await;
        let before = stage.bench.read(&stage.id).await;
        stage.bench.t.effects().await;
        for step in Step::ALL.into_iter().filter(|step| !TABLE.can(from, *step)) {
            if step == Step::Expire {
                continue;
            }
            let answer = stage.ask(step).await;
            let refused = (answer.status.as_u16(), answer.code());
            assert_eq!(refused, (409, "mission-wrong-state"), "{step:?} from {from}: {answer:?}");
        }
        let effects = stage.bench.t.effects().await;
        assert!(effects.events.is_empty() && effects.mails.is_empty(), "{from}: {effects:?}");
        assert_eq!(stage.bench.read(&stage.id).await, before, "{from}");
    }
}
