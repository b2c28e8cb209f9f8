// What stands in every field goes to whoever judges the run, by a way that is not the network.
const fields = new Map();

function tell(what) {
  if (typeof window.__driftTell === "function") window.__driftTell(JSON.stringify(what));
}

/**
 * Remembers what an element is for. *read* tells its content where its own value does not; boxes of
 * one field have the same *group*.
 */
function owned(element, role, read, group = element) {
  const get = read || (() => element.value);
  fields.set(element, { role, get, group, last: get() });
  return element;
}

function sweep() {
  const changed = new Set();
  for (const [element, field] of fields) {
    const value = field.get();
    if (value !== field.last) {
      field.last = value;
      if (element.isConnected || value) changed.add(field.role);
    }
  }
  for (const role of changed) {
    const groups = new Map();
    for (const [element, field] of fields) {
      if (field.role !== role || !element.isConnected) continue;
      groups.set(field.group, [...(groups.get(field.group) || []), field.last]);
    }
    tell({ role, fields: [...groups.values()] });
  }
}

/** Tells of digits that went to an element which is no field of the page's. */
function stray(event, text) {
  const target = event.composedPath()[0];
  if (/\d/.test(text || "") && !fields.has(target)) tell({ role: "nowhere", fields: [[text]] });
}

window.addEventListener("input", (event) => {
  stray(event, event.data);
  sweep();
}, true);
window.addEventListener("change", sweep, true);
setInterval(sweep, 40);
window.addEventListener("keydown", (event) => {
  if (event.key.length === 1) stray(event, event.key);
  setTimeout(sweep, 0);
}, true);

// What a person who knows the page would do next.
let screen = { name: "loading", steps: [] };
const blockers = [];
if (boot.person) {
  window.__person = () => {
    const blocker = blockers.find((each) => !each.done());
    const step = blocker || screen.steps.find((each) => !each.done());
    return step ? { screen: screen.name, ...step } : { screen: screen.name, wait: true };
  };
}
