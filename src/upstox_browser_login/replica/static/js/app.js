const oauthQuery = window.location.search || sessionStorage.getItem("oauthQuery") || "";
sessionStorage.setItem("oauthQuery", oauthQuery);

function show(step) {
  clearInterval(ticker);
  const view = step();
  root.replaceChildren(layout(view.content));
  view.focus?.focus();
  track(step.name);
}

function failedStart() {
  root.replaceChildren(layout([heading("Something went wrong", "Network Error. Try re-loading the page")]));
}

getConfig().then((received) => {
  config = received;
  window.history.replaceState(null, "", "/");
  show(boot.remembered ? pinStep : mobileStep);
  if (config.flags.overlay) promotion();
  if (document.readyState === "complete") loadThirdParties();
  else window.addEventListener("load", loadThirdParties);
}).catch(failedStart);
