const ORDERS = {
  own: ["mobile", "otp", "pin"],
  "pin-first": ["mobile", "pin", "otp"],
  "otp+pin": ["mobile", "otp+pin"],
  "mobile+pin": ["mobile+pin", "otp"],
};
const fresh = () => ({ at: 0, seen: [], mobile: "", token: "", message: "", name: "", totp: true, user: "", given: {} });
let state = fresh();
let busy = false;
let shadow = null;
let screenHost = null;

/** Puts a screen in place of the one before; *make* returns `{name, nodes, steps, focus}`. */
function show(make) {
  const made = make();
  screen = made;
  const host = shadow || main;
  const card = layout(made);
  toastHost ??= h("div", { look: "toasts" });
  if (made.title) document.title = made.title;
  const old = opt("leaving", 0) && shown && shown.isConnected ? shown : null;
  shown = made.step ? card : null;
  const draw = () => {
    if (opt("portal", null)) inPortal(card);
    else if (made.step && opt("stream", 0)) inStream(host, card, made);
    else host.replaceChildren(sheet(), toastHost, card);
    if (old) leaves(old, card);
    const copy = made.step && serverCopy(card);
    if (copy) host.prepend(copy);
    for (const each of document.querySelectorAll("[popover][data-open]")) each.showPopover();
    if (made.focus && opt("autofocus", true)) made.focus.focus();
  };
  if (opt("transition", false) && document.startViewTransition) {
    // One that a newer one takes over is told as an error.
    document.startViewTransition(draw).ready.catch(() => {});
  } else draw();
  if (boot.inside) document.documentElement.style.background = "#fff";
  return made;
}

let shown = null;

/** Lets the screen before stand beside the new one for a while, as it fades out. */
function leaves(old, card) {
  old.classList.add("fade-leave-active", "fade-leave-to");
  old.style.cssText = `position: absolute; left: 0; top: 0; right: 0; pointer-events: none; opacity: 0; transition: opacity ${opt("leaving", 0)}ms`;
  old.animate([{ opacity: 1 }, { opacity: 0 }], opt("leaving", 0));
  card.before(old);
  setTimeout(() => old.remove(), opt("leaving", 0));
}

/** Sends a screen as a server streams it: what stands for it first, then itself, hidden, then in its place. */
function inStream(host, card, made) {
  const fallback = h("div", { look: "page" }, h("div", { look: "card" }, h("p", {}, "Loading…")));
  const sent = h("div", { hidden: true, id: `S:${state.at}` }, card);
  host.replaceChildren(sheet(), toastHost, fallback);
  document.body.append(sent);
  setTimeout(() => {
    sent.remove();
    if (screen !== made) return;
    fallback.replaceWith(card);
    if (made.focus) made.focus.focus();
  }, opt("stream", 0));
}

/** Puts a screen at the end of the body, and closes what stands in its usual place. */
function inPortal(card) {
  const way = opt("portal", null);
  portal ??= h("div", { "data-portal": "" });
  portal.replaceChildren(sheet(), card);
  if (!portal.isConnected) document.body.append(portal);
  if (way === "fixed") portal.style.cssText = "position: fixed; inset: 0; background: #fff; overflow: auto; z-index: 40";
  main.replaceChildren(sheet(), toastHost, h("div", { look: "page" }, h("h2", {}, "Trade and invest with confidence"), h("p", {}, "Stocks, mutual funds, IPOs.")));
  main.setAttribute("aria-hidden", "true");
  main.inert = way === "inert";
}
let portal = null;

