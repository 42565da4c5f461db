//! What templates may do to a value: write it the French way, or give the address of an asset.
//!
//! A file with a `#[derive(Template)]` brings this module into scope: `use crate::http::web::filters;`.
#![expect(
    clippy::missing_errors_doc,
    clippy::inline_always,
    reason = "written by the macro of askama, and none fails"
)]

use askama::{Result, Values, filter_fn};
use time::{Date, OffsetDateTime, Time};

use super::{assets, labels};
use crate::render::french;
use crate::rules::deadline;

/// `{{ day|long_date }}`: "mardi 16 janvier 2024".
#[filter_fn]
pub fn long_date(value: &Date, _: &dyn Values) -> Result<String> {
    Ok(french::long_date(*value))
}

/// `{{ day|date }}`: "16 janvier 2024".
#[filter_fn]
pub fn date(value: &Date, _: &dyn Values) -> Result<String> {
    Ok(french::date(*value))
}

/// `{{ day|short_date }}`: "16 janv.".
#[filter_fn]
pub fn short_date(value: &Date, _: &dyn Values) -> Result<String> {
    Ok(french::short_date(*value))
}

/// `{{ hour|time_of_day }}`: "9 h 30".
#[filter_fn]
pub fn time_of_day(value: &Time, _: &dyn Values) -> Result<String> {
    Ok(french::time_of_day(*value))
}

/// `{{ instant|date_time(zone) }}`: "16 janvier 2024 à 9 h 30", in the zone of the place.
#[filter_fn]
pub fn date_time(value: &OffsetDateTime, _: &dyn Values, zone: &str) -> Result<String> {
    Ok(deadline::local(*value, zone).map_or_else(|_| value.to_string(), french::date_time))
}

/// `{{ count|integer }}`: "1 250".
#[filter_fn]
pub fn integer(value: &i64, _: &dyn Values) -> Result<String> {
    Ok(french::integer(*value))
}

/// `{{ maxlength|thousands }}`: "10 000", of a number already written.
#[filter_fn]
pub fn thousands(value: &str, _: &dyn Values) -> Result<String> {
    Ok(value.parse::<i64>().map_or_else(|_| value.to_owned(), french::integer))
}

/// `{{ bytes|file_size }}`: "840 ko".
#[filter_fn]
pub fn file_size(value: &u64, _: &dyn Values) -> Result<String> {
    Ok(french::file_size(*value))
}

/// `{{ "parchemin.css"|asset }}`: the address of a file of the pages.
#[filter_fn]
pub fn asset(path: &str, _: &dyn Values) -> Result<String> {
    Ok(assets::url(path))
}

/// `{{ publisher.siret|or_unset }}`: the value, or the words that say that nobody entered it.
#[filter_fn]
pub fn or_unset(value: &str, _: &dyn Values) -> Result<String> {
    Ok(if value.trim().is_empty() { labels::UNSET } else { value }.to_owned())
}
