"""The guards of the whole suite: nothing leaves this machine, nothing of the user's settings leaks in."""

from __future__ import annotations

import gc
import os
import shutil
from collections import Counter
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

# How long a case takes, and how large the cases come out by chance, says more about the machine than about the code.
settings.register_profile(
    "briefings", deadline=None, suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large)
)
settings.load_profile("briefings")

for _name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
    os.environ[_name] = "1"
os.environ["ANONYMIZED_TELEMETRY"] = os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
_OPEN = r"127\.0\.0\.1$,localhost$,::1$,/"  # loopback, and sockets that are files


def pytest_configure(config: pytest.Config) -> None:
    """Refuses connections beyond this machine in every test, as `--block-network` does; a test may be stricter."""
    config.option.block_network = True
    config.option.allowed_hosts = config.option.allowed_hosts or _OPEN


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Lets the garbage collector rest while modules are imported, which stay, and leave them alone in every test."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
        monkeypatch.delenv(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests run last, skip with a sentence without a Chromium, and fail where REQUIRE_BROWSER is set.

    Playwright keeps an event loop running in this thread from its first test on, and others start their own. Of them
    the largest files come first, so that no process is left alone with one at the end.
    """
    browser = Counter(item.path for item in items if item.get_closest_marker("browser"))
    items.sort(key=lambda item: (item.path in browser, -browser[item.path]))
    if shutil.which("chromium") or shutil.which("google-chrome"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            if os.environ.get("REQUIRE_BROWSER"):
                pytest.exit("REQUIRE_BROWSER is set and no Chromium was found", returncode=4)
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: install `chromium` to run this test"))
