//! `stytch-migrate` as people run it: a process of its own, files, signals, and the emulator behind a gate.

mod broken_files;
mod checking;
mod formats;
mod full_disk;
mod gate;
mod interruptions;
mod journals;
mod people;
mod rejections;
mod secrets;
mod tool;
mod trouble;
mod world;
