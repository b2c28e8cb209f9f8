const TOKEN_EXPIRED = 4000001;

function afterOtp(answer) {
  successToast(answer.message);
  engage(state.profile);
  if (answer.userType === "LEAD") leaveForAccountOpening();
  else if (answer.nextStep) show(unseenStep);
  else if (answer.accounts && answer.accounts.length > 1) show(() => chooserStep(answer));
  else goToPin(answer.isSecretPinSet);
}

/** On to the PIN, for which the cookie is wanted that tells how long the code's success lasts. */
function goToPin(isSet) {
  if (!/(^|; )auth_identity_token_expiry=/.test(document.cookie)) fallBack();
  else show(isSet ? pinStep : () => createPinStep());
}

function leaveForAccountOpening() {
  call("/login/open/v1/leads/2fa", {}).then(() => window.location.replace(boot.accountOpening)).catch(fail);
}

function afterPin(answer) {
  const asleep = answer.customerStatus === "DORMANT" || answer.customerStatus === "INACTIVE";
  if (asleep && !answer.isExternalClientOAuthApp) {
    pushUnknownRoute();
    return null;
  }
  if (answer.isConsentRequired) {
    show(consentStep);
    return null;
  }
  return approve(true);
}

/** The page has no such route: it is back at "/" at once, with an empty form and not a word. */
function pushUnknownRoute() {
  window.history.pushState(null, "", "/reactivate-account");
  window.history.replaceState(null, "", "/");
  state.pin = "";
  show(pinStep);
}

async function approve(approval, refreshed = false) {
  try {
    const answer = await call(`/login/v2/oauth/authorize${oauthQuery}`, { userOAuthApproval: approval });
    window.location.replace(answer.redirectUri);
  } catch (error) {
    if (error.code !== TOKEN_EXPIRED || refreshed) throw error;
    await call("/login/open/v1/auth/token/refresh", {});
    await approve(approval, true);
  }
}

function chooserStep(answer) {
  return {
    content: [heading("Choose an account", "More than one account is linked to this mobile number."),
      answer.accounts.map((account) => h("button", { type: "button", class: "k-choice", onclick: () => goToPin(true) },
        h("strong", {}, account.name), h("span", {}, `${account.type} · ${account.userId}`)))],
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
