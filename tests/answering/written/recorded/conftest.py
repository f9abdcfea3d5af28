"""Recorded conversations: see tests/cassettes.py."""

from __future__ import annotations

from tests.cassettes import (
    pytest_recording_configure,
    pytest_runtest_makereport,
    recorded_endpoint,
    vcr_config,
    whole_cassette,
)

__all__ = [
    "pytest_recording_configure",
    "pytest_runtest_makereport",
    "recorded_endpoint",
    "vcr_config",
    "whole_cassette",
]
