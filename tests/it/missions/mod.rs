//! Missions: offered, answered by link or on the page, moved, withdrawn, replaced; the agenda and its feed.

mod answers;
pub mod bench;
mod concurrency;
mod deadlines;
mod declared;
mod documents;
mod done;
mod feed;
mod migration;
mod pages;
mod proposals;
mod replacements;
mod states;
mod ties;
mod visits;
