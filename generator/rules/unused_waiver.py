"""A waiver that covers nothing (多余的豁免)."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "unused-waiver",
    Severity.WARNING,
    Text("对“{rule}”的豁免没有用处：没有这样的问题", "the waiver of “{rule}” covers nothing"),
    Text("删去这条豁免", "remove the waiver"),
)
