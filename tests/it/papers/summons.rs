//! A whole session is called at once, after a dry run that writes nothing.

use entity::enrolment::{self, EnrolmentState as E};
use entity::training_document::PaperKind;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::Bench;

impl Bench {
    async fn becomes(&self) -> Vec<String> {
        let plan = self.t.get(&self.officer, &format!("/training-sessions/{}/summons", self.session)).await;
        assert_eq!(plan.status, 200, "{plan:?}");
        let items = plan.body["items"].as_array().unwrap();
        items.iter().map(|one| one["outcome"].as_str().unwrap().to_owned()).collect()
    }

    async fn summon(&self) -> crate::support::Answer {
        let path = format!("/training-sessions/{}/summon", self.session);
        self.t.post(&self.officer, &path, &serde_json::json!({})).await
    }

    /// Makes somebody a minor, whose representative is named or not.
    async fn young(&self, person: &enrolment::Model, guardian: &str) {
        enrolment::Entity::update_many()
            .col_expr(enrolment::Column::BirthDate, Expr::value("2010-05-04"))
            .col_expr(enrolment::Column::GuardianName, Expr::value(guardian))
            .col_expr(enrolment::Column::GuardianEmail, Expr::value("ines@exemple.org"))
            .filter(enrolment::Column::Id.eq(person.id))
            .exec(self.t.app.db.bookkeeping())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn the_dry_run_says_who_is_called_and_the_act_does_that() {
    let b = Bench::new().await;
    let people = [b.alone(1).await, b.alone(2).await, b.alone(3).await];
    for (person, state) in people.iter().zip([E::Confirmed, E::Contracted, E::Confirmed]) {
        b.put_in(person.id, state).await;
    }
    b.t.effects().await;
    assert_eq!(b.becomes().await, ["called", "not_confirmed", "called"]);
    assert!(b.t.effects().await.events.is_empty(), "a dry run writes nothing");
    let answer = b.summon().await;
    assert_eq!((answer.status.as_u16(), answer.body["called"].as_u64()), (200, Some(2)));
    assert_eq!(b.becomes().await, ["already_called", "not_confirmed", "already_called"]);
    let expected = ["paper.issued", "paper.handed", "paper.handed"];
    assert_eq!(b.t.effects().await.events, [expected, expected].concat());
    b.t.work().await;
    let effects = b.t.effects().await;
    assert_eq!(effects.events, ["paper.typeset", "paper.typeset"]);
    assert_eq!(effects.mails, ["paper-summons", "paper-summons"]);
    assert!(b.person(people[0].id).await.summoned_at.is_some());
    assert_eq!(b.summon().await.code(), "paper-nobody");
}

#[tokio::test]
async fn the_representative_of_a_minor_is_told_the_same_or_nobody_is_called() {
    let b = Bench::new().await;
    let person = b.alone(1).await;
    b.put_in(person.id, E::Confirmed).await;
    b.young(&person, "").await;
    assert_eq!(b.becomes().await, ["lacking"]);
    let refused = b.summon().await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "paper-lacking"));
    b.young(&person, "Inès Œuvrard").await;
    assert_eq!(b.summon().await.status, 200);
    b.t.work().await;
    let kinds: Vec<_> = b.papers().await.into_iter().map(|paper| paper.kind).collect();
    let handed = [PaperKind::WelcomeBooklet, PaperKind::HouseRules];
    assert_eq!(kinds, [[PaperKind::GuardianNotice, PaperKind::Summons], handed].concat());
    let mails = b.t.effects().await.mails;
    assert_eq!(mails.iter().filter(|name| *name == "paper-summons").count(), 2);
}
