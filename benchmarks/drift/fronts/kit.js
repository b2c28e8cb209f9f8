// What the front ends of this folder share: how a step's markup comes to life, and how a change alters it.
// A front end is an HTML file: a shell with a place (`f-host`), and a template for each step and for a plain page.
// Marks (`f-field`, `f-label`, `f-go`, …) say what an element is for, and are taken away before anybody sees them.
const bootElement = document.getElementById("boot");
const boot = JSON.parse(bootElement.textContent);
bootElement.remove();
const options = boot.options;
const own = JSON.parse(document.body.getAttribute("f-ways") || "{}");
document.body.removeAttribute("f-ways");

/** What a change has set, or the front end's own way. */
function opt(name, fallback, step) {
  for (const from of [options, own]) {
    if (step && `${name}.${step}` in from) return from[`${name}.${step}`];
    if (name in from) return from[name];
  }
  return fallback;
}

const MARKS = ["field", "label", "echo", "block", "go", "title", "sub", "error", "text", "yes", "no", "open", "host"];
const templates = {};
for (const each of document.querySelectorAll("template[f-as]")) {
  templates[each.getAttribute("f-as")] = each;
  each.remove();
}

function* everything(root) {
  for (const each of root.querySelectorAll("*")) {
    yield each;
    if (each.shadowRoot) yield* everything(each.shadowRoot);
  }
}

/** Takes the marks out of *root*; its elements by their marks. */
function marked(root) {
  const parts = { root };
  for (const each of [root, ...everything(root)]) {
    for (const mark of MARKS) {
      if (!each.hasAttribute || !each.hasAttribute(`f-${mark}`)) continue;
      each.removeAttribute(`f-${mark}`);
      (parts[mark] ||= []).push(each);
    }
  }
  return parts;
}

function drawn(name) {
  const root = templates[name].content.firstElementChild.cloneNode(true);
  for (let inner; (inner = [...everything(root)].find((each) => each.matches("template[f-shadow]")));) {
    const host = inner.parentElement;
    inner.remove();
    host.attachShadow({ mode: "open", delegatesFocus: true }).append(inner.content.cloneNode(true));
  }
  return marked(root);
}

function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((each) => each != null && each !== false));
  return element;
}

const LENGTHS = { mobile: 10, otp: 6, pin: 6 };
const MASKS = { spaced: (text) => (text.length > 6 ? text.replace(/^(.{5})(?=.)/, "$1 ") : text.replace(/^(.{3})(?=.)/, "$1 ")), dash: (text) => text.replace(/^(.{3})(?=.)/, "$1-") };
const WORDS = {
  verbs: { mobile: ["Sign in", "Use the number that is linked to your demat account.", "Registered phone", "Send code"], otp: ["Two-step verification", "Open your authenticator app.", "Verification code", "Verify"], pin: ["Welcome back, Asha", "One step to go.", "Secret PIN", "Log in"] },
  warm: { mobile: ["Hey there, investor!", "Stocks, F&O and mutual funds in one place.", "What’s your mobile number?", "Let’s go"], otp: ["Just checking it’s you", "6 digits from your authenticator, or the ones we texted you.", "Your code", "Confirm"], pin: ["Last step, Asha", "Keep your PIN to yourself.", "Your Upstox PIN", "Take me in"] },
  terse: { mobile: ["", "", "Mobile", "Next"], otp: ["", "", "TOTP", "Next"], pin: ["", "", "PIN", "Next"] },
  hinglish: { mobile: ["Chaliye shuru karein", "Hum aapko ek OTP bhejenge.", "Apna mobile number daalein", "OTP bhejein"], otp: ["Apna number verify karein", "Apne authenticator app se code dekhein.", "OTP ya TOTP daalein", "Aage badhein"], pin: ["Wapas swagat hai, Asha", "", "Apna 6-digit PIN daalein", "Login karein"] },
  hindi: { mobile: ["चलिए शुरू करें", "हम आपके नंबर पर एक ओटीपी भेजेंगे।", "मोबाइल नंबर दर्ज करें", "ओटीपी प्राप्त करें"], otp: ["अपना नंबर सत्यापित करें", "ऑथेंटिकेटर ऐप का कोड भी चलेगा।", "ओटीपी या टीओटीपी दर्ज करें", "जारी रखें"], pin: ["नमस्ते आशा", "", "6 अंकों का पिन दर्ज करें", "जारी रखें"] },
};
const OTHER = { mobile: "otp", otp: "pin", pin: "mobile" };
let state = { at: 0, mobile: "", token: "", name: "" };
let busy = false;
let host = null;
let shown = [];

