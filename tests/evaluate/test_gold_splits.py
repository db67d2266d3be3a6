from __future__ import annotations

import pytest

from nlp.errors import UsageError
from nlp.evaluate.gold.splits import choose


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (("train", "dev", "test"), ("test",)),
        (("train", "validation"), ("validation",)),
        (("train", "dev"), ("dev",)),
        (("train",), ("train",)),
        (("a", "b"), ("a", "b")),
    ],
)
def test_test_before_validation_before_all(names, taken):
    assert choose(names, None).splits == taken


def test_the_one_that_is_asked_for():
    found = choose(("train", "test"), "train")
    assert found.splits == ("train",)
    assert "--split" in found.reason
    with pytest.raises(UsageError, match="没有“dev”") as caught:
        choose(("train", "test"), "dev")
    assert "train、test" in caught.value.hint
