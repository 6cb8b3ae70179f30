"""CJML, the XML of the Customer Journey Modelling Language (https://cjml.no), versions 1 and 2, actual or planned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

from journey.errors import JourneyFileError
from journey.exports.citations import LANE_TITLES
from journey.imports.draft import Claim, MapDraft, PhaseDraft, StepDraft
from journey.imports.feelings import Scale, in_words, read_feeling
from journey.imports.vocabulary import lane_of

_JOURNEYS = ("actualJourney", "plannedJourney")
_POINTS = ("actualCommunicationPoint", "plannedCommunicationPoint", "actualAction", "plannedAction")
_UNKNOWN_CHANNELS = {"", "unknown", "other"}
_LANE = re.compile(r"^(?P<lane>[^:]{1,60}):\s+(?P<text>.+)$")
_RATING = Scale(1, 5)


def looks_like_cjml(content: bytes) -> bool:
    """Whether content is XML that begins as CJML does."""
    return re.search(rb"<(?:\w+:)?CJML[\s>]", content[:4096]) is not None


def read_cjml(content: bytes) -> MapDraft:
    """Read the first journey of a CJML file.

    Raises:
        JourneyFileError: it is damaged, or holds no journey.
    """
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as exc:
        raise JourneyFileError("This CJML file is damaged: it is not well-formed XML.") from exc
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    journeys = [element for element in root.iter() if element.tag in _JOURNEYS]
    if not journeys:
        raise JourneyFileError("This CJML file holds no journey: neither an actualJourney nor a plannedJourney.")
    return _Reading(journeys[0], others=len(journeys) - 1).draft


class _Reading:
    def __init__(self, journey: Element, *, others: int) -> None:
        self._names = dict(_actors(journey))
        user = journey.find("actors/endUser")
        self._user = user.get("actorID", "") if user is not None else ""
        self.draft = MapDraft(
            title=_text(journey, "journeyTitle") or _text(journey, "journeyID"),
            actor=self._names.get(self._user, ""),
            role=_text(user, "actorRole") if user is not None else "",
            scenario=_text(journey, "journeyShortSummary"),
            goal=_text(journey, "journeyLongSummary"),
        )
        self._phases = dict(self._named_phases(journey))
        for point in journey.iterfind("touchpoints/*"):
            if point.tag in _POINTS:
                self._take(point)
        self.draft.phases += [phase for phase in self._phases.values() if not phase.steps]
        if others:
            self.draft.warnings.append(f"The file holds {others + 1} journeys, and the first was taken.")

    def _named_phases(self, journey: Element) -> Iterator[tuple[str, PhaseDraft]]:
        for phase in journey.iterfind("journeyPhases/journeyPhase"):
            name = _text(phase, "phaseName") or phase.get("phaseID", "").strip()
            yield phase.get("phaseID", "").strip(), PhaseDraft(name, goal=_text(phase, "phaseDescription"))

    def _take(self, point: Element) -> None:
        """Put a touchpoint into its phase; one that returns to an earlier phase begins that phase anew."""
        belongs = point.find("belongsTo")
        key = belongs.get("phaseIDref", "").strip() if belongs is not None else ""
        phases = self.draft.phases
        known = self._phases.setdefault(key, PhaseDraft(key or "Journey"))
        if not phases or (phases[-1] is not known and phases[-1].name != known.name):
            phases.append(PhaseDraft(known.name, goal=known.goal) if known in phases else known)
        phases[-1].steps.append(self._step(point))

    def _step(self, point: Element) -> StepDraft:
        step = StepDraft(Claim(_text(point, "initiator/initiatorLabel") or _text(point, "touchpointID")))
        who = _party(point, "initiator")
        step.role = "" if who == self._user else self._names.get(who, who)
        self._add_meeting(step, point)
        for line in _text(point, "comment", lines=True).splitlines():
            _add_comment(step, line)
        rating = read_feeling(_text(point, "touchpointExperience/experienceRating"), _RATING)
        described = _text(point, "touchpointExperience/experienceDescription")
        if rating is not None:
            step.score, step.feeling = rating[0], Claim(described or in_words(rating[0]))
        elif described:
            step.add("Experience", Claim(described))
        return step

    def _add_meeting(self, step: StepDraft, point: Element) -> None:
        """Add what the customer met: what the receiver does, and through which channel."""
        channel = _text(point, "channel/channelName") or _text(point, "channel")
        channel = "" if channel.casefold() in _UNKNOWN_CHANNELS else channel
        label = _text(point, "receiver/receiverLabel")
        receiver = self._names.get(_party(point, "receiver"), "")
        if label or channel or receiver:
            step.add(LANE_TITLES["touchpoints"], Claim(label or receiver or channel, channel=channel))


def _actors(journey: Element) -> Iterator[tuple[str, str]]:
    for actor in journey.iterfind("actors/*"):
        named = _text(actor, "actorName") or _text(actor, "companyName")
        yield actor.get("actorID", ""), named or actor.get("actorID", "")


def _party(point: Element, kind: str) -> str:
    refers = point.find(f"{kind}/refersTo")
    return refers.get("actorIDref", "") if refers is not None else ""


def _add_comment(step: StepDraft, line: str) -> None:
    """Read a line of a comment as an entry of a lane, where it begins with one's name as our own export writes it."""
    found = _LANE.match(line.strip())
    if found:
        title = LANE_TITLES.get(lane_of(found["lane"]) or "", found["lane"])
        step.add(title, Claim(found["text"]))
    elif line.strip():
        step.add(LANE_TITLES["notes"], Claim(line.strip()))


def _text(element: Element, path: str, *, lines: bool = False) -> str:
    text = element.findtext(path) or ""
    return text.strip() if lines else " ".join(text.split())
