"""How a folder says that its vectors are made, in our words and sentence-transformers'."""

import pytest
from hf_samples import change_json

from nlp.errors import ModelError
from nlp.hf.settings import Settings, read_settings, write_settings


def test_what_is_written_is_read(tmp_path):
    settings = Settings("cls", "查询：", 128)
    write_settings(settings, tmp_path)
    assert read_settings(tmp_path) == settings


def test_a_plain_checkpoint_is_read_as_the_mean_without_prefix(tiny_encoder):
    assert read_settings(tiny_encoder) == Settings("mean", "", 48)


def test_nothing_said_at_all(tmp_path):
    assert read_settings(tmp_path) == Settings("mean", "", 512)


@pytest.mark.parametrize(
    ("stated", "pooling"),
    [
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, "cls"),
        ({"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True}, "mean"),
        ({"pooling_mode": "cls"}, "cls"),
        ({"word_embedding_dimension": 32}, "mean"),
    ],
)
def test_pooling_of_sentence_transformers(own_encoder, stated, pooling):
    change_json(own_encoder / "1_Pooling" / "config.json", **stated)
    assert read_settings(own_encoder).pooling == pooling


@pytest.mark.parametrize(
    "stated",
    [
        {"pooling_mode_max_tokens": True},
        {"pooling_mode_lasttoken": True},
        {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": True},
        {"pooling_mode": "weightedmean"},
    ],
)
def test_other_poolings_are_refused(own_encoder, stated):
    change_json(own_encoder / "1_Pooling" / "config.json", **stated)
    with pytest.raises(ModelError, match="本程序会的是 mean 和 cls") as caught:
        read_settings(own_encoder)
    assert "--encoder e5" in caught.value.hint


def test_modules_beyond_pooling_are_refused(own_encoder):
    file = own_encoder / "modules.json"
    known = '{"type": "sentence_transformers.models.Transformer"}, {"type": "Pooling"}'
    file.write_text(f"[{known}]")
    read_settings(own_encoder)
    file.write_text(f'[{known}, {{"type": "sentence_transformers.models.Dense"}}]')
    with pytest.raises(ModelError, match="还有“Dense”一层"):
        read_settings(own_encoder)
    file.write_text("[1]")
    with pytest.raises(ModelError, match="不是模块清单"):
        read_settings(own_encoder)


def test_the_smallest_window_counts(own_encoder):
    change_json(own_encoder / "sentence_bert_config.json", max_seq_length=32)
    assert read_settings(own_encoder).window == 32
    change_json(own_encoder / "sentence_bert_config.json", max_seq_length=64)
    assert read_settings(own_encoder).window == 48
    change_json(own_encoder / "config.json", max_position_embeddings=None)
    change_json(own_encoder / "tokenizer_config.json", model_max_length=10**30)
    assert read_settings(own_encoder).window == 64


def test_roberta_counts_positions_from_the_padding_on(tmp_path):
    stated = {"model_type": "xlm-roberta", "max_position_embeddings": 514, "pad_token_id": 1}
    change_json(tmp_path / "config.json", **stated)
    assert read_settings(tmp_path).window == 512


def test_a_default_prompt_is_the_prefix(own_encoder):
    stated = {"prompts": {"query": "查询：", "other": "x"}, "default_prompt_name": "query"}
    change_json(own_encoder / "config_sentence_transformers.json", **stated)
    assert read_settings(own_encoder).prefix == "查询："
    change_json(own_encoder / "config_sentence_transformers.json", default_prompt_name=None)
    assert read_settings(own_encoder).prefix == ""


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"pooling": "max"}, "mean 和 cls"),
        ({"pooling": None}, "mean 和 cls"),
        ({"prefix": 3}, "prefix 应是文字"),
        ({"window": "512"}, "window 是 '512'"),
        ({"window": 2}, "不小于 8"),
        ({"window": True}, "不小于 8"),
    ],
)
def test_wrong_values(tmp_path, stated, said):
    change_json(
        tmp_path / "pooling.json", **{"pooling": "mean", "prefix": "", "window": 64} | stated
    )
    with pytest.raises(ModelError, match=said):
        read_settings(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe"])
def test_broken_files(tmp_path, content):
    (tmp_path / "pooling.json").write_bytes(content)
    with pytest.raises(ModelError, match="读不出来") as caught:
        read_settings(tmp_path)
    assert "pooling.json" in caught.value.message
