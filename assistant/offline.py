"""Keeps libraries from talking to the network; to be called before any of them is imported."""

from __future__ import annotations

import os


def stay_offline() -> None:
    """Switches off model hubs and the telemetry of Chroma and Gradio for this process and its children."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK"):
        os.environ.setdefault(name, "1")
    os.environ["ANONYMIZED_TELEMETRY"] = os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
