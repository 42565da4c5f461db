//! Each page, rendered with samples, respects what the content security policy and assistive tools need.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use parchemin::http::web::assets;

use super::markup::{Tag, tags};
use super::samples;

fn each_page(check: impl Fn(&str, &str, &[Tag])) {
    for (name, html) in samples::all() {
        check(&name, &html, &tags(&html));
    }
}

#[test]
fn ids_are_unique_and_references_lead_somewhere() {
    each_page(|page, _, tags| {
        let ids: Vec<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
        let known: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), known.len(), "{page}: an id twice in {ids:?}");
        for tag in tags {
            for attribute in
                ["for", "aria-labelledby", "aria-describedby", "popovertarget", "commandfor", "form"]
            {
                for id in tag.get(attribute).unwrap_or_default().split_whitespace() {
                    assert!(known.contains(id), "{page}: {attribute}={id} leads nowhere");
                }
            }
            for attribute in ["data-dialogue", "data-copie"] {
                assert!(tag.get(attribute).is_none_or(|id| known.contains(id)), "{page}: {tag:?}");
            }
            if let Some(anchor) = tag.get("href").and_then(|href| href.strip_prefix('#')) {
                assert!(known.contains(anchor), "{page}: #{anchor} leads nowhere");
            }
        }
    });
}

#[test]
fn nothing_needs_an_exception_to_the_content_security_policy() {
    each_page(|page, _, tags| {
        for tag in tags {
            assert!(tag.name != "style", "{page}: a style element");
            assert!(!tag.has("style"), "{page}: a style attribute in {tag:?}");
            // A block of data is no script: browsers never execute it, and the policy does not speak of it.
            let data = tag.get("type") == Some("application/ld+json");
            assert!(tag.name != "script" || tag.has("src") || data, "{page}: an inline script");
            for address in ["src", "href", "action"].into_iter().filter_map(|name| tag.get(name)) {
                assert!(
                    !address.starts_with("data:") && !address.starts_with("javascript:"),
                    "{page}: {address}"
                );
                let external = address.starts_with("http") && tag.name != "a";
                assert!(!external, "{page}: {address} comes from another host");
            }
        }
        let handlers = ["onclick", "onchange", "onsubmit", "oninput", "hx-confirm", "hx-on", "hx-boost"];
        assert!(tags.iter().all(|tag| handlers.iter().all(|name| !tag.has(name))), "{page}");
    });
}

#[test]
fn every_page_has_a_language_a_title_one_heading_and_labelled_fields() {
    each_page(|page, html, tags| {
        // The title of a drawing has an identifier; that of the page has none.
        let count = |name: &str| {
            tags.iter()
                .filter(|tag| tag.name == name && tag.get("id").is_none_or(|_| name != "title"))
                .count()
        };
        assert_eq!((count("h1"), count("main"), count("title")), (1, 1, 1), "{page}");
        let language = if page.ends_with("-en") { "en" } else { "fr" };
        assert_eq!(tags[0].get("lang"), Some(language), "{page}");
        assert!(html.contains(" | Parchemin</title>") && !html.contains("<title> |"), "{page}");
        assert_eq!(html.contains("<title>Erreur\u{202f}: "), html.contains("id=\"bilan\""), "{page}");
        let labelled: HashSet<&str> = tags.iter().filter_map(|tag| tag.get("for")).collect();
        for tag in tags.iter().filter(|tag| ["input", "select", "textarea"].contains(&tag.name.as_str())) {
            let kind = tag.get("type").unwrap_or_default();
            let inside_label = ["radio", "checkbox"].contains(&kind);
            let named = tag.get("id").is_some_and(|id| labelled.contains(id)) || tag.has("aria-label");
            assert!(kind == "hidden" || inside_label || named, "{page}: no label for {tag:?}");
        }
    });
}

#[test]
fn every_form_that_changes_something_carries_the_anti_forgery_token() {
    each_page(|page, html, _| {
        for form in html.split("<form").skip(1).map(|rest| rest.split("</form>").next().unwrap_or_default()) {
            // The entry of the demonstration has no session yet.
            let posts = form.contains("method=\"post\"") && page != "demonstration";
            assert!(!posts || form.contains("name=\"csrf\" value=\"jeton-de-formulaire\""), "{page}: {form}");
        }
    });
}

#[test]
fn what_people_type_is_escaped() {
    let (_, html) = samples::all().into_iter().find(|(name, _)| name == "composants").unwrap();
    assert!(html.contains("Convention &#38; &#60;signature&#62;"), "askama escapes values");
}

#[test]
fn every_sign_named_by_a_page_is_in_the_sprite() {
    let sprite = assets::text("icones.svg").unwrap();
    each_page(|page, _, tags| {
        for address in tags.iter().filter(|tag| tag.name == "use").filter_map(|tag| tag.get("href")) {
            let (file, name) = address.split_once('#').unwrap();
            if file.is_empty() {
                continue; // a curve of the seal drawn in the page itself
            }
            assert!(sprite.contains(&format!("id=\"{name}\"")), "{page}: no sign {name}");
        }
    });
}

#[test]
fn every_asset_named_by_a_page_is_inside_the_program() {
    let prefix = assets::url("");
    each_page(|page, _, tags| {
        for address in
            ["src", "href"].into_iter().flat_map(|name| tags.iter().filter_map(move |tag| tag.get(name)))
        {
            if let Some(path) = address.strip_prefix(&prefix) {
                let path = path.split('#').next().unwrap();
                assert!(assets::has(path), "{page}: {path} is missing");
            }
        }
    });
}

#[test]
fn french_punctuation_keeps_its_narrow_spaces() {
    each_page(|page, html, _| {
        for (wrong, why) in
            [(" :", "before a colon"), (" ;", "before a semicolon"), (" ?", "before a question mark")]
        {
            let before: String =
                html.split(wrong).next().unwrap_or_default().chars().rev().take(20).collect();
            let before: String = before.chars().rev().collect();
            assert!(!html.contains(wrong), "{page}: plain space {why}, after {before:?}");
        }
        assert!(!html.contains("« ") && !html.contains(" »"), "{page}: plain spaces inside guillemets");
    });
}

fn files_of(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files_of(&path, found) } else { found.push(path) }
    }
}

#[test]
fn every_sign_written_in_a_template_is_in_the_sprite() {
    let sprite = assets::text("icones.svg").unwrap();
    let mut files = Vec::new();
    files_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/web"), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for rest in text.split("icon(\"").skip(1) {
            let name = rest.split('"').next().unwrap();
            assert!(sprite.contains(&format!("id=\"{name}\"")), "{}: no sign {name}", file.display());
        }
    }
}
