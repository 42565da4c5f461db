//! The pages of the time of experts, as forms without any script.

use entity::account_role::Role;
use poem::http::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn an_expert_ticks_a_month_and_repeats_it() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let (status, text) = t.open(&own, "/disponibilites").await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Octobre 2025") && text.contains("Aucune pour le moment"));
    assert!(!text.contains("2025-10-03-morning"), "what is past has no box");
    assert!(text.contains("value=\"2025-10-06-morning\""), "today has one");
    assert!(text.contains("Vacances de la Toussaint"));
    assert!(!text.contains("samedi 11 octobre"));
    let _before = t.effects().await;

    let fields = [
        ("version", "0"),
        ("mois", "2025-10"),
        ("libre", "2025-10-07-morning"),
        ("libre", "2025-10-14-afternoon"),
    ];
    let (status, location, _) = t.submit(&own, "/disponibilites", &fields).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/disponibilites?mois=2025-10"));
    assert_eq!(t.effects().await.events, ["availability.declared"]);
    let (_, text) = t.open(&own, "/disponibilites?mois=2025-10").await;
    assert!(text.contains("value=\"2025-10-07-morning\" checked"));
    assert!(!text.contains("value=\"2025-10-07-afternoon\" checked"));
    let (status, _, _) = t.submit(&own, "/disponibilites", &fields).await;
    assert_eq!(status, StatusCode::CONFLICT, "changed since it was read");

    let like = [("version", "1"), ("mois", "2025-11")];
    let (status, location, _) = t.submit(&own, "/disponibilites/comme-le-mois-dernier", &like).await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/disponibilites?mois=2025-11"));
    let (_, text) = t.open(&own, "/disponibilites?mois=2025-11").await;
    assert!(text.contains("value=\"2025-11-04-morning\" checked"));
    assert!(text.contains("Armistice de 1918"));
    let (status, _, text) = t.submit(&own, "/disponibilites", &[("version", "2"), ("mois", "2025-09")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Ce mois est passé"));
    assert!(t.open(&own, "/disponibilites?mois=nimporte").await.1.contains("Octobre 2025"));
}

#[tokio::test]
async fn habits_and_absences_are_added_and_stopped_on_the_page() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let own = t.of_expert(expert.id).await;
    let (status, _, text) = t
        .submit(&own, "/disponibilites/rythme", &[("version", "0"), ("mois", "2025-10"), ("starts_on", "x")])
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Cochez au moins une demi-journée") && text.contains("Indiquez une date"));
    let rhythm = [
        ("version", "0"),
        ("half_days", "6-morning"),
        ("half_days", "2-afternoon"),
        ("every_weeks", "2"),
        ("starts_on", "2025-10-06"),
    ];
    assert_eq!(t.submit(&own, "/disponibilites/rythme", &rhythm).await.0, StatusCode::SEE_OTHER);
    let (_, text) = t.open(&own, "/disponibilites").await;
    assert!(text.contains("Samedi matin, une semaine sur deux, depuis le 6 octobre 2025"));
    assert!(text.contains("samedi 11 octobre"), "a Saturday that is said is shown");
    let absence =
        [("version", "1"), ("starts_on", "2025-10-20"), ("ends_on", "2025-10-26"), ("reason", "leave")];
    assert_eq!(t.submit(&own, "/disponibilites/absences", &absence).await.0, StatusCode::SEE_OTHER);
    let (_, text) = t.open(&own, "/disponibilites").await;
    assert!(text.contains("Du 20 au 26 octobre 2025") && text.contains("Congés"));
    let action = |kind: &str, verb: &str| {
        let start = text.find(&format!("/disponibilites/{kind}/")).unwrap();
        let end = text[start..].find(verb).unwrap() + start + verb.len();
        text[start..end].to_owned()
    };
    let (stop, cancel) = (action("rythme", "/arreter"), action("absences", "/annuler"));
    assert_eq!(t.submit(&own, &stop, &[("version", "2")]).await.0, StatusCode::SEE_OTHER);
    assert_eq!(t.submit(&own, &cancel, &[("version", "3")]).await.0, StatusCode::SEE_OTHER);
    assert!(t.open(&own, "/disponibilites").await.1.contains("Aucune absence ce mois-ci"));
}

