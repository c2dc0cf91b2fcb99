"""Public addresses of publications: a scheme, a host that anybody can reach, and nothing that is secret or misleading."""

import ipaddress
import re
from urllib.parse import parse_qsl, urlsplit

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_INNER = {
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "onion",
    "test",
    "invalid",
    "localdomain",
}
_RESERVED = {"home.arpa"}
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_SECRETS = frozenset(
    {"access_token", "api_key", "apikey", "auth_token", "password", "passwd", "private_token", "secret", "sessionid"}
)  # parameters of an address that open a door


def is_address(value: str) -> bool:
    """Whether a cell is meant as an address."""
    return re.match(r"https?:", value, re.IGNORECASE) is not None


def problem_of_address(value: str) -> str:
    """Find what is wrong with an address.

    Parameters
    ----------
    value
        Text of a cell that begins with http: or https:.

    Returns
    -------
    str
        The problem, worded to stand behind the value; empty if there is none.
    """
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "is not an address that can be read; such as https://example.org/page"
    if "@" in parts.netloc:
        return "holds a user name or a password; give the public address"
    if "\\" in value:
        return "holds a backslash, which browsers read as the end of the host"
    if secret := next((name for name, _ in parse_qsl(parts.query) if name.lower() in _SECRETS), ""):
        return f"holds {secret}=, which is somebody's key; give the public address"
    return _problem_of_host(host)


def _problem_of_host(host: str) -> str:
    """What keeps a host from being a public one, or an empty text."""
    if not host.isascii():
        return f"has letters outside ASCII in its host; write the host as {_encoded(host)}"
    labels = host.removesuffix(".").lower().split(".")
    if host.startswith("[") or ":" in host or labels[-1].isdigit() or labels[-1].startswith("0x"):
        try:
            address = _meant(ipaddress.ip_address(host))
        except ValueError:
            return "has a number for a host that is no address of four parts"
        return "" if address.is_global else "has a private or loopback host; give the public address"
    if labels[-1] in _INNER or ".".join(labels[-2:]) in _RESERVED or len(labels) < 2:
        return "has a private or loopback host; give the public address"
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return "has a host that cannot be; it is made of letters, digits, dots and single hyphens"
    if any(label.startswith("xn--") and not _decodes(label) for label in labels):
        return "has a host that cannot be; what follows xn-- stands for no letters"
    return ""


def _meant(address: _Address) -> _Address:
    """The address of four parts that one of IPv6 stands for (mapped, 6to4, NAT64), or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None
    return inner or address.ipv4_mapped or address.sixtofour or address


def _encoded(host: str) -> str:
    """A host of any letters in the spelling that the network uses, or words for it if it has none."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return "the browser's address line copies it"


def _decodes(label: str) -> bool:
    """Whether a label of an international host stands for letters."""
    try:
        return bool(label.encode("ascii").decode("idna"))
    except UnicodeError:
        return False
