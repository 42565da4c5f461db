//! `/candidats/{number}`: who the candidate is, where the file stands, and what comes next.

mod person;
mod rows;

use askama::Template;
use entity::candidate::{self, JuryDecision};
use entity::candidate_piece::CandidatePieceKind;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use self::person::{civil, contact, identity, margin};
use self::rows::{DecisionRow, acquired, decision, documents, line, piece_rows, skills, stays, tied};
use super::super::dossier::Dossier;
use super::super::livret::labels as words;
use super::super::queries::{self, Entry, Whole};
use super::super::state::{State, Step, TABLE, is_decided, is_in_hands, is_over};
use super::super::stored::state_of;
use super::super::{CandidateError, labels, names, pieces, veil};
use crate::authz::{Permission, may};
use crate::http::web::component::{Check, Choice, Fact, HistoryLine, Link, Stage, Status, Step as Mark};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::rules::typed_date::iso;
pub use rows::{PieceRow, SkillRow};

/// `/candidats/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/candidates/show.html")]
#[expect(clippy::struct_excessive_bools, reason = "one for each act that the page may offer")]
pub struct CandidateShowPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Number.
    pub number: String,
    /// What they aim at.
    pub certification: String,
    /// Where the file stands.
    pub status: Status,
    /// The steps of the path.
    pub steps: Vec<Mark>,
    /// Who follows them, how they come to the certification.
    pub margin: Vec<Fact>,
    /// Civil status.
    pub identity: Vec<Fact>,
    /// How they are reached.
    pub contact: Vec<Fact>,
    /// « 85 % ».
    pub score: String,
    /// What lacks and what deserves a look in the civil status.
    pub civil: Vec<Check>,
    /// What the certifier asked for; empty when nothing.
    pub asked: String,
    /// Pieces.
    pub pieces: Vec<PieceRow>,
    /// The mandatory pieces that are not there.
    pub lacking: Vec<String>,
    /// Documents that the program made.
    pub documents: Vec<Link>,
    /// The positioning, once it is recorded.
    pub skills: Vec<SkillRow>,
    /// Ties with experts that the visitor may know, each in words.
    pub ties: Vec<String>,
    /// The page of the ties; none when the visitor may know none.
    pub ties_page: Option<Link>,
    /// What juries decided, the latest first.
    pub decisions: Vec<DecisionRow>,
    /// The blocs that juries gave, each with its title and when.
    pub acquired: Vec<SkillRow>,
    /// The structures, when there were several.
    pub stays: Vec<String>,
    /// The hash of the file as it was handed in; empty before.
    pub frozen: String,
    /// The history, newest first.
    pub history: Vec<HistoryLine>,
    /// Kinds of pieces.
    pub kinds: Vec<Choice>,
    /// Version, given back by the forms.
    pub version: i32,
    /// Pages of acts that the visitor may open.
    pub acts: Vec<Link>,
    /// The positioning may be recorded.
    pub may_position: bool,
    /// The path may begin.
    pub may_start: bool,
    /// The file may be handed in.
    pub may_submit: bool,
    /// What lacks may be asked for, and the candidate admitted.
    pub may_examine: bool,
    /// Another session may be found.
    pub may_resit: bool,
    /// Pieces may be added.
    pub may_add: bool,
    /// Which form comes back.
    pub returned: &'static str,
    /// Form of the first day of the path.
    pub start: FormState,
    /// Form of what lacks.
    pub ask: FormState,
    /// Form of a piece.
    pub piece: FormState,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(number): Path<String>) -> Result<Response> {
    answer(&page, StatusCode::OK, &number, "", FormState::default()).await
}

