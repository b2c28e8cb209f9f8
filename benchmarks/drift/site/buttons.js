/** The control that finishes a step; `{element, update}`. *go* is called by a press that counts. */
function mainButton(step, text, go, enabled) {
  const kind = opt("button", "submit", step);
  const id = opt("ids", "own", step) === "own" ? BUTTON_IDS[step] : null;
  const press = (event) => {
    event.preventDefault();
    if (enabled()) go();
  };
  const icon = () => {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("width", "24");
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", "M4 11h12l-5-5 1.4-1.4L20 12l-7.6 7.4L11 18l5-5H4z");
    path.setAttribute("fill", "#fff");
    svg.append(path);
    return svg;
  };
  const make = {
    submit: () => h("button", { id, type: "submit", look: "button" }, text),
    button: () => h("button", { id, type: "button", look: "button", onclick: press }, text),
    input: () => h("input", { id, type: "submit", look: "button", value: text }),
    image: () => h("input", { id, type: "image", look: "button", alt: text, src: "data:image/gif;base64,R0lGODlhAQABAIAAAFopmwAAACwAAAAAAQABAAACAkQBADs=" }),
    link: () => h("a", { id, href: "#", look: "button", onclick: press }, text),
    bare: () => h("a", { id, href: "javascript:void(0)", look: "link", onclick: press }, text),
    div: () => h("div", { id, look: "button", onclick: press }, text),
    span: () => h("div", { look: "button", onclick: press }, h("span", {}, h("span", {}, text))),
    role: () => h("div", { id, look: "button", role: "button", tabindex: 0, onclick: press }, text),
    icon: () => h("button", { id, type: "submit", look: "button" }, icon()),
    named: () => h("button", { id, type: "submit", look: "button", "aria-label": text }, icon()),
    arrow: () => h("button", { id, type: "submit", look: "button" }, "→"),
    mixed: () => h("button", { id, type: "submit", look: "button" }, icon(), ` ${text} `, h("span", { look: "sr" }, "opens the next step")),
    inputbutton: () => h("input", { id, type: "button", look: "button", value: text, onclick: press }),
    // A label that presses a button nobody sees.
    labelled: () => {
      const hidden = h("input", { id: id || `go${boot.seed}`, type: "submit", look: "faint", tabindex: -1 });
      return h("span", {}, hidden, h("label", { for: hidden.id, look: "button" }, text));
    },
    component: () => {
      const host = h("upx-button", { id, onclick: press });
      host.attachShadow({ mode: "open" }).append(sheet(), h("button", { type: "button", look: "button" }, text));
      return host;
    },
    described: () => h("div", { id, look: "button", role: "button", tabindex: 0, "aria-label": text, onclick: press }, icon()),
    letters: () => h("button", { id, type: "submit", look: "button" }, [...text].map((each) => h("span", {}, each === " " ? "\u00a0" : each))),
    nohref: () => h("a", { id, role: "button", tabindex: 0, look: "button", onclick: press }, text),
    pointer: () => h("span", { id, look: "button", onpointerup: press }, text),
    tailed: () => h("button", { id, type: "submit", look: "button" }, text, h("span", { "aria-hidden": "true" }, " ➜")),
    mousedown: () => h("div", { id, role: "button", tabindex: 0, look: "button", onmousedown: press }, text),
  };
  const element = (make[kind] || make.submit)();
  const native = element.matches("button, input");
  const drawn = element.querySelector("label") || element;
  return {
    element,
    drawn,
    update: () => {
      const on = enabled();
      if (native && opt("disabled", "attribute", step) === "attribute") element.disabled = !on;
      else if (on) element.removeAttribute("aria-disabled");
      else element.setAttribute("aria-disabled", "true");
      if (className("off")) element.classList.toggle(className("off").split(" ").pop(), !on);
    },
  };
}

/** The step's form, or what stands in its place. */
function formOf(step, go, fields, button, after = []) {
  const id = opt("ids", "own", step) === "own" ? FORM_IDS[step] : null;
  const way = opt("form", "form", step);
  const stop = (event) => {
    event.preventDefault();
    go();
  };
  const inside = [fields.map((each) => each.element), after];
  if (way === "none") {
    const element = button && button.element;
    if (element && element.matches("button[type=submit], input[type=submit], input[type=image]")) {
      element.addEventListener("click", (event) => {
        event.preventDefault();
        go();
      });
    }
    return h("div", { id }, inside, element);
  }
  if (way === "outside") {
    const form = h("form", { id: id || `form${step}`, novalidate: true, onsubmit: stop }, inside);
    if (button && button.element.matches("button, input")) button.element.setAttribute("form", form.id);
    return [form, h("div", { look: "foot" }, button && button.element)];
  }
  return h("form", { id, novalidate: true, autocomplete: "off", onsubmit: stop }, inside, button && button.element);
}
