// Everything round the form: toasts, errors, notices, veils, decoys.
let toastHost = null;

function toast(text, { stay = false, role = null } = {}) {
  const element = h("div", { look: "toast", role }, text);
  toastHost.append(element);
  if (!stay) setTimeout(() => element.remove(), 3000);
}

function veil(content, role = "dialog") {
  const element = h("div", { look: "veil" }, h("div", { look: "modal", role, "aria-modal": role && "true" }, content));
  (opt("place", "page") === "page" || !shadow ? modalRoot : shadow).append(element);
  if (!modalRoot.querySelector("style")) modalRoot.append(sheet());
  return element;
}

/** Shows an error in the page's present way. *field* is where it happened, *slot* the place beside it. */
function complain(error, slot, field, how = opt("error", "toast")) {
  // The page's own words for what its server has only a number for.
  if (opt("tells", null)) error = { ...error, message: opt("tells", null), code: null };
  const text = error.code == null || how === "nocode" ? error.message : `${error.message} [${error.code}]`;
  const ways = {
    toast: () => toast(text),
    nocode: () => toast(text),
    inline: () => { slot.textContent = error.message; },
    described: () => {
      slot.id = `e${boot.seed}`;
      slot.textContent = error.message;
      field.input.setAttribute("aria-invalid", "true");
      field.input.setAttribute("aria-errormessage", slot.id);
    },
    dialog: () => window.alert(error.message),
    status: () => {
      slot.setAttribute("role", "status");
      slot.textContent = error.message;
    },
    live: () => {
      slot.setAttribute("aria-live", "assertive");
      slot.textContent = `⚠ ${error.message}`;
    },
    banner: () => screenHost.prepend(h("div", { look: "alert" }, text)),
    modal: () => {
      let gone = false;
      const ok = control("OK", "primary", () => {
        gone = true;
        box.remove();
      });
      const box = veil([h("h2", { look: "title" }, "Something went wrong"), h("p", {}, error.message), ok], "alertdialog");
      blockers.push({ press: true, node: ok, done: () => gone });
    },
    notice: () => {
      let gone = false;
      const ok = control("Okay", "second", () => {
        gone = true;
        box.remove();
      });
      const box = veil([h("p", {}, error.message), ok], "dialog");
      blockers.push({ press: true, node: ok, done: () => gone });
    },
    headed: () => {
      let gone = false;
      const ok = control("Try again", "primary", () => {
        gone = true;
        box.remove();
      });
      const box = veil([h("h2", { look: "title" }, error.message), ok], null);
      blockers.push({ press: true, node: ok, done: () => gone });
    },
    element: () => {
      const close = control("Close", "second", () => box.close());
      const box = h("dialog", {}, h("p", {}, error.message), close);
      modalRoot.append(box);
      box.showModal();
      blockers.push({ press: true, node: close, done: () => !box.open });
    },
    snack: () => {
      const bar = h("div", { look: "bar" }, error.message, " ", h("button", { type: "button", look: "link", onclick: () => bar.remove() }, "Dismiss"));
      modalRoot.append(bar);
    },
    summary: () => screenHost.prepend(h("div", { look: "alert", role: "alert", tabindex: -1 }, h("h2", { look: "label" }, "There is a problem"), h("ul", {}, h("li", {}, h("a", { href: "#", look: "link" }, error.message))))),
    tooltip: () => field.input.parentElement.append(h("div", { role: "tooltip", look: "note", style: "position: absolute; left: 250px; top: 0; z-index: 9" }, error.message)),
    heading: () => { screenHost.querySelector("h1").textContent = error.message; },
    label: () => {
      const label = screenHost.querySelector("label, form span");
      label.style.color = "#b00020";
      label.textContent = error.message;
    },
    button: () => { screenHost.querySelector("button[type=submit]").textContent = error.message; },
    corner: () => modalRoot.append(h("div", { look: "toast", role: "status", style: "position: fixed; right: 16px; top: 16px; z-index: 70" }, h("strong", {}, "Login failed"), h("p", {}, error.message), h("button", { type: "button", "aria-label": "Close notification" }, "×"))),
    strip: () => document.body.prepend(h("div", { look: "alert", style: "position: sticky; top: 0; z-index: 8" }, error.message)),
    silent: () => {},
    // In a change's own markup, above the form or over the page.
    markup: () => {
      const page = elementsOf(opt("errorhtml", ""), { error: text });
      const [close] = page.go;
      if (opt("errorplace", "over") === "above") screenHost.prepend(page.root);
      else modalRoot.append(page.root);
      if (close) {
        let gone = false;
        close.addEventListener("click", () => {
          gone = true;
          page.root.remove();
        });
        blockers.push({ press: true, node: close, done: () => gone });
      }
    },
    // In the browser's own bubble at the field.
    validity: () => {
      field.input.setCustomValidity(error.message);
      field.input.reportValidity();
    },
    shake: () => { if (field) field.input.style.borderColor = "#b00020"; },
    emptied: () => {
      if (field) {
        field.input.value = "";
        field.input.setAttribute("aria-invalid", "true");
      }
    },
    placeholder: () => {
      if (field) {
        field.input.value = "";
        field.input.placeholder = error.message;
      }
    },
    title: () => { document.title = error.message; },
    screen: () => show(() => ({ name: "refused", nodes: [h("h1", { look: "title" }, "We could not log you in"), h("p", { look: "sub" }, error.message), h("button", { type: "button", look: "button", onclick: () => window.location.reload() }, "Start again")], steps: [] })),
    drawn: () => refusalOf(error.message),
  };
  ways[how]();
}

