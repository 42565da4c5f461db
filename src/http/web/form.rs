//! A form that comes back: what was typed, what is wrong, and what travels hidden.
//!
//! A field is named after its place in the input, without the leading slash: `contact/email` for `/contact/email`.
//! The faults of the domain, which carry JSON pointers, then find their fields by themselves.

use super::labels;

/// The name of the hidden field that carries the anti-forgery token, and the key of the page after it: every form has the
/// one, so every form has the other.
pub const CSRF_FIELD: &str = "csrf";
/// What stands between the token and the key; no token has it.
const KEY_MARK: char = '.';
/// The name of the hidden field that carries the version that the person saw.
pub const VERSION_FIELD: &str = "version";

/// What the hidden field carries in the forms of a page.
#[must_use]
pub fn token_with_key(token: &str, key: &str) -> String {
    format!("{token}{KEY_MARK}{key}")
}

/// The token of a form that was sent, and the key of its page when it has one.
#[must_use]
pub fn token_and_key(sent: &str) -> (&str, Option<&str>) {
    match sent.split_once(KEY_MARK) {
        Some((token, key)) => (token, Some(key).filter(|key| !key.is_empty())),
        None => (sent, None),
    }
}

/// One fault, in the words shown to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// JSON pointer of the input: `/siret`. Empty when the fault concerns the whole form.
    pub pointer: String,
    /// What is wrong and what to do, in French.
    pub message: String,
}

/// The faults of a form, in the order of its fields; one per field, the first said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// The faults of a domain error; when it has none, its detail concerns the whole form.
    #[must_use]
    pub fn of(error: &impl crate::error::DomainError) -> Self {
        let mut errors: Self =
            error.faults().into_iter().map(|fault| (fault.pointer, fault.message)).collect();
        if errors.is_empty() {
            errors.push("", error.detail());
        }
        errors
    }

    /// Adds a fault; a second one on the same field is left out, so that one thing is asked at a time.
    pub fn push(&mut self, pointer: impl Into<String>, message: impl Into<String>) {
        let pointer = pointer.into();
        if pointer.is_empty() || self.0.iter().all(|error| error.pointer != pointer) {
            self.0.push(FieldError { pointer, message: message.into() });
        }
    }

    /// Moves faults from the place the domain names to the field that asked.
    pub fn rename(&mut self, from: &str, to: &str) {
        for error in self.0.iter_mut().filter(|error| error.pointer == from) {
            to.clone_into(&mut error.pointer);
        }
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn message(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|e| e.pointer.strip_prefix('/') == Some(name)).map(|e| e.message.as_str())
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The faults, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[FieldError] {
        &self.0
    }
}

impl<P: Into<String>, M: Into<String>> FromIterator<(P, M)> for FieldErrors {
    fn from_iter<I: IntoIterator<Item = (P, M)>>(faults: I) -> Self {
        let mut errors = Self::default();
        for (pointer, message) in faults {
            errors.push(pointer, message);
        }
        errors
    }
}

/// The summary at the top of a form that comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorSummary {
    /// What did not happen: "Votre demande n’est pas encore envoyée".
    pub title: String,
    /// The faults.
    pub errors: FieldErrors,
    prefix: String,
}

impl ErrorSummary {
    /// "Trois points restent à corriger".
    #[must_use]
    pub fn points(&self) -> String {
        labels::points_to_fix(self.errors.as_slice().len())
    }

    /// The id of the field to go to; nothing when the fault concerns the whole form.
    #[must_use]
    pub fn anchor(&self, error: &FieldError) -> Option<String> {
        let name = error.pointer.strip_prefix('/').filter(|name| !name.is_empty())?;
        Some(field_id(&self.prefix, name))
    }
}

/// What a form shows in its fields and carries in its hidden ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormState {
    values: Vec<(String, String)>,
    errors: FieldErrors,
    version: Option<i64>,
    prefix: String,
}

