// The map where there is no room for a table: phase after phase, step after step.

function stackedFeeling(step) {
  if (!step.feeling) return el("p", "gap", "not voiced");
  return point(step.feeling);
}

function stackedLane(step, lane) {
  const content = lane.key === "emotion" ? stackedFeeling(step) : cardList(step.cells[lane.key], lane);
  return el("div", `strip t-${lane.tone}`, el("h4", "", picture(lane.key), foreign("span", "", lane.title)), content);
}

function stackedStep(step, lanes) {
  const filled = lanes.filter((lane) => lane.key === "emotion" || step.cells[lane.key]);
  const name = el("h3", "unseen", `Step ${step.number}: ${step.title}`);
  const stop = el("article", "stop", name, stepCard(step), ...filled.map((lane) => stackedLane(step, lane)));
  return set(stop, { "data-step": step.number });
}

function stackedPhase(phase, number, lanes) {
  const head = el("h2", "phase", el("span", "number", String(number)), " ", foreign("span", "", phase.name));
  const section = el("section", "", head);
  if (phase.goal) section.append(foreign("p", "goal", phase.goal));
  section.append(...phase.steps.map((step) => stackedStep(step, lanes)));
  return section;
}

function asStack(view) {
  return el("div", "stack", ...view.phases.map((phase, at) => stackedPhase(phase, at + 1, view.lanes)));
}
