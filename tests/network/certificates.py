"""Certificates made for a test run (证书): good ones, and one for each way to be bad; by the openssl command."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

_CONFIG = """\
[ca]
default_ca = here
[here]
database = {folder}/index.txt
new_certs_dir = {folder}
serial = {folder}/serial
default_md = sha256
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
[req]
distinguished_name = name
prompt = no
[name]
commonName = example
[authority]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
"""
_GOOD = ("20200101000000Z", "20991231000000Z")
_PAST = ("20200101000000Z", "20210101000000Z")
_FUTURE = ("20980101000000Z", "20991231000000Z")


@dataclass(frozen=True)
class Certificates:
    """A folder with `<name>.pem` for each kind of host, and the one authority that is trusted."""

    folder: Path

    def server(self, host: str) -> ssl.SSLContext:
        """How the server answers for `host`: by the part of its name before the first dot."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        name = host.partition(".")[0].removeprefix("tls-")
        file = self.folder / f"{name}.pem"
        context.load_cert_chain(file if file.exists() else self.folder / "good.pem")
        return context

    def trusting(self) -> ssl.SSLContext:
        """A client that trusts our authority and no other."""
        context = ssl.create_default_context(cafile=str(self.folder / "authority.pem"))
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
        return context


def make(folder: Path) -> Certificates:
    """Make all of them in `folder`; FileNotFoundError without openssl."""
    (folder / "ca.cnf").write_text(_CONFIG.format(folder=folder))
    (folder / "index.txt").touch()
    (folder / "serial").write_text("1000\n")
    _openssl(folder, "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "key")
    for authority in ("authority", "stranger"):
        _authority(folder, authority)
    every = "DNS:*.example.gov.cn,DNS:*.example.com,DNS:*.example"
    _leaf(folder, "good", every, "authority", _GOOD)
    _leaf(folder, "expired", every, "authority", _PAST)
    _leaf(folder, "future", every, "authority", _FUTURE)
    _leaf(folder, "wrong", "DNS:www.other.example", "authority", _GOOD)
    _leaf(folder, "stranger-issued", every, "stranger", _GOOD)
    _self_signed(folder, "self", every)
    return Certificates(folder)


def _authority(folder: Path, name: str) -> None:
    _openssl(
        folder,
        *("req", "-x509", "-new", "-key", "key", "-config", "ca.cnf", "-extensions", "authority"),
        *("-subj", f"/CN={name}", "-days", "30000", "-out", f"{name}.pem"),
    )


def _self_signed(folder: Path, name: str, hosts: str) -> None:
    _openssl(
        folder,
        *("req", "-x509", "-new", "-key", "key", "-config", "ca.cnf", "-subj", "/CN=self"),
        *("-addext", f"subjectAltName={hosts}", "-days", "30000", "-out", f"{name}.crt"),
    )
    _join(folder, name)


def _leaf(folder: Path, name: str, hosts: str, authority: str, days: tuple[str, str]) -> None:
    _openssl(
        folder,
        *("req", "-new", "-key", "key", "-config", "ca.cnf", "-subj", f"/CN={name}"),
        *("-addext", f"subjectAltName={hosts}", "-out", f"{name}.csr"),
    )
    _openssl(
        folder,
        *("ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", f"{authority}.pem"),
        *("-keyfile", "key", "-startdate", days[0], "-enddate", days[1]),
        *("-in", f"{name}.csr", "-out", f"{name}.crt"),
    )
    _join(folder, name)


def _join(folder: Path, name: str) -> None:
    parts = [(folder / part).read_text() for part in ("key", f"{name}.crt")]
    (folder / f"{name}.pem").write_text("".join(parts))


def _openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, timeout=60)
