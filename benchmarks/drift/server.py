"""The changed Upstox on loopback: one origin for each of Upstox's hosts, one world at a time."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Mapping
from email.utils import formatdate
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

from . import framings, hops, socket_line
from .envelopes import FAILURES, rest_refusal, unwrapped
from .world import CLIENT_ID, RefusedError, World

SITE = Path(__file__).parent / "site"
FRONTS = Path(__file__).parent / "fronts"
SCRIPTS = ("dom", "tell", "wire", "fields", "buttons", "extras", "skins", "screens", "app")
ORIGINS = ("api", "login", "service", "config")
HOP = "/login/authorization/redirect"
CALLS = {
    "/login/open/v6/auth/1fa/otp/generate": "generate",
    "/login/open/v4/auth/1fa/otp-totp/verify": "verify",
    "/login/open/v3/auth/2fa": "pin",
    "/login/v2/oauth/authorize": "approve",
    "/auth/v9/challenge": "generate",
    "/auth/v9/challenge/answer": "verify",
    "/auth/v9/unlock": "pin",
    "/auth/v9/consent": "approve",
}


@cache
def bundle(front: bool = False) -> bytes:
    """The page's scripts as one: those of the site, or those of the independent front ends."""
    paths = [SITE / f"{name}.js" for name in SCRIPTS]
    if front:
        paths = [FRONTS / "kit.js", SITE / "tell.js", SITE / "wire.js"]
    parts = [path.read_text("utf-8") for path in paths]
    body = "\n".join(parts)
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'.encode()


@cache
def wording(name: str) -> dict[str, str]:
    """The page's texts; what a wording does not say, the page's own says."""
    known: dict[str, dict[str, str]] = json.loads((SITE / "wordings.json").read_text("utf-8"))
    return known["own"] | known[name]


