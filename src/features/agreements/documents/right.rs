//! Convention, certificate, end of the reserves.

use entity::agreement;
use entity::reserve::ReserveState;
use qrcode::QrCode;
use qrcode::render::svg;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::Draft;
use super::facts::{Material, day_in_paris, signatory, siret_of};
use super::texts::{Duty, Service, asked_of, texts};
use super::wording::{self, UNKNOWN, object, or_unknown, reference};
use crate::features::agreements::input::Signatory;
use crate::features::agreements::wording as desk;
use crate::render::french;

fn decided(material: &Material) -> (String, String) {
    let decisions = &material.whole.attachments.decisions;
    let on =
        decisions.first().map_or_else(|| UNKNOWN.to_owned(), |decision| material.day(*decision.decided_at));
    (material.decision_number(decisions.len()), on)
}

fn period(agreement: &agreement::Model) -> Value {
    json!({ "from": wording::held(agreement.starts_on), "until": wording::held(agreement.ends_on) })
}

/// Name and quality of the person who signs for the certifier: those that were typed, or the quality that is known of
/// the same person; empty when none is.
fn signed_as<'a>(typed: &'a str, configured: &'a str) -> (&'a str, &'a str) {
    let (name, quality) = typed.split_once(',').unwrap_or((typed, ""));
    let (known, known_quality) = configured.split_once(',').unwrap_or((configured, ""));
    let (name, quality) = (name.trim(), quality.trim());
    if quality.is_empty() && desk::is_same_name(known.trim(), name) {
        return (name, known_quality.trim());
    }
    (name, quality)
}

fn quality_or_manager(quality: &str) -> &str {
    if quality.is_empty() { wording::MANAGER } else { quality }
}

/// Who signs for the certifier: who did, or the person known to sign.
fn for_certifier(material: &Material, agreement: &agreement::Model) -> Signatory {
    let known = material.representative();
    let Some(name) = agreement.signed_by_certifier.as_deref() else { return Signatory::known(known) };
    let (said, of_known) = signed_as(name, known);
    // A signature of before the quality was kept has that of the person known to sign.
    let quality = agreement.signed_by_certifier_quality.as_deref().unwrap_or(of_known);
    Signatory { name: said.to_owned(), quality: quality.to_owned() }
}

/// The text of the convention as it is offered for signature: all but who signs it. It is kept with its fingerprint, and
/// both parties sign that one.
pub(in crate::features::agreements) fn offered(material: &Material) -> Option<Value> {
    let agreement = material.whole.attachments.agreement.as_ref()?;
    let at: OffsetDateTime = *agreement.convention_sent_at.or(agreement.activated_at)?;
    let on = day_in_paris(at);
    let request = material.request();
    let articles = &texts().convention;
    let (number, decided_on) = decided(material);
    let version = &material.whole.dossier.version;
    let role = request.role;
    let (trains, organises) = (Service::Train.is_of(role), Service::Organise.is_of(role));
    let asked = |duties: &[Duty]| asked_of(duties, role, &version.title);
    let subcontracting =
        if trains { &articles.subcontracting } else { &articles.subcontracting_of_assessment };
    Some(json!({
        "issuer": material.issuer(on),
        "number": format!("{}-C", agreement.number),
        "decision": { "number": number, "on": decided_on },
        "certifier": material.certifier(on),
        "structure": material.structure(),
        "sites": material.sites(),
        "certifications": [{
            "title": version.title,
            "version": version.label,
            "registration": material.registration(on),
            "branch": texts().joint_body,
        }],
        "roles": material.roles(),
        "trains": trains,
        "organises": organises,
        "period": period(agreement),
        "teaching_duties": asked(&articles.teaching_duties),
        "administrative_duties": asked(&articles.administrative_duties),
        "means": asked(&articles.means),
        "of_certification": desk::of_certification(&version.title),
        "certifier_duties": articles.certifier_duties,
        "financial_terms": articles.financial_terms,
        "subcontracting": subcontracting,
        "retention": articles.retention,
        "incident_delay": articles.incident_delay,
        "notice": articles.notice,
        "renounce_notice": articles.renounce_notice,
        "renewal_before": wording::months(material.delays.renewal_before_months),
        "appeal_delay": wording::months(material.delays.appeal_months),
        "mediation": articles.mediation,
    }))
}

/// The text that was kept; none of a convention of before it was.
fn kept(agreement: &agreement::Model) -> Option<Value> {
    serde_json::from_str(agreement.convention_text.as_deref()?).ok()
}

/// The convention, with the signatures that it already bears: the text that was offered, and who signed it.
pub(super) fn convention(material: &Material) -> Option<Draft> {
    let agreement = material.whole.attachments.agreement.as_ref()?;
    let at: OffsetDateTime = *agreement.activated_at.or(agreement.convention_sent_at)?;
    let mut data = kept(agreement).or_else(|| offered(material))?;
    let text = data.as_object_mut()?;
    text.insert("text_hash".to_owned(), json!(agreement.convention_hash));
    text.insert("signatories".to_owned(), signatures(material, agreement));
    Some(Draft { data, files: Vec::new(), at })
}

