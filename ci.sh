#!/usr/bin/env bash
# All checks of a change. CI calls `./ci.sh all`. While you edit, `./ci.sh quick` is enough.
#
#   ./ci.sh quick   format, lints, tests: 3 minutes on two cores if all dependencies are built, 10 from nothing
#   ./ci.sh all     every step: about 30 minutes from nothing
#   ./ci.sh STEP…   only these steps; each is a function below, and prints how long it took
#
# Seconds on two busy cores, including the first build of dependencies: format, doctests, neutral, sizes, spelling,
# prose and semver 1 each, lints 230, docs 235, package 180, packages 240, examples 135, features 410, json_features 180, msrv 75, platforms 870,
# minimal_versions 40, dependencies 1 (and five minutes for its tool), written 170, tests 360. After a small change: lints 18, tests 136.
#
# A step installs the tool it needs if it is missing (cargo install, pip; as root on Debian also apt-get). If that is not
# possible, the step is skipped with a message. With `CI=true`, the tests skip nothing. Files that only one step needs are
# in `target/STEP`; with `CI=true`, they are deleted after it.
set -euo pipefail
cd "$(dirname "$0")"
# CI compiles only once, so the files for incremental builds and debuggers would only fill the disk.
[ "${CI:-}" != true ] || export CARGO_INCREMENTAL=0 CARGO_PROFILE_DEV_DEBUG=none

has() { command -v "$1" >/dev/null 2>&1; }
skip() { printf 'skipped: %s\n' "$*"; }

