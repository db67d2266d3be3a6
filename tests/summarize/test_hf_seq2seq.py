"""Loading and running a sequence-to-sequence model: a tiny one, trained here in seconds.

It has learned to repeat the first sentence of a reply, and knows 处 as the only measure word:
of “路灯36盏” it makes “路灯36处”, an honest invention for the guard.
"""

import json
import random
import shutil
import socket
import sys

import pytest

from nlp.errors import ModelError
from nlp.hf.seq2seq import load_seq2seq
from nlp.summarize.digest import Digest
from nlp.summarize.rewrite.guard import abstractive
from nlp.summarize.rewrite.writers import open_writer

pytest.importorskip("torch", reason="needs the extra fenban[neural]")
transformers = pytest.importorskip("transformers", reason="needs the extra fenban[neural]")

TOWNS = ("城关", "河口", "青山", "永安", "和平", "东风")
WORKS = ("修复路灯", "新建车位", "改造厕所", "拓宽道路", "清理河道")
RESTS = ("感谢您的关注。", "欢迎继续监督。", "下一步将加强巡查。", "特此答复。")
REPLIES = [
    "城关镇已改造厕所57处。感谢您的关注。特此答复。下一步将加强巡查。",
    "河口镇已清理河道12处。",
    "",
    "永安镇已新建车位84处。特此答复。欢迎继续监督。",
    "东风镇已拓宽道路23处。特此答复。",
]
FIRSTS = [reply.partition("。")[0] + "。" if reply else "" for reply in REPLIES]


def build_tokenizer():
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors

    letters = sorted(set("".join((*TOWNS, *WORKS, *RESTS, "镇已处0123456789"))))
    special = ("<s>", "<pad>", "</s>", "<unk>")
    words = {word: at for at, word in enumerate((*special, *letters))}
    found = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    found.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    ends = [("<s>", 0), ("</s>", 2)]
    found.post_processor = processors.TemplateProcessing("<s> $A </s>", special_tokens=ends)
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=found,
        **{"bos_token": "<s>", "pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"},
    )


