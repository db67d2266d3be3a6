"""Fine-tuning: it learns, it goes on where it was, and it says what went wrong."""

import json
import shutil

import numpy as np
import pytest
from hf_samples import TITLES
from tuning_samples import DEV, TASKS, TRAIN, Interrupt, arrays, differing, mistaken, tuned

from nlp.errors import ModelError
from nlp.heads.calibrate import log_loss, multi_log_loss
from nlp.hf.encoder import load_encoder
from nlp.hf.settings import Settings, read_settings, write_settings

torch = pytest.importorskip("torch", reason="needs the extra fenban[neural]")

STOPPING = {"dev": mistaken(DEV), "train": TRAIN * 3, "passes": 3, "patience": 1}
"""A run of 36 steps that its dev examples end after 16: a look each fourth step, three wait."""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return tmp_path_factory.mktemp("runs") / "whole"


@pytest.fixture(scope="module")
def whole(tiny_encoder, workspace):
    """Return a run that nothing interrupted."""
    return tuned(tiny_encoder, workspace)


@pytest.fixture(scope="module")
def stopped(tiny_encoder, tmp_path_factory):
    """Return a run that ended early, and its workspace."""
    folder = tmp_path_factory.mktemp("runs") / "stopped"
    return tuned(tiny_encoder, folder, **STOPPING), folder


def checkpoints(folder):
    return sorted(int(p.name.rpartition("-")[2]) for p in folder.glob("checkpoint-*"))


def interrupted(encoder, folder, look, **changes):
    """Leave a run at one of its looks; what is said there is said before it is saved."""
    with pytest.raises(KeyboardInterrupt):
        tuned(encoder, folder, Interrupt(look), **changes)


def logits(run):
    heads, base = run
    rows = base.embed([x.segments[0].text for x in DEV])
    return [rows @ head.weights + head.bias for head in heads]


def test_the_loss_of_unseen_examples_falls(whole):
    single, multi = logits(whole)
    gold = np.array([x.targets["matter"].argmax() for x in DEV])
    marks = np.array([x.targets["marks"] for x in DEV], np.int8)
    assert log_loss(single, gold) < 0.5 * np.log(2)  # what a guess costs
    assert multi_log_loss(multi, marks) < 0.8 * np.log(2)
    assert (single.argmax(axis=1) == gold).mean() > 0.9


def test_each_task_has_its_head(whole):
    heads, _ = whole
    assert [head.task for head in heads] == list(TASKS)
    assert [(h.weights.shape, h.bias.shape) for h in heads] == [((32, 2), (2,))] * 2
    assert {array.dtype for h in heads for array in (h.weights, h.bias)} == {np.dtype(np.float32)}


def changed(encoder, run):
    before = load_encoder(encoder).network.model.state_dict()
    after = run[1].network.model.state_dict()
    return {name for name in before if not torch.equal(before[name], after[name])}


def test_frozen_layers_stay(tiny_encoder, whole):
    names = changed(tiny_encoder, whole)
    assert names
    assert all(name.startswith("encoder.layer.1.") for name in names)


def test_where_nothing_is_frozen_the_embeddings_learn(tiny_encoder, tmp_path):
    run = tuned(tiny_encoder, tmp_path / "run", frozen=0, train=TRAIN[:16])
    assert "embeddings.word_embeddings.weight" in changed(tiny_encoder, run)


def test_where_all_is_frozen_the_heads_learn(tiny_encoder, tmp_path):
    run = tuned(tiny_encoder, tmp_path / "run", frozen=4, train=TRAIN[:16])
    assert changed(tiny_encoder, run) == set()
    assert np.abs(run[0][0].bias).max() > 0


def test_the_result_is_an_ordinary_checkpoint(workspace, whole):
    transformers = pytest.importorskip("transformers")
    model = transformers.AutoModel.from_pretrained(workspace / "result")
    assert model.config.id2label == {0: "school", 1: "road"}
    assert model.config.label2id == {"school": 0, "road": 1}
    expected = whole[1].network.model.state_dict()
    assert all(torch.equal(model.state_dict()[name], expected[name]) for name in expected)
    tokenizer = transformers.AutoTokenizer.from_pretrained(workspace / "result")
    assert tokenizer(TITLES[0])["input_ids"] == list(whole[1].tokens.pieces(TITLES)[0][0].ids)