# Installs Debian packages, if this is Debian and we are root.
debian() { has apt-get && [ "$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq "$@" >/dev/null; }

format() { cargo fmt --all --check; }

lints() { cargo clippy --workspace --all-targets -- -D warnings; }

# In CI, no test is skipped. This installs the browser for the login example and the emulator's page. The tests install the
# SDKs of the conformance tour (pip, npm), the libraries that make exports for the migration (pip), and the mock server of
# GitHub (npm).
tests() {
    if [ "${CI:-}" = true ] && ! { has chromium && has chromedriver; }; then
        debian chromium chromium-driver || true
    fi
    cargo test --workspace
}

# Like docs.rs, with the required feature next to each item. This needs a flag of nightly compilers.
docs() {
    RUSTC_BOOTSTRAP=1 RUSTDOCFLAGS='-D warnings --cfg docsrs' CARGO_TARGET_DIR=target/docs \
        cargo doc --no-deps --all-features -p declapi -p declapi-macros -p declapi-test -p declapi-check -p cargo-declapi -p stytch-client -p stytch-emulator -p stytch-migrate
}

# Runs every example with the emulator inside it. None needs an account or a network. The login example is a server, and
# has separate tests.
examples() {
    local example
    for example in $(sed -n '/^\[\[example\]\]/,/^name/s/^name = "\(.*\)"/\1/p' examples/Cargo.toml); do
        case $example in login) continue ;; esac
        cargo run --quiet -p stytch-client-examples --example "$example" >/dev/null
        printf '%s ran\n' "$example"
    done
}

# An ignored doctest is not checked, so there must not be any.
doctests() {
    ! git grep -nE '^[[:space:]]*(//[/!])?[[:space:]]*```(rust,)?ignore' -- '*.rs' '*.md'
}

# The runtime and its macros are for any API. Their code, tests and docs must not mention a particular one.
neutral() {
    ! git grep -niE 'stytch|project[ _-]id|\bjwts?\b|/v1/passwords' -- core macros testing check cargo-declapi
}

# A file holds one idea. Above 350 lines it has to give the reason. clippy.toml limits functions.
sizes() {
    local long
    long=$(git ls-files '*.rs' | grep -vE '^tests/ui/|/snapshots/' | xargs wc -l | awk '$2 != "total" && $1 > 350 { print $2 }')
    [ -z "$long" ] || long=$(xargs grep -L '^//! Over 350 lines: ' <<<"$long" || true)
    [ -z "$long" ] || { printf 'over 350 lines: split it, or say why in a line `//! Over 350 lines: …`\n%s\n' "$long"; return 1; }
}

# Checks each pair of features for warnings.
features() {
    has cargo-hack || cargo install cargo-hack --locked --quiet
    # For the feature `native-tls`.
    pkg-config --exists openssl 2>/dev/null || debian pkg-config libssl-dev || true
    local choice
    export CARGO_TARGET_DIR=target/features
    cargo hack clippy -p declapi --feature-powerset --depth 2 --exclude-features default --all-targets -- -D warnings
    # The client's only own feature is the local check of session tokens.
    cargo hack clippy -p stytch-client --each-feature --all-targets -- -D warnings
    cargo hack clippy -p declapi-test --each-feature -- -D warnings
    # Tests and doc examples about TLS differ between its providers. Without cryptography, no client for the network can
    # be built.
    for choice in '' rustls; do
        cargo test --quiet -p declapi -p stytch-client --no-default-features --features "$choice" --lib
        cargo test --quiet -p declapi -p stytch-client --no-default-features --features "$choice" --doc
    done
    for choice in ring,gzip,http2,tracing,stytch-client/b2b aws-lc native-tls,stytch-client/b2b; do
        cargo test --quiet -p declapi -p stytch-client --no-default-features --features "$choice"
    done
    # Requests from arguments, descriptions, and the code that the features add to expansions.
    cargo test --quiet -p declapi-macros -p declapi --features arguments
    cargo test --quiet -p declapi-macros -p declapi --features describe
    cargo test --quiet -p stytch-client-hygiene --features declapi/describe
    unset CARGO_TARGET_DIR
}

# serde_json's features apply to a whole program, and change numbers and maps for every crate in it.
json_features() {
    local suite=(canaries catalogue declarations drift faults_errors faults_shapes jwt life metadata wire)
    cargo test --quiet -p stytch-client -p stytch-client-tests --features stytch-client-tests/serde_json_features \
        --lib $(printf -- ' --test %s' "${suite[@]}")
}

# Compiles with the oldest supported compiler. A lint checks the version of each crate.
msrv() {
    cargo clippy -p declapi-macros -p declapi -p declapi-test -p declapi-check -p cargo-declapi -p stytch-client -p stytch-emulator -p stytch-migrate -- -D clippy::incompatible_msrv
    local oldest compiler
    oldest=$(sed -n 's/^rust-version = "\(.*\)".*/\1/p' client/Cargo.toml)
    if compiler=$(old_compiler "$oldest"); then
        RUSTC=$compiler CARGO_TARGET_DIR=target/msrv cargo check -p declapi-test -p stytch-client --all-features
    else
        skip "Rust $oldest is not available"
    fi
}

# Compiles the published crates for other platforms: for WebAssembly without a transport, and for Windows. Runs the example
# of an edge worker as WebAssembly, if Node is installed.
platforms() (
    local worker=target/platforms/wasm32-unknown-unknown/debug/edge-worker-example.wasm
    export CARGO_TARGET_DIR=target/platforms
    if standard_library wasm32-unknown-unknown panic_abort; then
        cargo build --quiet "${from_source[@]}" --target wasm32-unknown-unknown \
            -p declapi -p edge-worker-example --no-default-features
        if has node; then
            # In WebAssembly, a panic is a trap, which Node reports as an error.
            node -e 'WebAssembly.instantiate(fs.readFileSync(process.argv[1]), {})
                .then(({ instance }) => process.exit(instance.exports.main(0, 0)))' "$worker"
        else
            skip 'Node is missing, so the edge worker did not run'
        fi
    fi
    if has x86_64-w64-mingw32-gcc || debian gcc-mingw-w64-x86-64-win32; then
        if standard_library x86_64-pc-windows-gnu panic_unwind; then
            cargo check --quiet "${from_source[@]}" --target x86_64-pc-windows-gnu \
                -p declapi -p cargo-declapi -p stytch-client -p stytch-emulator -p stytch-migrate
        fi
    else
        skip 'a C compiler for Windows is not available'
    fi
)

# Finds the standard library of a target: next to the compiler, or as sources in Debian's packages, with their compiler.
# To build it needs a flag of nightly cargo, and takes one to two minutes.
standard_library() {
    local sysroot newest
    from_source=()
    sysroot=$(rustc --print sysroot)
    [ ! -d "$sysroot/lib/rustlib/$1/lib" ] || return 0
    newest=$(newest_compiler) || { skip "the standard library of $1 is not available"; return 1; }
    from_source=("-Zbuild-std=std,$2")
    export RUSTC=$newest RUSTC_BOOTSTRAP=1
    # Debian has rustc's linker in a separate package.
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$sysroot/lib/rustlib/x86_64-unknown-linux-gnu/bin/rust-lld"
}

# Prints the path of the newest rustc in Debian's packages, with the sources of its standard library.
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

# Prints the path of an old rustc: from rustup, or unpacked from Debian's packages, which have one for building browsers.
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

# Arguments: a version, the directory, and further packages of that version.
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

# Compiles with the oldest versions that the manifests allow. To find them needs a flag of nightly cargo.
minimal_versions() {
    local copy
    copy=$(mktemp -d)
    git ls-files -z | xargs -0 cp --parents -Pt "$copy"
    (
        cd "$copy"
        # Only libraries: a program is built with its own lock file.
        sed -i 's/^members = .*/members = ["macros", "core", "testing", "check", "client"]/' Cargo.toml
        RUSTC_BOOTSTRAP=1 cargo -Z direct-minimal-versions update --quiet
        CARGO_TARGET_DIR="$OLDPWD/target/minimal_versions" cargo check -p declapi-test -p declapi-check -p stytch-client --all-features
    )
    rm -rf "$copy"
}

# Checks licences, sources, and duplicate crates.
dependencies() {
    has cargo-deny || cargo install cargo-deny --locked --quiet
    cargo deny --log-level error check bans licenses sources
    # Known vulnerabilities are in a database that has to be downloaded.
    if cargo deny fetch db >/dev/null 2>&1; then
        cargo deny check --disable-fetch advisories
    else
        skip 'the database of advisories is not available'
    fi
}

# Lists words that have a more usual word in this project, in all text that people read.
prose() { python3 prose/check.py; }

spelling() {
    has typos || python3 -m pip install --quiet typos || { skip 'typos cannot be installed'; return; }
    typos
}

# Writes declarations from public documents, compiles them, and compares them with the documents. npm has the documents.
written() {
    has npm || { skip 'npm is missing'; return; }
    local github others=target/written/documents
    github=$(tests/github/install.sh)/node_modules/@octokit/openapi/generated/api.github.com.json
    npm install --silent --no-save --ignore-scripts --prefix "$others" @directus/specs@15.2.0 @blockfrost/openapi@0.1.93
    cargo-declapi/trial.sh "$github" --name Github --tag repos --tag issues --tag pulls
    cargo-declapi/trial.sh "$others/node_modules/@directus/specs/dist/openapi.json"
    cargo-declapi/trial.sh "$others/node_modules/@blockfrost/openapi/openapi.yaml"
}

# Packs and compiles the published crates as they would be uploaded. The directory has a new name each time. In the same
# directory, cargo would reuse a crate that it packed before with the same version number, and compile the client with old
# macros.
package() (
    mkdir -p target
    target=$(mktemp -d "$PWD/target/package-XXXXXX")
    trap 'rm -rf "$target"' EXIT
    CARGO_TARGET_DIR=$target cargo package --allow-dirty --quiet -p declapi-macros -p declapi -p declapi-test -p declapi-check -p cargo-declapi -p stytch-client -p stytch-emulator -p stytch-migrate
)

# Installs and uses each package of the emulator as its users do.
packages() { packages/check.sh; }

# Compares the public API with the last tag, if there is one.
semver() {
    local tag
    tag=$(git describe --tags --abbrev=0 2>/dev/null) || { skip 'there is no tag yet'; return; }
    has cargo-semver-checks || cargo install cargo-semver-checks --locked --quiet
    cargo semver-checks -p declapi -p declapi-test -p declapi-check -p stytch-client -p stytch-emulator --baseline-rev "$tag"
}

step() {
    local started=$SECONDS
    printf '\n== %s\n' "$1"
    "$1"
    [ "${CI:-}" != true ] || rm -rf "target/$1"
    printf -- '-- %s: %d s\n' "$1" "$((SECONDS - started))"
}

quick=(format lints tests)
# Steps that fail often and fast come first.
all=(format doctests neutral sizes spelling prose lints docs package packages semver examples features json_features msrv platforms minimal_versions dependencies written tests)

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
