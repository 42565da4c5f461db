//! Words of the text of minutes.

use entity::jury_incident::IncidentKind;
use entity::jury_member::Seat;
use entity::jury_signature::SignatureKind;
use time::Date;

use super::super::content::Votes;
use crate::render::french;

/// In the place of whoever has none.
pub const NO_AGREEMENT: &str = "sans agrément en cours";
/// Shown when nobody voted one by one.
pub const TOGETHER: &str = "Décision collégiale";

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

/// « Hélène Sauvagnac (mandataire, présidence) »: inside parentheses, a quality takes no capital.
#[must_use]
pub fn member(name: &str, quality: &str) -> String {
    format!("{name} ({})", french::uncapitalised(quality))
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

/// Before what lacked to a jury without quorum.
pub const LACKED: &str = "Carence";
/// Before what happened.
pub const INCIDENT: &str = "Incident";
/// Before general remarks.
pub const REMARKS: &str = "Organisation";
/// Said of an adaptation, and nothing more.
pub const ADAPTED: &str = "Une adaptation a été appliquée.";

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
