// Walks the page, open shadow roots too, and gathers what a person could see, in its order.

let gathered = null; // what this walk has gathered so far

const gather = () => {
  styles = new Map();
  seen = new Map();
  gathered = { inputs: [], controls: [], texts: [], modals: [], frames: [], spinner: false, closed: false, heading: "" };
  walkBlock(document, {});
  return inFront(gathered);
};

// Texts of elements that stand in one line are one text, up to the next block.
const walkBlock = (parent, around) => {
  const line = { parent, around, text: "", first: null };
  walkInline(parent, around, line);
  endLine(line);
};
const endLine = (line) => {
  const text = clean(line.text);
  if (text && line.first && gathered.texts.length < MOST) gathered.texts.push({ element: line.first, text: text.slice(0, MOST_LETTERS), ...line.around });
  line.text = "";
  line.told = 0;
  line.first = null;
};
const walkInline = (root, around, line) => {
  for (const child of root.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) addText(child, child.parentElement || root.host || line.parent, line);
    else if (child.nodeType === Node.ELEMENT_NODE) walkElement(child, around, line);
  }
};
const addText = ({ data }, owner, line) => {
  if (!data.trim()) {
    line.text += " ";
    return;
  }
  const { there, opacity } = drawn(owner);
  if (!there || opacity < 0.1 || styleOf(owner).visibility !== "visible") return;
  line.first ??= owner;
  line.text += data;
};

// `around` is what the elements round this one say of it, and stays the same object if this one says
// nothing more of what is in it.
const walkElement = (element, around, line) => {
  const tag = tagOf(element);
  if (tag === "IFRAME" || tag === "FRAME") {
    addFrame(element);
    return;
  }
  if (SKIPPED.has(tag.toUpperCase())) return;
  if (!drawn(element).there || (isIcon(element) && !isControl(element))) return;
  if (isTyped(element)) {
    addField(element, around, line);
    return;
  }
  if (tag === "SELECT") {
    endLine(line);
    addChoices(element, around);
    return;
  }
  let inside = around;
  if (!around.control && isControl(element)) {
    addControl(element, around);
    inside = { ...around, control: true };
  }
  const outer = gathered.heading;
  const dialog = openDialog(element);
  if (dialog) inside = { ...inside, dialog };
  inside = markedBy(element, inside);
  noteState(element);
  walkInside(element, inside, line, inside !== around);
  // A dialog and the page around it have no headings in common.
  if (dialog) gathered.heading = outer;
};
const walkInside = (element, inside, line, saysMore) => {
  const { display } = styleOf(element);
  const slotted = tagOf(element) === "SLOT" && element.assignedNodes();
  const root = slotted && slotted.length ? { childNodes: slotted } : shadowOf(element) || { childNodes: childNodesOf(element) };
  if ((display.startsWith("inline") || display === "contents") && !saysMore && tagOf(element) !== "BR") {
    walkInline(root, inside, line);
    return;
  }
  endLine(line);
  walkBlock(root, inside);
  if (isHeading(element)) gathered.heading = textOf(element);
};

const addFrame = (element) => {
  const box = boxOf(element);
  if (!shown(element, box, { field: true })) return;
  gathered.frames.push({ element, src: element.src || "", title: attribute(element, "title"), w: Math.round(box.width), h: Math.round(box.height) });
};
const addField = (element, around, line) => {
  // What a sentence says before its gap, which a person fills in.
  const before = clean(line.text.slice(line.told || 0));
  line.told = line.text.length;
  const box = boxOf(element);
  if (gathered.inputs.length >= INPUTS) return;
  const cells = shown(element, box, { field: true }) ? [] : cellsOf(element);
  if (cells === null) return;
  gathered.inputs.push({ element, box: cells.length ? union(cells.map(boxOf)) : box, cells, heading: gathered.heading, before, ...around });
};
// Of a long list only India is told, and what is chosen instead.
const INDIA = /\bindia\b|भारत|\+ ?91\b/i;
const toldOf = (choices) => {
  if (choices.length <= CHOICES) return choices;
  const ours = choices.filter((option) => INDIA.test(option.text));
  return ours.length !== 1 || ours[0].selected ? [] : choices.filter((option) => option.selected || option === ours[0]);
};
const addChoices = (list, around) => {
  const box = boxOf(list);
  if (!shown(list, box) || list.multiple) return;
  const choices = toldOf([...list.options].filter((option) => !option.disabled && clean(option.text)));
  for (const element of choices) gathered.controls.push({ element, box, heading: labelOf(list) || gathered.heading, ...around });
};
const addControl = (element, around) => {
  const box = boxOf(element);
  const isDrawnByLabel = tagOf(element) === "INPUT" && /radio|checkbox/.test(element.type) && element.labels?.length && drawn(element).there;
  if (shown(element, box) || isDrawnByLabel) gathered.controls.push({ element, box, heading: gathered.heading, ...around });
};
// The name of a dialog that a person sees, whose own heading counts in it; 0 for what is none.
const openDialog = (element) => {
  const isDialog = /^(dialog|alertdialog)$/.test(attributeOf(element, "role") || "") || tagOf(element) === "DIALOG";
  if (!isDialog || !shown(element, boxOf(element))) return 0;
  const isModal = attributeOf(element, "aria-modal") === "true" || (tagOf(element) === "DIALOG" && matches(element, ":modal"));
  if (isModal) gathered.modals.push(element);
  gathered.heading = referred(element, "aria-labelledby") || clean(attributeOf(element, "aria-label"));
  return nameOf(element);
};

