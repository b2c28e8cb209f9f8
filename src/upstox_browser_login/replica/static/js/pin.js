const PIN_LOCKED = 1017090;
const PIN_SESSION_LOST = 1017007;

function pinField(late, more) {
  return field({ id: IDS.pin, type: "password", inputmode: "numeric", maxlength: 6, required: true, label: text("pinLabel"), bound: true, clean: digits(6), late, ...more });
}

function pinStep() {
  const name = state.profile ? state.profile.firstName.toLowerCase() : "";
  const submit = () => {
    if (button.disabled) return;
    if (state.locked) {
      modal(h("h2", { class: "k-title" }, "Unlock account"), h("p", { class: "k-subtitle" }, "Verify your PAN and mobile number in the app."));
      return;
    }
    state.busy = true;
    update();
    const inner = new URLSearchParams(oauthQuery);
    const query = new URLSearchParams({ client_id: inner.get("client_id") || "", redirect_uri: inner.get("redirect_uri") || "" });
    call(`/login/open/${boot.versions.pin}/auth/2fa?${query}`, { twoFAMethod: "SECRET_PIN", inputText: btoa(state.pin) })
      .then(accepted)
      .catch(refused);
  };
  // While the approval runs the form stands enabled again, with the PIN in it.
  const accepted = (answer) => {
    state.busy = false;
    update();
    return afterPin(answer);
  };
  const refused = (error) => {
    if (error.code === PIN_LOCKED) state.locked = true;
    if (error.code === PIN_SESSION_LOST) state.pin = "";
    fail(error);
  };
  const pin = pinField(lateRender("pin", () => show(pinStep)), {
    get: () => state.pin,
    set: (typed) => {
      state.pin = typed;
      update();
    },
  });
  const button = submitButton(IDS.pinSubmit, text("pinSubmit"), submit);
  const alert = h("div", { class: "k-alert", role: "alert", hidden: true },
    "Due to too many incorrect PIN attempts, your account has been locked. Unlock your account by verifying your details.");
  const update = () => {
    pin.sync();
    pin.input.disabled = state.locked;
    alert.hidden = !state.locked;
    button.textContent = text(state.locked ? "pinUnlock" : "pinSubmit");
    button.disabled = !state.locked && (state.busy || !state.pin);
  };
  update();
  const part = new Date().getHours() < 12 ? "morning" : "day";
  const greeting = config.flags.pinGreeting ? text("pinGreeting", { name, part }) : text("pinTitle", { name });
  const forgot = h("button", { type: "button", class: "k-link", onclick: () => modal(
    h("h2", { class: "k-title" }, "Forgot your PIN?"), h("p", { class: "k-subtitle" }, "Verify your details in the app to set a new PIN.")) }, text("pinForgot"));
  return {
    focus: pin.input,
    refresh: update,
    content: [header({ pane: text("pinPane"), title: h("span", { class: "k-name" }, greeting), subtitle: !config.flags.qrLayout && text("pinSubtitle"), back: true, extra: forgot }), alert,
      form(IDS.pinForm, submit, pin.element, button),
      h("p", { class: "k-signed" }, text("signedIn", { mobile: state.profile ? state.profile.mobile : "" }), " ",
        h("a", { class: "k-link", href: "#", onclick: (event) => { event.preventDefault(); startOver(); } }, text("switchAccount")))],
  };
}

/** A customer's first PIN: the form of the PIN by all its ids, asked for twice, one after the other. */
function createPinStep(first = "") {
  const again = first !== "";
  const submit = () => {
    if (button.disabled) return;
    if (!again) {
      const chosen = state.newPin;
      state.newPin = "";
      show(() => createPinStep(chosen));
    } else if (state.newPin !== first) {
      pin.complain(text("pinsDiffer"));
    } else {
      state.busy = true;
      update();
      call("/login/open/v3/auth/2fa/secret-pin/set", { inputText: btoa(first) }).then(afterPin).catch(fail);
    }
  };
  const pin = pinField(null, {
    get: () => state.newPin,
    set: (typed) => {
      state.newPin = typed;
      pin.complain("");
      update();
    },
  });
  const button = submitButton(IDS.pinSubmit, text("pinSubmit"), submit);
  const update = () => { button.disabled = state.busy || state.newPin.length !== 6; };
  update();
  const title = text(again ? "verifyPinTitle" : "createPinTitle");
  return {
    focus: pin.input,
    refresh: update,
    content: [header({ pane: title, title, back: true }), form(IDS.pinForm, submit, pin.element, button)],
  };
}
