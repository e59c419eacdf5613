"""However a number is written, inside it has one form."""

import pytest

from handoff.domain.phone_number import phone_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+380500000001", "+380500000001"),
        ("380500000001", "+380500000001"),
        ("0500000001", "+380500000001"),
        ("+380 (50) 000-00-01", "+380500000001"),
        ("+48 600 000 000", "+48600000000"),
        ("", None),
        ("050", None),
        ("0500000001234", None),
        ("+0500000001", None),
        ("+38050000000a", None),
        ("٠٥٠٠٠٠٠٠٠١", None),
        ("+" + "1" * 16, None),
    ],
)
def test_a_number_has_one_form(written: str, number: str | None) -> None:
    assert phone_number(written) == number
