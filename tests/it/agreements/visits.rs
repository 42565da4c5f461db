//! When a visit may take place.

use entity::agreement_request::RequestState as S;
use entity::{job, mail};
use parchemin::features::agreements::state::Step;
use poem::http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use time::Duration;

use super::desk::{Desk, conforming};
use super::guards::{fault, refusal};
use crate::support::siret_of;

#[tokio::test]
async fn a_visit_is_announced_in_time_and_moved_once_by_the_structure() {
    let desk = Desk::new().await;
    desk.reach(S::VisitToSchedule).await;
    let (event, expert, mut body) = desk.ask(Step::Schedule).await;
    body["at"] = json!(format!("{}T09:00:00Z", desk.today() + Duration::days(14)));
    assert_eq!(fault(&desk.act(expert, event, &body).await), (422, "visit-too-soon"));
    // this notice ends on 1 November, a holiday, and the day after is a Sunday
    let change = json!({ "value": { "visit_notice_days": 26 } });
    assert_eq!(
        desk.t.patch(&desk.manager, "/settings/agreements.delays", Some(0), &change).await.status,
        200
    );
    let sunday = desk.act(expert, event, &body).await;
    let said = sunday.body["errors"][0]["message"].as_str().unwrap();
    assert!(said.contains("à partir du 3 novembre 2025"), "{said}");
    let form = desk.opens(&desk.expert, &desk.page("/visite/date").await).await;
    assert!(form.contains("<b>lundi 3 novembre 2025</b>"), "{form}");
    let change = json!({ "value": { "visit_notice_days": 15 } });
    assert_eq!(
        desk.t.patch(&desk.manager, "/settings/agreements.delays", Some(1), &change).await.status,
        200
    );
    let (event, expert, mut body) = desk.ask(Step::Schedule).await;
    body["accepted_on"] = json!((desk.today() + Duration::days(1)).to_string());
    let refused = desk.act(expert, event, &body).await;
    assert_eq!(refused.pointers(), ["/accepted_by", "/accepted_on"]);
    body["accepted_by"] = json!("Ariel E.");
    body["accepted_on"] = json!(desk.today().to_string());
    let fixed = desk.act(expert, event, &body).await;
    assert_eq!((fixed.status, &fixed.body["visit"]["accepted_by"]), (StatusCode::OK, &json!("Ariel E.")));
    let file = desk.opens(&desk.officer, &desk.page("").await).await;
    assert!(file.contains("Date acceptée par") && file.contains("Ariel E."), "{file}");
    let answer = desk.act(&desk.expert, "record-visit", &json!({ "scores": conforming() })).await;
    assert_eq!(refusal(&answer), (409, "visit-not-yet"));
    desk.step(Step::Postpone).await;
    let moved = desk.read().await;
    let (by, on) = (&moved["visit"]["accepted_by"], &moved["visit"]["accepted_on"]);
    assert!(by.is_string() && by != "Ariel E.", "the structure accepts the date that it chooses: {by}");
    assert_eq!(on, &json!(desk.today().to_string()));
    let (event, owner, body) = desk.ask(Step::Postpone).await;
    assert_eq!(refusal(&desk.act(owner, event, &body).await), (409, "visit-already-moved"));
    assert_eq!(desk.act(&desk.officer, event, &body).await.status, 200);
}

#[tokio::test]
async fn whoever_examines_the_file_is_told_who_moved_the_visit() {
    let desk = Desk::new().await;
    desk.reach(S::VisitScheduled).await;
    desk.step(Step::Postpone).await;
    let mails = mail::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    let moved: Vec<_> = mails.iter().filter(|mail| mail.template == "visit-moved").collect();
    assert_eq!(moved.len(), 3);
    assert!(
        moved
            .iter()
            .all(|mail| mail.template_version.len() == 12
                && mail.template_version == moved[0].template_version)
    );
    assert!(moved.iter().all(|mail| mail.body_text.contains("À la demande de\u{202f}: La structure")));
    let calendars = moved.iter().filter(|mail| mail.calendar.is_some()).count();
    assert_eq!(calendars, 2, "those who go there have it in their calendar");
    let officer = moved.iter().find(|mail| mail.calendar.is_none()).unwrap();
    assert!(!officer.body_text.contains("votre agenda"), "{}", officer.body_text);
    assert!(!officer.body_text.contains("none"), "{}", officer.body_text);
}

