import pytest


@pytest.fixture(scope="session")
def stytch_emulator_options():
    return {"strict": True, "clock_start": "2026-01-01T00:00:00Z"}
