"""Fine-tuning of a pretrained encoder on several tasks at once, by `transformers.Trainer`.

Checkpoints are kept in a workspace while it runs: an interrupted run that is started again
with the same data and settings goes on where it was and ends with the same weights.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.errors import ModelError
from nlp.hf.encoder import TextEncoder, out_of_memory
from nlp.hf.network import TorchNetwork
from nlp.hf.runtime import transformers_library
from nlp.hf.session import weights_digest
from nlp.hf.settings import write_settings
from nlp.hf.tokens import write_tokenizer
from nlp.hf.training.options import LOOKS, FineTuning
from nlp.hf.training.tasks import Example, Task, TaskHead
from nlp.hf.training.workspace import claim, fingerprint
from nlp.io.system import reason

if TYPE_CHECKING:
    from transformers import Trainer, TrainingArguments


def fine_tune(
    base: TextEncoder,
    tasks: Sequence[Task],
    train: Sequence[Example],
    dev: Sequence[Example],
    settings: FineTuning,
    workspace: Path,
    on_step: Callable[[str], None],
) -> tuple[TaskHead, ...]:
    """Train all tasks on `train`, stop where `dev` no longer gains, keep the best state.

    `train` holds the examples of all `settings.passes`, which may differ from pass to pass.
    `base` is changed in place, and written to the folder `result` of `workspace` as an
    ordinary checkpoint.

    Raises ModelError where memory runs out, the loss is no number, or the workspace can't be
    written; KeyboardInterrupt passes through with the checkpoints kept.
    """
    weights = weights_digest(base.folder, str(base.folder))
    last = claim(workspace, fingerprint(weights, tasks, train, dev, settings))
    trainer = _trainer(base, tasks, train, dev, settings, workspace, on_step)
    if last:
        on_step(f"接着上次中断的训练（{last.name}）…")
    with _translated(settings):
        trainer.train(resume_from_checkpoint=str(last) if last else None)
        network: Any = trainer.model
        network.eval().cpu()
        _write(base, network.encoder, tasks[0], settings, workspace / RESULT)
    heads: tuple[TaskHead, ...] = network.heads()
    return heads


RESULT = "result"


def _trainer(
    base: TextEncoder,
    tasks: Sequence[Task],
    train: Sequence[Example],
    dev: Sequence[Example],
    settings: FineTuning,
    workspace: Path,
    on_step: Callable[[str], None],
) -> Trainer:
    transformers = transformers_library("微调编码器")
    from nlp.hf.training.batches import collator, to_dataset
    from nlp.hf.training.multitask import MultiTask
    from nlp.hf.training.progress import Patience, Progress

    if not isinstance(base.network, TorchNetwork):
        raise TypeError("fine-tuning needs an encoder that runs in torch")
    transformers.set_seed(settings.seed)
    network = MultiTask(base.network.model.train(), tasks, settings.dropout)
    network.freeze(settings.frozen)
    steps = math.ceil(len(train) / settings.batch)
    arguments = _arguments(settings, workspace, steps)
    tokens = base.tokens.with_window(settings.window)
    trainer: Trainer = transformers.Trainer(
        model=network,
        args=arguments,
        data_collator=collator(tokens.pad),
        train_dataset=to_dataset(tokens, train),
        eval_dataset=to_dataset(tokens, dev),
        optimizers=_optimizer(network, settings, steps),
        callbacks=[Progress(on_step), Patience(settings.patience * LOOKS)],
    )
    trainer.remove_callback(transformers.PrinterCallback)  # it would print what Progress says
    return trainer


def _arguments(settings: FineTuning, workspace: Path, steps: int) -> TrainingArguments:
    from transformers import TrainingArguments

    from nlp.hf.training.batches import LENGTH

    between = max(1, steps // (LOOKS * settings.passes))
    return TrainingArguments(
        output_dir=str(workspace),
        per_device_train_batch_size=settings.batch,
        per_device_eval_batch_size=2 * settings.batch,
        num_train_epochs=1,  # its passes lie behind each other
        train_sampling_strategy="group_by_length",
        length_column_name=LENGTH,
        eval_strategy="steps",
        eval_steps=between,
        save_strategy="steps",
        save_steps=between,
        save_total_limit=2,
        load_best_model_at_end=True,
        restore_callback_states_from_checkpoint=True,  # how long Patience has waited
        metric_for_best_model="eval_loss",
        greater_is_better=False,
        prediction_loss_only=True,
        label_names=["weight"],  # any column that every batch has: all of them have labels
        logging_steps=max(1, between // 5),
        remove_unused_columns=False,
        dataloader_pin_memory=False,
        max_grad_norm=1.0,
        seed=settings.seed,
        data_seed=settings.seed,
        disable_tqdm=True,
        report_to="none",
    )


def _optimizer(network: Any, settings: FineTuning, steps: int) -> tuple[Any, Any]:  # noqa: ANN401
    """Return AdamW with a faster rate for the new heads, and its schedule."""
    from torch.optim import AdamW
    from transformers import get_linear_schedule_with_warmup

    body = [p for p in network.encoder.parameters() if p.requires_grad]
    groups = [
        {"params": body, "lr": settings.learning_rate},
        {"params": list(network.head.parameters()), "lr": settings.head_learning_rate},
    ]
    optimizer = AdamW(groups, weight_decay=0.01, fused=True)
    warmup = int(steps * settings.warmup)
    return optimizer, get_linear_schedule_with_warmup(optimizer, warmup, steps)


@contextmanager
def _translated(settings: FineTuning) -> Iterator[None]:
    """Turn what goes wrong in the middle of a run into errors that a user can mend."""
    from safetensors import SafetensorError

    try:
        yield
    except FloatingPointError as error:
        raise ModelError(
            "训练散了：损失已经不是一个数（NaN）。",
            f"请把学习率调小再运行，例如 --learning-rate {settings.learning_rate / 3:.0e}。",
        ) from error
    except (MemoryError, RuntimeError, OSError, SafetensorError) as error:
        if unwritable := _unwritable(error):
            raise ModelError(
                f"训练的中间结果写不了：{unwritable}。",
                "请腾出空间再运行同一条命令，会接着已存的进度。",
            ) from error
        if not out_of_memory(error):
            raise
        raise ModelError(
            f"内存不够：每批 {settings.batch} 件放不下。",
            f"请加 --batch {settings.batch // 2} 再运行。"
            if settings.batch > 1
            else "请关掉别的程序再运行，或换小一些的编码器。",
        ) from error


def _unwritable(error: Exception) -> str:
    """Say why the disk refused, "" if it is something else; torch says it in a RuntimeError."""
    from safetensors import SafetensorError

    if isinstance(error, OSError):
        return reason(error)
    if isinstance(error, SafetensorError) or any(word in str(error) for word in _TORCH_WRITES):
        return "磁盘已满，或文件大小超过了限制"
    return ""


_TORCH_WRITES = ("inline_container", "PytorchStreamWriter")


def _write(
    base: TextEncoder,
    encoder: Any,  # noqa: ANN401 - a transformers model
    task: Task,
    settings: FineTuning,
    folder: Path,
) -> None:
    """Write an ordinary checkpoint that names the first task's labels, read as it was trained."""
    encoder.config.id2label = dict(enumerate(task.labels))
    encoder.config.label2id = {label: i for i, label in enumerate(task.labels)}
    encoder.save_pretrained(folder)
    write_tokenizer(base.folder, folder)
    window = min(settings.window, base.settings.window)
    write_settings(replace(base.settings, pooling="mean", window=window), folder)
