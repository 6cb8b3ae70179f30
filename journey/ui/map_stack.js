// The map where there is no room for a table: phase after phase, step after step.

function stackedFeeling(step) {
  if (!step.feeling) return el("p", "gap", say("not voiced"));
  return point(step.feeling);
}

function stackedLane(step, lane) {
  const content = lane.key === "emotion" ? stackedFeeling(step) : cardList(step.cells[lane.key], lane);
  const strip = el("div", `strip t-${lane.tone}`, el("h4", "", picture(lane.key), foreign("span", "", lane.title)), content);
  return lane.key === "emotion" ? strip : set(strip, { "data-cell": step.id, "data-lane": lane.key });
}

function stackedStep(step, lanes, phase) {
  const filled = lanes.filter((lane) => lane.key === "emotion" || step.cells[lane.key]);
  const name = el("h3", "unseen", say("Step {n}: {title}", { n: step.number, title: step.title }));
  const stop = el("article", "stop", name, stepCard(step), ...filled.map((lane) => stackedLane(step, lane)));
  if (step.isFaint) stop.classList.add("faint");
  return set(stop, { "data-step": step.number, "data-in": phase.id });
}

function stackedPhase(phase, number, lanes) {
  const head = set(el("h2", "phase", phaseBand(phase, number)), { "data-step": `phase ${number}` });
  const section = set(el("section", "", head), { "data-phase": phase.id });
  if (!phase.steps.length) section.append(set(el("p", "hint", say("No step yet")), { "data-in": phase.id }));
  section.append(...phase.steps.map((step) => stackedStep(step, lanes, phase)));
  return section;
}

function asStack(view) {
  return el("div", "stack", ...view.phases.map((phase, at) => stackedPhase(phase, at + 1, view.lanes)));
}
