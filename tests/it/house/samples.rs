//! Every page of the shell, of the static pages and of accounts, with invented data.

use askama::Template;
use parchemin::features::accounts::web::pages::{
    ConfirmLinkPage, LinkSentPage, ProfilePage, SecondFactorPage, SecondFactorSetupPage, SecurityPage,
    SessionRow, SetupStep, SignInPage, TokenRow,
};
use parchemin::features::agreements::pieces;
use parchemin::features::site;
use parchemin::http::web::component::{Choice, Color, Fact, Link, Status};
use parchemin::http::web::counts::Counts;
use parchemin::http::web::error_page::{self, ConfirmationPage, Divergence, ErrorKind, StalePage};
use parchemin::http::web::form::FormState;
use parchemin::http::web::labels;
use parchemin::http::web::layout::{Flash, NavItem, Shell, Space, Tone, UserBadge};
use parchemin::http::web::pages::{
    AccessibilityPage, AgreementTerms, BecomeAgreedPage, HelpPage, LegalPage, PrivacyPage, Publisher,
    Retention, SiteMapPage,
};
use poem::http::StatusCode;
use time::macros::{date, datetime};
use uuid::Uuid;

use super::gallery;

/// A page, by the name of its file.
pub(super) type Sample = (String, String);

pub(super) fn words(text: &str) -> String {
    text.to_owned()
}

pub(super) fn public(title: &str, path: &str) -> Shell {
    Shell::public(title, "Organisme certificateur de la branche", "jeton-de-formulaire").at(path)
}

/// A page of the certification space, with a message.
pub(super) fn connected(title: &str, path: &str) -> Shell {
    let mut nav = labels::navigation(Space::Certification);
    nav.push(NavItem::new("Qualité", "/qualite"));
    let user = UserBadge { name: words("Camille N."), roles: vec![words("gestionnaire")] };
    let counts = Counts { unread: 3, to_do: vec![("/agrements", 4)] };
    let mut shell = public(title, path).connected(Space::Certification, user, nav).at(path).counted(&counts);
    shell.flash = vec![Flash::done("Visite confiée.", "La personne désignée est prévenue.")];
    shell
}

fn publisher() -> Publisher {
    Publisher {
        name: words("Organisme certificateur de la branche"),
        legal_form: words("association loi de 1901"),
        address: words("1 rue de l’Exemple, 75000 Paris"),
        email: words("contact@certificateur.exemple"),
        privacy_email: words("donnees@certificateur.exemple"),
        accessibility_email: words("acces@certificateur.exemple"),
        ..Publisher::default()
    }
}

/// Delays as the procedure proposes them.
const TERMS: AgreementTerms = AgreementTerms {
    duration_years: 3,
    draft_idle_days: 90,
    completeness_days: 15,
    missing_pieces_days: 30,
    visit_notice_days: 15,
    report_days: 15,
    comment_days: 15,
    reserve_months: 6,
    adjourn_months: 3,
    appeal_months: 2,
    renewal_from_months: 6,
    renewal_by_months: 3,
};

fn named(name: &str, page: &impl Template) -> Sample {
    (words(name), page.render().unwrap())
}

/// Everything.
pub(super) fn all() -> Vec<Sample> {
    let mut pages = vec![(words("composants"), gallery::render())];
    pages.extend(static_pages());
    pages.extend(sign_in_pages());
    pages.extend(account_pages());
    pages.extend(super::access_samples::all());
    pages.extend(super::people::all());
    pages.extend(error_pages());
    pages.extend(crate::journal::samples::all(connected));
    pages.extend(super::mail_samples::all());
    pages.extend(super::certificate_samples::all());
    pages.extend(super::catalogue_samples::all());
    pages.extend(super::home_samples::all());
    pages.extend(super::notice_samples::all());
    pages
}

