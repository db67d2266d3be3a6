"""The network with its heads: what is trained is what a router computes later."""

from dataclasses import replace

import numpy as np
import pytest
from hf_samples import TITLES
from tuning_samples import TASKS, TRAIN, example

from nlp.classify.features import BODY_WEIGHT, Text, encode_texts
from nlp.encode.transformer import TransformerEncoder
from nlp.hf.encoder import load_encoder
from nlp.hf.training.batches import collator, to_dataset
from nlp.hf.training.tasks import Example, Kind, Segment

torch = pytest.importorskip("torch", reason="needs the extra fenban[neural]")

from nlp.hf.training.multitask import MultiTask  # noqa: E402 - it imports torch


@pytest.fixture
def encoder(tiny_encoder):
    return load_encoder(tiny_encoder)


@pytest.fixture
def network(encoder):
    torch.manual_seed(1)
    return MultiTask(encoder.network.model, TASKS, dropout=0.1).eval()


def batch(encoder, examples):
    found = to_dataset(encoder.tokens, examples)
    return collator(encoder.tokens.pad)([found[i] for i in range(len(found))])


def loss(network, encoder, *examples):
    with torch.no_grad():
        return network(**batch(encoder, examples))["loss"].item()


def test_a_texts_vector_is_the_routers_row(network, encoder):
    texts = [Text(TITLES[0], TITLES[1]), Text(TITLES[2]), Text("", TITLES[3])]
    shown = [
        Example(
            tuple(Segment(part, share) for part, share in ((t.title, 1.0), (t.body, BODY_WEIGHT))),
            TRAIN[0].targets,
        )
        for t in texts
    ]
    with torch.no_grad():
        vectors = network.vectors(batch(encoder, shown)).numpy()
    rows = encode_texts(TransformerEncoder("hf:tiny", encoder), texts).toarray()
    assert vectors == pytest.approx(rows, abs=1e-5)


def test_titles_are_not_padded_to_the_length_of_bodies(network, encoder):
    titles, body = TITLES[:3] * 8, "。".join(TITLES)
    shown = [Example((Segment(t),), TRAIN[0].targets) for t in titles]
    shown.insert(5, Example((Segment(body),), TRAIN[0].targets))
    found = batch(encoder, shown)
    read = []

    def count(module, args, kwargs):
        read.append(kwargs["input_ids"].numel())

    with network.encoder.register_forward_pre_hook(count, with_kwargs=True), torch.no_grad():
        together = network.vectors(found)
        alone = network.vectors(batch(encoder, [shown[5]]))
    assert sum(read[:-1]) < found["input_ids"].numel() / 1.5
    assert together[5].numpy() == pytest.approx(alone[0].numpy(), abs=1e-5)


def test_each_task_has_a_head_of_its_own_labels(network):
    heads = network.heads()
    assert [head.task for head in heads] == list(TASKS)
    assert [(h.weights.shape, h.bias.shape) for h in heads] == [((32, 2), (2,))] * 2


def test_heads_over_unit_vectors_give_the_logits(network, encoder):
    with torch.no_grad():
        network.head.bias.normal_()
        logits = network(**batch(encoder, TRAIN[:5]))["logits"].numpy()
    rows = encoder.embed([x.segments[0].text for x in TRAIN[:5]])
    parts = [rows @ head.weights + head.bias for head in network.heads()]
    assert np.hstack(parts) == pytest.approx(logits, abs=1e-4)


def test_the_loss_by_hand(network, encoder):
    x = example(TITLES[0], 0, True, False)
    with torch.no_grad():
        logits = network(**batch(encoder, [x]))["logits"][0].double().numpy()
    single = -np.log(np.exp(logits[:2]) / np.exp(logits[:2]).sum()) @ [0.975, 0.025]
    chances = 1 / (1 + np.exp(-logits[2:]))
    multi = -np.log(chances[0]) - np.log(1 - chances[1])
    assert loss(network, encoder, x) == pytest.approx(single + 0.5 * multi, abs=1e-5)


def test_a_heavy_text_counts_more(network, encoder):
    one, two = TRAIN[0], TRAIN[13]
    apart = loss(network, encoder, one), loss(network, encoder, two)
    both = loss(network, encoder, replace(one, weight=3.0), two)
    assert both == pytest.approx((3 * apart[0] + apart[1]) / 4, abs=1e-5)


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_not_labelled_costs_nothing(network, encoder, kind):
    task = next(task for task in TASKS if task.kind is kind)
    other = next(other for other in TASKS if other is not task)
    unknown = np.full(2, -1, np.float32)
    bare = replace(TRAIN[0], targets=TRAIN[0].targets | {task.name: unknown})
    neither = replace(TRAIN[0], targets={task.name: unknown, other.name: unknown})
    assert 0 < loss(network, encoder, bare) < loss(network, encoder, TRAIN[0])
    assert loss(network, encoder, neither) == 0


def test_blank_texts_cost_a_finite_loss(network, encoder):
    blank = Example((), TRAIN[0].targets)
    assert np.isfinite(loss(network, encoder, blank, blank))
    assert np.isfinite(loss(network, encoder, blank, TRAIN[0]))


def test_a_loss_that_is_no_number_stops_the_run(network, encoder):
    network.head.weight.data[0] = float("inf")
    with pytest.raises(FloatingPointError):
        loss(network, encoder, TRAIN[0])


def learning(network):
    return {name for name, p in network.encoder.named_parameters() if p.requires_grad}


def test_freezing_holds_the_embeddings_and_the_lowest_layers(network):
    network.freeze(0)
    assert {name.split(".")[2] for name in learning(network)} == {"0", "1"}
    network.freeze(1)
    assert all(name.startswith("encoder.layer.1.") for name in learning(network))
    network.freeze(5)
    assert learning(network) == set()
    assert network.head.weight.requires_grad


def test_the_first_layer_is_not_taken_for_the_tenth(tmp_path):
    from hf_samples import write_encoder

    deep = load_encoder(write_encoder(tmp_path, num_hidden_layers=11))
    network = MultiTask(deep.network.model, TASKS, dropout=0.0)
    network.freeze(2)
    assert {name.split(".")[2] for name in learning(network)} == {str(i) for i in range(2, 11)}


def test_no_gradient_reaches_what_is_frozen(network, encoder):
    network.freeze(1)
    network(**batch(encoder, TRAIN[:3]))["loss"].backward()
    found = dict(network.encoder.named_parameters())
    assert found["embeddings.word_embeddings.weight"].grad is None
    assert found["encoder.layer.0.output.dense.weight"].grad is None
    assert found["encoder.layer.1.output.dense.weight"].grad.abs().sum() > 0
    assert network.head.weight.grad.abs().sum() > 0
