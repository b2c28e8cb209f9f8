const SESSION_LOST = [1017079, 1017084, 1017095, 1017105];
const ADDRESS_MILLIS = 1500;
const fresh = () => ({
  mobile: "", otp: "", pin: "", newPin: "", password: "", country: "+91", busy: false, locked: false,
  otpAlert: "", otpBlocked: false, resendLeft: 0, otpReply: {}, profile: boot.remembered,
});
let state = fresh();

const digits = (limit) => (typed) => typed.replace(/\D/g, "").slice(0, limit);

/** What every refused call does; what was typed stays in its field. */
function fail(error) {
  state.busy = false;
  if (SESSION_LOST.includes(error.code)) {
    fallBack();
  }
  refresh();
  toast(error);
}

function startOver() {
  state = { ...fresh(), profile: null };
  show(mobileStep);
}

/** To the start, as after a lost session; a moment later the address says so. */
function fallBack() {
  startOver();
  const inner = new URLSearchParams(oauthQuery);
  const query = new URLSearchParams({ client_id: inner.get("client_id") || "", platform_id: "WEB" });
  setTimeout(() => window.history.replaceState(null, "", `/?${query}`), ADDRESS_MILLIS);
}
