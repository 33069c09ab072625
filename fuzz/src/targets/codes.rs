use relais::ids::Code;
use relais::intake::typed_code;
use relais::record::Words;

use super::ground::Pieces;

/// Codes: read exactly where twelve digits stand, whatever stands between them and in whatever script.
pub fn codes(bytes: &[u8]) {
    let text = Pieces::new(bytes).text();
    let words = Words::new(text.clone());
    assert_eq!(format!("{words:?}"), "Words { .. }");
    let ascii: String = text.chars().filter(char::is_ascii_digit).collect();
    let plain = text.chars().filter(|c| c.is_numeric()).count() == ascii.len();
    let read = typed_code(&words);
    if plain {
        let number = (ascii.len() == 12).then(|| ascii.parse().unwrap());
        assert_eq!(read.map(Code::number), number, "{text:?}");
    }
    let Some(code) = read else { return };
    assert_eq!(format!("{code:?}"), "Code(…)");
    assert_eq!((code.digits().len(), Code::from_number(code.number())), (12, Some(code)));
    for same in [code.digits(), code.grouped(), in_script(code, '٠'), in_script(code, '𞥐')] {
        assert_eq!(read_again(&same), Some(code), "{same:?}");
        assert_eq!(read_again(&format!("{same}7")), None);
    }
    assert_eq!(read_again(&format!("{text}0")), None);
    assert_eq!(read_again(&format!("\u{2068}{text}\u{2069} - ")), Some(code));
}

fn in_script(code: Code, zero: char) -> String {
    let digit = |c: char| char::from_u32(u32::from(zero) + c.to_digit(10).unwrap()).unwrap();
    code.digits().chars().map(digit).collect()
}

fn read_again(text: &str) -> Option<Code> {
    typed_code(&Words::new(text.to_owned()))
}
