"""What may not be done now, though the role would allow it: said in one sentence, with what was typed kept."""

from __future__ import annotations

from typing import Any

NOT_WORDS = ("csrfmiddlewaretoken", "version", "next")


class NotNow(Exception):
    """Raised by a service, answered by the guard with 409. `str()` is the sentence; `links`: [(label, address)]."""

    def __init__(self, sentence: Any, links: tuple[tuple[Any, str], ...] = ()) -> None:
        super().__init__(sentence)
        self.links = links

    def __str__(self) -> str:
        return str(self.args[0])


def typed(sent: Any) -> list[str]:
    """The words of a form that was sent, so that the page that refuses them can give them back."""
    return [value for name, values in sent.lists() for value in values if name not in NOT_WORDS and value.strip()]
