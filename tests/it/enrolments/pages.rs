//! The pages, without a script.

use entity::account_role::Role;
use entity::enrolment::EnrolmentState as E;

use super::{Course, REFERENCE, SESSION, another_session, siret, states};

const FOLDER: &str = "/inscriptions/dossiers/SES-2025-0001-1";

#[tokio::test]
async fn a_structure_sees_who_would_wait_before_it_confirms() {
    let course = Course::of(1).await;
    let t = &course.t;
    let structure = t.structure("Les Ateliers").await;
    let owner = t.of_structure(structure.id).await;
    let siret = siret(t, &structure).await;
    let mut fields = vec![
        ("session", SESSION),
        ("employer_siret", siret.as_str()),
        ("nombre", "3"),
        ("people/0/family_name", "N’Guyen-d’Arc"),
        ("people/0/first_names", "Zoé"),
        ("people/0/birth_date", "27/03/1991"),
        ("people/0/email", "zoe@gmial.com"),
        ("people/2/family_name", "El-Habib"),
        ("people/2/first_names", "Inès"),
        ("people/2/birth_date", "31/01/1990"),
        ("people/2/email", "ines@exemple.org"),
    ];
    let (status, _, text) = t.submit(&owner, "/inscriptions/nouvelle", &fields).await;
    assert_eq!(status, 422);
    assert!(text.contains("href=\"#champ-consent\"") && text.contains("N’Guyen-d’Arc"), "{text}");
    fields.push(("consent", "oui"));
    let (status, _, text) = t.submit(&owner, "/inscriptions/nouvelle", &fields).await;
    assert_eq!(status, 200);
    assert!(text.contains("1 place gardée, 1 personne en liste d’attente"), "{text}");
    assert!(text.contains("zoe@gmail.com"), "the slip is told: {text}");
    assert_eq!(course.everybody().await.len(), 0, "nothing is done yet");
    fields.push(("vu", "0"));
    let (status, ..) = t.submit(&owner, "/inscriptions/nouvelle", &fields).await;
    assert_eq!(status, 409, "less was shown");
    fields.pop();
    fields.push(("vu", "1"));
    let (status, location, _) = t.submit(&owner, "/inscriptions/nouvelle", &fields).await;
    assert_eq!((status.as_u16(), location), (303, format!("/inscriptions?session={SESSION}")));
    assert_eq!(states(&course.everybody().await), [E::Held, E::Waitlisted]);
    let (status, list) = t.open(&owner, &format!("/inscriptions?session={SESSION}")).await;
    assert_eq!(status, 200);
    assert!(list.contains("N’Guyen-d’Arc Zoé") && list.contains("1re de la liste d’attente"), "{list}");
    let (status, page) = t.open(&owner, &format!("/inscriptions/sessions/{SESSION}")).await;
    assert_eq!(status, 200);
    assert!(page.contains("El-Habib Inès") && !page.contains("/proposer"), "{page}");
}

#[tokio::test]
async fn one_more_person_keeps_what_was_typed() {
    let course = Course::of(1).await;
    let officer = course.t.person(Role::Officer).await;
    let fields = [("nombre", "1"), ("people/0/family_name", "Diallo"), ("ajouter", "oui")];
    let (status, _, text) = course.t.submit(&officer, "/inscriptions/nouvelle", &fields).await;
    assert_eq!(status, 200);
    assert!(text.contains("Diallo") && text.contains("people/1/family_name"), "{text}");
}

