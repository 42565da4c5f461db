//! `/candidats/{number}`: who the candidate is, where the file stands, and what comes next.

use askama::Template;
use entity::candidate::{self, IdentityDocument, JuryDecision};
use entity::candidate_piece::CandidatePieceKind;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use time::Date;

use super::super::dossier::Dossier;
use super::super::livret::labels as words;
use super::super::queries::{self, Entry, Whole};
use super::super::state::{State, Step, can, is_decided, is_in_hands, is_over};
use super::super::stored::state_of;
use super::super::{CandidateError, input, labels, names, pieces, veil, wording};
use crate::authz::{Permission, may};
use crate::features::ties::judged::Bond;
use crate::http::web::component::{
    Check, CheckMark, Choice, Fact, HistoryLine, Link, Stage, Status, Step as Mark,
};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;
use crate::rules::civil_status::Field;
use crate::rules::civil_status::completeness::completeness;
use crate::rules::deadline::local;
use crate::rules::phone;
use crate::rules::typed_date::iso;

/// A piece that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceRow {
    /// What it is.
    pub title: &'static str,
    /// Name of the file.
    pub file_name: String,
    /// Where it is taken.
    pub href: String,
    /// The day it was sent.
    pub day: String,
    /// Where it is taken back; empty when it may not.
    pub remove: String,
}

/// A skill and what the positioning found of it; or a bloc and the jury that gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkillRow {
    /// Code.
    pub code: String,
    /// What it says.
    pub wording: String,
    /// What was found.
    pub result: String,
}

/// What a jury decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    /// Number of the session.
    pub session: String,
    /// Its page; empty for whoever may not open it.
    pub href: String,
    /// The day.
    pub day: String,
    /// The decision.
    pub status: Status,
    /// Codes of what was acquired, in a sentence; may be empty.
    pub acquired: String,
    /// What was delivered.
    pub certificates: Vec<Link>,
}

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
        may_position: allowed(Permission::CandidatePosition) && can(state, Step::RecordPositioning),
        may_start: allowed(Permission::CandidateStart) && can(state, Step::StartPath),
        may_submit: allowed(Permission::CandidateSubmit) && can(state, Step::SubmitFile),
        may_examine: allowed(Permission::CandidateExamine) && can(state, Step::Admit),
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
    told && can(state, Step::PlanResit) && row.decision != Some(JuryDecision::Total)
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
            allowed(Permission::CandidateTransfer) && !is_over(state) && !can(state, Step::MarkPresent),
            labels::TRANSFER,
            "structure",
        ),
        (allowed(Permission::CandidateWithdraw) && can(state, Step::Withdraw), labels::WITHDRAWAL, "abandon"),
        (
            allowed(Permission::CandidateExclude) && can(state, Step::ExcludeForFraud),
            labels::EXCLUSION,
            "exclusion",
        ),
        (can(state, Step::LodgeAppeal) || can(state, Step::Uphold), labels::APPEAL, "recours"),
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

fn decision(one: queries::Decided) -> DecisionRow {
    DecisionRow {
        href: if one.opens { format!("/jurys/{}", one.session) } else { String::new() },
        session: one.session,
        day: one.decided_on.map(french::date).unwrap_or_default(),
        status: labels::decision(one.decision),
        acquired: one.acquired.join(", "),
        certificates: one
            .certificates
            .into_iter()
            .map(|number| Link::new(number.as_str(), format!("/certificats/{number}")))
            .collect(),
    }
}

fn margin(dossier: &Dossier) -> Vec<Fact> {
    let row = &dossier.candidate;
    let mut facts = vec![
        Fact::new(labels::fact::STRUCTURE, dossier.structure.name.clone())
            .to(format!("/structures/{}", dossier.structure.siren)),
        Fact::new(labels::fact::WAY, labels::person::way(row.way)),
        Fact::new(labels::fact::CONTRACT, wording::tie(row)),
        Fact::new(labels::fact::ENROLLED, french::date(row.first_enrolled_on)),
    ];
    if let Some(day) = row.path_starts_on {
        facts.push(Fact::new(labels::fact::STARTS, french::date(day)));
    }
    if !row.referent.is_empty() {
        facts.push(Fact::new(labels::fact::REFERENT, row.referent.clone()));
    }
    if let Some(leaving) = row.leaving {
        facts.push(Fact::new(labels::fact::LEAVING, labels::person::leaving(leaving)));
    }
    facts
}

fn identity(dossier: &Dossier, today: Date) -> Vec<Fact> {
    let row = &dossier.candidate;
    let civil = input::civil_of(row, today);
    let mut facts = vec![Fact::new(
        labels::person::field(Field::BirthName),
        or_none(&row.birth_name, row.has_no_birth_name),
    )];
    if !row.usual_name.is_empty() {
        facts.push(Fact::new(labels::person::field(Field::UsualName), row.usual_name.clone()));
    }
    let all: Vec<&str> = names::first_names(row).chain(others(&row.other_first_names)).collect();
    facts.push(Fact::new(labels::fact::FIRST_NAMES, or_none(&all.join(", "), row.has_no_first_name)));
    let sex = match row.sex.as_str() {
        "F" => labels::person::FEMALE,
        "M" => labels::person::MALE,
        _ => wording::UNKNOWN,
    };
    facts.push(Fact::new(labels::person::field(Field::Sex), sex));
    facts.push(Fact::new(labels::fact::BIRTH, wording::birth(&civil)));
    let seen = labels::person::document(row.identity_document);
    let by =
        row.identity_seen_on.map(|day| labels::person::seen(day, &row.identity_seen_by)).unwrap_or_default();
    facts.push(Fact::new(labels::fact::DOCUMENT, seen).with_note(by));
    facts
}

