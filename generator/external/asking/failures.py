"""Errors of aiohttp and TLS (故障归类) → our closed lists, and whom we trust."""

from __future__ import annotations

import errno
import ssl

import aiohttp
from aiohttp.http import HttpProcessingError

from generator.external.observation import Certificate, Failure

_VERIFY_CODES = {
    9: Certificate.NOT_YET_VALID,
    10: Certificate.EXPIRED,
    18: Certificate.SELF_SIGNED,
    19: Certificate.SELF_SIGNED,
    20: Certificate.UNKNOWN_ISSUER,
    21: Certificate.UNKNOWN_ISSUER,
    23: Certificate.REVOKED,
    62: Certificate.WRONG_HOST,
    64: Certificate.WRONG_HOST,
}
_ERRNOS = {
    errno.ECONNREFUSED: Failure.REFUSED,
    errno.ECONNRESET: Failure.RESET,
    errno.EPIPE: Failure.RESET,
    errno.ECONNABORTED: Failure.RESET,
    errno.ENETUNREACH: Failure.UNREACHABLE,
    errno.EHOSTUNREACH: Failure.UNREACHABLE,
    errno.ETIMEDOUT: Failure.TIMEOUT,
}


def failure_of(error: BaseException) -> Failure:
    """The reason in our closed list."""
    if isinstance(error, TimeoutError):
        return Failure.TIMEOUT
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Failure.DNS
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return Failure.TLS
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return Failure.EMPTY
    if isinstance(error, aiohttp.ClientResponseError | HttpProcessingError):
        return Failure.PROTOCOL
    if isinstance(error, aiohttp.ServerConnectionError):
        return Failure.RESET
    if isinstance(error, OSError):
        return _ERRNOS.get(error.errno or 0, Failure.UNREACHABLE)
    return Failure.STRANGE


def certificate_of(error: aiohttp.ClientConnectorCertificateError) -> Certificate:
    """What the library found wrong with a certificate."""
    code = getattr(error.certificate_error, "verify_code", 0)
    return _VERIFY_CODES.get(code, Certificate.OTHER)


def trusting() -> ssl.SSLContext:
    """Certificates as the system trusts them."""
    context = ssl.create_default_context()
    # Browsers still speak with servers that never learnt to renegotiate safely.
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    # Python 3.13 is stricter with the form of certificates than any browser.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def blind() -> ssl.SSLContext:
    """No certificate is looked at: only for seeing what stands behind a bad one."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
