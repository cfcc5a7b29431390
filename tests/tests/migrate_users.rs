//! `migrate_users` as people run it: a process of its own, files, signals, and the emulator behind a gate.

#[path = "migrate_users/broken_files.rs"]
mod broken_files;
#[path = "migrate_users/checking.rs"]
mod checking;
#[path = "migrate_users/formats.rs"]
mod formats;
#[path = "migrate_users/full_disk.rs"]
mod full_disk;
#[path = "migrate_users/gate.rs"]
mod gate;
#[path = "migrate_users/interruptions.rs"]
mod interruptions;
#[path = "migrate_users/journals.rs"]
mod journals;
#[path = "migrate_users/people.rs"]
mod people;
#[path = "migrate_users/refusals.rs"]
mod refusals;
#[path = "migrate_users/secrets.rs"]
mod secrets;
#[path = "migrate_users/tool.rs"]
mod tool;
#[path = "migrate_users/trouble.rs"]
mod trouble;
#[path = "migrate_users/world.rs"]
mod world;
