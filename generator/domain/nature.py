"""What a title says that a document is not: 行政规范性文件 (上海市人民政府令第17号第二条).

Internal management, work systems, staffing, minutes, work points, requests and reports, rewards and
punishments, appointments, and plans are none. Chinese names things last, so a title is judged by its
end, and one that ends in 办法, 规定 or 细则 is never of these.
"""

from __future__ import annotations

import re

from generator.domain.folding import folded
from generator.regex import regex

_INNER = regex(r"《((?:[^《》]|《[^《》]*》)+)》")
_GROUP = regex(r"[(〔\[【][^()〔〕\[\]【】]*[)〕\]】]$")
_SHELL = regex(r"(?:的?(?:通知|通告|公告|函))$")
_BODY = r"(?:领导小组|工作小组|工作专班|指挥部|委员会|联席会议|协调机构)"
_NATURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("工作要点", regex(r"要点(?:任务)?(?:分解表|分工方案)?$")),
    ("会议纪要", regex(r"纪要$")),
    ("规划计划", regex(r"(?:规划|规划纲要|计划)$")),
    (
        "人事任免",
        regex(
            r"(?:任免|任职|免职|任命|聘任|免去|试用期满|退休)(?:职务|名单|事项|情况)?(?:的?(?:决定|命令))?$"
            r"|关于(?:任命|免去)|同志.{0,12}(?:职务?|任职|免职|任免|退休)(?:的?决定)?$"
        ),
    ),
    ("请示报告", regex(r"(?:请示|的报告|工作报告|情况报告|年度报告)$")),
    (
        "表彰奖惩",
        regex(
            r"(?:表彰|表扬|嘉奖|记功|处分|通报批评|表彰奖励)(?:的?(?:决定|通报|命令))?$|奖励的?(?:决定|通报|命令)$"
            r"|关于(?:表彰|表扬|嘉奖|通报表扬|通报批评|授予|给予).{0,50}(?:决定|通报|处分|称号|表扬|批评)$|表彰.{0,30}决定$"
        ),
    ),
    (
        "机构编制",
        regex(
            rf"内设机构|机构编制|人员编制|职能配置|三定(?:方案|规定)|(?:成立|撤销|设立).{{0,40}}{_BODY}"
            rf"|{_BODY}(?:组成|成员|人员)|调整.{{0,40}}{_BODY}$"
        ),
    ),
    (
        "内部管理制度",
        regex(
            r"(?:工作|内部|内控|会议|学习|值班|考勤|请假|请销假|请休假|财务|经费|报销|接待|公务用车|车辆|印章|档案|保密|考核|廉政|机关|办文|办会|固定资产)"
            r"(?:管理|使用|工作|审批)?制度$|内部(?:管理|控制)(?:制度|规范|规程|规定|办法)$|值班(?:安排|表)$"
        ),
    ),
)
_NORMATIVE = regex(r"(?:办法|规定|细则|条例|规则|规程)$")
_INTERNAL = regex(r"内部(?:管理|控制)|三定|职能配置|内设机构")


def not_normative(title: str) -> str:
    """What `title` names that is no 行政规范性文件 (会议纪要, 人事任免 …); empty where it names nothing such."""
    plain = folded(title)
    inner = _INNER.findall(plain)
    is_shell = inner and re.search(r"(?:印发|发布|公布|下发)《", plain)
    names = [_bare(name) for name in (inner if is_shell else [plain])]
    for name in names:
        if _NORMATIVE.search(name) and not _INTERNAL.search(name):
            continue
        for nature, pattern in _NATURES:
            if pattern.search(name):
                return nature
    return ""


def _bare(name: str) -> str:
    """A name without what stands around it: 印发…的通知, （试行）."""
    while True:
        shorter = _SHELL.sub("", _GROUP.sub("", name))
        if shorter == name or not shorter:
            return name
        name = shorter
