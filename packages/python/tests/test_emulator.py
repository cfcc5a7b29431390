"""Tests of the installed package: the fixture, the methods, and the end."""

import base64
import json
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone

import pytest

import stytch_emulator as package

ADA = {"email": "ada@example.com", "password": "correct horse battery staple"}


def post(emulator, path, body):
    credentials = base64.b64encode(f"{emulator.project_id}:{emulator.secret}".encode()).decode()
    headers = {"content-type": "application/json", "authorization": f"Basic {credentials}"}
    request = urllib.request.Request(emulator.base_url + path, json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_test_begins_with_an_empty_emulator(stytch_emulator, time):
    assert stytch_emulator.users() == []
    assert stytch_emulator.now() == datetime(2026, 1, 1, tzinfo=timezone.utc)
    assert post(stytch_emulator, "/v1/passwords", ADA)[0] == 200
    stytch_emulator.advance(timedelta(hours=1))
    stytch_emulator.fail_next("drop")


def test_the_options_of_the_fixture_have_an_effect(stytch_emulator):
    status, body = post(stytch_emulator, "/v1/passwords", {**ADA, "unknown": 1})
    assert (status, body["error_type"]) == (400, "bad_request")


def test_every_instruction(stytch_emulator):
    [user] = stytch_emulator.add_users({"email": "ada@example.com", "user_id": "user-test-ada", "password": "any"})
    assert user["user_id"] == "user-test-ada"
    assert [user["user_id"] for user in stytch_emulator.users(search="ADA@")] == ["user-test-ada"]
    assert post(stytch_emulator, "/v1/passwords/email/reset/start", {"email": "ada@example.com"})[0] == 200
    [email] = stytch_emulator.outbox(to="ada@example.com")
    assert email["token"] in email["link"] and stytch_emulator.outbox(to="bob@example.com") == []
    stytch_emulator.clear_outbox()
    assert stytch_emulator.outbox() == []

    stytch_emulator.fail_next(status=503, path="/v1/passwords")
    assert [fault["status"] for fault in stytch_emulator.faults()] == [503]
    stytch_emulator.clear_faults()
    stytch_emulator.fail_next("rate_limit", retry_after_seconds=2)
    assert post(stytch_emulator, "/v1/passwords", ADA)[0] == 429
    [_, failed] = stytch_emulator.requests()
    assert (failed["status"], failed["error_type"], failed["body"]["password"]) == (
        429,
        "too_many_requests",
        "[redacted]",
    )

    stytch_emulator.set_clock(datetime(2030, 1, 1, tzinfo=timezone.utc))
    stytch_emulator.advance(60)
    assert stytch_emulator.now() == datetime(2030, 1, 1, 0, 1, tzinfo=timezone.utc)
    stytch_emulator.add_breached_password("a very long password indeed", email="bob@example.com")
    breached = {"email": "bob@example.com", "password": "a very long password indeed"}
    assert post(stytch_emulator, "/v1/passwords", breached)[1]["error_type"] == "breached_password"


def test_mistakes_say_what_is_wrong(stytch_emulator):
    with pytest.raises(package.EmulatorError, match="`path` is wrong: no endpoint of the API has the path"):
        stytch_emulator.fail_next(path="/v1/nothing")
    with pytest.raises(package.EmulatorError, match="did not start: .*cannot read /no/such/file"):
        package.start(seed="/no/such/file")
    with pytest.raises(package.EmulatorError, match="did not start: .*unexpected argument '--colour"):
        package.start(colour="red")


def test_a_secret_in_the_configuration_is_needed_as_an_option_too(tmp_path):
    config = tmp_path / "emulator.json"
    config.write_text('{"secret": "my own"}')
    with pytest.raises(package.EmulatorError, match="add the option `secret`"):
        package.start(config=config)
    with package.start(config=config, secret="my own") as emulator:
        assert post(emulator, "/v1/passwords", ADA)[0] == 200


def test_another_program_is_not_an_emulator(tmp_path, monkeypatch):
    for name, script, message in [
        ("missing", None, "no such program"),
        ("broken", "no script", "did not start: .*broken"),
        ("other", "#!/bin/sh\necho 1.0", "is not an emulator of this version: it printed b'1.0"),
    ]:
        program = tmp_path / name
        if script:
            program.write_text(script)
            program.chmod(0o755)
        monkeypatch.setenv("STYTCH_EMULATOR_BINARY", str(program))
        with pytest.raises(package.EmulatorError, match=message):
            package.start()


def test_two_emulators_have_ports_of_their_own(stytch_emulator, monkeypatch):
    monkeypatch.setenv("STYTCH_SECRET", "secret-live-of-somebody")
    with package.start(secret="my own", project_id="project-test-7") as other:
        assert other.base_url != stytch_emulator.base_url
        assert other.environment["STYTCH_SECRET"] == "my own"
        assert post(other, "/v1/passwords", ADA)[0] == 200
        assert stytch_emulator.users() == []
    with pytest.raises(urllib.error.URLError):
        post(other, "/v1/passwords", ADA)


@pytest.mark.skipif(sys.platform != "linux", reason="waits with the `tail` of Linux")
def test_it_ends_with_a_program_that_is_killed():
    script = "import stytch_emulator, sys; print(stytch_emulator.start()._process.pid, flush=True); sys.stdin.read()"
    program = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    emulator = int(program.stdout.readline())
    program.kill()
    program.wait()
    program.stdout.close()
    program.stdin.close()
    ended = subprocess.run(["tail", f"--pid={emulator}", "-f", "/dev/null"], timeout=60, check=False)
    assert ended.returncode == 0


def test_the_module_runs_the_program():
    command = [sys.executable, "-m", "stytch_emulator", "--version"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.startswith("stytch-emulator ")
