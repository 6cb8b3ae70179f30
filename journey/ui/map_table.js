// The map as a table of lanes by steps: a real one, because a screen reader then says phase, step and lane of every
// cell, and because a copy of it pastes as a table.

const MANY = 20; // steps from which columns are narrower, so that more of the journey is in sight
const SHEET = 1300; // CSS pixels across: between a printed sheet of A4 and one of A3, landscape
const [NAMES, COLUMN] = [136, 150]; // what the lane names and one step need in print

/** The band of a phase: a button, so that it can be chosen, renamed and moved like everything below it. */
function phaseBand(phase, number) {
  const words = foreign("span", "words", phase.name);
  const band = choice("phase-band", phase.id, "phase", el("span", "name", el("span", "number", String(number)), " ", words));
  if (phase.goal) band.append(foreign("span", "goal", phase.goal));
  return band;
}

function phaseHead(phase, number) {
  const spans = { scope: "colgroup", colspan: Math.max(1, phase.steps.length), abbr: phase.name };
  return set(el("th", "phase first", phaseBand(phase, number)), { ...spans, "data-phase": phase.id, "data-step": `phase ${number}` });
}

/** The columns of the map: every step, and a blank one for a phase that has none. */
const columnsOf = (view) =>
  view.phases.flatMap((phase) => (phase.steps.length ? phase.steps : [{ phase, isBlank: true }]));

function laneHead(lane) {
  const head = el("th", `lane t-${lane.tone}`, el("span", "name", picture(lane.key), foreign("span", "", lane.title)));
  if (lane.key === "emotion") head.append(scale());
  if (lane.line) head.append(el("span", "line-name", lane.line));
  return set(head, { scope: "row" });
}

function scale() {
  const marks = [[2, say("very good")], [0, say("neutral")], [-2, say("very bad")]];
  const drawn = set(el("span", "scale"), { "aria-hidden": "true" });
  for (const [score, words] of marks) {
    const mark = el("span", "", words);
    mark.style.setProperty("--y", `${heightOf(score)}%`);
    drawn.append(mark);
  }
  return drawn;
}

const stepsOf = (view) => view.phases.flatMap((phase) => phase.steps);

/** The columns that open a phase. */
const opening = (view) => new Set(view.phases.map((phase) => phase.steps[0]?.id ?? phase.id));

const columnId = (column) => (column.isBlank ? column.phase.id : column.id);

function tableHead(view) {
  const corner = set(el("td", "corner"), { rowspan: 2 });
  const first = opening(view);
  const steps = columnsOf(view).map((column) => stepHead(view, column, first.has(columnId(column))));
  const phases = view.phases.map((phase, at) => phaseHead(phase, at + 1));
  return el("thead", "", el("tr", "", corner, ...phases), el("tr", "", ...steps));
}

function stepHead(view, column, isFirst) {
  const kind = isFirst ? "column first" : "column";
  if (column.isBlank) {
    return set(el("td", `${kind} blank`, el("span", "hint", say("No step yet"))), { "data-in": column.phase.id });
  }
  const home = view.phases.find((phase) => phase.steps.includes(column));
  const head = el("th", column.isFaint ? `${kind} faint` : kind, stepCard(column));
  return set(head, { scope: "col", "data-step": column.number, "data-in": home.id, abbr: column.title });
}

function laneRow(view, lane) {
  const [all, first] = [columnsOf(view), opening(view)];
  const cells = all.map((column, index) => {
    const cell = laneCell(all, index, lane);
    if (first.has(columnId(column))) cell.classList.add("first");
    return column.isBlank ? cell : set(cell, { "data-step": column.number });
  });
  return el("tr", `row-${laneKind(lane)}${lane.line ? " lined" : ""}`, laneHead(lane), ...cells);
}

function laneCell(all, index, lane) {
  if (all[index].isBlank) return el("td", "blank");
  return lane.key === "emotion" ? feelingCell(all, index) : cellOf(all[index], lane);
}

function columns(view) {
  const groups = view.phases.map((phase) => set(el("colgroup"), { span: Math.max(1, phase.steps.length) }));
  return [el("colgroup", "lanes"), ...groups];
}

function asTable(view) {
  const count = columnsOf(view).length;
  const steps = sayMany("{n} step", "{n} steps", stepsOf(view).length);
  const phases = sayMany("{n} phase", "{n} phases", view.phases.length);
  const words = say("Journey map of {phases} and {steps}: {title}", { phases, steps, title: view.title });
  const caption = el("caption", "unseen", words);
  const rows = el("tbody", "", ...view.lanes.map((lane) => laneRow(view, lane)));
  const table = el("table", count > MANY ? "dense" : "", caption, ...columns(view), tableHead(view), rows);
  table.style.setProperty("--steps", count);
  table.style.setProperty("--print-zoom", Math.min(1, SHEET / (NAMES + count * COLUMN)).toFixed(2));
  const board = el("div", "board", curveColours(), table);
  board.onscroll = ({ currentTarget: moved }) => moved.classList.toggle("moved", moved.scrollLeft > 0);
  return board;
}
