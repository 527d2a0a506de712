"""A file that cannot be published as it stands: a link out of the folder, a name no host keeps (文件不安全)."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "unsafe-file",
    Severity.ERROR,
    Text("文件不能发布：{problem}", "this file cannot be published: {problem_en}"),
    Text("{next}", "{next_en}"),
)
