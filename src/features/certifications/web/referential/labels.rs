//! French words of the pages of referentials.

use entity::access_route::Way;
use entity::epreuve::{EpreuveKind, Scale};
use entity::jury_rules::{Majority, President};
use entity::referential::ReferentialState;
use entity::result_rules::Combine;

use super::super::super::queries::referential::{Concerned, Consequences};
use super::part::Part;
use crate::http::web::component::{Choice, Color, Fact, Status};
use crate::http::web::layout::Flash;
use crate::render::french::{THIN, list, plural};
use crate::rules::referential::{Epreuve, JuryRules, ResultRules};

/// Above the faults of a form.
pub(super) const NOT_RECORDED: &str = "Les changements ne sont pas encore enregistrés";
/// Above what lacks.
pub(super) const NOT_PUBLISHED: &str = "Le référentiel n’est pas encore publié";
/// Where there is no bloc.
pub(super) const SKILLS: &str = "Compétences";
/// Skills that no bloc holds, where there are some.
pub(super) const LOOSE_SKILLS: &str = "Compétences hors bloc";
/// Title of the import.
pub(super) const IMPORT: &str = "Importer le référentiel";
/// The question before it is published.
pub(super) const PUBLISH: &str = "Publier cette révision\u{202f}?";
/// The button that publishes.
pub(super) const PUBLISH_ACT: &str = "Publier la révision";
/// The question before a draft is thrown away.
pub(super) const DISCARD: &str = "Abandonner ce brouillon\u{202f}?";
/// The button that throws it away.
pub(super) const DISCARD_ACT: &str = "Abandonner le brouillon";
/// The way back from a question.
pub(super) const KEEP: &str = "Garder le brouillon";
/// What throwing away does.
pub(super) const DISCARDED: &str =
    "les changements de ce brouillon sont retirés du référentiel. Le journal garde ce qu’il contenait.";

/// The title of the page of a version.
#[must_use]
pub(super) fn title(label: &str) -> String {
    format!("Référentiel de la version {label}")
}

/// What a confirmation is about.
#[must_use]
pub(super) fn about(certification: &str, label: &str, revision: i32) -> String {
    format!("{certification}, version {label}, révision {revision}. À l’enregistrement{THIN}:")
}

/// « Révision 2 ».
#[must_use]
pub(super) fn revision(number: i32) -> String {
    format!("Révision {number}")
}

/// Where a revision stands.
#[must_use]
pub(super) const fn state(state: ReferentialState) -> Status {
    match state {
        ReferentialState::Draft => Status::new("Brouillon", "cercle", Color::Ocre),
        ReferentialState::Published => Status::new("Publié", "coche", Color::Pre),
    }
}

/// Whether a way is open; nothing when nobody said it.
#[must_use]
pub(super) const fn openness(allowed: Option<bool>) -> Status {
    match allowed {
        Some(true) => Status::new("Ouverte", "coche", Color::Pre),
        Some(false) => Status::new("Fermée", "croix", Color::Ardoise),
        None => Status::new("À décider", "horloge", Color::Ocre),
    }
}

/// The title of the form of a part.
#[must_use]
pub(super) fn part(part: Part, item: Option<&str>) -> String {
    let named =
        |new: &str, known: &str| item.map_or_else(|| new.to_owned(), |code| format!("{known} {code}"));
    match part {
        Part::Families => "Familles de compétences".to_owned(),
        Part::Bloc => named("Nouveau bloc", "Bloc"),
        Part::Skill => named("Nouvelle compétence", "Compétence"),
        Part::Epreuve => named("Nouvelle épreuve", "Épreuve"),
        Part::Routes => "Voies d’accès".to_owned(),
        Part::Jury => "Règles du jury".to_owned(),
        Part::Results => "Règles de résultat".to_owned(),
    }
}

/// The button that takes a thing away.
#[must_use]
pub(super) const fn removal(part: Part) -> &'static str {
    match part {
        Part::Bloc => "Retirer ce bloc",
        Part::Skill => "Retirer cette compétence",
        _ => "Retirer cette épreuve",
    }
}

/// What the candidate does.
#[must_use]
pub(super) const fn kind(kind: EpreuveKind) -> &'static str {
    match kind {
        EpreuveKind::ObservationSituation => "Observation en situation de travail",
        EpreuveKind::MiseEnSituation => "Mise en situation",
        EpreuveKind::Questionnaire => "Questionnaire",
        EpreuveKind::Dossier => "Dossier lu par le jury",
        EpreuveKind::Entretien => "Entretien avec le jury",
        EpreuveKind::PresentationOrale => "Présentation orale",
        EpreuveKind::RapportTuteur => "Rapport du tuteur",
    }
}

