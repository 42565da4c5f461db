//! Visits given to a contrôleur who loses the right or the independence that they want: nobody keeps one, whatever
//! happened, and those who are touched are told.

use entity::agreement_request::RequestState as S;
use entity::declared_interest::TieKind;
use entity::engagement_half_day;
use entity::ids::{ExpertId, StructureId};
use entity::mail;
use parchemin::features::agreements::actions::visit::recheck;
use parchemin::features::agreements::state::Step;
use parchemin::features::experts::queries;
use poem::http::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use time::Duration;

use super::calendars::property;
use super::desk::Desk;
use crate::support::{Person, TestApp};

/// What may happen to whoever holds a mission or a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    Suspended,
    Withdrawn,
    Resigned,
    Expired,
    Tied,
    Employed,
}

pub const LOSSES: [Loss; 6] =
    [Loss::Suspended, Loss::Withdrawn, Loss::Resigned, Loss::Expired, Loss::Tied, Loss::Employed];

/// Someone with one habilitation, and a structure.
pub struct Holder<'a> {
    pub t: &'a TestApp,
    pub managers: [&'a Person; 2],
    pub own: &'a Person,
    pub expert: ExpertId,
    pub structure: StructureId,
}

impl Holder<'_> {
    /// The address of an act on the habilitation.
    async fn habilitation(&self, verb: &str) -> String {
        let (conn, actor) = (self.t.app.db.read(), &self.managers[0].actor);
        let found = queries::get(conn, actor, self.expert).await.unwrap();
        format!("/habilitations/{}/{verb}", found.habilitations[0].file.id)
    }

    pub async fn loses(&self, loss: Loss) {
        let [manager, other] = self.managers;
        let reason = json!({ "reason": "Réunions manquées" });
        let done = match loss {
            Loss::Suspended => self.t.post(manager, &self.habilitation("suspend").await, &reason).await,
            Loss::Withdrawn => {
                let asked = self.t.post(manager, &self.habilitation("withdraw").await, &reason).await;
                assert_eq!(asked.status, 200, "{asked:?}");
                let said = json!({ "answer": "Je comprends." });
                let answer = self.habilitation("answer-withdrawal").await;
                let answered = self.t.post(self.own, &answer, &said).await;
                assert_eq!(answered.status, 200, "{answered:?}");
                self.t.post(other, &self.habilitation("confirm-withdrawal").await, &Value::Null).await
            }
            Loss::Resigned => {
                let tomorrow = (self.t.app.today() + Duration::days(1)).to_string();
                self.t.post(self.own, &self.habilitation("resign").await, &json!({ "on": tomorrow })).await
            }
            Loss::Expired => return self.expires_soon().await,
            Loss::Tied => {
                let tie = TieKind::EmployeeBoardOrProvider;
                return self.t.interest(self.expert, self.structure, tie, None).await;
            }
            Loss::Employed => {
                let path = format!("/experts/{}/employments", self.expert);
                self.t.post(manager, &path, &json!({ "structure_id": self.structure })).await
            }
        };
        assert!(done.status.is_success(), "{loss:?} {done:?}");
    }

    /// The end of the right comes in two days, before what was given.
    pub async fn expires_soon(&self) {
        use entity::dated_right::{Column, Entity};
        use sea_orm::sea_query::Expr;
        let last = self.t.app.today() + Duration::days(2);
        Entity::update_many()
            .col_expr(Column::EndsOn, Expr::value(Some(last)))
            .filter(Column::HolderId.eq(self.expert.0))
            .exec(self.t.app.db.bookkeeping())
            .await
            .unwrap();
    }
}

impl Desk {
    /// The contrôleur and the structure of the desk.
    fn holder(&self) -> Holder<'_> {
        Holder {
            t: &self.t,
            managers: [&self.manager, &self.other_manager],
            own: &self.expert,
            expert: self.controller.id,
            structure: self.structure.id,
        }
    }

    async fn half_days_held(&self) -> usize {
        let rows = engagement_half_day::Entity::find().filter(engagement_half_day::Column::Held.eq(true));
        rows.all(self.t.app.db.read()).await.unwrap().len()
    }

    async fn recheck(&self) -> usize {
        Box::pin(recheck::run(&self.t.app)).await.unwrap()
    }
}

