//! One line of text as a person types it: a name of a body, an address, a place.
use unicode_normalization::UnicodeNormalization;

use super::thousands;

/// Why a line is refused; `Display` is the French message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Nothing but spaces.
    #[error("Ce champ est à remplir")]
    Empty,
    /// The same, in words that name the field.
    #[error("{0}")]
    Wanted(&'static str),
    /// A control character, which a paste may bring.
    #[error("Ce texte contient un caractère invisible\u{202f}: saisissez-le à nouveau")]
    Invisible,
    /// Too many characters.
    #[error("Ce texte compte {} caractères\u{202f}: {} au plus sont acceptés", grouped(*.found), grouped(*.longest))]
    TooLong {
        /// Characters typed.
        found: usize,
        /// Characters accepted.
        longest: usize,
    },
}

fn grouped(number: usize) -> String {
    thousands::grouped(u64::try_from(number).unwrap_or(u64::MAX))
}

impl LineError {
    /// A stable code for the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty | Self::Wanted(_) => "missing",
            Self::Invisible => "invisible-character",
            Self::TooLong { .. } => "too-long",
        }
    }
}

/// A line that may be empty: composed letters, single spaces, at most `longest` characters.
///
/// # Errors
/// A control character, or too many characters.
pub fn optional(text: &str, longest: usize) -> Result<String, LineError> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(LineError::Invisible);
    }
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
    match line.chars().count() {
        found if found > longest => Err(LineError::TooLong { found, longest }),
        _ => Ok(line),
    }
}

/// The same, which must say something.
///
/// # Errors
/// Nothing typed, a control character, or too many characters.
pub fn required(text: &str, longest: usize) -> Result<String, LineError> {
    let line = optional(text, longest)?;
    if line.is_empty() { Err(LineError::Empty) } else { Ok(line) }
}

/// The same, with the sentence that names the field when nothing is typed.
///
/// # Errors
/// As [`required`].
pub fn wanted(text: &str, longest: usize, sentence: &'static str) -> Result<String, LineError> {
    required(text, longest)
        .map_err(|error| if error == LineError::Empty { LineError::Wanted(sentence) } else { error })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_kept_as_typed_but_for_its_spaces() {
        assert_eq!(required("  L’Atelier   du Port ", 50).unwrap(), "L’Atelier du Port");
        assert_eq!(required("Cha\u{302}teau", 7).unwrap(), "Château");
        assert_eq!(required("  ", 5), Err(LineError::Empty));
        let nameless = wanted("  ", 5, "Indiquez le nom").unwrap_err();
        assert_eq!((nameless.to_string().as_str(), nameless.code()), ("Indiquez le nom", "missing"));
        assert_eq!(wanted("abcdef", 5, "Indiquez le nom"), required("abcdef", 5));
        assert_eq!(optional("  ", 5).unwrap(), "");
        assert_eq!(optional("abcdef", 5), Err(LineError::TooLong { found: 6, longest: 5 }));
        assert_eq!(optional("a\u{0}b", 5), Err(LineError::Invisible));
    }
}
