//! The pieces without which nobody is admitted to the path of an habilitation (domain reference, 3.2): proposals that a
//! setting may change.

use std::collections::BTreeMap;

use entity::expert_piece::PieceCode;
use entity::habilitation::Duty;
use serde::{Deserialize, Serialize};

/// Natures of pieces, by duty.
type Asked = BTreeMap<Duty, Vec<PieceCode>>;

/// The pieces of an application to each duty.
///
/// As a setting: `{"controleur": ["cv", "certificate"]}`; a duty that it leaves out is as proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Asked", into = "Asked")]
pub struct ApplicationPieces {
    asked: Asked,
}

impl Default for ApplicationPieces {
    fn default() -> Self {
        use PieceCode as P;
        let asked = BTreeMap::from([
            // experience of the sector, letter of the employer
            (Duty::Mandataire, vec![P::Cv, P::EmployerLetter]),
            // experience in audit or quality
            (Duty::Controleur, vec![P::Cv]),
            // experience of training, certificate EPSP
            (Duty::Epsp, vec![P::Cv, P::Certificate]),
        ]);
        Self { asked }
    }
}

impl From<Asked> for ApplicationPieces {
    fn from(changed: Asked) -> Self {
        let mut pieces = Self::default();
        pieces.asked.extend(changed);
        pieces
    }
}

impl From<ApplicationPieces> for Asked {
    fn from(pieces: ApplicationPieces) -> Self {
        pieces.asked
    }
}

impl ApplicationPieces {
    /// The pieces asked of someone for a duty, each once. The letter of an employer is asked of those who have one.
    #[must_use]
    pub fn of(&self, duty: Duty, employed: bool) -> Vec<PieceCode> {
        let mut asked: Vec<PieceCode> = Vec::new();
        for code in self.asked.get(&duty).into_iter().flatten().copied() {
            let applies = employed || code != PieceCode::EmployerLetter;
            if applies && !asked.contains(&code) {
                asked.push(code);
            }
        }
        asked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PieceCode as P;

    #[test]
    fn each_duty_asks_for_its_pieces_and_a_setting_changes_one() {
        let proposed = ApplicationPieces::default();
        let text = r#"{"controleur":["certificate","cv","certificate"],"epsp":[]}"#;
        let changed: ApplicationPieces = serde_json::from_str(text).unwrap();
        for (duty, employed, as_proposed, as_changed) in [
            (Duty::Mandataire, true, vec![P::Cv, P::EmployerLetter], vec![P::Cv, P::EmployerLetter]),
            (Duty::Mandataire, false, vec![P::Cv], vec![P::Cv]),
            (Duty::Controleur, true, vec![P::Cv], vec![P::Certificate, P::Cv]),
            (Duty::Epsp, false, vec![P::Cv, P::Certificate], vec![]),
        ] {
            assert_eq!(proposed.of(duty, employed), as_proposed, "{duty}");
            assert_eq!(changed.of(duty, employed), as_changed, "{duty}");
        }
        let written = serde_json::to_string(&changed).unwrap();
        assert_eq!(serde_json::from_str::<ApplicationPieces>(&written).unwrap(), changed);
    }
}