function layout(made) {
  const place = opt("place", "page");
  const extra = decoys(made.step);
  const spot = (where) => extra.filter((each) => each.where === where).map((each) => each.node);
  screenHost = h("div", {}, spot("first"), notices("field", made.step), made.nodes, notices("under", made.step), spot("last"));
  if (opt("style", null)) screenHost.style.cssText = opt("style", "");
  if (opt("fade", 0)) screenHost.animate([{ opacity: 0, transform: "translateY(40px)" }, { opacity: 1, transform: "none" }], opt("fade", 0));
  const around = aroundOf(made.step);
  if (around) {
    around.here.replaceWith(screenHost);
    made.steps.unshift(...around.first);
    return h("div", { look: "page" }, notices("top", made.step), spot("before"), around.root, spot("after"), h("div", { look: "foot" }, notices("foot", made.step), "Upstox Securities Pvt. Ltd."));
  }
  if (opt("place", "page") === "dialog" && made.step) {
    const dialog = h("dialog", { open: false }, screenHost);
    setTimeout(() => { if (dialog.isConnected && !dialog.open) dialog.showModal(); if (made.focus) made.focus.focus(); }, 0);
    return h("div", { look: "page" }, h("div", { look: "head" }, "upstox"), opt("behind", false) && behind(), dialog, spot("before"), spot("after"), h("div", { look: "foot" }, "Upstox Securities Pvt. Ltd."));
  }
  const inside = boot.modal && made.step
    ? h("div", { look: "veil" }, h("div", { look: "modal", role: "dialog", "aria-modal": "true" }, screenHost))
    : h("section", { look: "card" }, screenHost);
  const body = place === "two-pane" ? h("div", { look: "row" }, h("div", {}, h("h2", {}, "Login with mobile number"), inside), h("div", {}, h("h2", {}, "Login with QR code"), h("p", {}, "Scan with the app on your phone to login."))) : inside;
  return h("div", { look: "page" },
    opt("chrome", true) && h("div", { look: "head" }, h("span", {}, "upstox")), opt("hero", 0) > 0 && h("div", { style: `height: ${opt("hero", 0)}px` }, h("h2", {}, "Trade and invest with confidence")), notices("top", made.step), spot("before"),
    opt("behind", false) && made.step && behind(), body, notices("aside", made.step), spot("after"),
    h("div", { look: "foot" }, notices("foot", made.step), "Upstox Securities Pvt. Ltd. SEBI Registration No. INZ000315837."));
}

/** A form that lies behind the one that matters, where that one stands in a modal. */
function behind() {
  return h("div", { "aria-hidden": "true", look: "card" }, h("h2", {}, "Open a free demat account"), h("label", {}, "Mobile number ", owned(h("input", { type: "tel", maxlength: 10, look: "input", tabindex: -1 }), "behind")), h("button", { type: "button", look: "button", tabindex: -1, onclick: () => astray("behind") }, "Continue"));
}

function spinner() {
  const html = opt("spinner", null);
  return { name: "loading", nodes: [html ? elementsOf(html, {}).root : h("div", { look: "spin" })], steps: [] };
}

