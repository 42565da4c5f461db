//! The pieces of the file of a request, as versioned data, and what is missing or out of date.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::rules::deadline::add_months;

/// When a piece must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mandatory {
    /// In every file.
    Always,
    /// When the structure is itself a training body.
    IfTrainingBody,
    /// When there is sub-contracting.
    IfAny,
    /// Only if the settings ask for it.
    Setting,
    /// In a renewal.
    Renewal,
    /// Never.
    Never,
}

/// How long a piece is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// For ever.
    None,
    /// The proof is at most so many months old.
    MaxAge,
    /// Until the end date that it carries.
    UntilEndDate,
}

/// One kind of piece.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PieceKind {
    /// P01 to P17.
    pub code: String,
    /// French title.
    pub title: String,
    /// What it must contain, in French; `{de la certification}` is said as that of the request is.
    pub help: String,
    /// When it must be there.
    pub mandatory: Mandatory,
    /// How long it is good for.
    pub validity: Validity,
    /// Months, for [`Validity::MaxAge`].
    #[serde(default)]
    pub max_age_months: Option<i32>,
    /// The form asks for its end date.
    pub needs_end_date: bool,
    /// Shown in renewals only.
    pub renewal_only: bool,
}

#[derive(Default, Deserialize)]
struct Catalogue {
    version: String,
    piece: Vec<PieceKind>,
}

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| toml::from_str(include_str!("data/pieces.toml")).unwrap_or_default());

/// The form itself: made by Parchemin from what was typed, never uploaded.
pub const FORM: &str = "P01";

/// Every kind of piece.
#[must_use]
pub fn all() -> &'static [PieceKind] {
    &CATALOGUE.piece
}

/// The version of the catalogue, kept with what was deposited under it.
#[must_use]
pub fn version() -> &'static str {
    &CATALOGUE.version
}

/// The kind of a code.
#[must_use]
pub fn kind(code: &str) -> Option<&'static PieceKind> {
    all().iter().find(|kind| kind.code == code)
}

/// Which of the pieces that are left to the settings a file must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AskedPieces {
    /// Their codes; none by default.
    pub required: Vec<String>,
}

impl AskedPieces {
    /// The codes that are not left to the settings, each with its place and the sentence for the person who typed it.
    #[must_use]
    pub fn faults(&self) -> Vec<(usize, String)> {
        let known = |code: &str| kind(code).is_some_and(|kind| kind.mandatory == Mandatory::Setting);
        let unknown = self.required.iter().enumerate().filter(|(_, code)| !known(code));
        unknown.map(|(place, _)| (place, left_to_settings())).collect()
    }

    /// The codes, as a request keeps them.
    #[must_use]
    pub fn kept(&self) -> String {
        self.required.join(",")
    }
}

/// The pieces among which the settings choose, as a sentence.
fn left_to_settings() -> String {
    let codes = all().iter().filter(|kind| kind.mandatory == Mandatory::Setting);
    let codes: Vec<_> = codes.map(|kind| kind.code.as_str()).collect();
    format!("Choisissez parmi les pièces que les réglages peuvent demander\u{202f}: {}", codes.join(", "))
}

/// What decides which pieces a file needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Situation<'a> {
    /// The structure is a training body.
    pub is_training_body: bool,
    /// It sub-contracts.
    pub has_subcontracting: bool,
    /// This is a renewal.
    pub is_renewal: bool,
    /// Codes that the settings asked for when the file was opened, separated by commas.
    pub required: &'a str,
}

impl PieceKind {
    /// Whether the piece must be there in this situation.
    #[must_use]
    pub fn is_mandatory(&self, situation: Situation<'_>) -> bool {
        match self.mandatory {
            Mandatory::Always => self.code != FORM,
            Mandatory::IfTrainingBody => situation.is_training_body,
            Mandatory::IfAny => situation.has_subcontracting,
            Mandatory::Renewal => situation.is_renewal,
            Mandatory::Setting => situation.required.split(',').any(|code| code == self.code),
            Mandatory::Never => false,
        }
    }

    /// Whether the structure may take the piece back: a draft may lack anything; once submitted, the file keeps what
    /// it needs and what was asked for.
    #[must_use]
    pub fn may_leave(&self, situation: Situation<'_>, submitted: bool, asked: bool) -> bool {
        !submitted || !(asked || self.is_mandatory(situation))
    }

    /// Whether the piece is shown in this situation.
    #[must_use]
    pub fn is_shown(&self, situation: Situation<'_>) -> bool {
        self.code != FORM && (!self.renewal_only || situation.is_renewal)
    }
}

/// What the rules look at in a received piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Received<'a> {
    /// Its code.
    pub code: &'a str,
    /// Date of the proof.
    pub proof_on: Option<Date>,
    /// End of its validity.
    pub valid_until: Option<Date>,
}

/// Why a piece does not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// It is not there.
    Missing,
    /// Its end date was not given.
    NoEndDate,
    /// It ended.
    Ended(Date),
    /// Its date was not given.
    NoProofDate,
    /// It is older than allowed, in months.
    TooOld(i32),
    /// It is dated after today.
    InTheFuture,
}

