"""Who is told what, and how often; and that nothing secret goes with it."""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.harness import Desk
from tests.proxies import forwarding_proxy
from upstox_browser_login import ConfigurationError, Settings
from upstox_browser_login.daily import notices
from upstox_browser_login.daily.delivery import go_by
from upstox_browser_login.daily.notices import AppriseSender
from upstox_browser_login.daily.record import OUTBOX, Incident, Notice, Record, Records
from upstox_browser_login.redaction import redactor
from upstox_browser_login.store import Held
from upstox_browser_login.store.file import FileDocuments

SECRET = "s3cr3t-t0ken-of-the-webhook"


@dataclass
class Inbox:
    """A server that notices are posted to."""

    port: int = 0
    status: int = 200
    got: list[dict[str, Any]] = field(default_factory=list)

    def url(self, path: str = SECRET) -> str:
        return f"json://127.0.0.1:{self.port}/{path}"


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    inbox = Inbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            inbox.got.append(json.loads(body))
            self.send_response(inbox.status)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        inbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield inbox
        server.shutdown()
        thread.join()


def kinds(record: Record) -> list[str]:
    return [each.kind for each in record.outbox]


def codes(record: Record) -> list[str]:
    return [each.title.rpartition(" ")[2] for each in record.outbox]


# -- what is told ----------------------------------------------------------------------------------


def test_one_notice_an_incident_and_one_when_it_is_over() -> None:
    record = Record()
    for minute in range(5):
        notices.opened(record, "NETWORK", "No way.", "Look.", 60.0 * minute)
    assert kinds(record) == ["failure"]
    record.outbox = []
    notices.over(record, "A token is there again.")
    notices.over(record, "A token is there again.")
    assert kinds(record) == ["over"]
    assert "(NETWORK)" in record.outbox[0].body


def test_what_turns_out_to_need_a_person_is_told_again() -> None:
    record = Record()
    notices.opened(record, "NETWORK", "No way.", "Look.", 0.0)
    notices.opened(record, "PIN_REJECTED", "Wrong.", "Correct it.", 60.0)
    notices.opened(record, "COOLING_DOWN", "Still.", "Correct it.", 120.0)
    notices.opened(record, "NETWORK", "No way.", "Look.", 180.0)
    assert codes(record) == ["(NETWORK)", "(PIN_REJECTED)"]


def test_another_failure_that_needs_a_person_is_told_within_the_incident() -> None:
    """Who has given the changed page a page file waits for a token, and his account is locked."""
    record = Record()
    for code in ("PAGE_NOT_RECOGNISED", "COOLING_DOWN", "PAGE_NOT_RECOGNISED", "ACCOUNT_LOCKED"):
        notices.opened(record, code, "No token.", "Look.", 0.0)
    assert codes(record) == ["(PAGE_NOT_RECOGNISED)", "(ACCOUNT_LOCKED)"]
    notices.over(record, "A token is there again.")
    assert "(ACCOUNT_LOCKED)" in record.outbox[-1].body


def test_an_incident_of_a_newer_version_goes_on() -> None:
    record = Record(incident=Incident(since=0.0, code="OF_A_NEWER_VERSION"))
    notices.opened(record, "NETWORK", "No way.", "Look.", 60.0)
    assert kinds(record) == []
    notices.over(record, "A token is there again.")
    assert kinds(record) == ["over"]


def test_a_notice_that_comes_too_late_is_made_one_with_the_end() -> None:
    """The network was away, so nobody could be told of it; now one message says all."""
    record = Record()
    notices.opened(record, "NETWORK", "No way.", "Look.", 0.0)
    notices.over(record, "A token is there again.")
    assert kinds(record) == ["over"]


def test_what_cannot_be_delivered_is_tried_again_after_a_while() -> None:
    record = Record()
    notices.opened(record, "NETWORK", "No way.", "Look.", 0.0)
    assert notices.due(record, 0.0) is not None
    record.notified_at = 100.0
    assert notices.due(record, 699.0) is None
    assert notices.due(record, 700.0) is not None
    assert notices.due(record, 50.0) is not None, "the clock was set back"


