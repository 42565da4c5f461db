//! Every component on one page, with invented data: the sheet that tests check and people look at.

use askama::Template;
use parchemin::http::web::component::{
    AsOf, Check, CheckMark, Choice, Color, Fact, HistoryLine, Link, Pagination, Stage, Status, Step, Task,
    TaskGroup, Urgency,
};
use parchemin::http::web::filters;
use parchemin::http::web::form::{ErrorSummary, FormState};
use parchemin::http::web::layout::{Shell, Tone};
use time::macros::{date, datetime, time};
use time::{Date, OffsetDateTime, Time};

use super::samples::{connected, words};

/// One status of each colour.
pub(super) const STATUSES: [Status; 6] = [
    Status::new("Accordée", "coche", Color::Pre),
    Status::new("Incomplète", "horloge", Color::Ocre),
    Status::new("Refusée", "croix", Color::Garance),
    Status::new("En commission", "groupe", Color::Ciel),
    Status::new("Recours", "plume", Color::Prune),
    Status::new("Brouillon", "cercle", Color::Ardoise),
];

#[derive(Template)]
#[template(
    ext = "html",
    source = r##"{% extends "web/_base.html" %}
{% import "web/_ui.html" as ui %}
{% import "web/_fields.html" as fields %}
{% block repere %}{{ ui::back("/agrements", "Agréments", reference="AGR-2026-0042") }}{% endblock %}
{% block chapo %}<p class="chapo">Première demande d’agrément, déposée le {{ day|long_date }} à {{ hour|time_of_day }}</p>{% endblock %}
{% block actions %}<p>{{ ui::status(statuses[3]) }}</p>{% endblock %}
{% block marge %}{{ ui::facts(facts) }}{% endblock %}
{% block corps %}
{% if let Some(summary) = summary %}{{ fields::error_summary(summary) }}{% endif %}
{{ ui::steps(steps) }}
<div class="actions">{% for status in statuses %}{{ ui::status(status) }}{% endfor %}</div>
<div class="deux"><div>
{% call ui::section("pieces", "Pièces du dossier", note="12 acceptées sur 13") %}{{ ui::checks(checks) }}{% endcall %}
<form class="section mt5 decision" id="decision" method="post" action="/agrements/AGR-2026-0042/decision" data-garde data-brouillon data-brouillon-url="/agrements/AGR-2026-0042/brouillon" novalidate>
 <div class="section__tete"><h2>Décision</h2></div>
 {{ fields::hidden(shell, form) }}
 {{ fields::radios(form, "decision", "Décision", choices) }}
 {{ fields::date(form, "starts_on", "Début", min="2026-01-01") }}
 {{ fields::text(form, "siret", "Numéro SIRET", help="Quatorze chiffres.", class="saisie--court", inputmode="numeric") }}
 {{ fields::textarea(form, "reason", "Motif et réserve", help="Repris mot pour mot dans le courrier.", maxlength="2000") }}
 {{ fields::select(form, "zone", "Fuseau horaire", choices, optional=true, empty="Choisir") }}
 {{ fields::checkboxes(form, "sites", "Sites concernés", choices) }}
 {{ fields::checkbox(form, "accept", "J’ai relu la décision") }}
 {{ fields::time(form, "hour", "Heure") }}
 {{ fields::email(form, "contact/email", "Adresse électronique") }}
 {{ fields::password(form, "password", "Mot de passe") }}
 {{ fields::file(form, "piece", "Convention", ".pdf", 10_000_000, kept="convention.pdf") }}
 <p class="brouillon-etat mt4" role="status" data-brouillon-etat></p>
 <div class="actions mt5"><button class="bouton" type="submit" data-dialogue="confirme">Rendre la décision</button></div>
</form></div>
{% call ui::section("histoire", "Historique") %}{{ ui::history(history) }}{% endcall %}
</div>
{% call ui::section("afaire", "À faire") %}{{ ui::tasks(tasks) }}{% endcall %}
{% call ui::section("liste", "Liste") %}
<div data-selection>
{% call ui::table("Demandes", caption="Les demandes en cours") %}
<thead><tr role="row"><td class="case"><input type="checkbox" data-tout aria-label="Tout sélectionner"></td><th scope="col">Structure</th><th scope="col" class="num">Postes</th><th scope="col">État</th></tr></thead>
<tbody><tr role="row"><td class="case" role="cell"><input type="checkbox" data-ligne aria-label="Sélectionner Les Trois Fontaines"></td><th scope="row" role="rowheader" class="tete-ligne">Les Trois Fontaines</th><td role="cell" class="num" data-t="Postes">{{ posts|integer }}</td><td role="cell" class="etat-ligne">{{ ui::status(statuses[0]) }}</td></tr></tbody>
{% endcall %}
<div class="lot" data-lot><b data-lot-compte data-un="1 demande sélectionnée" data-plusieurs="# demandes sélectionnées">Demandes sélectionnées</b></div>
</div>
{{ ui::pagination(pages) }}
{% endcall %}
{{ ui::empty("Aucune demande à affecter", "Les prochaines demandes apparaîtront ici.", action="Ouvrir une demande", href="/agrements/nouveau") }}
{{ ui::as_of(past, note="L’identité est celle d’aujourd’hui.") }}
{{ ui::message(tones[2], "Deux pièces arrivent à échéance.", "La première dans deux jours.") }} <p>{{ day|short_date }}</p>
{% call ui::message_block(tones[3]) %}<p><b>L’envoi a échoué.</b> Le fichier dépasse {{ size|file_size }}.</p>{% endcall %}
<p class="petit doux">Scellé le {{ instant|date_time("Indian/Mayotte") }}, {{ day|date }}.</p>
{% endblock %}
{% block dialogues %}{% call ui::dialog("confirme", "decision", "Accorder sous réserve ?", "Revenir au dossier", "Rendre la décision") %}<p>À l’enregistrement :</p><ul class="effets"><li>la décision part à la structure ;</li><li>elle est inscrite au journal.</li></ul>{% endcall %}{% endblock %}"##
)]
struct Gallery {
    shell: Shell,
    summary: Option<ErrorSummary>,
    form: FormState,
    statuses: [Status; 6],
    tones: [Tone; 4],
    facts: Vec<Fact>,
    steps: Vec<Step>,
    checks: Vec<Check>,
    choices: Vec<Choice>,
    history: Vec<HistoryLine>,
    tasks: Vec<TaskGroup>,
    pages: Pagination,
    day: Date,
    hour: Time,
    instant: OffsetDateTime,
    posts: i64,
    size: u64,
    past: AsOf,
}