#[tokio::test]
async fn a_visit_takes_place_at_working_hours_of_a_day_that_is_not_off() {
    let desk = Desk::new().await;
    desk.reach(S::VisitToSchedule).await;
    let (event, expert, mut body) = desk.ask(Step::Schedule).await;
    let asked = body["at"].clone();
    for (at, codes, said) in [
        ("2025-10-26T09:00:00Z", vec!["visit-day-off"], "26 octobre 2025 est un dimanche"),
        ("2025-11-11T09:00:00Z", vec!["visit-day-off"], "Armistice de 1918"),
        ("2025-11-12T02:00:00Z", vec!["visit-hour"], "entre 7\u{202f}h et 20\u{202f}h"),
        ("2025-11-12T19:01:00Z", vec!["visit-hour"], "entre 7\u{202f}h et 20\u{202f}h"),
        ("2025-11-16T22:00:00Z", vec!["visit-day-off", "visit-hour"], "est un dimanche"),
    ] {
        body["at"] = json!(at);
        let answer = desk.act(expert, event, &body).await;
        assert_eq!(answer.status, 422, "{at} {answer:?}");
        let faults = answer.body["errors"].as_array().unwrap();
        let found: Vec<_> = faults.iter().map(|fault| fault["code"].as_str().unwrap()).collect();
        assert_eq!((found, answer.pointers()[0]), (codes, "/at"), "{at}");
        assert!(faults[0]["message"].as_str().unwrap().contains(said), "{at} {answer:?}");
    }
    body["at"] = asked;
    assert_eq!(desk.act(expert, event, &body).await.status, 200);
    let (event, owner, mut body) = desk.ask(Step::Postpone).await;
    body["at"] = json!("2025-11-09T09:00:00Z");
    assert_eq!(fault(&desk.act(owner, event, &body).await), (422, "visit-day-off"));
    let settings = "/settings/agreements.delays";
    let change = json!({ "value": { "visit_on_days_off": true } });
    assert_eq!(desk.t.patch(&desk.manager, settings, Some(0), &change).await.status, 200);
    assert_eq!(desk.act(owner, event, &body).await.status, 200, "the settings open every day");
}

#[tokio::test]
async fn a_visit_takes_place_the_same_day_when_the_settings_ask_for_no_notice() {
    let desk = Desk::new().await;
    desk.reach(S::VisitToSchedule).await;
    let settings = "/settings/agreements.delays";
    let change = json!({ "value": { "visit_notice_days": 0 } });
    assert_eq!(desk.t.patch(&desk.manager, settings, Some(0), &change).await.status, 200);
    let (event, expert, mut body) = desk.ask(Step::Schedule).await;
    body["at"] = json!(format!("{}T06:00:00Z", desk.today() - Duration::days(1)));
    let yesterday = desk.act(expert, event, &body).await;
    assert_eq!(fault(&yesterday), (422, "visit-too-soon"));
    assert!(!yesterday.body["errors"][0]["message"].as_str().unwrap().contains("prévenue"), "{yesterday:?}");
    body["at"] = json!(format!("{}T07:30:00Z", desk.today()));
    assert_eq!(fault(&desk.act(expert, event, &body).await), (422, "visit-past"), "half an hour ago");
    body["at"] = json!(format!("{}T09:30:00Z", desk.today()));
    assert_eq!(desk.act(expert, event, &body).await.status, 200);
    desk.t.advance(Duration::hours(2));
    desk.step(Step::RecordVisit).await;
}

const SEAT: &str = "Siège, 4 chemin des Palmistes, 58000 Nevers";
const GREENHOUSES: &str = "Serres, 2 rue des Lilas, 58000 Nevers";

impl Desk {
    /// A request for two sites whose visit is given: the keys of the sites, the seat first.
    async fn of_two_sites(&self) -> [String; 2] {
        let site = json!({
            "siret": siret_of(0, 2).to_string(),
            "label": "Serres",
            "address": "2 rue des Lilas",
            "postal_code": "58000",
            "commune": "Nevers",
        });
        let path = format!("/structures/{}/sites", self.structure.id);
        let added = self.t.post(&self.officer, &path, &site).await;
        assert_eq!(added.status, 201, "{added:?}");
        self.draft().await;
        let draft = self.read().await;
        let key = |value: &Value| value["id"].as_str().unwrap().to_owned();
        let sites = [key(&draft["sites"][0]), key(&added.body)];
        let version = i32::try_from(draft["version"].as_i64().unwrap()).unwrap();
        let both = self.t.patch(&self.owner, &self.path(), Some(version), &json!({ "sites": sites })).await;
        assert_eq!(both.status, 200, "{both:?}");
        self.step(Step::Submit).await;
        self.accept_pieces().await;
        self.step(Step::DeclareComplete).await;
        self.step(Step::AssignController).await;
        sites
    }
}