fn static_pages() -> Vec<Sample> {
    let retention = vec![Retention {
        data: words("Dossiers d’agrément"),
        kept: words("durée de l’agrément et un an"),
        then: words("archive de cinq ans, puis suppression"),
    }];
    vec![
        named(
            "accessibilite",
            &AccessibilityPage {
                shell: public("Accessibilité", "/accessibilite"),
                publisher: publisher(),
                established: date!(2026 - 01 - 01),
            },
        ),
        named(
            "donnees-personnelles",
            &PrivacyPage {
                shell: public("Données personnelles", "/donnees-personnelles"),
                publisher: publisher(),
                purposes: labels::purposes(),
                retention,
            },
        ),
        named(
            "mentions-legales",
            &LegalPage {
                shell: public("Mentions légales", "/mentions-legales"),
                publisher: publisher(),
                licences: labels::LICENCES,
            },
        ),
        named("aide", &HelpPage { shell: public("Aide et contact", "/aide"), publisher: publisher() }),
        named("plan-du-site", &SiteMapPage { shell: connected("Plan du site", "/plan-du-site") }),
        named("plan-du-site-public", &SiteMapPage { shell: public("Plan du site", "/plan-du-site") }),
        named(
            "devenir-agree",
            &BecomeAgreedPage {
                shell: public("Devenir structure agréée", "/devenir-agree"),
                publisher: publisher(),
                terms: TERMS,
                pieces: pieces::all().iter().map(site::labels::piece).collect(),
            },
        ),
    ]
}

fn sign_in_pages() -> Vec<Sample> {
    let faulty = FormState::filled([("email", "camille@")])
        .with_errors([("/email", "Saisissez une adresse électronique complète")].into_iter().collect())
        .with_prefix("lien");
    let confirm = |valid| ConfirmLinkPage {
        shell: public(if valid { "Se connecter" } else { "Ce lien ne fonctionne plus" }, "/connexion/lien/x"),
        valid,
        email: words("camille@certificateur.exemple"),
        action: words("/connexion/lien/x"),
        next: words("/agrements"),
    };
    vec![
        named("connexion", &sign_in(FormState::default().with_prefix("lien"))),
        named("connexion-erreur", &sign_in(faulty)),
        named(
            "lien-envoye",
            &LinkSentPage {
                shell: public("Consultez votre messagerie", "/connexion"),
                email: words("camille@certificateur.exemple"),
                minutes: 15,
                tone: Tone::Info,
            },
        ),
        named("lien-a-confirmer", &confirm(true)),
        named("lien-expire", &confirm(false)),
        named(
            "second-facteur",
            &SecondFactorPage {
                shell: public("Votre code", "/connexion/second-facteur"),
                summary: None,
                code: FormState::default(),
                recovery: FormState::default(),
                next: String::new(),
            },
        ),
    ]
}

fn sign_in(link: FormState) -> SignInPage {
    let shell = public("Se connecter", "/connexion").with_errors(link.has_errors());
    SignInPage {
        shell,
        summary: link.summary("Le lien n’est pas encore envoyé"),
        link,
        password: FormState::default().with_prefix("mdp"),
        next: words("/agrements"),
    }
}

fn setup(step: SetupStep) -> SecondFactorSetupPage {
    SecondFactorSetupPage {
        shell: connected("Second facteur", "/compte/securite/second-facteur"),
        summary: None,
        step,
        form: FormState::default(),
        tone: Tone::Done,
    }
}

fn account_pages() -> Vec<Sample> {
    let svg = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" aria-hidden="true"><path d="M0 0h4v4H0z"/></svg>"#;
    let scan = SetupStep::Scan { qr_svg: words(svg), secret: words("JBSW Y3DP EHPK 3PXP") };
    let codes = SetupStep::Codes((1..=8).map(|n| format!("{n}K7Q-MW4{n}")).collect());
    let themes = vec![
        Choice::new("system", "Comme l’appareil"),
        Choice::new("light", "Clair"),
        Choice::new("dark", "Sombre"),
    ];
    let profile = ProfilePage {
        shell: connected("Mon profil", "/compte"),
        summary: None,
        facts: vec![Fact::new("Adresse", "camille@certificateur.exemple"), Fact::new("Rôle", "gestionnaire")],
        form: FormState::filled([("name", "Camille N."), ("theme", "system"), ("shortcuts", "oui")]),
        themes,
        has_structure: true,
    };
    vec![
        named("second-facteur-cle", &setup(scan)),
        named("second-facteur-codes", &setup(codes)),
        named("securite", &security(true)),
        named("securite-vide", &security(false)),
        named("profil", &profile),
    ]
}

