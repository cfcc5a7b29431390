"""The instructions of a whole build: rustc's and the C compilers', each run under QEMU's user mode.

Not counted are cargo itself, build scripts (but the compilers they start are) and the linker behind gcc.
"""

import os
import subprocess
import tempfile

from measure import cargo

EMULATOR = "qemu-x86_64"


def instructions(arguments):
    """Runs a cargo command, counts the instructions of every compiler, and returns the sum."""
    with tempfile.TemporaryDirectory(prefix="emulated-", dir=cargo.target_directory()) as room:
        counts = os.path.join(room, "counts")
        environment = {**os.environ, **compilers(room, plugin(room)), "INSTRUCTIONS_FILE": counts}
        subprocess.run(arguments, cwd=cargo.HERE, env=environment, check=True)
        with open(counts) as lines:
            return sum(map(int, lines))


def plugin(room):
    """Compiles the plugin that counts; returns its path."""
    compiled = os.path.join(room, "instructions.so")
    source = os.path.join(cargo.HERE, "cold", "instructions.c")
    subprocess.run(["gcc", "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", compiled, source], check=True)
    return compiled


def compilers(room, counting):
    """Returns the variables that run rustc and the programs of gcc in the emulator."""
    # gcc calls its assembler without a path, and the emulator does not search PATH.
    counted = f'exec {EMULATOR} -plugin {counting} "$program" "$@"'
    emulated = script(room, "emulated", f'program=$(command -v "$1") && shift && {counted}')
    # The rustc in PATH may be rustup's proxy, which starts another process.
    rustc = subprocess.run(["rustc", "--print", "sysroot"], capture_output=True, text=True, check=True).stdout.strip()
    rust = script(room, "rustc", f'shift && exec {emulated} {rustc}/bin/rustc "$@"')
    c = script(room, "cc", f'exec gcc -wrapper {emulated} "$@"')
    cxx = script(room, "c++", f'exec g++ -wrapper {emulated} "$@"')
    linker = "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER"
    return {"RUSTC_WRAPPER": rust, "CC": c, "CXX": cxx, linker: c}


def script(room, name, command):
    path = os.path.join(room, name)
    with open(path, "w") as file:
        file.write(f"#!/bin/sh\n{command}\n")
    os.chmod(path, 0o755)
    return path