const masked = () => `${state.mobile.slice(0, 2)}****${state.mobile.slice(-4)}`;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A place from which nobody comes back to the login. */
function astray(where) {
  tell({ astray: where });
  show([page({ title: "Thank you", text: "We have sent you a link to continue.", buttons: [] })]);
}

function show(nodes) {
  shown.forEach((each) => each.remove());
  shown = nodes.filter(Boolean);
  host.append(...shown);
}

function setText(part, text) {
  for (const each of part || []) {
    if (each.matches("input:not([type=submit])")) each.placeholder = text;
    else if (each.matches("input")) each.value = text;
    else if (text) each.textContent = text;
    else each.remove();
  }
}

/** A screen without a field, in the front end's own look: `{title, text, buttons: [[text, way]]}`. */
function page(what, next) {
  const parts = drawn("page");
  setText(parts.title, what.title);
  setText(parts.text, what.text);
  const [yes, no] = [parts.yes[0], parts.no[0]];
  const made = what.buttons.map(([text, way], index) => {
    const button = (index ? no : yes).cloneNode(true);
    button.textContent = text;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      if (way === "go") next();
      else if (way === "agree") tell({ agreed: text });
      else astray(text);
    });
    return button;
  });
  const go = made[what.buttons.findIndex((each) => each[1] === "go")];
  yes.before(...made);
  yes.remove();
  no.remove();
  screen = { name: what.title, steps: [what.end ? { end: what.end, done: () => false } : go ? { press: true, node: go, done: () => false } : { wait: true, done: () => false }] };
  return parts.root;
}

// -- how a change alters a step's markup -----------------------------------------------------------
function rename(parts, step) {
  const way = opt("ids", null);
  if (!way) return;
  let number = 0;
  const hashed = () => `_${boot.seed.toString(36)}${step.charCodeAt(1)}${(number += 1)}`;
  const names = new Map();
  for (const each of [parts.root, ...everything(parts.root)]) {
    for (const name of ["id", "name", "data-testid", "autocomplete", "formcontrolname"]) {
      if (!each.hasAttribute(name)) continue;
      const field = parts.field.includes(each);
      const other = way === "swapped" && field && name !== "autocomplete" ? `${OTHER[step]}${number ? number += 1 : ""}` : null;
      const value = way === "dropped" && name !== "name" || name === "autocomplete" ? null : other || hashed();
      if (name === "id") names.set(each.id, value);
      if (value) each.setAttribute(name, value);
      else each.removeAttribute(name);
    }
    if (way === "dropped" && each.className.replace) each.className = each.className.replace(/\S*(?:phone|mobile|otp|pin|login)\S*/gi, "");
  }
  for (const each of everything(parts.root)) for (const name of ["for", "aria-labelledby", "aria-describedby"]) {
    if (each.hasAttribute(name) && names.has(each.getAttribute(name))) {
      if (names.get(each.getAttribute(name))) each.setAttribute(name, names.get(each.getAttribute(name)));
      else each.removeAttribute(name);
    }
  }
}

function relabel(parts, step) {
  const way = opt("label", null, step);
  if (!way || !parts.label) return;
  const text = parts.label[0].matches("input") ? parts.label[0].placeholder : parts.label[0].textContent;
  setText(parts.label, "");
  setText(parts.echo, "");
  const [input] = parts.field;
  for (const name of ["aria-label", "aria-labelledby"]) input.removeAttribute(name);
  if (way === "placeholder" && parts.field.length === 1) input.placeholder = text;
  else if (way === "named") input.setAttribute("aria-label", text);
  else if (way === "heading") setText(parts.title, text);
  else {
    const block = parts.block[0];
    const row = h("div", { style: way === "beside" ? "display: flex; gap: 12px; align-items: center" : null });
    block.before(row);
    row.append(...(way === "below" ? [block, h("small", {}, text)] : [h("span", {}, text), block]));
  }
}

