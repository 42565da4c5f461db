//! Why a mail cannot leave, in the words shown to the team beside it.

use lettre::address::AddressError;

/// Why nobody is written to, in the words shown to the team.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Nobody {
    /// The account was disabled or removed.
    #[error("Aucun destinataire\u{202f}: le compte n’existe plus ou est désactivé.")]
    Account,
    /// No active account and no contact address.
    #[error("Aucun destinataire\u{202f}: la structure n’a ni compte actif ni adresse de contact.")]
    Structure,
    /// No officer and no manager may handle the request.
    #[error("Aucun destinataire\u{202f}: aucun compte actif ne peut instruire cette demande.")]
    Officer,
    /// No active manager.
    #[error("Aucun destinataire\u{202f}: aucun compte actif de responsable de certification.")]
    Managers,
    /// The account of the expert is disabled, or their file has no address.
    #[error(
        "Aucun destinataire\u{202f}: le compte de l’intervenant est désactivé ou sa fiche est sans adresse."
    )]
    Expert,
    /// The file of the candidate has no address, or they are told on paper.
    #[error(
        "Aucun destinataire\u{202f}: le dossier du candidat est sans adresse, ou tout lui est remis sur papier."
    )]
    Candidate,
    /// The enrolment has no address, or was erased.
    #[error("Aucun destinataire\u{202f}: l’inscription est sans adresse.")]
    Enrolment,
    /// No active account sits in the committee.
    #[error("Aucun destinataire\u{202f}: personne ne siège à cette commission avec un compte actif.")]
    Committee,
    /// The setting is empty.
    #[error("Aucun destinataire\u{202f}: l’adresse du réglage est vide.")]
    Address,
}

/// Why a message cannot be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unwritable {
    /// The address of the recipient is not one.
    #[error("adresse invalide\u{202f}: {0}")]
    To(AddressError),
    /// Ours is not one: a fault of the configuration, not of the message.
    #[error("adresse d’expédition ou de réponse invalide\u{202f}: {0}")]
    From(AddressError),
    /// What is stored cannot be read as a recipient.
    #[error("destinataire illisible")]
    Recipient,
    /// What is stored cannot be read as a condition.
    #[error("condition d’envoi illisible")]
    Condition,
    /// A part is missing.
    #[error("message incomplet\u{202f}: {0}")]
    Incomplete(#[from] lettre::error::Error),
}
