"""Hide what identifies people before a text is sent to a model, so that every quote of it still maps back exactly.

Texts in, texts and offsets out. It lowers what is known to whom, and guarantees nothing: names of people who do
not speak, addresses, and whatever is spelled out in words stay, which is why the user sees the text before it is sent.
"""

from __future__ import annotations

from journey.redaction.patterns import Kind
from journey.redaction.redacting import Redaction, redact
from journey.redaction.restoring import RestoringWork

__all__ = ["Kind", "Redaction", "RestoringWork", "redact"]
