// The look: one value that holds all that a person could see now.

// The fields in which the page hides what is typed. The evidence's recorder draws squares in every
// field, which are taken away during this question, while nothing is painted.
const masking = (elements) => {
  const hides = (element) => element.type === "password" || !/^(none)?$/.test(getComputedStyle(element).webkitTextSecurity || "");
  const found = elements.filter(hides);
  const squares = new Set([document, ...found.map((each) => rootOf(each))].flatMap((root) => [...(root.adoptedStyleSheets || [])])
    .filter((sheet) => !sheet.disabled && sheet.cssRules[0]?.nameList?.includes("upstox-browser-login-squares")));
  if (!squares.size) return new Set(found);
  try {
    for (const sheet of squares) sheet.disabled = true;
    return new Set(found.filter(hides));
  } finally {
    for (const sheet of squares) sheet.disabled = false;
  }
};

// Whether a control is the one of several that is chosen now.
const isMarked = (element) =>
  !!element.checked || !!element.selected || ["aria-selected", "aria-checked", "aria-pressed", "aria-current"].some((each) => attributeOf(element, each) === "true");

const textAt = ({ line }) => line.text.slice(0, 160);
const pixels = ({ left, top, width, height }) => [left, top, width, height].map(Math.round);

// What is told of the field whose boxes are `row`, at `place`. `near` are the texts that belong to it,
// `lines` all texts, `masked` the fields that hide what is typed, and `inputs` all boxes of the page.
const fieldOf = (row, place, near, lines, masked, inputs) => {
  const { element, box, cells, heading, before, form, dialog } = row[0];
  const boxes = row.map((each) => each.element);
  const whole = boxes.map(valueOf).join("");
  const count = boxes.length > 1 ? boxes.length * digitsIn(boxes) : 0;
  const others = inputs.map((each) => each.element).filter((each) => !boxes.includes(each));
  const beside = near.sort((a, b) => a.far - b.far);
  const above = beside.filter((each) => !each.below && !each.line.live).slice(0, 3).map(textAt);
  const ofBoxes = count ? [textOf(closest(element, "fieldset")?.querySelector("legend")), attribute(closest(element, "[role=group]") || element, "aria-label")] : [];
  const label = clean([labelOf(element), ...ofBoxes].join(" ")).slice(0, 200);
  const placeholder = placeholderOf(element);
  const isInASentence = !label && !placeholder && /\p{L}{2}/u.test(before) && above.some((each) => each !== before && each.startsWith(before));
  return {
    n: nameOf(element),
    tag: tagOf(element).toLowerCase(),
    type: element.type || "text",
    id: idOf(element).slice(0, 80),
    name: attribute(element, "name"),
    testid: testId(element),
    autocomplete: attribute(element, "autocomplete").toLowerCase(),
    inputmode: attribute(element, "inputmode").toLowerCase(),
    pattern: attribute(element, "pattern"),
    maxlength: count || (element.maxLength > 0 ? element.maxLength : cells.length || -1),
    boxes: count,
    masked: masked.has(element),
    label,
    placeholder,
    // The picture after all texts, since it may be an ornament.
    near: [aroundOf(up(element), others, drawnBy), ...(isInASentence ? [before.slice(0, 160)] : []), ...above, aroundOf(element, others, pictureBefore)].filter(Boolean),
    below: beside.filter((each) => each.below || each.line.live).slice(0, 3).map(textAt),
    heading: heading.slice(0, 160),
    disabled: boxes.every((each) => isClosed(each) || attributeOf(each, "aria-disabled") === "true") || isOutOfTurn(element),
    readonly: element.readOnly === true,
    invalid: attributeOf(element, "aria-invalid") === "true",
    covered: (cells.length ? hitTest(cells[0], boxOf(cells[0])) : hitTest(element, box)) === "covered",
    faint: drawn(element).opacity < 0.5 || drawn(element).dimmed || place.width < 40 || cells.length > 0 || isUnreadable(element),
    length: bare(whole).length,
    code: codeBefore(lines, place),
    prefixed: /^\(?\+91\)?$/.test(bare(whole)),
    holds: isExpected(whole),
    posts: postsTo(element),
    form: form || 0,
    dialog: dialog || 0,
    at: pixels(place),
  };
};

const controlOf = ({ element, box, heading, form, dialog }) => ({
  n: nameOf(element),
  tag: tagOf(element).toLowerCase(),
  type: tagOf(element) === "FORM" ? "" : (element.type || "").toLowerCase(),
  role: roleOf(element),
  words: wordsOf(element),
  id: idOf(element).slice(0, 80),
  testid: testId(element),
  icon: !textOf(element) && (isIcon(element) || !!firstIn(element, "svg, img, i") || [...allIn(element, "*")].some(isIcon)),
  // A control that ignores the pointer is pressed at its label, where it has one.
  disabled: isClosed(element) || attributeOf(element, "aria-disabled") === "true" || (styleOf(element).pointerEvents === "none" && !element.labels?.length),
  opens: opens(element),
  to: leadsTo(element),
  chosen: isMarked(element) || [...(shadowOf(element)?.querySelectorAll("*") || [])].some(isMarked),
  covered: hitTest(element, faceOf(element, box)) === "covered",
  fixed: isOfTheWindow(element),
  heading: heading.slice(0, 160),
  form: form || Number(names.get(element.form) || 0),
  dialog: dialog || 0,
  at: pixels(box),
});

// Controls that say the same are told apart by the text of their rows, such as "Select" in a table.
const MOST_ALIKE = 8;
const withRows = (controls) => {
  const said = new Map(); // not `Map.groupBy`, which a Chromium before 117 does not have
  for (const each of controls) said.set(each.told.words, [...(said.get(each.told.words) || []), each]);
  for (const alike of said.values()) {
    if (alike.length < 2 || alike.length > MOST_ALIKE) continue;
    for (const { element, told } of alike) {
      const others = alike.map((each) => each.element).filter((each) => each !== element);
      let row = element;
      for (let each = up(row); each && !others.some((other) => within(other, each)); each = up(each)) row = each;
      if (row !== element) told.row = textOf(row).slice(0, 120);
    }
  }
  return controls.map(({ told }) => told);
};

const textIn = (line, told) => ({
  text: line.text,
  live: line.live || "",
  head: !!line.head,
  control: !!line.control,
  footer: !!line.footer,
  dialog: line.dialog || 0,
  field: line.field >= 0 ? told[line.field].n : 0,
});

let fields = new Map(); // name of a field -> its inputs, more than one for boxes
const look = () => {
  const { inputs: typed, controls, texts, frames, spinner, closed, modal } = gather();
  const inputs = typed.filter((each) => !isPrefix(each, typed));
  for (const each of typed) if (!inputs.includes(each)) texts.push({ ...each, text: "+91" });
  const rows = grouped(inputs);
  const places = rows.map((row) => union(row.map((each) => each.box)));
  const lines = linesOf(texts);
  const near = nearOf(lines, places, controls);
  const masked = masking(rows.map((row) => row[0].element));
  const told = rows.map((row, index) => fieldOf(row, places[index], near[index], lines, masked, inputs));
  fields = new Map(rows.map((row, index) => [told[index].n, row.map((each) => each.element)]));
  return {
    path: location.pathname.slice(0, 200),
    title: clean(document.title).slice(0, 120),
    ready: document.readyState === "complete",
    fields: told,
    controls: withRows(controls.slice(0, MOST).map((each) => ({ element: each.element, told: controlOf(each) }))),
    texts: lines.map((each) => textIn(each, told)),
    frames,
    spinner,
    modal,
    closed,
  };
};
