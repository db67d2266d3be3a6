"""The words of the command line library: usage errors and help pages in Chinese."""

from __future__ import annotations

import re

import pytest

from nlp.cli.app import COMMANDS, GROUPS
from nlp.cli.wording import usage_message

ENGLISH = re.compile(
    r"\b(usage|options|arguments|commands|required|default|show|message|exit|missing|invalid|"
    r"value|got|unexpected|such|input|should|valid|possible|requires|does|take|not)\b",
    re.IGNORECASE,
)

WRONG = {
    "clasify": ["clasify", "classify"],
    "classify": ["输入"],
    "classify a --precison 1": ["--precison", "--precision"],
    "classify a -x": ["-x"],
    "classify a --precision abc": ["--precision", "一个数"],
    "classify a b": ["“b”"],
    "classify a --out": ["--out", "跟一个值"],
    "classify a --table=3": ["--table", "不跟值"],
    "evaluate a --task foo": ["--task", "all、topics、units"],
    "train": ["语料"],
    "train a --seed abc": ["--seed", "整数"],
    "route": ["标题"],
    "doctor x": ["“x”"],
    "encoder biuld": ["biuld", "build"],
    "encoder build e5": ["--out"],
    "encoder info": ["编码器"],
    "--nothing": ["--nothing"],
}


@pytest.mark.parametrize("line", WRONG)
def test_wrong_usage(fenban, line):
    said = fenban(*line.split()).refused(2)
    assert said.startswith("用法不对：")
    assert said.endswith("请用 --help 看说明。")
    for word in WRONG[line]:
        assert word in said
    assert not ENGLISH.search(said)


PAGES = {name: about for name, (_, about) in (COMMANDS | GROUPS).items()}
for group, (commands, _) in GROUPS.items():
    PAGES |= {f"{group} {name}": about for name, (_, about) in commands.items()}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_pages(fenban, name, option):
    ran = fenban(*name.split(), option)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("用法：")
    assert PAGES[name] in ran.out
    assert "显示这段说明。" in ran.out
    assert not ENGLISH.search(re.sub(r"--\S+|[\w/]+\.\w+", "", ran.out))


def test_the_bare_command_shows_its_help(fenban):
    asked = fenban("--help")
    assert all(f"  {name}" in asked.out for name in (*COMMANDS, *GROUPS))
    bare = fenban()
    assert (bare.code, bare.out, bare.err) == (2, "", asked.out)


def test_scripts_are_commands_of_the_same_table(capsys, monkeypatch):
    from nlp.cli.app import run_single

    for name in ("classify", "train"):
        monkeypatch.setattr("sys.argv", [f"{name}.py", "--help"])
        with pytest.raises(SystemExit) as left:
            run_single(COMMANDS[name][0])
        assert left.value.code == 0
        assert COMMANDS[name][1] in capsys.readouterr().out


def test_what_is_not_known_stays_readable():
    assert usage_message("Something new.") == "用法不对：Something new. 请用 --help 看说明。"