/** An error as a change has it: `where` is `host`, `field`, `over`, `head` or `instead`. */
function refusalOf(message) {
  const { html, where } = opt("refusal", {});
  const made = elementsOf(html, { ...textsFor(null), message });
  if (where === "instead") {
    show(() => ({ name: "refused", nodes: [made.root], steps: [] }));
    return;
  }
  if (where === "over") {
    let gone = false;
    modalRoot.append(made.root);
    if (made.go[0]) {
      made.go[0].addEventListener("click", () => {
        gone = true;
        made.root.remove();
      });
      blockers.push({ press: true, node: made.go[0], done: () => gone });
    }
    return;
  }
  if (where === "head") document.body.prepend(made.root);
  else if (where === "field") (screenHost.querySelector("form, input") || screenHost).before(made.root);
  else screenHost.append(made.root);
}

/** The notices of a place (`top`, `field`, `under`, `aside`, `foot`), of the present step or of all. */
function notices(place, step) {
  return ["notice", "notice2"].filter((name) => name in options).map((name) => options[name])
    .filter((each) => each.place === place && (!each.step || each.step === step))
    .map((each) => h(each.tag || "p", { look: each.look || "note", role: each.role || null, "aria-live": each.live || null }, each.text));
}

function startNotices() {
  const cookies = opt("cookies", null);
  if (cookies) cookieWall(cookies);
  const pop = opt("popover", null);
  if (pop) interruption(pop);
  if (opt("greeting", null)) window.alert(opt("greeting", ""));
  if (opt("prices", false)) prices();
  const early = opt("early", null);
  if (early) toast(early.text, { role: early.role || null, stay: Boolean(early.stay) });
}

/** Prices that move all the time, in the page's head. */
function prices() {
  const names = ["NIFTY 50", "SENSEX", "BANKNIFTY", "INFY"];
  const cells = names.map(() => h("span", { look: "prefix" }));
  document.body.prepend(h("div", {}, cells));
  setInterval(() => cells.forEach((cell, index) => { cell.textContent = `${names[index]} ${(20000 + Math.random() * 900).toFixed(2)}`; }), 120);
}

