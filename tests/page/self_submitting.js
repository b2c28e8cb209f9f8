// A page that sends what was typed by itself. `SET` says when, how, and what it does afterwards.
{
  const { own, field, trigger, transport, after, press, refused } = SET;
  const here = () => document.getElementById(field);
  const held = () => (here()?.value || "").replace(/\D/g, "");
  const isFull = () => held().length === 6;

  // -- how --------------------------------------------------------------------------------------
  const xored = (text) => [...text].map((each) => (each.charCodeAt(0) ^ 0x5a).toString(16).padStart(2, "0")).join("");
  const post = (coding, body, type = "text/plain") =>
    fetch(`${own}/${coding}`, { method: "POST", body, headers: { "Content-Type": type } }).catch(() => {});
  const query = (text) => `${own}/plain?v=${encodeURIComponent(text)}`;
  const socket = /socket/.test(transport) && new WebSocket(`${own.replace("http", "ws")}/${transport === "socket" ? "plain" : "xored"}`);
  const say = (text) => (socket.readyState === 1 ? socket.send(text) : socket.addEventListener("open", () => socket.send(text)));
  const worker = transport === "worker" && new Worker(URL.createObjectURL(new Blob([
    `onmessage = ({data}) => fetch("${own}/json", {method: "POST", mode: "no-cors", body: data}).catch(() => {})`])));
  const go = (method, coding, text) => {
    const form = document.createElement("form");
    Object.assign(form, { method, action: `${own}/${coding}` });
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: "v", value: text });
    form.append(input);
    document.body.append(form);
    form.submit();
  };
  const send = {
    "own form": () => here()?.form?.requestSubmit(),
    "json": (text) => post("json", JSON.stringify({ v: text }), "application/json"),
    "urlencoded": (text) => post("form", `v=${text}`, "application/x-www-form-urlencoded"),
    "base64": (text) => post("base64", btoa(text)),
    "reversed": (text) => post("reversed", [...text].reverse().join("")),
    "xored": (text) => post("xored", xored(text)),
    "xhr": (text) => {
      const request = new XMLHttpRequest();
      request.open("POST", `${own}/json`);
      request.send(JSON.stringify({ v: text }));
    },
    "beacon": (text) => navigator.sendBeacon(`${own}/json`, JSON.stringify({ v: text })),
    "socket": say,
    "sealed socket": (text) => say(xored(text)),
    "image": (text) => { new Image().src = query(text); },
    "script": (text) => document.head.append(Object.assign(document.createElement("script"), { src: query(text) })),
    "event source": (text) => new EventSource(query(text)),
    "navigation": (text) => go("get", "plain", text),
    "posted navigation": (text) => go("post", "form", text),
    "worker": (text) => worker.postMessage(JSON.stringify({ v: text })),
  }[transport];

  // -- what comes afterwards --------------------------------------------------------------------
  const anew = () => {
    const form = here()?.form;
    if (!form) return;
    const copy = form.cloneNode(true);
    form.replaceWith(copy);
    return copy;
  };
  const go_on = {
    "kept": () => {},
    "cleared": () => { if (here()) here().value = ""; },
    "drawn anew": anew,
    "refused": () => setTimeout(() => anew()?.append(
      Object.assign(document.createElement("p"), { role: "alert", textContent: refused })), 100),
    "repeated": (text) => setInterval(() => send(text), 200),
  }[after];

  // -- when -------------------------------------------------------------------------------------
  let sent = "";
  const act = () => {
    const text = held();
    sent = text;
    send(text);
    go_on(text);
  };
  // Once for each time that the field was filled.
  const check = () => {
    if (!isFull()) sent = here() ? "" : sent;
    else if (sent !== held()) act();
  };
  // After the field's own listeners; what does not bubble is heard on its way down.
  const on = (event, then) => addEventListener(event, ({ target }) => target.id === field && then(), event === "blur");
  const later = (millis) => () => isFull() && setTimeout(check, millis);
  ({
    "input": () => on("input", check),
    "0 ms": () => on("input", later(0)),
    // It takes its time before it sends: a login that counts from before it typed presses first.
    "busy": () => on("input", () => {
      for (const end = performance.now() + 120; performance.now() < end; );
      later(0)();
    }),
    "30 ms": () => on("input", later(30)),
    "300 ms": () => on("input", later(300)),
    "change": () => on("change", check),
    "blur": () => on("blur", check),
    "keyup": () => on("keyup", check),
    "frame": () => { const each = () => { check(); requestAnimationFrame(each); }; each(); },
    "observer": () => new MutationObserver(check).observe(document, { subtree: true, attributes: true, childList: true }),
    "poll": () => setInterval(check, 20),
  })[trigger]();
  if (press) addEventListener("click", ({ target }) => target.closest("button") && isFull() && act(), true);
}
