"""Training a digest model: same input, same bytes; annotations meet the clauses they mean."""

import json
from dataclasses import replace

import numpy as np
import pytest

from nlp.corpus.replies import Fact, ReplyRow
from nlp.errors import DataError, InputError, ModelError, UsageError
from nlp.store import open_model
from nlp.summarize.files import load_digester, write_digester
from nlp.summarize.quality import LEARNED
from nlp.summarize.reading import read_reply
from nlp.summarize.roles import ROLES
from nlp.train.replies import material, run
from nlp.train.replies.card import digest_card, digest_line
from nlp.train.replies.fit import encode, moments
from nlp.train.replies.material import UNKNOWN, load_material
from nlp.train.replies.run import DigestTraining, fit_digester, train_digester
from nlp.train.replies.targets import FACT, SPAN, clause_targets
from nlp.types import Reply

REPLY = "经查，北渠淤积属实，已清淤2公里，投资30万元。\n下一步将加固渠岸，年底前完工。"


def written(path, rows):
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def row(number, **more):
    return {
        **{"id": f"X-{number}", "reply": REPLY, "proposal_title": "关于疏浚北渠的建议"},
        **{"outcome": "solved", "summary": "已清淤2公里", "key_spans": ["已清淤2公里"]},
        **{"facts": [{"text": "清淤", "must_match": ["2公里"]}], "units": [], "flags": []},
        **more,
    }


ROLED = [
    *(("经查，", "other"), ("北渠淤积属实，", "verified"), ("已清淤2公里，", "done")),
    *(("投资30万元。", "done"), ("下一步将加固渠岸，", "promise"), ("年底前完工。", "pending")),
]


def roled(number, clauses=ROLED):
    return {"id": f"X-{number}", "clauses": [{"text": t, "role": r} for t, r in clauses]}


@pytest.fixture
def corpus(tmp_path):
    """Return a function that writes a corpus of the parts' rows, roles and passages."""

    def write(train, roles=(), passages=None, dev=None, test=None):
        folder = tmp_path / "corpus"
        for part, rows in (("train", train), ("dev", dev or [row(900)]), ("test", test or [])):
            written(folder / f"{part}.jsonl", rows or [row(901)])
        known = written(tmp_path / "roles.jsonl", roles or [roled(0)])
        short = written(tmp_path / "passages.jsonl", passages or [row(800)])
        return [folder], known, short

    return write


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(material, "FEWEST", 1)


def targets(reply=REPLY, **labels):
    one = ReplyRow("1", "", reply, **labels)
    return clause_targets(one, read_reply(Reply("1", reply))).round(4).tolist()


def test_a_clause_is_worth_the_facts_and_spans_it_holds():
    facts = (Fact("清淤", ("2公里",)), Fact("完工", ("年底前",)))
    assert targets(facts=facts) == [0, 0, FACT, 0, 0, FACT]
    assert targets(key_spans=("已清淤2公里，投资",)) == [0, 0, SPAN, round(SPAN * 2 / 8, 4), 0, 0]
    assert targets(facts=facts, key_spans=("已清淤2公里，",)) == [0, 0, 1, 0, 0, FACT]
    assert targets() == [0] * 6


def test_proofs_are_looked_for_in_the_clean_text():
    facts = (Fact("清淤", ("２公里",)),)
    assert targets(facts=facts) == [0, 0, FACT, 0, 0, 0]
    damaged = REPLY.replace("2公里", "2 公 里")
    assert targets(damaged, facts=facts)[2] == FACT


def test_of_several_clauses_the_one_in_the_span_or_the_digest_is_meant():
    reply = "东渠清淤2公里，西渠清淤2公里，北渠清淤2公里。"
    facts = (Fact("", ("2公里",)),)
    assert targets(reply, facts=facts) == [FACT, 0, 0]
    assert targets(reply, facts=facts, summary="西渠已清淤") == [0, FACT, 0]
    assert targets(reply, facts=facts, key_spans=("北渠清淤2公里",), summary="西渠已清淤")[2] > FACT


def test_what_is_not_in_the_reply_counts_for_nothing():
    facts = (Fact("", ("9公里",)), Fact("", ("2公里，投资",)))
    assert targets(facts=facts, key_spans=("没有的话",), summary="别的") == [0] * 6
    assert targets("。", facts=facts) == [0]
    assert targets("", facts=facts) == []


def test_every_row_of_a_sample_has_a_target_and_a_role(corpus, few):
    found = load_material(*corpus([row(0), row(1)], [roled(0), roled(9)]))
    first, second, dev = found.samples
    assert [ROLES[role] for role in first.roles] == [role for _, role in ROLED]
    assert second.roles.tolist() == [UNKNOWN] * 6
    assert dev.row.id == "X-900"
    assert len(first.targets) == len(first.roles) == len(first.reading.clauses) == 6
    assert [sample.row.id for sample in found.passages] == ["X-800"]
    assert set(found.passages[0].roles.tolist()) == {UNKNOWN}
    assert [each.id for each in found.test] == ["X-901"]


