//! Tours, run by our client and by Stytch's SDKs. `conformance/README.md` of this package describes the format.

#[path = "conformance/calls.rs"]
mod calls;
#[path = "conformance/operations.rs"]
mod operations;
#[path = "conformance/ours.rs"]
mod ours;
#[path = "conformance/run.rs"]
mod run;
#[path = "conformance/sdks.rs"]
mod sdks;
#[path = "conformance/tour.rs"]
mod tour;

use std::collections::BTreeSet;

use stytch_client_tests::differences::Differences;
use stytch_emulator::Emulator;

use self::tour::{B2B_TOUR, TOURS, Tour};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_client_takes_the_tours() {
    for tour in TOURS.into_iter().chain([B2B_TOUR]).map(Tour::read) {
        tour.check(&ours::run(&tour, run::now()).await);
    }
}

/// They must send the same requests as our client: the check of a run compares its requests with those of the tour.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_official_sdks_take_the_tours() {
    let Some(sdks) = sdks::installed() else { return };
    for tour in TOURS.map(Tour::read) {
        let now = run::now();
        for run in [sdks.python(&tour, now).await, sdks.node(&tour, now).await] {
            tour.check(&run);
        }
        tour.check_only_responses(&sdks.rust(&tour, now).await);
    }
}

/// Their B2B clients take the tour of the B2B API.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_official_b2b_clients_take_the_tour() {
    let Some(sdks) = sdks::installed() else { return };
    let (tour, now) = (Tour::read(B2B_TOUR), run::now());
    for run in [sdks.python(&tour, now).await, sdks.node(&tour, now).await] {
        tour.check(&run);
    }
}

/// Operations without a step, because the SDKs in `conformance/requirements.txt` and `conformance/package.json` do not
/// have them yet.
const NEWER_THAN_THE_SDKS: &[(&str, &str)] = &[];

/// Every operation that is emulated is a step of a tour.
#[tokio::test]
async fn the_tours_call_every_operation_that_is_emulated() {
    let emulator = Emulator::start().await.expect("the emulator starts");
    let mut differences = Differences::new(NEWER_THAN_THE_SDKS);
    for (facts, tours) in [("consumer.json", &TOURS[..]), ("b2b.json", &[B2B_TOUR])] {
        let read: Vec<Tour> = tours.iter().map(|file| Tour::read(file)).collect();
        let called: BTreeSet<&str> = read.iter().flat_map(Tour::calls).collect();
        for name in operations::emulated(&emulator, facts).await {
            if !called.contains(name.as_str()) {
                differences.note(&name, &format!("is emulated, and no step of {tours:?} calls it"));
            }
        }
    }
    differences.check();
}