#[tokio::test]
async fn a_page_offers_what_its_reader_may_do() {
    let course = Course::of(1).await;
    course.enrol(1).await.unwrap();
    let t = &course.t;
    let officer = t.person(Role::Officer).await;
    let auditor = t.person(Role::Auditor).await;
    let (status, text) = t.open(&officer, FOLDER).await;
    assert_eq!(status, 200);
    for act in ["besoin", "signature", "coordonnees", "session", "annulation", "lien"] {
        assert!(text.contains(&format!("{FOLDER}/{act}\"")), "{act}: {text}");
    }
    assert!(!text.contains("/adaptations") && !text.contains("/abandon") && !text.contains("/remplacement"));
    let (status, text) = t.open(&auditor, FOLDER).await;
    assert_eq!(status, 200);
    assert!(!text.contains(&format!("{FOLDER}/signature")));
    assert_eq!(t.open(&auditor, &format!("{FOLDER}/signature")).await.0, 403);
    assert_eq!(t.open(&officer, &format!("{FOLDER}/abandon")).await.0, 409);
    assert_eq!(t.open(&officer, &format!("{FOLDER}/inconnu")).await.0, 404);
    assert_eq!(t.open(&t.person(Role::Structure).await, FOLDER).await.0, 404);
}

#[tokio::test]
async fn the_acts_of_an_enrolment_are_done_by_their_pages() {
    let course = Course::of(1).await;
    course.enrol(1).await.unwrap();
    another_session(&course.t.app, course.session, "SES-2025-0002", 2).await;
    let t = &course.t;
    let officer = t.person(Role::Officer).await;
    let (status, _, text) =
        t.submit(&officer, &format!("{FOLDER}/besoin"), &[("expectations", "Former")]).await;
    assert_eq!(status, 422);
    assert!(text.contains("Former"), "what was typed is kept");
    let need = [
        ("expectations", "Former"),
        ("prerequisites", "none_asked"),
        ("positioning", "none"),
        ("filled_by", "staff"),
    ];
    assert_eq!(t.submit(&officer, &format!("{FOLDER}/besoin"), &need).await.0, 303);
    let (status, text) = t.open(&officer, &format!("{FOLDER}/annulation")).await;
    assert_eq!(status, 200);
    assert!(text.contains("Aucun dédit n’est dû."), "{text}");
    let elsewhere = [("session", "SES-9999-0001")];
    let (status, _, text) = t.submit(&officer, &format!("{FOLDER}/session"), &elsewhere).await;
    assert_eq!(status, 422);
    assert!(text.contains("SES-9999-0001") && text.contains("href=\"#champ-session\""), "{text}");
    let (status, location, _) =
        t.submit(&officer, &format!("{FOLDER}/session"), &[("session", "ses-2025-0002")]).await;
    assert_eq!((status.as_u16(), location.as_str()), (303, "/inscriptions/dossiers/SES-2025-0002-1"));
    let (status, text) = t.open(&officer, FOLDER).await;
    assert_eq!(status, 200);
    assert!(text.contains("SES-2025-0002-1"), "the other one is tied: {text}");
    let (status, location, _) = t.submit(&officer, &format!("{FOLDER}/prendre"), &[]).await;
    assert_eq!((status.as_u16(), location), (303, format!("/inscriptions/dossiers/{REFERENCE}")));
    course.holds_together().await;
}

#[tokio::test]
async fn the_list_is_taken_as_a_file_by_the_team_and_that_is_recorded() {
    let course = Course::of(1).await;
    course.enrol_all(&[1, 2]).await.unwrap();
    let t = &course.t;
    let officer = t.person(Role::Officer).await;
    let _before = t.effects().await;
    let held = [("format", "csv"), ("etat", "held")];
    let (status, _, csv) = t.submit(&officer, "/inscriptions/export", &held).await;
    assert_eq!(status, 200);
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.contains("SES-2025-0001-1;N’Guyen 1 Zoé;"), "{csv}");
    assert!(!csv.contains("exemple.org"), "no address: {csv}");
    assert_eq!(t.effects().await.events, ["enrolments.exported"]);
    let structure = t.structure("Les Ateliers").await;
    let owner = t.of_structure(structure.id).await;
    let (status, ..) = t.submit(&owner, "/inscriptions/export", &held).await;
    assert_ne!(status, 200);
    let unknown = [("format", "csv"), ("session", "SES-1999-0001")];
    let (status, ..) = t.submit(&officer, "/inscriptions/export", &unknown).await;
    assert_eq!(status, 404);
}
