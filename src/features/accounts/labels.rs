//! French words of accounts: errors, reasons of mails, names of devices and states.

use entity::account::AccountState;
use entity::account_role::Role;
use time::Duration;

use crate::http::web::component::{Color, Status};
use crate::http::web::labels as shell;

/// Above the faults of a form.
pub const INVALID: &str = "Certaines valeurs sont à corriger.";
/// Nothing there.
pub const NOT_FOUND: &str = "Ce compte, cette session ou ce jeton n’existe pas, ou ne vous est pas ouvert.";
/// Changed meanwhile.
pub const STALE: &str = "Ce compte a changé depuis votre lecture. Relisez-le avant de réessayer.";
/// A used or old link.
pub const LINK_UNUSABLE: &str = "Ce lien a déjà servi, a expiré, ou a été remplacé par un plus récent.";
/// The same words whatever was wrong.
pub const WRONG_CREDENTIALS: &str =
    "L’adresse ou le mot de passe ne correspond pas. Vérifiez-les, ou demandez un lien de connexion.";
/// A wrong or used code.
pub const WRONG_CODE: &str =
    "Ce code ne convient pas, ou a déjà servi. Attendez le suivant et recopiez-le tel qu’il s’affiche.";
/// A recovery code that is wrong or used.
pub const WRONG_RECOVERY_CODE: &str = "Ce code de secours ne convient pas, ou a déjà servi.";
/// The page of the second factor belongs to another session.
pub const SETUP_LOST: &str = "La clé affichée n’est plus valable. Rouvrez la page du second facteur.";
/// Already on.
pub const SECOND_FACTOR_ON: &str = "Le second facteur est déjà actif.";
/// Not on.
pub const SECOND_FACTOR_OFF: &str = "Le second facteur n’est pas actif.";
/// Demanded by a role.
pub const SECOND_FACTOR_REQUIRED: &str = "Vos rôles demandent un second facteur. Pour changer d’appareil, demandez sa réinitialisation à l’administration.";
/// An invitation that nobody waits for.
pub const INVITATION_ACCEPTED: &str = "Cette personne s’est déjà connectée, ou son compte est fermé\u{202f}: il n’y a plus d’invitation à renvoyer.";
/// Rule of the structures.
pub const LAST_STRUCTURE_ADMINISTRATOR: &str =
    "Une structure garde toujours une personne qui l’administre. Nommez-en d’abord une autre.";
/// Rule of the installation.
pub const LAST_ADMINISTRATOR: &str =
    "Il doit toujours rester un compte d’administration actif. Nommez-en d’abord un autre.";

/// Fewer than twelve characters.
pub const PASSWORD_TOO_SHORT: &str =
    "Choisissez au moins douze caractères\u{202f}: une phrase de plusieurs mots convient";
/// More than 256 characters.
pub const PASSWORD_TOO_LONG: &str = "Choisissez au plus 256 caractères";
/// The address itself.
pub const PASSWORD_IS_ADDRESS: &str = "Choisissez un mot de passe qui ne contient pas votre adresse";
/// One character.
pub const PASSWORD_REPEATS: &str = "Choisissez un mot de passe qui ne répète pas un seul caractère";
/// The current password is wrong.
pub const CURRENT_PASSWORD_WRONG: &str = "Le mot de passe actuel ne correspond pas";
/// Address already used by an account.
pub const ADDRESS_TAKEN: &str = "Un compte existe déjà à cette adresse";
/// Staff cannot be a colleague of a structure.
pub const CANNOT_BE_INVITED: &str = "Cette adresse ne peut pas être invitée\u{202f}: écrivez à l’organisme";
/// Already there.
pub const ALREADY_COLLEAGUE: &str = "Cette personne fait déjà partie de la structure";
/// A role is needed.
pub const ROLE_MISSING: &str = "Donnez au moins un rôle";
/// The same role twice.
pub const ROLE_TWICE: &str = "Ce rôle est donné deux fois";
/// A structure is needed.
pub const ROLE_NEEDS_STRUCTURE: &str = "Indiquez la structure de ce rôle";
/// A structure makes no sense here.
pub const ROLE_WITHOUT_STRUCTURE: &str = "Seul le rôle de structure se rattache à une structure";
/// A limit makes no sense here.
pub const ROLE_WITHOUT_SCOPE: &str =
    "Seuls les rôles de l’équipe et de l’audit se limitent à des régions ou à une certification";
