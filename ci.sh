#!/usr/bin/env bash
# All that decides whether a change lands. CI calls `./ci.sh all`; while editing, `./ci.sh quick` is enough.
#
#   ./ci.sh quick   format, lints, tests        3 minutes on two cores when all dependencies are built, 10 from nothing
#   ./ci.sh all     every step; what a change has to pass                                        about 30 from nothing
#   ./ci.sh STEP…   these steps alone: each is a function below, and says how long it took
#
# Seconds on two busy cores, what dependencies need for the first time included: format, doctests, neutral, sizes, spelling and
# semver 1 each, lints 230, docs 235, package 180, packages 240, examples 135, features 410, json_features 180, msrv 75, platforms 870,
# minimal_versions 40, dependencies 1 (and five minutes for its tool), tests 360; lints 18 and tests 136 of them again when little changed.
#
# A step installs the tool it needs where it is missing (cargo install, pip; as root on Debian also apt-get). What
# cannot be had on a machine is skipped, with a word that says so; where `CI=true`, the tests skip nothing.
set -euo pipefail
cd "$(dirname "$0")"
# Nothing is compiled twice there, and what is kept for a second time fills disks.
[ "${CI:-}" != true ] || export CARGO_INCREMENTAL=0

has() { command -v "$1" >/dev/null 2>&1; }
skip() { printf 'skipped: %s\n' "$*"; }

