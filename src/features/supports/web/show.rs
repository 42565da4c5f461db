//! `/appuis/{number}`: one teaching support, and what may be done with it now.

use askama::Template;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::queries::{self, Whole};
use super::super::{labels, state};
use super::labels as words;
use super::step::offered;
use crate::features::agreements::{labels as desk, wording};
use crate::http::web::component::{Fact, Link, Status};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/supports/show.html")]
pub struct ShowPage {
    /// The shell.
    pub shell: Shell,
    /// Its number.
    pub number: String,
    /// For whom, about what.
    pub about: String,
    /// Where it stands.
    pub status: Status,
    /// The margin.
    pub facts: Vec<Fact>,
    /// What may be done.
    pub acts: Vec<Link>,
    /// What takes something away.
    pub grave: Vec<Link>,
    /// Heads and paragraphs.
    pub texts: Vec<(&'static str, Vec<String>)>,
    /// The gaps that it helps to put right.
    pub gaps: Vec<String>,
    /// What it forbids for a while, once given; empty before.
    pub independence: &'static str,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    let found = queries::by_number(page.app.db.read(), page.actor(), &number).await;
    let whole = found.map_err(WebError::from)?;
    let row = &whole.dossier.support;
    let link = |act: &super::SupportAct| {
        Link::new(words::of(*act).title, format!("/appuis/{}/{}", row.number, act.verb()))
    };
    let offered = offered(page.actor(), &whole.dossier);
    let staff = page.actor().is_staff();
    let context = ShowPage {
        shell: page.shell(whole.dossier.structure.name.clone()),
        number: row.number.clone(),
        about: whole.dossier.about().to_owned(),
        status: labels::state(row.state),
        facts: facts(&whole, staff),
        acts: offered.iter().filter(|act| !act.is_danger()).map(link).collect(),
        grave: offered.iter().filter(|act| act.is_danger()).map(link).collect(),
        texts: texts(&whole),
        gaps: whole.gaps.iter().map(|gap| format!("{} {}", gap.criterion, gap.finding)).collect(),
        independence: if state::is_given(row.state) && staff { words::INDEPENDENCE } else { "" },
    };
    page.answer(&context)
}

fn facts(whole: &Whole, staff: bool) -> Vec<Fact> {
    let (row, structure) = (&whole.dossier.support, &whole.dossier.structure);
    let named = Fact::new("Structure", structure.name.clone());
    let mut facts = vec![
        Fact::new("Appui", row.number.clone()).mono(),
        if staff { named.to(format!("/structures/{}", structure.siren)) } else { named },
        Fact::new("Origine", labels::origin(row.origin)),
        Fact::new("Mode", desk::visit_mode(row.mode)),
    ];
    if let Some(at) = row.starts_at {
        facts.push(Fact::new(words::STARTS, wording::instant(*at, &row.zone)).with_note(row.place.clone()));
    }
    if let Some(person) = &whole.expert {
        facts.push(Fact::new("Personne", person.name()));
    }
    if let Some(mission) = whole.mission.as_ref().filter(|_| staff) {
        facts.push(Fact::new("Mission", mission.number.clone()).to(format!("/missions/{}", mission.number)));
    }
    if let Some(half_days) = row.half_days {
        facts.push(Fact::new(words::LASTS, words::half_days(half_days)));
    }
    if let Some(payer) = row.payer {
        let cost = row.cost_cents.map(words::cost).unwrap_or_default();
        facts.push(Fact::new("Financement", labels::payer(payer)).with_note(cost));
    }
    if let Some(satisfaction) = row.satisfaction {
        facts.push(Fact::new("Avis de la structure", words::satisfaction(satisfaction)));
    }
    facts
}

fn texts(whole: &Whole) -> Vec<(&'static str, Vec<String>)> {
    let row = &whole.dossier.support;
    let all = [
        ("Besoin", Some(row.need.as_str())),
        ("Objectifs", Some(row.objectives.as_str())),
        ("Motif", row.reason.as_deref()),
        (words::PERSONS, row.persons.as_deref()),
        ("Compte rendu", row.report.as_deref()),
        ("Actions pour la suite", row.actions.as_deref()),
        (words::SAID, row.satisfaction_text.as_deref()),
    ];
    let read = |(head, text): (&'static str, Option<&str>)| (head, wording::items(text.unwrap_or_default()));
    all.into_iter().map(read).filter(|(_, lines)| !lines.is_empty()).collect()
}
