// Runs in every frame, before the page's own scripts where a login is recorded from its start, so
// that no pixel of a screenshot or of the trace's screencast shows a secret. It is told no secret and
// does not change the DOM: what is typed is drawn as squares by an adopted style sheet (which no
// Content-Security-Policy forbids), and numbers in text are painted over by CSS highlights. What
// highlights cannot hide is not drawn: text in SVG, what a style writes before and after an element,
// and canvases. The squares have a sheet of their own, whose layer
// `page/in_page` knows: it looks below them for whether the page itself hides what is typed, and so
// takes a form for the same with a record as without one.
(() => {
  "use strict";
  const NAME = "upstox-browser-login-privacy";
  const SQUARES = "upstox-browser-login-squares";
  const UNTYPED = ["submit", "button", "reset", "checkbox", "radio", "image", "range", "color", "file"];
  const fields =
    `input${UNTYPED.map((type) => `:not([type="${type}" i])`).join("")}, textarea, select, option,` +
    ' [contenteditable]:not([contenteditable="false" i]), [role="textbox"]';
  const hasDigit = (name) => `:is(${[..."0123456789"].map((digit) => `[${name}*="${digit}"]`)})`;
  const canHighlight = typeof Highlight === "function" && !!CSS.highlights;
  // It may come a second time: as a script for new documents, and into those that are there.
  if (canHighlight && CSS.highlights.has(NAME)) return;
  const text = canHighlight
    ? `::highlight(${NAME}) { color: transparent !important; background-color: #222 !important;` +
      " text-shadow: none !important; text-decoration: none !important;" +
      " -webkit-text-fill-color: transparent !important; -webkit-text-stroke: 0 !important; }"
    : ""; // Nothing to paint over with: every text becomes squares.
  const everything = canHighlight ? "" : "* { -webkit-text-security: square !important; }";
  // Nothing else is in it: whatever else came and went would set the page's transitions going.
  const squares = `@layer ${SQUARES}; ${everything}
    ${fields}, input${hasDigit("value")}, img[alt] { -webkit-text-security: square !important; }
    ::placeholder { -webkit-text-security: none !important; }
    ${hasDigit("placeholder")}::placeholder { -webkit-text-security: square !important; }`;
  const rules = `${fields} { caret-color: transparent !important; }
    text, tspan, textPath { fill: transparent !important; stroke: transparent !important; }
    *::before, *::after { -webkit-text-fill-color: transparent !important;
      -webkit-text-stroke: 0 !important; text-shadow: none !important; }
    canvas { object-fit: none !important; object-position: 99999px !important; } ${text}`;

  // A run of digits or mask characters, as people group them; and what of that is no secret:
  // Upstox's own error codes.
  const RUN =
    /(?:[\p{Nd}\p{No}]|[*\u2022\u25cf\u2219\uff0a]|[xX]{2,})(?:[\s\-\u2010-\u2015.,()+\/:;\u00b7|_]{0,3}(?:[\p{Nd}\p{No}]|[*\u2022\u25cf\u2219\uff0a]|[xX]{2,}))+/gu;
  const TOKEN = /[\w.~+\/=-]{24,}/g;
  const CODE = /\[(?:UDAPI)?(?:10\d{5}|\d{3})\]|UDAPI\d{3,7}/g;
  // Boxes of their own: two numbers in two of them are not one number.
  const INLINE = new Set(
    "A ABBR ACRONYM B BDI BDO BIG CITE CODE DATA DEL DFN EM FONT I INS KBD LABEL MARK Q S SAMP SLOT SMALL SPAN STRIKE STRONG SUB SUP TIME TT U VAR WBR".split(" "),
  );
  const UNSEEN = new Set(["SCRIPT", "STYLE", "TEMPLATE", "NOSCRIPT"]);

  const roots = new Map(); // a document or a connected shadow root -> its ranges
  const shadows = new WeakMap(); // a host -> its shadow root, closed ones too
  const watched = new WeakSet();
  const sheets = [squares, rules].flatMap((text) => {
    try {
      const made = new CSSStyleSheet();
      made.replaceSync(text);
      return [made];
    } catch {
      return [];
    }
  });
  const missing = (root) => sheets.filter((sheet) => !root.adoptedStyleSheets.includes(sheet));

  const dress = (root) => {
    if (missing(root).length) root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...missing(root)];
  };

  // Pieces of one line of text: [string, [[node, offset in the string], ...]].
  const linesOf = (root) => {
    const lines = [];
    let line = "";
    let nodes = [];
    const end = () => {
      if (line.trim()) lines.push([line, nodes]);
      line = "";
      nodes = [];
    };
    const walk = (parent) => {
      for (let node = parent.firstChild; node; node = node.nextSibling) {
        if (node.nodeType === Node.TEXT_NODE) {
          nodes.push([node, line.length]);
          line += node.data;
        } else if (node.nodeType === Node.ELEMENT_NODE) {
          const shadow = shadows.get(node) || node.shadowRoot;
          if (shadow && !roots.has(shadow)) watch(shadow);
          const name = node.nodeName.toUpperCase();
          if (UNSEEN.has(name)) continue;
          if (INLINE.has(name)) {
            walk(node);
          } else {
            end();
            walk(node);
            end();
          }
        }
      }
    };
    walk(root);
    end();
    return lines;
  };

  const spansOf = (line) => {
    const spared = [...line.matchAll(CODE)].map((found) => [found.index, found.index + found[0].length]);
    const spans = [];
    const keep = (start, stop) => {
      if (!spared.some(([from, to]) => start < to && stop > from)) return void spans.push([start, stop]);
      // Something is spared in it: the rest is looked at by itself.
      for (const [from, to] of spared) {
        if (start < from && from < stop) more(line.slice(start, from), start);
        if (start < to && to < stop) return more(line.slice(to, stop), to);
      }
    };
    const more = (part, at) => {
      for (const found of part.matchAll(RUN)) {
        const digits = found[0].match(/[\p{Nd}\p{No}]/gu) || [];
        const masks = found[0].match(/[*\u2022\u25cf\u2219\uff0axX]/g) || [];
        if (digits.length >= 4 || (digits.length >= 2 && masks.length >= 2)) {
          keep(at + found.index, at + found.index + found[0].length);
        }
      }
      for (const found of part.matchAll(TOKEN)) {
        if (/\d/.test(found[0])) keep(at + found.index, at + found.index + found[0].length);
      }
    };
    // A page may draw what is typed one digit to a block, so a line of few digits may be a part of it.
    if (/^\s*[\p{Nd}\p{No}]{1,3}\s*$/u.test(line)) keep(0, line.length);
    more(line, 0);
    return spans;
  };

  const rangesOf = (root) => {
    const ranges = [];
    for (const [line, nodes] of linesOf(root)) {
      for (const [start, stop] of spansOf(line)) {
        for (const [node, at] of nodes) {
          const from = Math.max(start - at, 0);
          const to = Math.min(stop - at, node.data.length);
          if (from < to) {
            ranges.push(
              new StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: to }),
            );
          }
        }
      }
    }
    return ranges;
  };

  const cover = (root) => {
    dress(root);
    if (!canHighlight) return;
    roots.set(root, rangesOf(root));
    for (const known of roots.keys()) {
      if (known !== document && !known.isConnected) roots.delete(known);
    }
    const highlight = new Highlight(...[...roots.values()].flat());
    highlight.priority = 2 ** 31 - 1;
    CSS.highlights.set(NAME, highlight);
  };

  const watch = (root) => {
    roots.set(root, []);
    if (!watched.has(root)) {
      watched.add(root);
      // Its microtask comes before the next frame is painted.
      new MutationObserver(() => cover(root)).observe(root, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    }
    cover(root);
  };

  // Proxies, which to the page look like the functions themselves.
  Element.prototype.attachShadow = new Proxy(Element.prototype.attachShadow, {
    apply(native, host, args) {
      const root = Reflect.apply(native, host, args);
      shadows.set(host, root);
      watch(root);
      return root;
    },
  });
  // A page that sets its own sheets would drop ours.
  for (const owner of [Document.prototype, ShadowRoot.prototype]) {
    const member = Object.getOwnPropertyDescriptor(owner, "adoptedStyleSheets");
    if (!member || !member.set) continue;
    const set = new Proxy(member.set, {
      apply(native, root, args) {
        Reflect.apply(native, root, args);
        if (watched.has(root) && missing(root).length) {
          Reflect.apply(native, root, [[...root.adoptedStyleSheets, ...missing(root)]]);
        }
      },
    });
    Object.defineProperty(owner, "adoptedStyleSheets", { ...member, set });
  }
  watch(document);
})();
