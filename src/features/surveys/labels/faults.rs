//! Faults of the forms of surveys.

/// An answer that lacks, or that is not one.
pub const ANSWER: &str = "Choisissez une réponse";
/// Nobody to ask.
pub const ADDRESSES: &str = "Indiquez une adresse électronique au moins, une par ligne";
/// Too many addresses.
pub const TOO_MANY: &str = "Indiquez 500 adresses au plus";
/// Another kind.
pub const KIND: &str = "Choisissez les financeurs ou les entreprises";

/// An address of a list that is wrong.
#[must_use]
pub fn address(rank: usize, message: &str) -> String {
    format!("Ligne {}\u{202f}: {message}", rank + 1)
}
