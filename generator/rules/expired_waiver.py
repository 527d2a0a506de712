"""A waiver whose end has passed (豁免到期)."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "expired-waiver",
    Severity.ERROR,
    Text("对“{rule}”的豁免已在 {until} 到期", "the waiver of “{rule}” ended on {until}"),
    Text("改正问题，或经批准后延长期限", "mend what it covers, or extend it with approval"),
)
