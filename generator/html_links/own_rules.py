"""Rules for HTML that this program did not make (外来网页的规则); the contract has no name for them."""

from generator.finding import Rule, Severity, Text

# One id stands twice on a page (id 重复): a link to it reaches only the first.
DUPLICATE_ID = Rule(
    "duplicate-id",
    Severity.WARNING,
    Text(
        "id “{target}”在本页出现了不止一次", "the id “{target}” stands more than once on the page"
    ),
    Text("给后面的换一个 id", "give the later one an id of its own"),
)

# A page names an address on another host as its own (规范网址指向别处): search engines send readers there.
FOREIGN_CANONICAL = Rule(
    "foreign-canonical",
    Severity.WARNING,
    Text(
        "规范网址（canonical）指向别的网站 {found}",
        "the canonical address is on another host, {found}",
    ),
    Text("改为本页在本站的网址", "give this page's own address"),
)

# A page that is not UTF-8, or not what it says it is (网页编码不符): readers may see garbled text.
WRONG_ENCODING = Rule(
    "wrong-encoding",
    Severity.ERROR,
    Text("网页{problem}", "the page {problem_en}"),
    Text(
        '另存为 UTF-8，并写 <meta charset="utf-8">', 'save it as UTF-8 with <meta charset="utf-8">'
    ),
)
