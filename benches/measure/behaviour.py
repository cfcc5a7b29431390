"""The behaviour of each contender on the same server, and the compile errors of declarations with mistakes."""

import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

from measure import cargo

PROGRAMS = ["ours", "official", "rustify", "progenitor", "bon"]
# If a program without a required field compiles, the program itself reports what happens.
FORGOTTEN = ["ours", "bon"]
# The official crate has no declarations, and so no mistakes in them.
MISTAKES = ["ours", "rustify", "progenitor", "bon"]
# progenitor's mistakes are in a JSON file, which cannot have comments that mark them.
IN_JSON = {"progenitor": 4}


def run():
    """{program: {question: result}}"""
    built = {program: cargo.program(f"behaviour-{program}", profile="dev") for program in PROGRAMS}
    # The programs spend most of their time waiting for a silent server.
    with ThreadPoolExecutor() as pool:
        results = dict(zip(built, pool.map(observed, built.values())))
    for program in FORGOTTEN:
        results[program]["Forgotten"] = forgotten(program)
    for program in MISTAKES:
        results[program]["Mistakes"] = mistakes(program)
    return results


def observed(program):
    """Runs a program; returns {question: result}."""
    shown = subprocess.run([program], capture_output=True, text=True, check=True).stdout
    return dict(line.split("\t", 1) for line in shown.splitlines())


def forgotten(program):
    at_the_call = [error for error in errors(program, "forgotten") if error["lines"] & marked(program, "forgotten")]
    return f"does not compile: {at_the_call[0]['message']}" if at_the_call else "compiles"


def mistakes(program):
    """Returns how many of the mistakes in a declaration the first attempt to compile it reports."""
    found = errors(program, "mistakes")
    if total := IN_JSON.get(program):
        return f"{len(found)} of {total}"
    planted = marked(program, "mistakes")
    told = {line for error in found for line in error["lines"] & planted}
    return f"{len(told)} of {len(planted)}"


def marked(program, example):
    """Returns the lines that end with `// mistake`."""
    with open(os.path.join(cargo.HERE, "behaviour", program, "faulty", f"{example}.rs")) as source:
        return {number for number, line in enumerate(source, 1) if line.rstrip().endswith("// mistake")}


def errors(program, example):
    """Returns the errors of the compiler, each with the lines of the example that it points at."""
    command = ["cargo", "check", "--quiet", "--message-format=json", "-p", f"behaviour-{program}"]
    command += ["--features", "faulty", "--example", f"{program}-{example}"]
    shown = subprocess.run(command, cwd=cargo.HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    diagnostics = [json.loads(line).get("message") for line in shown.stdout.splitlines()]
    return [
        {"message": diagnostic["message"], "lines": lines(diagnostic["spans"])}
        for diagnostic in diagnostics
        # The last one only says that there were others.
        if isinstance(diagnostic, dict) and diagnostic["level"] == "error" and diagnostic["spans"]
    ]


def lines(spans):
    return {
        line
        for span in spans
        # An error that points at the whole declaration does not locate a mistake.
        if span["is_primary"] and span["line_start"] == span["line_end"]
        for line in [span["line_start"]]
    }
