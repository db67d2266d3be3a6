"""What a status word of an office's records means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.bulletin.draft.words import Words, plain
from nlp.outcomes import OutcomeScheme

UNKNOWN = "?"
"""The class of a cell that says something we do not know; "" is that of a blank one."""
_LETTER = re.compile(
    r"(?:办理结果[：:]?)?([A-Da-dＡ-Ｄ甲乙丙丁][1-9]?)[类级件]?(?:[.．、：:（(].*)?"
)
_TAIL = re.compile("(?:的|类|提案|建议|件)+$")
_LONG = 40


@dataclass(frozen=True, slots=True)
class Status:
    """The shipped words together with a place's scheme of outcomes."""

    words: Words
    scheme: OutcomeScheme

    def read(self, role: str, cell: str) -> str:
        """Return the class of a cell of a closed role, "" when blank, UNKNOWN when not known.

        An outcome is read by the scheme's phrases, then its letters, then our own words.
        """
        text = cell.strip()
        if not text:
            return ""
        if role == "outcome" and (outcome := self._outcome(text)):
            return outcome
        known = self.words.classes[role]
        word = plain(text)
        found = known.get(word) or known.get(_TAIL.sub("", word)) or UNKNOWN
        return "" if found == "none" else found

    def _outcome(self, text: str) -> str:
        if len(text) > _LONG:
            return ""
        if found := self.scheme.find(text):
            return str(found[1])
        if letter := _LETTER.fullmatch(text):
            wanted = plain(letter[1]).upper()
            known = self.scheme.letters.get(wanted) or self.scheme.letters.get(wanted[0])
            return str(known) if known else ""
        return ""
