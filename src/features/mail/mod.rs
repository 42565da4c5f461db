//! The outbox, as the team sees it: what was sent, to whom, what the relay answered, what failed.
//!
//! A mail is made with the act that causes it (`events::Mail`) and sent by `worker::mail`; nothing here writes one.
//! States: pending → sending → sent, skipped (its condition no longer held) or failed (somebody must look at it).
//! The only act is to try a failed mail again ([`actions::retry`], `mail.retried`).
//!
//! The templates of what the program writes are read with their samples ([`templates`]), with `setting:view`.
//!
//! Screens: `/courriels`, `/courriels/{id}`, `/parametres/modeles`; in the demonstration, `/demo/courriels`. API:
//! `/api/v1/mails`, `/api/v1/mail-templates`.

pub mod actions;
pub mod api;
mod error;
mod events;
mod labels;
pub mod queries;
pub mod templates;
pub mod web;

pub use error::MailError;
pub use labels::{delivery_status, mail_status, recipient};
pub use queries::{MailLine, dead_letters, for_subject};
pub use web::pages;

/// Mails whose link opens an account or answers for somebody: their text is shown to nobody but their recipient.
pub const PERSONAL: [&str; 25] = [
    "access-confirm",
    "account-created",
    "attendance-sign",
    "controller-assigned",
    "enrolment-confirmed",
    "enrolment-held",
    "enrolment-kept",
    "enrolment-link",
    "enrolment-offered",
    "enrolment-requested",
    "enrolment-waitlisted",
    "invoice-issued",
    "invoice-overdue",
    "jury-code",
    "meeting-invited",
    "meeting-moved",
    "mission-offered",
    "mission-reminder",
    "paper-issued",
    "paper-signed",
    "paper-summons",
    "paper-to-sign",
    "sign-in-link",
    "structure-invitation",
    "survey-asked",
    "survey-reminder",
    "trainee-link",
];

/// Whether the text of this mail is for its recipient alone.
#[must_use]
pub fn is_personal(template: &str) -> bool {
    PERSONAL.contains(&template)
}