function cookieWall(wall) {
  let gone = false;
  const close = () => {
    gone = true;
    element.remove();
  };
  const buttons = wall.buttons.map(([text, kind, way]) => {
    const press = () => {
      if (way === "more") astray("cookie settings");
      else close();
    };
    return kind === "link" ? h("a", { href: "#", look: "link", onclick: (event) => { event.preventDefault(); press(); } }, text)
      : h(kind === "div" ? "div" : "button", { type: "button", look: "second", onclick: press }, text);
  });
  const content = [h("h2", { look: "title" }, wall.title), h("p", {}, wall.text), buttons];
  const element = wall.shape === "bar"
    ? h("div", { look: "veil", style: "background: transparent; align-items: end" }, h("div", { look: "bar", role: "region", "aria-label": "Cookies" }, content))
    : h("div", { look: "veil" }, h("div", { look: "modal", role: wall.role === undefined ? "dialog" : wall.role }, content));
  document.body.append(element);
  if (!modalRoot.querySelector("style")) modalRoot.append(sheet());
  blockers.push({ press: true, node: buttons[wall.buttons.findIndex((each) => each[2] === "close")], done: () => gone });
}

/** A box over the form that has nothing to do with the login: `{title, text, buttons, delay}`. */
function interruption(pop) {
  const open = () => {
    let gone = false;
    const buttons = pop.buttons.map(([text, kind, way]) => control(text, kind, () => {
      if (way === "close") {
        gone = true;
        element.remove();
      } else astray(text);
    }));
    const element = veil([h("h2", { look: "title" }, pop.title), h("p", {}, pop.text), buttons], pop.role === undefined ? "dialog" : pop.role);
    blockers.push({ press: true, node: buttons[pop.buttons.findIndex((each) => each[2] === "close")], done: () => gone });
  };
  if (pop.delay) setTimeout(open, pop.delay);
  else open();
}

function control(text, kind, press) {
  const stop = (event) => {
    event.preventDefault();
    press();
  };
  if (kind === "link") return h("a", { href: "#", look: "link", onclick: stop }, text);
  if (kind === "div") return h("div", { look: "second", onclick: stop }, text);
  if (kind === "x") return h("button", { type: "button", look: "link", "aria-label": text, onclick: stop }, "×");
  if (kind === "cross") {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", "16");
    svg.setAttribute("height", "16");
    return h("button", { type: "button", look: "link", "aria-label": text, onclick: stop }, svg);
  }
  if (kind === "role") return h("span", { role: "button", tabindex: 0, look: "second", onclick: stop }, text);
  if (kind === "input") return h("input", { type: "button", look: "second", value: text, onclick: stop });
  if (kind === "glyph") return h("button", { type: "button", look: "link", onclick: stop }, text);
  return h("button", { type: "button", look: kind === "primary" ? "button" : "second", onclick: stop }, text);
}

/** A place from which nobody comes back to the login. */
function astray(where) {
  tell({ astray: where });
  show(() => ({ name: "astray", nodes: [h("h1", { look: "title" }, "Thank you"), h("p", { look: "sub" }, "We have sent you a link to continue.")], steps: [] }));
}

