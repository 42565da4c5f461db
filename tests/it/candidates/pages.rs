//! The pages, without a script.

use super::bench::Bench;

#[tokio::test]
async fn a_commune_is_chosen_among_those_of_its_name() {
    let b = Bench::new().await;
    let version = b.version.id.to_string();
    let mut fields = vec![
        ("certification_version_id", version.as_str()),
        ("way", "fc"),
        ("civil_status/birth_name", "El-Habib"),
        ("civil_status/first_names/0", "Inès"),
        ("civil_status/sex", "F"),
        ("civil_status/birth_date", "1990"),
        ("commune", "Saint-Denis"),
        ("contact/contract", "cddi"),
    ];
    let (status, _, text) = b.t.submit(&b.owner, "/candidats/nouveau", &fields).await;
    assert!(status == 200 || status == 422, "{status}");
    assert!(text.contains("97411") && text.contains("93066"), "the homonyms are proposed: {text}");
    assert!(text.contains("El-Habib"), "what was typed is kept");
    fields.push(("civil_status/birth_commune", "97411"));
    let (status, location, _) = b.t.submit(&b.owner, "/candidats/nouveau", &fields).await;
    assert_eq!(status, 303);
    let (status, text) = b.t.open(&b.owner, &location).await;
    assert_eq!(status, 200);
    assert!(text.contains("Saint-Denis (974)"), "{text}");
}

#[tokio::test]
async fn a_wrong_commune_hides_no_other_fault_and_is_told_beside_its_field() {
    let b = Bench::new().await;
    let version = b.version.id.to_string();
    let form = |commune: &'static str| {
        [
            ("certification_version_id", version.clone()),
            ("way", "fc".to_owned()),
            ("civil_status/birth_name", "D4rc".to_owned()),
            ("civil_status/first_names/0", "Inès".to_owned()),
            ("civil_status/birth_date", "31/02/1990".to_owned()),
            ("commune", commune.to_owned()),
            ("contact/contract", "cddi".to_owned()),
            ("contact/email", "sans arobase".to_owned()),
        ]
    };
    for (commune, told) in [
        ("Villeneuve-de-Nulle-Part", "Aucune commune"),
        ("99999", "Aucune commune n’a le code 99999"),
        ("Saint-Denis", "97411"),
    ] {
        let fields = form(commune);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (status, _, text) = b.t.submit(&b.owner, "/candidats/nouveau", &fields).await;
        assert_eq!(status, 422, "{commune}");
        assert!(text.contains(told), "{commune} {text}");
        let fields =
            ["champ-civil_status-birth_name", "champ-civil_status-birth_date", "champ-contact-email"];
        for field in fields {
            assert!(text.contains(&format!("href=\"#{field}\"")), "{commune} {field} {text}");
        }
        if commune != "Saint-Denis" {
            assert!(text.contains("href=\"#champ-commune\""), "{commune} {text}");
        }
    }
}

#[tokio::test]
async fn a_page_offers_what_its_reader_may_do() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let found = b.t.get(&b.owner, &path).await.body;
    let page = format!("/candidats/{}", found["candidate"]["number"].as_str().unwrap());
    let (status, own) = b.t.open(&b.owner, &page).await;
    assert_eq!(status, 200);
    assert!(own.contains("/positionnement") && own.contains("/abandon"), "{own}");
    assert!(!own.contains("/exclusion") && !own.contains(&format!("{page}/structure")));
    let (_, managed) = b.t.open(&b.manager, &page).await;
    assert!(managed.contains("/exclusion"));
    assert_eq!(b.t.open(&b.stranger, &page).await.0, 404);
    let (status, list) = b.t.open(&b.owner, "/candidats").await;
    assert_eq!(status, 200);
    assert!(list.contains("Anne Lise N’Guyen-d’Arc"));
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed() {
    let b = Bench::new().await;
    let path = b.enrol(&b.somebody()).await;
    let number = b.t.get(&b.owner, &path).await.body["candidate"]["number"].as_str().unwrap().to_owned();
    let page = format!("/candidats/{number}/coordonnees");
    let (status, _, text) =
        b.t.submit(&b.owner, &page, &[("contact/email", "sans arobase"), ("contact/contract", "cui")]).await;
    assert_eq!(status, 422);
    assert!(text.contains("sans arobase"), "{text}");
    let (status, location, _) = b.t.submit(&b.owner, &page, &[("contact/contract", "cui")]).await;
    assert_eq!((status.as_u16(), location), (303, format!("/candidats/{number}")));
}
