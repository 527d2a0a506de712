"""A link ends on a domain that another owner registered (跳转到别的域名)."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "redirected-domain",
    Severity.WARNING,
    Text(
        "链接被转到了别的域名 {found}：{target}",
        "the link is sent on to another domain, {found}: {target}",
    ),
    Text(
        "核对打开的还是不是原来的内容；是的，直接链到新网址",
        "check that it is still the same content; if so, link to the new address",
    ),
)
