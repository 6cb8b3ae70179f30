// A source, turn by turn. Drawn once; told which slices to mark and which of them to scroll to, and what rests on it.

const INVITATION = entry("Choose a sentence to see which cards rest on it.");

function turnItem([start, text, speaker, tone, time, passage, weight], language) {
  const words = foreign("p", "words", text, language);
  const item = el("li", `turn t-${tone}${speaker ? "" : " unnamed"}`);
  if (speaker || time) item.append(el("p", "label", foreign("span", "who", speaker), " ", el("span", "time", time)));
  item.append(words);
  return { start, text, words, item, passage, weight };
}

function hear(view, { source, spans, at }) {
  if (source !== view.source) return mark(view, [], null);
  const current = spans[at];
  mark(view, spans.filter((span) => span.source === source), current);
  if (view.isOnlyUnused) showOnlyUnused(view, false); // the marked turn would be out of sight
  const target = view.box.querySelector("mark[aria-current]");
  if (target) scrollTo(view, target);
}

function hearUses(view, { source, uses, linked, steps, lanes }) {
  if (source !== view.source) return;
  Object.assign(view, { uses, linked, steps, lanes });
  markUnused(view);
  if (view.isOnlyUnused) showOnlyUnused(view, true);
  showPicked(view);
}

function draw(view, { name, turns, language }) {
  view.turns = turns.map((turn) => turnItem(turn, language));
  Object.assign(view, { language, marks: new Map(), picked: null, pickedTurn: null, uses: [], linked: [], steps: [], lanes: [] });
  view.byItem = new Map(view.turns.map((turn) => [turn.item, turn]));
  view.list = set(el("ol", "turns", ...view.turns.map(({ item }) => item)), { role: "list" });
  view.box = set(el("div", "scroll", view.list), {
    tabindex: "0",
    role: "region",
    "aria-label": say("Transcript {name}: Enter chooses a sentence, left and right arrow the ones beside it", { name }),
  });
  view.filter = set(el("button", "filter"), { type: "button", "aria-pressed": "false" });
  view.filter.onclick = () => showOnlyUnused(view, !view.isOnlyUnused);
  view.below = set(el("div", "reading", el("p", "facts", say(INVITATION))), { "aria-live": "polite" });
  view.root.replaceChildren(el("div", "bar", foreign("h3", "file", name), view.filter), view.box, view.below);
  view.box.addEventListener("pointerover", (event) => {
    const turn = view.byItem.get(event.target.closest(".turn"));
    if (turn) cutUp(view, turn);
  });
  view.box.addEventListener("click", (event) => onTurnClick(view, event));
  view.box.addEventListener("keydown", (event) => onTurnKey(view, event));
}

function listenAll(view, topic) {
  return [
    tell(`${topic}:drawn`, view.source),
    listen(`${topic}:reading`, (message) => hear(view, message)),
    listen(`${topic}:uses`, (message) => hearUses(view, message)),
  ];
}

export default function ({ data, parentElement, setTriggerValue }) {
  const view = stateOf(parentElement, () => ({ root: parentElement.querySelector(".transcript") }));
  view.make = ({ passage, start, end, step, lane }) =>
    setTriggerValue("card", { source: view.source, passage, start, end, step, lane });
  if (view.source !== data.source) {
    view.source = data.source;
    view.ends?.forEach((end) => end());
    draw(view, data);
    view.ends = listenAll(view, data.topic);
  }
  return () => view.ends.forEach((end) => end());
}
