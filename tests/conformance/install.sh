#!/bin/sh
# Installs the official SDKs for the tour at pinned versions outside the repository, and prints the directory.
#
# The directory is $STYTCH_CONFORMANCE_DIR, or one below the user's cache that is named for the pins. Ends with 3 and a
# message on standard error when the machine lacks Python or Node, and with 1 when an installation fails.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
pins="$here/requirements.txt $here/package.json $here/official/Cargo.lock"

lacking() { echo "$1" >&2; exit 3; }
command -v python3 >/dev/null || lacking "there is no python3"
python3 -m venv --help >/dev/null 2>&1 || lacking "this python3 has no venv"
command -v node >/dev/null || lacking "there is no node"
command -v npm >/dev/null || lacking "there is no npm"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' || lacking "node is older than 18"

# shellcheck disable=SC2086 # file names without blanks in their last part
mark=$(cat $pins | cksum | cut -d ' ' -f 1)
into=${STYTCH_CONFORMANCE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/stytch-emulator-conformance/$mark}

if [ ! -e "$into/complete-$mark" ]; then
    mkdir -p "$into"
    python3 -m venv "$into/python" >&2
    "$into/python/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt" >&2
    cp "$here/package.json" "$into/package.json"
    (cd "$into" && npm install --no-audit --no-fund --loglevel=error) >&2
    cargo build --quiet --locked --manifest-path "$here/official/Cargo.toml" --target-dir "$into/official" >&2
    : > "$into/complete-$mark"
fi
echo "$into"
