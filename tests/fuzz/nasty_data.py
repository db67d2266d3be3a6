"""Data files to begin with: directories, functions and schemes in YAML."""

from __future__ import annotations

from random import Random

KEYS = ("education", "water", "transport", "township", "park_committee", "government_office")
TOPICS = ("livelihood", "ecology", "industry")
DIRECTORY = """# 目录
place: 青石
level: county
aliases: [青石县]
units:
  - name: 县教育局
    short: [教育局, 教体局]
    functions: [education]
    old_names: [教育体育局]
  - name: 县水利局
    functions: [water]
  - name: 县政府办公室
    functions: [government_office, transport]
towns: [河口镇, 北山乡]
parks: [青石经济开发区]
default: 县政府办公室
"""
FUNCTIONS = """- key: education
  name: 教育
  aliases: [教育局, 教体局]
  topics: [livelihood]
  co_handlers: [transport]
  duties:
    义务教育: [小学, 初中, 学位]
    校园安全: [校车, 校园]
- key: water
  name: 水利
  topics: [ecology]
  fold: transport
- key: transport
  name: 交通运输
"""
SCHEME = """name: 三类
topics:
  - key: livelihood
    name: 民生
    scope: 教育卫生
  - key: ecology
    name: 生态
"""
OUTCOMES = """name: 本县
base: general
letters:
  solved: [A, 甲]
  planned: [B]
phrases:
  solved: [已经解决, 列入…解决]
  explained: [留作参考]
"""


def _damaged(plain: str, rng: Random) -> dict[str, bytes]:
    return {
        "tabs": plain.replace("  ", "\t").encode(),
        "colons": plain.replace(":", "：").encode(),
        "gbk": plain.encode("gb18030"),
        "utf-16": plain.encode("utf-16"),
        "mark": plain.encode("utf-8-sig"),
        "deep": b"[" * 20_000,
        "deep-block": "".join("  " * n + "- a:\n" for n in range(60)).encode(),
        "alias": ("a: &a [x]\nb: *a\n" + plain).encode(),
        "laughs": b"a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
        "two": (plain + "---\n" + plain).encode(),
        "twice": (plain + plain).encode(),
        "empty": b"",
        "nul": plain.encode() + b"\x00",
        "tag": b"!!python/object:os.system x\n" + plain.encode(),
        "odd-key": b"? [a, b]\n: c\n" + plain.encode(),
        "cut": plain.encode()[: rng.randrange(20, len(plain))],
    }


def directory(rng: Random) -> dict[str, bytes]:
    long = DIRECTORY.replace("[河口镇, 北山乡]", str([f"第{n}镇" for n in range(2000)]))
    return {
        "plain": DIRECTORY.encode(),
        "many": long.encode(),
        "empty-names": DIRECTORY.replace("县水利局", "'　'").encode(),
        "only-level": DIRECTORY.replace("县水利局", "县").encode(),
        **_damaged(DIRECTORY, rng),
    }


def functions(rng: Random) -> dict[str, bytes]:
    return {
        "plain": FUNCTIONS.encode(),
        "scheme": SCHEME.encode(),
        "outcomes": OUTCOMES.encode(),
        "circle": FUNCTIONS.replace("name: 交通运输", "name: 交通\n  fold: water").encode(),
        "gaps": OUTCOMES.replace("已经解决", "…" * 400).encode(),
        **_damaged(FUNCTIONS, rng),
        **{f"outcomes-{name}": data for name, data in _damaged(OUTCOMES, rng).items()},
    }
