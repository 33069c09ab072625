use relais::intake::place_label;
use relais::place::{Point, Spot, fold, nearest, search, skeleton};
use relais::terms::Place;

use super::ground::Pieces;

/// As many as the intake looks for.
const LIMIT: usize = 15;
/// The longest label of a button, in characters.
const LABEL: usize = 32;

/// Places: what a person types for a town or a postcode, and positions that a phone shares.
pub fn places(bytes: &[u8]) {
    let mut pieces = Pieces::new(bytes);
    if pieces.byte() == 0xFF {
        let [lat, lon] = [pieces.number(), pieces.number()].map(f64::from_bits);
        position(Point { lat, lon });
        return;
    }
    let text = pieces.text();
    let found = search(&text, LIMIT);
    assert!(found.len() <= LIMIT);
    assert_eq!(found, search(&text, LIMIT), "the same text gave something else");
    for one in &found {
        assert!(!one.name.is_empty() && !one.label().is_empty());
        let place = match one.spot {
            Spot::Commune(commune) => Place::Commune(commune),
            Spot::Department(department) => Place::Department(department),
            Spot::Abroad { country, .. } | Spot::Country(country) => Place::Abroad(country),
        };
        labelled(place);
    }
    let folded = fold(&text);
    assert_eq!(fold(&folded), folded, "{text:?} folds twice");
    let _ = skeleton(&folded);
}

fn position(point: Point) {
    let on_earth = point.lat.abs() <= 90.0 && point.lon.abs() <= 180.0;
    if let Some(place) = nearest(point) {
        assert!(on_earth);
        assert!(matches!(place, Place::Department(_) | Place::Abroad(_)), "finer than a département");
        labelled(place);
    }
}

fn labelled(place: Place) {
    let label = place_label(place).unwrap();
    assert!((1..=LABEL).contains(&label.chars().count()), "{label}");
}
