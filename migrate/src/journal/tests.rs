use std::io::ErrorKind;
use std::sync::Mutex;

use super::*;
use crate::fingerprint::Key;
use crate::input::Wanted;
use crate::rejected::Style;
use crate::row::Naming;
use crate::tally::Counts;

/// The operations of a store, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Event {
    Appended(String),
    MadeDurable,
}

/// A store that records its operations, and fails from some point on.
#[derive(Clone)]
struct Watched {
    events: Arc<Mutex<Vec<Event>>>,
    tally: Arc<Tally>,
    /// The number of times it can be made durable.
    good_for: usize,
}

impl Watched {
    /// The note and the end are in one batch or in two. An outcome in an earlier, durable batch may be counted.
    fn assert_not_counted_early(&self) {
        let durable = self.events.lock().unwrap().contains(&Event::MadeDurable);
        assert!(durable || self.tally.counts().settled() == 0, "counted before it was durable");
    }
}

impl keeper::Store for Watched {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.assert_not_counted_early();
        let lines = String::from_utf8(bytes.to_vec()).unwrap();
        self.events
            .lock()
            .unwrap()
            .push(Event::Appended(lines.lines().next().unwrap_or_default().to_owned()));
        Ok(())
    }

    fn make_durable(&mut self) -> io::Result<()> {
        self.assert_not_counted_early();
        let mut events = self.events.lock().unwrap();
        if events.iter().filter(|event| **event == Event::MadeDurable).count() == self.good_for {
            return Err(ErrorKind::StorageFull.into());
        }
        events.push(Event::MadeDurable);
        Ok(())
    }
}

struct Scene {
    directory: tempfile::TempDir,
    writing: Writing,
    store: Watched,
}

impl Scene {
    fn new(good_for: usize) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let tally = Arc::new(Tally::starting_with(Counts::default()));
        let store = Watched { events: Arc::default(), tally: Arc::clone(&tally), good_for };
        let input = input(directory.path(), "email,hash,hash_type\n");
        let rejected = directory.path().join("rejected.csv");
        let rejected =
            RejectedFile::open(rejected, &Style::of(&input), &Key::new("s", b""), None, true).unwrap();
        let writing = Writing::start(Keeper { store: store.clone(), rejected, tally, sent: 0 });
        Self { directory, writing, store }
    }

    fn events(&self) -> Vec<Event> {
        self.store.events.lock().unwrap().clone()
    }
}

fn input(directory: &Path, text: &str) -> crate::input::Input {
    let path = directory.join("users.csv");
    fs::write(&path, text).unwrap();
    Wanted::file(&path).open().unwrap()
}

fn place(number: u64) -> Place {
    Place { number, line: number + 1 }
}

fn fingerprint() -> Fingerprint {
    Key::new("s", b"").begin("x").so_far()
}

#[tokio::test]
async fn reserved_records_are_durable_when_they_are_granted() {
    let scene = Scene::new(usize::MAX);
    scene.writing.journal().reserve(64, fingerprint()).await.unwrap();
    let events = scene.events();
    assert_eq!(events, [Event::Appended(format!("through 64 {}", fingerprint())), Event::MadeDurable]);
}

#[tokio::test]
async fn an_outcome_counts_when_it_is_durable() {
    let scene = Scene::new(usize::MAX);
    let journal = scene.writing.journal();
    journal.settle(place(1), Outcome::AlreadyThere, None).await.unwrap();
    drop(journal);
    // The store itself asserts that no outcome is counted while it writes.
    scene.writing.end(1).await.unwrap();
    assert_eq!(scene.store.tally.counts().already_there, 1);
}

#[tokio::test]
async fn a_rejected_line_is_in_its_file_before_it_is_in_the_journal() {
    let scene = Scene::new(1);
    let journal = scene.writing.journal();
    let rejected = Outcome::Rejected { kind: "invalid_email".to_owned() };
    journal.settle(place(1), rejected, Some(b"why,x,y,z\n".to_vec())).await.unwrap();
    drop(journal);
    let error = scene.writing.end(1).await.unwrap_err().to_string();
    assert!(error.contains("the journal cannot be written"), "{error}");
    let copy = fs::read_to_string(scene.directory.path().join("rejected.csv")).unwrap();
    assert_eq!(copy, "reason,email,hash,hash_type\nwhy,x,y,z\n");
    // The file was announced before it was created. Its row is not in the journal, and is written again.
    let announced = scene.store.events.lock().unwrap()[0].clone();
    assert!(matches!(announced, Event::Appended(line) if line.starts_with("copied 0 ")));
    assert_eq!(scene.store.tally.counts().settled(), 0);
}

