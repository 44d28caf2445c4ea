"""A mail server on loopback that keeps what it is sent, and may dawdle or refuse."""

import re
import threading
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer

SUBJECT = re.compile(r"^Subject: (.*)$", re.MULTILINE)


class _Conversation(StreamRequestHandler):
    """Just enough SMTP for one client."""

    def handle(self):
        self.say("220 sink")
        for line in self.rfile:
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.take()
                if self.server.hangs_up:
                    return None
            elif word == b"QUIT":
                return self.say("221 bye")
            else:
                self.say("250 fine")
        return None

    def take(self):
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        text = b"".join(lines).decode()
        subject = SUBJECT.search(text)[1].strip()
        self.server.received.append(subject)
        if subject in self.server.slow:
            # Never answered: whoever sent it waits until it is killed.
            self.server.reached.set()
            self.server.stopped.wait(60)
            return
        if subject in self.server.cut:
            # Kept, and yet nobody is told: the line breaks first.
            self.server.hangs_up = True
            return
        refused = subject in self.server.refused
        self.say("550 no such mailbox" if refused else "250 kept")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class Sink(ThreadingTCPServer):
    """The server, what it received, and which subjects it does not answer."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received, self.slow, self.refused = [], set(), set()
        self.cut, self.hangs_up = set(), False
        self.reached, self.stopped = threading.Event(), threading.Event()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def sink():
    """A mail server for as long as the block lasts."""
    with Sink() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()
            thread.join()
