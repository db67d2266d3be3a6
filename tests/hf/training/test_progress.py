"""What a run says, and that it ends in time."""

from types import SimpleNamespace

import pytest

transformers = pytest.importorskip("transformers", reason="needs the extra fenban[neural]")

from nlp.hf.training.progress import Patience, Progress  # noqa: E402 - it imports transformers


def said(logs, *, started=0, step=50):
    lines = []
    progress = Progress(lines.append)
    progress.on_train_begin(None, SimpleNamespace(global_step=started), None)
    progress.on_log(None, SimpleNamespace(global_step=step, max_steps=200), None, logs=logs)
    return lines


def test_a_share_and_a_loss_while_it_learns():
    (line,) = said({"loss": 1.23456, "learning_rate": 1e-5})
    assert line.startswith("已训练 25%，损失 1.235，约剩 ")
    assert line.endswith(" 分钟。")


def test_the_loss_of_the_dev_part():
    assert said({"eval_loss": 0.98765}) == ["调参部分的损失 0.988。"]


@pytest.mark.parametrize("logs", [None, {}, {"train_loss": 1.0, "train_runtime": 3.0}])
def test_nothing_else_is_said(logs):
    assert said(logs) == []


def test_the_time_left_counts_the_steps_of_this_run_alone(monkeypatch):
    from nlp.hf.training import progress

    clock = iter([0.0, 0.0, 600.0])
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    (line,) = said({"loss": 1.0}, started=100, step=150)  # 50 steps in ten minutes, 50 to go
    assert line.endswith("约剩 10 分钟。")


def begun(waited):
    patience, control = Patience(3), SimpleNamespace(should_training_stop=False)
    patience.early_stopping_patience_counter = waited
    arguments = SimpleNamespace(
        load_best_model_at_end=True, metric_for_best_model="eval_loss", eval_strategy="steps"
    )
    patience.on_train_begin(arguments, None, control)
    return control.should_training_stop


def test_a_run_that_had_ended_stays_so():
    assert [begun(waited) for waited in (0, 2, 3)] == [False, False, True]
