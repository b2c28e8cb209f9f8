// Runs in an isolated world of every frame, and only while a person types. It tells the text of a
// field whenever the person has changed it, or that the text cannot be read. It also tells keys and
// pasted texts that no field takes, since a page may draw a field of its own, and the digits of a
// keypad on the screen.
(() => {
  "use strict";
  if (globalThis.uplHand) return;
  globalThis.uplHand = true;
  const LONGEST = 200;
  const tell = (n, text) => globalThis.uplTyped(JSON.stringify({ n, text }));
  const UNTYPED = new Set("hidden submit button reset image checkbox radio range color file".split(" "));
  const isField = (element) =>
    element instanceof Element &&
    (element.tagName === "INPUT" ? !UNTYPED.has(element.type) : element.tagName === "TEXTAREA" || element.isContentEditable);
  // The element itself, even in an open shadow root. A closed one tells only its host.
  const target = (event) => event.composedPath()[0];
  const fieldOf = (element) => globalThis.uplHands?.fieldOf(element);
  const listeners = [];
  const listen = (...listener) => listeners.push(listener);
  const valueOf = (element) => ("value" in element ? element.value : element.textContent) || "";
  const plain = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");

  // -- digits that come one by one -----------------------------------------------------------------

  const KEPT = 12; // digits; twice as many as the longest code has
  let digits = "";
  let corrected = "";
  let screen = null; // the words of the screen on which the last digit was chosen
  let ofScreen = 0; // so many of the digits were chosen on it
  let correctedOfScreen = 0;

  const wordsOfScreen = () => new Set((document.body?.innerText || "").match(/\p{L}{2,}/gu));
  // An error may come and go on the same screen, so only most words must be the same.
  const isAlike = (some, others) => {
    const common = [...some].filter((each) => others.has(each)).length;
    return 2 * common >= Math.max(some.size, others.size);
  };
  const endsOf = (text) => [4, 5, 6].filter((length) => length <= text.length).map((length) => text.slice(-length));
  const last = (text, count) => (count ? text.slice(-count) : "");

  const roll = (digit) => {
    const words = wordsOfScreen();
    if (screen && !isAlike(words, screen)) ofScreen = correctedOfScreen = 0;
    screen = words;
    digits = (digits + digit).slice(-KEPT);
    corrected = (corrected + digit).slice(-KEPT);
    ofScreen = Math.min(ofScreen + 1, KEPT);
    correctedOfScreen = Math.min(correctedOfScreen + 1, KEPT);
    if (digits.length < 4) return tell(0, digits);
    // Only the page knows which digits belong together. The last ones do, so this screen's digits are
    // told last and count more than earlier ones.
    const told = new Set([...endsOf(digits), ...endsOf(corrected)]);
    for (const text of [last(digits, ofScreen), last(corrected, correctedOfScreen)]) {
      for (const end of endsOf(text)) {
        told.delete(end);
        told.add(end);
      }
    }
    for (const text of told) tell(0, text);
  };
  // Any other key of a keypad may take a digit back.
  const takeBack = () => {
    if (corrected) correctedOfScreen = Math.max(0, correctedOfScreen - 1);
    corrected = corrected.slice(0, -1);
  };

  // -- what is typed -------------------------------------------------------------------------------

  // What was typed into one field before another one. Each field has an object of its own, since a
  // timer of the earlier one may still run.
  let owner = null;
  let typed = null;
  const own = (element) => {
    const field = fieldOf(element);
    const takes = field ? field.group[0] : element;
    if (takes !== owner) [owner, typed] = [takes, { n: 0, keys: "", left: null, rewritten: false }];
    typed.n = field ? field.n : 0;
    return typed;
  };

  // A page may drop earlier characters unseen, so the last 4, 5 and 6 are told by themselves too.
  const tellKeys = (n, keys) => {
    tell(n, keys);
    for (let length = 4; length <= 6 && keys.length > 6; length += 1) tell(0, keys.slice(-length));
  };

  const hear = (event) => {
    if (!event.isTrusted) return;
    const element = target(event);
    if (!(element instanceof Element)) return;
    if (element.tagName === "SELECT") {
      if (/^\d$/.test(element.value)) roll(element.value);
      return;
    }
    if (element.tagName === "INPUT" && UNTYPED.has(element.type)) return;
    const field = fieldOf(element);
    const group = field ? field.group : [element];
    const readable = "value" in element || element.isContentEditable;
    const text = group.map(valueOf).join("");
    tell(field ? field.n : 0, readable ? text : null);
    if (!readable) return;
    // A page may replace each character by a star.
    const mine = group[0] === owner ? typed : null;
    if (mine?.rewritten && !plain(text).includes(plain(mine.keys))) tell(field ? field.n : 0, mine.keys);
    if (event.type !== "input") return;
    if (mine) mine.left = valueOf(element);
    // A box for one digit, after which the page goes on to the next box.
    const { data } = event;
    setTimeout(() => {
      const goesOn = group.length === 1 && valueOf(element).length <= 1 && !element.matches(":focus");
      if (goesOn && /^\d$/.test(data || "")) roll(data);
    });
  };
  for (const name of ["input", "change"]) listen(name, hear);

  listen("beforeinput", (event) => {
    if (!event.isTrusted) return;
    const element = target(event);
    if (!isField(element)) return; // it is told as unreadable by `input`
    const mine = own(element);
    const value = valueOf(element);
    mine.rewritten ||= mine.left !== null && mine.left !== value;
    const isReplaced = element.selectionStart === 0 && element.selectionEnd === value.length;
    if (value ? isReplaced : mine.left) mine.keys = "";
    const text = event.data ?? event.dataTransfer?.getData("text") ?? "";
    mine.keys = event.inputType.startsWith("delete") ? mine.keys.slice(0, -1) : (mine.keys + text).slice(-LONGEST);
    const { n, keys } = mine;
    // After all listeners of the page, since these may take the text for themselves.
    setTimeout(() => {
      if (event.defaultPrevented) tellKeys(n, keys);
    });
  });

  listen("keydown", (event) => {
    if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey) return;
    const element = target(event);
    const mine = own(element);
    const { n } = mine;
    setTimeout(() => {
      if (isField(element) && !event.defaultPrevented) return; // `beforeinput` and `input` tell it
      if (event.key === "Backspace") mine.keys = mine.keys.slice(0, -1);
      else if ([...event.key].length !== 1 || event.key === " ") return;
      else mine.keys += event.key;
      tellKeys(n, mine.keys);
    });
  });

  const put = (event) => {
    const text = ((event.clipboardData || event.dataTransfer)?.getData("text") || "").trim();
    if (!event.isTrusted || !text) return;
    const element = target(event);
    setTimeout(() => {
      if (isField(element) && !event.defaultPrevented) return; // `input` tells it
      const field = fieldOf(element);
      tell(field ? field.n : 0, text.length > LONGEST ? null : text);
    });
  };
  for (const name of ["paste", "drop"]) listen(name, put);

  // -- keypads on the screen -----------------------------------------------------------------------

  const SPELT = "zero one two three four five six seven eight nine".split(" ");
  const BELOW = /^(?:ABC|DEF|GHI|JKL|MNO|PQRS|TUV|WXYZ|\+)$/i; // the letters of a telephone's keys
  const digitIn = (text) => {
    const found = /^(?:\D{1,12}\s)?(\d)(?:\s*\D{1,12})?$/u.exec(text);
    const spelt = SPELT.indexOf(text.toLowerCase());
    return found ? found[1] : spelt < 0 ? null : String(spelt);
  };
  const digitOf = (element) => {
    for (let each = element, up = 0; each instanceof Element && up < 4; each = each.parentElement, up += 1) {
      if (isField(each)) return null;
      const shown = each.textContent.trim();
      const { key, value, digit, number } = each.dataset || {};
      const named = ["aria-label", "alt", "title", "value"].map((name) => each.getAttribute(name));
      const pictured = up ? null : each.querySelector("img[alt]")?.alt;
      for (const said of [shown, ...named, pictured, key, value, digit, number]) {
        const found = said ? digitIn(said.trim()) : null;
        if (found !== null) return found;
      }
      if (shown && !BELOW.test(shown)) return null;
    }
    return null;
  };
  const click = (event) => {
    if (!event.isTrusted) return;
    const digit = digitOf(target(event));
    if (digit === null) takeBack();
    else roll(digit);
  };
  // At the press, since a page may draw its keys anew before the click. A key press only clicks.
  listen("pointerdown", (event) => event.button === 0 && click(event));
  listen("click", (event) => event.detail === 0 && click(event));

  // `document.open` removes all listeners, those of this world as well.
  const attach = () => {
    for (const [name, hear] of listeners) addEventListener(name, hear, { capture: true, passive: true });
  };
  attach();
  setInterval(attach, 100);
})();
