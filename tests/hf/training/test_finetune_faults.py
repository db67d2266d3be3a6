"""What goes wrong in the middle of a run is told in words that a user can act on."""

import shutil

import pytest
from tuning_samples import differing, tuned

from nlp.errors import ModelError


def refused(encoder, folder, **changes):
    with pytest.raises(ModelError) as caught:
        tuned(encoder, folder, **changes)
    return caught.value


def test_a_learning_rate_that_breaks_the_weights(tiny_encoder, tmp_path):
    error = refused(tiny_encoder, tmp_path / "run", learning_rate=1e30)
    assert "不是一个数（NaN）" in error.message
    assert "--learning-rate 3e+29" in error.hint


def test_weights_that_are_no_numbers(own_encoder, tmp_path):
    from safetensors.torch import load_file, save_file

    weights = load_file(own_encoder / "model.safetensors")
    weights["encoder.layer.1.output.dense.weight"][0] = float("inf")
    save_file(weights, own_encoder / "model.safetensors", metadata={"format": "pt"})
    assert "--learning-rate" in refused(own_encoder, tmp_path / "run").hint


@pytest.fixture
def failing(monkeypatch):
    """Let the network raise an error at its third step."""
    from nlp.hf.training.multitask import MultiTask

    def fail(error):
        steps, forward = [], MultiTask.forward

        def broken(self, **batch):
            steps.append(1)
            if len(steps) == 3:
                raise error
            return forward(self, **batch)

        monkeypatch.setattr(MultiTask, "forward", broken)

    return fail


@pytest.mark.parametrize(
    "error",
    [MemoryError(), RuntimeError("[enforce fail at alloc_cpu.cpp:121] can't allocate memory")],
)
def test_where_memory_runs_out_a_smaller_batch_is_advised(tiny_encoder, tmp_path, failing, error):
    failing(error)
    refusal = refused(tiny_encoder, tmp_path / "run")
    assert "内存不够：每批 4 件" in refusal.message
    assert "--batch 2" in refusal.hint


def test_one_row_at_a_time_can_be_no_fewer(tiny_encoder, tmp_path, failing):
    failing(MemoryError())
    assert "换小一些的编码器" in refused(tiny_encoder, tmp_path / "run", batch=1).hint


def test_other_faults_are_not_hidden(tiny_encoder, tmp_path, failing):
    failing(RuntimeError("wrong shape"))
    with pytest.raises(RuntimeError, match="wrong shape"):
        tuned(tiny_encoder, tmp_path / "run")


def test_a_workspace_that_can_not_be_made(tiny_encoder, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    error = refused(tiny_encoder, tmp_path / "file" / "run")
    assert "写不了" in error.message
    assert "--out" in error.hint


@pytest.fixture
def disk(monkeypatch):
    """Let no file grow beyond a number of bytes, as a full disk would; None lifts the limit."""
    resource = pytest.importorskip("resource", reason="needs a Unix")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(size):
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft if size is None else size, hard))

    yield limit
    limit(None)


def test_a_full_disk_is_told_and_nothing_is_lost(tiny_encoder, whole, left, tmp_path, disk):
    shutil.copytree(left, tmp_path / "run")
    disk((left / "checkpoint-16" / "model.safetensors").stat().st_size // 2)
    error = refused(tiny_encoder, tmp_path / "run")
    disk(None)
    assert "中间结果写不了" in error.message
    assert "腾出空间" in error.hint
    assert differing(tuned(tiny_encoder, tmp_path / "run"), whole) == []


def test_a_disk_that_is_full_after_the_weights(tiny_encoder, left, tmp_path, disk):
    disk((left / "checkpoint-16" / "model.safetensors").stat().st_size + 1000)
    # without frozen layers the optimizer's two numbers a weight take the most room
    assert "中间结果写不了" in refused(tiny_encoder, tmp_path / "run", frozen=0).message


def test_a_result_that_can_not_be_written(tiny_encoder, left, tmp_path):
    shutil.copytree(left, tmp_path / "run")
    (tmp_path / "run" / "result").write_text("in the way", encoding="utf-8")
    assert "写不了" in refused(tiny_encoder, tmp_path / "run").message