#[tokio::test]
async fn a_full_disk_stops_the_run_before_counting() {
    let scene = Scene::new(0);
    let journal = scene.writing.journal();
    assert_eq!(journal.reserve(64, fingerprint()).await, Err(Closed));
    // The writer may have ended, or may end soon. In both cases the outcome is not counted, as the end of the test
    // checks.
    let _ = journal.settle(place(1), Outcome::AlreadyThere, None).await;
    drop(journal);
    let error = scene.writing.end(0).await.unwrap_err();
    assert_eq!(error.exit, crate::exit::Exit::Unfinished);
    assert_eq!(scene.store.tally.counts().settled(), 0);
}

fn target(secret: &str) -> Target {
    Target {
        project_id: "project-test-1".to_owned(),
        base_url: "http://127.0.0.1:1/".to_owned(),
        secret: secret.to_owned(),
    }
}

/// Opens a journal next to an input, and sends a note to it.
async fn run(directory: &Path, secret: &str, header: &str, outcomes: u64) -> Result<Past, String> {
    let (input, target, naming) = (input(directory, header), target(secret), Naming::default());
    let subject = Subject { target: &target, input: &input, naming: &naming };
    let opened = open(&directory.join("journal"), subject).map_err(|stop| stop.to_string())?;
    let past = opened.past.clone();
    let rejected = directory.join("rejected.csv");
    let rejected =
        RejectedFile::open(rejected, &Style::of(&input), &opened.key, past.copied, past.is_settled())
            .unwrap();
    let writing = opened.start(rejected, Arc::new(Tally::starting_with(past.counts.clone())));
    for number in 1..=outcomes {
        writing.journal().settle(place(number), Outcome::AlreadyThere, None).await.unwrap();
    }
    writing.end(outcomes).await.unwrap();
    Ok(past)
}

const HEADER: &str = "email,hash,hash_type\n";

#[tokio::test]
async fn a_journal_continues() {
    let directory = tempfile::tempdir().unwrap();
    assert_eq!(run(directory.path(), "s", HEADER, 3).await, Ok(Past::default()));
    let past = run(directory.path(), "s", HEADER, 0).await.unwrap();
    assert_eq!((past.counts.already_there, past.sent), (3, 3));
    assert!(!fs::read_to_string(directory.path().join("journal")).unwrap().contains("secret s"));
}

#[tokio::test]
async fn a_journal_of_another_run_is_not_taken() {
    let directory = tempfile::tempdir().unwrap();
    run(directory.path(), "s", HEADER, 3).await.unwrap();
    let error = run(directory.path(), "another", HEADER, 0).await.unwrap_err();
    assert!(error.contains("another secret") && error.contains("--journal"), "{error}");
    let error = run(directory.path(), "s", "mail,hash,hash_type\n", 0).await.unwrap_err();
    assert!(error.contains("other columns"), "{error}");
    assert_eq!(run(directory.path(), "s", HEADER, 0).await.unwrap().counts.already_there, 3);
}

#[tokio::test]
async fn a_journal_without_outcomes_is_started_again() {
    let directory = tempfile::tempdir().unwrap();
    run(directory.path(), "wrong", HEADER, 0).await.unwrap();
    run(directory.path(), "right", HEADER, 3).await.unwrap();
    assert_eq!(run(directory.path(), "right", HEADER, 0).await.unwrap().counts.already_there, 3);
}

#[tokio::test]
async fn two_runs_do_not_share_a_journal() {
    let directory = tempfile::tempdir().unwrap();
    let (input, target, naming) = (input(directory.path(), HEADER), target("s"), Naming::default());
    let subject = Subject { target: &target, input: &input, naming: &naming };
    let path = directory.path().join("journal");
    let first = open(&path, subject).unwrap();
    let error = open(&path, subject).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("another run is using this journal"), "{error}");
    drop(first);
    assert!(open(&path, subject).is_ok());
}

#[cfg(unix)]
#[tokio::test]
async fn a_journal_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let directory = tempfile::tempdir().unwrap();
    run(directory.path(), "s", HEADER, 1).await.unwrap();
    let mode = fs::metadata(directory.path().join("journal")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
