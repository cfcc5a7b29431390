"""The cost to build a program with one call from nothing."""

import os
import statistics
import subprocess
import tempfile

from measure import cargo

PROGRAMS = [
    "official",
    "ours",
    "ours-b2b",
    "ours-aws-lc",
    "ours-native-tls",
    "ours-no-tls",
    "reqwest-ring",
    "reqwest-aws-lc",
    "reqwest-native-tls",
    "reqwest-no-tls",
]


def run(rounds=1, programs=tuple(PROGRAMS)):
    """{program: {crates, cpu_seconds, stripped_bytes}}; the seconds are the median of the rounds."""
    results, seconds = {}, {}
    for program in programs:
        results[program] = {"crates": crates(program)}
    for _ in range(rounds):
        for program in programs:
            spent, size = build(program)
            seconds.setdefault(program, []).append(spent)
            results[program]["stripped_bytes"] = size
    for program, spent in seconds.items():
        results[program]["cpu_seconds"] = round(statistics.median(spent), 1)
    return results


def crates(program):
    """Returns the number of crates that cargo compiles, including itself and dependencies of build scripts and macros."""
    command = ["cargo", "tree", "--package", f"cold-{program}", "--edges", "normal,build", "--prefix", "none"]
    shown = subprocess.run(command, cwd=cargo.HERE, capture_output=True, text=True, check=True).stdout
    return len({line.removesuffix(" (*)") for line in shown.splitlines() if line})


def build(program):
    """Builds into an empty directory; returns user + system seconds, C compilers included, and the size."""
    with tempfile.TemporaryDirectory(prefix="cold-", dir=cargo.target_directory()) as target:
        command = ["cargo", "build", "--release", "--quiet", "--package", f"cold-{program}"]
        command += ["--target-dir", target, "--config", "profile.release.strip=true"]
        process = subprocess.Popen(command, cwd=cargo.HERE)
        _, status, usage = os.wait4(process.pid, 0)
        if status:
            raise RuntimeError(" ".join(command))
        size = os.path.getsize(os.path.join(target, "release", f"cold-{program}"))
    return usage.ru_utime + usage.ru_stime, size
