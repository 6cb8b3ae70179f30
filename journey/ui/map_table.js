// The map as a table of lanes by steps: a real one, because a screen reader then says phase, step and lane of every
// cell, and because a copy of it pastes as a table.

const MANY = 20; // steps from which columns are narrower, so that more of the journey is in sight
const A3 = 1500; // CSS pixels of a printed sheet, landscape
const [NAMES, COLUMN] = [136, 150]; // what the lane names and one step need in print

function phaseHead(phase, number) {
  const name = el("span", "name", el("span", "number", String(number)), " ", foreign("span", "", phase.name));
  const head = el("span", "stay", name);
  if (phase.goal) head.append(foreign("span", "goal", phase.goal));
  return set(el("th", "phase first", head), { scope: "colgroup", colspan: phase.steps.length, abbr: phase.name });
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
    mark.style.setProperty("--y", `${heightOf(score)}%`);
    drawn.append(mark);
  }
  return drawn;
}

const stepsOf = (view) => view.phases.flatMap((phase) => phase.steps);

/** The ids of the steps that open a phase. */
const opening = (view) => new Set(view.phases.map((phase) => phase.steps[0].id));

function tableHead(view) {
  const corner = set(el("td", "corner"), { rowspan: 2 });
  const first = opening(view);
  const steps = stepsOf(view).map((step) => {
    const kind = first.has(step.id) ? "column first" : "column";
    return set(el("th", kind, stepCard(step)), { scope: "col", "data-step": step.number, abbr: step.title });
  });
  const phases = view.phases.map((phase, at) => phaseHead(phase, at + 1));
  return el("thead", "", el("tr", "", corner, ...phases), el("tr", "", ...steps));
}

function laneRow(view, lane) {
  const [steps, first] = [stepsOf(view), opening(view)];
  const cells = steps.map((step, index) => {
    const cell = lane.key === "emotion" ? feelingCell(steps, index) : cellOf(step, lane);
    if (first.has(step.id)) cell.classList.add("first");
    return set(cell, { "data-step": step.number });
  });
  return el("tr", `row-${laneKind(lane)}`, laneHead(lane), ...cells);
}

function columns(view) {
  const groups = view.phases.map((phase) => set(el("colgroup"), { span: phase.steps.length }));
  return [el("colgroup", "lanes"), ...groups];
}

function asTable(view) {
  const count = stepsOf(view).length;
  const size = `${counted(view.phases.length, "phase", "phases")} and ${counted(count, "step", "steps")}`;
  const caption = el("caption", "unseen", `Journey map of ${size}: ${view.title}`);
  const rows = el("tbody", "", ...view.lanes.map((lane) => laneRow(view, lane)));
  const table = el("table", count > MANY ? "dense" : "", caption, ...columns(view), tableHead(view), rows);
  table.style.setProperty("--steps", count);
  table.style.setProperty("--print-zoom", Math.min(1, A3 / (NAMES + count * COLUMN)).toFixed(2));
  const board = el("div", "board", curveColours(), table);
  board.onscroll = () => board.classList.toggle("moved", board.scrollLeft > 0);
  return board;
}
