//! The language of the pages that anybody reads: that of the link, else the first of the two that the browser names, else French.

use poem::http::{HeaderValue, header};
use poem::web::Query;
use poem::{FromRequest, Request, RequestBody, Response, Result};
use time::{Date, OffsetDateTime};

use crate::render::french;
use crate::rules::deadline::local;
use crate::rules::territory::PARIS;

/// A language of these pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lang {
    /// French.
    French,
    /// English.
    English,
}

/// The language of a request, and whether its link says it: the links of the page then say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    /// The language.
    pub(super) lang: Lang,
    by_link: bool,
}

/// What the address says.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Asked {
    lang: String,
}

impl<'a> FromRequest<'a> for Chosen {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        let asked = Query::<Asked>::from_request_without_body(request).await;
        let asked = asked.map(|query| query.0.lang).unwrap_or_default();
        Ok(Self::of(&asked, request.header("accept-language").unwrap_or_default()))
    }
}

impl Chosen {
    fn of(asked: &str, accepted: &str) -> Self {
        match asked {
            "fr" => Self { lang: Lang::French, by_link: true },
            "en" => Self { lang: Lang::English, by_link: true },
            _ => Self { lang: Lang::preferred(accepted), by_link: false },
        }
    }

    /// What the links of the page end with.
    pub(super) const fn query(self) -> &'static str {
        match (self.by_link, self.lang) {
            (false, _) => "",
            (true, Lang::French) => "?lang=fr",
            (true, Lang::English) => "?lang=en",
        }
    }

    /// Says the language of an answer, and that it follows the browser.
    pub(super) fn tell(self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(self.lang.code()));
        headers.append(header::VARY, HeaderValue::from_static("Accept-Language"));
        response
    }
}

impl Lang {
    /// Its code.
    #[must_use]
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// Whether it is English.
    #[must_use]
    pub(super) fn is_english(self) -> bool {
        self == Self::English
    }

    /// The one of two words that is in this language.
    pub(super) fn pick<T>(self, french: T, english: T) -> T {
        match self {
            Self::French => french,
            Self::English => english,
        }
    }

    /// A day: « 22 janvier 2024 », "22 January 2024".
    #[must_use]
    pub(super) fn date(self, day: Date) -> String {
        match self {
            Self::French => french::date(day),
            Self::English => format!("{} {} {}", day.day(), day.month(), day.year()),
        }
    }

    /// An instant in Paris: « 5 février 2024 à 16 h 20 », "5 February 2024 at 16:20".
    #[must_use]
    pub(super) fn date_time(self, at: OffsetDateTime) -> String {
        let Ok(there) = local(at, PARIS) else { return at.to_string() };
        match self {
            Self::French => french::date_time(there),
            Self::English => {
                format!("{} at {:02}:{:02}", self.date(there.date()), there.hour(), there.minute())
            }
        }
    }

    /// The one that the header of a browser puts first.
    fn preferred(accepted: &str) -> Self {
        let mut best = (0.0, Self::French);
        for range in accepted.split(',') {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let weight: f32 = weight.trim().trim_start_matches("q=").parse().unwrap_or(0.0);
            let lang = match tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
                "fr" => Self::French,
                "en" => Self::English,
                _ => continue,
            };
            if weight > best.0 {
                best = (weight, lang);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn the_link_then_the_browser_then_french() {
        for (asked, accepted, lang, query) in [
            ("", "", Lang::French, ""),
            ("", "fr-FR,fr;q=0.9,en;q=0.8", Lang::French, ""),
            ("", "en-GB,en;q=0.9,fr;q=0.8", Lang::English, ""),
            ("", "de, en;q=0.5", Lang::English, ""),
            ("", "en;q=0.2, fr;q=0.7", Lang::French, ""),
            ("", "de,*;q=0.5", Lang::French, ""),
            ("", "en;q=x,;;,", Lang::French, ""),
            ("en", "fr", Lang::English, "?lang=en"),
            ("fr", "en", Lang::French, "?lang=fr"),
            ("de", "en", Lang::English, ""),
        ] {
            let chosen = Chosen::of(asked, accepted);
            assert_eq!((chosen.lang, chosen.query()), (lang, query), "{asked} {accepted}");
        }
    }

    #[test]
    fn days_are_written_in_each_language() {
        assert_eq!(Lang::English.date(date!(2024 - 01 - 22)), "22 January 2024");
        assert_eq!(Lang::English.date_time(datetime!(2024-02-05 15:20 UTC)), "5 February 2024 at 16:20");
        assert_eq!(Lang::French.date(date!(2024 - 01 - 22)), french::date(date!(2024 - 01 - 22)));
    }
}