impl FormState {
    /// A form filled with these values: what is recorded, or exactly what was typed.
    #[must_use]
    pub fn filled<N: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (N, V)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { values, ..Self::default() }
    }

    /// Adds what is wrong.
    #[must_use]
    pub fn with_errors(mut self, errors: FieldErrors) -> Self {
        self.errors = errors;
        self
    }

    /// Adds a value: one more tick of a choice, or a field that has none.
    #[must_use]
    pub fn with_value(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.push((name.into(), value.into()));
        self
    }

    /// Carries the version that the person sees.
    #[must_use]
    pub const fn with_version(mut self, version: i64) -> Self {
        self.version = Some(version);
        self
    }

    /// Sets this form apart from another of the same page: the ids of its fields start with `prefix`.
    #[must_use]
    pub fn with_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// What the field shows; empty when nothing is known.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Whether this answer of a choice is ticked; several may be.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values.iter().any(|(known, ticked)| known == name && ticked == value)
    }

    /// What is wrong with the field.
    #[must_use]
    pub fn fault(&self, name: &str) -> Option<&str> {
        self.errors.message(name)
    }

    /// The id of the field in the page.
    #[must_use]
    pub fn id(&self, name: &str) -> String {
        field_id(&self.prefix, name)
    }

    /// The ids that describe the field: its help when there is one, then its fault.
    #[must_use]
    pub fn described_by(&self, name: &str, help: &str) -> Option<String> {
        let id = self.id(name);
        let help = (!help.is_empty()).then(|| format!("{id}-aide"));
        let fault = self.fault(name).map(|_| format!("{id}-err"));
        let ids: Vec<String> = [help, fault].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The version carried.
    #[must_use]
    pub const fn version(&self) -> Option<i64> {
        self.version
    }

    /// Whether the form comes back with faults.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    /// The summary to show above the form, if something is wrong.
    #[must_use]
    pub fn summary(&self, title: impl Into<String>) -> Option<ErrorSummary> {
        self.has_errors().then(|| ErrorSummary {
            title: title.into(),
            errors: self.errors.clone(),
            prefix: self.prefix.clone(),
        })
    }
}

/// A name made safe for an id, apart from the other ids of the page: `sites/0/siret` becomes `champ-sites-0-siret`.
fn field_id(prefix: &str, name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let prefix = if prefix.is_empty() { "champ" } else { prefix };
    format!("{prefix}/{name}").chars().map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn returned() -> FormState {
        let errors = [("/siret", "Il manque un chiffre"), ("/siret", "Autre"), ("", "Trop tard")];
        FormState::filled([("siret", "123"), ("role", "former"), ("role", "organiser")])
            .with_errors(errors.into_iter().collect())
    }

    #[test]
    fn what_was_typed_and_what_is_wrong_come_back_together() {
        let form = returned();
        assert_eq!(form.value("siret"), "123");
        assert_eq!(form.fault("siret"), Some("Il manque un chiffre"));
        assert!(form.has("role", "organiser") && !form.has("role", "both"));
        assert_eq!(
            form.described_by("siret", "Quatorze chiffres").as_deref(),
            Some("champ-siret-aide champ-siret-err")
        );
        assert_eq!(form.described_by("role", ""), None);
    }

    #[test]
    fn the_summary_links_each_fault_to_its_field_and_keeps_those_of_the_whole_form() {
        let summary = returned().summary("Titre").unwrap();
        let anchors: Vec<_> = summary.errors.as_slice().iter().map(|error| summary.anchor(error)).collect();
        assert_eq!(anchors, [Some("champ-siret".to_owned()), None]);
    }

    #[test]
    fn the_token_and_the_key_of_the_page_travel_together() {
        assert_eq!(token_and_key(&token_with_key("jeton-d_un", "0199")), ("jeton-d_un", Some("0199")));
        for (sent, expected) in [("jeton", ("jeton", None)), ("jeton.", ("jeton", None)), ("", ("", None))] {
            assert_eq!(token_and_key(sent), expected, "{sent}");
        }
    }

    #[test]
    fn nested_fields_have_safe_ids() {
        assert_eq!(field_id("", "sites/0/siret"), "champ-sites-0-siret");
        assert_eq!(FormState::default().with_prefix("lien").id("email"), "lien-email");
    }
}
