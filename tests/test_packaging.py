"""The wheel works without the checkout: it carries the model, directories and functions."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    done = subprocess.run([*command, str(ROOT)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = out.glob("fenban-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(out / "site")
    return out / "site"


def run(site: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the unpacked wheel alone: isolated mode keeps the checkout off the path."""
    code = f"import sys; sys.path.insert(0, {str(site)!r}); from nlp.cli.app import main; main()"
    return subprocess.run(
        [sys.executable, "-I", "-c", code, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=site.parent,
    )


def test_only_the_package_is_installed(unpacked):
    names = {path.name for path in unpacked.iterdir()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"nlp"}


def test_the_wheel_classifies_with_what_it_carries(unpacked):
    done = run(unpacked, "classify", "-", "--place", "泽州县", stdin="关于修建村级幼儿园的建议")
    assert done.returncode == 0, done.stderr
    (row,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert row["lead"][0]["function"] == "education"
    assert row["lead"][0]["unit"].startswith("县")


def test_the_wheel_is_whole(unpacked):
    done = run(unpacked, "doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(ROOT) not in done.stdout
