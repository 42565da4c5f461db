//! Why people receive the mails of inspections.

/// A structure.
pub const WHY_STRUCTURE: &str =
    "Vous recevez ce message parce que votre structure est agréée et que ce contrôle la concerne.";
/// A member of the team.
pub const WHY_TEAM: &str = "Vous recevez ce message parce que vous suivez les contrôles d’agrément.";
/// Whoever makes the inspection.
pub const WHY_CONTROLLER: &str = "Vous recevez ce message parce que ce contrôle vous est confié.";

/// A gap and its day; the day is left out when there is none.
#[must_use]
pub fn gap(criterion: &str, severity: &str, due: &str) -> String {
    let severity = severity.to_lowercase();
    if due.is_empty() {
        format!("{criterion}, {severity}")
    } else {
        format!("{criterion}, {severity}, avant le {due}")
    }
}