fn security(full: bool) -> SecurityPage {
    let seen = datetime!(2026-01-16 08:30 UTC);
    let session = |current| SessionRow {
        id: Uuid::from_u128(u128::from(current)),
        device: words(if current { "Firefox sur Windows" } else { "Safari sur iPhone" }),
        opened: seen,
        last_seen: seen,
        current,
    };
    let token = TokenRow {
        id: Uuid::nil(),
        name: words("Tableur de suivi"),
        created: seen,
        expires: seen,
        last_used: None,
    };
    SecurityPage {
        shell: connected("Sécurité et connexion", "/compte/securite"),
        summary: None,
        zone: words("Europe/Paris"),
        has_password: full,
        password: FormState::default(),
        second_factor_since: full.then_some(seen),
        second_factor_required: !full,
        recovery_codes_left: 7,
        active: Status::new("Actif", "coche", Color::Pre),
        sessions: if full { vec![session(true), session(false)] } else { vec![session(true)] },
        tokens: if full { vec![token] } else { vec![] },
        new_token: full.then(|| words("parchemin_3f9c2a7b1d4e5f60718293a4b5c6d7e8")),
        token_form: FormState::filled([("ttl_days", "90")]),
        durations: vec![Choice::new("30", "30 jours"), Choice::new("90", "90 jours")],
        done: Tone::Done,
    }
}

fn error_pages() -> Vec<Sample> {
    let mut pages: Vec<Sample> = ErrorKind::ALL
        .into_iter()
        .map(|kind| {
            let status = StatusCode::from_u16(kind.status()).unwrap();
            let shell = public("", "/introuvable");
            let detail = if kind == ErrorKind::Forbidden {
                "Cette page est réservée à l’équipe certification."
            } else {
                ""
            };
            (
                format!("erreur-{}", kind.status()),
                error_page::render_with_delay(status, detail, "REQ-0190F0", Some(30), shell),
            )
        })
        .collect();
    pages.push(named("erreur-version", &stale(true)));
    pages.push(named("erreur-version-sans-ecart", &stale(false)));
    pages.push(named("confirmation", &confirmation()));
    pages
}

fn stale(differs: bool) -> StalePage {
    let row =
        Divergence { label: words("Téléphone"), yours: words("05 00 00 00 01"), recorded: String::new() };
    StalePage {
        shell: connected("Vos changements ne sont pas encore enregistrés", "/structures/1"),
        who: words("Une autre personne"),
        rows: if differs { vec![row] } else { vec![] },
        typed: vec![(words("phone"), words("05 00 00 00 01"))],
        version: 4,
        action: words("/structures/1"),
        back: words("/structures/1"),
        tone: Tone::Info,
    }
}

fn confirmation() -> ConfirmationPage {
    ConfirmationPage {
        shell: connected("Retirer la demande\u{202f}?", "/agrements/AGR-2026-0042"),
        intro: words("Au retrait\u{202f}:"),
        effects: vec![
            words("la visite prévue est annulée\u{202f};"),
            words("la personne désignée est prévenue."),
        ],
        warnings: vec![words("La visite est prévue demain.")],
        typed: vec![(words("reason"), words("Projet reporté"))],
        action: words("/agrements/AGR-2026-0042/retrait"),
        keep: Link::new("Garder la demande", "/agrements/AGR-2026-0042"),
        act: words("Retirer la demande"),
        danger: true,
    }
}
