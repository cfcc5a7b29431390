#!/usr/bin/env python3
"""Lists words in prose that have a more usual word in this project, and in Markdown wide code and broken links.

usage: prose/check.py [--counts] [PATH…]

Prose is Markdown, comments, string literals, the names of items and of files. `words` has the patterns and what to
write instead. `allowed` has the exceptions, each with its reason; one that no line needs any more is an error.
"""

import collections
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent
KINDS = {".rs", ".md", ".toml", ".py", ".sh", ".js", ".mjs", ".ts", ".html", ".css", ".yml", ""}
# Written by programs, by lawyers, or in the words of a vendor.
SKIPPED = re.compile(r"^prose/|/snapshots/|^tests/data/|LICENSE|\.lock$|^\.gitignore$")
# docs.rs and GitHub show about as many characters of a line of code without a scroll bar.
CODE_WIDTH = 90

# Rust's comments, its strings, its characters (so that '"' starts no string), and the names that items get.
RUST = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | b?r(?P<hashes>\#*)"(?P<raw>.*?)"(?P=hashes)
      | b?"(?P<string>(?:\\.|[^"\\])*)"
      | b?'(?:\\.[^']*|[^'\\])'
      | \b(?:fn|mod|struct|enum|trait|type|const|static)\s+(?:r\#)?(?P<name>[A-Za-z]\w*)""",
    re.VERBOSE | re.DOTALL,
)


def words_of(name):
    """An identifier as the words that it is made of."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").lower()


def prose(path, source):
    """Every line number with prose on it, and the prose."""
    if path.suffix != ".rs":
        yield from enumerate(source.splitlines(), 1)
        return
    for token in RUST.finditer(source):
        if token["name"]:
            text = words_of(token["name"])
        else:
            text = next((token[kind] for kind in ("comment", "raw", "string") if token[kind]), "")
        first = source.count("\n", 0, token.start()) + 1
        for offset, line in enumerate(text.split("\n")):
            yield first + offset, line


def wide_code(source):
    """The lines of fenced code that are too wide."""
    fenced = False
    for number, line in enumerate(source.splitlines(), 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif fenced and len(line) > CODE_WIDTH:
            yield number, len(line)


def broken_links(path, source):
    """The relative links to files that do not exist. Links to items of Rust are rustdoc's business."""
    for number, line in enumerate(source.splitlines(), 1):
        for target in re.findall(r"\]\(([^):#]+(?:/|\.\w+))(?:#[^)]*)?\)", line):
            if not (ROOT / path).parent.joinpath(target).exists():
                yield number, target


def table(name, columns):
    """The lines of a file whose columns are separated by `  |  `, without comments and empty lines."""
    for line in (HERE / name).read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("  |  ")]
            assert len(cells) == columns, f"prose/{name}: {columns} columns, please: {line}"
            yield cells


def main(arguments):
    counts = "--counts" in arguments
    chosen = [argument for argument in arguments if argument != "--counts"]
    words = [(re.compile(pattern), instead) for pattern, instead in table("words", 2)]
    allowed = [(re.compile(path), re.compile(text), reason) for path, text, reason in table("allowed", 3)]
    used = set()
    found = collections.Counter()

    def report(path, number, text, fault):
        for index, (where, what, _) in enumerate(allowed):
            if where.search(path) and what.search(text):
                used.add(index)
                return
        found[path.split("/")[0]] += 1
        if not counts:
            print(f"{path}:{number}: {fault}")

    listed = subprocess.run(["git", "ls-files", "-z", *chosen], cwd=ROOT, check=True, capture_output=True, text=True)
    for path in filter(None, listed.stdout.split("\0")):
        if SKIPPED.search(path) or pathlib.PurePath(path).suffix not in KINDS:
            continue
        source = (ROOT / path).read_text()
        lines = source.splitlines()
        texts = [(0, words_of(path)), *prose(pathlib.PurePath(path), source)]
        for number, text in texts:
            # A name in backticks is checked where it is declared.
            text = re.sub(r"`[^`]*`", "``", text)
            for pattern, instead in words:
                for match in pattern.finditer(text):
                    line = lines[number - 1] if number else path
                    report(path, number, line, f"“{match[0].strip()}”: write {instead}")
        if path.endswith(".md"):
            for number, width in wide_code(source):
                report(path, number, lines[number - 1], f"{width} columns of code: at most {CODE_WIDTH}")
            for number, target in broken_links(path, source):
                report(path, number, lines[number - 1], f"there is no {target}")
    if not chosen:
        for index, (where, what, reason) in enumerate(allowed):
            if index not in used:
                found["prose"] += 1
                print(f"prose/allowed: no line needs this exception: {where.pattern}  |  {what.pattern}  |  {reason}")
    if counts:
        for folder, number in sorted(found.items()):
            print(f"{number:5} {folder}")
    if found:
        print(f"{found.total()} to rewrite: `prose/words` says how; an exception goes into `prose/allowed` with its reason")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
