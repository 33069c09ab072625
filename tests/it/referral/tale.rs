//! Plays a story line by line and writes down what comes of it, so that a story reads as a transcript.
//!
//! `> a: accept` is an act, `> wait 12h` lets the clock do what becomes due; what follows with `<` came of it.

use std::slice::from_ref;

use chrono::TimeDelta;
use relais::referral::{
    Act, Change, End, MessengerAct, PersonAct, Reason, Referral, Seat, State, VolunteerAct, Way, Who, Wish,
    due, step,
};

use super::world::{Beginning, Hours, Known, id, noon};

/// Plays what stands behind `>` and returns the whole, with what came of it.
pub fn play(beginning: Beginning, hours: Hours, story: &str) -> String {
    let mut known = Known::at(noon(), hours, "abc");
    known.most_unread = 2;
    let (referral, changes) = beginning.begin(&known);
    let mut tale = Tale { referral, known, hours, lines: Vec::new() };
    tale.write(&changes);
    for line in story.lines().map(str::trim) {
        if let Some(said) = line.strip_prefix("> ") {
            tale.lines.push(line.to_owned());
            match said.strip_prefix("wait ") {
                Some(time) => tale.wait(time),
                None => tale.act(said),
            }
        }
    }
    tale.lines.push(format!("= {}", tale.ending()));
    tale.lines.join("\n")
}

struct Tale {
    referral: Referral,
    known: Known,
    hours: Hours,
    lines: Vec<String>,
}

impl Tale {
    fn act(&mut self, said: &str) {
        let (who, what) = said.split_once(": ").unwrap_or_else(|| panic!("who? {said}"));
        let (who, act) = (who_of(who), self.act_of(what));
        self.step(&who, &act);
    }

    fn step(&mut self, who: &Who, act: &Act) {
        match step(&self.referral, who, act, &self.known.facts()) {
            Ok((after, changes)) => {
                self.referral = after;
                self.write(&changes);
            }
            Err(refusal) => self.lines.push(format!("< no: {refusal}")),
        }
    }

    fn wait(&mut self, time: &str) {
        let (number, unit) = time.split_at(time.len() - 1);
        let number: i64 = number.parse().unwrap();
        let until = self.known.now
            + match unit {
                "m" => TimeDelta::minutes(number),
                "h" => TimeDelta::hours(number),
                _ => TimeDelta::days(number),
            };
        while let Some(due) = due(&self.referral).filter(|due| due.at <= until) {
            self.go_to(due.at);
            self.lines.push(format!("  {} {:?}", due.at.format("%a %H:%M"), due.act));
            self.step(&Who::Clock, &due.act.into());
        }
        self.go_to(until);
    }

    fn go_to(&mut self, now: chrono::DateTime<chrono::Utc>) {
        let most_unread = self.known.most_unread;
        self.known = Known { most_unread, ..Known::at(now.max(self.known.now), self.hours, "abc") };
    }

    fn write(&mut self, changes: &[Change]) {
        let names = |to: &[relais::ids::AssociationId]| {
            to.iter().map(|id| id.as_str()[..1].to_owned()).collect::<Vec<_>>().join(", ")
        };
        for change in changes {
            let line = match change {
                // Stories tell who hears and reads what; when to look again and what is counted, the rules hold.
                Change::LookAt(_) | Change::Audit { .. } | Change::Count(_) => continue,
                Change::Seal { piece, to } => format!("{piece:?} for {}", names(to)),
                Change::SealReport { about } => {
                    format!("Report about {} for safeguarding", names(from_ref(about)))
                }
                Change::Notify { to, why } => format!("{} hears {why:?}", names(from_ref(to))),
                Change::DropNotices { to } => format!("{} hears no more of what waits", names(from_ref(to))),
                Change::TakeAway { from } => format!("{} loses what was passed on", names(from_ref(from))),
                Change::TellPerson { news, how } => format!("the person reads {news:?}, {how:?}"),
                Change::NumberAddress(number) => format!("address {number}"),
                Change::EraseAll
                | Change::KeepMessage
                | Change::Push
                | Change::Hold
                | Change::Retime
                | Change::DropPush
                | Change::MessageOpened
                | Change::DropMessage => format!("{change:?}"),
            };
            self.lines.push(format!("< {line}"));
        }
    }

