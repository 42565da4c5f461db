//! The margin of a file: who, where, which dates. Pure.

use entity::agreement_request::RequestState;
use entity::expert;
use time::OffsetDateTime;

use super::steps::visit_moment;
use crate::features::agreements::queries::Attachments;
use crate::features::agreements::{Dossier, labels, wording};
use crate::http::web::component::Fact;
use crate::render::french;
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::delays::AgreementDelays;
use crate::rules::email_address::EmailAddress;
use crate::rules::siret::Siren;
use crate::rules::territory;

/// The facts of a file, those that are known.
pub(super) fn facts(
    dossier: &Dossier,
    around: &Attachments,
    controller: Option<&expert::Model>,
    officer: Option<&str>,
    delays: &AgreementDelays,
    now: OffsetDateTime,
) -> Vec<Fact> {
    let (request, structure) = (&dossier.request, &dossier.structure);
    let siren = Siren::parse(&structure.siren).map_or_else(|_| structure.siren.clone(), Siren::grouped);
    let mut facts = vec![
        Fact::new("Structure", structure.name.clone())
            .to(format!("/structures/{}", structure.siren))
            .with_note(place(dossier)),
        Fact::new("SIREN", siren).mono(),
    ];
    if !request.contact_name.is_empty() {
        facts.push(
            Fact::new("Contact", request.contact_name.clone()).with_note(structure.contact_title.clone()),
        );
    }
    if !request.contact_email.is_empty() {
        let fact = Fact::new("Écrire à", request.contact_email.clone());
        // a draft keeps what was typed, an address or not
        let is_address = EmailAddress::parse(&request.contact_email).is_ok();
        facts.push(if is_address { fact.to(format!("mailto:{}", request.contact_email)) } else { fact });
    }
    let sites = french::plural(i64::try_from(dossier.sites.len()).unwrap_or_default(), "site", "sites");
    facts.push(Fact::new("Prestation demandée", labels::role(request.role)).with_note(sites));
    facts.extend(asked(dossier, now));
    if request.state == RequestState::Submitted {
        // The last submission, as its mail counts: nothing moves the file until the answer.
        let day = add_days(dossier.today(*request.touched_at), i32::from(delays.return_within_days));
        facts.push(
            Fact::new("Réponse au plus tard", french::date(day))
                .with_note(french::relative_days(day, dossier.today(now))),
        );
    }
    let zone = structure.zone.as_str();
    if let Some(at) = request.completed_at {
        facts.push(Fact::new("Complète le", wording::day(*at, zone)));
    }
    if let Some(day) = request.decision_expected_on.filter(|_| request.decided_at.is_none()) {
        facts.push(
            Fact::new("Décision attendue", french::date(day))
                .with_note(french::relative_days(day, dossier.today(now))),
        );
    }
    facts.extend(people(dossier, around, controller, officer, now));
    facts
}

/// The sites asked for, who signs for the structure, and until when it may answer a return.
fn asked(dossier: &Dossier, now: OffsetDateTime) -> Vec<Fact> {
    let request = &dossier.request;
    let mut facts = Vec::new();
    if !dossier.sites.is_empty() {
        let term = if dossier.sites.len() == 1 { "Site concerné" } else { "Sites concernés" };
        facts.push(Fact::new(term, wording::sites(&dossier.sites).join("\u{202f}; ")));
    }
    if !request.signatory_name.is_empty() {
        facts.push(
            Fact::new("Signataire", request.signatory_name.clone())
                .with_note(request.signatory_title.clone()),
        );
    }
    if let Some(due) = request.return_due_at.filter(|_| request.state == RequestState::Incomplete) {
        let zone = dossier.structure.zone.as_str();
        let day = day_in_zone(*due, zone);
        facts.push(
            Fact::new("Réponse attendue", format!("jusqu’au {}", wording::instant(*due, zone)))
                .with_note(french::relative_days(day, dossier.today(now))),
        );
    }
    facts
}

fn people(
    dossier: &Dossier,
    around: &Attachments,
    controller: Option<&expert::Model>,
    officer: Option<&str>,
    now: OffsetDateTime,
) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(committee) = &around.committee {
        facts.push(
            Fact::new("Commission", french::long_date(committee.meets_on))
                .with_note(french::relative_days(committee.meets_on, dossier.today(now))),
        );
    }
    if let Some(name) = officer {
        facts.push(Fact::new("Instruction", name));
    }
    if let Some(expert) = controller {
        facts.push(Fact::new("Contrôle", expert.name()));
    }
    let planned = dossier.request.visit_at.is_some();
    if planned {
        let place = dossier.request.visit_place.clone().unwrap_or_default();
        facts.push(Fact::new("Visite", visit_moment(dossier)).with_note(place));
        facts.extend(acceptance(dossier));
    }
    if let Some(right) = &around.agreement {
        facts.push(Fact::new("Agrément", right.number.clone()).mono());
    }
    facts
}

/// Who accepted the date of the visit for the structure; that nobody did is told until the visit is made.
fn acceptance(dossier: &Dossier) -> Option<Fact> {
    let request = &dossier.request;
    match (&request.visit_accepted_by, request.visit_accepted_on) {
        (Some(name), Some(day)) => {
            let fact = Fact::new("Date acceptée par", name.clone());
            Some(fact.with_note(format!("le {}", french::date(day))))
        }
        _ if request.state == RequestState::VisitScheduled => {
            Some(Fact::new("Accord de la structure", "non enregistré"))
        }
        _ => None,
    }
}

/// "Agen (Lot-et-Garonne), 18 postes en insertion".
fn place(dossier: &Dossier) -> String {
    let structure = &dossier.structure;
    let name = territory::department(&structure.department).map_or(structure.department.as_str(), |d| d.name);
    let posts = structure.insertion_posts.map_or_else(String::new, |posts| {
        format!(", {}", french::plural(posts.into(), "poste en insertion", "postes en insertion"))
    });
    format!("{} ({name}){posts}", structure.commune)
}
