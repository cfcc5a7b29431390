#!/usr/bin/env bash
# All that decides whether a change lands. CI calls `./ci.sh all`; while editing, `./ci.sh quick` is enough.
#
#   ./ci.sh quick   format, lints, unit and integration tests            about 2 minutes, seconds when little changed
#   ./ci.sh all     the same, with docs, spelling, packages and examples; what a change has to pass
#   ./ci.sh deep    features, oldest compiler, oldest versions, licences, semver: slow, for before a release
#   ./ci.sh STEP    one step: see the names of the functions
#
# A step installs the tool it needs where it is missing.
set -euo pipefail
cd "$(dirname "$0")"

has() { command -v "$1" >/dev/null 2>&1; }
skip() { printf 'skipped: %s\n' "$*"; }

format() { cargo fmt --all --check; }
lints() { cargo clippy --workspace --all-targets -- -D warnings; }

# In CI nothing is skipped: the browser that the login example is driven with is installed, and so are pip and npm.
tests() {
    if [ "${CI:-}" = true ] && ! { has chromium && has chromedriver; } && has apt-get; then
        apt-get update -qq && apt-get install -y -qq chromium chromium-driver >/dev/null
    fi
    cargo test --workspace
}

docs() { RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --all-features; }

# Every example runs, on the emulator inside it; none needs an account or a network.
examples() {
    for example in quickstart endpoints another_api errors blocking emulator_in_a_test own_transport \
        retries_and_timeouts; do
        cargo run --quiet -p stytch-client-examples --example "$example" >/dev/null
        printf '%s ran\n' "$example"
    done
}

# An ignored doctest is a promise that nobody keeps.
doctests() {
    ! git grep -nE '^[[:space:]]*(//[/!])?[[:space:]]*```(rust,)?ignore' -- '*.rs' '*.md'
}

# Every combination of features, without warnings.
features() {
    has cargo-hack || cargo install cargo-hack --locked --quiet
    RUSTFLAGS='-D warnings' CARGO_TARGET_DIR=target/features cargo hack check -p stytch-client --feature-powerset
}

# The oldest compiler that is promised, where it is installed; the newest lint for it everywhere.
msrv() {
    local oldest
    oldest=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    cargo clippy -p stytch-client-macros -p stytch-client -p stytch-emulator -- -D clippy::incompatible_msrv
    if rustup toolchain list 2>/dev/null | grep -q "^$oldest"; then
        CARGO_TARGET_DIR=target/msrv cargo "+$oldest" check -p stytch-client -p stytch-emulator --all-features
    else
        skip "Rust $oldest is not installed"
    fi
}

# The oldest versions that the manifests allow still compile.
minimal_versions() {
    if ! rustup toolchain list 2>/dev/null | grep -q '^nightly'; then
        skip 'finding minimal versions takes a nightly cargo'
        return
    fi
    local copy
    copy=$(mktemp -d)
    git ls-files -z | xargs -0 cp --parents -Pt "$copy"
    (
        cd "$copy"
        # Only what others depend on: a program is built with its own lock file.
        sed -i 's/^members = .*/members = ["macros", "client"]/' Cargo.toml
        cargo +nightly -Z direct-minimal-versions update --quiet
        CARGO_TARGET_DIR="$OLDPWD/target/minimal" cargo check -p stytch-client --all-features
    )
    rm -rf "$copy"
}

# Licences, sources, and crates that are in the tree twice.
dependencies() {
    has cargo-deny || cargo install cargo-deny --locked --quiet
    cargo deny check bans licenses sources
    # Known vulnerabilities come from a database that has to be fetched.
    cargo deny check advisories 2>/dev/null || skip 'the database of advisories cannot be had, or it names a crate of ours'
}

spelling() {
    has typos || python3 -m pip install --quiet typos || { skip 'typos cannot be installed'; return; }
    typos
}

# The three published crates are complete as they would be uploaded.
package() {
    cargo package --allow-dirty --no-verify --quiet -p stytch-client-macros -p stytch-client -p stytch-emulator
}

# Against the last tag; before the first one there is nothing to compare with.
semver() {
    local tag
    tag=$(git describe --tags --abbrev=0 2>/dev/null) || { skip 'there is no tag yet'; return; }
    has cargo-semver-checks || cargo install cargo-semver-checks --locked --quiet
    cargo semver-checks -p stytch-client -p stytch-emulator --baseline-rev "$tag"
}

step() { printf '\n== %s\n' "$1"; "$1"; }

case "${1:-quick}" in
    quick) for name in format lints tests; do step "$name"; done ;;
    all) for name in format doctests lints docs spelling package examples tests; do step "$name"; done ;;
    deep) for name in semver msrv minimal_versions features dependencies; do step "$name"; done ;;
    *) for name in "$@"; do step "$name"; done ;;
esac
