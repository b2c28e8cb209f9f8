const CALLS = {
  mobile: async (value) => {
    const data = await call("generate", { mobileNumber: value, userId: "" });
    Object.assign(state, { mobile: value, token: data.validateOTPToken, message: data.message, totp: data.isTotpEnabled, user: data.userType });
    if (data.userType === "LEAD") leaveFor(`${boot.foreign}/new-demat-account/profile`);
    celebrate("mobile");
  },
  otp: async (value) => {
    const data = await call("verify", { otp: value, validateOtpToken: state.token });
    if (opt("lead", null) === "verify" || data.userType === "LEAD") leaveFor(`${boot.foreign}/new-demat-account/profile`);
    state.name = data.userProfile.firstName;
    state.message = data.message;
    if (!data.isSecretPinSet) state.create = true;
    if (data.accounts && data.accounts.length > 1) state.accounts = data.accounts;
    celebrate("otp");
  },
  pin: async (value) => {
    const data = await call("pin", { twoFAMethod: "SECRET_PIN", inputText: btoa(value) });
    if (data.customerStatus === "DORMANT" && !data.isExternalClientOAuthApp) dormant();
    if (opt("again", null) && !state.again) askAgain();
    celebrate("pin");
  },
};

/** Asks again by itself, as often as a change says, where no answer could be read. */
async function insisting(step, value) {
  for (let left = opt("retry", 0, step); ; left -= 1) {
    try {
      return await CALLS[step](value);
    } catch (error) {
      if (left <= 0 || error.code !== 500) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}

/** Asks for what is none of the login's business: `{path, when, step, toast}`; the answer is the server's. */
function chatter(when, step) {
  for (const each of opt("chatter", [])) {
    if (each.when !== when || (each.step && each.step !== step)) continue;
    const asked = fetch(boot.service + each.path, { method: "POST", credentials: "include", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ data: { screen: step } }) });
    asked.then(() => each.toast && toast(each.toast, { role: each.role || null })).catch(() => {});
  }
}

/** A toast of success, in a change's own words. */
function celebrate(step) {
  const toastText = opt("praise", null, step);
  if (toastText) setTimeout(() => toast(toastText, { role: opt("praiserole", null) }), 0);
}

/** Shows what a change has for a sleeping account; else goes to a place that the page does not have, and from there to an empty form, without a word. */
function dormant() {
  if (opt("reactivate", null)) {
    show(() => interstitial(opt("reactivate", null), () => {}));
    throw { code: null, message: "", quiet: true };
  }
  window.history.pushState(null, "", "/reactivate-account");
  window.history.replaceState(null, "", "/");
  state.message = "";
  show(() => credentialScreen(["pin"]));
  if (boot.person) screen.steps.unshift({ end: "dormant", done: () => false });
  throw { code: null, message: "", quiet: true };
}

/** Shows the form of the PIN once more, as some do before they let an app in. */
function askAgain() {
  state.again = true;
  Object.assign(options, opt("again", {}));
  show(() => credentialScreen(["pin"]));
  if (boot.person) screen.steps.unshift({ end: "again", done: () => false });
  throw { code: null, message: "", quiet: true };
}

function leaveFor(url) {
  window.location.assign(url);
  throw { code: null, message: "" };
}

/** Where the page is in its plan: interstitials, lists and steps, in the order of this page. */
function plan() {
  const planned = [];
  for (const entry of ORDERS[opt("order", "own")]) {
    const steps = entry.split("+");
    if (`before.${steps[0]}` in options) planned.push({ kind: "interstitial", what: options[`before.${steps[0]}`] });
    if (steps.includes("otp") && opt("list", null)) planned.push({ kind: "list", what: options.list });
    planned.push({ kind: "steps", steps });
  }
  if ("before.end" in options) planned.push({ kind: "interstitial", what: options["before.end"] });
  return planned;
}

function advance() {
  state.at += 1;
  sessionStorage.setItem("drift", JSON.stringify({ ...state, run: boot.run }));
  if (opt("documents", "none") === "reload" && state.at < plan().length) {
    const paths = ["/login/number", "/login/verify", "/login/secure", "/login/more", "/login/finish"];
    window.location.assign(paths[state.at] + window.location.search);
    return;
  }
  if (opt("place", "page") === "frames" && state.at < plan().length) {
    window.parent.postMessage("step done", window.location.origin);
    return;
  }
  if (opt("documents", "none") === "hash") window.location.hash = `#/step-${state.at}`;
  if (opt("documents", "none") === "push") window.history.pushState(null, "", `/login/step-${state.at}`);
  here();
}

