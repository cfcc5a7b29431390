"""What a call costs this side of the network: instructions, allocations, bytes."""

import os
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from measure import cargo

PACKAGES = ["server", "official", "ours", "reqwest-by-hand", "hyper-by-hand", "rustify-peer"]
# Long enough for a client under callgrind to have gone to sleep in the meantime.
ANSWER_AFTER_MS = "10"
TIMES = {"client": 2, "call": 30}
ELSE = 200


def build():
    """Builds each contender alone, so that none gets features that another asked for; returns their programs."""
    return {package: cargo.program(package) for package in PACKAGES}


@contextmanager
def server(program, **environment):
    """A server for as long as the block lasts; gives its URL."""
    process = subprocess.Popen(
        [program], stdout=subprocess.PIPE, text=True, env={**os.environ, **environment}
    )
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.wait()


def run(programs, wanted=None):
    """Measures everything: {contender: {measurement: {instructions, allocations, bytes}}}."""
    with server(programs["server"], ANSWER_AFTER_MS=ANSWER_AFTER_MS) as url:
        jobs = []
        for package in PACKAGES[1:]:
            listed = subprocess.run([programs[package], "list"], capture_output=True, text=True, check=True)
            for name in listed.stdout.split():
                if wanted is None or re.search(wanted, f"{package}/{name}"):
                    jobs.append((package, name))
        with ThreadPoolExecutor(2) as pool:
            figures = list(pool.map(lambda job: measure(programs[job[0]], job[1], url), jobs))
    results = {}
    for (package, name), figure in zip(jobs, figures):
        contender, _, measurement = f"{package}/{name}".rpartition("/")
        results.setdefault(contender, {})[measurement] = figure
    return results


def measure(program, name, url):
    times = TIMES.get(name.rsplit("/", 1)[-1].split("-")[0], ELSE)
    allocations, size = heap(program, name, times, url)
    return {"instructions": instructions(program, name, times, url), "allocations": allocations, "bytes": size}


def heap(program, name, times, url):
    command = [program, "heap", name, str(times)]
    environment = {**os.environ, "BENCH_URL": url}
    out = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    allocations, size = out.split()
    return round(float(allocations), 2), round(float(size))


def instructions(program, name, times, url, profile=None):
    """Instructions of one operation in user mode; the profile stays if a path for it is given."""
    with tempfile.TemporaryDirectory() as directory:
        command = ["valgrind", "--tool=callgrind", "--toggle-collect=*measured_region*"]
        command += [f"--callgrind-out-file={profile or os.path.join(directory, 'out')}"]
        command += [program, "plain", name, str(times)]
        environment = {**os.environ, "BENCH_URL": url}
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
    collected = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode or not collected:
        raise RuntimeError(f"{program} {name}: {done.stderr}")
    return round(int(collected[1]) / times)
