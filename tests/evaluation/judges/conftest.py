"""Recorded conversations: the fixtures and hooks of tests/cassettes.py."""

from tests.cassettes import *  # noqa: F403 - what pytest looks for by name