/// The page again, one of its forms with its faults.
pub(super) async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    returned: &'static str,
    form: FormState,
) -> Result<Response> {
    let read = async {
        let conn = page.app.db.read();
        let dossier = Dossier::by_number(conn, page.actor(), number).await?;
        let whole = queries::whole(conn, dossier).await?;
        let mut history = queries::history(conn, whole.dossier.candidate.id).await?;
        if veil::is_for(page.actor()) && whole.dossier.state() == State::Present {
            history.retain(|entry| !veil::QUIET.contains(&entry.event.code.as_str()));
        }
        let ties = queries::ties(conn, page.actor(), &whole.dossier).await?;
        let reviewed = whole.dossier.state() == State::UnderReview;
        let annulled = reviewed && queries::is_annulled(conn, whole.dossier.candidate.id).await?;
        let decided = queries::decided(conn, page.actor(), whole.dossier.candidate.id).await?;
        Ok::<_, CandidateError>((whole, history, ties, annulled, decided))
    };
    let (whole, history, ties, annulled, decided) = read.await.map_err(WebError::from)?;
    let mut context = context(page, &whole, history, returned, &form);
    context.ties = ties.iter().map(tied).collect();
    let given = decided.first().is_some_and(|last| !last.certificates.is_empty());
    context.steps = steps(&whole.dossier.candidate, given);
    context.decisions = decided.into_iter().map(decision).collect();
    if annulled {
        context.may_resit = may(page.actor(), Permission::CandidateExamine, &whole.dossier.facts());
    }
    page.answer_with(status, &context)
}

fn context(
    page: &Page,
    whole: &Whole,
    history: Vec<Entry>,
    returned: &'static str,
    form: &FormState,
) -> CandidateShowPage {
    let dossier = &whole.dossier;
    let row = &dossier.candidate;
    let (today, state, facts) = (page.app.today(), dossier.state(), dossier.facts());
    let allowed = |permission| may(page.actor(), permission, &facts);
    let edits = allowed(Permission::CandidateEdit) && (page.actor().is_staff() || is_in_hands(state));
    let summary = form.summary(labels::NOT_RECORDED);
    let own_form = |kind: &'static str, known: Vec<(&'static str, String)>| {
        let filled = if returned == kind { form.clone() } else { FormState::filled(known) };
        filled.with_version(row.version.into()).with_prefix(kind)
    };
    let positioned = row.referential_id.is_some();
    CandidateShowPage {
        shell: page.shell(names::in_a_sentence(row)).with_errors(summary.is_some()),
        summary,
        number: row.number.clone(),
        certification: dossier.certification.short_title.clone(),
        status: labels::status(row.state),
        steps: Vec::new(),
        margin: margin(dossier),
        identity: identity(dossier, today),
        contact: contact(dossier),
        score: format!("{}\u{202f}%", row.completeness),
        civil: civil(dossier, today),
        asked: row.asked_again.clone().unwrap_or_default(),
        pieces: piece_rows(whole, edits && is_in_hands(state)),
        lacking: pieces::lacking(whole.situation, &whole.kinds())
            .into_iter()
            .map(|kind| labels::pieces::piece(kind).to_owned())
            .collect(),
        documents: documents(whole),
        skills: if positioned { skills(whole) } else { Vec::new() },
        ties: Vec::new(),
        ties_page: allowed(Permission::CandidateTie)
            .then(|| Link::new(words::TIES, format!("{}/liens", dossier.path()))),
        decisions: Vec::new(),
        acquired: acquired(whole),
        stays: if whole.stays.len() > 1 { stays(whole) } else { Vec::new() },
        frozen: row.frozen_hash.as_ref().map(hex::encode).unwrap_or_default(),
        history: history.into_iter().map(|entry| line(&entry, &dossier.structure.zone)).collect(),
        kinds: CandidatePieceKind::all()
            .map(|kind| Choice::new(kind.word(), labels::pieces::piece(kind)))
            .collect(),
        version: row.version,
        acts: acts(page, dossier, edits),
        may_position: allowed(Permission::CandidatePosition) && TABLE.can(state, Step::RecordPositioning),
        may_start: allowed(Permission::CandidateStart) && TABLE.can(state, Step::StartPath),
        may_submit: allowed(Permission::CandidateSubmit) && TABLE.can(state, Step::SubmitFile),
        may_examine: allowed(Permission::CandidateExamine) && TABLE.can(state, Step::Admit),
        may_resit: allowed(Permission::CandidateExamine) && may_resit(row, state),
        may_add: edits && !is_over(state),
        returned,
        start: own_form("parcours", vec![("starts_on", iso(today))]),
        ask: own_form("complements", Vec::new()),
        piece: own_form("piece", Vec::new()),
    }
}

