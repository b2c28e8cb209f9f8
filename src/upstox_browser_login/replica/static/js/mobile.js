const COUNTRIES = [["+91", "India"], ["+1", "United States"], ["+44", "United Kingdom"], ["+65", "Singapore"], ["+971", "United Arab Emirates"]];

function mobileStep() {
  const valid = () => /^[6-9]\d{9}$/.test(state.mobile);
  const submit = () => {
    if (button.disabled) return;
    state.busy = true;
    update();
    // The look-alike is there before the number is sent, however fast that is.
    partnerIsThere.then(generateOtp).then((reply) => {
      state.busy = false;
      show(reply.nextStep === "PASSWORD" ? passwordStep : otpStep);
    }, fail);
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
      number.complain(complaint());
      update();
    },
  });
  const complaint = () => {
    if (!state.mobile || valid()) return "";
    return text(state.mobile.length < 10 ? "mobileShort" : "mobileWrong");
  };
  const button = submitButton(IDS.mobileSubmit, text("mobileSubmit"), submit);
  const captcha = boot.captcha && h("iframe", { class: "k-frame k-widget", title: "reCAPTCHA", src: `${boot.thirdParty}/recaptcha/api2/anchor?k=6LeReplica` });
  const update = () => {
    button.disabled = state.busy || !valid() || boot.captcha;
  };
  update();
  const partner = config.flags.foreignFrame && h("iframe", { class: "k-frame k-partner", title: "Login", src: `${boot.foreign}/partner/login` });
  const partnerIsThere = new Promise((done) => (partner ? partner.addEventListener("load", done) : done()));
  return {
    focus: number.input,
    refresh: update,
    content: [partner, header({ pane: text("mobilePane"), title: text("mobileTitle"), subtitle: text("mobileSubtitle") }),
      form(IDS.mobileForm, submit, number.element, captcha, button)],
  };
}

function generateOtp() {
  const data = { mobileNumber: state.mobile, userId: "" };
  if (boot.sendsCountry || config.flags.countrySelector) data.countryIsdCode = state.country;
  return call(`/login/open/${boot.versions.otp}/auth/1fa/otp/generate`, data).then((reply) => {
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
