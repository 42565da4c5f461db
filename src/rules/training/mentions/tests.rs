//! Each mention, taken away from a content that has them all, is the one that lacks.
use super::super::paper::{
    Action, Body, Content, Dates, Done, Entrusted, HalfDay, Handed, Module, Need, Outcome, Person, Price,
    Provider, Signatory, Trainer,
};
use super::*;

/// The kinds that the program typesets.
pub(crate) const TYPESET: [PaperKind; 13] = [
    PaperKind::NeedsAnalysis,
    PaperKind::Positioning,
    PaperKind::Proposal,
    PaperKind::Convention,
    PaperKind::TripartiteConvention,
    PaperKind::Contract,
    PaperKind::Summons,
    PaperKind::GuardianNotice,
    PaperKind::AttendanceSheet,
    PaperKind::CompletionCertificate,
    PaperKind::AssiduityCertificate,
    PaperKind::EndAttestation,
    PaperKind::Subcontract,
];

fn told() -> String {
    "dit".to_owned()
}

fn body() -> Body {
    Body { name: told(), siret: told(), address: told(), representative: told() }
}

fn person() -> Person {
    Person { name: told(), address: told(), employer: told() }
}

fn half_day() -> HalfDay {
    HalfDay { day: told(), hours: told(), subject: String::new(), trainers: told() }
}

fn action() -> Action {
    Action {
        title: told(),
        nature: told(),
        sheet: told(),
        objectives: vec![told()],
        modules: vec![Module { title: told(), content: told() }],
        prerequisites: told(),
        audience: told(),
        means: told(),
        control: told(),
        sanction: told(),
    }
}

fn dates() -> Dates {
    Dates {
        number: told(),
        period: told(),
        duration: told(),
        modality: told(),
        place: told(),
        access: String::new(),
        zone: told(),
        timetable: vec![half_day()],
        trainers: vec![Trainer { name: told(), title: told() }],
        headcount: told(),
        eu_funded: false,
    }
}

/// A content that says everything.
pub(crate) fn full(kind: PaperKind) -> Content {
    Content {
        on: told(),
        provider: Provider {
            name: told(),
            legal_form: String::new(),
            address: told(),
            siret: told(),
            nda: told(),
            representative: told(),
        },
        action: action(),
        dates: dates(),
        buyer: Some(body()),
        person: Some(person()),
        people: vec![person()],
        guardian: Some(body()),
        price: Some(Price {
            unit: told(),
            total: told(),
            vat: told(),
            terms: vec![told()],
            early_end: vec![told()],
        }),
        withdrawal: told(),
        valid_until: told(),
        half_day: Some(half_day()),
        done: Some(Done { hours: told(), period: told() }),
        outcomes: vec![Outcome { objective: told(), result: told() }],
        need: Some(Need {
            expectations: told(),
            employer: String::new(),
            funder: String::new(),
            basis: told(),
            prerequisites: told(),
            positioning: told(),
            adaptation: told(),
        }),
        entrusted: Some(Entrusted {
            body: body(),
            nda: told(),
            missions: told(),
            means: told(),
            follow_up: told(),
            amount: told(),
        }),
        handed: [HOUSE_RULES, WELCOME_BOOKLET]
            .map(|title| Handed { title: title.to_owned(), version: told() })
            .to_vec(),
        contact: told(),
        accessibility: told(),
        signatories: vec![Signatory { party: Party::Provider, name: told() }],
        ..Content::blank(kind)
    }
}

fn price(content: &mut Content) -> &mut Price {
    content.price.as_mut().unwrap()
}

fn entrusted(content: &mut Content) -> &mut Entrusted {
    content.entrusted.as_mut().unwrap()
}

