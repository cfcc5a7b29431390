"""``python -m stytch_emulator`` runs the program."""

import os
import subprocess
import sys

from . import EmulatorError, binary

if __name__ == "__main__":
    try:
        command = [binary(), *sys.argv[1:]]
    except EmulatorError as error:
        sys.exit(f"stytch-emulator: {error}")
    if os.name == "nt":
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)
