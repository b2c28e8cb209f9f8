function afterOtp(answer) {
  if (answer.userType === "LEAD") window.location.assign("/open-account");
  else if (answer.nextStep) show(unseenStep);
  else if (answer.accounts && answer.accounts.length > 1) show(() => chooserStep(answer));
  else show(answer.isSecretPinSet ? pinStep : createPinStep);
}

function afterPin(answer) {
  if (answer.customerStatus === "DORMANT" || answer.customerStatus === "INACTIVE") {
    window.location.assign("/reactivate-account");
    return null;
  }
  if (answer.isConsentRequired) {
    show(consentStep);
    return null;
  }
  return approve(true);
}

function approve(approval) {
  return call(`/login/v2/oauth/authorize${oauthQuery}`, { userOAuthApproval: approval })
    .then((answer) => window.location.replace(answer.redirectUri));
}

function chooserStep(answer) {
  return {
    content: [heading("Choose an account", "More than one account is linked to this mobile number."),
      answer.accounts.map((account) => h("button", { type: "button", class: "k-choice", onclick: () => show(pinStep) },
        h("strong", {}, account.name), h("span", {}, `${account.type} · ${account.userId}`)))],
  };
}

function createPinStep() {
  const pins = ["", ""];
  const box = (index, id, label) => field({
    id, type: "password", inputmode: "numeric", maxlength: 6, label, bound: true, clean: digits(6),
    get: () => pins[index],
    set: (typed) => {
      pins[index] = typed;
      update();
    },
  });
  const first = box(0, "newPinCode", "Enter new PIN");
  const second = box(1, "confirmPinCode", "Confirm new PIN");
  const submit = () => {
    if (!button.disabled) call("/login/open/v3/auth/2fa/pin/create", { pin: btoa(pins[0]) }).catch(fail);
  };
  const button = submitButton("createPinBtn", "Continue", submit);
  const update = () => { button.disabled = pins[0].length !== 6 || pins[0] !== pins[1]; };
  update();
  return {
    focus: first.input,
    content: [heading("Create a new 6-digit PIN", "You will use it every time you login."),
      form("create-pin-form", submit, first.element, second.element, button)],
  };
}

function consentStep() {
  const decide = (approval) => () => approve(approval).catch(fail);
  return {
    content: [heading("Allow access to your account?", "The app “Replica demo” would like to:"),
      h("ul", { class: "k-list" }, ["See your profile and funds", "Place, change and cancel orders", "See your holdings and positions"].map((item) => h("li", {}, item))),
      h("button", { type: "button", class: "k-button", onclick: decide(true) }, "Allow"),
      h("button", { type: "button", class: "k-button k-second", onclick: decide(false) }, "Deny")],
  };
}

function unseenStep() {
  return {
    content: [heading("Your yearly video verification is due", "Please keep your PAN card at hand and sit in a well-lit room."),
      h("button", { type: "button", class: "k-button" }, "Start video call"),
      h("button", { type: "button", class: "k-button k-second" }, "Book a slot")],
  };
}
