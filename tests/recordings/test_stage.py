"""Servers of this machine under the names of the hosts that were recorded."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.recordings.bundles import Copy
from upstox_browser_login.errors import ConfigurationError
from upstox_browser_login.recordings.bundle import read_bundle
from upstox_browser_login.recordings.player import origins_of
from upstox_browser_login.recordings.stage import HERE, MOST_SENT, Answer, Stage, stage
from upstox_browser_login.recordings.tape import Asked

ORIGINS = ["https://login.example", "http://api.example"]


class Upstox:
    """Answers everything with `answer`, and remembers what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[Asked] = []

    def __call__(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self.answer


@contextmanager
def calling(served: Stage) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(HERE, served.ports["http"], timeout=10)
    try:
        yield connection
    finally:
        connection.close()


def test_a_request_is_told_as_of_the_host_that_it_means() -> None:
    upstox = Upstox(Answer(201, [("X-Kind", "a"), ("X-Kind", "b")], b"hello"))
    with stage(ORIGINS, upstox) as served, calling(served) as connection:
        headers = {"Host": "api.example", "X-Own": "1"}
        connection.request("PATCH", "/v2/x?y=1", b"sent", headers)
        response = connection.getresponse()
        assert (response.status, response.read()) == (201, b"hello")
        assert response.headers.get_all("x-kind") == ["a", "b"]
        assert response.getheader("content-length") == "5"
        # Nothing tells of this machine or of the program.
        assert response.getheader("server") is None
        connection.request("GET", "/", headers={"Host": "api.example"})
        assert connection.getresponse().status == 201
    first, second = upstox.asked
    assert (first.method, first.url) == ("PATCH", "http://api.example/v2/x?y=1")
    assert (first.body, first.headers["x-own"]) == (b"sent", "1")
    assert (second.method, second.body) == ("GET", b"")


def shaking_hands(served: Stage, host: str, trust: str) -> ssl.SSLSocket:
    context = ssl.create_default_context(cadata=trust)
    plain = socket.create_connection((HERE, served.ports["https"]), timeout=10)
    return context.wrap_socket(plain, server_hostname=host)


def test_tls_is_spoken_under_the_recorded_names_alone() -> None:
    upstox = Upstox(Answer(200, body=b"x"))
    with stage(ORIGINS, upstox) as served, stage(ORIGINS, upstox) as other:
        trust = served.detour.trust
        with shaking_hands(served, "login.example", trust) as line:
            line.sendall(b"GET /a HTTP/1.1\r\nHost: login.example\r\n\r\n")
            assert line.recv(15) == b"HTTP/1.1 200 OK"
        assert upstox.asked[0].url == "https://login.example/a"
        for server, host in ((served, "elsewhere.example"), (other, "login.example")):
            with pytest.raises(ssl.SSLCertVerificationError):
                shaking_hands(server, host, trust)


def test_our_own_client_is_led_to_both_ports() -> None:
    with stage(ORIGINS, Upstox(Answer(200))) as served:
        assert served.detour.ports == served.ports
        assert served.ports["http"] != served.ports["https"]


def test_a_browser_finds_every_recorded_host_here_and_no_other() -> None:
    origins = ["https://login.example", "http://api.example:8080", "https://[::1]:444"]
    with stage(origins, Upstox(Answer(200))) as served:
        http, https = served.ports["http"], served.ports["https"]
        rules = served.arguments.partition("--host-resolver-rules=")[2].partition("'")[0]
    assert rules.split(",") == [
        f"MAP login.example:443 127.0.0.1:{https}",
        f"MAP api.example:8080 127.0.0.1:{http}",
        f"MAP [::1]:444 127.0.0.1:{https}",
        "MAP * ~NOTFOUND",
    ]


def test_a_status_of_0_breaks_the_connection() -> None:
    with stage(ORIGINS, Upstox(Answer(0))) as served, calling(served) as connection:
        connection.request("GET", "/")
        with pytest.raises(ConnectionError):
            connection.getresponse()


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 204), ("GET", 304)])
def test_an_answer_that_can_have_no_body_has_none(method: str, status: int) -> None:
    upstox = Upstox(Answer(status, body=b"never sent"))
    with stage(ORIGINS, upstox) as served, calling(served) as connection:
        connection.request(method, "/")
        response = connection.getresponse()
        assert (response.status, response.read()) == (status, b"")
        assert response.getheader("content-length") is None
        upstox.answer = Answer(200, body=b"next")
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"next"


def test_an_answer_comes_no_sooner_than_it_may() -> None:
    with stage(ORIGINS, Upstox(Answer(200, after=0.2))) as served, calling(served) as connection:
        began = time.monotonic()
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        assert time.monotonic() - began >= 0.2


@pytest.mark.parametrize("answer", [Answer(200, on_end=True), Answer(200, after=3600.0)])
def test_what_is_waited_for_ends_with_the_replay_and_without_an_answer(answer: Answer) -> None:
    upstox = Upstox(answer)
    ended: list[str] = []

    def wait(connection: http.client.HTTPConnection) -> None:
        try:
            connection.request("GET", "/")
            ended.append(str(connection.getresponse().status))
        except ConnectionError:
            ended.append("broken")

    with stage(ORIGINS, upstox) as served, calling(served) as connection:
        waiting = threading.Thread(target=wait, args=(connection,))
        waiting.start()
        while not upstox.asked:
            time.sleep(0.01)
        assert ended == []
        served.close()
        waiting.join(10)
        assert ended == ["broken"]


@pytest.mark.parametrize("length", [str(MOST_SENT + 1), "-1", "many"])
def test_a_body_that_is_too_long_or_of_no_length_is_not_read(length: str) -> None:
    upstox = Upstox(Answer(200))
    with stage(ORIGINS, upstox) as served, calling(served) as connection:
        connection.putrequest("POST", "/")
        connection.putheader("Content-Length", length)
        connection.endheaders()
        with pytest.raises(ConnectionError):
            connection.getresponse()
    assert upstox.asked == []


def test_a_browser_that_leaves_in_the_middle_harms_nobody(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with stage(ORIGINS, Upstox(Answer(200))) as served:
        for port in served.ports.values():
            with socket.create_connection((HERE, port)) as line:
                line.sendall(b"GET / HT")
        with calling(served) as connection:
            connection.request("GET", "/")
            assert connection.getresponse().status == 200
    assert capfd.readouterr() == ("", "")


def test_a_host_that_no_certificate_can_name_makes_the_recording_useless() -> None:
    with pytest.raises(ConfigurationError, match="names a host that no certificate"):
        Stage(["https://a..example"], Upstox(Answer(200)))


def test_hosts_that_pages_have_are_taken(tmp_path: Path) -> None:
    hosts = ["cdn_a.example.com", "xn--bcher-kva.example", "a.com.", "[::1]:8080", "203.0.113.9"]

    def edit(lines: list[dict[str, Any]]) -> None:
        for line, host in zip(lines, hosts, strict=False):
            line["url"] = f"https://{host}/x"

    copy = Copy("plain", tmp_path)
    copy.lines("exchanges.jsonl", edit)
    read = read_bundle(copy.path)
    assert [each.url for each in read.exchanges[:5]] == [f"https://{host}/x" for host in hosts]
    with stage(origins_of(read), lambda _: Answer(404)) as served:
        assert "MAP cdn_a.example.com:443 127.0.0.1:" in served.arguments
        # Without it a page's WebRTC sends packets to any address, past the rules for names.
        assert "webrtc-ip-handling-policy=disable_non_proxied_udp" in served.arguments
