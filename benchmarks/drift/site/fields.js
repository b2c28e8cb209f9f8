const SPECS = {
  mobile: { length: 10, type: "text", attributes: { maxlength: 10 }, id: "mobileNum", ready: (value) => /^[6-9]\d{9}$/.test(value) },
  otp: { length: 6, type: "text", attributes: {}, id: "otpNum", mask: "dash", ready: (value) => value.length > 0 },
  pin: { length: 6, type: "password", attributes: { inputmode: "numeric", maxlength: 6, required: true }, id: "pinCode", bound: true, ready: (value) => value.length > 0 },
};
const IDS = {
  hashed: { mobile: "r:3f:", otp: "r:4k:", pin: "r:7b:" },
  swapped: { mobile: "pinCode", otp: "mobileNum", pin: "otpNum" },
  misleading: { mobile: "captchaInput", otp: "referralCode", pin: "password" },
  numbered: { mobile: "field-1", otp: "field-2", pin: "field-3" },
  renamed: { mobile: "phone", otp: "one-time-code", pin: "mpin" },
  same: { mobile: "input", otp: "input", pin: "input" },
};
const FORM_IDS = { mobile: "mobile-number-form", otp: "otp-form", pin: "secret-pin-form" };
const BUTTON_IDS = { mobile: "getOtp", otp: "continueBtn", pin: "pinContinueBtn" };
const MASKS = {
  none: (digits) => digits,
  dash: (digits) => (digits.length > 3 ? `${digits.slice(0, 3)}-${digits.slice(3)}` : digits),
  space: (digits) => digits.replace(/(\d{3})(?=\d)/g, "$1 "),
  five: (digits) => (digits.length > 5 ? `${digits.slice(0, 5)} ${digits.slice(5)}` : digits),
  country: (digits) => (digits ? `+91 ${digits}` : ""),
  prefilled: (digits) => `+91 ${digits}`,
  zero: (digits) => (digits ? `0${digits}` : ""),
  dashes: (digits) => digits.replace(/^(\d{5})(?=\d)/, "$1-"),
  pairs: (digits) => digits.replace(/(\d{2})(?=\d)/g, "$1 "),
  dotted: (digits) => digits.replace(/(\d{3})(?=\d)/g, "$1."),
  spaced: (digits) => digits.split("").join(" "),
  stars: (digits) => "*".repeat(digits.length),
  slots: (digits) => (digits ? digits.padEnd(6, "_").split("").join(" ") : ""),
  dots: (digits) => "•".repeat(digits.length),
};

function fieldId(step) {
  const way = opt("ids", "own", step);
  if (way === "none") return null;
  return way === "own" ? SPECS[step].id : IDS[way][step];
}

