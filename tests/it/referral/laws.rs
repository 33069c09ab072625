//! What must hold on every step, each as a rule of its own.

use chrono::{DateTime, TimeDelta, Utc};
use relais::ids::AssociationId;
use relais::referral::{
    Act, Change, Class, Duty, End, Facts, Kind, Mute, News, PersonAct, Piece, Push, Receipt, Referral, State,
    Told, VolunteerAct, Way, Who, Why, news, step,
};

use super::book::Book;
use super::world::Actor;

/// One step, with what was noted before and after.
pub struct Edge<'a> {
    pub before: &'a Referral,
    pub book: &'a Book,
    pub who: &'a Who,
    pub act: &'a Act,
    pub facts: &'a Facts<'a>,
    pub cast: &'a [Actor],
    pub after: &'a Referral,
    pub then: &'a Book,
    pub changes: &'a [Change],
}

/// A rule of steps.
pub type StepLaw = (&'static str, fn(&Edge<'_>) -> bool);

pub const STEPS: &[StepLaw] = &[
    ("what is added is sealed to exactly those who could read and have not parted", additions_reach_readers),
    ("nobody is asked twice", nobody_is_asked_twice),
    ("until it rings an alarm only moves earlier", an_alarm_never_grows),
    ("a leg has no more time than its class and the hours of its holder give", legs_keep_their_class),
    ("an alarm tells the holder and the team", an_alarm_is_heard),
    ("only an answer stops the clock", only_answers_stop_the_clock),
    ("of two who accept one has it", one_wins),
    ("who chose silence is not written to", silence_holds),
    ("no phone is told of another, and nothing is pushed while in doubt", no_phone_is_told),
    ("waiting messages are kept when no messages are wanted", waiting_is_kept),
    ("what is withdrawn is gone for all, and all are told", withdrawn_is_gone),
    ("danger said later counts", danger_counts),
    ("the person hears of passing on once the next has opened it", told_when_opened),
    ("what was passed on and not opened comes back", unopened_comes_back),
    ("a report never reaches whom it is about", reports_stay_away),
    ("an end is told, and pushed where that is allowed", ends_are_told),
    ("what is declined is the team's at once, or has ended", declined_goes_to_the_team),
    ("mute takes two, and never danger", mute_takes_two),
    ("urgency never falls", urgency_never_falls),
    ("only the newest address is written to", old_addresses_are_refused),
];

fn team(referral: &Referral) -> Option<&AssociationId> {
    referral.team.as_ref().map(|team| &team.id)
}

/// The team, where it still reads.
fn reading_team<'a>(edge: &'a Edge<'_>) -> Option<&'a AssociationId> {
    team(edge.after).filter(|team| !edge.then.parted.contains(*team))
}

impl Edge<'_> {
    fn notified(&self, to: &AssociationId) -> bool {
        self.changes.iter().any(|change| matches!(change, Change::Notify { to: told, .. } if told == to))
    }

    fn has(&self, change: &Change) -> bool {
        self.changes.contains(change)
    }

    fn is(&self, kind: Kind) -> bool {
        self.act.kind() == kind
    }

    fn holder(&self) -> Option<&AssociationId> {
        self.after.open().map(|open| &open.leg.holder)
    }
}

fn additions_reach_readers(edge: &Edge<'_>) -> bool {
    let readers: Vec<_> = edge.book.could_read.difference(&edge.book.parted).cloned().collect();
    let added = |piece: &Piece| {
        matches!(
            piece,
            Piece::Addition { .. }
                | Piece::Message { .. }
                | Piece::Danger { .. }
                | Piece::Reached { .. }
                | Piece::Wish { .. }
        )
    };
    let adds = matches!(edge.act.kind(), Kind::Add | Kind::Write | Kind::SayDanger | Kind::ChangeReach);
    let sealed: Vec<_> = edge
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Seal { piece, to } if added(piece) => Some(to),
            _ => None,
        })
        .collect();
    // Where everyone has parted there is nobody to seal it to.
    if adds && !readers.is_empty() { sealed == [&readers] } else { sealed.is_empty() }
}

fn nobody_is_asked_twice(edge: &Edge<'_>) -> bool {
    edge.changes.iter().all(|change| match change {
        Change::Notify { to, why: Why::New } if Some(to) != team(edge.before) => {
            !edge.book.asked.contains(to)
        }
        _ => true,
    }) && edge.after.open().is_none_or(|open| !edge.then.parted.contains(&open.leg.holder))
}

fn an_alarm_never_grows(edge: &Edge<'_>) -> bool {
    let alarm = |referral: &Referral| referral.open().and_then(|open| open.clock);
    match (alarm(edge.before), alarm(edge.after)) {
        (Some(before), Some(after)) => {
            after.rung >= before.rung && (after.rung > before.rung || after.alarm_at <= before.alarm_at)
        }
        _ => true,
    }
}

