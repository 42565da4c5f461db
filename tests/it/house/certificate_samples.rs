//! The pages of certificates, with invented data.

use askama::Template;
use entity::certificate::{CertificateKind, CertificateState};
use parchemin::features::certificates::content::Unit;
use parchemin::features::certificates::labels;
use parchemin::features::certificates::web::{
    ActPage, BatchRow, CertificateRow, CertificatesPage, Compared, FilePage, FileView, HolderPage, ReadyRow,
    SessionPage, VerifiedView, VerifyPage,
};
use parchemin::http::web::component::{Choice, Fact, Link, Pagination, Status};
use parchemin::http::web::form::FormState;
use parchemin::render::seal;
use time::macros::{date, datetime};
use uuid::Uuid;

use super::samples::{Sample, connected, public, words};

const NUMBER: &str = "CQPSP-2024-000031-K7QM4TXB";

pub(super) fn all() -> Vec<Sample> {
    let named = |name: &str, html: askama::Result<String>| (words(name), html.unwrap());
    vec![
        named("verifier", verify(true, None).render()),
        named("verifier-inconnu", verify(false, None).render()),
        named("verifier-valide", verify(false, Some(CertificateState::Valid)).render()),
        named("verifier-revoque", verify(false, Some(CertificateState::Revoked)).render()),
        named("verifier-en", english(verify(true, None)).render()),
        named("verifier-inconnu-en", english(verify(false, None)).render()),
        named("verifier-valide-en", english(verify(false, Some(CertificateState::Valid))).render()),
        named("verifier-un-fichier", file(false, false).render()),
        named("verifier-un-fichier-refuse", file(true, false).render()),
        named(
            "verifier-un-fichier-delivre",
            FilePage { found: Some(delivered()), ..file(false, false) }.render(),
        ),
        named("verifier-un-fichier-inconnu", FilePage { unknown: true, ..file(false, false) }.render()),
        named("verifier-un-fichier-en", file(false, true).render()),
        named("verifier-un-fichier-refuse-en", file(true, true).render()),
        named(
            "verifier-un-fichier-delivre-en",
            FilePage { found: Some(delivered()), ..file(false, true) }.render(),
        ),
        named("certificats", list(true).render()),
        named("certificats-vide", list(false).render()),
        named("certificat-revoquer", act().render()),
        named("certificats-de-la-session", session().render()),
        named("mon-certificat", holder().render()),
    ]
}

fn drawing() -> String {
    seal::svg_inline(&[7; 32])
}

fn view(state: CertificateState) -> VerifiedView {
    VerifiedView {
        number: words(NUMBER),
        status: Status { word: labels::verdict(CertificateKind::Full, state), ..labels::status(state) },
        title: words("Certificat de qualification professionnelle Salarié polyvalent"),
        initials: words("I.\u{a0}K."),
        delivered_on: words("22 janvier 2024"),
        jury: words("16 janvier 2024, Le Mans (72)"),
        registration: String::new(),
        certifier: words("Organisme certificateur de la branche ACI"),
        extent: words("Validation totale"),
        acquired: vec![Unit { code: words("SP1"), title: words("Travailler en équipe") }],
        valid_until: String::new(),
        fingerprint: words("0707 0707"),
        seal: drawing(),
        seal_words: words("Sceau tiré de l’empreinte 0707 0707"),
        successor: String::new(),
        in_journal: true,
        valid: state == CertificateState::Valid,
        rectified: false,
    }
}

fn verify(blank: bool, state: Option<CertificateState>) -> VerifyPage {
    VerifyPage {
        shell: public("Vérifier un certificat", "/verifier"),
        typed: if state.is_none() && !blank { words("CQPSP-2024-000031-K7QM4TX0") } else { String::new() },
        blank,
        found: state.map(view),
        misread: !blank,
        compared: if state.is_some() { Compared::Different } else { Compared::No },
        name: words("Inès Kerdoncuff"),
        checked_at: words("5 février 2024 à 16 h 20"),
        english: false,
        query: "",
    }
}

