//! No sequence of events closes a session that breaks its quorum, the rights of its members or their independence: the table
//! and the rules together, without any database. What is met is computed from the rules alone, in the order in which the
//! acts look at it; what is closed is then judged again, from what was known.

use std::collections::BTreeSet;

use entity::candidate_tie::CandidateTieKind;
use entity::ids::{CandidateId, JuryMemberId};
use entity::jury_member::Seat;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use time::Date;
use time::macros::date;
use uuid::Uuid;

use super::{Event, Guard, Party, State, TABLE, asked, lacking};
use crate::rules::jury::impartiality::{self, CandidateTie, Check, Finding, Known, Severity, Verdict};
use crate::rules::jury::quorum::{self, Present};
use crate::rules::referential::JuryRules;
use crate::rules::ties::{DatedTie, Matrix, Tie};

const ON: Date = date!(2026 - 03 - 10);
const PEOPLE: usize = 6;
const CANDIDATES: usize = 3;
const SEQUENCES: usize = 1_000;
const LENGTH: usize = 240;

/// What may happen.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// One of the events that the table allows, when what it asks is met.
    Follow(usize),
    /// An event of any rank, allowed or not.
    Any(usize),
    /// Somebody is asked to sit, and accepts.
    Seat(usize),
    /// Somebody comes in and signs.
    ComesIn(usize),
    /// Somebody comes in and does not sign.
    ComesInSilently(usize),
    /// It is learnt that somebody works for the structure.
    Employ(usize),
    /// It is learnt that somebody knows a candidate.
    Know(usize, usize),
    /// The right of somebody is suspended.
    Suspend(usize),
    /// A candidate comes and is heard.
    Hear(usize),
    /// The jury decides on a candidate.
    Decide(usize),
    /// Somebody signs the minutes.
    Sign(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let (who, whom) = (0..PEOPLE, 0..CANDIDATES);
    prop_oneof![
        160 => (0_usize..64).prop_map(Act::Follow),
        2 => (0_usize..64).prop_map(Act::Any),
        60 => who.clone().prop_map(Act::Seat),
        90 => who.clone().prop_map(Act::ComesIn),
        1 => who.clone().prop_map(Act::ComesInSilently),
        1 => who.clone().prop_map(Act::Employ),
        2 => (who.clone(), whom.clone()).prop_map(|(who, whom)| Act::Know(who, whom)),
        1 => who.clone().prop_map(Act::Suspend),
        48 => whom.clone().prop_map(Act::Hear),
        48 => whom.prop_map(Act::Decide),
        48 => who.prop_map(Act::Sign),
    ]
}

/// What is so of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// Was asked to sit, and accepted.
    Seated,
    /// Is in the room.
    Here,
    /// Declared their impartiality.
    Declared,
    /// Signed the minutes.
    Signed,
    /// Works for the structure.
    Employed,
    /// Their right is suspended.
    Suspended,
}

/// Somebody who may sit.
#[derive(Clone, Debug)]
struct Person {
    seat: Seat,
    marks: BTreeSet<Mark>,
    knows: BTreeSet<usize>,
    apart: BTreeSet<usize>,
}

impl Person {
    fn is(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }
}

/// Somebody who is judged, and by whom.
#[derive(Clone, Debug, Default)]
struct Judged {
    heard: bool,
    by: Option<BTreeSet<usize>>,
    adjourned: bool,
}

/// A session, and what is known around it.
#[derive(Clone, Debug)]
struct Session {
    state: Option<State>,
    people: Vec<Person>,
    judged: Vec<Judged>,
    opened_with: Vec<usize>,
}

fn candidate(rank: usize) -> CandidateId {
    CandidateId(Uuid::from_u128(u128::try_from(rank).unwrap_or_default()))
}

fn member(rank: usize) -> JuryMemberId {
    JuryMemberId(Uuid::from_u128(u128::try_from(rank).unwrap_or_default()))
}

