"""Many calls at the same time over TLS: CPU, latency, connections and memory of the client."""

import os
import statistics
import subprocess
import tempfile

from measure import cargo

CONTENDERS = ["official", "ours"]
PROTOCOLS = {"h2": "HTTP/2", "http/1.1": "HTTP/1.1"}
IN_FLIGHT = [64, 1000]
CALLS = 20_000


def run(rounds):
    """Each round of each case: {case: [{contender: {figure: value}}]}. The contenders take turns."""
    # One program for both protocols: the server chooses.
    programs = {contender: cargo.program(contender, features=["http2"]) for contender in CONTENDERS}
    server = cargo.program("tls-server")
    results = {}
    for number in range(rounds):
        for protocol, name in PROTOCOLS.items():
            for in_flight in IN_FLIGHT:
                turns = CONTENDERS if number % 2 else CONTENDERS[::-1]
                measured = {contender: once(server, programs[contender], protocol, in_flight) for contender in turns}
                results.setdefault(f"{in_flight} calls at a time, {name}", []).append(measured)
    return results


def once(server, program, protocol, in_flight):
    """The figures of one run of a program, with a server of its own."""
    with tempfile.NamedTemporaryFile(suffix=".pem") as certificate:
        command = [server, protocol, certificate.name]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            # Both clients trust what the system trusts, which this variable replaces.
            environment = {**os.environ, "SSL_CERT_FILE": certificate.name, "BENCH_IN_FLIGHT": str(in_flight)}
            environment["BENCH_URL"] = f"https://127.0.0.1:{process.stdout.readline().strip()}"
            command = [program, "rate", "call-authenticate", str(CALLS)]
            done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
            # The server ends when its input does.
            connections, _ = process.communicate()
    clock, cpu, median, tail, peak = map(float, done.stdout.split())
    figures = {"clock": clock, "cpu": cpu, "p50": median, "p99": tail, "tail": tail / median}
    return {**figures, "connections": int(connections), "peak_mib": round(peak / 1024, 1)}


def median(rounds, contender, figure):
    return statistics.median(each[contender][figure] for each in rounds)


def ratio(rounds, figure, contender="ours"):
    """The median of the ratios to the official crate in each round."""
    return statistics.median(each[contender][figure] / each["official"][figure] for each in rounds)
