//! Sorts more data than fits into memory. Sorted runs are written to a temporary file, and merged when they are read.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use itertools::Itertools;

/// The pairs to sort, by the first number and then by the second.
pub(crate) type Pair = (u64, u64);

/// The number of pairs in memory: 4 MiB.
pub(crate) const MOST_IN_MEMORY: usize = 1 << 18;
const PAIR_BYTES: usize = 2 * size_of::<u64>();
/// The part of each run that is in memory while the runs are merged.
const PIECE: usize = 4096;

/// Takes pairs in any order.
#[derive(Debug, Default)]
pub(crate) struct Sorter {
    held: Vec<Pair>,
    spilled: Option<File>,
    runs: u64,
}

impl Sorter {
    pub(crate) fn add(&mut self, pair: Pair) -> io::Result<()> {
        if self.held.len() == MOST_IN_MEMORY {
            self.spill()?;
        }
        self.held.push(pair);
        Ok(())
    }

    /// Writes the pairs in memory as one more run. All runs in the file have the same length.
    fn spill(&mut self) -> io::Result<()> {
        self.held.sort_unstable();
        let file = match &mut self.spilled {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        let mut file = BufWriter::new(file);
        for (one, other) in self.held.drain(..) {
            file.write_all(&one.to_le_bytes())?;
            file.write_all(&other.to_le_bytes())?;
        }
        file.flush()?;
        self.runs += 1;
        Ok(())
    }

    /// Calls `each` with all pairs in order.
    pub(crate) fn sorted(mut self, mut each: impl FnMut(Pair) -> io::Result<()>) -> io::Result<()> {
        self.held.sort_unstable();
        let Some(file) = &self.spilled else { return self.held.into_iter().try_for_each(each) };
        let in_file = (0..self.runs).map(|number| Run::new(file, number)).map(itertools::Either::Left);
        let held = itertools::Either::Right(self.held.into_iter().map(Ok));
        // An error comes first, and ends the merge.
        let before = |one: &io::Result<Pair>, other: &io::Result<Pair>| match (one, other) {
            (Ok(one), Ok(other)) => one < other,
            (one, _) => one.is_err(),
        };
        in_file.chain([held]).kmerge_by(before).try_for_each(|pair| each(pair?))
    }
}

/// A run in the file. Many runs read the same file in turn, so that each seeks before it reads.
struct Run<'a> {
    part: BufReader<Part<'a>>,
    left: usize,
}

struct Part<'a> {
    file: &'a File,
    at: u64,
    end: u64,
}

impl<'a> Run<'a> {
    fn new(file: &'a File, number: u64) -> Self {
        let length = (MOST_IN_MEMORY * PAIR_BYTES) as u64;
        let part = Part { file, at: number * length, end: (number + 1) * length };
        Self { part: BufReader::with_capacity(PIECE, part), left: MOST_IN_MEMORY }
    }
}

impl Read for Part<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.seek(SeekFrom::Start(self.at))?;
        let read = self.file.take(self.end - self.at).read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Iterator for Run<'_> {
    type Item = io::Result<Pair>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let (mut one, mut other) = ([0; 8], [0; 8]);
        let read = self.part.read_exact(&mut one).and_then(|()| self.part.read_exact(&mut other));
        Some(read.map(|()| (u64::from_le_bytes(one), u64::from_le_bytes(other))))
    }
}
