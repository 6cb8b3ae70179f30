// The map: a table of lanes by steps where there is room for one, and where there is none a list of phases.

const ROOM_FOR_A_TABLE = 560; // CSS pixels

// Below the map: what the forms mean, and what was not found.

const FORMS = [
  ["quoted", entry("in the source’s own words")],
  ["inferred", entry("inferred, no quote")],
  ["user", entry("added or changed by hand")],
  ["against", entry("quotes against it")],
];

function legend(view) {
  const made = el("p", "legend", ...FORMS.map(([kind, words]) => el("span", `key ${kind}`, picture(kind), say(words))));
  if (view.lanes.some((lane) => lane.key === "emotion")) made.append(el("span", "key gap", el("i"), say("no feeling voiced")));
  const lanes = view.missing.join(", ");
  if (lanes) made.append(el("span", "missing", say("Nothing found for: {lanes}", { lanes })));
  return made;
}

const HINT = entry("Arrow keys move between cards, Enter shows the quotes of one.");
const EDIT_HINT = entry("Alt and an arrow key move what has the focus, F2 renames it, Delete deletes it, Control Z undoes.");

/**
 * Say how tall the heading that stays in place is, so that nothing scrolls to under it. Not as a variable: every card
 * would inherit it, and be styled anew.
 */
function measureHead(map) {
  const head = map.root.querySelector("thead");
  if (head) head.closest(".board").style.scrollPaddingTop = `${head.getBoundingClientRect().height + 12}px`;
}

/** Put what was drawn in the place of what stands; the same kind of map is only changed where it differs. */
function replaceDrawing(map, kind, parts) {
  if (map.kind !== kind) map.frame.replaceChildren(...parts);
  else patchChildren(map.frame, el("div", "", ...parts));
  map.kind = kind;
  return map.frame.querySelector(".board, .stack");
}

/** Draw the map anew, with what has the focus, is chosen and is in sight as it was. */
function draw(map) {
  letGo(map);
  map.shown = arranged(map.view, map.arrangement);
  const focused = map.focusNext ?? map.root.getRootNode().activeElement?.dataset?.id;
  map.focusNext = null;
  const drawn = map.isWide ? asTable(map.shown) : asStack(map.shown);
  drawn.style.setProperty("--zoom", map.isWide ? map.arrangement.zoom : 1);
  drawn.classList.toggle("tight", map.isWide && map.arrangement.isTight);
  map.root.classList.toggle("editable", map.isEditable && !map.isPresenting);
  const parts = [drawn, legend(map.shown), ...(map.isPresenting ? [leaveButton(map)] : [])];
  const board = replaceDrawing(map, map.isWide ? "board" : "stack", parts);
  board.onscroll?.({ currentTarget: board }); // the drawing knows nothing of how far the one before was scrolled
  measureHead(map);
  becomeReachable(map, board);
  showSelected(map, map.selected);
  map.tools.update();
  keepFocus(map, focused);
}

function keepFocus(map, id) {
  const button = id && buttonOf(map, id);
  if (!button || button === map.root.getRootNode().activeElement) return;
  button.focus({ preventScroll: true });
  reveal(button);
}

function becomeReachable(map, board) {
  const lanes = map.shown.lanes.map((lane) => lane.key);
  map.ranks = new Map(["step", ...lanes].map((lane, rank) => [lane, rank]));
  map.columns = buttonsByStep(board);
  map.bands = [...board.querySelectorAll(".phase-band")];
  map.reachable = null;
  makeReachable(map, map.columns[0]?.[0] ?? map.bands[0]);
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
  const plus = event.target.closest("button.plus");
  if (plus) return onPlus(map, plus);
  const chosen = event.target.closest("button[data-id]");
  if (!chosen || map.isDropping) return;
  choose(chosen.dataset.id);
}

function onFocus(map, event) {
  const button = event.target.closest("button[data-id]");
  if (button) makeReachable(map, button);
}

function onDoubleClick(map, event) {
  const button = event.target.closest("button[data-id]");
  if (button) rename(map, button);
}

/** Lay out what stays: the tools above the map, the frame that is drawn anew, the line of what was done. */
function furnish(map) {
  map.frame = el("div", "frame");
  map.tools = tools(map);
  const hint = el("p", "unseen", map.isEditable ? `${say(HINT)} ${say(EDIT_HINT)}` : say(HINT));
  map.root.replaceChildren(hint, map.tools, map.frame, toldLine(map));
}

function begin(parent, { topic, editable }) {
  const root = parent.querySelector(".map");
  const map = { root, topic, isEditable: editable, selected: null, isWide: root.clientWidth >= ROOM_FOR_A_TABLE };
  Object.assign(map, { asked: [], arrangement: keptArrangement(topic) });
  furnish(map);
  root.addEventListener("keydown", (event) => onKey(map, event));
  root.addEventListener("focusin", (event) => onFocus(map, event));
  root.addEventListener("click", (event) => onClick(map, event));
  root.addEventListener("dblclick", (event) => onDoubleClick(map, event));
  const selected = followChoices((id) => showSelected(map, id), (choice) => map.pass(choice));
  const answers = listen(`${topic}:answer`, (answer) => onAnswer(map, answer));
  map.ends = [watchWidth(map), watchPointer(map), watchPresenting(map), selected, answers, listen("back", (id) => goTo(map, id))];
  return map;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const map = stateOf(parentElement, () => begin(parentElement, data));
  map.pass = (choice) => setTriggerValue("chosen", choice);
  map.edit = (edit) => setTriggerValue("edited", edit);
  map.tellPresents = (isOn) => setTriggerValue("presents", { on: isOn });
  map.revision = data.revision;
  const content = JSON.stringify(data.view);
  if (content !== map.content) {
    map.content = content;
    map.view = data.view;
    draw(map);
  }
  if (data.presents !== map.wasPresenting) {
    map.wasPresenting = data.presents;
    present(map, data.presents, { isTold: false });
  }
  settle(map);
  return () => map.ends.forEach((end) => end());
}
