const asked = window.location.search;
const oauthQuery = asked.includes("redirect_uri=") ? asked : sessionStorage.getItem("oauthQuery") || "";
sessionStorage.setItem("oauthQuery", oauthQuery);

const stage = h("div");
root.append(toastArea, stage);
let loading = false;
let current = null;
let refresh = () => {};

/** Makes *step* the page's step; it is painted as soon as nothing is loading. */
function show(step) {
  current = step;
  if (!loading) paint(step);
}

function paint(step) {
  clearInterval(ticker);
  const view = step();
  refresh = view.refresh || (() => {});
  stage.replaceChildren(layout(view.content));
  view.focus?.focus();
  track(step.name);
}

/** Puts the spinner in the form's place until the flags have come, or cannot. */
async function load() {
  const first = current;
  loading = true;
  clearInterval(ticker);
  stage.replaceChildren(spinner());
  config.flags = await getFlags();
  loading = false;
  // The first form is gone with all that was typed into it, unless that is on its way already.
  if (current === first && !state.busy) state = fresh();
  paint(current);
  if (config.flags.overlay) promotion();
  if (document.readyState === "complete") loadThirdParties();
  else window.addEventListener("load", loadThirdParties);
}

window.history.replaceState(null, "", "/");
show(boot.remembered ? pinStep : mobileStep);
setTimeout(load, boot.firstPaintMillis);
