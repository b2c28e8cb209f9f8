const COUNTRIES = [["+91", "India"], ["+1", "United States"], ["+44", "United Kingdom"], ["+65", "Singapore"], ["+971", "United Arab Emirates"]];
const SESSION_LOST = [1017007, 1017076, 1017079, 1017084, 1017095, 1017105];
const fresh = () => ({
  mobile: "", otp: "", pin: "", password: "", country: "+91", busy: false, locked: false,
  otpAlert: "", otpBlocked: false, resendLeft: 0, otpReply: {}, profile: boot.remembered,
});
let state = fresh();
let ticker = null;

const digits = (limit) => (typed) => typed.replace(/\D/g, "").slice(0, limit);

function fail(error) {
  state.busy = false;
  if (SESSION_LOST.includes(error.code)) {
    state = { ...fresh(), profile: null };
    show(mobileStep);
  }
  toast(error);
}

function mobileStep() {
  const valid = () => /^[6-9]\d{9}$/.test(state.mobile);
  const submit = () => {
    if (button.disabled) return;
    state.busy = true;
    update();
    generateOtp().then((reply) => {
      state.busy = false;
      if (reply.userType === "LEAD") window.location.assign("/open-account");
      else show(reply.nextStep === "PASSWORD" ? passwordStep : otpStep);
    }, (error) => {
      fail(error);
      update();
    });
  };
  const selector = h("select", { class: "k-country", id: "countryCode", "aria-label": "Country code",
    onchange: () => { state.country = selector.value; } },
    COUNTRIES.map(([code, name]) => h("option", { value: code, title: name }, code)));
  const number = field({
    id: IDS.mobile, type: "text", maxlength: 10, label: text("mobileLabel"),
    prefix: config.flags.countrySelector ? selector : !boot.plain && h("span", { class: "k-prefix" }, "+91"),
    clean: digits(10), get: () => state.mobile, late: lateRender("mobile", () => show(mobileStep)),
    set: (typed) => {
      state.mobile = typed;
      number.complain(typed.length === 10 && !valid() ? text("mobileWrong") : "");
      update();
    },
  });
  number.input.addEventListener("blur", () => {
    if (state.mobile && state.mobile.length < 10) number.complain(text("mobileShort"));
  });
  const button = submitButton(IDS.mobileSubmit, text("mobileSubmit"), submit);
  const captcha = config.flags.captcha && h("iframe", { class: "k-frame k-widget", title: "reCAPTCHA", src: `${boot.thirdParty}/recaptcha/api2/anchor?k=6LeReplica` });
  const update = () => {
    button.disabled = state.busy || !valid() || config.flags.captcha;
  };
  update();
  const partner = config.flags.foreignFrame && h("iframe", { class: "k-frame k-partner", title: "Login", src: `${boot.foreign}/partner/login` });
  return {
    focus: number.input,
    content: [partner, heading(text("mobileTitle"), text("mobileSubtitle")),
      form(IDS.mobileForm, submit, number.element, captcha, button)],
  };
}

function generateOtp() {
  const data = { mobileNumber: state.mobile, userId: "" };
  if (config.flags.countrySelector) data.countryIsdCode = state.country;
  return call("/login/open/v6/auth/1fa/otp/generate", data).then((reply) => {
    state.otpReply = reply;
    state.otp = "";
    state.otpAlert = "";
    state.otpBlocked = false;
    state.resendLeft = reply.nextRequestInterval;
    return reply;
  });
}

function passwordStep() {
  const submit = () => {
    if (button.disabled) return;
    call("/login/open/v1/auth/1fa/password/verify", {
      password: state.password, validateOtpToken: state.otpReply.validateOTPToken,
    }).then(() => show(otpStep), fail);
  };
  const password = field({
    id: "password", type: "password", label: "Enter password", bound: true, clean: (typed) => typed,
    get: () => state.password, set: (typed) => { state.password = typed; update(); },
  });
  const button = submitButton("passwordContinueBtn", "Continue", submit);
  const update = () => { button.disabled = !state.password; };
  update();
  return {
    focus: password.input,
    content: [heading("Enter your password", "For your security, please enter your password."),
      form("password-form", submit, password.element, button)],
  };
}

