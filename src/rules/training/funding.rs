//! What each scheme of funding asks for, and where it stands in the BPF (domain reference, 4.5, 4.10).
use entity::funding::Scheme;
use entity::funding_piece::FundingPieceKind;
use entity::invoice_line::BpfOrigin;

use super::cancellation::pro_rata;

/// Whether somebody else than whoever buys pays, and says so by an agreement that has a number.
#[must_use]
pub const fn asks_agreement(scheme: Scheme) -> bool {
    !matches!(scheme, Scheme::Employer | Scheme::PublicEmployer | Scheme::Individual)
}

/// Whether the funder always pays whoever delivers, never the employer.
#[must_use]
pub const fn pays_provider(scheme: Scheme) -> bool {
    matches!(scheme, Scheme::Cpf | Scheme::FranceTravail)
}

/// Whether the European Union takes part, which makes papers be kept for ten years.
#[must_use]
pub const fn is_european(scheme: Scheme) -> bool {
    matches!(scheme, Scheme::Fse)
}

/// The pieces that go with the request, before the session.
#[must_use]
pub const fn asked_before(scheme: Scheme) -> &'static [FundingPieceKind] {
    if asks_agreement(scheme) && !pays_provider(scheme) {
        &[FundingPieceKind::Programme, FundingPieceKind::Convention]
    } else {
        &[]
    }
}

/// The pieces that go to the funder once the session has ended; the invoice when it pays whoever delivers.
#[must_use]
pub const fn asked_after(scheme: Scheme, subrogation: bool) -> &'static [FundingPieceKind] {
    if !asks_agreement(scheme) {
        &[]
    } else if subrogation || pays_provider(scheme) {
        &[FundingPieceKind::CompletionCertificate, FundingPieceKind::Invoice]
    } else {
        &[FundingPieceKind::CompletionCertificate]
    }
}

/// Those of some pieces that were not sent.
#[must_use]
pub fn lacking(asked: &[FundingPieceKind], sent: &[FundingPieceKind]) -> Vec<FundingPieceKind> {
    asked.iter().copied().filter(|piece| !sent.contains(piece)).collect()
}

/// What the funder owes of what it agreed, in cents: only hours really done are due. An agreement that tells no hours is
/// a lump sum, due once somebody came.
#[must_use]
pub fn due(amount_cents: i64, agreed_minutes: u32, done_minutes: u32) -> i64 {
    match (agreed_minutes, done_minutes) {
        (0, 0) => 0,
        (0, _) => amount_cents,
        _ => pro_rata(amount_cents, done_minutes, agreed_minutes),
    }
}

/// The line of frame C of the BPF that a scheme is declared in. What a fund of the professional branches pays goes to its
/// line, whoever it pays.
#[must_use]
pub const fn origin(scheme: Scheme) -> BpfOrigin {
    match scheme {
        Scheme::SkillsPlan | Scheme::PicIae | Scheme::Fne => BpfOrigin::SkillsPlan,
        Scheme::Apprenticeship => BpfOrigin::Apprenticeship,
        Scheme::Professionalisation => BpfOrigin::Professionalisation,
        Scheme::ProA => BpfOrigin::Promotion,
        Scheme::Transition => BpfOrigin::Transition,
        Scheme::Cpf => BpfOrigin::Cpf,
        Scheme::Poec | Scheme::Poei => BpfOrigin::JobSeekers,
        Scheme::FranceTravail => BpfOrigin::FranceTravail,
        Scheme::Fse => BpfOrigin::European,
        Scheme::Region => BpfOrigin::Regions,
        Scheme::Agefiph => BpfOrigin::OtherPublic,
        Scheme::Asp | Scheme::State | Scheme::Volunteers => BpfOrigin::State,
        Scheme::Employer => BpfOrigin::Companies,
        Scheme::PublicEmployer => BpfOrigin::PublicAgents,
        Scheme::Individual => BpfOrigin::Individuals,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scheme_asks_for_its_pieces() {
        use FundingPieceKind::{CompletionCertificate, Convention, Invoice, Programme};
        let cases: [(Scheme, bool, &[FundingPieceKind], &[FundingPieceKind]); 5] = [
            (Scheme::SkillsPlan, false, &[Programme, Convention], &[CompletionCertificate]),
            (Scheme::SkillsPlan, true, &[Programme, Convention], &[CompletionCertificate, Invoice]),
            (Scheme::Cpf, false, &[], &[CompletionCertificate, Invoice]),
            (Scheme::Employer, false, &[], &[]),
            (Scheme::Individual, true, &[], &[]),
        ];
        for (scheme, subrogation, before, after) in cases {
            assert_eq!(asked_before(scheme), before, "{scheme}");
            assert_eq!(asked_after(scheme, subrogation), after, "{scheme}");
        }
        assert_eq!(lacking(&[Programme, Convention], &[Convention]), [Programme]);
        assert!(lacking(&[], &[Convention]).is_empty());
    }

    #[test]
    fn only_hours_really_done_are_due() {
        for (amount, agreed, done, expected) in [
            (84_000, 840, 840, 84_000),
            (84_000, 840, 420, 42_000),
            (84_000, 840, 1_000, 84_000),
            (84_000, 840, 0, 0),
            (84_000, 0, 0, 0),
            (84_000, 0, 60, 84_000),
            (10_000, 840, 1, 12),
        ] {
            assert_eq!(due(amount, agreed, done), expected, "{amount} {agreed} {done}");
        }
    }

    #[test]
    fn every_scheme_is_declared_in_a_line_that_is_no_other_product() {
        for scheme in Scheme::all() {
            let line = origin(scheme);
            assert!(!matches!(line, BpfOrigin::OtherProducts | BpfOrigin::None | BpfOrigin::Organisations));
        }
        for (scheme, expected) in [
            (Scheme::PicIae, BpfOrigin::SkillsPlan),
            (Scheme::Poei, BpfOrigin::JobSeekers),
            (Scheme::Fse, BpfOrigin::European),
            (Scheme::Asp, BpfOrigin::State),
            (Scheme::Employer, BpfOrigin::Companies),
        ] {
            assert_eq!(origin(scheme), expected, "{scheme}");
        }
        assert!(is_european(Scheme::Fse) && !is_european(Scheme::Region));
    }
}
