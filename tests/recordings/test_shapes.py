"""What has a personal shape is found under whatever name, and times and the like are not."""

from __future__ import annotations

import base64
import json
import random
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from upstox_browser_login.recordings.capture import RawExchange, RawSocket
from upstox_browser_login.recordings.clean import Cleaned, Raw, RawPage, clean
from upstox_browser_login.recordings.keep import Draft
from upstox_browser_login.recordings.shapes import pieces_of, shapes_in

from .test_personal import exchange

BEGAN = datetime(2026, 11, 29, 12, 0, tzinfo=UTC).timestamp()
PERSON = {
    "primaryContact": "asha.rao@gmail.com",
    "taxId": "ABCDE1234F",
    "alternateMobile": "9123456780",
    "aadhaar": "1234 5678 9012",
    "acctNo": "50100123456789",
}


def cleaned(*exchanges: RawExchange, **more: object) -> Cleaned:
    raw = Raw(list(exchanges), **more)  # type: ignore[arg-type]
    return clean(raw, {}, began=BEGAN, redirect_uri=None, rng=random.Random(1))


def kept(made: Cleaned) -> str:
    """All that is kept, as one text."""
    texts = [json.dumps(made.exchanges), *made.looks]
    texts += [body.decode() for body in made.bodies.values()]
    texts += [f"{page.url} {page.html} {page.aria}" for page in made.pages.values()]
    return "\n".join(texts)


def refused(made: Cleaned, folder: Path, **files: str) -> list[tuple[str, str]]:
    """What a draft of this is refused for, with more written into its files."""
    draft = Draft(folder / "recorded", made)
    draft.write({"format": 1}, {}, None)
    for name, text in files.items():
        with (draft.path / f"{name}.html").open("a") as file:
            file.write(text)
    return draft.leaks()


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("mail asha.rao+x@gmail.com.", "asha.rao+x@gmail.com", "e-mail"),
        ("<b>ABCDE1234F</b>", "ABCDE1234F", "PAN"),
        ("call 9123456780", "9123456780", "phone number"),
        ("call +91 91234-56780", "9123456780", "phone number"),
        ("919123456780", "9123456780", "phone number"),
        ("1234 5678 9012", "123456789012", "Aadhaar number"),
        ("1234-5678-9012", "123456789012", "Aadhaar number"),
        ("234567890123", "234567890123", "Aadhaar number"),
        ("1234 5678 9012 3456", "1234567890123456", "account number"),
        ("IN50100123456789", None, ""),
        ("50100123456789,", "50100123456789", "account number"),
        ("4564567890123", "4564567890123", "account number"),
        ("1795953600123", None, ""),  # milliseconds
        ("1795953600123456", None, ""),
        ("1770176403", None, ""),
        ("20261129173000", None, ""),
        ("0.12345678901234", None, ""),
        ("12345678901.5", None, ""),
        ("550e8400-e29b-41d4-a716-446655440000", None, ""),
        ("9007199254740991", None, ""),
        ("9999999999", None, ""),
        ("18004250000", None, ""),
        ("logo@2x.png", None, ""),
        ("support@upstox.com", None, ""),
        ("a***rao@mail.com", None, ""),
        ("9.9123456780", None, ""),
    ],
)
def test_a_shape_is_known(text: str, value: str | None, kind: str) -> None:
    found = [(each, its) for each, its, _, _ in shapes_in(text, BEGAN)]
    assert found == ([] if value is None else [(value, kind)])


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        (r'{"a":"x\nasha@gmail.com"}', "x\nasha@gmail.com"),
        ('{"asha@gmail.com":1}', "asha@gmail.com"),
        ('{"a":"{\\"b\\":9123456780}"}', "9123456780"),
        ("a=1&b=asha%40gmail.com", "asha@gmail.com"),
        ("<p>asha&#64;gmail.com</p>", "<p>asha@gmail.com</p>"),
        ("data=" + base64.b64encode(b'{"a":["asha@gmail.com"]}').decode(), "asha@gmail.com"),
    ],
)
def test_what_is_escaped_or_encoded_is_seen_as_it_is_meant(text: str, piece: str) -> None:
    assert piece in set(pieces_of(text))