def test_the_result_embeds_what_was_trained(workspace, whole):
    again = load_encoder(workspace / "result")
    assert again.settings == Settings("mean", "", 40)
    assert again.embed(TITLES).tolist() == whole[1].embed(TITLES).tolist()


def test_the_result_keeps_to_the_window_that_the_base_has(tiny_encoder, tmp_path):
    tuned(tiny_encoder, tmp_path / "run", window=192, train=TRAIN[:16])
    assert read_settings(tmp_path / "run" / "result").window == 48
    assert load_encoder(tmp_path / "run" / "result").embed(["村" * 100]).shape == (1, 32)


def test_what_is_trained_on_means_is_read_by_means(own_encoder, tmp_path):
    write_settings(Settings("cls", "查", 48), own_encoder)
    tuned(own_encoder, tmp_path / "run", train=TRAIN[:16])
    assert read_settings(tmp_path / "run" / "result") == Settings("mean", "查", 40)


def test_weights_in_parts_can_be_tuned(own_encoder, whole, tmp_path):
    from transformers import BertModel

    model = BertModel.from_pretrained(own_encoder)
    (own_encoder / "model.safetensors").unlink()
    model.save_pretrained(own_encoder, max_shard_size="20KB")
    assert differing(tuned(own_encoder, tmp_path / "run"), whole) == []


@pytest.mark.parametrize("look", [1, 2, 3])
def test_an_interrupted_run_ends_with_the_same_weights(tiny_encoder, whole, tmp_path, look):
    """Bit for bit: checkpoints hold optimizer and random numbers, one thread adds in one order."""
    interrupted(tiny_encoder, tmp_path / "run", look)
    assert checkpoints(tmp_path / "run") == [4, 8][: look - 1]
    said = []
    again = tuned(tiny_encoder, tmp_path / "run", said.append)
    assert any("接着上次中断的训练" in line for line in said) == (look > 1)
    assert differing(again, whole) == []


def test_a_run_that_had_ended_is_not_trained_again(tiny_encoder, whole, workspace):
    said = []
    assert differing(tuned(tiny_encoder, workspace, said.append), whole) == []
    assert said == ["接着上次中断的训练（checkpoint-12）…"]


def test_a_run_ends_where_the_dev_examples_gain_no_more(tiny_encoder, stopped, tmp_path):
    run, folder = stopped
    assert checkpoints(folder) == [4, 16]  # the best and the last
    short = tuned(tiny_encoder, tmp_path / "run", **STOPPING | {"patience": 2})
    assert checkpoints(tmp_path / "run") == [4, 28]
    assert differing(short, run) == []


@pytest.mark.parametrize("look", [3, 4])
def test_an_interruption_does_not_renew_the_patience(tiny_encoder, stopped, tmp_path, look):
    interrupted(tiny_encoder, tmp_path / "run", look, **STOPPING)
    again = tuned(tiny_encoder, tmp_path / "run", **STOPPING)
    assert checkpoints(tmp_path / "run") == [4, 16]
    assert differing(again, stopped[0]) == []


def test_a_run_that_its_patience_ended_stays_ended(tiny_encoder, stopped):
    run, folder = stopped
    said = []
    assert differing(tuned(tiny_encoder, folder, said.append, **STOPPING), run) == []
    assert checkpoints(folder)[0] == 4
    assert not any("调参" in line for line in said)


def test_the_best_state_is_found_in_a_folder_that_was_moved(tiny_encoder, stopped, tmp_path):
    interrupted(tiny_encoder, tmp_path / "run", 4, **STOPPING)
    shutil.move(tmp_path / "run", tmp_path / "moved")
    assert differing(tuned(tiny_encoder, tmp_path / "moved", **STOPPING), stopped[0]) == []


FILES = ["model.safetensors", "optimizer.pt", "scheduler.pt", "rng_state.pth", "trainer_state.json"]


