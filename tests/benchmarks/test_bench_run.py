"""Running and keeping: interrupted runs go on, one failure costs one row, keys follow inputs."""

import json
from dataclasses import replace

import pytest

from benchmarks.encoders.__main__ import main
from benchmarks.encoders.named import name_of
from benchmarks.encoders.run import run
from benchmarks.encoders.systems import ENTRIES
from benchmarks.encoders.task import Task
from benchmarks.shared.cache import Cache
from benchmarks.shared.figure import Figure, Result, from_json, of_rows, of_share, to_json
from benchmarks.shared.hashes import files_hash, folder_hash

RESULT = Result({"speed": Figure(10.0), "topic": Figure(0.9, 173, 0.02)}, ("fine",))


class Question:
    """A task that counts how often it was asked, and fails for a system named `bad`."""

    def __init__(self) -> None:
        self.asked = []

    def measure(self, entry, place):
        self.asked.append(entry.name)
        if entry.name == "bad":
            raise OSError("no file /home/someone/secret/model.bin here\nmore")
        return RESULT

    def task(self, **changes) -> Task:
        settings = {"name": "question", "about": "asks", "files": lambda place: ()} | changes
        return Task(measure=self.measure, **settings)


@pytest.fixture
def question() -> Question:
    return Question()


def ask(entries, tasks, place, redo=False):
    return run(entries, tasks, place, Cache(place.bench, redo), lambda text: None)


def test_an_interrupted_run_goes_on(place, peers, question):
    first, second = peers.entry(name="first"), peers.entry(name="second")
    ask([first], [question.task()], place)
    table = ask([first, second], [question.task()], place)
    assert question.asked == ["first", "second"]
    told = replace(RESULT, remarks=("question: fine",))
    assert [line.kept[0].result for line in table.lines] == [told, told]
    ask([first], [question.task()], place, redo=True)
    assert question.asked == ["first", "second", "first"]


def test_a_failure_costs_its_own_row_and_is_not_kept(place, peers, question):
    entries = [peers.entry(name="bad"), peers.entry(name="good")]
    bad, good = ask(entries, [question.task()], place).lines
    assert bad.faults == ("`question` failed: OSError: no file … here",)
    assert good.kept and not good.faults
    ask(entries, [question.task()], place)
    assert question.asked == ["bad", "good", "bad"]


def test_a_missing_package_or_model_is_said(place, peers, question):
    entries = [
        peers.entry(packages=("no-such-package",)),
        peers.entry(obstacle=lambda place: "make it first"),
    ]
    missing, unmade = ask(entries, [question.task()], place).lines
    assert "no-such-package not installed" in missing.faults[0]
    assert "requirements-peers.txt" in missing.faults[0]
    assert unmade.faults == ("make it first",)
    assert not question.asked


def test_a_system_is_asked_only_what_it_answers(place, peers, question):
    entries = [peers.entry(name="one", only=("other",)), peers.entry(name="all")]
    one, both = ask(entries, [question.task()], place).lines
    assert question.asked == ["all"]
    assert not one.kept and not one.faults
    assert both.kept


def test_a_task_without_rows_is_skipped_for_all(place, peers, question):
    table = ask([peers.entry()], [question.task(needed="absent.csv")], place)
    assert table.skipped == ("`question` skipped: the data folder has no `absent.csv`",)
    assert table.tasks == () and not question.asked


def test_a_result_is_named_by_all_it_depends_on(place, peers, question, tmp_path):
    rows = tmp_path / "rows.csv"
    rows.write_text("a")
    entry, task = peers.entry(), question.task(files=lambda place: (rows, tmp_path / "gone"))
    names = {name_of(entry, task, place)}
    names.add(name_of(replace(entry, version=2), task, place))
    names.add(name_of(replace(entry, fingerprint=lambda place: "model"), task, place))
    names.add(name_of(entry, replace(task, version=2), place))
    names.add(name_of(entry, task, replace(place, sample=5)))
    rows.write_text("b")
    names.add(name_of(entry, task, place))
    assert len(names) == 6
    assert all(name.startswith("question-oracle-") for name in names)


def test_results_survive_the_file(tmp_path):
    kept = Cache(tmp_path / "new").put("name", RESULT)
    assert Cache(tmp_path / "new").get("name") == kept
    assert from_json(json.loads(json.dumps(to_json(RESULT)))) == RESULT
    assert Cache(tmp_path / "new", redo=True).get("name") is None


def test_a_folder_is_known_by_names_and_contents(tmp_path):
    assert folder_hash(tmp_path / "absent") == ""
    (tmp_path / "a").write_text("1")
    first = folder_hash(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert folder_hash(tmp_path) != first


def test_errors_shrink_with_rows():
    import numpy as np

    assert of_share(0.5, 100).error == pytest.approx(0.05)
    assert of_rows(np.array([0.0, 1.0] * 50)).error == pytest.approx(0.05, rel=0.01)
    assert of_rows(np.array([1.0])).error == 0.0


def test_every_system_has_a_name_of_its_own_and_says_what_it_is():
    assert len({entry.name for entry in ENTRIES}) == len(ENTRIES) == 9
    assert all(entry.about for entry in ENTRIES)


def test_the_command_without_data_skips_and_says_so(tmp_path, capsys, monkeypatch):
    arguments = ["--data", str(tmp_path), "--bench", str(tmp_path), "--tasks", "messages"]
    out = tmp_path / "page.md"
    main([*arguments, "--systems", "tfidf_svm", "--out", str(out)])
    text = out.read_text("utf-8")
    assert "`messages` skipped" in capsys.readouterr().out
    assert "--data FOLDER --systems tfidf_svm --tasks messages" in text
    assert str(tmp_path) not in text


@pytest.mark.parametrize(
    "arguments", [["--sample", "5", "--out", "x.md"], ["--systems", "nothing"], ["--tasks", "x"]]
)
def test_the_command_refuses_what_makes_no_sense(arguments, tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["--data", str(tmp_path), *arguments])
    assert capsys.readouterr().err


def test_files_that_are_missing_count_in_the_hash(tmp_path):
    assert files_hash([tmp_path / "x"]) != files_hash([])
