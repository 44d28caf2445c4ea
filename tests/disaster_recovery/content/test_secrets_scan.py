"""Keys and tokens are refused, what looks like a password is warned of."""

from time import process_time

import pytest

from disaster_recovery.content.secrets_scan import refusal, warning

DASHES = "-" * 5
KEYS = [
    f"{DASHES}BEGIN RSA PRIVATE KEY{DASHES}",
    f"{DASHES}BEGIN PRIVATE KEY{DASHES}",
    f"{DASHES}BEGIN OPENSSH PRIVATE KEY{DASHES}",
    f"{DASHES}BEGIN PGP PRIVATE KEY BLOCK{DASHES}",
    "PuTTY-User-Key-" + "File-3: ssh-ed25519",
    "AKIA" + "ABCDEFGHIJKLMNOP",
    "AIza" + "a" * 35,
    "AccountKey=" + "a" * 60 + "==",
    "ghp_" + "a" * 36,
    "github_pat_" + "a" * 40,
    "glpat-" + "a" * 20,
    "xoxb-" + "1" * 12,
    "sk-" + "a" * 40,
    "eyJ" + "a" * 12 + ".eyJ" + "b" * 12 + ".c",
    "https://backup:hunter2" + "@server.example/x",
]


@pytest.mark.parametrize("text", KEYS)
def test_keys_and_tokens_are_refused(text):
    sentence = refusal(["Nothing here", f"First line\nThen {text} and more"])
    assert sentence.startswith("There is a")
    assert "say where the safe is" in sentence
    assert text not in sentence


@pytest.mark.parametrize(
    "text",
    [
        "Password: hunter2",
        "The admin password = Tr0ub4dor",
        "pwd:abc123",
        "**Password:** `hunter2`",
        "The passphrase is correct-horse",
        "The PIN is 4711",
        "PIN code: 4711",
        "PSK: s3cr3tkey",
    ],
)
def test_what_looks_like_a_password_is_warned_of(text):
    sentence = warning([f"A heading\n\n{text}"])
    assert sentence.startswith("Line 3 looks like a password")
    assert "hunter2" not in sentence


@pytest.mark.parametrize(
    "text",
    [
        "Passwords are in the safe of the town hall",
        "Password: in the safe",
        "Password: see the safe",
        "Password: ask the duty manager",
        "Password: {{safe_place}}",
        "Password: ______",
        "The password is kept in the safe",
        "Reset every password, then sign in",
        "Pinned notices: see the board",
        "-----BEGIN CERTIFICATE-----",
        "Public key, not private key",
        "https://www.gov.uk/a:b@c",
    ],
)
def test_ordinary_sentences_pass(text):
    assert warning([text]) == ""
    assert refusal([text]) == ""


def test_lists_are_looked_into_and_numbers_passed_over():
    assert warning([3, None, True, ["fine", "password: hunter2"]])


@pytest.mark.parametrize(
    "piece",
    [
        "eyJ-",
        "eyJaaaaaaaa.eyJ-",
        "-----BEGIN ",
        "pin ",
        "pin = *",
        "a://b:",
        "{{ ",
        " ",
    ],
)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(piece):
    short, *_, long = times = [
        seconds(piece * (kb * 1024 // len(piece))) for kb in (5, 10, 20, 40)
    ]
    assert long < 24 * max(short, 0.005), times
    assert seconds(piece * (60_000 // len(piece))) < 1


def seconds(text):
    """Of the processor."""
    began = process_time()
    refusal([text])
    warning([text])
    return process_time() - began
