"""Other verbs, cases, languages and signs."""

from __future__ import annotations

from benchmarks.drift.change import Change

CHANGES = (
    *(
        Change(f"wording: {name}", "words", {"text": name})
        for name in (
            "formal",
            "casual",
            "upper",
            "lower",
            "ellipsis",
            "icons",
            "hindi",
            "hinglish",
            "login-words",
            "mpin",
        )
    ),
    Change(
        "button: Next",
        "words",
        {"text.mobileButton": "Next", "text.otpButton": "Next", "text.pinButton": "Next"},
    ),
    Change(
        "button: Proceed securely",
        "words",
        {
            "text.mobileButton": "Proceed securely",
            "text.otpButton": "Proceed securely",
            "text.pinButton": "Proceed securely",
        },
    ),
    Change("button: Log In to Upstox", "words", {"text.pinButton": "Log In to Upstox"}),
    Change("button: Verify & continue", "words", {"text.otpButton": "Verify & continue"}),
    Change(
        "code called a passcode",
        "words",
        {"text.otpLabel": "Passcode", "text.otpOrTotpLabel": "Passcode (SMS or app)"},
    ),
    Change(
        "PIN called a passcode",
        "words",
        {"text.pinLabel": "Enter passcode", "text.pinTitle": "Unlock with your passcode"},
    ),
    Change(
        "code called a security code",
        "words",
        {
            "text.otpLabel": "Security code",
            "text.otpOrTotpLabel": "Security code",
            "text.otpTitle": "Enter the security code from your authenticator app",
        },
    ),
    Change(
        "heading without a hint",
        "words",
        {"text.mobileTitle": "Welcome", "text.otpTitle": "Welcome", "text.pinTitle": "Welcome"},
    ),
    Change("headings left out", "words", {"headings": False}),
    Change(
        "mobile's label names two ways",
        "words",
        {"text.mobileLabel": "Mobile number or registered phone"},
    ),
    Change(
        "labels: short",
        "words",
        {
            "text.mobileLabel": "Mob. No.",
            "text.otpLabel": "Code",
            "text.otpOrTotpLabel": "Code",
            "text.pinLabel": "PIN",
        },
    ),
    Change(
        "labels: registered",
        "words",
        {"text.mobileLabel": "Registered number", "text.mobileTitle": "Login"},
    ),
    Change(
        "labels: digits",
        "words",
        {
            "text.mobileLabel": "10-digit mobile",
            "text.otpOrTotpLabel": "6-digit authentication code",
            "text.otpLabel": "6-digit authentication code",
            "text.pinLabel": "6-digit login PIN",
        },
    ),
    Change(
        "labels: trading PIN",
        "words",
        {"text.pinLabel": "Trading PIN", "text.pinTitle": "One last step"},
    ),
    Change(
        "labels: secret code",
        "words",
        {"text.pinLabel": "Secret code", "text.pinTitle": "Almost done"},
    ),
    Change(
        "labels: 2FA",
        "words",
        {
            "text.otpOrTotpLabel": "2FA code",
            "text.otpLabel": "2FA code",
            "text.otpTitle": "Two-factor authentication",
        },
    ),
    Change(
        "labels: time-based",
        "words",
        {"text.otpOrTotpLabel": "Time-based code (TOTP)", "text.otpLabel": "Time-based code"},
    ),
    Change(
        "labels: hindi 2",
        "words",
        {
            "text.mobileLabel": "अपना मोबाइल नंबर डालें",
            "text.otpOrTotpLabel": "अपना ओटीपी डालें",
            "text.otpLabel": "अपना ओटीपी डालें",
            "text.pinLabel": "अपना पिन डालें",
            "text.mobileButton": "भेजें",
            "text.otpButton": "सबमिट करें",
            "text.pinButton": "लॉगिन करें",
        },
    ),
    Change(
        "labels: hindi 3",
        "words",
        {
            "text.mobileLabel": "मोबाइल नंबर",
            "text.mobileButton": "आगे",
            "text.otpButton": "पुष्टि करें",
            "text.pinButton": "प्रवेश करें",
        },
    ),
    Change(
        "labels: hinglish 2",
        "words",
        {
            "text.mobileLabel": "Mobile number likhein",
            "text.mobileButton": "Aage chalein",
            "text.otpButton": "Pakka karein",
            "text.otpOrTotpLabel": "OTP likhein",
            "text.otpLabel": "OTP likhein",
            "text.pinLabel": "PIN likhein",
            "text.pinButton": "Login karein",
        },
    ),
    Change(
        "labels: marathi",
        "words",
        {
            "text.mobileLabel": "मोबाईल क्रमांक",
            "text.pinLabel": "पिन टाका",
            "text.otpOrTotpLabel": "ओटीपी टाका",
            "text.otpLabel": "ओटीपी टाका",
            "text.mobileButton": "पुढे जा",
            "text.otpButton": "पुढे जा",
            "text.pinButton": "पुढे जा",
        },
    ),
    Change(
        "labels: tamil",
        "words",
        {
            "text.mobileLabel": "மொபைல் எண்",
            "text.pinLabel": "பின்",
            "text.otpOrTotpLabel": "ஓடிபி",
            "text.otpLabel": "ஓடிபி",
            "text.mobileButton": "தொடரவும்",
            "text.otpButton": "தொடரவும்",
            "text.pinButton": "தொடரவும்",
        },
    ),
    Change(
        "buttons: sign me in",
        "words",
        {
            "text.mobileButton": "Sign me in",
            "text.otpButton": "Verify now",
            "text.pinButton": "Take me in",
        },
    ),
    Change(
        "buttons: submit",
        "words",
        {
            "text.mobileButton": "Submit",
            "text.otpButton": "Submit OTP",
            "text.pinButton": "Submit PIN",
        },
    ),
    Change(
        "buttons: securely",
        "words",
        {
            "text.mobileButton": "Continue securely",
            "text.otpButton": "Continue securely",
            "text.pinButton": "Log in securely",
        },
    ),
    Change("buttons: done", "words", {"text.otpButton": "Done", "text.pinButton": "Finish"}),
    Change(
        "buttons: confirm",
        "words",
        {
            "text.mobileButton": "Confirm number",
            "text.otpButton": "Confirm code",
            "text.pinButton": "Confirm PIN",
        },
    ),
    Change(
        "buttons: access",
        "words",
        {
            "text.mobileButton": "Get verification code",
            "text.otpButton": "Authenticate",
            "text.pinButton": "Access account",
        },
    ),
    Change("buttons: start trading", "words", {"text.pinButton": "Start trading"}),
    Change(
        "buttons: go",
        "words",
        {"text.mobileButton": "Go", "text.otpButton": "Go", "text.pinButton": "Go"},
    ),
    Change(
        "buttons: chevrons",
        "words",
        {"text.mobileButton": "»", "text.otpButton": "»", "text.pinButton": "»"},
    ),
    Change(
        "titles: fear",
        "words",
        {"text.pinTitle": "Never share your PIN. Your account is locked after 5 wrong PINs"},
    ),
    Change("titles: otp sent", "words", {"text.otpTitle": "Code sent!"}),
    Change(
        "labels: bengali",
        "words",
        {
            "text.mobileLabel": "মোবাইল নম্বর",
            "text.otpLabel": "ওটিপি লিখুন",
            "text.otpOrTotpLabel": "ওটিপি লিখুন",
            "text.pinLabel": "পিন লিখুন",
            "text.mobileButton": "এগিয়ে যান",
            "text.otpButton": "এগিয়ে যান",
            "text.pinButton": "এগিয়ে যান",
        },
    ),
    Change(
        "labels: gujarati",
        "words",
        {
            "text.mobileLabel": "મોબાઇલ નંબર",
            "text.otpLabel": "ઓટીપી દાખલ કરો",
            "text.otpOrTotpLabel": "ઓટીપી દાખલ કરો",
            "text.pinLabel": "પિન દાખલ કરો",
            "text.mobileButton": "આગળ વધો",
            "text.otpButton": "આગળ વધો",
            "text.pinButton": "આગળ વધો",
        },
    ),
    Change(
        "labels: telugu",
        "words",
        {
            "text.mobileLabel": "మొబైల్ నంబర్",
            "text.otpLabel": "ఓటీపీ నమోదు చేయండి",
            "text.otpOrTotpLabel": "ఓటీపీ నమోదు చేయండి",
            "text.pinLabel": "పిన్ నమోదు చేయండి",
            "text.mobileButton": "కొనసాగించు",
            "text.otpButton": "కొనసాగించు",
            "text.pinButton": "కొనసాగించు",
        },
    ),
    Change(
        "labels: kannada",
        "words",
        {
            "text.mobileLabel": "ಮೊಬೈಲ್ ಸಂಖ್ಯೆ",
            "text.otpLabel": "ಒಟಿಪಿ ನಮೂದಿಸಿ",
            "text.otpOrTotpLabel": "ಒಟಿಪಿ ನಮೂದಿಸಿ",
            "text.pinLabel": "ಪಿನ್ ನಮೂದಿಸಿ",
            "text.mobileButton": "ಮುಂದುವರಿಸಿ",
            "text.otpButton": "ಮುಂದುವರಿಸಿ",
            "text.pinButton": "ಮುಂದುವರಿಸಿ",
        },
    ),
    Change(
        "labels: malayalam",
        "words",
        {
            "text.mobileLabel": "മൊബൈൽ നമ്പർ",
            "text.otpLabel": "ഒടിപി നൽകുക",
            "text.otpOrTotpLabel": "ഒടിപി നൽകുക",
            "text.pinLabel": "പിൻ നൽകുക",
            "text.mobileButton": "തുടരുക",
            "text.otpButton": "തുടരുക",
            "text.pinButton": "തുടരുക",
        },
    ),
    Change(
        "labels: punjabi",
        "words",
        {
            "text.mobileLabel": "ਮੋਬਾਈਲ ਨੰਬਰ",
            "text.otpLabel": "ਓਟੀਪੀ ਭਰੋ",
            "text.otpOrTotpLabel": "ਓਟੀਪੀ ਭਰੋ",
            "text.pinLabel": "ਪਿੰਨ ਭਰੋ",
            "text.mobileButton": "ਅੱਗੇ ਵਧੋ",
            "text.otpButton": "ਅੱਗੇ ਵਧੋ",
            "text.pinButton": "ਅੱਗੇ ਵਧੋ",
        },
    ),
    Change(
        "labels: hindi, polite",
        "words",
        {
            "text.mobileLabel": "कृपया मोबाइल नंबर लिखें",
            "text.otpLabel": "6 अंकों का कोड लिखें",
            "text.otpOrTotpLabel": "6 अंकों का कोड लिखें",
            "text.pinLabel": "पिन नंबर लिखें",
            "text.mobileButton": "कोड भेजें",
            "text.otpButton": "आगे चलें",
            "text.pinButton": "खोलें",
        },
    ),
    Change(
        "labels: hindi and english",
        "words",
        {
            "text.mobileLabel": "Mobile नंबर",
            "text.otpLabel": "OTP या TOTP डालें",
            "text.otpOrTotpLabel": "OTP या TOTP डालें",
            "text.pinLabel": "PIN डालें",
            "text.mobileButton": "OTP भेजें",
            "text.otpButton": "Verify करें",
            "text.pinButton": "Login करें",
        },
    ),
    Change(
        "labels: hinglish 3",
        "words",
        {
            "text.mobileLabel": "Mobile no. dijiye",
            "text.otpLabel": "OTP bhariye",
            "text.otpOrTotpLabel": "OTP bhariye",
            "text.pinLabel": "PIN bhariye",
            "text.mobileButton": "OTP mangwaein",
            "text.otpButton": "Jaanch karein",
            "text.pinButton": "Kholein",
        },
    ),
    Change(
        "buttons: text me",
        "words",
        {
            "text.mobileButton": "Text me the code",
            "text.otpButton": "Check code",
            "text.pinButton": "Open my account",
        },
    ),
    Change(
        "buttons: an emoji",
        "words",
        {"text.mobileButton": "👉", "text.otpButton": "👉", "text.pinButton": "👉"},
    ),
    Change(
        "buttons: a check mark",
        "words",
        {"text.mobileButton": "✓", "text.otpButton": "✓", "text.pinButton": "✓"},
    ),
    Change(
        "buttons: spaced letters",
        "words",
        {
            "text.mobileButton": "G E T   O T P",
            "text.otpButton": "C O N T I N U E",
            "text.pinButton": "C O N T I N U E",
        },
    ),
    Change(
        "buttons: with the step",
        "words",
        {
            "text.mobileButton": "Continue (1/3)",
            "text.otpButton": "Continue (2/3)",
            "text.pinButton": "Continue (3/3)",
        },
    ),
    Change(
        "labels: contact",
        "words",
        {
            "text.mobileLabel": "Contact number",
            "text.otpLabel": "One-time passcode",
            "text.otpOrTotpLabel": "One-time passcode",
            "text.pinLabel": "Account PIN",
        },
    ),
    Change(
        "labels: signs",
        "words",
        {
            "text.mobileLabel": "Mobile #",
            "text.otpLabel": "OTP #",
            "text.otpOrTotpLabel": "OTP #",
            "text.pinLabel": "PIN #",
        },
    ),
    Change(
        "labels: questions",
        "words",
        {
            "text.mobileLabel": "What’s your mobile number?",
            "text.otpLabel": "What’s the code?",
            "text.otpOrTotpLabel": "What’s the code?",
            "text.pinLabel": "What’s your PIN?",
        },
    ),
    Change(
        "labels: code from the app",
        "words",
        {
            "text.otpLabel": "Code from your authenticator app",
            "text.otpOrTotpLabel": "Code from your authenticator app",
        },
    ),
    Change(
        "labels: token",
        "words",
        {"text.otpLabel": "Authenticator token", "text.otpOrTotpLabel": "Authenticator token"},
    ),
    Change(
        "labels: security number",
        "words",
        {"text.pinLabel": "Security number", "text.pinTitle": "Enter your PIN to continue"},
    ),
)