#[tokio::test]
async fn no_visit_is_left_to_someone_who_may_not_make_it() {
    for loss in LOSSES {
        for from in [S::VisitToSchedule, S::VisitScheduled] {
            let what = format!("{loss:?} in {from}");
            let desk = Desk::new().await;
            desk.reach(from).await;
            desk.work().await;
            assert_eq!(desk.recheck().await, 0, "{what}: nothing happened yet");
            desk.holder().loses(loss).await;
            // The queue does it at once when a right is taken; the rest is found at intervals.
            desk.work().await;
            if from == S::VisitToSchedule && [Loss::Resigned, Loss::Expired].contains(&loss) {
                assert_eq!(desk.recheck().await, 0, "{what}: the right still holds");
                desk.t.advance(Duration::days(3));
            }
            desk.recheck().await;
            let read = desk.read().await;
            assert_eq!(read["state"], "complete", "{what}");
            assert_eq!(desk.half_days_held().await, 0, "{what}");
            assert_eq!(desk.recheck().await, 0, "{what}: once");
            let mine = desk.t.get(&desk.expert, &desk.path()).await;
            assert_eq!(mine.status, StatusCode::NOT_FOUND, "{what}: the file is not theirs any more");
        }
    }
}

#[tokio::test]
async fn those_who_are_touched_are_told_and_nobody_else() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    desk.work().await;
    desk.t.effects().await;
    desk.holder().loses(Loss::Tied).await;
    desk.t.effects().await;
    assert_eq!(desk.recheck().await, 1);
    let effects = desk.t.effects().await;
    assert_eq!(effects.events, ["agreement_request.controller_released"]);
    assert_eq!(effects.mails, ["visit-released", "visit-cancelled", "visit-released"]);
    let mails = mail::Entity::find()
        .filter(mail::Column::Template.is_in(["visit-released", "visit-cancelled"]))
        .all(desk.t.app.db.read())
        .await
        .unwrap();
    for mail in &mails {
        let tie_told = mail.body_text.contains("toujours en cours");
        assert_eq!(
            tie_told,
            mail.template == "visit-released",
            "ties are not for structures: {}",
            mail.body_text
        );
    }
    let dates: Vec<_> = mails.iter().filter_map(|mail| mail.calendar.as_deref()).collect();
    assert_eq!(dates.len(), 2, "the contrôleur and the structure hold the date");
    for date in dates {
        assert_eq!(property(date, "METHOD"), "METHOD:CANCEL");
        assert_eq!(property(date, "SEQUENCE"), "SEQUENCE:1");
    }
    let history = desk.t.get(&desk.owner, &format!("{}/history?limit=200", desk.path())).await;
    let lines = history.body["items"].as_array().unwrap();
    let line = lines.iter().find(|line| line["code"] == "AGR_CTR_RELEASED").unwrap();
    assert!(line["reason"].is_null(), "{line}");
    let (_, todo) = desk.t.open(&desk.officer, "/a-faire").await;
    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    assert!(todo.contains(&format!("/agrements/{number}/visite/confier")), "{todo}");
}

#[tokio::test]
async fn a_tie_that_only_warns_or_that_a_manager_set_aside_takes_nothing_back() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    desk.holder().loses(Loss::Tied).await;
    desk.work().await;
    let alerts = desk.t.get(&desk.manager, "/tie-alerts").await;
    let path = format!("/tie-alerts/{}/override", alerts.body["items"][0]["id"].as_str().unwrap());
    let (_, page) =
        desk.t.open(&desk.officer, &format!("/intervenants/{}/independance", desk.controller.number)).await;
    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    assert!(page.contains(&format!("/agrements/{number}#retirer-visite")), "{page}");
    let kept = desk.t.post(&desk.manager, &path, &json!({ "reason": "Seule personne de la région" })).await;
    assert_eq!(kept.status, 200, "{kept:?}");
    assert_eq!(desk.recheck().await, 0);
    desk.holder().loses(Loss::Employed).await;
    assert_eq!(desk.recheck().await, 1, "another tie is another matter");
    assert_eq!(desk.read().await["state"], "complete");
}

