//! The pages of the requests for access, with invented data.

use askama::Template;
use entity::access_request::AccessState;
use parchemin::features::access::labels;
use parchemin::features::access::web::{
    AccessListPage, AccessRow, AccessShowPage, AskPage, LinkPage, SentPage, Standing,
};
use parchemin::http::web::component::{Fact, Link, Pagination};
use parchemin::http::web::form::FormState;
use parchemin::http::web::layout::Tone;

use super::samples::{Sample, connected, public, words};

pub(super) fn all() -> Vec<Sample> {
    let named = |name: &str, html: askama::Result<String>| (words(name), html.unwrap());
    vec![
        named("demander-un-compte", ask(FormState::default()).render()),
        named("demander-un-compte-erreur", ask(faulty()).render()),
        named("demander-un-compte-envoye", sent().render()),
        named("demande-de-compte-a-confirmer", link(Standing::Open).render()),
        named("demande-de-compte-recue", link(Standing::Received(words("ACC-2025-0001"))).render()),
        named("demande-de-compte-perdue", link(Standing::Over).render()),
        named("demandes-de-compte", list(true).render()),
        named("demandes-de-compte-vide", list(false).render()),
        named("demande-de-compte", show(AccessState::Pending).render()),
        named("demande-de-compte-refusee", show(AccessState::Refused).render()),
    ]
}

fn faulty() -> FormState {
    FormState::filled([("siret", "123"), ("contact/name", "Ève O’Brien")])
        .with_errors([("/siret", "Le numéro SIRET compte 14 chiffres")].into_iter().collect())
}

fn ask(form: FormState) -> AskPage {
    let summary = form.summary(labels::NOT_SENT);
    let shell = public(labels::ASK, "/devenir-agree/acces").with_errors(summary.is_some());
    AskPage { shell, summary, form }
}

fn sent() -> SentPage {
    SentPage {
        shell: public(labels::SENT, "/devenir-agree/acces"),
        email: words("eve@paniers.exemple"),
        hours: 48,
        tone: Tone::Info,
    }
}

fn link(standing: Standing) -> LinkPage {
    LinkPage {
        shell: public(labels::CONFIRM, "/devenir-agree/acces/lien/x"),
        standing,
        structure: words("Les Paniers du Layon"),
        action: words("/devenir-agree/acces/lien/x"),
    }
}

fn list(filled: bool) -> AccessListPage {
    let row = AccessRow {
        href: words("/acces/ACC-2025-0001"),
        number: words("ACC-2025-0001"),
        name: words("Les Paniers du Layon"),
        place: words("Angers (49)"),
        day: words("6 octobre 2025"),
        status: labels::state(AccessState::Pending),
    };
    AccessListPage {
        shell: connected(labels::REQUESTS, "/acces"),
        rows: if filled { vec![row] } else { Vec::new() },
        pages: Pagination { first: None, next: None },
    }
}

fn show(state: AccessState) -> AccessShowPage {
    let pending = state == AccessState::Pending;
    AccessShowPage {
        shell: connected("Les Paniers du Layon", "/acces"),
        number: words("ACC-2025-0001"),
        status: labels::state(state),
        facts: vec![Fact::new(labels::FACT_PLACE, "3 rue des Vignes, 49000 Angers")],
        summary: None,
        structure: pending.then(|| Link::new("Les Paniers du Layon", "/structures/999900007")),
        caution: labels::colleagues(2).filter(|_| pending),
        reason: if pending { Vec::new() } else { vec![words("Cette structure est fermée.")] },
        may_settle: pending,
        effects: labels::effects(Some("Les Paniers du Layon"), "Ève O’Brien", "eve@paniers.exemple"),
        form: FormState::default().with_version(2),
    }
}
