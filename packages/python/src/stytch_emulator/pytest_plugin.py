"""The fixtures. pytest finds them when the package is installed."""

from __future__ import annotations

from typing import Any, Iterator

import pytest

from . import Emulator, start


@pytest.fixture(scope="session")
def stytch_emulator_options() -> dict[str, Any]:
    """Options of the emulator of this session. Override this fixture in ``conftest.py``."""
    return {}


@pytest.fixture(scope="session")
def stytch_emulator_process(stytch_emulator_options: dict[str, Any]) -> Iterator[Emulator]:
    """The emulator of this session, on a free port, without a reset between tests."""
    with start(**stytch_emulator_options) as emulator:
        yield emulator


@pytest.fixture
def stytch_emulator(stytch_emulator_process: Emulator) -> Emulator:
    """The emulator, reset to the state of its start."""
    stytch_emulator_process.reset()
    return stytch_emulator_process