impl Session {
    fn new() -> Self {
        use Seat::{Employees, Employers, Observer, President};
        let person =
            |seat| Person { seat, marks: BTreeSet::new(), knows: BTreeSet::new(), apart: BTreeSet::new() };
        let seats = [President, Employers, Employees, Employees, Employers, Observer];
        Self {
            state: None,
            people: seats.map(person).to_vec(),
            judged: vec![Judged::default(); CANDIDATES],
            opened_with: Vec::new(),
        }
    }

    /// What the checks find of somebody now.
    fn findings(&self, rank: usize) -> Vec<Finding> {
        let own = &self.people[rank];
        let employment = DatedTie {
            tie: Tie::EmployeeBoardOrProvider,
            since: Some(date!(2025 - 01 - 01)),
            until: None,
            closed_on: None,
            source: "essai".to_owned(),
            detail: String::new(),
        };
        let ties = if own.is(Mark::Employed) { vec![employment] } else { Vec::new() };
        let kind = CandidateTieKind::Trained;
        let since = date!(2025 - 01 - 01);
        let known = own.knows.iter().map(|rank| CandidateTie { candidate: candidate(*rank), kind, since });
        let known: Vec<CandidateTie> = known.collect();
        let about = Known {
            seat: own.seat,
            ties: &ties,
            candidates: &known,
            competitors: &[],
            habilitated: (own.seat == Seat::President).then_some(!own.is(Mark::Suspended)),
            declared: Some(true),
            signed: Some(own.is(Mark::Declared)),
        };
        impartiality::assess(&Matrix::default(), &about, ON)
    }

    fn is_refused(&self, rank: usize) -> bool {
        self.findings(rank).iter().any(|one| one.severity == Severity::Blocking)
    }

    fn room(&self, of: impl Fn(&Person) -> bool) -> Vec<Present> {
        let all = self.people.iter().enumerate().filter(|(_, one)| of(one));
        all.map(|(rank, one)| Present { member: member(rank), seat: one.seat, remote: false }).collect()
    }

    fn here(&self) -> Vec<usize> {
        (0..PEOPLE).filter(|rank| self.people[*rank].is(Mark::Here)).collect()
    }

    /// What the quorum lacks for a candidate, without whoever stays apart.
    fn lacks(&self, whom: usize) -> bool {
        let apart = (0..PEOPLE).filter(|rank| self.people[*rank].apart.contains(&whom));
        let apart: Vec<JuryMemberId> = apart.map(member).collect();
        !quorum::of_candidate(&JuryRules::default(), &self.room(|one| one.is(Mark::Here)), &apart).is_empty()
    }

    /// Who knows a candidate stays apart: what was decided with them falls.
    fn set_apart(&mut self) {
        for rank in self.here() {
            for whom in self.people[rank].knows.clone() {
                if self.people[rank].apart.insert(whom) {
                    self.judged[whom].by = None;
                    self.judged[whom].adjourned = self.lacks(whom);
                }
            }
        }
    }

    /// Whether what a line asks is there; what depends on nobody always is.
    fn met(&self, guard: Guard) -> bool {
        let rules = JuryRules::default();
        let here = self.here();
        match guard {
            Guard::PresidentAccepted => {
                self.people.iter().any(|one| one.is(Mark::Seated) && one.seat == Seat::President)
            }
            Guard::QuorumReachable => {
                quorum::of_session(&rules, &self.room(|one| one.is(Mark::Seated))).is_empty()
            }
            Guard::QuorumPresent => {
                quorum::of_session(&rules, &self.room(|one| one.is(Mark::Here))).is_empty()
                    && !here.iter().any(|rank| self.is_refused(*rank))
            }
            Guard::ImpartialityDeclared => {
                let unsigned = |one: &Finding| one.check == Check::J9;
                !here.iter().any(|rank| self.findings(*rank).iter().any(unsigned))
            }
            Guard::MembersMissing => {
                !quorum::of_session(&rules, &self.room(|one| one.is(Mark::Here))).is_empty()
            }
            Guard::AllHeard => self.judged.iter().all(|one| one.heard || one.adjourned),
            Guard::AllDecided => self.judged.iter().enumerate().all(|(whom, one)| {
                let tied = here.iter().any(|rank| {
                    let own = &self.people[*rank];
                    own.knows.contains(&whom) && !own.apart.contains(&whom)
                });
                one.adjourned || (one.by.is_some() && !tied)
            }),
            Guard::AllSigned => {
                here.iter().all(|rank| self.people[*rank].is(Mark::Signed) || !self.votes(*rank))
            }
            _ => true,
        }
    }

