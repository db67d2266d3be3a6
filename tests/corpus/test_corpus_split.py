"""Splits: whole near-duplicate groups, every row once, the same for the same seed."""

from collections import Counter

import pytest

from nlp.corpus.duplicates import duplicate_groups
from nlp.corpus.rows import Row, load_rows
from nlp.corpus.split import read_split, split_rows, without_duplicates_of
from nlp.errors import InputError


@pytest.fixture(scope="module")
def rows(small_corpus):
    """Every title twice, the second time in another frame."""
    own = load_rows([small_corpus])
    return [*own, *(Row(f"{r.id}-2", f"{r.title}！", lead=r.lead) for r in own)]


def test_no_group_stands_on_both_sides_and_no_row_is_lost(rows):
    for seed in range(3):
        split = split_rows(rows, seed)
        parts = (split.train, split.dev, split.test)
        assert all(parts)
        assert Counter(r.id for part in parts for r in part) == Counter(r.id for r in rows)
        part_of = {r.id: i for i, part in enumerate(parts) for r in part}
        groups = duplicate_groups([r.title for r in rows])
        assert len(set(groups)) <= len(rows) / 2
        sides = {(g, part_of[r.id]) for g, r in zip(groups, rows, strict=True)}
        assert len(sides) == len(set(groups))


def test_same_seed_same_split(rows):
    assert split_rows(rows, 5) == split_rows(rows, 5)
    assert split_rows(rows, 5) != split_rows(rows, 6)


def test_shares_are_kept_roughly_and_rows_in_order():
    rows = [Row(str(i), f"{chr(0x4E00 + i)}{chr(0x6000 + i)}{chr(0x7000 + i)}") for i in range(600)]
    split = split_rows(rows, 0, dev_share=0.2, test_share=0.1)
    assert 80 <= len(split.dev) <= 160
    assert 30 <= len(split.test) <= 90
    numbers = [int(r.id) for r in split.train]
    assert numbers == sorted(numbers)


def test_rows_without_title_are_grouped_by_body():
    body = "村口的老桥栏杆断了三处，雨天路滑，孩子上学要从桥上过。"
    copies = [Row(str(i), "", body) for i in range(12)]
    split = split_rows(copies, 1)
    assert sorted(map(len, (split.train, split.dev, split.test))) == [0, 0, 12]


def test_without_duplicates_of_drops_copies_of_held_out_rows():
    held = [Row("h", "关于给老街装消防栓的建议")]
    rows = [
        Row("copy", "给老街装消防栓"),
        Row("other", "给老街装路灯"),
        Row("twin", "给老街装路灯！"),
    ]
    assert [r.id for r in without_duplicates_of(rows, held)] == ["other", "twin"]
    assert without_duplicates_of(rows, []) == rows


@pytest.fixture
def parted(tmp_path):
    """A folder with a train folder of two files, and dev and test as a file each."""
    for name in ("train/b", "train/a", "dev", "test"):
        file = tmp_path / f"{name}.jsonl"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f'{{"id": "{name}", "title": "路灯"}}\n', encoding="utf-8")
    return tmp_path


def test_a_part_is_a_folder_or_a_file(parted):
    split = read_split(parted)
    ids = [[row.id for row in part] for part in (split.train, split.dev, split.test)]
    assert ids == [["train/a", "train/b"], ["dev"], ["test"]]


def test_a_folder_that_lacks_a_part_is_no_split(parted):
    (parted / "dev.jsonl").unlink()
    assert read_split(parted) is None


def test_a_part_that_is_there_twice_is_refused(parted):
    (parted / "train.jsonl").write_text('{"title": "路灯"}', encoding="utf-8")
    with pytest.raises(InputError, match=r"既有 train，又有 train\.jsonl"):
        read_split(parted)
