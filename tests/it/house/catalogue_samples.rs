//! The pages of the catalogue, with invented data.

use askama::Template;
use entity::enrolment::EnrolmentState;
use parchemin::features::catalogue::labels::{self, When, terms};
use parchemin::features::catalogue::web::{
    CancelPage, CataloguePage, ContactPage, EmbeddedPage, Group, LinkOverPage, LinkPage, Part, ProgrammePage,
    RegionTile, Row, SentPage, SessionPage, Standing, Tick, Told,
};
use parchemin::features::{enrolments, training};
use parchemin::http::web::component::{Choice, Fact, Link, Pagination, Stage, Step};
use parchemin::http::web::form::FormState;

use super::samples::{Sample, public, words};

const SESSION: &str = "/catalogue/sessions/SES-2026-0017";

pub(super) fn all() -> Vec<Sample> {
    let named = |name: &str, html: askama::Result<String>| (words(name), html.unwrap());
    let seated = || FormState::filled([("needs_adaptation", "non")]);
    vec![
        named("catalogue", list(true).render()),
        named("catalogue-vide", list(false).render()),
        named("formation", programme(true).render()),
        named("formation-sans-session", programme(false).render()),
        named("session", session(seated(), false).render()),
        named("session-complete", session(seated(), true).render()),
        named("session-erreur", session(faulty(), false).render()),
        named("session-close", closed().render()),
        named("inscription-gardee", sent(None).render()),
        named("inscription-en-attente", sent(Some(3)).render()),
        named("inscription-a-confirmer", link(Standing::ToConfirm, EnrolmentState::Held).render()),
        named("inscription-proposee", link(Standing::Offered, EnrolmentState::Offered).render()),
        named("inscription-suivie", link(Standing::Follow, EnrolmentState::Confirmed).render()),
        named("inscription-lien-perdu", lost(false).render()),
        named("inscription-lien-envoye", lost(true).render()),
        named("inscription-coordonnees", contact(FormState::default()).render()),
        named("inscription-coordonnees-erreur", contact(wrong("email")).render()),
        named("inscription-desistement", cancel(FormState::default()).render()),
        named("inscription-desistement-erreur", cancel(wrong("cause")).render()),
        named("catalogue-a-inserer", embedded().render()),
    ]
}

fn wrong(field: &str) -> FormState {
    let errors = [(format!("/{field}"), "À corriger")].into_iter().collect();
    FormState::filled([(field, "")]).with_errors(errors)
}

fn faulty() -> FormState {
    let errors = [
        ("/email", "Saisissez une adresse électronique complète, par exemple nom@structure.org"),
        ("/birth_day", "L’année de naissance compte 4 chiffres, de 1900 à 2099"),
        ("/guardian/email", "Indiquez une adresse"),
        ("/buyer", "Choisissez qui prend en charge la formation"),
        ("/employer_siret", "Le numéro SIRET compte 14 chiffres"),
        ("/consent", "Lisez et acceptez les conditions"),
    ];
    FormState::filled([("first_names", "Ève"), ("birth_day", "8"), ("email_unusual", "oui")])
        .with_errors(errors.into_iter().collect())
}

fn row(free: u32, remote: bool) -> Row {
    Row {
        href: words(SESSION),
        title: words("Maintien des compétences SST"),
        theme: "Santé et sécurité",
        goal: words("Actualiser ses gestes et prolonger son certificat de deux ans."),
        when: When {
            day: words("13"),
            last: words("14"),
            month: words("févr."),
            week: words("mar. et mer."),
        },
        place: words(if remote { "À distance" } else { "Poitiers (86)" }),
        remote,
        duration: words("2 jours, 14\u{202f}h"),
        price: words("210\u{202f}€ nets de taxe"),
        free,
        seats: words("places libres sur 10"),
        gauge: (10 - free, 10),
        waiting: words("Liste d’attente\u{202f}: 3 personnes"),
    }
}

fn list(filled: bool) -> CataloguePage {
    let tick =
        |value: &str, label: &'static str| Tick { value: words(value), label, count: 7, ticked: !filled };
    let tile = |count: usize| RegionTile {
        value: if count == 0 { "28" } else { "75" },
        short: if count == 0 { "NOR" } else { "NAQ" },
        name: if count == 0 { "Normandie" } else { "Nouvelle-Aquitaine" },
        place: (2, 2),
        count,
        ticked: false,
    };
    let group = Group { title: words("Février"), rows: vec![row(4, false), row(0, true)] };
    CataloguePage {
        shell: public(labels::CATALOGUE, "/catalogue"),
        q: words(if filled { "" } else { "menuiserie" }),
        themes: vec![tick("health_safety", "Santé et sécurité")],
        modes: vec![tick("on_site", "En présence"), tick("remote", "À distance")],
        regions: vec![tile(3), tile(0)],
        months: vec![Choice::new("2026-02", "Février 2026")],
        since: words("2026-02"),
        with_full: true,
        sort: "theme",
        sorts: vec![Link::new("date", ""), Link::new("thème", "/catalogue?tri=theme")],
        count: if filled { 2 } else { 0 },
        counted: words("sessions ouvertes en février 2026"),
        filtered: !filled,
        active: vec![Link::new("menuiserie", "/catalogue")],
        groups: if filled { vec![group] } else { Vec::new() },
        pages: Pagination { first: None, next: Some(words("/catalogue?suite=x")) },
        rule: words("Ordre de la liste d’attente\u{202f}: la date de la demande."),
        programmes: Vec::new(),
    }
}

