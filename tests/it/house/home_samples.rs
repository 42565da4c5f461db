//! The home pages, the figures and the search, with invented data.

use askama::Template;
use parchemin::features::agreements::labels::{right_state, state};
use parchemin::features::home::web::pages::{
    ActivityCell, ActivityPage, ActivityTable, EmptyHomePage, EngagementItem, ExpertHomePage, HitGroup,
    HitItem, ImportedPage, ImportedRow, JuryItem, Marker, MarkerGroup, RequestItem, RightItem, SearchPage,
    SittingItem, StaffPage, StructureHomePage, TaskFollowPage, Todo, TodoFilter, TodoPage,
};
use parchemin::features::juries;
use parchemin::http::web::component::{Choice, Fact, Link, Pagination, Task, TaskGroup, Urgency};
use parchemin::http::web::form::FormState;
use parchemin::render::chart::{Bar, bars};

use super::samples::{Sample, connected, words};

fn named(name: &str, page: &impl Template) -> Sample {
    (words(name), page.render().unwrap())
}

fn task(title: &str) -> Task {
    Task {
        when: words("12 déc."),
        title: words(title),
        reference: words("AGR-2026-0042"),
        why: words("Les Ateliers du Piton. Délai passé le 12 décembre 2026."),
        note: words("Prise par Zoé N’Guyen-d’Arc."),
        verb: words("Relancer"),
        href: words("/agrements/AGR-2026-0042"),
        follow: words("/a-faire/chase_return/0199b888-0000-7000-8000-000000000000"),
    }
}

fn jury(president: &str) -> JuryItem {
    JuryItem {
        href: words("/jurys/JUR-2026-0009"),
        number: words("JUR-2026-0009"),
        when: words("mardi 3 mars 2026, de 9\u{202f}h à 12\u{202f}h\u{202f}30, heure de La Réunion"),
        structure: words("Les Ateliers du Piton"),
        certification: words("CQP Salarié polyvalent"),
        place: words("Salle 2, 14 rue des Filaos, 97410 Saint-Pierre"),
        president: words(president),
        candidates: 6,
        status: juries::labels::state(entity::jury_session::JuryState::Confirmed),
    }
}

fn todo() -> Todo {
    let group = |urgency, title| TaskGroup { urgency, tasks: vec![task(title)] };
    let groups = vec![
        group(Urgency::Late, "Pièces attendues, demande"),
        group(Urgency::Today, "Confier la visite, demande"),
        group(Urgency::Coming, "Préparer la commission, demande"),
        group(Urgency::Postponed, "Avis attendu, demande"),
    ];
    Todo { groups, total: 11, shown: 3 }
}

fn follow_page(open: bool) -> TaskFollowPage {
    let form = |prefix: &str| FormState::default().with_version(2).with_prefix(prefix);
    TaskFollowPage {
        shell: connected("Pièces attendues, demande AGR-2026-0042", "/a-faire"),
        summary: None,
        facts: vec![Fact::new("Échéance", "12 décembre 2026")],
        why: words("Les Ateliers du Piton. Délai passé le 12 décembre 2026."),
        note: words("Prise par Zoé N’Guyen-d’Arc."),
        open: Link::new("Relancer", "/agrements/AGR-2026-0042"),
        page: words("/a-faire/chase_return/0199b888-0000-7000-8000-000000000000"),
        may_take: open,
        may_release: !open,
        may_bring_back: !open,
        act: form("prendre"),
        people: if open {
            vec![Choice::new("0199b888-0000-7000-8000-000000000001", "Noé")]
        } else {
            Vec::new()
        },
        hand: form("confier"),
        until_help: if open { words("Au plus tard le 12 janvier 2027.") } else { String::new() },
        first_day: words("2026-12-13"),
        last_day: words("2027-01-12"),
        put_off: form("reporter"),
    }
}

fn figures(id: &str) -> ActivityTable {
    let cell = |value: Option<&str>, href: &str| ActivityCell { value: value.map(words), href: words(href) };
    let bar = |label: &str, value| Bar { label: words(label), value, strong: label == "2021" };
    ActivityTable {
        years: vec![2020, 2021],
        lines: vec![
            ("Contrôles", vec![cell(Some("0"), ""), cell(Some("8"), "/agrements?controle=2021")]),
            ("Appuis pédagogiques", vec![cell(None, ""), cell(Some("0"), "")]),
        ],
        chart_title: "Contrôles réalisés par an",
        chart: bars(
            id,
            "Contrôles",
            "0 en 2020, 8 en 2021.",
            &[bar("2020", None), bar("2021", Some(8))],
            "moyenne",
        ),
        limited: false,
    }
}

fn engagement(title: &str, before: &str) -> EngagementItem {
    EngagementItem {
        href: words("/missions/MIS-2026-0107"),
        reference: words("MIS-2026-0107"),
        title: words(title),
        when: words(
            "mardi 10 mars 2026, de 9\u{202f}h à 17\u{202f}h, heure de La Réunion (6\u{202f}h à Paris)",
        ),
        place: words("12 rue des Lataniers, 97400 Saint-Denis"),
        before: words(before),
        word: "Acceptée",
        act: "Ouvrir la mission",
        accept: (!before.is_empty()).then(|| words("/missions/MIS-2026-0107/accepter")),
        facts: vec![
            Fact::new("Quand", "Mardi 10 mars 2026, de 9\u{202f}h à 17\u{202f}h"),
            Fact::new("Avec", "Les Ateliers du Piton"),
        ],
    }
}

