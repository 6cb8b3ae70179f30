// A map drawn anew over the one that stands: what is the same stays the very same element, so that a press, a scroll
// and the browser's layout of it survive, and only what changed is laid out again.

/** What tells an element among its siblings, wherever it stands: the cell or the card it is or holds. */
function markOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return null;
  if (node.matches("tr, thead, tbody, table")) return null; // known by their order
  return node.dataset?.cell ?? node.dataset?.id ?? node.querySelector("[data-id]")?.dataset.id ?? null;
}

const isAlike = (one, other) => one.nodeName === other.nodeName && markOf(one) === markOf(other);

/** A field in which the reader is typing stays, and what it stands in for stays hidden. */
const isBeingTyped = (node) => node.nodeType === Node.ELEMENT_NODE && node.matches(".renaming");

function patchAttributes(standing, drawn) {
  for (const { name } of [...standing.attributes]) {
    if (!drawn.hasAttribute(name) && name !== "hidden") standing.removeAttribute(name);
  }
  for (const { name, value } of drawn.attributes) {
    if (standing.getAttribute(name) !== value) standing.setAttribute(name, value);
  }
}

function patchChildren(standing, drawn) {
  const marked = new Map([...standing.childNodes].map((node) => [markOf(node), node]));
  let next = standing.firstChild;
  for (const wanted of [...drawn.childNodes]) {
    const mark = markOf(wanted);
    const found = mark === null ? next : marked.get(mark);
    if (!found || !isAlike(found, wanted)) {
      standing.insertBefore(wanted, next);
      continue;
    }
    marked.delete(mark);
    if (found === next) next = next.nextSibling;
    else standing.insertBefore(found, next);
    patch(found, wanted);
  }
  while (next) {
    const gone = next;
    next = gone.nextSibling;
    if (!isBeingTyped(gone)) gone.remove();
  }
}

/** Make an element like another one that was drawn, keeping what they have in common. */
function patch(standing, drawn) {
  if (standing.isEqualNode(drawn)) return;
  if (standing.nodeType !== Node.ELEMENT_NODE) {
    standing.nodeValue = drawn.nodeValue;
    return;
  }
  patchAttributes(standing, drawn);
  patchChildren(standing, drawn);
}
