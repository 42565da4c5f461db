//! From values to what a person reads: mails, calendars, PDF, French dates and numbers, seals.

pub mod chart;
pub mod french;
pub mod ics;
pub mod mail;
pub mod pdf;
pub mod seal;
pub mod spreadsheet;
pub mod workbook;
