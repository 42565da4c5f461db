//! What copying from a PDF, a spreadsheet or a mail leaves in a typed value.

/// Invisible characters that nobody types on purpose in an identifier: zero-width characters, byte order mark,
/// direction marks. Direction marks can make a text read otherwise than it is stored, so names refuse them.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Separators that people put inside a number: every kind of space, dots and hyphens.
pub(super) fn is_separator(c: char) -> bool {
    c.is_whitespace() || is_invisible(c) || matches!(c, '.' | '-' | '\u{2010}'..='\u{2015}' | '\u{b7}')
}

/// The text without its separators.
pub(super) fn compact(text: &str) -> String {
    text.chars().filter(|c| !is_separator(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_of_every_kind_go_away() {
        assert_eq!(compact(" 123\u{a0}456\u{202f}789.000-12\u{200b}\u{feff} "), "12345678900012");
        assert_eq!(compact("W 751 000001"), "W751000001");
    }
}
