//! Structures and their agreements, as of any date.

use entity::agreement_request::RequestState;
use parchemin::features::agreements::state::Step;
use parchemin::render::french;
use parchemin::rules::deadline::add_days;
use parchemin::rules::typed_date::{iso, parse};
use poem::http::StatusCode;
use serde_json::json;
use time::Date;
use time::macros::date;

use crate::agreements::desk::Desk;

/// A structure whose agreement both signed, and the days of this agreement.
async fn agreed() -> (Desk, Date, Date) {
    let desk = Desk::new().await;
    desk.reach(RequestState::InCommittee).await;
    desk.step(Step::Grant).await;
    let found = desk.t.get(&desk.manager, "/agreements").await;
    let agreement = &found.body["items"][0];
    let day = |name: &str| parse(agreement[name].as_str().unwrap()).unwrap();
    let days = (day("starts_on"), day("ends_on"));
    for (person, verb) in [(&desk.owner, "sign-structure"), (&desk.manager, "sign-certifier")] {
        let path = format!("/agreements/{}/{verb}", agreement["id"].as_str().unwrap());
        let answer = desk.t.post(person, &path, &json!({ "name": "Ulysse N’Diaye" })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    (desk, days.0, days.1)
}

#[tokio::test]
async fn a_structure_asks_for_its_agreement_then_holds_it_over_its_days() {
    let (desk, starts_on, ends_on) = Box::pin(agreed()).await;
    for (day, state, word) in [
        (date!(2020 - 01 - 01), "neither", "Sans agrément"),
        (date!(2025 - 10 - 06), "requesting", "Demande en cours"),
        (starts_on, "agreed", "Agréée"),
        (ends_on, "agreed", "Agréée"),
        (add_days(ends_on, 1), "neither", "Sans agrément"),
    ] {
        let on = iso(day);
        let read = desk.t.get(&desk.officer, &format!("/structures/{}?on={on}", desk.structure.id)).await;
        assert_eq!(read.body["state"], state, "{on}");
        for other in ["neither", "requesting", "agreed"] {
            let list =
                desk.t.get(&desk.officer, &format!("/structures?q=Morvan&state={other}&on={on}")).await;
            let listed = usize::from(other == state);
            assert_eq!(list.body["items"].as_array().unwrap().len(), listed, "{other} on {on}");
        }
        let list = format!("/structures?q=Morvan&au={on}");
        for path in [list.clone(), format!("/structures/{}?au={on}", desk.structure.siren)] {
            let (status, page) = desk.t.open(&desk.officer, &path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(page.contains(&format!("{word}</span>")), "{path}: {page}");
            let another_day = day != desk.today();
            let notice = format!("<b>Situation au {}.</b>", french::date(day));
            assert_eq!(page.contains(&notice), another_day, "{path}: {page}");
            assert_eq!(page.contains("Revenir à aujourd’hui"), another_day, "{path}");
            assert_eq!(page.contains("/modifier"), path != list && !another_day, "{path}");
        }
    }
    let now = desk.t.get(&desk.officer, &format!("/structures/{}", desk.structure.id)).await;
    assert_eq!(now.body["state"], "agreed");
}

#[tokio::test]
async fn agreements_are_listed_on_the_days_on_which_they_ran() {
    let (desk, starts_on, ends_on) = Box::pin(agreed()).await;
    for (day, expected) in
        [(add_days(starts_on, -1), 0), (starts_on, 1), (ends_on, 1), (add_days(ends_on, 1), 0)]
    {
        let on = iso(day);
        let list = desk.t.get(&desk.manager, &format!("/agreements?on={on}")).await;
        assert_eq!(list.body["items"].as_array().unwrap().len(), expected, "{on}");
        let (status, page) = desk.t.open(&desk.manager, &format!("/agrements/droits?au={on}")).await;
        assert_eq!((status, page.matches("role=\"rowheader\"").count()), (StatusCode::OK, expected), "{on}");
        let another_day = day != desk.today();
        let notice = format!("<b>Situation au {}.</b>", french::date(day));
        assert_eq!(page.contains(&notice), another_day, "{on}: {page}");
        assert_eq!(page.contains("En vigueur</span>"), another_day && expected == 1, "{on}: {page}");
        assert_eq!(page.contains("n’était en cours ce jour-là"), expected == 0, "{on}");
    }
}

#[tokio::test]
async fn a_site_closed_since_was_open_before() {
    let (desk, ..) = Box::pin(agreed()).await;
    let site = json!({
        "siret": crate::support::siret_of(0, 2).to_string(), "label": "Atelier", "address": "2 rue des Ateliers",
        "postal_code": "58000", "commune": "Nevers",
    });
    let path = format!("/structures/{}/sites", desk.structure.id);
    let added = desk.t.post(&desk.officer, &path, &site).await;
    assert_eq!(added.status, StatusCode::CREATED, "{added:?}");
    let close = format!("{path}/{}/close", added.body["id"].as_str().unwrap());
    let closed = json!({ "closed_on": iso(desk.today()) });
    let answer = desk.t.post(&desk.officer, &close, &closed).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let file = format!("/structures/{}", desk.structure.siren);
    let shut = async |query: String| {
        let (_, page) = desk.t.open(&desk.officer, &format!("{file}{query}")).await;
        page.contains("Fermé</span>")
    };
    assert!(shut(String::new()).await);
    assert!(!shut(format!("?au={}", iso(add_days(desk.today(), -1)))).await);
    assert!(shut(format!("?au={}", iso(add_days(desk.today(), 1)))).await);
}
