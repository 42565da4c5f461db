//! The sentences that people of the demonstration write in the course of the story.

/// Who gave the Qualiopi certificate.
pub(super) const QUALIOPI_ISSUER: &str = "Organisme de certification de démonstration";
/// Who insures the certifying body.
pub(super) const INSURER: &str = "Mutuelle d’assurance de démonstration";
/// Why a contrôleur is kept in spite of a warning.
pub(super) const TIE_ACCEPTED: &str = "Aucun autre contrôleur de la région n’est disponible ; le lien est ancien et sans rapport avec la demande.";
/// Who accepts the date of a visit.
pub(super) const ACCEPTED_BY: &str = "La direction, par téléphone";
/// What proves that a reserve may be lifted.
pub(super) const EVIDENCE_SEEN: &str = "Trois mois de traces reçus et vérifiés.";
/// What an expert writes after a mission.
pub(super) const MISSION_REPORT: &str = "Quatre personnes rencontrées. Les livrets sont tenus, deux grilles restent à dater.\nProchain point dans trois mois.";
/// What the first expense of a claim was.
pub(super) const WAY_AND_BACK: &str = "Aller et retour";
/// What the second expense of a claim was.
pub(super) const LUNCH: &str = "Déjeuner";
/// Why the claim goes above a ceiling.
pub(super) const LUNCH_TOO_DEAR: &str = "Un seul restaurant ouvert près du chantier.";
/// Why a claim goes back.
pub(super) const RECEIPT_UNREADABLE: &str = "Le justificatif du déjeuner est illisible.";
/// Why a mission is taken back.
pub(super) const MISSION_WITHDRAWN: &str = "La structure demande une autre date.";
/// Why a mission does not take place.
pub(super) const MISSION_CANCELLED: &str = "Locaux fermés pour travaux.";
/// Who follows candidates in their structure.
pub(super) const CANDIDATE_REFERENT: &str = "Encadrement technique";
/// Who observes candidates at work.
pub(super) const CANDIDATE_ASSESSOR: &str = "Maëlys Kerzoncuf";
/// What they did when they were observed, the first time and the next.
pub(super) const CANDIDATE_SITUATIONS: [&str; 2] = [
    "Mise en place du chantier, le matin, en équipe de quatre",
    "Commande livrée chez un client, en autonomie",
];
/// What lacks in the file of a candidate.
pub(super) const CANDIDATE_LACKS: &str =
    "La signature de la personne dans le livret\nDeux observations datées";
/// The room where juries sit.
pub(super) const JURY_ROOM: &str = "Salle de réunion";
/// Why somebody sits in a jury in spite of a warning.
pub(super) const JURY_REASON: &str = "Personne d’autre n’est libre ce jour-là dans la région.";
/// What a jury of the past says of its day.
pub(super) const JURY_REMARKS: &str = "Session bien préparée, dossiers remis à temps.";
/// Why somebody did not come and is excused.
pub(super) const JURY_EXCUSE: &str = "Arrêt de travail";
/// Where somebody who did not come was.
pub(super) const JURY_JOB: &str = "Départ pour un emploi";
/// Why a jury could not decide.
pub(super) const JURY_ADJOURNED: &str = "Une pièce du dossier manque";
/// What a control found in minutes.
pub(super) const JURY_FINDINGS: &str = "Le motif d’un ajournement est à préciser.";
/// What the jury observes of a bloc that is not acquired.
pub(super) const JURY_BLOC: &str = "À retravailler en situation, avec l’encadrement technique.";
/// What the jury advises to whoever has a part only.
pub(super) const JURY_ADVICE: &str = "Reprendre les parties qui manquent, puis se présenter à nouveau.";
/// What proves that somebody followed a half-day at a distance.
pub(super) const ATTENDED_REMOTELY: &str = "Connexion du début à la fin, exercices rendus.";
/// Why a presence was corrected.
pub(super) const SIGNATURE_FORGOTTEN: &str =
    "Signature oubliée, présence confirmée par la personne qui animait.";
/// Why a presence is corrected today.
pub(super) const LEFT_LATER: &str =
    "La personne est restée jusqu’à la fin\u{202f}: la salle avait changé après la pause.";
/// Why a structure does not sign a convention.
pub(super) const CONVENTION_REFUSED: &str =
    "Les dates ne conviennent plus\u{202f}: la personne est en congé cette semaine-là.";
