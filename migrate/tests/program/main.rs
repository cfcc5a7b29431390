//! `stytch-migrate` as people run it: a process of its own, files, signals, and the emulator behind a gate.

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
mod verifying;
mod world;
