"""Where a cluster is said to be, looked at before its library would wait for it for minutes."""

from __future__ import annotations

import re
import socket

from nlp.errors import InputError, UsageError

AUTO = "auto"
WAIT = 5.0
"""Seconds to wait for an answer."""
_ADDRESS = re.compile(r"(?P<host>[^:/\s]+|\[[0-9a-fA-F:]+\]):(?P<port>\d{1,5})")


def check_address(address: str) -> None:
    """Raise UsageError for what is no address, InputError for one where nobody answers."""
    if address == AUTO:
        return
    if address.startswith("ray://"):
        raise UsageError(
            "--address 不接受 ray:// 开头的地址（Ray Client）。",
            "请在集群的一台机器上运行，用 --address auto；或给 主机:端口。",
        )
    found = _ADDRESS.fullmatch(address)
    if not found or not 0 < int(found["port"]) < 1 << 16:
        raise UsageError(
            f"--address 的“{address}”不是集群的地址。",
            "应是 auto（本机已启动的集群），或 主机:端口，例如 10.0.0.5:6379。",
        )
    try:
        socket.create_connection((found["host"].strip("[]"), int(found["port"])), WAIT).close()
    except OSError as fault:
        raise absent(address) from fault


def absent(address: str) -> InputError:
    where = "本机没有正在运行的 Ray 集群" if address == AUTO else f"连不上 Ray 集群“{address}”"
    return InputError(
        f"{where}。", "请先在主机上运行 ray start --head，或去掉 --address，只用本机各核。"
    )