@pytest.fixture(scope="module")
def left(tiny_encoder, tmp_path_factory):
    """Return the workspace of a run that was left at its last look."""
    folder = tmp_path_factory.mktemp("runs") / "left"
    interrupted(tiny_encoder, folder, 3)
    return folder


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("kept", ["missing", "empty", "half"])
def test_a_checkpoint_that_was_cut_off_is_passed_over(left, tmp_path, file, kept):
    from nlp.hf.training.workspace import claim

    shutil.copytree(left, tmp_path / "run")
    cut = tmp_path / "run" / "checkpoint-8" / file
    content = cut.read_bytes()
    cut.unlink() if kept == "missing" else cut.write_bytes(
        content[: len(content) // 2 * (kept == "half")]
    )
    run = json.loads((left / "plan.json").read_text(encoding="utf-8"))["run"]
    found = claim(tmp_path / "run", run)
    assert found is None or found.name == "checkpoint-4"
    assert checkpoints(tmp_path / "run") == [4]


def test_a_run_goes_on_from_the_checkpoint_before(tiny_encoder, whole, left, tmp_path):
    shutil.copytree(left, tmp_path / "run")
    (tmp_path / "run" / "checkpoint-8" / "trainer_state.json").write_text('{"global_step": 8,')
    said = []
    again = tuned(tiny_encoder, tmp_path / "run", said.append)
    assert said[0] == "接着上次中断的训练（checkpoint-4）…"
    assert differing(again, whole) == []


def test_another_run_begins_anew(tiny_encoder, left, tmp_path):
    shutil.copytree(left, tmp_path / "run")
    said = []
    again = tuned(tiny_encoder, tmp_path / "run", said.append, seed=1)
    assert not any("接着" in line for line in said)
    fresh = tuned(tiny_encoder, tmp_path / "fresh", seed=1)
    assert differing(again, fresh) == []


def test_the_seed_decides(whole, tiny_encoder, tmp_path):
    assert "matter.weights" in differing(tuned(tiny_encoder, tmp_path / "run", seed=1), whole)


def test_texts_without_a_token_do_no_harm(tiny_encoder, tmp_path):
    from nlp.hf.training.tasks import Example

    blank = [Example((), TRAIN[0].targets)] * 8
    run = tuned(tiny_encoder, tmp_path / "run", train=[*blank, *TRAIN[:8]])
    assert all(np.isfinite(array).all() for array in arrays(run).values())


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


@pytest.mark.parametrize("what", ["model", "optimizer"])
def test_a_full_disk_is_told_and_nothing_is_lost(
    tiny_encoder, workspace, whole, tmp_path, disk, what
):
    weights = (workspace / "checkpoint-12" / "model.safetensors").stat().st_size
    changes = {"frozen": 0}  # the optimizer's two numbers a weight then take the most room
    interrupted(tiny_encoder, tmp_path / "run", 2, **changes)
    disk(weights // 2 if what == "model" else weights + 1000)
    error = refused(tiny_encoder, tmp_path / "run", **changes)
    disk(None)
    assert "中间结果写不了" in error.message
    assert "腾出空间" in error.hint
    said = []
    again = tuned(tiny_encoder, tmp_path / "run", said.append, **changes)
    assert "接着" in said[0]
    assert differing(again, tuned(tiny_encoder, tmp_path / "fresh", **changes)) == []


def test_a_result_that_can_not_be_written(tiny_encoder, tmp_path):
    interrupted(tiny_encoder, tmp_path / "run", 3)
    (tmp_path / "run" / "result").write_text("in the way", encoding="utf-8")
    assert "写不了" in refused(tiny_encoder, tmp_path / "run").message


def test_an_encoder_that_does_not_run_in_torch_is_a_mistake_of_ours(tiny_encoder, tmp_path):
    from tuning_samples import SETTINGS

    from nlp.hf.training.finetune import fine_tune

    base = load_encoder(tiny_encoder)
    base.network = object()
    with pytest.raises(TypeError, match="torch"):
        fine_tune(base, TASKS, TRAIN, DEV, SETTINGS, tmp_path / "run", lambda _: None)
