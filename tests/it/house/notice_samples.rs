//! The pages of notifications, with invented data.

use askama::Template;
use entity::notice::NoticeWay;
use parchemin::features::notices::labels;
use parchemin::features::notices::web::{NoticeRow, NotificationsPage, PreferencesPage, UnsubscribePage};
use parchemin::http::web::component::{Choice, Fact, Pagination};
use parchemin::http::web::form::FormState;
use parchemin::http::web::layout::Shell;
use parchemin::rules::notices::{Class, Wish};
use time::macros::datetime;

use super::samples::{Sample, connected, words};

/// Every page of notifications.
pub(super) fn all() -> Vec<Sample> {
    vec![
        named("notifications", &list(true)),
        named("notifications-vide", &list(false)),
        named("mes-messages", &preferences(false)),
        named("mes-messages-erreur", &preferences(true)),
        named("desabonnement", &unsubscribe(false)),
        named("desabonnement-fait", &unsubscribe(true)),
    ]
}

fn named(name: &str, page: &impl Template) -> Sample {
    (words(name), page.render().unwrap())
}

fn row(way: NoticeWay) -> NoticeRow {
    NoticeRow {
        subject: words("Demande AGR-2025-0042\u{202f}: répondre jusqu’au 18 mars 2025"),
        href: if way == NoticeWay::Silent { String::new() } else { words("/agrements/AGR-2025-0042") },
        reason: words("Vous recevez ce message parce que vous suivez ce dossier."),
        class: labels::class(Class::Work),
        way: labels::way(way),
        at: datetime!(2025-10-06 08:00 UTC),
        is_read: way == NoticeWay::Digest,
    }
}

fn list(full: bool) -> NotificationsPage {
    NotificationsPage {
        shell: connected("Notifications", "/notifications"),
        margin: vec![Fact::new(labels::UNREAD, "2")],
        rows: if full { NoticeWay::all().map(row).collect() } else { vec![] },
        some_unread: full,
        zone: words("America/Cayenne"),
        pages: Pagination { first: None, next: full.then(|| words("/notifications?suite=x")) },
    }
}

fn preferences(faulty: bool) -> PreferencesPage {
    let filled = FormState::filled([("work", "digest"), ("reminder", "at_once")]).with_version(0);
    let names =
        ["work", "reminder", "quiet_from", "quiet_until", "work_waits", "weekends", "digest_at", "zone"];
    let errors = names.iter().map(|name| (format!("/{name}"), "À corriger")).collect();
    let form = if faulty { filled.with_errors(errors) } else { filled };
    let hours = || vec![Choice::new("", labels::proposed(20)), Choice::new("7", labels::hour(7))];
    let answers = || vec![Choice::new("", labels::proposed_answer(true)), Choice::new("no", labels::NO)];
    PreferencesPage {
        shell: connected("Mes messages", "/compte/notifications").with_errors(faulty),
        summary: form.summary(labels::NOT_RECORDED),
        margin: vec![Fact::new(labels::ZONE, "Guyane")],
        wishes: Wish::ALL.map(|wish| Choice::new(wish.word(), labels::wish(wish))).to_vec(),
        quiet_from: hours(),
        quiet_until: hours(),
        digest_at: hours(),
        work_waits: answers(),
        weekends: answers(),
        zones: vec![Choice::new("", labels::OWN_ZONE)],
        form,
    }
}

fn unsubscribe(done: bool) -> UnsubscribePage {
    let shell = Shell::public(labels::TURN_OFF, "Organisme certificateur", "jeton-de-formulaire");
    UnsubscribePage {
        shell: shell.at("/desabonnement/x"),
        messages: labels::messages_of(Class::Reminder),
        action: words("/desabonnement/x"),
        done,
    }
}