function rebutton(parts, step) {
  const way = opt("go", null, step);
  const [go] = parts.go;
  const arrow = () => {
    const box = h("span");
    box.innerHTML = '<svg width="20" height="20" viewBox="0 0 24 24"><path d="M4 11h12l-5-5 1.5-1.5L20 12l-7.500 7.500L11 18l5-5H4z"/></svg>';
    return box.firstChild;
  };
  if (way === "icon") go.replaceChildren(arrow());
  if (way === "outside") {
    parts.root.after(go);
    const form = parts.root.matches("form") ? parts.root : parts.root.querySelector("form");
    if (form && go.matches("button, input")) go.setAttribute("form", (form.id ||= `form-${boot.seed}`));
    parts.beyond = go;
  }
  if (way === "link" || way === "div") {
    const other = h(way === "link" ? "a" : "div", { class: go.className, href: way === "link" ? "#" : null, style: "display: inline-block; padding: 10px 20px; cursor: pointer; background: #5a298b; color: #fff" }, go.textContent || go.value);
    go.replaceWith(other);
    parts.go = [other];
  }
  if (way === "none") {
    go.remove();
    parts.go = null;
  }
}

/** A form that is none of the login's business, in the front end's own markup. */
function beside(what) {
  const parts = drawn("mobile");
  setText(parts.title, what.title);
  setText(parts.sub, what.text || "");
  setText(parts.label, what.label);
  setText(parts.echo, what.label);
  setText(parts.go, what.button);
  for (const each of everything(parts.root)) if (each.id) each.id += "-2";
  for (const each of everything(parts.root)) if (each.htmlFor) each.htmlFor += "-2";
  parts.field.forEach((each) => owned(each, what.role));
  const stop = (event) => {
    event.preventDefault();
    astray(what.title);
  };
  parts.root.addEventListener("submit", stop);
  parts.go[0].addEventListener("click", stop);
  return parts.root;
}

// -- a step ----------------------------------------------------------------------------------------
/** One field of a step: what it holds, and how it hears of it. */
function fieldOf(step, inputs, changed, send) {
  const length = LENGTHS[step];
  const mask = MASKS[opt("mask", "none", step)] || ((text) => text);
  const typing = opt("typing", "input", step);
  const field = { step, value: "", inputs, full: () => field.value.length === length };
  const set = (text) => {
    const before = field.value;
    field.value = text.replace(/^\+91/, "").replace(/\D/g, "").slice(0, length);
    if (inputs.length > 1) inputs.forEach((each, index) => { each.value = field.value[index] || ""; });
    else if (inputs[0].value !== mask(field.value) && (opt("controlled", false) || "mask" in options)) inputs[0].value = mask(field.value);
    changed();
    if (field.full() && before !== field.value && ["auto", "both"].includes(opt("submit", "button", step))) setTimeout(send, 0);
  };
  const hear = (box, index) => {
    if (inputs.length === 1) return set(box.value);
    const digits = [...field.value];
    digits.splice(index, Math.max(box.value.length, 1), ...box.value.replace(/\D/g, ""));
    set(digits.join(""));
    return box.value && inputs[Math.min(index + 1, length - 1)].focus();
  };
  inputs.forEach((box, index) => {
    owned(box, step, undefined, field);
    const type = opt("type", null, step);
    if (type) box.type = type;
    if (type === "text" && step === "pin") box.style.setProperty("-webkit-text-security", "disc");
    if (type === "number") box.removeAttribute("maxlength");
    if (opt("mask", null)) box.removeAttribute("maxlength");
    box.addEventListener(typing === "blur" ? "change" : typing === "keyup" ? "keyup" : "input", () => hear(box, index));
    if (typing === "readonly") {
      box.readOnly = true;
      box.addEventListener("focus", () => { box.readOnly = false; });
    }
    box.addEventListener("keydown", (event) => {
      if (event.key === "Backspace" && !box.value && index) inputs[index - 1].focus();
      if (event.key !== "Enter" || box.form || opt("submit", "button", step) === "auto") return;
      if (own.enter !== false || opt("submit", "button", step) === "enter") send();
    });
  });
  let stale = null;
  field.refused = () => {
    stale = field.value;
    if (inputs.length > 1 || opt("errors", "") === "quiet") set("");
    if (inputs.length === 1 && !field.value) inputs[0].value = "";
  };
  const late = typing === "blur";
  field.todo = [{ fill: step, node: inputs[0], done: () => (field.full() && field.value !== stale) || (late && inputs[0].value.replace(/\D/g, "").length === length && field.value !== stale) }];
  if (late) field.todo.push({ key: "Tab", node: inputs[0], done: () => field.full() });
  return field;
}

