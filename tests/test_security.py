"""SECURITY.md keeps its word: every promise has tests, every limit is the code's."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from nlp.errors import ModelError
from nlp.store import open_model, write_model

ROOT = Path(__file__).parents[1]
WORD = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISE = re.compile(r"^(\d+)\. (.+)$", re.M)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
LIMIT = re.compile(r"^\| .+ \| ([\d,]+) \| `([\w.]+)\.(\w+)` \|$", re.M)

PICKLES = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
NETWORK = {
    *("socket", "ssl", "http", "urllib", "urllib3", "requests", "aiohttp", "httpx", "ftplib"),
    *("smtplib", "xmlrpc", "webbrowser", "asyncio", "fsspec", "huggingface_hub", "ray"),
}
KNOW_NETWORK = {
    "nlp/summarize/rewrite/endpoint.py",  # --endpoint
    "nlp/hf/locate.py",  # --download
    "nlp/engines/address.py",  # a cluster's address
    "nlp/engines/cluster.py",
}
KNOW_PICKLE = {"nlp/engines/cluster.py", "nlp/engines/remote.py"}
"""Messages between processes of one cluster; no file is read so."""
KNOW_PROCESSES = {"nlp/io/pdf.py"}
SHELL = {"system", "popen", "execv", "execve", "execl", "execlp", "execvp", "spawnl", "spawnv"}
UNSAFE_YAML = {"load", "load_all", "full_load", "unsafe_load"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted((ROOT / "nlp").rglob("*.py")):
        yield file.relative_to(ROOT).as_posix(), parsed(file)


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> set[str]:
    """Name the top-level packages that are imported anywhere in a file."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def faults(tree: ast.AST) -> Iterator[str]:
    """Yield the calls that run what data say."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        options = {each.arg: getattr(each.value, "value", None) for each in call.keywords}
        owner, name = called(call)
        if not owner and name in ("eval", "exec", "__import__", "compile"):
            yield name
        if (owner == "os" and name in SHELL) or options.get("shell"):
            yield f"{owner}.{name} (shell)"
        if owner == "torch" and name == "load" and options.get("weights_only") is not True:
            yield "torch.load"
        if owner == "yaml" and name in UNSAFE_YAML:
            yield f"yaml.{name}"
        if owner in ("np", "numpy") and name == "load":
            yield "numpy.load"
        if options.get("allow_pickle") or options.get("trust_remote_code"):
            yield f"{name} with an unsafe option"


def called(call: ast.Call) -> tuple[str, str]:
    """Return the owner and the name of what is called: ("os", "system")."""
    if isinstance(call.func, ast.Attribute):
        owner = call.func.value
        return owner.id if isinstance(owner, ast.Name) else "?", call.func.attr
    return "", call.func.id if isinstance(call.func, ast.Name) else ""


def test_every_promise_names_tests_that_exist():
    promises = PROMISE.findall(WORD)
    assert [int(number) for number, _ in promises] == list(range(1, len(promises) + 1))
    assert len(promises) >= 15
    for number, promise in promises:
        named = TEST.findall(promise)
        assert named, f"promise {number} names no test"
        for file, test in named:
            found = {node.name for node in ast.walk(parsed(ROOT / file)) if hasattr(node, "name")}
            assert test in found, f"promise {number}: {file} has no {test}"


def test_every_limit_is_the_codes():
    limits = LIMIT.findall(WORD)
    assert len(limits) == WORD.count("| `nlp.")
    for number, module, name in limits:
        assert getattr(import_module(module), name) == int(number.replace(",", "")), name


def test_no_pickle_no_eval_no_shell():
    found = {file: list(faults(tree)) for file, tree in sources()}
    assert {file: each for file, each in found.items() if each} == {}
    packages = {file: imported(tree) for file, tree in sources()}
    assert {file for file, names in packages.items() if names & PICKLES} <= KNOW_PICKLE
    assert {file for file, names in packages.items() if "subprocess" in names} <= KNOW_PROCESSES


@pytest.mark.parametrize(
    "code",
    [
        "eval(text)",
        "exec(text)",
        "os.system(text)",
        "run(text, shell=True)",
        "torch.load(file)",
        "torch.load(file, weights_only=False)",
        "yaml.load(file, Loader=yaml.Loader)",
        "np.load(file)",
        "read(file, allow_pickle=True)",
        "Model.from_pretrained(file, trust_remote_code=True)",
    ],
)
def test_the_checker_sees_what_it_is_for(code):
    assert list(faults(ast.parse(code)))
    assert imported(ast.parse("def f():\n import pickle.x\n from http.client import y")) == {
        "pickle",
        "http",
    }


def test_only_named_files_know_the_network():
    assert {file for file, tree in sources() if imported(tree) & NETWORK} <= KNOW_NETWORK


def test_nothing_is_extracted_from_archives():
    archives = [
        (file, tree)
        for file, tree in sources()
        if imported(tree) & {"zipfile", "tarfile", "shutil"}
    ]
    assert archives
    for file, tree in archives:
        calls = {called(node)[1] for node in ast.walk(tree) if isinstance(node, ast.Call)}
        assert not calls & {"extract", "extractall", "unpack_archive"}, file


def test_every_xml_parser_is_told_to_stay_at_home():
    parsers = 0
    for file, tree in sources():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call):
                continue
            owner, name = called(call)
            options = {each.arg: getattr(each.value, "value", None) for each in call.keywords}
            if name in ("XMLParser", "HTMLParser"):
                parsers += 1
                assert options.get("no_network") is True, file
                assert name == "HTMLParser" or options.get("resolve_entities") is False, file
            if owner == "etree" and name in ("parse", "fromstring", "XML", "iterparse"):
                assert len(call.args) > 1 or "parser" in options, file
    assert parsers >= 3


def test_every_cell_goes_through_one_gate():
    """Whoever writes workbooks or CSV uses `safe_cell`, for every text that is not a constant."""
    writers = 0
    for file, tree in sources():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and called(call)[1] in ("write_string", "writerow"):
                writers += 1
                text = call.args[2] if called(call)[1] == "write_string" else call.args[0]
                safe = "safe_cell" in ast.dump(text) or isinstance(text, ast.Constant)
                assert safe, f"{file}:{call.lineno}"
    assert writers >= 5


def test_no_template_switches_escaping_off():
    for file in (ROOT / "nlp").rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape\s+false", text), file
        assert not re.search(r"(?:src|href)\s*=\s*[\"']?\s*(?:https?:)?//", text), file
    for file, tree in sources():
        assert "Markup" not in {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}, file


def test_nothing_writes_logs():
    """The logs of libraries are silenced; this program keeps none."""
    own = {"getLogger", "basicConfig", "FileHandler", "StreamHandler"}
    for file, tree in sources():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and called(call)[0] == "logging":
                assert called(call)[1] not in own - {"getLogger"}, file
            if isinstance(call, ast.Call) and called(call)[1] == "getLogger":
                assert call.args, f"{file}: a logger of its own"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_model_folder_does_not_hang(tmp_path):
    write_model(tmp_path / "m", {}, lambda folder: (folder / "a.json").write_text("{}") and None)
    (tmp_path / "m" / "a.json").unlink()
    os.mkfifo(tmp_path / "m" / "a.json")
    with pytest.raises(ModelError, match="不是普通文件"):
        open_model(tmp_path / "m")


WATCH = """
import os, sys
NAMES = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
         "os.system", "pickle.find_class"}
