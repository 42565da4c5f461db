//! The pages that anybody reads, in English.

use poem::http::{StatusCode, header};

use super::bench::Bench;

async fn open(bench: &Bench, path: &str, accepted: &str) -> (StatusCode, String, String) {
    let response = bench.t.client.get(path).header("accept-language", accepted).send().await.0;
    let status = response.status();
    let language = response.header("content-language").unwrap_or_default().to_owned();
    let varies = response.headers().get_all(header::VARY);
    assert!(varies.iter().any(|value| value == "Accept-Language"), "{path}: {varies:?}");
    (status, language, response.into_body().into_string().await.unwrap())
}

#[tokio::test]
async fn the_language_is_that_of_the_link_then_that_of_the_browser() {
    let bench = Bench::new().await;
    let (_, number) = bench.issued("Kerdoncuff").await;
    let at = format!("/verifier/{number}");
    for (path, accepted, language, verdict) in [
        (at.clone(), "", "fr", "Certificat valide"),
        (at.clone(), "en-GB,en;q=0.9", "en", "Valid certificate"),
        (format!("{at}?lang=en"), "fr", "en", "Valid certificate"),
        (format!("{at}?lang=fr"), "en", "fr", "Certificat valide"),
    ] {
        let (status, told, page) = open(&bench, &path, accepted).await;
        assert_eq!((status, told.as_str()), (StatusCode::OK, language), "{path} {accepted}");
        assert!(page.contains(&format!("<html lang=\"{language}\"")) && page.contains(verdict), "{page}");
        assert!(!page.contains("Kerdoncuff"), "{page}");
    }
}

#[tokio::test]
async fn a_link_keeps_the_language_and_what_stays_french_is_marked() {
    let bench = Bench::new().await;
    let (_, number) = bench.issued("Kerdoncuff").await;
    let at = format!("/verifier/{number}?lang=en");
    let (_, _, page) = open(&bench, &at, "fr").await;
    assert!(page.contains("<h1 id=\"ct\" lang=\"fr\">Certificat de qualification professionnelle"), "{page}");
    assert!(page.contains("Lire en français") && page.contains("/verifier/un-fichier?lang=en"), "{page}");
    assert!(page.contains("name=\"lang\" value=\"en\""), "{page}");
    let asked = bench.t.client.get(format!("/verifier?num={number}&lang=en")).send().await;
    assert_eq!(asked.0.header("location"), Some(at.as_str()));
    let form = [("nom", "Inès Kerdoncuff")];
    let compared =
        bench.t.client.post(&at).form(&form).send().await.0.into_body().into_string().await.unwrap();
    assert!(compared.contains("The name matches."), "{compared}");
    let (status, _, unknown) = open(&bench, "/verifier/bonjour?lang=en", "fr").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(unknown.contains("This number does not exist"), "{unknown}");
    let (_, _, blank) = open(&bench, "/verifier", "en").await;
    assert!(blank.contains("Enter the certificate number"), "{blank}");
}