function stepScreen(steps) {
  const last = steps[steps.length - 1];
  const parts = drawn(last === "mobile" ? "mobile" : steps[0]);
  const pieces = [{ step: steps[0], parts }];
  for (const each of steps.slice(1)) {
    const more = drawn(each);
    pieces[pieces.length - 1].parts.block[0].after(more.block[0]);
    pieces.push({ step: each, parts: { ...more, root: more.block[0], title: null, sub: null, go: null } });
  }
  const words = WORDS[opt("words", null)];
  for (const { step, parts: some } of pieces) {
    if (some.sub && !words && step === "otp" && state.message) setText(some.sub, state.message);
    if (words) ["title", "sub", "label", "go"].forEach((name, index) => setText(some[name], words[step][index]));
    if (words) setText(some.echo, words[step][2]);
    if (opt("upper", false)) for (const name of ["title", "label", "go", "echo"]) for (const each of some[name] || []) if (!each.matches("input")) each.textContent = each.textContent.toUpperCase();
    relabel(some, step);
    rename(some, step);
  }
  const frame = h("div", {}, parts.root);
  if (["auto", "enter"].includes(opt("submit", "button", last)) && !own[`submit.${last}`]) options[`go.${last}`] ??= "none";
  rebutton(parts, steps[0]);
  const post = opt("documents", "none") === "post";
  const form = parts.root.matches("form") ? parts.root : parts.root.querySelector("form");
  const fields = [];
  const ready = () => fields.every((each) => each.full()) && !busy;
  const update = () => {
    if (parts.go && opt("disabled", true)) parts.go[0].matches("button, input") ? parts.go[0].disabled = !ready() : parts.go[0].toggleAttribute("disabled", !ready());
  };
  let sent = false;
  const send = async () => {
    if (!ready()) return;
    sent = busy = true;
    update();
    if (post) {
      const values = Object.fromEntries(fields.map((each) => [each.step, each.value]));
      const hidden = h("form", { method: "post", action: `/submit/${steps.join("+")}${location.search}`, hidden: true }, Object.entries({ ...values, at: state.at }).map(([name, value]) => h("input", { type: "hidden", name, value })));
      document.body.append(hidden);
      hidden.submit();
      return;
    }
    const label = parts.go && parts.go[0].textContent;
    if (parts.go && own.working) parts.go[0].textContent = own.working;
    try {
      for (const each of fields) await CALLS[each.step](each.value);
    } catch (error) {
      busy = sent = false;
      if (parts.go && own.working) parts.go[0].textContent = label;
      complain(error, parts, fields);
      update();
      return;
    }
    busy = false;
    const praise = opt("praise", null);
    if (praise) toast(praise);
    advance();
  };
  for (const each of pieces) fields.push(fieldOf(each.step, each.parts.field, update, send));
  if (form && post && !fields.some((each) => each.inputs.length > 1)) {
    form.method = "post";
    form.action = `/submit/${steps.join("+")}${location.search}`;
    const given = fields.map((each) => h("input", { type: "hidden", name: `named.${each.step}`, value: (each.inputs[0].name ||= `f${boot.seed}`) }));
    form.append(h("input", { type: "hidden", name: "at", value: state.at }), ...given);
    form.addEventListener("submit", () => { sent = true; });
  } else if (form) form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  const native = parts.go && parts.go[0].matches("button:not([type=button]), input[type=submit]") && parts.go[0].form;
  if (parts.go && !native) parts.go[0].addEventListener("click", (event) => {
    event.preventDefault();
    send();
  });
  const todo = fields.flatMap((each) => each.todo);
  const input = fields[fields.length - 1].inputs[0];
  const way = opt("submit", "button", last);
  if (way !== "auto") todo.push(parts.go ? { press: true, node: parts.go[0], done: () => sent } : { key: "Enter", node: input, done: () => sent });
  update();
  screen = { name: steps.join("+"), steps: todo };
  if (boot.error) {
    const { error } = boot;
    boot.error = null;
    setTimeout(() => complain(error, parts, fields), 0);
  }
  const extra = steps[0] === "mobile" && opt("beside", null);
  if (steps[0] === "mobile" && opt("alternate", null)) fields[0].inputs[0].closest("form, div[role=form], div").append(h("div", {}, h("label", {}, opt("alternate", ""), " ", owned(h("input", { type: "tel", maxlength: 10, style: "height: 34px" }), "alternate"))));
  if (own.focus !== false) setTimeout(() => input.isConnected && fields[0].inputs[0].focus(), 0);
  const other = extra && beside(extra);
  return [extra && extra.first && other, frame, extra && !extra.first && other];
}

