"""Every case of the network: one link, its hosts, one verdict, and never more than a few requests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generator.external import Address
from tests.network import certificates
from tests.network.bed import bed
from tests.network.cases import Case
from tests.network.cases_content import CONTENT
from tests.network.cases_redirects import REDIRECTS, SECURE
from tests.network.cases_transport import TRANSPORT

PLAIN = (*TRANSPORT, *REDIRECTS, *CONTENT)
# Twice 11 steps of a way, three attempts, one random address.
MOST_REQUESTS = 60


@pytest.fixture(scope="session")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> certificates.Certificates:
    if shutil.which("openssl") is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no openssl: .ci/run installs it")
        pytest.skip("certificates are made by the openssl command, which is not here")
    return certificates.make(tmp_path_factory.mktemp("certificates"))


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    assert _said(case, None) == case.said


@pytest.mark.parametrize("case", SECURE, ids=lambda case: case.name)
def test_case_with_certificates(case: Case, trusted: certificates.Certificates) -> None:
    assert _said(case, trusted) == case.said


def _said(case: Case, trusted: certificates.Certificates | None) -> str:
    """The rule and the severity of what is said of a case; its reason and the number of requests are right."""
    with bed(case.all_hosts, trusted) as made:
        checked = made.check([Address(case.url, case.text)], case.settings, known=case.known)[0]
    judged = checked.judgement
    assert judged is None or case.because in judged.reason.zh + judged.found
    assert len(made.requests) <= MOST_REQUESTS
    return f"{judged.rule.name} {judged.severity}" if judged else ""


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.name for case in (*PLAIN, *SECURE)]
    assert len(names) == len(set(names)) >= 60


def test_every_online_rule_is_met(tmp_path: Path) -> None:
    said = {case.said for case in (*PLAIN, *SECURE)}
    assert said == {
        "",
        "broken-external error",
        "broken-external warning",
        "unverified-external info",
        "redirected-home warning",
        "redirected-domain warning",
        "soft-404 warning",
        "hijacked-site error",
    }
