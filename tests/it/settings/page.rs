//! The page of the delays.

use entity::account_role::Role;
use parchemin::features::settings;
use poem::http::StatusCode;

use crate::support::TestApp;

/// Every field of the page, as it shows it.
fn fields(text: &str) -> Vec<(String, String)> {
    let inputs = text.split("<input class=\"saisie").skip(1);
    let attribute = |input: &str, name: &str| {
        let rest = input.split(&format!(" {name}=\"")).nth(1)?;
        Some(rest.split('"').next()?.to_owned())
    };
    inputs.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?))).collect()
}

#[tokio::test]
async fn a_manager_changes_delays_then_gives_back_the_defaults() {
    let t = TestApp::new().await;
    let manager = t.person(Role::Manager).await;
    let (status, text) = t.open(&manager, "/parametres/delais").await;
    assert_eq!(status, StatusCode::OK);
    let mut fields = fields(&text);
    assert_eq!(fields.len(), 29, "every delay has its field");
    assert!(text.contains("type=\"checkbox\"") && text.contains("name=\"visit_on_days_off\""));
    fields.push(("version".to_owned(), "0".to_owned()));
    let sent = |fields: &[(String, String)], name: &str, value: &str| -> Vec<(String, String)> {
        let changed = |(known, old): &(String, String)| {
            (known.clone(), if known == name { value.to_owned() } else { old.clone() })
        };
        fields.iter().map(changed).collect()
    };
    for (name, value, said) in [
        ("comment_days", "quinze", "Observations de la structure\u{202f}: indiquez un nombre entier"),
        (
            "comment_days",
            "-5",
            "Observations de la structure\u{202f}: indiquez un nombre entier, à partir de 0",
        ),
        ("draft_warning_days", "80, 60", "du plus tôt au plus tard"),
    ] {
        let wrong = sent(&fields, name, value);
        let wrong: Vec<_> = wrong.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let (status, _, text) = t.submit(&manager, "/parametres/delais", &wrong).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text.contains(said), "{said}");
    }
    let mut wrong = fields.clone();
    for (name, value) in [
        ("comment_days", "quinze"),
        ("sign_days", "0"),
        ("agreement_years", "40"),
        ("draft_warning_days", "80, 60"),
    ] {
        wrong = sent(&wrong, name, value);
    }
    let typed: Vec<_> = wrong.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let (_, _, text) = t.submit(&manager, "/parametres/delais", &typed).await;
    for said in [
        "indiquez un nombre entier",
        "jours entre 1 et 3650",
        "années entre 1 et 10",
        "du plus tôt au plus tard",
    ] {
        assert!(text.contains(said), "every fault at once, {said}: {text}");
    }
    let right = sent(&fields, "comment_days", "20");
    let right: Vec<_> = right.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let (status, _, text) = t.submit(&manager, "/parametres/delais", &right).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{text}");
    assert_eq!(settings::agreement_delays(t.app.db.read()).await.unwrap().comment_days, 20);
    let (status, _, _) =
        t.submit(&manager, "/parametres/delais", &[("version", "1"), ("defaut", "oui")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(settings::agreement_delays(t.app.db.read()).await.unwrap().comment_days, 15);
    let officer = t.person(Role::Officer).await;
    assert_eq!(t.open(&officer, "/parametres/delais").await.0, StatusCode::NOT_FOUND);
}