/** The code by SMS is asked for first, and a link leads to the authenticator. */
function smsFirst(steps) {
  const parts = drawn("otp");
  setText(parts.title, "Check your messages");
  setText(parts.sub, `We sent a 6-digit code by SMS to ${masked()}.`);
  setText(parts.label, "SMS code");
  setText(parts.echo, "SMS code");
  parts.field.forEach((each) => owned(each, "sms-code", undefined, parts));
  const link = h("a", { href: "#", onclick: (event) => { event.preventDefault(); show(stepScreen(steps)); } }, "Use authenticator app instead");
  parts.root.addEventListener("submit", (event) => event.preventDefault());
  screen = { name: "sms", steps: [{ press: true, node: link, done: () => false }] };
  return [parts.root, link];
}

// -- what is said of an outcome --------------------------------------------------------------------
function toast(text) {
  const parts = drawn("toast");
  setText(parts.text, text);
  document.body.append(parts.root);
  setTimeout(() => parts.root.remove(), 3200);
}

function complain(error, parts, fields) {
  const text = error.code == null || opt("codeless-text", false) ? error.message : `${error.message} [${error.code}]`;
  const slot = parts.error && parts.error[0];
  fields.forEach((each) => each.refused());
  const ways = {
    toast: () => toast(text),
    field: () => {
      slot.textContent = error.message;
      fields[0].inputs[0].setAttribute("aria-invalid", "true");
    },
    above: () => parts.root.prepend(h("div", { role: "alert", style: "background: #fde8e8; padding: 8px" }, error.message)),
    dialog: () => {
      let gone = false;
      const ok = h("button", { type: "button", onclick: () => { gone = true; veil.remove(); } }, "OK");
      const veil = h("div", { style: "position: fixed; inset: 0; background: #0006; z-index: 90; display: grid; place-items: center" }, h("div", { role: "alertdialog", "aria-modal": "true", style: "background: #fff; padding: 24px" }, h("h2", {}, "Oops!"), h("p", {}, error.message), ok));
      document.body.append(veil);
      blockers.push({ press: true, node: ok, done: () => gone });
    },
    quiet: () => fields[0].inputs[0].setAttribute("aria-invalid", "true"),
  };
  ways[opt("errors", "toast")]();
  if ([1017078, 1017090].includes(error.code)) {
    for (const each of fields) each.inputs.forEach((input) => { input.disabled = true; });
    parts.root.append(h("p", { role: "alert" }, error.message));
  }
}

// -- the way through -------------------------------------------------------------------------------
const CALLS = {
  mobile: async (value) => {
    const data = await call("generate", { mobileNumber: value, userId: "" });
    Object.assign(state, { mobile: value, token: data.validateOTPToken, message: data.message });
  },
  otp: async (value) => {
    const data = await call("verify", { otp: value, validateOtpToken: state.token });
    if (data.userType === "LEAD") {
      window.location.assign(`${boot.foreign}/new-demat-account/profile`);
      await pause(1e6);
    }
    if (data.accounts.length > 1) state.instead = { title: "Choose an account", text: "Your number is linked to more than one.", buttons: data.accounts.map((each) => [`${each.name} (${each.userId})`, "astray"]), end: "chooser" };
    if (!data.isSecretPinSet) state.instead = "create";
  },
  pin: async (value) => {
    const data = await call("pin", { twoFAMethod: "SECRET_PIN", inputText: btoa(value) });
    if (data.customerStatus === "DORMANT") state.instead = { title: "Your account is inactive", text: "You have not traded for two years. Reactivate it to go on.", buttons: [["Reactivate account", "astray"]], end: "dormant" };
  },
};

function plan() {
  const planned = [];
  for (const entry of opt("order", ["mobile", "otp", "pin"])) {
    const steps = entry.split("+");
    const before = opt(`before.${steps[0]}`, null);
    if (before) planned.push({ page: before });
    planned.push({ steps });
  }
  if (opt("before.end", null)) planned.push({ page: opt("before.end", null) });
  return planned;
}

function advance() {
  state.at += 1;
  if (opt("documents", "none") === "reload" && !state.instead && state.at < plan().length) {
    sessionStorage.setItem("front", JSON.stringify({ ...state, run: boot.run }));
    window.location.assign(`/login/step-${state.at}${window.location.search}`);
    return;
  }
  here();
}

