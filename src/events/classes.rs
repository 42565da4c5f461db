//! The class of every message: one line for each folder of `templates/mail`, which a test checks.
//!
//! Legal: decisions, receipts, delays that open a right or announce what a silence will cause, and dates for an agenda,
//! whose changes would otherwise reach a calendar that does not know them. Work: what staff and experts have to do or
//! to know. A message that is not here is taken for a legal one: it leaves at once and nobody can turn it off.

use crate::rules::notices::Class;

/// Every template and its class.
pub const CLASSES: &[(&str, Class)] = &[
    ("account-created", Class::Security),
    ("agreement-active", Class::Legal),
    ("agreement-adjourned", Class::Legal),
    ("agreement-closed-idle", Class::Legal),
    ("agreement-complete", Class::Legal),
    ("agreement-draft-created", Class::Work),
    ("agreement-draft-expired", Class::Legal),
    ("agreement-draft-expiring", Class::Reminder),
    ("agreement-expired", Class::Legal),
    ("agreement-expiring", Class::Legal),
    ("agreement-granted", Class::Legal),
    ("agreement-granted-with-reserves", Class::Legal),
    ("agreement-on-agenda", Class::Work),
    ("agreement-received", Class::Work),
    ("agreement-refused", Class::Legal),
    ("agreement-reserve-reminder", Class::Legal),
    ("agreement-reserves-lifted", Class::Legal),
    ("agreement-resubmitted", Class::Work),
    ("agreement-resumed", Class::Legal),
    ("agreement-return-reminder", Class::Legal),
    ("agreement-returned", Class::Legal),
    ("agreement-submitted", Class::Legal),
    ("agreement-withdrawn", Class::Legal),
    ("appeal-received", Class::Legal),
    ("appeal-settled", Class::Legal),
    ("availability-asked", Class::Work),
    ("availability-changed", Class::Work),
    ("controller-assigned", Class::Work),
    ("controller-declined", Class::Work),
    ("convention-to-sign", Class::Legal),
    ("habilitation-admitted", Class::Legal),
    ("habilitation-applied", Class::Work),
    ("habilitation-deferred", Class::Legal),
    ("habilitation-expired", Class::Legal),
    ("habilitation-granted", Class::Legal),
    ("habilitation-presented", Class::Work),
    ("habilitation-refused", Class::Legal),
    ("habilitation-reinstated", Class::Legal),
    ("habilitation-rejected", Class::Legal),
    ("habilitation-renewed", Class::Legal),
    ("habilitation-resigned", Class::Legal),
    ("habilitation-suspended", Class::Legal),
    ("habilitation-withdrawal-asked", Class::Work),
    ("habilitation-withdrawn", Class::Legal),
    ("journal-broken", Class::Security),
    ("journal-head", Class::Legal),
    ("mail-digest", Class::Digest),
    ("meeting-cancelled", Class::Legal),
    ("meeting-invited", Class::Legal),
    ("meeting-minutes", Class::Work),
    ("meeting-moved", Class::Legal),
    ("opinion-rendered", Class::Legal),
    ("partner-list-due", Class::Work),
    ("password-changed", Class::Security),
    ("report-comments", Class::Work),
    ("report-provisional", Class::Legal),
    ("right-ended", Class::Legal),
    ("right-ending", Class::Reminder),
    ("second-factor-changed", Class::Security),
    ("sign-in-link", Class::Security),
    ("structure-invitation", Class::Security),
    ("visit-cancelled", Class::Legal),
    ("visit-done", Class::Work),
    ("visit-moved", Class::Legal),
    ("visit-scheduled", Class::Legal),
    ("visit-waived", Class::Legal),
];

/// The class of a template.
#[must_use]
pub fn class_of(template: &str) -> Class {
    CLASSES.iter().find(|(name, _)| *name == template).map_or(Class::Legal, |(_, class)| *class)
}
