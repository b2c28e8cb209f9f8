const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
let config = null;

function requestId() {
  let id = "WPRO-";
  for (let i = 0; i < 10; i += 1) id += LETTERS[Math.floor(Math.random() * LETTERS.length)];
  return id;
}

const deviceDetails = [
  "platform=WEB", "osName=Linux", "osVersion=x86_64", "appVersion=4.0.0", "modelName=Chrome",
  "manufacturer=unknown", `uuid=${requestId().slice(5)}`, `userAgent=${navigator.userAgent}`,
].join("|");

function getConfig() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", boot.configUrl);
    request.onload = () => {
      try {
        resolve(JSON.parse(request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = reject;
    request.send();
  });
}

/** Posts `{data}` to the service; a failure is `{code, message}`, whatever its HTTP status. */
function call(path, data) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", config.serviceUrl + path);
    request.withCredentials = true;
    request.timeout = config.requestTimeout;
    request.setRequestHeader("Content-Type", "application/json");
    request.setRequestHeader("X-Device-Details", deviceDetails);
    request.setRequestHeader("X-Request-ID", requestId());
    request.onerror = () => reject({ message: "Network Error. Try re-loading the page" });
    request.ontimeout = () => reject({ code: 500, message: "Request aborted" });
    request.onload = () => {
      let body = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = null;
      }
      if (body && body.error) reject(body.error);
      else if (request.status === 200 && body && body.data) resolve(body.data);
      else reject({ message: "Something went wrong" });
    };
    request.send(JSON.stringify({ data }));
  });
}

function track(event) {
  const body = JSON.stringify({ event, distinct_id: deviceDetails.length });
  fetch(`${config.serviceUrl}/analytics/track`, { method: "POST", mode: "no-cors", body }).catch(() => {});
}

function loadThirdParties() {
  const tag = document.createElement("script");
  tag.async = true;
  tag.src = "https://www.googletagmanager.invalid/gtm.js?id=GTM-REPLICA";
  document.head.append(tag);
  new Image().src = `${boot.thirdParty}/pixel.gif?page=login`;
}
