//! French words of minutes and appeals.

use entity::candidate::JuryDecision;
use entity::candidate_appeal::AppealOutcome;
use entity::jury_incident::IncidentKind;
use entity::jury_member::Seat;
use entity::jury_minutes::{MinutesKind, MinutesState};
use entity::jury_signature::SignatureKind;
use time::Date;

use super::content::Votes;
use super::input::Point;
use crate::http::web::component::{Color, Status};
use crate::http::web::layout::Flash;
use crate::render::french;

/// Title of a page.
pub const MINUTES: &str = "Procès-verbal de jury";
/// Title of a page.
pub const CORRECTED: &str = "Procès-verbal rectificatif";
/// Title of a page.
pub const NO_QUORUM: &str = "Procès-verbal de carence";
/// Title of a page.
pub const CLOSE: &str = "Clore la délibération";
/// Title of a page.
pub const SIGN: &str = "Procès-verbal à signer";
/// Title of a page.
pub const CHECK: &str = "Contrôler le procès-verbal";
/// Title of a page.
pub const RECTIFY: &str = "Rectifier le procès-verbal";
/// Title of a page.
pub const VALIDATE: &str = "Valider les décisions";
/// Title of a page.
pub const PUBLISH: &str = "Annoncer les résultats";
/// Title of a page.
pub const APPEAL: &str = "Recours";
/// Title of the summary of faults.
pub const NOT_DONE: &str = "Rien n’est enregistré";
/// In the place of whoever has none.
pub const NO_AGREEMENT: &str = "sans agrément en cours";
/// Quality of whoever writes letters.
pub const TEAM: &str = "équipe certification";
/// Who looks at an appeal.
pub const EXAMINER: &str = "la direction de la certification";
/// Where a letter is given to somebody without an address.
pub const BY_HAND: &str = "Remis en main propre par la structure";
/// Kept as the reason when decisions go back to the jury.
pub const SENT_BACK: &str = "Procès-verbal renvoyé au jury";
/// Shown when nobody voted one by one.
pub const TOGETHER: &str = "Décision collégiale";

/// Shown of a candidate about whom nothing was decided.
pub const NO_DECISION: &str = "Sans décision";

/// Why a member receives a message.
pub const WHY_MEMBER: &str = "Vous recevez ce message parce que vous siégez à ce jury.";
/// Why a candidate receives a message.
pub const WHY_CANDIDATE: &str =
    "Vous recevez ce message parce que ce jury a pris une décision à votre sujet.";
/// Why a structure receives a message.
pub const WHY_STRUCTURE: &str = "Vous recevez ce message parce que votre structure suit cette personne.";
/// Why the team receives a message.
pub const WHY_TEAM: &str = "Vous recevez ce message parce que vous suivez les jurys.";

/// Title of minutes.
#[must_use]
pub const fn title(kind: MinutesKind, corrected: bool) -> &'static str {
    match (kind, corrected) {
        (MinutesKind::NoQuorum, _) => NO_QUORUM,
        (MinutesKind::Minutes, true) => CORRECTED,
        (MinutesKind::Minutes, false) => MINUTES,
    }
}

/// Where minutes stand.
#[must_use]
pub const fn state(state: MinutesState) -> Status {
    match state {
        MinutesState::ToSign => Status::new("À signer", "plume", Color::Ocre),
        MinutesState::Signed => Status::new("Signé", "coche", Color::Pre),
        MinutesState::Checked => Status::new("Contrôlé", "coche", Color::Pre),
        MinutesState::Replaced => Status::new("Remplacé", "moins", Color::Ardoise),
    }
}