/// Whether the candidate may sit again, whatever an appeal annulled.
fn may_resit(row: &candidate::Model, state: State) -> bool {
    let told = !is_decided(state) && state != State::UnderReview;
    told && TABLE.can(state, Step::PlanResit) && row.decision != Some(JuryDecision::Total)
}

/// The pages of acts that the visitor may open on the file as it is.
fn acts(page: &Page, dossier: &Dossier, edits: bool) -> Vec<Link> {
    let (state, facts, path) = (dossier.state(), dossier.facts(), dossier.path());
    let allowed = |permission| may(page.actor(), permission, &facts);
    let offered = [
        (true, words::LIVRET, "livret"),
        (allowed(Permission::CandidateAdaptation), words::ADAPTATIONS, "adaptations"),
        (edits, labels::CIVIL_STATUS, "etat-civil"),
        (allowed(Permission::CandidateEdit), labels::CONTACT, "coordonnees"),
        (
            allowed(Permission::CandidateTransfer) && !is_over(state) && !TABLE.can(state, Step::MarkPresent),
            labels::TRANSFER,
            "structure",
        ),
        (
            allowed(Permission::CandidateWithdraw) && TABLE.can(state, Step::Withdraw),
            labels::WITHDRAWAL,
            "abandon",
        ),
        (
            allowed(Permission::CandidateExclude) && TABLE.can(state, Step::ExcludeForFraud),
            labels::EXCLUSION,
            "exclusion",
        ),
        (TABLE.can(state, Step::LodgeAppeal) || TABLE.can(state, Step::Uphold), labels::APPEAL, "recours"),
    ];
    let shown = offered.into_iter().filter(|(open, ..)| *open);
    shown.map(|(_, label, verb)| Link::new(label, format!("{path}/{verb}"))).collect()
}

/// The path, up to what is delivered; a decision that gives nothing is the last step.
fn steps(row: &candidate::Model, given: bool) -> Vec<Mark> {
    const PATH: [State; 6] = [
        State::Enrolled,
        State::Positioned,
        State::OnPath,
        State::FileSubmitted,
        State::Admitted,
        State::Summoned,
    ];
    let state = state_of(row.state);
    let [jury, decision, certificate] = [PATH.len(), PATH.len() + 1, PATH.len() + 2];
    let here = match state {
        State::FileIncomplete => Some(3),
        State::Withdrawn | State::Excluded => None,
        State::Present | State::Absent | State::AbsentExcused => Some(jury),
        State::Total
        | State::Partial
        | State::Refused
        | State::Adjourned
        | State::UnderReview
        | State::Appealed => Some(decision),
        State::Notified if !given => Some(certificate),
        State::Notified | State::Revoked => Some(certificate + 1),
        other => PATH.iter().position(|one| *one == other),
    };
    let gives = matches!(row.decision, Some(JuryDecision::Total | JuryDecision::Partial));
    let last = if state == State::Notified && !gives && !given { certificate } else { certificate + 1 };
    let stage = |rank: usize| match here {
        Some(here) if rank < here => Stage::Done,
        Some(here) if rank == here => Stage::Current,
        _ => Stage::Ahead,
    };
    let names = PATH.into_iter().map(labels::state_word).chain(labels::LATER).take(last);
    names.enumerate().map(|(rank, name)| Mark::new(name, String::new(), stage(rank))).collect()
}
