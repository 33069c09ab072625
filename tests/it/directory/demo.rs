//! The demo directory.

use super::*;

/// The key of RFC 8032's first test.
const SERVER_KEY: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

#[test]
fn the_demo_is_sound_and_covers_every_departement() {
    let demo = Demo::prepare_for(today(), &[SERVER_KEY.to_owned()]).unwrap();
    let verified = demo.verify(today()).unwrap();
    assert_eq!(verified.directory.associations().len(), demo.identities.len());
    assert!(verified.directory.associations().len() >= 14);
    for association in verified.directory.associations() {
        let opened: Vec<String> =
            demo.identities[&association.id].iter().map(|it| it.to_public().to_string()).collect();
        let named: Vec<String> =
            association.devices.iter().map(|device| device.recipient.to_string()).collect();
        assert_eq!(named, opened);
    }
    let demo_weak: Vec<_> = verified.weaknesses.iter().filter(|it| !it.spot.file.contains("lines")).collect();
    // The Belgian example has no national team of its own, and no number is reserved for fiction there.
    let expected = [Weak::NoNationalTeam("BE".parse().unwrap())];
    assert_eq!(demo_weak.iter().map(|it| it.weak.clone()).collect::<Vec<_>>(), expected);
}