const isHeading = (element) => /^H[1-6]$/.test(tagOf(element)) || tagOf(element) === "LEGEND" || attributeOf(element, "role") === "heading";
// The identifier and the classes of an element.
const marksOf = (element) => `${idOf(element)} ${attributeOf(element, "class") || ""}`;
const TOLD_BY_MARKS = /(^|[\s_-])(toast|snack(bar)?|notif\w*|error|alert|invalid|danger)([\s_-]|$)/i;
// How an element says that its text is told to a person: as an alert, a status, or by its mark alone.
const livenessOf = (element, around) => {
  const role = attributeOf(element, "role");
  const live = attributeOf(element, "aria-live");
  if (role === "alert" || live === "assertive" || attributeOf(element, "aria-invalid") === "true") return "alert";
  if (role === "status" || live === "polite") return around.live || "status";
  return !around.live && TOLD_BY_MARKS.test(marksOf(element)) ? "marked" : "";
};
// `around`, and what this element says of all that is in it.
const markedBy = (element, around) => {
  const tag = tagOf(element);
  const role = attributeOf(element, "role");
  let inside = around;
  if (tag === "FORM") inside = { ...inside, form: nameOf(element) };
  const live = livenessOf(element, inside);
  if (live) inside = { ...inside, live };
  if (isHeading(element)) inside = { ...inside, head: true };
  // The text of a box to tick or a radio is no label of a field beside it.
  if (tag === "LABEL") inside = { ...inside, label: true, choice: /^(checkbox|radio)$/.test(element.control?.type) };
  if (tag === "FOOTER" || role === "contentinfo") inside = { ...inside, footer: true };
  return inside;
};
// Whether the page shows that it is busy, or holds a part that cannot be looked into.
const noteState = (element) => {
  const isBusy = attributeOf(element, "role") === "progressbar" || attributeOf(element, "aria-busy") === "true" || /spinner|loader|loading|skeleton/i.test(marksOf(element));
  if (isBusy && shown(element, boxOf(element))) gathered.spinner = true;
  if (tagOf(element).includes("-") && !shadowOf(element) && !childNodesOf(element).length && boxOf(element).height > 10) gathered.closed = true;
};

// What is not behind a modal.
const inFront = ({ inputs, controls, texts, modals, frames, spinner, closed }) => {
  // A covered modal is not in front, whatever its markup says.
  const uncovered = modals.filter((each) => hitTest(each, boxOf(each)) !== "covered");
  // Of two modals the inner one is in front; side by side both are.
  const fronts = uncovered.filter((each) => !uncovered.some((other) => other !== each && within(other, each)));
  const isBehind = ({ element }) => fronts.length > 0 && !fronts.some((each) => within(element, each));
  // A covered frame asks for nothing.
  const open = frames.filter((each) => !isBehind(each) && hitTest(each.element, boxOf(each.element)) !== "covered");
  return {
    inputs: inputs.filter((each) => !isBehind(each)),
    controls: controls.filter((each) => !isBehind(each)),
    texts: texts.filter((each) => !isBehind(each) || each.live),
    frames: open.map(({ element: _, ...told }) => told),
    spinner,
    closed,
    modal: fronts.length > 0,
  };
};
