//! Tests of `stytch-migrate` as a separate process, with files, signals, and a gate in front of the emulator.

mod broken_files;
mod checking;
mod encodings;
mod exports;
mod foreign;
mod formats;
mod full_disk;
mod gate;
mod interruptions;
mod journals;
mod limits;
mod nulls;
mod people;
mod rejections;
mod repeats;
mod secrets;
mod text_files;
mod tool;
mod trouble;
mod unclear_exports;
mod verifying;
mod world;
