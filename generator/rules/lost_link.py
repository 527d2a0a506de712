"""A link of a document does not stand on its finished page (链接丢失): the template leaves it out."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "lost-link",
    Severity.ERROR,
    Text(
        "生成的网页上没有这个链接：{target}{count}",
        "the finished page does not have this link: {target}{count_en}",
    ),
    Text(
        "templates/ 里这类网页的模板漏掉了正文或附件，或者改动了地址；对照自带的模板改正",
        "the template of such pages leaves out the body or the files, or changes addresses; "
        "compare it with the built-in one",
    ),
)
