"""Proposers of stories: named first, then 他 or 她."""

from __future__ import annotations

import pytest

from nlp.bulletin.pronouns import proposer_told_of


@pytest.mark.parametrize(
    ("ahead", "who"),
    [
        ("变化源于县政协委员陆见山的一份提案。去年他走访了三条街，写下《", "陆见山"),
        ("“修好了就好。”市人大代表、小学教师宋晚说。春天，她提出《", "宋晚"),
        ("柏青禾是一家织布厂的厂长，也是县政协委员，他在《", "柏青禾"),
        ("县政协委员陆见山说。后来，委员宋晚告诉记者，她提出《", "宋晚"),
        ("县政协委员陆见山说，路修好了。县水利局办理《", None),  # no pronoun
        ("居民们说，他们早就盼着，他提出《", None),  # nobody named
        ("县政协委员们表示，他提出《", None),
        ("县政协委员陆见山的提案有了回音。他坐船看了现场，参考《", None),  # he does not write
    ],
)
def test_a_pronoun_stands_for_the_member_named_last(ahead, who):
    assert proposer_told_of(ahead) == who


def test_a_name_too_far_ahead_is_not_taken():
    far = "县政协委员陆见山的一份提案。" + "街上很热闹。" * 40
    assert proposer_told_of(f"{far}他写下《") is None
