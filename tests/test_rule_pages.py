"""The pages of rules are taken apart as their authors mean them."""

from __future__ import annotations

import pytest

from tests.rule_pages import Example, examples, title

PAGE = """\
# broken-page：链接的网页不存在

说明。

```text
不属于任何一节
```

## 错误：写错了

文字。

````markdown content/a b.md
---
标题: 甲
---

```text
代码
```
````

```yaml site.yaml
organ: {name: 乙}
```

```text
content/a b.md:1:1: 错误 broken-page：……
    ……
```

## 另见

## 正确

```markdown content/c.md
```
"""


def test_sections_are_examples() -> None:
    assert title(PAGE) == "broken-page：链接的网页不存在"
    assert list(examples(PAGE)) == [
        Example(
            "错误：写错了",
            {
                "content/a b.md": "---\n标题: 甲\n---\n\n```text\n代码\n```\n",
                "site.yaml": "organ: {name: 乙}\n",
            },
            "content/a b.md:1:1: 错误 broken-page：……\n    ……",
        ),
        Example("正确", {"content/c.md": ""}, ""),
    ]
    assert [example.is_good for example in examples(PAGE)] == [False, True]


def test_open_fence_is_refused() -> None:
    with pytest.raises(AssertionError, match="never closed"):
        list(examples("## 错误\n\n```text\n……\n"))
