//! The life of a session of a jury (table S1 to S21 of the domain reference, 1.7), as data.
//!
//! Pure. The diagram of `docs/states/jury-session.md` is drawn from this table by a test.
//!
//! What a line asks ([`Guard`]) is looked at by whoever acts and given to [`lacking`], which tells everything that lacks
//! at once. Who may act is in the policy; [`Party`] says who the reference names.

pub use entity::jury_session::JuryState as State;

use Guard as G;
use Party as P;
use State as S;

use crate::rules::transitions::{Refused, Row, Table, Told};

/// What may happen to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// A structure asks for a jury (S1).
    Request,
    /// The certifier does not organise it (S2).
    Reject,
    /// The structure takes its request back before it has a date: ours, the reference has no such line.
    Withdraw,
    /// It has its date, its place and its referential (S3).
    Plan,
    /// Somebody is asked to preside (S4).
    AssignPresident,
    /// Somebody is asked to sit (S5).
    AddMember,
    /// Somebody does not sit any more (S5).
    RemoveMember,
    /// The jury will take place (S6).
    Confirm,
    /// The candidates are called (S7).
    Convoke,
    /// Another date (S8).
    Postpone,
    /// It will not take place (S9).
    Cancel,
    /// The president opens it (S10).
    Open,
    /// Members lack on the day (S11).
    NoQuorum,
    /// A member takes no part for a candidate (S12).
    Abstain,
    /// Something happened on the day (S13).
    RecordIncident,
    /// Everybody was heard (S14).
    Deliberate,
    /// Every decision is taken, the minutes are frozen (S15).
    CloseDeliberation,
    /// The last signature (S16).
    Sign,
    /// The minutes conform (S17).
    ControlOk,
    /// The minutes do not conform (S18).
    ControlKo,
    /// The same jury corrects its minutes (S19).
    Rectify,
    /// The decisions are validated (S20).
    Validate,
    /// The validation is taken back before anybody is told.
    TakeBack,
    /// Everybody is told (S21).
    Notify,
    /// An appeal finds a material error in what was told: the same jury corrects its minutes (1.11).
    Reopen,
}

#[cfg(test)]
impl Event {
    /// Every event, in the order of the reference.
    pub const ALL: [Self; 25] = [
        Self::Request,
        Self::Reject,
        Self::Withdraw,
        Self::Plan,
        Self::AssignPresident,
        Self::AddMember,
        Self::RemoveMember,
        Self::Confirm,
        Self::Convoke,
        Self::Postpone,
        Self::Cancel,
        Self::Open,
        Self::NoQuorum,
        Self::Abstain,
        Self::RecordIncident,
        Self::Deliberate,
        Self::CloseDeliberation,
        Self::Sign,
        Self::ControlOk,
        Self::ControlKo,
        Self::Rectify,
        Self::Validate,
        Self::TakeBack,
        Self::Notify,
        Self::Reopen,
    ];
}

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Party {
    /// The referent of the structure.
    Structure,
    /// The team of the certifier.
    Certifier,
    /// Who runs the certification.
    Manager,
    /// The president of the jury.
    President,
    /// A member of the jury.
    Member,
    /// The program.
    Program,
}

/// What an event asks before it happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Guard {
    /// The structure holds an agreement to organise the assessment.
    AgreementHeld,
    /// It says how many candidates it expects.
    CandidatesExpected,
    /// A reason is given.
    ReasonGiven,
    /// Date, place and zone are known.
    DateKnown,
    /// The impartiality checks J1 to J8 let the person sit.
    Impartial,
    /// The president accepted.
    PresidentAccepted,
    /// Those who did not decline make a quorum.
    QuorumReachable,
    /// A candidate who may sit is chosen.
    CandidateChosen,
    /// The files of the candidates are complete.
    FilesComplete,
    /// The quorum is in the room.
    QuorumPresent,
    /// Each member declared their impartiality for this session (J9).
    ImpartialityDeclared,
    /// The identity of each member was checked.
    MembersIdentified,
    /// Members lack.
    MembersMissing,
    /// Every candidate who came was heard.
    AllHeard,
    /// Every candidate who came has a decision.
    AllDecided,
    /// Every member signed, or refused with a reason.
    AllSigned,
    /// Every point of the checklist was looked at.
    ChecklistDone,
    /// Whoever checks did not sit.
    NotOfTheJury,
    /// What is to be corrected is written.
    FindingsWritten,
    /// The minutes that are corrected are kept.
    OriginalKept,
    /// The day of delivery is set.
    DeliverySet,
    /// Letters and certificates are produced.
    PapersProduced,
}

