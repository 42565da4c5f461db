//! `/candidats`: the candidates that the visitor may see, the last enrolled first.

use askama::Template;
use entity::candidate::CandidateState;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;

use super::super::dossier::Dossier;
use super::super::queries::{self, Filter};
use super::super::{CandidateError, labels, names, veil};
use crate::authz::{Actor, Permission, rules};
use crate::db::{Cursor, PageRequest};
use crate::features::{certifications, structures};
use crate::http::web::address::with_query;
use crate::http::web::component::{Choice, Pagination, Status};
use crate::http::web::form::FormState;
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

const ROWS: u64 = 25;

/// The states that somebody has something to do about, whose counts are shown.
const COUNTED: [CandidateState; 5] = [
    CandidateState::FileSubmitted,
    CandidateState::FileIncomplete,
    CandidateState::OnPath,
    CandidateState::Admitted,
    CandidateState::Summoned,
];

/// One candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidateRow {
    /// Its page.
    pub href: String,
    /// Name, as in a sentence: the list is not sorted by it.
    pub name: String,
    /// Number.
    pub number: String,
    /// Who follows them; empty for a structure, which sees its own.
    pub structure: String,
    /// What they aim at.
    pub certification: String,
    /// The civil status lacks something.
    pub incomplete: bool,
    /// Where the file stands.
    pub status: Status,
}

/// How many candidates are in a state, and where they are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// « Dossier déposé : 4 ».
    pub label: String,
    /// The list of that state.
    pub href: String,
}

/// `/candidats`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/candidates/list.html")]
pub struct CandidatesPage {
    /// The shell.
    pub shell: Shell,
    /// The filters.
    pub form: FormState,
    /// States.
    pub states: Vec<Choice>,
    /// Certifications.
    pub certifications: Vec<Choice>,
    /// What waits, by state.
    pub counters: Vec<Counter>,
    /// Whether something is filtered.
    pub filtered: bool,
    /// The candidates.
    pub rows: Vec<CandidateRow>,
    /// Where the list continues.
    pub pages: Pagination,
    /// Whether the visitor may enrol somebody.
    pub may_enrol: bool,
    /// Whether the visitor sees several structures.
    pub is_house: bool,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    etat: String,
    structure: String,
    certification: String,
    suite: String,
}

/// Whether some role of this person enrols people, whatever the structure.
pub(super) fn may_enrol(actor: &Actor) -> bool {
    rules(Permission::CandidateEnrol).iter().any(|rule| rule.role.is_some_and(|role| actor.has(role)))
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let context = context(&page, &asked).await.map_err(WebError::from)?;
    page.answer(&context)
}

async fn context(page: &Page, asked: &Asked) -> std::result::Result<CandidatesPage, CandidateError> {
    let conn = page.app.db.read();
    let mut wanted = PageRequest::first(ROWS);
    wanted.after = Cursor::decode(&asked.suite);
    let first = wanted.after.is_none();
    let all = certifications::queries::all(conn).await?;
    let certification = all.iter().find(|one| one.certification.code == asked.certification);
    let siren: String = asked.structure.chars().filter(|c| !c.is_whitespace()).collect();
    let structure = if siren.is_empty() { None } else { structures::queries::id_of(conn, &siren).await? };
    let state = CandidateState::from_word(&asked.etat);
    let filter = Filter {
        q: asked.q.clone(),
        states: state.into_iter().collect(),
        structure,
        certification: certification.map(|one| one.certification.id),
        version: None,
    };
    // a SIREN that nobody knows lists nobody
    let unknown = !siren.is_empty() && structure.is_none();
    let mut found = queries::list(conn, page.actor(), &filter, &wanted).await?;
    if unknown {
        found.items.clear();
        found.next = None;
    }
    let is_house = page.actor().structures().next().is_none();
    let address = |after: &str| {
        let parts = [
            ("q", asked.q.as_str()),
            ("etat", asked.etat.as_str()),
            ("structure", siren.as_str()),
            ("certification", asked.certification.as_str()),
            ("suite", after),
        ];
        with_query("/candidats", &parts)
    };
    let counts = queries::counts(conn, page.actor()).await?;
    let counter = |state: CandidateState| {
        let count = counts.get(&state).copied().filter(|count| *count > 0)?;
        let href = with_query("/candidats", &[("etat", state.word().as_str())]);
        Some(Counter { label: labels::counter(state, count), href })
    };
    Ok(CandidatesPage {
        shell: page.shell(labels::CANDIDATES),
        form: FormState::filled([
            ("q", asked.q.clone()),
            ("etat", asked.etat.clone()),
            ("structure", siren.clone()),
            ("certification", asked.certification.clone()),
        ]),
        states: CandidateState::all()
            .filter(|state| !veil::is_for(page.actor()) || !veil::UNTOLD.contains(state))
            .map(|state| Choice::new(state.word(), labels::status(state).word))
            .collect(),
        certifications: all
            .iter()
            .map(|one| Choice::new(one.certification.code.clone(), one.certification.short_title.clone()))
            .collect(),
        counters: COUNTED.into_iter().filter_map(counter).collect(),
        filtered: !asked.q.is_empty() || state.is_some() || !siren.is_empty() || certification.is_some(),
        rows: found.items.iter().map(|dossier| row(dossier, is_house)).collect(),
        pages: Pagination {
            first: (!first).then(|| address("")),
            next: found.next.as_ref().map(|cursor| address(&cursor.encode())),
        },
        may_enrol: may_enrol(page.actor()),
        is_house,
    })
}

fn row(dossier: &Dossier, is_house: bool) -> CandidateRow {
    let row = &dossier.candidate;
    CandidateRow {
        href: dossier.path(),
        name: names::in_a_sentence(row),
        number: row.number.clone(),
        structure: if is_house { dossier.structure.name.clone() } else { String::new() },
        certification: dossier.certification.short_title.clone(),
        incomplete: row.completeness < 100,
        status: labels::status(row.state),
    }
}