fn english(page: VerifyPage) -> VerifyPage {
    VerifyPage { english: true, query: "?lang=en", ..page }
}

fn file(refused: bool, english: bool) -> FilePage {
    let form = if refused {
        FormState::default().with_errors([("/file", labels::PDF_WANTED)].into_iter().collect())
    } else {
        FormState::default()
    };
    FilePage {
        shell: public("Contrôler un fichier PDF", "/verifier/un-fichier").with_errors(refused && !english),
        summary: form.summary(labels::FILE_REFUSED),
        form,
        found: None,
        unknown: false,
        english,
        query: "",
    }
}

fn delivered() -> FileView {
    FileView {
        document: words("Certificat de qualification professionnelle"),
        number: words(NUMBER),
        title: words("Salarié polyvalent"),
        status: labels::status(CertificateState::Valid),
        delivered_on: words("22 janvier 2024"),
        initials: words("I.\u{a0}K."),
        fingerprint: words("0707 0707"),
        signed: true,
        recorded: false,
    }
}

fn list(full: bool) -> CertificatesPage {
    let row = |state| CertificateRow {
        number: words(NUMBER),
        href: format!("/certificats/{NUMBER}"),
        holder: words("Inès Kerdoncuff"),
        kind: labels::kind(CertificateKind::Full),
        certification: words("CQP SP"),
        delivered_on: date!(2024 - 01 - 22),
        status: labels::status(state),
    };
    CertificatesPage {
        shell: connected("Certificats", "/certificats"),
        form: FormState::default(),
        states: vec![Choice::new("valid", "Valide")],
        kinds: vec![Choice::new("full", "Certificat")],
        certifications: Vec::new(),
        filtered: false,
        rows: if full { CertificateState::all().map(row).collect() } else { Vec::new() },
        pages: Pagination { first: None, next: full.then(|| words("/certificats?suite=x")) },
    }
}

fn act() -> ActPage {
    ActPage {
        shell: connected("Demander la révocation", "/certificats"),
        summary: None,
        back: Link::new(NUMBER, format!("/certificats/{NUMBER}")),
        action: format!("/certificats/{NUMBER}/revoquer"),
        text: labels::act_text("revoquer"),
        button: labels::act("revoquer"),
        facts: vec![Fact::new("Numéro", NUMBER).mono()],
        causes: vec![Choice::new("fraud", "Fraude")],
        reasoned: true,
        danger: true,
        form: FormState::default(),
    }
}

fn session() -> SessionPage {
    let row = |lacking: &str, delivered: &str| ReadyRow {
        number: words("CAN-2024-0001"),
        name: words("Inès Kerdoncuff"),
        kind: labels::kind(CertificateKind::Full),
        lacking: words(lacking),
        delivered: words(delivered),
    };
    SessionPage {
        shell: connected("Certificats de la session", "/certificats"),
        summary: None,
        session: words("JUR-2024-0012"),
        validated: true,
        rows: vec![row("la date de naissance", ""), row("", NUMBER)],
        left: true,
        incomplete: 1,
        batches: vec![batch(12, "`certificate` could not be typeset"), batch(14, "")],
        zone: "Europe/Paris",
        form: FormState::default(),
    }
}

fn batch(done: i32, failure: &str) -> BatchRow {
    BatchRow {
        id: Uuid::from_u128(u128::from(done.unsigned_abs())),
        at: datetime!(2024-01-22 15:20 UTC),
        done,
        total: 14,
        archive: done == 14,
        failure: words(failure),
    }
}

fn holder() -> HolderPage {
    HolderPage {
        shell: public("Salarié polyvalent", "/mes-certificats/jeton"),
        status: labels::status(CertificateState::Valid),
        facts: vec![Fact::new("Numéro", NUMBER)],
        seal: drawing(),
        seal_words: words("Sceau tiré de l’empreinte 0707 0707"),
        at: words("/mes-certificats/jeton"),
        share: format!("https://certificateur.exemple/verifier/{NUMBER}"),
        public: true,
        ready: true,
        may_badge: true,
    }
}
