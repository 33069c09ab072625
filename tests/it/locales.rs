//! The languages: complete, plain, and in order where scripts meet.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
use relais::i18n::{Catalog, directed};
use relais::locale::{Direction, Locale};
use relais::message::{Argument, Message};

use crate::need;

const ISOLATE: char = '\u{2068}';
const POP: char = '\u{2069}';

/// Every message of a locale: its key, its variables, and the forms it has for counts.
#[derive(Default)]
struct Source {
    variables: BTreeMap<String, BTreeSet<String>>,
    forms: BTreeMap<String, BTreeSet<String>>,
}

fn source(locale: Locale) -> Source {
    let mut source = Source::default();
    for entry in fs::read_dir(need::project("locales").join(locale.tag())).unwrap() {
        let path = entry.unwrap().path();
        let resource = FluentResource::try_new(fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|(_, faults)| panic!("{}: {faults:?}", path.display()));
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let key = message.id.name.to_owned();
            let (mut variables, mut forms) = (BTreeSet::new(), BTreeSet::new());
            let value = message.value.as_ref().unwrap_or_else(|| panic!("{key} says nothing"));
            pattern(value, &mut variables, &mut forms);
            assert!(message.attributes.is_empty(), "{key}: attributes are never said");
            let twice = source.variables.insert(key.clone(), variables);
            assert!(twice.is_none(), "{key} stands twice in {locale}");
            source.forms.insert(key, forms);
        }
    }
    source
}

fn pattern(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>, forms: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => inline_expression(inline, variables),
            Expression::Select { selector, variants } => {
                inline_expression(selector, variables);
                for variant in variants {
                    let key = match &variant.key {
                        fluent_syntax::ast::VariantKey::Identifier { name } => *name,
                        fluent_syntax::ast::VariantKey::NumberLiteral { value } => *value,
                    };
                    forms.insert(key.to_owned());
                    self::pattern(&variant.value, variables, forms);
                }
            }
        }
    }
}

fn inline_expression(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inner) = expression.as_ref() {
                inline_expression(inner, variables);
            }
        }
        InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
            for argument in positional {
                inline_expression(argument, variables);
            }
        }
        _ => {}
    }
}

