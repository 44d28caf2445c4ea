"""A provider on this machine that signs people in, and lies where a test asks it to."""

import json
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

OURS, STRANGE = (rsa.generate_private_key(65537, 2048) for _ in range(2))
KID = "the-key"
HERE = "http://127.0.0.1"


class LyingProvider(ThreadingHTTPServer):
    """What it says of itself, and of whom; a test changes any of it."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Answer)
        self.issuer = f"{HERE}:{self.server_port}"
        # What the next token says beside what is right, and what it leaves out.
        self.claims, self.without = {}, set()
        self.key, self.algorithm, self.kid = OURS, "RS256", KID
        # Answers given instead of the right ones, by path: status, body, headers.
        self.instead = {}
        self.asked, self.nonce, self.client_id = [], "", ""

    def handle_error(self, request, client_address):
        """Who hangs up early meant to."""

    def about(self, **different):
        """What it says of itself."""
        places = {
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        return {"issuer": self.issuer} | places | different

    def lie(self, path, body, status=200, **headers):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.instead[path] = (status, body, headers)

    def right_answer(self, path):
        if path == "/.well-known/openid-configuration":
            return self.about()
        if path == "/keys":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OURS.public_key()))
            return {"keys": [key | {"kid": KID, "use": "sig", "alg": "RS256"}]}
        if path == "/token":
            return {"access_token": "unused", "id_token": self.token()}
        return {"unknown": path}

    def token(self):
        now = int(time.time())
        said = {"iss": self.issuer, "sub": "somebody", "aud": self.client_id}
        said |= {"iat": now, "exp": now + 300, "nonce": self.nonce} | self.claims
        said = {name: value for name, value in said.items() if name not in self.without}
        head = {"kid": self.kid}
        return jwt.encode(said, self.key, algorithm=self.algorithm, headers=head)


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        length = int(self.headers.get("Content-Length", 0))
        asked = parse_qs(self.rfile.read(length).decode())
        path = urlsplit(self.path).path
        self.server.asked.append((path, asked))
        if path not in self.server.instead:
            self.server.lie(path, self.server.right_answer(path))
            status, body, headers = self.server.instead.pop(path)
        else:
            status, body, headers = self.server.instead[path]
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *args):
        """Says nothing."""


@contextmanager
def lying_provider():
    with LyingProvider() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        try:
            yield server
        finally:
            server.shutdown()


# Ends when its input does, so it never outlives the tests.
_PROGRAM = """
import os, runpy, sys, threading
def wait():
    sys.stdin.read()
    os._exit(0)
threading.Thread(target=wait, daemon=True).start()
sys.argv = ["provider", *sys.argv[1:]]
runpy.run_module("oidc_provider_mock", run_name="__main__")
"""


@contextmanager
def real_provider():
    """The address of a whole provider of somebody else's making, on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", _PROGRAM, "--port", str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with started:
        _wait_for(port)
        yield f"{HERE}:{port}"
        started.stdin.close()


def _wait_for(port, seconds=20):
    latest = time.monotonic() + seconds
    while time.monotonic() < latest:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("the provider did not start")


def begin(client, provider, **fields):
    """Presses the button; what the browser is sent on with, or the page instead."""
    return client.post(f"/accounts/oidc/{provider.key}/login/", fields)


def sign_in(client, provider, server, **instead):
    """The whole way there and back; `instead` changes what comes back."""
    there = parse_qs(urlsplit(begin(client, provider).url).query)
    server.nonce, server.client_id = there["nonce"][0], there["client_id"][0]
    back = {"code": "a code", "state": there["state"][0]} | instead
    return client.get(f"/accounts/oidc/{provider.key}/login/callback/", back)
