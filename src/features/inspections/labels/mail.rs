//! Why people receive the mails of inspections.

/// A structure.
pub const WHY_STRUCTURE: &str =
    "Vous recevez ce message parce que votre structure est agréée et que ce contrôle la concerne.";
/// A member of the team.
pub const WHY_TEAM: &str = "Vous recevez ce message parce que vous suivez les contrôles d’agrément.";
/// Whoever makes the inspection.
pub const WHY_CONTROLLER: &str = "Vous recevez ce message parce que ce contrôle vous est confié.";
