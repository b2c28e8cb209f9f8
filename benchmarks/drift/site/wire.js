const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const random = (length) => Array.from({ length }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)]).join("");
const PATHS = {
  generate: "/login/open/v6/auth/1fa/otp/generate",
  verify: "/login/open/v4/auth/1fa/otp-totp/verify",
  pin: `/login/open/v3/auth/2fa?client_id=${encodeURIComponent(boot.inner.client_id || "")}&redirect_uri=${encodeURIComponent(boot.inner.redirect_uri || "")}`,
  approve: `/login/v2/oauth/authorize?${new URLSearchParams(boot.inner)}`,
};
const NEW_PATHS = { generate: "/auth/v9/challenge", verify: "/auth/v9/challenge/answer", pin: "/auth/v9/unlock", approve: "/auth/v9/consent" };

/** Asks the service; resolves with the data, rejects with `{code, message}`. */
function call(name, data) {
  return ENVELOPES[opt("wire", "data")](name, data).catch((error) => {
    throw error.message ? error : { code: 500, message: "Request aborted" };
  });
}

async function post(path, body, headers = {}, method = "POST") {
  let response;
  try {
    response = await fetch(boot.service + path, {
      method,
      credentials: "include",
      headers: { "Content-Type": "application/json", "X-Device-Details": `platform=WEB|uuid=${random(8)}`, "X-Request-ID": `WPRO-${random(10)}`, ...headers },
      body,
    });
    return await response.json();
  } catch {
    throw { code: 500, message: "Request aborted" };
  }
}

function opened(reply) {
  if (reply && reply.success && reply.data) return reply.data;
  throw reply && reply.error ? reply.error : { code: 500, message: "Request aborted" };
}

const withPath = (name) => (opt("paths", "old") === "new" ? NEW_PATHS : PATHS)[name];

const FORM = "application/x-www-form-urlencoded; charset=UTF-8";
const FRAMED = { fragment: FORM, turbo: FORM, faces: FORM, delta: FORM, flight: "text/plain;charset=UTF-8", grpc: "application/json", guarded: "application/json", lines: "application/json", action: FORM, wired: "application/json", inertia: "application/json" };

/** Asks in the way of a server-side framework; what the page needs stands between two signs. */
async function framed(way, name, data) {
  const body = FRAMED[way] === FORM ? new URLSearchParams(data).toString() : JSON.stringify({ data });
  const response = await fetch(boot.service + withPath(name), { method: "POST", credentials: "include", headers: { "Content-Type": FRAMED[way], "X-Envelope": way }, body });
  const [, told] = /@([A-Za-z0-9+/=]{8,})@/.exec(await response.text());
  return opened(JSON.parse(atob(told)));
}