/** The screen of one step, or of several at once. */
function credentialScreen(steps) {
  const main_ = steps[0];
  const step = steps[steps.length - 1];
  const way = opt("submit", "button", step);
  const unguarded = ["both", "auto-late", "auto", "left-too"].includes(way);
  let slot = h("p", { look: "error" });
  const rivals = (where) => opt("rivals", [], main_).filter((each) => each[2] === where).map(([text, kind]) => control(text, kind, () => astray(text)));
  let button = null;
  const fields = [];
  const update = () => {
    if (button) button.update();
    if (fields[0] && fields[0].value) nags(slot, fields[0]);
    if (checks && check.when === "character" && fields[0] && fields[0].value.length === 10 && !refusals) setTimeout(refuse, 30);
  };
  const ready = () => {
    const full = fields.every((field) => field.ready()) && (!busy || unguarded) && !blocked;
    if (!full || !late) return full;
    if (!since) {
      since = Date.now();
      setTimeout(update, late + 20);
    }
    return Date.now() - since >= late;
  };
  let blocked = false;
  let since = 0;
  const late = opt("enabling", 0, main_);
  const check = opt("check", null);
  let refusals = 0;
  const refuse = () => {
    refusals += 1;
    if (boot.person) made.steps.unshift({ end: "refused", done: () => false });
    complain({ code: null, message: check.text }, slot, fields[0], check.how);
  };
  const checks = main_ === "mobile" && check;
  const go = async () => {
    if (!ready()) return;
    if (checks) {
      refuse();
      return;
    }
    sent = true;
    busy = true;
    update();
    const values = Object.fromEntries(fields.map((field) => [field.step, field.value]));
    // A page that keeps nothing secret in its document empties the field as it sends.
    if (opt("wipes", false, main_)) fields.forEach((field) => field.wipe());
    if (button && opt("pressed", null)) button.element.textContent = opt("pressed", "");
    if (opt("documents", "none") === "post") {
      const form = h("form", { method: "post", action: `/submit/${steps.join("+")}${window.location.search}`, hidden: true },
        Object.entries({ ...values, at: state.at }).map(([name, value]) => h("input", { type: "hidden", name, value })));
      document.body.append(form);
      form.submit();
      return;
    }
    chatter("sent", main_);
    const over = workingVeil();
    try {
      if (opt("optimistic", false) && main_ === "mobile") {
        // The next form is shown at once, and the answer comes when it comes.
        CALLS.mobile(values.mobile).catch((error) => complain(error, slot, fields[0]));
        state.totp = true;
      } else for (const each of steps) await insisting(each, values[each]);
      if (over) over.remove();
    } catch (error) {
      if (over) over.remove();
      busy = false;
      sent = false;
      fields.forEach((field) => field.refused());
      if (opt("clears", false, main_)) fields.forEach((field) => field.wipe());
      if (!error.quiet) complain(error, slot, fields[fields.length - 1]);
      if ([1017078, 1017125, 1017090].includes(error.code)) blocked = true;
      if (blocked) fields.forEach((field) => field.inputs.forEach((input) => { input.disabled = true; }));
      update();
      return;
    }
    chatter("taken", main_);
    await new Promise((resolve) => setTimeout(resolve, opt("linger", 0, main_)));
    const encore = opt("encore", 0, main_);
    if (encore) {
      // The route changes late: the same form stands once more, empty, until it has.
      busy = false;
      if (opt("encoreaddress", null)) window.history.pushState(null, "", opt("encoreaddress", null));
      show(() => credentialScreen(steps));
      if (boot.person) screen.steps.unshift({ wait: true, done: () => false });
      const mine = screen;
      await new Promise((resolve) => setTimeout(resolve, encore));
      if (screen !== mine || busy) return;
    }
    busy = false;
    Object.assign(state.given, values);
    advance();
  };
  let sent = false;
  const skin = steps.length === 1 ? skinOf(main_) : null;
  if (skin && skin.error) slot = skin.error;
  for (const each of steps) fields.push(credential(each, update, go, skin && skin.inputs));
  if (!["auto", "enter", "blur"].includes(way)) button = skin ? skinButton(skin.go, go, ready) : mainButton(main_, say(`${main_}Button`), go, ready);
  const last = fields[fields.length - 1];
  const todo = fields.flatMap((field) => field.todo);
  const heading = h("h1", { look: "title" }, say(`${main_}Title`, { name: state.name }));
  if (skin) todo.unshift(...skin.first);
  if (way === "button" && !button) todo.push({ key: "Enter", node: last.input, done: () => sent });
  else if (way === "button") todo.push({ press: true, node: button.drawn, done: () => sent });
  if (way === "enter") todo.push({ key: "Enter", node: last.input, done: () => sent });
  if (way === "blur" || way === "left-too") todo.push({ press: true, node: heading, done: () => sent });
  update();
  if (opt("keep", null)) {
    // An earlier step's field stays, as it was filled.
    const kept = ["mobile", "otp"].slice(0, ["mobile", "otp", "pin"].indexOf(main_)).map((each) => {
      const input = owned(h("input", { look: "input", type: "text", id: fieldId(each), readonly: opt("keep", "") === "readonly", disabled: opt("keep", "") === "disabled" }), each);
      input.value = state.given[each] || "";
      return { element: h("div", { look: "field" }, h("span", { look: "label" }, say(`${each}Label`)), input, each === "mobile" && h("button", { type: "button", look: "link", onclick: () => astray("edit") }, "Edit")) };
    });
    fields.before = kept;
  }
  const formed = skin ? dressed(skin, fields[0], go, [captchaOf(), skin.error ? null : slot, steps.includes("otp") && opt("resend", "form") === "form" ? resendRow() : null]) : formOf(main_, go, [...(fields.before || []), ...fields], button, [captchaOf(), slot, rivals("inside"), steps.includes("otp") && opt("resend", "form") === "form" ? resendRow() : null]);
  const method = steps.includes("otp") && opt("method", null);
  const nodes = [
    opt("headings", true) && heading,
    opt("headings", true) && h("p", { look: "sub" }, say(`${main_}Sub`, { message: state.message, mobile: masked() })),
    steps.includes("pin") && opt("forgot", "link") !== "none" && forgotPin(),
    steps.includes("otp") && opt("resend", "form") === "head" && resendRow(),
    rivals("before"), formed, rivals("after"), steps.includes("pin") && h("p", { look: "sub" }, say("signedIn", { mobile: masked() })),
  ];
  const made = { name: steps.join("+"), step: main_, nodes, steps: todo, focus: last === fields[0] ? last.input : fields[0].input };
  if (opt("waking", 0, main_)) {
    const locked = [...fields.flatMap((field) => field.inputs)];
    locked.forEach((input) => { input.disabled = true; });
    setTimeout(() => locked.forEach((input) => { input.disabled = false; }), opt("waking", 0, main_));
  }
  if (opt("fenced", 0, main_)) {
    // All that a form has is closed by what stands round it.
    const fence = h("fieldset", { disabled: true, style: "border: 0; padding: 0; margin: 0" });
    setTimeout(() => { fence.disabled = false; if (made.focus) made.focus.focus(); }, opt("fenced", 0, main_));
    const place = nodes.indexOf(formed);
    fence.append(...[formed].flat(Infinity).filter(Boolean));
    nodes[place] = fence;
  }
  if (boot.error) {
    const error = boot.error;
    boot.error = null;
    setTimeout(() => complain(error, slot, last), 0);
  }
  return method ? withMethods(made, method, nodes) : made;
}

