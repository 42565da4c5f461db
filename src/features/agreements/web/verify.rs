//! `/agrements/AGT-…`: what the certificate of an agreement leads to. Anybody may read it, so nobody is named there.

use askama::Template;
use entity::agreement::AgreementState;
use entity::reserve::ReserveState;
use poem::http::StatusCode;
use poem::{Response, Result};
use time::Date;

use crate::features::agreements::queries::registers::RightsAround;
use crate::features::agreements::{AgreementError, dossier, labels, queries};
use crate::features::rights::labels::standing;
use crate::features::rights::queries::of_source;
use crate::features::rights::{Held, Source, SourceKind};
use crate::http::web::component::Status;
use crate::http::web::layout::{Shell, Tone};
use crate::http::web::page::PublicPage;
use crate::http::web::{WebError, filters};
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::right::Standing;
use crate::rules::territory::PARIS;

/// How the number of an agreement begins; the number of a request begins otherwise.
const PREFIX: &str = "AGT-";

/// A site of the agreement.
#[derive(Clone, Debug)]
pub struct VerifiedSite {
    /// « Atelier bois, Le Mans (72) ».
    pub name: String,
    /// Where its right stands today.
    pub status: Status,
}

/// An agreement, without anybody's name.
#[derive(Clone, Debug)]
pub struct Verified {
    /// Tone of the verdict.
    pub tone: Tone,
    /// « Agrément valide le 5 février 2024. »
    pub verdict: String,
    /// Where it stands today.
    pub status: Status,
    /// The structure.
    pub structure: String,
    /// Commune of the structure.
    pub commune: String,
    /// The certification.
    pub certification: String,
    /// The service.
    pub role: &'static str,
    /// « du 1er janvier 2024 au 31 décembre 2026 ».
    pub period: String,
    /// Its sites.
    pub sites: Vec<VerifiedSite>,
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/agreements/verify.html")]
pub struct VerifyPage {
    /// The shell.
    pub shell: Shell,
    /// The number asked.
    pub number: String,
    /// The agreement of that number.
    pub right: Option<Verified>,
    /// Tone of the answer when there is none.
    pub unknown: Tone,
}

/// Whether what the address names is an agreement rather than a request.
pub(super) fn is_number(reference: &str) -> bool {
    reference.starts_with(PREFIX)
}

/// The page of a number: 404 when no agreement has it.
pub(super) async fn answer(page: &PublicPage, number: &str) -> Result<Response> {
    let right = verified(page, number).await.map_err(WebError::from)?;
    let status = if right.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let shell = page.shell("Vérification d’un agrément");
    let context = VerifyPage { shell, number: number.to_owned(), right, unknown: Tone::Problem };
    page.answer_with(status, &context)
}

/// The standing that entitles to most among these rights.
fn best<'a>(held: impl Iterator<Item = &'a Held>, today: Date) -> Standing {
    held.map(|one| one.standing_on(today)).min().unwrap_or(Standing::Void)
}

/// Where a right stands, in the words of the space of its structure.
fn stands(now: Standing, reserved: bool) -> Status {
    match now {
        Standing::InForce if reserved => labels::right_state(AgreementState::ActiveWithReserves),
        Standing::InForce => labels::right_state(AgreementState::Active),
        other => standing(other),
    }
}

/// What the agreement is worth today, in one sentence.
fn verdict(stands: Standing, reserved: bool, starts_on: Date, today: Date) -> String {
    let reserves = if reserved { ", sous réserves" } else { "" };
    match stands {
        Standing::ToCome => {
            let start = french::date(starts_on);
            format!("Agrément pas encore en vigueur\u{202f}: il le sera à partir du {start}{reserves}.")
        }
        valid if valid.is_valid() => format!("Agrément valide le {}{reserves}.", french::date(today)),
        _ => format!("Agrément non valide le {}.", french::date(today)),
    }
}

async fn verified(page: &PublicPage, number: &str) -> std::result::Result<Option<Verified>, AgreementError> {
    let (conn, now) = (page.app.db.read(), page.app.now());
    let Some(right) = queries::agreement_by_number(conn, number).await? else { return Ok(None) };
    let around = RightsAround::of(conn, std::slice::from_ref(&right)).await?;
    let structure = around.structure(&right);
    let zone = structure.map_or(PARIS, |one| one.zone.as_str());
    let today = day_in_zone(now, zone);
    let held = of_source(conn, Source::new(SourceKind::Agreement, right.id)).await?;
    let sites = dossier::sites(conn, right.request_id).await?;
    let sites = sites.iter().map(|site| VerifiedSite {
        name: format!("{}, {} ({})", site.label, site.commune, site.department),
        status: stands(best(held.iter().filter(|one| one.right.holder_id == site.id.0), today), false),
    });
    let sites = sites.collect();
    let now_stands = best(held.iter(), today);
    let reserved = around.reserves.iter().any(|reserve| reserve.state == ReserveState::Open);
    Ok(Some(Verified {
        tone: if now_stands.is_valid() { Tone::Done } else { Tone::Warning },
        verdict: verdict(now_stands, reserved, right.starts_on, today),
        status: stands(now_stands, reserved),
        structure: structure.map_or_else(String::new, |one| one.name.clone()),
        commune: structure.map_or_else(String::new, |one| one.commune.clone()),
        certification: labels::certification(around.certification(&right)),
        role: labels::role(right.role),
        period: french::date_range(right.starts_on, right.ends_on),
        sites,
    }))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn the_verdict_tells_what_is_to_come_and_what_is_reserved() {
        let (starts_on, today) = (date!(2026 - 12 - 01), date!(2026 - 11 - 28));
        for (stands, reserved, expected) in [
            (
                Standing::ToCome,
                false,
                "Agrément pas encore en vigueur\u{202f}: il le sera à partir du 1er décembre 2026.",
            ),
            (
                Standing::ToCome,
                true,
                "Agrément pas encore en vigueur\u{202f}: il le sera à partir du 1er décembre 2026, sous réserves.",
            ),
            (Standing::InForce, false, "Agrément valide le 28 novembre 2026."),
            (Standing::InGrace, true, "Agrément valide le 28 novembre 2026, sous réserves."),
            (Standing::Pending, true, "Agrément non valide le 28 novembre 2026."),
            (Standing::Suspended, false, "Agrément non valide le 28 novembre 2026."),
            (Standing::Ended, false, "Agrément non valide le 28 novembre 2026."),
        ] {
            assert_eq!(verdict(stands, reserved, starts_on, today), expected, "{stands:?}");
        }
    }
}
