//! A reader of tags, enough to check pages that we write ourselves.

/// An opening tag and its attributes.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];

/// The opening tags, in order.
///
/// # Panics
/// When tags do not close in the order they opened.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (inside, after) = cut_tag(&rest[start + 1..]);
        rest = after;
        if inside.starts_with('!') {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name.trim()), "closing tag, near {}", excerpt(rest));
            continue;
        }
        let tag = read_tag(inside.trim_end_matches('/'));
        if !inside.ends_with('/') && !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name.clone());
        }
        found.push(tag);
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    found
}

fn excerpt(text: &str) -> String {
    text.chars().take(80).collect()
}

/// Cuts at the first `>` outside quotes.
fn cut_tag(text: &str) -> (&str, &str) {
    let mut quote = None;
    for (index, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return (&text[..index], &text[index + 1..]),
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
    }
    panic!("a tag never ends: {}", excerpt(text));
}

fn read_tag(text: &str) -> Tag {
    let (name, mut rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let key = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(given) = rest.strip_prefix('=') {
            let quote =
                given.chars().next().filter(|c| matches!(c, '"' | '\'')).expect("attributes are quoted");
            let (text, after) = given[1..].split_once(quote).expect("a quote that closes");
            text.clone_into(&mut value);
            rest = after;
        }
        assert!(attributes.iter().all(|(known, _)| *known != key), "{key} twice in <{text}>");
        attributes.push((key, value));
    }
    Tag { name: name.to_owned(), attributes }
}
