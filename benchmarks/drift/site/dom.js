const bootElement = document.getElementById("boot");
const boot = JSON.parse(bootElement.textContent);
bootElement.remove();
const options = boot.options;
const main = document.getElementById("root");
const modalRoot = document.getElementById("modalRoot");

/** The option of a step, or of all steps, or the page's own way. */
function opt(name, fallback, step) {
  if (step && `${name}.${step}` in options) return options[`${name}.${step}`];
  return name in options ? options[name] : fallback;
}

const STYLES = {
  page: "font: 16px/1.4 sans-serif; color: #222; min-height: 100vh; display: flex; flex-direction: column; align-items: center",
  head: "width: 100%; padding: 12px 24px; box-sizing: border-box; border-bottom: 1px solid #ddd",
  card: "width: 380px; margin: 40px auto; padding: 24px; border: 1px solid #ddd; border-radius: 8px; background: #fff",
  foot: "font-size: 12px; color: #777; padding: 16px; max-width: 800px",
  title: "font-size: 22px; margin: 0 0 8px",
  sub: "color: #666; margin: 0 0 16px",
  field: "margin: 0 0 16px; position: relative",
  label: "display: block; margin-bottom: 4px; color: #555",
  beside: "display: inline-block; width: 130px",
  float: "position: absolute; left: 10px; top: 10px; color: #888; pointer-events: none",
  floated: "position: absolute; left: 8px; top: -9px; font-size: 12px; background: #fff; pointer-events: none",
  input: "width: 220px; height: 38px; padding: 0 10px; font-size: 16px; border: 1px solid #aaa; border-radius: 4px",
  box: "width: 38px; height: 44px; margin-right: 8px; text-align: center; font-size: 18px; border: 1px solid #aaa; border-radius: 4px",
  boxes: "display: flex; position: relative; width: 280px; height: 48px",
  ghost: "position: absolute; left: 0; top: 0; width: 280px; height: 46px; opacity: 0; border: 0",
  clear: "position: absolute; left: 0; top: 0; width: 280px; height: 46px; background: transparent; color: transparent; caret-color: transparent; border: 0",
  prefix: "margin-right: 8px; color: #555",
  button: "min-width: 160px; height: 42px; border: 0; border-radius: 21px; background: #5a298b; color: #fff; font-size: 16px; cursor: pointer; display: inline-flex; align-items: center; justify-content: center; text-decoration: none; padding: 0 20px",
  off: "opacity: 0.5",
  second: "min-width: 120px; height: 42px; border: 1px solid #5a298b; border-radius: 21px; background: #fff; color: #5a298b; font-size: 16px; cursor: pointer; margin: 0 8px 8px 0",
  link: "color: #5a298b; cursor: pointer; background: none; border: 0; font-size: 14px; text-decoration: underline",
  error: "color: #b00020; font-size: 13px; margin: 4px 0",
  alert: "background: #fdecea; color: #611a15; padding: 12px; border-radius: 4px; margin: 0 0 16px",
  note: "background: #eef3fb; color: #234; padding: 10px; border-radius: 4px; margin: 12px 0; font-size: 14px",
  toasts: "position: fixed; left: 50%; bottom: 24px; transform: translateX(-50%); z-index: 90",
  toast: "background: #222; color: #fff; padding: 12px 18px; border-radius: 6px; margin-top: 8px",
  veil: "position: fixed; inset: 0; background: rgba(0,0,0,.55); display: flex; align-items: center; justify-content: center; z-index: 50",
  modal: "background: #fff; width: 420px; padding: 24px; border-radius: 8px; font: 16px/1.4 sans-serif; color: #222",
  bar: "position: fixed; left: 0; right: 0; bottom: 0; padding: 20px; background: #222; color: #fff; z-index: 60; font: 15px sans-serif",
  spin: "width: 32px; height: 32px; margin: 60px auto; border: 4px solid #ccc; border-top-color: #5a298b; border-radius: 50%",
  row: "display: flex; gap: 16px; margin: 0 0 16px",
  tab: "padding: 8px 14px; border: 0; border-bottom: 2px solid transparent; background: none; cursor: pointer; font-size: 15px",
  tabOn: "padding: 8px 14px; border: 0; border-bottom: 2px solid #5a298b; background: none; cursor: pointer; font-size: 15px",
  away: "position: absolute; left: -9999px; top: 0",
  faint: "position: absolute; opacity: 0; width: 1px; height: 1px; border: 0; padding: 0",
  sr: "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap",
};

/** The class that a style has on this page; no class at all where the styles are written out. */
function className(style) {
  const way = opt("class", "generated");
  if (way === "dropped") return null;
  if (way === "tailwind") return `tw-${style.length} flex-1 px-[${style.charCodeAt(0)}] c${style}x`;
  if (way === "readable") return `upx-login__${style}`;
  if (way === "misleading") return { input: "search-box coupon-input m1", button: "btn-cancel m2", box: "captcha m3" }[style] || `resend-otp m-${style}`;
  let sum = boot.seed;
  for (const letter of style) sum = (sum * 33 + letter.charCodeAt(0)) % 0xfffff;
  return `_${sum.toString(36)}_${(sum * 7).toString(36).slice(0, 5)}`;
}

function sheet() {
  const rules = Object.entries(STYLES).map(([name, rule]) => {
    const last = (className(name) || "").split(" ").pop();
    return last ? `.${CSS.escape(last)} { ${rule} }` : "";
  });
  return h("style", {}, rules.join("\n"));
}

function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "look") {
      if (className(value)) element.className = className(value);
      else element.style.cssText = STYLES[value];
    } else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** Says a text of the page: as the wording has it, or as a change has it. */
function say(name, values = {}) {
  const text = `text.${name}` in options ? options[`text.${name}`] : boot.texts[name] ?? name;
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}
