// Types into fields and presses controls, each by its name.

const plain = (each) => (Array.isArray(each) ? each.map(plain) : typeof each === "string" ? each.replace(/\d+/g, "#") : each);
// Whether a field told in a look is as it was when the typing was decided.
const isLike = (now, was) => Object.entries(was).every(([name, each]) => JSON.stringify(plain(now[name])) === JSON.stringify(plain(each)));
// Whether the field named `n` is still as it was when the typing was decided (`was`). `was` is null
// after the first box, since the page may change the field as it is typed into.
const isSame = (n, was) => {
  if (!was) return true;
  const now = look().fields.find((each) => each.n === n);
  return !!now && isLike(now, was);
};
// The boxes that a page has drawn in the place of these at a digit: the only ones that say all that
// these said, and that hold what was typed.
const drawnAnew = (group, was, typed) => {
  const now = look().fields;
  if (group.every((each) => each.isConnected)) {
    // The page may say something else beside them by now, but not lay a dialog over them.
    return now.some((each) => fields.get(each.n).includes(group[0]) && !each.covered && each.dialog === was.dialog) ? group : null;
  }
  const alike = now.filter((each) => each.boxes === group.length * digitsIn(group) && isLike(each, was));
  const boxes = alike.length === 1 ? fields.get(alike[0].n) : [];
  return boxes.length && boxes.map(valueOf).join("") === typed ? boxes : null;
};
const intoView = (element) => {
  styles = new Map();
  // At the window's edge it would stay under the bar.
  const block = isUnderBar(element, boxOf(element)) ? "center" : "nearest";
  element.scrollIntoView({ block, inline: "nearest", behavior: "instant" });
};
// Empties all boxes before the next code is typed: a page may send them at each change as soon as
// none is empty, and a refused code must not go out with a digit of the next one.
const empty = async (group) => {
  for (const each of group.length > 1 ? [...group].reverse() : []) {
    if (!bare(each.value) || isClosed(each) || each.readOnly) continue;
    each.focus();
    // A page that keeps the text itself must know by then which box has the focus.
    await drawnTwice();
    if (active() !== each) return false;
    each.select();
    document.execCommand("delete");
    await drawnTwice();
  }
  // What is left of a refused code would go out with the next one.
  return group.length === 1 || group.every((each) => !bare(each.value));
};
// Selects what the typing replaces: all but the code of India, where that stands there alone and
// leaves room.
const select = (element, text) => {
  if (!("select" in element)) {
    if (contentOf(element)) getSelection().selectAllChildren(element);
    return;
  }
  if (!element.value) return;
  element.select();
  const [prefix] = /^\(?\+ ?91\)?[^\d_]*/.exec(element.value) ?? [];
  const hasRoom = prefix && (element.maxLength < 0 || prefix.length + text.length <= element.maxLength);
  if (hasRoom && /^\(?\+91\)?$/.test(bare(element.value))) {
    try {
      element.setSelectionRange(prefix.length, element.value.length);
    } catch { /* a field that has no selection, such as one for a number */ }
  }
};
const insert = async (n, was, element, text) => {
  element.focus({ preventScroll: false });
  if (active() === element && valueOf(element)) {
    // An input mask uses the selection that the page was last told of, so the page draws first.
    select(element, text);
    await drawnTwice();
  }
  if (active() !== element) return "focus";
  // The page may change the field when it gets the focus.
  if (!isSame(n, was)) return "changed";
  if (isClosed(element) || element.readOnly) return "closed";
  select(element, text);
  document.execCommand("insertText", false, text);
  // Some pages read a field only once a key was let go; this one changes nothing in it.
  if (active() === element) element.dispatchEvent(new KeyboardEvent("keyup", { key: "End", code: "End", bubbles: true, composed: true }));
  return "";
};
const STOPPED = JSON.stringify({ stopped: true }); // as in eyes.py
const PRESSES = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"];
let armed = null;
// A field is pressed without words to compare.
const says = (element, words) => {
  [styles, seen] = [new Map(), new Map()];
  return !!element && (words === null || plain(wordsOf(element)) === plain(words));
};
const guard = (event) => {
  if (!armed || !event.isTrusted) return;
  const node = armed.node.deref();
  // After a miss all further events of the press are stopped.
  const isOther = armed.missed || (event.type === "pointerdown" && !says(armed.said.deref(), armed.words));
  if (node && !isOther && (event.composedPath().includes(node) || labelled(node, event.target))) {
    if (event.type === "click") armed = null;
    return;
  }
  event.stopImmediatePropagation();
  event.preventDefault();
  // The page may have acted on a press that has begun, so it counts as made.
  if (event.type === "pointerdown") {
    tell(STOPPED);
    tellNow();
  }
  armed.missed = true;
};
const MOVES = ["transform", "translate", "left", "top", "right", "bottom", "marginLeft", "marginTop", "height", "maxHeight"];
const SOON = 2000; // milliseconds
let moving = { n: 0, since: 0 }; // the control that is aimed at, and since when: one that never rests is pressed all the same
// Whether an animation that ends soon moves an element, so that a press could miss it.
const isMoving = (element) => {
  for (let each = element; each; each = up(each)) {
    for (const run of each.getAnimations()) {
      const { endTime, localTime } = run.effect?.getComputedTiming() ?? {};
      const moves = run.effect?.getKeyframes().some((frame) => MOVES.some((name) => name in frame));
      if (run.playState === "running" && moves && endTime - localTime < SOON) return true;
    }
  }
  return false;
};
// Takes the focus from the filled field before the press. Otherwise the press would take it, and
// what is shown only with the focus would go and move the control.
const leaveField = (control) => {
  const field = active();
  if (field && field !== control && [...fields.values()].some((group) => group.includes(field))) field.blur();
};
// A hidden window does not draw.
const drawnTwice = () => new Promise((done) => {
  setTimeout(done, UNDRAWN);
  requestAnimationFrame(() => requestAnimationFrame(done));
});
let afterTyping = null; // done once the page has drawn twice since the last typing
soon();
watchAll();

