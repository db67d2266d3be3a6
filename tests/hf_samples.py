"""Pretrained models in miniature, made here in a moment."""

import json
from pathlib import Path

TITLES = [
    "关于修建村小学的建议",
    "关于增建公办幼儿园的提案",
    "关于整治河道排污的提案",
    "关于打通断头路的建议",
]
LETTERS = sorted(set("".join(TITLES) + "一二三四五六七八九十，。：查询0123456789abcdefg"))
SPECIAL = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}


def char_tokenizer():
    """Return a tokenizer that takes every character for a token."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors

    words = {word: number for number, word in enumerate((*SPECIAL.values(), *LETTERS))}
    made = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    ends = [("[CLS]", words["[CLS]"]), ("[SEP]", words["[SEP]"])]
    made.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", special_tokens=ends)
    made.add_special_tokens(list(SPECIAL.values()))
    return made


def bert_config(**changes):
    from transformers import BertConfig

    small = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    small |= {"intermediate_size": 64, "max_position_embeddings": 48, "initializer_range": 0.3}
    return BertConfig(vocab_size=len(LETTERS) + len(SPECIAL), pad_token_id=0, **small | changes)


def write_encoder(folder: Path, kind: str = "BertModel", **changes) -> Path:
    """Write a small BERT with weights by chance, and its tokenizer."""
    import torch
    import transformers

    torch.manual_seed(0)
    getattr(transformers, kind)(bert_config(**changes)).save_pretrained(folder)
    write_tokens(folder)
    return folder


def write_tokens(folder: Path, **changes) -> None:
    char_tokenizer().save(str(folder / "tokenizer.json"))
    stated = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 48}
    change_json(folder / "tokenizer_config.json", **stated, **SPECIAL | changes)


def change_json(file: Path, **changes) -> None:
    """Set keys of a JSON file, which need not be there; None takes a key away."""
    content = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    kept = {key: value for key, value in (content | changes).items() if value is not None}
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
