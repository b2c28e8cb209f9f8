"""Deeds and charges in the languages of India: a thing, and behind it what is done with it."""

from __future__ import annotations

from upstox_browser_login.page.pattern import any_of

# Some letters with a dot have two spellings, as one sign and as two.
_BUYS = r"(ख\u093c?|\u0959)रीद"
_ADDS = r"जो(\u095c|\u0921\u093c)"
_SHARE_BN = r"শে(\u09df|\u09af\u09bc)ার"
_SHARE_PA = r"(\u0a36|\u0a38\u0a3c)ੇਅਰ"

_MONEY_OR_SHARES = (
    r"(पैस[ाेों]|राशि|रकम|रक़म|फंड|फ़ंड|शेयर|शेअर|स्टॉक|होल्डिंग|यूनिट)\S*.{0,8}"
    rf"(निकाल|काढ|बेच|विक|{_BUYS}|भेज|पाठव|गिरवी|गहाण|ट्रांसफ|ट्रान्सफ|{_ADDS})"
)

DEEDS_IN_INDIA = any_of(
    _MONEY_OR_SHARES,
    # Hindi and Marathi.
    r"निकासी|भुगतान|वसीयत|(फंड|शेयर) ट्रां?न?्?सफ|(मार्जिन|शेयर) प्लेज|सेगमेंट.{0,6}(चालू|सक्रिय)",
    rf"(ईमेल|ई-मेल|पता|पत्ता|मोबाइल नंबर|बैंक|बँक|नॉमिनी)\S*.{{0,12}}(बदल|{_ADDS}|हटा|इनकार|काढून)",
    r"(खात[ेाो]|अकाउंट)\S*.{0,8}(बंद|फ्रीज|फ़्रीज|हटा)",
    r"(ऑर्डर|सौद[ाे])\S*.{0,6}(पुष्टि|लगा|भेज|रद्द|बदल|दे सक)",
    r"(लोन|कर्ज|ऋण|उधार)\S*.{0,6}(ल[ेी]|पा|घ)",
    r"\b(paise?|paisa|funds?|shares?|stocks?|holdings?) (ko |ki |ka )?"
    r"(nikal|bech|kharid|bhej|transfer|girvi|jod)\w*",
    r"\b(khat[ae]|account) (ko )?(band|freeze|hata)\w*",
    r"\border\w* (ki |ko )?(pusht|laga|bhej|radd)\w*|\b(bhugtan|udhaar)\b|\bloan (le|paay|pay)\w*",
    # Gujarati, Tamil, Telugu, Kannada, Malayalam.
    r"(પૈસા|રકમ|શેર|ફંડ)\S*.{0,8}(ઉપાડ|વેચ|ખરીદ|મોકલ)|ખાતું.{0,6}બંધ|ચુકવણી",
    r"(பணம்|பணத்தை|பங்கு|நிதி)\S*.{0,8}(எடு|விற்|வாங்|அனுப்|செலுத்|மாற்)|கணக்கை.{0,6}மூடு",
    r"(డబ్బు|షేర్|షేరు|నిధు)\S*.{0,8}(ఉపసంహ|తీసు|అమ్మ|కొన|పంప)|ఖాతా\S*.{0,8}మూసి|చెల్లింపు",
    r"(ಹಣ|ಷೇರು)\S*.{0,8}(ಹಿಂಪಡೆ|ತೆಗೆ|ಮಾರ|ಖರೀದಿ|ಕಳುಹಿಸ)|ಖಾತೆ\S*.{0,8}ಮುಚ್ಚ|ಪಾವತಿ",
    r"(പണം|ഓഹരി)\S*.{0,8}(പിൻവലി|വിൽ|വാങ്|അയ)|അക്കൗണ്ട്\S*.{0,8}(അടയ്|ക്ലോസ്)",
    # Bengali, Punjabi, Odia, Urdu.
    rf"(টাকা|{_SHARE_BN})\S*.{{0,8}}(তুল|তোল|বিক্রি|কিন|পাঠা)|অ্যাকাউন্ট\S*.{{0,8}}বন্ধ|পেমেন্ট",
    rf"(ਪੈਸੇ|{_SHARE_PA})\S*.{{0,8}}(ਕਢ|ਕੱਢ|ਵੇਚ|ਖਰੀਦ|ਭੇਜ)|ਖਾਤਾ.{{0,8}}ਬੰਦ|ਭੁਗਤਾਨ",
    r"(ଟଙ୍କା|ସେୟାର)\S*.{0,8}(ଉଠା|ବିକ୍ରି|କିଣ|ପଠା)|ଖାତା.{0,8}ବନ୍ଦ",
    r"(پیسے|رقم|شیئر)\S*.{0,8}(نکال|بیچ|خرید|بھیج)|اکاؤنٹ.{0,8}بند|ادائیگی",
)
"""Titles of a form or screen by which something is done to an account, such as a withdrawal."""

_AMOUNT = r"(\u20b9|\b(INR|Rs)\b\.?|रु\.?) ?[1-9][\d,.]*"

_TAKES = (
    r"(काट|कट(?!िंग)|कपा|डेबिट|वसूल|लगेगा|लगेंगे|आकार|kat|debit|ડેબિટ|કપા|டெபிட்|கழிக்|డెబిట్|కట్|ಡೆಬಿಟ್|ಕಡಿತ"
    r"|ഡെബിറ്റ്|ഈടാക്ക|ডেবিট|কাটা|ਡੈਬਿਟ|ਕੱਟ|ଡେବିଟ|କଟା|کاٹ)"
)

CHARGES_IN_INDIA = any_of(
    rf"{_AMOUNT}.{{0,40}}{_TAKES}|{_TAKES}.{{0,40}}{_AMOUNT}",
    r"(आपकी|तुमच्या) (ओर|तरफ|वतीने).{0,12}(ऑर्डर|सौद|खरीद|बेच)|aapki (or|taraf) se .{0,12}(order|trade)",
)
"""Words of a screen on which going on costs money, or lets somebody give orders."""
