"""One id stands twice on a page (id 重复): a link to it reaches only the first."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "duplicate-id",
    Severity.WARNING,
    Text("id “{target}”在本页出现了不止一次", "the id “{target}” stands more than once on the page"),
    Text("给后面的换一个 id", "give the later one an id of its own"),
)
