// Above the map: what to show of it, how large, in which order of lanes, and the way to the presentation.

const LEGIBLE = 0.6;
const ZOOMS = [0.2, 0.3, 0.4, 0.5, 0.67, 0.8, 0.9, 1, 1.15, 1.3, 1.5];

function tool(words, sign, onClick, { hides = false } = {}) {
  const button = set(el("button", "tool", picture(sign), hides ? unseen(words) : words), { type: "button" });
  if (hides) set(button, { title: words });
  button.onclick = onClick;
  return button;
}

function toggle(map, words, sign, name) {
  const button = tool(words, sign, () => arrange(map, { [name]: !map.arrangement[name] }));
  button.update = () => set(button, { "aria-pressed": String(map.arrangement[name]) });
  return button;
}

/** Whose words the cards must rest on. */
function peopleFilter(map) {
  const field = set(el("select", "tool"), { "aria-label": say("Whose words") });
  field.onchange = () => arrange(map, { who: field.value });
  field.update = () => {
    const people = map.view.people;
    const options = [["", say("Everyone")], ...people.map((name) => [name, name])];
    field.replaceChildren(...options.map(([value, words]) => set(el("option", "", words), { value })));
    if (!people.includes(map.arrangement.who)) map.arrangement.who = "";
    field.value = map.arrangement.who;
    field.hidden = people.length < 2;
  };
  return field;
}

/** The factor at which the whole breadth of the map is in sight, with the columns as wide as they are. */
function fittingZoom(board) {
  const breadth = Number.parseFloat(getComputedStyle(board.querySelector("table")).minWidth);
  return Math.max(0.1, Math.min(1, Math.floor((board.clientWidth / breadth) * 1000) / 1000));
}

/** Bring the whole breadth into sight; where that makes it small, with columns as narrow as they can be. */
function fit(map) {
  map.arrangement.isTight = false;
  const board = map.root.querySelector(".board");
  board.classList.remove("tight");
  const zoom = fittingZoom(board);
  if (zoom > LEGIBLE) return arrange(map, { zoom });
  board.classList.add("tight");
  arrange(map, { zoom: fittingZoom(board), isTight: true });
}

function zoomBy(map, steps) {
  const now = map.arrangement.zoom;
  const next = steps > 0 ? ZOOMS.find((zoom) => zoom > now + 0.01) : ZOOMS.findLast((zoom) => zoom < now - 0.01);
  arrange(map, { zoom: next ?? now, isTight: map.arrangement.isTight && now < LEGIBLE });
}

function zoomTools(map) {
  const shown = tool("", "full", () => arrange(map, { zoom: 1, isTight: false }));
  const tools = [
    tool(say("Smaller"), "smaller", () => zoomBy(map, -1), { hides: true }),
    shown,
    tool(say("Larger"), "larger", () => zoomBy(map, 1), { hides: true }),
    tool(say("Fit"), "fit", () => fit(map)),
  ];
  const group = set(el("div", "zoom", ...tools), { role: "group", "aria-label": say("Zoom") });
  group.update = () => {
    const percent = `${Math.round(map.arrangement.zoom * 100)} %`;
    shown.replaceChildren(el("span", "percent", percent));
    set(shown, { "aria-label": say("Zoom, now {percent}: back to 100 %", { percent }) });
    group.hidden = !map.isWide;
  };
  return group;
}

// The list of lanes: which are shown, and in which order.

function laneRowOf(map, lane, at, lanes) {
  const { hidden } = map.arrangement;
  const box = set(el("input"), { type: "checkbox" });
  box.checked = !hidden.includes(lane.key);
  box.onchange = () => {
    const others = hidden.filter((key) => key !== lane.key);
    arrange(map, { hidden: box.checked ? others : [...others, lane.key] });
  };
  const move = (words, sign, to) => {
    const button = tool(words, sign, () => moveLane(map, lanes, at, to), { hides: true });
    button.dataset.move = `${sign} ${lane.key}`;
    return set(button, { disabled: to < 0 || to >= lanes.length });
  };
  const name = el("label", `t-${lane.tone}`, box, picture(lane.key), foreign("span", "", lane.title));
  const raise = move(say("Raise {lane}", { lane: lane.title }), "up", at - 1);
  return el("li", "", name, raise, move(say("Lower {lane}", { lane: lane.title }), "down", at + 1));
}

function moveLane(map, lanes, from, to) {
  const order = lanes.map((lane) => lane.key);
  order.splice(to, 0, ...order.splice(from, 1));
  const asked = map.root.getRootNode().activeElement?.dataset?.move;
  arrange(map, { order });
  const again = asked && map.root.querySelector(`button[data-move="${CSS.escape(asked)}"]`);
  if (again?.disabled) again.parentElement.querySelector("button:not(:disabled)")?.focus();
  else again?.focus();
}

function laneTools(map) {
  const list = el("ul", "lane-list");
  const whole = tool(say("Show all lanes as they were"), "loop", () => arrange(map, { hidden: [], order: [] }));
  const panel = set(el("div", "panel", list, whole), { hidden: true });
  const opener = tool(say("Lanes"), "lanes", () => open(panel.hidden));
  const open = (isOpen) => {
    panel.hidden = !isOpen;
    set(opener, { "aria-expanded": String(isOpen) });
  };
  open(false);
  const group = el("div", "lane-tools", opener, panel);
  group.onkeydown = (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    open(false);
    opener.focus();
  };
  group.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !group.contains(event.relatedTarget)) open(false);
  });
  group.update = () => {
    const lanes = orderedLanes(map.view, map.arrangement);
    const box = map.root.getRootNode().activeElement?.matches?.("input") && focusedRow(list);
    list.replaceChildren(...lanes.map((lane, at) => laneRowOf(map, lane, at, lanes)));
    if (box >= 0) list.children[box]?.querySelector("input").focus();
  };
  return group;
}

const focusedRow = (list) => [...list.children].findIndex((row) => row.matches(":focus-within"));

const shownInWords = (some, all) =>
  sayMany("Showing {some} of {n} card.", "Showing {some} of {n} cards.", all, { some });

/** What is left out of sight, in words, with the way back to all of it. */
function leftOut(map) {
  const words = set(el("span"), { role: "status" });
  const all = tool(say("Show all"), "full", () => arrange(map, { evidence: false, pains: false, who: "", hidden: [] }));
  const line = el("p", "left-out", words, all);
  line.update = () => {
    const [all_, some] = [countCards(map.view), countCards(map.shown)];
    const lanes = map.arrangement.hidden.length;
    const isWhole = !isFiltered(map.arrangement) && !lanes;
    words.textContent = isWhole ? "" : shownInWords(some, all_);
    line.hidden = isWhole;
  };
  return line;
}

function tools(map) {
  map.presenter = tool(say("Present"), "present", () => present(map, true));
  const parts = [
    toggle(map, say("With evidence"), "quoted", "evidence"),
    toggle(map, say("Pains"), "pains", "pains"),
    peopleFilter(map),
    laneTools(map),
    zoomTools(map),
    map.presenter,
    ...(map.isEditable ? [keysHelp()] : []),
    leftOut(map),
  ];
  const bar = set(el("div", "tools", ...parts), { role: "group", "aria-label": say("What the map shows") });
  bar.update = () => parts.forEach((part) => part.update?.());
  return bar;
}