/// What the jury decided.
#[must_use]
pub const fn decision(decision: JuryDecision) -> Status {
    match decision {
        JuryDecision::Total => Status::new("Validation totale", "coche", Color::Pre),
        JuryDecision::Partial => Status::new("Validation partielle", "demi", Color::Ocre),
        JuryDecision::Refused => Status::new("Refus", "croix", Color::Garance),
        JuryDecision::Adjourned => Status::new("Ajournement", "horloge", Color::Ocre),
        JuryDecision::Absent => Status::new("Absence", "moins", Color::Prune),
        JuryDecision::AbsentExcused => Status::new("Absence justifiée", "moins", Color::Prune),
        JuryDecision::Fraud => Status::new("Fraude", "alerte", Color::Garance),
    }
}

/// What the decision means, in a letter; `waits` when the civil status holds back what it gives.
#[must_use]
pub const fn meaning(decision: JuryDecision, waits: bool) -> &'static str {
    match decision {
        JuryDecision::Total if waits => {
            "Vous obtenez la certification. Votre certificat vous sera délivré quand votre état civil sera complet\u{202f}: parlez-en à votre structure."
        }
        JuryDecision::Partial if waits => {
            "Vous obtenez une partie de la certification. Vous gardez ce qui est acquis\u{202f}: l’attestation vous sera délivrée quand votre état civil sera complet."
        }
        JuryDecision::Total => "Vous obtenez la certification. Votre certificat est délivré.",
        JuryDecision::Partial => {
            "Vous obtenez une partie de la certification. Vous gardez ce qui est acquis."
        }
        JuryDecision::Refused => "Le jury ne valide pas la certification cette fois.",
        JuryDecision::Adjourned => {
            "Le jury n’a pas pu décider. Ce passage ne compte pas comme une tentative."
        }
        JuryDecision::Absent | JuryDecision::AbsentExcused => "Votre absence devant le jury a été constatée.",
        JuryDecision::Fraud => "Le jury a constaté une fraude.",
    }
}

/// What one may do next, in a letter; nothing after everything is acquired.
#[must_use]
pub const fn resit(decision: JuryDecision) -> Option<&'static str> {
    match decision {
        JuryDecision::Partial => Some(
            "Vous pouvez passer de nouveau devant un jury pour ce qui reste à acquérir. Parlez-en à votre structure, ou écrivez-nous si vous l’avez quittée.",
        ),
        JuryDecision::Refused => Some(
            "Vous pouvez passer de nouveau devant un jury, après une préparation. Parlez-en à votre structure, ou écrivez-nous si vous l’avez quittée.",
        ),
        JuryDecision::Adjourned => Some("Nous vous proposons une autre date."),
        _ => None,
    }
}

/// In which quality somebody sits, when their college does not say.
#[must_use]
pub const fn quality(seat: Seat) -> &'static str {
    match seat {
        Seat::President => "mandataire, présidence",
        Seat::Employers => "collège employeurs",
        Seat::Employees => "collège salariés",
        Seat::Other => "autre professionnel",
        Seat::Observer => "observation",
    }
}

/// How the members voted.
#[must_use]
pub fn votes(votes: Option<Votes>) -> String {
    match votes {
        None => TOGETHER.to_owned(),
        Some(Votes { no: 0, blank: 0, .. }) => "Unanimité".to_owned(),
        Some(Votes { yes, no, blank }) => {
            format!("Majorité\u{202f}: {yes} pour, {no} contre, {blank} sans avis")
        }
    }
}

/// A kind of incident.
#[must_use]
pub const fn incident(kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Fraud => "Suspicion de fraude",
        IncidentKind::Identity => "Identité",
        IncidentKind::Health => "Santé",
        IncidentKind::Material => "Matériel",
        IncidentKind::Disruption => "Trouble",
        IncidentKind::Delay => "Retard",
        IncidentKind::Other => "Autre",
    }
}

/// How somebody signed.
#[must_use]
pub const fn signature(kind: SignatureKind) -> &'static str {
    match kind {
        SignatureKind::Drawn => "signature manuscrite à l’écran",
        SignatureKind::Code => "par un code reçu par courriel",
        SignatureKind::Account => "depuis son compte",
        SignatureKind::Refused => "refus de signer",
    }
}

