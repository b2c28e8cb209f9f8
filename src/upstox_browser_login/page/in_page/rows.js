// Rows of boxes that are one field: one-character boxes, cells that are drawn, a country's code.

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
    const inside = [...allIn(around, "*")];
    if (inside.length > MOST) return null;
    if (inside.some((each) => each !== element && isTyped(each) && shows(each))) return null;
    for (const parent of [around, ...inside]) {
      const cells = [...childrenOf(parent)].filter((each) => each !== element && shows(each));
      if (cells.length < FEWEST_CELLS || cells.length > MOST_CELLS || (element.maxLength > 0 && element.maxLength !== cells.length)) continue;
      const boxes = cells.map(boxOf);
      const [first] = boxes;
      const alike = boxes.every((each, index) => Math.abs(each.top - first.top) < 3 && Math.abs(each.width - first.width) < 3 && Math.abs(each.height - first.height) < 3 &&
        Math.min(each.width, each.height) >= SMALLEST_CELL && Math.max(each.width, each.height) < LARGEST_CELL && (!index || each.left >= boxes[index - 1].right - 1));
      const filled = cells.filter((each) => /[\p{L}\p{N}]/u.test(textOf(each))).length;
      const row = union(boxes);
      const lies = own.left >= row.left - BESIDE_CELLS && own.left <= row.right + BESIDE_CELLS && own.top >= row.top - BESIDE_CELLS && own.top <= row.bottom + BESIDE_CELLS;
      if (alike && lies && filled <= valueOf(element).length && !cells.some((each) => isControl(each) || firstIn(each, "button, a, select"))) return cells;
    }
  }
  return null;
};

// The digits that each box of a row takes: one, or a part of a code or a number that is typed in
// parts of the same length.
const WHOLE = [6, 10];
const NAMES_A_PART_OF_A_DATE = /^\W*(dd?|mm?|yy|hh|ss|days?|months?|years?|hours?|minutes?|seconds?)\W*$|^bday|dob|birth|[-_](dd|mm|yy|day|month|year)$/i;
// A day, a month and a year make six digits as well, and are no code.
const isOfADate = (element) =>
  [...["placeholder", "name", "id", "autocomplete"].map((each) => attribute(element, each)), labelOf(element)].some((each) => NAMES_A_PART_OF_A_DATE.test(each));
const isPart = (element) => element.maxLength > 1 && element.maxLength < WHOLE[0] && !isOfADate(element);
const digitsIn = (elements) => {
  const [{ maxLength }] = elements;
  const alike = elements.length > 1 && isPart(elements[0]) && elements.every((each) => each.maxLength === maxLength);
  return alike && WHOLE.includes(maxLength * elements.length) ? maxLength : 1;
};
// A row of one-character boxes is one field, and so is one of parts.
const grouped = (inputs) => {
  const rows = [];
  for (const input of inputs) {
    const { element, box } = input;
    const single = element.maxLength === 1 || (box.width <= 72 && box.width <= box.height * 1.7 && tagOf(element) === "INPUT");
    const row = rows.at(-1);
    const before = row && row.at(-1);
    const alike = before && ((single && before.single) || (isPart(element) && element.maxLength === before.element.maxLength));
    if (alike && Math.abs(before.box.top - box.top) < 6 && Math.abs(before.box.height - box.height) < 6 &&
      box.left >= before.box.right - 4 && box.left - before.box.right < 60) row.push({ ...input, single });
    else rows.push([{ ...input, single }]);
  }
  const isOne = (row) => digitsIn(row.map((each) => each.element)) > 1 || (row.length >= 3 && row.length <= 10 && row.every((each) => each.single));
  return inTwoRows(rows).flatMap((row) => (isOne(row) ? [row] : row.map((each) => [each])));
};
// Six boxes for a digit that stand in two rows, as where the page is narrow, are one field.
const areSix = (above, row) =>
  above.length + row.length === WHOLE[0] && row.length <= above.length && [...above, ...row].every(({ element }) => element.maxLength === 1);
const isRightBelow = (row, above) =>
  row.every((each, index) => {
    const over = above[index];
    const gap = each.box.top - over.box.bottom;
    const isAlike = each.element.type === over.element.type && each.form === over.form && each.dialog === over.dialog;
    return isAlike && Math.abs(each.box.left - over.box.left) < 6 && gap >= 0 && gap < over.box.height;
  });
const inTwoRows = (rows) => {
  const found = [];
  for (const row of rows) {
    const above = found.at(-1);
    if (above && areSix(above, row) && isRightBelow(row, above)) found[found.length - 1] = [...above, ...row];
    else found.push(row);
  }
  return found;
};

// A narrow box with the country's code right before a field is a part of that field.
const isPrefix = ({ element, box }, inputs) =>
  box.width < 100 && bare(valueOf(element)) === "+91" &&
  inputs.some((each) => Math.abs(each.box.top - box.top) < 8 && each.box.left >= box.right - 4 && each.box.left - box.right < 24);
