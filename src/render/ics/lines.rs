//! Content lines of RFC 5545, section 3.1: escaped, ended by CRLF, folded at 75 octets between two characters.

const LONGEST: usize = 75;

/// Content lines in the making.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A property whose value is written as it is: a date, a word of the standard, an address.
    pub(super) fn raw(&mut self, name: &str, value: &str) {
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        self.fold(&format!("{name}:{value}"));
    }

    /// A property whose value is a text; left out when it is empty.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        if !value.trim().is_empty() {
            self.fold(&format!("{name}:{}", escaped(value.trim())));
        }
    }

    /// Lines made elsewhere.
    pub(super) fn append(&mut self, lines: &Lines) {
        self.0.push_str(&lines.0);
    }

    /// The lines.
    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// The space that starts a continuation counts among its 75 octets.
    fn fold(&mut self, line: &str) {
        let mut width = 0;
        for c in line.chars() {
            if width + c.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                width = 1;
            }
            self.0.push(c);
            width += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text value (section 3.3.11). Control characters other than the line break have no place in it.
fn escaped(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// The value of a parameter, between quotes; a quote cannot be written there.
pub(super) fn quoted(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() && *c != '"').collect();
    format!("\"{text}\"")
}