/// One line of the table.
pub type Transition = Row<Option<State>, Event, State>;

/// An event that the state does not allow.
pub type InvalidStep = Refused<Option<State>, Event>;

const fn line(from: State, event: Event, to: State) -> Transition {
    Row::new(Some(from), event, to, told(event))
}

/// Who does something, and what it asks.
#[must_use]
pub const fn asked(event: Event) -> (&'static [Party], &'static [Guard]) {
    match event {
        Event::Request => (&[P::Structure, P::Certifier], &[G::AgreementHeld, G::CandidatesExpected]),
        Event::Reject => (&[P::Certifier], &[G::ReasonGiven]),
        Event::Withdraw => (&[P::Structure], &[G::ReasonGiven]),
        Event::Plan => (&[P::Certifier], &[G::DateKnown]),
        Event::AssignPresident => (&[P::Certifier], &[G::Impartial]),
        Event::AddMember | Event::RemoveMember => (&[P::Certifier, P::Structure], &[G::Impartial]),
        Event::Confirm => (&[P::Certifier], &[G::PresidentAccepted, G::QuorumReachable, G::CandidateChosen]),
        Event::Convoke => (&[P::Certifier, P::Program], &[G::FilesComplete]),
        Event::Postpone => (&[P::Certifier, P::Structure], &[G::ReasonGiven, G::DateKnown]),
        Event::Cancel => (&[P::Certifier], &[G::ReasonGiven]),
        Event::Open => (&[P::President], &[G::QuorumPresent, G::ImpartialityDeclared, G::MembersIdentified]),
        Event::NoQuorum => (&[P::President], &[G::MembersMissing]),
        Event::Abstain => (&[P::Member, P::President], &[G::ReasonGiven]),
        Event::RecordIncident => (&[P::President], &[]),
        Event::Deliberate => (&[P::President], &[G::AllHeard]),
        Event::CloseDeliberation => (&[P::President], &[G::AllDecided]),
        Event::Sign => (&[P::President, P::Member], &[G::AllSigned]),
        Event::ControlOk => (&[P::Certifier], &[G::NotOfTheJury, G::ChecklistDone]),
        Event::ControlKo => (&[P::Certifier], &[G::NotOfTheJury, G::FindingsWritten]),
        Event::Rectify => (&[P::President], &[G::OriginalKept]),
        Event::Validate => (&[P::Manager], &[G::DeliverySet]),
        Event::TakeBack | Event::Reopen => (&[P::Manager], &[G::ReasonGiven]),
        Event::Notify => (&[P::Program], &[G::PapersProduced]),
    }
}

/// The name and the code of an event.
#[must_use]
pub const fn told(event: Event) -> Told {
    match event {
        Event::Request => ("jury.requested", "JUR_REQUESTED"),
        Event::Reject => ("jury.rejected", "JUR_REJECTED"),
        Event::Withdraw => ("jury.withdrawn", "JUR_WITHDRAWN"),
        Event::Plan => ("jury.planned", "JUR_PLANNED"),
        Event::AssignPresident => ("jury.president_assigned", "JUR_PRESIDENT"),
        Event::AddMember => ("jury.member_added", "JUR_MEMBER"),
        Event::RemoveMember => ("jury.member_removed", "JUR_MEMBER"),
        Event::Confirm => ("jury.confirmed", "JUR_CONFIRMED"),
        Event::Convoke => ("jury.convoked", "JUR_CONVOKED"),
        Event::Postpone => ("jury.postponed", "JUR_MOVED"),
        Event::Cancel => ("jury.cancelled", "JUR_CANCELLED"),
        Event::Open => ("jury.opened", "JUR_OPENED"),
        Event::NoQuorum => ("jury.no_quorum", "JUR_NO_QUORUM"),
        Event::Abstain => ("jury.abstained", "JUR_ABSTAIN"),
        Event::RecordIncident => ("jury.incident_recorded", "JUR_INCIDENT"),
        Event::Deliberate => ("jury.deliberating", "JUR_DELIBERATING"),
        Event::CloseDeliberation => ("jury.minutes_frozen", "JUR_PV_READY"),
        Event::Sign => ("jury.minutes_signed", "JUR_PV_SIGNED"),
        Event::ControlOk => ("jury.minutes_checked", "JUR_PV_OK"),
        Event::ControlKo => ("jury.minutes_sent_back", "JUR_PV_KO"),
        Event::Rectify => ("jury.minutes_rectified", "JUR_PV_RECT"),
        Event::Validate => ("jury.validated", "JUR_VALIDATED"),
        Event::TakeBack => ("jury.validation_taken_back", "JUR_VALIDATION_TAKEN_BACK"),
        Event::Notify => ("jury.closed", "JUR_CLOSED"),
        Event::Reopen => ("jury.reopened", "JUR_REOPENED"),
    }
}

