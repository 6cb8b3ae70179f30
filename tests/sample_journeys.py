"""Journeys to draw: a rich one as an analyst would have it, a hostile one, a long one.

Built from small typed functions, so that a test can make the one it needs. Every quote is cut out of its source.
"""

from __future__ import annotations

from collections.abc import Sequence

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
    Passage,
    Phase,
    Role,
    Run,
    Source,
    Step,
    Touchpoint,
)

Turn = tuple[str, float | None, str]
"""Speaker, seconds, words."""

HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"

MAYA: tuple[Turn, ...] = (
    ("Interviewer", 3, "Thanks for making the time. Where does this story begin?"),
    ("Maya", 8, "On the bridge 😤. The battery died on my way to work, in the rain, of course."),
    ("Maya", 21, "I pushed the bike the last two kilometres and I was furious."),
    ("Interviewer", 33, "What did you do first?"),
    ("Maya", 36, "I typed the error code E-17 into a search engine and landed in a forum."),
    ("Maya", 49, "Half the people there said throw it away. I thought: is this thing even safe to charge?"),
    ("Interviewer", 63, "And the guarantee?"),
    ("Maya", 66, "I dug out the invoice. Two years, and I was at twenty-three months. I was so relieved."),
    ("Interviewer", 80, "So you called?"),
    ("Maya", 82, "I called the hotline. Forty minutes of music, then a lady told me to use the claim form instead."),
    ("Maya", 101, "Honestly the lady was lovely, she even sent me the link by text message."),
    ("Maya", 115, "The form wants a photo of the serial number and the upload failed three times."),
    ("Maya", 128, "Every time it failed, everything I had typed was gone. I could have screamed."),
    ("Interviewer", 140, "How did you get past that?"),
    ("Maya", 143, "I made the photo smaller in some app and tried again in the evening."),
    ("Interviewer", 155, "And then?"),
    ("Maya", 157, "Then nothing for four days. I need to know where my claim is, not just a number."),
    ("Maya", 170, "In the end they said yes, but only through a dealer. So I went to the shop at the corner."),
    ("Maya", 184, "Tom at the counter booked me in for Thursday, on the spot. That was easy, wow."),
    ("Interviewer", 198, "What happened on Thursday?"),
    ("Maya", 201, "I dropped it off before work and got a paper slip. No text, no mail, nothing after that."),
    ("Maya", 216, "After a week I rang them. The part was there since Monday, they just had not told me!"),
    (
        "Maya",
        231,
        "When I picked it up they had cleaned the chain and pumped the tyres. I grinned all the way home 😀.",
    ),
    ("Interviewer", 247, "And today?"),
    ("Maya", 249, "I ride it every day. I told two colleagues to keep their invoice."),
)

OLENA: tuple[Turn, ...] = (
    ("Інтерв’юер", None, "Як ви дізналися про несправність?"),
    ("Олена Коваль", None, "Акумулятор просто вимкнувся посеред дороги, і я злякалася."),
    ("Інтерв’юер", None, "Що було далі?"),
    ("Олена Коваль", None, "Форма працювала з першого разу, фото завантажилося одразу."),
    ("Олена Коваль", None, "Я чекала на запчастину три тижні, це було дуже довго."),
)


def transcript(
    turns: Sequence[Turn], *, source_id: str = "s1", name: str = "interview.vtt", interviewer: str = "Interviewer"
) -> Source:
    """Write turns as `Speaker: words` lines, a passage for each."""
    passages, lines, at = [], [], 0
    for number, (speaker, time, words) in enumerate(turns, start=1):
        start = at + len(speaker) + 2
        role = Role.INTERVIEWER if speaker == interviewer else Role.PARTICIPANT
        end = start + len(words)
        passages.append(Passage(id=f"t{number}", start=start, end=end, speaker=speaker, role=role, time=time))
        lines.append(f"{speaker}: {words}\n")
        at = end + 1
    return Source(
        id=source_id, kind="transcript", name=name, sha256="0" * 64, text="".join(lines), passages=tuple(passages)
    )


def quote(source: Source, words: str) -> Evidence:
    """Cut the first place out of a source where somebody says these words."""
    passage = next(passage for passage in source.passages if words in source.slice(passage))
    start = source.text.index(words, passage.start)
    return Evidence(source=source.id, passage=passage.id, start=start, end=start + len(words), quote=words)


