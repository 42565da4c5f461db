//! French words of the pages of accounts: titles and messages.

use crate::http::web::layout::Flash;

/// `/connexion`.
pub(super) const SIGN_IN: &str = "Se connecter";
/// After asking for a link.
pub(super) const LINK_SENT: &str = "Consultez votre messagerie";
/// A link that does not work.
pub(super) const LINK_OVER: &str = "Ce lien ne fonctionne plus";
/// The link was not asked.
pub(super) const LINK_NOT_SENT: &str = "Le lien n’est pas encore envoyé";
/// The password did not open.
pub(super) const NOT_SIGNED_IN: &str = "Vous n’êtes pas encore connecté";
/// `/connexion/second-facteur`.
pub(super) const YOUR_CODE: &str = "Votre code";
/// Setting up.
pub(super) const SECOND_FACTOR: &str = "Second facteur";
/// Not set up.
pub(super) const SECOND_FACTOR_NOT_SET: &str = "Le second facteur n’est pas encore actif";
/// Removing.
pub(super) const REMOVE_SECOND_FACTOR: &str = "Retirer le second facteur";
/// Not removed.
pub(super) const SECOND_FACTOR_NOT_REMOVED: &str = "Le second facteur est toujours actif";
/// Recovery codes.
pub(super) const RECOVERY_CODES: &str = "Codes de secours";
/// `/compte`.
pub(super) const PROFILE: &str = "Mon profil";
/// Profile not kept.
pub(super) const PROFILE_NOT_SAVED: &str = "Votre profil n’est pas encore enregistré";
/// `/compte/securite`.
pub(super) const SECURITY: &str = "Sécurité et connexion";
/// Password not kept.
pub(super) const PASSWORD_NOT_SAVED: &str = "Le mot de passe n’est pas changé";
/// Token not made.
pub(super) const TOKEN_NOT_MADE: &str = "Le jeton n’est pas créé";
/// `/parametres/utilisateurs`.
pub(super) const USERS: &str = "Utilisateurs";
/// Account not opened.
pub(super) const ACCOUNT_NOT_OPENED: &str = "Le compte n’est pas encore ouvert";
/// Account not changed.
pub(super) const ACCOUNT_NOT_CHANGED: &str = "Le compte n’a pas changé";
/// Invitation not sent.
pub(super) const NOT_INVITED: &str = "L’invitation n’est pas encore envoyée";
/// `/demo`.
pub(super) const DEMO: &str = "Démonstration";
/// The label of a second factor that is on.
pub(super) const ACTIVE: &str = "Actif";
/// Term of the address.
pub(super) const ADDRESS: &str = "Adresse";
/// Term of a role.
pub(super) const ROLE: &str = "Rôle";
/// No regional limit.
pub(super) const EVERYWHERE: &str = "Sans limite";

/// Durations of a token, in days.
pub(super) const TOKEN_DAYS: [(&str, &str); 4] =
    [("30", "30 jours"), ("90", "90 jours"), ("180", "180 jours"), ("365", "un an")];
/// Themes.
pub(super) const THEMES: [(&str, &str); 3] =
    [("system", "Comme l’appareil"), ("light", "Clair"), ("dark", "Sombre")];

/// Signed out.
pub(super) fn signed_out() -> Flash {
    Flash::done("Vous êtes déconnecté.", "")
}

/// Profile kept.
pub(super) fn profile_saved() -> Flash {
    Flash::done("Profil enregistré.", "")
}

/// Password kept.
pub(super) fn password_saved() -> Flash {
    Flash::done("Mot de passe enregistré.", "Les autres appareils sont déconnectés.")
}

/// Second factor removed.
pub(super) fn second_factor_removed() -> Flash {
    Flash::done("Second facteur retiré.", "Les autres appareils sont déconnectés.")
}

/// Session ended.
pub(super) fn device_signed_out() -> Flash {
    Flash::done("Appareil déconnecté.", "")
}

/// Other sessions ended.
pub(super) fn devices_signed_out() -> Flash {
    Flash::done("Autres appareils déconnectés.", "")
}

/// Token revoked.
pub(super) fn token_revoked() -> Flash {
    Flash::done("Jeton retiré.", "Le logiciel qui l’utilisait n’a plus accès.")
}

/// Account opened.
pub(super) fn account_opened() -> Flash {
    Flash::done("Compte ouvert.", "Un courriel avec un lien de connexion part à cette adresse.")
}

/// Account changed.
pub(super) fn account_changed() -> Flash {
    Flash::done("Compte modifié.", "")
}

/// Second factor reset.
pub(super) fn second_factor_reset() -> Flash {
    Flash::done("Second facteur réinitialisé.", "La personne est prévenue et devra en activer un autre.")
}

/// Invited.
pub(super) fn invited() -> Flash {
    Flash::done("Invitation envoyée.", "Le lien reçu est valable sept jours.")
}

/// Invited once more.
pub(super) fn invited_again() -> Flash {
    Flash::done(
        "Invitation renvoyée.",
        "Le nouveau lien est valable sept jours\u{202f}; le précédent ne sert plus.",
    )
}

/// Colleague removed.
pub(super) fn colleague_removed() -> Flash {
    Flash::done("Personne retirée de la structure.", "")
}

/// Colleague changed.
pub(super) fn colleague_changed() -> Flash {
    Flash::done("Droits modifiés.", "")
}

/// People of a structure.
pub(super) fn people_of(structure: &str) -> String {
    format!("Accès de {structure}")
}

/// A refusal that keeps the page: what the rule says.
pub(super) fn refused(detail: &str) -> Flash {
    Flash::problem("Rien n’a changé.", detail)
}

/// Before a list of effects.
pub(super) const AT_ONCE: &str = "Aussitôt\u{202f}:";
/// The way back.
pub(super) const KEEP: &str = "Ne rien changer";
/// Removes a colleague.
pub(super) const REMOVE: &str = "Retirer l’accès";
/// Closes an account.
pub(super) const CLOSE: &str = "Fermer le compte";
/// Resets a second factor.
pub(super) const RESET: &str = "Réinitialiser";

/// Asks before removing a colleague.
pub(super) fn remove_question(name: &str) -> String {
    format!("Retirer l’accès de {name}\u{202f}?")
}

/// What removing a colleague does.
pub(super) fn removal_effects(structure: &str) -> Vec<String> {
    vec![
        format!("cette personne ne voit plus les dossiers de {structure}\u{202f};"),
        "sans autre rôle, son compte est fermé et ses appareils sont déconnectés\u{202f};".to_owned(),
        "ce qu’elle a fait reste inscrit au journal.".to_owned(),
    ]
}

/// Asks before closing an account.
pub(super) fn close_question(name: &str) -> String {
    format!("Fermer le compte de {name}\u{202f}?")
}

/// What closing an account does.
pub(super) fn close_effects() -> Vec<String> {
    vec![
        "la personne ne peut plus se connecter\u{202f};".to_owned(),
        "ses appareils sont déconnectés et ses jetons d’accès retirés\u{202f};".to_owned(),
        "ses rôles sont gardés\u{202f}: le compte peut être rouvert.".to_owned(),
    ]
}

/// Asks before resetting a second factor.
pub(super) fn reset_question(name: &str) -> String {
    format!("Réinitialiser le second facteur de {name}\u{202f}?")
}

/// What resetting a second factor does.
pub(super) fn reset_effects() -> Vec<String> {
    vec![
        "la clé et les codes de secours cessent de fonctionner\u{202f};".to_owned(),
        "tous les appareils de la personne sont déconnectés\u{202f};".to_owned(),
        "la personne est prévenue par courriel.".to_owned(),
    ]
}
