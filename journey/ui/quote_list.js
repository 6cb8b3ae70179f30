// The quotes of one element, one of them being read. Tells the transcript which slices to mark and where to scroll.

const ORIGINS = {
  inferred: entry("Nobody said this in these words: it was inferred."),
  user: entry("Added by hand."),
  quoted: "",
};
const CHANGED = entry("Changed by hand: its words were detached from these quotes, which stay as they were said.");
const GONE = entry("That part of the map is not there any more. Choose another card.");

/** Who said it, when, in which source, and whether the words were found as they were copied. */
function placeOf(quote, sources) {
  const place = el("span", "place");
  if (quote.speaker) place.append(foreign("span", `who t-${quote.tone}`, quote.speaker));
  if (quote.time) place.append(el("span", "time", quote.time));
  if (sources > 1) place.append(foreign("span", "file", quote.source_name));
  if (quote.match) place.append(el("span", "match", quote.match));
  return place;
}

function quoteItem(list, quote, index) {
  const kind = `quote t-${quote.tone}${quote.against ? " against" : ""}`;
  const words = el("span", "said", "“", foreign("span", "", quote.text, quote.language), "”");
  const button = set(el("button", kind), { type: "button" });
  if (quote.against) button.append(el("span", "badge against", picture("against"), say("says the opposite")));
  button.append(words, placeOf(quote, list.sources));
  button.onclick = () => turnTo(list, index);
  return el("li", "", button);
}

function stepButton(words, sign, onClick) {
  const button = set(el("button", "turn-page", picture(sign), unseen(words)), { type: "button", title: words });
  button.onclick = onClick;
  return button;
}

/** Previous and next; at an end the button stays, so that focus does, and does nothing. */
function pager(list) {
  list.previous = stepButton(say("Previous quote"), "previous", () => turnTo(list, list.at - 1));
  list.next = stepButton(say("Next quote"), "next", () => turnTo(list, list.at + 1));
  list.count = el("span", "count");
  return el("div", "pager", list.previous, list.count, list.next);
}

/** On a narrow screen the map lies out of sight above: go back to the card that led here. */
function wayBack(id) {
  const button = stepButton(say("Back to the map"), "up", () => tell("back", id)());
  button.classList.add("back");
  return button;
}

function head(list) {
  const { place, heading, origin, quotes } = list.chosen;
  const words = el("div", "words", el("p", "place", place), foreign("h2", "", heading));
  const made = el("header", "", words);
  if (quotes.length > 1) made.append(pager(list));
  made.append(wayBack(list.chosen.id));
  const isBased = quotes.some((quote) => !quote.against);
  const based = origin === "user" ? CHANGED : "";
  const notes = isBased ? based : ORIGINS[origin];
  return notes ? [made, el("p", "origin", picture(origin), say(notes))] : [made];
}

/** Read one quote: mark it here, have it marked and scrolled to in its source, and say it. */
function read(list, index) {
  const { quotes } = list.chosen;
  if (!quotes[index]) return;
  list.at = index;
  list.items.forEach((item, at) => set(item.firstChild, { "aria-current": at === index && "true" }));
  scrollWithin(list.box, list.items[index]);
  tellSource(list);
  showCount(list);
}

/** Read a quote that the reader asked for, in another source where it stands in one. */
function turnTo(list, index) {
  read(list, index);
  const asked = list.chosen.quotes[list.at].source;
  if (asked !== list.shown) list.ask(asked);
}

function tellSource(list) {
  const quotes = list.chosen?.quotes ?? [];
  const spans = quotes.map(({ source, start, end, against }) => ({ source, start, end, against }));
  list.silence?.();
  list.silence = tell(`${list.topic}:reading`, { source: spans[list.at]?.source, spans, at: list.at });
}

function showCount(list) {
  const { quotes } = list.chosen;
  const { speaker, time, text } = quotes[list.at];
  const said = [speaker, time, text].filter(Boolean).join(", ");
  list.status.textContent = say("Quote {n} of {all}: {said}", { n: list.at + 1, all: quotes.length, said });
  if (!list.count) return;
  list.count.textContent = `${list.at + 1} / ${quotes.length}`;
  set(list.previous, { "aria-disabled": list.at === 0 && "true" });
  set(list.next, { "aria-disabled": list.at === quotes.length - 1 && "true" });
}

/** Scroll a box, and nothing around it, until one of its children is in sight. */
function scrollWithin(box, child) {
  const below = child.offsetTop + child.offsetHeight - box.offsetTop - box.clientHeight;
  const above = child.offsetTop - box.offsetTop;
  if (box.scrollTop > above) box.scrollTop = above;
  else if (box.scrollTop < below) box.scrollTop = below;
}

function draw(list) {
  list.count = null;
  list.items = list.chosen.quotes.map((quote, index) => quoteItem(list, quote, index));
  list.box = set(el("ol", "list", ...list.items), { role: "list" });
  list.status = set(el("p", "unseen"), { role: "status" });
  list.root.replaceChildren(...head(list), list.box, list.status);
}

/** With nothing chosen that has quotes, say what can be. */
function invite(list) {
  const { phases, invitation } = list.known;
  const isGone = list.id && !phases.includes(list.id);
  const words = isGone ? say(GONE) : invitation;
  list.root.replaceChildren(el("h2", "", say("What the map rests on")), el("p", "invitation", words));
}

/** On a narrow screen the panel lies below the map: come into sight when the reader has chosen something. */
function comeIntoSight(root) {
  if (!navigator.userActivation?.hasBeenActive) return;
  const { top } = root.getBoundingClientRect();
  if (top >= 0 && top < window.innerHeight / 2) return;
  root.scrollIntoView({ block: "start", behavior: isCalm() ? "auto" : "smooth" });
}

/** Show what is chosen; chosen again as it was, stay at the quote being read. */
function show(list, id) {
  const chosen = list.known.claims[id] ?? null;
  const content = JSON.stringify([id, chosen, list.known.sources]);
  if (content === list.content) return;
  const isNew = id !== list.id;
  Object.assign(list, { id, chosen, content, at: 0, sources: list.known.sources });
  if (!chosen) {
    invite(list);
    tellSource(list);
    return;
  }
  draw(list);
  if (chosen.quotes.length) read(list, 0);
  else tellSource(list);
  if (isNew) comeIntoSight(list.root);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const list = stateOf(parentElement, () => ({ root: parentElement.querySelector(".quotes"), topic: data.topic, id: null }));
  list.ask = (source) => setTriggerValue("source", source);
  list.known = data;
  show(list, list.id);
  list.ends ??= [
    followChoices((id) => show(list, id)),
    listen(`${data.topic}:shown`, (source) => { list.shown = source; }),
    listen(`${data.topic}:drawn`, () => list.chosen && comeIntoSight(list.root)), // only now is the page long enough
  ];
  return () => {
    list.ends.forEach((end) => end());
    list.ends = null;
    list.silence?.();
  };
}