/** A change's own form, brought to life. */
function dressed(skin, field, go, after) {
  const forms = [...everything(skin.root)].filter((each) => each.tagName === "FORM");
  for (const form of forms) form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (awake()) go();
  });
  for (const [key, value] of skin.keys) key.addEventListener("click", () => field.press(value));
  if (!forms.length) for (const input of skin.inputs) input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") go();
  });
  return [skin.root, after];
}

const masked = () => `${state.mobile.slice(0, 2)}****${state.mobile.slice(-4)}`;

function resendRow() {
  const text = h("span", { look: "sub" }, say("resend", { time: "2:00" }));
  let left = 120;
  const ticker = setInterval(() => {
    left -= 1;
    text.textContent = say("resend", { time: `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` });
    if (!text.isConnected && left < 100) clearInterval(ticker);
  }, 1000);
  return h("div", { look: "row" }, text, !state.totp && h("div", { look: "link" }, say("tryTotp")));
}

function forgotPin() {
  return h("button", { type: "button", look: "link", onclick: () => astray("forgot PIN") }, say("forgot"));
}

const OPENED = ["combobox", "dropdown", "another", "details"];

/** Lets the user choose how to prove who they are; only the authenticator's field takes its codes. */
function withMethods(made, way, nodes) {
  const names = [say("methodSms"), say("methodTotp")];
  let chosen = opt("chosen", "sms");
  const body = h("div", {}, nodes);
  const other = h("div", {}, h("p", { look: "sub" }, say("smsSub", { mobile: masked() })),
    way.smsField ? owned(h("input", { type: "text", look: "input", placeholder: say("otpLabel"), maxlength: 6, inputmode: "numeric" }), "sms-code") : h("p", {}, say("smsWait")));
  const host = h("div", {}, chosen === "totp" ? body : other);
  let opened = false;
  const open = (event) => {
    event.preventDefault();
    opened = true;
    draw();
  };
  const choose = (what) => (event) => {
    if (event && event.type === "click") event.preventDefault();
    chosen = what;
    opened = false;
    host.replaceChildren(what === "totp" ? body : other);
    if (what === "totp" && made.focus) made.focus.focus();
    draw();
  };
  let controls = [];
  const bar = h("div", { look: "row" });
  const draw = () => {
    const on = (what) => chosen === what;
    const kinds = {
      tabs: () => ["sms", "totp"].map((what, n) => h("button", { type: "button", role: "tab", "aria-selected": String(on(what)), look: on(what) ? "tabOn" : "tab", onclick: choose(what) }, names[n])),
      plaintabs: () => ["sms", "totp"].map((what, n) => h("div", { look: on(what) ? "tabOn" : "tab", onclick: choose(what) }, names[n])),
      radio: () => ["sms", "totp"].map((what, n) => h("label", {}, h("input", { type: "radio", name: "how", checked: on(what), onchange: choose(what) }), ` ${names[n]}`)),
      select: () => [h("select", { "aria-label": say("methodTitle"), onchange: (event) => choose(event.target.value)() }, ["sms", "totp"].map((what, n) => h("option", { value: what, selected: on(what) }, names[n])))],
      listbox: () => [h("ul", { role: "listbox", "aria-label": say("methodTitle") }, ["sms", "totp"].map((what, n) => h("li", { role: "option", tabindex: 0, "aria-selected": String(on(what)), look: "second", onclick: choose(what) }, names[n])))],
      combobox: () => [h("div", { role: "combobox", tabindex: 0, "aria-haspopup": "listbox", "aria-expanded": String(opened), "aria-label": say("methodTitle"), look: "second", onclick: open }, names[on("totp") ? 1 : 0], " ▾"),
        opened && h("ul", { role: "listbox" }, ["sms", "totp"].map((what, n) => h("li", { role: "option", tabindex: -1, look: "second", onclick: choose(what) }, names[n])))],
      dropdown: () => [h("button", { type: "button", "aria-haspopup": "true", "aria-expanded": String(opened), look: "second", onclick: open }, `${say("methodTitle")} ${names[on("totp") ? 1 : 0]}`),
        opened && h("div", { role: "menu" }, ["sms", "totp"].map((what, n) => h("div", { role: "menuitem", tabindex: -1, look: "second", onclick: choose(what) }, names[n])))],
      another: () => (on("totp") ? [] : [h("a", { href: "#", look: "link", onclick: open }, say("methodOther")),
        opened && h("ul", {}, ["sms", "totp"].map((what, n) => h("li", {}, h("a", { href: "#", look: "link", onclick: choose(what) }, names[n]))))]),
      details: () => [h("details", { open: opened }, h("summary", { onclick: open }, say("methodOther")), ["sms", "totp"].map((what, n) => h("button", { type: "button", look: "second", onclick: choose(what) }, names[n])))],
      pressed: () => ["sms", "totp"].map((what, n) => h("button", { type: "button", "aria-pressed": String(on(what)), look: on(what) ? "tabOn" : "tab", onclick: choose(what) }, names[n])),
      roleradio: () => [h("div", { role: "radiogroup", "aria-label": say("methodTitle") }, ["sms", "totp"].map((what, n) => h("div", { role: "radio", tabindex: 0, "aria-checked": String(on(what)), look: "second", onclick: choose(what) }, names[n])))],
      link: () => (on("totp") ? [] : [h("a", { href: "#", look: "link", onclick: (event) => { event.preventDefault(); choose("totp")(); } }, say("methodInstead"))]),
      switch: () => [h("button", { type: "button", role: "switch", "aria-checked": String(on("totp")), look: "second", onclick: choose(on("totp") ? "sms" : "totp") }, names[1])],
    };
    controls = kinds[way.kind]().filter(Boolean);
    bar.replaceChildren(...controls);
    const rows = [...bar.querySelectorAll("[role=option], [role=menuitem], [role=radio], li a, details button")];
    chooser.node = way.kind === "radio" ? controls[1].querySelector("input") : rows.length && (opened || !OPENED.includes(way.kind)) ? rows[1] : OPENED.includes(way.kind) ? bar.querySelector("summary") || controls[0] : ["tabs", "plaintabs", "pressed"].includes(way.kind) ? controls[1] : controls[0];
  };
  const chooser = { press: way.kind !== "select", select: way.kind === "select" ? "totp" : null, node: null, done: () => chosen === "totp" };
  draw();
  return { ...made, focus: chosen === "totp" ? made.focus : null, nodes: [h("p", { look: "sub" }, say("methodTitle")), bar, host], steps: [chooser, ...made.steps] };
}

