//! Converts text in other character encodings to UTF-8.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding};

use super::zstd::fill;

/// The replacement of bytes that are not a character. It is invalid in UTF-8 too, so that the line is rejected and
/// not sent with a wrong character.
const NO_CHARACTER: u8 = 0xff;
/// The number of bytes to decode at once.
const PIECE: usize = 16 << 10;

/// Reads text as UTF-8.
pub(super) struct ToUtf8<R> {
    reader: R,
    decoder: Decoder,
    decoded: Vec<u8>,
    /// The number of bytes of `decoded` that were read.
    at: usize,
    has_ended: bool,
}

impl<R: BufRead> ToUtf8<R> {
    pub(super) fn new(reader: R, charset: &'static Encoding) -> Self {
        let decoder = charset.new_decoder_with_bom_removal();
        Self { reader, decoder, decoded: Vec::new(), at: 0, has_ended: false }
    }

    /// Decodes some more.
    fn decode(&mut self) -> io::Result<()> {
        let bytes = fill(&mut self.reader)?;
        let is_last = bytes.is_empty();
        self.at = 0;
        self.decoded.resize(PIECE, 0);
        // Keeps space for one more byte.
        let room = PIECE - 1;
        let (result, read, mut written) =
            self.decoder.decode_to_utf8_without_replacement(bytes, &mut self.decoded[..room], is_last);
        if let DecoderResult::Malformed(..) = result {
            self.decoded[written] = NO_CHARACTER;
            written += 1;
        }
        self.decoded.truncate(written);
        self.has_ended = is_last && result == DecoderResult::InputEmpty;
        self.reader.consume(read);
        Ok(())
    }
}

impl<R: BufRead> Read for ToUtf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.decoded.len() && !self.has_ended {
            self.decode()?;
        }
        let fresh = &self.decoded[self.at..];
        let length = fresh.len().min(buffer.len());
        buffer[..length].copy_from_slice(&fresh[..length]);
        self.at += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], charset: &str) -> Vec<u8> {
        let charset = Encoding::for_label(charset.as_bytes()).unwrap();
        let mut text = Vec::new();
        // In chunks of three bytes, so that characters are split.
        let reader = io::BufReader::with_capacity(3, bytes);
        ToUtf8::new(reader, charset).read_to_end(&mut text).unwrap();
        text
    }

    #[test]
    fn every_character_arrives() {
        let text = "Ada é 日本 😀\n".repeat(5000);
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&little, "utf-16le"), text.as_bytes());
        assert_eq!(read(&big, "utf-16be"), text.as_bytes());
        assert_eq!(read(b"Ren\xe9e", "latin1"), "Renée".as_bytes());
    }

    #[test]
    fn invalid_characters_are_invalid_utf_8() {
        let half_a_pair: Vec<u8> = [0x61, 0xd800, 0x62].into_iter().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&half_a_pair, "utf-16le"), b"a\xffb");
        assert_eq!(read(b"a\0b", "utf-16le"), b"a\xff");
    }
}
