"""A field that every document, or every document of its kind, must have is absent (缺少必填项)."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "missing-field",
    Severity.ERROR,
    Text("缺少必填项“{name}”（{key}）", "required field “{key}” is missing"),
    Text("在文件头里补上“{name}: …”", "add “{key}: …” to the front matter"),
)