const REWRITES = {
  body: () => {
    const body = h("body", {}, main, modalRoot);
    document.body.replaceWith(body);
  },
  html: () => {
    const root = h("html", {}, h("head", {}, h("title", {}, document.title)), h("body", {}, main, modalRoot));
    document.replaceChild(root, document.documentElement);
  },
  open: () => {
    const kept = [main, modalRoot];
    kept.forEach((each) => each.replaceChildren());
    document.open();
    document.write("<!doctype html><title>Login to Upstox</title><body></body>");
    document.close();
    document.body.append(...kept);
  },
};

/** What a step needs before it can be shown: a part from another host, a document written anew. */
async function prepare(step) {
  const wait = opt("foreign", 0, step);
  if (wait) {
    show(spinner);
    await new Promise((resolve) => {
      const part = h("script", { src: `${new URL(boot.config).origin}/part.js?after=${wait}`, onload: resolve, onerror: resolve });
      document.head.append(part);
    });
  }
  const rewrite = opt("rewrite", null, step);
  if (rewrite) REWRITES[rewrite]();
}

/** Shows what the plan has for the present place. */
async function here() {
  const planned = plan()[state.at];
  if (state.create) {
    state.create = false;
    show(() => ({ name: "create", step: null, nodes: [h("h1", { look: "title" }, "Create a new 6-digit PIN"), h("p", { look: "sub" }, "You will use it every time you login."),
      h("form", { id: "secret-pin-form" }, h("label", { for: "pinCode" }, "Create a new 6-digit PIN"), owned(h("input", { id: "pinCode", type: "password", inputmode: "numeric", maxlength: 6, look: "input" }), "new-pin"), h("button", { id: "pinContinueBtn", type: "submit", look: "button" }, "Continue"))], steps: [{ end: "create", done: () => false }] }));
    return;
  }
  if (state.accounts) {
    const accounts = state.accounts;
    state.accounts = null;
    show(() => ({ name: "chooser", nodes: [h("h1", { look: "title" }, "Choose an account"), accounts.map((each) => h("button", { type: "button", look: "second", onclick: () => astray("account") }, `${each.name} ${each.type} · ${each.userId}`))], steps: [{ end: "chooser", done: () => false }] }));
    return;
  }
  if (!planned) {
    finish();
    return;
  }
  if (planned.kind !== "steps" || state.at > 0) {
    const wait = opt("chunk", 0, planned.kind === "steps" ? planned.steps[0] : "other");
    if (wait) {
      show(spinner);
      await fetch(`/static/chunk.js?after=${wait}&n=${state.at}`).then((response) => response.text());
    }
  }
  if (planned.kind === "steps") await prepare(planned.steps[0]);
  if (planned.kind === "interstitial") show(() => interstitial(planned.what, advance));
  else if (planned.kind === "list") show(() => listScreen(planned.what));
  else {
    const skeleton = opt("skeleton", null);
    if (skeleton) {
      show(() => skeletonScreen(planned.steps[0]));
      await new Promise((resolve) => setTimeout(resolve, skeleton.for));
    }
    const draw = () => show(() => credentialScreen(planned.steps));
    draw();
    const flip = opt("flip", 0);
    if (flip && state.at === 0) setTimeout(() => { if (screen.step === planned.steps[0] && !busy) { delete options.skin; draw(); } }, flip);
    // React's strict mode builds every component twice.
    if (opt("twice", false)) {
      main.replaceChildren();
      draw();
      setTimeout(() => { if (screen.step === planned.steps[0] && !busy) draw(); }, 40);
    }
    track(planned.steps[0]);
    chatter("shown", planned.steps[0]);
    const again = opt("rerender", 0, planned.steps[0]);
    if (again) setTimeout(() => { if (screen.step === planned.steps[0] && !busy) draw(); }, again);
  }
}