def test_notices_that_nobody_takes_do_not_pile_up() -> None:
    record = Record()
    for number in range(3 * OUTBOX):
        notices.put(record, Notice(kind="success", title=str(number), body=""))
    assert len(record.outbox) == OUTBOX
    assert record.outbox[-1].title == str(3 * OUTBOX - 1)


# -- how it is delivered ---------------------------------------------------------------------------


def test_every_address_is_told(inbox: Inbox) -> None:
    sender = AppriseSender(f"{inbox.url('one')} {inbox.url('two')}")
    assert sender.send(Notice(kind="failure", title="No token", body="What.\nWhy."))
    assert len(inbox.got) == 2
    assert inbox.got[0]["title"] == "No token"
    assert inbox.got[0]["message"] == "What.\nWhy."
    assert inbox.got[0]["type"] == "failure"


def test_one_that_takes_nothing_is_told_by_its_place(
    inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    """The other has it, so it is delivered; and no log names an address."""
    caplog.set_level(logging.DEBUG)
    dead = f"json://127.0.0.1:1/{SECRET}"
    sender = AppriseSender(f"{inbox.url()} {dead}")
    assert sender.send(Notice(kind="failure", title="No token", body="What."))
    assert "Address 2 of UPSTOX_NOTIFY_URLS (JSON) did not take the notice" in caplog.text
    assert "Address 1" not in caplog.text
    assert SECRET not in caplog.text
    assert "apprise" not in {each.name for each in caplog.records}


def test_secrets_are_taken_out_of_a_notice(inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody takes this one, so that it stays."""
    inbox.status = 500
    redactor.register("024680", "pin")
    sender = AppriseSender(inbox.url())
    assert not sender.send(Notice(kind="over", title="a 024680", body="b 024680"))
    assert "it is sent again in 10 minutes" in caplog.text
    assert inbox.got[0]["type"] == "success"
    assert "024680" not in json.dumps(inbox.got)


def test_an_address_that_hangs_is_left_after_a_while(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other has taken the notice by then, and that is known."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr(notices, "DELIVERY_SECONDS", 8.0)
        port = silent.getsockname()[1]
        sender = AppriseSender(f"{inbox.url()} json://127.0.0.1:{port}/?rto=60&cto=60")
        began = time.monotonic()
        assert sender.send(Notice(kind="failure", title="No token", body="What."))
        assert time.monotonic() - began < 20


def test_it_goes_by_the_proxy_and_nothing_else_of_this_process_does(
    inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    """The host is one that only the proxy finds. NO_PROXY of this process counts on."""
    before = dict(os.environ)
    caplog.set_level(logging.DEBUG)
    with forwarding_proxy("me:pr0xy-pa55word") as proxy:
        url = f"json://notices.example:{inbox.port}/{SECRET}"
        sender = AppriseSender(url, f"http://me:pr0xy-pa55word@127.0.0.1:{proxy.port}")
        assert sender.send(Notice(kind="failure", title="No token", body="What."))
    assert proxy.hosts == [f"notices.example:{inbox.port}"]
    assert dict(os.environ) == before
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("address", "secret"),
    [
        ("mailtos://user:pass1@mail.example", "pass1"),
        ("mailtos://user:p%2Ast@mail.example", "p*st"),
        ("mailtos://mail.example?user=me&pass=abc1&to=x", "abc1"),
    ],
)
def test_a_short_password_is_one_by_its_place(address: str, secret: str) -> None:
    """Words elsewhere in an address stay."""
    Settings(notify_urls=address)
    assert (
        redactor.redact(f"Login failed for user: {secret}") == "Login failed for user: [redacted]"
    )
    assert redactor.redact("mail.example") == "mail.example"


def test_the_way_out_of_a_delivery() -> None:
    environment = {"HTTPS_PROXY": "http://other", "ftp_proxy": "x", "NO_PROXY": "hub.lan", "A": "b"}
    go_by("socks5://proxy.example:1080", environment)
    assert environment == {
        **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "socks5://proxy.example:1080"),
        "no_proxy": "hub.lan,localhost,127.0.0.0/8,::1",
        "A": "b",
    }


def test_without_an_audience_only_an_incident_that_goes_on_is_kept(desk: Desk) -> None:
    records = Records.of_source(desk.home, None, desk.home / ".env")

    def fail(record: Record) -> None:
        notices.opened(record, "NETWORK", "No way.", "Look.", 0.0)

    records.change(fail)
    notices.deliver(records, None, lambda: 0.0)
    assert kinds(records.read()) == ["failure"], "for an address that is set because of it"
    records.change(lambda record: notices.over(record, "Again."))
    notices.deliver(records, None, lambda: 0.0)
    assert kinds(records.read()) == []


class Queue(FileDocuments):
    """Where a record is kept; tells when its notices are asked for by one who may have to wait."""

    asked: threading.Event

    def lock(self, name: str, timeout: float) -> AbstractContextManager[Held]:
        self.asked.set()
        return super().lock(name, timeout)


def test_two_processes_that_find_the_same_notice_deliver_it_once(desk: Desk) -> None:
    folders = desk.home / "daily", desk.home / "locks"
    records, told = Records(FileDocuments(*folders), "daily-x"), []
    notice = Notice(kind="failure", title="no token", body="")
    records.change(lambda record: notices.put(record, notice))
    queue = Queue(*folders)
    queue.asked = threading.Event()

    def by_the_other(notice: Notice) -> bool:
        told.append(f"{notice.title}, by the other")
        queue.asked.set()
        return True

    other = threading.Thread(
        target=notices.deliver, args=(Records(queue, "daily-x"), by_the_other, lambda: 0.0)
    )

    def by_one(notice: Notice) -> bool:
        """The other one comes in between, until it waits or has sent the same."""
        other.start()
        assert queue.asked.wait(60)
        told.append(notice.title)
        return True

    notices.deliver(records, by_one, lambda: 0.0)
    other.join(60)
    assert told == ["no token"]
    assert records.read().outbox == []


def test_notices_are_left_to_the_process_that_delivers_them_for_long(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "LONGEST_DELIVERY", 0.0)
    records = Records.of_source(desk.home, None, desk.home / ".env")
    notice = Notice(kind="failure", title="no token", body="")
    records.change(lambda record: notices.put(record, notice))
    with records.only_messenger(0.0):
        notices.deliver(records, lambda _: pytest.fail("it was sent"), lambda: 0.0)
    assert records.read().outbox == [notice]


def test_a_notice_is_delivered_where_no_lock_can_be_had(desk: Desk) -> None:
    desk.home.mkdir(exist_ok=True)
    (desk.home / "locks").write_bytes(b"")
    records = Records.of_source(desk.home, None, desk.home / ".env")
    told: list[Notice] = []

    def send(notice: Notice) -> bool:
        told.append(notice)
        return True

    notice = Notice(kind="failure", title="no token", body="")
    records.change(lambda record: notices.put(record, notice))
    notices.deliver(records, send, lambda: 0.0)
    assert told == [notice]


def test_an_address_that_apprise_does_not_know_is_an_error_without_it() -> None:
    with pytest.raises(ConfigurationError, match="apprise does not know") as caught:
        AppriseSender(f"nowhere://{SECRET}")
    assert SECRET not in str(caught.value)


def test_without_the_extra_the_error_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(ConfigurationError, match="needs the package apprise") as caught:
        AppriseSender("json://127.0.0.1/")
    assert "'upstox-browser-login[notify]'" in caught.value.hint


@pytest.mark.parametrize(
    "address",
    [
        f"json://127.0.0.1:8000/{SECRET}",
        f"tgram://{SECRET}/12345",
        f"tgram://123456789:{SECRET}/12345",
        f"pbul://o.{SECRET}",
        f"gotifys://mail.example:8443/{SECRET}",
        f"mailto://someone:{SECRET}@mail.example",
        f"discord://123456789/{SECRET}?tts=no",
        f"slack://a/b?token={SECRET}",
    ],
)
def test_addresses_are_secrets(address: str) -> None:
    """Also the part of one that a library's log or an error may quote alone."""
    Settings(notify_urls=address)
    assert redactor.redact(address) != address
    assert SECRET not in redactor.redact(f"POST /hooks/{SECRET} failed")
    assert redactor.redact("mail.example 127.0.0.1") == "mail.example 127.0.0.1"
