//! Authenticator apps: RFC 6238 with SHA-1, six digits and steps of 30 seconds, as every app has them.

use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use png::{BitDepth, ColorType, Encoder};
use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Builder, Secret};

use crate::clock::Moment;

/// The name that an app shows above the codes.
const ISSUER: &str = "stytch-emulator";
/// How many pixels of the picture are one module of the QR code.
const SCALE: u32 = 6;
/// How many modules around the QR code are white.
const BORDER: i32 = 4;

/// Returns a secret in the form in which apps take it.
pub(crate) fn secret(bytes: [u8; 20]) -> String {
    Secret::from(bytes).to_base32()
}

/// Whether a string is a secret.
pub(crate) fn is_secret(text: &str) -> bool {
    Secret::try_from_base32(text).is_ok_and(|secret| !secret.as_bytes().is_empty())
}

/// Returns the time step to which a code belongs: the current one, the one before or the one after. `None` if the code
/// is wrong.
pub(crate) fn step_of(secret: &str, code: &str, now: Moment) -> Option<u64> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let now = u64::try_from(now.unix_timestamp()).ok()?;
    // Seeds have secrets that are shorter than the RFC recommends.
    Builder::new().with_secret(secret).build_noncompliant().check(code, now)
}

/// Returns the image that an app scans, as a `data:` URL; `None` if the account is too long for a QR code.
pub(crate) fn qr_code(secret: &str, account: &str) -> Option<String> {
    let account = utf8_percent_encode(account, NON_ALPHANUMERIC);
    let url = format!("otpauth://totp/{ISSUER}:{account}?secret={secret}&issuer={ISSUER}");
    let code = QrCode::encode_text(&url, QrCodeEcc::Medium).ok()?;
    Some(format!("data:image/png;base64,{}", STANDARD.encode(picture(&code)?)))
}

fn picture(code: &QrCode) -> Option<Vec<u8>> {
    let modules = code.size() + 2 * BORDER;
    let side = u32::try_from(modules).ok()? * SCALE;
    let mut pixels = Vec::new();
    for y in 0..side {
        for x in 0..side {
            let module = |pixel: u32| i32::try_from(pixel / SCALE).map(|module| module - BORDER);
            let is_dark = code.get_module(module(x).ok()?, module(y).ok()?);
            pixels.push(if is_dark { 0 } else { u8::MAX });
        }
    }
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, side, side);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::Eight);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels)).ok()?;
    Some(file)
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    /// The secret of the RFC's test vectors.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> Moment {
        Moment::UNIX_EPOCH + Duration::seconds(seconds)
    }

    #[test]
    fn the_vectors_of_rfc_6238() {
        // The RFC has eight digits. These are the last six.
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let step = u64::try_from(seconds / 30).expect("positive");
            assert_eq!(step_of(RFC, code, at(seconds)), Some(step), "{seconds}");
            assert_eq!(step_of(RFC, code, at(seconds - 30)), Some(step), "{seconds}");
            assert_eq!(step_of(RFC, code, at(seconds + 30)), Some(step), "{seconds}");
            assert_eq!(step_of(RFC, code, at(seconds + 60)), None, "{seconds}");
        }
        assert_eq!(step_of(RFC, "287082", at(-1)), None);
    }

    #[test]
    fn the_picture_is_a_png() {
        let url = qr_code(RFC, "ada@example.com").expect("a picture");
        let file =
            STANDARD.decode(url.strip_prefix("data:image/png;base64,").expect("a PNG")).expect("base64");
        let decoder = png::Decoder::new(std::io::Cursor::new(file)).read_info().expect("a PNG");
        assert_eq!(decoder.info().width, decoder.info().height);
        assert_eq!(qr_code(RFC, &"a".repeat(5000)), None);
    }
}
