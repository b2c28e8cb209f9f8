const OTP_BLOCKED = [1017078, 1017125];
const RESEND_BLOCKED = 1017078;
const RESEND_BLOCKED_SECONDS = 600;
let ticker = null;

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
    call(`/login/open/${boot.versions.verify}/auth/1fa/otp-totp/verify`, { otp: state.otp, validateOtpToken: reply.validateOTPToken })
      .then((answer) => {
        state.busy = false;
        state.profile = { ...answer.userProfile, mobile: state.mobile };
        afterOtp(answer);
      }, refused);
  };
  const refused = (error) => {
    if (OTP_BLOCKED.includes(error.code)) {
      state.otpAlert = error.message;
      state.otpBlocked = true;
      if (error.code === RESEND_BLOCKED) state.resendLeft = RESEND_BLOCKED_SECONDS;
    }
    fail(error);
  };
  const code = field({
    id: IDS.otp, type: "text", clean: digits(6),
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
  const resend = () => generateOtp().then((again) => {
    show(otpStep);
    successToast(again.message);
  }, refused);
  const tryTotp = !reply.isTotpEnabled && h("div", { class: "k-link", onclick: () => modal(
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
  ticker = setInterval(() => {
    if (state.resendLeft > 0) {
      state.resendLeft -= 1;
      update();
    }
  }, 1000);
  const below = config.flags.qrLayout && h("div", { class: "k-row" }, resendSlot);
  const title = text("otpTitle");
  return {
    focus: code.input,
    refresh: update,
    content: [header({ pane: title, title, subtitle: text("otpSubtitle", { message: reply.message, mobile: state.mobile.slice(-4) }), back: true,
      extra: [!below && resendSlot, tryTotp] }), alert,
      form(IDS.otpForm, submit, code.element, below, button)],
  };
}
