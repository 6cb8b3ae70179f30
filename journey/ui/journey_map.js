// The map: a table of lanes by steps where there is room for one, and where there is none a list of phases.

const ROOM_FOR_A_TABLE = 560; // CSS pixels

// Below the map: what the forms mean, and what was not found.

const FORMS = [
  ["quoted", "in the source’s own words"],
  ["inferred", "inferred, no quote"],
  ["user", "added or changed by hand"],
  ["against", "quotes against it"],
];

function legend(view) {
  const made = el("p", "legend", ...FORMS.map(([kind, words]) => el("span", `key ${kind}`, picture(kind), words)));
  const missing = view.missing.map((title) => (title === "Emotion" ? "Emotion (nobody voiced a feeling)" : title));
  if (view.lanes.some((lane) => lane.key === "emotion")) made.append(el("span", "key gap", el("i"), "no feeling voiced"));
  if (missing.length) made.append(el("span", "missing", `Nothing found for: ${missing.join(", ")}`));
  return made;
}

/** Say how tall the heading that stays in place is, so that nothing scrolls to under it. */
function measureHead(map) {
  const head = map.root.querySelector("thead");
  if (head) head.closest(".board").style.setProperty("--head", `${head.offsetHeight}px`);
}

function draw(map) {
  const { view } = map;
  const focused = map.root.getRootNode().activeElement?.dataset?.id;
  const board = map.isWide ? asTable(view) : asStack(view);
  const hint = el("p", "unseen", "Arrow keys move between cards, Enter shows the quotes of one.");
  map.root.replaceChildren(hint, board, legend(view));
  measureHead(map);
  map.ranks = new Map(["step", ...view.lanes.map((lane) => lane.key)].map((lane, rank) => [lane, rank]));
  map.columns = buttonsByStep(board);
  map.reachable = null;
  makeReachable(map, map.columns[0]?.[0]);
  showSelected(map, map.selected);
  if (focused) buttonOf(map, focused)?.focus();
}

/** Draw anew when there is room for a table and was none, or the other way round. */
function watchWidth(map) {
  const observer = new ResizeObserver(([{ contentRect }]) => {
    measureHead(map);
    const isWide = contentRect.width >= ROOM_FOR_A_TABLE;
    if (isWide === map.isWide || !map.view) return;
    map.isWide = isWide;
    draw(map);
  });
  observer.observe(map.root);
  return () => observer.disconnect();
}

function onClick(map, event) {
  const chosen = event.target.closest("button[data-id]");
  if (!chosen) return;
  showSelected(map, chosen.dataset.id);
  map.choose(chosen.dataset.id);
}

function onFocus(map, event) {
  const button = event.target.closest("button[data-id]");
  if (button) makeReachable(map, button);
}

function begin(parent, topic) {
  const root = parent.querySelector(".map");
  const map = { root, selected: null, isWide: root.clientWidth >= ROOM_FOR_A_TABLE };
  root.addEventListener("keydown", (event) => onKey(map, event));
  root.addEventListener("focusin", (event) => onFocus(map, event));
  root.addEventListener("click", (event) => onClick(map, event));
  const selected = listen(`${topic}:selected`, (id) => showSelected(map, id));
  map.ends = [watchWidth(map), selected, listen("back", (id) => goTo(map, id))];
  return map;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const map = stateOf(parentElement, () => begin(parentElement, data.topic));
  map.choose = (id) => setTriggerValue("chosen", id);
  const content = JSON.stringify(data.view);
  if (content !== map.content) {
    map.content = content;
    map.view = data.view;
    draw(map);
  }
  return () => map.ends.forEach((end) => end());
}
