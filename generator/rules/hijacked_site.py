"""A site that links lead to now serves gambling, pornography or a domain sale (网站被篡改或域名易主)."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "hijacked-site",
    Severity.ERROR,
    Text(
        "链接的网站疑似被篡改或域名已经易主（{reason}）：{target}",
        "the site seems hijacked or its domain sold ({reason_en}): {target}",
    ),
    Text(
        "立即删去链接；属于本地区本部门网站的，按网络安全事件报告",
        "remove the link at once; report it as a security incident if the site is one of yours",
    ),
)
