#!/bin/sh
# Installs the mock server and GitHub's OpenAPI description at pinned versions, outside the repository, and prints the directory.
#
# The directory is $GITHUB_MOCK_DIR, or one below the user's cache that is named for the pins. Ends with 3 and a message
# on standard error when the machine lacks Node or npm, and with 1 when the installation fails.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

lacking() { echo "$1" >&2; exit 3; }
command -v node >/dev/null || lacking "there is no node"
command -v npm >/dev/null || lacking "there is no npm"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' || lacking "node is older than 18"

mark=$(cksum <"$here/package.json" | cut -d ' ' -f 1)
into=${GITHUB_MOCK_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/declapi-github-mock/$mark}

if [ ! -e "$into/complete-$mark" ]; then
    mkdir -p "$into"
    cp "$here/package.json" "$into/package.json"
    (cd "$into" && npm install --no-audit --no-fund --ignore-scripts --loglevel=error) >&2
    # The package also has each version of GitHub Enterprise, 380 MB that are not needed.
    find "$into/node_modules/@octokit/openapi/generated" -name '*.json' ! -name api.github.com.json -delete
    : > "$into/complete-$mark"
fi
echo "$into"
