"""Vectors of texts: right, of unit length, whole, and the same in any company."""

import random

import numpy as np
import pytest
from hf_samples import TITLES

from nlp.errors import ModelError
from nlp.hf import encoder as encoders
from nlp.hf.encoder import TextEncoder, load_encoder, unit
from nlp.hf.settings import Settings, read_settings, write_settings
from nlp.hf.tokens import open_tokens

LONG = "整治河道，增建幼儿园。打通断头路的建议：" * 12


def lengths(rows):
    return np.linalg.norm(rows, axis=1)


def test_the_mean_of_the_tokens_scaled_to_length_one(tiny_encoder):
    import torch

    rows = load_encoder(tiny_encoder).embed(TITLES)
    assert (rows.dtype, rows.shape) == (np.float32, (4, 32))
    assert lengths(rows) == pytest.approx(1, abs=1e-6)
    encoder = load_encoder(tiny_encoder)
    ids = torch.tensor([encoder.tokens.pieces([TITLES[1]])[0][0].ids])
    with torch.inference_mode():
        mean = encoder.network.model(input_ids=ids).last_hidden_state.mean(1)
    assert rows[1] == pytest.approx(unit(mean.numpy())[0], abs=1e-6)


def test_the_first_token_where_the_folder_says_so(own_encoder):
    import torch

    write_settings(Settings("cls", "", 48), own_encoder)
    encoder = load_encoder(own_encoder)
    ids = torch.tensor([encoder.tokens.pieces([TITLES[0]])[0][0].ids])
    with torch.inference_mode():
        first = encoder.network.model(input_ids=ids).last_hidden_state[:, 0]
    assert encoder.embed(TITLES[:1]) == pytest.approx(unit(first.numpy()), abs=1e-6)


def test_the_prefix_is_read_with_the_text(own_encoder):
    plain = load_encoder(own_encoder).embed(["查：修建"])
    write_settings(Settings("mean", "查：", 48), own_encoder)
    assert load_encoder(own_encoder).embed(["修建"]) == pytest.approx(plain, abs=1e-6)


def test_a_row_does_not_depend_on_its_neighbours(tiny_encoder):
    encoder = load_encoder(tiny_encoder)
    texts = [*TITLES, "", LONG, "村", *(title * 2 for title in TITLES)] * 7
    rows = encoder.embed(texts)
    alone = np.concatenate([encoder.embed([text]) for text in texts[:11]])
    assert rows[:11] == pytest.approx(alone, abs=1e-5)
    order = random.Random(0).sample(range(len(texts)), len(texts))
    assert encoder.embed([texts[i] for i in order]) == pytest.approx(rows[order], abs=1e-5)


def test_blank_texts_get_rows_of_zeros(tiny_encoder):
    rows = load_encoder(tiny_encoder).embed(["", "修建", " \n　"])
    assert lengths(rows) == pytest.approx([0, 1, 0], abs=1e-6)
    assert load_encoder(tiny_encoder).embed(["", " "]).any() == np.False_


def test_no_texts_no_rows(tiny_encoder):
    assert load_encoder(tiny_encoder).embed([]).shape == (0, 32)


def test_nothing_of_a_long_text_is_cut_off(tiny_encoder):
    encoder = load_encoder(tiny_encoder)
    row = encoder.embed([LONG, TITLES[0]])[0]
    assert encoder.long_texts == 1
    (pieces,) = encoder.tokens.pieces([LONG])
    parts = encoder._vectors(pieces) * np.array([[piece.size] for piece in pieces])
    assert row == pytest.approx(unit(parts.sum(axis=0, keepdims=True))[0], abs=1e-6)
    changed = encoder.embed([LONG[:-2] + "村村"])[0]
    assert abs(changed - row).max() > 1e-4
    assert encoder.long_texts == 2
    assert lengths(row[None]) == pytest.approx(1, abs=1e-6)


class Scarce:
    """A network whose memory holds `most` tokens at once; it gives every token its number."""

    name, rows, dimension = "scarce", 64, 2

    def __init__(self, most, error):
        self.most, self.error, self.seen = most, error, []

    def states(self, batch):
        self.seen.append(batch.ids.shape)
        if batch.ids.size > self.most:
            raise self.error
        return np.stack([batch.ids, batch.ids**2], axis=2).astype(np.float32)


def with_network(folder, network):
    settings = read_settings(folder)
    return TextEncoder(folder, network, open_tokens(folder, "tiny", settings), settings)


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("[enforce fail] DefaultCPUAllocator: not enough memory: you tried to"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"),
        Exception("Failed to allocate memory for requested buffer of size 9"),
    ],
)
def test_where_memory_is_short_batches_are_halved(tiny_encoder, error):
    scarce = Scarce(70, error)
    texts = [*TITLES * 5, "村"]
    rows = with_network(tiny_encoder, scarce).embed(texts)
    assert rows == pytest.approx(with_network(tiny_encoder, Scarce(10**9, error)).embed(texts))
    sizes = [rows * columns for rows, columns in scarce.seen]
    assert sum(size > 70 for size in sizes) <= 3, "the smaller batch is kept to"


def test_where_not_even_one_text_fits_it_is_told(tiny_encoder):
    with pytest.raises(ModelError, match="内存不够：一段 14 个词元") as caught:
        with_network(tiny_encoder, Scarce(3, MemoryError())).embed(TITLES)
    assert "fenban encoder export" in caught.value.hint


def test_other_faults_are_not_taken_for_lack_of_memory(tiny_encoder):
    with pytest.raises(RuntimeError, match="shape"):
        with_network(tiny_encoder, Scarce(3, RuntimeError("wrong shape"))).embed(TITLES)


def test_batches_keep_to_their_number_of_tokens(tiny_encoder, monkeypatch):
    monkeypatch.setattr(encoders, "BATCH_TOKENS", 60)
    scarce = Scarce(10**9, MemoryError())
    with_network(tiny_encoder, scarce).embed([*TITLES, "村", "路", LONG])
    assert all(rows * columns <= 60 for rows, columns in scarce.seen)
    widths = [columns for _, columns in scarce.seen]
    assert widths == sorted(widths, reverse=True)


def test_many_texts_are_read_in_chunks(tiny_encoder, monkeypatch):
    texts = [*TITLES, "", LONG] * 2
    whole = load_encoder(tiny_encoder).embed(texts)
    monkeypatch.setattr(encoders, "CHUNK_TEXTS", 5)
    encoder = load_encoder(tiny_encoder)
    assert encoder.embed(texts) == pytest.approx(whole, abs=1e-5)
    assert encoder.long_texts == 2


def test_loading_needs_no_network_and_no_other_folder(own_encoder, no_network):
    assert load_encoder(own_encoder).embed(TITLES).shape == (4, 32)