/** Fields that are none of the login's business. */
function decoys(step) {
  const all = {
    offscreen: () => h("div", { look: "away" }, owned(h("input", { type: "text", name: "phone_number", id: "mobile", placeholder: "Mobile number", tabindex: -1 }), "honeypot")),
    faint: () => owned(h("input", { type: "tel", name: "mobile", look: "faint", tabindex: -1, autocomplete: "tel" }), "honeypot"),
    hidden: () => h("div", { "aria-hidden": "true", style: "height: 0; overflow: hidden" }, h("label", {}, "Mobile number ", owned(h("input", { type: "tel", name: "mobile_number", tabindex: -1 }), "honeypot"))),
    inert: () => h("div", { inert: true, style: "opacity: 0.3" }, h("label", {}, "Mobile number ", owned(h("input", { type: "tel" }), "honeypot"))),
    collapsed: () => h("details", {}, h("summary", {}, "Login with password instead"), owned(h("input", { type: "text", placeholder: "User ID" }), "honeypot"), owned(h("input", { type: "password", placeholder: "Password" }), "honeypot")),
    autofill: () => h("div", { look: "faint" }, owned(h("input", { type: "text", name: "username", autocomplete: "username", tabindex: -1, style: "width: 1px; height: 1px; border: 0; padding: 0" }), "autofill"), owned(h("input", { type: "password", name: "password", autocomplete: "current-password", tabindex: -1, style: "width: 1px; height: 1px; border: 0; padding: 0" }), "autofill")),
    phone: () => h("div", { look: "note" }, h("p", {}, "Get the app: we send you a link"), owned(h("input", { type: "tel", placeholder: "Your phone number", maxlength: 10, look: "input" }), "app-link"), h("button", { type: "button", look: "second", onclick: () => astray("app link") }, "Send link")),
    callback: () => h("form", { look: "note", onsubmit: (event) => { event.preventDefault(); astray("call back"); } }, h("label", { for: "cb" }, "Need help? Mobile number for a call back"), owned(h("input", { type: "text", id: "cb", maxlength: 10, look: "input" }), "call-back"), h("button", { look: "second" }, "Call me")),
    search: () => h("form", { role: "search", onsubmit: (event) => event.preventDefault() }, owned(h("input", { type: "search", placeholder: "Search stocks, funds, help", look: "input" }), "search")),
    newsletter: () => h("div", { look: "note" }, h("label", {}, "Market news by e-mail ", owned(h("input", { type: "email", placeholder: "you@mail.example", look: "input" }), "newsletter")), h("button", { type: "button", look: "second", onclick: () => astray("newsletter") }, "Subscribe")),
    referral: () => h("div", { look: "field" }, h("label", { look: "label" }, "Referral code (optional) ", owned(h("input", { type: "text", maxlength: 6, look: "input" }), "referral"))),
    partner: () => h("section", { look: "note" }, h("h3", {}, "Partner login"), owned(h("input", { type: "text", placeholder: "Partner code", look: "input" }), "partner"), owned(h("input", { type: "password", placeholder: "Partner PIN", maxlength: 6, inputmode: "numeric", look: "input" }), "partner"), h("button", { type: "button", look: "second", onclick: () => astray("partner") }, "Continue")),
    waiting: () => h("div", { style: "position: relative; width: 330px; height: 1px; overflow: hidden" }, h("div", { style: "position: absolute; left: 400px; top: 0" },
      ["mobile", "otp", "pin"].filter((each) => each !== step).map((each) => h("form", { id: FORM_IDS[each], onsubmit: (event) => event.preventDefault() },
        h("label", {}, say(`${each}Label`)), owned(h("input", { id: SPECS[each].id, type: SPECS[each].type, ...SPECS[each].attributes, tabindex: -1 }), "waiting"), h("button", { id: BUTTON_IDS[each], tabindex: -1 }, say(`${each}Button`)))))),
    signup: () => h("section", { look: "note" }, h("h2", {}, "Open a free demat account"), h("label", {}, "Mobile number ", owned(h("input", { type: "tel", maxlength: 10, inputmode: "numeric", look: "input" }), "sign-up")), h("button", { type: "button", look: "button", onclick: () => astray("sign-up") }, "Get OTP")),
    whatsapp: () => h("form", { look: "note", onsubmit: (event) => { event.preventDefault(); astray("WhatsApp"); } }, h("p", {}, "Market updates on WhatsApp"), owned(h("input", { type: "tel", placeholder: "Mobile number", maxlength: 10, look: "input" }), "WhatsApp"), h("button", { look: "second" }, "Notify me")),
    status: () => h("form", { look: "note", onsubmit: (event) => { event.preventDefault(); astray("application"); } }, h("h3", {}, "Track your application"), owned(h("input", { type: "text", placeholder: "Registered mobile number", maxlength: 10, look: "input" }), "application"), h("button", { look: "second" }, "Continue")),
    promo: () => h("div", { look: "note" }, h("label", {}, "Have a code from a friend? ", owned(h("input", { type: "text", maxlength: 6, look: "input" }), "promotion")), h("button", { type: "button", look: "second", onclick: () => astray("promotion") }, "Apply code")),
    finder: () => h("div", { look: "note" }, owned(h("input", { type: "text", placeholder: "Type a company’s name", look: "input" }), "finder")),
    chat: () => h("div", { style: "position: fixed; right: 16px; bottom: 16px" }, owned(h("input", { type: "text", placeholder: "Type your question", look: "input" }), "chat")),
  };
  return ["decoy", "decoy2"].filter((name) => name in options)
    .map((name) => options[name]).filter((each) => each.always || (step && (!each.step || each.step === step)))
    .map((each) => ({ where: each.where || "after", node: all[each.kind]() }));
}
