"""A page on another host does not open (外部断链); judged by `generator.external`, with `--external`."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "broken-external",
    Severity.ERROR,
    Text("外部链接打不开（{reason}）：{target}", "the external link fails ({reason_en}): {target}"),
    Text(
        "用浏览器打开核对；网页确已撤走的，改链到新的网址，或删去链接",
        "open it in a browser; if the page is gone, link to its new address or remove the link",
    ),
)
