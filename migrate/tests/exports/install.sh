#!/bin/sh
# Installs the libraries that make the exports, at pinned versions, outside the repository, and prints the path of the
# Python that has them.
#
# Ends with 3 and a reason on standard error when the machine lacks Python or its venv, and with 1 when an installation
# fails.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

lacking() { echo "$1" >&2; exit 3; }
command -v python3 >/dev/null || lacking "there is no python3"
python3 -m venv --help >/dev/null 2>&1 || lacking "this python3 has no venv"

mark=$(cksum <"$here/requirements.txt" | cut -d ' ' -f 1)
into=${XDG_CACHE_HOME:-$HOME/.cache}/stytch-migrate-exports/$mark

if [ ! -e "$into/complete" ]; then
    mkdir -p "$into"
    python3 -m venv "$into/python" >&2
    "$into/python/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt" >&2
    : >"$into/complete"
fi
echo "$into/python/bin/python"
