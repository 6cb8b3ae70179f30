// The regions of a picture: a list of buttons that lie on it, one of them in the tab order; arrow keys go to the
// nearest one that way. What could not be read, or hardly, is told by form and in words.

const STATES = {
  unread: entry("could not be read"),
  unsure: entry("hardly legible, to check"),
  model: entry("read by the model"),
  user: entry("corrected by you"),
};

/** What a region says and how it was read, for whoever does not see it. */
function regionInWords(region) {
  const uses = region.claims.length;
  const read = STATES[region.state] && say(STATES[region.state]);
  const used = uses && sayMany("on the map in {n} place", "on the map in {n} places", uses);
  return [region.words || say("Region without words"), read, used].filter(Boolean).join(", ");
}

function regionButton(viewer, region) {
  const kind = `region ${region.state}${region.claims.length ? " used" : ""}`;
  const button = set(el("button", kind), { type: "button", tabindex: "-1", "aria-label": regionInWords(region) });
  const { x, y, w, h } = region.box;
  const place = { left: x, top: y, width: w, height: h };
  for (const [side, fraction] of Object.entries(place)) button.style[side] = `${fraction * 100}%`;
  if (region.state) button.append(picture(region.state === "unread" ? "unread" : region.state));
  button.dataset.region = region.id;
  button.onclick = () => viewer.pick(region);
  return button;
}

const centre = ({ box: { x, y, w, h } }, { width, height }) => [(x + w / 2) * width, (y + h / 2) * height];

const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** The nearest region in a direction; what lies aside counts as farther away than what lies ahead. */
function neighbour(viewer, from, [right, down]) {
  const [fromX, fromY] = centre(from, viewer.data);
  const away = (region) => {
    const [x, y] = centre(region, viewer.data);
    const [ahead, aside] = [(x - fromX) * right + (y - fromY) * down, (x - fromX) * down + (y - fromY) * right];
    return ahead > 1 ? ahead + 2 * Math.abs(aside) : Infinity;
  };
  const best = viewer.data.regions.reduce((one, other) => (away(other) < away(one) ? other : one), from);
  return away(best) === Infinity ? null : best;
}

function reach(viewer, region) {
  viewer.reachable?.setAttribute("tabindex", "-1");
  viewer.reachable = viewer.buttons.get(region?.id);
  viewer.reachable?.setAttribute("tabindex", "0");
}

function onRegionKey(viewer, event) {
  const from = viewer.regions.get(event.target.dataset?.region);
  if (!from || event.altKey || event.metaKey || event.ctrlKey) return;
  const ends = { Home: viewer.data.regions[0], End: viewer.data.regions.at(-1) };
  const to = event.key in DIRECTIONS ? neighbour(viewer, from, DIRECTIONS[event.key]) : ends[event.key];
  if (!to) return;
  event.preventDefault();
  reach(viewer, to);
  viewer.reachable.focus({ preventScroll: true });
  bringIntoSight(viewer, to);
}

function drawRegions(viewer) {
  const { regions } = viewer.data;
  viewer.regions = new Map(regions.map((region) => [region.id, region]));
  const items = regions.map((region) => el("li", "", regionButton(viewer, region)));
  viewer.buttons = new Map(items.map((item) => [item.firstChild.dataset.region, item.firstChild]));
  const list = set(el("ol", "regions", ...items), { role: "list", "aria-label": say("Regions of the picture") });
  list.addEventListener("keydown", (event) => onRegionKey(viewer, event));
  list.addEventListener("focusin", (event) => reach(viewer, viewer.regions.get(event.target.dataset.region)));
  reach(viewer, regions[0]);
  return list;
}

/** Outline the regions that the chosen element rests on, and most of all the one being read. */
function outline(viewer, chosen, current) {
  for (const [id, button] of viewer.buttons) {
    button.classList.toggle("chosen", chosen.has(id));
    set(button, { "aria-current": id === current && "true" });
  }
  viewer.list.classList.toggle("has-chosen", chosen.size > 0);
}