    fn votes(&self, rank: usize) -> bool {
        quorum::votes(self.people[rank].seat)
    }

    fn happen(&mut self, event: Event) {
        if matches!(event, Event::AssignPresident | Event::AddMember | Event::RemoveMember) {
            return;
        }
        let Ok(line) = TABLE.next(self.state, event) else { return };
        if matches!(event, Event::Open | Event::Deliberate) {
            self.set_apart();
        }
        let met: Vec<Guard> = asked(event).1.iter().copied().filter(|guard| self.met(*guard)).collect();
        if !lacking(line, &met).is_empty() {
            return;
        }
        if event == Event::Open {
            self.opened_with = self.here();
        }
        if event == Event::Rectify {
            for one in &mut self.people {
                one.marks.remove(&Mark::Signed);
            }
        }
        self.state = Some(line.to);
    }

    fn play(&mut self, act: Act) {
        match act {
            Act::Follow(rank) => {
                // Seats are given by an act of their own.
                let seats = [Event::AssignPresident, Event::AddMember, Event::RemoveMember];
                let own: Vec<Event> = TABLE.steps(self.state).filter(|one| !seats.contains(one)).collect();
                // Ends are reached too, but not so often that nothing else is.
                let ends = [Event::Reject, Event::Withdraw, Event::Cancel, Event::NoQuorum, Event::Postpone];
                let event = own.get(rank % own.len().max(1)).copied();
                if let Some(event) = event.filter(|event| rank == 0 || !ends.contains(event)) {
                    self.happen(event);
                }
            }
            Act::Any(rank) => self.happen(Event::ALL[rank % Event::ALL.len()]),
            Act::Seat(rank) if self.state == Some(State::Planned) => {
                let free = impartiality::verdict(&self.findings(rank), self.people[rank].seat, CANDIDATES);
                if free != Verdict::Refused {
                    self.people[rank].marks.insert(Mark::Seated);
                }
            }
            Act::ComesIn(rank) | Act::ComesInSilently(rank) => {
                let before = self.state == Some(State::Summoned);
                let late = self.state == Some(State::Open) && !self.is_refused(rank);
                let signs = matches!(act, Act::ComesIn(_));
                if self.people[rank].is(Mark::Seated) && (before || (late && signs)) {
                    self.people[rank].marks.insert(Mark::Here);
                    if signs {
                        self.people[rank].marks.insert(Mark::Declared);
                    }
                }
            }
            Act::Employ(rank) => {
                self.people[rank].marks.insert(Mark::Employed);
            }
            Act::Suspend(rank) => {
                self.people[rank].marks.insert(Mark::Suspended);
            }
            Act::Know(rank, whom) => {
                self.people[rank].knows.insert(whom);
            }
            Act::Hear(whom) if self.state == Some(State::Open) => self.judged[whom].heard = true,
            Act::Decide(whom) if self.state == Some(State::Deliberating) => self.decide(whom),
            Act::Sign(rank) if self.state == Some(State::ToSign) => {
                if self.people[rank].is(Mark::Here) {
                    self.people[rank].marks.insert(Mark::Signed);
                }
            }
            Act::Seat(_) | Act::Hear(_) | Act::Decide(_) | Act::Sign(_) => {}
        }
    }

    fn decide(&mut self, whom: usize) {
        self.set_apart();
        self.judged[whom].adjourned = self.lacks(whom);
        let voters = self.here().into_iter().filter(|rank| self.votes(*rank));
        let voters = voters.filter(|rank| !self.people[*rank].apart.contains(&whom));
        let voters: BTreeSet<usize> = voters.collect();
        self.judged[whom].by = (!self.judged[whom].adjourned).then_some(voters);
    }