/// What became of a signature, on a screen.
#[must_use]
pub const fn answered(kind: SignatureKind) -> Status {
    match kind {
        SignatureKind::Refused => Status::new("Refus motivé", "croix", Color::Garance),
        _ => Status::new("Signé", "coche", Color::Pre),
    }
}

/// « 1 signature sur 3 ».
#[must_use]
pub fn progress(done: usize, whole: usize) -> String {
    let done = i64::try_from(done).unwrap_or(i64::MAX);
    format!("{} sur {whole}", french::plural(done, "réponse", "réponses"))
}

/// A point of the control.
#[must_use]
pub const fn point(point: Point) -> &'static str {
    match point {
        Point::People => "Les personnes, leurs noms et leurs dates de naissance sont ceux de la liste",
        Point::Quorum => "Le quorum est atteint, aussi pour chaque candidat dont le jury a décidé",
        Point::Impartiality => "Chaque membre a déclaré son impartialité, les abstentions sont motivées",
        Point::Decisions => "Chaque personne présente a une décision, chaque absence est notée",
        Point::Units => "Les blocs ou compétences acquis concordent avec chaque décision",
        Point::Incidents => "Les incidents sont décrits sans donnée de santé",
        Point::Signatures => "Chaque membre a signé, ou refusé avec un motif",
    }
}

/// How an appeal ended.
#[must_use]
pub const fn outcome(outcome: AppealOutcome) -> &'static str {
    match outcome {
        AppealOutcome::Upheld => "Décision maintenue",
        AppealOutcome::Corrected => "Erreur à corriger",
        AppealOutcome::Annulled => "Passage annulé",
    }
}

/// What stands in the way of an appeal that corrects.
pub const CORRECTION_GOES_ON: &str = "Le procès-verbal de ce jury est déjà en cours de rectification\u{202f}: attendez que ses résultats soient annoncés.";
/// Why a passage counts for none.
pub const ANNULLED: &str = "Passage annulé à la suite d’un recours";
/// Fault of a form.
pub const NOT_REOPENED: &str =
    "La décision sur cette personne ne change plus\u{202f}: seul un recours la rouvre";

/// What stands in the way of another decision.
#[must_use]
pub fn revoke_first(number: &str) -> String {
    format!("Le certificat {number} dit autre chose\u{202f}: révoquez-le d’abord.")
}

/// What an appeal that was answered says to the jury that corrects.
#[must_use]
pub fn appeal_found(number: &str, answer: &str) -> String {
    format!("Recours de {number}\u{202f}: {answer}")
}

/// What the outcome of an appeal means for the candidate.
#[must_use]
pub const fn follows(outcome: AppealOutcome) -> &'static str {
    match outcome {
        AppealOutcome::Upheld => "La décision du jury reste la même.",
        AppealOutcome::Corrected => "Votre dossier retourne devant le jury, qui corrige l’erreur.",
        AppealOutcome::Annulled => "Votre passage est annulé. Un jury se prononcera de nouveau.",
    }
}

/// The same, for whoever answers the appeal.
#[must_use]
pub const fn follows_for_team(outcome: AppealOutcome) -> &'static str {
    match outcome {
        AppealOutcome::Upheld => "La décision du jury reste la même.",
        AppealOutcome::Corrected => "Le procès-verbal retourne au jury, qui corrige l’erreur.",
        AppealOutcome::Annulled => {
            "Le passage de cette personne est annulé, sans compter de tentative. Un jury se prononcera de nouveau."
        }
    }
}

/// Title of a document; nothing for the documents of other features.
#[must_use]
pub fn document(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "jury-minutes" => "Procès-verbal de jury",
        "jury-minutes-signed" => "Procès-verbal de jury signé",
        "jury-no-quorum" => "Procès-verbal de carence",
        "jury-no-quorum-signed" => "Procès-verbal de carence signé",
        "jury-decisions" => "Liste des décisions du jury",
        "result-letter" => "Relevé de décision",
        _ => return None,
    })
}

