"""Who is logged in, for functions that the page's script calls itself and not through an event of Gradio."""

from __future__ import annotations

import gradio as gr


def user_of(request: gr.Request) -> str | None:
    """The name of the login; None where the page has no logins.

    To such a function Gradio 6 hands the bare request, without the name that events get, and lets nobody call it who
    is not logged in. So the name is found as Gradio finds it for events: by the cookie of the login.
    """
    app, cookies = request.app, request.cookies
    token = next((cookies[name] for name in _cookies(app.cookie_id) if name in cookies), None)
    found = app.tokens.get(token)
    return None if found is None else str(found)


def _cookies(number: str) -> tuple[str, str]:
    """The names of the cookie over https and over http."""
    return f"access-token-{number}", f"access-token-unsecure-{number}"
