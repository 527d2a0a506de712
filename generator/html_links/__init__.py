"""The link checker for any folder of HTML (网页链接检查): `gongkai links`, without front matter or site.yaml.

    folder → collect (pages, in one pass) → resolve → verdicts, evidence, conflicts → ledger → findings

`check` runs it all. What leads outside comes back as `External`, for the checks that need a network.
`occurrences` stops before the ledger is closed, for those who look for the causes elsewhere.
"""

from generator.html_links.addresses.origin import Origin, OriginError, origin_of
from generator.html_links.checker import Checked, External, check, occurrences
from generator.html_links.known import Known
from generator.html_links.ledger import counted

__all__ = [
    "Checked",
    "External",
    "Known",
    "Origin",
    "OriginError",
    "check",
    "counted",
    "occurrences",
    "origin_of",
]