fn legs_keep_their_class(edge: &Edge<'_>) -> bool {
    let longest = |holder: &AssociationId| -> DateTime<Utc> {
        let class = edge.after.class;
        let opens = match edge.facts.duty.get(holder) {
            Some(Duty::From(opens)) => *opens + class.after_opening(),
            _ => edge.facts.now,
        };
        opens.max(edge.facts.now + class.time())
    };
    let due = |referral: &Referral| {
        let open = referral.open();
        let offer = open.and_then(|open| open.offer.as_ref()).map(|offer| &offer.leg);
        [open.map(|open| &open.leg), offer].map(|leg| leg.map(|leg| (leg.holder.clone(), leg.due)))
    };
    let before: Vec<_> = due(edge.before).into_iter().flatten().collect();
    due(edge.after).into_iter().flatten().all(|(holder, at)| {
        match before.iter().find(|(had, _)| *had == holder) {
            Some((_, was)) => at <= *was,
            None => at <= longest(&holder),
        }
    })
}

fn an_alarm_is_heard(edge: &Edge<'_>) -> bool {
    if !edge.is(Kind::Late) && !edge.is(Kind::Silent) {
        return true;
    }
    let holder = edge.holder().is_some_and(|holder| edge.notified(holder));
    holder && reading_team(edge).is_none_or(|team| edge.notified(team) && told(edge.after))
}

fn told(referral: &Referral) -> bool {
    referral.team.as_ref().is_some_and(|team| team.told)
}

fn only_answers_stop_the_clock(edge: &Edge<'_>) -> bool {
    let runs = |referral: &Referral| referral.open().is_some_and(|open| open.clock.is_some());
    let stopped = runs(edge.before) && edge.after.open().is_some() && !runs(edge.after);
    !stopped || edge.is(Kind::Answer)
}

fn one_wins(edge: &Edge<'_>) -> bool {
    let accept = Act::from(VolunteerAct::Accept);
    let refused = |(who, _): &Actor| step(edge.after, who, &accept, edge.facts).is_err();
    !edge.is(Kind::Accept) || edge.cast.iter().filter(|(who, _)| who != edge.who).all(refused)
}

fn pushes(edge: &Edge<'_>) -> bool {
    edge.changes
        .iter()
        .any(|change| matches!(change, Change::Push | Change::TellPerson { how: Told::Pushed, .. }))
}

fn silence_holds(edge: &Edge<'_>) -> bool {
    !edge.then.silent || (!pushes(edge) && edge.after.push == Push::None)
}

fn no_phone_is_told(edge: &Edge<'_>) -> bool {
    let quiet = !edge.then.doubt || (!pushes(edge) && edge.after.push != Push::Due);
    let elsewhere = matches!(edge.who, Who::Person { phone } if *phone != Some(edge.before.reach.phone));
    let replaced = edge.before.reach.address_no != edge.after.reach.address_no
        || edge.before.reach.way != edge.after.reach.way;
    let moved = edge.before.push == Push::Standing && edge.after.push == Push::None;
    let shown = edge.before.unread != edge.after.unread && edge.before.reach.way == Way::Window;
    quiet && (!elsewhere || edge.is(Kind::Withdraw) || (!replaced && !moved && !shown))
}

fn waiting_is_kept(edge: &Edge<'_>) -> bool {
    !edge.is(Kind::ChangeReach) || edge.before.unread == edge.after.unread
}

fn withdrawn_is_gone(edge: &Edge<'_>) -> bool {
    if !edge.is(Kind::Withdraw) {
        return true;
    }
    let had = |id: &AssociationId| Some(id) != team(edge.before) || told(edge.before);
    let had: Vec<_> = edge.book.asked.iter().chain(team(edge.before)).filter(|id| had(id)).collect();
    let told = had.iter().all(|id| {
        edge.has(&Change::Notify { to: (*id).clone(), why: Why::Withdrawn })
            && edge.has(&Change::Seal { piece: Piece::Withdrawal, to: vec![(*id).clone()] })
    });
    told && edge.has(&Change::EraseAll) && edge.after.unread == 0 && edge.after.push == Push::None
}

fn danger_counts(edge: &Edge<'_>) -> bool {
    if !edge.is(Kind::SayDanger) {
        return true;
    }
    let soon = edge.facts.now + TimeDelta::minutes(30);
    let Some(open) = edge.after.open() else { return false };
    edge.after.class == Class::Urgent
        && open.clock.is_some_and(|clock| clock.alarm_at <= soon)
        && edge.has(&Change::Notify { to: open.leg.holder.clone(), why: Why::Danger })
        && reading_team(edge).is_none_or(|team| edge.notified(team) && told(edge.after))
}

