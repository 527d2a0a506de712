"""What the network answered (应答): facts without a verdict, frozen, as they stand in the cache too."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Failure(StrEnum):
    """Why there is no answer, or only part of one: the closed list of reasons."""

    DNS = "dns"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    RESET = "reset"
    EMPTY = "empty"  # closed without a word
    TIMEOUT = "timeout"
    TLS = "tls"  # no encrypted connection, for another reason than the certificate
    PROTOCOL = "protocol"
    TRUNCATED = "truncated"
    LOOP = "loop"
    TOO_MANY_HOPS = "too-many-hops"
    NOT_WEB = "not-web"  # redirected to an app or a mail program
    INNER = "inner"  # redirected into a private network
    STRANGE = "strange"  # nothing we know
    OFFLINE = "offline"  # no host at all can be reached from here
    NO_TIME = "no-time"  # the run was over before its turn came
    BLOCKED = "blocked"  # the settings forbid to ask


class Certificate(StrEnum):
    """What is wrong with the certificate of a host (证书)."""

    SELF_SIGNED = "self-signed"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    WRONG_HOST = "wrong-host"
    UNKNOWN_ISSUER = "unknown-issuer"
    REVOKED = "revoked"
    OTHER = "other"


# Nobody answered: it may be a bad day of the host, so it takes two runs to call it broken.
PASSING_FAILURES = frozenset(
    {Failure.DNS, Failure.REFUSED, Failure.UNREACHABLE, Failure.RESET, Failure.EMPTY}
)
# An answer that says “not now” rather than “no such page”: likewise.
_PASSING_CLIENT_ERRORS = frozenset({400, 409, 411, 413, 414, 415, 416, 417, 421, 422, 424, 426})
# 504, 522 and 524 are a gateway's words for a timeout; 521 keeps strangers out.
_SLOW_OR_SHUT = frozenset({504, 521, 522, 524})


@dataclass(frozen=True, slots=True)
class Hop:
    """One answer on the way that sent us on (跳转)."""

    address: str
    status: int


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML page shows: the first 4,000 characters of its text, and how long it is in all.

    `hidden` is text that no reader sees, keywords and description first; `ids` are its anchors, None
    where the page was not read to its end; `asks_password` says that it holds a login form.
    """

    title: str = ""
    heading: str = ""
    text: str = ""
    length: int = 0
    hidden: str = ""
    ids: tuple[str, ...] | None = None
    asks_password: bool = False


@dataclass(frozen=True, slots=True)
class Observation:
    """What became of asking for one address: where the way ended, and what stood there.

    `status` is that of the last answer, None where there was none; `hops` are the answers before it;
    `likeness` (0–1) is that to the answer for a random address of the same host; `retry_after` is in
    seconds.
    """

    final: str
    status: int | None = None
    hops: tuple[Hop, ...] = ()
    content_type: str = ""
    charset: str = ""
    page: Page | None = None
    failure: Failure | None = None
    certificate: Certificate | None = None
    retry_after: float | None = None
    likeness: float = 0.0

    @property
    def is_answered(self) -> bool:
        """Whether the address leads to a page or file that was read as far as we wanted."""
        return self.failure is None and self.status is not None and self.status < 400

    @property
    def may_pass(self) -> bool:
        """Whether this looks like a bad day of the host: a later run has to confirm it."""
        if self.failure is not None:
            return self.failure in PASSING_FAILURES
        return self.status is not None and is_passing(self.status)


def is_passing(status: int) -> bool:
    """Whether an answer of this status may be another one tomorrow."""
    return status in _PASSING_CLIENT_ERRORS or (
        500 <= status <= 599 and status not in _SLOW_OR_SHUT
    )
