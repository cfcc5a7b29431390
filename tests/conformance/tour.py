"""Runs the tour with Stytch's Python SDK. Prints a line of JSON for every step; see README.md."""

import base64
import hashlib
import hmac
import json
import os
import struct
import sys
import typing
import urllib.request

import stytch
from stytch.core.response_base import StytchError
from stytch.shared.method_options import Authorization


def resolve(value, saved):
    """Returns the arguments of a step, with `{"$saved": name}` replaced by the saved value."""
    if isinstance(value, dict):
        if list(value) == ["$saved"]:
            return saved[value["$saved"]]
        if list(value) == ["$totp"]:
            return totp(saved[value["$totp"]])
        return {key: resolve(item, saved) for key, item in value.items()}
    if isinstance(value, list):
        return [resolve(item, saved) for item in value]
    return value


def totp(secret):
    """Returns the code that an authenticator app shows at the time of the emulator: RFC 6238."""
    step = struct.pack(">Q", int(os.environ["TOUR_TIME"]) // 30)
    digest = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    number = struct.unpack(">I", digest[digest[-1] & 15 :][:4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def at(response, path):
    """Returns the value at a path such as `user.emails.0.email_id`, where -1 is the last; None if it does not exist."""
    for key in path.split("."):
        if isinstance(response, list):
            response = response[int(key)] if int(key) < len(response) else None
        else:
            response = response.get(key) if isinstance(response, dict) else None
    return response


def control(base_url, step, saved):
    """Sends a request to the control endpoints of the emulator."""
    body = resolve(step.get("body"), saved)
    request = urllib.request.Request(
        f"{base_url}/_emulator/{step['control']}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def acting(method, authorization):
    """The option with which a member makes the call. Each method has a separate class for it."""
    options = typing.get_type_hints(method)["method_options"]
    (kind,) = [kind for kind in typing.get_args(options) if kind is not type(None)]
    return {"method_options": kind(authorization=Authorization(**authorization))}


def call(client, step, saved):
    method = client
    for name in step["call"].split("."):
        method = getattr(method, name)
    arguments = resolve(step["arguments"], saved)
    if "authorization" in step:
        arguments |= acting(method, resolve(step["authorization"], saved))
    response = method(**arguments)
    return json.loads(response.model_dump_json()) if response is not None else {"verified": False}


def main():
    tour = json.load(open(sys.argv[1], encoding="utf-8"))
    base_url, project_id = os.environ["STYTCH_BASE_URL"], os.environ["STYTCH_PROJECT_ID"]
    saved = {}

    def client(secret):
        kind = stytch.B2BClient if tour.get("client") == "b2b" else stytch.Client
        return kind(project_id=project_id, secret=secret, environment=base_url + "/")

    usual = client(os.environ["STYTCH_SECRET"])
    for step in tour["steps"]:
        line = {"step": step["id"], "status": 200, "error_type": None, "values": {}, "saved": {}}
        try:
            if "control" in step:
                response = control(base_url, step, saved)
            else:
                response = call(client(step["secret"]) if "secret" in step else usual, step, saved)
            for name, path in step.get("save", {}).items():
                saved[name] = line["saved"][name] = at(response, path)
            line["values"] = {path: at(response, path) for path in step["expect"].get("values", {})}
        except StytchError as error:
            line["status"] = error.details.status_code
            line["error_type"] = error.details.error_type
        print(json.dumps(line), flush=True)


main()
