"""Which checkpoints are encoders, and what is said of the others."""

import json
import sys

import pytest
from hf_samples import bert_config, change_json, write_encoder, write_tokens

from nlp.errors import ModelError
from nlp.hf.encoder import load_encoder
from nlp.hf.network import DEVICE, chosen_device, open_network

transformers = pytest.importorskip("transformers", reason="needs the extra fenban[neural]")


def refused(folder):
    with pytest.raises(ModelError) as caught:
        load_encoder(folder, spec="hf:mine")
    assert "“hf:mine”" in caught.value.message
    return str(caught.value)


def test_the_network_only_evaluates_in_float32(tiny_encoder):
    network = open_network(tiny_encoder, "hf:mine")
    assert (network.name, network.dimension) == ("torch", 32)
    assert not network.model.training
    assert network.model.pooler is None
    assert {parameter.dtype.itemsize for parameter in network.model.parameters()} == {4}


@pytest.mark.parametrize("kind", ["BertForMaskedLM", "BertForSequenceClassification"])
def test_models_built_on_an_encoder_lend_it(tmp_path, kind):
    assert load_encoder(write_encoder(tmp_path, kind)).embed(["村小学"]).shape == (1, 32)


def test_half_precision_is_read_as_float32(tmp_path):
    model = transformers.BertModel(bert_config()).half()
    model.save_pretrained(tmp_path)
    write_tokens(tmp_path)
    network = load_encoder(tmp_path).network
    assert {parameter.dtype.itemsize for parameter in network.model.parameters()} == {4}


SMALL = {"vocab_size": 99, "d_model": 8, "num_layers": 1, "num_heads": 2, "d_kv": 4, "d_ff": 8}
DECODER = {"vocab_size": 99, "n_embd": 8, "n_layer": 1, "n_head": 2}
READER = {"vocab_size": 99, "d_model": 8, "encoder_layers": 1, "decoder_layers": 1}


@pytest.mark.parametrize(
    ("kind", "config"),
    [
        ("T5ForConditionalGeneration", transformers.T5Config(**SMALL)),
        ("GPT2LMHeadModel", transformers.GPT2Config(**DECODER)),
        (
            "BartModel",
            transformers.BartConfig(
                **READER, encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=8
            ),
        ),
        ("BertLMHeadModel", bert_config(is_decoder=True)),
    ],
)
def test_writers_and_decoders_are_refused(tmp_path, kind, config):
    getattr(transformers, kind)(config).save_pretrained(tmp_path)
    write_tokens(tmp_path)
    said = refused(tmp_path)
    assert f"是 {kind}，不是编码器" in said
    assert "hf:BAAI/bge-small-zh-v1.5" in said


def test_lacking_weights_are_told(own_encoder):
    from safetensors.torch import load_file, save_file

    weights = load_file(own_encoder / "model.safetensors")
    del weights["encoder.layer.1.output.dense.weight"]
    save_file(weights, own_encoder / "model.safetensors", metadata={"format": "pt"})
    assert "缺少 1 项，例如 encoder.layer.1.output.dense.weight" in refused(own_encoder)


def test_weights_of_another_size_are_told(own_encoder):
    change_json(own_encoder / "config.json", intermediate_size=96)
    assert "hf:mine" in refused(own_encoder)


def test_a_models_own_code_is_not_run(own_encoder):
    own = {"model_type": "own", "auto_map": {"AutoConfig": "own.OwnConfig"}}
    change_json(own_encoder / "config.json", **own)
    (own_encoder / "own.py").write_text("raise SystemExit('the code was run')")
    assert "自带代码" in refused(own_encoder)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"model_type": "none"}'])
def test_a_damaged_config_is_told(own_encoder, content):
    (own_encoder / "config.json").write_text(content)
    with pytest.raises(ModelError, match="读不出来"):
        load_encoder(own_encoder)


def test_a_header_that_fits_but_means_nothing_is_told(own_encoder):
    header = json.dumps({"a": {"dtype": "F99", "shape": [1], "data_offsets": [0, 4]}}).encode()
    whole = len(header).to_bytes(8, "little") + header + b"\0" * 4
    (own_encoder / "model.safetensors").write_bytes(whole)
    assert "读不出来" in refused(own_encoder)


@pytest.mark.parametrize("lacking", ["torch", "transformers"])
def test_without_the_extra_the_command_to_install_it_is_told(tiny_encoder, lacking, monkeypatch):
    monkeypatch.setitem(sys.modules, lacking, None)
    said = refused(tiny_encoder)
    assert "编码器“hf:mine”要用可选组件 neural" in said
    assert 'pip install "fenban[neural]"' in said


def test_the_device_is_the_processor_unless_said(tiny_encoder, monkeypatch):
    monkeypatch.delenv(DEVICE, raising=False)
    network = open_network(tiny_encoder, "hf:mine")
    assert network.device == "cpu"
    assert {parameter.device.type for parameter in network.model.parameters()} == {"cpu"}


@pytest.mark.parametrize(("named", "said"), [("cuda:0", "显卡"), ("gpu", "“gpu”")])
def test_a_device_that_is_not_there_is_told(tiny_encoder, monkeypatch, named, said):
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setenv(DEVICE, named)
    with pytest.raises(ModelError, match=said):
        open_network(tiny_encoder, "hf:mine")


def test_a_card_that_is_there_is_taken(monkeypatch):
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setenv(DEVICE, "cuda:1")
    assert chosen_device() == "cuda:1"