/** The texts of the field's label, whether and how it belongs to the input. */
function labelled(step, input, control) {
  const way = opt("label", SPECS[step].bound ? "bound" : "unbound", step);
  const text = say(step === "otp" && state.totp ? "otpOrTotpLabel" : `${step}Label`);
  const plain = (tag, look, properties = {}) => h(tag, { look, ...properties }, text);
  const wrapper = (...children) => h("div", { look: "field" }, children);
  if (way === "unbound") return wrapper(plain("span", "label"), control);
  if (way === "bound") {
    input.id ||= `f${boot.seed}${step}`;
    return wrapper(plain("label", "label", { for: input.id }), control);
  }
  if (way === "wrap") return wrapper(h("label", {}, h("span", { look: "label" }, text), control));
  if (way === "placeholder") {
    input.placeholder = text;
    return wrapper(control);
  }
  if (way === "aria") {
    input.setAttribute("aria-label", text);
    return wrapper(control);
  }
  if (way === "title") {
    input.title = text;
    return wrapper(control);
  }
  if (way === "labelledby") {
    const label = plain("div", "label", { id: `l${boot.seed}${step}` });
    input.setAttribute("aria-labelledby", label.id);
    return wrapper(label, control);
  }
  if (way === "describedby") {
    const hint = plain("p", "sub", { id: `d${boot.seed}${step}` });
    input.setAttribute("aria-describedby", hint.id);
    return wrapper(control, hint);
  }
  if (way === "floating") {
    const label = plain("label", "float");
    const settle = () => { label.className = className(document.activeElement === input || input.value ? "floated" : "float") || ""; };
    input.addEventListener("focus", settle);
    input.addEventListener("blur", settle);
    return wrapper(control, label);
  }
  if (way === "beside") return wrapper(plain("span", "beside"), control);
  if (way === "below") return wrapper(control, plain("div", "sub"));
  if (way === "far") return [plain("h3", "label"), h("div", {}, h("div", {}, h("div", {}, wrapper(control))))];
  if (way === "legend") return h("fieldset", {}, h("legend", {}, text), wrapper(control));
  if (way === "table") return h("table", {}, h("tr", {}, h("td", {}, text), h("td", {}, control)));
  if (way === "list") return h("dl", {}, h("dt", {}, text), h("dd", {}, control));
  if (way === "generated") {
    const style = h("style", {}, `.g${boot.seed}${step}::before { content: "${text}"; display: block; margin-bottom: 4px }`);
    return h("div", { class: `g${boot.seed}${step}` }, style, control);
  }
  if (way === "letters") return wrapper(h("span", { look: "label" }, [...text].map((each) => h("span", {}, each))), control);
  if (way === "hyphens") return wrapper(h("label", { look: "label" }, text.replace(/([aeiou])/gi, "$1\u00ad")), control);
  if (way === "nobreak") return wrapper(h("label", { look: "label" }, text.replace(/ /g, "\u00a0")), control);
  if (way === "starred") return wrapper(h("label", { look: "label" }, text, h("span", { "aria-hidden": "true" }, " *")), control);
  if (way === "colon") return wrapper(h("span", { look: "label" }, `${text}:`), control);
  if (way === "sentence") return wrapper(h("p", { look: "sub" }, `Please ${text.charAt(0).toLowerCase()}${text.slice(1)} to continue.`), control);
  if (way === "example") {
    input.placeholder = { mobile: "e.g. 98765 43210", otp: "e.g. 123456", pin: "••••••" }[step];
    return wrapper(plain("span", "label"), control);
  }
  if (way === "hinted") return wrapper(plain("label", "label"), control, h("p", { look: "foot" }, { mobile: "As on your PAN records", otp: "It is valid for 10 minutes", pin: "The one you chose when you opened the account" }[step]));
  return wrapper(control); // "heading": only the card's heading tells
}

