//! The parts of a referential that a form changes: what the form shows, what it changes, where its faults go.

use entity::access_route::Way;
use entity::epreuve::{EpreuveKind, Scale};
use entity::jury_rules::{Majority, President};
use entity::result_rules::Combine;

use crate::http::web::FormData;
use crate::rules::referential::{Bloc, Document, Epreuve, JuryRules, ResultRules, Route, Skill};

/// What says that the thing is taken away.
pub(super) const REMOVAL: &str = "retirer";
const YES: &str = "oui";

/// A part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The list of families.
    Families,
    /// One bloc.
    Bloc,
    /// One skill.
    Skill,
    /// One épreuve.
    Epreuve,
    /// Every way.
    Routes,
    /// The rules of the jury.
    Jury,
    /// The rules of results.
    Results,
}

impl Part {
    const ALL: [Self; 7] =
        [Self::Families, Self::Bloc, Self::Skill, Self::Epreuve, Self::Routes, Self::Jury, Self::Results];

    /// Its word in addresses.
    #[must_use]
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Families => "familles",
            Self::Bloc => "blocs",
            Self::Skill => "competences",
            Self::Epreuve => "epreuves",
            Self::Routes => "voies",
            Self::Jury => "jury",
            Self::Results => "resultats",
        }
    }

    /// The part of a word.
    #[must_use]
    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.word() == word)
    }

    /// How many things the part has, and where the one named is.
    fn found(self, item: Option<&str>, document: &Document) -> (usize, Option<usize>) {
        match self {
            Self::Bloc => (document.blocs.len(), document.bloc_at(item)),
            Self::Skill => (document.skills.len(), document.skill_at(item)),
            Self::Epreuve => (document.epreuves.len(), document.epreuve_at(item)),
            _ => (0, None),
        }
    }

    /// What the form shows of what is recorded; nothing when there is no such thing.
    #[must_use]
    pub(super) fn values(self, item: Option<&str>, document: &Document) -> Option<Vec<(String, String)>> {
        let (count, found) = self.found(item, document);
        if item.is_some() && found.is_none() {
            return None;
        }
        let rank = found.unwrap_or(count) + 1;
        let mut values = match self {
            Self::Families => vec![pair("families", document.families.join("\n"))],
            Self::Bloc => found.map(|at| bloc_values(&document.blocs[at])).unwrap_or_default(),
            Self::Skill => found.map(|at| skill_values(&document.skills[at])).unwrap_or_default(),
            Self::Epreuve => found.map_or_else(new_epreuve, |at| epreuve_values(&document.epreuves[at])),
            Self::Routes => Way::all().map(|way| pair(&way.word(), way_value(way, document))).collect(),
            Self::Jury => jury_values(&document.jury),
            Self::Results => result_values(&document.results),
        };
        if matches!(self, Self::Bloc | Self::Skill | Self::Epreuve) {
            values.push(pair("rank", rank));
        }
        Some(values)
    }

    /// Where the thing will be, counted from 0.
    #[must_use]
    pub(super) fn position(self, item: Option<&str>, form: &FormData, document: &Document) -> usize {
        let (count, found) = self.found(item, document);
        let others = count - usize::from(found.is_some());
        let typed = form.text("rank").parse::<usize>().ok().filter(|rank| *rank > 0);
        typed.map(|rank| rank - 1).or(found).unwrap_or(others).min(others)
    }

    /// Changes the part as typed.
    pub(super) fn apply(self, item: Option<&str>, form: &FormData, document: &mut Document) {
        let rank = self.position(item, form, document);
        match (self, item.filter(|_| form.text(REMOVAL) == YES)) {
            (Self::Bloc, Some(code)) => document.remove_bloc(code),
            (Self::Skill, Some(code)) => document.remove_skill(code),
            (Self::Epreuve, Some(code)) => document.remove_epreuve(code),
            (Self::Bloc, None) => document.put_bloc(item, bloc(form), rank),
            (Self::Skill, None) => document.put_skill(item, skill(form), rank),
            (Self::Epreuve, None) => document.put_epreuve(item, epreuve(form), rank),
            (Self::Families, _) => document.families = lines(form.text("families")),
            (Self::Routes, _) => document.routes = routes(form),
            (Self::Jury, _) => document.jury = jury(form),
            (Self::Results, _) => document.results = results(form),
        }
    }

    /// The field that a fault of the whole is about; empty when it is about none of this form.
    #[must_use]
    pub(super) fn field(self, position: usize, pointer: &str) -> String {
        let inside = match self {
            Self::Families if pointer.starts_with("/families") => return "/families".to_owned(),
            Self::Families | Self::Routes => return String::new(),
            Self::Bloc => format!("/blocs/{position}"),
            Self::Skill => format!("/skills/{position}"),
            Self::Epreuve => format!("/epreuves/{position}"),
            Self::Jury => "/jury".to_owned(),
            Self::Results => "/results".to_owned(),
        };
        let rest = pointer.strip_prefix(&inside).filter(|rest| rest.starts_with('/'));
        rest.map(str::to_owned).unwrap_or_default()
    }
}

