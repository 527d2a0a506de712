"""A page names an address on another host as its own (规范网址指向别处): search engines send readers there."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "foreign-canonical",
    Severity.WARNING,
    Text(
        "规范网址（canonical）指向别的网站 {found}",
        "the canonical address is on another host, {found}",
    ),
    Text("改为本页在本站的网址", "give this page's own address"),
)
