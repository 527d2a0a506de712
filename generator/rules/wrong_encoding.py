"""A page that is not UTF-8, or not what it says it is (网页编码不符): readers may see garbled text."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "wrong-encoding",
    Severity.ERROR,
    Text("网页{problem}", "the page {problem_en}"),
    Text(
        '另存为 UTF-8，并写 <meta charset="utf-8">', 'save it as UTF-8 with <meta charset="utf-8">'
    ),
)
