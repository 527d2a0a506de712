"""A word list of the site cannot be used, or not all of it (词表有错)."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "bad-wordlist",
    Severity.ERROR,
    Text("词表 {target}：{problem}", "word list {target}: {problem_en}"),
    Text("{next}", "{next_en}"),
)
