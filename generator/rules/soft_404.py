"""A page answers that all is well and shows an error (软404)."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "soft-404",
    Severity.WARNING,
    Text(
        "外部链接打得开，内容却不对（{reason}）：{target}",
        "the external link opens, but not on its content ({reason_en}): {target}",
    ),
    Text(
        "用浏览器打开核对；网页确已撤走的，改链到新的网址，或删去链接",
        "open it in a browser; if the page is gone, link to its new address or remove the link",
    ),
)
