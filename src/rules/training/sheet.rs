//! What a sheet of a programme lacks to be published (domain reference, 4.2; Qualiopi, indicators 1 and 3).
//!
//! Everything that lacks is told at once, each with the field of its form. An absence is stated: « aucun prérequis » is a
//! prerequisite that is written.
use entity::programme_version::{self, Modality, Sanction};

/// What stands beside the row of a version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Modules that have a title and a content.
    pub modules: usize,
    /// Prices.
    pub prices: usize,
    /// Skills of the referential that no module covers; zero when none is aimed at.
    pub uncovered: usize,
}

/// Something that lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Missing {
    /// Its field.
    pub field: &'static str,
    /// What it is.
    pub label: &'static str,
}

/// Every field that a sheet cannot be published without and that is empty, in the order of the form.
#[must_use]
pub fn missing(sheet: &programme_version::Model, beside: Beside) -> Vec<Missing> {
    let mut found = Vec::new();
    let mut want = |present: bool, field: &'static str, label: &'static str| {
        if !present {
            found.push(Missing { field, label });
        }
    };
    let written = |text: &str| !text.trim().is_empty();
    want(written(&sheet.title), "title", "Intitulé");
    want(written(&sheet.goal), "goal", "But en une phrase");
    want(written(&sheet.audience), "audience", "Public visé");
    want(written(&sheet.prerequisites), "prerequisites", "Prérequis, ou leur absence");
    want(written(&sheet.objectives), "objectives", "Objectifs opérationnels");
    want(beside.modules > 0, "modules", "Contenu, par module");
    want(sheet.duration_minutes.is_some(), "duration_minutes", "Durée en heures");
    want(sheet.half_days.is_some(), "half_days", "Durée en demi-journées");
    want(written(&sheet.rhythm), "rhythm", "Rythme");
    let remote = matches!(sheet.modality, Modality::Remote | Modality::RemoteAsync);
    want(remote || written(&sheet.places), "places", "Lieux");
    want(sheet.group_min.is_some(), "group_min", "Effectif minimal");
    want(sheet.group_max.is_some(), "group_max", "Effectif maximal");
    want(written(&sheet.methods), "methods", "Méthodes et moyens pédagogiques");
    want(written(&sheet.trainer_profile), "trainer_profile", "Profil des formateurs");
    want(written(&sheet.assessment_entry), "assessment_entry", "Évaluation à l’entrée");
    want(written(&sheet.assessment_during), "assessment_during", "Évaluation pendant la formation");
    want(written(&sheet.assessment_end), "assessment_end", "Évaluation à la fin");
    want(written(&sheet.access_procedure), "access_procedure", "Modalités d’accès");
    want(written(&sheet.access_delay), "access_delay", "Délai d’accès");
    want(beside.prices > 0, "prices", "Tarifs");
    want(written(&sheet.accessibility), "accessibility", "Accessibilité aux personnes handicapées");
    want(written(&sheet.disability_contact), "disability_contact", "Référent handicap");
    want(written(&sheet.contact), "contact", "Contact");
    let at_a_distance = remote || sheet.modality == Modality::Mixed;
    want(!at_a_distance || written(&sheet.remote_needs), "remote_needs", "Matériel nécessaire à distance");
    want(written(&sheet.nsf), "nsf", "Code NSF");
    if sheet.sanction == Sanction::Certification {
        want(sheet.certification_version_id.is_some(), "certification_version_id", "Certification visée");
        want(beside.uncovered == 0, "coverage", "Compétences de la certification qu’aucun module ne couvre");
        want(written(&sheet.equivalences), "equivalences", "Équivalences, ou leur absence");
        want(written(&sheet.bridges), "bridges", "Passerelles, ou leur absence");
        want(written(&sheet.follow_ups), "follow_ups", "Suites de parcours");
        want(written(&sheet.outlets), "outlets", "Débouchés");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::Instant;
    use entity::programme_version::{Vat, VersionState};
    use time::OffsetDateTime;
    use time::macros::date;
    use uuid::Uuid;

    const FULL: Beside = Beside { modules: 2, prices: 1, uncovered: 0 };

    /// A sheet where every text says the same.
    fn sheet(text: &str) -> programme_version::Model {
        let text = || text.to_owned();
        programme_version::Model {
            id: Uuid::nil().into(),
            programme_id: Uuid::nil().into(),
            number: 1,
            state: VersionState::Draft,
            title: text(),
            goal: text(),
            audience: text(),
            prerequisites: text(),
            objectives: text(),
            duration_minutes: Some(420),
            half_days: Some(2),
            rhythm: text(),
            modality: Modality::OnSite,
            places: text(),
            group_min: Some(4),
            group_max: Some(10),
            methods: text(),
            trainer_profile: text(),
            assessment_entry: text(),
            assessment_during: text(),
            assessment_end: text(),
            sanction: Sanction::Attestation,
            certification_version_id: None,
            blocs: text(),
            equivalences: text(),
            bridges: text(),
            follow_ups: text(),
            outlets: text(),
            access_procedure: text(),
            access_delay: text(),
            vat: Vat::Exempt,
            funding_hints: text(),
            accessibility: text(),
            disability_contact: text(),
            contact: text(),
            remote_needs: text(),
            legal_notes: text(),
            nsf: text(),
            formacodes: text(),
            rome: text(),
            results_note: text(),
            updated_on: date!(2026 - 03 - 01),
            published_by: None,
            published_at: None,
            superseded_at: None,
            created_by: None,
            created_at: Instant::from(OffsetDateTime::UNIX_EPOCH),
            version: 0,
        }
    }

    fn fields(sheet: &programme_version::Model, beside: Beside) -> Vec<&'static str> {
        missing(sheet, beside).into_iter().map(|one| one.field).collect()
    }

    #[test]
    fn a_full_sheet_lacks_nothing() {
        assert_eq!(fields(&sheet("dit"), FULL), Vec::<&str>::new());
    }

    #[test]
    fn an_empty_sheet_is_told_everything_once() {
        let mut empty = sheet(" ");
        (empty.duration_minutes, empty.half_days) = (None, None);
        (empty.group_min, empty.group_max) = (None, None);
        empty.modality = Modality::Mixed;
        empty.sanction = Sanction::Certification;
        let found = fields(&empty, Beside { uncovered: 3, ..Beside::default() });
        let once: std::collections::BTreeSet<_> = found.iter().collect();
        assert_eq!(once.len(), found.len());
        assert_eq!(found.len(), 31);
    }

    #[test]
    fn places_are_for_who_goes_there_and_needs_for_who_does_not() {
        let cases = [
            (Modality::OnSite, vec!["places"]),
            (Modality::Remote, vec!["remote_needs"]),
            (Modality::RemoteAsync, vec!["remote_needs"]),
            (Modality::Mixed, vec!["places", "remote_needs"]),
            (Modality::Afest, vec!["places"]),
        ];
        for (modality, expected) in cases {
            let mut sheet = sheet("dit");
            sheet.modality = modality;
            (sheet.places, sheet.remote_needs) = (String::new(), String::new());
            assert_eq!(fields(&sheet, FULL), expected, "{modality}");
        }
    }

    #[test]
    fn what_a_certification_asks_is_asked_of_its_programmes_alone() {
        let mut certifying = sheet("dit");
        certifying.sanction = Sanction::Certification;
        let beside = Beside { uncovered: 1, ..FULL };
        assert_eq!(fields(&certifying, beside), ["certification_version_id", "coverage"]);
        assert!(fields(&sheet("dit"), beside).is_empty());
    }
}
