"""What a run says while it goes on, how far, how well, how long still; and when it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from transformers import EarlyStoppingCallback, TrainerCallback


class Progress(TrainerCallback):
    """Passes the trainer's logs on in Chinese."""

    def __init__(self, on_step: Callable[[str], None]) -> None:
        self.on_step = on_step
        self._started, self._first = time.monotonic(), 0

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ANN401
        self._started, self._first = time.monotonic(), state.global_step

    def on_log(
        self,
        args: Any,  # noqa: ANN401
        state: Any,  # noqa: ANN401
        control: Any,  # noqa: ANN401
        logs: Mapping[str, float] | None = None,
        **_: Any,  # noqa: ANN401
    ) -> None:
        if logs is None or not ("loss" in logs or "eval_loss" in logs):
            return
        if "eval_loss" in logs:
            self.on_step(f"调参部分的损失 {logs['eval_loss']:.3f}。")
            return
        done = max(1, state.global_step - self._first)
        left = (time.monotonic() - self._started) / done * (state.max_steps - state.global_step)
        share = state.global_step / state.max_steps
        self.on_step(f"已训练 {share:.0%}，损失 {logs['loss']:.3f}，约剩 {left / 60:.0f} 分钟。")


class Patience(EarlyStoppingCallback):
    """Ends a run that no longer gains; one that had ended when it was interrupted stays so."""

    def on_train_begin(self, args: Any, state: Any, control: Any, **more: Any) -> None:  # noqa: ANN401
        super().on_train_begin(args, state, control, **more)
        if self.early_stopping_patience_counter >= self.early_stopping_patience:
            control.should_training_stop = True
