//! The pages of the journal with invented data, for the checks of the house.

use askama::Template;
use parchemin::features::journal::labels::Family;
use parchemin::features::journal::web::view::{Detail, JournalPage, OfflinePage, Panel, Row, Standing};
use parchemin::http::web::component::{Choice, Fact, Pagination};
use parchemin::http::web::form::FormState;
use parchemin::http::web::layout::Shell;
use parchemin::render::seal;

fn words(text: &str) -> String {
    text.to_owned()
}

/// Every page, by the name of its file.
pub(crate) fn all(shell: impl Fn(&str, &str) -> Shell) -> Vec<(String, String)> {
    let panel = |standing| Panel {
        standing,
        text: words(
            "18\u{202f}432 actes et 6\u{202f}214 sceaux recalculés le 16 janvier 2026 à 16\u{202f}h\u{202f}20.",
        ),
        drawing: seal::svg_inline(&[7; 32]),
        alternative: seal::alternative_text(&[7; 32]),
        root: seal::fingerprint_groups(&hex::encode([7; 32])),
        sealed_at: words("16 janvier 2026, 16\u{202f}h 19\u{202f}min 58\u{202f}s"),
        copies: words("chaque jour, à 2 adresses"),
    };
    let page = |standing, rows| JournalPage {
        shell: shell("Journal", "/journal"),
        panel: panel(standing),
        form: FormState::filled([("objet", "AGR-2026-0042"), ("actes", "decisions")]),
        families: Family::ALL.iter().map(|family| Choice::new(family.word(), family.label())).collect(),
        author: words("0199b888-d800-70ec-a558-ec802290dbbf"),
        subject: words("AGR-2026-0042"),
        note: words("2 actes, du plus récent au plus ancien"),
        rows,
        pages: Pagination { first: None, next: Some(words("/journal?curseur=x")) },
    };
    let offline = OfflinePage {
        shell: shell("Vérifier hors ligne", "/journal/hors-ligne"),
        keys: vec![words("ed25519:7b1e04c29a3f5d60")],
        root: seal::fingerprint_groups(&hex::encode([7; 32])),
    };
    vec![
        (words("journal"), page(Standing::Intact, vec![row("1", true), row("2", false)]).render().unwrap()),
        (words("journal-vide"), page(Standing::Unknown, Vec::new()).render().unwrap()),
        (words("journal-altere"), page(Standing::Altered, vec![row("1", false)]).render().unwrap()),
        (words("journal-hors-ligne"), offline.render().unwrap()),
    ]
}

fn row(number: &str, open: bool) -> Row {
    let detail = Detail {
        changes: vec![(words("État"), words("Déposée"), words("Complète"))],
        reason: words("Toutes les pièces sont acceptées."),
        facts: vec![Fact::new("Acte", "dossier déclaré complet")],
        raw: words("{\n  \"name\": \"agreement_request.completed\",\n  \"code\": \"AGR_COMPLETE\"\n}"),
    };
    Row {
        anchor: format!("acte-{number}"),
        number: words(number),
        when: words("16 janv. 2026, 15\u{202f}h\u{202f}52"),
        who: words("Camille N."),
        role: words("Gestionnaire"),
        who_href: words("/journal?auteur=1"),
        status: Family::Decision.status(),
        subject: words("Demande d’agrément AGR-2026-0042"),
        act: words("dossier déclaré complet"),
        hash: words("e8b1 40d7"),
        href: words("/journal?ouvert=1"),
        detail: open.then_some(detail),
    }
}