/// The sheet, as a page that comes back with faults.
pub(super) fn render() -> String {
    let form = faulty_form();
    Gallery {
        shell: connected("Maraîchage des Trois Fontaines", "/agrements/AGR-2026-0042").with_errors(true),
        summary: form.summary("La décision n’est pas enregistrée"),
        form,
        statuses: STATUSES,
        tones: [Tone::Done, Tone::Info, Tone::Warning, Tone::Problem],
        facts: facts(),
        steps: steps(),
        checks: checks(),
        choices: choices(),
        history: history(),
        tasks: tasks(),
        pages: Pagination {
            first: Some("/agrements".to_owned()),
            next: Some("/agrements?cursor=abc".to_owned()),
        },
        day: date!(2026 - 01 - 16),
        hour: time!(9:30),
        instant: datetime!(2026-01-16 06:00 UTC),
        posts: 1_250,
        size: 10_000_000,
        past: AsOf { day: date!(2023 - 12 - 31), back: words("/intervenants") },
    }
    .render()
    .unwrap()
}

fn faulty_form() -> FormState {
    let faults = [
        ("/decision", "Choisissez une décision"),
        ("/siret", "Le numéro SIRET compte 14 chiffres\u{202f}: il en manque un"),
        ("", "La commission n’est pas encore ouverte"),
    ];
    FormState::filled([
        ("siret", "000 111 222 0003"),
        ("reason", "Convention & <signature>"),
        ("sites", "grant"),
    ])
    .with_errors(faults.into_iter().collect())
    .with_version(3)
}

fn facts() -> Vec<Fact> {
    vec![
        Fact::new("Structure", "Maraîchage des Trois Fontaines")
            .to("/structures/1")
            .with_note("Agen (47), 18 postes"),
        Fact::new("SIRET", "000 000 000 00047").mono(),
        Fact::new("Instruction", "Camille N."),
    ]
}

fn steps() -> Vec<Step> {
    vec![
        Step::new("Dépôt", "2 oct.", Stage::Done),
        Step::new("Complétude", "16 oct.", Stage::Done),
        Step::new("Commission", "jeudi 18 janv.", Stage::Current),
        Step::new("Convention", "", Stage::Ahead),
    ]
}

fn checks() -> Vec<Check> {
    [
        (CheckMark::Good, "Acceptée", "Projet pédagogique", "P05, PDF de 14 pages"),
        (CheckMark::Waiting, "Sous réserve", "Convention d’immersion", "P11, signature attendue"),
        (CheckMark::Bad, "Refusée", "Assurance", "P12, échue"),
        (CheckMark::Open, "À déposer", "Bilan de la période", ""),
    ]
    .into_iter()
    .map(|(mark, word, title, note)| Check {
        mark,
        word: word.to_owned(),
        title: title.to_owned(),
        note: note.to_owned(),
        action: Some(Link::new("Ouvrir", "/documents/1")),
    })
    .collect()
}

fn choices() -> Vec<Choice> {
    vec![
        Choice::new("grant", "Accorder"),
        Choice::new("reserve", "Accorder sous réserve").with_help("Chaque réserve a une échéance."),
    ]
}

fn history() -> Vec<HistoryLine> {
    [
        ("20 déc.", "9 h 02", "Inscrite à la commission", "Camille N.", false),
        ("9 oct.", "", "Rappel", "Envoi automatique", true),
    ]
    .into_iter()
    .map(|(day, time, what, who, system)| HistoryLine {
        day: words(day),
        time: words(time),
        what: words(what),
        who: words(who),
        system,
        href: String::new(),
    })
    .collect()
}

fn tasks() -> Vec<TaskGroup> {
    let task = Task {
        when: words("10 janv."),
        title: words("Pièces attendues, agrément"),
        reference: words("AGR-2026-0009"),
        why: words("Deux pièces demandées le 11 décembre, aucune réponse."),
        note: String::new(),
        verb: words("Relancer"),
        href: words("/agrements/AGR-2026-0009"),
        follow: String::new(),
    };
    [Urgency::Late, Urgency::Today, Urgency::Coming]
        .into_iter()
        .map(|urgency| TaskGroup { urgency, tasks: vec![task.clone()] })
        .collect()
}
