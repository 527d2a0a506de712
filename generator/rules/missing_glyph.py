"""A sign that no font of the machine has (字体缺字): the PDF shows 〓 in its place."""

from generator.finding import Rule, Severity, Text

RULE = Rule(
    "missing-glyph",
    Severity.WARNING,
    Text(
        "生成 PDF 的字体里没有“{signs}”，文件里以〓代替",
        "no font for the PDF has “{signs}”; it shows 〓 instead",
    ),
    Text(
        "核对是不是错字；确是生僻字的，在 site.yaml 的 downloads.fonts 里写有这个字的字体",
        "see whether it is a slip; for a rare character name a font that has it in downloads.fonts of site.yaml",
    ),
)
