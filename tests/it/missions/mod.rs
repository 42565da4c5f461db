//! Missions: offered, answered by link or on the page, moved, withdrawn, replaced, claimed, paid, put right; the agenda and its feed.

mod answers;
mod as_of;
pub mod bench;
mod certifications;
pub mod concurrency;
mod deadlines;
mod declared;
mod documents;
mod done;
mod expense_pages;
mod expenses;
mod feed;
mod impediments;
mod import;
mod lost_rights;
mod migration;
mod pages;
mod proposals;
mod ratings;
mod replacements;
mod states;
mod ties;
mod transitions;
mod visits;
mod ways_back;
