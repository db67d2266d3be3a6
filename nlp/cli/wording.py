"""The command line library's own English words — help heads, usage errors — in Chinese."""

from __future__ import annotations

import re

import typer
from typer.core import TyperCommand, TyperGroup

_ERRORS = (
    (r"No such command '(.*?)'\.(?: Did you mean '(.*)'\?)?", "没有“{0}”这个命令", "，是不是“{1}”"),
    (r"No such option: (\S+)(?: \(Possible options: (.*)\))?", "没有“{0}”这个选项", "，是不是 {1}"),
    (r"Option '(.*)' does not take a value\.", "选项“{0}”后面不跟值", ""),
    (r"Option '(.*)' requires an argument\.", "选项“{0}”后面要跟一个值", ""),
    (r"Missing (?:argument|option) '(.*)'\.", "缺少“{0}”", ""),
    (r"Missing command\.", "缺少命令", ""),
    (
        r"Got unexpected extra argument\(s\) \((.*)\)",
        "多出了“{0}”；文件名里有空格的，请加引号",
        "",
    ),
    (r"Invalid value for '(.*?)':.* valid number.*", "“{0}”的值应是一个数", ""),
    (r"Invalid value for '(.*?)':.* integer.*", "“{0}”的值应是整数", ""),
    (r"Invalid value for '(.*?)':.*? is not one of (.*)\.", "“{0}”的值应是 {1} 之一", ""),
)
_USAGE = "用法："
_HELP = (
    (r"^Usage: ", _USAGE),
    (r"^Arguments:$", "参数："),
    (r"^Options:$", "选项："),
    (r"^Commands:$", "命令："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 …"),
    (r" <(?:str|path|list\[Path\])>", ""),
    (r"\[default:\s+", "[默认："),
    (r"\s*\[required\]", "（必填）"),
    (r"Show this message and exit\.", "显示这段说明。"),
)


def usage_message(english: str) -> str:
    """Say a usage error in Chinese; what is not known stays as it is, behind a Chinese word."""
    if english.startswith(_USAGE):  # a bare `fenban` is answered by its help page
        return english
    for pattern, chinese, suggestion in _ERRORS:
        if found := re.fullmatch(pattern, english, re.DOTALL):
            groups = [_listed(group) for group in found.groups() if group is not None]
            more = suggestion.format(*groups) if len(groups) > 1 else ""
            return f"用法不对：{chinese.format(*groups)}{more}。请用 --help 看说明。"
    return f"用法不对：{english} 请用 --help 看说明。"


def _listed(names: str) -> str:
    return names.replace("'", "").replace(", ", "、")


def in_chinese(page: str) -> str:
    """Translate a help page's heads and standing words."""
    for english, chinese in _HELP:
        page = re.sub(english, chinese, page, flags=re.MULTILINE)
    return page


class Command(TyperCommand):
    """A command whose help page is Chinese throughout."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        return in_chinese(super().get_help(ctx))


class Group(TyperGroup):
    """A table of commands whose help page is Chinese throughout."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        return in_chinese(super().get_help(ctx))
