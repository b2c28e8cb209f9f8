// What an element is, a field or a control, and what is said at it.

// A list box that the page draws. Its text was chosen, not typed.
const isChosen = (element) => element.readOnly === true && attributeOf(element, "role") === "combobox";
const isTyped = (element) =>
  (tagOf(element) === "INPUT" && !UNTYPED.has(element.type) && !isChosen(element)) ||
  tagOf(element) === "TEXTAREA" ||
  (element.isContentEditable && !parentOf(element)?.isContentEditable);
const CLICKED = new Set("button link tab radio menuitem menuitemradio option switch checkbox combobox".split(" "));
// Whether a press opens a closed list.
const opens = (element) => {
  const popup = attributeOf(element, "aria-haspopup");
  if (tagOf(element) === "SUMMARY") return element.parentElement?.tagName === "DETAILS" && !element.parentElement.open;
  return (/^(true|menu|listbox)$/.test(popup || "") || attributeOf(element, "role") === "combobox") && attributeOf(element, "aria-expanded") !== "true";
};
// Buttons of one group, of which exactly one is pressed, choose as radios do.
const isOneOfPressed = (element) => {
  if (!hasAttribute(element, "aria-pressed")) return false;
  const group = closest(element, "[role=group], [role=radiogroup], [role=toolbar], fieldset");
  const pressed = [...(group?.querySelectorAll("[aria-pressed]") || [])];
  return pressed.length > 1 && pressed.filter((each) => attributeOf(each, "aria-pressed") === "true").length === 1;
};
const roleOf = (element) => {
  if (isOneOfPressed(element)) return "radio";
  return attributeOf(element, "role") || (tagOf(element) === "OPTION" ? "option" : "");
};
// Where a link leads on another site, with the names of what it hands over and not what they hold.
const leadsTo = (element) => {
  try {
    const { protocol, origin, pathname, searchParams } = new URL(tagOf(element) === "A" ? attributeOf(element, "href") || "" : "", document.baseURI);
    const names = [...searchParams.keys()].map(encodeURIComponent).join("&");
    return /^http/.test(protocol) && origin !== location.origin ? `${origin}${pathname}?${names}`.slice(0, 300) : "";
  } catch {
    return "";
  }
};
const isControl = (element) => {
  const tag = tagOf(element);
  if (tag === "BUTTON" || tag === "SUMMARY") return true;
  if (tag === "A") return true;
  if (tag === "INPUT") return /^(submit|button|image|radio|checkbox)$/.test(element.type) || isChosen(element);
  if (CLICKED.has(attributeOf(element, "role"))) return true;
  // A press on what holds a text field only goes into the field. A list that a page draws shows a choice in one.
  if (hasAttribute(element, "onclick")) {
    return ![...allIn(element, "input, textarea")].some((each) => isTyped(each) && !(each.readOnly && each.value) && drawn(each).there);
  }
  if (tag === "LABEL") return false;
  if (/(^|[\s_-])(btn|button|cta)([\s_-]|$)/i.test(`${idOf(element)} ${attributeOf(element, "class") || ""}`)) return !firstIn(element, "button, input, a, [role=button]");
  const parent = up(element);
  const pointer = styleOf(element).cursor === "pointer";
  return pointer && !!parent && styleOf(parent).cursor !== "pointer" && !firstIn(element, "input, button, a, select, textarea");
};
const attribute = (element, name) => clean(attributeOf(element, name)).slice(0, 80);
// An icon font draws a picture for a word such as "arrow_forward", which nobody reads.
const ICON_CLASS = /(^|\s)((mat-|md-)?icons?|material-(icons|symbols)(-\w+)*)(\s|$)/i;
const isIcon = (element) => {
  if (childCountOf(element) || shadowOf(element) || !/^\s*[a-z][a-z0-9]*(_[a-z0-9]+)*\s*$/.test(contentOf(element))) return false;
  const named = /^M(AT|D)-ICON$/.test(tagOf(element)) || ICON_CLASS.test(attributeOf(element, "class") || "");
  return named || /\b(icons?|symbols|awesome)\b/i.test(styleOf(element).fontFamily);
};
const testId = (element) =>
  ["data-testid", "data-test-id", "data-test", "data-cy", "data-qa", "data-automation-id"]
    .map((name) => attributeOf(element, name))
    .find(Boolean)?.slice(0, 80) || "";
