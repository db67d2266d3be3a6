"""The wheel's file format in miniature, with weights by chance and a few pieces of text."""

import struct

import numpy as np

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 32, 1, 2, 64, 16
PIECES = {
    "<s>": 0.0,
    "<pad>": 0.0,
    "</s>": 0.0,
    "<unk>": 0.0,
    "▁": -3.0,
    "▁que": -4.0,
    "ry": -4.0,
    ":": -3.0,
    "建议": -2.0,
    "建": -5.0,
    "议": -5.0,
    "▁proposal": -4.0,
    "предло": -4.0,
    "村": -4.0,
    "<mask>": 0.0,
}
REPLACED = {"\t": " ", "\u200b": "", "Ａ": "A"}
_BLOCK = 32


def _packed(rng, count):
    """Return four-bit blocks and what they say as floats."""
    scales = rng.uniform(0.05, 0.1, count // _BLOCK).astype("<f2")
    values = rng.integers(0, 16, (count // _BLOCK, _BLOCK))
    low, high = values[:, : _BLOCK // 2], values[:, _BLOCK // 2 :]
    data = b"".join(
        scale.tobytes() + (a | b << 4).astype(np.uint8).tobytes()
        for scale, a, b in zip(scales, low, high, strict=True)
    )
    return data, ((values - 8) * scales.astype(np.float32)[:, None]).ravel()


def _tensors(rng):
    def floats(count):
        values = rng.normal(0, 0.1, count).astype("<f4")
        return values.tobytes(), values

    yield "emb.word", _packed(rng, len(PIECES) * HIDDEN)
    for name, count in (("pos", POSITIONS * HIDDEN), ("type", 2 * HIDDEN), ("ln.w", HIDDEN)):
        yield f"emb.{name}", floats(count)
    yield "emb.ln.b", floats(HIDDEN)
    for name, rows, columns in (
        *((part, HIDDEN, HIDDEN) for part in ("q", "k", "v", "ao")),
        ("fi", INNER, HIDDEN),
        ("fo", HIDDEN, INNER),
    ):
        yield f"l0.{name}.w", _packed(rng, rows * columns)
        yield f"l0.{name}.b", floats(rows)
    for name in ("aln", "oln"):
        yield f"l0.{name}.w", floats(HIDDEN)
        yield f"l0.{name}.b", floats(HIDDEN)


def carried_file():
    """Return a file's bytes and its tensors as they should be read."""
    rng = np.random.default_rng(0)
    tensors = dict(_tensors(rng))
    spelled = [piece.encode() for piece in PIECES]
    edges = np.cumsum([0, *map(len, spelled)]).astype("<u4")
    names = b"".join(
        struct.pack("<IB", ord(old), len(new)) + b"".join(struct.pack("<I", ord(c)) for c in new)
        for old, new in REPLACED.items()
    )
    head = b"E5S1" + struct.pack("<I", 1)
    head += struct.pack("<7i", HIDDEN, LAYERS, HEADS, INNER, len(PIECES), POSITIONS, 2)
    head += struct.pack("<fii", 1e-12, _BLOCK, len(PIECES)) + struct.pack("<4i", 0, 2, 1, 3)
    head += struct.pack("<Q", edges[-1]) + edges.tobytes()
    head += np.array(list(PIECES.values()), "<f4").tobytes() + b"".join(spelled)
    head += struct.pack("<iI", len(REPLACED), len(names)) + names
    head += struct.pack("<i", len(tensors))
    at = len(head) + sum(23 + len(name) for name in tensors)
    body = b""
    for name, (data, _) in tensors.items():
        entry = struct.pack("<H", len(name)) + name.encode() + struct.pack("<BI", 0, 0)
        head += entry + struct.pack("<QQ", at + len(body), len(data))
        body += data
    return head + body, {name: values for name, (_, values) in tensors.items()}