# Debian's packages, where this is a Debian and we may.
debian() { has apt-get && [ "$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq "$@" >/dev/null; }

format() { cargo fmt --all --check; }

lints() { cargo clippy --workspace --all-targets -- -D warnings; }

# In CI nothing is skipped: the browser that shows the login example and the emulator's page is installed, and the SDKs of
# the conformance tour come by pip and npm, the libraries that make the exports for the migration by pip, and the mock
# server of GitHub by npm.
tests() {
    if [ "${CI:-}" = true ] && ! { has chromium && has chromedriver; }; then
        debian chromium chromium-driver || true
    fi
    cargo test --workspace
}

# As docs.rs builds them, with the feature beside each item that needs one: that takes a flag of nightly compilers.
docs() {
    RUSTC_BOOTSTRAP=1 RUSTDOCFLAGS='-D warnings --cfg docsrs' CARGO_TARGET_DIR=target/docs \
        cargo doc --no-deps --all-features -p declapi -p declapi-macros -p declapi-test -p stytch-client -p stytch-emulator -p stytch-migrate
}

# Every example runs, on the emulator inside it; none needs an account or a network. The login example, which serves,
# has tests of its own.
examples() {
    local example
    for example in $(sed -n '/^\[\[example\]\]/,/^name/s/^name = "\(.*\)"/\1/p' examples/Cargo.toml); do
        case $example in login) continue ;; esac
        cargo run --quiet -p stytch-client-examples --example "$example" >/dev/null
        printf '%s ran\n' "$example"
    done
}

# An ignored doctest is a promise that nobody keeps.
doctests() {
    ! git grep -nE '^[[:space:]]*(//[/!])?[[:space:]]*```(rust,)?ignore' -- '*.rs' '*.md'
}

# The runtime and its macros are for any API: they, their tests and their docs know none in particular.
neutral() {
    ! git grep -niE 'stytch|project[ _-]id|\bjwts?\b|/v1/passwords' -- core macros testing
}

# A file holds one idea, and past 350 lines it says why it is one. clippy.toml limits functions.
sizes() {
    local long
    long=$(git ls-files '*.rs' | grep -vE '^tests/ui/|/snapshots/' | xargs wc -l | awk '$2 != "total" && $1 > 350 { print $2 }')
    [ -z "$long" ] || long=$(xargs grep -L '^//! Over 350 lines: ' <<<"$long" || true)
    [ -z "$long" ] || { printf 'over 350 lines: split it, or say why in a line `//! Over 350 lines: …`\n%s\n' "$long"; return 1; }
}

# Each pair of features, without warnings.
features() {
    has cargo-hack || cargo install cargo-hack --locked --quiet
    # For the feature `native-tls`.
    pkg-config --exists openssl 2>/dev/null || debian pkg-config libssl-dev || true
    local choice
    export CARGO_TARGET_DIR=target/features
    cargo hack clippy -p declapi --feature-powerset --depth 2 --exclude-features default --all-targets -- -D warnings
    # The client adds nothing to the features of declapi but the local check of session tokens.
    cargo hack clippy -p stytch-client --each-feature --all-targets -- -D warnings
    cargo hack clippy -p declapi-test --each-feature -- -D warnings
    # What tests and examples in the docs say of TLS differs with where it comes from. Without cryptography, no client of
    # the network can be built.
    for choice in '' rustls; do
        cargo test --quiet -p declapi -p stytch-client --no-default-features --features "$choice" --lib
        cargo test --quiet -p declapi -p stytch-client --no-default-features --features "$choice" --doc
    done
    for choice in ring,gzip,stytch-client/b2b aws-lc native-tls,stytch-client/b2b; do
        cargo test --quiet -p declapi -p stytch-client --no-default-features --features "$choice"
    done
    # Requests from arguments, descriptions, and what the features add to expansions.
    cargo test --quiet -p declapi-macros -p declapi --features arguments
    cargo test --quiet -p declapi-macros -p declapi --features describe
    cargo test --quiet -p stytch-client-hygiene --features declapi/describe
    unset CARGO_TARGET_DIR
}

# serde_json's features hold for a whole program, and change how numbers and maps look to every crate in it.
json_features() {
    local suite=(canaries catalogue declarations drift faults_errors faults_shapes jwt life metadata wire)
    cargo test --quiet -p stytch-client -p stytch-client-tests --features stytch-client-tests/serde_json_features \
        --lib $(printf -- ' --test %s' "${suite[@]}")
}

# The oldest compiler that is promised, and by lint what each crate promises.
msrv() {
    cargo clippy -p declapi-macros -p declapi -p declapi-test -p stytch-client -p stytch-emulator -p stytch-migrate -- -D clippy::incompatible_msrv
    local oldest compiler
    oldest=$(sed -n 's/^rust-version = "\(.*\)".*/\1/p' client/Cargo.toml)
    if compiler=$(old_compiler "$oldest"); then
        RUSTC=$compiler CARGO_TARGET_DIR=target/msrv cargo check -p declapi-test -p stytch-client --all-features
    else
        skip "Rust $oldest cannot be had"
    fi
}

# What is published compiles where CI does not run: without a transport for WebAssembly, and for Windows. The example of
# an edge worker runs as WebAssembly, where Node is.
platforms() (
    local worker=target/platforms/wasm32-unknown-unknown/debug/edge-worker-example.wasm
    export CARGO_TARGET_DIR=target/platforms
    if standard_library wasm32-unknown-unknown panic_abort; then
        cargo build --quiet "${from_source[@]}" --target wasm32-unknown-unknown \
            -p declapi -p edge-worker-example --no-default-features
        if has node; then
            # A panic is a trap there, which is an error of Node's.
            node -e 'WebAssembly.instantiate(fs.readFileSync(process.argv[1]), {})
                .then(({ instance }) => process.exit(instance.exports.main(0, 0)))' "$worker"
        else
            skip 'Node is missing, so that the edge worker did not run'
        fi
    fi
    if has x86_64-w64-mingw32-gcc || debian gcc-mingw-w64-x86-64-win32; then
        if standard_library x86_64-pc-windows-gnu panic_unwind; then
            cargo check --quiet "${from_source[@]}" --target x86_64-pc-windows-gnu \
                -p declapi -p stytch-client -p stytch-emulator -p stytch-migrate
        fi
    else
        skip 'a C compiler for Windows cannot be had'
    fi
)

# Finds the standard library of a target: beside the compiler, or as Debian's sources, with the compiler beside those.
# Building it takes a flag of nightly cargo, and one to two minutes.
standard_library() {
    local sysroot newest
    from_source=()
    sysroot=$(rustc --print sysroot)
    [ ! -d "$sysroot/lib/rustlib/$1/lib" ] || return 0
    newest=$(newest_compiler) || { skip "the standard library of $1 cannot be had"; return 1; }
    from_source=("-Zbuild-std=std,$2")
    export RUSTC=$newest RUSTC_BOOTSTRAP=1
    # Debian has that of rustc in a package of its own.
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$sysroot/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld"
}

# The path of the newest rustc among Debian's packages, with the sources of its standard library.
newest_compiler() {
    local packages=target/std-rustc version
    if [ ! -x "$packages/rustc" ]; then
        {
            has apt-get && apt-get update -qq
            version=$(apt-cache madison rustc-web | awk '{ print $3 }' | sort -V | tail -1 | cut -d. -f1,2)
            [ -n "$version" ] && unpack_compiler "$version" "$packages" rust-web-src
        } >&2 || return 1
    fi
    printf '%s' "$PWD/$packages/rustc"
}

# The path of an old rustc: from rustup, or unpacked from Debian's packages, which keep one for building browsers.
old_compiler() {
    local rustc packages=target/msrv-rustc
    if rustc=$(rustup which rustc --toolchain "$1" 2>/dev/null); then
        printf '%s' "$rustc"
        return
    fi
    if [ ! -x "$packages/rustc" ]; then
        { has apt-get && apt-get update -qq && unpack_compiler "$1" "$packages"; } >&2 || return 1
    fi
    printf '%s' "$PWD/$packages/rustc"
}

# A version, the directory, and further packages of that version.
unpack_compiler() {
    local version package further=("${@:3}")
    version=$(apt-cache madison rustc-web | awk -v oldest="$1." '$3 ~ "^" oldest { print $3; exit }')
    [ -n "$version" ] || return 1
    mkdir -p "$2"
    (
        cd "$2"
        apt-get download -qq "rustc-web=$version" "libstd-rust-web-dev=$version" "libstd-rust-web-$1=$version" \
            "${further[@]/%/=$version}"
        apt-get download -qq "$(apt-cache depends "libstd-rust-web-$1=$version" | sed -n 's/.*Depends: \(libllvm.*\)/\1/p')"
        for package in *.deb; do dpkg -x "$package" .; done
        rm ./*.deb
        printf '#!/bin/sh\nLD_LIBRARY_PATH="%s" exec "%s" "$@"\n' \
            "$PWD/usr/lib/x86_64-linux-gnu" "$PWD/usr/bin/rustc" >rustc
        chmod +x rustc
        ./rustc --version
    )
}

# The oldest versions that the manifests allow still compile. Finding them takes a flag of nightly cargo.
minimal_versions() {
    local copy
    copy=$(mktemp -d)
    git ls-files -z | xargs -0 cp --parents -Pt "$copy"
    (
        cd "$copy"
        # Only what others depend on: a program is built with its own lock file.
        sed -i 's/^members = .*/members = ["macros", "core", "testing", "client"]/' Cargo.toml
        RUSTC_BOOTSTRAP=1 cargo -Z direct-minimal-versions update --quiet
        CARGO_TARGET_DIR="$OLDPWD/target/minimal" cargo check -p declapi-test -p stytch-client --all-features
    )
    rm -rf "$copy"
}

# Licences, sources, and crates that are in the tree twice.
dependencies() {
    has cargo-deny || cargo install cargo-deny --locked --quiet
    cargo deny --log-level error check bans licenses sources
    # Known vulnerabilities come from a database that has to be fetched.
    if cargo deny fetch db >/dev/null 2>&1; then
        cargo deny check --disable-fetch advisories
    else
        skip 'the database of advisories cannot be fetched'
    fi
}

spelling() {
    has typos || python3 -m pip install --quiet typos || { skip 'typos cannot be installed'; return; }
    typos
}

# The published crates, packed and compiled as they would be uploaded. In a directory of a new name each time: cargo
# takes the version of a packed crate that it unpacked or compiled once in a directory for the one of today, as long as
# the version's number is the same, and compiles the client against yesterday's macros.
package() (
    mkdir -p target
    target=$(mktemp -d "$PWD/target/package-XXXXXX")
    trap 'rm -rf "$target"' EXIT
    CARGO_TARGET_DIR=$target cargo package --allow-dirty --quiet -p declapi-macros -p declapi -p declapi-test -p stytch-client -p stytch-emulator -p stytch-migrate
)

# The emulator for those who have no Rust, each form of it installed and used as its users do.
packages() { packages/check.sh; }

# Against the last tag; before the first one there is nothing to compare with.
semver() {
    local tag
    tag=$(git describe --tags --abbrev=0 2>/dev/null) || { skip 'there is no tag yet'; return; }
    has cargo-semver-checks || cargo install cargo-semver-checks --locked --quiet
    cargo semver-checks -p declapi -p declapi-test -p stytch-client -p stytch-emulator --baseline-rev "$tag"
}

step() {
    local started=$SECONDS
    printf '\n== %s\n' "$1"
    "$1"
    printf -- '-- %s: %d s\n' "$1" "$((SECONDS - started))"
}

quick=(format lints tests)
# What fails most often, and fastest, comes first.
all=(format doctests neutral sizes spelling lints docs package packages semver examples features json_features msrv platforms minimal_versions dependencies tests)

case "${1:-quick}" in
    quick) for name in "${quick[@]}"; do step "$name"; done ;;
    all) for name in "${all[@]}"; do step "$name"; done ;;
    -h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" ;;
    *)
        for name in "$@"; do
            [[ " ${all[*]} " == *" $name "* ]] || { printf 'no step %s; there are: %s\n' "$name" "${all[*]}"; exit 2; }
            step "$name"
        done
        ;;
esac
