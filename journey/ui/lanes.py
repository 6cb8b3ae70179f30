"""The words and signs of the map: lane names, the channel a touchpoint belongs to, a score in words."""

from __future__ import annotations

from dataclasses import dataclass

from journey.ui.language import entry, say


@dataclass(frozen=True)
class LaneName:
    """How one lane of the map is called and coloured.

    `tone` is a colour family of the theme; an `optional` lane is not missed when there is nothing in it. `line` names
    the line of a service blueprint that is drawn above the lane, `rank` its place among the lanes that are not usual.
    """

    key: str
    title: str
    tone: str
    optional: bool = False
    line: str = ""
    rank: int = 0


LANE_NAMES = (
    LaneName("actions", entry("Actions"), "blue"),
    LaneName("touchpoints", entry("Touchpoints"), "gray"),
    LaneName("thoughts", entry("Thoughts"), "yellow"),
    LaneName("emotion", entry("Emotion"), "primary"),
    LaneName("pains", entry("Pains"), "red"),
    LaneName("gains", entry("Gains"), "green"),
    LaneName("needs", entry("Needs"), "violet"),
    LaneName("opportunities", entry("Opportunities"), "orange"),
    LaneName("notes", entry("Notes"), "gray", optional=True),
)
"""The usual lanes from top to bottom: what happens, how it feels, what follows from it."""

EXTRA_TONE = "gray"
"""The colour of a lane that is none of the usual ones."""

BLUEPRINT = (
    (("physical evidence", "evidence"), ""),
    (("frontstage", "front stage", "onstage"), entry("Line of interaction")),
    (("backstage", "back stage"), entry("Line of visibility")),
    (("support", "support processes"), entry("Line of internal interaction")),
)
"""The lanes of a service blueprint from top to bottom, each by its names, with the line above it (Shostack, 1984)."""

CHANNEL_WORDS = {
    "web": ("web", "website", "internet", "browser", "online", "portal", "site"),
    "phone": ("phone", "telephone", "call", "hotline", "landline", "voice"),
    "app": ("app", "mobile", "smartphone", "tablet", "application"),
    "email": ("email", "mail", "newsletter", "inbox"),
    "chat": ("chat", "messenger", "sms", "text", "whatsapp", "bot", "chatbot"),
    "shop": ("shop", "store", "branch", "counter", "office", "desk", "workshop", "showroom"),
    "post": ("post", "letter", "parcel", "delivery", "courier", "package"),
    "person": ("person", "face", "meeting", "visit", "colleague", "staff", "friend", "conversation"),
    "social": ("social", "facebook", "instagram", "forum", "community", "review", "reviews"),
    "machine": ("machine", "kiosk", "terminal", "atm", "device", "selfservice"),
    "paper": ("paper", "form", "document", "invoice", "bill", "contract", "leaflet", "poster", "print"),
}
"""The channels that have a sign, and the words by which each is told."""

NEUTRAL_BELOW = 0.5
VERY_FROM = 1.5


def said_title(lane: str) -> str | None:
    """Return what one of the usual lanes is called in the language of whoever looks; None for any other.

    >>> said_title("pains"), said_title("extra:KPI")
    ('Pains', None)
    """
    return next((say(one.title) for one in LANE_NAMES if one.key == lane), None)


def extra_lane(key: str, title: str) -> LaneName:
    """Return how a lane is shown that is none of the usual ones: those of a service blueprint in its order.

    >>> extra_lane("extra:Backstage", "Backstage").line, extra_lane("extra:KPI", "KPI").rank
    ('Line of visibility', 4)
    """
    name = " ".join(title.casefold().replace("-", " ").replace("actions", "").split())
    for rank, (names, line) in enumerate(BLUEPRINT):
        if name in names:
            return LaneName(key, title, EXTRA_TONE, line=say(line), rank=rank)
    return LaneName(key, title, EXTRA_TONE, rank=len(BLUEPRINT))


def channel_sign(channel: str | None) -> str:
    """Return the name of the sign for a channel in anyone's words; "other" where none fits.

    >>> channel_sign("E-Mail"), channel_sign("Company website"), channel_sign("in person")
    ('email', 'web', 'person')
    >>> channel_sign("carrier pigeon"), channel_sign(None)
    ('other', 'other')
    """
    words = (channel or "").casefold().replace("e-mail", "email").replace("self-service", "selfservice")
    said = "".join(letter if letter.isalnum() else " " for letter in words).split()
    for word in said:
        for sign, known in CHANNEL_WORDS.items():
            if word in known:
                return sign
    return "other"


def score_in_words(score: float) -> str:
    """Say a feeling from -2 to +2 in words.

    >>> [score_in_words(score) for score in (2, 0.7, 0, -0.5, -1.8)]
    ['very good', 'good', 'neutral', 'bad', 'very bad']
    """
    if abs(score) < NEUTRAL_BELOW:
        return say("neutral")
    if abs(score) >= VERY_FROM:
        return say("very good") if score > 0 else say("very bad")
    return say("good") if score > 0 else say("bad")
