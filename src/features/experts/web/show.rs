//! `/intervenants/{number}`: identity, habilitations on a scale of time, ties in short.

mod rows;
mod work;

pub use rows::{HabilitationRow, PieceFileLink, PieceRow};
pub use work::{Ending, MissionRow, WorkPanel};

use std::cmp::Reverse;
use std::collections::BTreeSet;

use askama::Template;
use entity::expert_piece::{self, PieceCode};
use entity::habilitation::Duty;
use entity::ids::CertificationId;
use poem::http::StatusCode;
use poem::web::{Path, Query};
use poem::{Response, Result, handler};
use time::Date;

use super::super::actions::habilitation::Application;
use super::super::input::{Status as Situation, TypedHabilitation};
use super::super::queries::{self, Found};
use super::super::{ExpertError, actions, labels};
use super::labels as words;
use super::list::place;
use crate::authz::{Facts, Permission, may};
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::availability::web::{TwoMonths, two_months};
use crate::features::{certifications, settings, ties};
use crate::http::web::component::{AsOf, Choice, Fact};
use crate::http::web::form::{ErrorSummary, FieldErrors, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, address, filters, flash};
use crate::render::french;
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::phone;
use crate::rules::territory;
use crate::rules::typed_date;
use rows::{YEARS, known_on, piece_row, position, scaled};

/// `/intervenants/{number}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/experts/show.html")]
pub struct ShowPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// Said when the day looked at is not today: what is shown of it cannot be changed.
    pub past: Option<AsOf>,
    /// What is not of that day.
    pub of_today: &'static str,
    /// The form that chooses the day.
    pub dates: FormState,
    /// Number.
    pub number: String,
    /// Duties held that day, in a sentence.
    pub summary_of_duties: String,
    /// Where, how to write.
    pub margin: Vec<Fact>,
    /// Habilitations.
    pub habilitations: Vec<HabilitationRow>,
    /// Years of the scale.
    pub years: Vec<i32>,
    /// Where the day is on the scale.
    pub today: i64,
    /// Those that end soon, and what they lack.
    pub endings: Vec<Ending>,
    /// Missions and twelve months, for those who may see them.
    pub work: Option<WorkPanel>,
    /// What was done to the file, for those who may read the journal.
    pub history: Option<String>,
    /// The mails sent to the person, for those who may see them.
    pub mails: Option<String>,
    /// Where the person is written to.
    pub email: String,
    /// Ties with structures, for those who may see them.
    pub ties: Option<ties::web::Panel>,
    /// Pieces.
    pub pieces: Vec<PieceRow>,
    /// Natures of pieces that the visitor may record.
    pub codes: Vec<Choice>,
    /// Pieces of which the visitor may send the file, and that they may correct.
    pub filable: Vec<Choice>,
    /// The pieces that an application to each duty asks for.
    pub asked: Vec<String>,
    /// Whether the visitor may apply for an habilitation.
    pub may_apply: bool,
    /// The half-days of two months, for those who may see them.
    pub time: Option<TwoMonths>,
    /// Whether the visitor may change the file.
    pub may_edit: bool,
    /// Duties.
    pub duties: Vec<Choice>,
    /// Certifications.
    pub certifications: Vec<Choice>,
    /// Regions.
    pub regions: Vec<Choice>,
    /// Which form comes back: `habilitation`, `candidature`, `piece`, `fichier`, `correction` or nothing.
    pub open: &'static str,
    /// The form of an habilitation.
    pub grant: FormState,
    /// The form of an application.
    pub application: FormState,
    /// The form of a piece.
    pub piece: FormState,
    /// The form of the file of a piece.
    pub filing: FormState,
    /// The form that corrects a piece.
    pub correction: FormState,
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    au: String,
    piece: String,
}

/// The page.
#[handler]
pub(super) async fn show(
    page: Page,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let day = typed_date::parse(&asked.au).unwrap_or_else(|| page.app.today());
    let found = found(&page, &number).await.map_err(WebError::from)?;
    let begun = following(&page, &found, &asked.piece).await.map_err(WebError::from)?;
    let shown = answer(&page, StatusCode::OK, &found, day, begun).await?;
    actions::view(&page.app, page.actor(), &found.expert).await.map_err(WebError::from)?;
    Ok(shown)
}

