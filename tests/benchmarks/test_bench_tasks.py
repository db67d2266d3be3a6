"""Each task on rows so few that its figures can be told by hand."""

import numpy as np
import pytest

from benchmarks.encoders.crossed import Fold, answers
from benchmarks.encoders.rows import messages, of_leads, thinned, training
from benchmarks.encoders.system import Cores, Target
from benchmarks.encoders.tasks import TASKS, speed, titles
from benchmarks.encoders.tasks import messages as messages_task
from benchmarks.encoders.tasks import provincial as provincial_task


def test_titles_are_scored_with_folded_functions_and_clear_topics(place, peers):
    figures = titles.measure(peers.entry(), place).figures
    # telecom counts as industry_it: one of three real leads is wrong
    assert figures["real1"].value == pytest.approx(2 / 3)
    assert figures["real1"].rows == 3
    assert figures["real1"].error == pytest.approx((2 / 9 / 3) ** 0.5)
    assert figures["test1"].value == 1.0
    assert figures["test3"].rows == 4
    assert (figures["topic"].value, figures["topic"].rows) == (1.0, 3)
    assert figures["size"].value == 2.5
    assert figures["seconds"].value >= 0


def test_titles_are_learned_from_in_views_with_weights(place, peers):
    titles.measure(peers.entry(name="views"), place)
    lead = next(system for target, system in peers.built if target is Target.LEAD)
    count, weight = lead.fits[0]
    assert count == 6  # the row with a body also as title alone and as body alone
    assert weight == pytest.approx(3 * 0.5 + 0.5 * 3**0.5)
    assert set(of_leads(training(place)).labels) == {
        "education",
        "water",
        "telecom",
        "industry_it",
    }


def test_without_real_titles_the_own_test_remains(place, peers, tmp_path):
    (place.data / "real-titles-dev.jsonl").unlink()
    result = titles.measure(peers.entry(name="own"), place)
    assert set(result.figures) == {"size", "seconds", "test1", "test3"}
    assert result.remarks == ("the data folder has no `real-titles-dev.jsonl`",)


def test_what_was_trained_before_has_no_training_time(place, peers):
    figures = titles.measure(peers.entry(name="old", shipped=True), place).figures
    assert "seconds" not in figures


def test_messages_pool_all_folds(place, peers):
    result = messages_task.measure(peers.entry(), place)
    assert result.figures["messages"].value == 1.0
    assert result.figures["messages"].rows == 30
    assert result.figures["messages"].error == 0.0
    assert len(peers.built) == messages_task.FOLDS
    assert all(target is Target.OFFICE for target, _ in peers.built)


def test_a_slow_system_answers_one_fold_of_messages(place, peers):
    result = messages_task.measure(peers.entry(single=True), place)
    assert len(peers.built) == 1
    assert result.figures["messages"].rows == 6


def test_near_duplicates_stay_in_one_fold(place):
    file = place.data / "messages-7class/train.csv"
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([*lines, *(line.replace(",", "！,", 1) for line in lines[1:])]))
    rows = messages(place)
    folds = messages_task.grouped_folds(rows)
    assert sorted(i for fold in folds for i in fold.test) == list(range(60))
    for fold in folds:
        assert {i % 30 for i in fold.test}.isdisjoint({i % 30 for i in fold.train})


def test_macro_f1_error_is_of_draws_of_rows():
    gold, said = np.array([0, 1] * 200), np.array([0, 1, 0, 0] * 100)
    first, again = (messages_task.resampled_error(gold, said) for _ in range(2))
    assert 0.01 < first == again < 0.05


def test_provincial_averages_rows_over_seeds(place, peers):
    figure = provincial_task.measure(peers.entry(), place).figures["provincial"]
    assert figure.rows == 16
    assert 0.0 <= figure.value <= 1.0
    assert len(peers.built) == 12
    provincial_task.measure(peers.entry(single=True), place)
    assert len(peers.built) == 16


def test_labels_of_a_fold_may_come_in_another_order(place, peers):
    rows = messages(place)
    folds = [Fold(np.array([1, 0]), np.array([2, 3]))]
    pooled = answers(peers.entry(), place, rows, folds)
    assert [sorted(set(rows.labels))[i] for i in pooled.said] == [rows.labels[i] for i in (2, 3)]


@pytest.mark.parametrize("cores", Cores)
def test_speed_counts_texts_with_threads_and_processes(place, peers, cores, monkeypatch):
    monkeypatch.setattr(speed, "SECONDS", 0.01)
    monkeypatch.setattr(speed, "made_rows", lambda n: [{"title": "学校", "body": "小"}] * 70)
    result = speed.measure(peers.entry(name=cores, cores=cores), place)
    assert result.figures["speed"].value > 0
    assert result.remarks == (cores,)


def test_texts_are_ranked_in_order_by_processes(place, peers):
    from benchmarks.encoders.fitted import fitted_lead

    system = fitted_lead(peers.entry(name="forked"), place).system
    texts = training(place).texts
    with speed.ranking(system, Cores.PROCESSES) as rank:
        parts = rank(texts)
    assert np.array_equal(np.concatenate(parts), system.predict_scores(texts))


def test_tasks_name_the_files_they_read(place):
    for task in TASKS:
        assert all(file.is_file() for file in task.files(place))
        assert task.hindrance(place) == ""


def test_a_sample_is_spread_over_all_rows():
    assert thinned(range(10), 3) == [0, 3, 6, 9]
    assert thinned(range(3), 10) == [0, 1, 2]
    assert thinned("ab", None) == ["a", "b"]
