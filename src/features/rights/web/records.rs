//! Rights recorded by hand, as the page of their holder lists and proposes them.

use std::collections::HashMap;

use entity::dated_right::{RightKind, SourceKind};
use entity::right_record;
use time::Date;
use uuid::Uuid;

use super::super::input::TypedRecord;
use super::super::queries::{self, Held};
use super::super::{RightError, labels};
use super::list::soon;
use crate::error::{DomainError, ErrorKind};
use crate::http::web::FormData;
use crate::http::web::component::Status;
use crate::http::web::form::FormState;
use crate::render::french;
use crate::rules::right::next_period;
use crate::rules::typed_date::iso;

/// One right of the list.
#[derive(Clone, Debug)]
pub struct RecordRow {
    /// What its paper calls it.
    pub number: String,
    /// Who gave it; empty when it was not recorded by hand.
    pub issuer: String,
    /// Its days.
    pub period: String,
    /// How long is left; empty when it is behind.
    pub left: String,
    /// Where it stands that day.
    pub status: Status,
    /// Where it is cut short; empty when it may not be.
    pub cut_short: String,
    /// Where it is taken back; empty when it may not be.
    pub take_back: String,
}

/// The lines of these rights on a day, the latest first.
#[must_use]
pub fn rows(
    held: &[Held],
    records: &HashMap<Uuid, right_record::Model>,
    day: Date,
    may_edit: bool,
) -> Vec<RecordRow> {
    held.iter().rev().map(|held| line(held, records.get(&held.right.source_id), day, may_edit)).collect()
}

fn line(held: &Held, record: Option<&right_record::Model>, day: Date, may_edit: bool) -> RecordRow {
    let row = &held.right;
    let standing = held.standing_on(day);
    let ahead = row.ends_on.filter(|end| *end >= day && standing.is_valid());
    let to = |shown: bool, verb: &str| {
        if shown { format!("/droits/{}/{verb}", row.id) } else { String::new() }
    };
    RecordRow {
        number: row.reference.clone(),
        issuer: record.map(|record| record.issuer.clone()).unwrap_or_default(),
        period: queries::span(row).to_string(),
        left: ahead.map(|end| french::relative_days(end, day)).unwrap_or_default(),
        status: if soon(held, day) { labels::ENDS_SOON } else { labels::standing(standing) },
        cut_short: to(may_edit && row.ends_on.is_none_or(|end| end > day), "fin"),
        take_back: to(may_edit && row.source_kind == SourceKind::RightRecord, "annuler"),
    }
}

/// Months that such a right usually lasts, to propose its days.
const fn usual_months(kind: RightKind) -> u16 {
    match kind {
        RightKind::Qualiopi => 36,
        _ => 12,
    }
}

/// What may follow these rights: the number and who gives it as they were, the days that come next.
#[must_use]
pub fn proposal(
    kind: RightKind,
    held: &[Held],
    records: &HashMap<Uuid, right_record::Model>,
    today: Date,
) -> TypedRecord {
    let last = held.iter().max_by_key(|held| held.right.ends_on);
    let record = last.and_then(|held| records.get(&held.right.source_id));
    let period = next_period(last.and_then(|held| held.right.ends_on), today, usual_months(kind));
    TypedRecord {
        number: record.map(|record| record.number.clone()).unwrap_or_default(),
        issuer: record.map(|record| record.issuer.clone()).unwrap_or_default(),
        starts_on: iso(period.from()),
        ends_on: iso(period.until()),
    }
}

/// The form that shows a proposal.
#[must_use]
pub fn form(typed: TypedRecord) -> FormState {
    FormState::filled([
        ("number", typed.number),
        ("issuer", typed.issuer),
        ("starts_on", typed.starts_on),
        ("ends_on", typed.ends_on),
    ])
}

/// What a form of such a right holds.
#[must_use]
pub fn typed(form: &FormData) -> TypedRecord {
    TypedRecord {
        number: form.text("number").to_owned(),
        issuer: form.text("issuer").to_owned(),
        starts_on: form.text("starts_on").to_owned(),
        ends_on: form.text("ends_on").to_owned(),
    }
}

/// Whether the person may correct it in the form.
#[must_use]
pub fn comes_back(error: &RightError) -> bool {
    matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict)
}