globalThis.uplHands = {
  // Types `text` into the field named `n`, each piece in the same task in which its box was found
  // to have the focus; answers why nothing was typed, or "typed". Between two boxes the page draws,
  // since one that keeps the text itself could handle the second digit as if there was no first.
  async fill(n, text, was) {
    if (!isSame(n, was)) return tellNow() || "changed";
    let group = fields.get(n);
    if (!group || !group.every((each) => each.isConnected)) return "gone";
    intoView(group[0]);
    const digits = digitsIn(group);
    if (group.length > 1 && group.length * digits < text.length) return "boxes";
    expected = text;
    if (!(await empty(group))) return tellNow() || "focus";
    const pieces = group.length > 1 ? text.match(new RegExp(`.{1,${digits}}`, "g")) : [text];
    for (let index = 0; index < pieces.length; index += 1) {
      if (index) group = drawnAnew(group, was, text.slice(0, index * digits));
      if (!group) return "typed";
      const why = await insert(n, index ? null : was, group[index], pieces[index]);
      if (why) return index ? "typed" : tellNow() || why;
      if (index < pieces.length - 1) await drawnTwice();
    }
    // At once, since a look from before the typing must not decide anything.
    tellNow();
    afterTyping = drawnTwice();
    return "typed";
  },
  // Gives one of our fields the focus for a key, and empties boxes whose text begins anew.
  async focus(n, index, text, was, anew = false) {
    if (!isSame(n, was)) return tellNow() || "changed";
    const group = fields.get(n);
    const element = group && group[Math.min(Math.floor(index / digitsIn(group)), group.length - 1)];
    if (!element || !element.isConnected) return "gone";
    expected = text;
    if (anew && !(await empty(group))) return tellNow() || "focus";
    if (!isSame(n, was) || !element.isConnected) return tellNow() || "changed";
    if (index === 0 || group.length > 1) element.focus();
    if (!group.includes(active()) && active() !== element) return "focus";
    const now = active();
    if (!isSame(n, was)) return tellNow() || "changed";
    if (isClosed(now) || now.readOnly) return "closed";
    if (index === 0 && now.value && "select" in now) now.select();
    return "";
  },
  // The same as `aim` after the page has drawn twice since the typing, by when it has begun what it
  // does by itself with the text. A form that has lost its text is not sent.
  async aimOnceDrawn(n, words) {
    leaveField(nodeOf(n));
    await (afterTyping ?? drawnTwice());
    if (expected !== null && !look().fields.some((each) => each.holds)) return tellNow() || { why: "emptied" };
    return globalThis.uplHands.aim(n, words);
  },
  // Where to press the control named `n`, which said `words` when the press was decided. Arms the
  // guard that stops a press on anything else.
  aim(n, words) {
    listen();
    const element = nodeOf(n);
    if (!element || !element.isConnected) return { why: "gone" };
    leaveField(element);
    if (!says(element, words)) return tellNow() || { why: "changed" };
    // The options of a closed list have no place.
    if (tagOf(element) === "OPTION") return { why: closest(element, "select")?.disabled ? "disabled" : "", choice: true };
    let target = element;
    let box = faceOf(target);
    const isUnseen = box.width < 2 || box.height < 2 || drawn(element).opacity < 0.1 || styleOf(element).pointerEvents === "none";
    if (isUnseen && element.labels?.length) {
      target = element.labels[0];
      box = faceOf(target);
    }
    if (isUnderBar(target, box) || isScrolledOut(target, box) || box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) {
      target.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
      box = faceOf(target);
    }
    if (isClosed(element) || attributeOf(element, "aria-disabled") === "true") return { why: "disabled" };
    if (moving.n !== n) moving = { n, since: performance.now() };
    if (performance.now() - moving.since < SOON && isMoving(target)) return { why: "moving" };
    // Its middle, or another point if the middle is covered.
    for (const [dx, dy] of [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75]]) {
      const x = box.left + box.width * dx;
      const y = box.top + box.height * dy;
      const hit = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight && deepest(x, y);
      if (hit && (within(hit, target) || labelled(element, hit) || isOfItsSlot(target, hit))) {
        armed = { node: new WeakRef(target), said: new WeakRef(element), words, missed: false };
        let [left, top] = [x, y];
        let own = true;
        try {
          for (let each = window; each !== each.top; each = each.parent) {
            const frame = each.frameElement;
            if (!frame) { own = false; break; }
            const around = frame.getBoundingClientRect();
            left += around.left + frame.clientLeft;
            top += around.top + frame.clientTop;
          }
        } catch {
          own = false;
        }
        return { why: "", x: left, y: top, own };
      }
    }
    return { why: "covered" };
  },
  // Chooses in a list as Playwright does, since Chromium draws lists outside the page.
  choose(n) {
    const option = nodeOf(n);
    const list = option?.closest("select");
    if (!list || !list.isConnected) return "gone";
    list.focus();
    option.selected = true;
    for (const event of ["input", "change"]) list.dispatchEvent(new Event(event, { bubbles: true, composed: true }));
    return "";
  },
  // For a control in a frame whose place in the window is not known.
  click(n) {
    nodeOf(n)?.click();
  },
  blur() {
    active()?.blur();
    afterTyping = drawnTwice();
  },
  node(n) {
    return nodeOf(n);
  },
  // The field that an element belongs to, and its name; null if it belongs to none.
  fieldOf(element) {
    for (const [n, group] of fields) if (group.includes(element)) return { n, group };
    return null;
  },
  disarm() {
    armed = null;
  },
  // Tells another look after the last key was pressed.
  again() {
    told = "";
    tellNow();
    afterTyping = drawnTwice();
  },
};
