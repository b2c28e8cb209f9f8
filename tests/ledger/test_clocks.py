"""A clock that jumps neither blocks for ever nor shortens a cool-down."""

from __future__ import annotations

from .world import DAY, World, caught


def test_a_window_of_the_far_future_does_not_block(world: World) -> None:
    """The clock was a day ahead, and has been set right."""
    world.run().sending_code("111111", world.window, 30)
    world.now += DAY
    world.run().sending_code("222222", world.window, 30)
    world.now -= DAY
    assert world.run().last_window(30) == world.window
    caught(lambda: world.run().sending_code("333333", world.window, 30))
    world.run().sending_code("333333", world.window + 1, 30)


def test_a_window_of_the_near_future_counts(world: World) -> None:
    """Upstox's clock may be ahead of ours by a few minutes."""
    ahead = world.window + 8
    world.run().sending_code("111111", ahead, 30)
    assert world.run().last_window(30) == ahead
    far = world.window + 40
    world.run().sending_code("222222", far, 30)
    assert world.run().last_window(30) == ahead
    assert world.run().last_window(30, now=far * 30.0) == far


def test_a_clock_set_back_does_not_stretch_a_cool_down(world: World) -> None:
    """It begins anew at the first look, once, and not at every look."""
    world.set_clock(ahead=3650 * DAY)
    world.fail_code()
    world.run().rate_limited(1200, "1017069")
    world.set_clock(ahead=0)
    assert world.stops().until == world.after(1200)
    world.now += 700
    block = world.stops()
    assert block.code == "RATE_LIMITED"
    assert block.until == world.after(500)
    world.now += 500
    assert world.block() is None


def test_a_clock_set_back_on_a_full_disk(world: World) -> None:
    """`status` still answers."""
    world.set_clock(ahead=DAY)
    world.fail_code()
    world.set_clock(ahead=0)
    world.memory.full = True
    assert world.stops().until == world.after(600)


def test_a_clock_that_is_behind_for_a_while_ends_no_cool_down(world: World) -> None:
    """As of a machine without a battery for its clock, until it has asked for the time."""
    world.fail_code()
    world.run().rate_limited(1200, "1017069")
    until = world.after(1200)
    world.set_clock(ahead=-1000 * DAY)
    assert world.stops().until == until
    world.set_clock(ahead=0)
    assert world.stops().until == until
