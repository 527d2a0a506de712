"""Lines that only a web page has, and lines that a document may have too."""

from __future__ import annotations

import pytest

from generator.domain.residue import is_residue, may_hold_residue

RESIDUE = """\
当前位置：首页 > 政务公开
您所在的位置：首页>政策文件
首页 > 政务公开 > 政策文件
字号：大 中 小
字号:
【字体：大 中 小】
字体：[大] [中] [小]
【字体：大 中 小】【打印】【关闭】
大 中 小
分享到：微信 微博 QQ空间
分享到
分享：
来源:市经信委发布日期:2020-04-21
来源:浦锦街道办事处  发布时间:2024年5月16日
发布时间：2024-05-16 10:30 来源：市数政局 浏览次数：123
发布时间：2024-05-16 10:30
打印本页 关闭窗口
【我要纠错】【打印本页】【关闭窗口】
浏览次数：123
阅读量 456
上一篇：关于某某的通知
下一篇：没有了
扫一扫在手机打开当前页
责任编辑：张三
（责任编辑：张三）
相关稿件
**相关稿件**
栏目导航
政务公开 GOVERNMENT INFORMATION""".split("\n")
TEXT = """\
首页上线了新版检索功能，点击首页 > 政务公开即可查看全部文件。
来源：市统计局
数据来源：海川市统计局年报
发布时间：每月5日前
经验分享
一、分享到基层
扫一扫二维码，填写意见征集问卷。
扫码填写意见征集问卷
本次活动直播浏览量12万次。
浏览量：12万次
相关链接
相关文件：
政务公开
字号不得小于三号
访问量统计
上一条规定的情形除外
首页
位置：海川市望潮区公开路1号
欢迎社会各界监督。""".split("\n")


@pytest.mark.parametrize("line", RESIDUE)
def test_every_residue_is_hinted_at_among_other_lines(line: str) -> None:
    assert may_hold_residue(["一、总则", "", line, "正文" * 100])
    assert not may_hold_residue(["一、总则", "", "正文" * 100])


@pytest.mark.parametrize("line", RESIDUE)
def test_residue(line: str) -> None:
    assert is_residue(line)


@pytest.mark.parametrize("line", TEXT)
def test_text(line: str) -> None:
    assert not is_residue(line)
