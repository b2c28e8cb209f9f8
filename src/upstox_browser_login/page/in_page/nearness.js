// Which texts belong to which field.

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

// The country's code that a page writes right before a field, or over its beginning; "" for none.
const NAMES_A_CODE = /^[^\d+]{0,12}\+ ?\d{1,4}\)?[^\p{L}\d]*$/u;
const OVER_ITS_BEGINNING = 60; // pixels
const codeBefore = (lines, field) => {
  const isBefore = ({ left, right, top, bottom }) => {
    const middle = (top + bottom) / 2;
    return middle > field.top && middle < field.bottom && left - field.left < OVER_ITS_BEGINNING && field.left - right < 24;
  };
  return lines.find(({ text, box }) => NAMES_A_CODE.test(text) && isBefore(box))?.text || "";
};

// Words that only a style draws round a field, such as `content: attr(data-label)`.
const writtenBy = (element, where) => {
  const { content, display, visibility, opacity, fontFamily } = getComputedStyle(element, where);
  const [, text] = /^"(.*)"$/.exec(content) || [];
  const there = display !== "none" && visibility === "visible" && Number(opacity) >= 0.1;
  return text && there && /\p{L}{2}/u.test(text) && !/\b(icons?|symbols|awesome)\b/i.test(fontFamily) ? clean(text.replace(/\\"/g, '"')).slice(0, 160) : "";
};
const drawnBy = (element) => (drawn(element).there && (writtenBy(element, "::before") || writtenBy(element, "::after"))) || "";
// The name of a picture right before `element`. One of a single word is an ornament's, such as the
// "pin" beside an address.
const pictureBefore = (element) => {
  const picture = element.previousElementSibling;
  if (!picture?.matches("svg, img, [role=img]") || !drawn(picture).there) return "";
  const name = clean(attributeOf(picture, "aria-label") || attributeOf(picture, "alt") || firstIn(picture, "title")?.textContent || "");
  return name.includes(" ") ? name.slice(0, 160) : "";
};
// The first that `told` finds for a field, then for what is round it and it alone.
const aroundOf = (element, others, told) => {
  for (let each = element, level = 0; each && level < 3; each = up(each), level += 1) {
    if (others.some((other) => within(other, each))) return "";
    const text = told(each);
    if (text) return text;
  }
  return "";
};

// The texts that a person can see, each with the box round its words.
const linesOf = (texts) =>
  texts.map((each) => ({ ...each, box: tightBox(each.element) })).filter((each) => shown(each.element, each.box));
const tightBox = (element) => {
  const range = document.createRange();
  try {
    range.selectNodeContents(element);
  } catch {
    return boxOf(element); // the node is gone
  }
  const { left, top, right, bottom, width, height } = range.getBoundingClientRect();
  return width && height ? { left, top, right, bottom, width, height } : boxOf(element);
};

const FARTHEST = 150; // pixels between a field and a text that belongs to it
const CHOICE = "[role=switch], [role=checkbox], [role=radio], [type=checkbox], [type=radio]";
// The texts that belong to each of the fields at `places`. Each belongs to the nearest field, whose
// index it is given.
const nearOf = (lines, places, controls) => {
  // A country's code right before a field is a part of it, so the label may stand before both.
  const withCode = places.map((box) => {
    const code = lines.find((line) => isCountryCode(line.text) && isRightBefore(line.box, box));
    return code ? { ...box, left: code.box.left } : box;
  });
  // The label of a switch or a box to tick is no label of a field beside it.
  const named = controls.filter(({ element }) => matches(element, CHOICE)).flatMap(({ element }) => namesOf(element, "aria-labelledby"));
  const near = places.map(() => []);
  for (const line of lines) {
    // A dash between two boxes names none of them.
    if (!/[\p{L}\p{N}+]/u.test(line.text)) continue;
    if (line.control || line.choice || line.footer || named.some((each) => within(line.element, each))) continue;
    line.field = -1;
    let least = FARTHEST;
    withCode.forEach((box, index) => {
      const far = distance(line.box, box);
      if (far < least) [line.field, least] = [index, far];
    });
    if (line.field >= 0) near[line.field].push({ far: least, line, below: line.box.top >= places[line.field].bottom - 2 });
  }
  return near;
};
