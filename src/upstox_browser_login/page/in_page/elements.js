// What an element is, a field or a control, and what is said at it.

// A list box that the page draws. Its text was chosen, not typed.
const isChosen = (element) => element.readOnly === true && element.getAttribute("role") === "combobox";
const isTyped = (element) =>
  (element.tagName === "INPUT" && !UNTYPED.has(element.type) && !isChosen(element)) ||
  element.tagName === "TEXTAREA" ||
  (element.isContentEditable && !element.parentElement?.isContentEditable);
const CLICKED = new Set("button link tab radio menuitem menuitemradio option switch checkbox combobox".split(" "));
// Whether a press opens a closed list.
const opens = (element) => {
  const popup = element.getAttribute("aria-haspopup");
  if (element.tagName === "SUMMARY") return element.parentElement?.tagName === "DETAILS" && !element.parentElement.open;
  return (/^(true|menu|listbox)$/.test(popup || "") || element.getAttribute("role") === "combobox") && element.getAttribute("aria-expanded") !== "true";
};
// Buttons of one group, of which exactly one is pressed, choose as radios do.
const isOneOfPressed = (element) => {
  if (!element.hasAttribute("aria-pressed")) return false;
  const group = element.closest("[role=group], [role=radiogroup], [role=toolbar], fieldset");
  const pressed = [...(group?.querySelectorAll("[aria-pressed]") || [])];
  return pressed.length > 1 && pressed.filter((each) => each.getAttribute("aria-pressed") === "true").length === 1;
};
const roleOf = (element) => {
  if (isOneOfPressed(element)) return "radio";
  return element.getAttribute("role") || (element.tagName === "OPTION" ? "option" : "");
};
// Where a link leads on another site, with the names of what it hands over and not what they hold.
const leadsTo = (element) => {
  try {
    const { protocol, origin, pathname, searchParams } = new URL(element.tagName === "A" ? element.getAttribute("href") || "" : "", document.baseURI);
    const names = [...searchParams.keys()].map(encodeURIComponent).join("&");
    return /^http/.test(protocol) && origin !== location.origin ? `${origin}${pathname}?${names}`.slice(0, 300) : "";
  } catch {
    return "";
  }
};
const isControl = (element) => {
  const tag = element.tagName;
  if (tag === "BUTTON" || tag === "SUMMARY") return true;
  if (tag === "A") return true;
  if (tag === "INPUT") return /^(submit|button|image|radio|checkbox)$/.test(element.type) || isChosen(element);
  if (CLICKED.has(element.getAttribute("role"))) return true;
  // A press on what holds a text field only goes into the field. A list that a page draws shows a choice in one.
  if (element.hasAttribute("onclick")) {
    return ![...element.querySelectorAll("input, textarea")].some((each) => isTyped(each) && !(each.readOnly && each.value) && drawn(each).there);
  }
  if (tag === "LABEL") return false;
  if (/(^|[\s_-])(btn|button|cta)([\s_-]|$)/i.test(`${element.id} ${element.getAttribute("class") || ""}`)) return !element.querySelector("button, input, a, [role=button]");
  const parent = up(element);
  const pointer = styleOf(element).cursor === "pointer";
  return pointer && !!parent && styleOf(parent).cursor !== "pointer" && !element.querySelector("input, button, a, select, textarea");
};
const attribute = (element, name) => clean(element.getAttribute(name)).slice(0, 80);
// An icon font draws a picture for a word such as "arrow_forward", which nobody reads.
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
// The text of an element, or only what stands before `until` in it.
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
// A disabled fieldset disables all that stands in it.
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
  const icons = element.tagName === "INPUT" ? [] : [element, ...element.querySelectorAll("*")].filter(isIcon);
  return icons.length === 1 && drawn(icons[0]).there ? clean(icons[0].textContent).replace(/_/g, " ") : "";
};
const wordsOf = (element) => {
  // Only the value of a button is its words. Other inputs may hold what somebody has entered.
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
// Each script of India has its digits at the same places of a block of 128 signs.
const digitOf = (sign) => {
  const digit = (sign.charCodeAt(0) & 127) - 0x66;
  return digit >= 0 && digit <= 9 ? `${digit}` : sign;
};
const bare = (text) => text.replace(/[\s\u200b-\u200f\u2060\ufeff\u2010-\u2015._/()-]/g, "").replace(/[\u0900-\u0d7f]/g, digitOf);
const valueOf = (element) => ("value" in element ? element.value : element.textContent) || "";
const isExpected = (value) => {
  if (expected === null) return false;
  if (value === expected) return true;
  const held = bare(value);
  // A page that draws dots itself puts as many of them into the field.
  if (/^[\u2022\u25cf\u2219\u26ab\u00b7*\uff0a]+$/.test(held)) return held.length === expected.length;
  return held === bare(expected) || (/^\d+$/.test(expected) && /^\+?(91|0)?\d+$/.test(held) && held.endsWith(expected) && held.length - expected.length <= 3);
};
