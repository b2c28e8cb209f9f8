"""Names under which a secret stands in a body, a header, a query or a form."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# Members of bodies, headers and queries whose value is a secret whatever it is; compared without
# case, dashes and underscores.
_NAMES = frozenset(
    {
        *("otp", "totp", "pin", "mpin", "pincode", "secretpin", "inputtext", "password", "passwd"),
        *("code", "authcode", "authorizationcode", "authorization", "credential", "credentials"),
        *("mobile", "mobilenumber", "mobileno", "phone", "phonenumber"),
        # Not secret but personal, and too short to be searched for in other texts.
        *("firstname", "lastname", "middlename"),
        *("cookie", "setcookie", "session", "sessionid", "jsessionid"),
        # A digest of a body, of whatever kind: what was taken out of the body could be guessed.
        *("ifmatch", "ifnonematch", "ifrange"),
    }
)
_ENDINGS = ("token", "secret", "password", "authorization", "apikey", "cookie", "sessionid")
_DIGEST_ENDINGS = ("etag", "digest", "checksum", "hash", "md5", "sha256", "sha512")
ERROR_CODE = re.compile(r"10\d{5}|\d{1,3}|UDAPI\d+|[A-Z]+(?:_[A-Z]+)+")
"""Values of a member called "code" that are an error's number or name, and no secret."""


@cache
def is_secret_name(name: str) -> bool:
    """Whether a member, header or query value of this name is a secret."""
    plain = re.sub(r"[-_\s]", "", name).lower()
    return plain in _NAMES or plain.endswith((*_ENDINGS, *_DIGEST_ENDINGS))


def is_secret_member(name: str, value: Any) -> bool:
    """Whether a member of JSON is a secret; an error's code is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or value == "":
        return False
    if name == "__playwright_value_":
        return True
    if not is_secret_name(name):
        return False
    return not (name.lower() == "code" and ERROR_CODE.fullmatch(str(value)))
