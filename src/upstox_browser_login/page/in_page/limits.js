// How long the other parts wait, and how much of a page they tell.

const tell = globalThis.uplTell;
const REST = 12; // ms between the last change of the page and the look that tells it
const LONGEST = 100; // ms after which a page that never rests is looked at all the same
const UNDRAWN = 500; // ms after which a page that does not draw is taken to have drawn
const POLL = 250; // ms between looks for changes that no event tells, such as layout
const MOST = 400; // texts, and controls, that are told of one frame
const MOST_LETTERS = 400; // of one text
const INPUTS = 700; // more than `MOST_FIELDS` of fields/choice.py, in rows of ten boxes: such a page is no login
const CHOICES = 12; // a list with more choices is one of countries
const UNTYPED = new Set("hidden submit button reset image checkbox radio range color file".split(" "));
const SKIPPED = new Set("SCRIPT STYLE TEMPLATE NOSCRIPT HEAD TITLE META LINK OPTION SVG CANVAS".split(" "));
