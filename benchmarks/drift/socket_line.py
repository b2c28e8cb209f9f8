"""The server's half of a WebSocket, for small texts: RFC 6455 without extensions."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import BinaryIO

_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


def accept_key(key: str) -> str:
    """Return the answer to the client's key."""
    return base64.b64encode(hashlib.sha1(f"{key}{_MAGIC}".encode()).digest()).decode()  # noqa: S324  (the protocol's)


def serve(reader: BinaryIO, writer: BinaryIO, answer: Callable[[str], str]) -> None:
    """Answer each text until the client closes."""
    while True:
        head = reader.read(2)
        if len(head) < 2:
            return
        length = head[1] & 0x7F
        if length == 126:
            length = int.from_bytes(reader.read(2), "big")
        elif length == 127:
            length = int.from_bytes(reader.read(8), "big")
        mask = reader.read(4)
        data = bytes(byte ^ mask[index % 4] for index, byte in enumerate(reader.read(length)))
        kind = head[0] & 0x0F
        if kind == _TEXT:
            _send(writer, _TEXT, answer(data.decode()).encode())
        elif kind == _PING:
            _send(writer, _PONG, data)
        elif kind == _CLOSE:
            _send(writer, _CLOSE, data)
            return


def _send(writer: BinaryIO, kind: int, data: bytes) -> None:
    size = bytes([len(data)]) if len(data) < 126 else b"\x7e" + len(data).to_bytes(2, "big")
    writer.write(bytes([0x80 | kind]) + size + data)
    writer.flush()
