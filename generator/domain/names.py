"""Names of persons in a text (姓名): enough to say that a number stands beside its owner's name.

What is no name is told by its surname, its length and its neighbours; a name partly hidden is none.
"""

from __future__ import annotations

import re

from generator.regex import regex

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂"
    "章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝骆路游辛靳欧阳管柴蒙鲍华喻祁蒲房"
    "滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬邝甄池"
)
_DOUBLE = (
    "欧阳|上官|司马|诸葛|司徒|东方|皇甫|尉迟|令狐|公孙|慕容|宇文|夏侯|端木|百里|南宫|轩辕|呼延"
)
_GIVEN = r"[\u4e00-\u9fa5]"
_NAME = rf"(?:(?:{_DOUBLE}){_GIVEN}{{1,2}}|[{_SURNAMES}]{_GIVEN}{{1,2}}|{_GIVEN}{{2,5}}·{_GIVEN}{{2,6}})"
# 张某、王先生、李科长 name nobody; nor do these words that begin like a surname.
_NOBODY = regex(
    r".[某×*Xx].*|.+(?:先生|女士|同志|老师|某|局|科|处|室|厅|委|办|站|所|院|部|中心|电话|手机|号码?|地址|单位|公司|学校|银行"
    r"|小区|社区|路|街|村|镇|乡|区|县|市|省)|周[一二三四五六日末]|万元|金额|方式|文号|安全|管理|时间|成本|高中|马上|于是"
    r"|关于|包括|文件|向上|任何|全部|应当|左右|平台|路线|房屋|农户|农村|农民|解决|符合|简介|单价|成员|全称|申请.?|项目.?|连续.?"
)
_LABEL = (
    r"(?:姓\s?名|联系人|申请人|当事人|户主|负责人|法定代表人|代表人|经办人|收款人|被处罚人|被执行人|权利人|受益人"
    r"|学生|家长|业主|投诉人|举报人|持证人|患者|原告|被告)"
)
# Compiled when a number or an address is first found.
_AFTER_LABEL = rf"{_LABEL}(?:为|是)?[\s：:|（(]{{0,4}}({_NAME})(?={_GIVEN}*)"
# A name, then at most a word for what the number is.
_BEFORE_NUMBER = (
    rf"(?:^|[^\u4e00-\u9fa5·])({_NAME})(?:[，,、（(]?[男女])?[\s，,、；;：:（(|]{{0,4}}"
    r"(?:(?:的)?(?:公民)?(?:身份证?|居民身份证|手机|联系|银行|电话|证件|账|帐|卡|家住|现住|住址?|家庭|户籍)"
    r"[\u4e00-\u9fa5]{0,6})?[\s：:）)为是]{0,4}$"
)
_NEAR = 40
_MOST_CELLS = 60


def is_name(words: str) -> bool:
    """Whether `words` are the whole name of a person, no part of it hidden."""
    return bool(re.fullmatch(_NAME, words)) and not _NOBODY.fullmatch(words)


def masked(name: str) -> str:
    """`name` with its surname alone."""
    length = 2 if re.match(_DOUBLE, name) and len(name) > 2 else 1
    return name[:length] + "*" * (len(name) - length)


def beside(text: str, offset: int) -> str:
    """The name of the person whose number or address stands at `offset`; empty where none is told."""
    start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", offset)
    line = text[start : line_end if line_end >= 0 else len(text)]
    if line.lstrip().startswith("|"):
        return _in_row(line, offset - start)
    before = text[max(start, offset - _NEAR) : offset]
    near = re.search(_BEFORE_NUMBER, before)
    labelled: list[str] = [found[1] for found in re.finditer(_AFTER_LABEL, before)]
    found_names: list[str] = [near[1]] if near else []
    for name in (*found_names, *reversed(labelled)):
        if is_name(name):
            return name
    return ""


def _in_row(line: str, offset: int) -> str:
    """The name in a row of a table: the nearest cell that holds nothing else, before or after."""
    place = 0
    names: list[tuple[int, str]] = []
    for cell in line.split("|")[:_MOST_CELLS]:
        words = cell.strip()
        if is_name(words):
            names.append((abs(place - offset), words))
        place += len(cell) + 1
    return min(names)[1] if names else ""
