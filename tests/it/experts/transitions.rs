//! Table 3.3 of the domain reference: every line done, every other step refused.

use entity::account_role::Role;
use entity::audit_event;
use entity::habilitation::HabilitationState;
use entity::ids::HabilitationId;
use parchemin::authz::Actor;
use parchemin::features::experts::actions::habilitation as acts;
use parchemin::features::experts::jobs;
use parchemin::features::experts::state::{Step, TABLE, Transition};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use time::Duration;

use super::path::Way;
use crate::support::Answer;

const STEPS: [Step; 15] = [
    Step::Reject,
    Step::Admit,
    Step::LogStep,
    Step::Present,
    Step::MoveJury,
    Step::CancelJury,
    Step::Grant,
    Step::Defer,
    Step::Refuse,
    Step::Suspend,
    Step::Reinstate,
    Step::Withdraw,
    Step::Resign,
    Step::Expire,
    Step::Renew,
];

/// Templates of the mails and number of documents that a line leaves behind.
fn leaves(line: &Transition) -> (&'static [&'static str], usize) {
    match line.code() {
        "HAB_APPLIED" => (&["habilitation-applied"], 0),
        "HAB_REJECTED" => (&["habilitation-rejected"], 1),
        "HAB_ADMITTED" => (&["habilitation-admitted", "habilitation-accompaniment"], 2),
        "HAB_STEP" => (&[], 1),
        "HAB_PRESENTED" => (&["habilitation-presented"], 1),
        "HAB_JURY_MOVED" => (&["habilitation-jury-moved"], 0),
        "HAB_JURY_CANCELLED" => (&["habilitation-jury-cancelled"], 0),
        "HAB_GRANTED" => (&["habilitation-granted"], 2),
        "HAB_DEFERRED" => (&["habilitation-deferred", "habilitation-accompaniment"], 1),
        "HAB_REFUSED" => (&["habilitation-refused"], 1),
        "HAB_SUSPENDED" => (&["habilitation-suspended"], 1),
        "HAB_REINSTATED" => (&["habilitation-reinstated"], 1),
        "HAB_WITHDRAWN" => (&["habilitation-withdrawn"], 1),
        "HAB_RESIGNED" => (&["habilitation-resigned"], 0),
        // That of the person, and that of who accompanied.
        "HAB_EXPIRED" => (&["habilitation-expired", "habilitation-expired"], 0),
        "HAB_RENEWED" => (&["habilitation-renewed"], 1),
        other => panic!("{other} is not in the table"),
    }
}

impl Way {
    /// A file of a mandataire brought to a state.
    async fn at(state: HabilitationState) -> Self {
        use HabilitationState as S;
        let way = Self::applied("mandataire").await;
        match state {
            S::Applied => {}
            S::InTraining => way.trained().await,
            S::Presented => {
                way.presented().await;
                way.signed().await;
            }
            S::Refused => drop(way.play(Step::Reject).await),
            S::Active | S::Suspended | S::Withdrawn | S::Resigned | S::Expired => {
                way.granted().await;
                way.t.advance(Duration::days(30));
            }
        }
        match state {
            S::Suspended => drop(way.play(Step::Suspend).await),
            S::Withdrawn => drop(way.play(Step::Withdraw).await),
            S::Resigned => drop(way.play(Step::Resign).await),
            S::Expired => way.expire().await,
            _ => {}
        }
        assert_eq!(way.state().await, state.word(), "on the way");
        way
    }

    async fn state(&self) -> String {
        let read = self.t.get(&self.manager, &format!("/habilitations/{}", self.id)).await;
        read.body["habilitation"]["state"].as_str().unwrap().to_owned()
    }

    async fn expire(&self) {
        self.t.advance(Duration::days(4 * 366));
        jobs::run(&self.t.app).await.unwrap();
    }

