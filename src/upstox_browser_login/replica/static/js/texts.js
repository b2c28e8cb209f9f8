const boot = JSON.parse(document.getElementById("boot").textContent);

const IDS = {
  mobileForm: "mobile-number-form", mobile: "mobileNum", mobileSubmit: "getOtp",
  otpForm: "otp-form", otp: "otpNum", otpSubmit: "continueBtn",
  pinForm: "secret-pin-form", pin: "pinCode", pinSubmit: "pinContinueBtn",
  ...boot.ids,
};

const TEXTS = {
  mobileTitle: "Let’s get started",
  mobileSubtitle: "We’ll send you a one-time password (OTP) to verify your mobile number.",
  mobileLabel: "Enter mobile number",
  mobileSubmit: "Get OTP",
  mobileShort: "Enter a 10-digit mobile number.",
  mobileWrong: "Make sure your mobile number was entered correctly.",
  otpTitle: "Verify your number",
  otpLabel: "Enter OTP",
  otpOrTotpLabel: "Enter OTP or TOTP",
  otpSubmit: "Continue",
  otpShort: "It should be a 6-digit OTP.",
  otpSubtitle: "{message}",
  resend: "Resend OTP",
  resendIn: "Resend OTP ({minutes}:{seconds}s)",
  tryTotp: "Try TOTP?",
  pinTitle: "Hi {name}",
  pinSubtitle: "Welcome back",
  pinGreeting: "Good {part}, {name}",
  pinLabel: "Enter 6-digit PIN",
  pinSubmit: "Continue",
  pinUnlock: "Unlock account",
  pinForgot: "Forgot PIN?",
  pinPane: "Enter your PIN",
  pinsDiffer: "Both PINs should be the same.",
  createPinTitle: "Create a new 6-digit PIN",
  verifyPinTitle: "Verify your 6-digit PIN",
  signedIn: "Signed in as {mobile}.",
  switchAccount: "Switch account?",
  mobilePane: "Login with mobile number",
  qrPane: "Login with QR code",
  qrHint: "Scan with the app on your phone to login.",
  ...boot.texts,
};

function text(name, values = {}) {
  return TEXTS[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}
