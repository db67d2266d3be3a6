"""Fine-tuning: the network learns, and its result is an ordinary checkpoint."""

import shutil

import numpy as np
import pytest
from hf_samples import TITLES
from tuning_samples import DEV, SETTINGS, TASKS, TRAIN, arrays, differing, tuned

from nlp.heads.calibrate import log_loss, multi_log_loss
from nlp.hf.encoder import load_encoder
from nlp.hf.settings import Settings, read_settings, write_settings
from nlp.hf.training.finetune import fine_tune
from nlp.hf.training.tasks import Example

torch = pytest.importorskip("torch", reason="needs the extra fenban[neural]")


def logits(run):
    heads, base = run
    rows = base.embed([x.segments[0].text for x in DEV])
    return [rows @ head.weights + head.bias for head in heads]


def test_the_loss_of_unseen_examples_falls(whole):
    single, multi = logits(whole)
    gold = np.array([x.targets["matter"].argmax() for x in DEV])
    marks = np.array([x.targets["marks"] for x in DEV], np.int8)
    guess = np.log(2)
    assert log_loss(single, gold) < 0.5 * guess
    assert log_loss(single, gold) + multi_log_loss(multi, marks) < 0.8 * 2 * guess
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


def test_where_no_layer_is_frozen_all_but_the_embeddings_learn(tiny_encoder, tmp_path):
    run = tuned(tiny_encoder, tmp_path / "run", frozen=0, train=TRAIN[::6])
    assert {name.split(".")[2] for name in changed(tiny_encoder, run)} == {"0", "1"}


def test_where_all_is_frozen_the_heads_learn(tiny_encoder, tmp_path):
    run = tuned(tiny_encoder, tmp_path / "run", frozen=4, train=TRAIN[::6])
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


@pytest.fixture(scope="module")
def otherwise_read(tiny_encoder, tmp_path_factory):
    """Return the result of a base whose vectors are first tokens, tuned with a wider window."""
    folder = tmp_path_factory.mktemp("runs")
    shutil.copytree(tiny_encoder, folder / "base")
    write_settings(Settings("cls", "查", 48), folder / "base")
    tuned(folder / "base", folder / "run", window=192, train=TRAIN[::6])
    return folder / "run" / "result"


def test_the_result_keeps_to_the_window_that_the_base_has(otherwise_read):
    assert read_settings(otherwise_read).window == 48
    assert load_encoder(otherwise_read).embed(["村" * 100]).shape == (1, 32)


def test_what_is_trained_on_means_is_read_by_means(otherwise_read):
    assert read_settings(otherwise_read).pooling == "mean"
    assert read_settings(otherwise_read).prefix == "查"


def test_weights_in_parts_can_be_tuned(own_encoder, whole, tmp_path):
    from transformers import BertModel

    model = BertModel.from_pretrained(own_encoder)
    (own_encoder / "model.safetensors").unlink()
    model.save_pretrained(own_encoder, max_shard_size="20KB")
    assert differing(tuned(own_encoder, tmp_path / "run"), whole) == []


def test_texts_without_a_token_do_no_harm(tiny_encoder, tmp_path):
    blank = [Example((), TRAIN[0].targets)] * 8
    run = tuned(tiny_encoder, tmp_path / "run", train=[*blank, *TRAIN[:8]])
    assert all(np.isfinite(array).all() for array in arrays(run).values())


def test_an_encoder_that_does_not_run_in_torch_is_a_mistake_of_ours(tiny_encoder, tmp_path):

    base = load_encoder(tiny_encoder)
    base.network = object()
    with pytest.raises(TypeError, match="torch"):
        fine_tune(base, TASKS, TRAIN, DEV, SETTINGS, tmp_path / "run", lambda _: None)
