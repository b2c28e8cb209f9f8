// What stands in every field goes to whoever judges the run, by a way that is not the network.
const fields = new Map();

function tell(what) {
  if (typeof window.__driftTell === "function") window.__driftTell(JSON.stringify(what));
}

/** Remembers what an element is for. *read* tells its content where its own value does not. */
function owned(element, role, read) {
  const get = read || (() => element.value);
  fields.set(element, { role, get, last: get() });
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
    const texts = [];
    for (const [element, field] of fields) if (field.role === role && element.isConnected) texts.push(field.last);
    tell({ role, values: texts });
  }
}

window.addEventListener("input", sweep, true);
window.addEventListener("change", sweep, true);
setInterval(sweep, 40);
window.addEventListener("keydown", (event) => {
  const target = event.composedPath()[0];
  if (/^\d$/.test(event.key) && !fields.has(target)) tell({ role: "nowhere", values: [event.key] });
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