def test_personal_values_under_unknown_names_are_replaced_everywhere(tmp_path: Path) -> None:
    mail, pan, mobile, aadhaar, account = PERSON.values()
    long = {"events": [{"who": mail, "n": n, "time": 1795953600123} for n in range(120)]}
    form = "data=" + quote(base64.b64encode(json.dumps(long).encode()).decode(), safe="")
    assert len(form) > 9_000
    made = cleaned(
        exchange(
            url=f"https://x.invalid/u/{quote(mail)}/{mobile}/a?account={account}",
            request_body=form.encode(),
            request_headers=[("x-user", mail)],
            response_body=json.dumps({"data": PERSON}).encode(),
        ),
        exchange(
            response_headers=[("content-type", "text/html")],
            response_body=f"<script>var a='{mail}'</script><p>{pan}, {aadhaar}</p>".encode(),
        ),
        sockets=[RawSocket(2, 1.0, "wss://x.invalid/", [(1.0, False, f'{{"a":"{mail}"}}')])],
        looks=[{"at": 1.0, "look": {"texts": [{"text": f"Signed in as {mobile}."}]}}],
        pages={"pin": RawPage("https://x.invalid/", f"<p>{mail} {mobile}</p>", f"- text: {pan}")},
    )
    told = kept(made)
    for value in (*PERSON.values(), "123456789012", quote(mail, safe="")):
        assert value not in told
    answer = json.loads(made.bodies[made.exchanges[0]["response"]["body"]])["data"]
    assert {each: len(value) for each, value in answer.items()} == {
        each: len(value) for each, value in PERSON.items()
    }
    of = made.stand_ins.of
    assert answer["primaryContact"] == of(mail)
    assert made.exchanges[0]["url"].endswith(f"/{of(mobile)}/a?account={of(account)}")
    assert f"Signed in as {of(mobile)}." in made.looks[0]
    # What is in base64 is cleaned as what it is, with its times.
    sent = made.bodies[made.exchanges[0]["request"]["body"]].decode()
    (data,) = [piece for piece in pieces_of(sent) if "@" in piece][:1]
    assert data == of(mail)
    assert "1767584400" not in sent
    assert refused(made, tmp_path) == []


def test_what_everybody_gets_may_stay(tmp_path: Path) -> None:
    """The care number of the page, also where an answer repeats it; a person's own number not."""
    care = "help@broker.example or 9000012345"
    page = exchange(
        method="GET",
        type="document",
        response_headers=[("content-type", "text/html")],
        response_body=f"<p>{care}</p>".encode(),
    )
    script = exchange(method="GET", type="script", response_body=b"max = 12345678901234;")
    said = {"m": f"{care}, 9123456780", "n": 12345678901234}
    answer = exchange(at=9.0, response_body=json.dumps(said).encode())
    made = cleaned(page, script, answer, typed_at=5.0)
    told = kept(made)
    assert told.count(care) == 2
    assert "9123456780" not in told
    assert told.count("12345678901234") == 2
    assert refused(made, tmp_path) == []
    # The same answer for one person alone: what is in it is hers.
    page.response_headers.append(("set-cookie", "a=1"))
    assert care not in kept(cleaned(page, answer, typed_at=5.0))


@pytest.mark.parametrize("value", [*PERSON.values(), "9123456780", "asha&#64;gmail.com"])
def test_a_recording_is_refused_in_which_such_a_shape_is_left(tmp_path: Path, value: str) -> None:
    made = cleaned(exchange(response_body=b'{"mobileNumber":"9876501234"}'))
    (stand_in,) = made.stand_ins.made
    assert refused(made, tmp_path, page=f"<p>+91 {stand_in[:5]} {stand_in[5:]}</p>") == []
    found = refused(made, tmp_path, page=f"<style>a{{}}</style><p>: {value}</p>")
    assert {(kind.endswith("by its shape"), name) for kind, name in found} == {(True, "page.html")}


def test_a_part_of_a_long_number_is_left(tmp_path: Path) -> None:
    """Nobody types it digit by digit, and the part may be a number of a script."""
    made = cleaned(
        exchange(response_body=b'{"acct":"10000123456","after":10000}'),
        exchange(type="script", response_body=b"setTimeout(f, 10000)"),
    )
    assert "setTimeout(f, 10000)" in kept(made)
    assert refused(made, tmp_path) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://x.invalid/main.css?637412345678901234",
        "https://x.invalid/a?4564567890123=&a=1",
        "https://4505123456789012.ingest.invalid/a",
    ],
)
def test_a_number_of_an_address_is_replaced_wherever_it_stands(url: str, tmp_path: Path) -> None:
    """What is only found by the last check would cost the whole recording."""
    made = cleaned(exchange(url=url, response_body=b"{}"))
    assert refused(made, tmp_path) == []
    assert url not in kept(made)
