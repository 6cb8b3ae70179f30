// The map: a table of lanes by steps where there is room for one, and where there is none a list of phases.
// A real table, because a screen reader then says phase, step and lane of every cell, and a copy of it pastes as one.

const ROOM_FOR_A_TABLE = 640; // CSS pixels, as is all below
const A3 = 1500; // the width of a printed sheet, landscape
const [NAMES, COLUMN] = [136, 150]; // what lane names and one step need in print
const MARGIN = 16; // between a card that was scrolled to and the edge

/** The text of a card; words that somebody said wear quotation marks, words that nobody said never do. */
function cardText(card, lane) {
  const isSpeech = lane === "thoughts" && card.said;
  const words = foreign("span", "text", card.text);
  if (isSpeech) words.prepend("“"), words.append("”");
  return words;
}

function badge(kind, words) {
  return el("span", `badge ${kind}`, picture(kind), words);
}

/** What a card rests on, in words; its form says the same. */
function badges(standing) {
  const shown = el("span", "badges");
  const people = standing.speakers > 1 ? ` · ${standing.speakers} people` : "";
  if (standing.quotes) shown.append(badge("quoted", counted(standing.quotes, "quote", "quotes") + people));
  if (standing.origin === "inferred") shown.append(badge("inferred", "inferred"));
  if (standing.origin === "user") shown.append(badge("user", "added by hand"));
  if (standing.counter) shown.append(badge("against", `${standing.counter} against`));
  return shown;
}

const formOf = (standing) => `${standing.origin}${standing.counter ? " contradicted" : ""}`;

/** A button that can be chosen; `lane` is its row when moving by arrow keys. */
function choice(kind, id, lane, ...children) {
  const button = set(el("button", kind, ...children), { type: "button", tabindex: "-1" });
  button.dataset.id = id;
  button.dataset.lane = lane;
  return button;
}

function cardOf(card, lane) {
  const head = el("span", "head");
  if (card.sign) head.append(picture(card.sign));
  head.append(cardText(card, lane.key));
  const made = choice(`card ${lane.key} t-${lane.tone} ${formOf(card.standing)}`, card.id, lane.key, head);
  const below = badges(card.standing);
  if (card.channel) below.prepend(foreign("span", "channel", card.channel));
  made.append(below);
  return made;
}

function cardList(step, lane) {
  const list = set(el("ul", "cards"), { role: "list" });
  list.append(...(step.cells[lane.key] ?? []).map((card) => el("li", "", cardOf(card, lane))));
  return list;
}

const KINDS = { start: "Start", end: "End", decision: "Decision" };

/** The sign of a step on the line: a numbered circle, a diamond for a decision, a flag at the end. */
function station(step) {
  const sign = el("span", `station ${step.kind}`, el("span", "number", String(step.number)));
  if (step.kind in KINDS) sign.append(el("span", "kind", KINDS[step.kind]));
  return sign;
}

/** Where a step leads besides the next one: by number to the eye, which sees the stations, by title to the ear. */
function wayOf(way) {
  const goes = way.kind === "loop" ? "back to" : "goes to";
  const words = el("span", "", `${goes} `, el("b", "", String(way.number)), unseen(` ${way.title}`));
  if (way.condition) words.append(" if ", foreign("em", "", way.condition));
  return set(el("span", "way", picture(way.kind === "loop" ? "loop" : "branch"), words), { title: way.title });
}

function stepCard(step) {
  const title = el("span", "title", foreign("span", "", step.title));
  const made = choice(`step ${step.kind} ${formOf(step.standing)}`, step.id, "step", station(step), title);
  if (step.moment_of_truth) made.append(el("span", "truth", picture("truth"), "moment of truth"));
  if (step.role) made.append(el("span", "role", "by ", foreign("span", "", step.role)));
  made.append(badges(step.standing), ...step.ways.map(wayOf));
  return made;
}

// The curve: each cell draws its own part, so that it needs no measuring, prints, and stops at a gap by itself.

const height = (score) => 50 - score * 13; // percent of the lane from above

