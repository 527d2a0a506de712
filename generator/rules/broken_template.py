"""A template cannot be read or filled (模板错误): the pages made with it are missing."""

from __future__ import annotations

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "broken-template",
    Severity.ERROR,
    Text(
        "模板有错，用它生成的页面没有生成：{reason}",
        "The template is broken and its pages were not made: {reason}",
    ),
    Text(
        "改正模板的这一行；模板可以使用的名称见同名内置模板",
        "Mend this line; the built-in template of the same name shows the names it may use",
    ),
)