class Draft:
    """Builds the parts of a journey over its sources: a string of words becomes a quote wherever it is found."""

    def __init__(self, *sources: Source) -> None:
        self.sources = sources
        self._items = 0

    def quotes(self, *words: str) -> tuple[Evidence, ...]:
        """Quote each of these words from the source that says them."""
        return tuple(quote(next(one for one in self.sources if said in one.text), said) for said in words)

    def item(self, text: str, *words: str, counter: Sequence[str] = (), origin: Origin | None = None) -> Item:
        """Make an item: quoted when words are given, else inferred."""
        evidence = self.quotes(*words)
        return Item(
            id=self._next(),
            text=text,
            origin=origin or (Origin.QUOTED if words else Origin.INFERRED),
            evidence=evidence,
            counter=self.quotes(*counter),
        )

    def touchpoint(self, text: str, channel: str, *words: str) -> Touchpoint:
        """Make a touchpoint on a channel."""
        origin = Origin.QUOTED if words else Origin.INFERRED
        return Touchpoint(id=self._next(), text=text, channel=channel, origin=origin, evidence=self.quotes(*words))

    def emotion(self, score: float, label: str, *words: str, other: Sequence[EmotionReading] = ()) -> Emotion:
        """Make a feeling."""
        origin = Origin.QUOTED if words else Origin.INFERRED
        return Emotion(
            score=score, label=label, origin=origin, evidence=self.quotes(*words), other_readings=tuple(other)
        )

    def _next(self) -> str:
        self._items += 1
        return f"i{self._items}"


def rich_journey() -> Journey:
    """Build 5 phases with 14 steps, every lane, every standing, gaps in the curve, a branch and loops."""
    draft = Draft(
        transcript(MAYA, name="maya.vtt"),
        transcript(OLENA, source_id="s2", name="олена.docx", interviewer="Інтерв’юер"),
    )
    return Journey(
        title="My e-bike is repaired under guarantee",
        actor=Actor(name="Maya", role="commuter"),
        scenario="The battery fails one month before the guarantee ends",
        goal="Ride to work again without paying for a new battery",
        phases=(_notice(draft), _claim(draft), _arrange(draft), _wait(draft), _ride(draft)),
        links=(
            Link(before="p5", after="p5", kind="loop", label="the photo is too large"),
            Link(before="p6", after="p8", kind="branch", label="accepted"),
            Link(before="p6", after="p7", kind="branch", label="if there is no answer for days"),
            Link(before="p11", after="p10", kind="loop", label="nobody knows anything"),
        ),
        sources=draft.sources,
        run=Run(engine="scripted"),
    )


def _notice(draft: Draft) -> Phase:
    dies = Step(
        id="p1",
        title="Battery dies on the way to work",
        kind="start",
        origin=Origin.QUOTED,
        evidence=draft.quotes("The battery died on my way to work", "Акумулятор просто вимкнувся посеред дороги"),
        actions=(draft.item("Pushes the bike to work", "I pushed the bike the last two kilometres"),),
        touchpoints=(draft.touchpoint("Bike display", "device"),),
        emotion=draft.emotion(-1.8, "furious, frightened", "I was furious", "я злякалася"),
        pains=(
            draft.item("Stranded in the rain with no way to ride on", "in the rain, of course"),
            draft.item("Акумулятор вимикається посеред дороги", "Акумулятор просто вимкнувся посеред дороги"),
        ),
        needs=(draft.item("Know at once whether the bike is still safe"),),
    )
    searches = Step(
        id="p2",
        title="Looks up the error code",
        origin=Origin.QUOTED,
        evidence=draft.quotes("I typed the error code E-17 into a search engine"),
        actions=(draft.item("Searches for E-17 and reads a forum", "landed in a forum"),),
        touchpoints=(
            draft.touchpoint("Search engine", "web", "search engine"),
            draft.touchpoint("Owners’ forum", "community", "a forum"),
        ),
        thoughts=(
            draft.item("is this thing even safe to charge?", "is this thing even safe to charge?"),
            draft.item("Nobody official seems to answer there"),
        ),
        pains=(draft.item("Strangers give contradictory advice", "Half the people there said throw it away"),),
        opportunities=(draft.item("Explain every error code on the maker’s own page, with what to do next"),),
    )
    invoice = Step(
        id="p3",
        title="Checks the guarantee",
        origin=Origin.QUOTED,
        evidence=draft.quotes("I dug out the invoice"),
        touchpoints=(draft.touchpoint("Invoice", "paper", "invoice"),),
        emotion=draft.emotion(1, "relieved", "I was so relieved"),
        gains=(draft.item("Still covered, by one month", "Two years, and I was at twenty-three months"),),
    )
    return Phase(id="f1", name="Notice the fault", origin=Origin.INFERRED, steps=(dies, searches, invoice))


