//! What follows an agreement: one renewal, whose days come after its own or take their place, never both.

use entity::agreement_request::RequestState as S;
use parchemin::features::agreements::state::Step;
use serde_json::{Value, json};
use time::format_description::well_known::Iso8601;
use time::{Date, Duration};

use super::desk::Desk;
use super::guards::{fault, refusal};
use crate::rights::concurrency::no_shared_day;

fn day(value: &Value) -> Date {
    Date::parse(value.as_str().unwrap(), &Iso8601::DATE).unwrap()
}

/// A desk with a signed agreement, and its renewal in front of the committee.
async fn renewing() -> (Desk, Value) {
    let desk = Box::pin(Desk::new()).await;
    Box::pin(desk.reach(S::Granted)).await;
    Box::pin(desk.sign()).await;
    let right = desk.read().await["agreement"].clone();
    desk.draft_of("renewal").await;
    Box::pin(desk.goes_to(S::InCommittee)).await;
    (desk, right)
}

#[tokio::test]
async fn a_right_is_renewed_once_from_the_day_after_its_last() {
    let (desk, first) = renewing().await;
    let next = day(&first["ends_on"]).next_day().unwrap();
    let page = desk.opens(&desk.manager, &desk.page("").await).await;
    assert!(page.contains(&format!("value=\"{next}\"")), "{page}");
    assert!(page.contains(first["number"].as_str().unwrap()) && page.contains("name=\"replaces\""), "{page}");
    let body = json!({ "starts_on": next.to_string() });
    assert_eq!(desk.act(&desk.manager, "grant", &body).await.body["state"], "granted");
    let mut again = desk.new_request();
    again["kind"] = json!("renewal");
    let second = desk.read().await["agreement"].clone();
    let number = second["number"].as_str().unwrap();
    for signed in [false, true] {
        if signed {
            desk.sign().await;
        }
        let refused = desk.t.post(&desk.owner, "/agreement-requests", &again).await;
        assert_eq!(fault(&refused), (422, "agreement-already-followed"), "{signed}");
        assert!(refused.body["errors"][0]["message"].as_str().unwrap().contains(number), "{refused:?}");
    }
    desk.t.advance(Duration::days(900));
    let own = desk.opens(&desk.owner, "/notre-agrement").await;
    assert!(own.contains("prend la suite") && !own.contains("Demander le renouvellement"), "{own}");
    desk.t.effects().await;
    desk.t.set_now(desk.t.app.now() + Duration::days(250));
    while desk.deadlines().await > 0 {}
    let effects = desk.t.effects().await;
    assert!(effects.events.contains(&"agreement.expired".to_owned()), "{effects:?}");
    let told = |mail: &String| mail == "agreement-expiring" || mail == "agreement-expired";
    assert!(!effects.mails.iter().any(told), "what is followed ends without a reminder: {effects:?}");
    no_shared_day(&desk.t).await;
}

#[tokio::test]
async fn an_agreement_that_begins_before_the_end_of_another_replaces_it_knowingly() {
    let (desk, first) = renewing().await;
    let number = first["number"].as_str().unwrap();
    let path = format!("/agreements/{}", first["id"].as_str().unwrap());
    let (event, manager, mut body) = desk.ask(Step::Grant).await;
    let refused = desk.act(manager, event, &body).await;
    assert_eq!(refusal(&refused), (409, "agreement-periods-overlap"));
    let detail = refused.body["detail"].as_str().unwrap();
    assert!(detail.contains(number) && detail.contains("la structure y perd 2 ans et"), "{detail}");

    let today = desk.today().to_string();
    let form = [("outcome", "accorder"), ("starts_on", today.as_str()), ("replaces", "oui")];
    let (status, _, asked) = desk.t.submit(manager, &desk.page("/decision").await, &form).await;
    assert_eq!(status, 200, "{asked}");
    assert!(asked.contains(number) && asked.contains("veille du début du nouveau"), "{asked}");

    body["replaces"] = json!(true);
    assert_eq!(desk.act(manager, event, &body).await.body["state"], "granted");
    let waiting = desk.t.get(manager, &path).await.body;
    assert_eq!(
        (&waiting["state"], &waiting["ends_on"]),
        (&json!("active"), &first["ends_on"]),
        "not signed yet"
    );
    desk.t.effects().await;
    desk.sign().await;
    let events = desk.t.effects().await.events;
    assert!(events.contains(&"agreement.replaced".to_owned()), "{events:?}");
    let former = desk.t.get(manager, &path).await.body;
    assert_eq!(former["state"], "expired");
    assert_eq!(day(&former["ends_on"]).next_day().unwrap(), desk.today());
    no_shared_day(&desk.t).await;
}

#[tokio::test]
async fn an_agreement_for_one_service_gives_way_to_one_for_both() {
    let desk = Desk::new().await;
    desk.draft().await;
    let version = i32::try_from(desk.read().await["version"].as_i64().unwrap()).unwrap();
    let train = json!({ "role": "train" });
    assert_eq!(desk.t.patch(&desk.owner, &desk.path(), Some(version), &train).await.status, 200);
    desk.goes_to(S::Granted).await;
    desk.sign().await;
    let first = desk.read().await["agreement"].clone();
    desk.draft_of("renewal").await;
    desk.goes_to(S::InCommittee).await;
    let (event, manager, mut body) = desk.ask(Step::Grant).await;
    assert_eq!(refusal(&desk.act(manager, event, &body).await), (409, "agreement-periods-overlap"));
    body["starts_on"] = json!((desk.today() + Duration::days(30)).to_string());
    body["replaces"] = json!(true);
    assert_eq!(desk.act(manager, event, &body).await.body["state"], "granted");
    desk.sign().await;
    let former = desk.t.get(manager, &format!("/agreements/{}", first["id"].as_str().unwrap())).await.body;
    assert_eq!(former["state"], "active", "until the other begins");
    assert_eq!(day(&former["ends_on"]), desk.today() + Duration::days(29));
    no_shared_day(&desk.t).await;
    desk.t.advance(Duration::days(31));
    while desk.deadlines().await > 0 {}
    let former = desk.t.get(manager, &format!("/agreements/{}", first["id"].as_str().unwrap())).await.body;
    assert_eq!(former["state"], "expired");
}
