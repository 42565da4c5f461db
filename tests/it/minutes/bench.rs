//! A session whose jury deliberates, written row by row: the acts of the day are tested where they are.

use entity::account_role::{self, Role};
use entity::candidate::{self, CandidateState, JuryDecision};
use entity::ids::{JuryMemberId, JurySessionId};
use entity::jury_member::{self, MemberState, Seat};
use entity::jury_session::{self, JuryState};
use entity::{jury_minutes, mail};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::certificates::bench::Bench as Certified;
use crate::support::{Answer, Person, TestApp};

/// Somebody of the jury, with an account.
pub struct Member {
    pub id: JuryMemberId,
    pub person: Person,
}

/// A session and its people.
pub struct Bench {
    pub base: Certified,
    pub president: Member,
    pub employer: Member,
    pub employee: Member,
}

impl Bench {
    /// A jury of three that deliberates, without any candidate yet.
    pub async fn new() -> Self {
        let base = Certified::new().await;
        base.session_in(JuryState::Deliberating).await;
        let president = member(&base, Seat::President, 1).await;
        let employer = member(&base, Seat::Employers, 2).await;
        let employee = member(&base, Seat::Employees, 3).await;
        base.t.effects().await;
        Self { base, president, employer, employee }
    }

    pub fn t(&self) -> &TestApp {
        &self.base.t
    }

    pub fn id(&self) -> JurySessionId {
        self.base.session.id
    }

    /// A candidate who came and about whom the jury decided.
    pub async fn heard(&self, name: &str, decision: JuryDecision) -> candidate::Model {
        self.base.candidate_with(name, decision, |row| row.state = CandidateState::Present).await
    }

    pub fn path(&self, verb: &str) -> String {
        format!("/jury-sessions/{}/{verb}", self.id())
    }

    /// What an act answers.
    pub async fn act(&self, person: &Person, verb: &str, body: &Value) -> Answer {
        self.t().post(person, &self.path(verb), body).await
    }

    /// The same, which must succeed.
    pub async fn done(&self, person: &Person, verb: &str, body: &Value) -> Value {
        let answer = self.act(person, verb, body).await;
        assert_eq!(answer.status, 200, "{verb}: {answer:?}");
        answer.body
    }

    /// Closes the deliberation.
    pub async fn closed(&self) -> Value {
        self.done(&self.president.person, "close-deliberation", &json!({ "remarks": "Salle claire." })).await
    }

    /// Closes it, and everybody signs from their own account.
    pub async fn signed(&self) -> Value {
        self.closed().await;
        self.all_sign().await
    }

    pub async fn all_sign(&self) -> Value {
        let mut last = Value::Null;
        for one in [&self.president, &self.employer, &self.employee] {
            last = self.done(&one.person, "sign", &json!({ "member_id": one.id, "way": "account" })).await;
        }
        last
    }

    /// The same, controlled.
    pub async fn checked(&self) -> Value {
        self.signed().await;
        self.done(&self.base.officer, "control-ok", &json!({ "points": POINTS })).await
    }

    /// The same, validated.
    pub async fn validated(&self) -> Value {
        self.checked().await;
        let day = self.t().app.today().to_string();
        self.done(&self.base.manager, "validate", &json!({ "delivered_on": day })).await
    }

    /// The same, told.
    pub async fn published(&self) -> Value {
        self.validated().await;
        self.done(&self.base.officer, "notify", &Value::Null).await
    }

    /// Gives somebody another role, everywhere.
    pub async fn give(&self, person: &Person, role: Role) {
        let held = account_role::Model {
            id: self.t().app.new_id().into(),
            account_id: person.id,
            role,
            structure_id: None,
            structure_admin: false,
            certification_id: None,
            regions: String::new(),
            granted_at: self.t().app.now().into(),
        };
        let insert = account_role::Entity::insert(held.into_active_model().reset_all());
        insert.exec_without_returning(self.t().app.db.bookkeeping()).await.unwrap();
    }

    /// The state of a candidate.
    pub async fn state_of(&self, row: &candidate::Model) -> CandidateState {
        let found = candidate::Entity::find_by_id(row.id).one(self.t().app.db.read()).await;
        found.unwrap().unwrap().state
    }

    /// The state of the session.
    pub async fn state(&self) -> JuryState {
        let found = jury_session::Entity::find_by_id(self.id()).one(self.t().app.db.read()).await;
        found.unwrap().unwrap().state
    }

    /// The minutes, the first ones first.
    pub async fn minutes(&self) -> Vec<jury_minutes::Model> {
        jury_minutes::Entity::find()
            .filter(jury_minutes::Column::SessionId.eq(self.id()))
            .order_by_asc(jury_minutes::Column::Revision)
            .all(self.t().app.db.read())
            .await
            .unwrap()
    }

    /// The code that was mailed last.
    pub async fn code(&self) -> String {
        let rows = mail::Entity::find()
            .filter(mail::Column::Template.eq("jury-code"))
            .order_by_desc(mail::Column::Id)
            .one(self.t().app.db.read())
            .await;
        let text = rows.unwrap().unwrap().body_text;
        let line = text
            .lines()
            .map(str::trim)
            .find(|line| line.len() == 6 && line.bytes().all(|b| b.is_ascii_digit()));
        line.unwrap().to_owned()
    }
}

/// Every point of the control.
pub const POINTS: [&str; 7] =
    ["people", "quorum", "impartiality", "decisions", "units", "incidents", "signatures"];

async fn member(base: &Certified, seat: Seat, position: i32) -> Member {
    let t = &base.t;
    let expert = t.expert(&format!("Membre{position}")).await;
    let now = t.app.now();
    let row = jury_member::Model {
        id: t.app.new_id().into(),
        session_id: base.session.id,
        expert_id: expert.id,
        seat,
        state: MemberState::Accepted,
        mission_id: None,
        override_reason: None,
        reason: None,
        remote: false,
        identity_checked_at: Some(now.into()),
        impartial_at: Some(now.into()),
        position,
        added_by: None,
        added_at: now.into(),
    };
    let id = row.id;
    let insert = jury_member::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(t.app.db.bookkeeping()).await.unwrap();
    Member { id, person: t.of_expert(expert.id).await }
}
