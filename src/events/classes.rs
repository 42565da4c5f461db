//! The class of every message: one line for each folder of `templates/mail`, which a test checks.
//!
//! A message that is not here is taken for a legal one: it leaves at once and nobody can turn it off.

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
    ("agreement-received", Class::Legal),
    ("agreement-refused", Class::Legal),
    ("agreement-reserve-reminder", Class::Reminder),
    ("agreement-reserves-lifted", Class::Legal),
    ("agreement-resubmitted", Class::Work),
    ("agreement-resumed", Class::Legal),
    ("agreement-return-reminder", Class::Reminder),
    ("agreement-returned", Class::Legal),
    ("agreement-submitted", Class::Work),
    ("agreement-withdrawn", Class::Legal),
    ("appeal-received", Class::Legal),
    ("appeal-settled", Class::Legal),
    ("controller-assigned", Class::Work),
    ("controller-declined", Class::Work),
    ("convention-to-sign", Class::Legal),
    ("interest-declaration-due", Class::Reminder),
    ("journal-broken", Class::Security),
    ("journal-head", Class::Legal),
    ("mail-digest", Class::Digest),
    ("opinion-rendered", Class::Legal),
    ("partner-list-due", Class::Work),
    ("password-changed", Class::Security),
    ("report-comments", Class::Work),
    ("report-provisional", Class::Legal),
    ("second-factor-changed", Class::Security),
    ("sign-in-link", Class::Security),
    ("structure-invitation", Class::Security),
    ("tie-learned", Class::Work),
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
