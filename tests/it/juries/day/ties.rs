//! What data tells of the people in the room: who may not sit is not counted on, who knows a candidate stays apart.

use entity::jury_abstention;
use entity::jury_member::Seat;
use poem::http::StatusCode;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::json;

use super::Room;
use crate::support::Answer;

impl Room {
    /// The team records that a member knows a candidate.
    pub async fn knows(&self, member: usize, candidate: usize) -> Answer {
        let t = self.s.t();
        let expert = entity::expert::Entity::find_by_id(self.seats[member].1).one(t.app.db.read()).await;
        let body = json!({
            "expert_number": expert.unwrap().unwrap().number,
            "kind": "trained",
            "since": "2025-01-01",
        });
        t.post(self.s.officer(), &format!("/candidates/{}/ties", self.people[candidate].id), &body).await
    }

    /// The structure says that a member works there.
    pub async fn employs(&self, member: usize) -> Answer {
        let body = json!({ "structure_id": self.s.desk.structure.id });
        let path = format!("/experts/{}/employments", self.seats[member].1);
        self.s.t().post(self.s.officer(), &path, &body).await
    }
}

const FOUR: [Seat; 4] = [Seat::President, Seat::Employers, Seat::Employees, Seat::Employees];

#[tokio::test]
async fn a_member_who_trained_one_of_six_is_apart_and_the_quorum_is_counted_again_and_shown() {
    let names = ["Diallo", "Basile", "Cissé", "Traoré", "Keita", "Sylla"];
    let room = Room::new(&names).await;
    let known = room.knows(2, 0).await;
    assert_eq!(known.status, StatusCode::OK, "{known:?}");
    room.open().await;
    let day = room.day().await;
    let first = &day["passages"][0];
    assert_eq!(first["apart"], json!([room.member(2).await]), "{first}");
    assert_eq!(first["decision"], "adjourned");
    let lacks = first["quorum_lacks"].as_array().unwrap();
    assert!(lacks.iter().any(|one| one.as_str().unwrap().contains("Collège salariés")), "{lacks:?}");
    for rank in 1..names.len() {
        let passage = &day["passages"][rank];
        assert_eq!((&passage["apart"], &passage["quorum_lacks"]), (&json!([]), &json!([])), "{passage}");
        assert_eq!(passage["decision"], json!(null));
    }
    let page = room.s.page(&room.path).await;
    let (status, text) = room.s.t().open(&room.president, &format!("{page}/passages/1")).await;
    assert!(
        status == StatusCode::OK && text.contains("quorum n’est pas atteint pour cette personne"),
        "{text}"
    );
}

#[tokio::test]
async fn another_member_of_the_college_keeps_the_quorum_of_a_candidate_whom_one_of_them_knows() {
    let room = Room::with(&FOUR, &["Diallo"]).await;
    room.knows(2, 0).await;
    room.open().await;
    room.hears(0, "15", "4").await;
    room.done("deliberate", &json!({})).await;
    let turn = room.turn(0).await;
    let tied = room.member(2).await;
    let votes = json!({ "decision": "total", "votes": [{ "member_id": tied, "vote": "yes" }] });
    let refused = room.act(&format!("passages/{turn}/decide"), &votes).await;
    assert_eq!(refused.pointers(), ["/votes/0/member_id"], "who is apart does not vote: {refused:?}");
    let decided = room.decide(0, "total", None).await;
    assert_eq!(decided.status, StatusCode::OK, "{decided:?}");
}

#[tokio::test]
async fn a_tie_learnt_during_the_deliberation_takes_the_decision_back_to_the_others() {
    let room = Room::with(&FOUR, &["Diallo"]).await;
    room.open().await;
    room.hears(0, "15", "4").await;
    room.done("deliberate", &json!({})).await;
    assert_eq!(room.decide(0, "total", None).await.status, StatusCode::OK);
    room.knows(3, 0).await;
    let early = room.act("close-deliberation", &json!({})).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{early:?}");
    assert!(early.body["blocking"].to_string().contains("reprenez la décision"), "{early:?}");
    assert_eq!(room.decide(0, "total", None).await.status, StatusCode::OK);
    let closed = room.act("close-deliberation", &json!({})).await;
    assert_eq!(closed.status, StatusCode::OK, "{closed:?}");
    let lines = jury_abstention::Entity::find().count(room.s.t().app.db.read()).await.unwrap();
    assert_eq!(lines, 1, "the minutes say who stayed apart");
}

#[tokio::test]
async fn somebody_who_turns_out_to_work_there_is_not_counted_on() {
    let room = Room::with(&FOUR, &["Diallo"]).await;
    let employed = room.employs(3).await;
    assert_eq!(employed.status, StatusCode::CREATED, "{employed:?}");
    room.come_in(&[0, 1, 2, 3]).await;
    let refused = room.act("open", &json!({})).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "jury-lacking"), "{refused:?}");
    let said = refused.body["blocking"].as_array().unwrap();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].as_str().unwrap().contains("ne peut pas siéger"), "{said:?}");
    let member = room.member(3).await;
    let out = json!({ "identity": false, "impartial": false });
    room.done(&format!("members/{member}/check-in"), &out).await;
    room.done("open", &json!({})).await;
    let back = json!({ "identity": true, "impartial": true });
    let late = room.act(&format!("members/{member}/check-in"), &back).await;
    assert_eq!(late.code(), "jury-lacking", "nor once the session is open: {late:?}");
}

#[tokio::test]
async fn a_president_whose_right_is_suspended_does_not_open() {
    let room = Room::new(&["Diallo"]).await;
    let rows = entity::habilitation::Entity::find().all(room.s.t().app.db.read()).await.unwrap();
    let own = rows.iter().find(|row| row.expert_id == room.seats[0].1).unwrap();
    let body = json!({ "reason": "Réunions manquées" });
    let path = format!("/habilitations/{}/suspend", own.id);
    let suspended = room.s.t().post(&room.s.desk.manager, &path, &body).await;
    assert_eq!(suspended.status, StatusCode::OK, "{suspended:?}");
    room.come_in(&[0, 1, 2]).await;
    let refused = room.act("open", &json!({})).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "jury-lacking"), "{refused:?}");
    assert!(refused.body["blocking"].to_string().contains("ne peut pas siéger"), "{refused:?}");
}