    fn ending(&self) -> String {
        let unread = self.referral.unread;
        match &self.referral.state {
            State::Open(open) => {
                let holder = open.leg.holder.as_str();
                let taken = if open.taken.is_some() { "has it" } else { "is asked" };
                let alarm = open.clock.map(|clock| clock.alarm_at.format("%a %H:%M").to_string());
                let readers = self.referral.readers();
                let readers: Vec<&str> = readers.iter().map(|id| &id.as_str()[..1]).collect();
                format!(
                    "{} {taken}, alarm {}, {unread} unread, {} read on",
                    &holder[..1],
                    alarm.unwrap_or_else(|| "off".to_owned()),
                    readers.join(" ")
                )
            }
            State::Ended(End::Closed { by }) => format!("closed by {}, {unread} unread", &by.as_str()[..1]),
            State::Ended(end) => format!("{end:?}, {unread} unread"),
        }
    }

    fn act_of(&self, what: &str) -> Act {
        let reach = &self.referral.reach;
        let wish = Wish { address_no: reach.addresses, phone: reach.addresses, way: Way::Window };
        let (word, rest) = what.split_once(' ').unwrap_or((what, ""));
        let association = || id(rest.chars().next().unwrap());
        let by_person = match word {
            "add" => PersonAct::Add,
            "write" => PersonAct::Write,
            "danger" => PersonAct::SayDanger,
            "never" => PersonAct::ChangeReach { way: Way::Never },
            "window" => PersonAct::ChangeReach { way: Way::Window },
            "code" => PersonAct::OpenByCode,
            "open" => PersonAct::OpenMessage,
            "another" => PersonAct::AskForAnother,
            "helped" => PersonAct::SayHelped { yes: rest == "yes" },
            "report" => PersonAct::Report { about: association() },
            "withdraw" => PersonAct::Withdraw,
            _ => return self.desk_act_of(word, rest, wish),
        };
        by_person.into()
    }

    fn desk_act_of(&self, word: &str, rest: &str, wish: Wish) -> Act {
        let number = |rest: &str| rest.parse().unwrap_or(self.referral.reach.address_no);
        let act = match word {
            "pushed" => return MessengerAct::Pushed.into(),
            "blocked" => return MessengerAct::Unreachable.into(),
            "read" => VolunteerAct::Read { signed: true },
            "unreadable" => VolunteerAct::Unreadable,
            "accept" => VolunteerAct::Accept,
            "decline" => VolunteerAct::Decline { reason: Reason::NoLanguage },
            "pass" => VolunteerAct::PassOn { to: id(rest.chars().next().unwrap()) },
            "give-back" => VolunteerAct::GiveBack,
            "hand" => VolunteerAct::HandTo { seat: Seat(rest.parse().unwrap()) },
            "answer" => VolunteerAct::Answer { address_no: number(rest) },
            "note" => VolunteerAct::Note,
            "close" => VolunteerAct::Close,
            "mute" => VolunteerAct::Mute,
            "unmute" => VolunteerAct::Unmute,
            "phone" => VolunteerAct::ChoosePhone { wish: (rest == "other").then_some(wish) },
            _ => panic!("what? {word}"),
        };
        act.into()
    }
}

fn who_of(who: &str) -> Who {
    match who {
        "person" => Who::Person { phone: Some(0) },
        "other phone" => Who::Person { phone: None },
        "messenger" => Who::Messenger,
        _ => {
            let letter = who.chars().next().unwrap();
            Who::Volunteer { of: id(letter), seat: Seat(who[1..].parse().unwrap_or(1)) }
        }
    }
}
