//! The page of a trainee, by the link of a message.

use entity::attendance::Proof;
use entity::programme_version::Modality;
use entity::training_slot;
use parchemin::features::attendance::AttendanceError;
use parchemin::features::attendance::actions::Signed;
use poem::http::StatusCode;
use sea_orm::EntityTrait;

use super::Day;

#[tokio::test]
async fn the_link_shows_the_training_and_signs_with_the_code_of_the_room() {
    let day = Day::of(1).await;
    let link = day.link(0).await;
    let path = format!("/stagiaire/{link}");
    day.at(0, 5);
    let (_, pin) = day.open(0).await;
    let page = day.t().client.get(&path).send().await;
    page.assert_status_is_ok();
    let text = page.0.into_body().into_string().await.unwrap();
    let sign = format!("{path}/signer/{}", day.slots[0].id);
    assert!(text.contains("Poitiers") && text.contains(&sign), "{text}");
    assert!(!text.contains(&format!("{path}/signer/{}", day.slots[1].id)), "the afternoon is not signed yet");
    let wrong = day.sign_by_link(&link, day.slots[0].id, "000").await;
    assert!(matches!(wrong, Err(AttendanceError::Invalid(_))));
    let posted = day.t().client.post(&sign).form(&[("code", pin.as_str())]).send().await;
    posted.assert_status(StatusCode::SEE_OTHER);
    assert_eq!(day.lines(0).await[0].proof, Proof::Pin);
}

#[tokio::test]
async fn a_remote_half_day_is_signed_by_the_link_alone_and_only_that_of_the_session() {
    let day = Day::followed(1, Modality::Remote).await;
    let link = day.link(0).await;
    day.at(0, 5);
    let Signed::Now(row) = day.sign_by_link(&link, day.slots[0].id, "").await.unwrap() else {
        panic!("not recorded")
    };
    assert_eq!(row.proof, Proof::Link);
    let mut dropped: training_slot::ActiveModel = day.slot(1).await.into();
    dropped.dropped_at = sea_orm::ActiveValue::Set(Some(day.t().app.now().into()));
    training_slot::Entity::update(dropped).exec(day.t().app.db.bookkeeping()).await.unwrap();
    let gone = day.sign_by_link(&link, day.slots[1].id, "").await;
    assert!(matches!(gone, Err(AttendanceError::NotFound)));
}

#[tokio::test]
async fn a_lost_link_is_sent_again_and_nobody_learns_whose_address_is_known() {
    let day = Day::of(1).await;
    day.t().effects().await;
    let mut told = Vec::new();
    for email in ["inconnue@exemple.org", "zoe1@exemple.org"] {
        let answer = day.t().client.post("/stagiaire").form(&[("email", email)]).send().await;
        answer.assert_status_is_ok();
        told.push(answer.0.into_body().into_string().await.unwrap());
    }
    assert_eq!(told[0], told[1]);
    let effects = day.t().effects().await;
    assert_eq!(
        (effects.events, effects.mails),
        (vec!["attendance.link_sent".to_owned()], vec!["trainee-link".to_owned()])
    );
    let wrong = day.t().client.post("/stagiaire").form(&[("email", "")]).send().await;
    wrong.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    day.t().client.get("/stagiaire/inconnu").send().await.assert_status(StatusCode::NOT_FOUND);
}
