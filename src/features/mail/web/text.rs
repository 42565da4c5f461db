//! The text of a mail as paragraphs, lines and links, so that a page shows it without any HTML of the mail.

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Where they lead; empty for plain words.
    pub href: String,
}

/// One line of the text.
pub type Line = Vec<Piece>;

/// The paragraphs of a text. Addresses that start with `links` become links.
#[must_use]
pub fn paragraphs(text: &str, links: Option<&str>) -> Vec<Vec<Line>> {
    let mut paragraphs = vec![Vec::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            paragraphs.push(Vec::new());
        } else if let Some(last) = paragraphs.last_mut() {
            last.push(pieces(line, links));
        }
    }
    paragraphs.retain(|lines| !lines.is_empty());
    paragraphs
}

fn pieces(line: &str, links: Option<&str>) -> Line {
    let words = |text: &str| Piece { text: text.to_owned(), href: String::new() };
    let Some(start) = links.and_then(|base| line.find(base)) else { return vec![words(line)] };
    let (before, rest) = line.split_at(start);
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (address, after) = rest.split_at(end);
    let link = Piece { text: address.to_owned(), href: address.to_owned() };
    [words(before), link, words(after)].into_iter().filter(|piece| !piece.text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_lines_and_only_our_addresses_become_links() {
        let text = "Bonjour,\n\nOuvrir :\nhttps://ici.exemple/x bientôt\nhttps://ailleurs.exemple\n";
        let found = paragraphs(text, Some("https://ici.exemple"));
        assert_eq!(found.len(), 2);
        let links: Vec<_> = found[1]
            .iter()
            .flatten()
            .filter(|piece| !piece.href.is_empty())
            .map(|piece| piece.href.as_str())
            .collect();
        assert_eq!(links, ["https://ici.exemple/x"]);
        assert!(paragraphs(text, None).iter().flatten().flatten().all(|piece| piece.href.is_empty()));
    }
}