function otpStep() {
  const reply = state.otpReply;
  const submit = () => {
    if (button.disabled) return;
    if (state.otp.length !== 6) {
      code.complain(text("otpShort"));
      return;
    }
    state.busy = true;
    update();
    call("/login/open/v4/auth/1fa/otp-totp/verify", { otp: state.otp, validateOtpToken: reply.validateOTPToken })
      .then((answer) => {
        state.busy = false;
        state.profile = { ...answer.userProfile, mobile: state.mobile };
        afterOtp(answer);
      }, (error) => {
        if (error.code === 1017078 || error.code === 1017125) {
          state.otpAlert = error.message;
          state.otpBlocked = true;
          if (error.code === 1017078) state.resendLeft = 600;
          state.busy = false;
        } else {
          state.otp = "";
          fail(error);
        }
        code.sync();
        update();
      });
  };
  const code = field({
    id: IDS.otp, type: "text", inputmode: "numeric", maxlength: 7, clean: digits(6),
    label: text(reply.isTotpEnabled ? "otpOrTotpLabel" : "otpLabel"),
    format: (value) => (value.length > 3 ? `${value.slice(0, 3)}-${value.slice(3)}` : value),
    get: () => state.otp, late: lateRender("otp", () => show(otpStep)),
    set: (typed) => {
      state.otp = typed;
      code.complain("");
      update();
    },
  });
  const button = submitButton(IDS.otpSubmit, text("otpSubmit"), submit);
  const alert = h("div", { class: "k-alert", role: "alert", hidden: true });
  const resendSlot = h("span");
  const resend = () => generateOtp().then(() => show(otpStep), (error) => {
    fail(error);
    update();
  });
  const tryTotp = !reply.isTotpEnabled && h("button", { type: "button", class: "k-link", onclick: () => modal(
    h("h2", { class: "k-title" }, "Login faster with TOTP"),
    h("p", { class: "k-subtitle" }, "Turn on TOTP under My account in the app to login with an authenticator.")) }, text("tryTotp"));
  const update = () => {
    code.input.disabled = state.otpBlocked;
    button.disabled = state.busy || state.otpBlocked || !state.otp;
    alert.textContent = state.otpAlert;
    alert.hidden = !state.otpAlert;
    const left = state.resendLeft;
    const tag = config.flags.qrLayout ? "div" : "button";
    resendSlot.replaceChildren(left > 0
      ? h("span", { class: "k-quiet" }, text("resendIn", { minutes: Math.floor(left / 60), seconds: String(left % 60).padStart(2, "0") }))
      : h(tag, { class: "k-link", type: tag === "button" && "button", onclick: resend }, text("resend")));
  };
  update();
  clearInterval(ticker);
  ticker = setInterval(() => {
    if (state.resendLeft > 0) {
      state.resendLeft -= 1;
      update();
    }
  }, 1000);
  return {
    focus: code.input,
    content: [heading(text("otpTitle"), text("otpSubtitle", { message: reply.message, mobile: state.mobile.slice(-4) })), alert,
      form(IDS.otpForm, submit, code.element, h("div", { class: "k-row" }, resendSlot, tryTotp), button)],
  };
}

function pinStep() {
  const name = state.profile ? state.profile.firstName : "";
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
    call(`/login/open/v3/auth/2fa?${query}`, { twoFAMethod: "SECRET_PIN", inputText: btoa(state.pin) })
      .then(afterPin)
      .catch((error) => {
        state.pin = "";
        if (error.code === 1017090) {
          state.locked = true;
          state.busy = false;
        } else {
          fail(error);
        }
        pin.sync();
        update();
      });
  };
  const pin = field({
    id: IDS.pin, type: "password", inputmode: "numeric", maxlength: 6, label: text("pinLabel"), bound: true,
    clean: digits(6), get: () => state.pin, late: lateRender("pin", () => show(pinStep)),
    set: (typed) => {
      state.pin = typed;
      update();
    },
  });
  const button = submitButton(IDS.pinSubmit, text("pinSubmit"), submit);
  const alert = h("div", { class: "k-alert", role: "alert", hidden: true },
    "Due to too many incorrect PIN attempts, your account has been locked. Unlock your account by verifying your details.");
  const update = () => {
    pin.input.disabled = state.locked;
    alert.hidden = !state.locked;
    button.textContent = text(state.locked ? "pinUnlock" : "pinSubmit");
    button.disabled = !state.locked && (state.busy || !state.pin);
  };
  update();
  const part = new Date().getHours() < 12 ? "morning" : "day";
  const title = config.flags.pinGreeting ? text("pinGreeting", { name, part }) : text("pinTitle", { name });
  const forgot = h("button", { type: "button", class: "k-link", onclick: () => modal(
    h("h2", { class: "k-title" }, "Forgot your PIN?"), h("p", { class: "k-subtitle" }, "Verify your details in the app to set a new PIN.")) }, text("pinForgot"));
  return {
    focus: pin.input,
    content: [config.flags.qrLayout ? [] : heading(title, text("pinSubtitle")), alert,
      form(IDS.pinForm, submit, pin.element, h("div", { class: "k-row" }, forgot), button),
      h("p", { class: "k-signed" }, text("signedIn", { mobile: state.profile ? state.profile.mobile : "" }))],
  };
}
