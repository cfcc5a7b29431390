"""The cost to compile a declaration."""

import os
import re
import shlex
import statistics
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

from measure import cargo, generate

SIZES = [50, 200, 800]
ROUNDS = 1
# Instructions are counted between these two sizes, so that the cost of an empty crate cancels out.
COUNTED = [40, 80]
ROOT = os.path.join(cargo.HERE, "compile", "generated")
# The generated crates are a separate workspace, and share the builds of the other measurements.
ENVIRONMENT = {**os.environ, "CARGO_TARGET_DIR": cargo.target_directory()}


def run(contenders, sizes=SIZES, rounds=ROUNDS):
    """CPU seconds: {contender: {size: {check, build, user, endpoint, memory}}}, each the median of the rounds.

    The rounds go through all contenders in turn, so that a busy minute of the machine spoils one sample of each
    and not all of one.
    """
    prepare(contenders, sizes)
    samples = {}
    for _ in range(rounds):
        for size in sizes:
            for contender in contenders:
                for what, seconds in once(contender, size).items():
                    samples.setdefault((contender, size, what), []).append(seconds)
    results = {}
    for (contender, size, what), measured in samples.items():
        results.setdefault(contender, {}).setdefault(size, {})[what] = round(statistics.median(measured), 3)
    return results


def paired(rounds, size=SIZES[-1]):
    """CPU seconds of the plain struct and ours, in turn: {what: [[plain, ours], …]}.

    Other load of the machine affects both in a round, so only their ratio in each round is meaningful.
    """
    contenders = ("plain", "ours")
    prepare(contenders, [size])
    pairs = {"check": [], "build": [], "user": [], "endpoint": []}
    for number in range(rounds):
        # The second one finds warm caches.
        in_turn = contenders if number % 2 == 0 else contenders[::-1]
        measured = {each: once(each, size) for each in in_turn}
        for what, seconds in pairs.items():
            seconds.append([round(measured[each][what], 3) for each in contenders])
    return pairs


def prepare(contenders, sizes):
    """Writes the crates, and builds their dependencies."""
    generate.workspace(ROOT)
    for contender in contenders:
        # A small crate is enough to have the dependencies of all built.
        for size in (COUNTED[0], *sizes):
            generate.crate(ROOT, contender, size)
    for contender in contenders:
        for command in ("check", "build"):
            timed(ROOT, [command, "--lib", "--package", generate.package(contender, COUNTED[0])], incremental=False)


def once(contender, size):
    """CPU seconds of a check and a build, and of incremental checks: after a change of the user's program (`user`), and
    after a change of one endpoint (`endpoint`)."""
    package = generate.package(contender, size)
    source = os.path.join(ROOT, package, "src")
    measured = {}
    for command in ("check", "build"):
        os.utime(os.path.join(source, "lib.rs"))
        arguments = [command, "--lib", "--package", package]
        measured[command], measured[f"{command}_mib"] = timed(ROOT, arguments, incremental=False)
    # The library is built first, so that only the user's program has changed.
    timed(ROOT, ["check", "--package", package], incremental=True)
    os.utime(os.path.join(source, "main.rs"))
    measured["user"], _ = timed(ROOT, ["check", "--package", package], incremental=True)
    change_path(os.path.join(source, "g0.rs"))
    measured["endpoint"], _ = timed(ROOT, ["check", "--package", package], incremental=True)
    return measured


def change_path(endpoints):
    """Changes the path of the first endpoint, and back the next time."""
    with open(endpoints, encoding="utf-8") as file:
        text = file.read()
    with open(endpoints, "w", encoding="utf-8") as file:
        file.write(text.replace("/op0a", "/op0", 1) if "/op0a" in text else text.replace("/op0", "/op0a", 1))


def timed(root, command, incremental):
    """Runs cargo; returns user + system seconds of it and what it started, and the largest process in MiB."""
    environment = {**ENVIRONMENT, "CARGO_INCREMENTAL": "1" if incremental else "0"}
    arguments = ["cargo", *command, "--quiet"]
    process = subprocess.Popen(arguments, cwd=root, env=environment, stderr=subprocess.PIPE, text=True)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"{' '.join(arguments)}: {errors}")
    return usage.ru_utime + usage.ru_stime, round(usage.ru_maxrss / 1024)


def instructions(contenders, commands=("check", "build")):
    """Instructions of rustc for one endpoint, in user mode: {contender: {check, build}}."""
    generate.workspace(ROOT)
    for contender in contenders:
        for size in COUNTED:
            generate.crate(ROOT, contender, size)

    def measure(contender):
        results = {}
        for command in commands:
            few, many = (rustc_instructions(contender, size, command) for size in COUNTED)
            results[command] = round((many - few) / (COUNTED[1] - COUNTED[0]))
        return results

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(contenders, pool.map(measure, contenders)))


def rustc_instructions(contender, size, command):
    package = generate.package(contender, size)
    environment = {**ENVIRONMENT, "CARGO_INCREMENTAL": "0"}
    arguments = ["cargo", command, "--lib", "--verbose", "--package", package]
    subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, check=True)
    os.utime(os.path.join(ROOT, package, "src", "lib.rs"))
    shown = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    rustc = re.findall(r"Running `(.*)`", shown.stderr)[-1]
    with tempfile.TemporaryDirectory() as out:
        rustc = re.sub(r"--out-dir \S+", f"--out-dir {out}", rustc)
        # One codegen unit, because the work of several differs from run to run.
        valgrind = f"valgrind --tool=callgrind --callgrind-out-file=/dev/null {rustc} -Ccodegen-units=1"
        environment |= {"CARGO_CRATE_NAME": package.replace("-", "_"), "CARGO_PKG_NAME": package}
        environment["CARGO_MANIFEST_DIR"] = os.path.join(ROOT, package)
        done = subprocess.run(shlex.split(valgrind), cwd=ROOT, env=environment, capture_output=True, text=True)
    collected = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not collected:
        raise RuntimeError(f"{valgrind}: {done.stderr}")
    return int(collected[1])


def expanded(contenders, size=COUNTED[0]):
    """Bytes of source for one endpoint after expansion, as rustc prints it: {contender: bytes}."""
    generate.workspace(ROOT)
    results = {}
    for contender in contenders:
        sizes = [expanded_bytes(contender, count) for count in (size, 2 * size)]
        results[contender] = round((sizes[1] - sizes[0]) / size)
    return results


def expanded_bytes(contender, size):
    generate.crate(ROOT, contender, size)
    command = ["cargo", "rustc", "--quiet", "--profile=check", "--lib", "--package", generate.package(contender, size)]
    command += ["--", "-Zunpretty=expanded"]
    # The pinned compiler prints it too with the flags of nightly enabled.
    environment = {**ENVIRONMENT, "RUSTC_BOOTSTRAP": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return len(done.stdout)
