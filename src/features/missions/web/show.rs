//! `/missions/{number}`: the facts, what this person may do, the offers for the team, the documents.

use askama::Template;
use entity::expense_claim::{self, ClaimState};
use entity::mission::{self, MissionState};
use entity::{claim_correction, expense_line};
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use time::Date;

use super::super::dossier::Dossier;
use super::super::queries;
use super::super::state::{Step, TABLE, is_vacant};
use super::super::{MissionError, labels, wording};
use super::labels as words;
use super::reply::{facts, reasons_of, said_page, ties};
use crate::authz::{Facts, Permission, may};
use crate::db;
use crate::features::missions::queries::Reply;
use crate::http::web::component::{AsOf, Choice, Fact, Link, Status};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;
use crate::rules::{deadline, typed_date};

/// One offer of the page.
#[derive(Clone, Debug)]
pub struct OfferRow {
    /// Person.
    pub person: String,
    /// Page of the person.
    pub href: String,
    /// Where it stands.
    pub status: Status,
    /// Sent, due or answered.
    pub when: String,
    /// Why it was declined.
    pub why: String,
}

/// One document of the page.
#[derive(Clone, Debug)]
pub struct DocumentRow {
    /// Title.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// Day and size.
    pub note: String,
}

/// The claim of the page.
#[derive(Clone, Debug)]
pub struct ClaimView {
    /// Where it stands.
    pub status: Status,
    /// Fee, lines, total and what was written about them.
    pub facts: Vec<Fact>,
}

/// `/missions/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/missions/show.html")]
pub struct ShowPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Said when the day looked at is behind: what is shown of it cannot be changed.
    pub past: Option<AsOf>,
    /// What is not of that day.
    pub of_today: &'static str,
    /// The form that chooses the day.
    pub dates: FormState,
    /// What stood in the way of the last act.
    pub refused: Option<(String, Vec<String>)>,
    /// Number.
    pub number: String,
    /// Where it stands.
    pub status: Status,
    /// Whole date, hours and zone.
    pub when: String,
    /// The margin.
    pub margin: Vec<Fact>,
    /// People to meet.
    pub persons: Vec<String>,
    /// What to know.
    pub instructions: Vec<String>,
    /// The report.
    pub report: Vec<String>,
    /// Last instant to answer, when the visitor has to.
    pub answer_before: Option<String>,
    /// The acts that this person may do now, by the verb of their form.
    pub acts: Vec<&'static str>,
    /// Whether nobody has the mission.
    pub vacant: bool,
    /// Where a cancelled mission is proposed anew.
    pub resume: Option<Link>,
    /// The senses of a correction of what was paid.
    pub senses: Vec<Choice>,
    /// Where someone else is looked for.
    pub replace: Option<Link>,
    /// Where several days of the person are let go of.
    pub impede: Option<Link>,
    /// Offers, for the team.
    pub offers: Vec<OfferRow>,
    /// The claim: where it stands, its lines and its sums.
    pub claim: Option<ClaimView>,
    /// Documents.
    pub documents: Vec<DocumentRow>,
    /// Reasons to decline.
    pub reasons: Vec<Choice>,
    /// Ties that may be declared with it; none outside a structure.
    pub ties: Vec<Choice>,
    /// Where the person declares a tie with the structure.
    pub declare: Option<String>,
    /// Scores that the mission may be given.
    pub scores: Vec<Choice>,
    /// Which form comes back.
    pub open: String,
    /// The form that came back, or an empty one.
    pub form: FormState,
}

impl ShowPage {
    /// Whether this act is offered.
    #[must_use]
    pub fn has(&self, verb: &str) -> bool {
        self.acts.contains(&verb)
    }

    /// The form of an act: the one that came back, or an empty one.
    #[must_use]
    pub fn form_of(&self, verb: &str) -> FormState {
        if self.open == verb { self.form.clone() } else { self.blank(verb) }
    }

    fn blank(&self, verb: &str) -> FormState {
        let known = ["starts_on", "starts_time", "ends_on", "ends_time", "score"]
            .map(|name| (name, self.form.value(name).to_owned()));
        let form = FormState::filled(known).with_prefix(verb);
        match self.form.version() {
            Some(version) => form.with_version(version),
            None => form,
        }
    }
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    au: String,
}