def test_roles_are_found_by_their_clause(corpus, few):
    reply = "已清淤，已清淤，已护坡。\n渠 岸加固"
    roles = [
        *(("已清淤，", "done"), ("多余的，", "inform"), ("已清淤，", "promise")),
        *(("已护坡。", "unheard"), (" 渠岸 加固", "refer")),
    ]
    found = load_material(*corpus([row(0, reply=reply)], [roled(0, roles)]))
    names = [ROLES[role] if role != UNKNOWN else "" for role in found.samples[0].roles]
    assert names == ["done", "promise", "", "refer"]


def test_rows_without_facts_or_outcome_are_not_learned_from(corpus, few):
    bare = [row(1, facts=None), row(2, outcome=None), row(3, facts=[])]
    found = load_material(*corpus([row(0), *bare], passages=[row(800), row(801, outcome=None)]))
    assert [sample.row.id for sample in found.samples] == ["X-0", "X-900"]
    assert [sample.row.id for sample in found.passages] == ["X-800"]


def test_too_few_rows(corpus):
    with pytest.raises(InputError) as error:
        load_material(*corpus([row(0), row(1)]))
    assert "只有 3 件，至少要 100 件" in error.value.message
    assert "facts" in error.value.hint


def test_too_few_roles(corpus, monkeypatch):
    monkeypatch.setattr(material, "FEWEST", 3)
    with pytest.raises(InputError, match="只有 0 句，至少要 3 句"):
        load_material(*corpus([row(0), row(1)], [roled(5)]))
    assert len(load_material(*corpus([row(0), row(1)], [roled(1)])).samples) == 3


@pytest.mark.parametrize("part", ["train", "dev", "test"])
def test_a_missing_part(corpus, few, part):
    folders, roles, passages = corpus([row(0)])
    (folders[0] / f"{part}.jsonl").unlink()
    with pytest.raises(InputError, match=r"train\.jsonl、dev\.jsonl、test\.jsonl"):
        load_material(folders, roles, passages)


def test_one_folder_no_more_and_no_file(corpus, few):
    folders, roles, passages = corpus([row(0)])
    for wrong in ([], folders * 2, [folders[0] / "train.jsonl"], [folders[0] / "nowhere"]):
        with pytest.raises(InputError):
            load_material(wrong, roles, passages)


def test_missing_roles_and_passages(corpus, few, tmp_path):
    folders, roles, passages = corpus([row(0)])
    absent = tmp_path / "absent.jsonl"
    for paths in ((absent, passages), (roles, absent)):
        with pytest.raises(InputError, match="absent"):
            load_material(folders, *paths)


def test_bad_rows_are_told_by_line(corpus, few):
    folders, roles, passages = corpus([row(0), row(1, outcome="happy")])
    with pytest.raises(DataError) as error:
        load_material(folders, roles, passages)
    assert error.value.faults[0].startswith("第2行")


def test_the_small_materials_annotations_fit(small_material):
    known = [sample.roles != UNKNOWN for sample in small_material.samples]
    annotated = [each for each in known if each.any()]
    assert len(known) == 48
    assert len(annotated) > 40
    assert np.concatenate(annotated).mean() > 0.97
    for sample in small_material.samples:
        assert len(sample.targets) == len(sample.roles) == len(sample.reading.clauses)
        assert 0 <= sample.targets.min() < sample.targets.max() <= 1.0001


def test_a_mask_takes_readings_and_their_words():
    texts = ("路已修，灯已亮。", "", "桥已架。", "树已种，渠已清。")
    encoded = encode("ngrams:1-2", [read_reply(Reply("1", text)) for text in texts])
    assert encoded.words.shape[0] == 5
    part = encoded.part(np.array([False, True, True, True]))
    assert [reading.text for reading in part.readings] == list(texts[1:])
    assert np.array_equal(part.words.toarray(), encoded.words.toarray()[2:])
    again = encode("ngrams:1-2", part.readings, encoded.encoder)
    assert again.encoder is encoded.encoder
    assert np.array_equal(again.words.toarray(), part.words.toarray())


def test_scales_are_never_zero():
    mean, scale = moments(np.array([[1.0, 5.0], [3.0, 5.0]]))
    assert (mean.tolist(), mean.dtype, scale.dtype) == ([2, 5], np.float32, np.float32)
    assert scale[0] == 1
    assert 0 < scale[1] < 0.01


