//! The sentences that people of the demonstration write in the course of the story.

/// Why a contrôleur is kept in spite of a warning.
pub(super) const TIE_ACCEPTED: &str = "Aucun autre contrôleur de la région n’est disponible ; le lien est ancien et sans rapport avec la demande.";
/// What proves that a reserve may be lifted.
pub(super) const EVIDENCE_SEEN: &str = "Trois mois de traces reçus et vérifiés.";