#[handler]
pub(super) async fn show(
    page: Page,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let conn = page.app.db.read();
    match Dossier::by_number(conn, page.actor(), &number).await {
        Ok(dossier) => {
            let today = page.app.today();
            match typed_date::parse(&asked.au).filter(|day| *day < today) {
                Some(day) => Box::pin(on(&page, &dossier, day)).await,
                None => answer(&page, &dossier, None).await,
            }
        }
        Err(MissionError::NotFound) => {
            let known = queries::once_offered(conn, page.actor(), &number).await.map_err(WebError::from)?;
            if !known {
                return Err(WebError::from(MissionError::NotFound).into());
            }
            let gone = words::over(&Reply::Gone);
            page.answer_with(StatusCode::GONE, &said_page(gone, page.shell(gone.title)))
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// The page as of a day that is behind; that of today when there was no such mission then.
async fn on(page: &Page, dossier: &Dossier, day: Date) -> Result<Response> {
    let dates = FormState::filled([("au", typed_date::iso(day))]);
    match queries::as_of(page.app.db.read(), page.actor(), dossier, day).await {
        Ok(was) => Box::pin(shown(page, &was, None, (Some(day), dates))).await,
        Err(MissionError::NotFound) => {
            let dates = dates.with_errors([("/au", words::NOT_THAT_DAY)].into_iter().collect());
            Box::pin(shown(page, dossier, None, (None, dates))).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}

/// A form that comes back.
pub(super) struct Returned {
    pub(super) verb: String,
    pub(super) form: FormState,
    pub(super) refused: Option<(String, Vec<String>)>,
    pub(super) status: StatusCode,
}

pub(super) async fn answer(page: &Page, dossier: &Dossier, returned: Option<Returned>) -> Result<Response> {
    let dates = FormState::filled([("au", typed_date::iso(page.app.today()))]);
    shown(page, dossier, returned, (None, dates)).await
}

/// The page, on a day that is behind when one is given, with the form that chooses it.
async fn shown(
    page: &Page,
    dossier: &Dossier,
    returned: Option<Returned>,
    (on, dates): (Option<Date>, FormState),
) -> Result<Response> {
    let conn = page.app.db.read();
    let is_today = on.is_none();
    let (mission, facts_of) = (&dossier.mission, dossier.facts());
    let team = is_today && may(page.actor(), Permission::MissionManage, &facts_of);
    let mut documents = queries::documents(conn, page.actor(), dossier).await.map_err(WebError::from)?;
    documents.retain(|row| on.is_none_or(|day| *row.created_at < db::end_in_paris(day)));
    let people = queries::people_of(conn, dossier).await.map_err(WebError::from)?;
    let offers = if page.actor().is_staff() { offers(dossier, &people) } else { Vec::new() };
    let claim = queries::claim(conn, mission.id).await.map_err(WebError::from)?.filter(|_| is_today);
    let corrections = match &claim {
        Some((claim, _)) => queries::corrections(conn, claim.id).await.map_err(WebError::from)?,
        None => Vec::new(),
    };
    let resumption = resumption(page, mission).await?;
    let resume = if team { resume(page, dossier).await? } else { None };
    let mut acts = acts(page, dossier, claim.as_ref().map(|(claim, _)| claim.state));
    acts.retain(|_| is_today);
    let due = dossier.open_offer().and_then(|offer| offer.due_at);
    let due = due.filter(|_| is_today && mission.state == MissionState::Proposed);
    let answer_before = due.map(|due| wording::instant(*due, &dossier.expert.zone));
    let mut margin = margin(dossier, page.actor().is_staff(), answer_before.as_deref());
    margin.extend(resumption);
    let (open, form, refused, status) = match returned {
        Some(returned) => (returned.verb, returned.form, returned.refused, returned.status),
        None => (String::new(), known(dossier), None, StatusCode::OK),
    };
    let replaceable = is_vacant(mission.state) || mission.state == MissionState::Accepted;
    let wrong_day = dates.summary(words::NOT_SHOWN);
    let status = if wrong_day.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { status };
    let summary = form.summary(words::NOT_DONE).or(wrong_day);
    let context = ShowPage {
        shell: page.shell(mission.title.clone()).with_errors(summary.is_some()),
        summary,
        past: on.and_then(|day| AsOf::of(day, page.app.today(), dossier.path())),
        of_today: words::OF_TODAY,
        dates,
        refused,
        number: mission.number.clone(),
        status: labels::state(mission.state),
        when: wording::when(mission),
        margin,
        persons: wording::items(&mission.persons),
        instructions: wording::items(&mission.instructions),
        report: wording::items(mission.report.as_deref().unwrap_or_default()),
        answer_before: answer_before.filter(|_| acts.contains(&"accepter")),
        vacant: is_today && is_vacant(mission.state),
        resume,
        senses: words::expenses::senses(),
        replace: (team && replaceable)
            .then(|| Link::new(words::replace(mission.state), format!("{}/remplacement", dossier.path()))),
        impede: impede(page, dossier).filter(|_| is_today),
        acts,
        offers,
        claim: claim.map(|(claim, lines)| claim_view(dossier, &claim, &lines, &corrections, &documents)),
        documents: documents.iter().map(|one| document(dossier, one)).collect(),
        reasons: reasons_of(!page.actor().is_staff()),
        ties: ties(dossier),
        declare: declare(page, dossier).filter(|_| is_today),
        scores: words::scores(),
        open,
        form: form.with_version(mission.version.into()),
    };
    page.answer_with(status, &context)
}

/// Where a cancelled mission that no jury composes is proposed anew.
async fn resume(page: &Page, dossier: &Dossier) -> Result<Option<Link>> {
    let mission = &dossier.mission;
    if mission.state != MissionState::Cancelled {
        return Ok(None);
    }
    let jury = queries::jury_of(page.app.db.read(), mission.id).await.map_err(WebError::from)?;
    let (person, number) = (&dossier.expert.number, &mission.number);
    let href = format!("/missions/nouvelle?intervenant={person}&reprise={number}");
    Ok(jury.is_none().then(|| Link::new(words::RESUME, href)))
}

/// The mission that this one resumes, and those that resume it.
async fn resumption(page: &Page, mission: &mission::Model) -> Result<Vec<Fact>> {
    let found = queries::resumption(page.app.db.read(), page.actor(), mission).await;
    let (before, after) = found.map_err(WebError::from)?;
    let fact = |term: &str, number: String| Fact::new(term, number.clone()).to(format!("/missions/{number}"));
    let before = before.into_iter().map(|number| fact(words::FACT_RESUMES, number));
    Ok(before.chain(after.into_iter().map(|number| fact(words::FACT_RESUMED, number))).collect())
}

/// Where the person is said to be away on the days of the mission, when it is still to come.
fn impede(page: &Page, dossier: &Dossier) -> Option<Link> {
    let mission = &dossier.mission;
    let facts = Facts { expert: Some(mission.expert_id), ..Facts::default() };
    let planned = matches!(mission.state, MissionState::Proposed | MissionState::Accepted);
    (planned && may(page.actor(), Permission::AvailabilityEdit, &facts)).then(|| {
        let day = |at: entity::Instant| typed_date::iso(deadline::day_in_zone(*at, &mission.zone));
        let days = format!("du={}&au={}", day(mission.starts_at), day(mission.ends_at));
        let href = format!("/intervenants/{}/empechement?{days}", dossier.expert.number);
        Link::new(words::impediment::MORE, href)
    })
}

/// The page where whoever has the mission declares a tie with its structure.
fn declare(page: &Page, dossier: &Dossier) -> Option<String> {
    dossier.structure.as_ref()?;
    let own = page.actor().expert() == Some(dossier.expert.id);
    let facts = Facts { expert: Some(dossier.expert.id), ..Facts::default() };
    let declares = own && may(page.actor(), Permission::InterestEdit, &facts);
    declares.then(|| format!("/intervenants/{}/independance", dossier.expert.number))
}

/// The dates as the form to move the mission shows them, and the score that it was given.
fn known(dossier: &Dossier) -> FormState {
    let score = dossier.mission.satisfaction.map(|score| score.to_string()).unwrap_or_default();
    FormState::filled(dates_of(&dossier.mission)).with_value("score", score)
}

/// The days and the hours of a mission where it takes place, by the names of their fields.
pub(super) fn dates_of(mission: &mission::Model) -> Vec<(&'static str, String)> {
    let local = |at: entity::Instant| deadline::local(*at, &mission.zone).ok();
    let Some((from, until)) = local(mission.starts_at).zip(local(mission.ends_at)) else {
        return Vec::new();
    };
    let hour = |at: time::PrimitiveDateTime| format!("{:02}:{:02}", at.hour(), at.minute());
    vec![
        ("starts_on", typed_date::iso(from.date())),
        ("starts_time", hour(from)),
        ("ends_on", typed_date::iso(until.date())),
        ("ends_time", hour(until)),
    ]
}

/// The verbs that this person may use now.
fn acts(page: &Page, dossier: &Dossier, claim: Option<ClaimState>) -> Vec<&'static str> {
    use Permission as P;
    let every = [
        ("accepter", Step::Accept, P::MissionAnswer),
        ("decliner", Step::Decline, P::MissionAnswer),
        ("se-desister", Step::DropOut, P::MissionDropOut),
        ("commencer", Step::Start, P::MissionCarry),
        ("terminer", Step::Finish, P::MissionCarry),
        ("compte-rendu", Step::Report, P::MissionCarry),
        ("frais", Step::Claim, P::MissionClaim),
        ("service-fait", Step::ReturnClaim, P::MissionCertify),
        ("renvoyer-frais", Step::ReturnClaim, P::MissionCertify),
        ("rien-a-payer", Step::Claim, P::MissionSettle),
        ("revenir", Step::Reopen, P::MissionReopen),
        ("deplacer", Step::Move, P::MissionManage),
        ("retirer", Step::Withdraw, P::MissionManage),
        ("annuler", Step::Cancel, P::MissionManage),
    ];
    let (state, facts) = (dossier.mission.state, dossier.facts());
    let today = |at: time::OffsetDateTime| deadline::date_in_zone(at, &dossier.mission.zone).ok();
    let begins = today(page.app.now()) >= today(*dossier.mission.starts_at);
    // The team replaces someone on its own page, which ranks who could come instead.
    let team = may(page.actor(), P::MissionManage, &facts);
    every
        .into_iter()
        .filter(|(_, step, permission)| TABLE.can(state, *step) && may(page.actor(), *permission, &facts))
        .filter(|(verb, ..)| !(team && *verb == "se-desister"))
        .filter(|(verb, ..)| begins || *verb != "commencer")
        // A claim is certified once, then waits to be paid.
        .filter(|(_, step, _)| *step != Step::ReturnClaim || claim == Some(ClaimState::Submitted))
        .filter(|(_, step, _)| *step != Step::Reopen || claim != Some(ClaimState::Certified))
        .map(|(verb, ..)| verb)
        .chain(
            (dossier.mission.done_at.is_some() && may(page.actor(), P::MissionRate, &facts))
                .then_some("satisfaction"),
        )
        .chain(
            (claim == Some(ClaimState::Paid) && may(page.actor(), P::MissionSettle, &facts))
                .then_some("corriger-paiement"),
        )
        .collect()
}

fn margin(dossier: &Dossier, team: bool, answer_before: Option<&str>) -> Vec<Fact> {
    let mut facts = facts(dossier);
    if let Some(structure) = &dossier.structure
        && team
    {
        let found = facts.iter_mut().find(|fact| fact.term == words::FACT_STRUCTURE);
        if let Some(fact) = found {
            fact.href = format!("/structures/{}", structure.siren);
        }
    }
    if team {
        let href = format!("/intervenants/{}", dossier.expert.number);
        facts.insert(0, Fact::new(words::FACT_PERSON, dossier.expert_name()).to(href));
    }
    if let Some(duty) = dossier.mission.duty {
        facts.push(Fact::new(words::FACT_DUTY, labels::quality(Some(duty))));
    }
    if let Some(score) = dossier.mission.satisfaction {
        facts.push(Fact::new(words::FACT_SATISFACTION, words::score(score)));
    }
    if let Some(instant) = answer_before {
        facts.push(Fact::new(words::FACT_ANSWER, instant));
    }
    if let Some(reason) = &dossier.mission.reason {
        facts.push(Fact::new(words::FACT_REASON, reason.clone()));
    }
    facts
}

fn offers(
    dossier: &Dossier,
    people: &std::collections::HashMap<entity::ids::ExpertId, entity::expert::Model>,
) -> Vec<OfferRow> {
    let zone = &dossier.mission.zone;
    let row = |offer: &entity::mission_offer::Model| {
        let person = people.get(&offer.expert_id);
        let day = |at: entity::Instant| wording::local_day(*at, zone);
        OfferRow {
            person: person.map(entity::expert::Model::name).unwrap_or_default(),
            href: person.map(|one| format!("/intervenants/{}", one.number)).unwrap_or_default(),
            status: labels::offer(offer.state),
            when: words::offer_dates(offer.sent_at.map(day), offer.answered_at.map(day)),
            why: offer
                .decline_reason
                .map(|reason| labels::refusals::refusal(reason, offer.note.as_deref().unwrap_or_default()))
                .unwrap_or_default(),
        }
    };
    dossier.offers.iter().map(row).collect()
}

pub(super) fn document(dossier: &Dossier, row: &entity::document::Model) -> DocumentRow {
    let size = u64::try_from(row.size).unwrap_or_default();
    DocumentRow {
        title: row.title.clone(),
        href: format!("{}/documents/{}", dossier.path(), row.id),
        note: format!(
            "{}, {}",
            wording::local_day(*row.created_at, &dossier.mission.zone),
            french::file_size(size)
        ),
    }
}

/// The claim, each line with the receipt that proves it.
fn claim_view(
    dossier: &Dossier,
    claim: &expense_claim::Model,
    lines: &[expense_line::Model],
    corrections: &[claim_correction::Model],
    documents: &[entity::document::Model],
) -> ClaimView {
    let money = french::money_cents;
    let mut facts = vec![Fact::new(words::FACT_FEE, money(claim.fee_cents))];
    facts.extend(lines.iter().map(|line| {
        let day = french::date(line.spent_on);
        let note = words::expenses::expense_note(&day, line.kind, line.quantity, &line.label);
        let fact = Fact::new(labels::expense(line.kind), money(line.amount_cents));
        match documents.iter().find(|file| line.receipt_id == Some(file.id)) {
            Some(file) => {
                let receipt = document(dossier, file);
                fact.to(receipt.href).with_note(format!("{note}, {}", file.file_name))
            }
            None => fact.with_note(note),
        }
    }));
    facts.push(Fact::new(words::expenses::FACT_TOTAL, money(claim.fee_cents + claim.expenses_cents)));
    if let Some(reason) = &claim.reason {
        facts.push(Fact::new(words::expenses::FACT_EXCESS, reason.clone()));
    }
    if let Some(reason) = &claim.return_reason {
        facts.push(Fact::new(words::expenses::FACT_RETURNED, reason.clone()));
    }
    if let (Some(day), Some(reference)) = (claim.paid_on, &claim.payment) {
        facts.push(Fact::new(
            words::expenses::FACT_PAYMENT,
            words::expenses::payment(&french::date(day), reference),
        ));
    }
    if let (Some(name), Some(siret)) = (&claim.employer_name, &claim.employer_siret) {
        facts.push(Fact::new(words::expenses::FACT_PAYEE, words::expenses::employer(name, siret)));
    }
    facts.extend(corrections.iter().map(|row| {
        let term = if row.amount_cents < 0 { words::expenses::FACT_BACK } else { words::expenses::FACT_MORE };
        let note = words::expenses::correction(&french::date(row.paid_on), &row.payment, &row.reason);
        Fact::new(term, money(row.amount_cents.abs())).with_note(note)
    }));
    if !corrections.is_empty() {
        let put_right: i64 = corrections.iter().map(|row| row.amount_cents).sum();
        let paid = claim.fee_cents + claim.expenses_cents + put_right;
        facts.push(Fact::new(words::expenses::FACT_PAID, money(paid)));
    }
    ClaimView { status: labels::claim(claim.state), facts }
}