    /// What must hold of a session whose minutes were just frozen, at the instant at which they are.
    fn is_valid(&self) -> Result<(), TestCaseError> {
        for rank in &self.opened_with {
            let own = &self.people[*rank];
            prop_assert!(
                own.is(Mark::Seated) && own.is(Mark::Declared),
                "{rank} sat without having declared: {self:?}"
            );
        }
        for (whom, one) in self.judged.iter().enumerate() {
            let Some(by) = &one.by else {
                prop_assert!(one.adjourned, "{whom} has no decision: {self:?}");
                continue;
            };
            for rank in by {
                let own = &self.people[*rank];
                prop_assert!(
                    own.is(Mark::Here) && own.is(Mark::Declared),
                    "{rank} voted on {whom}: {self:?}"
                );
                prop_assert!(!own.knows.contains(&whom), "{rank} knows {whom}: {self:?}");
            }
            let judges: Vec<Present> = self
                .room(|_| true)
                .into_iter()
                .filter(|one| by.iter().any(|rank| member(*rank) == one.member))
                .collect();
            let lacks = quorum::of_session(&JuryRules::default(), &judges);
            prop_assert!(lacks.is_empty(), "{whom} is decided without {lacks:?}: {self:?}");
        }
        Ok(())
    }
}

#[test]
fn no_sequence_closes_a_session_that_breaks_quorum_entitlement_or_independence() {
    let mut runner = TestRunner::deterministic();
    let strategy = proptest::collection::vec(act(), LENGTH);
    let (mut frozen, mut signed) = (0, 0);
    for _ in 0..SEQUENCES {
        let mut session = Session::new();
        for act in strategy.new_tree(&mut runner).unwrap().current() {
            let before = session.clone();
            session.play(act);
            if before.state == session.state {
                continue;
            }
            match session.state {
                Some(State::Open) => {
                    for rank in &session.opened_with {
                        let refused = session.is_refused(*rank) && quorum::votes(session.people[*rank].seat);
                        assert!(!refused, "{rank} may not sit: {session:?}");
                    }
                }
                Some(State::ToSign) if before.state == Some(State::Deliberating) => {
                    frozen += 1;
                    session.is_valid().unwrap();
                }
                Some(State::Signed) => {
                    signed += 1;
                    let silent = session.here().into_iter().filter(|rank| session.votes(*rank));
                    let silent = silent.filter(|rank| !session.people[*rank].is(Mark::Signed));
                    assert_eq!(silent.count(), 0, "{session:?}");
                }
                _ => {}
            }
        }
    }
    assert!(frozen > 0 && signed > 0, "nothing was looked at: {frozen} frozen, {signed} signed");
}

/// The states of a session whose deliberation is closed, and what leads to them.
#[test]
fn nothing_is_closed_but_through_the_opening_the_decisions_the_signatures_and_the_control() {
    let without = |event: Event| {
        let mut reached = BTreeSet::from([State::Requested]);
        loop {
            let more: BTreeSet<State> = TABLE
                .iter()
                .filter(|line| line.step != event && line.from.is_some_and(|from| reached.contains(&from)))
                .map(|line| line.to)
                .collect();
            let before = reached.len();
            reached.extend(more);
            if reached.len() == before {
                return reached;
            }
        }
    };
    for event in [
        Event::Plan,
        Event::Confirm,
        Event::Convoke,
        Event::Open,
        Event::Deliberate,
        Event::CloseDeliberation,
        Event::Sign,
        Event::ControlOk,
        Event::Validate,
        Event::Notify,
    ] {
        assert!(!without(event).contains(&State::Closed), "closed without {event:?}");
    }
    assert!(without(Event::RecordIncident).contains(&State::Closed));
    let by_the_jury =
        |event| asked(event).0.iter().any(|party| matches!(party, Party::President | Party::Member));
    assert!(!by_the_jury(Event::ControlOk) && !by_the_jury(Event::ControlKo));
}
