"""Which of Upstox's own calls a recorded one is, and which of its values are personal.

Only a recording needs this, so a login does not load it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .calls import APPROVAL_PATH

CALLS: Mapping[str, re.Pattern[str]] = {
    "otp": re.compile(r"/otp/generate/?$"),
    "verify": re.compile(r"/verify/?$"),
    "pin": re.compile(r"/2fa/?$"),
    "authorize": APPROVAL_PATH,
    "exchange": re.compile(r"/login/authorization/token/?$"),
}
"""Upstox's own calls of a login, all of them POSTs, by the ends of their paths."""

PERSONAL: Mapping[str, tuple[tuple[str, ...], str]] = {
    "mobile number": (
        ("mobilenumber", "mobile", "mobileno", "phone", "phonenumber", "contactnumber"),
        r"\+?\d[\d -]{7,15}",
    ),
    "client code": (
        (
            *("userid", "ucc", "clientcode", "profileid", "distinctid", "customerid", "accountid"),
            *("accountnumber", "accountno", "bankaccount", "dpid", "boid", "crn", "kycid", "sub"),
        ),
        r"(?=\D*\d)[A-Za-z0-9-]{4,40}",
    ),
    "name": (
        (
            *("firstname", "lastname", "middlename", "username", "fullname", "displayname"),
            *("nickname", "accountholdername", "customername", "profilename"),
        ),
        r"(?=.*[^\W\d_])[^\d@<>{}\[\]/=]{2,80}",
    ),
    "e-mail": (("email", "emailid", "emailaddress"), r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    "PAN": (("pan", "pannumber", "panno"), r"[A-Z]{5}\d{4}[A-Z]"),
    "date of birth": (("dob", "dateofbirth", "birthdate"), r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}"),
    "address": (("address", "addressline", "addressline1", "addressline2"), r".{6,200}"),
    "picture's address": (("avatarurl", "photourl", "profilepicture"), r"https?://.{6,}"),
    "IP address": (
        ("ip", "ipaddress", "clientip", "remoteip", "xforwardedfor", "xrealip"),
        r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]{8,39}",
    ),
    "device id": (("deviceid", "uuid", "deviceuuid", "fingerprint", "installid"), r"\S{6,200}"),
    "request id": (("requestid", "xrequestid", "traceid", "correlationid", "jti"), r"\S{6,200}"),
    "API key": (("clientid",), r"\S{8,200}"),
}
"""The names and shapes in traffic of values that are personal or of one login alone.

Names are compared in lower case by letters and digits alone. Both must fit, since a `userId` may be
null.
"""
