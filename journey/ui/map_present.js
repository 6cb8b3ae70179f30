// The presentation: the map alone on the screen, without anything to press, until Escape.

Object.assign(PICTURES, {
  present: "M3.5 5h17v11h-17zM12 16v4M8 20h8M10.5 8.5v4l3.5-2z",
  lanes: "M4 6h16M4 12h16M4 18h10",
  down: "M12 4.5V19M5.5 12.5 12 19l6.5-6.5",
  keys: "M3 6.5h18v11H3zM6.5 10h1M11.5 10h1M16.5 10h1M8 14h8",
  close: "M6 6l12 12M18 6 6 18",
  undo: "M9 6 4.5 10.5 9 15M4.5 10.5H14a5 5 0 0 1 0 10h-2",
});

function leaveButton(map) {
  const button = tool(say("Leave the presentation (Esc)"), "close", () => present(map, false), { hides: true });
  button.classList.add("leave");
  return button;
}

/** Show the map over everything else, or go back; the address tells it, so that it can be passed on. */
function present(map, isOn, { isTold = true } = {}) {
  if (map.isPresenting === isOn) return;
  map.isPresenting = isOn;
  map.root.classList.toggle("presenting", isOn);
  set(map.root, { popover: isOn && "manual", role: isOn && "dialog", "aria-label": isOn && say("Presentation") });
  if (isOn) map.root.showPopover(); // into the browser's top layer: nothing of the page lies over it there
  draw(map);
  if (isOn) map.root.querySelector(".leave")?.focus();
  if (!isOn) map.presenter.focus();
  if (isTold) map.tellPresents(isOn);
}

/** Keep Tab within the presentation: the page below it is out of sight. */
function holdFocus(map, event) {
  const stops = [...map.root.querySelectorAll('.leave, button[tabindex="0"]')];
  const at = stops.indexOf(map.root.getRootNode().activeElement);
  event.preventDefault();
  stops[(at + (event.shiftKey ? stops.length - 1 : 1)) % stops.length]?.focus();
}

function onPresentingKey(map, event) {
  if (!map.isPresenting) return;
  if (event.key === "Escape") present(map, false);
  else if (event.key === "Tab") holdFocus(map, event);
}

/** Hear Escape wherever the focus is: whoever comes by the address has it nowhere. Returns how to stop. */
function watchPresenting(map) {
  const hear = (event) => onPresentingKey(map, event);
  window.addEventListener("keydown", hear);
  return () => window.removeEventListener("keydown", hear);
}
