//! Surveys: planned, answered, closed, and what is shown of them.

mod answers;
mod partners;
mod states;

use entity::enrolment::{self, EnrolmentState};
use entity::mail;
use entity::survey::{self, SurveyKind};
use entity::training_session::{self, SessionState};
use parchemin::authz::Actor;
use parchemin::features::surveys::actions::{self, ring};
use parchemin::features::surveys::questions::Form;
use parchemin::features::surveys::{SurveyError, labels};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Duration;

use crate::enrolments::Course;

/// A session that has just ended, with people who followed it.
pub async fn ended(people: usize) -> Course {
    let course = Course::of(30).await;
    course.enrol_all(&(1..=people).collect::<Vec<_>>()).await.unwrap();
    let conn = course.t.app.db.bookkeeping();
    enrolment::Entity::update_many()
        .col_expr(enrolment::Column::State, Expr::value(EnrolmentState::Present.word()))
        .filter(enrolment::Column::SessionId.eq(course.session))
        .exec(conn)
        .await
        .unwrap();
    training_session::Entity::update_many()
        .col_expr(training_session::Column::State, Expr::value(SessionState::Ended.word()))
        .filter(training_session::Column::Id.eq(course.session))
        .exec(conn)
        .await
        .unwrap();
    course.t.advance(Duration::days(42) + Duration::hours(9));
    course.t.effects().await;
    course
}

/// Everything that is due, until there is nothing left.
pub async fn due(course: &Course) {
    while ring::run(&course.t.app).await.unwrap() > 0 {}
}

pub async fn survey(course: &Course, kind: SurveyKind) -> survey::Model {
    let found =
        survey::Entity::find().filter(survey::Column::Kind.eq(kind)).one(course.t.app.db.read()).await;
    found.unwrap().unwrap()
}

/// The tokens of the links of the messages of a template, oldest first.
pub async fn tokens(course: &Course, template: &str) -> Vec<String> {
    let sent = mail::Entity::find()
        .filter(mail::Column::Template.eq(template))
        .order_by_asc(mail::Column::Id)
        .all(course.t.app.db.read())
        .await
        .unwrap();
    let token = |text: &str| {
        let start = text.find("/enquetes/").unwrap() + "/enquetes/".len();
        text[start..].lines().next().unwrap().trim().to_owned()
    };
    sent.iter().map(|mail| token(&mail.body_text)).collect()
}

/// Somebody answers the hot survey with this mark everywhere.
pub async fn answer(course: &Course, token: &str, mark: &str) -> Result<survey::Model, SurveyError> {
    let typed: Vec<(String, String)> = labels::asked::of(SurveyKind::Hot)
        .into_iter()
        .map(|question| {
            let text = match question.form {
                Form::Scale => mark.to_owned(),
                Form::YesNo => "oui".to_owned(),
                Form::Text => String::new(),
            };
            (question.key, text)
        })
        .collect();
    let mut tx = course.t.app.begin(Actor::system("tests")).await?;
    let done = actions::answer(&mut tx, token, &typed).await?;
    tx.commit().await?;
    Ok(done)
}
