"""What the replica's servers remember: dialogs, sessions, attempts, locks, codes, tokens."""

from __future__ import annotations

import string
from collections.abc import Callable
from dataclasses import dataclass, field

import pyotp
from msgspec import Struct

from .account import Account
from .dice import Dice
from .refusals import service_refusal, wrong_otp
from .tokens import Mint

OTP_LIFE = 600.0
OTP_COOL_DOWN = 600.0
QUICK = 60.0
QUICK_REQUESTS = 2
OTP_ATTEMPTS = 5
PIN_ATTEMPTS = 5
CODE_LIFE = 120.0
TOKEN_REQUEST_LIFE = 86400.0
TOTP_STEP = 30


class Flow(Struct, frozen=True):
    """One visit to the dialog: what the app asked for, kept while the browser logs in."""

    user_id: str
    internal_client: str
    client_id: str
    redirect_uri: str
    state: str | None


@dataclass
class OtpSession:
    """A mobile number that waits for its code."""

    mobile: str
    sms: str
    issued_at: float
    password_passed: bool = False


@dataclass
class AuthorizationCode:
    """A code on its way to the app."""

    flow: Flow
    issued_at: float
    denied: bool = False
    spent: bool = False


@dataclass
class State:
    """Everything that outlives one request. Reset means: a new one of these."""

    account: Account
    now: Callable[[], float]
    dice: Dice
    flows: dict[str, Flow] = field(default_factory=dict)
    otp_sessions: dict[str, OtpSession] = field(default_factory=dict)
    identities: set[str] = field(default_factory=set)
    remembered: set[str] = field(default_factory=set)
    sessions: set[str] = field(default_factory=set)
    codes: dict[str, AuthorizationCode] = field(default_factory=dict)
    last_sms: str | None = None
    otp_times: list[float] = field(default_factory=list)
    cooling_until: float = 0.0
    blocked_until: float = 0.0
    wrong_otps: int = 0
    wrong_pins: int = 0
    used_windows: set[int] = field(default_factory=set)
    token_request: float | None = None

    def __post_init__(self) -> None:
        """Set up the token mint."""
        self.mint = Mint(self.account, self.now, self.dice)

    # Dialogs

    def open_flow(self, client_id: str, redirect_uri: str, state: str | None) -> Flow:
        """Remember what the app asked for, under names that tell the browser nothing."""
        upper = string.ascii_uppercase + string.digits
        flow = Flow(
            user_id=self.dice.text(22),
            internal_client="IND-" + self.dice.text(24, upper.lower()),
            client_id=client_id,
            redirect_uri=redirect_uri,
            state=state,
        )
        self.flows[flow.user_id] = flow
        return flow

    # One-time passwords

    def generate_otp(self, mobile: str, *, limited: bool = True) -> str:
        """Send a code to *mobile*; returns the token that verifying it needs."""
        now = self.now()
        if now < self.blocked_until:
            raise service_refusal(1017078)
        if limited:
            self._count_otp(now)
        token = self.dice.text(32)
        session = OtpSession(mobile, self.dice.digits(6), now)
        self.otp_sessions[token] = session
        self.last_sms = session.sms
        return token

    def _count_otp(self, now: float) -> None:
        if now < self.cooling_until:
            raise service_refusal(1017069)
        recent = [time for time in self.otp_times if now - time < QUICK]
        if len(recent) >= QUICK_REQUESTS:
            self.cooling_until = now + OTP_COOL_DOWN
            raise service_refusal(1017069)
        self.otp_times = [*recent, now]

    def otp_session(self, token: str) -> OtpSession:
        """Return the session that *token* names, while it lives."""
        session = self.otp_sessions.get(token)
        if session is None or self.now() - session.issued_at > OTP_LIFE:
            raise service_refusal(1017076)
        return session

    def verify_otp(self, token: str, code: str, *, totp: bool, refuse: bool) -> OtpSession:
        """Check *code*; five wrong ones in all block the number for ten minutes."""
        session = self.otp_session(token)
        if self.now() < self.blocked_until:
            raise service_refusal(1017078)
        sms = code == session.sms
        if refuse or not (sms or (totp and self._totp_matches(code))):
            self.wrong_otps += 1
            if self.wrong_otps >= OTP_ATTEMPTS:
                self.block_otp()
                raise service_refusal(1017078)
            raise wrong_otp(OTP_ATTEMPTS - self.wrong_otps)
        self.wrong_otps = 0
        self.otp_sessions.pop(token)
        return session

    def _totp_matches(self, code: str) -> bool:
        """Accept the code of this window or the one before, each once."""
        totp = pyotp.TOTP(self.account.totp_secret)
        window = int(self.now() // TOTP_STEP)
        for each in (window, window - 1):
            if code == totp.generate_otp(each) and each not in self.used_windows:
                self.used_windows.add(each)
                return True
        return False

    def block_otp(self) -> None:
        """Refuse codes and their generation for ten minutes."""
        self.wrong_otps = 0
        self.blocked_until = self.now() + OTP_COOL_DOWN

    def identify(self) -> str:
        """Return a new identity cookie: the number is verified, the PIN is not."""
        cookie = self.dice.text(40)
        self.identities.add(cookie)
        return cookie

    # The PIN

    def is_locked(self) -> bool:
        """Whether too many wrong PINs have locked the account."""
        return self.wrong_pins >= PIN_ATTEMPTS

    def check_pin(self, identity: str, pin: str, *, refuse: bool) -> str:
        """Check *pin* for a verified browser; returns the session cookie."""
        self._require_identity(identity)
        if self.is_locked():
            raise service_refusal(1017090)
        if refuse or pin != self.account.pin:
            self.wrong_pins += 1
            raise service_refusal(1017090 if self.is_locked() else 1017106)
        self.wrong_pins = 0
        return self.sign_in(identity)

    def _require_identity(self, identity: str) -> None:
        if identity not in self.identities | self.remembered:
            raise service_refusal(1017079)

    def sign_in(self, identity: str) -> str:
        """Remember a verified browser; returns its session cookie."""
        self._require_identity(identity)
        self.remembered.add(identity)
        session = self.dice.text(40)
        self.sessions.add(session)
        return session

    # Token requests

    def ask_for_token(self) -> float:
        """Let a token request wait for the user; returns when it lapses."""
        self.token_request = self.now() + TOKEN_REQUEST_LIFE
        return self.token_request

    def take_token_request(self) -> bool:
        """Take the waiting request, if there is one and it has not lapsed."""
        end, self.token_request = self.token_request, None
        return end is not None and self.now() < end

    # Authorization codes

    def issue_code(self, flow: Flow, *, denied: bool = False) -> str:
        """Make a code for *flow*'s app, or the handle of a denial."""
        value = self.dice.authorization_code()
        self.codes[value] = AuthorizationCode(flow, self.now(), denied)
        return value

    def spend_code(self, value: str) -> AuthorizationCode | None:
        """Take a code out of use; ``None`` if there is none, it is old, or was spent."""
        code = self.codes.get(value)
        if code is None or code.spent or code.denied:
            return None
        code.spent = True
        return code if self.now() - code.issued_at <= CODE_LIFE else None

    @property
    def codes_issued(self) -> int:
        """How many authorization codes were made."""
        return sum(not code.denied for code in self.codes.values())