/// The table, in the order of the domain reference; « from planned to summoned » is written state by state. A session
/// that is postponed has its new date and waits to be planned again (S8, then S3); it may still be cancelled. What is ours: a
/// structure takes its request back as long as it has no date; a validation is
/// taken back as long as nobody was told and no certificate went out. What was told is corrected by S19 to S21 again, once an
/// appeal found an error.
pub const TABLE: Table<Option<State>, Event, State> = Table(&[
    Row::new(None, Event::Request, S::Requested, told(Event::Request)),
    line(S::Requested, Event::Reject, S::Rejected),
    line(S::Requested, Event::Plan, S::Planned),
    line(S::Requested, Event::Withdraw, S::Cancelled),
    line(S::Postponed, Event::Plan, S::Planned),
    line(S::Planned, Event::AssignPresident, S::Planned),
    line(S::Planned, Event::AddMember, S::Planned),
    line(S::Planned, Event::RemoveMember, S::Planned),
    line(S::Planned, Event::Confirm, S::Confirmed),
    line(S::Confirmed, Event::Convoke, S::Summoned),
    line(S::Planned, Event::Postpone, S::Postponed),
    line(S::Confirmed, Event::Postpone, S::Postponed),
    line(S::Summoned, Event::Postpone, S::Postponed),
    line(S::Planned, Event::Cancel, S::Cancelled),
    line(S::Confirmed, Event::Cancel, S::Cancelled),
    line(S::Summoned, Event::Cancel, S::Cancelled),
    line(S::Postponed, Event::Cancel, S::Cancelled),
    line(S::Summoned, Event::Open, S::Open),
    line(S::Summoned, Event::NoQuorum, S::NoQuorum),
    line(S::Open, Event::Abstain, S::Open),
    line(S::Open, Event::RecordIncident, S::Open),
    line(S::Open, Event::Deliberate, S::Deliberating),
    line(S::Deliberating, Event::CloseDeliberation, S::ToSign),
    line(S::ToSign, Event::Sign, S::Signed),
    line(S::Signed, Event::ControlOk, S::Checked),
    line(S::Signed, Event::ControlKo, S::ToRectify),
    line(S::ToRectify, Event::Rectify, S::ToSign),
    line(S::Checked, Event::Validate, S::Validated),
    line(S::Validated, Event::TakeBack, S::Checked),
    line(S::Validated, Event::Notify, S::Closed),
    line(S::Closed, Event::Reopen, S::ToRectify),
]);

/// Everything that an event asks and that is not there.
#[must_use]
pub fn lacking(line: &Transition, met: &[Guard]) -> Vec<Guard> {
    asked(line.step).1.iter().copied().filter(|guard| !met.contains(guard)).collect()
}

/// Whether nothing leads elsewhere.
#[must_use]
pub const fn is_over(state: State) -> bool {
    matches!(state, S::Rejected | S::Cancelled | S::NoQuorum)
}

/// Whether it is still to come: its date, its place and its candidates may change.
#[must_use]
pub const fn is_ahead(state: State) -> bool {
    matches!(state, S::Requested | S::Planned | S::Confirmed | S::Summoned | S::Postponed)
}

/// The states of a jury that was held and whose decisions stand: what figures count.
pub const HELD: [State; 2] = [S::Validated, S::Closed];

/// Whether the list of its candidates may change: nobody was called yet.
#[must_use]
pub const fn takes_candidates(state: State) -> bool {
    matches!(state, S::Requested | S::Planned | S::Confirmed | S::Postponed)
}

#[cfg(test)]
mod sequences;
#[cfg(test)]
mod tests;