function face(score) {
  const mouth = `M8 ${15.5 - score * 0.7}Q12 ${15.5 + score * 2.2} 16 ${15.5 - score * 0.7}`;
  const shapes = [svg("circle", { cx: 12, cy: 12, r: 10.5 }), svg("path", { d: mouth })];
  const eyes = [9, 15].map((x) => svg("circle", { class: "eye", cx: x, cy: 9.8, r: 1.1 }));
  return svg("svg", { class: "face", viewBox: "0 0 24 24", "aria-hidden": "true" }, ...shapes, ...eyes);
}

const mood = (score) => (score >= 0.5 ? "good" : score <= -0.5 ? "bad" : "even");

/** A point of the curve; its words stand above a peak and below a valley, where no line passes. */
function point(feeling, before, after) {
  const around = [before, after].filter(Boolean).map((other) => other.score);
  const isPeak = around.length ? around.every((other) => other <= feeling.score) : feeling.score >= 0;
  const label = el("span", "label", foreign("span", "", feeling.label));
  const score = `, feeling ${feeling.words} (${feeling.score} of 2)`;
  const kind = `point ${mood(feeling.score)} ${isPeak ? "peak" : "valley"} ${formOf(feeling.standing)}`;
  const made = choice(kind, feeling.id, "emotion", face(feeling.score), label, unseen(score));
  if (feeling.standing.origin !== "quoted") label.append(badges(feeling.standing));
  made.title = `${feeling.label}${score}`;
  made.style.setProperty("--y", `${height(feeling.score)}%`);
  return made;
}

/** Half of the curve from one point to its neighbour: this cell's share of it, up to the edge between the two. */
function halfCurve(own, other, side) {
  const [a, b] = [height(own.score), height(other.score)];
  const x = (share) => 50 + side * share;
  return { curve: `C${x(25)} ${a} ${x(37.5)} ${(3 * a + b) / 4} ${x(50)} ${(a + b) / 2}`, edge: x(50) };
}