function createPin() {
  const parts = drawn("pin");
  setText(parts.title, "Create a new 6-digit PIN");
  parts.field.forEach((each) => owned(each, "new-pin", undefined, parts));
  screen = { name: "create", steps: [{ end: "create", done: () => false }] };
  return [parts.root];
}

async function here() {
  const planned = plan()[state.at];
  const { instead } = state;
  state.instead = null;
  if (own.slow) await pause(own.slow);
  if (instead) show(instead === "create" ? createPin() : [page(instead)]);
  else if (!planned) finish();
  else if (planned.page) show([page(planned.page, advance)]);
  else if (planned.steps[0] === "otp" && opt("choice", "") === "link") show(smsFirst(planned.steps));
  else {
    show(stepScreen(planned.steps));
    // A stepper has all its steps in the document, and folds up those that are not its turn.
    if (own.stepper) for (const step of Object.keys(LENGTHS)) if (!planned.steps.includes(step)) {
      const folded = drawn(step);
      folded.field.forEach((each) => owned(each, step, undefined, folded));
      const panel = h("div", { class: "mat-horizontal-stepper-content-inactive", style: "visibility: hidden; height: 0; overflow: hidden" }, folded.root);
      shown.push(panel);
      host.append(panel);
    }
  }
}

async function finish() {
  const reply = await call("approve", { userOAuthApproval: true });
  (boot.inside ? window.top : window).location.replace(reply.redirectUri);
}

function cookieWall() {
  let gone = false;
  const close = () => { gone = true; wall.remove(); };
  const accept = h("button", { type: "button", onclick: close }, "Accept all");
  const wall = h("div", { style: "position: fixed; inset: 0; background: #0006; z-index: 80; display: grid; align-items: end" }, h("div", { style: "background: #fff; padding: 24px" }, h("h3", {}, "We value your privacy"), h("p", {}, "We use cookies to improve your experience and to measure traffic."), accept, " ", h("button", { type: "button", onclick: close }, "Only necessary"), " ", h("a", { href: "#", onclick: () => astray("cookie settings") }, "Cookie settings")));
  document.body.append(wall);
  blockers.push({ press: true, node: accept, done: () => gone });
}

async function start() {
  const shell = marked(document.documentElement);
  [host] = shell.host;
  const place = opt("place", "page");
  if (place === "frame" && !boot.inside) {
    host.append(h("iframe", { src: `${boot.service}/inside${window.location.search}`, title: "Login", style: "width: 520px; height: 640px; border: 0" }));
    screen = { name: "shell", steps: [] };
    return;
  }
  if (place === "shadow") {
    const style = document.querySelector("style").cloneNode(true);
    host = host.appendChild(h("upx-login")).attachShadow({ mode: "open" });
    host.append(style);
  }
  if (place === "dialog") {
    host = document.body.appendChild(h("dialog"));
    host.showModal();
  }
  const kept = JSON.parse(sessionStorage.getItem("front") || "null");
  if (kept && kept.run === boot.run) state = kept;
  if ("at" in boot.known) Object.assign(state, { at: boot.known.at, mobile: boot.mobile, token: (boot.known.mobile || {}).validateOTPToken, message: (boot.known.mobile || {}).message });
  const first = state.at === 0 && !boot.error;
  if (first && opt("flash", false)) {
    show(stepScreen(plan()[0].steps));
    await pause(90);
    show([h("div", { style: "width: 40px; height: 40px; border: 4px solid #ddd; border-radius: 50%" })]);
    screen = { name: "loading", steps: [] };
  }
  if (first) await fetch(boot.config).then((answer) => answer.json()).catch(() => ({}));
  if (first && opt("cookies", false)) cookieWall();
  if (opt("notice", null)) document.body.prepend(h("p", { role: opt("notice-role", null), style: "background: #fff4d6; padding: 8px; margin: 0" }, opt("notice", "")));
  if (shell.open) {
    const [open] = shell.open;
    const begin = (event) => {
      if (event) event.preventDefault();
      here();
    };
    if (first && place === "page") {
      open.addEventListener("click", begin, { once: true });
      screen = { name: "landing", steps: [{ press: true, node: open, done: () => false }] };
      return;
    }
  }
  here();
}
document.addEventListener("DOMContentLoaded", start);
