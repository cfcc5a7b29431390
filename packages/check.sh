#!/usr/bin/env bash
# Builds the emulator for users without Rust, and uses each form of it as its users do:
#
#   packages/check.sh          all of them: the static binary, the image, the wheel, the npm package
#   packages/check.sh STEP…    these alone: binary, image, wheel, npm
#
# A step whose tool is missing on this machine is skipped with a message.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target/packages}
# Python leaves no files in the source folders.
export PYTHONDONTWRITEBYTECODE=1
binary=$PWD/target/stytch-emulator
host=$(rustc -vV | sed -n 's/^host: //p')
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

has() { command -v "$1" >/dev/null 2>&1; }
skip() { printf 'skipped: %s\n' "$*"; }

# The program needs no library, no shell, and no file except the random numbers of the system. So it starts in an empty
# root, as in the image, and stops with its input.
binary() {
    [ -z "${built:-}" ] || return 0
    packages/static.sh "$binary"
    built=yes
    case $host in *-linux-*) ;; *) return ;; esac
    ! ldd "$binary" >/dev/null 2>&1 || { printf '%s needs libraries\n' "$binary"; return 1; }
    mkdir -p "$folder/root/dev"
    mknod "$folder/root/dev/urandom" c 1 9 2>/dev/null && mknod "$folder/root/dev/random" c 1 8 ||
        { skip 'only root can try the binary in an empty root'; return; }
    cp "$binary" "$folder/root/"
    chroot "$folder/root" /stytch-emulator --port 0 --until-stdin-ends </dev/null | grep -q '^STYTCH_BASE_URL=http://127'
    printf 'the binary runs in an empty root: %s bytes\n' "$(stat -c %s "$binary")"
}

image() {
    has docker && docker info >/dev/null 2>&1 || { skip 'Docker is not running; the steps of the Dockerfile are those of packages/static.sh'; return; }
    docker build --quiet -f packages/Dockerfile -t stytch-emulator:check .
    docker run --rm -i stytch-emulator:check --port 0 --until-stdin-ends </dev/null | grep '^STYTCH_BASE_URL='
}

wheel() {
    has python3 && python3 -m venv "$folder/venv" 2>/dev/null || { skip 'there is no python3 with venv'; return; }
    local python=$folder/venv/bin/python
    "$python" -m pip install --quiet 'maturin>=1.9,<2' pytest || { skip 'maturin and pytest cannot be installed'; return; }
    # With the flags of packages/static.sh, cargo does not build again.
    binary
    (
        RUSTFLAGS=$(packages/static.sh --flags)
        export RUSTFLAGS
        cd packages/python
        "$folder/venv/bin/maturin" build --quiet --release --locked --target "$host" --out "$folder/wheels"
    )
    "$python" -m pip install --quiet "$folder"/wheels/*.whl
    (cd "$folder" && PATH=$folder/venv/bin:$PATH "$python" -m pytest -q -p no:cacheprovider "$OLDPWD/packages/python/tests")
}

npm() {
    has npm || { skip 'there is no npm'; return; }
    local version
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | sed q)
    grep -q "\"version\": \"$version\"" packages/npm/package.json || { printf 'packages/npm/package.json is not of version %s\n' "$version"; return 1; }
    binary
    cp -r packages/npm "$folder/npm"
    mkdir -p "$folder/npm/binaries/$(node -p 'process.platform + "-" + process.arch')" "$folder/project"
    cp "$binary" "$folder/npm/binaries/$(node -p 'process.platform + "-" + process.arch')/"
    (cd "$folder/npm" && command npm pack --silent --pack-destination "$folder" >/dev/null)
    cp -r packages/npm/test "$folder/project/"
    cd "$folder/project"
    printf '{ "type": "module", "private": true }\n' >package.json
    command npm install --silent --no-audit --no-fund "$folder"/stytch-emulator-*.tgz
    npx --no-install stytch-emulator --version
    node --test test/node.test.js
    if command npm install --silent --no-audit --no-fund --save-dev vitest; then
        npx --no-install vitest run test/vitest.test.js
    else
        skip 'vitest cannot be installed'
    fi
    cd - >/dev/null
}

[ $# -gt 0 ] || set -- binary image wheel npm
for step in "$@"; do
    case $step in binary | image | wheel | npm) "$step" ;; *) printf 'no step %s\n' "$step"; exit 2 ;; esac
done
