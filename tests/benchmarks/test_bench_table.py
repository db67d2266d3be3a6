"""The table and its page."""

from benchmarks.encoders.curve_block import kept_curve, put_curve
from benchmarks.encoders.run import Line, Table
from benchmarks.encoders.table import markdown, notes, page
from benchmarks.shared.cache import Kept
from benchmarks.shared.figure import Figure, Result
from benchmarks.shared.table import plain


def line(peers, name, figures, *remarks, faults=(), packages=()):
    kept = Kept(Result(figures, remarks), "2026-11-22", "a machine")
    return Line(peers.entry(name=name, packages=packages), (kept,) if figures else (), faults)


def sample(peers) -> Table:
    return Table(
        (
            line(
                peers,
                "one",
                {"topic": Figure(0.905, 173, 0.0223), "speed": Figure(12345.6), "size": Figure(1)},
                "characters as tokens",
                packages=("numpy",),
            ),
            line(peers, "two", {"topic": Figure(0.8, 173, 0.03), "messages": Figure(0.7, 9, 0.1)}),
            line(peers, "three", {"messages": Figure(0.75, 6131, 0.006)}),
            line(peers, "four", {"messages": Figure(0.75, 6131, 0.006)}),
            line(peers, "five", {}, faults=("not installed",)),
        ),
        (),
        ("`provincial` skipped: no rows",),
    )


def test_systems_are_rows_and_figures_columns(peers):
    lines = markdown(sample(peers)).splitlines()
    assert lines[0] == (
        "| system | topic, real titles (n = 173) | messages, macro F1 (n = 6,131) "
        "| texts a second | size, MB |"
    )
    assert lines[2] == "| `one` | 90.5 ± 2.2 | — | 12,346 | 1 |"
    assert lines[3] == "| `two` | 80.0 ± 3.0 | 70.0 ± 10.0 (n = 9) | — | — |"
    assert lines[6] == "| `five` | — | — | — | — |"
    assert {text.count("|") for text in lines} == {6}


def test_notes_tell_settings_remarks_and_what_is_missing(peers):
    text = notes(sample(peers))
    assert "- `one`: knows. characters as tokens." in text
    assert "  - not measured: not installed" in text
    assert text.endswith("- `provincial` skipped: no rows")


def test_numbers_have_about_three_digits():
    assert [plain(Figure(x)) for x in (0.2345, 9.876, 99.4, 1234.5)] == [
        "0.234",
        "9.88",
        "99.4",
        "1,234",
    ]


def test_the_page_names_machine_versions_and_command(peers):
    text = page(sample(peers), "python -m benchmarks.encoders --data FOLDER")
    assert "`python -m benchmarks.encoders --data FOLDER`, 2026-11-22, a machine; numpy " in text


def test_an_empty_table_still_makes_a_page():
    assert page(Table((), ()), "command").startswith("# Benchmarks")


def test_the_learning_curve_stays_when_the_page_is_written_anew(peers, tmp_path):
    file = tmp_path / "page.md"
    file.write_text(page(sample(peers), "command", kept_curve(file)), "utf-8")
    put_curve(file, "## Learning curve\n\nrising")
    file.write_text(page(sample(peers), "other command", kept_curve(file)), "utf-8")
    text = file.read_text("utf-8")
    assert "other command" in text
    assert text.count("rising") == 1
    put_curve(file, "falling")
    assert "rising" not in file.read_text("utf-8")