/** A list of ways to go on, each a screen of its own. */
function listScreen(way) {
  if (way.html) return pageOf("list", way, () => advance("list"));
  if (way.kind === "radios" || way.kind === "select") return chooseScreen(way);
  const rows = way.rows.map(([text, sub, what]) => {
    const press = () => (what === "totp" ? advance("list") : show(() => ({ name: what, nodes: [h("h1", { look: "title" }, text), h("p", { look: "sub" }, sub)], steps: [] })));
    const content = [h("strong", {}, text), sub && h("span", {}, ` ${sub}`)];
    return way.kind === "div" ? h("div", { look: "second", onclick: press }, content)
      : way.kind === "link" ? h("li", {}, h("a", { href: "#", look: "link", onclick: (event) => { event.preventDefault(); press(); } }, content))
        : h("button", { type: "button", look: "second", onclick: press }, content);
  });
  const right = rows[way.rows.findIndex((each) => each[2] === "totp")];
  return { name: "list", nodes: [h("h1", { look: "title" }, way.title), rows], steps: [{ press: true, node: right.querySelector("a") || right, done: () => false }] };
}

/** The same as a choice that a button sends. */
function chooseScreen(way) {
  let chosen = "sms";
  const right = way.rows.findIndex((each) => each[2] === "totp");
  const choice = way.kind === "select"
    ? h("select", { "aria-label": way.title, onchange: (event) => { chosen = event.target.value; } }, way.rows.map(([text, , what]) => h("option", { value: what }, text)))
    : h("div", {}, way.rows.map(([text, sub, what], index) => h("div", {}, h("label", {}, h("input", { type: "radio", name: "way", checked: index === 0, onchange: () => { chosen = what; } }), ` ${text} `, h("span", {}, sub)))));
  const node = way.kind === "select" ? choice : choice.querySelectorAll("input")[right];
  const go = control(way.go || "Continue", "primary", () => (chosen === "totp" ? advance("list") : show(() => ({ name: chosen, nodes: [h("h1", { look: "title" }, "We have sent a code")], steps: [] }))));
  return { name: "choice", nodes: [h("h1", { look: "title" }, way.title), choice, go], steps: [
    { press: way.kind !== "select", select: way.kind === "select" ? "totp" : null, node, done: () => chosen === "totp" }, { press: true, node: go, done: () => false }] };
}