// The text of an element, or only what stands before `until` in it.
const textOf = (element, until = null) => {
  if (!element) return "";
  let text = "";
  let ended = false;
  const walk = (node) => {
    const slotted = tagOf(node) === "SLOT" ? node.assignedNodes() : [];
    for (const child of slotted.length ? slotted : childNodesOf(shadowOf(node) || node)) {
      ended ||= child === until;
      if (ended) return;
      if (child.nodeType === Node.TEXT_NODE) text += child.data;
      else if (child.nodeType === Node.ELEMENT_NODE && !/^(SCRIPT|STYLE|TEMPLATE)$/.test(tagOf(child)) && !isIcon(child)) {
        if (tagOf(child) === "IMG") text += ` ${child.alt || ""} `;
        else if (tagOf(child) === "BR") text += " ";
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
  (attributeOf(element, name) || "").split(/\s+/).filter(Boolean).map((id) => rootOf(element).getElementById?.(id)).filter(Boolean);
const referred = (element, name) => clean(namesOf(element, name).map((each) => textOf(each)).join(" "));
// A disabled fieldset disables all that stands in it.
const isClosed = (element) => matches(element, ":disabled");
const labelOf = (element) =>
  clean(
    [
      referred(element, "aria-labelledby"),
      attributeOf(element, "aria-label") || "",
      ...[...(element.labels || [])].map((label) => namedBy(label, element)),
      attributeOf(element, "title"),
    ].join(" "),
  ).slice(0, 200);
// Of a label round a field only the text before the field, since hints and errors come after it.
const namedBy = (label, element) => (label.contains(element) && textOf(label, element)) || textOf(label);
// A transparent placeholder, such as below a floating label, does not count.
const placeholderOf = (element) => {
  const text = attribute(element, "placeholder");
  if (!text) return "";
  const { color, opacity } = getComputedStyle(element, "::placeholder");
  return Number(opacity) < 0.1 || /^(transparent|rgba\(.*, 0\))$/.test(color) ? "" : text;
};
// The name of a control's only icon, if the control has no words.
const iconOf = (element) => {
  const icons = tagOf(element) === "INPUT" ? [] : [element, ...allIn(element, "*")].filter(isIcon);
  return icons.length === 1 && drawn(icons[0]).there ? clean(contentOf(icons[0])).replace(/_/g, " ") : "";
};
const wordsOf = (element) => {
  // Only the value of a button is its words. Other inputs may hold what somebody has entered.
  const isButton = tagOf(element) === "INPUT" && /^(submit|button|reset)$/.test(element.type);
  const own = tagOf(element) !== "INPUT" ? textOf(element) : isButton ? clean(element.value) : "";
  const said = clean(
    [own, attributeOf(element, "aria-label") || "", referred(element, "aria-labelledby"), attributeOf(element, "title"),
      element.alt || "", ...[...(element.labels || [])].map((label) => textOf(label)),
      own ? "" : textOf(firstIn(element, "title"))].join(" "),
  ).slice(0, 160);
  return said || iconOf(element);
};

let expected = null; // what was typed last in this frame
// Each script of India has its digits at the same places of a block of 128 signs.
const digitOf = (sign) => {
  const digit = (sign.charCodeAt(0) & 127) - 0x66;
  return digit >= 0 && digit <= 9 ? `${digit}` : sign;
};
const bare = (text) => text.replace(/[\s\u200b-\u200f\u2060\ufeff\u2010-\u2015._/()-]/g, "").replace(/[\u0900-\u0d7f]/g, digitOf);
const valueOf = (element) => ("value" in element ? element.value : contentOf(element)) || "";
const isExpected = (value) => {
  if (expected === null) return false;
  if (value === expected) return true;
  const held = bare(value);
  // A page that draws dots itself puts as many of them into the field.
  if (/^[\u2022\u25cf\u2219\u26ab\u00b7*\uff0a]+$/.test(held)) return held.length === expected.length;
  return held === bare(expected) || (/^\d+$/.test(expected) && /^\+?(91|0)?\d+$/.test(held) && held.endsWith(expected) && held.length - expected.length <= 3);
};
