"""Which Chroma servers may be asked: a server has no authentication, so only a near one, or one behind TLS."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from assistant.errors import SettingsError


def check_address(url: str) -> None:
    """Passes `http://` with a loopback or private address and any `https://`; raises SettingsError for the rest.

    A name passes over `http://` if every address it stands for is private; one that cannot be looked up now passes
    and is looked at again before it is used.
    """
    parts = urlsplit(url)
    shown = url if "@" not in url else f"{parts.scheme}://...@{url.rpartition('@')[2]}"
    advice = "use http://127.0.0.1:8000, an address of a private network, or https://"
    try:
        port = parts.port
    except ValueError as error:
        raise SettingsError(f"the Chroma server's address {shown!r} has no valid port: {advice}") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise SettingsError(f"the Chroma server's address {shown!r} is not an http address: {advice}")
    if parts.username or parts.password or parts.path.strip("/") or parts.query or parts.fragment:
        raise SettingsError(f"the Chroma server's address {shown!r} may hold only scheme, host and port: {advice}")
    if parts.scheme == "https":
        return
    for address in _addresses(parts.hostname):
        if not (address.is_loopback or address.is_private) or address.is_unspecified:
            raise SettingsError(
                f"the Chroma server {shown!r} is at {address}, outside of this machine and its private network, and "
                f"would be asked without encryption: {advice}"
            )


def _addresses(host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        return [ipaddress.ip_address(host)]
    except ValueError:
        pass
    try:
        return [ipaddress.ip_address(str(found[4][0]).split("%")[0]) for found in socket.getaddrinfo(host, None)]
    except OSError:
        return []