/// What lacks before a deliberation is closed: a candidate without a decision.
#[must_use]
pub fn undecided(number: &str) -> String {
    format!("Une décision pour {number}.")
}

/// What lacks: whether somebody came.
#[must_use]
pub fn unmarked(number: &str) -> String {
    format!("La présence ou l’absence de {number}.")
}

/// What lacks: a quorum for somebody whom the jury decided about.
#[must_use]
pub fn without_quorum(number: &str) -> String {
    format!("Le quorum pour {number}\u{202f}: une abstention le fait perdre, cette personne est à ajourner.")
}

/// What lacks: why somebody is adjourned.
#[must_use]
pub fn unreasoned(number: &str) -> String {
    format!("Le motif de l’ajournement de {number}.")
}

/// What lacks: a unit in a decision on a part.
#[must_use]
pub fn without_unit(number: &str) -> String {
    format!("Ce qui est acquis pour {number}.")
}

/// Fault of a form.
pub const UNKNOWN_PASSAGE: &str = "Cette personne n’est pas passée devant ce jury";
/// Fault of a form.
pub const UNKNOWN_UNIT: &str = "Ce bloc ou cette compétence n’est pas du référentiel";
/// Fault of a form.
pub const CODE_NEEDED: &str = "Indiquez le code reçu par courriel";
/// Fault of a form.
pub const BEFORE_NOTICE: &str = "Choisissez un jour après l’annonce de la décision";

/// Said once a deliberation is closed.
#[must_use]
pub fn closed() -> Flash {
    Flash::done("Délibération close.", "Le texte est figé. Chaque membre peut maintenant le signer.")
}

/// Said once a code is sent.
#[must_use]
pub fn code_sent(name: &str) -> Flash {
    Flash::done("Code envoyé.", format!("{name} le reçoit par courriel. Il est valable quinze minutes."))
}

/// Said once somebody answered.
#[must_use]
pub fn answer_kept(refused: bool, last: bool) -> Flash {
    let title = if refused { "Refus enregistré." } else { "Signature enregistrée." };
    let next = if last {
        "Tous les membres ont répondu. L’équipe certification contrôle le procès-verbal."
    } else {
        ""
    };
    Flash::done(title, next)
}

/// Said once minutes are checked.
#[must_use]
pub fn checked(conform: bool) -> Flash {
    if conform {
        Flash::done("Procès-verbal conforme.", "Les décisions peuvent être validées.")
    } else {
        Flash::done("Procès-verbal renvoyé.", "La présidence du jury est prévenue.")
    }
}

/// Said once minutes are corrected.
#[must_use]
pub fn rectified() -> Flash {
    Flash::done("Procès-verbal rectifié.", "L’original est conservé. Chaque membre signe le nouveau texte.")
}

/// Said once decisions are validated.
#[must_use]
pub fn validated() -> Flash {
    Flash::done("Décisions validées.", "Rien n’est encore envoyé\u{202f}: annoncez maintenant les résultats.")
}

/// Said once a validation is taken back.
#[must_use]
pub fn taken_back() -> Flash {
    Flash::done("Validation reprise.", "Personne n’avait été prévenu.")
}

/// Said once results are told; how many certificates wait.
#[must_use]
pub fn published(waiting: usize) -> Flash {
    const SOON: &str = "Les courriers et les certificats sont produits dans un instant.";
    let said = match i64::try_from(waiting).unwrap_or(i64::MAX) {
        0 => SOON.to_owned(),
        count => {
            let what = french::plural(count, "certificat attend", "certificats attendent");
            format!("{SOON} {what} un état civil complet.")
        }
    };
    Flash::done("Résultats annoncés.", said)
}

