"""A mail server on this machine that takes whatever comes."""

import socket
from contextlib import closing, contextmanager

from aiosmtpd.controller import Controller


class Taking:
    """What came, as bytes; `port` is where the server listens."""

    def __init__(self, port):
        self.port, self.texts = port, []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.texts.append(envelope.content)
        return "250 taken"


@contextmanager
def taking_mail():
    taking = Taking(free_port())
    controller = Controller(taking, hostname="127.0.0.1", port=taking.port)
    controller.start()
    yield taking
    controller.stop()


def free_port():
    """A port at which nobody listens."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
