"""No secret is kept, and a PIN is known again under another client secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest
from pydantic import SecretStr

from upstox_browser_login.ledger.fingerprint import Fingerprint, PinKey

from .world import NAME, OTHER_PIN, OTHER_SECRET, PIN, SECRET, World, caught


def hashes_of(text: str) -> set[str]:
    """What a stranger may compute of a PIN or a code without knowing anything else."""
    plain = {
        hashlib.new(name, text.encode()).hexdigest() for name in ("md5", "sha1", "sha256", "sha512")
    }
    return plain | {text, base64.b64encode(text.encode()).decode()}


def test_no_secret_is_kept(world: World) -> None:
    """Neither the PIN nor a code, nor a hash of them, nor the client secret."""
    run = world.run()
    run.sending_code("482915", world.window, 30)
    run.code_accepted()
    run.sending_pin(PIN)
    run.pin_refused(PIN)
    text = world.memory.kept[NAME].decode()
    for secret in (PIN, "482915", SECRET.get_secret_value()):
        for known in hashes_of(secret):
            assert known not in text
    world.run().unlock()
    run.succeeded()
    assert json.loads(world.memory.kept[NAME])["pins"] == [], "nothing of a PIN that is right"


def test_a_pin_is_not_guessed_from_the_file(world: World) -> None:
    """Whoever has the file alone searches all PINs, with all salts in it, and finds none."""
    world.refuse_pin()
    (kept,) = world.pins
    digest, salt = kept["fingerprint"]["digest"], bytes.fromhex(kept["fingerprint"]["salt"])
    for pin in (f"{number:06}".encode() for number in range(73_000, 74_000)):
        assert hmac.digest(salt, pin, "sha256").hex() != digest
        assert hashlib.sha256(salt + pin).hexdigest() != digest
        for n in (2, 2**14) if pin == PIN.encode() else (2,):
            scrypted = hashlib.scrypt(pin, salt=salt, n=n, r=8, p=1, maxmem=2**26, dklen=32)
            assert scrypted.hex() != digest
    assert PinKey(SECRET).compare(PIN, Fingerprint(**kept["fingerprint"])) == "same"


def test_the_key_is_hkdf_of_the_client_secret(world: World) -> None:
    """RFC 5869: extract with the salt, then expand with a purpose."""
    world.refuse_pin()
    kept = world.pins[0]["fingerprint"]
    extracted = hmac.digest(
        bytes.fromhex(kept["salt"]), SECRET.get_secret_value().encode(), "sha256"
    )
    key = hmac.digest(extracted, b"upstox-browser-login ledger pin\x01", "sha256")
    assert hmac.digest(key, PIN.encode(), "sha256").hex() == kept["digest"]


@pytest.mark.parametrize("secret", [OTHER_SECRET, None], ids=["another", "none"])
def test_a_pin_recorded_with_another_client_secret_counts_as_this_one(
    world: World, secret: SecretStr | None
) -> None:
    """Nobody can tell whether it is: in doubt it is not sent, and the block says why."""
    world.refuse_pin()
    for pin in (PIN, OTHER_PIN):
        block = world.run(secret).block(pin)
        assert block is not None
        assert (block.code, block.until, block.upstox_code) == ("COOLING_DOWN", None, "1017106")
        assert "another UPSTOX_CLIENT_SECRET" in block.reason
        assert "unlock" in block.hint
        caught(lambda pin=pin: world.run(secret).sending_pin(pin))  # type: ignore[misc]
    assert world.block(OTHER_PIN) is None, "with the secret that it was recorded with"


def test_pins_without_an_answer_under_another_client_secret_count_too(world: World) -> None:
    """Two apps of one account, each of which broke off once: the account is the same."""
    world.run().sending_pin(PIN)
    world.run(OTHER_SECRET).sending_pin(PIN)
    for secret in (SECRET, OTHER_SECRET, None):
        for pin in (PIN, OTHER_PIN):
            block = world.run(secret).block(pin)
            assert block is not None
            assert "was not seen to take it" in block.reason


def test_a_pin_announced_without_a_client_secret_is_any_pin(world: World) -> None:
    """There is nothing to key its fingerprint with, so it has none."""
    run = world.run(None)
    run.sending_pin(PIN)
    run.pin_refused(PIN)
    assert [each["fingerprint"] for each in world.pins] == [None]
    world.stops(PIN)
    world.stops(OTHER_PIN)


def test_two_entries_know_the_same_pin_by_different_fingerprints(world: World) -> None:
    """Each has a salt of its own: nobody sees that a PIN was sent twice."""
    world.run().sending_pin(PIN)
    world.run().sending_pin(PIN)
    salts = {each["fingerprint"]["salt"] for each in world.pins}
    digests = {each["fingerprint"]["digest"] for each in world.pins}
    assert (len(salts), len(digests)) == (2, 2)
