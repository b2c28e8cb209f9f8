const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** What every call that failed is called, and every answer that is no JSON, whatever its cause. */
const ABORTED = { code: 500, message: "Request aborted" };

const config = { ...boot.config, flags: {} };

function requestId() {
  let id = "WPRO-";
  for (let i = 0; i < 10; i += 1) id += LETTERS[Math.floor(Math.random() * LETTERS.length)];
  return id;
}

const deviceDetails = [
  "platform=WEB", "osName=Linux", "osVersion=x86_64", "appVersion=4.0.0", "modelName=Chrome",
  "manufacturer=unknown", `uuid=${requestId().slice(5)}`, `userAgent=${navigator.userAgent}`,
].join("|");

/** Gets the remote flags; the page goes on without them where they do not come. */
async function getFlags() {
  try {
    const response = await fetch(boot.configUrl);
    return (await response.json()).flags || {};
  } catch {
    return {};
  }
}

/** Posts `{data}` to the service; a failure is `{code, message}`, whatever its HTTP status. */
async function call(path, data) {
  let body;
  try {
    const response = await fetch(config.serviceUrl + path, {
      method: "POST",
      credentials: "include",
      headers: { "Content-Type": "application/json", "X-Device-Details": deviceDetails, "X-Request-ID": requestId() },
      body: JSON.stringify({ data }),
      signal: AbortSignal.timeout(config.requestTimeout),
    });
    body = await response.json();
  } catch {
    throw ABORTED;
  }
  if (body && body.error) throw body.error;
  if (!body || !body.data) throw { message: "Something went wrong" };
  return body.data;
}

/** Posts an event to the analytics, which come through a path of the service's own host. */
function post(kind, event) {
  const body = new URLSearchParams({ data: JSON.stringify([event]) });
  const url = `${config.serviceUrl}/tracking-proxy/open/mp/events/${kind}/`;
  fetch(url, { method: "POST", mode: "no-cors", body }).catch(() => {});
}

function track(event) {
  post("track", { event, properties: { token: "replica", distinct_id: deviceDetails.length } });
}

/** Tells the analytics who has come: profile id and phone number go along. */
function engage(profile) {
  post("engage", { $token: "replica", $distinct_id: profile.profileId, $set: { profile_id: profile.profileId, $phone: `+91${profile.mobile}` } });
}

function loadThirdParties() {
  const tag = document.createElement("script");
  tag.async = true;
  tag.src = "https://www.googletagmanager.invalid/gtm.js?id=GTM-REPLICA";
  document.head.append(tag);
  new Image().src = `${boot.thirdParty}/pixel.gif?page=login`;
}
