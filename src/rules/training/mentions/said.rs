//! Whether a content says a mention.
use super::super::paper::{Body, Content};
use super::{HOUSE_RULES, Mention, WELCOME_BOOKLET};

impl Mention {
    /// Whether a content says it.
    #[must_use]
    pub fn is_said(self, content: &Content) -> bool {
        of_parties(self, content)
            .or_else(|| of_action(self, content))
            .or_else(|| of_money(self, content))
            .unwrap_or_else(|| of_the_rest(self, content))
    }
}

/// Who is named.
fn of_parties(mention: Mention, content: &Content) -> Option<bool> {
    use Mention as M;
    let provider = &content.provider;
    let found = match mention {
        M::Provider => all(&[&provider.name, &provider.address, &provider.siret]),
        M::Representative => said(&provider.representative),
        M::Nda => said(&provider.nda),
        M::Buyer => content.buyer.as_ref().is_some_and(is_known_body),
        M::People => !content.people.is_empty() && content.people.iter().all(|person| said(&person.name)),
        M::Person => content.person.as_ref().is_some_and(|person| said(&person.name)),
        M::Employer => {
            let employed = content.buyer.as_ref().is_some_and(|buyer| said(&buyer.siret));
            !employed || content.person.as_ref().is_some_and(|person| said(&person.employer))
        }
        M::Guardian => content.guardian.as_ref().is_some_and(|body| said(&body.name)),
        M::Signatories => {
            let told = content.signatories.iter().all(|one| said(&one.name));
            !content.signatories.is_empty() && told
        }
        _ => return None,
    };
    Some(found)
}

/// What is taught, when, where and by whom.
fn of_action(mention: Mention, content: &Content) -> Option<bool> {
    use Mention as M;
    let (action, dates) = (&content.action, &content.dates);
    let found = match mention {
        M::Title => said(&action.title),
        M::Nature => said(&action.nature),
        M::Objectives => listed(&action.objectives),
        M::Programme => {
            let told = action.modules.iter().all(|module| all(&[&module.title, &module.content]));
            !action.modules.is_empty() && told
        }
        M::Prerequisites => said(&action.prerequisites),
        M::Sanction => said(&action.sanction),
        M::Means => said(&action.means),
        M::Control => said(&action.control),
        M::Headcount => said(&dates.headcount),
        M::Duration => said(&dates.duration),
        M::Period => said(&dates.period),
        M::Timetable => {
            let told = dates.timetable.iter().all(|half| all(&[&half.day, &half.hours]));
            !dates.timetable.is_empty() && told
        }
        M::Modality => said(&dates.modality),
        M::Place => said(&dates.place),
        M::Zone => said(&dates.zone),
        M::Trainers => !dates.trainers.is_empty() && dates.trainers.iter().all(|trainer| said(&trainer.name)),
        M::TrainerTitles => dates.trainers.iter().all(|trainer| said(&trainer.title)),
        _ => return None,
    };
    Some(found)
}

/// What is paid, and what is entrusted to others.
fn of_money(mention: Mention, content: &Content) -> Option<bool> {
    use Mention as M;
    let price = content.price.as_ref();
    let entrusted = content.entrusted.as_ref();
    let found = match mention {
        M::Price => price.is_some_and(|price| all(&[&price.unit, &price.total])),
        M::Vat => price.is_some_and(|price| said(&price.vat)),
        M::Terms => price.is_some_and(|price| listed(&price.terms)),
        M::EarlyEnd => price.is_some_and(|price| listed(&price.early_end)),
        M::Subcontractor => {
            entrusted.is_some_and(|one| is_known_body(&one.body) && all(&[&one.body.siret, &one.nda]))
        }
        M::Missions => entrusted.is_some_and(|one| all(&[&one.missions, &one.means])),
        M::FollowUp => entrusted.is_some_and(|one| said(&one.follow_up)),
        M::Amount => entrusted.is_some_and(|one| said(&one.amount)),
        _ => return None,
    };
    Some(found)
}

fn of_the_rest(mention: Mention, content: &Content) -> bool {
    use Mention as M;
    let need = content.need.as_ref();
    match mention {
        M::Withdrawal => said(&content.withdrawal),
        M::Validity => said(&content.valid_until),
        M::HouseRules => handed(content, HOUSE_RULES),
        M::WelcomeBooklet => handed(content, WELCOME_BOOKLET),
        M::Contact => said(&content.contact),
        M::Accessibility => said(&content.accessibility),
        M::HalfDay => {
            let half = content.half_day.as_ref();
            half.is_some_and(|half| all(&[&half.day, &half.hours, &half.trainers]))
        }
        M::Done => content.done.as_ref().is_some_and(|done| all(&[&done.hours, &done.period])),
        M::Outcomes => {
            let told = content.outcomes.iter().all(|one| all(&[&one.objective, &one.result]));
            !content.outcomes.is_empty() && told
        }
        M::Need => need.is_some_and(|need| all(&[&need.expectations, &need.basis])),
        M::Positioning => need.is_some_and(|need| all(&[&need.prerequisites, &need.positioning])),
        _ => false,
    }
}

fn said(text: &str) -> bool {
    !text.trim().is_empty()
}

fn all(texts: &[&String]) -> bool {
    texts.iter().all(|text| said(text))
}

fn listed(texts: &[String]) -> bool {
    !texts.is_empty() && texts.iter().all(|text| said(text))
}

fn handed(content: &Content, title: &str) -> bool {
    content.handed.iter().any(|one| one.title == title && said(&one.version))
}

/// A body that has a representative is one of law: it has a SIRET too.
fn is_known_body(body: &Body) -> bool {
    let of_law = said(&body.siret) || said(&body.representative);
    all(&[&body.name, &body.address]) && (!of_law || all(&[&body.siret, &body.representative]))
}
