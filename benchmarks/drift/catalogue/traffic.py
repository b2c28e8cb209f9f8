"""When things come, how calls are made, and how the browser is sent back."""

from __future__ import annotations

from benchmarks.drift.change import Change

CHANGES = (
    Change("config 3 s late", "late", {"late.config": 3000}),
    Change("config broken", "late", {"broken.config": True}),
    Change("script 2 s late", "late", {"late.script": 2000}),
    Change("part for the PIN 2 s late", "late", {"chunk.pin": 2000}),
    Change("parts for all steps 1 s late", "late", {"chunk": 1000}),
    Change("answers 1.5 s late", "late", {"slow": 1500}),
    Change("form drawn once more after a moment", "late", {"rerender": 350, "flash": False}),
    Change("no flash of the form at the start", "late", {"flash": False}),
    *(
        Change(f"calls: {title}", "wire", {"wire": wire})
        for title, wire in (
            ("PUT", "put"),
            ("as plain text", "plain"),
            ("REST envelope", "rest"),
            ("flat envelope", "flat"),
            ("form-encoded", "form"),
            ("GraphQL", "graphql"),
            ("sealed in base64", "sealed"),
            ("XMLHttpRequest", "xhr"),
            ("WebSocket", "socket"),
            ("a worker", "worker"),
            ("a beacon", "beacon"),
            ("a hidden frame", "frame"),
        )
    ),
    Change("button that waits a second", "late", {"enabling": 1000}),
    Change("button that says that it works", "late", {"pressed": "Please wait…"}),
    Change("prices that never rest", "late", {"prices": True}),
    Change("screens that glide in", "late", {"fade": 700}),
    Change("all by itself over a WebSocket", "by itself", {"submit": "auto", "wire": "socket"}),
    Change(
        "by itself with buttons over a WebSocket",
        "by itself",
        {"submit.pin": "both", "submit.otp": "both", "wire": "socket"},
    ),
    Change(
        "by itself after a moment, flat envelope",
        "by itself",
        {"submit.pin": "auto-late", "wire": "flat"},
    ),
    Change(
        "by itself with a button, by a beacon",
        "by itself",
        {"submit.pin": "both", "wire": "beacon"},
    ),
    Change(
        "by itself with a button, slow answers",
        "by itself",
        {"submit.pin": "both", "submit.otp": "both", "slow": 1500},
    ),
    Change(
        "by itself in boxes, by a worker",
        "by itself",
        {"submit.pin": "both", "kind.pin": "boxes", "wire": "worker"},
        apart=frozenset({"label"}),
    ),
    Change("calls: other paths", "wire", {"paths": "new"}),
    *(
        Change(f"redirect: {title}", "redirect", {"redirect": way})
        for title, way in (
            ("303", "303"),
            ("307", "307"),
            ("script", "script"),
            ("script after a moment", "timer"),
            ("meta element", "meta"),
            ("meta element after a second", "meta-slow"),
            ("form_post", "form_post"),
            ("fragment", "fragment"),
            ("a document presses a link", "anchor"),
            ("more in the query", "extra"),
        )
    ),
    Change("redirect: three hops", "redirect", {"hops": 3}),
    Change("redirect: popup", "redirect", {"leave": "popup"}),
    Change("redirect: assign", "redirect", {"leave": "assign"}),
    Change("redirect: the page presses a link", "redirect", {"leave": "anchor"}),
    Change("redirect: the page sends a form", "redirect", {"leave": "form"}),
    Change("redirect: after a thank-you", "redirect", {"leave": "slow"}),
    Change("redirect: after a press", "redirect", {"leave": "button"}),
    Change("form that stays for a moment once it was taken", "late", {"linger": 800}),
    Change("config 9 s late", "late", {"late.config": 9000}),
    Change("part for the code 9 s late", "late", {"chunk.otp": 9000}),
    Change("part of another host 9 s late", "late", {"foreign.pin": 9000}),
    Change("script 9 s late", "late", {"late.script": 9000}),
)
