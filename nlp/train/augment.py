"""Other wordings of a title that mean the same: names put in, damage done, frames changed.

Real titles name estates, roads and villages whose names sound like subjects (碧水湾小区,
文昌桥, 医院路), come in with lost and doubled characters, and with or without their frame.
A model that never met that learns the names.
"""

from __future__ import annotations

import re

import numpy as np

NAME_LETTERS = (
    "文昌碧水湾泉山林河湖桥井塘田园学府医财富金银铁煤石牛马羊鱼龙凤虎官军兵商旅电气车船塔寺庙城"
    "关东西南北中上下大小新老红星光明安康福寿和平建设工农科技书香体育公园花果茶桑棉油盐粮仓"
)
KINDS = (
    "小区",
    "花园",
    "家园",
    "村",
    "镇",
    "乡",
    "街道",
    "社区",
    "路",
    "街",
    "片区",
    "县城",
    "市区",
)
FRAME = re.compile(
    "^关于(?:尽快|进一步|切实)?(?:解决|加强|加快|推进|完善|规范|整治|修建|改造|增设|建设)?"
)
ENDS = re.compile(r"的?(?:建议|提案|议案|意见|问题)$")
ENDINGS = ("的建议", "的提案", "的议案", "", "的几点建议", "问题的建议", "的问题")
NAMED, DAMAGED, REFRAMED = 0.25, 0.10, 0.15
"""The chance that a title is changed in each way."""


def altered(title: str, random: np.random.Generator) -> str:
    """Return a title with a name put in, reframed or damaged, or as it is."""
    if random.random() < NAMED:
        title = with_name(title, random)
    if random.random() < REFRAMED:
        title = reframed(title, random)
    if random.random() < DAMAGED:
        title = damaged(title, random)
    return title


def invented_name(random: np.random.Generator) -> str:
    """Return a name of a place such as 银林家园: any two or three letters and a kind."""
    letters = [NAME_LETTERS[i] for i in random.integers(len(NAME_LETTERS), size=2)]
    if random.random() < 0.2:
        letters.append(NAME_LETTERS[random.integers(len(NAME_LETTERS))])
    return "".join(letters) + str(random.choice(KINDS))


def with_name(title: str, random: np.random.Generator) -> str:
    """Put an invented name where a proposer would name the place: behind 关于…, or in front."""
    frame = FRAME.match(title)
    at = frame.end() if frame else 0
    return title[:at] + invented_name(random) + title[at:]


def reframed(title: str, random: np.random.Generator) -> str:
    """Change the ending, and now and then drop 关于."""
    bare = ENDS.sub("", title)
    if len(bare) < 4:
        return title
    if bare.startswith("关于") and random.random() < 0.4:
        bare = bare[2:]
    return bare + str(random.choice(ENDINGS))


def damaged(title: str, random: np.random.Generator) -> str:
    """Lose, double or swap one or two characters, as copying and scanning do."""
    letters = list(title)
    for _ in range(1 + int(random.random() < 0.3)):
        if len(letters) < 6:
            break
        at = int(random.integers(1, len(letters) - 1))
        one, two = letters[at : at + 2]
        draw = random.random()
        letters[at : at + 2] = (
            [two] if draw < 0.5 else [one, one, two] if draw <= 0.75 else [two, one]
        )
    return "".join(letters)