/// How it is marked, as a choice.
#[must_use]
pub(super) const fn scale(scale: Scale) -> &'static str {
    match scale {
        Scale::Binary => "Acquis ou non acquis",
        Scale::FourLevels => "Quatre niveaux",
        Scale::Numeric => "Note",
    }
}

/// How it is marked, with its threshold.
#[must_use]
pub(super) fn marking(epreuve: &Epreuve) -> String {
    let (threshold, most) = (epreuve.threshold.unwrap_or_default(), epreuve.out_of.unwrap_or_default());
    match epreuve.scale {
        Scale::Binary => scale(Scale::Binary).to_owned(),
        Scale::FourLevels => format!("Quatre niveaux, réussie dès le niveau {threshold}"),
        Scale::Numeric => format!("Note sur {most}, réussie dès {threshold}"),
    }
}

/// How long it lasts, and with whom.
#[must_use]
pub(super) fn holding(epreuve: &Epreuve) -> String {
    let lasts = match epreuve.minutes {
        0 => "Au fil du parcours".to_owned(),
        minutes => plural(minutes.into(), "minute", "minutes"),
    };
    match epreuve.assessors {
        0 => lasts,
        assessors => format!("{lasts}, {}", plural(assessors.into(), "évaluateur", "évaluateurs")),
    }
}

/// A way to a certification.
#[must_use]
pub(super) const fn way(way: Way) -> &'static str {
    match way {
        Way::Fc => "Formation continue",
        Way::ContratPro => "Contrat de professionnalisation",
        Way::Ca => "Apprentissage",
        Way::Fi => "Formation initiale",
        Way::Vae => "Validation des acquis de l’expérience (VAE)",
        Way::CandidatLibre => "Candidat libre",
    }
}

/// The answers about a way.
#[must_use]
pub(super) fn way_choices() -> Vec<Choice> {
    vec![Choice::new("oui", "Ouverte"), Choice::new("non", "Fermée"), Choice::new("", "À décider")]
}

/// Who presides.
#[must_use]
pub(super) const fn president(president: President) -> &'static str {
    match president {
        President::Mandataire => "Un mandataire habilité le jour du jury",
        President::CollegesInTurn => "Un membre d’un collège, puis de l’autre",
    }
}

/// How a jury decides.
#[must_use]
pub(super) const fn majority(majority: Majority) -> &'static str {
    match majority {
        Majority::Absolute => "Majorité absolue",
        Majority::TwoThirds => "Majorité des deux tiers",
        Majority::Unanimity => "Unanimité",
    }
}

/// What several épreuves say together.
#[must_use]
pub(super) const fn combine(combine: Combine) -> &'static str {
    match combine {
        Combine::Every => "Acquise quand toutes les épreuves sont réussies",
        Combine::Any => "Acquise dès qu’une épreuve est réussie",
        Combine::Agree => {
            "Ce que disent les épreuves concordantes\u{202f}; le jury décide si elles divergent"
        }
    }
}

const fn yes(value: bool) -> &'static str {
    if value { "Oui" } else { "Non" }
}

fn days(count: i32) -> String {
    format!("{} avant le jury", plural(count.into(), "jour", "jours"))
}

/// The rules of a jury, one a line.
#[must_use]
pub(super) fn jury(rules: &JuryRules) -> Vec<Fact> {
    let least = |count: i32| plural(count.into(), "membre au moins", "membres au moins");
    let observers =
        rules.observers_max.map_or_else(|| "Sans limite".to_owned(), |most| format!("{most} au plus"));
    let quorum = format!(
        "{} votants, dont {} du collège employeurs et {} du collège salariés",
        rules.quorum_total, rules.quorum_employers, rules.quorum_employees
    );
    vec![
        Fact::new("Présidence", president(rules.president)),
        Fact::new("Collège employeurs", least(rules.employers_min)),
        Fact::new("Collège salariés", least(rules.employees_min)),
        Fact::new("Autres professionnels", format!("{} au plus", rules.others_max)),
        Fact::new("Observateurs, sans voix", observers),
        Fact::new("Quorum", quorum),
        Fact::new("Décision", majority(rules.majority)),
        Fact::new("Voix prépondérante du président", yes(rules.casting_vote)),
        Fact::new("L’abstention compte comme une présence", yes(rules.abstention_counts)),
        Fact::new("Candidats par demi-journée", format!("{} au plus", rules.max_per_half_day)),
        Fact::new("Temps par candidat", plural(rules.minutes_per_candidate.into(), "minute", "minutes")),
        Fact::new(
            "Même président dans une structure",
            format!("{} jurys de suite au plus", rules.rotation_limit),
        ),
        Fact::new("Désignation du président", days(rules.president_days)),
        Fact::new("Convocation des membres", days(rules.members_days)),
        Fact::new("Convocation des candidats", days(rules.candidates_days)),
        Fact::new("Envoi des dossiers au jury", days(rules.files_days)),
        Fact::new("Jury à distance", yes(rules.remote_allowed)),
        Fact::new("Un membre à distance compte dans le quorum", yes(rules.remote_in_quorum)),
        Fact::new("Validation des listes par la CPNEF", yes(rules.cpnef_validation))
            .with_note(rules.cpnef_signer.clone().unwrap_or_default()),
    ]
}

