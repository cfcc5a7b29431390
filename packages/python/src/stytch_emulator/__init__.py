"""A local server for Stytch's API, for tests and development.

    with stytch_emulator.start() as emulator:
        client = stytch.Client(project_id=emulator.project_id, secret=emulator.secret,
                               environment=emulator.base_url + "/")
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

__all__ = ["Emulator", "EmulatorError", "binary", "start"]

# The timeout of a request to the emulator, and of its end, in seconds.
_TIMEOUT = 30
# Requests to the emulator do not use a proxy.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class EmulatorError(Exception):
    """The emulator did not start, or rejected a request."""


def binary() -> str:
    """Returns the path of the program: ``STYTCH_EMULATOR_BINARY``, or the one that came with this package."""
    if given := os.environ.get("STYTCH_EMULATOR_BINARY"):
        if found := shutil.which(given):
            return found
        raise EmulatorError(f"STYTCH_EMULATOR_BINARY is {given!r}, but there is no such program: correct or unset it")
    name = "stytch-emulator" + (".exe" if os.name == "nt" else "")
    # The last one is for `pip install --target`.
    folders = [sysconfig.get_path("scripts"), Path(__file__).parent.parent / "bin"]
    for folder in folders:
        if (path := Path(folder) / name).is_file():
            return str(path)
    if found := shutil.which(name):
        return found
    raise EmulatorError(
        f"there is no {name} in {folders[0]}; install the package again, or set STYTCH_EMULATOR_BINARY"
    )


def start(**options: Any) -> Emulator:
    """Starts an emulator on a free port.

    The options are those of ``stytch-emulator --help``, with underscores: ``strict=True``, ``seed="users.json"``.
    """
    return Emulator(**options)


class Emulator:
    """A running emulator. It stops at the end of a ``with`` block, with :meth:`stop`, and when this program ends."""

    base_url: str
    """Such as ``http://127.0.0.1:49152``, without a slash at the end."""
    project_id: str
    """The project id that clients must send."""
    secret: str
    """The secret that clients must send."""

    def __init__(self, **options: Any) -> None:
        arguments = {"port": 0, **options, "log": "json", "until_stdin_ends": True}
        command = [binary()]
        for name, value in arguments.items():
            option = "--" + name.replace("_", "-")
            if value is True:
                command.append(option)
            elif value is not False and value is not None:
                command.append(f"{option}={os.fspath(value) if isinstance(value, os.PathLike) else value}")
        # The emulator must not use the credentials in the environment of the tests.
        environment = {
            name: value for name, value in os.environ.items() if name not in ("STYTCH_PROJECT_ID", "STYTCH_SECRET")
        }
        with tempfile.TemporaryFile() as errors:
            # When this program ends, also if it is killed, the pipe is closed, and the emulator stops.
            try:
                self._process = subprocess.Popen(
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=environment
                )
            except OSError as error:
                raise EmulatorError(f"the emulator did not start: {error}") from None
            assert self._process.stdout is not None
            line = self._process.stdout.readline()
            if not line:
                self._process.wait(_TIMEOUT)
                errors.seek(0)
                reason = errors.read().decode(errors="replace").strip()
                self._close()
                raise EmulatorError(f"the emulator did not start: {reason}")
        try:
            started = json.loads(line)
            self.base_url, self.project_id = started["base_url"], started["project_id"]
            # The emulator does not print a secret that it was given.
            secret = started["secret"] or options.get("secret")
        except (ValueError, TypeError, KeyError):
            self._process.kill()
            self.stop()
            raise EmulatorError(f"{command[0]} is not an emulator of this version: it printed {line!r}") from None
        if secret is None:
            self.stop()
            raise EmulatorError("the secret is in the file of `config`, so it is not known here: add the option `secret`")
        self.secret = str(secret)

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that clients read."""
        return {
            "STYTCH_BASE_URL": self.base_url,
            "STYTCH_PROJECT_ID": self.project_id,
            "STYTCH_SECRET": self.secret,
        }

    def reset(self) -> None:
        """Deletes everything except the seed, and resets the clock."""
        self._call("POST", "reset")

    def add_users(self, *users: dict[str, Any]) -> list[dict[str, Any]]:
        """Adds users in the format of a seed, all or none, and returns them."""
        return self._call("POST", "users", {"users": list(users)})["users"]

    def users(self, search: str | None = None) -> list[dict[str, Any]]:
        """Returns the users with their sessions, oldest first."""
        return self._call("GET", "users", search=search)["users"]

    def outbox(self, to: str | None = None) -> list[dict[str, Any]]:
        """Returns the messages that Stytch would have sent, oldest first; with ``to``, those to one recipient."""
        return self._call("GET", "outbox", to=to)["messages"]

    def clear_outbox(self) -> None:
        """Removes the messages. Their links and codes stay valid."""
        self._call("DELETE", "outbox")

    def requests(self) -> list[dict[str, Any]]:
        """Returns the requests that arrived, without passwords and tokens, oldest first."""
        return self._call("GET", "requests")["requests"]

    def fail_next(self, kind: str = "status", **fault: Any) -> None:
        """Adds a fault for the next request. The options are those of ``POST /_emulator/faults``."""
        self._call("POST", "faults", {"kind": kind, **fault})

    def faults(self) -> list[dict[str, Any]]:
        """Returns the faults that have not happened yet, oldest first."""
        return self._call("GET", "faults")["faults"]

    def clear_faults(self) -> None:
        """Removes the faults that have not happened yet."""
        self._call("DELETE", "faults")

    def now(self) -> datetime:
        """Returns the time of the emulator's clock."""
        return datetime.fromisoformat(self._call("GET", "clock")["now"].replace("Z", "+00:00"))

    def advance(self, by: int | timedelta) -> None:
        """Moves the clock forward, by seconds or a ``timedelta``. Sessions and tokens expire."""
        seconds = by.total_seconds() if isinstance(by, timedelta) else by
        self._call("POST", "clock", {"advance_seconds": int(seconds)})

    def set_clock(self, now: datetime) -> None:
        """Sets the clock. A time without a zone is a time of this machine's zone."""
        text = now.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._call("POST", "clock", {"now": text})

    def add_breached_password(self, password: str, email: str | None = None) -> None:
        """Adds a password to the list of breached ones, for all users or for one address."""
        self._call("POST", "breaches", {"password": password, **({"email": email} if email else {})})

    def stop(self) -> None:
        """Stops the emulator, and waits until it has ended."""
        if self._process.poll() is None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            try:
                self._process.wait(_TIMEOUT)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._close()

    def _close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _call(self, method: str, path: str, body: Any = None, **query: str | None) -> dict[str, Any]:
        pairs = urllib.parse.urlencode({name: value for name, value in query.items() if value is not None})
        url = f"{self.base_url}/_emulator/{path}" + (f"?{pairs}" if pairs else "")
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data, {"content-type": "application/json"}, method=method)
        try:
            with _opener.open(request, timeout=_TIMEOUT) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                message = json.load(error)["error_message"]
            raise EmulatorError(message) from None

    def __enter__(self) -> Emulator:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"Emulator({self.base_url!r})"
