// Markup that a change brings along as text. Attributes mark what its elements are for; they are
// taken away before anybody sees them:
//   field, go        where the credential goes, and what sends it (`go="pointerup"`: at that event)
//   first="a"        to be pressed before: shows what is marked `later="a"`, hides `before="a"`
//   key="5"          a key of a keypad; `key="back"` takes the last one back
//   astray           leads away from the login
//   deed="what"     does something for the account, which no login may
//   decoy="role"     a field that is none of the login's business
//   error            where an error of the field is shown
//   here             where the step's screen stands
function* everything(root) {
  for (const each of root.querySelectorAll("*")) {
    yield each;
    if (each.shadowRoot) yield* everything(each.shadowRoot);
  }
}

/** Makes elements of a change's markup; `{name}` in it stands for a text of the page. */
function elementsOf(html, values) {
  const root = h("div", {});
  root.setHTMLUnsafe(html.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]).replace(/[&<"]/g, (sign) => `&#${sign.charCodeAt(0)};`) : whole)));
  const all = [...everything(root)];
  const marked = (name) => all.filter((each) => each.hasAttribute(name)).map((each) => {
    const value = each.getAttribute(name);
    each.removeAttribute(name);
    return [each, value];
  });
  const shown = { later: marked("later"), before: marked("before") };
  shown.later.forEach(([each]) => { each.hidden = true; });
  const first = marked("first").map(([node, name]) => {
    const step = { press: true, node, pressed: false, done: () => step.pressed };
    node.addEventListener("click", (event) => {
      if (!node.matches("input")) event.preventDefault();
      step.pressed = true;
      for (const name of ["aria-checked", "aria-selected", "aria-pressed", "aria-expanded"]) {
        if (!node.hasAttribute(name)) continue;
        for (const each of node.parentElement.children) if (each.hasAttribute(name)) each.setAttribute(name, String(each === node));
      }
      for (const [each, which] of shown.later) if (which === name) each.hidden = false;
      for (const [each, which] of shown.before) if (which === name) each.hidden = true;
    });
    return step;
  });
  marked("astray").forEach(([each]) => each.addEventListener("click", (event) => {
    event.preventDefault();
    astray(each.textContent.trim() || each.getAttribute("aria-label"));
  }));
  marked("deed").forEach(([each, what]) => each.addEventListener("click", (event) => {
    event.preventDefault();
    tell({ deed: what });
    astray(what);
  }));
  marked("decoy").forEach(([each, role]) => owned(each, role));
  const one = (name) => marked(name)[0] || [null, null];
  return { root, first, inputs: marked("field").map(([each]) => each), go: one("go"), keys: marked("key"), error: one("error")[0], here: one("here")[0] };
}

function textsFor(step) {
  const spec = SPECS[step] || {};
  const label = step && say(step === "otp" && state.totp ? "otpOrTotpLabel" : `${step}Label`);
  return {
    step, label, id: step && (fieldId(step) || ""), n: boot.seed, length: spec.length, type: step && opt("type", spec.type, step),
    title: step && say(`${step}Title`, { name: state.name }), sub: step && say(`${step}Sub`, { message: state.message, mobile: masked() }), button: step && say(`${step}Button`),
    signed: say("signedIn", { mobile: masked() }), mobile: state.mobile ? masked() : "",
  };
}

/** A step's form as a change has it; null where no change has one. */
function skinOf(step) {
  const html = opt("skin", null, step);
  return html ? elementsOf(html, textsFor(step)) : null;
}

/** The control that finishes a step in a change's own markup. */
function skinButton([element, event], go, enabled) {
  if (!element) return null;
  const press = (happened) => {
    happened.preventDefault();
    if (enabled() && awake()) go();
  };
  if (event || !element.matches("button:not([type=button]), input[type=submit]") || !element.closest("form")) element.addEventListener(event || "click", press);
  const native = element.matches("button, input");
  return {
    element,
    drawn: element,
    update: () => {
      const on = enabled();
      if (opt("absent", false)) element.hidden = !on;
      if (native && opt("disabled", "attribute") === "attribute") element.disabled = !on;
      else if (on) element.removeAttribute("aria-disabled");
      else element.setAttribute("aria-disabled", "true");
    },
  };
}

/** What a change puts round the screen of a step. */
function aroundOf(step) {
  const html = step && opt("around", null, step);
  return html ? elementsOf(html, textsFor(step)) : null;
}

// -- how a framework brings a page to life ---------------------------------------------------------
let wakesAt = 0;
const awake = () => Date.now() >= wakesAt;

/** A server has drawn the fields already; the page hears nothing of them for a while. */
function sleepsAtFirst(inputs, hear) {
  const late = opt("hydrate", null);
  if (!late || state.at > 0) return;
  wakesAt ||= Date.now() + late.after;
  setTimeout(() => {
    if (late.mode === "empty") inputs.forEach((each) => { each.value = ""; });
    if (late.mode === "read") hear();
  }, Math.max(0, wakesAt - Date.now()));
}

/** What stands where a form will stand, until that has come. */
function skeletonScreen(step) {
  const grey = (width, height) => h("div", { style: `width: ${width}px; height: ${height}px; margin: 0 0 16px; background: #e4e4ea; border-radius: 6px` });
  const kinds = {
    grey: () => [grey(180, 26), grey(260, 16), grey(240, 40), grey(160, 42)],
    busy: () => [h("div", { "aria-busy": "true", "aria-live": "polite" }, h("span", { look: "sr" }, "Loading"), grey(180, 26), grey(240, 40))],
    closed: () => [h("h1", { look: "title" }, say(`${step}Title`, { name: state.name })), h("div", { look: "field" }, h("span", { look: "label" }, say(`${step}Label`)), h("input", { look: "input", disabled: true })), h("button", { look: "button", disabled: true }, say(`${step}Button`))],
    words: () => [h("p", { look: "sub" }, "Hang on, getting things ready…")],
  };
  return { name: "loading", step: null, nodes: kinds[opt("skeleton", {}).kind](), steps: [] };
}

/** A copy of the form, as the server has sent it, that the page leaves in its document. */
function serverCopy(card) {
  const way = opt("copy", null);
  if (!way) return null;
  const copy = card.cloneNode(true);
  for (const each of copy.querySelectorAll("input")) owned(each, "copy");
  const ways = {
    hidden: "display: none", unseen: "visibility: hidden; position: absolute; top: 0; left: 0", clear: "opacity: 0; position: absolute; top: 0; left: 0; pointer-events: none", clipped: "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)",
    folded: "height: 0; min-height: 0; overflow: hidden", beside: "position: fixed; left: 100vw; top: 0; width: 100%",
  };
  copy.setAttribute("style", ways[way]);
  return copy;
}

/** A check for robots that passes by itself, or has nothing to check. */
function captchaOf() {
  const kind = opt("captcha", null);
  const frame = (src, title, body, style) => h("iframe", { src, srcdoc: `<body style="font: 14px sans-serif; margin: 8px">${body}`, title, style });
  const kinds = {
    turnstile: () => frame("https://challenges.cloudflare.com/cdn-cgi/challenge-platform/h/b/turnstile", "Widget containing a Cloudflare security challenge", "&#10004; Success! CLOUDFLARE", "width: 300px; height: 65px; border: 0"),
    recaptcha: () => frame("https://www.google.com/recaptcha/enterprise/anchor?size=invisible", "reCAPTCHA", "protected by reCAPTCHA", "position: fixed; right: 0; bottom: 14px; width: 256px; height: 60px; border: 0"),
    hcaptcha: () => frame("https://newassets.hcaptcha.com/captcha/v1/x/static/hcaptcha.html", "Widget containing checkbox for hCaptcha security challenge", "&#9745; I am human", "width: 303px; height: 78px; border: 0"),
    box: () => h("div", { look: "note", id: "captcha-container", "data-sitekey": "6Lx" }, h("span", {}, "✓ Verified: you are human")),
    words: () => h("p", { look: "foot" }, "Protected by reCAPTCHA. Google’s privacy policy and terms of service apply."),
    empty: () => h("div", { class: "g-recaptcha cf-turnstile", style: "min-height: 65px; width: 300px" }, h("input", { type: "hidden", name: "cf-turnstile-response", value: "ok" }), h("textarea", { name: "g-recaptcha-response", style: "display: none" })),
  };
  return kind ? kinds[kind]() : null;
}

/** An error that a form shows while one types, and takes back once it has looked again. */
function nags(slot, field) {
  const nag = opt("nag", null, field.step);
  if (!nag || field.nagged) return;
  field.nagged = true;
  setTimeout(() => {
    slot.textContent = nag.text;
    if (nag.role) slot.setAttribute("role", nag.role);
    if (nag.invalid) field.input.setAttribute("aria-invalid", "true");
    setTimeout(() => {
      if (slot.textContent === nag.text) slot.textContent = "";
      field.input.removeAttribute("aria-invalid");
    }, nag.stays || 300);
  }, nag.after || 0);
}

/** What lies over the page while a call is under way. */
function workingVeil() {
  const words = opt("working", null);
  return words ? veil([h("div", { look: "spin", role: "progressbar" }), h("p", { role: "status" }, words)], null) : null;
}
