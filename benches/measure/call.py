"""The cost of a call on the client: instructions, allocations, bytes."""

import json
import os
import re
import statistics
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from measure import cargo

PACKAGES = ["server", "official", "ours", "reqwest-by-hand", "hyper-by-hand", "rustify-peer"]
RATED = ["official", "ours", "reqwest-by-hand/cloned", "reqwest-by-hand/full", "hyper-by-hand", "rustify-peer"]
ENDPOINTS = ["authenticate", "migrate"]
# Long enough for a client under callgrind to go to sleep.
RESPONSE_DELAY_MS = "10"
TIMES = {"client": 2, "call": 30, "thousand": 3}
ELSE = 200
# The private function in which our client makes reqwest's request.
PREPARE = "call::attempt::prepare"


def build(packages=tuple(PACKAGES)):
    """Builds each contender alone, so that none gets the features of another; returns their programs."""
    return {package: cargo.program(package) for package in packages}


@contextmanager
def server(program, **environment):
    """Runs a server during a block; yields its URL."""
    process = subprocess.Popen(
        [program], stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
    )
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.wait()


def run(programs):
    """Measures all of the programs: {contender: {measurement: {instructions, allocations, bytes}}}."""
    with server(programs["server"], RESPONSE_DELAY_MS=RESPONSE_DELAY_MS) as url:
        jobs = []
        for package in [package for package in programs if package != "server"]:
            listed = subprocess.run([programs[package], "list"], capture_output=True, text=True, check=True)
            jobs += [(package, name) for name in listed.stdout.split()]
        with ThreadPoolExecutor(2) as pool:
            figures = list(pool.map(lambda job: measure(programs[job[0]], job[1], url), jobs))
        prepared = {}
        for endpoint in ENDPOINTS:
            prepared[endpoint] = inside(programs["ours"], f"call-{endpoint}", PREPARE, url)
    results = {}
    for (package, name), figure in zip(jobs, figures):
        contender, _, measurement = f"{package}/{name}".rpartition("/")
        results.setdefault(contender, {})[measurement] = figure
    for endpoint, figure in prepared.items():
        plain = results["ours"][f"plain-{endpoint}"]
        results["ours"][f"build-{endpoint}"] = {key: plain[key] + figure[key] for key in figure}
    return results


READ = ["forty-in-order", "forty-in-any-order", "forty-between-unknown", "thousand-users"]


def reading(program):
    """Reading the same by `#[response]` and by serde's derive: {what: {who: {instructions, allocations, bytes}}}."""
    jobs = [(what, who) for what in READ for who in ("response", "strict", "tolerant")]
    with ThreadPoolExecutor(2) as pool:
        figures = list(pool.map(lambda job: measure(program, f"{job[1]}/{job[0]}", None), jobs))
    results = {}
    for (what, who), figure in zip(jobs, figures):
        results.setdefault(what, {})[who] = figure
    return results


def rates(programs, rounds=5, times=4000):
    """Microseconds per call, of the clock and of the client's CPU: {in flight: {contender: {clock, cpu}}}.

    The contenders take turns, and the median of the rounds counts.
    """
    samples = {}
    with server(programs["server"]) as url:
        for _ in range(rounds):
            for in_flight in (1, 64):
                for contender in RATED:
                    package, _, variant = contender.partition("/")
                    name = f"{variant}/call-authenticate" if variant else "call-authenticate"
                    environment = {**os.environ, "BENCH_URL": url, "BENCH_IN_FLIGHT": str(in_flight)}
                    command = [programs[package], "rate", name, str(times)]
                    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
                    clock_and_cpu = [float(figure) for figure in done.stdout.split()[:2]]
                    samples.setdefault((in_flight, contender), []).append(clock_and_cpu)
    results = {}
    for (in_flight, contender), measured in samples.items():
        clock, cpu = (round(statistics.median(column), 1) for column in zip(*measured))
        results.setdefault(in_flight, {})[contender] = {"clock": clock, "cpu": cpu}
    return results


def measure(program, name, url, times=None):
    times = times or TIMES.get(name.rsplit("/", 1)[-1].split("-")[0], ELSE)
    allocations, size = heap(program, name, times, url)
    return {"instructions": instructions(program, name, times, url), "allocations": allocations, "bytes": size}


def at(url):
    return {**os.environ, "BENCH_URL": url} if url else os.environ


def heap(program, name, times, url):
    command = [program, "heap", name, str(times)]
    environment = at(url)
    out = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    allocations, size = out.split()
    return round(float(allocations), 2), round(float(size))


def instructions(program, name, times, url, profile=os.devnull):
    """Instructions of one operation in user mode."""
    return round(callgrind([program, "plain", name, str(times)], at(url), "measured_region", profile) / times)


def callgrind(program, environment, function, profile=os.devnull):
    """Instructions in user mode within all calls of a function of a program; writes callgrind's profile."""
    command = ["valgrind", "--tool=callgrind", f"--toggle-collect=*{function}*"]
    command += [f"--callgrind-out-file={profile}", *program]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    collected = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not collected:
        raise RuntimeError(f"{program}: {done.stderr}")
    return int(collected[1])


def inside(program, name, function, url):
    """Instructions and allocations of one call of a function that cannot be called alone."""
    counted = []
    # Work of the first call only is the same in both, so that it cancels out.
    for times in (TIMES["call"], 2 * TIMES["call"]):
        collected = callgrind([program, "plain", name, str(times)], at(url), function)
        counted.append((collected, allocations_under(program, name, times, url, function)))
    per_call = [(more - less) / TIMES["call"] for less, more in zip(*counted)]
    if not per_call[0]:
        raise RuntimeError(f"`{function}` was inlined, or renamed")
    return {"instructions": round(per_call[0]), "allocations": round(per_call[1], 2)}


def allocations_under(program, name, times, url, function):
    """Returns the allocations of a function and its callees, from DHAT's stacks."""
    with tempfile.NamedTemporaryFile() as profile:
        command = ["valgrind", "--tool=dhat", "--num-callers=60", f"--dhat-out-file={profile.name}"]
        command += [program, "plain", name, str(times)]
        environment = at(url)
        subprocess.run(command, capture_output=True, check=True, env=environment)
        with open(profile.name, encoding="utf-8") as file:
            found = json.load(file)
    frames = {number for number, frame in enumerate(found["ftbl"]) if function in frame}
    return sum(point["tbk"] for point in found["pps"] if frames & set(point["fs"]))
