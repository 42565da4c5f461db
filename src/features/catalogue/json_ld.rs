//! What search engines read of a programme and of its sessions: `schema.org/Course` and `CourseInstance`.
//!
//! It stands in the page as a block of data, `<script type="application/ld+json">`. Browsers never execute such a block, so
//! the content security policy neither refuses it nor needs an exception (HTML, "prepare the script element").

use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;

use super::shelf::{Entry, Mode, Sheet};
use crate::app::App;
use crate::rules::{territory, typed_date};

/// A programme and its open sessions.
#[must_use]
pub fn course(app: &App, sheet: &Sheet, entries: &[&Entry]) -> String {
    let instances: Vec<Value> = entries.iter().map(|entry| instance(app, entry)).collect();
    let mut course = of_sheet(app, sheet);
    course["hasCourseInstance"] = Value::Array(instances);
    block(&course)
}

/// One session, with its programme.
#[must_use]
pub fn session(app: &App, entry: &Entry) -> String {
    let mut course = of_sheet(app, &entry.sheet);
    course["hasCourseInstance"] = Value::Array(vec![instance(app, entry)]);
    block(&course)
}

/// The text of a block: what could end it, or be taken for markup, is escaped.
fn block(value: &Value) -> String {
    let escaped = |c: char| match c {
        '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    value.to_string().chars().map(escaped).collect()
}

fn of_sheet(app: &App, sheet: &Sheet) -> Value {
    let version = &sheet.version;
    json!({
        "@context": "https://schema.org",
        "@type": "Course",
        "name": version.title,
        "description": version.goal,
        "courseCode": sheet.programme.code,
        "inLanguage": "fr",
        "url": app.url(&format!("/catalogue/{}", sheet.programme.slug)),
        "coursePrerequisites": version.prerequisites,
        "dateModified": typed_date::iso(version.updated_on),
        "provider": provider(app),
    })
}

fn provider(app: &App) -> Value {
    json!({ "@type": "Organization", "name": app.config.organisation, "url": app.url("/catalogue") })
}

fn instance(app: &App, entry: &Entry) -> Value {
    let session = entry.session();
    let url = app.url(&entry.path());
    let mode = match entry.mode() {
        Mode::OnSite => "Onsite",
        Mode::Remote => "Online",
        Mode::Mixed => "Blended",
    };
    let day = |date: Option<time::Date>| date.map(typed_date::iso);
    let instant = |at: Option<entity::Instant>| at.and_then(|at| at.format(&Rfc3339).ok());
    let mut value = json!({
        "@type": "CourseInstance",
        "name": session.title,
        "courseMode": mode,
        "startDate": instant(session.starts_at).or_else(|| day(session.starts_on)),
        "endDate": instant(session.ends_at).or_else(|| day(session.ends_on)),
        "courseWorkload": format!("PT{}M", session.duration_minutes),
        "maximumAttendeeCapacity": entry.tally.seats,
        "remainingAttendeeCapacity": entry.tally.free(),
        "location": location(entry, &url),
        "url": url,
    });
    if let Some(cents) = session.price_cents {
        let availability = if entry.tally.is_full() { "SoldOut" } else { "InStock" };
        value["offers"] = json!({
            "@type": "Offer",
            "category": "Paid",
            "price": format!("{}.{:02}", cents / 100, cents % 100),
            "priceCurrency": "EUR",
            "availability": format!("https://schema.org/{availability}"),
            "url": url,
        });
    }
    value
}

fn location(entry: &Entry, url: &str) -> Value {
    let session = entry.session();
    if entry.mode() == Mode::Remote {
        return json!({ "@type": "VirtualLocation", "url": url });
    }
    let region = territory::region(&session.region).map(|region| region.name);
    json!({
        "@type": "Place",
        "name": session.place,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": session.commune,
            "addressRegion": region,
            "addressCountry": "FR",
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_never_ends_the_block() {
        let text = block(&json!({ "name": "</script><b>&" }));
        assert!(!text.contains(['<', '>', '&']), "{text}");
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["name"], "</script><b>&");
    }
}