impl Lack {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "piece-missing",
            Self::NoEndDate => "piece-end-date-missing",
            Self::Ended(_) => "piece-ended",
            Self::NoProofDate => "piece-date-missing",
            Self::TooOld(_) => "piece-too-old",
            Self::InTheFuture => "piece-in-the-future",
        }
    }
}

/// What is missing or out of date in a file on a day, in the order of the catalogue.
#[must_use]
pub fn lacks(
    situation: Situation<'_>,
    received: &[Received<'_>],
    on: Date,
) -> Vec<(&'static PieceKind, Lack)> {
    let lack = |kind: &'static PieceKind| {
        let piece = received.iter().find(|piece| piece.code == kind.code);
        match piece {
            None if kind.is_mandatory(situation) => Some((kind, Lack::Missing)),
            None => None,
            Some(piece) => lack_of(kind, piece, on).map(|lack| (kind, lack)),
        }
    };
    all().iter().filter(|kind| kind.is_shown(situation)).filter_map(lack).collect()
}

/// What is wrong with one received piece on a day.
#[must_use]
pub fn lack_of(kind: &PieceKind, piece: &Received<'_>, on: Date) -> Option<Lack> {
    if piece.proof_on.is_some_and(|date| date > on) {
        return Some(Lack::InTheFuture);
    }
    match (kind.validity, piece.valid_until, piece.proof_on) {
        (Validity::UntilEndDate, None, _) => Some(Lack::NoEndDate),
        (_, Some(end), _) if end < on => Some(Lack::Ended(end)),
        (Validity::MaxAge, _, None) => Some(Lack::NoProofDate),
        (Validity::MaxAge, _, Some(date)) => {
            let months = kind.max_age_months?;
            let limit = add_months(date, months);
            (limit < on).then_some(Lack::TooOld(months))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 01 - 15);

    #[test]
    fn the_catalogue_holds_the_seventeen_pieces() {
        let codes: Vec<_> = all().iter().map(|kind| kind.code.clone()).collect();
        assert_eq!(codes, (1..=17).map(|n| format!("P{n:02}")).collect::<Vec<_>>());
        assert_eq!(version(), "2025-1");
    }

    #[test]
    fn what_a_file_needs_follows_the_situation() {
        let plain = Situation::default();
        for (code, situation, mandatory) in [
            ("P01", plain, false),
            ("P02", plain, true),
            ("P10", plain, false),
            ("P10", Situation { is_training_body: true, ..plain }, true),
            ("P11", Situation { has_subcontracting: true, ..plain }, true),
            ("P13", plain, false),
            ("P13", Situation { required: "P13,P14", ..plain }, true),
            ("P14", Situation { required: "P13,P14", ..plain }, true),
            ("P14", Situation { required: "P13", ..plain }, false),
            ("P15", Situation { required: "P15", ..plain }, false),
            ("P15", plain, false),
            ("P17", plain, false),
            ("P17", Situation { is_renewal: true, ..plain }, true),
        ] {
            assert_eq!(kind(code).unwrap().is_mandatory(situation), mandatory, "{code} {situation:?}");
        }
    }

    #[test]
    fn settings_choose_among_the_pieces_left_to_them() {
        let asked =
            |codes: &[&str]| AskedPieces { required: codes.iter().map(|code| (*code).to_owned()).collect() };
        for (codes, places) in
            [(vec!["P13", "P14"], vec![]), (vec![], vec![]), (vec!["P02", "P13", "P99"], vec![0_usize, 2])]
        {
            let faults: Vec<usize> = asked(&codes).faults().into_iter().map(|(place, _)| place).collect();
            assert_eq!(faults, places, "{codes:?}");
        }
        assert!(asked(&["P02"]).faults()[0].1.ends_with("P13, P14"));
        assert_eq!(asked(&["P13", "P14"]).kept(), "P13,P14");
    }

    #[test]
    fn a_piece_leaves_a_draft_and_stays_in_a_submitted_file_that_needs_it() {
        let plain = Situation::default();
        for (code, submitted, asked, leaves) in [
            ("P02", false, false, true),
            ("P15", false, false, true),
            ("P02", true, false, false),
            ("P15", true, false, true),
            ("P15", true, true, false),
        ] {
            let kind = kind(code).unwrap();
            assert_eq!(kind.may_leave(plain, submitted, asked), leaves, "{code} {submitted} {asked}");
        }
    }

    #[test]
    fn an_ended_or_undated_piece_does_not_do() {
        let p02 = kind("P02").unwrap();
        let piece = |valid_until| Received { code: "P02", proof_on: None, valid_until };
        assert_eq!(lack_of(p02, &piece(None), TODAY), Some(Lack::NoEndDate));
        let yesterday = date!(2026 - 01 - 14);
        assert_eq!(lack_of(p02, &piece(Some(yesterday)), TODAY), Some(Lack::Ended(yesterday)));
        assert_eq!(lack_of(p02, &piece(Some(TODAY)), TODAY), None);
    }

    #[test]
    fn every_lack_is_told_at_once() {
        let all = lacks(Situation::default(), &[], TODAY);
        assert!(all.len() > 5);
        assert!(all.iter().all(|(_, lack)| *lack == Lack::Missing));
    }
}