class Site:
    """The servers. `open` puts a world behind them, and is done for each run."""

    def __init__(self) -> None:
        self.world: World | None = None
        self._servers = [_Server(name, self) for name in ORIGINS]
        self._threads = [
            threading.Thread(target=each.serve_forever, args=(0.05,), name=each.name, daemon=True)
            for each in self._servers
        ]
        self.addresses = {
            each.name: f"http://127.0.0.1:{each.server_address[1]}" for each in self._servers
        }

    def __enter__(self) -> Self:
        """Serve."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def open(self, world: World) -> None:
        """Serve *world* from now on."""
        self.world = world

    @property
    def api(self) -> str:
        """The address of the API."""
        return self.addresses["api"]

    @property
    def callback(self) -> str:
        """A redirect URI that answers, for somebody who has to see what arrives there."""
        return f"{self.addresses['config']}/callback?tenant=7"

    def dialog(self, state: str) -> str:
        """The address at which a login begins."""
        assert self.world is not None
        query = {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": self.world.redirect_uri,
            "state": state,
        }
        return f"{self.api}/v2/login/authorization/dialog?{urlencode(query)}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, name: str, site: Site) -> None:
        self.name = name
        self.site = site
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that have left."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (as the base class has it)
        """Print nothing."""

    @property
    def world(self) -> World:
        """The present run's."""
        assert self.server.site.world is not None
        return self.server.site.world

    def do_OPTIONS(self) -> None:
        """Allow what the page asks for."""
        self._send(204, b"", "text/plain")

    def do_GET(self) -> None:
        """Answer a document, a file, the dialog, the hop."""
        self._answer(b"")

    def do_POST(self) -> None:
        """Answer a call."""
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    do_PUT = do_POST  # noqa: N815  (the name that the base class looks for)

    def _answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        getattr(self, f"_{self.server.name}")(parts.path, query, body)

    # -- the hosts ---------------------------------------------------------------------------------

    def _api(self, path: str, query: Mapping[str, str], body: bytes) -> None:
        world, site = self.world, self.server.site
        if path == "/v2/login/authorization/dialog":
            world.state = query.get("state")
            inner = {
                "redirect_uri": site.api + HOP,
                "response_type": "code",
                "client_id": f"IND-{world.run}",
                "user_id": world.run,
                "user_type": "individual",
            }
            self._redirect(f"{site.addresses['login']}/login/v2/oauth/authorize?{urlencode(inner)}")
        elif path == HOP and (known := {**query, **_posted(body)}).get("code") in world.issued:
            self._hop(known)
        elif path == "/v2/login/authorization/token":
            token = world.exchange(_posted(body))
            error = {"errorCode": "UDAPI100057", "message": "Invalid Auth code"}
            refused = {"status": "error", "errors": [error]}
            self._json(refused if token is None else token, 401 if token is None else 200)
        else:
            self._json({"status": "error", "errors": [{"errorCode": "UDAPI10000"}]}, 404)

    def _hop(self, query: Mapping[str, str]) -> None:
        world = self.world
        way = world.options.get("redirect", "302")
        chain = int(world.options.get("hops", 0))
        done = int(query.get("n", 0))
        if done < chain:
            again = {**query, "n": str(done + 1)}
            self._redirect(f"{HOP}?{urlencode(again)}")
            return
        answer = {"code": query["code"], "state": world.state or ""}
        if world.options.get("denied"):
            reason = world.options["denied"]
            error = reason if isinstance(reason, str) else "access_denied"
            answer = {"error": error, "state": world.state or ""}
            world.refusals.append("AUTHORIZATION_DENIED")
        if "returns" in world.options:
            other = world.options["returns"]
            answer = {"code": query["code"], **({} if other is None else {"state": other})}
            world.refusals.append("STATE_MISMATCH")
        if way == "extra":
            answer = {"scope": "general", **answer, "session_state": world.run}
        target = hops.address(world.redirect_uri, answer, way)
        if way in hops.STATUSES:
            self._redirect(target, int(way))
        elif way == "header":
            self._send(200, b"Returning you", "text/plain", {"Refresh": f"0; url={target}"})
        elif way in {"extra", "fragment"}:
            self._redirect(target)
        else:
            self._html(hops.page(way, target, world.redirect_uri, answer))

    def _login(self, path: str, query: Mapping[str, str], body: bytes) -> None:
        if path == "/static/js/main.js":
            time.sleep(self.world.options.get("late.script", 0) / 1000)
            self._send(200, bundle("front" in self.world.options), "text/javascript; charset=utf-8")
        elif path == "/static/chunk.js":
            time.sleep(int(query.get("after", 0)) / 1000)
            self._send(200, b"/* chunk */", "text/javascript")
        elif path == "/worker.js":
            self._send(200, _WORKER, "text/javascript")
        elif path == "/leave":
            self._redirect(query["to"])
        elif path == "/favicon.ico":
            self._send(404, b"", "text/plain")
        elif path.startswith("/submit/"):
            self._submitted(path.removeprefix("/submit/"), query, body)
        else:
            self._html(self._document(query, inside=path == "/inside"))

    def _submitted(self, steps: str, query: Mapping[str, str], body: bytes) -> None:
        """Take a form that the browser itself has sent, and send it on to the next document."""
        world, form = self.world, _posted(body)
        world.error = None
        for step in steps.split("+"):
            name = {"mobile": "generate", "otp": "verify", "pin": "pin"}[step]
            # A form that the browser sends as it stands says under which name its field is.
            given = form.get(step) or form.get(form.get(f"named.{step}", ""), "")
            given = "".join(sign for sign in given if sign.isdigit())
            told = base64.b64encode(given.encode()).decode()
            fields = {"mobileNumber": given, "otp": given, "inputText": told}
            try:
                world.known[step] = self._ask(name, fields)
            except RefusedError as error:
                world.error = {"code": error.code, "message": error.message}
                break
        else:
            world.known["at"] = int(form["at"]) + 1
        failed = {"login_error": str(world.error["code"])} if world.error else {}
        asked = {**query, **failed} if world.options.get("error-query") else query
        address = f"/login/step?{urlencode(asked)}"
        if world.options.get("lookalike") == steps:
            # The same machine under a name that nobody has vouched for.
            login = self.server.site.addresses["login"].replace("127.0.0.1", "localhost")
            address = login + address
            world.refusals.append("UNTRUSTED_ORIGIN")
        self._redirect(address, 303)

    def _document(self, query: Mapping[str, str], *, inside: bool) -> str:
        world, addresses = self.world, self.server.site.addresses
        boot = {
            "options": dict(world.options),
            "texts": wording(world.options.get("text", "own")),
            "service": addresses["service"],
            "config": f"{addresses['config']}/login-config.json",
            "foreign": "https://upstox.com",
            "seed": world.seed,
            "run": world.run,
            "person": world.person,
            "inside": inside,
            "known": world.known,
            "mobile": world.mobiles[-1] if world.mobiles else "",
            "error": world.error,
            "inner": dict(query),
        }
        front = world.options.get("front")
        path = FRONTS / f"{front}.html" if front else SITE / "index.html"
        text = path.read_text("utf-8")
        return text.replace("{{boot}}", json.dumps(boot).replace("<", "\\u003c"))

    def _config(self, path: str, query: Mapping[str, str], body: bytes) -> None:
        if path == "/callback":
            self._callback(query, body)
            return
        if path == "/part.js":
            time.sleep(int(query.get("after", 0)) / 1000)
            self._send(200, b"/* part */", "text/javascript")
            return
        time.sleep(self.world.options.get("late.config", 0) / 1000)
        if self.world.options.get("broken.config"):
            self._send(502, b"<html>Bad gateway</html>", "text/html")
        else:
            self._json({"flags": {}})

    def _callback(self, query: Mapping[str, str], body: bytes) -> None:
        """Note what has arrived; a fragment is told by the page itself."""
        known = {**query, **_posted(body)}
        if "code" in known or "error" in known:
            self.world.returned.append(known)
        self._html(
            "<!doctype html><title>Back</title><script>"
            "if (location.hash) location.replace('/callback?' + location.hash.slice(1));"
            "</script><p>Back at the app.</p>"
        )

    def _service(self, path: str, query: Mapping[str, str], body: bytes) -> None:
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self._line()
        elif path == "/inside":
            self._html(self._document(query, inside=True))
        elif path == "/static/js/main.js" or path.startswith("/static/"):
            self._login(path, query, body)
        elif path == "/beacon":
            self.world.answers[query["id"]] = self._opened(query["call"], json.loads(body)["data"])
            self._json({})
        elif path == "/answer":
            self._json({"ready": self.world.answers.get(query["id"])})
        elif path == "/graphql":
            self._graphql(json.loads(body))
        elif aside := [e for e in self.world.options.get("chatter", ()) if e["path"] == path]:
            self._json(aside[0]["answer"], int(aside[0].get("status", 200)))
        elif path in CALLS:
            self._call(CALLS[path], body)
        else:
            self._json({"status": 1})

    # -- the page's calls, in their envelopes ------------------------------------------------------

    def _ask(self, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
        options = self.world.options
        data = dict(data)
        if name == "pin":
            data["inputText"] = _decoded(str(data.get("inputText", "")))
        self.world.arrived(name, data)
        time.sleep(options.get(f"slow.{name}", options.get("slow", 0)) / 1000)
        reply = self.world.ask(name, data)
        if name == "approve":
            hop = {"code": reply.pop("code"), "ucc": "4711207"}
            reply["redirectUri"] = f"{self.server.site.api}{HOP}?{urlencode(hop)}"
        return reply

    def _call(self, name: str, body: bytes) -> None:
        way = self.headers.get("X-Envelope", "")
        if "urlencoded" in self.headers.get("Content-Type", ""):
            data: dict[str, Any] = {**_posted(body)}
            if "framed" in data:
                told = json.dumps(self._opened(name, json.loads(data["framed"])))
                self._html(f"<script>parent.postMessage({told}, '*')</script>")
                return
        else:
            data = json.loads(body)
            data = json.loads(base64.b64decode(data["payload"])) if way == "sealed" else data
            data = unwrapped(way, data)
        if self.world.shakes(name):
            self.world.arrived(
                name, {**data, "inputText": _decoded(str(data.get("inputText", "")))}
            )
            self._send(502, b"<html><h1>502 Bad Gateway</h1>", "text/html")
            return
        try:
            reply = self._ask(name, data)
        except RefusedError as error:
            known = {"code": error.code, "message": error.message}
            if self.world.options.get("codeless"):
                known["code"] = None
            if way in framings.WAYS:
                self._send_framed(framings.framed(way, None, known))
                return
            failures: dict[str, tuple[Any, int]] = {
                "rest": (rest_refusal(error), 401),
                "flat": (
                    {"ok": False, "code": error.code, "reason": error.message},
                    int(self.world.options.get("flat-status", 400)),
                ),
                "sealed": ({"success": False, "error": known}, 200),
                "": (
                    {"success": False, "error": known},
                    int(self.world.options.get("error-status", 200)),
                ),
            }
            answer, status = FAILURES[way](error) if way in FAILURES else failures[way]
        else:
            if way in framings.WAYS:
                self._send_framed(framings.framed(way, reply, None))
                return
            status = 200
            answer = {
                "rest": {"status": "success", "data": reply},
                "flat": {"ok": True, **reply},
                "jsonrpc": {"jsonrpc": "2.0", "id": 1, "result": reply},
                "trpc": [{"result": {"data": {"json": reply}}}],
                "jsonapi": {"data": {"type": name, "id": self.world.run, "attributes": reply}},
                "problem": reply,
                "meta": {"meta": {"status": "SUCCESS"}, "data": reply},
                "fault": reply,
                "keycloak": reply,
                "spring": reply,
                "short": {"s": "ok", "d": reply},
                "flagged": {"hasError": False, "errorInfo": None, "content": reply},
                "headed": {"header": {"responseStatus": "OK"}, "body": reply},
                "boxed": {"response": {"Status": "Success", "Data": reply}},
                "listed": {"result": reply, "errors": []},
                "batch": [
                    {"op": "device.touch", "ok": True, "value": None},
                    {"op": name, "ok": True, "value": reply},
                ],
                "nested": {
                    "statusCode": 200,
                    "body": json.dumps({"success": True, "data": reply}),
                },
                "union": {"data": {name: {"__typename": f"{name}Done", "result": reply}}},
                "outcome": {"outcome": "PROCEED", "context": reply},
                "named": {
                    "responseCode": "00",
                    "responseMessage": "Success",
                    "responseBody": reply,
                },
            }.get(way, {"success": True, "data": reply})
        if way == "sealed":
            answer = {"payload": base64.b64encode(json.dumps(answer).encode()).decode()}
        if answer is None:
            self._send(status, b"", "text/plain")
            return
        self._json(answer, status)

    def _opened(self, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """Answer in the usual envelope."""
        try:
            return {"success": True, "data": self._ask(name, data)}
        except RefusedError as error:
            known = {"code": error.code, "message": error.message}
            return {"success": False, "error": known}

    def _graphql(self, asked: Mapping[str, Any]) -> None:
        name = asked["operationName"]
        try:
            reply = self._ask(name, asked["variables"]["input"])
        except RefusedError as error:
            told = {"message": error.message, "extensions": {"code": error.code}}
            self._json({"data": None, "errors": [told]})
        else:
            self._json({"data": {name: {"json": reply}}})

    def _line(self) -> None:
        key = socket_line.accept_key(self.headers["Sec-WebSocket-Key"])
        self.send_response(101)
        for name, value in (
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", key),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        socket_line.serve(cast("Any", self.rfile), cast("Any", self.wfile), self._line_answer)

    def _line_answer(self, text: str) -> str:
        asked = json.loads(text)
        try:
            reply = self._ask(asked["call"], asked["data"])
        except RefusedError as error:
            told = {"code": error.code, "message": error.message}
            return json.dumps({"id": asked["id"], "error": told})
        return json.dumps({"id": asked["id"], "data": reply})

    # -- answers -----------------------------------------------------------------------------------

    def _redirect(self, target: str, status: int = 302) -> None:
        self._send(status, b"", "text/plain", {"Location": target})

    def _html(self, text: str) -> None:
        self._send(200, text.encode(), "text/html; charset=utf-8")

    def _send_framed(self, answer: framings.Framed) -> None:
        body, status, kind = answer
        self._send(status, body, kind)

    def _json(self, value: Any, status: int = 200) -> None:
        self._send(status, json.dumps(value).encode(), "application/json")

    def _send(
        self, status: int, body: bytes, kind: str, more: Mapping[str, str] | None = None
    ) -> None:
        origin = self.headers.get("Origin", "*")
        headers = {
            "Content-Type": kind,
            "Cache-Control": "no-store",
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Methods": "GET, POST, PUT",
            "Access-Control-Allow-Headers": self.headers.get(
                "Access-Control-Request-Headers", "content-type"
            ),
            **(more or {}),
        }
        if status != 204:
            headers["Content-Length"] = str(len(body))
        # The clock of the world, which may have jumped; and all in one piece, for speed.
        self.log_request(status)
        head = [f"HTTP/1.1 {status} {self.responses[status][0]}"]
        head.append(f"Date: {formatdate(self.world.clock(), usegmt=True)}")
        head += [f"{name}: {value}" for name, value in headers.items()]
        try:
            self.wfile.write("\r\n".join([*head, "", ""]).encode("latin-1") + body)
        except (ConnectionError, TimeoutError):
            self.close_connection = True


_WORKER = b"""
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  const to = address.pathname === "/leave" && address.searchParams.get("to");
  if (to) event.respondWith(Response.redirect(to));
});
"""


def _posted(body: bytes) -> dict[str, str]:
    """The fields of a form that was posted."""
    return dict(parse_qsl(body.decode(errors="replace")))


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:
        return ""
