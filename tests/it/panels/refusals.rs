//! What a jury refuses in words: a right that ends the day before, a tie with one of six, a date on which a member is taken.

use entity::candidate_tie::CandidateTieKind;
use entity::college_seat::College;
use entity::ids::JurySessionId;
use entity::jury_session::{self, JuryState};
use entity::mission::MissionState;
use entity::{candidate, engagement_half_day, mission};
use parchemin::rules::deadline::add_days;
use parchemin::rules::typed_date::iso;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use time::macros::{date, datetime};
use time::{Date, Duration};

use super::desk::{self, Desk, STARTS};

/// The day of the session.
const DAY: Date = date!(2025 - 11 - 20);

impl Desk {
    /// A mandataire whose habilitation ends on a day.
    async fn entitled_until(&self, name: &str, last: Date) -> entity::expert::Model {
        let expert = self.t.expert(name).await;
        self.t.declare_year(expert.id).await;
        let body = json!({ "duty": "mandataire", "starts_on": "2025-01-01", "ends_on": iso(last) });
        let path = format!("/experts/{}/habilitations", expert.id);
        let recorded = self.t.post(&self.officer, &path, &body).await;
        assert_eq!(recorded.status, 201, "{recorded:?}");
        expert
    }

    async fn row(&self, id: JurySessionId) -> jury_session::Model {
        jury_session::Entity::find_by_id(id).one(self.t.app.db.read()).await.unwrap().unwrap()
    }

    /// Asks somebody to preside over a session, and they accept; the mission.
    async fn presides(&self, session: JurySessionId, expert: &entity::expert::Model) -> String {
        let path = format!("/jury-sessions/{session}/panel");
        let body = json!({ "seat": "president", "expert_id": expert.id });
        let asked = self.t.post(&self.officer, &format!("{path}/members"), &body).await;
        assert_eq!(asked.status, 201, "{asked:?}");
        let panel = self.t.get(&self.officer, &path).await.body;
        let mission = format!("/missions/{}", panel["members"][0]["mission_id"].as_str().unwrap());
        let own = self.t.of_expert(expert.id).await;
        let accepted = self.t.post(&own, &format!("{mission}/accept"), &Value::Null).await;
        assert_eq!(accepted.status, 200, "{accepted:?}");
        mission
    }

    /// How many half-days of somebody are taken.
    async fn taken(&self, expert: &entity::expert::Model) -> u64 {
        let rows = engagement_half_day::Entity::find()
            .filter(engagement_half_day::Column::ExpertId.eq(expert.id))
            .filter(engagement_half_day::Column::Held.eq(true));
        rows.count(self.t.app.db.read()).await.unwrap()
    }
}

#[tokio::test]
async fn a_president_whose_habilitation_ends_the_day_before_does_not_preside() {
    let desk = Desk::new().await;
    let short = desk.entitled_until("Abel", add_days(DAY, -1)).await;
    let answer = desk.ask("president", &short, Some("Seule personne libre")).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "jury-panel-refused"), "{answer:?}");
    let said = answer.body["blocking"].to_string();
    assert!(said.contains("habilitation"), "{said}");
    assert_eq!(desk.of(&short).await, Value::Null, "nobody sits");
    let right = desk.entitled_until("Bérard", DAY).await;
    desk.seat("president", &right).await;
}

#[tokio::test]
async fn a_member_who_trained_one_of_six_is_refused_for_that_one_alone() {
    let desk = Desk::new().await;
    for rank in 3..=6 {
        desk::candidate(&desk.t, &desk.session, rank).await;
    }
    assert_eq!(candidate::Entity::find().count(desk.t.app.db.read()).await.unwrap(), 6);
    let member = desk.member("Abel", College::Employees).await;
    desk.knows(member.id, 0, CandidateTieKind::Trained).await;
    let answer = desk.ask("employees", &member, None).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "jury-panel-warning"), "{answer:?}");
    let said: Vec<&str> =
        answer.body["blocking"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(said.len(), 1, "one candidate of the six: {said:?}");
    assert!(said[0].contains("Fatoumata Essai1") && said[0].contains("(J2)"), "{said:?}");
    assert_eq!(desk.ask("employees", &member, Some("Seule personne de ce collège")).await.status, 201);
    let shown = desk.of(&member).await;
    let findings = shown["findings"].as_array().unwrap();
    let about: Vec<_> = findings.iter().filter(|one| !one["candidate_id"].is_null()).collect();
    assert_eq!(about.len(), 1, "{findings:?}");
    assert_eq!(about[0]["candidate_id"], json!(desk.candidates[0]));
}

#[tokio::test]
async fn a_session_is_not_moved_onto_another_of_the_same_member() {
    let desk = Desk::new().await;
    let expert = desk.mandataire("Abel").await;
    let mission = desk.presides(desk.session.id, &expert).await;
    let week = STARTS + Duration::days(7);
    let other = desk::session(&desk.t, &desk.structure, &desk.version, week).await;
    desk.presides(other.id, &expert).await;
    let taken = desk.taken(&expert).await;
    desk.t.effects().await;

    let path = format!("/jury-sessions/{}/postpone", desk.session.id);
    let onto = json!({ "day": "2025-11-27", "starts_time": "10:00", "reason": "La salle n’est plus libre" });
    let refused = desk.t.post(&desk.officer, &path, &onto).await;
    assert_eq!(refused.status, 409, "{refused:?}");
    assert!(["mission-not-entitled", "mission-double-booking"].contains(&refused.code()), "{refused:?}");
    let row = desk.row(desk.session.id).await;
    assert_eq!((row.state, row.starts_at.map(|at| *at)), (JuryState::Planned, Some(STARTS)));
    assert_eq!(desk.taken(&expert).await, taken, "nothing is written");
    assert!(desk.t.effects().await.events.is_empty());

    let free = json!({ "day": "2025-11-28", "starts_time": "10:00", "reason": "La salle n’est plus libre" });
    let moved = desk.t.post(&desk.officer, &path, &free).await;
    assert_eq!(moved.status, 200, "{moved:?}");
    assert_eq!(desk.t.get(&desk.officer, &mission).await.body["starts_at"], "2025-11-28T09:00:00Z");
    assert_eq!(desk.taken(&expert).await, taken, "the first half-day is given back");
    assert_eq!(
        desk.row(desk.session.id).await.starts_at.map(|at| *at),
        Some(datetime!(2025-11-28 09:00 UTC))
    );
}

#[tokio::test]
async fn the_people_of_a_cancelled_session_are_free_again() {
    let desk = Desk::new().await;
    let expert = desk.mandataire("Abel").await;
    desk.presides(desk.session.id, &expert).await;
    assert!(desk.taken(&expert).await > 0);
    let path = format!("/jury-sessions/{}/cancel", desk.session.id);
    let done = desk.t.post(&desk.officer, &path, &json!({ "reason": "Grève" })).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert_eq!(desk.taken(&expert).await, 0);
    let rows = mission::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    assert!(rows.iter().all(|row| row.state == MissionState::Cancelled), "{rows:?}");
}
