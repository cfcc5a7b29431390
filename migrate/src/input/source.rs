//! The bytes of an input: a file or standard input, unpacked and converted to UTF-8 if necessary.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;

use encoding_rs::Encoding;
use flate2::bufread::MultiGzDecoder;

use super::kind;
use super::record::BYTE_ORDER_MARK;
use super::utf_8::ToUtf8;
use super::window::Source;
use super::zstd::Zstd;

/// A plain file in UTF-8.
struct Plain {
    file: File,
    at: u64,
    /// Its size when it was opened.
    size: u64,
}

/// Standard input, a pipe, or a file that has to be converted.
struct Converted {
    reader: Box<dyn Read + Send>,
    /// The file, which is converted again to go back in it.
    file: Option<(PathBuf, Conversion)>,
}

/// The conversion of the bytes of a file.
#[derive(Clone, Copy)]
struct Conversion {
    packing: Option<Packing>,
    charset: Option<&'static Encoding>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Gzip,
    Zstd,
}

/// An open input.
pub(super) struct Opened {
    pub(super) source: Box<dyn Source>,
    /// The size in bytes, if it is known.
    pub(super) size: Option<u64>,
    /// A description of the detected format.
    pub(super) found: Vec<String>,
}

/// Opens a file, or standard input.
///
/// # Errors
///
/// It cannot be read, or its compressed form is damaged.
pub(super) fn open(path: Option<PathBuf>, charset: Option<&'static Encoding>) -> io::Result<Opened> {
    let Some(path) = path else { return begin(Box::new(io::stdin()), None, charset) };
    let file = File::open(&path)?;
    let about = file.metadata()?;
    if !about.is_file() {
        return begin(Box::new(file), None, charset);
    }
    let mut opened = begin(Box::new(File::open(&path)?), Some(path), charset)?;
    if opened.found.is_empty() {
        opened.source = Box::new(Plain { file, at: 0, size: about.len() });
        opened.size = Some(about.len());
    }
    Ok(opened)
}

/// Reads the first bytes, and unpacks and converts accordingly.
fn begin(
    reader: Box<dyn Read + Send>,
    path: Option<PathBuf>,
    charset: Option<&'static Encoding>,
) -> io::Result<Opened> {
    let (begin, reader) = peek(reader)?;
    let packing = Packing::of(&begin);
    let (begin, reader) = match packing {
        None => (begin, reader),
        Some(packing) => peek(packing.unpack(reader))?,
    };
    // The mark overrides `--charset`, so that rejected lines can be run again with the same options.
    let charset = charset.filter(|_| !begin.starts_with(BYTE_ORDER_MARK)).or_else(|| kind::charset(&begin));
    let mut found = Vec::new();
    found.extend(packing.map(|packing| format!("compressed with {}", packing.name())));
    found.extend(charset.map(|charset| format!("in {}", charset.name())));
    let conversion = Conversion { packing, charset };
    let reader = conversion.decode(reader);
    let file = path.map(|path| (path, conversion));
    Ok(Opened { source: Box::new(Converted { reader, file }), size: None, found })
}

/// Returns the first bytes of a reader, and a reader that returns these bytes again.
fn peek(mut reader: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut begin = Vec::new();
    reader.by_ref().take(kind::ENOUGH as u64).read_to_end(&mut begin)?;
    let whole = Box::new(Cursor::new(begin.clone()).chain(reader));
    Ok((begin, whole))
}

impl Packing {
    fn of(begin: &[u8]) -> Option<Self> {
        match begin {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            // A frame, or an empty frame before another one.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }

    fn unpack(self, reader: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        let reader = BufReader::new(reader);
        match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(reader)),
            Self::Zstd => Box::new(Zstd::new(reader)),
        }
    }
}

impl Conversion {
    fn decode(self, reader: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        match self.charset {
            None => reader,
            Some(charset) => Box::new(ToUtf8::new(BufReader::new(reader), charset)),
        }
    }

    fn open(self, path: &PathBuf) -> io::Result<Box<dyn Read + Send>> {
        let file: Box<dyn Read + Send> = Box::new(File::open(path)?);
        let unpacked = match self.packing {
            None => file,
            Some(packing) => packing.unpack(file),
        };
        Ok(self.decode(unpacked))
    }
}

impl Read for Plain {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.at += read as u64;
        // Otherwise, a run would end as if it had sent all lines, and a line that is cut could be sent.
        if read == 0 && self.at < self.size {
            return Err(io::Error::other(
                "it became shorter while it was read; restore it, and run the same command again to continue",
            ));
        }
        Ok(read)
    }
}

impl Source for Plain {
    fn back_to(&mut self, offset: u64) -> io::Result<bool> {
        self.at = self.file.seek(SeekFrom::Start(offset))?;
        Ok(true)
    }
}

impl Read for Converted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer)
    }
}

impl Source for Converted {
    fn back_to(&mut self, offset: u64) -> io::Result<bool> {
        let Some((path, conversion)) = &self.file else { return Ok(false) };
        let mut reader = conversion.open(path)?;
        io::copy(&mut reader.by_ref().take(offset), &mut io::sink())?;
        self.reader = reader;
        Ok(true)
    }
}