#[tokio::test]
async fn a_visit_of_a_request_for_several_sites_names_those_it_goes_to() {
    let desk = Desk::new().await;
    let [seat, greenhouses] = desk.of_two_sites().await;
    let (event, expert, mut body) = desk.ask(Step::Schedule).await;
    let none = desk.act(expert, event, &body).await;
    assert_eq!((fault(&none), none.pointers()[0]), ((422, "sites-missing"), "/sites"));
    body["sites"] = json!([desk.t.app.new_id()]);
    assert_eq!(fault(&desk.act(expert, event, &body).await), (422, "site-unknown"));
    body["sites"] = json!([greenhouses]);
    body.as_object_mut().unwrap().remove("place");
    let fixed = desk.act(expert, event, &body).await;
    assert_eq!(fixed.status, 200, "{fixed:?}");
    let visit = &fixed.body["visit"];
    assert_eq!((&visit["sites"], &visit["place"]), (&json!([greenhouses]), &json!(GREENHOUSES)));
    let mails = mail::Entity::find().all(desk.t.app.db.read()).await.unwrap();
    let told = mails.iter().find(|mail| mail.template == "visit-scheduled").unwrap();
    assert!(told.body_text.contains(GREENHOUSES), "{}", told.body_text);

    let form = desk.opens(&desk.owner, &desk.page("/visite/date").await).await;
    let ticked = |site: &str| form.contains(&format!("name=\"sites\" value=\"{site}\" checked"));
    assert!(ticked(&greenhouses) && !ticked(&seat) && form.contains("2 rue des Lilas"), "{form}");
    let day = (desk.today() + Duration::days(39)).to_string();
    let mut moved = vec![
        ("day", day.as_str()),
        ("hour", "10:00"),
        ("zone", "Europe/Paris"),
        ("mode", "on_site"),
        ("reason", "Grève"),
    ];
    let path = desk.page("/deplacer").await;
    let (status, _, html) = desk.t.submit(&desk.owner, &path, &moved).await;
    assert_eq!(status, 422);
    assert!(html.contains("id=\"deplacer-sites-err\""), "{html}");
    moved.extend([("sites", seat.as_str()), ("sites", greenhouses.as_str())]);
    let (_, _, asked) = desk.t.submit(&desk.owner, &path, &moved).await;
    let both = format!("{SEAT}\u{202f}; {GREENHOUSES}");
    assert!(asked.contains("sites visités\u{202f}: Siège, Serres") && asked.contains(&both), "{asked}");
    assert_eq!(desk.read().await["visit"]["sites"], json!([greenhouses]), "asking changes nothing");
    moved.push(("confirme", "oui"));
    assert_eq!(desk.t.submit(&desk.owner, &path, &moved).await.0, 303);
    let visit = desk.read().await["visit"].clone();
    assert_eq!((&visit["sites"], &visit["place"]), (&json!([seat, greenhouses]), &json!(both)));

    let (event, _, mut body) = desk.ask(Step::Postpone).await;
    body["sites"] = json!([seat, greenhouses]);
    let said = desk.act(&desk.officer, event, &body).await;
    assert_eq!(said.body["visit"]["place"], format!("{both} (Site de Nevers)"), "{said:?}");
    desk.work().await;
    for job in job::Entity::find().all(desk.t.app.db.read()).await.unwrap() {
        assert_eq!(job.state, job::JobState::Done, "{} {:?}", job.payload, job.error);
    }
}

#[tokio::test]
async fn a_visit_goes_to_the_only_site_of_its_request_unless_it_is_made_from_afar() {
    let desk = Desk::new().await;
    desk.reach(S::VisitToSchedule).await;
    let (event, expert, mut body) = desk.ask(Step::Schedule).await;
    body.as_object_mut().unwrap().remove("place");
    body["mode"] = json!("video");
    assert_eq!(fault(&desk.act(expert, event, &body).await), (422, "place-missing"));
    body["mode"] = json!("on_site");
    let fixed = desk.act(expert, event, &body).await;
    assert_eq!(fixed.status, 200, "{fixed:?}");
    let site = fixed.body["sites"][0]["id"].clone();
    assert_eq!(
        (&fixed.body["visit"]["sites"], &fixed.body["visit"]["place"]),
        (&json!([site]), &json!(SEAT))
    );
}
