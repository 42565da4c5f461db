//! The API: several people at once, what each sees, how they end.

use entity::account_role::Role;
use serde_json::json;

use super::{Course, enrolling, siret};

#[tokio::test]
async fn a_company_enrols_fourteen_people_in_twelve_seats_once_it_has_seen_it() {
    let course = Course::of(12).await;
    let t = &course.t;
    let structure = t.structure("Les Ateliers du Port").await;
    let owner = t.of_structure(structure.id).await;
    let shown = format!("/enrolments/sessions/{}/allotment?people=14", course.session);
    let told = t.get(&owner, &shown).await;
    assert_eq!(told.body, json!({ "held": 12, "waiting": 2, "first_rank": 1 }));
    let mut body = enrolling(course.session, &siret(t, &structure).await, 1..=14);
    body["waiting"] = json!(1);
    let more = t.post(&owner, "/enrolments", &body).await;
    assert_eq!((more.status.as_u16(), more.code()), (409, "enrolment-seats-gone"));
    assert_eq!(course.tally().await, (12, 0, 0), "nothing was done");
    body["waiting"] = json!(2);
    let answer = t.post(&owner, "/enrolments", &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let items = answer.body["items"].as_array().unwrap();
    assert_eq!(items.iter().filter(|one| one["state"] == "held").count(), 12);
    assert_eq!(items[13]["rank"], 2);
    course.holds_together().await;
    let again = t.post(&owner, "/enrolments", &body).await;
    assert_eq!(again.pointers().len(), 14, "each is enrolled already");
}

#[tokio::test]
async fn every_fault_of_everybody_is_told_at_once() {
    let course = Course::of(2).await;
    let officer = course.t.person(Role::Officer).await;
    let mut body = enrolling(course.session, "123", 1..=2);
    body["people"][0]["birth_date"] = json!("2999-01-01");
    body["people"][1]["email"] = json!("sans arobase");
    let answer = course.t.post(&officer, "/enrolments", &body).await;
    let expected = ["/employer_siret", "/people/0/birth_date", "/people/1/email"];
    assert_eq!((answer.status.as_u16(), answer.pointers()), (422, expected.to_vec()));
    body["people"] = json!([]);
    assert_eq!(course.t.post(&officer, "/enrolments", &body).await.pointers()[1], "/people");
}

#[tokio::test]
async fn a_structure_enrols_and_sees_its_own_people_alone() {
    let course = Course::of(5).await;
    let t = &course.t;
    let (one, other) = (t.structure("Les Ateliers").await, t.structure("Le Jardin").await);
    let (owner, stranger) = (t.of_structure(one.id).await, t.of_structure(other.id).await);
    let body = enrolling(course.session, &siret(t, &one).await, 1..=2);
    assert_eq!(t.post(&stranger, "/enrolments", &body).await.status, 404, "not its establishment");
    let answer = t.post(&owner, "/enrolments", &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let id = answer.body["items"][0]["id"].as_str().unwrap();
    course.enrol(7).await.unwrap();
    let officer = t.person(Role::Officer).await;
    for (person, seen) in [(&owner, 2), (&stranger, 0), (&officer, 3)] {
        let listed = t.get(person, "/enrolments").await;
        assert_eq!(listed.body["items"].as_array().unwrap().len(), seen, "{listed:?}");
    }
    assert_eq!(t.get(&stranger, &format!("/enrolments/{id}")).await.status, 404);
    assert_eq!(t.get(&owner, &format!("/enrolments/{id}")).await.status, 200);
    let found = t.get(&officer, "/enrolments?q=nguyen").await;
    assert_eq!(found.body["items"].as_array().unwrap().len(), 1);
    assert!(!found.body.to_string().contains("1985"), "a list says no more than a name");
    let counts = t.get(&owner, "/enrolments/counts").await;
    assert_eq!(counts.body["states"], json!([{ "state": "held", "count": 2 }]));
}

#[tokio::test]
async fn a_structure_cancels_its_own_and_the_team_says_why() {
    let course = Course::of(5).await;
    let t = &course.t;
    let structure = t.structure("Les Ateliers").await;
    let owner = t.of_structure(structure.id).await;
    let answer =
        t.post(&owner, "/enrolments", &enrolling(course.session, &siret(t, &structure).await, 1..=2)).await;
    let path = |rank: usize| format!("/enrolments/{}", answer.body["items"][rank]["id"].as_str().unwrap());
    let why = json!({ "cause": "employer" });
    let provider = format!("{}/cancel-by-provider", path(0));
    assert_eq!(t.post(&owner, &provider, &why).await.status, 403);
    let cancelled = t.post(&owner, &format!("{}/cancel-by-client", path(0)), &why).await;
    assert_eq!(cancelled.body["enrolment"]["state"], "cancelled_by_client", "{cancelled:?}");
    let officer = t.person(Role::Officer).await;
    let provider = format!("{}/cancel-by-provider", path(1));
    let untold = t.post(&officer, &provider, &json!({ "cause": "provider" })).await;
    assert_eq!(untold.pointers(), ["/reason"]);
    let told = json!({ "cause": "provider", "reason": "Salle indisponible" });
    let cancelled = t.post(&officer, &provider, &told).await;
    assert_eq!(cancelled.body["enrolment"]["state"], "cancelled_by_provider", "{cancelled:?}");
    assert_eq!(t.post(&officer, &provider, &told).await.status, 409);
}

#[tokio::test]
async fn the_days_of_the_session_make_somebody_present_then_done() {
    let course = Course::of(1).await;
    let row = course.confirmed(1).await;
    let officer = course.t.person(Role::Officer).await;
    let path = |verb: &str| format!("/enrolments/{}/{verb}", row.id);
    let early = course.t.post(&officer, &path("complete"), &json!(null)).await;
    assert_eq!((early.status.as_u16(), early.code()), (409, "enrolment-step"));
    for (verb, state) in [
        ("mark-absent", "absent"),
        ("mark-present", "present"),
        ("complete", "completed"),
        ("return", "present"),
    ] {
        let done = course.t.post(&officer, &path(verb), &json!(null)).await;
        assert_eq!(done.body["enrolment"]["state"], state, "{done:?}");
    }
    let left = course.t.post(&officer, &path("drop-out"), &json!({ "cause": "work" })).await;
    assert_eq!(left.body["enrolment"]["state"], "dropped_out", "{left:?}");
    assert_eq!(left.body["cause"], "work");
    assert_eq!(course.tally().await, (1, 1, 0), "the seat was used");
}

#[tokio::test]
async fn contact_wants_a_version_that_is_the_last() {
    let course = Course::of(1).await;
    let row = course.enrol(1).await.unwrap();
    let officer = course.t.person(Role::Officer).await;
    let path = format!("/enrolments/{}", row.id);
    let body = json!({ "email": "neuf@exemple.org", "status": "individual" });
    assert_eq!(course.t.patch(&officer, &path, None, &body).await.status, 428);
    assert_eq!(course.t.patch(&officer, &path, Some(9), &body).await.status, 412);
    let changed = course.t.patch(&officer, &path, Some(row.version), &body).await;
    assert_eq!(changed.body["email"], "neuf@exemple.org", "{changed:?}");
}
