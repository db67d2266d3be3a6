"""What a letter itself says of its result: a set phrase, else a class letter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.outcomes import OutcomeScheme
from nlp.summarize.digest import Basis
from nlp.summarize.letter.reply import Letter
from nlp.text.split import sentences
from nlp.types import Outcome

_WHOLE = re.compile(
    r"(?:所提|提出|反映|您的|你的|贵.{0,4}的|该|此|本|各项|全部|上述|以上)[^，。；]{0,14}"
    r"(?:问题|建议|提案|事项|意见|诉求|议案|件)"
    r"|(?:提案|建议|件)(?:办理)?结果"
)
"""A phrase speaks for the letter only where the proposal as a whole is its subject:
“已解决46条” or “对暂时不能解决的” tell of a part."""
_BACKWARDS = re.compile(r"去年|上年|此前|曾|原来|部分|其中|不|未|如果|若|能否|是否")


@dataclass(frozen=True, slots=True)
class Statement:
    """The result that a letter declares, and what declares it."""

    outcome: Outcome
    basis: Basis


def declared(letter: Letter, scheme: OutcomeScheme) -> Statement | None:
    """Find a letter's own statement; None where it makes none, as most web replies.

    Phrases are looked for in the class line and heading first, then in sentences about
    the whole proposal, the last one first. A phrase beats a letter, for letters mean
    different things in different places.
    """
    return _by_heading(letter, scheme) or _by_sentence(letter, scheme) or _by_letter(letter, scheme)


def _by_heading(letter: Letter, scheme: OutcomeScheme) -> Statement | None:
    for kind in ("class", "number", "title"):
        for span in letter.spans(kind):
            if found := scheme.find(span.of(letter.text)):
                return Statement(found[1], Basis("phrase", found[0]))
    return None


def _by_sentence(letter: Letter, scheme: OutcomeScheme) -> Statement | None:
    for span in reversed([*letter.spans("body"), *letter.spans("closing")]):
        text = span.of(letter.text)
        if not scheme.may_hold(text):
            continue
        for sentence in reversed(sentences(text)):
            words = sentence.of(text)
            found = scheme.find(words)
            if found is None:
                continue
            before = words[: words.index(found[0])]
            if _WHOLE.search(before[-24:]) and not _BACKWARDS.search(before[-10:]):
                return Statement(found[1], Basis("phrase", found[0]))
    return None


def _by_letter(letter: Letter, scheme: OutcomeScheme) -> Statement | None:
    written = letter.class_letter
    outcome = scheme.letters.get(written)
    return Statement(outcome, Basis("letter", written)) if outcome else None
