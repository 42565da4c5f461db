//! The pages of the outbox and of the documents to make again, with invented data.

use askama::Template;
use entity::mail::MailState;
use entity::mail_delivery::DeliveryState;
use parchemin::features::mail::web::{
    DeliveryRow, DemoListPage, DemoMailPage, DemoRow, DocumentRow, MailPage, MailRow, MailsPage, StateTab,
    TemplateArea, TemplatePage, TemplateRow, TemplatesPage, VariableRow, paragraphs,
};
use parchemin::features::mail::{delivery_status, mail_status};
use parchemin::features::work::web::{FailedDocumentRow, FailedDocumentsPage};
use parchemin::http::web::component::{Fact, Link, Pagination};
use parchemin::http::web::form::FormState;
use parchemin::http::web::layout::Tone;
use time::macros::datetime;

use super::samples::{Sample, connected, words};

const ZONE: &str = "Europe/Paris";

pub(super) fn all() -> Vec<Sample> {
    let named = |name: &str, html: askama::Result<String>| (words(name), html.unwrap());
    vec![
        named("courriels", list(true).render()),
        named("courriels-vide", list(false).render()),
        named("courriel-en-echec", one(true).render()),
        named("courriel-personnel", one(false).render()),
        named("courriels-demonstration", demo_list().render()),
        named("courriel-demonstration", demo_one().render()),
        named("modeles", templates().render()),
        named("modele", template(true).render()),
        named("modele-sans-variable", template(false).render()),
        named("documents-a-refaire", documents(true).render()),
        named("documents-a-refaire-vide", documents(false).render()),
    ]
}

fn row(state: MailState, key: u32) -> MailRow {
    MailRow {
        href: format!("/courriels/{key}"),
        subject: words("Visite d’agrément le 4 novembre 2025\u{202f}: demande AGR-2025-0042"),
        recipient: "La structure",
        object: words("Demande d’agrément AGR-2025-0042"),
        status: mail_status(state),
        answer: if state == MailState::Failed { words("550 5.1.1 no such mailbox") } else { String::new() },
        at: datetime!(2025-10-06 08:00 UTC),
    }
}

fn list(full: bool) -> MailsPage {
    let tab = |label, current| StateTab { label, href: words("/courriels"), current };
    MailsPage {
        shell: connected("Courriels", "/courriels"),
        zone: ZONE,
        form: FormState::default(),
        filtered: false,
        tabs: vec![tab("Tous", true), tab("En échec", false)],
        failed: if full { vec![row(MailState::Failed, 1)] } else { vec![] },
        rows: if full {
            MailState::all().zip(1..).map(|(state, key)| row(state, key)).collect()
        } else {
            vec![]
        },
        pages: Pagination { first: None, next: full.then(|| words("/courriels?suite=x")) },
    }
}

fn one(failed: bool) -> MailPage {
    let delivery = DeliveryRow {
        address: words("camille@structure.exemple"),
        status: delivery_status(DeliveryState::Refused),
        answer: words("550 5.1.1 no such mailbox"),
        message_id: words("<1.2@certificateur.exemple>"),
        at: datetime!(2025-10-06 08:00 UTC),
    };
    MailPage {
        shell: connected("Visite d’agrément le 4 novembre 2025", "/courriels/1"),
        zone: ZONE,
        status: mail_status(if failed { MailState::Failed } else { MailState::Pending }),
        facts: vec![Fact::new("Destinataire", "La structure"), Fact::new("Modèle", "visit-scheduled").mono()],
        answer: if failed { words("550 5.1.1 no such mailbox") } else { String::new() },
        tone: Tone::Problem,
        failed,
        next_attempt: (!failed).then_some(datetime!(2025-10-06 09:00 UTC)),
        deliveries: if failed { vec![delivery] } else { vec![] },
        text: failed.then(|| paragraphs("Bonjour,\n\nLa visite est fixée.\nÀ bientôt.", None)),
        html: words("/courriels/1/html"),
        retry: if failed { words("/courriels/1/relancer") } else { String::new() },
    }
}

fn demo_list() -> DemoListPage {
    let row = DemoRow {
        href: words("/demo/courriels/1"),
        subject: words("Lien de connexion demandé le 3 mars 2025 à 9 h 12"),
        to: words("structure@demo.test"),
        object: words("Compte structure@demo.test"),
        at: datetime!(2025-10-06 08:00 UTC),
    };
    DemoListPage {
        shell: connected("Courriels de la démonstration", "/demo/courriels"),
        zone: ZONE,
        rows: vec![row],
    }
}

fn demo_one() -> DemoMailPage {
    let text = "Bonjour,\n\nOuvrir la page\u{202f}:\nhttp://127.0.0.1:8080/connexion/lien/abc";
    DemoMailPage {
        shell: connected("Lien de connexion", "/demo/courriels/1"),
        facts: vec![Fact::new("À", "structure@demo.test")],
        text: paragraphs(text, Some("http://127.0.0.1:8080")),
    }
}

fn templates() -> TemplatesPage {
    let row = |name: &str| TemplateRow {
        name: words(name),
        subject: words("Visite d’agrément le 4 novembre 2025\u{202f}: demande AGR-2025-0042"),
        class: "Décision, délai ou rendez-vous",
        choice: "Part toujours, sans attendre",
    };
    let sample = |label: &str| Link::new(label, "/parametres/modeles/decision.granted/exemple");
    let document = |title, name, samples| DocumentRow { title, name, samples };
    TemplatesPage {
        shell: connected("Modèles de courriels et de documents", "/parametres/modeles"),
        areas: vec![
            TemplateArea { title: "Agréments", rows: vec![row("visit-scheduled"), row("visit-moved")] },
            TemplateArea { title: "Missions", rows: vec![row("mission-offered")] },
        ],
        documents: vec![
            document("Courrier de décision", "decision", vec![sample("Exemple 1"), sample("Exemple 2")]),
            document("Plan de visite", "visit-plan", vec![]),
        ],
    }
}

fn template(full: bool) -> TemplatePage {
    let variable = |name: &str, value: &str| VariableRow { name: words(name), value: words(value) };
    TemplatePage {
        shell: connected("Visite d’agrément le 4 novembre 2025", "/parametres/modeles/visit-scheduled"),
        facts: vec![
            Fact::new("Modèle", "visit-scheduled").mono().with_note("version 0123456789ab"),
            Fact::new("Nature", "Décision, délai ou rendez-vous").with_note("Part toujours, sans attendre"),
        ],
        text: paragraphs("Bonjour,\n\nLa visite est fixée.\nÀ bientôt.", None),
        html: words("/parametres/modeles/visit-scheduled/html"),
        variables: if full { vec![variable("day", "4 novembre 2025")] } else { vec![] },
    }
}

fn documents(full: bool) -> FailedDocumentsPage {
    let row = FailedDocumentRow {
        title: "Certificat d’agrément",
        reference: words("AGR-2025-0042"),
        page: words("/agrements/AGR-2025-0042"),
        error: words("unknown font family"),
        at: datetime!(2025-10-06 08:00 UTC),
        redo: words("/documents-a-refaire/1/refaire"),
    };
    FailedDocumentsPage {
        shell: connected("Documents à refaire", "/documents-a-refaire"),
        zone: ZONE,
        rows: if full { vec![row] } else { vec![] },
        pages: Pagination { first: None, next: None },
    }
}
