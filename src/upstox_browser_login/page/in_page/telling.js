// Tells a new look when what can be seen has changed.

const active = () => {
  let each = document.activeElement;
  while (each && shadowOf(each) && shadowOf(each).activeElement) each = shadowOf(each).activeElement;
  return each;
};
let told = "";
let timer = null;
let since = 0;
// Other digits in a text, and a move by a few pixels, make no new look.
const keyOf = (value) =>
  JSON.stringify(value, (name, each) => (name === "at" ? each.map((px) => Math.round(px / 24)) : name === "text" || name === "near" || name === "below" ? (typeof each === "string" ? each.replace(/\d+/g, "#") : each.map((text) => text.replace(/\d+/g, "#"))) : each));
// Whether any part of a frame is inside the frame's own window.
let inView = window === window.top;
const tellNow = () => {
  timer = null;
  if (!document.documentElement) return;
  watchView();
  let value;
  try {
    value = look();
  } catch (error) {
    tell(JSON.stringify({ broken: String(error && error.stack).slice(0, 300) }));
    return;
  }
  value.inView = inView;
  value.redrawn = redrawn;
  const key = keyOf(value);
  if (key === told) return;
  told = key;
  tell(JSON.stringify(value));
};
const soon = () => {
  const now = performance.now();
  if (timer === null) since = now;
  else if (now - since > LONGEST) return;
  else clearTimeout(timer);
  timer = setTimeout(tellNow, REST);
};
// Whether a field was drawn after another one was taken away. Many pages draw their first form, wait
// for their settings, and draw it anew.
let takenAway = false;
let redrawn = false;
const holdsField = (element) => [element, ...allIn(element, "*")].some((each) => isTyped(each) || [...(shadowOf(each)?.children || [])].some(holdsField));
const hasField = (nodes) => [...nodes].some((each) => each.nodeType === Node.ELEMENT_NODE && holdsField(each));
const follow = ({ removedNodes, addedNodes }) => {
  takenAway ||= hasField(removedNodes);
  redrawn ||= takenAway && hasField(addedNodes);
};
const options = { childList: true, subtree: true, characterData: true, attributes: true };
const watched = new WeakSet();
const watch = (root) => {
  if (watched.has(root)) return;
  watched.add(root);
  new MutationObserver((records) => {
    for (const record of records) {
      if (!redrawn) follow(record);
      for (const node of record.addedNodes) shadows(node);
    }
    soon();
  }).observe(root, options);
};
const shadows = (node) => {
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  if (shadowOf(node)) watch(shadowOf(node));
  for (const each of allIn(node, "*")) if (shadowOf(each)) { watch(shadowOf(each)); shadows(shadowOf(each)); }
};
watch(document);
// A page that comes back out of Chromium's cache is told again, since its last look was forgotten.
const shownAgain = (event) => {
  if (!event.persisted) return;
  told = "";
  soon();
};
// `document.open()` removes every listener of the window. Adding one that is there does nothing.
const listen = () => {
  for (const event of ["input", "change", "focusin", "transitionend", "animationend", "scroll"]) addEventListener(event, soon, { capture: true, passive: true });
  for (const event of ["DOMContentLoaded", "load"]) addEventListener(event, soon);
  addEventListener("pageshow", shownAgain);
  for (const event of PRESSES) addEventListener(event, guard, { capture: true });
};
// The root element of a frame, which tells whether the frame can be seen. A page may replace it.
let root = null;
const views = window !== window.top && typeof IntersectionObserver === "function" && new IntersectionObserver((entries) => {
  inView = entries.at(-1).isIntersecting;
  soon();
});
const watchView = () => {
  if (!views || root === document.documentElement) return;
  views.disconnect();
  root = document.documentElement;
  if (root) views.observe(root);
};
const watchAll = () => {
  listen();
  watchView();
  // A later shadow root of an element causes no mutation event.
  if (document.documentElement) shadows(document.documentElement);
  if (timer === null) tellNow();
};
setInterval(watchAll, POLL);
