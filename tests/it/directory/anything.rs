//! What holds whatever the entries, the bytes and the texts are.

use proptest::prelude::*;

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever days and keys an entry has: what comes out is vetted on that day, for two readers at least.
    #[test]
    fn only_vetted_entries_with_two_readers_come_out(
        vetted in -400_i64..400, lasts in -10_i64..400, readers in 0_usize..4, ahead in 0_i64..800,
    ) {
        let on = today() + TimeDelta::days(vetted);
        let until = on + TimeDelta::days(lasts);
        let keys: Vec<String> =
            (0..readers).map(|_| age::x25519::Identity::generate().to_public().to_string()).collect();
        let text = entry("relais-lyon").replace("on = 2026-10-01, until = 2027-10-01", &format!("on = {on}, until = {until}"));
        let line = text.lines().find(|line| line.starts_with("recipients")).unwrap().to_owned();
        let text = text.replace(&line, &format!("recipients = {keys:?}"));
        let asked = today() + TimeDelta::days(ahead);
        match verify(&text) {
            Ok(verified) => {
                prop_assert!(readers >= 2 && lasts >= 0);
                let holds = |day| on <= day && day <= until;
                prop_assert_eq!(verified.directory.associations().len(), usize::from(holds(today())));
                prop_assert_eq!(verified.directory.routable(asked).count(), usize::from(holds(today()) && holds(asked)));
            }
            Err(_) => prop_assert!(readers < 2 || lasts < 0),
        }
    }

    /// Whatever one byte of a signed file becomes, the file is refused.
    #[test]
    fn any_changed_byte_is_noticed(at in 0_usize..900, with in 0_u8..=255) {
        let (secret, public) = keys(1);
        let mut signed = file(&entry("relais-lyon"), &[&secret[0]]);
        let at = at % signed.content.len();
        let unchanged = signed.content[at] == with;
        signed.content[at] = with;
        prop_assert_eq!(verify_with(signed, &public, 1).is_ok(), unchanged);
    }

    /// No text makes the reader of files panic.
    #[test]
    fn no_text_makes_it_panic(text in "(\\[\\[association\\]\\]\n|id = |\"|[a-z]{1,8}|= |\\{|\\}|\\[|\\]|[0-9-]{1,10}|\n|\\PC){0,60}") {
        let _ = complaints(&text);
        let _ = from_csv(&text);
        let _ = from_hsds(&text, None);
    }
}
