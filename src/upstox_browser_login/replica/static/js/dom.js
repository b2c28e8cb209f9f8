const root = document.getElementById("root");
const modalRoot = document.getElementById("modalRoot");

function h(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

function svg(tag, properties = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, children);
}

function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** A form, or where the page is to be past recognising, something that merely works like one. */
function form(id, submit, ...children) {
  const properties = { id, novalidate: true, autocomplete: "off" };
  const send = (event) => {
    event.preventDefault();
    submit();
  };
  if (!boot.plain) return h("form", { ...properties, onsubmit: send }, children);
  return h("div", { id, onkeydown: (event) => event.key === "Enter" && send(event) }, children);
}

function submitButton(id, label, submit) {
  if (boot.plain) return h("button", { id, type: "button", class: "k-button", onclick: submit }, label);
  return h("button", { id, type: "submit", class: "k-button" }, label);
}

/**
 * An input whose text is the state's: what is typed is filtered, kept, and shown as the state
 * has it. `late` makes the app render once more after the first typing, from a state that never
 * heard of it.
 */
function field({ id, label, bound, prefix, clean, format = (value) => value, get, set, late, ...rest }) {
  const input = h("input", {
    id, class: "k-input", autocomplete: "off",
    ...(boot.plain ? { type: "text", class: rest.type === "password" ? "k-input k-hidden-text" : "k-input" } : rest),
    oninput: () => {
      const typed = clean(input.value);
      if (late && late.pending) {
        late.schedule();
        return;
      }
      set(typed);
      sync();
    },
  });
  const error = h("p", { class: "k-error", hidden: true });
  const sync = () => {
    const wanted = format(get());
    if (input.value !== wanted && !(late && late.pending)) input.value = wanted;
  };
  sync();
  const tag = bound && !boot.plain ? h("label", { class: "k-label", for: id }, label) : h("span", { class: "k-label" }, label);
  const complain = (message) => {
    error.textContent = message || "";
    error.hidden = !message;
  };
  return { element: h("div", { class: "k-field" }, tag, h("div", { class: "k-box" }, prefix, input), error), input, sync, complain };
}

const rerendered = new Set();

/** The late render of a step, or null where there is none (any more). */
function lateRender(step, again) {
  const wanted = boot.lateRerender === "all" || boot.lateRerender === step;
  if (!wanted || rerendered.has(step)) return null;
  const late = { pending: true, timer: null };
  late.schedule = () => {
    late.timer ??= setTimeout(() => {
      late.pending = false;
      rerendered.add(step);
      again();
    }, 300);
  };
  return late;
}