fn signatures(material: &Material, agreement: &agreement::Model) -> Value {
    let request = material.request();
    let certifier = for_certifier(material, agreement);
    let name = agreement.signed_by_structure.as_deref().unwrap_or(&request.signatory_name);
    let quality = agreement.signed_by_structure_quality.as_deref().unwrap_or(&request.signatory_title);
    let signed = |at: Option<entity::Instant>| at.map(|at| wording::in_paris(*at));
    json!([
        {
            "party": wording::FOR_CERTIFIER,
            "name": or_unknown(&certifier.name),
            "role": quality_or_manager(&certifier.quality),
            "signed_at": signed(agreement.signed_by_certifier_at),
            "mode": agreement.signed_by_certifier_at.map(|_| wording::SIGNED_ONLINE),
        },
        {
            "party": wording::FOR_STRUCTURE,
            "name": or_unknown(name),
            "role": or_unknown(quality),
            "signed_at": signed(agreement.signed_by_structure_at),
            "mode": agreement.signed_by_structure_at.map(|_| wording::SIGNED_ONLINE),
        },
    ])
}

/// The certificate, with the square code that leads to the page of the agreement.
pub(super) fn certificate(material: &Material) -> Option<Draft> {
    let agreement = material.whole.attachments.agreement.as_ref()?;
    let at: OffsetDateTime = *agreement.activated_at?;
    let on = day_in_paris(at);
    let page = material.url(&format!("/agrements/{}", agreement.number));
    let code = QrCode::new(&page).ok()?.render::<svg::Color<'_>>().quiet_zone(false).build();
    let (number, decided_on) = decided(material);
    let open = |reserve: &&entity::reserve::Model| reserve.state == ReserveState::Open;
    let reserves = material.whole.attachments.reserves.iter().filter(open);
    let mut conditions = vec![texts().certificate_condition.clone()];
    conditions.extend(reserves.map(|r| wording::reserve(&r.text, &french::date(r.due_on))));
    let mut structure = material.structure();
    if let Some(structure) = structure.as_object_mut() {
        structure.remove("representative");
    }
    let sites: Vec<Value> = material
        .whole
        .dossier
        .sites
        .iter()
        .map(|site| {
            let commune = format!("{} ({})", site.commune, site.department);
            json!({ "name": site.label, "siret": siret_of(&site.siret), "commune": commune })
        })
        .collect();
    let certifier = for_certifier(material, agreement);
    let (name, quality) = (or_unknown(&certifier.name), quality_or_manager(&certifier.quality));
    let data = json!({
        "issuer": material.issuer(on),
        "number": agreement.number,
        "structure": structure,
        "sites": sites,
        "certification": material.certification(on),
        "roles": material.roles(),
        "period": period(agreement),
        "conditions": conditions,
        "decision": { "number": number, "on": decided_on },
        "legal_certifier": material.legal_certifier(on),
        "branch": texts().joint_body,
        "place": material.town(),
        "issued_on": material.day(at),
        "signatories": [signatory(name, quality, at)],
        "verification": {
            "address": page.split("://").last().unwrap_or_default(),
            "code": agreement.number,
        },
    });
    Some(Draft { data, files: vec![("qr.svg", code.into_bytes())], at })
}

/// Every reserve is closed, with its evidence.
pub(super) fn reserves_lifted(material: &Material) -> Option<Draft> {
    let agreement = material.whole.attachments.agreement.as_ref()?;
    let reserves = &material.whole.attachments.reserves;
    let at: OffsetDateTime = reserves.iter().filter_map(|reserve| reserve.closed_at).map(|at| *at).max()?;
    let on = day_in_paris(at);
    let (number, decided_on) = decided(material);
    let lifted_on = material.day(at);
    let references =
        [(reference::AGREEMENT, agreement.number.as_str()), (reference::DECISION, number.as_str())];
    let certifier = for_certifier(material, agreement);
    let (name, quality) = (or_unknown(&certifier.name), quality_or_manager(&certifier.quality));
    let lines: Vec<Value> = reserves
        .iter()
        .map(|reserve| {
            json!({
                "number": reserve.position,
                "wording": reserve.text,
                "evidence": or_unknown(reserve.evidence.as_deref().unwrap_or_default()),
                "lifted_on": reserve.closed_at.map_or_else(|| UNKNOWN.to_owned(), |at| material.day(*at)),
            })
        })
        .collect();
    let data = json!({
        "issuer": material.issuer(on),
        "number": format!("{}-L", agreement.number),
        "agreement": agreement.number,
        "letter": material.letter(&lifted_on, object::LIFTED, &references),
        "structure": material.structure(),
        "sites": material.sites(),
        "certification": material.certification(on),
        "roles": material.roles(),
        "period": period(agreement),
        "decision": { "number": number, "on": decided_on },
        "reserves": lines,
        "lifted_on": lifted_on,
        "checked_by": { "name": name, "role": quality },
        "signatory": signatory(name, quality, at),
        "contact": material.contact(),
    });
    Some(Draft { data, files: Vec::new(), at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_signs_for_the_certifier_keeps_the_quality_that_is_known_of_them() {
        for (typed, configured, expected) in [
            ("Claire Exemple", "Claire Exemple, présidente", ("Claire Exemple", "présidente")),
            ("claire exemple", "Claire Exemple, présidente", ("claire exemple", "présidente")),
            ("Claire Exemple, directrice", "Claire Exemple, présidente", ("Claire Exemple", "directrice")),
            ("Ulysse N’Diaye", "Claire Exemple, présidente", ("Ulysse N’Diaye", "")),
            ("Claire Exemple", "Claire Exemple", ("Claire Exemple", "")),
            ("Claire Exemple", "", ("Claire Exemple", "")),
            ("", "", ("", "")),
        ] {
            assert_eq!(signed_as(typed, configured), expected, "{typed} {configured}");
        }
    }
}
