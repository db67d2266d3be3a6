"""Examples as a `datasets` table of token numbers, and rows of it as batches of tensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nlp.hf.tokens import padded
from nlp.hf.training.tasks import Example

if TYPE_CHECKING:
    from datasets import Dataset
    from torch import Tensor

    from nlp.hf.tokens import Tokens

Row = Mapping[str, Any]
LENGTH = "length"
OWN = ("segments", "shares", "weight", LENGTH)


def to_dataset(tokens: Tokens, examples: Sequence[Example]) -> Dataset:
    """Return a table: token numbers by segment, shares, weight, length, and every target.

    A segment beyond the window becomes several; its share is divided by their sizes.
    """
    from datasets import Dataset

    columns: dict[str, list[Any]] = {name: [] for name in OWN}
    flat = [segment for example in examples for segment in example.segments]
    pieces = iter(tokens.pieces([segment.text for segment in flat]))
    for example in examples:
        ids, shares = [], []
        for segment in example.segments:
            found = next(pieces)
            total = sum(piece.size for piece in found)
            ids += [list(piece.ids) for piece in found]
            shares += [segment.share * piece.size / total for piece in found]
        columns["segments"].append(ids)
        columns["shares"].append(shares)
        columns["weight"].append(example.weight)
        columns[LENGTH].append(sum(map(len, ids)))
    for name in examples[0].targets if examples else ():
        columns[name] = [example.targets[name].tolist() for example in examples]
    return Dataset.from_dict(columns)


def collator(pad: int) -> Callable[[Sequence[Row]], dict[str, Tensor]]:
    """Return what makes one batch of rows: segments padded, each with its text's number."""

    def collate(rows: Sequence[Row]) -> dict[str, Tensor]:
        import torch

        pieces = [ids for row in rows for ids in row["segments"]]
        owners = [i for i, row in enumerate(rows) for _ in row["segments"]]
        shares = [share for row in rows for share in row["shares"]]
        if not pieces:  # texts without a token: the network reads something that counts nothing
            pieces, owners, shares = [[pad]], [0], [0.0]
        filled = padded(pieces, pad)
        batch = {
            "input_ids": torch.from_numpy(filled.ids),
            "attention_mask": torch.from_numpy(filled.mask),
            "owner": torch.tensor(owners),
            "share": torch.tensor(shares),
        }
        for name in rows[0].keys() - set(OWN) | {"weight"}:
            batch[name] = torch.tensor([row[name] for row in rows], dtype=torch.float32)
        return batch

    return collate