fn pair(name: &str, value: impl ToString) -> (String, String) {
    (name.to_owned(), value.to_string())
}

fn ticked(name: &str, value: bool) -> (String, String) {
    pair(name, if value { YES } else { "" })
}

fn given(name: &str, value: Option<i32>) -> (String, String) {
    pair(name, value.map(|value| value.to_string()).unwrap_or_default())
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

/// A number that is none is out of every range: the rules say which is expected.
fn number(form: &FormData, name: &str) -> i32 {
    form.text(name).parse().unwrap_or(i32::MIN)
}

fn optional(form: &FormData, name: &str) -> Option<i32> {
    form.optional(name).map(|_| number(form, name))
}

fn yes(form: &FormData, name: &str) -> bool {
    form.text(name) == YES
}

fn all(form: &FormData, name: &str) -> Vec<String> {
    form.all(name).into_iter().filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

fn bloc_values(bloc: &Bloc) -> Vec<(String, String)> {
    vec![pair("code", &bloc.code), pair("title", &bloc.title), ticked("optional", bloc.optional)]
}

fn bloc(form: &FormData) -> Bloc {
    let text = |name: &str| form.text(name).to_owned();
    Bloc { code: text("code"), title: text("title"), optional: yes(form, "optional") }
}

fn skill_values(skill: &Skill) -> Vec<(String, String)> {
    vec![
        pair("code", &skill.code),
        pair("wording", &skill.wording),
        pair("family", &skill.family),
        pair("criteria", skill.criteria.join("\n")),
        pair("bloc", skill.bloc.clone().unwrap_or_default()),
    ]
}

fn skill(form: &FormData) -> Skill {
    let text = |name: &str| form.text(name).to_owned();
    Skill {
        code: text("code"),
        wording: text("wording"),
        family: text("family"),
        criteria: lines(form.text("criteria")),
        bloc: form.optional("bloc").map(str::to_owned),
    }
}

fn new_epreuve() -> Vec<(String, String)> {
    vec![
        pair("kind", EpreuveKind::Entretien.word()),
        pair("scale", Scale::Binary.word()),
        pair("minutes", 0),
        pair("assessors", 0),
    ]
}

fn epreuve_values(epreuve: &Epreuve) -> Vec<(String, String)> {
    let mut values = vec![
        pair("code", &epreuve.code),
        pair("title", &epreuve.title),
        pair("kind", epreuve.kind.word()),
        pair("scale", epreuve.scale.word()),
        given("threshold", epreuve.threshold),
        given("out_of", epreuve.out_of),
        pair("minutes", epreuve.minutes),
        pair("assessors", epreuve.assessors),
    ];
    values.extend(epreuve.blocs.iter().map(|code| pair("blocs", code)));
    values.extend(epreuve.skills.iter().map(|code| pair("skills", code)));
    values
}

fn epreuve(form: &FormData) -> Epreuve {
    let text = |name: &str| form.text(name).to_owned();
    Epreuve {
        code: text("code"),
        title: text("title"),
        kind: EpreuveKind::from_word(form.text("kind")).unwrap_or(EpreuveKind::Entretien),
        scale: Scale::from_word(form.text("scale")).unwrap_or(Scale::Binary),
        threshold: optional(form, "threshold"),
        out_of: optional(form, "out_of"),
        minutes: number(form, "minutes"),
        assessors: number(form, "assessors"),
        blocs: all(form, "blocs"),
        skills: all(form, "skills"),
    }
}

fn way_value(way: Way, document: &Document) -> &'static str {
    match document.routes.iter().find(|route| route.way == way).map(|route| route.allowed) {
        Some(true) => YES,
        Some(false) => "non",
        None => "",
    }
}

fn routes(form: &FormData) -> Vec<Route> {
    let route = |way: Way| {
        let allowed = match form.text(&way.word()) {
            YES => true,
            "non" => false,
            _ => return None,
        };
        Some(Route { way, allowed })
    };
    Way::all().filter_map(route).collect()
}

fn jury_values(rules: &JuryRules) -> Vec<(String, String)> {
    vec![
        pair("president", rules.president.word()),
        pair("employers_min", rules.employers_min),
        pair("employees_min", rules.employees_min),
        pair("others_max", rules.others_max),
        given("observers_max", rules.observers_max),
        pair("quorum_employers", rules.quorum_employers),
        pair("quorum_employees", rules.quorum_employees),
        pair("quorum_total", rules.quorum_total),
        pair("majority", rules.majority.word()),
        ticked("casting_vote", rules.casting_vote),
        ticked("abstention_counts", rules.abstention_counts),
        pair("max_per_half_day", rules.max_per_half_day),
        pair("minutes_per_candidate", rules.minutes_per_candidate),
        pair("rotation_limit", rules.rotation_limit),
        pair("president_days", rules.president_days),
        pair("members_days", rules.members_days),
        pair("candidates_days", rules.candidates_days),
        pair("files_days", rules.files_days),
        ticked("remote_allowed", rules.remote_allowed),
        ticked("remote_in_quorum", rules.remote_in_quorum),
        ticked("cpnef_validation", rules.cpnef_validation),
        pair("cpnef_signer", rules.cpnef_signer.clone().unwrap_or_default()),
    ]
}

fn jury(form: &FormData) -> JuryRules {
    JuryRules {
        president: President::from_word(form.text("president")).unwrap_or(President::Mandataire),
        employers_min: number(form, "employers_min"),
        employees_min: number(form, "employees_min"),
        others_max: number(form, "others_max"),
        observers_max: optional(form, "observers_max"),
        quorum_employers: number(form, "quorum_employers"),
        quorum_employees: number(form, "quorum_employees"),
        quorum_total: number(form, "quorum_total"),
        majority: Majority::from_word(form.text("majority")).unwrap_or(Majority::Absolute),
        casting_vote: yes(form, "casting_vote"),
        abstention_counts: yes(form, "abstention_counts"),
        max_per_half_day: number(form, "max_per_half_day"),
        minutes_per_candidate: number(form, "minutes_per_candidate"),
        rotation_limit: number(form, "rotation_limit"),
        president_days: number(form, "president_days"),
        members_days: number(form, "members_days"),
        candidates_days: number(form, "candidates_days"),
        files_days: number(form, "files_days"),
        remote_allowed: yes(form, "remote_allowed"),
        remote_in_quorum: yes(form, "remote_in_quorum"),
        cpnef_validation: yes(form, "cpnef_validation"),
        cpnef_signer: form.optional("cpnef_signer").map(|signer| signer.trim().to_owned()),
    }
}

fn result_values(rules: &ResultRules) -> Vec<(String, String)> {
    vec![
        pair("combine", rules.combine.word()),
        ticked("partial_allowed", rules.partial_allowed),
        pair("bloc_validity_years", rules.bloc_validity_years),
        pair("resit_years", rules.resit_years),
        pair("resit_gap_months", rules.resit_gap_months),
        ticked("resit_missing_only", rules.resit_missing_only),
        pair("appeal_months", rules.appeal_months),
        pair("appeal_ack_days", rules.appeal_ack_days),
        pair("appeal_answer_months", rules.appeal_answer_months),
        ticked("grades_printed", rules.grades_printed),
    ]
}

fn results(form: &FormData) -> ResultRules {
    ResultRules {
        combine: Combine::from_word(form.text("combine")).unwrap_or(Combine::Every),
        partial_allowed: yes(form, "partial_allowed"),
        bloc_validity_years: number(form, "bloc_validity_years"),
        resit_years: number(form, "resit_years"),
        resit_gap_months: number(form, "resit_gap_months"),
        resit_missing_only: yes(form, "resit_missing_only"),
        appeal_months: number(form, "appeal_months"),
        appeal_ack_days: number(form, "appeal_ack_days"),
        appeal_answer_months: number(form, "appeal_answer_months"),
        grades_printed: yes(form, "grades_printed"),
    }
}

#[cfg(test)]
mod tests;