#[tokio::test]
async fn the_team_sees_the_file_the_month_and_asks() {
    let t = TestApp::new().await;
    let expert = t.expert("Abel").await;
    let base = format!("/intervenants/{}/disponibilites", expert.number);
    let officer = t.person(Role::Officer).await;
    let (_, text) = t.open(&officer, &format!("/intervenants/{}", expert.number)).await;
    assert!(
        text.contains("Octobre 2025") && text.contains("Novembre 2025") && text.contains("jamais déclarées")
    );
    let (_, text) = t.open(&officer, &base).await;
    assert!(text.contains("Enregistrer le mois") && text.contains("Demander ses disponibilités"));
    assert!(!text.contains("name=\"reason\""), "an officer says no reason");
    assert_eq!(t.submit(&officer, &format!("{base}/demander"), &[]).await.0, StatusCode::SEE_OTHER);
    let fields = [("version", "0"), ("mois", "2025-10"), ("libre", "2025-10-07-morning")];
    assert_eq!(t.submit(&officer, &base, &fields).await.0, StatusCode::SEE_OTHER);
    assert_eq!(t.effects().await.mails, ["availability-asked", "availability-changed"]);
    let (_, text) = t.open(&officer, &format!("/intervenants/{}", expert.number)).await;
    assert!(text.contains("class=\"dis-matin\">7") && text.contains("déclarées le 6 octobre 2025"));

    let auditor = t.person(Role::Auditor).await;
    let (status, text) = t.open(&auditor, &base).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!text.contains("Enregistrer le mois") && text.contains("disponible"));
    assert_eq!(t.submit(&auditor, &base, &fields).await.0, StatusCode::FORBIDDEN);
    let other = t.of_expert(t.expert("Zéphyr").await.id).await;
    assert_eq!(t.open(&other, &base).await.0, StatusCode::NOT_FOUND);
    assert_eq!(
        t.open(&auditor, "/disponibilites").await.0,
        StatusCode::NOT_FOUND,
        "an auditor has no time of their own"
    );
}

#[tokio::test]
async fn the_team_loads_a_school_calendar_on_the_page() {
    let t = TestApp::new().await;
    let officer = t.person(Role::Officer).await;
    let path = "/parametres/calendrier-scolaire";
    let (status, text) = t.open(&officer, path).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("Vacances de la Toussaint") && text.contains("Charger le fichier"));
    assert!(text.contains("Zone A\u{202f}: dates connues jusqu’au 25 avril 2027"), "{text}");
    assert!(text.contains("Corse\u{202f}: dates à enregistrer"), "{text}");
    let (status, _, text) = t.submit(&officer, path, &[]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text.contains("Choisissez un fichier"));
    let auditor = t.person(Role::Auditor).await;
    assert!(!t.open(&auditor, path).await.1.contains("Charger le fichier"));
    let structure = t.person(Role::Structure).await;
    assert_eq!(t.open(&structure, path).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_half_day_that_does_not_exist_is_refused_and_saves_nothing() {
    let t = TestApp::new().await;
    let expert = t.controller("Abel").await;
    let own = t.of_expert(expert.id).await;
    t.effects().await;
    for wrong in ["2025-10-32-morning", "2025-10-07-midi", "bogus"] {
        let fields =
            [("version", "0"), ("mois", "2025-10"), ("libre", "2025-10-07-morning"), ("libre", wrong)];
        let (status, _, page) = t.submit(&own, "/disponibilites", &fields).await;
        assert_eq!(status, 422, "{wrong}: {page}");
        assert!(page.contains("n’existe pas"), "{page}");
    }
    assert!(t.effects().await.events.is_empty());
}