const ENVELOPES = {
  ...Object.fromEntries(Object.keys(FRAMED).map((way) => [way, (name, data) => framed(way, name, data)])),
  data: async (name, data) => opened(await post(withPath(name), JSON.stringify({ data }))),
  put: async (name, data) => opened(await post(withPath(name), JSON.stringify({ data }), {}, "PUT")),
  plain: async (name, data) => opened(await post(withPath(name), JSON.stringify({ data }), { "Content-Type": "text/plain" })),
  rest: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify(data), { "X-Envelope": "rest" });
    if (reply.status === "success") return reply.data;
    const error = reply.errors[0];
    throw { code: error.errorCode, message: error.message };
  },
  batch: async (name, data) => {
    const replies = await post(withPath(name), JSON.stringify([{ op: "device.touch" }, { op: name, input: data }]), { "X-Envelope": "batch" });
    const reply = replies[1];
    if (reply.ok) return reply.value;
    throw reply.fault;
  },
  nested: async (name, data) => opened(JSON.parse((await post(withPath(name), JSON.stringify({ data }), { "X-Envelope": "nested" })).body)),
  union: async (name, data) => {
    const told = (await post(withPath(name), JSON.stringify({ query: `mutation { ${name} }`, variables: { data }, data }), { "X-Envelope": "union" })).data;
    const [reply] = Object.values(told);
    if (reply.__typename.endsWith("Done")) return reply.result;
    throw { code: reply.reason, message: reply.userMessage };
  },
  outcome: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify({ data }), { "X-Envelope": "outcome" });
    if (reply.outcome === "PROCEED") return reply.context;
    throw { code: reply.outcomeCode, message: reply.prompt };
  },
  // A refusal has a status and nothing else; the words are the page's own.
  bare: async (name, data) => {
    const response = await fetch(boot.service + withPath(name), { method: "POST", credentials: "include", headers: { "Content-Type": "application/json", "X-Envelope": "bare" }, body: JSON.stringify({ data }) });
    if (response.ok) return (await response.json()).data;
    throw { code: null, message: opt("tells", "That did not work") };
  },
  flat: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify(data), { "X-Envelope": "flat" });
    if (reply.ok) return reply;
    throw { code: reply.code, message: reply.reason };
  },
  form: async (name, data) => opened(await post(withPath(name), new URLSearchParams(data).toString(), { "Content-Type": "application/x-www-form-urlencoded" })),
  graphql: async (name, data) => {
    const query = `mutation ${name}($input: Input!) { ${name}(input: $input) { json } }`;
    const reply = await post("/graphql", JSON.stringify({ operationName: name, query, variables: { input: data } }));
    if (reply.errors) throw { code: reply.errors[0].extensions.code, message: reply.errors[0].message };
    return reply.data[name].json;
  },
  jsonrpc: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify({ jsonrpc: "2.0", id: random(6), method: name, params: data }), { "X-Envelope": "jsonrpc" });
    if (reply.error) throw { code: reply.error.data.reason, message: reply.error.message };
    return reply.result;
  },
  trpc: async (name, data) => {
    const [reply] = await post(withPath(name), JSON.stringify({ 0: { json: data } }), { "X-Envelope": "trpc" });
    if (reply.error) throw { code: reply.error.json.data.appCode, message: reply.error.json.message };
    return reply.result.data.json;
  },
  jsonapi: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify({ data: { type: name, attributes: data } }), { "X-Envelope": "jsonapi", "Content-Type": "application/vnd.api+json" });
    if (reply.errors) throw { code: reply.errors[0].code, message: reply.errors[0].detail };
    return reply.data.attributes;
  },
  problem: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify(data), { "X-Envelope": "problem" });
    if (reply.title) throw { code: reply.type.split("/").pop(), message: reply.detail };
    return reply;
  },
  named: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify({ request: data }), { "X-Envelope": "named" });
    if (reply.responseCode === "00") return reply.responseBody;
    throw { code: reply.responseCode, message: reply.responseMessage };
  },
  keycloak: async (name, data) => {
    const reply = await post(withPath(name), new URLSearchParams(data).toString(), { "X-Envelope": "keycloak", "Content-Type": FORM });
    if (reply.error) throw { code: null, message: reply.error_description };
    return reply;
  },
  spring: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify(data), { "X-Envelope": "spring" });
    if (reply.timestamp) throw { code: null, message: reply.message };
    return reply;
  },
  short: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify(data), { "X-Envelope": "short" });
    if (reply.s !== "ok") throw { code: reply.c, message: reply.m };
    return reply.d;
  },
  meta: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify({ data }), { "X-Envelope": "meta" });
    if (reply.meta.status === "SUCCESS") return reply.data;
    throw { code: reply.meta.code, message: reply.meta.displayMessage };
  },
  fault: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify({ data }), { "X-Envelope": "fault" });
    if (reply.fault) throw { code: reply.fault.detail.errorcode, message: reply.fault.faultstring };
    return reply;
  },
  flagged: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify({ data }), { "X-Envelope": "flagged" });
    if (!reply.hasError) return reply.content;
    throw { code: reply.errorInfo.number, message: reply.errorInfo.text };
  },
  headed: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify({ data }), { "X-Envelope": "headed" });
    if (reply.header.responseStatus === "OK") return reply.body;
    throw { code: reply.header.subCode, message: reply.header.userMessage };
  },
  boxed: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify({ data }), { "X-Envelope": "boxed" });
    if (reply.response.Status === "Success") return reply.response.Data;
    throw { code: reply.response.ErrorCode, message: reply.response.ErrorMessage };
  },
  listed: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify({ data }), { "X-Envelope": "listed" });
    if (reply.errors.length) throw { code: null, message: reply.errors[0] };
    return reply.result;
  },
  sealed: async (name, data) => {
    const reply = await post(withPath(name), JSON.stringify({ payload: btoa(JSON.stringify(data)) }), { "X-Envelope": "sealed" });
    return opened(JSON.parse(atob(reply.payload)));
  },
  xhr: (name, data) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", boot.service + withPath(name));
    request.withCredentials = true;
    request.setRequestHeader("Content-Type", "application/json");
    request.onerror = () => reject({ code: 500, message: "Request aborted" });
    request.onload = () => {
      try {
        resolve(opened(JSON.parse(request.responseText)));
      } catch (error) {
        reject(error);
      }
    };
    request.send(JSON.stringify({ data }));
  }),
  worker: (name, data) => new Promise((resolve, reject) => {
    const code = "onmessage = async ({ data: [url, body] }) => { try { const reply = await fetch(url, { method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json' }, body }); postMessage(await reply.json()); } catch { postMessage(null); } }";
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
    worker.onmessage = ({ data: reply }) => {
      worker.terminate();
      try {
        resolve(opened(reply));
      } catch (error) {
        reject(error);
      }
    };
    worker.postMessage([boot.service + withPath(name), JSON.stringify({ data })]);
  }),
  // The question goes by a beacon, which has no answer; that is asked for until it is there.
  beacon: async (name, data) => {
    const id = random(8);
    navigator.sendBeacon(`${boot.service}/beacon?id=${id}&call=${name}`, JSON.stringify({ data }));
    for (;;) {
      const reply = await (await fetch(`${boot.service}/answer?id=${id}`, { credentials: "include" })).json();
      if (reply.ready) return opened(reply.ready);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  },
  // A form that goes to a frame that nobody sees, as before there was XMLHttpRequest.
  frame: (name, data) => new Promise((resolve, reject) => {
    const target = `t${random(6)}`;
    const frame = h("iframe", { name: target, "aria-hidden": "true", tabindex: -1, style: "display: none" });
    const form = h("form", { method: "post", target, action: boot.service + withPath(name), hidden: true }, h("input", { type: "hidden", name: "framed", value: JSON.stringify(data) }));
    window.addEventListener("message", function hear(event) {
      if (event.source !== frame.contentWindow) return;
      window.removeEventListener("message", hear);
      frame.remove();
      form.remove();
      try {
        resolve(opened(event.data));
      } catch (error) {
        reject(error);
      }
    });
    document.body.append(frame, form);
    form.submit();
  }),
  socket: (name, data) => new Promise((resolve, reject) => {
    const send = () => {
      const id = random(6);
      const hear = (event) => {
        const reply = JSON.parse(event.data);
        if (reply.id !== id) return;
        line.removeEventListener("message", hear);
        if (reply.error) reject(reply.error);
        else resolve(reply.data);
      };
      line.addEventListener("message", hear);
      line.send(JSON.stringify({ id, call: name, data }));
    };
    line ??= new WebSocket(`${boot.service.replace("http", "ws")}/socket`);
    if (line.readyState === 1) send();
    else line.addEventListener("open", send, { once: true });
    line.addEventListener("error", () => reject({ code: 500, message: "Request aborted" }), { once: true });
  }),
};
let line = null;

function track(event) {
  const body = JSON.stringify({ event, distinct_id: boot.seed });
  fetch(`${boot.service}/tracking-proxy/open/mp/events/track/`, { method: "POST", mode: "no-cors", body }).catch(() => {});
}
