//! Every mail of the program, rendered with its sample.

use std::collections::BTreeSet;
use std::path::Path;

use parchemin::config::Config;
use parchemin::render::mail::MailTemplates;

const PARTS: [&str; 4] = ["body.html", "body.txt", "sample.json", "subject.txt"];

#[test]
fn every_mail_renders_with_its_sample() {
    let templates = MailTemplates::new(&Config {
        organisation: "Certifieur d’essai".to_owned(),
        organisation_address: "1 rue de l’Exemple, 75000 Paris".to_owned(),
        ..Config::default()
    });
    let samples = MailTemplates::samples();
    assert!(samples.len() > 40, "{}", samples.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/mail");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (name, sample) in samples {
        let reason = sample["reason"].as_str().unwrap();
        let mail =
            templates.render(&name, reason, &sample).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert!(mail.subject.chars().count() < 90, "{name}: the subject is too long: {}", mail.subject);
        assert!(
            mail.html.starts_with("<!doctype html>") || mail.html.starts_with("<!DOCTYPE html>"),
            "{name}"
        );
        assert!(
            mail.text.contains(reason) && mail.html.contains("</html>"),
            "{name}: it says why it is received"
        );
        assert!(!leaves_a_day_in_doubt(&mail.subject), "{name}: {}", mail.subject);
        assert!(!leaves_a_day_in_doubt(&mail.text), "{name}: {}", mail.text);
        settings
            .bind(|| insta::assert_snapshot!(name.as_str(), format!("{}\n\n{}", mail.subject, mail.text)));
    }
}

/// Whether a text says « avant le » of a date: nobody knows then if the day itself still counts.
fn leaves_a_day_in_doubt(text: &str) -> bool {
    const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    let dated = |after: &str| {
        after.starts_with('\u{202f}')
            || after.trim_start().starts_with(|c: char| c.is_ascii_digit())
            || DAYS.iter().any(|day| after.trim_start().starts_with(day))
    };
    text.split("avant le").skip(1).any(dated)
}

#[test]
fn a_deadline_says_that_its_day_still_counts() {
    for (text, doubt) in [
        ("À rendre avant le 3 mars 2026.", true),
        ("À rendre avant le lundi 3 mars 2026.", true),
        ("À rendre avant le\u{202f}: 3 mars 2026", true),
        ("À rendre jusqu’au 3 mars 2026.", false),
        ("État avant le retrait\u{202f}: 3", false),
    ] {
        assert_eq!(leaves_a_day_in_doubt(text), doubt, "{text}");
    }
}

#[test]
fn every_folder_of_a_mail_holds_its_four_files_and_nothing_else_is_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/mail");
    let known: BTreeSet<_> = MailTemplates::samples().into_iter().map(|(name, _)| name).collect();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            let files = std::fs::read_dir(entry.path()).unwrap();
            let mut files: Vec<_> =
                files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
            files.sort();
            assert_eq!(files, PARTS, "{name}");
            assert!(known.contains(&name), "{name}: its sample cannot be read");
        } else {
            assert!(name == "README.md" || name.starts_with('_'), "{name} is no mail");
        }
    }
}
