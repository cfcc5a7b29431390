//! One tour, taken by our client and by Stytch's own SDKs, which nobody here wrote: `conformance/README.md` of this
//! package says how it is read.

#[path = "conformance/calls.rs"]
mod calls;
#[path = "conformance/ours.rs"]
mod ours;
#[path = "conformance/run.rs"]
mod run;
#[path = "conformance/sdks.rs"]
mod sdks;
#[path = "conformance/tour.rs"]
mod tour;

use self::run::Run;
use self::tour::Tour;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_client_takes_the_tour() {
    let tour = Tour::read();
    tour.check(&ours::run(&tour, run::now()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_official_sdks_take_the_tour_and_send_what_our_client_sends() {
    let Some(sdks) = sdks::installed() else { return };
    let (tour, now) = (Tour::read(), run::now());
    let ours = ours::run(&tour, now).await;
    tour.check(&ours);
    for theirs in [sdks.python(now).await, sdks.node(now).await] {
        tour.check(&theirs);
        assert_agree(&tour, &ours, &theirs);
    }
}

/// Holds the requests of two runs against each other, step by step: the method, the path, the query, and the body as
/// JSON.
fn assert_agree(tour: &Tour, ours: &Run, theirs: &Run) {
    let (here, there) = (ours.calls(), theirs.calls());
    for ((step, ours), theirs_sent) in tour.recorded().zip(&here).zip(&there) {
        // They hold passwords and tokens, and are not shown.
        assert!(ours == theirs_sent, "{} sent something else than our client for {step:?}", theirs.client);
    }
    assert_eq!(here.len(), there.len(), "{} sent another number of requests", theirs.client);
}
