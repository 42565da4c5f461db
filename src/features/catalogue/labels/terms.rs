//! Terms of facts, titles of the parts of a sheet, steps of an enrolment.

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $word:literal;)+) => {$($(#[$doc])* pub const $name: &str = $word;)+};
}

words! {
    /// Term of a fact.
    FACT_REFERENCE = "Référence";
    /// Term of a fact.
    FACT_DURATION = "Durée";
    /// Term of a fact.
    FACT_MODE = "Modalité";
    /// Term of a fact.
    FACT_PEOPLE = "Effectif";
    /// Term of a fact.
    FACT_SANCTION = "Validation";
    /// Term of a fact.
    FACT_DELAY = "Délai d’accès";
    /// Term of a fact.
    FACT_DISABILITY = "Référence handicap";
    /// Term of a fact.
    FACT_UPDATED = "Mise à jour";
    /// Term of a fact.
    FACT_PLACE = "Lieu";
    /// Term of a fact.
    FACT_WAY = "Accès";
    /// Term of a fact.
    FACT_PRICE = "Tarif";
    /// Term of a fact.
    FACT_FUNDING = "Financement";
    /// Term of a fact.
    FACT_RESULTS = "Résultats";
    /// Term of a fact.
    FACT_CONTACT = "Contact";
    /// Term of a fact.
    FACT_TRAINING = "Formation";
    /// Term of a fact.
    FACT_WHEN = "Quand";
    /// Term of a fact.
    FACT_PERSON = "Personne";
    /// Term of a fact.
    FACT_EMAIL = "Adresse électronique";
    /// Term of a fact.
    FACT_RANK = "Votre rang";
    /// Term of a fact.
    FACT_CAUSE = "Motif";
    /// Part of a sheet.
    AUDIENCE = "À qui s’adresse-t-elle";
    /// Part of a sheet.
    PREREQUISITES = "Prérequis";
    /// Part of a sheet.
    RHYTHM = "Rythme";
    /// Part of a sheet.
    METHODS = "Comment elle se déroule";
    /// Part of a sheet.
    TRAINERS = "Qui l’anime";
    /// Part of a sheet.
    ASSESSMENT = "Comment vous êtes évalué";
    /// Part of a sheet.
    RESULTS = "Résultats";
    /// Part of a sheet.
    AFTER = "Équivalences, passerelles et suites";
    /// Part of a sheet.
    ACCESS = "Modalités et délais d’accès";
    /// Part of a sheet.
    FUNDING = "Financement";
    /// Part of a sheet.
    ACCESSIBILITY = "Accessibilité aux personnes handicapées";
    /// Part of a sheet.
    REMOTE_NEEDS = "Matériel nécessaire à distance";
    /// Step of an enrolment.
    STEP_ASKED = "Inscription";
    /// Step of an enrolment.
    STEP_ADDRESS = "Adresse confirmée";
    /// Step of an enrolment.
    STEP_PAPERS = "Convention ou contrat";
    /// Step of an enrolment.
    STEP_CONFIRMED = "Place confirmée";
    /// Step of an enrolment.
    STEP_TRAINING = "Formation";
}
