import pytest

from prodsim.access import Attempts
from prodsim.access.password import WITHIN, WRONG
from prodsim.errors import Busy

PASSWORD = "correct horse battery"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_password_is_right_letter_for_letter() -> None:
    attempts = Attempts()
    assert attempts.right(PASSWORD, PASSWORD, "10.0.0.1")
    for wrong in ("", PASSWORD[:-1], PASSWORD.upper(), f"{PASSWORD} ", "pässword"):
        assert not attempts.right(wrong, PASSWORD, "10.0.0.1")


def test_who_guesses_too_often_has_to_wait_even_with_the_right_one_and_others_do_not() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for guess in range(WRONG):
        assert not attempts.right(str(guess), PASSWORD, "10.0.0.1")
    with pytest.raises(Busy, match="Wait"):
        attempts.right(PASSWORD, PASSWORD, "10.0.0.1")
    assert attempts.right(PASSWORD, PASSWORD, "10.0.0.2")
    assert Attempts(clock).right(PASSWORD, PASSWORD, "10.0.0.1")
    clock.now += WITHIN + 1
    assert attempts.right(PASSWORD, PASSWORD, "10.0.0.1")


def test_who_has_many_addresses_has_no_more_guesses() -> None:
    attempts = Attempts()
    for guess in range(WRONG):
        assert not attempts.right(str(guess), PASSWORD, f"2001:db8::{guess}")
    with pytest.raises(Busy):
        attempts.right(PASSWORD, PASSWORD, "2001:db8::ffff")
    assert attempts.right(PASSWORD, PASSWORD, "2001:db8:0:1::1")
