"""Words that are written wrongly (易错词): wrong → right, only such as are wrong in any context.

One entry a line: the wrong form, the right one, and then what makes the same signs right after all,
since Chinese leaves no gaps between words: `<公发` when one of these stands before, `>名` when one
stands behind, `+一项|重点` unless one of these follows, `!…` when this pattern follows, `^` unless it
begins a clause. The guards were found by looking up every word of a dictionary of 349,000 that could
end or begin inside an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

_TABLE = """
帐户 账户 <蚊营毡 >外型
帐号 账号 <蚊营毡 >称召
帐单 账单 <蚊营毡 >价独位
帐目 账目 <蚊营毡 >标前的光录
帐簿 账簿
帐务 账务 >必实求工农
记帐 记账 >篷幕子房前内外里下
结帐 结账 >篷幕子房前内外里下
转帐 转账 >篷幕子房前内外里下
报帐 报账 >篷幕子房前内外里下
查帐 查账 >篷幕子房前内外里下
对帐 对账 >篷幕子房前内外里下
台帐 台账 >篷幕子房前内外里下
坏帐 坏账 >篷幕子房前内外里下
呆帐 呆账 >篷幕子房前内外里下
欠帐 欠账 >篷幕子房前内外里下
建帐 建账 >篷幕子房前内外里下
入帐 入账 >篷幕子房前内外里下
到帐 到账 >篷幕子房前内外里下
按装 安装 >置备配机修卸潢载箱订饰束车船运填点甲有作扮药入满做料
布署 部署 <公发颁宣分遍散流瀑密广白麻 >名长
布暑 部署 <公发颁宣分遍散流瀑密广白麻 >期假运热
截止目前 截至目前
截止到目前 截至目前
截止 截至 ^ +\\d{4}年(?:\\d{1,2}月)?(?:\\d{1,2}日|底|末)，(?:全|我|本|累计|共|已|各)
既使 即使 >用 !(?:[^。；;！？\\n]*(?:又|也使|更使|还使|同时))
即然 既然 <立随旋当迅 >后而则
既日起 即日起
既刻 即刻 >画苦意印划板有本骨
己经 已经 <自知异律克利 >济营验费过纪贸销常典办理由手书历受商脉管文络略
做为 作为 <叫看所这那么如样 +一项|一个|一种|一名|重点|重要|主要|考核|依据|抓手|首要|突破口|头等|切入点
的的 的 <目标打之鹄端中 >确士话哥黎里
了了 了 <不得一寥小末未甚时 >解结却断事当无了望如然若可
在在 在 <存现正实潜内外所旨重贵志好自健坐放不留设处摆何趴 +\\d|全市|全区|全县|全省|全国|各|我|此|这|《|“
必需 必须 <不未何势想务 +坚持|严格|按照|遵守|遵循|执行|做到|认真|及时|依法|经过|高度|切实|始终|服从|加强|落实
必需要 必须要 <不未何势想务 >件素求点害领
必须品 必需品 >行种牌质德位级尝格味性类评
部份 部分 >额儿量子数
充份 充分 >额
过份 过分 <超经通 >额
水份 水分 >额
养份 养分 >额
知识份子 知识分子
犯罪份子 犯罪分子
不法份子 不法分子
身分证 身份证 >明券书实据见件人监
按排 安排 +工作|人员|专人|落实|资金|时间|专项|部署
登陆 登录 +系统|网站|平台(?!以)|账号|邮箱|后台|门户|官网
关健 关键 <相有机海无 >康全身美儿壮保
建康 健康 <新创共改扩 +状况|发展|教育|体检|档案|中国|有序|成长
防迅 防汛 >速猛疾即
般迁 搬迁
决择 抉择 <解 >优校机日时期
重迭 重叠
权力义务 权利义务 <公
反应诉求 反映诉求
反应社情民意 反映社情民意
那时侯 那时候 >某先
这时侯 这时候 >某先
到时侯 到时候 >某先
在接再厉 再接再厉 <存现正
再所不辞 在所不辞
再所难免 在所难免
不负重望 不负众望
深负众望 深孚众望
名列前矛 名列前茅
异曲同功 异曲同工
渊源流长 源远流长
渊远流长 源远流长
不记其数 不计其数
再接再励 再接再厉
迫不急待 迫不及待
急待解决 亟待解决
一如继往 一如既往 >开
一诺千斤 一诺千金
一愁莫展 一筹莫展
一踏糊涂 一塌糊涂
一股作气 一鼓作气
一脉相成 一脉相承
走头无路 走投无路
谈笑风声 谈笑风生
穿流不息 川流不息
甘败下风 甘拜下风
不径而走 不胫而走
不知所错 不知所措
不可思意 不可思议
美仑美奂 美轮美奂
脍灸人口 脍炙人口
烩炙人口 脍炙人口
委屈求全 委曲求全
默守成规 墨守成规
沤心沥血 呕心沥血
人才倍出 人才辈出
萎糜不振 萎靡不振
出奇不意 出其不意
按步就班 按部就班
既往不究 既往不咎
有持无恐 有恃无恐
有的放失 有的放矢
破斧沉舟 破釜沉舟
滥芋充数 滥竽充数
鼎立相助 鼎力相助
饮鸠止渴 饮鸩止渴
趋之若骛 趋之若鹜
声名雀起 声名鹊起
娇揉造作 矫揉造作
姿意妄为 恣意妄为
源远流常 源远流长
相形见拙 相形见绌
相辅相承 相辅相成
融汇贯通 融会贯通
雷历风行 雷厉风行
变本加利 变本加厉
提心掉胆 提心吊胆
重蹈覆彻 重蹈覆辙
因地治宜 因地制宜
因地置宜 因地制宜
与时具进 与时俱进
实是求是 实事求是
实事求事 实事求是
持之以衡 持之以恒
齐抓共关 齐抓共管
事办功倍 事半功倍
防患于末然 防患于未然
防患于未燃 防患于未然
未雨绸谬 未雨绸缪
勿庸置疑 毋庸置疑
贪脏枉法 贪赃枉法
竭泽而鱼 竭泽而渔
历行节约 厉行节约
励行节约 厉行节约
全力以附 全力以赴
责无旁待 责无旁贷
义不容迟 义不容辞
脚塌实地 脚踏实地
立杆见影 立竿见影
迫在眉捷 迫在眉睫
别出新裁 别出心裁
独竖一帜 独树一帜
首当其充 首当其冲
以逸代劳 以逸待劳
天翻地复 天翻地覆
竞竞业业 兢兢业业
旁证博引 旁征博引
松驰 松弛 >援骋名驱誉
辐员辽阔 幅员辽阔
幅射 辐射 <大小涨增 >击出门箭手程
复盖 覆盖 <恢批回答修反往 >章印板有公骑子房起帽顶世
蕴酿 酝酿 >酒成造制
脉博 脉搏 >弈取大采物士览客得爱古学
针贬 针砭 >低值义斥谪抑损
粗旷 粗犷 >世野达课工日古
急燥 急躁 >热湿
暴燥 暴躁 >热湿
震憾 震撼 >事
追朔 追溯 >风方州
坐阵 坐镇 >地营容法线势前脚
装祯 装帧
修茸 修葺 >毛
寒喧 寒暄 >哗闹嚣腾
弦律 旋律 >师例令诗己动
膺品 赝品 >德行牌种质位级
入场卷 入场券 >入宗起烟
亲睐 青睐
渲泄 宣泄
慰籍 慰藉
国藉 国籍 >此着由口助以
户藉 户籍 >此着由口助以
学藉 学籍 >此着由口助以
书藉 书籍 >此着由口助以
竟争 竞争 <毕究未 >取相先执夺论吵端议得斗辩气霸奇抢雄
竞然 竟然 >后而则
挡案 档案 <阻遮抵 >件例情子卷板头发
存挡 存档 >案住风路板箭
归挡 归档 >案住风路板箭
的时侯 的时候 >某先
有时侯 有时候 >某先
什么时侯 什么时候
气侯 气候 +变化|条件|异常|适应|预测|变暖|特征|资源
侯补 候补 <诸王公武封
侯选人 候选人
侯车 候车 <诸王公武封
拔款 拨款 <选提海挺开
拔付 拨付 <选提海挺开
拔打 拨打 <选提海挺开
划拔 划拨 <计规策筹区 >除草地高河出尖牙
给于 给予 <让写借转教拨赠拿租败交递留传带献分输付还供补发送配自 >是今此
赋于 赋予 <天田禀贡税诗辞歌 >是今此
坐谈会 座谈会 >话议
招聘启示 招聘启事 >录
招领启示 招领启事 >录
征稿启示 征稿启事 >录
寻人启示 寻人启事 >录
招租启示 招租启事 >录
零晨 凌晨 >间报光曦会
另星 零星 >期级火系
付主任 副主任 <交支拨垫给偿托应代预对兑分首赔收缴
付局长 副局长 <交支拨垫给偿托应代预对兑分首赔收缴
付市长 副市长 <交支拨垫给偿托应代预对兑分首赔收缴
付书记 副书记 <交支拨垫给偿托应代预对兑分首赔收缴 >员
付处长 副处长 <交支拨垫给偿托应代预对兑分首赔收缴
付科长 副科长 <交支拨垫给偿托应代预对兑分首赔收缴
付秘书长 副秘书长 <交支拨垫给偿托应代预对兑分首赔收缴
迁徒 迁徙 >步手弟刑有然劳
宣染 渲染 >色料发病指整坊上
峻工 竣工 <严险冷高陡 >作程业人资具厂艺
冶理 治理 <大矿陶 >工
政冶 政治 >炼金铸
法冶 法治 >炼金铸
冶安 治安 <大矿陶 >全装置排
防冶 防治 >炼金铸
整冶 整治 >炼金铸
自冶 自治 >炼金铸
末经 未经 <年月季期周始 +批准|许可|同意|审查|审核|授权
末按 未按 <年月季期周始 +规定|要求|照|时|期
末能 未能 <年月季期周始 +按|及时|如期|完成|有效
签定 签订 <标书便题抽竹拒牙求改 >位制期向于点义律为居然价理额型量
修定 修订 <维装检整抢编自进必研重翻大失选主 >额制点期位向时岗义律为居然价理型量性
建全 健全 <构新扩改在共兴创筹重组承修搭代 +制度|机制|体系|完善|组织机构|工作机制|规章
健立 建立 <稳 >足即刻场法
题纲 提纲 <问课主议专命难标话试论答解考出习选为 >要领常纪目
陷井 陷阱 <缺攻诬沦失深凹塌下 >下口盖架冈底水喷台
安祥 安详 <西 >和符云瑞
祥细 详细 <慈安吉 >致心胞
祥见 详见 +附|《|下|http|本|公告|通知
祥情 详情 +请|见|可|如下|咨询|参见
函盖 涵盖 <公来复去便信致书 >章印有公子
通迅 通讯 <交开沟流普 >速猛捷即疾雷
贯输 灌输 <一连横纵籍万鱼
惯彻 贯彻 <习 >底查夜骨头
贯切落实 贯彻落实
措失 措施 <举筹失 >败去业望误利调踪
取谛 取缔 >听
颂布 颁布 >莱
颂发 颁发
浪废 浪费
蔓廷 蔓延
屡行职责 履行职责
覆行职责 履行职责
欢渡 欢度 <喜狂联悲承 >过江河口海船
过度期 过渡期 >待望盼间限货许
幸苦 辛苦 <不荣庆万有侥所宠天薄大 >于恼难笑练战心
欧打 殴打 <北西东南中亚印旅
秘决 秘诀 >定议策算心不赛战意断裂
必竟 毕竟 >然是敢
唯护 维护 >士理送照航
严历 严厉 <尊威庄森戒从 >史来年届经程次任代时法
严励 严厉 <尊威庄森戒从 >精
犹预 犹豫 >先定期算计测付备警报
干予 干预 <若相 >以
凌架 凌驾 <欺冰 >空设子起构桥
气慨 气概 >叹然
慷概 慷慨 >念况览括率论述要
汇同 会同 <外词总结创套交文购双融语 +有关|相关|各|市|县|区|财政|公安|部门
遗撼 遗憾
家俱 家具 <大国专 >全备有乐佳
辩别 辨别 <答争申 >人
辩认 辨认 <答争申 >真为定可
分辩率 分辨率
辨论 辩论 <分 >文证
辨护 辩护 <分 >士理
脏款 赃款 >式项待
水笼头 水龙头
象 像 <现对印形气景迹表抽假想大万映星物意具拟巨征幻图众群小好乱天就录摄 >征牙棋形群山限 +[^，。；：、！？\\s]{1,8}一样
好象 好像 <良美友爱 >征牙棋形群山
就象 就像 <成造高 >征牙棋形群山限
录象 录像 >征牙棋
摄象 摄像 <拍 >征群
图象 图像 >征
，， ，
、、 、
；； ；
：： ：
，。 。
、。 。
。。 。 <。 >。
"""


class WrongWord(NamedTuple):
    """A wrong word in a text: its offset, the word, the right one, and whether it is an error (严重)."""

    offset: int
    wrong: str
    right: str
    is_grave: bool = False


def wrong_words(text: str) -> Iterator[WrongWord]:
    """The wrong words of `text` outside “quotations” and 《titles》, by one pass over it."""
    starts, patterns, right = _compiled()
    there = patterns.keys() & set(map("".join, starts.findall(text)))
    done = 0
    for offset in sorted(offset for start in there for offset in _offsets(text, start)):
        if offset < done:
            continue
        found = None
        for length in (2, 1):
            pattern = patterns.get(text[offset : offset + length])
            found = found or (re.compile(pattern).match(text, offset) if pattern else None)
        if found:
            done = found.end()
            if not is_quoted(text, offset):
                yield WrongWord(offset, found[0], right[found[0]])


def _offsets(text: str, words: str) -> Iterator[int]:
    offset = text.find(words)
    while offset >= 0:
        yield offset
        offset = text.find(words, offset + 1)


def entries() -> Iterator[tuple[str, str]]:
    """Every wrong word with its right form."""
    return ((line.split()[0], line.split()[1]) for line in _TABLE.strip().split("\n"))


@cache
def _compiled() -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    """Where a wrong word may begin, the words by their first two signs (the longest first), the right ones.

    Tried one after the other at each sign, three hundred words cost ten times as much.
    """
    by_start: dict[str, list[str]] = {}
    for line in sorted(_TABLE.strip().split("\n"), key=lambda line: -len(line.split()[0])):
        by_start.setdefault(line.split()[0][:2], []).append(_pattern(*line.split()))
    first = _signs(start[0] for start in by_start)
    second = _signs(start[1] for start in by_start if len(start) == 2)
    single = _signs(start for start in by_start if len(start) == 1)
    # The class at its beginning lets the search skip what it does not hold.
    starts = re.compile(f"({first})(?:(?<={single})|(?=({second})))")
    # Patterns, to be compiled when they are first needed: of most no text ever has the beginning.
    patterns = {start: "|".join(words) for start, words in by_start.items()}
    return starts, patterns, dict(entries())


def _signs(signs: Iterable[str]) -> str:
    return "".join(sorted({re.escape(sign) for sign in signs})).join("[]")


def _pattern(wrong: str, _: str, *guards: str) -> str:
    """One branch: it begins with the word itself, so that the search looks at its first signs only."""
    after, before = "", ""
    for guard in guards:
        sign, words = guard[0], guard[1:]
        if sign == "<":
            after += f"(?<![{words}]{wrong})"
        elif sign == "^":
            after += f"(?<![^，。；：！？\\s]{wrong})"
        elif sign == ">":
            before += f"(?![{words}])"
        elif sign == "+":
            before += f"(?={words})"
        else:
            before += f"(?!{words})"
    return wrong + after + before


_LONGEST_QUOTATION = 500
_QUOTES = (("“", "”"), ("《", "》"), ("「", "」"), ("‘", "’"))


def is_quoted(text: str, offset: int) -> bool:
    """Whether the sign at `offset` stands inside quotation marks that opened not far before it."""
    start = max(text.rfind("\n", 0, offset) + 1, offset - _LONGEST_QUOTATION)
    return any(
        text.count(opening, start, offset) > text.count(closing, start, offset)
        for opening, closing in _QUOTES
    )
