"""Names beside numbers: enough to say whose number it is, and no word for a name."""

from __future__ import annotations

import pytest

from generator.domain.names import beside, is_name, masked

# The number or address stands where the # is.
NAMED = {
    "张三，#": "张三",
    "张小满（#）": "张小满",
    "联系人：李晓明，手机#": "李晓明",
    "申请人欧阳震华身份证号：#": "欧阳震华",
    "负责人：周望舒 电话：#": "周望舒",
    "买买提·阿不都拉，#": "买买提·阿不都拉",
    "姓名 张三 身份证 #": "张三",
    "被处罚人张三，男，住#": "张三",
    "申请人张三，男，1990年生，身份证号#": "张三",
    "甲乙丙\n王小明，#": "王小明",
    "| 1 | 王小明 | # | 男 |": "王小明",
    "| 序号 | # | 王小明 |": "王小明",
    "| 王小明 | 李晓明 | # |": "李晓明",
}
NAMELESS = [
    "#",
    "办公室电话#",
    "周一至周五#",
    "周五，#",
    "联系人张某，#",
    "联系人：张*，#",
    "王女士#",
    "请致电#",
    "海川市财政局，#",
    "资金退至#",
    "联系电话：#",
    "总投资500万元，#",
    "张三负责此事。咨询#",
    "张三\n电话#",
    "| 办公室 | # |",
    "| 张某 | # |",
]


@pytest.mark.parametrize("text", [*NAMED, *NAMELESS])
def test_name_beside_a_number(text: str) -> None:
    assert beside(text.replace("#", "13812345678"), text.index("#")) == NAMED.get(text, "")


def test_only_the_surname_is_told() -> None:
    assert [masked(name) for name in ("张三", "张小满", "欧阳震华", "")] == [
        "张*",
        "张**",
        "欧阳**",
        "",
    ]


def test_what_is_partly_hidden_is_no_name() -> None:
    assert [is_name(words) for words in ("张三", "张某", "张*", "王先生", "数据资源科")] == [
        True,
        False,
        False,
        False,
        False,
    ]
