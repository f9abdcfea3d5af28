"""Recorded conversations: see tests/cassettes.py."""

from __future__ import annotations

from tests.cassettes import pytest_recording_configure, recorded_endpoint, vcr_config, whole_cassette

__all__ = ["pytest_recording_configure", "recorded_endpoint", "vcr_config", "whole_cassette"]
