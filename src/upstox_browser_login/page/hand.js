// Runs beside look.js, in the same isolated world, and only while a person types: tells what a field
// holds whenever that person has changed it. What cannot be read is told to be so.
(() => {
  "use strict";
  if (globalThis.uplHand) return;
  globalThis.uplHand = true;
  const tell = globalThis.uplTyped;
  const UNTYPED = new Set("hidden submit button reset image checkbox radio range color file".split(" "));
  const hear = (event) => {
    if (!event.isTrusted) return;
    // The element itself, also in an open shadow root; of a closed one only its host is told.
    const element = event.composedPath()[0];
    if (!(element instanceof Element) || element.tagName === "SELECT") return;
    if (element.tagName === "INPUT" && UNTYPED.has(element.type)) return;
    const field = globalThis.uplHands?.fieldOf(element);
    const group = field ? field.group : [element];
    const readable = "value" in element || element.isContentEditable;
    const text = group.map((each) => ("value" in each ? each.value : each.textContent) || "").join("");
    tell(JSON.stringify({ n: field ? field.n : 0, text: readable ? text : null }));
  };
  for (const name of ["input", "change"]) addEventListener(name, hear, { capture: true, passive: true });
})();
