// Whether a person could see an element, and where it can be pressed.

const up = (node) => slotOf(node) || parentOf(node) || rootOf(node).host || null;
const clean = (text) => (text || "").replace(/[\u00ad\u200b-\u200f\u2060\ufeff\ue000-\uf8ff]/g, "").replace(/\s+/g, " ").trim();
let styles = new Map();
const styleOf = (element) => {
  let style = styles.get(element);
  if (!style) styles.set(element, (style = getComputedStyle(element)));
  return style;
};
let seen = new Map();
// Whether an element is drawn, how opaque it is, and whether something else makes it hard to see.
// Each ancestor is asked once a look.
const isDimmed = (style) =>
  !/^(none|drop-shadow\([^()]*(\([^()]*\))?[^()]*\))?$/.test(style.filter) ||
  (style.maskImage || style.webkitMaskImage || "none") !== "none" ||
  style.mixBlendMode !== "normal";
const drawn = (element) => {
  let answer = seen.get(element);
  if (answer) return answer;
  const parent = up(element);
  const above = parent ? drawn(parent) : { there: true, opacity: 1, dimmed: false };
  let { there, opacity, dimmed } = above;
  if (there) {
    const style = styleOf(element);
    there =
      style.display !== "none" &&
      !hasAttribute(element, "inert") &&
      attributeOf(element, "aria-hidden") !== "true" &&
      !(parent && tagOf(parent) === "DETAILS" && !parent.open && tagOf(element) !== "SUMMARY") &&
      style.contentVisibility !== "hidden";
    opacity *= Number(style.opacity);
    dimmed ||= isDimmed(style);
  }
  seen.set(element, (answer = { there, opacity, dimmed }));
  return answer;
};
const channels = (color) => (/^rgba?\(/.test(color) ? color.match(/[\d.]+/g).map(Number) : null);
// Whether nobody could read what is typed into a field, since its ink has the ground's colour.
const isUnreadable = (element) => {
  const ink = channels(styleOf(element).webkitTextFillColor);
  if (!ink) return false;
  if (ink[3] === 0) return true;
  for (let each = element; each; each = up(each)) {
    const style = styleOf(each);
    const ground = channels(style.backgroundColor);
    if (style.backgroundImage !== "none" || !ground) return false;
    if (ground[3] !== 0) return ground.slice(0, 3).every((part, index) => Math.abs(part - ink[index]) < 16);
  }
  return ink.slice(0, 3).every((part) => part > 239); // a page without a colour is white
};
// The origin that a form would be sent to, if it is another one.
const postsTo = (element) => {
  const action = element.form && attributeOf(element.form, "action");
  try {
    const { protocol, origin } = new URL(action || "", document.baseURI);
    // An address with only a fragment means that a script sends the form, even below a `base`.
    const isHere = !action || action.trim().startsWith("#");
    return !isHere && /^http/.test(protocol) && origin !== location.origin ? origin : "";
  } catch {
    return "";
  }
};
const boxOf = (element) => {
  const { left, top, width, height } = boundsOf(element);
  return { left, top, width, height, right: left + width, bottom: top + height };
};
const union = (boxes) => {
  const left = Math.min(...boxes.map((b) => b.left));
  const top = Math.min(...boxes.map((b) => b.top));
  const right = Math.max(...boxes.map((b) => b.right));
  const bottom = Math.max(...boxes.map((b) => b.bottom));
  return { left, top, right, bottom, width: right - left, height: bottom - top };
};
const LEAST_OF_A_PART = 60; // pixels
// Whether a part of the page scrolls by itself, and so far that a height on the screen comes into it.
// In a small one nobody scrolls: it hides what is in it.
const scrollsTo = (part, y) => {
  if (!/^(auto|scroll)$/.test(styleOf(part).overflowY)) return false;
  const { top, bottom, height, width } = boxOf(part);
  if (Math.min(height, width) < LEAST_OF_A_PART) return false;
  // What lies beyond either end of what is scrolled is never seen.
  if (y < top) return scrollTopOf(part) >= top - y;
  return y <= bottom || scrollHeightOf(part) - clientHeightOf(part) - scrollTopOf(part) >= y - bottom;
};
// Whether so many pixels of a box can be scrolled into view and are not cut off by an ancestor.
const inPlace = (element, box, least) => {
  let { left, top, right, bottom } = box;
  const root = document.scrollingElement || document.documentElement;
  const absolute = styleOf(element).position === "fixed";
  const high = absolute ? innerHeight : Math.max(root.scrollHeight, innerHeight) - root.scrollTop;
  const low = absolute ? 0 : -root.scrollTop;
  if (Math.min(right, innerWidth) - Math.max(left, 0) < least) return false;
  for (let each = up(element); each && each !== document.body && each !== root; each = up(each)) {
    const style = styleOf(each);
    if (style.overflowX === "visible" && style.overflowY === "visible") continue;
    const frame = boxOf(each);
    if (style.overflowX !== "visible") {
      left = Math.max(left, frame.left);
      right = Math.min(right, frame.right);
    }
    const isIn = Math.min(bottom, frame.bottom) - Math.max(top, frame.top) >= least;
    if (!isIn && scrollsTo(each, (top + bottom) / 2)) {
      // It comes to stand where that part of the page is, and the page may have to scroll to that.
      ({ top, bottom } = frame);
    } else if (style.overflowY !== "visible" && style.overflowY !== "auto" && style.overflowY !== "scroll") {
      top = Math.max(top, frame.top);
      bottom = Math.min(bottom, frame.bottom);
    }
    if (right - left < least || bottom - top < least) return false;
  }
  return bottom > low && top < high;
};
const deepest = (x, y, root = document) => {
  let found = root.elementFromPoint(x, y);
  while (found && shadowOf(found)) {
    const inner = shadowOf(found).elementFromPoint(x, y);
    if (!inner || inner === found) break;
    found = inner;
  }
  return found;
};
const within = (inner, outer) => {
  for (let each = inner; each; each = up(each)) if (each === outer) return true;
  return false;
};
const labelled = (element, hit) => {
  for (const label of element.labels || []) if (within(hit, label)) return true;
  return false;
};
// Slotted words belong to the host of the shadow root.
const isOfItsSlot = (element, hit) => rootOf(element).host === hit && !!firstIn(element, "slot");
// Whether a point of this frame can be seen in its parents' windows too, where the frame may be
// covered or hidden. Parents of other origins cannot be asked.
const isOpenAt = (x, y) => {
  try {
    for (let each = window; each !== each.top; each = each.parent) {
      const frame = each.frameElement;
      if (!frame) return true;
      const box = frame.getBoundingClientRect();
      x += box.left + frame.clientLeft;
      y += box.top + frame.clientTop;
      const outer = each.parent;
      if (x < 0 || y < 0 || x >= outer.innerWidth || y >= outer.innerHeight) return true;
      if (deepest(x, y, outer.document) !== frame) return false;
      for (let around = frame; around; around = up(around)) {
        const style = outer.getComputedStyle(around);
        if (Number(style.opacity) < 0.1 || isDimmed(style)) return false;
      }
    }
  } catch { /* a parent of another origin */ }
  return true;
};
// The largest line of an element, since the middle of two lines may lie between its words.
const faceOf = (element, box = boxOf(element)) => {
  const lines = [...element.getClientRects()];
  if (lines.length < 2) return box;
  const { left, top, width, height } = lines.reduce((most, each) => (each.width * each.height > most.width * most.height ? each : most));
  return { left, top, width, height, right: left + width, bottom: top + height };
};
// "hit", "covered", or "away" if it must be scrolled into view. Boxes that are drawn over a field may
// leave its centre free, so other points count as well.
const hitTest = (element, box) => {
  const y = box.top + box.height / 2;
  const middle = box.left + box.width / 2;
  if (middle < 0 || y < 0 || middle >= innerWidth || y >= innerHeight || isScrolledOut(element, box)) return "away";
  if ([0.5, 0.25, 0.75].some((part) => isHitAt(element, box, box.left + box.width * part, y))) return "hit";
  return isUnderBar(element, box) ? "away" : "covered";
};
// Whether a box's middle is out of sight in a part of the page that scrolls by itself, and can be
// scrolled into sight there. The page itself is no such part, since its box moves with the window.
const isScrolledOut = (element, box) => {
  const y = box.top + box.height / 2;
  for (let each = element; each && !isFixed(each); ) {
    each = up(each);
    if (!each || each === document.body || each === document.documentElement) return false;
    if (!/^(auto|scroll)$/.test(styleOf(each).overflowY)) continue;
    const { top, bottom, height, width } = boxOf(each);
    if (Math.min(height, width) < LEAST_OF_A_PART) return false;
    if (y < top || y > bottom) return scrollsTo(each, y);
  }
  return false;
};
const isFixed = (element) => styleOf(element).position === "fixed";
// Whether a box keeps its place in the window while the page is scrolled.
const isOfTheWindow = (element) => {
  for (let each = element; each; each = up(each)) if (isFixed(each)) return true;
  return false;
};
// Whether a field takes no press, and neither does a button in the same part of the page: a form that
// is not in turn. A field that is drawn by others may take no press by itself.
const isOutOfTurn = (element) => {
  for (let each = element; each && styleOf(each).pointerEvents === "none"; each = up(each)) {
    const button = firstIn(each, "button, [type=submit], [role=button]");
    if (button) return styleOf(button).pointerEvents === "none";
  }
  return false;
};
// Whether a box is covered by a bar at the window's edge, and can be scrolled out from under it.
const isUnderBar = (element, box) => {
  const y = box.top + box.height / 2;
  const hit = deepest(box.left + box.width / 2, y);
  let bar = null;
  for (let each = hit; each; each = up(each)) if (isFixed(each)) bar = each;
  if (!bar || isOfTheWindow(element)) return false;
  // A menu or a backdrop that hangs out of a bar covers the page too.
  let edge = boxOf(hit);
  let isLoose = false;
  for (let each = hit; each !== bar; ) {
    isLoose ||= /^(fixed|absolute)$/.test(styleOf(each).position);
    each = up(each);
    edge = isLoose || styleOf(each).overflowY === "visible" ? union([edge, boxOf(each)]) : boxOf(each);
  }
  // A backdrop that only a style draws has no box, so the place is in none of these.
  if (edge.height > innerHeight / 2 || y < edge.top || y > edge.bottom) return false;
  const root = document.scrollingElement || document.documentElement;
  if (edge.top <= 2) return root.scrollTop >= edge.bottom - box.top;
  return edge.bottom >= innerHeight - 2 && root.scrollHeight - innerHeight - root.scrollTop >= box.bottom - edge.top;
};
// Whether something has a ground of its own, shows nothing, and lies over all of a box: no decoration does.
const hides = (over, box) => {
  const ground = channels(styleOf(over).backgroundColor);
  const frame = boxOf(over);
  return (
    !!ground && (ground[3] ?? 1) === 1 && !clean(contentOf(over)) && !firstIn(over, "svg, img, canvas") &&
    frame.left <= box.left && frame.top <= box.top && frame.right >= box.right && frame.bottom >= box.bottom
  );
};
const isHitAt = (element, box, x, y) => {
  const hit = isOpenAt(x, y) && deepest(x, y);
  if (!hit) return false;
  if (within(hit, element)) return true;
  // Below a field that is clipped away nothing is hit. A box to tick has its label there.
  const isOut = !/^(checkbox|radio)$/.test(element.type) && !rootOf(element).elementsFromPoint(x, y).includes(element);
  if (isOut && styleOf(element).pointerEvents !== "none" && !within(element, hit)) return false;
  if (labelled(element, hit)) return true;
  // What is hit through a clipped element, or in front of it, is no part of it.
  if (within(element, hit)) return isOfItsSlot(element, hit) || styleOf(element).pointerEvents === "none";
  // A box to tick is often drawn by what lies over it.
  for (let over = hit; isTyped(element) && over && !within(element, over); over = up(over)) {
    if (hides(over, box)) return false;
  }
  // A decoration of the field, such as a prefix, dots, or drawn boxes.
  for (let each = up(element), level = 0; each && level < 3; each = up(each), level += 1) {
    const frame = boxOf(each);
    if (frame.height > box.height * 3 + 40 || frame.width > box.width * 3 + 200) break;
    if (within(hit, each)) return true;
  }
  return false;
};
const shown = (element, box, { field = false } = {}) => {
  const { there, opacity } = drawn(element);
  if (!there || styleOf(element).visibility !== "visible") return false;
  const least = field ? 12 : 2;
  if (box.width < least || box.height < least) return false;
  if (!inPlace(element, box, least)) return false;
  if (opacity >= 0.1) return true;
  return (
    field && box.width >= 20 && box.height >= 20 && element.tabIndex >= 0 && hitTest(element, box) === "hit"
  );
};
