"""Texts become pieces that fit the window and together hold every token."""

import pytest
from hf_samples import LETTERS, SPECIAL, TITLES, change_json, char_tokenizer, write_tokens

from nlp.errors import ModelError
from nlp.hf.settings import Settings
from nlp.hf.tokens import open_tokens, write_tokenizer

LONG = "整治河道，增建幼儿园。" * 20


def opened(folder, prefix="", window=24):
    return open_tokens(folder, "hf:mine", Settings("mean", prefix, window))


def spelled(tokens, piece):
    return [tokens.tokenizer.id_to_token(number) for number in piece.ids]


def test_a_short_text_is_one_piece(tiny_encoder):
    tokens = opened(tiny_encoder, "查：")
    ((piece,),) = tokens.pieces(["修建"])
    assert spelled(tokens, piece) == ["[CLS]", "查", "：", "修", "建", "[SEP]"]
    assert piece.size == 2


def test_a_long_text_loses_no_token_and_every_piece_has_the_prefix(tiny_encoder):
    tokens = opened(tiny_encoder, "查：")
    (pieces,) = tokens.pieces([LONG])
    assert all(len(piece.ids) <= 24 for piece in pieces)
    assert all(spelled(tokens, piece)[:3] == ["[CLS]", "查", "："] for piece in pieces)
    assert all(spelled(tokens, piece)[-1] == "[SEP]" for piece in pieces)
    assert "".join("".join(spelled(tokens, piece)[3:-1]) for piece in pieces) == LONG
    sizes = [piece.size for piece in pieces]
    assert sum(sizes) == len(LONG)
    assert len(pieces) == 11 and max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize(("letters", "count"), [(22, 1), (23, 2), (44, 2), (45, 3)])
def test_borders_of_the_window(tiny_encoder, letters, count):
    assert len(opened(tiny_encoder).pieces(["村" * letters])[0]) == count


@pytest.mark.parametrize("text", ["", " ", "\n\t　"])
def test_blank_texts_have_no_piece(tiny_encoder, text):
    assert opened(tiny_encoder, "查：").pieces([text, "村"]) == [
        [],
        opened(tiny_encoder, "查：").pieces(["村"])[0],
    ]


def test_a_shorter_window_cuts_more(tiny_encoder):
    tokens = opened(tiny_encoder)
    assert len(tokens.with_window(12).pieces(["村" * 22])[0]) == 3
    assert tokens.with_window(100).window == 24


def test_words_for_special_tokens_are_text(tiny_encoder):
    tokens = opened(tiny_encoder)
    ((piece,),) = tokens.pieces(["村[SEP]村[PAD]"])
    marks = {tokens.tokenizer.token_to_id(mark) for mark in ("[SEP]", "[PAD]")}
    assert not marks & set(piece.ids[1:-1])


def test_lone_surrogates_do_no_harm(tiny_encoder):
    assert opened(tiny_encoder).pieces(["村\ud800"])[0][0].size == 2


def test_padding(tiny_encoder):
    tokens = opened(tiny_encoder)
    (long,), (short,) = tokens.pieces(["修建", "村"])
    batch = tokens.padded([long, short])
    assert batch.ids.tolist() == [list(long.ids), [*short.ids, 0]]
    assert batch.mask.tolist() == [[1, 1, 1, 1], [1, 1, 1, 0]]
    assert tokens.padded([]).ids.shape == (0, 0)


def test_a_tokenizer_that_cuts_and_pads_by_itself_is_told_not_to(own_encoder):
    tokenizer = char_tokenizer()
    tokenizer.enable_truncation(8)
    tokenizer.enable_padding(length=30)
    tokenizer.save(str(own_encoder / "tokenizer.json"))
    assert sum(piece.size for piece in opened(own_encoder).pieces([LONG])[0]) == len(LONG)


def test_without_a_padding_token(own_encoder):
    words = {letter: number for number, letter in enumerate(["[UNK]", *LETTERS])}
    tokenizer = char_tokenizer()
    from tokenizers import Tokenizer, models

    bare = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    bare.pre_tokenizer = tokenizer.pre_tokenizer
    bare.save(str(own_encoder / "tokenizer.json"))
    change_json(own_encoder / "tokenizer_config.json", pad_token=None)
    with pytest.raises(ModelError, match="没有填充符（pad_token）") as caught:
        opened(own_encoder)
    assert "tokenizer_config.json" in caught.value.hint


def test_a_usual_padding_token_need_not_be_named(own_encoder):
    change_json(own_encoder / "tokenizer_config.json", pad_token=None)
    assert opened(own_encoder).pad == 0
    change_json(own_encoder / "special_tokens_map.json", pad_token={"content": "[SEP]"})
    assert opened(own_encoder).pad == 3


def test_a_window_with_no_room_beside_the_prefix(tiny_encoder):
    with pytest.raises(ModelError, match="窗口只有 12 个词元，前缀就占了 12 个"):
        opened(tiny_encoder, "查询：" * 3 + "查", 12)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff"])
def test_a_damaged_tokenizer(own_encoder, content):
    (own_encoder / "tokenizer.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"“hf:mine”读不出来：tokenizer\.json"):
        opened(own_encoder)


def test_an_older_form_is_read_and_written_as_the_newer(own_encoder, tmp_path):
    (own_encoder / "tokenizer.json").unlink()
    (own_encoder / "vocab.txt").write_text("\n".join([*SPECIAL.values(), *LETTERS]) + "\n")
    change_json(own_encoder / "tokenizer_config.json", tokenizer_class="BertTokenizer")
    old = opened(own_encoder).pieces(TITLES)
    target = tmp_path / "written"
    target.mkdir()
    write_tokenizer(own_encoder, target)
    assert (target / "tokenizer.json").is_file()
    assert opened(target).pieces(TITLES) == old
    assert sum(piece.size for piece in old[0]) == len(TITLES[0])


def test_a_copied_tokenizer_is_the_same(tiny_encoder, tmp_path):
    write_tokenizer(tiny_encoder, tmp_path)
    assert opened(tmp_path).pieces(TITLES) == opened(tiny_encoder).pieces(TITLES)


def test_a_tokenizer_without_a_fast_form(own_encoder, monkeypatch):
    import transformers

    class Slow:
        is_fast = False

    write_tokens(own_encoder)
    (own_encoder / "tokenizer.json").rename(own_encoder / "vocab.txt")
    monkeypatch.setattr(transformers.AutoTokenizer, "from_pretrained", lambda *_, **__: Slow())
    with pytest.raises(ModelError, match=r"分词器（Slow）没有 tokenizer\.json"):
        opened(own_encoder)
