// What every component here says, in the language of its reader (LANGUAGE, WORDS and pluralOf are put before a script when
// it is registered: frontend.py); and how components on one page talk.

/** A number as the language writes it. */
const number = (amount, options) => amount.toLocaleString(LANGUAGE === "en" ? "en-GB" : LANGUAGE, options);

const inserted = (words, parts) =>
  words.replace(/\{(\w+)\}/g, (whole, name) => {
    const part = parts[name] ?? whole;
    return Number.isInteger(part) ? number(part) : part;
  });

/** A sentence of the catalogue, its parts filled in: say("{n} of {all}", { n, all }). */
const say = (text, parts = {}) => inserted(WORDS[text] ?? text, parts);

/** A sentence that depends on a number, which is its part {n}. */
function sayMany(one, many, n, parts = {}) {
  const forms = WORDS[one] ?? [one, many];
  return inserted(forms[pluralOf(n)], { ...parts, n });
}

/** Mark a sentence as one of the catalogue, to be said later. */
const entry = (text) => text;

// How components talk: a big one is never sent again to change a small thing in it. A small one tells it,
// by an event on the window. Whoever is mounted later says hello, and is told what was said before.

/** What one mounted component keeps between two calls of its function. */
const mounted = new WeakMap();
function stateOf(parent, begin) {
  if (!mounted.has(parent)) mounted.set(parent, begin());
  return mounted.get(parent);
}

/** Say something on a topic, now and to everyone who comes later; returns how to fall silent. */
function tell(topic, message) {
  const repeat = () => window.dispatchEvent(new CustomEvent(`journey:${topic}`, { detail: message }));
  window.addEventListener(`journey:${topic}:hello`, repeat);
  repeat();
  return () => window.removeEventListener(`journey:${topic}:hello`, repeat);
}

/** Hear what is said on a topic, from now on and before; returns how to stop listening. */
function listen(topic, hear) {
  const heard = (event) => hear(event.detail);
  window.addEventListener(`journey:${topic}`, heard);
  window.dispatchEvent(new CustomEvent(`journey:${topic}:hello`));
  return () => window.removeEventListener(`journey:${topic}`, heard);
}
