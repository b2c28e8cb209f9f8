// Makes the page fit for its one picture: everything that could show a secret is hidden (text,
// generated content, placeholders, values, images, drawings, frames), and those words are drawn
// again that are known to hold none. It answers how many words those are, or why there is to be no
// picture. It changes the page's styles, so it comes last.
(told) => {
  "use strict";
  const [words, most] = told;
  const PRIVACY = "upstox-browser-login-privacy";
  const WORDS = "upstox-browser-login-words";
  const allowed = new Set(words);
  const unseen =
    "color: transparent; -webkit-text-fill-color: transparent; -webkit-text-stroke: 0; text-shadow: none;" +
    " text-decoration: none; text-emphasis: none; caret-color: transparent; background-image: none;" +
    " border-image: none; -webkit-mask: none; list-style: none; transition: none; animation: none;" +
    " content: normal; -webkit-box-reflect: none";
  const hidden = unseen.split(";").map((rule) => rule.split(":").map((part) => part.trim()));
  const important = `${unseen};`.replaceAll(";", " !important;");
  const pseudo = ["before", "after", "marker", "first-line", "first-letter", "placeholder", "selection", "target-text",
    "file-selector-button", "spelling-error", "grammar-error", "-webkit-search-cancel-button"];
  const drawings =
    "img, picture, video, audio, canvas, svg, iframe, frame, object, embed, meter, progress," +
    ' input[type="color" i], input[type="range" i], input[type="image" i], input[type="file" i]';
  const sheet = new CSSStyleSheet();
  // In a layer: an important rule there wins over those outside, however exact they are.
  sheet.replaceSync(
    `@layer ${WORDS} { * { ${important} } ${drawings} { opacity: 0 !important; }` +
      pseudo.map((name) => `*::${name} { ${important.replace("content: normal", "content: none")} }`).join("") +
      `} ::highlight(${WORDS}) { color: #111; -webkit-text-fill-color: #111; background-color: #fff; }`,
  );

  const roots = [];
  const hide = (element) => {
    for (const [name, value] of hidden) element.style.setProperty(name, value, "important");
    if (element.matches(drawings)) element.style.setProperty("opacity", "0", "important");
  };
  const elements = [];
  const gather = (root) => {
    roots.push(root);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    for (const element of root.querySelectorAll("*")) {
      elements.push(element);
      if (elements.length > most) return;
      if (element.shadowRoot) gather(element.shadowRoot);
    }
  };
  gather(document);
  if (elements.length > most) return "it is too large";
  if (roots.some((root) => !root.adoptedStyleSheets.includes(sheet))) return "it shows itself uncovered";
  const styled = elements.filter((element) => element.style);
  styled.forEach(hide);
  for (const root of roots) {
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes)
          if (node.nodeType === Node.ELEMENT_NODE)
            for (const each of [node, ...node.querySelectorAll("*")]) if (each.style) hide(each);
    }).observe(root, { childList: true, subtree: true });
  }
  getSelection()?.removeAllRanges();
  for (const element of styled) {
    for (const name of ["::before", "::after"]) {
      if (!["none", "normal"].includes(getComputedStyle(element, name).content)) return "it generates text";
    }
    if (getComputedStyle(element).webkitTextFillColor !== "rgba(0, 0, 0, 0)") return "it shows its text";
  }
  if (typeof Highlight !== "function" || !CSS.highlights) return 0;

  const bars = CSS.highlights.get(PRIVACY);
  CSS.highlights.clear(); // a page's own highlights would show text
  if (bars) CSS.highlights.set(PRIVACY, bars);
  const ranges = [];
  for (const root of roots) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const found of node.data.matchAll(/\S+/g)) {
        if (!allowed.has(found[0])) continue;
        ranges.push(
          new StaticRange({
            startContainer: node, startOffset: found.index,
            endContainer: node, endOffset: found.index + found[0].length,
          }),
        );
      }
    }
  }
  const drawn = new Highlight(...ranges);
  drawn.priority = 2 ** 30; // the bars over numbers go above it
  CSS.highlights.set(WORDS, drawn);
  return ranges.length;
}