/// The rules of results, one a line.
#[must_use]
pub(super) fn results(rules: &ResultRules) -> Vec<Fact> {
    let years = |count: i32, none: &str| match count {
        0 => none.to_owned(),
        count => plural(count.into(), "an", "ans"),
    };
    let months = |count: i32| format!("{count} mois");
    vec![
        Fact::new("Compétence évaluée par plusieurs épreuves", combine(rules.combine)),
        Fact::new("Validation partielle, bloc par bloc", yes(rules.partial_allowed)),
        Fact::new("Durée de validité d’un bloc acquis", years(rules.bloc_validity_years, "À vie")),
        Fact::new(
            "Nouveaux passages, depuis l’inscription",
            years(rules.resit_years, "Sans limite de temps"),
        ),
        Fact::new("Entre deux passages", format!("{} au moins", months(rules.resit_gap_months))),
        Fact::new("Seul ce qui manque est repassé", yes(rules.resit_missing_only)),
        Fact::new("Délai de recours", months(rules.appeal_months)),
        Fact::new("Accusé de réception d’un recours", plural(rules.appeal_ack_days.into(), "jour", "jours")),
        Fact::new("Réponse à un recours", months(rules.appeal_answer_months)),
        Fact::new("Notes imprimées sur le parchemin", yes(rules.grades_printed)),
    ]
}

/// What a publication changes. A file is tied to a revision by its positioning, a jury by its date.
#[must_use]
pub(super) fn publication(found: &Consequences, concerned: &Concerned) -> Vec<String> {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let mut effects = super::super::super::labels::consequences(found);
    effects.push(format!("les positionnements à venir suivent cette révision{THIN};"));
    for (number, one, many) in [
        (
            concerned.untied,
            "candidat déjà inscrit, sans positionnement rattaché à une révision, la suit aussi",
            "candidats déjà inscrits, sans positionnement rattaché à une révision, la suivent aussi",
        ),
        (
            concerned.tied,
            "candidat garde dans son livret la révision de son positionnement",
            "candidats gardent dans leur livret la révision de leur positionnement",
        ),
    ] {
        if number > 0 {
            effects.push(format!("{}{THIN};", plural(count(number), one, many)));
        }
    }
    effects.push(format!(
        "les jurys dont la date est fixée à partir de maintenant jugent tous leurs candidats sur cette révision{THIN};"
    ));
    if concerned.planned > 0 {
        let kept = plural(
            count(concerned.planned),
            "jury à venir garde la révision qui valait quand sa date a été fixée",
            "jurys à venir gardent la révision qui valait quand leur date a été fixée",
        );
        effects.push(format!("{kept}{THIN};"));
    }
    effects.push("elle ne peut plus être modifiée. Un changement demande une nouvelle révision.".to_owned());
    effects
}

/// What an épreuve assesses.
#[must_use]
pub(super) fn covers(epreuve: &Epreuve) -> String {
    let codes: Vec<&String> = epreuve.blocs.iter().chain(&epreuve.skills).collect();
    list(&codes)
}

/// A fault of a file, with its place.
#[must_use]
pub(super) fn at(pointer: &str, message: &str) -> String {
    format!("{pointer}{THIN}: {message}")
}

/// Said once a change is recorded.
#[must_use]
pub(super) fn recorded() -> Flash {
    Flash::done("Brouillon enregistré.", "")
}

/// Said once a draft is open.
#[must_use]
pub(super) fn opened() -> Flash {
    Flash::done("Brouillon ouvert.", "Il n’est lu que par l’équipe, jusqu’à sa publication.")
}

/// Said once published.
#[must_use]
pub(super) fn published() -> Flash {
    Flash::done("Référentiel publié.", "")
}

/// Said once thrown away.
#[must_use]
pub(super) fn discarded() -> Flash {
    Flash::done("Brouillon abandonné.", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_publication_counts_those_whom_it_concerns() {
        let told = |concerned: Concerned| publication(&Consequences::default(), &concerned).join(" ");
        let none = told(Concerned::default());
        assert!(!none.contains("candidat ") && !none.contains("jury à venir"), "{none}");
        assert!(none.contains("les jurys dont la date est fixée à partir de maintenant"), "{none}");
        let some = told(Concerned { untied: 2, tied: 1, planned: 1 });
        for expected in ["2 candidats déjà inscrits", "1 candidat garde", "1 jury à venir garde"] {
            assert!(some.replace('\u{a0}', " ").contains(expected), "{expected}: {some}");
        }
    }
}