/** Approves by itself, and leaves for the hop. */
async function finish() {
  let reply;
  try {
    reply = await call("approve", { userOAuthApproval: true });
  } catch (error) {
    toast(`${error.message} [${error.code}]`);
    return;
  }
  const url = reply.redirectUri;
  const leave = opt("leave", "replace");
  const top = boot.inside ? window.top : window;
  if (leave === "popup") window.open(url, "_blank");
  else if (leave === "window") window.open(url, "upx", "popup,width=480,height=640");
  else if (leave === "worker") {
    // A worker of the site answers the next document; without one the server does.
    const ready = navigator.serviceWorker ? navigator.serviceWorker.register("/worker.js").then(() => navigator.serviceWorker.ready) : Promise.reject(new Error("none"));
    await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, 1500))]).catch(() => {});
    top.location.assign(`/leave?to=${encodeURIComponent(url)}`);
  }
  else if (leave === "assign") top.location.assign(url);
  else if (leave === "anchor") {
    const link = h("a", { href: url, target: boot.inside ? "_top" : null }, "");
    document.body.append(link);
    link.click();
  } else if (leave === "form") {
    const form = h("form", { action: url.split("?")[0], method: opt("leavemethod", "get") }, [...new URL(url).searchParams].map(([name, value]) => h("input", { type: "hidden", name, value })));
    document.body.append(form);
    form.submit();
  } else if (leave === "button") {
    show(() => interstitial({ title: "You are logged in", text: "You will be taken back to your app.", buttons: [["Continue to app", "primary", "go"]] }, () => top.location.assign(url)));
  } else if (leave === "slow") {
    show(() => ({ name: "thanks", nodes: [h("h1", { look: "title" }, "Login successful"), h("p", {}, "Taking you back to your app. Do not close this window or press back.")], steps: [] }));
    setTimeout(() => top.location.replace(url), 1500);
  } else top.location.replace(url);
}

async function config() {
  for (const url of [boot.config]) {
    try {
      return await (await fetch(url)).json();
    } catch {
      return {};
    }
  }
  return {};
}

async function mount() {
  const place = opt("place", "page");
  if (place === "shadow" || place === "nested") {
    let host = h("upx-login", {}, opt("attaching", 0) ? h("p", {}, "One moment") : null);
    main.append(host);
    if (opt("attaching", 0)) await new Promise((resolve) => setTimeout(resolve, opt("attaching", 0)));
    shadow = host.attachShadow({ mode: "open" });
    if (place === "nested") {
      host = h("upx-card", {});
      shadow.append(host);
      shadow = host.attachShadow({ mode: "open" });
    }
  }
  if (place === "modal") boot.modal = true;
}

function shell() {
  const source = `${["frame", "frames"].includes(opt("place", "page")) ? "" : boot.service}/inside${window.location.search}`;
  const made = () => h("iframe", { src: source, title: opt("frametitle", "Login"), style: "width: 520px; height: 640px; border: 0; display: block; margin: 20px auto" });
  let frame = made();
  // Each step is a front end of its own, in a frame of its own.
  if (opt("place", "page") === "frames") window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow) return;
    const next = made();
    frame.replaceWith(next);
    frame = next;
  });
  main.append(sheet(), h("div", { look: "head" }, "upstox"), frame, h("div", { look: "foot" }, "Upstox Securities Pvt. Ltd."));
}

/** Takes up what the server knows of the steps before. */
function restore() {
  const { mobile, otp, at } = boot.known;
  state = { ...fresh(), at };
  if (mobile) Object.assign(state, { message: mobile.message, totp: mobile.isTotpEnabled, token: mobile.validateOTPToken, mobile: boot.mobile });
  if (otp) state.name = otp.userProfile.firstName;
}

async function start() {
  if (opt("place", "page").startsWith("frame") && !boot.inside) {
    shell();
    return;
  }
  await mount();
  const kept = JSON.parse(sessionStorage.getItem("drift") || "null");
  if (kept && kept.run === boot.run && (opt("documents", "none") === "reload" || opt("place", "page") === "frames")) state = kept;
  if (opt("documents", "none") === "post" && "at" in boot.known) restore();
  const first = state.at === 0 && !boot.error;
  if (first && opt("flash", true) && !("before.mobile" in options)) {
    // The form stands for a moment before the config is asked for, as on the real page.
    show(() => credentialScreen(plan()[0].steps));
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  if (first) {
    show(spinner);
    await config();
  }
  if (first) startNotices();
  if (opt("documents", "none") === "none" && !boot.inside) window.history.replaceState(null, "", "/");
  here();
}
start();
