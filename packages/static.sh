#!/usr/bin/env bash
# Builds the emulator as one static binary, which runs on any Linux of this architecture, in an empty container too:
#
#   packages/static.sh [FILE]     the binary becomes FILE, target/stytch-emulator by default
#   packages/static.sh --flags    prints the flags of rustc, for other builds of the same binary
#
# The Dockerfile, the wheel, the npm package, the release archives and CI all use this script.
set -euo pipefail
cd "$(dirname "$0")/.."
host=$(rustc -vV | sed -n 's/^host: //p')
flags='-C strip=symbols' suffix=''
case $host in
    *-linux-gnu) flags+=' -C target-feature=+crt-static -C relocation-model=static' ;;
    *-windows-*) flags+=' -C target-feature=+crt-static' suffix=.exe ;;
esac
if [ "${1:-}" = --flags ]; then
    printf '%s\n' "$flags"
    exit
fi
file=${1:-target/stytch-emulator}
export RUSTFLAGS=$flags CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target/packages}
# With an explicit target, the flags do not apply to build scripts and macros, which have to be dynamic.
cargo build --release --locked -p stytch-emulator --bin stytch-emulator --target "$host"
mkdir -p "$(dirname "$file")"
cp "$CARGO_TARGET_DIR/$host/release/stytch-emulator$suffix" "$file"