function curve(feeling, before, after) {
  const drawn = svg("svg", { class: "curve", viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" });
  const start = `M50 ${height(feeling.score)}`;
  const neighbours = [[before, -1], [after, 1]].filter(([other]) => other);
  for (const [other, side] of neighbours) {
    const { curve: path, edge } = halfCurve(feeling, other, side);
    drawn.append(svg("path", { class: "area", d: `${start}${path}L${edge} 50L50 50Z` }), svg("path", { class: "line", d: start + path }));
  }
  return drawn;
}

function feelingCell(steps, index) {
  const { feeling } = steps[index];
  if (!feeling) return el("td", "feeling gap", el("span", "", "not voiced"));
  const [before, after] = [steps[index - 1]?.feeling, steps[index + 1]?.feeling];
  return el("td", "feeling", curve(feeling, before, after), point(feeling, before, after));
}

/** The colours of the curve, from good above to bad below; the parts in the cells refer to them. */
function curveColours() {
  const stops = () => ["good", "even", "bad"].map((kind, at) => svg("stop", { class: kind, offset: at / 2 }));
  const from = { gradientUnits: "userSpaceOnUse", x1: 0, y1: 24, x2: 0, y2: 76 };
  return svg("svg", { class: "unseen", "aria-hidden": "true" }, svg("linearGradient", { id: "mood", ...from }, ...stops()));
}

function phaseHead(phase, number) {
  const name = el("span", "name", el("span", "number", String(number)), foreign("span", "", phase.name));
  const head = el("span", "stay", name);
  if (phase.goal) head.append(foreign("span", "goal", phase.goal));
  return set(el("th", "phase first", head), { scope: "colgroup", colspan: phase.steps.length });
}

function laneHead(lane) {
  const head = el("th", `lane t-${lane.tone}`, el("span", "name", picture(lane.key), foreign("span", "", lane.title)));
  if (lane.key === "emotion") head.append(scale());
  return set(head, { scope: "row" });
}

function scale() {
  const marks = [[2, "very good"], [0, "neutral"], [-2, "very bad"]];
  const drawn = set(el("span", "scale"), { "aria-hidden": "true" });
  for (const [score, words] of marks) {
    const mark = el("span", "", words);
    mark.style.setProperty("--y", `${height(score)}%`);
    drawn.append(mark);
  }
  return drawn;
}

/** Steps in order, each with whether it opens a phase. */
const stepsOf = (view) => view.phases.flatMap((phase) => phase.steps);
const opening = (view) => new Set(view.phases.map((phase) => phase.steps[0].id));

function tableHead(view) {
  const corner = set(el("td", "corner"), { rowspan: 2 });
  const first = opening(view);
  const steps = stepsOf(view).map((step) => {
    const kind = first.has(step.id) ? "column first" : "column";
    return set(el("th", kind, stepCard(step)), { scope: "col", "data-step": step.number });
  });
  return el("thead", "", el("tr", "", corner, ...view.phases.map((phase, at) => phaseHead(phase, at + 1))), el("tr", "", ...steps));
}

function laneRow(view, lane) {
  const [steps, first] = [stepsOf(view), opening(view)];
  const cells = steps.map((step, index) => {
    const cell = lane.key === "emotion" ? feelingCell(steps, index) : el("td", "", cardList(step, lane));
    if (first.has(step.id)) cell.classList.add("first");
    return set(cell, { "data-step": step.number });
  });
  return el("tr", `row-${lane.key}`, laneHead(lane), ...cells);
}

function columns(view) {
  const groups = view.phases.map((phase) => set(el("colgroup"), { span: phase.steps.length }));
  return [el("colgroup", "lanes"), ...groups];
}

function asTable(view) {
  const summary = `Journey map of ${counted(view.phases.length, "phase", "phases")} and ${counted(stepsOf(view).length, "step", "steps")}: ${view.title}`;
  const caption = el("caption", "unseen", summary);
  const table = el("table", "", caption, ...columns(view), tableHead(view), el("tbody", "", ...view.lanes.map((lane) => laneRow(view, lane))));
  const count = stepsOf(view).length;
  table.style.setProperty("--steps", count);
  table.style.setProperty("--print-zoom", Math.min(1, A3 / (NAMES + count * COLUMN)).toFixed(2));
  const board = el("div", "board", curveColours(), table);
  board.onscroll = () => board.classList.toggle("moved", board.scrollLeft > 0);
  return board;
}

// Where there is no room for a table: phase after phase, step after step.

function stackedFeeling(step) {
  if (!step.feeling) return el("p", "gap", "not voiced");
  return point(step.feeling);
}

function stackedLane(step, lane) {
  const content = lane.key === "emotion" ? stackedFeeling(step) : cardList(step, lane);
  return el("div", `strip t-${lane.tone}`, el("h4", "", picture(lane.key), foreign("span", "", lane.title)), content);
}

function stackedStep(step, lanes) {
  const filled = lanes.filter((lane) => lane.key === "emotion" || step.cells[lane.key]);
  const name = el("h3", "unseen", `Step ${step.number}: ${step.title}`);
  const stop = el("article", "stop", name, stepCard(step), ...filled.map((lane) => stackedLane(step, lane)));
  return set(stop, { "data-step": step.number });
}

function stackedPhase(phase, number, lanes) {
  const head = el("h2", "phase", el("span", "number", String(number)), foreign("span", "", phase.name));
  const section = el("section", "", head);
  if (phase.goal) section.append(foreign("p", "goal", phase.goal));
  section.append(...phase.steps.map((step) => stackedStep(step, lanes)));
  return section;
}

function asStack(view) {
  return el("div", "stack", ...view.phases.map((phase, at) => stackedPhase(phase, at + 1, view.lanes)));
}

// Below the map: what the forms mean, and what was not found.

const FORMS = [
  ["quoted", "in the source’s own words"],
  ["inferred", "inferred, no quote"],
  ["user", "added by hand"],
  ["against", "quotes against it"],
];

function legend(view) {
  const made = el("p", "legend", ...FORMS.map(([kind, words]) => el("span", `key ${kind}`, picture(kind), words)));
  const missing = view.missing.map((title) => (title === "Emotion" ? "Emotion (nobody voiced a feeling)" : title));
  if (missing.length) made.append(el("span", "missing", `Nothing found for: ${missing.join(", ")}`));
  return made;
}

// Moving by keyboard: one button of the map is in the tab order, the arrow keys move on from it.

function buttonsByStep(board) {
  const byStep = new Map();
  for (const button of board.querySelectorAll("button[data-id]")) {
    const { step } = button.closest("[data-step]").dataset;
    byStep.set(step, [...(byStep.get(step) ?? []), button]);
  }
  return [...byStep.values()];
}

/** The button of another step that lies in the same lane, or else in the nearest one. */
function beside(map, from, column) {
  if (!column) return null;
  const rank = (button) => map.ranks.get(button.dataset.lane) ?? 0;
  const away = (button) => Math.abs(rank(button) - rank(from));
  return column.reduce((best, button) => (away(button) < away(best) ? button : best));
}

function destination(map, from, { key, ctrlKey }) {
  const { columns: byStep } = map;
  const x = byStep.findIndex((column) => column.includes(from));
  const y = byStep[x].indexOf(from);
  const last = byStep.length - 1;
  switch (key) {
    case "ArrowDown": return byStep[x][y + 1];
    case "ArrowUp": return byStep[x][y - 1];
    case "ArrowRight": return beside(map, from, byStep[x + 1]);
    case "ArrowLeft": return beside(map, from, byStep[x - 1]);
    case "Home": return ctrlKey ? byStep[0][0] : beside(map, from, byStep[0]);
    case "End": return ctrlKey ? byStep[last].at(-1) : beside(map, from, byStep[last]);
    default: return null;
  }
}

function makeReachable(map, button) {
  map.reachable?.setAttribute("tabindex", "-1");
  map.reachable = button;
  button?.setAttribute("tabindex", "0");
}

function onKey(map, event) {
  const from = event.target.closest("button[data-id]");
  if (!from || event.altKey || event.metaKey) return;
  const to = destination(map, from, event);
  if (!to) return;
  event.preventDefault();
  to.focus({ preventScroll: true });
  reveal(to);
}

/** Bring a button out from under the headings that stay in place. */
function reveal(button) {
  button.scrollIntoView({ block: "nearest", inline: "nearest", behavior: isCalm() ? "auto" : "smooth" });
}

/** Bring a button into the sight of the board, without moving the page around it. */
function revealOnBoard(button) {
  const board = button.closest(".board");
  if (!board) return;
  const [seen, wanted] = [board.getBoundingClientRect(), button.getBoundingClientRect()];
  const { scrollPaddingLeft, scrollPaddingTop } = getComputedStyle(board);
  const left = wanted.left - seen.left - Number.parseFloat(scrollPaddingLeft);
  const top = wanted.top - seen.top - Number.parseFloat(scrollPaddingTop);
  const right = wanted.right - seen.left - board.clientWidth + MARGIN;
  const bottom = wanted.bottom - seen.top - board.clientHeight + MARGIN;
  const isHead = button.closest("thead");
  board.scrollLeft += left < 0 ? left : Math.max(0, Math.min(left, right));
  if (!isHead) board.scrollTop += top < 0 ? top : Math.max(0, Math.min(top, bottom));
}

const buttonOf = (map, id) => map.root.querySelector(`button[data-id="${CSS.escape(id)}"]`);

function goTo(map, id) {
  const button = buttonOf(map, id);
  button?.focus({ preventScroll: true });
  button?.scrollIntoView({ block: "center", inline: "nearest", behavior: isCalm() ? "auto" : "smooth" });
}

function showSelected(map, id) {
  map.selected = id;
  map.root.querySelectorAll("[aria-current]").forEach((button) => button.removeAttribute("aria-current"));
  const chosen = id && buttonOf(map, id);
  if (!chosen) return;
  chosen.setAttribute("aria-current", "true");
  if (map.root.contains(map.root.getRootNode().activeElement)) return;
  makeReachable(map, chosen);
  revealOnBoard(chosen);
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
