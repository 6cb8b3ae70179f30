// Zoom and pan: the sheet grows inside a box that scrolls, so that touch, wheel and keyboard move it as everything else.

const [STEP, MOST] = [1.5, 12]; // one press of a button, and how many times the width of the box
const LEGIBLE = 18; // CSS pixels of height at which a region's words can be read
const DRAG = 4; // CSS pixels from which a press is a drag and no click

function zoomTo(viewer, zoom, { x, y } = {}) {
  const { stage, sheet } = viewer;
  const before = { width: sheet.offsetWidth, height: sheet.offsetHeight };
  const at = { x: x ?? stage.clientWidth / 2, y: y ?? stage.clientHeight / 2 };
  const place = { x: (stage.scrollLeft + at.x) / before.width, y: (stage.scrollTop + at.y) / before.height };
  viewer.zoom = Math.min(MOST, Math.max(1, zoom));
  sheet.style.width = `${viewer.zoom * 100}%`;
  stage.scrollLeft = place.x * sheet.offsetWidth - at.x;
  stage.scrollTop = place.y * sheet.offsetHeight - at.y;
  set(viewer.smaller, { "aria-disabled": viewer.zoom <= 1 && "true" });
  set(viewer.larger, { "aria-disabled": viewer.zoom >= MOST && "true" });
}

/** Zoom in until a region can be read, as far as it then fits, and scroll the box, and nothing else, to it. */
function bringIntoSight(viewer, { box }, { isRead = false } = {}) {
  const { stage, sheet } = viewer;
  const height = (box.h * sheet.offsetHeight) / viewer.zoom;
  const fitting = 0.9 / Math.max(box.w, 0.01);
  const legible = Math.min(LEGIBLE / Math.max(height, 1), fitting);
  if (isRead && legible > viewer.zoom) zoomTo(viewer, legible);
  const left = (box.x + box.w / 2) * sheet.offsetWidth - stage.clientWidth / 2;
  const top = (box.y + box.h / 2) * sheet.offsetHeight - stage.clientHeight / 2;
  stage.scrollTo({ left, top, behavior: isCalm() ? "auto" : "smooth" });
}

const ZOOM_KEYS = { "+": STEP, "=": STEP, "-": 1 / STEP };

function onZoomKey(viewer, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "0") zoomTo(viewer, 1);
  else if (event.key in ZOOM_KEYS) zoomTo(viewer, viewer.zoom * ZOOM_KEYS[event.key]);
  else return;
  event.preventDefault();
}

function onWheel(viewer, event) {
  if (!event.ctrlKey) return; // as everywhere; without it the box scrolls
  event.preventDefault();
  const edge = viewer.stage.getBoundingClientRect();
  const at = { x: event.clientX - edge.left, y: event.clientY - edge.top };
  zoomTo(viewer, viewer.zoom * (event.deltaY < 0 ? 1.2 : 1 / 1.2), at);
}

/** Pan by dragging with a mouse; a touch scrolls by itself. The click that ends a drag chooses nothing. */
function letDrag(stage) {
  let from = null;
  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY, left: stage.scrollLeft, top: stage.scrollTop, moved: false };
  });
  stage.addEventListener("pointermove", (event) => {
    if (!from || !(event.buttons & 1)) return;
    const [right, down] = [event.clientX - from.x, event.clientY - from.y];
    from.moved ||= Math.hypot(right, down) > DRAG;
    if (from.moved) stage.scrollTo({ left: from.left - right, top: from.top - down, behavior: "instant" });
  });
  stage.addEventListener("click", (event) => {
    if (from?.moved) event.stopPropagation();
    from = null;
  }, { capture: true });
}

function tool(words, sign, onClick) {
  const button = set(el("button", "tool", picture(sign), unseen(words)), { type: "button", title: words });
  button.onclick = onClick;
  return button;
}

function zoomTools(viewer) {
  viewer.smaller = tool(say("Zoom out"), "smaller", () => zoomTo(viewer, viewer.zoom / STEP));
  viewer.larger = tool(say("Zoom in"), "larger", () => zoomTo(viewer, viewer.zoom * STEP));
  const fit = tool(say("Fit the whole width"), "fit", () => zoomTo(viewer, 1));
  const full = tool(say("Whole screen"), "full", () => toggleFullScreen(viewer.root));
  const tools = el("div", "tools", viewer.smaller, viewer.larger, fit, full);
  return set(tools, { role: "group", "aria-label": say("Zoom") });
}

function toggleFullScreen(root) {
  if (document.fullscreenElement) document.exitFullscreen();
  else root.requestFullscreen?.();
}
