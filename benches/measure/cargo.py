"""Building with cargo."""

import json
import os
import subprocess

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def program(package, profile="release", features=()):
    """Builds a package of this workspace; returns the path of its program."""
    command = ["cargo", "build", "--profile", profile, "--quiet", "--message-format=json", "-p", package]
    command += ["--features", ",".join(features)]
    done = subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        built = json.loads(line)
        if built.get("executable") and built["target"]["name"] == package:
            return built["executable"]
    raise RuntimeError(f"{package} has no program")


def target_directory():
    """Returns the target directory of cargo."""
    directory = os.environ.get("CARGO_TARGET_DIR") or os.path.join(HERE, "target")
    os.makedirs(directory, exist_ok=True)
    return directory