    /// What a person sends for a step.
    async fn ask(&self, step: Step) -> Answer {
        let reason = json!({ "reason": "Réunions manquées" });
        let (verb, body) = match step {
            Step::Reject => ("reject", reason),
            Step::Admit => {
                let plan = "Observer deux jurys";
                let body =
                    json!({ "interview_on": self.day(0), "senior_id": self.senior.id, "action_plan": plan });
                ("admit", body)
            }
            Step::LogStep => {
                ("steps", json!({ "kind": "observation", "done_on": self.day(0), "sheet": "Cadre posé." }))
            }
            Step::Present => ("present", self.jury()),
            Step::MoveJury => {
                ("move-jury", json!({ "jury_on": self.day(40), "reason": "Une personne est empêchée" }))
            }
            Step::CancelJury => ("cancel-jury", reason),
            Step::Grant => ("decide", json!({ "verdict": "grant", "starts_on": self.day(0) })),
            Step::Defer => {
                ("decide", json!({ "verdict": "defer", "text": "À consolider", "redo": ["supervised"] }))
            }
            Step::Refuse => ("decide", json!({ "verdict": "refuse", "text": "Impartialité" })),
            Step::Suspend => ("suspend", reason),
            Step::Reinstate => ("reinstate", reason),
            Step::Withdraw => ("withdraw", reason),
            Step::Resign => ("resign", json!({ "reason": "Retraite" })),
            Step::Renew => ("renew", json!({ "waiver": "Congé maternité" })),
            Step::Apply | Step::Expire => panic!("nobody asks for {step:?}"),
        };
        let person = if step == Step::Resign { &self.person } else { &self.manager };
        self.act(person, verb, &body).await
    }

    /// Makes a step that is possible; a withdrawal is asked for, answered, then confirmed by somebody else.
    async fn play(&self, step: Step) -> Answer {
        let asked = self.ask(step).await;
        assert_eq!(asked.status, 200, "{step:?} {asked:?}");
        if step != Step::Withdraw {
            return asked;
        }
        self.done(&self.person, "answer-withdrawal", &json!({ "answer": "Je le conteste." })).await;
        let other = self.t.person(Role::Manager).await;
        self.t.effects().await;
        self.done(&other, "confirm-withdrawal", &Value::Null).await
    }

    /// States of the last line of the journal about the file under this name.
    async fn journal(&self, name: &str) -> (Option<String>, Option<String>) {
        let id = self.id.parse::<uuid::Uuid>().unwrap();
        let line = audit_event::Entity::find()
            .filter(audit_event::Column::SubjectId.eq(id))
            .filter(audit_event::Column::Name.eq(name))
            .order_by_desc(audit_event::Column::Id)
            .one(self.t.app.db.read())
            .await
            .unwrap()
            .unwrap();
        (line.state_before, line.state_after)
    }
}

#[tokio::test]
async fn every_line_of_the_table_is_done_with_its_journal_line_its_mails_and_its_documents() {
    for line in TABLE.iter() {
        let what = format!("{:?} from {:?}", line.step, line.from);
        let way = match line.from {
            Some(from) => Box::pin(Way::at(from)).await,
            None => Way::applied("mandataire").await,
        };
        if line.from.is_some() {
            way.t.effects().await;
        }
        match line.step {
            Step::Apply => {}
            Step::Expire => way.expire().await,
            step => drop(way.play(step).await),
        }
        assert_eq!(way.state().await, line.to.word(), "{what}");
        let effects = way.t.effects().await;
        let (mails, documents) = leaves(line);
        assert!(effects.events.iter().any(|name| name == line.name()), "{what}: {:?}", effects.events);
        assert_eq!(effects.mails, mails, "{what}");
        let typeset = effects.jobs.iter().filter(|job| *job == "experts.issue_document").count();
        assert_eq!(typeset, documents, "{what}");
        let states = (line.from.map(HabilitationState::word), Some(line.to.word()));
        assert_eq!(way.journal(line.name()).await, states, "{what}");
    }
}

#[tokio::test]
async fn every_other_step_is_refused_in_words_and_changes_nothing() {
    for from in HabilitationState::all() {
        let way = Box::pin(Way::at(from)).await;
        way.t.effects().await;
        for step in STEPS.into_iter().filter(|step| !TABLE.can(from, *step)) {
            if step == Step::Expire {
                let id = HabilitationId(way.id.parse().unwrap());
                let mut tx = way.t.app.begin(Actor::system("experts.deadlines")).await.unwrap();
                assert!(!acts::expire(&mut tx, id).await.unwrap(), "expired from {from}");
                continue;
            }
            let answer = way.ask(step).await;
            let refused = (answer.status.as_u16(), answer.code());
            assert_eq!(refused, (409, "habilitation-wrong-state"), "{step:?} from {from}: {answer:?}");
            assert!(answer.body["detail"].as_str().unwrap().contains('«'), "{step:?} from {from}");
        }
        let effects = way.t.effects().await;
        assert!(effects.events.is_empty() && effects.mails.is_empty(), "{from}: {effects:?}");
        assert_eq!(way.state().await, from.word(), "{from}");
    }
}
