"""The network that is fine-tuned: an encoder, mean pooling, and one linear layer for all tasks.

A text may come in several segments (title, pieces of the body), each with a share; the text's
vector is the unit vector of the shared sum of the segments' unit vectors. That is how a
`Router` joins title and body too, so what is trained is what is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from nlp.hf.training.tasks import Kind, Task, TaskHead

SCALE = 10.0
"""Unit vectors times this go into the linear layer: logits then move as fast as with vectors
that are not normalised, whose length is about 10 in encoders of this size."""

TOGETHER = 16
"""Segments that are read at once: enough to keep two cores busy, few enough to be alike."""


class MultiTask(nn.Module):
    """Encoder and heads; `forward` returns logits, and the loss where labels are given."""

    def __init__(self, encoder: Any, tasks: Sequence[Task], dropout: float) -> None:  # noqa: ANN401
        super().__init__()
        self.encoder, self.tasks = encoder, tuple(tasks)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(encoder.config.hidden_size, sum(len(t.labels) for t in tasks))
        nn.init.normal_(self.head.weight, 0.0, 0.02)
        nn.init.zeros_(self.head.bias)

    def freeze(self, layers: int) -> None:
        """Keep the embeddings and the lowest layers as they are."""
        held = tuple(["embeddings.", *(f"encoder.layer.{i}." for i in range(layers))])
        for name, parameter in self.encoder.named_parameters():
            parameter.requires_grad_(not name.startswith(held))

    def vectors(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Return unit vectors (texts, hidden) of the batch's texts."""
        means = self._means(batch["input_ids"], batch["attention_mask"])
        sums = means.new_zeros(len(batch["weight"]), means.shape[1])
        sums = sums.index_add(0, batch["owner"], means * batch["share"].unsqueeze(-1))
        return functional.normalize(sums, dim=-1)

    def _means(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return unit vectors (segments, hidden); segments of about one length are read together.

        Titles stand beside bodies in a batch: read at once, half of all tokens were padding.
        """
        lengths = mask.sum(1)
        order = lengths.argsort(stable=True)
        found = []
        for rows in order.split(TOGETHER):
            width = int(lengths[rows[-1]])
            some = mask[rows, :width]
            states = self.encoder(input_ids=ids[rows, :width], attention_mask=some)[0]
            kept = some.unsqueeze(-1).to(states.dtype)
            found.append(functional.normalize((states * kept).sum(1) / kept.sum(1), dim=-1))
        return torch.cat(found)[order.argsort()]

    def forward(self, **batch: Tensor) -> dict[str, Tensor]:
        """Return `logits` (texts, labels of all tasks) and the mean `loss` by weight.

        Raises FloatingPointError if the loss is no number.
        """
        logits = self.head(self.dropout(self.vectors(batch) * SCALE))
        total, start = torch.zeros_like(batch["weight"]), 0
        for task in self.tasks:
            part = logits[:, start : start + len(task.labels)]
            total = total + task.share * _loss(task, part, batch[task.name])
            start += len(task.labels)
        loss = (total * batch["weight"]).sum() / batch["weight"].sum()
        if not torch.isfinite(loss):
            raise FloatingPointError("the loss is not finite")
        return {"loss": loss, "logits": logits}

    def heads(self) -> tuple[TaskHead, ...]:
        """Return each task's layer for vectors of unit length."""
        weights = self.head.weight.detach().cpu().numpy().T * SCALE
        bias = self.head.bias.detach().cpu().numpy()
        found, start = [], 0
        for task in self.tasks:
            end = start + len(task.labels)
            found.append(TaskHead(task, weights[:, start:end].copy(), bias[start:end].copy()))
            start = end
        return tuple(found)


def _loss(task: Task, logits: Tensor, target: Tensor) -> Tensor:
    """Return one loss a text, 0 where it is not labelled for the task."""
    labelled = (target >= 0).all(dim=1)
    wanted = target.clamp(min=0)
    if task.kind is Kind.MULTI:
        loss = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none").sum(1)
    else:
        smooth = wanted * (1 - task.smoothing) + task.smoothing / len(task.labels)
        loss = -(smooth * logits.log_softmax(-1)).sum(1)
    return torch.where(labelled, loss, torch.zeros_like(loss))
