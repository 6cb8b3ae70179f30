// What of the map is shown and in which order, as its reader wants it: kept in this browser, for each journey.

const WHOLE = { hidden: [], order: [], evidence: false, pains: false, who: "", zoom: 1, isTight: false };

function keptArrangement(topic) {
  try {
    return { ...WHOLE, ...JSON.parse(localStorage.getItem(`journey:${topic}`)) };
  } catch {
    return { ...WHOLE }; // a private window may keep nothing, and what is kept may be of an older version
  }
}

function arrange(map, changes) {
  Object.assign(map.arrangement, changes);
  try {
    localStorage.setItem(`journey:${map.topic}`, JSON.stringify(map.arrangement));
  } catch {
    // then it holds until the page is closed
  }
  draw(map);
}

const isFiltered = ({ evidence, pains, who }) => Boolean(evidence || pains || who);

/** The lanes in the reader's order; one that is new comes where the map has it. */
function orderedLanes(view, { order }) {
  const rank = (lane) => (order.includes(lane.key) ? order.indexOf(lane.key) : view.lanes.indexOf(lane));
  return order.length ? [...view.lanes].sort((a, b) => rank(a) - rank(b)) : view.lanes;
}

function passes(claim, { evidence, who }) {
  return (!evidence || claim.standing.origin === "quoted") && (!who || claim.who.includes(who));
}

function filteredStep(step, wanted) {
  const kept = (cards) => cards.filter((card) => passes(card, wanted));
  const cells = Object.entries(step.cells).map(([lane, cards]) => [lane, kept(cards)]);
  const filled = Object.fromEntries(cells.filter(([, cards]) => cards.length));
  const feeling = step.feeling && passes(step.feeling, wanted) ? step.feeling : null;
  return { ...step, cells: filled, feeling, isFaint: !passes(step, wanted) };
}

/** The view as its reader wants it. */
function arranged(view, arrangement) {
  const isShown = (lane) => !arrangement.hidden.includes(lane.key) && (!arrangement.pains || lane.key === "pains");
  const lanes = orderedLanes(view, arrangement).filter(isShown);
  if (!isFiltered(arrangement)) return { ...view, lanes };
  const phases = view.phases.map((phase) => {
    return { ...phase, steps: phase.steps.map((step) => filteredStep(step, arrangement)) };
  });
  return { ...view, lanes, phases };
}

function countCards(view) {
  const lanes = new Set(view.lanes.map((lane) => lane.key));
  const inCells = (step) => Object.entries(step.cells).filter(([lane]) => lanes.has(lane));
  return stepsOf(view).flatMap((step) => inCells(step).flatMap(([, cards]) => cards)).length;
}