def _claim(draft: Draft) -> Phase:
    hotline = Step(
        id="p4",
        title="Calls the hotline",
        origin=Origin.QUOTED,
        evidence=draft.quotes("I called the hotline"),
        touchpoints=(
            draft.touchpoint("Hotline", "phone", "hotline"),
            draft.touchpoint("Link by text message", "SMS", "sent me the link by text message"),
        ),
        emotion=draft.emotion(
            -0.5,
            "impatient",
            "Forty minutes of music",
            other=[EmotionReading(score=1, label="grateful", read_from="words")],
        ),
        pains=(draft.item("Forty minutes on hold, only to be sent elsewhere", "Forty minutes of music"),),
        gains=(draft.item("A kind person at last", "Honestly the lady was lovely"),),
        opportunities=(draft.item("Offer the form before the queue", origin=Origin.USER),),
    )
    form = Step(
        id="p5",
        title="Fills in the claim form",
        origin=Origin.QUOTED,
        evidence=draft.quotes("the upload failed three times", "tried again in the evening"),
        moment_of_truth=True,
        actions=(
            draft.item("Photographs the serial number", "a photo of the serial number"),
            draft.item("Shrinks the photo in another app", "I made the photo smaller in some app"),
        ),
        touchpoints=(draft.touchpoint("Claim form", "website", "the claim form"),),
        thoughts=(draft.item("I could have screamed.", "I could have screamed."),),
        emotion=draft.emotion(-2, "desperate", "I could have screamed"),
        pains=(
            draft.item(
                "The form loses everything when the upload fails",
                "everything I had typed was gone",
                "the upload failed three times",
                counter=["Форма працювала з першого разу, фото завантажилося одразу."],
            ),
        ),
        needs=(draft.item("Keep what was typed, whatever happens to the photo"),),
        opportunities=(draft.item("Shrink photos in the browser; save the draft at every field"),),
        notes=(
            Note(
                id="n1",
                text="Olena’s form worked: newer phone?",
                origin=Origin.USER,
                kind="warning",
                counter=(),
            ),
        ),
    )
    accepted = Step(
        id="p6",
        title="Claim accepted?",
        kind="decision",
        role="the maker’s claims team",
        origin=Origin.QUOTED,
        evidence=draft.quotes("In the end they said yes"),
        emotion=draft.emotion(-1, "left in the dark"),
        needs=(draft.item("See where the claim is", "I need to know where my claim is, not just a number."),),
        lanes=(Lane(title="Backstage", items=(draft.item("Claims are read once a week"),)),),
    )
    goal = "Get the maker to say yes"
    return Phase(id="f2", name="Make the claim", goal=goal, origin=Origin.INFERRED, steps=(hotline, form, accepted))


def _arrange(draft: Draft) -> Phase:
    pleads = Step(id="p7", title="Asks the dealer to press the maker", origin=Origin.INFERRED)
    books = Step(
        id="p8",
        title="Books a repair slot at the corner shop",
        origin=Origin.QUOTED,
        evidence=draft.quotes("booked me in for Thursday"),
        touchpoints=(draft.touchpoint("Tom at the counter", "shop", "Tom at the counter"),),
        thoughts=(draft.item("That was easy, wow.", "That was easy, wow."),),
        emotion=draft.emotion(1.5, "pleasantly surprised", "That was easy, wow"),
        gains=(draft.item("A date on the spot", "booked me in for Thursday, on the spot"),),
    )
    drops = Step(
        id="p9",
        title="Drops off the bike",
        origin=Origin.QUOTED,
        evidence=draft.quotes("I dropped it off before work"),
        touchpoints=(draft.touchpoint("Paper slip", "paper", "a paper slip"),),
        emotion=draft.emotion(0, "neutral"),
    )
    return Phase(id="f3", name="Arrange the repair", origin=Origin.INFERRED, steps=(pleads, books, drops))


def _wait(draft: Draft) -> Phase:
    waits = Step(
        id="p10",
        title="Waits for the spare part",
        origin=Origin.QUOTED,
        evidence=draft.quotes("Я чекала на запчастину три тижні", "No text, no mail, nothing after that"),
        pains=(
            draft.item("Silence after the drop-off", "No text, no mail, nothing after that"),
            draft.item("Three weeks without a bike", "це було дуже довго"),
        ),
        needs=(draft.item("Hear from the shop without asking"),),
        opportunities=(draft.item("One message when the part arrives"),),
    )
    chases = Step(
        id="p11",
        title="Chases the shop for news",
        origin=Origin.QUOTED,
        evidence=draft.quotes("After a week I rang them"),
        touchpoints=(draft.touchpoint("Shop’s phone", "phone", "I rang them"),),
        emotion=draft.emotion(-1.5, "annoyed", "they just had not told me!"),
        pains=(draft.item("The part had been there since Monday", "The part was there since Monday"),),
    )
    return Phase(id="f4", name="Wait", origin=Origin.INFERRED, steps=(waits, chases))


