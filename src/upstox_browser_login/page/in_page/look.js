// The look: one value that holds all that a person could see now.

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
      let around = null;
      if (isTyped(each)) {
        const box = boxOf(each);
        if (inputs.length >= INPUTS) return;
        const cells = shown(each, box, { field: true }) ? [] : cellsOf(each);
        if (cells === null) return;
        inputs.push({ element: each, box: cells.length ? union(cells.map(boxOf)) : box, cells, heading, ...inner });
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
          // A dialog and the page around it have no headings in common.
          around = heading;
          heading = referred(each, "aria-labelledby") || clean(each.getAttribute("aria-label"));
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
      // The text of a box to tick or a radio is no label of a field beside it.
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
        if (around !== null) heading = around;
        end();
      }
    };
    inline(parent, context);
    end();
  };
  walk(document, {});
  // A covered modal is not in front, whatever its markup says.
  const uncovered = modals.filter((each) => hitTest(each, boxOf(each)) !== "covered");
  // Of two modals the inner one is in front; side by side both are.
  const fronts = uncovered.filter((each) => !uncovered.some((other) => other !== each && within(other, each)));
  const behind = (element) => fronts.length > 0 && !fronts.some((each) => within(element, each));
  // A covered frame asks for nothing.
  const open = frames.filter(({ element }) => !behind(element) && hitTest(element, boxOf(element)) !== "covered");
  return { inputs: inputs.filter((each) => !behind(each.element)), controls: controls.filter((each) => !behind(each.element)),
    texts: texts.filter((each) => !behind(each.element) || each.live), frames: open.map(({ element: _, ...told }) => told), spinner, closed, modal: fronts.length > 0 };
};

const FEWEST_CELLS = 4;
const MOST_CELLS = 8;
const LARGEST_CELL = 90; // pixels
const SMALLEST_CELL = 12;
const BESIDE_CELLS = 40;
// The row of equal cells that a page draws in the place of a field that nobody sees, and that takes
// the focus for them; null where it is no such field. Each cell is empty until its digit is typed:
// the numbers of steps, or the keys of a keypad, are none. The field lies at its cells.
const cellsOf = (element) => {
  if (!drawn(element).there || element.tabIndex < 0 || styleOf(element).visibility !== "visible") return null;
  const own = boxOf(element);
  if (own.width >= SMALLEST_CELL && own.height >= SMALLEST_CELL && drawn(element).opacity >= 0.1) return null;
  const shows = (each) => shown(each, boxOf(each));
  for (let around = up(element), level = 0; around && level < 4; around = up(around), level += 1) {
    const inside = [...around.querySelectorAll("*")];
    if (inside.length > MOST) return null;
    if (inside.some((each) => each !== element && isTyped(each) && shows(each))) return null;
    for (const parent of [around, ...inside]) {
      const cells = [...parent.children].filter((each) => each !== element && shows(each));
      if (cells.length < FEWEST_CELLS || cells.length > MOST_CELLS || (element.maxLength > 0 && element.maxLength !== cells.length)) continue;
      const boxes = cells.map(boxOf);
      const [first] = boxes;
      const alike = boxes.every((each, index) => Math.abs(each.top - first.top) < 3 && Math.abs(each.width - first.width) < 3 && Math.abs(each.height - first.height) < 3 &&
        Math.min(each.width, each.height) >= SMALLEST_CELL && Math.max(each.width, each.height) < LARGEST_CELL && (!index || each.left >= boxes[index - 1].right - 1));
      const filled = cells.filter((each) => /[\p{L}\p{N}]/u.test(textOf(each))).length;
      const row = union(boxes);
      const lies = own.left >= row.left - BESIDE_CELLS && own.left <= row.right + BESIDE_CELLS && own.top >= row.top - BESIDE_CELLS && own.top <= row.bottom + BESIDE_CELLS;
      if (alike && lies && filled <= valueOf(element).length && !cells.some((each) => isControl(each) || each.querySelector("button, a, select"))) return cells;
    }
  }
  return null;
};

// A row of one-character boxes is one field.
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

// A narrow box with the country's code right before a field is a part of that field.
const isPrefix = ({ element, box }, inputs) =>
  box.width < 100 && bare(valueOf(element)) === "+91" &&
  inputs.some((each) => Math.abs(each.box.top - box.top) < 8 && each.box.left >= box.right - 4 && each.box.left - box.right < 24);