/// Title of what is looked at before the results are told.
pub const BEFORE_RESULTS: &str = "Avant d’annoncer les résultats";
/// Title of what still waits once they are told.
pub const WAITING: &str = "Certificats en attente";
/// Looked at: the minutes.
pub const SIGNED_AND_CHECKED: &str = "Procès-verbal signé et contrôlé";
/// Looked at: the certificates.
pub const NONE_CONTRADICTS: &str = "Aucun certificat déjà délivré ne contredit le procès-verbal";
/// Looked at: the civil status of those to whom something is delivered.
pub const STATUSES_WHOLE: &str = "L’état civil de chaque titulaire est complet";
/// What an incomplete civil status does.
pub const RESULT_TOLD: &str = "Le résultat est annoncé, le certificat attend.";
/// Said of what keeps the results from being told.
pub const BLOCKS: &str = "Bloquant";
/// Said of a certificate that waits.
pub const WAITS: &str = "En attente";

/// Looked at: the day of delivery.
#[must_use]
pub fn delivered_on(day: &str) -> String {
    format!("Date de délivrance fixée au {day}")
}

/// Said once an appeal is lodged.
#[must_use]
pub fn appealed() -> Flash {
    Flash::done("Recours enregistré.", "L’équipe certification en accuse réception sous huit jours.")
}

/// Said once an appeal is acknowledged.
#[must_use]
pub fn acknowledged() -> Flash {
    Flash::done("Accusé de réception envoyé.", "")
}

/// Said once an appeal is settled.
#[must_use]
pub fn settled() -> Flash {
    Flash::done("Réponse envoyée.", "La personne candidate est prévenue.")
}

/// What a publication does, before it is confirmed.
#[must_use]
pub fn effects(told: usize, by_mail: usize, certificates: usize) -> Vec<String> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let on_paper = told.saturating_sub(by_mail);
    let mut lines = vec![
        format!(
            "{}\u{202f};",
            french::plural(
                count(told),
                "personne à qui sa décision est annoncée",
                "personnes à qui leur décision est annoncée"
            )
        ),
        format!(
            "{} par courriel, avec les voies de recours\u{202f};",
            french::plural(count(by_mail), "décision envoyée", "décisions envoyées")
        ),
    ];
    if on_paper > 0 {
        let who = french::plural(count(on_paper), "courrier", "courriers");
        lines.push(format!("{who} à remettre sur papier par la structure\u{202f};"));
    }
    let what =
        french::plural(count(certificates), "certificat ou attestation", "certificats ou attestations");
    lines.push(format!("{what} à délivrer\u{202f}; ce qui est délivré ne change plus."));
    lines
}

/// « Emma Kessal a signé à 15 h 52 ».
#[must_use]
pub fn signed_at(kind: SignatureKind, when: &str) -> String {
    match kind {
        SignatureKind::Refused => format!("Refus du {when}"),
        _ => format!("Le {when}, {}", signature(kind)),
    }
}

/// « 12 h 50, quorum atteint ».
#[must_use]
pub fn opened(hour: &str, quorum: bool) -> String {
    format!("{hour}, quorum {}", if quorum { "atteint" } else { "non atteint" })
}

/// « 5 personnes entendues, 1 présente sans audition, 1 absence ».
#[must_use]
pub fn heard(heard: usize, unheard: usize, absent: usize) -> String {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut told = vec![french::plural(count(heard), "personne entendue", "personnes entendues")];
    if unheard > 0 {
        told.push(french::plural(count(unheard), "présente sans audition", "présentes sans audition"));
    }
    if absent > 0 {
        told.push(french::plural(count(absent), "absence", "absences"));
    }
    told.join(", ")
}

/// « close à 15 h 48 », or « close le 29 novembre 2026 » when it was another day than that of the jury.
#[must_use]
pub fn closed_on(hour: &str, later: Option<Date>) -> String {
    later.map_or_else(|| format!("close à {hour}"), |day| format!("close le {}", french::date(day)))
}