fn request(reference: &str) -> RequestItem {
    RequestItem {
        reference: words(reference),
        about: words("CQP Salarié polyvalent"),
        when: words("Décision annoncée pour le 4 mars 2027"),
        act: None,
        status: state(entity::agreement_request::RequestState::Complete),
    }
}

#[expect(clippy::too_many_lines, reason = "one page after the other")]
pub(super) fn all() -> Vec<Sample> {
    let day = || words("Mardi 16 janvier 2024");
    let marker = Marker {
        count: words("3"),
        label: "demandes à examiner",
        href: words("/agrements?statut=submitted"),
    };
    let staff = |todo| StaffPage {
        shell: connected("Bonjour Camille", "/accueil"),
        day: day(),
        summary: words("Deux échéances sont dépassées."),
        margin: vec![MarkerGroup {
            title: words("En ce moment"),
            markers: vec![marker.clone()],
            more: Some(Link::new("Suivre le réseau", "/intervenants/reseau")),
        }],
        todo,
        activity: figures("g1"),
        juries: Some(vec![jury("Zoé N’Guyen-d’Arc"), jury("")]),
        may_create: true,
    };
    let structure = |requests: Vec<RequestItem>| StructureHomePage {
        shell: connected("Bonjour Anaïs", "/accueil"),
        day: day(),
        summary: words("Rien ne vous attend."),
        todo: todo(),
        rights: vec![RequestItem {
            reference: words("AGT-2026-0007"),
            status: right_state(entity::agreement::AgreementState::Active),
            ..request("")
        }],
        juries: vec![jury("Zoé N’Guyen-d’Arc")],
        requests,
    };
    let hit = HitItem {
        href: words("/structures/999908841"),
        reference: words("999908841"),
        name: words("Les Ateliers du Piton"),
        place: words("Saint-Pierre (974)"),
        status: None,
    };
    let group = HitGroup {
        id: "structures",
        title: "Structures",
        hits: vec![hit],
        more: Some(words("/structures?q=piton")),
    };
    let search =
        |groups| SearchPage { shell: connected("Recherche", "/recherche"), q: words("piton"), groups };
    vec![
        named("accueil", &staff(Some(todo()))),
        named("accueil-audit", &staff(None)),
        named("accueil-structure", &structure(vec![request("AGR-2026-0042")])),
        named("accueil-structure-premiere-visite", &structure(vec![])),
        named(
            "accueil-intervenant",
            &ExpertHomePage {
                shell: connected("Bonjour Zoé", "/accueil"),
                day: day(),
                summary: words("Vous siégez à un jury aujourd’hui."),
                sitting: vec![SittingItem {
                    href: words("/jurys/JUR-2026-0042"),
                    day: words("/jurys/JUR-2026-0042/ouverture"),
                    number: words("JUR-2026-0042"),
                    title: words("Jury CQP Salarié polyvalent"),
                    facts: vec![Fact::new("Quand", "De 9\u{202f}h à 12\u{202f}h")],
                }],
                next: Some(engagement("Jury du CQP à Saint-Denis", "")),
                offers: vec![engagement("Appui pédagogique", "mardi 3 mars 2026 à 23\u{202f}h\u{202f}59")],
                reports: vec![engagement("Observation d’un jury", "")],
                coming: vec![engagement("Réunion de travail", "")],
                ending: vec![RightItem {
                    name: words("Habilitation"),
                    when: words("3 mars 2026, dans 12 jours"),
                }],
                todo: Todo::default(),
                juries: vec![jury("Zoé N’Guyen-d’Arc")],
            },
        ),
        named(
            "accueil-intervenant-premiere-visite",
            &ExpertHomePage {
                shell: connected("Bonjour Zoé", "/accueil"),
                day: day(),
                summary: words("Rien ne vous attend."),
                sitting: Vec::new(),
                next: None,
                offers: Vec::new(),
                reports: Vec::new(),
                coming: Vec::new(),
                ending: Vec::new(),
                todo: Todo::default(),
                juries: Vec::new(),
            },
        ),
        named(
            "accueil-stagiaire",
            &EmptyHomePage { shell: connected("Bonjour Noé", "/accueil"), day: day() },
        ),
        named(
            "a-faire",
            &TodoPage {
                shell: connected("À faire", "/a-faire"),
                summary: words("Une échéance est dépassée."),
                todo: todo(),
                wanted: Some(TodoFilter {
                    form: FormState::filled([("personne", "moi")]),
                    kinds: vec![Choice::new("examine", "Examiner les pièces")],
                    people: vec![Choice::new("moi", "Les miennes")],
                    standings: vec![Choice::new("postponed", "Reportées")],
                    filtered: true,
                }),
                pages: Pagination { first: None, next: Some(words("/a-faire?suite=x")) },
            },
        ),
        named("a-faire-suivi", &follow_page(true)),
        named("a-faire-suivi-echu", &follow_page(false)),
        named(
            "activite",
            &ActivityPage {
                shell: connected("Activité", "/statistiques/activite"),
                activity: figures("g1"),
                charts: vec![("Agréments demandés par an", figures("g2").chart)],
                may_import: true,
            },
        ),
        named(
            "reprises",
            &ImportedPage {
                shell: connected("Chiffres repris", "/statistiques/activite"),
                rows: vec![
                    ImportedRow { year: 2021, act: "Contrôles", value: Some(words("8")) },
                    ImportedRow { year: 2020, act: "Appuis pédagogiques", value: None },
                ],
                all: words("/statistiques/activite/reprises"),
            },
        ),
        named("recherche", &search(vec![group])),
        named("recherche-vide", &search(vec![])),
    ]
}
