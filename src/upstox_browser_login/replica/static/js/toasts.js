const LEAVING_MILLIS = 300;
const toastArea = h("div", { class: "k-toasts" });

/** Shows a failure as `message [code]`; toasts stack, and each leaves by itself. */
function toast({ code, message }) {
  place(h("div", { class: "k-toast" }, code == null ? message : `${message} [${code}]`));
}

function successToast(message) {
  place(h("div", { class: "k-toast k-good" }, message));
}

function place(element) {
  toastArea.append(element);
  setTimeout(() => {
    element.classList.add("k-leaving");
    setTimeout(() => element.remove(), LEAVING_MILLIS);
  }, config.toastMillis);
}