/// Unknown structure.
pub const STRUCTURE_UNKNOWN: &str = "Cette structure n’est pas connue";
/// Unknown certification.
pub const CERTIFICATION_UNKNOWN: &str = "Cette certification n’est pas connue";
/// Unknown expert.
pub const EXPERT_UNKNOWN: &str = "Cet intervenant n’est pas connu";
/// Unknown region.
pub const REGION_UNKNOWN: &str = "Ce code de région n’est pas connu";
/// A token needs a name.
pub const TOKEN_NAME_MISSING: &str = "Donnez un nom à ce jeton, pour le reconnaître plus tard";
/// A name too long.
pub const TOKEN_NAME_TOO_LONG: &str = "Choisissez un nom de 80 caractères au plus";
/// Out of bounds.
pub const TOKEN_TTL: &str = "Choisissez une durée de 1 à 365 jours";
/// Not one of the choices.
pub const THEME_UNKNOWN: &str = "Choisissez un thème de la liste";

/// Why one receives the link.
pub const REASON_SIGN_IN: &str =
    "Vous recevez ce message parce que cette adresse a été saisie sur la page de connexion.";
/// Why one receives news of one's account.
pub const REASON_SECURITY: &str = "Vous recevez ce message parce qu’il concerne la sécurité de votre compte.";
/// Why one receives the opening of an account.
pub const REASON_CREATED: &str = "Vous recevez ce message parce qu’un compte a été ouvert à cette adresse.";
/// Why one is invited.
pub const REASON_INVITED: &str =
    "Vous recevez ce message parce que votre adresse a été indiquée pour cette structure.";
/// Who invites when the program does.
pub const TEAM: &str = "L’équipe certification";
/// Administrator of a structure.
pub const STRUCTURE_ADMINISTRATOR: &str = "Administratrice ou administrateur de la structure";
/// Member of a structure.
pub const STRUCTURE_MEMBER: &str = "Membre de la structure";

/// The name of a role.
#[must_use]
pub const fn role(role: Role) -> &'static str {
    shell::role(role)
}

/// "15 minutes".
#[must_use]
pub fn minutes(count: i64) -> String {
    format!("{count}\u{a0}minutes")
}

/// How long to wait after too many attempts.
#[must_use]
pub fn too_many_attempts(wait: Duration) -> String {
    let seconds = wait.whole_seconds() + 1;
    let wait = if seconds > 90 { minutes((seconds + 59) / 60) } else { format!("{seconds}\u{a0}secondes") };
    format!(
        "Trop d’essais sans succès. Attendez {wait} avant de recommencer, ou demandez un lien de connexion."
    )
}

/// The state of an account.
#[must_use]
pub const fn state(state: AccountState) -> Status {
    match state {
        AccountState::Active => Status::new("Actif", "coche", Color::Pre),
        AccountState::Disabled => Status::new("Fermé", "cercle", Color::Ardoise),
    }
}

/// The browser and the system of a device: "Firefox sur Windows". Never more: the rest identifies a person.
#[must_use]
pub fn device(user_agent: &str) -> String {
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} sur {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Appareil inconnu".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_by_its_browser_and_system_only() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox sur Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
                "Safari sur iPhone",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge sur Linux"),
            ("curl/8.0", "Appareil inconnu"),
            ("", "Appareil inconnu"),
        ] {
            assert_eq!(device(agent), name);
        }
    }

    #[test]
    fn the_wait_is_said_in_minutes_when_it_is_long() {
        assert!(too_many_attempts(Duration::seconds(4)).contains("5\u{a0}secondes"));
        assert!(too_many_attempts(Duration::minutes(10)).contains("11\u{a0}minutes"));
    }
}