def test_the_same_material_gives_the_same_bytes(small_material, one_thread, tmp_path):
    some = replace(
        small_material,
        samples=small_material.samples[:16],
        passages=small_material.passages[:32],
    )
    steps, bytes_of = [], []
    for name in ("first", "again"):
        (tmp_path / name).mkdir()
        write_digester(fit_digester(some, DigestTraining(), steps.append), tmp_path / name)
        files = sorted(file for file in (tmp_path / name).rglob("*") if file.is_file())
        assert len(files) > 5
        bytes_of.append({file.relative_to(tmp_path / name): file.read_bytes() for file in files})
    assert bytes_of[0] == bytes_of[1]
    assert steps[:3] == steps[3:]
    assert len(set(steps)) == 3


def test_what_was_tuned_is_sound(small_digester):
    outcomes, doubts = small_digester.outcomes, small_digester.doubts
    assert 0.05 < outcomes.temperature < 20
    assert set(outcomes.trust) == {"phrase", "letter"}
    assert all(0 < trust < 1 for trust in outcomes.trust.values())
    assert len(doubts.thresholds) == len(LEARNED)
    assert all(0 < threshold < 1 for threshold in doubts.thresholds)


@pytest.fixture
def quick(monkeypatch, small_digester):
    """Train without fitting: the small digester is what comes out."""
    monkeypatch.setattr(run, "fit_digester", lambda *_: small_digester)
    monkeypatch.setattr(material, "FEWEST", 40)


@pytest.fixture
def options(replies_folder):
    paths = {name: replies_folder / f"{name}.jsonl" for name in ("roles", "passages")}
    return DigestTraining(**paths)


def test_training_writes_a_model_with_its_figures(replies_folder, options, quick, tmp_path):
    steps = []
    out = tmp_path / "models" / "mine"
    found = train_digester([replies_folder / "corpus"], out, options, on_step=steps.append)
    assert steps == ["语料：答复 48 件，短文 100 段，测试 5 件。"]
    assert load_digester(out).name == found.stored.name
    manifest, metrics = open_model(out).manifest, found.stored.json("metrics.json")
    assert (manifest["task"], manifest["rows"], manifest["passages"]) == ("digest", 48, 100)
    assert manifest["seed"] == 0
    assert metrics["parts"] == {"replies": 48, "passages": 100, "test": 5}
    assert metrics["rows"] == 5
    assert metrics["faithfulness"]["share"] == 1
    assert not {"model", "model_name", "replies_per_second"} & set(metrics)
    assert found.line == metrics["line"] == digest_line(metrics)
    card = (out / "README.md").read_text(encoding="utf-8")
    assert card == digest_card(metrics)
    assert all(part in card for part in found.line.split("，"))
    assert "{" not in card
    assert [each.name for each in out.parent.iterdir()] == ["mine"]


def test_the_fingerprint_is_of_what_was_learned(
    replies_folder, options, quick, tmp_path, monkeypatch
):
    measured = {"faithfulness": {"share": 1.0}, "parts": {"replies": 1, "passages": 1, "test": 1}}
    monkeypatch.setattr(run, "measure_digester", lambda *_: dict(measured))

    def corpus_of(out, training):
        folders = [replies_folder / "corpus"]
        trained = train_digester(folders, tmp_path / out, training, on_step=lambda _: None)
        return trained.stored.manifest["corpus"]

    lines = options.passages.read_text("utf-8").splitlines()
    fewer = tmp_path / "fewer.jsonl"
    fewer.write_text("\n".join(lines[1:]), "utf-8")
    same = corpus_of("one", options)
    assert same == corpus_of("two", replace(options, seed=5))
    assert same != corpus_of("three", replace(options, passages=fewer))


def test_nothing_is_read_for_a_place_that_is_taken(tmp_path):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("x")
    with pytest.raises(ModelError):
        train_digester([], tmp_path / "taken", DigestTraining(), on_step=pytest.fail)


def test_an_unknown_encoder(small_material):
    with pytest.raises(UsageError):
        fit_digester(small_material, DigestTraining(encoder="telepathy"), lambda _: None)


def test_a_line_of_what_was_measured():
    metrics = {
        "fact_recall": {"value": 0.6772},
        "rouge_l": {"value": 0.53312},
        "faithfulness": {"share": 1.0},
        "outcome": {"accuracy": 0.8},
        "flags": {
            "codes": [
                {"label": "policy_only", "precision": 0.1, "recall": 0.2},
                {"label": "vague", "precision": 0.75, "recall": 0.5},
            ]
        },
    }
    assert digest_line(metrics) == (
        "要点保全 67.7%，ROUGE-L 0.533，数字、日期、单位有据 100.0%，办理结果准确率 80.0%，"
        "空泛答复 准确 75.0%，召回 50.0%"
    )
    assert digest_line({"faithfulness": {"share": 0.5}, "flags": None}) == (
        "数字、日期、单位有据 50.0%"
    )