def watch(event, arguments):
    if event in NAMES and not (event == "socket.connect" and isinstance(arguments[1], str)):
        with open(os.environ["WATCHED"], "a") as log:
            log.write(event + "\\n")
        if event.startswith("socket"):
            raise OSError("no network here")
sys.addaudithook(watch)
"""
MAIN = "from nlp.cli.app import main; main()"
TITLE, BODY = "关于修缮暗沟石桥的建议", "暗沟石桥年久失修，行人绕道。"
REPLY = "经研究，暗沟石桥已列入计划，二〇二五年十月底前修好，投资12万元。"


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """Run a command in a process, and in those that it starts, that tells of connections."""
    folder = tmp_path_factory.mktemp("watched")
    (folder / "sitecustomize.py").write_text(WATCH, "utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))),
        "WATCHED": str(folder / "log"),
    }

    def run(*arguments: object, program: str = MAIN) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-c", program, *map(str, arguments)],
            capture_output=True,
            text=True,
            env=environment,
            cwd=folder,
        )
        log = folder / "log"
        assert not log.exists(), log.read_text()
        return done

    rows = ("编号,案由,内容,答复", f"1,{TITLE},{BODY},{REPLY}", "2,,,", f"3,关于公交的提案,{BODY},")
    (folder / "in.csv").write_text("\n".join(rows), "utf-8")
    return folder, run


def test_the_watch_sees_a_connection(watched):
    folder, run = watched
    code = "import socket, subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
    inner = "import socket; socket.create_connection(('127.0.0.1', 9))"
    with pytest.raises(AssertionError, match=r"socket\.getaddrinfo"):
        run(inner, program=code)
    (folder / "log").unlink()


def test_classify_and_summarize_open_no_connection(watched):
    folder, run = watched
    for command, out in (("classify", "a.xlsx"), ("summarize", "b.jsonl")):
        done = run(command, folder / "in.csv", "--out", folder / out)
        assert done.returncode in (0, 3), done.stderr
        assert (folder / out).stat().st_size


def test_no_text_is_said_beside_results(watched):
    folder, run = watched
    for command in ("check", "classify", "summarize"):
        where = () if command == "check" else ("--out", folder / f"said-{command}.jsonl")
        done = run(command, folder / "in.csv", *where)
        assert done.returncode in (0, 3), done.stderr
        assert "暗沟" not in done.stderr + (done.stdout if command != "check" else "")
        assert re.search("[23] 件", done.stderr + done.stdout)
