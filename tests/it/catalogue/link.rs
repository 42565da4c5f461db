//! The pages of the links of messages.

use entity::enrolment::EnrolmentState as E;
use poem::http::StatusCode;
use time::Duration;

use super::{Fair, Read, somebody};

/// The path of the link of the last message of a kind to somebody.
async fn link(fair: &Fair, template: &str, rank: usize) -> String {
    let row = fair.course.everybody().await[rank].id;
    format!("/inscriptions/{}", fair.course.token(template, row).await)
}

#[tokio::test]
async fn a_link_shows_and_its_button_confirms() {
    let fair = Fair::of(1).await;
    fair.post(&fair.enrolments(), &somebody(1)).await;
    let path = link(&fair, "enrolment-held", 0).await;
    let shown = fair.get(&path).await;
    assert!(shown.text.contains("Confirmer mon inscription"), "{}", shown.text);
    assert!(fair.only().await.email_confirmed_at.is_none());
    let done = fair.fill(&format!("{path}/confirmer"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert!(fair.only().await.email_confirmed_at.is_some());
    let after = fair.get(&path).await.text;
    assert!(!after.contains("Confirmer mon inscription") && after.contains("Renoncer à cette inscription"));
    assert_eq!(fair.fill(&format!("{path}/confirmer"), &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_unknown_link_is_over_everywhere() {
    let fair = Fair::of(1).await;
    for end in ["", "/coordonnees", "/desistement"] {
        assert_eq!(fair.get(&format!("/inscriptions/inconnu{end}")).await.status, StatusCode::GONE, "{end}");
    }
    for end in ["/confirmer", "/accepter", "/refuser", "/coordonnees", "/desistement"] {
        let answer = fair.fill(&format!("/inscriptions/inconnu{end}"), &[("cause", "work")]).await;
        assert_eq!(answer.status, StatusCode::GONE, "{end}");
    }
}

#[tokio::test]
async fn giving_up_offers_the_seat_to_the_next_who_takes_it_or_leaves_it() {
    let fair = Fair::of(1).await;
    for rank in 1..=3 {
        fair.post(&fair.enrolments(), &somebody(rank)).await;
    }
    let path = link(&fair, "enrolment-held", 0).await;
    let question = fair.get(&format!("{path}/desistement")).await.text;
    assert!(question.contains("Cette annulation est gratuite"), "{question}");
    let back = fair.fill(&format!("{path}/desistement"), &[]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    fair.fill(&format!("{path}/desistement"), &[("cause", "work"), ("reason", "")]).await;
    let everybody = fair.course.everybody().await;
    assert_eq!((everybody[0].state, everybody[1].state), (E::CancelledByClient, E::Offered));

    let path = link(&fair, "enrolment-offered", 1).await;
    assert!(fair.get(&path).await.text.contains("Accepter la place"));
    fair.fill(&format!("{path}/refuser"), &[]).await;
    let path = link(&fair, "enrolment-offered", 2).await;
    fair.fill(&format!("{path}/accepter"), &[]).await;
    let everybody = fair.course.everybody().await;
    assert_eq!((everybody[1].state, everybody[2].state), (E::CancelledByClient, E::Held));
    fair.course.holds_together().await;
}

#[tokio::test]
async fn another_address_is_confirmed_by_its_own_link_and_the_one_before_is_told() {
    let fair = Fair::of(1).await;
    fair.post(&fair.enrolments(), &somebody(1)).await;
    let path = link(&fair, "enrolment-held", 0).await;
    fair.fill(&format!("{path}/confirmer"), &[]).await;
    fair.course.t.effects().await;
    let to = format!("{path}/coordonnees");
    assert!(fair.get(&to).await.text.contains("zoe1@exemple.org"));
    let wrong = fair.fill(&to, &[("email", "zoe"), ("phone", "x")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("href=\"#champ-phone\""));
    fair.fill(&to, &[("email", "nouvelle@exemple.org"), ("phone", ""), ("postal_address", "1 rue X")]).await;
    let row = fair.only().await;
    assert_eq!((row.email.as_str(), row.email_confirmed_at.is_some()), ("nouvelle@exemple.org", false));
    let effects = fair.course.t.effects().await;
    assert_eq!(effects.events, ["enrolment.contact_changed"]);
    assert_eq!(effects.mails, ["enrolment-address-changed", "enrolment-link"]);
    let path = link(&fair, "enrolment-link", 0).await;
    fair.fill(&format!("{path}/confirmer"), &[]).await;
    assert!(fair.only().await.email_confirmed_at.is_some());
}

/// Asks for another link.
async fn ask(fair: &Fair, reference: &str, email: &str) -> Read {
    fair.fill("/inscriptions/lien", &[("reference", reference), ("email", email)]).await
}

#[tokio::test]
async fn a_lost_link_goes_to_the_address_of_the_enrolment_and_nobody_learns_more() {
    let fair = Fair::of(1).await;
    fair.post(&fair.enrolments(), &somebody(1)).await;
    fair.course.t.effects().await;
    let reference = format!("{}-1", fair.session().await.number);
    for (reference, email) in [
        (reference.as_str(), "autre@exemple.org"),
        ("SES-2000-0001-1", "zoe1@exemple.org"),
        ("n’importe quoi", "zoe1@exemple.org"),
        (reference.as_str(), ""),
    ] {
        let answer = ask(&fair, reference, email).await;
        assert!(answer.text.contains("un nouveau lien vient de partir"), "{}", answer.text);
        assert!(fair.course.t.effects().await.mails.is_empty(), "{reference} {email}");
    }
    ask(&fair, &reference.to_lowercase(), "ZOE1@exemple.org").await;
    assert_eq!(fair.course.t.effects().await.mails, ["enrolment-link"]);
    let path = link(&fair, "enrolment-link", 0).await;
    assert!(fair.get(&path).await.text.contains("Confirmer mon inscription"));
    for _ in 0..5 {
        ask(&fair, &reference, "zoe1@exemple.org").await;
    }
    assert!(fair.course.t.effects().await.mails.len() < 5);
    fair.course.t.advance(Duration::days(500));
    assert_eq!(fair.get(&path).await.status, StatusCode::GONE);
}
