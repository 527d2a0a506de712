"""A page on another host that would not let itself be checked (未能核实的外部链接)."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "unverified-external",
    Severity.INFO,
    Text(
        "外部链接没能核实（{reason}）：{target}",
        "the external link could not be verified ({reason_en}): {target}",
    ),
    Text("用浏览器打开看一看", "open it in a browser to see"),
)