fn programme(with_sessions: bool) -> ProgrammePage {
    ProgrammePage {
        shell: public("Maintien des compétences SST", "/catalogue/maintien-des-competences-sst"),
        goal: words("Actualiser ses gestes."),
        facts: vec![Fact::new(terms::FACT_REFERENCE, "SST-MAC").mono()],
        objectives: vec![words("Intervenir face à une situation d’accident du travail.")],
        parts: vec![Part {
            title: words("Secourir"),
            content: vec![words("Gestes.")],
            duration: words("3\u{202f}h"),
        }],
        told: vec![Told { id: "public", title: terms::AUDIENCE, lines: vec![words("Toute personne.")] }],
        results: if with_sessions { vec![("Participants", words("18"))] } else { Vec::new() },
        span: words("du 1er mars 2025 au 28 février 2026"),
        prices: vec![Fact::new("Employeur", "210\u{202f}€ par personne").with_note("Repas non compris")],
        rows: if with_sessions { vec![row(4, false)] } else { Vec::new() },
        contact: words("formation@certificateur.exemple"),
        json_ld: words("{\"@type\":\"Course\"}"),
    }
}

fn session(form: FormState, full: bool) -> SessionPage {
    SessionPage {
        shell: public("Maintien des compétences SST", SESSION).with_errors(form.has_errors()),
        lead: words(
            "Mardi 6 février 2026, de 9\u{202f}h à 17\u{202f}h. Poitiers (86). Il reste 4 places sur 10.",
        ),
        facts: vec![Fact::new(terms::FACT_REFERENCE, "SES-2026-0017").mono()],
        summary: form.summary(labels::NOT_SENT),
        action: format!("{SESSION}/inscription"),
        full,
        rule: words("Ordre de la liste d’attente\u{202f}: la date de la demande."),
        buyers: labels::buyers(),
        answers: labels::yes_and_no(),
        reading: vec![Link::new("Règlement intérieur", "/catalogue/documents/reglement")],
        doubtful: form.value("email_unusual") == "oui",
        minor: form.has_errors(),
        status: None,
        others: Vec::new(),
        slots: vec![words("mardi 6 février 2026, de 9\u{202f}h à 12\u{202f}h\u{202f}30")],
        objectives: vec![words("Intervenir.")],
        audience: vec![words("Toute personne.")],
        prerequisites: vec![words("Aucun.")],
        methods: vec![words("Mises en situation.")],
        assessment: vec![words("Deux épreuves.")],
        to_bring: vec![words("Une tenue de travail.")],
        programme: words("/catalogue/maintien-des-competences-sst"),
        json_ld: words("{\"@type\":\"Course\"}"),
        form,
    }
}

fn closed() -> SessionPage {
    let status = Some(training::labels::state(entity::training_session::SessionState::Cancelled));
    SessionPage {
        status,
        others: vec![row(4, false)],
        json_ld: String::new(),
        ..session(FormState::default(), false)
    }
}

fn sent(rank: Option<i32>) -> SentPage {
    SentPage {
        shell: public(if rank.is_some() { labels::WAITING } else { labels::HELD }, SESSION),
        facts: vec![Fact::new(terms::FACT_TRAINING, "Maintien des compétences SST")],
        email: words("eve@paniers.exemple"),
        until: words("le lundi 5 février 2026 à 18\u{202f}h"),
        rank,
        rule: words("Ordre de la liste d’attente\u{202f}: la date de la demande."),
        adaptation: rank.is_none(),
        session: words(SESSION),
    }
}

fn link(standing: Standing, state: EnrolmentState) -> LinkPage {
    LinkPage {
        shell: public(labels::ENROLMENT, "/inscriptions/x"),
        title: words("Maintien des compétences SST"),
        reference: words("SES-2026-0017-23"),
        standing,
        status: enrolments::labels::state(state),
        facts: vec![Fact::new(terms::FACT_WHEN, "le 6 février 2026")],
        steps: vec![
            Step::new(terms::STEP_ASKED, "", Stage::Done),
            Step::new(terms::STEP_ADDRESS, "", Stage::Current),
        ],
        until: words("le lundi 5 février 2026 à 18\u{202f}h"),
        may_cancel: standing != Standing::Offered,
        path: words("/inscriptions/x"),
        calendar: format!("{SESSION}/agenda.ics"),
    }
}

fn lost(sent: bool) -> LinkOverPage {
    LinkOverPage {
        shell: public(labels::LOST, "/inscriptions/lien"),
        sent,
        reference: words("SES-2026-0017-23"),
        email: words("eve@paniers.exemple"),
    }
}

fn contact(form: FormState) -> ContactPage {
    ContactPage {
        shell: public(labels::CONTACT, "/inscriptions/x/coordonnees").with_errors(form.has_errors()),
        reference: words("SES-2026-0017-23"),
        summary: form.summary(labels::CONTACT_NOT_SAVED),
        back: words("/inscriptions/x"),
        form,
    }
}

fn cancel(form: FormState) -> CancelPage {
    CancelPage {
        shell: public(labels::CANCEL, "/inscriptions/x/desistement").with_errors(form.has_errors()),
        title: words("Maintien des compétences SST"),
        facts: vec![Fact::new(terms::FACT_WHEN, "le 6 février 2026")],
        fee: labels::fee(50, 10_500),
        summary: form.summary(labels::NOT_CANCELLED),
        causes: labels::causes(),
        back: words("/inscriptions/x"),
        form,
    }
}

fn embedded() -> EmbeddedPage {
    EmbeddedPage {
        shell: public(labels::FEED, "/catalogue/liste"),
        rows: vec![row(4, false)],
        catalogue: words("https://certificateur.exemple/catalogue"),
        base: words("https://certificateur.exemple"),
    }
}