#[tokio::test]
async fn the_visit_given_to_somebody_else_has_a_date_that_comes_after_the_cancellation() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    let body = json!({ "reason": "Jambe cassée" });
    let answer = desk.act(&desk.stranger, "release", &body).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.act(&desk.owner, "release", &body).await.status, StatusCode::FORBIDDEN);
    let empty = desk.act(&desk.expert, "release", &json!({ "reason": " " })).await;
    assert_eq!((empty.status.as_u16(), empty.pointers()), (422, vec!["/reason"]));
    desk.t.effects().await;
    assert_eq!(desk.act(&desk.expert, "release", &body).await.status, StatusCode::OK);
    assert_eq!(desk.read().await["state"], "complete");
    assert_eq!(desk.t.effects().await.mails, ["visit-released", "visit-cancelled", "visit-released"]);
    let other = desk.t.controller("Yvelin").await;
    let given = json!({ "controller_id": other.id });
    let assigned = desk.act(&desk.officer, "assign-controller", &given).await;
    assert_eq!(assigned.status, 200, "{assigned:?}");
    let (_, _, visit) = desk.ask(Step::Schedule).await;
    let scheduled = desk.act(&desk.officer, "schedule", &visit).await;
    assert_eq!(scheduled.status, 200, "{scheduled:?}");
    let mails = mail::Entity::find()
        .filter(mail::Column::Template.eq("visit-scheduled"))
        .order_by_asc(mail::Column::Id);
    let mails = mails.all(desk.t.app.db.read()).await.unwrap();
    let sequences: Vec<_> = mails
        .iter()
        .filter_map(|mail| mail.calendar.as_deref())
        .map(|date| property(date, "SEQUENCE"))
        .collect();
    assert_eq!(sequences, ["SEQUENCE:0", "SEQUENCE:0", "SEQUENCE:2", "SEQUENCE:2"]);
}

#[tokio::test]
async fn the_team_takes_a_visit_back_on_the_page_and_is_led_to_those_who_could_make_it() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    let number = desk.read().await["number"].as_str().unwrap().to_owned();
    let path = format!("/agrements/{number}");
    let (_, page) = desk.t.open(&desk.officer, &path).await;
    assert!(page.contains("Retirer la visite à la personne prévue"), "{page}");
    let (_, page) = desk.t.open(&desk.owner, &path).await;
    assert!(!page.contains("Retirer la visite à la personne prévue"), "not for a structure");
    let version = desk.read().await["version"].to_string();
    let typed = [("version", version.as_str()), ("reason", "Grippe")];
    let (status, _, asked) = desk.t.submit(&desk.officer, &format!("{path}/retirer-visite"), &typed).await;
    assert_eq!(status, StatusCode::OK);
    assert!(asked.contains("la demande passe à l’état «\u{202f}Complète\u{202f}»"), "{asked}");
    assert_eq!(desk.read().await["state"], "visit_scheduled", "a question changes nothing");
    let sure = [&typed[..], &[("confirme", "oui")]].concat();
    let (status, location, _) = desk.t.submit(&desk.officer, &format!("{path}/retirer-visite"), &sure).await;
    assert_eq!((status, location), (StatusCode::SEE_OTHER, format!("{path}/visite/confier")));
    assert_eq!(desk.read().await["state"], "complete");
}

#[tokio::test]
async fn a_visit_is_not_fixed_on_a_day_when_its_controleur_may_not_make_it() {
    let desk = Desk::new().await;
    desk.reach(S::VisitToSchedule).await;
    desk.holder().expires_soon().await;
    let (event, expert, body) = desk.ask(Step::Schedule).await;
    let answer = desk.act(expert, event, &body).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "visit-not-entitled"), "{answer:?}");
    assert!(answer.body["blocking"][0].as_str().unwrap().contains("habilitation"), "{answer:?}");

    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    desk.holder().expires_soon().await;
    let (event, owner, body) = desk.ask(Step::Postpone).await;
    let answer = desk.act(owner, event, &body).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (409, "visit-not-entitled"), "{answer:?}");
    assert!(answer.body["blocking"].as_array().is_none_or(Vec::is_empty), "not told to a structure");
}

#[tokio::test]
async fn a_visit_given_back_is_to_be_entrusted_within_a_new_delay() {
    let desk = Desk::new().await;
    desk.reach(S::VisitToSchedule).await;
    desk.t.advance(Duration::days(10));
    let body = json!({ "reason": "Empêchement" });
    assert_eq!(desk.act(&desk.expert, "decline", &body).await.status, StatusCode::OK);
    let todo = desk.t.get(&desk.officer, "/todo").await;
    let tasks = todo.body["items"].as_array().unwrap();
    let task = tasks.iter().find(|task| task["action"] == "assign").expect("a visit to entrust");
    let due_on = (desk.today() + Duration::days(7)).to_string();
    assert_eq!((&task["late"], &task["due_on"]), (&json!(false), &json!(due_on)), "{task}");
}