// The fields in which the page hides what is typed. The evidence's recorder draws squares in every
// field, which are taken away during this question, while nothing is painted.
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
// The distance of a text from a field in px. A text below counts as a little farther away than one
// above, beside or on the field.
const distance = (text, field) => {
  const dx = Math.max(field.left - text.right, text.left - field.right, 0);
  const above = Math.max(field.top - text.bottom, 0);
  const below = Math.max(text.top - field.bottom, 0);
  return dx * 1.2 + above + below * 1.6 + (below > 0 ? 6 : 0);
};
const isCountryCode = (text) => /^[^\p{L}\d]*\+ ?\d{1,3}[^\p{L}\d]*$/u.test(text);
const isRightBefore = (text, field) => {
  const middle = (text.top + text.bottom) / 2;
  return middle > field.top && middle < field.bottom && text.left < field.left && field.left - text.right < 24;
};

// Words that only a style draws round a field, such as `content: attr(data-label)`.
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
// The name of a picture right beside a field, after all texts, since it may be an ornament. A name of
// one word is an ornament's, such as the "pin" beside an address.
const pictureOf = (element) => {
  const picture = [...(up(element)?.children || [])].find((each) => each.matches("svg, img, [role=img]") && drawn(each).there);
  const name = picture ? clean(picture.getAttribute("aria-label") || picture.getAttribute("alt") || picture.querySelector("title")?.textContent || "") : "";
  return name.includes(" ") ? name.slice(0, 160) : "";
};

// Whether a control is the one of several that is chosen now.
const isMarked = (element) =>
  !!element.checked || !!element.selected || ["aria-selected", "aria-checked", "aria-pressed", "aria-current"].some((each) => element.getAttribute(each) === "true");

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
  // A country's code right before a field is a part of it, so the label may stand before both.
  const withCode = boxes.map((box) => {
    const code = lines.find((line) => isCountryCode(line.text) && isRightBefore(line.box, box));
    return code ? { ...box, left: code.box.left } : box;
  });
  const near = groups.map(() => []);
  // The label of a switch or a box to tick is no label of a field beside it.
  const named = controls.filter(({ element }) => element.matches("[role=switch], [role=checkbox], [role=radio], [type=checkbox], [type=radio]")).flatMap(({ element }) => namesOf(element, "aria-labelledby"));
  for (const line of lines) {
    // A dash between two boxes names none of them.
    if (!/[\p{L}\p{N}+]/u.test(line.text)) continue;
    if (line.control || line.choice || line.footer || named.some((each) => within(line.element, each))) continue;
    let best = -1;
    let least = 150;
    withCode.forEach((box, index) => {
      const far = distance(line.box, box);
      if (far < least) [best, least] = [index, far];
    });
    line.field = best;
    if (best >= 0) near[best].push({ far: least, line, below: line.box.top >= boxes[best].bottom - 2 });
  }
  const masked = masking(groups.map((row) => row[0].element));
  const told = groups.map((row, index) => {
    const { element, cells, heading, form, dialog } = row[0];
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
      maxlength: group.length > 1 ? group.length : element.maxLength > 0 ? element.maxLength : (cells.length || -1),
      boxes: group.length > 1 ? group.length : 0,
      masked: masked.has(element),
      label: clean(group.length > 1 ? `${labelOf(element)} ${textOf(element.closest("fieldset")?.querySelector("legend"))} ${attribute(element.closest("[role=group]") || element, "aria-label")}` : labelOf(element)).slice(0, 200),
      placeholder: placeholderOf(element),
      near: [drawnAround(element, others), ...beside.filter((each) => !each.below && !each.line.live).slice(0, 3).map((each) => each.line.text.slice(0, 160)), pictureOf(element)].filter(Boolean),
      below: beside.filter((each) => each.below || each.line.live).slice(0, 3).map((each) => each.line.text.slice(0, 160)),
      heading: heading.slice(0, 160),
      disabled: group.every((each) => isClosed(each) || each.getAttribute("aria-disabled") === "true"),
      invalid: element.getAttribute("aria-invalid") === "true",
      covered: (cells.length ? hitTest(cells[0], boxOf(cells[0])) : hitTest(element, row[0].box)) === "covered",
      faint: drawn(element).opacity < 0.5 || drawn(element).dimmed || boxes[index].width < 40 || cells.length > 0 || isUnreadable(element),
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
    // A control that ignores the pointer is pressed at its label, where it has one.
    disabled: isClosed(element) || element.getAttribute("aria-disabled") === "true" || (styleOf(element).pointerEvents === "none" && !element.labels?.length),
    opens: opens(element),
    chosen: isMarked(element) || [...(element.shadowRoot?.querySelectorAll("*") || [])].some(isMarked),
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
