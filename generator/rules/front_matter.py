"""Front matter that cannot be read, or holds what the schema does not know (文件头有误)."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "front-matter",
    Severity.ERROR,
    Text("文件头有误：{problem}", "front matter: {problem_en}"),
    Text("{next}", "{next_en}"),
)
