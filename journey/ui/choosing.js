// What is chosen on the page. All of it answers a choice at once, in the browser; the map or the flow tells the server,
// whose answer may come when the reader is two choices further on: every choice carries a number, and an older one is
// not heard any more.

let lastMade = 0;

/** Choose an element of the journey, from anywhere on the page. */
function choose(id) {
  lastMade = Math.max(lastMade + 1, Date.now());
  window.dispatchEvent(new CustomEvent("journey:choosing", { detail: { id, made: lastMade } }));
}

/**
 * Hear what is chosen: by the reader, and by the server for whoever was not there yet. `pass` is called with what the
 * reader chose, to tell the server. Returns how to stop listening.
 */
function followChoices(show, pass = () => {}) {
  const hear = (choice, isOwn) => {
    if (choice.made < lastMade) return;
    lastMade = choice.made;
    show(choice.id);
    if (isOwn) pass(choice);
  };
  const ends = [listen("choosing", (choice) => hear(choice, true)), listen("chosen", (choice) => hear(choice, false))];
  return () => ends.forEach((end) => end());
}
