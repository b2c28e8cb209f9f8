// Runs in an isolated world of every frame, beside look.js where that is, and only while a person
// types: tells what a field holds whenever that person has changed it. What cannot be read is told
// to be so. Keys that no field takes are told as well: a page may make a field of whatever it likes.
// So are the digits of a keypad on the screen that are clicked.
(() => {
  "use strict";
  if (globalThis.uplHand) return;
  globalThis.uplHand = true;
  const tell = (n, text) => globalThis.uplTyped(JSON.stringify({ n, text }));
  const UNTYPED = new Set("hidden submit button reset image checkbox radio range color file".split(" "));
  const isField = (element) =>
    element instanceof Element &&
    (element.tagName === "INPUT" ? !UNTYPED.has(element.type) : element.tagName === "TEXTAREA" || element.isContentEditable);
  // The element itself, also in an open shadow root; of a closed one only its host is told.
  const target = (event) => event.composedPath()[0];
  const fieldOf = (element) => globalThis.uplHands?.fieldOf(element);

  const hear = (event) => {
    if (!event.isTrusted) return;
    const element = target(event);
    if (!(element instanceof Element) || element.tagName === "SELECT") return;
    if (element.tagName === "INPUT" && UNTYPED.has(element.type)) return;
    const field = fieldOf(element);
    const group = field ? field.group : [element];
    const readable = "value" in element || element.isContentEditable;
    const text = group.map((each) => ("value" in each ? each.value : each.textContent) || "").join("");
    tell(field ? field.n : 0, readable ? text : null);
  };
  for (const name of ["input", "change"]) addEventListener(name, hear, { capture: true, passive: true });

  let keys = "";
  let owner = null;
  const press = (event) => {
    if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey) return;
    const element = target(event);
    // Once all listeners of the page have run: it is theirs to take the key for themselves.
    setTimeout(() => {
      if (isField(element) && !event.defaultPrevented) return; // `input` tells it
      const field = fieldOf(element);
      const takes = field ? field.group[0] : element;
      if (takes !== owner) [owner, keys] = [takes, ""];
      if (event.key === "Backspace") keys = keys.slice(0, -1);
      else if ([...event.key].length !== 1 || event.key === " ") return;
      else keys += event.key;
      tell(field ? field.n : 0, keys);
    });
  };
  addEventListener("keydown", press, { capture: true, passive: true });

  let clicked = "";
  const digitOf = (element) => {
    for (let each = element, up = 0; each instanceof Element && up < 4; each = each.parentElement, up += 1) {
      if (isField(each)) return null;
      const shown = (each.getAttribute("aria-label") || each.textContent || "").trim();
      if (/^\d$/u.test(shown)) return shown;
      if (shown) return null;
    }
    return null;
  };
  const click = (event) => {
    const digit = event.isTrusted ? digitOf(target(event)) : null;
    if (digit === null) return;
    clicked += digit;
    // Which of these digits belong together only the page knows: the last ones do.
    for (let length = 4; length <= Math.min(6, clicked.length); length += 1) tell(0, clicked.slice(-length));
    if (clicked.length < 4) tell(0, clicked);
  };
  addEventListener("click", click, { capture: true, passive: true });
})();
