"""Seeded mistakes in pairs and mixtures (解读、混杂、要点): for each rule, edits that raise this rule and no other."""

from __future__ import annotations

from tests.edits import Edit, all_of, put, replace
from tests.sites import FEES, INSTITUTION, INTERPRETATION, NOTICE, POLICY, WORK_POINTS

_SETTINGS = "site.yaml"
_POLICY = "content/statutory/policy/2026/data-sharing.md"
_INTERPRETATION = "content/statutory/interpretation/2026/data-sharing.md"
_OLD_INTERPRETATION = "content/statutory/interpretation/2023/data-sharing.md"
_CONSULTATION = "content/statutory/consultation/2026/data-sharing.md"
_NOTICE = "content/statutory/notice/2026/fees.md"
_INSTITUTION = "content/institution/release-review.md"
_WORK_POINTS = "content/statutory/work-points/2026.md"
_DEPARTMENTS = "content/statutory/notice/2026/departments.md"
_REPORT = "content/annual-report/2025.md"
_OTHER = "content/statutory/notice/2026/other.md"


def _body(text: str, new: str) -> str:
    """A file with another body."""
    return f"{text.rpartition('---')[0]}---\n\n{new}\n"


_NO_CONTENT = _body(INTERPRETATION, "一、背景依据\n\n试行三年，有些做法行之有效。")
_COPY = _body(
    INTERPRETATION,
    "一、背景依据\n\n为了促进公共数据共享，提高政务服务水平。\n\n二、主要内容\n\n"
    + POLICY[POLICY.index("第二条") : POLICY.index("，[[")],
)

_INTERPRETATIONS: dict[str, tuple[Edit, ...]] = {
    "missing-interpretation": (
        put(
            "content/statutory/policy/2026/windows.md",
            _body(POLICY, "政务服务窗口午间不休息。")
            .replace("印发《海川市公共数据共享管理办法》", "午间开放政务服务窗口")
            .replace("废止: 海数政规〔2023〕1号\n", "")
            .replace("2026-00003", "2026-00021")
            .replace("〔2026〕2号", "〔2026〕9号")
            .replace("data-sharing-catalog", "../2026/data-sharing-catalog"),
        ),
        all_of(
            replace(_SETTINGS, "topics:", "interpretation: {drafts: 是}\ntopics:"),
            replace(_CONSULTATION, "一、起草说明\n\n", ""),
            replace(_CONSULTATION, "二、提出意见的期限", "一、提出意见的期限"),
        ),
    ),
    "late-interpretation": (
        replace(_INTERPRETATION, "发布日期: 2026-09-24 09:00", "发布日期: 2026-10-09"),
        replace(_INTERPRETATION, "发布日期: 2026-09-24 09:00", "发布日期: 2026-10-20"),
        all_of(
            replace(_SETTINGS, "topics:", "interpretation: {max_workdays: 0}\ntopics:"),
            replace(_INTERPRETATION, "发布日期: 2026-09-24 09:00", "发布日期: 2026-09-28"),
        ),
    ),
    "wrong-interpretation": (
        replace(
            _INTERPRETATION, "《海川市公共数据共享管理办法》政", "《海川市公共数据开放管理办法》政"
        ),
        replace(_INTERPRETATION, "《海川市公共数据共享管理办法》政", "海数政规〔2026〕7号文件政"),
        replace(
            _INTERPRETATION, "《海川市公共数据共享管理办法》政", "《2025年优化营商环境若干措施》政"
        ),
        replace(_OLD_INTERPRETATION, "海数政规〔2023〕1号", "海数政规〔2026〕2号"),
        replace(_INTERPRETATION, "解读对象: 海数政规〔2026〕2号", "解读对象: 海数政规〔2023〕1号"),
    ),
    "thin-interpretation": (
        put(_INTERPRETATION, _body(INTERPRETATION, "请各单位认真学习，抓好落实。")),
        put(_INTERPRETATION, _NO_CONTENT),
        replace(_INTERPRETATION, "三、主要内容", "三、办事流程"),
    ),
    "copied-interpretation": (put(_INTERPRETATION, _COPY),),
}


def _field(path: str, line: str) -> Edit:
    """The document with one more line of front matter."""
    return replace(path, "公开属性: 主动公开\n", f"公开属性: 主动公开\n{line}\n")


def _titled(title: str) -> Edit:
    """The notice under another title, and marked as normative."""
    return all_of(
        replace(_NOTICE, "海川市数据与政务公开局行政事业性收费情况说明", title),
        _field(_NOTICE, "规范性文件: 是"),
    )


