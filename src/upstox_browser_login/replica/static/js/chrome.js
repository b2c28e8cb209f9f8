function modal(...children) {
  const veil = h("div", { class: "k-veil" });
  const close = () => veil.remove();
  veil.append(h("div", { class: "k-modal" },
    h("button", { type: "button", class: "k-close", "aria-label": "Close", onclick: close }, "×"),
    children,
    h("button", { type: "button", class: "k-button", onclick: close }, "Got it")));
  modalRoot.append(veil);
}

function promotion() {
  modal(h("h2", { class: "k-title" }, "Introducing smart watchlists"),
    h("p", { class: "k-subtitle" }, "Follow what matters to you, on every device. We use cookies to remember your choices."));
}

function qrCode() {
  const dots = [];
  const dot = (x, y, side, fill) => dots.push(svg("rect", { x, y, width: side, height: side, fill }));
  let seed = 7;
  for (let y = 0; y < 25; y += 1) {
    for (let x = 0; x < 25; x += 1) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      if (seed % 7 > 3) dot(x, y, 1, "#1f1a33");
    }
  }
  for (const [x, y] of [[0, 0], [18, 0], [0, 18]]) {
    dot(x === 18 ? 17 : x, y === 18 ? 17 : y, 8, "#fff");
    dot(x, y, 7, "#1f1a33");
    dot(x + 1, y + 1, 5, "#fff");
    dot(x + 2, y + 2, 3, "#1f1a33");
  }
  return svg("svg", { viewBox: "0 0 25 25", class: "k-qr", "shape-rendering": "crispEdges" }, dots);
}

/** The way back to the first form: a picture, no button. */
function backArrow() {
  return svg("svg", { viewBox: "0 0 24 24", class: "k-back", onclick: startOver },
    svg("path", { d: "M15 5l-7 7 7 7", fill: "none", stroke: "currentColor", "stroke-width": "2" }));
}

/** What stands above a form, outside of it. With a QR code beside the form it is the pane's. */
function header({ pane, title, subtitle, back, extra }) {
  const shown = config.flags.qrLayout && pane ? pane : title;
  const tag = config.flags.qrLayout && pane ? ["h2", "k-pane-title"] : ["h1", "k-title"];
  return h("div", { class: "k-head" }, back && backArrow(), shown && h(tag[0], { class: tag[1] }, shown),
    subtitle && h("p", { class: "k-subtitle" }, subtitle), extra && h("div", { class: "k-row" }, extra));
}

function heading(title, subtitle) {
  return header({ title, subtitle });
}

/** Logo and footer around a body. */
function frame(body) {
  return h("div", { class: "k-page" },
    h("header", { class: "k-header" }, h("span", { class: "k-mark" })),
    h("div", { class: "k-main" }, body),
    h("footer", { class: "k-footer" }, "Replica – not Upstox"));
}

function layout(content) {
  if (!config.flags.qrLayout) return frame(h("section", { class: "k-card" }, content));
  return frame(h("div", { class: "k-panes" },
    h("div", { class: "k-pane" }, content),
    h("div", { class: "k-pane" }, h("h2", { class: "k-pane-title" }, text("qrPane")), qrCode(), h("p", { class: "k-quiet" }, text("qrHint")))));
}

/** Turns until the remote flags have come; nothing on it says what it is. */
function spinner() {
  return frame(h("div", { class: "k-splash" }, h("div", { class: "k-spinner" })));
}