def build_config(size):
    return transformers.BartConfig(
        **{"vocab_size": size, "d_model": 64, "encoder_layers": 1, "decoder_layers": 1},
        **{"encoder_attention_heads": 2, "decoder_attention_heads": 2, "dropout": 0.0},
        **{"encoder_ffn_dim": 128, "decoder_ffn_dim": 128, "max_position_embeddings": 64},
        **{"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2},
        forced_eos_token_id=2,
    )


def pair(rng):
    number = rng.randint(10, 99)
    first = f"{rng.choice(TOWNS)}镇已{rng.choice(WORKS)}{number}处。"
    return first + "".join(rng.sample(RESTS, rng.randint(0, 3))), first


def train(model, tokenizer, steps=150):
    import torch

    rng = random.Random(0)
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
    for _ in range(steps):
        asked, wanted = zip(*(pair(rng) for _ in range(16)), strict=True)
        inputs = tokenizer(list(asked), padding=True, return_tensors="pt")
        labels = tokenizer(list(wanted), padding=True, return_tensors="pt")["input_ids"]
        labels[labels == 1] = -100
        tensors = {name: inputs[name] for name in ("input_ids", "attention_mask")}
        model(**tensors, labels=labels).loss.backward()
        optimizer.step()
        optimizer.zero_grad()


@pytest.fixture(scope="module", autouse=True)
def _one_thread():
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    import torch

    torch.manual_seed(0)
    tokenizer = build_tokenizer()
    model = transformers.BartForConditionalGeneration(build_config(len(tokenizer)))
    train(model, tokenizer)
    path = tmp_path_factory.mktemp("seq2seq") / "tiny"
    model.save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


@pytest.fixture
def copied(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "copy")


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_a_folder_is_loaded_and_writes_without_the_network(folder, no_network):
    named, plain = load_seq2seq(f"hf:{folder}"), load_seq2seq(str(folder))
    assert named.generate(REPLIES, 60) == plain.generate(REPLIES, 60) == FIRSTS


def test_the_model_only_evaluates(folder):
    model = load_seq2seq(str(folder))
    assert not model.model.training
    assert {parameter.dtype.itemsize for parameter in model.model.parameters()} == {4}
    assert (model.window, model.prefix, model.tokens_per_char) == (64, "", 1.0)


def test_batches_write_what_single_texts_do(folder):
    model = load_seq2seq(str(folder))
    rng = random.Random(1)
    texts = [pair(rng)[0] for _ in range(11)]
    assert model.generate(texts, 60) == [model.generate([text], 60)[0] for text in texts]


def test_sampling_and_long_outputs_in_the_models_own_settings_do_not_count(copied):
    settings = json.loads((copied / "generation_config.json").read_text())
    settings |= {"do_sample": True, "temperature": 9.0, "min_length": 40, "num_return_sequences": 2}
    (copied / "generation_config.json").write_text(json.dumps(settings))
    assert load_seq2seq(str(copied)).generate(REPLIES, 60) == FIRSTS


def test_nothing_of_a_long_text_is_left_unread(folder):
    model = load_seq2seq(str(folder))
    long = "".join(REPLIES) + "".join(RESTS) * 3 + "特此答复" * 40
    parts = model._parts(long)
    assert "".join(parts) == long
    assert all(len(part) + 2 <= model.window for part in parts)
    assert parts[0].endswith("。")
    (written,) = model.generate([long], 60)
    assert written.endswith("。") and len(written) < 20


def test_a_broken_off_sentence_is_dropped(folder):
    model = load_seq2seq(str(folder))
    assert model.generate([REPLIES[0]], 1) == [""]
    assert model.generate([REPLIES[0]], 5) == [FIRSTS[0]]


def test_models_with_a_prefix_get_it(copied):
    config = json.loads((copied / "config.json").read_text())
    config["task_specific_params"] = {"summarization": {"prefix": "东"}}
    (copied / "config.json").write_text(json.dumps(config))
    assert load_seq2seq(str(copied)).prefix == "东"


def test_the_guard_keeps_what_the_model_reads_wrongly_out(folder):
    reply = "城关镇已修复路灯36盏。感谢您的关注。"
    rows = [(reply, Digest("1", summary="城关镇已修复路灯36盏；感谢", model="replies"))]
    rows.append((REPLIES[1], Digest("2", summary="清理河道12处")))
    writer = open_writer(f"hf:{folder}")
    first, second = abstractive(rows, writer, 60)
    assert first.method == "extractive" and first.summary == rows[0][1].summary
    assert first.note == "模型写的句子都有答复中没有的“36处”，摘要用原文。"
    assert (second.summary, second.method) == (FIRSTS[1], "abstractive")
    assert second.model == f"hf:{folder}"


def save_as(kind, path, tokenizer, **config):
    model = kind(kind.config_class(**config))
    model.save_pretrained(path)
    tokenizer.save_pretrained(path)
    return path


def test_classifiers_and_decoders_are_refused(tmp_path):
    tokenizer = build_tokenizer()
    size = len(tokenizer)
    small = {"vocab_size": size, "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    classifier = transformers.BertForSequenceClassification
    bert = save_as(classifier, tmp_path / "bert", tokenizer, **small, intermediate_size=8)
    decoder = {"vocab_size": size, "n_embd": 8, "n_layer": 1, "n_head": 2}
    gpt = save_as(transformers.GPT2LMHeadModel, tmp_path / "gpt", tokenizer, **decoder)
    judge = transformers.BartForSequenceClassification(build_config(size))
    judge.save_pretrained(tmp_path / "judge")
    for path, name in (
        (bert, classifier.__name__),
        (gpt, "GPT2LMHeadModel"),
        (tmp_path / "judge", "BartForSequenceClassification"),
    ):
        with pytest.raises(ModelError, match=f"是 {name}，不是") as caught:
            load_seq2seq(f"hf:{path}")
        assert "--endpoint" in caught.value.hint


def test_pickles_are_not_read(copied):
    (copied / "model.safetensors").rename(copied / "pytorch_model.bin")
    with pytest.raises(ModelError, match=r"没有 model\.safetensors"):
        load_seq2seq(str(copied))


def test_a_models_own_code_is_not_run(copied):
    config = json.loads((copied / "config.json").read_text())
    config |= {"model_type": "own", "auto_map": {"AutoConfig": "own.OwnConfig"}}
    (copied / "config.json").write_text(json.dumps(config))
    (copied / "own.py").write_text("raise SystemExit('the code was run')")
    with pytest.raises(ModelError, match="读不出来") as caught:
        load_seq2seq(str(copied))
    assert "自带代码" in caught.value.hint


@pytest.mark.parametrize("damage", [b"", b"\xff" * 64, b'{"model_type": "none"}', b"[]"])
@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
def test_damaged_files_are_told(copied, name, damage):
    (copied / name).write_bytes(damage)
    with pytest.raises(ModelError, match="读不出来"):
        load_seq2seq(str(copied))


def test_lacking_weights_are_told(copied):
    from safetensors.torch import load_file, save_file

    weights = load_file(copied / "model.safetensors")
    del weights["model.encoder.layers.0.fc1.weight"]
    save_file(weights, copied / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match=r"缺少 1 项，例如 .*fc1"):
        load_seq2seq(str(copied))


@pytest.mark.parametrize("spec", ["no/folder/here", "hf:./none", "hf:/no/folder", "none"])
def test_a_missing_folder_is_told_without_asking_the_network(spec, no_network):
    with pytest.raises(ModelError, match="找不到模型文件夹"):
        load_seq2seq(spec)


def test_a_folder_of_something_else_is_told(tmp_path):
    with pytest.raises(ModelError, match=r"没有 config\.json"):
        load_seq2seq(str(tmp_path))


def test_offline_a_name_is_taken_from_the_cache_or_refused(
    folder, tmp_path, monkeypatch, no_network
):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(ModelError, match="要求离线") as caught:
        load_seq2seq("hf:office/tiny", offline=True)
    assert "hf download office/tiny" in caught.value.hint
    cached, commit = tmp_path / "models--office--tiny", "a" * 40
    shutil.copytree(folder, cached / "snapshots" / commit)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text(commit)
    assert load_seq2seq("hf:office/tiny", offline=True).generate(REPLIES, 60) == FIRSTS


def test_a_name_that_the_hub_cannot_give_is_told(tmp_path, monkeypatch):
    from huggingface_hub import constants

    def refuse(*_, **__):
        raise OSError("no route to host")

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with pytest.raises(ModelError, match="没有文件夹“office/tiny”"):
        load_seq2seq("hf:office/tiny")


@pytest.mark.parametrize("lacking", ["torch", "transformers"])
def test_without_the_extra_the_command_to_install_it_is_told(lacking, monkeypatch):
    monkeypatch.setitem(sys.modules, lacking, None)
    with pytest.raises(ModelError, match="可选组件 neural") as caught:
        load_seq2seq("hf:some/name")
    assert 'pip install "fenban[neural]"' in caught.value.hint
    assert "https://download.pytorch.org/whl/cpu" in caught.value.hint


def test_importing_costs_nothing():
    import subprocess

    code = "import nlp.hf.seq2seq, nlp.summarize.rewrite.endpoint, sys;"
    code += "import nlp.summarize.rewrite.guard;"
    code += "print([m for m in ('torch', 'transformers', 'urllib.request') if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
