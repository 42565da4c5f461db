//! The time of experts.

mod absences;
mod declare;
mod pages;
mod rhythms;
mod rights;
mod school;

use serde_json::Value;

/// The state of a half-day in an answer: `available`, `unavailable`, `unknown`, and what decided.
fn state(body: &Value, day: &str, half: &str) -> (String, String) {
    let half_days = body["half_days"].as_array().unwrap();
    let found = half_days.iter().find(|one| one["day"] == day && one["half_day"] == half).unwrap();
    let word = |key: &str| found[key].as_str().unwrap().to_owned();
    (word("availability"), word("source"))
}

fn pair(availability: &str, source: &str) -> (String, String) {
    (availability.to_owned(), source.to_owned())
}
