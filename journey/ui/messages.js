// How components on one page talk: a big one is never sent again to change a small thing in it. A small one tells it,
// by an event on the window. Whoever is mounted later says hello, and is told what was said before.

/** What one mounted component keeps between two calls of its function. */
const mounted = new WeakMap();
function stateOf(parent, begin) {
  if (!mounted.has(parent)) mounted.set(parent, begin());
  return mounted.get(parent);
}

/** Say something on a topic, now and to everyone who comes later; returns how to fall silent. */
function tell(topic, message) {
  const say = () => window.dispatchEvent(new CustomEvent(`journey:${topic}`, { detail: message }));
  window.addEventListener(`journey:${topic}:hello`, say);
  say();
  return () => window.removeEventListener(`journey:${topic}:hello`, say);
}

/** Hear what is said on a topic, from now on and before; returns how to stop listening. */
function listen(topic, hear) {
  const heard = (event) => hear(event.detail);
  window.addEventListener(`journey:${topic}`, heard);
  window.dispatchEvent(new CustomEvent(`journey:${topic}:hello`));
  return () => window.removeEventListener(`journey:${topic}`, heard);
}