#[test]
fn every_locale_says_every_message_with_its_variables() {
    let declared: BTreeMap<String, BTreeSet<String>> = Message::samples()
        .iter()
        .map(|message| {
            let variables = message.arguments().iter().map(|(name, _)| (*name).to_owned()).collect();
            (message.key().to_owned(), variables)
        })
        .collect();
    assert_eq!(declared.len(), Message::samples().len(), "two messages have one key");
    let mut faults = Vec::new();
    for locale in Locale::all() {
        let source = source(locale);
        // A locale may leave the volunteers' texts to English, but not half of them.
        let has_desk = source.variables.contains_key("desk-title");
        assert!(has_desk || ![Locale::ENGLISH, Locale::FRENCH].contains(&locale));
        for (key, variables) in &declared {
            match source.variables.get(key) {
                None if !has_desk && !is_for_the_person(key) => {}
                None => faults.push(format!("{locale} lacks {key}")),
                Some(used) if used != variables => {
                    faults.push(format!("{locale} {key}: uses {used:?}, gets {variables:?}"));
                }
                Some(_) => {}
            }
        }
        // The phrasebook and the desk's page have lists of their own.
        let phrase = |key: &str| ["phrase-", "slot-", "page-"].iter().any(|start| key.starts_with(start));
        let unknown = source.variables.keys().filter(|key| !declared.contains_key(*key) && !phrase(key));
        faults.extend(unknown.map(|key| format!("{locale} has {key}, which nothing says")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_message_resolves_in_every_locale() {
    let catalog = Catalog::load().unwrap();
    for locale in Locale::all() {
        for message in Message::samples() {
            let resolved = catalog.try_say(locale, &message);
            if resolved.is_none() && !is_for_the_person(message.key()) {
                continue;
            }
            let said = resolved.unwrap_or_else(|| panic!("{locale} {}", message.key()));
            assert!(!said.trim().is_empty(), "{locale} {} says nothing", message.key());
            assert!(!said.contains(['{', '}', '$']), "{locale} {}: {said}", message.key());
        }
    }
}

#[test]
fn the_table_of_locales_is_the_one_that_is_published() {
    let table: toml::Table =
        fs::read_to_string(need::project("locales/locales.toml")).unwrap().parse().unwrap();
    let text = |entry: &toml::Value, key: &str| entry[key].as_str().unwrap().to_owned();
    let listed: Vec<(String, String, String)> = table["locale"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (text(entry, "tag"), text(entry, "native"), text(entry, "direction")))
        .collect();
    let direction =
        |locale: Locale| if locale.direction() == Direction::Rtl { "rtl" } else { "ltr" }.to_owned();
    let known: Vec<(String, String, String)> =
        Locale::all().map(|l| (l.tag().to_owned(), l.native().to_owned(), direction(l))).collect();
    assert_eq!(listed, known);
    for entry in table["locale"].as_array().unwrap() {
        assert!(["draft", "reviewed"].contains(&entry["status"].as_str().unwrap()));
    }
}

/// The plural categories of a language that whole numbers up to thousands meet
/// (<https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html>).
fn categories(locale: Locale) -> BTreeSet<String> {
    let tag: unic_langid::LanguageIdentifier = locale.tag().parse().unwrap();
    let rules =
        intl_pluralrules::PluralRules::create(tag, intl_pluralrules::PluralRuleType::CARDINAL).unwrap();
    let category = |count: usize| format!("{:?}", rules.select(count).unwrap()).to_lowercase();
    (0..2_000).map(category).collect()
}

#[test]
fn counts_have_every_plural_form_of_the_language() {
    for locale in Locale::all() {
        let source = source(locale);
        for message in Message::samples() {
            let counts =
                message.arguments().iter().any(|(_, argument)| matches!(argument, Argument::Count(_)));
            let Some(forms) = source.forms.get(message.key()) else { continue };
            if !counts || forms.is_empty() {
                continue;
            }
            let missing: Vec<_> =
                categories(locale).into_iter().filter(|form| !forms.contains(form)).collect();
            assert!(missing.is_empty(), "{locale} {}: no form for {missing:?}", message.key());
        }
    }
}

#[test]
fn labels_hold_no_marks_and_prose_isolates_its_numbers() {
    let catalog = Catalog::load().unwrap();
    for locale in Locale::all() {
        for message in Message::samples() {
            let label = catalog.label(locale, &message);
            assert!(!label.contains([ISOLATE, POP]), "{locale} {}: {label:?}", message.key());
            let said = catalog.say(locale, &message);
            let count = |mark| said.matches(mark).count();
            assert_eq!(count(ISOLATE), count(POP), "{locale} {}: {said:?}", message.key());
            for (_, argument) in message.arguments() {
                if let Argument::Text(text) = argument {
                    let isolated = format!("{ISOLATE}{text}{POP}");
                    assert!(said.contains(&isolated), "{locale} {}: {said:?}", message.key());
                }
            }
        }
    }
}

/// Latin words, commands and numbers of two digits or more that stand bare in right-to-left prose.
fn bare(said: &str) -> Vec<String> {
    let mut depth = 0;
    let mut outside = String::new();
    for c in said.chars() {
        match c {
            ISOLATE => depth += 1,
            POP => depth -= 1,
            c if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    let latin = |word: &&str| word.chars().any(|c| c.is_ascii_alphabetic()) || word.starts_with('/');
    outside.split_whitespace().filter(latin).map(str::to_owned).collect()
}

#[test]
fn latin_words_in_right_to_left_text_are_isolated() {
    let catalog = Catalog::load().unwrap();
    assert_eq!(bare("اكتب /start الآن"), ["/start"]);
    for locale in Locale::all().filter(|locale| locale.direction() == Direction::Rtl) {
        for message in Message::samples() {
            let said = catalog.say(locale, &message);
            // Desk text is shown to volunteers, in a language of their country.
            if !message.key().starts_with("desk-") && !message.key().starts_with("reason-") {
                assert_eq!(bare(&said), Vec::<String>::new(), "{locale} {}: {said:?}", message.key());
            }
        }
    }
}

/// Texts that a volunteer or an operator reads, not the person.
fn is_for_the_person(key: &str) -> bool {
    !key.starts_with("desk-") && !key.starts_with("reason-")
}

fn sentences(said: &str) -> Vec<String> {
    let marked = said.replace(['\n', '.', '?', '!', ':', ';', '؟', '؛'], "\u{0}");
    marked.split('\u{0}').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn words(sentence: &str) -> usize {
    sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

#[test]
fn sentences_are_short() {
    let catalog = Catalog::load().unwrap();
    let mut long = Vec::new();
    for locale in [Locale::ENGLISH, Locale::FRENCH] {
        for message in Message::samples().iter().filter(|message| is_for_the_person(message.key())) {
            for sentence in sentences(&catalog.label(locale, message)) {
                if words(&sentence) > 12 {
                    long.push(format!("{locale} {}: {} words: {sentence}", message.key(), words(&sentence)));
                }
            }
        }
    }
    assert!(long.is_empty(), "{} long sentences\n{}", long.len(), long.join("\n"));
}

/// Someone may read over a shoulder: these words name a crime.
const NAMED: [(&str, &[&str]); 3] = [
    ("en", &["traffick", "victim", "exploit", "slave", "police file", "smuggl"]),
    ("fr", &["traite ", "traite.", "trafic", "victime", "exploit", "esclav", "fichier de police", "plainte"]),
    ("ar", &["الاتجار", "ضحية", "ضحايا", "استغلال", "عبودية", "رقيق"]),
];

#[test]
fn nothing_the_person_sees_names_a_crime() {
    let catalog = Catalog::load().unwrap();
    let mut checked = 0;
    for (tag, banned) in NAMED {
        let locale: Locale = tag.parse().unwrap();
        for message in Message::samples().iter().filter(|message| is_for_the_person(message.key())) {
            let said = format!("{} ", catalog.label(locale, message).to_lowercase());
            let found = banned.iter().find(|word| said.contains(**word));
            assert_eq!(found, None, "{locale} {}: {said}", message.key());
            checked += 1;
        }
    }
    assert!(checked > 300);
}

#[test]
fn a_phone_gets_its_language_or_english() {
    for locale in Locale::all() {
        for code in locale.telegram_codes() {
            assert_eq!(Catalog::negotiate(Some(code)), locale, "{code}");
            assert_eq!(Catalog::negotiate(Some(&code.to_uppercase())), locale, "{code}");
        }
        assert_eq!(Catalog::offered(locale).first(), Some(&locale));
        let offered: BTreeSet<Locale> = Catalog::offered(locale).into_iter().collect();
        assert_eq!(offered.len(), Locale::all().count(), "each language once");
    }
    assert_eq!(Catalog::negotiate(Some("fr-CA")), Locale::FRENCH);
    assert_eq!(Catalog::negotiate(Some("ar-EG")), Locale::ARABIC);
    for rubbish in [None, Some(""), Some("xx"), Some("💥"), Some("a-very-long-code-that-is-none-at-all")] {
        assert_eq!(Catalog::negotiate(rubbish), Locale::ENGLISH, "{rubbish:?}");
    }
}

#[test]
fn every_line_of_a_right_to_left_text_runs_from_the_right() {
    const MARK: char = '\u{200f}';
    let name = format!("{ISOLATE}Lyon{POP}");
    let phone = format!("☎ {name}: {ISOLATE}+33 1 99 00 12 16{POP}");
    for (line, astray) in [
        ("• 🚨 خطر", false),
        ("ℹ المزيد", true),
        (&format!("• {name}"), true),
        (&format!("• {ISOLATE}امرأة{POP}"), true),
        (&phone, true),
        ("français", false),
        ("112", false),
        ("", false),
    ] {
        let said = directed(Locale::ARABIC, format!("خطر\n{line}"));
        assert_eq!(said.split('\n').nth(1).unwrap().starts_with(MARK), astray, "{line}");
        assert_eq!(said.replace(MARK, ""), format!("خطر\n{line}"), "nothing else changes");
        assert_eq!(directed(Locale::ARABIC, said.clone()), said, "once is enough");
        assert_eq!(directed(Locale::FRENCH, line.to_owned()), line);
    }
}
