"""A link to one page ends at the home page of a site (跳转到首页): the page is gone, and nobody says so."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "redirected-home",
    Severity.WARNING,
    Text(
        "链接指向一个具体网页，打开的却是网站首页 {found}：{target}",
        "the link names one page, but a home page opens, {found}: {target}",
    ),
    Text(
        "原网页多半已经撤走：在那个网站上找到它的新网址，改链过去",
        "the page has probably gone: find its new address on that site and link to it",
    ),
)