fn told_when_opened(edge: &Edge<'_>) -> bool {
    let said = |what| {
        let told = |change: &Change| matches!(change, Change::TellPerson { news, .. } if *news == what);
        edge.changes.iter().any(told)
    };
    let opened = edge.after.open().is_some_and(|open| open.leg.receipt > Receipt::None);
    let early = edge.is(Kind::PassOn) && said(News::OtherAsked);
    !early && (!said(News::PassedOn) || opened && !edge.is(Kind::PassOn))
}

fn unopened_comes_back(edge: &Edge<'_>) -> bool {
    let offer = |referral: &Referral| {
        referral
            .open()
            .and_then(|open| open.offer.as_ref())
            .map(|offer| (offer.leg.holder.clone(), offer.by.clone()))
    };
    let Some((to, by)) = offer(edge.before) else { return !edge.is(Kind::Return) };
    let holds = edge.holder() == Some(&to);
    if edge.is(Kind::Return) || (edge.is(Kind::Unreadable) && offer(edge.after).is_none()) {
        let taken_away = edge.has(&Change::TakeAway { from: to });
        return !holds && taken_away && edge.has(&Change::Notify { to: by, why: Why::Back });
    }
    // Whoever it was offered to has it, is still offered it, or has lost what was sealed to them.
    let gone = edge.has(&Change::TakeAway { from: to.clone() }) || edge.has(&Change::EraseAll);
    holds || gone || offer(edge.after).is_some_and(|(still, _)| still == to)
}

fn reports_stay_away(edge: &Edge<'_>) -> bool {
    let Act::Person(PersonAct::Report { about }) = edge.act else { return true };
    let sealed_to = |change: &Change| matches!(change, Change::Seal { to, .. } if to.contains(about));
    // Where it had the request it learns what it would learn of any wish for another, and nothing else.
    let left = Change::Notify { to: about.clone(), why: Why::Another };
    let hears =
        |change: &Change| matches!(change, Change::Notify { to, .. } if to == about) && *change != left;
    edge.has(&Change::SealReport { about: about.clone() })
        && !edge.changes.iter().any(|change| sealed_to(change) || hears(change))
        && edge.holder() != Some(about)
}

fn ends_are_told(edge: &Edge<'_>) -> bool {
    let told = news(edge.after);
    if edge.after.open().is_some() || told == news(edge.before) {
        return true;
    }
    let pushes = matches!(told, News::NobodyLeft | News::NobodyTook) && edge.after.reach.may_push();
    let how = if pushes { Told::Pushed } else { Told::OnHub };
    edge.has(&Change::TellPerson { news: told, how })
}

fn declined_goes_to_the_team(edge: &Edge<'_>) -> bool {
    let Who::Volunteer { of, .. } = edge.who else { return true };
    let held = edge.before.open().is_some_and(|open| open.leg.holder == *of && open.offer.is_none());
    if !edge.is(Kind::Decline) || !held {
        return true;
    }
    match reading_team(edge) {
        Some(team) => edge.notified(team) && edge.holder() == Some(team),
        None => matches!(edge.after.state, State::Ended(End::NobodyLeft)),
    }
}

fn mute_takes_two(edge: &Edge<'_>) -> bool {
    let newly = !edge.before.is_muted(edge.facts.now) && edge.after.is_muted(edge.facts.now);
    let second = match (&edge.before.mute, edge.who) {
        (Mute::Asked { by, seat }, Who::Volunteer { of, seat: other }) => by != of || seat != other,
        _ => false,
    };
    let rings = edge.changes.iter().any(|change| matches!(change, Change::Notify { .. }));
    let says = edge.is(Kind::Add) || edge.is(Kind::Write);
    (!newly || second) && (!says || rings != edge.before.is_muted(edge.facts.now))
}

fn urgency_never_falls(edge: &Edge<'_>) -> bool {
    edge.after.class <= edge.before.class
}

fn old_addresses_are_refused(edge: &Edge<'_>) -> bool {
    let raised = edge.before.reach.address_no < edge.after.reach.address_no;
    let own = *edge.who == Who::Person { phone: Some(edge.before.reach.phone) };
    match edge.act {
        Act::Volunteer(VolunteerAct::Answer { address_no }) => *address_no == edge.before.reach.address_no,
        Act::Person(PersonAct::ChangeReach { .. }) => raised == own,
        _ => true,
    }
}

/// Returns the first rule of steps that is broken, of all or of one.
pub fn broken_by_step(edge: &Edge<'_>, only: Option<&str>) -> Option<&'static str> {
    let asked = |(name, _): &&StepLaw| only.is_none_or(|only| only == *name);
    STEPS.iter().filter(asked).find(|(_, holds)| !holds(edge)).map(|(name, _)| *name)
}