/** A screen as a change has it, from which `go` leads on. */
function pageOf(name, what, next) {
  const page = elementsOf(what.html, textsFor(null));
  const [node, event] = page.go;
  if (node) node.addEventListener(event || "click", (happened) => {
    happened.preventDefault();
    next();
  });
  if (what.auto) setTimeout(next, what.auto);
  const last = what.end ? { end: what.end, done: () => false } : node ? { press: true, node, done: () => false } : { wait: true, done: () => false };
  return { name, nodes: [page.root], steps: [...page.first, last] };
}

/** A screen without a field: `{title, text, buttons: [[text, kind, way]], end}`. */
function interstitial(what, next) {
  if (what.html) return pageOf("interstitial", what, what.more ? () => show(() => interstitial(what.more, next)) : next);
  const then = what.more ? () => show(() => interstitial(what.more, next)) : next;
  const box = what.tick && h("input", { type: "checkbox" });
  const buttons = what.buttons.map(([text, kind, way]) => control(text, kind, () => {
    if (way === "go") then();
    else if (way === "end") tell({ agreed: what.title });
    else astray(text);
  }));
  const right = what.buttons.findIndex((each) => each[2] === "go");
  if (what.wait) {
    const text = what.buttons[right][0];
    let left = what.wait;
    const count = () => {
      buttons[right].disabled = left > 0;
      buttons[right].textContent = left > 0 ? `${text} (${left})` : text;
      if (left > 0) setTimeout(() => { left -= 1; count(); }, 1000);
    };
    count();
  }
  if (what.auto) setTimeout(then, what.auto);
  const steps = [];
  if (what.end) steps.push({ end: what.end, done: () => false });
  else if (what.auto) steps.push({ wait: true, done: () => false });
  else steps.push({ press: true, node: buttons[right], done: () => false });
  const nodes = [h("h1", { look: "title" }, what.title), what.text && h("p", { look: "sub" }, what.text), what.list && h("ul", {}, what.list.map((each) => h("li", {}, each))), box && h("label", {}, box, ` ${what.tick}`), h("div", {}, buttons)];
  return { name: "interstitial", nodes, steps };
}
