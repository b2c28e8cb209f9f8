// Runs in an isolated world of every frame, before the page's own scripts, and tells what a person
// could see there now. The page can neither see nor call it. Values of fields never leave the
// frame: only their length, and whether they are what was typed.
(() => {
  "use strict";
  if (globalThis.uplHands) return;
  const tell = globalThis.uplTell;
  const REST = 12; // ms between the last change of the page and the look that tells it
  const LONGEST = 100; // ms after which a page that never rests is looked at all the same
  const UNDRAWN = 500; // ms after which a page that does not draw is taken to have drawn
  const POLL = 250; // ms between looks for changes that no event tells, such as layout
  const MOST = 400; // texts, and controls, that are told of one frame
  const INPUTS = 700; // more than `MOST_FIELDS` of fields/choice.py, in rows of ten boxes: such a page is no login
  const CHOICES = 12; // a list of more choices is one of countries, not of ways to log in
  const UNTYPED = new Set("hidden submit button reset image checkbox radio range color file".split(" "));
  const SKIPPED = new Set("SCRIPT STYLE TEMPLATE NOSCRIPT HEAD TITLE META LINK OPTION SVG CANVAS".split(" "));

  // -- names of nodes ----------------------------------------------------------------------------
  const names = new WeakMap();
  const nodes = new Map();
  let last = 0;
  const nameOf = (element) => {
    let name = names.get(element);
    if (name === undefined) {
      names.set(element, (name = last += 1));
      nodes.set(name, new WeakRef(element));
    }
    return name;
  };
  const nodeOf = (name) => nodes.get(name)?.deref();

  // -- what a person can see -----------------------------------------------------------------------
  const up = (node) => node.assignedSlot || node.parentElement || node.getRootNode().host || null;
  const clean = (text) => (text || "").replace(/[\u00ad\u200b-\u200f\u2060\ufeff\ue000-\uf8ff]/g, "").replace(/\s+/g, " ").trim();
  let styles = new Map();
  const styleOf = (element) => {
    let style = styles.get(element);
    if (!style) styles.set(element, (style = getComputedStyle(element)));
    return style;
  };
  let seen = new Map();
  // Whether an element is drawn at all, how opaque it is, and whether something else may make it
  // hard to see. Ancestors are asked once a look.
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
        !element.inert &&
        !element.hidden &&
        element.getAttribute("aria-hidden") !== "true" &&
        !(parent?.tagName === "DETAILS" && !parent.open && element.tagName !== "SUMMARY") &&
        style.contentVisibility !== "hidden";
      opacity *= Number(style.opacity);
      dimmed ||= isDimmed(style);
    }
    seen.set(element, (answer = { there, opacity, dimmed }));
    return answer;
  };
  const channels = (color) => (/^rgba?\(/.test(color) ? color.match(/[\d.]+/g).map(Number) : null);
  // Whether what is typed into a field could be read by nobody: its ink is that of its ground.
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
  // Where a form would send itself to, if that is another origin. A field of it may be called as
  // the form's own properties are.
  const postsTo = (element) => {
    const action = element.form && Element.prototype.getAttribute.call(element.form, "action");
    try {
      const { protocol, origin } = new URL(action || "", document.baseURI);
      // One that only names a place of the page is a script's, also where a base stands before it.
      const isHere = !action || action.trim().startsWith("#");
      return !isHere && /^http/.test(protocol) && origin !== location.origin ? origin : "";
    } catch {
      return "";
    }
  };
  const boxOf = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { left, top, width, height, right: left + width, bottom: top + height };
  };
  // Whether so many pixels of a box are cut off by no ancestor and can be scrolled into view.
  const inPlace = (element, box, least) => {
    let { left, top, right, bottom } = box;
    const root = document.scrollingElement || document.documentElement;
    const absolute = styleOf(element).position === "fixed";
    const high = absolute ? innerHeight : Math.max(root.scrollHeight, innerHeight) - root.scrollTop;
    const low = absolute ? 0 : -root.scrollTop;
    if (bottom <= low || top >= high) return false;
    if (Math.min(right, innerWidth) - Math.max(left, 0) < least) return false;
    for (let each = up(element); each && each !== document.body && each !== root; each = up(each)) {
      const style = styleOf(each);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const frame = boxOf(each);
      if (style.overflowX !== "visible") {
        left = Math.max(left, frame.left);
        right = Math.min(right, frame.right);
      }
      if (style.overflowY !== "visible" && style.overflowY !== "auto" && style.overflowY !== "scroll") {
        top = Math.max(top, frame.top);
        bottom = Math.min(bottom, frame.bottom);
      }
      if (right - left < least || bottom - top < least) return false;
    }
    return true;
  };
  const deepest = (x, y, root = document) => {
    let found = root.elementFromPoint(x, y);
    while (found && found.shadowRoot) {
      const inner = found.shadowRoot.elementFromPoint(x, y);
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
  // Whether a point of this frame is one of its parents' windows too: a frame may be covered there,
  // or be no frame that anybody sees. Parents of other origins cannot be asked.
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
  // Where words run over two lines their box has a middle that is none of theirs: the largest line.
  const faceOf = (element, box = boxOf(element)) => {
    const lines = [...element.getClientRects()];
    if (lines.length < 2) return box;
    const { left, top, width, height } = lines.reduce((most, each) => (each.width * each.height > most.width * most.height ? each : most));
    return { left, top, width, height, right: left + width, bottom: top + height };
  };
  // "hit", "covered", or "away" where it must be scrolled into view. The centre of boxes that
  // are drawn over a field may lie between two of them: other points tell as well.
  const hitTest = (element, box) => {
    const y = box.top + box.height / 2;
    const middle = box.left + box.width / 2;
    if (middle < 0 || y < 0 || middle >= innerWidth || y >= innerHeight) return "away";
    if ([0.5, 0.25, 0.75].some((part) => isHitAt(element, box, box.left + box.width * part, y))) return "hit";
    return isUnderBar(element, box) ? "away" : "covered";
  };
  const isFixed = (element) => styleOf(element).position === "fixed";
  // Whether what covers a box is a bar at the window's edge, from under which the page can be scrolled.
  const isUnderBar = (element, box) => {
    const y = box.top + box.height / 2;
    const hit = deepest(box.left + box.width / 2, y);
    let bar = null;
    for (let each = hit; each; each = up(each)) if (isFixed(each)) bar = each;
    for (let each = element; bar && each; each = up(each)) if (isFixed(each)) return false;
    if (!bar) return false;
    // What hangs out of a bar, such as a menu or a backdrop, covers the page with it.
    let edge = boxOf(hit);
    let isLoose = false;
    for (let each = hit; each !== bar; ) {
      isLoose ||= /^(fixed|absolute)$/.test(styleOf(each).position);
      each = up(each);
      edge = isLoose || styleOf(each).overflowY === "visible" ? union([edge, boxOf(each)]) : boxOf(each);
    }
    // A backdrop that is drawn by a style alone has no box: then the place is in none of these.
    if (edge.height > innerHeight / 2 || y < edge.top || y > edge.bottom) return false;
    const root = document.scrollingElement || document.documentElement;
    if (edge.top <= 2) return root.scrollTop >= edge.bottom - box.top;
    return edge.bottom >= innerHeight - 2 && root.scrollHeight - innerHeight - root.scrollTop >= box.bottom - edge.top;
  };
  const isHitAt = (element, box, x, y) => {
    const hit = isOpenAt(x, y) && deepest(x, y);
    if (!hit) return false;
    if (within(hit, element) || labelled(element, hit)) return true;
    // What is hit through it, where it is clipped or lies behind, is no part of it.
    const around = within(element, hit);
    // Words that are slotted into an element belong to the host of its shadow root.
    const slotted = element.getRootNode().host === hit && element.querySelector("slot");
    if (around) return !!slotted || styleOf(element).pointerEvents === "none";
    // A decoration of the same field: prefix, dots, drawn boxes.
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

  // -- walking the page ----------------------------------------------------------------------------
  // A list box that is drawn by the page; what it holds was chosen, and is not typed.
  const isChosen = (element) => element.readOnly === true && element.getAttribute("role") === "combobox";
  const isTyped = (element) =>
    (element.tagName === "INPUT" && !UNTYPED.has(element.type) && !isChosen(element)) ||
    element.tagName === "TEXTAREA" ||
    (element.isContentEditable && !element.parentElement?.isContentEditable);
  const CLICKED = new Set("button link tab radio menuitem menuitemradio option switch checkbox combobox".split(" "));
  // Whether a press opens a list that is closed now.
  const opens = (element) => {
    const popup = element.getAttribute("aria-haspopup");
    if (element.tagName === "SUMMARY") return element.parentElement?.tagName === "DETAILS" && !element.parentElement.open;
    return (/^(true|menu|listbox)$/.test(popup || "") || element.getAttribute("role") === "combobox") && element.getAttribute("aria-expanded") !== "true";
  };
  const isControl = (element) => {
    const tag = element.tagName;
    if (tag === "BUTTON" || tag === "SUMMARY") return true;
    if (tag === "A") return true;
    if (tag === "INPUT") return /^(submit|button|image|radio|checkbox)$/.test(element.type) || isChosen(element);
    if (CLICKED.has(element.getAttribute("role"))) return true;
    if (element.hasAttribute("onclick")) return true;
    if (tag === "LABEL") return false;
    if (/(^|[\s_-])(btn|button|cta)([\s_-]|$)/i.test(`${element.id} ${element.getAttribute("class") || ""}`)) return !element.querySelector("button, input, a, [role=button]");
    const parent = up(element);
    const pointer = styleOf(element).cursor === "pointer";
    return pointer && !!parent && styleOf(parent).cursor !== "pointer" && !element.querySelector("input, button, a, select, textarea");
  };
  const attribute = (element, name) => clean(element.getAttribute(name)).slice(0, 80);
  // An icon font draws a picture for a word such as "arrow_forward": it is read by nobody.
  const ICON_CLASS = /(^|\s)((mat-|md-)?icons?|material-(icons|symbols)(-\w+)*)(\s|$)/i;
  const isIcon = (element) => {
    if (element.childElementCount || element.shadowRoot || !/^\s*[a-z][a-z0-9]*(_[a-z0-9]+)*\s*$/.test(element.textContent)) return false;
    const named = /^M(AT|D)-ICON$/.test(element.tagName) || ICON_CLASS.test(element.getAttribute("class") || "");
    return named || /\b(icons?|symbols|awesome)\b/i.test(styleOf(element).fontFamily);
  };
  const testId = (element) =>
    ["data-testid", "data-test-id", "data-test", "data-cy", "data-qa", "data-automation-id"]
      .map((name) => element.getAttribute(name))
      .find(Boolean)?.slice(0, 80) || "";
  // What stands in an element, or before `until` in it.
  const textOf = (element, until = null) => {
    if (!element) return "";
    let text = "";
    let ended = false;
    const walk = (node) => {
      const slotted = node.tagName === "SLOT" ? node.assignedNodes() : [];
      for (const child of slotted.length ? slotted : (node.shadowRoot || node).childNodes) {
        ended ||= child === until;
        if (ended) return;
        if (child.nodeType === Node.TEXT_NODE) text += child.data;
        else if (child.nodeType === Node.ELEMENT_NODE && !/^(SCRIPT|STYLE|TEMPLATE)$/.test(child.tagName) && !isIcon(child)) {
          if (child.tagName === "IMG") text += ` ${child.alt || ""} `;
          else if (child.tagName === "BR") text += " ";
          else if (drawn(child).there) {
            text += styleOf(child).display.startsWith("inline") ? "" : " ";
            walk(child);
            text += styleOf(child).display.startsWith("inline") ? "" : " ";
          }
        }
      }
    };
    walk(element);
    return clean(text).slice(0, 300);
  };
  const namesOf = (element, name) =>
    (element.getAttribute(name) || "").split(/\s+/).filter(Boolean).map((id) => element.getRootNode().getElementById?.(id)).filter(Boolean);
  const referred = (element, name) => clean(namesOf(element, name).map((each) => textOf(each)).join(" "));
  // A fieldset closes all that stands in it.
  const isClosed = (element) => element.matches(":disabled");
  const labelOf = (element) =>
    clean(
      [
        referred(element, "aria-labelledby"),
        element.getAttribute("aria-label") || "",
        ...[...(element.labels || [])].map((label) => namedBy(label, element)),
        element.title || "",
      ].join(" "),
    ).slice(0, 200);
  // Of a label round a field, what stands before that: behind it come hints and what is wrong.
  const namedBy = (label, element) => (label.contains(element) && textOf(label, element)) || textOf(label);
  // A placeholder that is drawn in no colour, as below a label that floats, is not there.
  const placeholderOf = (element) => {
    const text = attribute(element, "placeholder");
    if (!text) return "";
    const { color, opacity } = getComputedStyle(element, "::placeholder");
    return Number(opacity) < 0.1 || /^(transparent|rgba\(.*, 0\))$/.test(color) ? "" : text;
  };
  // What a control's only icon is called, where that is all it says.
  const iconOf = (element) => {
    const icons = element.tagName === "INPUT" ? [] : [element, ...element.querySelectorAll("*")].filter(isIcon);
    return icons.length === 1 && drawn(icons[0]).there ? clean(icons[0].textContent).replace(/_/g, " ") : "";
  };
  const wordsOf = (element) => {
    // Of an input only a button's value is its words; others may hold what somebody has entered.
    const isButton = element.tagName === "INPUT" && /^(submit|button|reset)$/.test(element.type);
    const own = element.tagName !== "INPUT" ? textOf(element) : isButton ? clean(element.value) : "";
    const said = clean(
      [own, element.getAttribute("aria-label") || "", referred(element, "aria-labelledby"), element.title || "",
        element.alt || "", ...[...(element.labels || [])].map((label) => textOf(label)),
        own ? "" : textOf(element.querySelector?.("title"))].join(" "),
    ).slice(0, 160);
    return said || iconOf(element);
  };

  let expected = null; // what was typed last in this frame
  const bare = (text) => text.replace(/[\s\u2010-\u2015._/()-]/g, "");
  const valueOf = (element) => ("value" in element ? element.value : element.textContent) || "";
  const isExpected = (value) => {
    if (expected === null) return false;
    if (value === expected) return true;
    const held = bare(value);
    // A page that draws the dots itself holds as many of them.
    if (/^[\u2022\u25cf\u2219\u26ab\u00b7*\uff0a]+$/.test(held)) return held.length === expected.length;
    return held === bare(expected) || (/^\d+$/.test(expected) && /^\+?(91|0)?\d+$/.test(held) && held.endsWith(expected) && held.length - expected.length <= 3);
  };

  // -- the look ------------------------------------------------------------------------------------
  const gather = () => {
    styles = new Map();
    seen = new Map();
    const inputs = [];
    const controls = [];
    const texts = [];
    const modals = [];
    const frames = [];
    let spinner = false;
    let closed = false;
    let heading = "";
    const walk = (parent, context) => {
      let line = "";
      let first = null;
      const end = () => {
        const text = clean(line);
        if (text && first && texts.length < MOST) texts.push({ element: first, text: text.slice(0, 400), ...context });
        line = "";
        first = null;
      };
      const inline = (root, inner) => {
        for (const child of root.childNodes) {
          if (child.nodeType === Node.TEXT_NODE) {
            if (!child.data.trim()) {
              line += " ";
              continue;
            }
            const owner = child.parentElement || root.host || parent;
            const { there, opacity } = drawn(owner);
            if (!there || opacity < 0.1 || styleOf(owner).visibility !== "visible") continue;
            first ??= owner;
            line += child.data;
          } else if (child.nodeType === Node.ELEMENT_NODE) {
            element(child, inner);
          }
        }
      };
      const element = (each, inner) => {
        const tag = each.tagName;
        if (tag === "IFRAME" || tag === "FRAME") {
          const box = boxOf(each);
          if (shown(each, box, { field: true })) frames.push({ element: each, src: each.src || "", title: attribute(each, "title"), w: Math.round(box.width), h: Math.round(box.height) });
          return;
        }
        if (SKIPPED.has(tag.toUpperCase())) return;
        const { there } = drawn(each);
        if (!there || (isIcon(each) && !isControl(each))) return;
        const role = each.getAttribute("role") || "";
        let next = inner;
        if (isTyped(each)) {
          const box = boxOf(each);
          if (inputs.length < INPUTS && shown(each, box, { field: true })) inputs.push({ element: each, box, heading, ...inner });
          return;
        }
        if (tag === "SELECT") {
          end();
          const box = boxOf(each);
          const choices = [...each.options].filter((option) => !option.disabled && clean(option.text));
          if (shown(each, box) && !each.multiple && choices.length <= CHOICES)
            for (const option of choices) controls.push({ element: option, box, heading: labelOf(each) || heading, ...inner });
          return;
        }
        const inControl = inner.control;
        if (!inControl && isControl(each)) {
          const box = boxOf(each);
          const bare = each.tagName === "INPUT" && /radio|checkbox/.test(each.type);
          if (shown(each, box) || (bare && each.labels?.length && drawn(each).there)) controls.push({ element: each, box, heading, ...inner });
          next = { ...inner, control: true };
        }
        if (/^(dialog|alertdialog)$/.test(role) || tag === "DIALOG") {
          const box = boxOf(each);
          if (shown(each, box)) {
            const modal = each.getAttribute("aria-modal") === "true" || (tag === "DIALOG" && each.matches(":modal"));
            const dialog = nameOf(each);
            if (modal) modals.push(each);
            next = { ...next, dialog };
          }
        }
        if (tag === "FORM") next = { ...next, form: nameOf(each) };
        const live = each.getAttribute("aria-live");
        const marks = `${each.id} ${each.getAttribute("class") || ""}`;
        if (role === "alert" || live === "assertive" || each.getAttribute("aria-invalid") === "true") next = { ...next, live: "alert" };
        else if (role === "status" || live === "polite") next = { ...next, live: next.live || "status" };
        else if (!next.live && /(^|[\s_-])(toast|snack(bar)?|notif\w*|error|alert|invalid|danger)([\s_-]|$)/i.test(marks)) next = { ...next, live: "marked" };
        const isHeading = /^H[1-6]$/.test(tag) || role === "heading" || tag === "LEGEND";
        if (isHeading) next = { ...next, head: true };
        // What is written at a box to tick or a radio is no label of a field beside it.
        if (tag === "LABEL") next = { ...next, label: true, choice: /^(checkbox|radio)$/.test(each.control?.type) };
        if (tag === "FOOTER" || role === "contentinfo") next = { ...next, footer: true };
        if (role === "progressbar" || each.getAttribute("aria-busy") === "true" || /spinner|loader|loading|skeleton/i.test(marks)) {
          const box = boxOf(each);
          spinner ||= shown(each, box);
        }
        if (each.tagName.includes("-") && !each.shadowRoot && !each.childNodes.length && boxOf(each).height > 10) closed = true;
        const flows = styleOf(each).display;
        const changed = next !== inner;
        const root = each.shadowRoot || each;
        const children = tag === "SLOT" ? { childNodes: each.assignedNodes().length ? each.assignedNodes() : each.childNodes } : root;
        if ((flows.startsWith("inline") || flows === "contents") && !changed && tag !== "BR") {
          inline(children, next);
        } else {
          end();
          walk(children, next);
          if (isHeading) heading = textOf(each);
          end();
        }
      };
      inline(parent, context);
      end();
    };
    walk(document, {});
    // A modal that something else covers is not the one in front, whatever its markup says.
    const front = modals.filter((each) => hitTest(each, boxOf(each)) !== "covered").at(-1);
    const behind = (element) => !!front && !within(element, front);
    // A frame that something lies over asks nobody for anything now.
    const open = frames.filter(({ element }) => !behind(element) && hitTest(element, boxOf(element)) !== "covered");
    return { inputs: inputs.filter((each) => !behind(each.element)), controls: controls.filter((each) => !behind(each.element)),
      texts: texts.filter((each) => !behind(each.element) || each.live), frames: open.map(({ element: _, ...told }) => told), spinner, closed, modal: !!front };
  };

  // One-character boxes of one row are one field.
  const grouped = (inputs) => {
    const rows = [];
    for (const input of inputs) {
      const { element, box } = input;
      const single = element.maxLength === 1 || (box.width <= 72 && box.width <= box.height * 1.7 && element.tagName === "INPUT");
      const row = rows.at(-1);
      const before = row && row.at(-1);
      if (single && before && before.single && Math.abs(before.box.top - box.top) < 6 && Math.abs(before.box.height - box.height) < 6 &&
        box.left >= before.box.right - 4 && box.left - before.box.right < 60) row.push({ ...input, single });
      else rows.push([{ ...input, single }]);
    }
    return rows.flatMap((row) => (row.length >= 3 && row.length <= 10 ? [row] : row.map((each) => [each])));
  };

  // A narrow box that holds the code of India, right before a field, is a part of that field.
  const isPrefix = ({ element, box }, inputs) =>
    box.width < 100 && bare(valueOf(element)) === "+91" &&
    inputs.some((each) => Math.abs(each.box.top - box.top) < 8 && each.box.left >= box.right - 4 && each.box.left - box.right < 24);

  // The fields in which the page hides what is typed. The recorder of the evidence draws squares in
  // every field: they are put aside for the time of the question, in which nothing is painted.
  const masking = (elements) => {
    const hides = (element) => element.type === "password" || !/^(none)?$/.test(getComputedStyle(element).webkitTextSecurity || "");
    const found = elements.filter(hides);
    const squares = new Set([document, ...found.map((each) => each.getRootNode())].flatMap((root) => [...(root.adoptedStyleSheets || [])])
      .filter((sheet) => !sheet.disabled && sheet.cssRules[0]?.nameList?.includes("upstox-browser-login-squares")));
    if (!squares.size) return new Set(found);
    try {
      for (const sheet of squares) sheet.disabled = true;
      return new Set(found.filter(hides));
    } finally {
      for (const sheet of squares) sheet.disabled = false;
    }
  };

  const union = (boxes) => {
    const left = Math.min(...boxes.map((b) => b.left));
    const top = Math.min(...boxes.map((b) => b.top));
    const right = Math.max(...boxes.map((b) => b.right));
    const bottom = Math.max(...boxes.map((b) => b.bottom));
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  };
  // How far a text is from a field, in px; texts above, beside and on the field are near, and what
  // stands below is a little further than what stands above.
  const distance = (text, field) => {
    const dx = Math.max(field.left - text.right, text.left - field.right, 0);
    const above = Math.max(field.top - text.bottom, 0);
    const below = Math.max(text.top - field.bottom, 0);
    return dx * 1.2 + above + below * 1.6 + (below > 0 ? 6 : 0);
  };

  // Words that a style alone draws round a field, such as a label of `content: attr(data-label)`.
  const writtenBy = (element, where) => {
    const { content, display, visibility, opacity, fontFamily } = getComputedStyle(element, where);
    const [, text] = /^"(.*)"$/.exec(content) || [];
    const there = display !== "none" && visibility === "visible" && Number(opacity) >= 0.1;
    return text && there && /\p{L}{2}/u.test(text) && !/\b(icons?|symbols|awesome)\b/i.test(fontFamily) ? clean(text.replace(/\\"/g, '"')).slice(0, 160) : "";
  };
  const drawnAround = (element, others) => {
    for (let each = up(element), level = 0; each && level < 3; each = up(each), level += 1) {
      if (others.some((other) => within(other, each))) return "";
      const text = drawn(each).there && (writtenBy(each, "::before") || writtenBy(each, "::after"));
      if (text) return text;
    }
    return "";
  };
  // What a picture right beside a field is called: last of all, since it may be an ornament.
  const pictureOf = (element) => {
    const picture = [...(up(element)?.children || [])].find((each) => each.matches("svg, img, [role=img]") && drawn(each).there);
    return picture ? clean(picture.getAttribute("aria-label") || picture.getAttribute("alt") || picture.querySelector("title")?.textContent || "").slice(0, 160) : "";
  };

  let fields = new Map(); // name of a field -> its inputs, more than one for boxes
  const look = () => {
    const { inputs: typed, controls, texts, frames, spinner, closed, modal } = gather();
    const inputs = typed.filter((each) => !isPrefix(each, typed));
    for (const each of typed) if (!inputs.includes(each)) texts.push({ ...each, text: "+91" });
    const groups = grouped(inputs);
    fields = new Map();
    const boxes = groups.map((row) => union(row.map((each) => each.box)));
    const lines = texts.map((each) => {
      const range = document.createRange();
      let box = boxOf(each.element);
      try {
        range.selectNodeContents(each.element);
        const tight = range.getBoundingClientRect();
        if (tight.width && tight.height) box = { left: tight.left, top: tight.top, right: tight.right, bottom: tight.bottom, width: tight.width, height: tight.height };
      } catch { /* a node that is gone */ }
      return { ...each, box, visible: shown(each.element, box) };
    }).filter((each) => each.visible);
    const near = groups.map(() => []);
    // What names a switch or a box to tick is no label of a field beside it.
    const named = controls.filter(({ element }) => element.matches("[role=switch], [role=checkbox], [role=radio], [type=checkbox], [type=radio]")).flatMap(({ element }) => namesOf(element, "aria-labelledby"));
    for (const line of lines) {
      if (line.control || line.choice || line.footer || named.some((each) => within(line.element, each))) continue;
      let best = -1;
      let least = 150;
      boxes.forEach((box, index) => {
        const far = distance(line.box, box);
        if (far < least) [best, least] = [index, far];
      });
      line.field = best;
      if (best >= 0) near[best].push({ far: least, line, below: line.box.top >= boxes[best].bottom - 2 });
    }
    const masked = masking(groups.map((row) => row[0].element));
    const told = groups.map((row, index) => {
      const { element, heading, form, dialog } = row[0];
      const name = nameOf(element);
      const group = row.map((each) => each.element);
      fields.set(name, group);
      const values = group.map(valueOf);
      const whole = values.join("");
      const others = inputs.map((each) => each.element).filter((each) => !group.includes(each));
      const beside = near[index].sort((a, b) => a.far - b.far);
      return {
        n: name,
        tag: element.tagName.toLowerCase(),
        type: element.type || "text",
        id: element.id.slice(0, 80),
        name: attribute(element, "name"),
        testid: testId(element),
        autocomplete: attribute(element, "autocomplete").toLowerCase(),
        inputmode: attribute(element, "inputmode").toLowerCase(),
        pattern: attribute(element, "pattern"),
        maxlength: group.length > 1 ? group.length : (element.maxLength ?? -1),
        boxes: group.length > 1 ? group.length : 0,
        masked: masked.has(element),
        label: clean(group.length > 1 ? `${labelOf(element)} ${textOf(element.closest("fieldset")?.querySelector("legend"))} ${attribute(element.closest("[role=group]") || element, "aria-label")}` : labelOf(element)).slice(0, 200),
        placeholder: placeholderOf(element),
        near: [drawnAround(element, others), ...beside.filter((each) => !each.below && !each.line.live).slice(0, 3).map((each) => each.line.text.slice(0, 160)), pictureOf(element)].filter(Boolean),
        below: beside.filter((each) => each.below || each.line.live).slice(0, 3).map((each) => each.line.text.slice(0, 160)),
        heading: heading.slice(0, 160),
        disabled: group.every((each) => isClosed(each) || each.getAttribute("aria-disabled") === "true"),
        invalid: element.getAttribute("aria-invalid") === "true",
        covered: hitTest(element, row[0].box) === "covered",
        faint: drawn(element).opacity < 0.5 || drawn(element).dimmed || boxes[index].width < 40 || isUnreadable(element),
        length: bare(whole).length,
        prefixed: /^\(?\+91\)?$/.test(bare(whole)),
        holds: isExpected(whole),
        posts: postsTo(element),
        form: form || 0,
        dialog: dialog || 0,
        at: [Math.round(boxes[index].left), Math.round(boxes[index].top), Math.round(boxes[index].width), Math.round(boxes[index].height)],
      };
    });
    const pressed = controls.slice(0, MOST).map(({ element, box, heading, form, dialog }) => ({
      n: nameOf(element),
      tag: element.tagName.toLowerCase(),
      type: (element.type || "").toLowerCase(),
      role: element.getAttribute("role") || (element.tagName === "OPTION" ? "option" : ""),
      words: wordsOf(element),
      id: element.id.slice(0, 80),
      testid: testId(element),
      icon: !textOf(element) && (isIcon(element) || !!element.querySelector?.("svg, img, i") || [...(element.querySelectorAll?.("*") || [])].some(isIcon)),
      disabled: isClosed(element) || element.getAttribute("aria-disabled") === "true" || styleOf(element).pointerEvents === "none",
      opens: opens(element),
      chosen: !!element.checked || !!element.selected || ["aria-selected", "aria-checked", "aria-pressed"].some((each) => element.getAttribute(each) === "true") || element.getAttribute("aria-current") === "true",
      covered: hitTest(element, faceOf(element, box)) === "covered",
      heading: heading.slice(0, 160),
      form: form || Number(names.get(element.form) || 0),
      dialog: dialog || 0,
      at: [Math.round(box.left), Math.round(box.top), Math.round(box.width), Math.round(box.height)],
    }));
    return {
      path: location.pathname.slice(0, 200),
      title: clean(document.title).slice(0, 120),
      ready: document.readyState === "complete",
      fields: told,
      controls: pressed,
      texts: lines.map((each) => ({
        text: each.text, live: each.live || "", head: !!each.head, control: !!each.control, footer: !!each.footer, dialog: each.dialog || 0,
        field: each.field >= 0 ? told[each.field].n : 0,
      })),
      frames,
      spinner,
      modal,
      closed,
    };
  };

  // -- telling -------------------------------------------------------------------------------------
  const active = () => {
    let each = document.activeElement;
    while (each && each.shadowRoot && each.shadowRoot.activeElement) each = each.shadowRoot.activeElement;
    return each;
  };
  let told = "";
  let timer = null;
  let since = 0;
  // Digits in running text and positions of a few pixels make no new look.
  const keyOf = (value) =>
    JSON.stringify(value, (name, each) => (name === "at" ? each.map((px) => Math.round(px / 24)) : name === "text" || name === "near" || name === "below" ? (typeof each === "string" ? each.replace(/\d+/g, "#") : each.map((text) => text.replace(/\d+/g, "#"))) : each));
  // In a frame, whether any of it can be seen through the frame's own window.
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
  const options = { childList: true, subtree: true, characterData: true, attributes: true };
  const watched = new WeakSet();
  const watch = (root) => {
    if (watched.has(root)) return;
    watched.add(root);
    new MutationObserver((records) => {
      for (const record of records) for (const node of record.addedNodes) shadows(node);
      soon();
    }).observe(root, options);
  };
  const shadows = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.shadowRoot) watch(node.shadowRoot);
    for (const each of node.querySelectorAll("*")) if (each.shadowRoot) { watch(each.shadowRoot); shadows(each.shadowRoot); }
  };
  watch(document);
  // A page that comes back out of Chromium's cache is told once more: its last look was forgotten.
  const shownAgain = (event) => {
    if (!event.persisted) return;
    told = "";
    soon();
  };
  // `document.open()` takes every listener away from the window. To add one that is there does nothing.
  const listen = () => {
    for (const event of ["input", "change", "focusin", "transitionend", "animationend", "scroll"]) addEventListener(event, soon, { capture: true, passive: true });
    for (const event of ["DOMContentLoaded", "load"]) addEventListener(event, soon);
    addEventListener("pageshow", shownAgain);
    for (const event of PRESSES) addEventListener(event, guard, { capture: true });
  };
  // Of a frame, the root element that is asked whether it can be seen; a page may replace it.
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
    // No mutation tells of a shadow root that an element gets later.
    if (document.documentElement) shadows(document.documentElement);
    if (timer === null) tellNow();
  };
  setInterval(watchAll, POLL);

  // -- hands ---------------------------------------------------------------------------------------
  const plain = (each) => (Array.isArray(each) ? each.map(plain) : typeof each === "string" ? each.replace(/\d+/g, "#") : each);
  // Whether the field named `n` says now what it said when it was decided to type into it (`was`);
  // null once some of it was typed, of which the page may say what it likes.
  const isSame = (n, was) => {
    if (!was) return true;
    const now = look().fields.find((each) => each.n === n);
    return !!now && Object.entries(was).every(([name, each]) => JSON.stringify(plain(now[name])) === JSON.stringify(plain(each)));
  };
  const intoView = (element) => {
    styles = new Map();
    // Beside the edge it would stay under a bar that is there.
    const block = isUnderBar(element, boxOf(element)) ? "center" : "nearest";
    element.scrollIntoView({ block, inline: "nearest", behavior: "instant" });
  };
  const insert = (n, was, element, text) => {
    element.focus({ preventScroll: false });
    if (active() !== element) return "focus";
    // A page may make another field of it as soon as it has the focus.
    if (!isSame(n, was)) return "changed";
    if (isClosed(element) || element.readOnly) return "closed";
    if ("select" in element && element.value) element.select();
    else if (!("value" in element) && element.textContent) getSelection().selectAllChildren(element);
    document.execCommand("insertText", false, text);
    return "";
  };
  const STOPPED = JSON.stringify({ stopped: true }); // as in eyes.py
  const PRESSES = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"];
  let armed = null;
  // Of a field that is pressed no words were told.
  const says = (element, words) => {
    [styles, seen] = [new Map(), new Map()];
    return !!element && (words === null || plain(wordsOf(element)) === plain(words));
  };
  const guard = (event) => {
    if (!armed || !event.isTrusted) return;
    const node = armed.node.deref();
    // A press that has missed once is stopped to its end.
    const isOther = armed.missed || (event.type === "pointerdown" && !says(armed.said.deref(), armed.words));
    if (node && !isOther && (event.composedPath().includes(node) || labelled(node, event.target))) {
      if (event.type === "click") armed = null;
      return;
    }
    event.stopImmediatePropagation();
    event.preventDefault();
    // Once the press has begun the page may have acted on it: such a one counts as made.
    if (event.type === "pointerdown") {
      tell(STOPPED);
      tellNow();
    }
    armed.missed = true;
  };
  soon();
  watchAll();

  globalThis.uplHands = {
    // Types `text` into the field named `n` in one go, in the same task in which the field was
    // found to have the focus; answers why nothing was typed, or "typed".
    fill(n, text, was) {
      if (!isSame(n, was)) return tellNow() || "changed";
      const group = fields.get(n);
      if (!group || !group.every((each) => each.isConnected)) return "gone";
      intoView(group[0]);
      if (group.length > 1 && group.length < text.length) return "boxes";
      expected = text;
      const pieces = group.length > 1 ? [...text] : [text];
      for (let index = 0; index < pieces.length; index += 1) {
        if (!group[index].isConnected) return "typed";
        const why = insert(n, index ? null : was, group[index], pieces[index]);
        if (why) return index ? "typed" : tellNow() || why;
      }
      // At once: nothing may be decided by a look from before the typing.
      tellNow();
      return "typed";
    },
    // Empties a field of ours, to have it typed by keys.
    focus(n, index, text, was) {
      if (!isSame(n, was)) return tellNow() || "changed";
      const group = fields.get(n);
      const element = group && group[Math.min(index, group.length - 1)];
      if (!element || !element.isConnected) return "gone";
      expected = text;
      if (index === 0 || group.length > 1) element.focus();
      if (!group.includes(active()) && active() !== element) return "focus";
      const now = active();
      if (!isSame(n, was)) return tellNow() || "changed";
      if (isClosed(now) || now.readOnly) return "closed";
      if (index === 0 && now.value && "select" in now) now.select();
      return "";
    },
    // The same once the page has drawn twice: by then it has begun whatever it does by itself about
    // what was typed. A window that nobody sees draws nothing.
    async aimOnceDrawn(n, words) {
      await new Promise((done) => {
        setTimeout(done, UNDRAWN);
        requestAnimationFrame(() => requestAnimationFrame(done));
      });
      return globalThis.uplHands.aim(n, words);
    },
    // Where to press the control named `n`, which said `words` when that was decided; arms the guard
    // that lets no press go elsewhere.
    aim(n, words) {
      listen();
      const element = nodeOf(n);
      if (!element || !element.isConnected) return { why: "gone" };
      if (!says(element, words)) return tellNow() || { why: "changed" };
      // A closed list shows no place to press.
      if (element.tagName === "OPTION") return { why: element.closest("select")?.disabled ? "disabled" : "", choice: true };
      let target = element;
      let box = faceOf(target);
      if ((box.width < 2 || box.height < 2 || drawn(element).opacity < 0.1) && element.labels?.length) {
        target = element.labels[0];
        box = faceOf(target);
      }
      if (isUnderBar(target, box) || box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) {
        target.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
        box = faceOf(target);
      }
      if (isClosed(element) || element.getAttribute("aria-disabled") === "true") return { why: "disabled" };
      // Its middle, or where that is covered another point of it.
      for (const [dx, dy] of [[0.5, 0.5], [0.25, 0.5], [0.75, 0.5], [0.5, 0.25], [0.5, 0.75]]) {
        const x = box.left + box.width * dx;
        const y = box.top + box.height * dy;
        const hit = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight && deepest(x, y);
        if (hit && (within(hit, target) || labelled(element, hit))) {
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
    // Chooses in a list, as Playwright does it: Chromium draws such a list outside of the page.
    choose(n) {
      const option = nodeOf(n);
      const list = option?.closest("select");
      if (!list || !list.isConnected) return "gone";
      list.focus();
      option.selected = true;
      for (const event of ["input", "change"]) list.dispatchEvent(new Event(event, { bubbles: true, composed: true }));
      return "";
    },
    // For a control of a frame whose place in the window cannot be told.
    click(n) {
      nodeOf(n)?.click();
    },
    blur() {
      active()?.blur();
    },
    node(n) {
      return nodeOf(n);
    },
    // The field that an element belongs to and its name; null where it is of none.
    fieldOf(element) {
      for (const [n, group] of fields) if (group.includes(element)) return { n, group };
      return null;
    },
    missed() {
      const was = !!armed?.missed;
      armed = null;
      return was;
    },
    again() {
      told = "";
      tellNow();
    },
  };
})();
