"""Many calls at the same time over TLS: CPU, latency, connections and memory of the client."""

import os
import statistics
import subprocess
import tempfile
from contextlib import contextmanager

from measure import call, cargo

CONTENDERS = ["official", "ours"]
PROTOCOLS = {"HTTP/2": "h2", "HTTP/1.1": "http/1.1"}
IN_FLIGHT = [64, 1000]
CALLS = 20_000
# Under callgrind, which is fifty times slower.
COUNTED_CALLS = 2_000


def build():
    """Builds the contenders and the server; returns their programs."""
    # One program for both protocols: the server chooses.
    programs = {contender: cargo.program(contender, features=["http2"]) for contender in CONTENDERS}
    return {**programs, "server": cargo.program("tls-server")}


def run(programs, rounds):
    """Measures each case: {case: {instructions: {contender: figure}, rounds: [{contender: {what: figure}}]}}."""
    results = {}
    for protocol in PROTOCOLS:
        for in_flight in IN_FLIGHT:
            case = results.setdefault(case_of(in_flight, protocol), {"instructions": {}, "rounds": []})
            if protocol == "HTTP/2":
                case["instructions"] = instructions(programs, protocol, in_flight)
            for number in range(rounds):
                turns = CONTENDERS[:: -1 if number % 2 else 1]
                case["rounds"].append({turn: once(programs, turn, protocol, in_flight) for turn in turns})
    return results


def case_of(in_flight, protocol):
    return f"{in_flight} calls at a time, {protocol}"


@contextmanager
def served(server, protocol, in_flight):
    """Runs a server during a block; yields its process, and the environment of its client."""
    with tempfile.NamedTemporaryFile(suffix=".pem") as certificate:
        command = [server, PROTOCOLS[protocol], certificate.name]
        # The server ends when its input does, which is at the end of this block at the latest.
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            url = f"https://127.0.0.1:{process.stdout.readline().strip()}"
            # Both clients trust what the system trusts, which this variable replaces.
            trusted = {"SSL_CERT_FILE": certificate.name}
            yield process, {**os.environ, **trusted, "BENCH_URL": url, "BENCH_IN_FLIGHT": str(in_flight)}


def once(programs, contender, protocol, in_flight):
    """The figures of one run of a program."""
    with served(programs["server"], protocol, in_flight) as (server, environment):
        command = [programs[contender], "rate", "call-authenticate", str(CALLS)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        connections, _ = server.communicate()
    _, cpu, middle, tail, peak = map(float, done.stdout.split())
    figures = {"cpu": cpu, "p50": middle, "p99": tail, "tail": tail / middle}
    return {**figures, "connections": int(connections), "peak_mib": round(peak / 1024, 1)}


def instructions(programs, protocol, in_flight):
    """Instructions of one call in user mode: {contender: figure}."""
    figures = {}
    for contender in CONTENDERS:
        with served(programs["server"], protocol, in_flight) as (server, environment):
            command = [programs[contender], "rate", "call-authenticate", str(COUNTED_CALLS)]
            counted = call.callgrind(command, environment, "measured_region")
            server.communicate()
        # Each of the calls in flight is followed by the next one as often as the others.
        figures[contender] = round(counted / (COUNTED_CALLS // in_flight * in_flight))
    return figures


def median(case, contender, what):
    return statistics.median(each[contender][what] for each in case["rounds"])


def ratio(case, what, contender="ours"):
    """The median of the ratios to the official crate in each round."""
    return statistics.median(each[contender][what] / each["official"][what] for each in case["rounds"])