/// The form of a piece as it begins with the one that it follows; no form without one. Its days are those of the new one.
async fn following(
    page: &Page,
    found: &Found,
    piece: &str,
) -> Result<(&'static str, FormState), ExpertError> {
    if piece.is_empty() {
        return Ok(("", FormState::default()));
    }
    let known = queries::pieces(page.app.db.read(), found.expert.id).await?;
    let Some(last) = known.into_iter().find(|row| row.id.to_string() == piece) else {
        return Ok(("", FormState::default()));
    };
    Ok(("piece", FormState::filled([("code", last.code.word()), ("note", last.note)])))
}

pub(super) async fn found(page: &Page, number: &str) -> Result<Found, ExpertError> {
    queries::by_number(page.app.db.read(), page.actor(), number).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    found: &Found,
    day: Date,
    (open, returned): (&'static str, FormState),
) -> Result<Response> {
    let conn = page.app.db.read();
    let today = page.app.today();
    let number = found.expert.number.as_str();
    let past = AsOf::of(day, today, format!("/intervenants/{number}"));
    let is_today = past.is_none();
    let facts = Facts::of_expert(&found.expert);
    let may_edit = is_today && may(page.actor(), Permission::ExpertEdit, &facts);
    let (ties, time) = if is_today {
        let ties = ties::web::panel_of_expert(page, &found.expert).await;
        (ties.map_err(WebError::from)?, two_months(page, &found.expert).await?)
    } else {
        (None, None)
    };
    let certifications = certifications::queries::all(conn).await.map_err(WebError::from)?;
    let certifications: Vec<_> = certifications.into_iter().map(|found| found.certification).collect();
    let pieces = queries::pieces(conn, found.expert.id).await.map_err(WebError::from)?;
    let files = queries::piece_files(conn, &pieces).await.map_err(WebError::from)?;
    let steps = queries::steps_done(conn, &found.habilitations).await.map_err(WebError::from)?;
    let asked = settings::application_pieces(conn).await.map_err(WebError::from)?;
    let rules = settings::path_rules(conn).await.map_err(WebError::from)?;
    let reads_journal = may(page.actor(), Permission::JournalView, &Facts::default());
    let may_add = is_today && may(page.actor(), Permission::ExpertPieceAdd, &facts);
    let codes = PieceCode::all().filter(|_| may_add);
    let summary = returned.summary(labels::NOT_RECORDED);
    let version = found.expert.version.into();
    let form = |kind: &str| {
        let form = if open == kind {
            returned.clone()
        } else {
            FormState::filled([("starts_on", typed_date::iso(today))])
        };
        form.with_version(version).with_prefix(kind)
    };
    let context = ShowPage {
        shell: page.shell(found.expert.name()).with_errors(summary.is_some()),
        summary,
        past,
        of_today: labels::OF_TODAY,
        dates: FormState::filled([("au", typed_date::iso(day))]),
        number: number.to_owned(),
        summary_of_duties: duties_on(found, day),
        margin: margin(found, &pieces, today).into_iter().chain(account(page, found).await?).collect(),
        endings: if is_today {
            work::endings(page, found, today).await.map_err(WebError::from)?
        } else {
            Vec::new()
        },
        work: if is_today { work::panel(page, found).await.map_err(WebError::from)? } else { None },
        mails: may(page.actor(), Permission::MailView, &Facts::default())
            .then(|| address::with_query("/courriels", &[("pour", number)])),
        history: reads_journal.then(|| address::with_query("/journal", &[("objet", number)])),
        email: found.expert.email.clone(),
        habilitations: found
            .habilitations
            .iter()
            .filter(|row| is_today || known_on(row, day))
            .map(|row| scaled(row, (&certifications, &steps, &rules), day, !is_today, number))
            .collect(),
        years: (0..YEARS)
            .filter_map(|year| i32::try_from(year).ok())
            .map(|year| day.year() - 2 + year)
            .collect(),
        today: position(day, day),
        ties,
        time,
        may_edit,
        pieces: pieces
            .iter()
            .filter(|row| is_today || row.proof_on <= day)
            .map(|row| piece_row(row, files.get(&row.id), day, number))
            .collect(),
        filable: pieces
            .iter()
            .filter(|_| may_add)
            .map(|row| Choice::new(row.id.to_string(), words::dated_piece(row.code, row.proof_on)))
            .collect(),
        codes: codes.map(|code| Choice::new(code.word(), labels::piece(code))).collect(),
        asked: Duty::all()
            .map(|duty| (duty, asked.of(duty, found.expert.status == Situation::Employee.word())))
            .filter(|(_, codes)| !codes.is_empty())
            .map(|(duty, codes)| labels::path::asked_pieces(duty, &codes))
            .collect(),
        may_apply: is_today && may(page.actor(), Permission::HabilitationApply, &facts),
        duties: Duty::all().map(|duty| Choice::new(duty.word(), labels::duty(duty))).collect(),
        certifications: certifications
            .iter()
            .map(|row| Choice::new(row.id.to_string(), row.short_title.clone()))
            .collect(),
        regions: territory::regions().iter().map(|region| Choice::new(region.code, region.name)).collect(),
        open,
        grant: form("habilitation"),
        application: form("candidature"),
        piece: form("piece"),
        filing: form("fichier"),
        correction: form("correction"),
    };
    page.answer_with(status, &context)
}

fn duties_on(found: &Found, day: Date) -> String {
    let held = found.habilitations.iter().filter(|row| row.valid_on(day));
    let duties: BTreeSet<Duty> = held.map(|row| row.file.duty).collect();
    let names: Vec<String> = duties
        .into_iter()
        .map(|duty| words::since(labels::duty(duty), held_since(found, duty, day)))
        .collect();
    if names.is_empty() { labels::NO_DUTY.to_owned() } else { french::list(&names) }
}

/// The first day of the unbroken chain of rights that reaches a day, whatever the files that gave them.
fn held_since(found: &Found, duty: Duty, day: Date) -> Option<Date> {
    let files = found.habilitations.iter().filter(|row| row.file.duty == duty);
    let mut spans: Vec<(Date, Option<Date>)> = files
        .flat_map(|row| row.rights.iter().map(|held| (held.right.starts_on, held.right.ends_on)))
        .filter(|(starts_on, _)| *starts_on <= day)
        .collect();
    spans.sort_by_key(|(starts_on, _)| Reverse(*starts_on));
    let mut since: Option<Date> = None;
    for (starts_on, ends_on) in spans {
        // the day after the last of one is the first of the next
        let reaches = since.map_or(day, |next| add_days(next, -1));
        if ends_on.is_none_or(|end| end >= reaches) {
            since = Some(starts_on);
        }
    }
    since
}

fn margin(found: &Found, pieces: &[expert_piece::Model], today: Date) -> Vec<Fact> {
    let row = &found.expert;
    let region = territory::region(&row.region).map_or("", |region| region.name);
    let mut facts = vec![Fact::new(labels::fact::PLACE, place(row)).with_note(region)];
    if let Some(phone) = &row.phone {
        facts.push(Fact::new(labels::fact::PHONE, phone::grouped(phone)).to(format!("tel:{phone}")).mono());
    }
    facts.push(Fact::new(labels::fact::EMAIL, row.email.clone()).to(format!("mailto:{}", row.email)));
    let situation = Situation::of(&row.status)
        .map_or_else(|| row.status.clone(), |one| labels::situation(one).to_owned());
    let names: Vec<_> =
        row.territories.split(',').filter_map(territory::region).map(|region| region.name).collect();
    if !names.is_empty() || row.travel_km.is_some() {
        let where_ = if names.is_empty() { region.to_owned() } else { names.join(", ") };
        facts.push(
            Fact::new(labels::fact::TERRITORIES, where_)
                .with_note(row.travel_km.map(labels::fact::travel).unwrap_or_default()),
        );
    }
    if !row.languages.is_empty() {
        facts.push(Fact::new(labels::fact::LANGUAGES, row.languages.clone()));
    }
    facts.push(
        Fact::new(labels::fact::SITUATION, situation).with_note(row.employer.clone().unwrap_or_default()),
    );
    facts.extend(vigilance(pieces, today));
    let signed = found.habilitations.iter().filter_map(|one| one.file.charter_signed_at.map(|at| *at)).max();
    facts.extend(signed.map(|at| {
        Fact::new(labels::fact::CHARTER, labels::fact::signed_on(day_in_zone(at, &found.expert.zone)))
    }));
    facts
}

/// Whether the person can sign in, told to the team: what asks for it reaches nobody else.
async fn account(page: &Page, found: &Found) -> Result<Option<Fact>> {
    if !page.actor().is_staff() {
        return Ok(None);
    }
    let signs_in = queries::has_account(page.app.db.read(), found.expert.id).await;
    let signs_in = signs_in.map_err(WebError::from)?;
    Ok((!signs_in).then(|| Fact::new(words::ACCOUNT, words::NO_ACCOUNT).with_note(words::NO_ACCOUNT_NOTE)))
}

/// Until when the last certificate of vigilance is good.
fn vigilance(pieces: &[expert_piece::Model], today: Date) -> Option<Fact> {
    let of_kind = pieces.iter().filter(|piece| piece.code == PieceCode::Vigilance);
    let until = of_kind.filter_map(|piece| piece.valid_until).max()?;
    Some(Fact::new(labels::fact::VIGILANCE, labels::fact::good_or_ended(until, today)))
}

/// Records an habilitation given before.
#[handler]
pub(super) async fn record(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let expert = found(&page, &number).await?.expert.id;
        let typed = TypedHabilitation {
            duty: duty_of(&form)?,
            starts_on: form.text("starts_on").to_owned(),
            ends_on: form.text("ends_on").to_owned(),
            certification: certification_of(&form),
            regions: form.all("regions").into_iter().map(str::to_owned).collect(),
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::record(&mut tx, expert, form.version(), &typed).await?;
        Ok::<_, ExpertError>(tx.commit().await?)
    };
    settled(&page, &number, "habilitation", &form, done.await).await
}

fn duty_of(form: &FormData) -> std::result::Result<Duty, ExpertError> {
    let duty = Duty::from_word(form.text("duty"));
    Ok(duty.ok_or_else(|| vec![Fault::new("/duty", "missing", labels::faults::DUTY_WANTED)])?)
}

fn certification_of(form: &FormData) -> Option<CertificationId> {
    form.optional("certification_id").and_then(|id| id.parse().ok()).map(CertificationId)
}

/// Opens a file: someone applies.
#[handler]
pub(super) async fn apply(page: Page, Path(number): Path<String>, form: FormData) -> Result<Response> {
    let done = async {
        let expert = found(&page, &number).await?.expert.id;
        let typed = Application {
            duty: duty_of(&form)?,
            certification: certification_of(&form),
            regions: form.all("regions").into_iter().map(str::to_owned).collect(),
            motivation: form.text("motivation").to_owned(),
        };
        let mut tx = page.app.begin(page.actor().clone()).await?;
        actions::habilitation::apply(&mut tx, expert, &typed).await?;
        Ok::<_, ExpertError>(tx.commit().await?)
    };
    settled(&page, &number, "candidature", &form, done.await).await
}

/// What follows a form of the page: back to it, or the page again with what was typed and what is wrong.
pub(super) async fn settled(
    page: &Page,
    number: &str,
    kind: &'static str,
    form: &FormData,
    done: Result<(), ExpertError>,
) -> Result<Response> {
    match done {
        Ok(()) => Ok(flash::redirect(&format!("/intervenants/{number}"), &labels::recorded())),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let state =
                FormState::filled(form.fields()).with_errors(FieldErrors::of(&error)).with_prefix(kind);
            let found = found(page, number).await.map_err(WebError::from)?;
            let today = page.app.today();
            answer(page, StatusCode::UNPROCESSABLE_ENTITY, &found, today, (kind, state)).await
        }
        Err(error) => Err(WebError::from(error).into()),
    }
}