_OTHER_INDEX = "2026-00031"
_MIXTURES: dict[str, tuple[Edit, ...]] = {
    "misfiled-normative": (
        _field(_WORK_POINTS, "规范性文件: 是"),
        _field(_REPORT, "规范性文件: 是"),
        _titled("海川市数据与政务公开局第3次局务会议纪要"),
        _titled("海川市数据与政务公开局关于印发《海川市公共数据发展规划》的通知"),
        _titled("海川市数据与政务公开局关于陆明远等同志职务任免的通知"),
        _titled("海川市数据与政务公开局关于任命陆明远职务的决定"),
        _titled("海川市数据与政务公开局关于表彰政务公开先进集体的决定"),
        _titled("海川市数据与政务公开局关于成立政务公开领导小组的通知"),
        _titled("海川市数据与政务公开局关于申请增加编制的请示"),
        _titled("海川市数据与政务公开局关于印发《公务接待管理制度》的通知"),
        _titled("海川市数据与政务公开局关于印发培训计划（试行）的通知"),
    ),
    "duplicate-document": (
        put(_OTHER, FEES.replace("2026-00010", _OTHER_INDEX)),
        put(
            _OTHER,
            NOTICE.replace("2026-00009", _OTHER_INDEX).replace("旧址: [old/jgsz.html]\n", ""),
        ),
        put(
            "content/institution/review.md",
            INSTITUTION.replace("2025-00002", _OTHER_INDEX)
            .replace("政府信息公开审查制度", "信息发布审查制度")
            .replace("保密审查和负责人审核", "保密审查及负责人审核"),
        ),
        put(
            "content/statutory/notice/2026/sharing.md",
            POLICY.replace("2026-00003", _OTHER_INDEX)
            .replace("发文字号: 海数政规〔2026〕2号\n", "")
            .replace("废止: 海数政规〔2023〕1号\n", "")
            .replace("data-sharing-catalog.csv", "../../policy/2026/data-sharing-catalog.csv"),
        ),
    ),
    "metadata-mismatch": (
        replace(_REPORT, "公开局2025年政府", "公开局2024年政府"),
        replace(_WORK_POINTS, "公开局2026年政务", "公开局2025年政务"),
        replace(_POLICY, "管理办法》的通知", "管理办法》的通知（海数政规〔2026〕3号）"),
        all_of(
            replace(_NOTICE, "情况说明", "情况说明（2026年第1季度）"),
            _field(_NOTICE, "期次: 第2季度"),
        ),
        replace(_NOTICE, "海川市数据与政务公开局行政", "海川市人民政府2026年行政"),
        all_of(
            _field(_INSTITUTION, "发文机关: 海川市人民政府"),
            replace(_INSTITUTION, "海川市数据与政务公开局政府", "海川市数据与政务公开局2025年政府"),
        ),
        _field(_POLICY, "发文机关: 海川市人民政府"),
        replace(_NOTICE, "行政事业性收费情况说明", "2025年政府信息公开工作年度报告"),
        replace(_NOTICE, "行政事业性收费情况说明", "2025年政务公开工作要点"),
    ),
}

_LAST_WORK_POINTS = "content/statutory/work-points/2025.md"


def _of_last_year(text: str) -> str:
    """The work points of 2026 as those of 2025, all done."""
    return (
        text.replace("2026-12-20, 状态: 进行中", "2025-12-20, 状态: 已完成, 完成日期: 2025-12-01")
        .replace(", 落实情况: 海数政规〔2026〕2号", "")
        .replace("2026", "2025")
    )


_SUPERIOR = "content/statutory/policy/2026/city-points.md"
_TASKS: dict[str, tuple[Edit, ...]] = {
    "task-incomplete": (
        replace(_WORK_POINTS, "牵头单位: 办公室, 配合单位: 数据资源科", "配合单位: 数据资源科"),
        replace(_WORK_POINTS, "     时限: 2026-12-20, 状态", "     状态"),
        replace(_WORK_POINTS, ", 完成日期: 2026-09-24", ""),
    ),
    "task-overdue": tuple(
        replace(_WORK_POINTS, "时限: 2026-12-20", f"时限: {due}")
        for due in (
            "2026-11-19",
            "2026-06",
            "2026/6/30",
            "2026年6月底",
            "2026年6月30日前",
            "6月底前",
            "第三季度",
            "二季度末",
            "上半年",
            "十月中旬",
            "2026年5月至10月",
            "2025年底前",
        )
    ),
    "late-work-points": (
        _field(_WORK_POINTS, "上级发布日期: 2026-04-10"),
        all_of(
            _field(_WORK_POINTS, "依据: 海府办发〔2026〕3号"),
            put(
                _SUPERIOR,
                _body(POLICY, "全市政务公开工作安排如下。")
                .replace(
                    "海川市数据与政务公开局关于印发《海川市公共数据共享管理办法》的通知",
                    "海川市人民政府办公室关于印发《2026年海川市政务公开工作要点》的通知",
                )
                .replace(
                    "规范性文件: 是\n废止: 海数政规〔2023〕1号\n",
                    "发文机关: 海川市人民政府办公室\n",
                )
                .replace("海数政规〔2026〕2号", "海府办发〔2026〕3号")
                .replace("2026-00003", "2026-00041")
                .replace("2026-09-2", "2026-04-0")
                .replace("2026-11-01", "2026-04-08"),
            ),
        ),
    ),
    "unreported-work-points": (
        all_of(
            put(_LAST_WORK_POINTS, _body(_of_last_year(WORK_POINTS), "全年的工作安排如下。")),
            replace(_REPORT, "2025年工作要点的任务按期完成。", ""),
        ),
        all_of(
            put(_LAST_WORK_POINTS, _body(_of_last_year(WORK_POINTS), "全年的工作安排如下。")),
            replace(_REPORT, "2025年工作要点的任务按期完成。", ""),
            replace(_REPORT, "逐件核对", "对照工作要点逐件核对"),
        ),
    ),
}

PAIRS: dict[str, tuple[Edit, ...]] = _INTERPRETATIONS | _MIXTURES | _TASKS
