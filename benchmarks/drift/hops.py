"""The hop back to the app as a document that goes on from there in its own way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode, urlsplit

STATUSES = {"301", "302", "303", "307", "308"}
"""Ways that are plain redirects with this status."""


def address(redirect_uri: str, answer: Mapping[str, str], way: str) -> str:
    """Where the browser is to go: the app's own address with *answer* appended."""
    if way == "fragment":
        return f"{redirect_uri}#{urlencode(answer)}"
    joint = "&" if urlsplit(redirect_uri).query else "?"
    return f"{redirect_uri}{joint}{urlencode(answer)}"


def page(way: str, target: str, redirect_uri: str, answer: Mapping[str, str]) -> str:
    """A hop that is a document, and goes on from there in its own way."""
    quoted = json.dumps(target).replace("<", "\\u003c")
    inputs = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in answer.items()
    )
    bodies = {
        "script": f"<script>window.location.replace({quoted})</script>",
        "timer": f"<p>Please wait…</p><script>setTimeout(() => {{ location.href = {quoted} }}, 300)"
        "</script>",
        "meta": f'<meta http-equiv="refresh" content="0; url={escape(target)}">',
        "meta-slow": f'<meta http-equiv="refresh" content="1;URL={escape(target)}"><p>Redirecting…',
        "form_post": f'<body onload="document.forms[0].submit()"><form method="post" '
        f'action="{escape(redirect_uri)}">{inputs}</form>',
        "countdown": "<h1>Taking you back to your app</h1><p>in <b>3</b> seconds</p><script>"
        "let left = 3; setInterval(() => { document.querySelector('b').textContent = --left; "
        f"if (!left) location.replace({quoted}) }}, 1000)</script>",
        "button": "<h1>You are signed in</h1><p>Return to the app that you came from.</p>"
        f'<a id="go" role="button" href="{escape(target)}">Return to app</a><script>'
        "window.__person = () => ({ screen: 'hop', press: true, "
        "node: document.getElementById('go') })</script>",
        "tab": "<h1>All set</h1><p>Your app opens in a new tab.</p><script>"
        f"window.open({quoted}, '_blank') || location.assign({quoted})</script>",
        "post-message": "<p>Handing over to your app…</p><script>addEventListener('message', "
        "(event) => { if (event.source === window) location.href = event.data });"
        f"setTimeout(() => postMessage({quoted}, location.origin), 200)</script>",
        "copy-or-open": "<h1>You are all set</h1><p>Your one-time authorisation code</p>"
        f"<pre>{escape(answer.get('code', ''))}</pre><button type=button>Copy code</button>"
        f'<p>On this computer? <a id="go" href="{escape(target)}">Open the app</a></p><script>'
        "window.__person = () => ({ screen: 'hop', press: true, "
        "node: document.getElementById('go') })</script>",
        "deep-link": "<p>Opening Upstox…</p><script>location.href = 'upstox://oauth/done?ok=1';"
        f"setTimeout(() => location.replace({quoted}), 700)</script>",
        "twice": f'<meta http-equiv="refresh" content="0; url={escape(target)}">'
        f"<script>window.location.replace({quoted})</script>",
        "prefetch": f'<link rel="prefetch" href="{escape(target)}"><p>One moment…</p>'
        f"<script>setTimeout(() => location.replace({quoted}), 400)</script>",
        "anchor": f'<a id="go" href="{escape(target)}">Continue</a>'
        "<script>document.getElementById('go').click()</script>",
    }
    return f"<!doctype html><title>Upstox</title>{bodies[way]}"