/** A field for a credential. *changed* hears of every change, *finish* of a submission by itself; *given* are inputs that a change has brought. */
function credential(step, changed, finish, given = null) {
  const spec = SPECS[step];
  const mask = MASKS[opt("mask", given ? "none" : spec.mask || "none", step)];
  const typing = opt("typing", "any", step);
  const kind = given ? (given.length > 1 ? "boxes" : "one") : opt("kind", "one", step);
  const way = opt("submit", "button", step);
  const field = { value: "", length: spec.length, ready: () => spec.ready(field.value), step };
  const set = (value) => {
    const before = field.value;
    field.value = value.replace(/\D/g, "").slice(0, spec.length);
    render();
    changed();
    if (field.value.length === spec.length && before !== field.value) {
      if (way === "auto" || way === "both") setTimeout(() => finish("auto"), 0);
      if (way === "auto-late") setTimeout(() => finish("auto"), opt("after", 600, step));
    }
  };
  const attributes = {
    id: fieldId(step), look: "input", autocomplete: "off",
    name: { none: null, same: "field", misleading: { mobile: "email", otp: "mobile", pin: "otp" }[step], own: spec.id }[opt("names", "none", step)],
    "data-testid": { none: null, own: `${step}-input`, wrong: { mobile: "otp-input", otp: "pin-input", pin: "mobile-input" }[step] }[opt("testids", "none", step)],
    type: opt("type", spec.type, step), ...spec.attributes, ...opt("attributes", {}, step),
  };
  let inputs = [];
  let render = () => {};
  let control;
  if (kind === "boxes" || kind === "spread" || kind === "halves") {
    const type = attributes.type;
    const digits = [];
    const join = () => set(digits.join(""));
    // A box opens once those before it are filled.
    const open = () => opt("boxesopen", "all", step) === "next" && inputs.forEach((each, index) => { each.disabled = index > digits.filter(Boolean).length; });
    field.reset = () => {
      digits.length = 0;
      join();
    };
    inputs = Array.from({ length: spec.length }, (_, index) => {
      const box = given ? given[index] : h("input", {
        look: "box", type, autocomplete: "off", inputmode: "numeric", maxlength: kind === "spread" ? null : 1,
        id: attributes.id && `${attributes.id}-${index}`, "aria-label": opt("boxnames", "digits", step) === "digits" ? `Digit ${index + 1}` : null,
      });
      box.addEventListener("input", () => {
        const typed = box.value.replace(/\D/g, "");
        typed.split("").forEach((digit, offset) => {
          if (index + offset < spec.length) digits[index + offset] = digit;
        });
        if (!typed) digits[index] = "";
        inputs.forEach((each, number) => { each.value = digits[number] || ""; });
        open();
        if (typed) inputs[Math.min(index + typed.length, spec.length - 1)].focus();
        join();
      });
      box.addEventListener("keydown", (event) => {
        if (event.key === "Backspace" && !box.value && index) inputs[index - 1].focus();
      });
      return owned(box, step, undefined, field);
    });
    open();
    if (!given) control = h("div", { look: "boxes", style: kind === "halves" ? "width: 360px" : null }, kind === "halves" ? [inputs.slice(0, 3), h("span", { style: "margin: 8px 12px 0 4px" }, "–"), inputs.slice(3)] : inputs);
  } else if (kind === "ghost" || kind === "clear") {
    const input = h("input", { ...attributes, look: kind, maxlength: spec.length, inputmode: "numeric" });
    const drawn = Array.from({ length: spec.length }, () => h("div", { look: "box", "aria-hidden": "true" }));
    input.addEventListener("input", () => set(input.value));
    render = () => {
      if (input.value !== field.value) input.value = field.value;
      drawn.forEach((box, index) => { box.textContent = field.value[index] ? (step === "pin" ? "•" : field.value[index]) : ""; });
    };
    inputs = [owned(input, step)];
    control = h("div", { look: "boxes" }, drawn, input);
  } else {
    const input = given ? given[0] : h("input", attributes);
    const editable = kind === "editable" ? h("div", { id: attributes.id, look: "input", contenteditable: "true", role: "textbox", tabindex: 0 }) : null;
    if (editable) Object.defineProperty(editable, "value", { get: () => editable.textContent, set: (text) => { editable.textContent = text; } });
    const textarea = kind === "textarea" ? h("textarea", { ...attributes, type: null, rows: 1 }) : null;
    const box = editable || textarea || input;
    render = () => {
      const shown = mask(field.value);
      if (box.value !== shown) box.value = shown;
    };
    const dots = ["dots", "stars"].includes(opt("mask", "none", step));
    const clean = (text) => text.replace(/^\s*\+91/, "").replace(/^0/, opt("mask", "none", step) === "zero" ? "" : "0");
    if (typing === "keys" || dots) {
      box.addEventListener("keydown", (event) => {
        if (/^\d$/.test(event.key)) set(field.value + event.key);
        else if (event.key === "Backspace") set(field.value.slice(0, -1));
        else return;
        event.preventDefault();
      });
      box.addEventListener("input", () => render());
    } else if (typing === "keyup") {
      box.addEventListener("keyup", () => set(clean(box.value)));
    } else if (typing === "debounced") {
      let waiting = 0;
      box.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => set(clean(box.value)), 400);
      });
    } else if (typing === "change" || typing === "blur") {
      box.addEventListener(typing, () => set(clean(box.value)));
    } else {
      box.addEventListener("input", () => awake() && set(clean(box.value)));
      sleepsAtFirst([box], () => set(clean(box.value)));
    }
    if (typing === "pressed") {
      box.readOnly = true;
      box.addEventListener("pointerdown", () => { box.readOnly = false; });
    }
    if (typing === "readonly") {
      box.readOnly = true;
      box.addEventListener("focus", () => { box.readOnly = false; });
    }
    if (opt("mask", "none", step) === "prefilled") render();
    const draft = opt("draft", null, step);
    if (draft) {
      field.value = draft;
      render();
    }
    inputs = [owned(box, step, dots ? () => (box.value && field.value) : undefined)];
    const prefix = !given && step === "mobile" && !["country", "prefilled"].includes(opt("mask", "none", step)) && PREFIXES[opt("prefix", "text")]();
    control = prefix ? h("div", {}, prefix, box) : box;
  }
  const extra = given ? null : opt("beside", null, step);
  if (extra === "eye") control = h("div", {}, control, h("button", { type: "button", look: "link", onclick: () => { inputs[0].type = inputs[0].type === "password" ? "text" : "password"; } }, "Show"));
  if (extra === "clear") control = h("div", {}, control, h("button", { type: "button", look: "link", "aria-label": "Clear", onclick: () => set("") }, "×"));
  if (extra === "paste") control = h("div", {}, control, h("button", { type: "button", look: "link", onclick: () => {} }, "Paste code"));
  if (opt("place", "page") === "components" && !given) {
    const host = h("upx-field", {});
    const inner = host.attachShadow({ mode: "open", delegatesFocus: true });
    inner.append(sheet(), control);
    control = host;
  }
  field.input = inputs[0];
  field.inputs = inputs;
  field.element = given ? null : labelled(step, inputs[0], control);
  field.press = (key) => set(key === "back" ? field.value.slice(0, -1) : field.value + key);
  if (way === "enter" || way === "both" || opt("form", "form", step) === "none") {
    for (const each of inputs) each.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && way !== "auto") {
        event.preventDefault();
        finish("enter");
      }
    });
  }
  if (way === "blur" || way === "left-too") inputs[inputs.length - 1].addEventListener("blur", () => field.ready() && field.value.length === spec.length && finish("blur"));
  const late = typing === "blur" || typing === "change";
  const patient = typing === "debounced";
  let stale = "";
  // After a refusal boxes are emptied; a single field keeps what was typed.
  field.refused = () => {
    stale = field.value;
    if (inputs.length > 1) {
      inputs.forEach((each) => { each.value = ""; });
      inputs[0].focus();
      field.reset();
    }
  };
  const whole = () => field.value.length === spec.length && field.value !== stale;
  field.wipe = () => {
    if (field.reset) field.reset();
    inputs.forEach((each) => { each.value = ""; });
    set("");
  };
  field.todo = [{ fill: step, node: inputs[0], done: () => whole() || ((late || patient) && inputs[0].value.replace(/\D/g, "").length === spec.length) }];
  if (late) field.todo.push({ key: "Tab", node: inputs[0], done: whole });
  return field;
}

const PREFIXES = {
  text: () => h("span", { look: "prefix" }, "+91"),
  none: () => null,
  select: () => h("select", { "aria-label": "Country code", id: "countryCode" }, ["+91 India", "+1 United States", "+44 United Kingdom", "+971 UAE"].map((each) => h("option", {}, each))),
  field: () => owned(h("input", { type: "tel", value: "+91", maxlength: 4, "aria-label": "Country code", style: "width: 48px; margin-right: 8px" }), "country"),
  flag: () => h("button", { type: "button", look: "prefix", "aria-haspopup": "listbox", "aria-label": "Country: India" }, "🇮🇳 +91 ▾"),
};
