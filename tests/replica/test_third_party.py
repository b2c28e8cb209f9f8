"""The host that the login could do without."""

from __future__ import annotations

from .conftest import Visit


def test_it_has_what_pages_load_from_others(visit: Visit) -> None:
    visitor = visit()
    host, client = visitor.replica.third_party_url, visitor.client
    pixel = client.get(f"{host}/pixel.gif")
    assert (pixel.headers["content-type"], pixel.content[:6]) == ("image/gif", b"GIF89a")
    font = client.get(f"{host}/fonts/inter.woff2")
    assert (font.status_code, font.headers["access-control-allow-origin"]) == (404, "*")
    for path in ("/recaptcha/api2/anchor", "/new-demat-account/profile", "/partner/login"):
        answer = client.get(f"{host}{path}")
        assert (answer.status_code, answer.headers["content-type"]) == (
            200,
            "text/html; charset=utf-8",
        )


def test_what_is_typed_into_a_look_alike_is_in_the_log(visit: Visit) -> None:
    visitor = visit()
    host = visitor.replica.third_party_url
    assert visitor.client.post(f"{host}/partner/collect", data={"pin": "024680"}).is_success
    (entry,) = [each for each in visitor.replica.log if each.path == "/partner/collect"]
    assert (entry.origin, entry.body, entry.step) == ("third-party", {"pin": "024680"}, None)
