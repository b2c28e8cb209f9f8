"""Any life of an account keeps the promises of the ledger."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from upstox_browser_login.errors import LoginBlockedError

from .world import DAY, OTHER_PIN, PIN, THIRD_PIN, World


class Life(RuleBasedStateMachine):
    """Runs that go well, go wrong or are killed, in any order, beside a model of the rules."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.run = self.world.run()
        self.refused: set[str] = set()
        self.possible_failures = 0  # as Upstox may have counted them
        self.windows: set[int] = set()
        self.codes: set[str] = set()
        self.failed_runs = 0
        self.counted = False
        self.wait_until = 0.0
        self.locked = False

    @rule()
    def a_new_run(self) -> None:
        self.run = self.world.run()
        self.counted = False

    @rule(seconds=st.sampled_from([1.0, 29.0, 31.0, 700.0, 5_000.0, DAY + 1]))
    def time_passes(self, seconds: float) -> None:
        self.world.now += seconds

    @rule(pin=st.sampled_from([PIN, OTHER_PIN, THIRD_PIN]), outcome=st.sampled_from("rubk"))
    def pin(self, pin: str, outcome: str) -> None:
        try:
            self.run.sending_pin(pin)
        except LoginBlockedError:
            return
        assert pin not in self.refused
        assert not self.locked
        self.possible_failures += 1
        assert self.possible_failures <= 4, "the fifth locks the account"
        if outcome == "r":
            self.run.pin_refused(pin)
            self.refused.add(pin)
        elif outcome == "b":
            self.run.pin_carried(2)
            self.possible_failures += 1
            assert self.possible_failures <= 4, "the second sending is the fifth"
        elif outcome == "k":
            self.run.pin_accepted()
            self.possible_failures = len(self.refused)

    @rule(ahead=st.integers(-2, 3), code=st.integers(0, 30), outcome=st.sampled_from("rfuk"))
    def code(self, ahead: int, code: int, outcome: str) -> None:
        window = self.world.window + ahead
        try:
            self.run.sending_code(f"{code:06}", window, 30)
        except LoginBlockedError:
            return
        assert window not in self.windows
        assert f"{code:06}" not in self.codes
        assert not self.locked
        assert self.world.now >= self.wait_until or self.counted, "only the same run may go on"
        self.windows.add(window)
        self.codes.add(f"{code:06}")
        if outcome in "rf":
            self.run.code_refused(final=outcome == "f")
            if not self.counted:
                self.failed_runs += 1
            self.counted = True
            self.wait_until = self.world.now + min(600 * 2 ** (self.failed_runs - 1), DAY)
        elif outcome == "k":
            self.run.code_accepted()
            self.failed_runs, self.counted, self.wait_until = 0, False, 0.0

    @rule()
    def upstox_locks(self) -> None:
        self.run.account_locked()
        self.locked = True

    @rule()
    def success(self) -> None:
        self.run.succeeded()
        self.forgiven()

    @precondition(lambda self: self.world.block(None) is not None)
    @rule()
    def unlock(self) -> None:
        assert self.run.unlock() is not None
        self.forgiven()

    def forgiven(self) -> None:
        self.refused.clear()
        self.possible_failures = self.failed_runs = 0
        self.wait_until, self.locked, self.counted = 0.0, False, False

    @invariant()
    def what_another_run_is_told(self) -> None:
        for pin in (PIN, OTHER_PIN, THIRD_PIN):
            block = self.world.block(pin)
            if block is None:
                assert pin not in self.refused
                assert not self.locked
                assert self.world.now >= self.wait_until
            elif block.until is not None:
                assert block.until.timestamp() == self.wait_until
                assert self.wait_until - self.world.now <= DAY


TestLife = Life.TestCase
# What keeps accounts from being locked is tried more often than other things are.
TestLife.settings = settings(max_examples=2 * settings().max_examples, stateful_step_count=40)
