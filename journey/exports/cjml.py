"""A journey as CJML 2.0, the XML of the Customer Journey Modelling Language (https://cjml.no).

A step in which the customer meets the service is a communication point, any other an action. CJML has a rating from 1
to 5 for an experience, and no lanes: what stands in ours goes into the comment of the touchpoint, a line for each.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from journey.exports.citations import lanes
from journey.exports.mermaid import score
from journey.exports.office import xml_text
from journey.model import Item, Journey, Step, Touchpoint

PROVIDER = "provider"
"""The id of the one who is met at touchpoints; a journey does not name them."""


def to_cjml(journey: Journey) -> str:
    """Write a journey as CJML."""
    root = Element("CJML", version="2.0")
    drawn = SubElement(root, "actualJourney")
    _add(drawn, "journeyID", "AJ1")
    _add(drawn, "journeyTitle", journey.title)
    phases = SubElement(drawn, "journeyPhases")
    for number, phase in enumerate(journey.phases, start=1):
        entry = SubElement(phases, "journeyPhase", phaseID=f"phase{number}")
        _add(entry, "phaseName", phase.name, blank=f"Phase {number}")
        _add(entry, "phaseDescription", phase.goal or "")
    _add(drawn, "journeyShortSummary", journey.scenario or "")
    _add(drawn, "journeyLongSummary", journey.goal or "")
    actors = _actors(SubElement(drawn, "actors"), journey)
    points = SubElement(drawn, "touchpoints")
    number = 0
    for place, phase in enumerate(journey.phases, start=1):
        for step in phase.steps:
            number += 1
            _add_step(points, step, number=number, phase=f"phase{place}", actor=actors.get(step.role or "", "user"))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _actors(parent: Element, journey: Journey) -> dict[str, str]:
    """Add everyone who acts and return their ids by the role of a step."""
    name = journey.actor.name if journey.actor else "Customer"
    user = SubElement(parent, "endUser", actorID="user")
    _add(user, "actorName", name)
    if journey.actor and journey.actor.role:
        _add(user, "actorRole", journey.actor.role)
    ids = {name: "user"}
    for role in dict.fromkeys(step.role for step in journey.steps() if step.role and step.role not in ids):
        ids[role] = f"actor{len(ids)}"
        _add(SubElement(parent, "serviceProvider", actorID=ids[role]), "companyName", role)
    _add(SubElement(parent, "serviceProvider", actorID=PROVIDER), "companyName", "Service")
    return ids


def _add_step(parent: Element, step: Step, *, number: int, phase: str, actor: str) -> None:
    met = step.touchpoints[0] if step.touchpoints else None
    point = SubElement(parent, "actualCommunicationPoint" if met else "actualAction")
    _add(point, "touchpointID", f"TP{number}")
    SubElement(point, "belongsTo", phaseIDref=phase)
    _add_party(point, "initiator", actor, step.title, blank=f"Step {number}")
    if met:
        _add_party(point, "receiver", PROVIDER, met.text, blank="Service")
        _add(SubElement(point, "channel"), "channelName", met.channel or "", blank="Unknown")
    comment = "\n".join(_comment(step, met))
    if comment:
        _add(point, "comment", comment)
    if step.emotion:
        felt = SubElement(point, "touchpointExperience")
        _add(felt, "experienceDescription", step.emotion.label)
        _add(felt, "experienceRating", str(score(step)))


def _add_party(parent: Element, kind: str, actor: str, label: str, *, blank: str) -> None:
    party = SubElement(parent, kind)
    SubElement(party, "refersTo", actorIDref=actor)
    _add(party, f"{kind}Label", label, blank=blank)


def _comment(step: Step, met: Touchpoint | None) -> list[str]:
    return [f"{lane}: {_line(item)}" for lane, items in lanes(step) for item in items if item is not met]


def _line(item: Item) -> str:
    return " ".join(item.text.split())


def _add(parent: Element, name: str, text: str, *, blank: str = "") -> None:
    """Add an element with these words, or with what it says where they hold nothing that XML can."""
    words = xml_text(text)
    SubElement(parent, name).text = words if words.strip() else blank or words
