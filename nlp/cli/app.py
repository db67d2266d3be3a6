"""The `fenban` command: its table of commands, and the translation of errors."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable

import typer

from nlp.cli import (
    bulletin,
    check,
    classify,
    doctor,
    encoder,
    evaluate,
    inspect,
    route,
    summarize,
    train,
)
from nlp.cli.wording import Command, Group, usage_message
from nlp.errors import EXIT_INPUT, EXIT_OK, EXIT_USAGE, FenbanError

EXIT_INTERRUPTED = 130
HELP = "分办：读提案和代表建议，给出主题、主办和会办单位、把握与理由。离线运行，不需要显卡。"


def new_app(help_text: str = HELP) -> typer.Typer:
    return typer.Typer(
        cls=Group,
        help=help_text,
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,  # plain help: rich costs 0.2 s of start-up
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "check": (check.check, "试读：看看文件读得怎样、认出了哪些列，不做分类。"),
    "classify": (classify.classify, "分类：给每件提案标主题、主办和会办单位。"),
    "summarize": (summarize.summarize, "摘要：把答复缩成几句话，标出办理结果、数字和要核对之处。"),
    "route": (route.route, "解释：一件提案为什么分给这个单位。"),
    "train": (train.train, "训练：从标好的语料得到模型目录。"),
    "evaluate": (evaluate.evaluate, "评测：拿标好的提案量一量模型准不准。"),
    "inspect": (inspect.inspect_model, "查看：模型里有什么、是否完好。"),
    "doctor": (doctor.doctor, "体检：软件装得对不对，缺什么怎么补。"),
}
GROUPS: dict[str, tuple[dict[str, tuple[Callable[..., None], str]], str]] = {
    "bulletin": (bulletin.COMMANDS, "通报：读取、核对、起草提案（建议）办理情况的通报。"),
    "encoder": (encoder.COMMANDS, "编码器：取来、导出、查看预训练的编码器。"),
}


def _filled(commands: dict[str, tuple[Callable[..., None], str]], help_text: str) -> typer.Typer:
    made = new_app(help_text)
    for name, (function, about) in commands.items():
        made.command(name, cls=Command, help=about)(function)
    return made


app = _filled(COMMANDS, HELP)
for name, (commands, about) in GROUPS.items():
    app.add_typer(_filled(commands, about), name=name)


OBJECTS_PER_COLLECTION = 100_000
"""How many new objects set off a search for cycles: results hold none, so Python's default of
700 makes it look through all of them again and again (a seventh of a long run)."""


def main() -> None:
    """Run the command line; the one place where errors become messages and exit codes."""
    sys.exit(run(app))


def run_single(command: Callable[..., None]) -> None:
    """Run one command as a script of its own (`python classify.py …`)."""
    single = new_app("")
    about = next(about for function, about in COMMANDS.values() if function is command)
    single.command(cls=Command, help=about)(command)
    sys.exit(run(single))


def run(application: typer.Typer) -> int:
    """Run and return the exit code: one Chinese line for what a user can mend, no traceback."""
    gc.set_threshold(OBJECTS_PER_COLLECTION)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = int(application(standalone_mode=False) or EXIT_OK)
    except SystemExit:  # the library's answer to a reader that has gone (`| head`)
        return EXIT_OK
    except (KeyboardInterrupt, typer.Abort):
        code = EXIT_INTERRUPTED
    except Exception as error:
        return _explain(error)
    if code == EXIT_INTERRUPTED:
        return _say("已中断，没有做完；原有的文件没有动。", code)
    return code


def _explain(error: Exception) -> int:
    """Say what went wrong and return its exit code."""
    if isinstance(error, FenbanError):
        return _say(f"错误：{error}", error.exit_code)
    if isinstance(error, typer.TyperException):
        return _say(usage_message(error.format_message()), EXIT_USAGE)
    if os.environ.get("FENBAN_DEBUG"):
        raise error
    if isinstance(error, OSError):
        from nlp.io.system import reason

        where = f"“{str(error.filename)[:60]}”：" if error.filename else ""
        return _say(f"错误：{where}{reason(error)}。请检查路径、权限和磁盘空间。", EXIT_INPUT)
    kind = type(error).__name__
    hint = "请设环境变量 FENBAN_DEBUG=1 再运行一次，把输出发给开发者。"
    return _say(f"程序内部出错（{kind}：{str(error)[:300]}）。{hint}", EXIT_INPUT)


def _say(text: str, code: int) -> int:
    typer.echo(text, err=True)
    return code


if __name__ == "__main__":
    main()
