//! `/financements/{reference}`: a funding, what was agreed, what was attended, the pieces sent and those that lack.

use askama::Template;
use entity::funding::FundingState;
use entity::funding_piece::FundingPieceKind;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::queries;
use super::super::shapes::due_for;
use super::super::state::takes_pieces;
use super::super::{FundingError, Record, labels};
use super::act::FundingAct;
use crate::authz::{Permission, may};
use crate::features::enrolments::dossier;
use crate::features::enrolments::labels::pages::in_a_list;
use crate::http::web::component::{Check, CheckMark, Fact, Link, Status};
use crate::http::web::layout::Shell;
use crate::http::web::{Page, WebError, filters};
use crate::render::french;
use crate::rules::training::attendance::Attended;
use crate::rules::training::funding::{asked_after, asked_before, asks_agreement};

/// A piece that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundingPieceRow {
    /// What it is.
    pub kind: &'static str,
    /// When it was sent.
    pub day: String,
    /// By which way; may be empty.
    pub note: String,
    /// Where it is taken back; empty when it may not be.
    pub back: String,
}

/// `/financements/{reference}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/funding/show.html")]
pub struct FundingShowPage {
    /// The shell.
    pub shell: Shell,
    /// What people call it.
    pub reference: String,
    /// Where it stands.
    pub status: Status,
    /// What there is to know.
    pub margin: Vec<Fact>,
    /// What was agreed and what is due.
    pub agreement: Vec<Fact>,
    /// The pieces that the scheme asks for.
    pub checks: Vec<Check>,
    /// What was sent.
    pub pieces: Vec<FundingPieceRow>,
    /// Pages of acts that the visitor may open.
    pub acts: Vec<Link>,
    /// Version, given back by the buttons.
    pub version: i32,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Path(reference): Path<String>) -> Result<Response> {
    let read = async {
        let conn = page.app.db.read();
        let record = Record::by_reference(conn, page.actor(), &reference).await?;
        let done = queries::done(conn, &record).await?;
        Ok::<_, FundingError>((record, done))
    };
    let (record, done) = read.await.map_err(WebError::from)?;
    page.answer(&context(&page, &record, done))
}

fn context(page: &Page, record: &Record, done: Attended) -> FundingShowPage {
    let row = &record.funding;
    let manages = may(page.actor(), Permission::FundingManage, &record.facts());
    let path = record.path();
    let acts = FundingAct::ALL.into_iter().filter(|act| manages && act.fits(row.state));
    FundingShowPage {
        shell: page.shell(labels::scheme(row.scheme)),
        reference: record.reference(),
        status: labels::state(row.state),
        margin: margin(record),
        agreement: agreement(record, done),
        checks: checks(record),
        pieces: record
            .pieces
            .iter()
            .map(|piece| FundingPieceRow {
                kind: labels::piece(piece.kind),
                day: french::date(piece.sent_on),
                note: piece.note.clone(),
                back: if manages && takes_pieces(row.state) {
                    format!("{path}/pieces/{}/retirer", piece.id)
                } else {
                    String::new()
                },
            })
            .collect(),
        acts: acts.map(|act| Link::new(act.title(), format!("{path}/{}", act.verb()))).collect(),
        version: row.version,
    }
}

fn margin(record: &Record) -> Vec<Fact> {
    let row = &record.funding;
    let enrolment = dossier::reference(&record.session, &record.enrolment);
    let mut facts = vec![
        Fact::new(labels::facts::PERSON, in_a_list(&record.enrolment))
            .to(format!("/inscriptions/dossiers/{enrolment}")),
        Fact::new(labels::facts::SESSION, &record.session.title).with_note(record.session.number.clone()),
    ];
    if !row.funder.is_empty() {
        facts.push(Fact::new(labels::facts::FUNDER, &row.funder));
    }
    if asks_agreement(row.scheme) {
        facts.push(Fact::new(labels::facts::PAID_TO, labels::paid_to(row.subrogation)));
    }
    if row.eu_funded {
        facts.push(Fact::new(labels::facts::EUROPE, labels::YES));
    }
    if let Some(day) = row.requested_on {
        facts.push(Fact::new(labels::facts::REQUESTED, french::date(day)));
    }
    if !row.reason.is_empty() {
        facts.push(Fact::new(labels::facts::REASON, &row.reason));
    }
    facts
}

fn agreement(record: &Record, done: Attended) -> Vec<Fact> {
    let row = &record.funding;
    let attended = Fact::new(labels::facts::DONE, labels::hours(done.done));
    let (Some(agreed_on), true) = (row.agreed_on, row.amount_cents > 0) else {
        return vec![attended];
    };
    let due = due_for(row, done);
    let mut facts = vec![Fact::new(labels::facts::AGREED, french::date(agreed_on))];
    if !row.agreement_number.is_empty() {
        facts.push(Fact::new(labels::facts::NUMBER, &row.agreement_number).mono());
    }
    facts.extend([
        Fact::new(labels::facts::AMOUNT, french::money_cents(row.amount_cents)),
        Fact::new(labels::facts::HOURS, labels::agreed_hours(row.agreed_minutes)),
        attended,
        Fact::new(labels::facts::DUE, french::money_cents(due)),
    ]);
    if row.state == FundingState::Settled {
        facts.push(Fact::new(labels::facts::PAID, french::money_cents(row.paid_cents)));
        facts.push(Fact::new(labels::facts::GAP, french::money_cents(due - row.paid_cents)));
    }
    facts
}

/// The pieces that the scheme asks for, before the session and after it.
fn checks(record: &Record) -> Vec<Check> {
    let row = &record.funding;
    let sent = record.sent();
    let check = |piece: &FundingPieceKind, when: &str| {
        let known = sent.contains(piece);
        Check {
            mark: if known { CheckMark::Good } else { CheckMark::Waiting },
            word: labels::sent_or_not(known).to_owned(),
            title: labels::piece(*piece).to_owned(),
            note: when.to_owned(),
            action: None,
        }
    };
    let before = asked_before(row.scheme).iter().map(|piece| check(piece, labels::WITH_REQUEST));
    let after =
        asked_after(row.scheme, row.subrogation).iter().map(|piece| check(piece, labels::AFTER_SESSION));
    before.chain(after).collect()
}