/// How the jury voted on everybody; nothing when it decided about nobody.
#[must_use]
pub fn all_votes(votes: &[Option<Votes>]) -> Option<String> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let together = votes.iter().filter(|one| one.is_none()).count();
    let split = votes.iter().flatten().filter(|one| one.no + one.blank > 0).count();
    let whole = french::plural(count(votes.len()), "décision", "décisions");
    match (votes.len(), together, split) {
        (0, ..) => None,
        (all, together, _) if all == together => Some(format!("{TOGETHER}, {whole}")),
        (_, 0, 0) => Some(format!("Unanimité, {whole}")),
        (_, 0, split) => Some(format!("Majorité pour {} sur {whole}", french::integer(count(split)))),
        _ => Some(format!("{whole}, dont {} sans vote de chaque membre", french::integer(count(together)))),
    }
}

/// The steps that people follow after the opening of a jury.
pub const STEPS: [&str; 6] =
    ["Ouverture", "Passages", "Délibération", "Signatures", "Contrôle par la certification", "Notification"];
/// Before what lacked to a jury without quorum.
pub const LACKED: &str = "Carence";
/// Before what happened.
pub const INCIDENT: &str = "Incident";
/// Before general remarks.
pub const REMARKS: &str = "Organisation";
/// Said of an adaptation, and nothing more.
pub const ADAPTED: &str = "Une adaptation a été appliquée.";

/// The facts of frozen minutes.
pub mod fact {
    /// What is certified.
    pub const CERTIFICATION: &str = "Certification";
    /// Where it is registered.
    pub const REGISTER: &str = "Enregistrement";
    /// Where it took place.
    pub const STRUCTURE: &str = "Structure";
    /// When.
    pub const WHEN: &str = "Date";
    /// Where.
    pub const WHERE: &str = "Lieu";
    /// Who sat.
    pub const MEMBERS: &str = "Jury";
    /// The quorum.
    pub const QUORUM: &str = "Quorum";
    /// How the jury voted.
    pub const VOTES: &str = "Votes";
    /// Declarations and abstentions.
    pub const IMPARTIALITY: &str = "Impartialité";
    /// Who did not come.
    pub const ABSENT: &str = "Absences";
    /// Who observed.
    pub const OBSERVERS: &str = "Observation, sans voix";
    /// When an appeal arrived.
    pub const RECEIVED: &str = "Reçu le";
    /// When the candidate knew that it arrived.
    pub const ACKNOWLEDGED: &str = "Accusé de réception";
    /// By when it is answered.
    pub const ANSWER_BY: &str = "Réponse au plus tard le";
    /// How it ended.
    pub const OUTCOME: &str = "Suite";
    /// Until when one may appeal.
    pub const LODGE_BY: &str = "Recours possible jusqu’au";
    /// When somebody was told.
    pub const TOLD: &str = "Décision annoncée le";
}

/// Said of a quorum.
#[must_use]
pub fn quorum(reached: bool, present: usize) -> String {
    let present = i64::try_from(present).unwrap_or(i64::MAX);
    let people = french::plural(present, "personne ayant voix", "personnes ayant voix");
    if reached { format!("Atteint, {people}") } else { format!("Non atteint, {people}") }
}

/// Said of declarations of impartiality and of abstentions.
#[must_use]
pub fn impartiality(declared: usize, abstentions: usize) -> String {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let declared = french::plural(count(declared), "déclaration signée", "déclarations signées");
    let out = match abstentions {
        0 => "aucune abstention".to_owned(),
        some => french::plural(count(some), "abstention", "abstentions"),
    };
    format!("{declared}, {out}")
}

/// Said of an abstention.
#[must_use]
pub fn abstention(member: &str, reason: &str) -> String {
    format!("Abstention de {member}\u{202f}: {reason}")
}

/// The word of a checklist.
pub const LACKS: &str = "À faire";
/// The word of a checklist.
pub const KEPT: &str = "Fait";
/// A link to the text of a jury without quorum.
pub const PRINT_NO_QUORUM: &str = "Imprimer ce constat";
/// A link to the text.
pub const PRINT: &str = "Imprimer le procès-verbal";

/// How a candidate is told.
#[must_use]
pub const fn told(by_mail: bool) -> &'static str {
    if by_mail { "par courriel" } else { "sur papier, par la structure" }
}
