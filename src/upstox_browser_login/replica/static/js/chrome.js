let toastElement = null;
let toastTimer = null;

function toast({ code, message }) {
  toastElement?.remove();
  clearTimeout(toastTimer);
  toastElement = h("div", { class: "k-toast" }, code == null ? message : `${message} [${code}]`);
  document.body.append(toastElement);
  toastTimer = setTimeout(() => {
    toastElement?.remove();
    toastElement = null;
  }, config ? config.toastMillis : 3000);
}

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
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 25 25");
  svg.setAttribute("class", "k-qr");
  svg.setAttribute("shape-rendering", "crispEdges");
  const dot = (x, y, side, fill) => {
    const rect = document.createElementNS(space, "rect");
    for (const [name, value] of Object.entries({ x, y, width: side, height: side, fill })) rect.setAttribute(name, value);
    svg.append(rect);
  };
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
  return svg;
}

function layout(content) {
  const body = config && config.flags.qrLayout
    ? h("div", { class: "k-panes" },
      h("div", { class: "k-pane" }, h("h2", { class: "k-pane-title" }, text("mobilePane")), content),
      h("div", { class: "k-pane" }, h("h2", { class: "k-pane-title" }, text("qrPane")), qrCode(), h("p", { class: "k-quiet" }, text("qrHint"))))
    : h("section", { class: "k-card" }, content);
  return h("div", { class: "k-page" },
    h("header", { class: "k-header" }, h("span", { class: "k-mark" })),
    h("main", { class: "k-main" }, body),
    h("footer", { class: "k-footer" }, "Replica – not Upstox"));
}

function heading(title, subtitle) {
  return [title && h("h1", { class: "k-title" }, title), subtitle && h("p", { class: "k-subtitle" }, subtitle)];
}
