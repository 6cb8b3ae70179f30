"""Journeys that tests of what leaves the program draw on: one with everything in it, one hostile, and any."""

from __future__ import annotations

from hypothesis import strategies as st

from journey.model import (
    Actor,
    Emotion,
    EmotionReading,
    Evidence,
    Item,
    Journey,
    Lane,
    Link,
    Note,
    Origin,
    Outcome,
    Participant,
    Passage,
    Phase,
    Role,
    Run,
    Source,
    Step,
    Touchpoint,
)

TURNS = (
    ("Interviewer", Role.INTERVIEWER, 0.0, "How did you book?"),
    ("Anna", Role.PARTICIPANT, 4.0, "I looked for a room on the website. It took ages, I was furious."),
    ("Anna", Role.PARTICIPANT, 62.5, "Then I called the hotel, and the man on the phone was lovely."),
    ("Anna", Role.PARTICIPANT, 3725.0, "My cat is called Otto."),
)


def transcript(
    turns: tuple[tuple[str, Role, float, str], ...] = TURNS, *, source_id: str = "s1", name: str = "anna.vtt"
) -> Source:
    """Build a source whose passages are the turns, one a line."""
    passages, text = [], ""
    for number, (speaker, role, time, words) in enumerate(turns, start=1):
        text += f"{speaker}: "
        passages.append(
            Passage(id=f"t{number}", start=len(text), end=len(text) + len(words), speaker=speaker, role=role, time=time)
        )
        text += f"{words}\n"
    speakers = {speaker: role for speaker, role, _, _ in turns}
    return Source(
        id=source_id,
        kind="transcript",
        name=name,
        sha256="0" * 64,
        text=text,
        passages=tuple(passages),
        participants=tuple(Participant(name=who, role=role, turns=1, words=5) for who, role in speakers.items()),
    )


def said(source: Source, words: str) -> Evidence:
    """Quote the first place of a source that says these words."""
    start = source.text.index(words)
    passage = next(p for p in source.passages if p.start <= start < p.end)
    return Evidence(source=source.id, passage=passage.id, start=start, end=start + len(words), quote=words)


def full_journey() -> Journey:
    """Build a small journey in which every field is used."""
    source = transcript()
    search = Step(
        id="p1",
        title="Look for a room",
        origin=Origin.QUOTED,
        evidence=(said(source, "I looked for a room on the website."),),
        touchpoints=(
            Touchpoint(
                id="i1", text="The website", origin=Origin.QUOTED, evidence=(said(source, "website"),), channel="web"
            ),
        ),
        emotion=Emotion(
            score=-1.5,
            label="furious",
            origin=Origin.QUOTED,
            evidence=(said(source, "I was furious"),),
            other_readings=(EmotionReading(score=-1, label="annoyed", read_from="curve"),),
        ),
        pains=(
            Item(id="i2", text="Searching is slow", origin=Origin.QUOTED, evidence=(said(source, "It took ages"),)),
        ),
        opportunities=(Item(id="i3", text="A faster search", origin=Origin.INFERRED),),
        notes=(Note(id="i4", text="Seen twice", origin=Origin.USER, kind="warning"),),
        moment_of_truth=True,
    )
    call = Step(
        id="p2",
        title="Call the hotel",
        kind="decision",
        origin=Origin.QUOTED,
        role="guest",
        evidence=(said(source, "Then I called the hotel"),),
        gains=(
            Item(
                id="i5",
                text="A friendly voice",
                origin=Origin.QUOTED,
                evidence=(said(source, "the man on the phone was lovely"),),
                counter=(said(source, "I was furious"),),
            ),
        ),
        lanes=(Lane(title="Backstage", items=(Item(id="i6", text="Night shift", origin=Origin.USER),)),),
    )
    wait = Step(id="p3", title="Wait for the letter", origin=Origin.INFERRED)
    return Journey(
        title="Anna books a room",
        actor=Actor(name="Anna", role="guest"),
        scenario="A weekend away",
        goal="Sleep near the sea",
        expectations=(Item(id="i0", text="It is easy", origin=Origin.USER),),
        phases=(
            Phase(id="f1", name="Search", origin=Origin.INFERRED, goal="Find something", steps=(search,)),
            Phase(id="f2", name="Booking", origin=Origin.INFERRED, steps=(call, wait)),
        ),
        links=(
            Link(before="p1", after="p2", label="nothing found", evidence=(said(source, "Then I called"),)),
            Link(before="p2", after="p1", kind="loop"),
            Link(before="p2", after="p3", kind="branch", label="booked"),
        ),
        sources=(source,),
        run=Run(engine="local", model="m", seconds=3.2, calls=2, tokens=900, dropped=1, warnings=("A draft.",)),
    )


def empty_journey() -> Journey:
    """Build what comes of a text with no journey in it."""
    return Journey(
        title="Recipes",
        sources=(transcript(),),
        outcome=Outcome.NOT_ENOUGH,
        reason="Nobody tells what they did.",
        run=Run(engine="local"),
    )


def journey_saying(text: str) -> Journey:
    """Build a journey in which every text a transcript can reach is `text`."""
    source = transcript(((text, Role.PARTICIPANT, 1.0, text),), name=text)
    quote = (Evidence(source="s1", passage="t1", start=len(text) + 2, end=2 * len(text) + 2, quote=text),)
    item = Item(id="i1", text=text, origin=Origin.QUOTED, evidence=quote, counter=quote)
    step = Step(
        id="p1",
        title=text,
        origin=Origin.QUOTED,
        role=text,
        evidence=quote,
        emotion=Emotion(score=-1, label=text, origin=Origin.QUOTED, evidence=quote),
        touchpoints=(Touchpoint(id="i2", text=text, origin=Origin.QUOTED, evidence=quote, channel=text),),
        pains=(item,),
        lanes=(Lane(title=text, items=(item,)),),
    )
    return Journey(
        title=text,
        actor=Actor(name=text, role=text),
        scenario=text,
        goal=text,
        expectations=(item,),
        phases=(Phase(id="f1", name=text, origin=Origin.QUOTED, goal=text, steps=(step,)),),
        links=(Link(before="p1", after="p1", kind="loop", label=text),),
        sources=(source,),
        outcome=Outcome.PARTIAL,
        reason=text,
        run=Run(engine="scripted", model=text, warnings=(text,)),
    )


words = st.text(min_size=1, max_size=30)
any_journey = words.map(journey_saying)
"""Journeys whose every word was chosen by an adversary."""

HOSTILE = (
    "![x](http://evil.example/a.png)",
    "[click](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "# Heading",
    "Text\n===\n# Heading\n\n    code",
    "http://evil.example and www.evil.example and a@evil.example",
    "<http://evil.example>",
    "```\ncode\n```",
    "- [ ] task",
    "1. one",
    "| a | b |\n|---|---|\n| c | d |",
    "[ref]: http://evil.example\n[ref]",
    "*bold* __bold__ ~~gone~~ $x^2$ :red[x]",
    "&lt;b&gt; &#60;img src=x&#62;",
    '=HYPERLINK("http://evil.example")',
    "+1 @SUM(A1) -2",
    "\t=1+1",
    'a;b#c:d,e"f]g}h%%i',
    "section x; title: y",
    "end",
    "</script><!-- ]]> -->",
    "\x1b[31mred\x07\x00",
    "\u202eright to left",
    "ends with a backslash \\",
)
"""Words that are markup somewhere."""
