//! French words of structures.

use super::queries::Standing;
use crate::http::web::component::{Color, Status};

/// Two sites of one number.
pub const SAME_SIRET: &str = "Ce numéro SIRET est déjà celui d’un autre site de la structure";
/// The seat would have no successor.
pub const SEAT_MISSING: &str =
    "Une structure a toujours un siège\u{202f}: désignez plutôt l’autre site comme siège";

/// What a standing looks like.
#[must_use]
pub const fn standing(standing: Standing) -> Status {
    match standing {
        Standing::Agreed => Status::new("Agréée", "coche", Color::Pre),
        Standing::Requesting => Status::new("Demande en cours", "horloge", Color::Ciel),
        Standing::Neither => Status::new("Sans agrément", "cercle", Color::Ardoise),
    }
}
