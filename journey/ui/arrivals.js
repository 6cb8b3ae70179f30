// Listens on the whole page: takes in a picture that is pasted and files that are dropped beside the uploader, which a
// browser would open instead of the page; and says in words which files are too large, however they come. The uploader
// refuses those by itself, but its list is renewed once it has handed over the others.

const KINDS = /^(image\/|application\/pdf$)/;
const MEGABYTE = 1048576;
const ONE_DIGIT = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
const UPLOADER = '[data-testid="stFileUploaderDropzone"]';

function toBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

const isField = (target) => target?.matches?.("input, textarea, [contenteditable]");

/** The pictures on the clipboard; none when there is text for the field that has the focus. */
function picturesOf(event) {
  const { files, types } = event.clipboardData ?? { files: [], types: [] };
  const isForField = types.includes("text/plain") && isField(event.composedPath()[0]);
  return isForField ? [] : Array.from(files).filter(({ type }) => KINDS.test(type));
}

/** Say which of these files are too large, and return the others. */
function refuseLarge(arrivals, files) {
  const large = files.filter(({ size }) => size > arrivals.limit);
  const sentences = large.map(({ name, size }) => {
    const parts = { name, has: number(size / MEGABYTE, ONE_DIGIT), limit: arrivals.limit / MEGABYTE };
    return say("{name} was not taken: it has {has} MB, and the limit is {limit} MB. Save it smaller, or split it.", parts);
  });
  arrivals.refused.replaceChildren(...sentences.map((sentence) => foreign("p", "", sentence)));
  return files.filter((file) => !large.includes(file));
}

/** Hand files over, whole. */
async function take(arrivals, files) {
  if (!files.length) return;
  arrivals.said.textContent = sayMany("Taking in {n} file…", "Taking in {n} files…", files.length);
  const read = files.map(async (file) => ({ name: file.name, content: await toBase64(file) }));
  arrivals.send(await Promise.all(read));
}

function onPaste(arrivals, event) {
  const pictures = picturesOf(event);
  if (!pictures.length) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // the uploader, where it has the focus, would take it a second time
  take(arrivals, refuseLarge(arrivals, pictures));
}

const isForUploader = (event) => event.composedPath().some((element) => element.matches?.(UPLOADER));

function onDragOver(arrivals, event) {
  if (event.dataTransfer?.types.includes("Files") && !isForUploader(event)) event.preventDefault(); // it may be dropped
}

function onDrop(arrivals, event) {
  const files = Array.from(event.dataTransfer?.files ?? []);
  if (!files.length) return;
  const taken = refuseLarge(arrivals, files);
  if (isForUploader(event)) return;
  event.preventDefault();
  take(arrivals, taken);
}

function onChosen(arrivals, event) {
  const [target] = event.composedPath();
  if (target?.type === "file" && target.files.length) refuseLarge(arrivals, Array.from(target.files));
}

function begin(parent) {
  const said = set(el("p", "said"), { role: "status" });
  const refused = set(el("div", "refused"), { role: "alert" });
  parent.querySelector(".arrivals").replaceChildren(refused, said);
  return { said, refused };
}

function listenAll(arrivals) {
  const heard = { paste: onPaste, dragover: onDragOver, drop: onDrop, change: onChosen };
  const ends = Object.entries(heard).map(([kind, hear]) => {
    const listener = (event) => hear(arrivals, event);
    window.addEventListener(kind, listener, { capture: true });
    return () => window.removeEventListener(kind, listener, { capture: true });
  });
  return () => ends.forEach((end) => end());
}

export default function ({ data, parentElement, setTriggerValue }) {
  const arrivals = stateOf(parentElement, () => begin(parentElement));
  arrivals.limit = data.limit;
  arrivals.send = (files) => setTriggerValue("files", files);
  arrivals.said.textContent = data.said;
  arrivals.deafen ??= listenAll(arrivals);
  return () => {
    arrivals.deafen();
    arrivals.deafen = null;
  };
}