fn others(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn or_none(text: &str, none: bool) -> String {
    match (text.is_empty(), none) {
        (false, _) => text.to_owned(),
        (true, true) => labels::person::NONE_ON_DOCUMENT.to_owned(),
        (true, false) => wording::UNKNOWN.to_owned(),
    }
}

fn contact(dossier: &Dossier) -> Vec<Fact> {
    let row = &dossier.candidate;
    let mut facts = Vec::new();
    let mut add = |term: &str, value: &str| {
        if !value.is_empty() {
            facts.push(Fact::new(term, value));
        }
    };
    add(labels::fact::EMAIL, &row.email);
    add(labels::fact::PHONE, &phone::grouped(&row.phone));
    add(labels::fact::POSTAL, &row.postal_address);
    add(labels::fact::GUARDIAN, &row.guardian);
    if row.detained {
        add(labels::fact::MESSAGES, labels::person::RELAYED_NEUTRAL);
    } else if row.email.is_empty() {
        add(labels::fact::MESSAGES, labels::person::RELAYED);
    }
    facts
}

/// What lacks, then what deserves a look.
fn civil(dossier: &Dossier, today: Date) -> Vec<Check> {
    let row = &dossier.candidate;
    let civil = input::civil_of(row, today);
    let known = completeness(&civil, row.identity_document != IdentityDocument::None);
    let lacks = known.missing.iter().map(|missing| Check {
        mark: CheckMark::Waiting,
        word: labels::person::TO_COMPLETE.to_owned(),
        title: missing.to_string(),
        note: String::new(),
        action: None,
    });
    let doubts = civil.doubts(today).into_iter().map(|(field, doubt)| Check {
        mark: CheckMark::Open,
        word: labels::person::TO_CHECK.to_owned(),
        title: labels::person::field(field).to_owned(),
        note: doubt.to_string(),
        action: None,
    });
    lacks.chain(doubts).collect()
}

/// A tie with an expert, in words.
fn tied(bond: &Bond) -> String {
    words::tie_line(&bond.expert.name(), bond.kind, &words::tie_span(bond.since, bond.until))
}

fn piece_rows(whole: &Whole, removable: bool) -> Vec<PieceRow> {
    let dossier = &whole.dossier;
    let path = dossier.path();
    let day = |at: entity::Instant| {
        local(*at, &dossier.structure.zone).map(|here| french::date(here.date())).unwrap_or_default()
    };
    whole
        .pieces
        .iter()
        .map(|piece| PieceRow {
            title: labels::pieces::piece(piece.kind),
            file_name: piece.file_name.clone(),
            href: format!("{path}/documents/{}", piece.document_id),
            day: day(piece.added_at),
            remove: if removable { format!("{path}/pieces/{}/retirer", piece.id) } else { String::new() },
        })
        .collect()
}

fn documents(whole: &Whole) -> Vec<Link> {
    let path = whole.dossier.path();
    let made = whole.documents.iter().rev().filter(|one| one.generated);
    made.map(|one| Link::new(one.title.clone(), format!("{path}/documents/{}", one.id))).collect()
}

fn skills(whole: &Whole) -> Vec<SkillRow> {
    let row = |one: &queries::SkillLine| SkillRow {
        code: one.skill.code.clone(),
        wording: one.skill.wording.clone(),
        result: one.result.map(labels::positioned).unwrap_or_default().to_owned(),
    };
    whole.positioning.iter().map(row).collect()
}

fn acquired(whole: &Whole) -> Vec<SkillRow> {
    let row = |one: &queries::AcquiredBloc| SkillRow {
        code: one.code.clone(),
        wording: one.title.clone(),
        result: labels::given(&one.session, one.decided_on),
    };
    whole.acquired.iter().map(row).collect()
}

fn stays(whole: &Whole) -> Vec<String> {
    whole.stays.iter().map(|one| labels::stay(&one.structure, one.since, one.until)).collect()
}

fn line(entry: &Entry, zone: &str) -> HistoryLine {
    let event = &entry.event;
    let at = local(*event.at, zone).ok();
    let system = event.actor_kind == "system";
    let day = at.map(|at| format!("{} {}", french::short_date(at.date()), at.year()));
    HistoryLine {
        day: day.unwrap_or_default(),
        time: at.map(|at| french::time_of_day(at.time())).unwrap_or_default(),
        what: labels::history::told(&event.code).to_owned(),
        who: entry
            .who
            .clone()
            .unwrap_or_else(|| if system { labels::history::AUTOMATIC.to_owned() } else { String::new() }),
        system,
        href: String::new(),
    }
}
