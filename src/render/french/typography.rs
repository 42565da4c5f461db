//! French spacing and apostrophes for sentences built from parts.
use super::THIN;

/// Gives a sentence its French typography: narrow no-break spaces before `; : ! ? % €` and inside « guillemets »,
/// curly apostrophes between letters.
///
/// Addresses of the web and of mail, and times written 10:30, are left alone. Applying it twice changes nothing.
#[must_use]
pub fn typographic(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while !rest.is_empty() {
        // a word runs to the next space; an address is copied whole
        let word_end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_end);
        if is_address(word) {
            if out.ends_with('«') {
                out.push(THIN);
            }
            out.push_str(word);
        } else {
            word.char_indices()
                .for_each(|(at, c)| push(&mut out, c, following(word, at + c.len_utf8(), after)));
        }
        let next_word = after.find(|c: char| !c.is_whitespace()).unwrap_or(after.len());
        let (spaces, next) = after.split_at(next_word);
        push_spaces(&mut out, spaces, next);
        rest = next;
    }
    out
}

fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.") || word.contains('@')
}

/// The character after a place in a word: inside it, or what comes after it.
fn following(word: &str, at: usize, after: &str) -> Option<char> {
    word[at..].chars().chain(after.chars()).next()
}

/// A space that may be replaced; line breaks and tabs may not.
fn is_plain_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | THIN)
}

/// Copies the spaces between two words, or the one that French typography wants there.
fn push_spaces(out: &mut String, spaces: &str, next: &str) {
    let plain = spaces.chars().all(is_plain_space);
    let wanted = plain && !spaces.is_empty() && !out.is_empty() && (out.ends_with('«') || binds(out, next));
    if wanted { out.push(THIN) } else { out.push_str(spaces) }
}

/// Whether what comes next holds to what was written, across spaces.
fn binds(out: &str, next: &str) -> bool {
    let last = out.chars().next_back();
    if last.is_some_and(char::is_whitespace) {
        return false;
    }
    match next.chars().next() {
        Some(';' | ':' | '!' | '?' | '»') => true,
        Some('%' | '€') => last.is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// Copies one character of a word, after the narrow space that it may need.
fn push(out: &mut String, c: char, next: Option<char>) {
    let last = out.chars().next_back();
    let after_letter = last.is_some_and(char::is_alphabetic);
    if c == '\'' && after_letter && next.is_some_and(char::is_alphabetic) {
        out.push('’');
        return;
    }
    let opens = last == Some('«');
    if opens || (last.is_some_and(|last| !last.is_whitespace()) && needs_space(last, c, next)) {
        out.push(THIN);
    }
    out.push(c);
}

/// Whether a sign glued to what precedes it wants a narrow space.
fn needs_space(last: Option<char>, c: char, next: Option<char>) -> bool {
    let after_word = last.is_some_and(|last| {
        last.is_alphanumeric() || matches!(last, ')' | ']' | '’' | '"' | '…' | '.' | '%' | '€')
    });
    let ends_word =
        next.is_none_or(|next| next.is_whitespace() || matches!(next, '»' | ')' | '"' | '!' | '?'));
    match c {
        '»' => true,
        ';' | ':' | '!' | '?' => after_word && ends_word,
        '%' | '€' => {
            last.is_some_and(|last| last.is_ascii_digit()) && next.is_none_or(|next| !next.is_alphanumeric())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sentences_get_their_spaces_and_apostrophes() {
        let cases = [
            (
                "Attention: il manque 2 pièces; voir plus bas",
                "Attention_: il manque 2 pièces_; voir plus bas",
            ),
            ("Êtes-vous sûr ?", "Êtes-vous sûr_?"),
            ("Êtes-vous sûr\u{a0}?", "Êtes-vous sûr_?"),
            ("Vraiment?!", "Vraiment_?!"),
            ("96 % et 12%", "96_% et 12_%"),
            ("1 250 €, soit 5€", "1 250_€, soit 5_€"),
            ("le motif « pièce périmée » est", "le motif «_pièce périmée_» est"),
            ("le motif «pièce périmée» est", "le motif «_pièce périmée_» est"),
            ("le motif « pièce ? » :", "le motif «_pièce_?_»_:"),
            ("l'agrément d'aujourd'hui", "l’agrément d’aujourd’hui"),
            ("'cité' et 5' de pause", "'cité' et 5' de pause"),
            ("https://exemple.fr/a?b=c:d et 10:30", "https://exemple.fr/a?b=c:d et 10:30"),
            (
                "Écrivez à l'adresse d'o'neil@exemple.fr : merci",
                "Écrivez à l’adresse d'o'neil@exemple.fr_: merci",
            ),
            ("voir www.exemple.fr?a=1 ; merci", "voir www.exemple.fr?a=1_; merci"),
            ("« https://exemple.fr »", "«_https://exemple.fr_»"),
            ("fin de ligne\n: suite", "fin de ligne\n: suite"),
            ("(voir : note)", "(voir_: note)"),
            ("code%20 et a%b", "code%20 et a%b"),
            (": au début", ": au début"),
            ("", ""),
        ];
        for (text, expected) in cases {
            let expected = expected.replace('_', "\u{202f}");
            assert_eq!(typographic(text), expected, "for {text:?}");
            assert_eq!(typographic(&expected), expected, "twice, for {text:?}");
        }
    }

    proptest! {
        #[test]
        fn twice_is_once(text in "[a-c0-2é'’«»;:!?%€()@w./ \u{a0}\u{202f}\n-]{0,24}") {
            let once = typographic(&text);
            prop_assert_eq!(typographic(&once), once);
        }

        #[test]
        fn only_spaces_and_apostrophes_change(text in "\\PC{0,40}") {
            let bare = |text: &str| {
                text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '’' { '\'' } else { c }).collect::<String>()
            };
            prop_assert_eq!(bare(&typographic(&text)), bare(&text));
        }
    }
}
