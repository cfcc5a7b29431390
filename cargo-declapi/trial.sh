#!/bin/sh
# Writes declarations from a document and checks them: the format with rustfmt, at most 100 columns, compiled under
# `deny(missing_docs)`, compared with the document by declapi-check, and a comment names each missing part.
#
#   cargo-declapi/trial.sh DOCUMENT [ARGUMENTS OF `cargo declapi new`]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
document=$(realpath "$1")
shift

into=$root/target/written
rm -rf "$into/src"
mkdir -p "$into/src"
sed "s#DECLAPI#$root#" "$here/trial/Cargo.toml" >"$into/Cargo.toml"
cp "$here/trial/src/lib.rs" "$into/src/lib.rs"
# The tested versions of dependencies and the compiler.
cp "$root/Cargo.lock" "$root/rust-toolchain.toml" "$into"
# rustfmt with its defaults instead of the settings of this repository.
echo 'edition = "2024"' >"$into/rustfmt.toml"

cargo run --quiet --manifest-path "$root/Cargo.toml" -p cargo-declapi -- \
    declapi new "$document" "$@" --out "$into/src/api.rs"
if LC_ALL=C.UTF-8 grep -nE '^.{101,}' "$into/src/api.rs"; then
    echo 'these lines are longer than 100 columns' >&2
    exit 1
fi
cd "$into"
rustfmt --check src/lib.rs
DOCUMENT=$document CARGO_TARGET_DIR=$root/target/written/target cargo test --quiet --lib
