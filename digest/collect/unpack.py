"""Bodies of HTTP answers, unpacked within a bound: no more is ever unpacked than the bound allows."""

from __future__ import annotations

import zlib

_GZIP = zlib.MAX_WBITS | 16
_ZLIB = zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS  # what some servers send as "deflate"
_GZIP_MAGIC = b"\x1f\x8b"
KNOWN = frozenset(("", "identity", "gzip", "x-gzip", "deflate"))


class TooLargeError(Exception):
    """A body passes the bound. `unpacked` says that it did so only when unpacked."""

    def __init__(self, *, unpacked: bool) -> None:
        super().__init__(unpacked)
        self.unpacked = unpacked


class DamagedError(Exception):
    """A packed body is not what it says, or breaks off."""


class Body:
    """Collects the parts of one body. `encoding` is the Content-Encoding, one of `KNOWN`."""

    def __init__(self, *, encoding: str, max_bytes: int) -> None:
        self._packed = encoding not in ("", "identity")
        self._left = max_bytes
        self._parts: list[bytes] = []
        self._start = b""  # the first two bytes of a packed part tell how it is packed
        self._unpacker: zlib._Decompress | None = None
        self._members = 0

    def add(self, chunk: bytes) -> None:
        """Take the next part off the wire. Raises TooLargeError or DamagedError."""
        if not self._packed:
            self._keep(chunk)
            return
        try:
            self._unpack(chunk)
        except zlib.error as error:
            raise DamagedError(str(error)) from error

    def _unpack(self, chunk: bytes) -> None:
        while chunk:
            if self._unpacker is None:
                chunk, self._start = self._start + chunk, b""
                if len(chunk) < 2:
                    self._start = chunk
                    return
                if self._members and not chunk.startswith(_GZIP_MAGIC):
                    return  # padding behind the end
                self._unpacker = zlib.decompressobj(_packing(chunk))  # gzip members may follow one another
            # One byte more than what is left tells a body that fits from one that does not.
            self._keep(self._unpacker.decompress(chunk, self._left + 1))
            chunk = self._unpacker.unconsumed_tail or self._unpacker.unused_data
            if self._unpacker.eof:
                self._unpacker = None
                self._members += 1

    def _keep(self, part: bytes) -> None:
        self._left -= len(part)
        if self._left < 0:
            raise TooLargeError(unpacked=self._packed)
        self._parts.append(part)

    def whole(self) -> bytes:
        """The whole body. Raises DamagedError when its packing breaks off."""
        if self._unpacker is not None or (self._start and not self._members):
            raise DamagedError("breaks off")
        return b"".join(self._parts)


def _packing(start: bytes) -> int:
    if start.startswith(_GZIP_MAGIC):
        return _GZIP
    is_zlib = start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    return _ZLIB if is_zlib else _RAW
