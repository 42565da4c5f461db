//! Which pieces a file needs before it is handed in. Pure.

use entity::candidate_piece::CandidatePieceKind as Kind;

/// What decides of the pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// The candidate went to a company.
    pub immersed: bool,
    /// The referential has an épreuve on a file that the jury reads.
    pub jury_reads: bool,
}

/// The pieces that must be there, in the order of the path.
#[must_use]
pub fn mandatory(situation: Situation) -> Vec<Kind> {
    let wanted = [
        (true, Kind::PositioningSheet),
        (true, Kind::Livret),
        (situation.immersed, Kind::ImmersionAgreement),
        (situation.immersed, Kind::TutorEvaluation),
        (situation.jury_reads, Kind::JuryFile),
    ];
    wanted.into_iter().filter(|(needed, _)| *needed).map(|(_, kind)| kind).collect()
}

/// Those that are not there.
#[must_use]
pub fn lacking(situation: Situation, there: &[Kind]) -> Vec<Kind> {
    mandatory(situation).into_iter().filter(|kind| !there.contains(kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_needs_follows_from_its_path() {
        for (immersed, jury_reads, there, expected) in [
            (false, false, vec![], vec![Kind::PositioningSheet, Kind::Livret]),
            (false, false, vec![Kind::Livret, Kind::PositioningSheet], vec![]),
            (
                true,
                false,
                vec![Kind::PositioningSheet],
                vec![Kind::Livret, Kind::ImmersionAgreement, Kind::TutorEvaluation],
            ),
            (false, true, vec![Kind::PositioningSheet, Kind::Livret, Kind::Other], vec![Kind::JuryFile]),
        ] {
            assert_eq!(lacking(Situation { immersed, jury_reads }, &there), expected, "{there:?}");
        }
    }
}