/// Takes one mention away, and nothing else.
fn take_away(content: &mut Content, mention: Mention) {
    use Mention as M;
    let blank = String::new;
    match mention {
        M::Provider => content.provider.siret = blank(),
        M::Representative => content.provider.representative = blank(),
        M::Nda => content.provider.nda = blank(),
        M::Buyer => content.buyer = None,
        M::People => content.people.clear(),
        M::Person => content.person = Some(Person { name: blank(), ..person() }),
        M::Employer => content.person = Some(Person { employer: blank(), ..person() }),
        M::Guardian => content.guardian = None,
        M::Title => content.action.title = blank(),
        M::Nature => content.action.nature = blank(),
        M::Objectives => content.action.objectives = vec![" ".to_owned()],
        M::Programme => content.action.modules[0].content = blank(),
        M::Prerequisites => content.action.prerequisites = blank(),
        M::Sanction => content.action.sanction = blank(),
        M::Headcount => content.dates.headcount = blank(),
        M::Duration => content.dates.duration = blank(),
        M::Period => content.dates.period = blank(),
        M::Timetable => content.dates.timetable.clear(),
        M::Modality => content.dates.modality = blank(),
        M::Place => content.dates.place = blank(),
        M::Zone => content.dates.zone = blank(),
        M::Means => content.action.means = blank(),
        M::Control => content.action.control = blank(),
        M::Trainers => content.dates.trainers.clear(),
        M::TrainerTitles => content.dates.trainers[0].title = blank(),
        M::Price => price(content).unit.clear(),
        M::Vat => price(content).vat.clear(),
        M::Terms => price(content).terms.clear(),
        M::EarlyEnd => price(content).early_end.clear(),
        M::Withdrawal => content.withdrawal = blank(),
        M::Validity => content.valid_until = blank(),
        M::HouseRules => content.handed.retain(|one| one.title != HOUSE_RULES),
        M::WelcomeBooklet => content.handed.retain(|one| one.title != WELCOME_BOOKLET),
        M::Contact => content.contact = blank(),
        M::Accessibility => content.accessibility = blank(),
        M::HalfDay => content.half_day = None,
        M::Done => content.done = None,
        M::Outcomes => content.outcomes.clear(),
        M::Need => content.need.as_mut().unwrap().basis = blank(),
        M::Positioning => content.need.as_mut().unwrap().positioning = blank(),
        M::Subcontractor => entrusted(content).nda.clear(),
        M::Missions => entrusted(content).means.clear(),
        M::FollowUp => entrusted(content).follow_up.clear(),
        M::Amount => entrusted(content).amount.clear(),
        M::Signatories => content.signatories.clear(),
    }
}

#[test]
fn a_paper_that_says_everything_lacks_nothing() {
    for kind in TYPESET {
        assert!(missing(&full(kind)).is_empty(), "{kind}: {:?}", missing(&full(kind)));
        assert!(!of(kind).is_empty(), "{kind}");
    }
}

#[test]
fn each_mention_taken_away_is_the_one_that_lacks() {
    for kind in TYPESET {
        for mention in of(kind) {
            let mut content = full(kind);
            take_away(&mut content, *mention);
            assert_eq!(missing(&content), [*mention], "{kind}");
        }
    }
}

#[test]
fn a_blank_paper_lacks_all_of_it_at_once() {
    for kind in TYPESET {
        let lacking = missing(&Content::blank(kind));
        // somebody at their own cost has no employer, nobody teaches without a title
        let vacuous = [Mention::Employer, Mention::TrainerTitles];
        let expected: Vec<_> =
            of(kind).iter().filter(|mention| !vacuous.contains(mention)).copied().collect();
        assert_eq!(lacking, expected, "{kind}");
    }
}

#[test]
fn what_the_program_does_not_typeset_asks_for_nothing() {
    for kind in PaperKind::all().filter(|kind| !TYPESET.contains(kind)) {
        assert!(of(kind).is_empty(), "{kind}");
    }
}

#[test]
fn a_person_buys_without_siret_and_a_body_with() {
    for (siret, representative, known) in
        [("", "", true), ("dit", "dit", true), ("dit", "", false), ("", "dit", false)]
    {
        let buyer = Body { siret: siret.to_owned(), representative: representative.to_owned(), ..body() };
        let content = Content { buyer: Some(buyer), ..full(PaperKind::Proposal) };
        assert_eq!(Mention::Buyer.is_said(&content), known, "{siret:?} {representative:?}");
    }
}

#[test]
fn a_minor_signs_with_their_representative() {
    for (kind, adult, minor) in [
        (PaperKind::Convention, 2, 2),
        (PaperKind::TripartiteConvention, 3, 4),
        (PaperKind::Contract, 2, 3),
        (PaperKind::Subcontract, 2, 2),
        (PaperKind::Summons, 0, 0),
        (PaperKind::Proposal, 0, 0),
    ] {
        assert_eq!(signatories(kind, false).len(), adult, "{kind}");
        assert_eq!(signatories(kind, true).len(), minor, "{kind}");
    }
}

#[test]
fn fully_signed_is_when_nobody_who_has_to_lacks() {
    let drawn = Some(SignatureKind::Drawn);
    let refused = Some(SignatureKind::Refused);
    for (signatories, expected) in [
        (vec![], Signed::NotNeeded),
        (vec![(false, None)], Signed::NotNeeded),
        (vec![(true, None), (true, drawn)], Signed::Waiting),
        (vec![(true, drawn), (false, None)], Signed::Fully),
        (vec![(true, drawn), (true, drawn)], Signed::Fully),
        (vec![(true, refused), (true, None)], Signed::Refused),
        (vec![(true, drawn), (false, refused)], Signed::Fully),
    ] {
        assert_eq!(signed(&signatories), expected, "{signatories:?}");
    }
}

#[test]
fn labels_are_all_different() {
    let mut labels: Vec<_> =
        TYPESET.iter().flat_map(|kind| of(*kind)).map(|mention| mention.label()).collect();
    let mentions: std::collections::HashSet<_> = TYPESET.iter().flat_map(|kind| of(*kind)).collect();
    labels.sort_unstable();
    labels.dedup();
    assert_eq!(labels.len(), mentions.len());
}