def _ride(draft: Draft) -> Phase:
    collects = Step(
        id="p12",
        title="Collects the bike",
        origin=Origin.QUOTED,
        evidence=draft.quotes("When I picked it up"),
        moment_of_truth=True,
        touchpoints=(draft.touchpoint("Workshop", "shop"),),
        emotion=draft.emotion(2, "delighted", "I grinned all the way home 😀"),
        gains=(draft.item("More done than asked for", "they had cleaned the chain and pumped the tyres"),),
    )
    rides = Step(
        id="p13",
        title="Rides to work again",
        origin=Origin.QUOTED,
        evidence=draft.quotes("I ride it every day"),
        emotion=draft.emotion(1, "content"),
    )
    tells = Step(
        id="p14",
        title="Tells colleagues to keep their invoice",
        kind="end",
        origin=Origin.QUOTED,
        evidence=draft.quotes("I told two colleagues to keep their invoice"),
        touchpoints=(draft.touchpoint("Colleagues", "in person", "two colleagues"),),
    )
    return Phase(id="f5", name="Back on the road", origin=Origin.INFERRED, steps=(collects, rides, tells))


def hostile_journey() -> Journey:
    """Build a journey whose every text is markup, or a word that never ends."""
    endless = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
    draft = Draft(transcript([(HOSTILE, 1, f"{HOSTILE} {endless}")], name=HOSTILE, interviewer=""))
    step = Step(
        id='"]<b>',
        title=HOSTILE,
        role=HOSTILE,
        origin=Origin.QUOTED,
        evidence=draft.quotes(HOSTILE),
        touchpoints=(draft.touchpoint(HOSTILE, HOSTILE, HOSTILE),),
        thoughts=(draft.item(HOSTILE, HOSTILE), draft.item(endless, endless)),
        emotion=draft.emotion(-2, HOSTILE, HOSTILE),
        pains=(draft.item(HOSTILE), draft.item("مرحبا بالعالم"), draft.item("今日は" * 40)),
        lanes=(Lane(title=HOSTILE, items=(draft.item(HOSTILE),)),),
    )
    follow = Step(id="p2", title=endless, origin=Origin.INFERRED)
    return Journey(
        title=HOSTILE,
        phases=(Phase(id="f1", name=HOSTILE, goal=endless, origin=Origin.INFERRED, steps=(step, follow)),),
        links=(Link(before=step.id, after=step.id, kind="loop", label=HOSTILE),),
        sources=draft.sources,
        run=Run(engine="scripted"),
    )


def long_journey(*, phases: int = 8, steps: int = 30, words: int = 2_000) -> Journey:
    """Build many steps with ten items each over a transcript of about so many words, each quoting its own turn."""
    turns = [_long_turn(number) for number in range(max(steps, words // 30))]
    draft = Draft(transcript(turns, name="long.txt"))
    spacing = len(turns) // steps
    drawn = [_long_step(draft, number, turn=f"turn {number * spacing} ") for number in range(steps)]
    cuts = [round(steps * cut / phases) for cut in range(phases + 1)]
    return Journey(
        title="A long journey",
        phases=tuple(
            Phase(id=f"f{at}", name=f"Phase {at}", origin=Origin.INFERRED, steps=tuple(drawn[cuts[at - 1] : cuts[at]]))
            for at in range(1, phases + 1)
        ),
        sources=draft.sources,
        run=Run(engine="scripted"),
    )


def _long_turn(number: int) -> Turn:
    words = " ".join(f"word{number}" for _ in range(28))
    return ("Interviewer" if number % 2 else "Ada", number * 12.0, f"turn {number} {words} 🚲")


def _long_step(draft: Draft, number: int, *, turn: str) -> Step:
    return Step(
        id=f"p{number + 1}",
        title=f"Does the thing that comes as number {number + 1}",
        origin=Origin.QUOTED,
        evidence=draft.quotes(turn),
        actions=tuple(draft.item(f"Action {at} of step {number + 1}", turn) for at in range(3)),
        pains=tuple(draft.item(f"Pain {at} of step {number + 1}", turn) for at in range(4)),
        needs=tuple(draft.item(f"Need {at} of step {number + 1}") for at in range(3)),
        emotion=draft.emotion((number * 7 % 9 - 4) / 2, "so", turn) if number % 4 else None,
    )
