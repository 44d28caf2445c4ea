"""What a partner's provider is asked, and what is believed of its answers."""

import json
import time
from hmac import compare_digest
from urllib.parse import urlsplit

import jwt
import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

from partners.models.identity_provider import is_safe

SECONDS, MOST_BYTES = 5, 512 * 1024
# A token is made for one sign-in, so one that is older was kept by somebody. Entra
# says that it made its tokens five minutes before it did.
OLDEST_TOKEN, CLOCKS_DIFFER_BY = 600, 60
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
MICROSOFT = "login.microsoftonline.com"
UNREADABLE = "The provider answers with something else than expected"


class InvalidToken(OAuth2Error):
    """An answer that is missing, or not to be trusted; says why in a sentence."""


def ask(url, data=None, auth=None):
    """The object that this address answers with; it may not send us elsewhere."""
    try:
        with (
            requests.Session() as session,
            session.request(
                "POST" if data else "GET",
                url,
                data=data,
                auth=auth,
                headers={"Accept": "application/json"},
                timeout=SECONDS,
                allow_redirects=False,
                stream=True,
            ) as answer,
        ):
            return _object(answer)
    except requests.RequestException as error:
        raise InvalidToken("The provider does not answer") from error


def _object(answer):
    if answer.status_code != requests.codes.ok:
        raise InvalidToken(f"The provider answers with status {answer.status_code}")
    try:
        said = json.loads(_body(answer))
    except (ValueError, RecursionError) as error:
        raise InvalidToken(UNREADABLE) from error
    if not isinstance(said, dict):
        raise InvalidToken(UNREADABLE)
    return said


def _body(answer):
    """What was sent, within a time and a size: a drip is no answer."""
    body, latest = b"", time.monotonic() + SECONDS
    while piece := answer.raw.read1(65536, decode_content=True):
        body += piece
        if len(body) > MOST_BYTES or time.monotonic() > latest:
            raise InvalidToken("The provider's answer is too long or too slow")
    return body


def discovered(issuer):
    """What the provider says of itself, if it is the one we meant."""
    said = ask(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if said.get("issuer") != issuer:
        raise InvalidToken(
            f"The provider calls itself “{str(said.get('issuer'))[:200]}”: enter "
            "exactly that address, if it is the right one"
        )
    for name in NEEDED:
        _stay_with(issuer, said.get(name), name)
    return said


def _stay_with(issuer, address, name):
    """Every address of a provider is on the host that its people know."""
    if not isinstance(address, str) or not is_safe(address):
        raise InvalidToken(f"The provider gives no safe address as its {name}")
    if urlsplit(address)[:2] != urlsplit(issuer)[:2]:
        raise InvalidToken(f"The provider's {name} is on another host")


def claims(id_token, *, config, client_id, nonce):
    """Who signed in, once everything about the token is as it must be."""
    try:
        said = jwt.decode(
            id_token,
            _key(id_token, config["jwks_uri"]),
            algorithms=["RS256"],
            audience=client_id,
            issuer=config["issuer"],
            leeway=CLOCKS_DIFFER_BY,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except jwt.PyJWTError as error:
        raise InvalidToken("The provider's token is not valid") from error
    if problem := _problem(said, config["issuer"], client_id, nonce):
        raise InvalidToken(problem)
    return said


def _key(id_token, jwks_uri):
    """The provider's key that the token names; never one from the token itself.

    Who has one key only need not name it.
    """
    wanted = jwt.get_unverified_header(id_token).get("kid")
    keys = ask(jwks_uri).get("keys")
    keys = [key for key in keys if _is_rsa(key)] if isinstance(keys, list) else []
    if wanted is not None or len(keys) != 1:
        keys = [key for key in keys if wanted and key.get("kid") == wanted]
    if not keys:
        raise InvalidToken("The provider's token names a key the provider has not")
    return jwt.PyJWK(keys[0], algorithm="RS256")


def _is_rsa(key):
    return isinstance(key, dict) and key.get("kty") == "RSA"


def _problem(said, issuer, client_id, nonce):
    """What is wrong with a token that is signed and in time."""
    if said["aud"] not in (client_id, [client_id]):
        return "The token is meant for others as well"
    if said.get("azp", client_id) != client_id:
        return "The token was given to somebody else"
    if not nonce or not compare_digest(str(said.get("nonce")).encode(), nonce.encode()):
        return "The token belongs to another sign-in"
    if said["iat"] < time.time() - OLDEST_TOKEN:
        return "The token is too old"
    if not said["sub"].strip():
        return "The token names nobody"
    return _problem_of_microsoft(said, urlsplit(issuer))


def _problem_of_microsoft(said, issuer):
    """All its organisations share one host; the tenant is told where we ask more."""
    if issuer.hostname != MICROSOFT or "tid" not in said:
        return ""
    if issuer.path != f"/{said['tid']}/v2.0":
        return "The token comes from another organisation"
    return ""
