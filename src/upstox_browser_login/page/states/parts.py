"""Parts of the tables' patterns: words in other languages of India, months, and things."""

from __future__ import annotations

ONWARDS = r"جاری رکھیں|آگے بڑھیں|এগিয়ে|চালিয়ে|આગળ|தொடர|కొనసాగ|ముందుకు|ಮುಂದುವರ|തുടര|ਅੱਗੇ|ਜਾਰੀ|पुढे|ଆଗକୁ"
OPENS = r"खोल(ें|ो|िए)|ખોલો|ચાલુ રાખ|આગળ|আগবাঢ়|খুলুন|திற|తెరవ|ತೆರೆ|തുറ|ਖੋਲ੍ਹੋ|उघडा|ଖୋଲନ୍ତୁ"
"""To go on, and to open something such as a lock, in other languages of India."""
LATER = (
    r"ابھی نہیں|بعد میں|পরে|এখন না|પછી|பின்னர்|பிறகு|తర్వాత|ನಂತರ|പിന്നീട്|ਬਾਅਦ|नंतर|ପରେ"
    r"|এখন নয়|এড়িয়ে যান|હમણાં નહીં|છોડો|இப்போது வேண்டாம்|தவிர்|ఇప్పుడు వద్దు|దాటవే"
    r"|ಈಗ ಬೇಡ|ಬಿಟ್ಟುಬಿಡಿ"
    r"|ഇപ്പോൾ വേണ്ട|ഒഴിവാക്ക|ਹੁਣ ਨਹੀਂ|ਛੱਡੋ|आता नको|वगळा|ଏବେ ନୁହେଁ"
    r"|आत्ता नको|सध्या नको|राहू द्या|राहू दे|এখন থাক|રહેવા દો|ਹੁਣੇ ਨਹੀਂ|ਰਹਿਣ ਦਿਓ|ఉండనివ్వండి|இருக்கட்டும்"
)
UNDERSTOOD = (
    r"বুঝ(লাম|েছি|লুম)|সমঝে|સમજ્ય|સમજાય|புரிகிறது|అర్థం|ಅರ್ಥ|മനസ്സി|ਸਮਝ|समज|ବୁଝ|سمجھ|"
    r"ঠিক আছে|বুঝেছি|ઠીક છે|સમજાઈ ગયું|சரி(?!பார்)|புரிந்தது|సరే|అర్థమైంది|ಸರಿ|ಅರ್ಥವಾಯಿತು"
    r"|ശരി|മനസ്സിലായി"
    r"|ਠੀਕ ਹੈ|ਸਮਝ ਗਿਆ|ठीक आहे|समजले|ଠିକ୍ ଅଛି|ٹھیک ہے"
)
SENDS = (
    r"যাচাই|লগ ?ইন|ચકાસ|લ[ૉો]?ગ ?ઇન|લ[ૉો]ગિન|லாகின்|உள்நுழை|சரிபார்|ధృవీకరిం|లాగిన్|ಪರಿಶೀಲಿಸ|ಲಾಗಿನ್"
    r"|സ്ഥിരീകരി|ലോഗിൻ"
    r"|ਤਸਦੀਕ|ਲੌ?ਗ ?ਇਨ|पडताळ|ଯାଞ୍ଚ|ଲଗ ?ଇନ|تصدیق|لاگ ان"
)
SENDS_A_CODE = (
    r"পাঠান|મોકલો|அனுப்ப|పంపండి|ಕಳುಹಿಸಿ|അയ[യക]്?ക്കുക|ਭੇਜੋ|पाठवा|ପଠାନ୍ତୁ|بھیجیں"
    r"|পরবর্তী|அடுத்து|తదుపరి|ಮುಂದೆ|അടുത്തത്|ਅਗਲਾ|पुढील|ପରବର୍ତ୍ତୀ|اگلا"
    r"|প্রবেশ|પ્રવેશ|நுழை|ప్రవేశించ|ಪ್ರವೇಶ|പ്രവേശ|ਦਾਖਲ|प्रवेश|ପ୍ରବେଶ"
    r"|મેળવો|பெறு|పొందండి|ಪಡೆಯಿರಿ|നേടുക|मिळवा|حاصل"
)
DOES_ELSE = (
    r"আবার|ફરી|மீண்டும்|మళ్[లళ]ీ|తిరిగి|ಮತ್ತೆ|വീണ്ടും|ਦੁਬਾਰਾ|ਮੁੜ|पुन्हा|ପୁଣି|دوبارہ"
    r"|ভুলে|ભૂલ|மறந்து|మర్చి|మరచి|ಮರೆತ|മറന്ന|ਭੁੱਲ|विसर|ଭୁଲି|بھول"
    r"|পরিবর্তন|બદલો|மாற்ற|మార్చ|ಬದಲಾಯಿಸ|മാറ്റ|ਬਦਲ|ବଦଳ|تبدیل"
)
"""To send, next, and to enter; again, forgotten, and to change; in other languages of India."""

TERMS = r"শর্ত|શરતો|નિયમો|விதிமுறை|நிபந்தனை|నిబంధన|షరతు|ನಿಯಮ|ಷರತ್ತು|നിബന്ധന|വ്യവസ്ഥ|ਸ਼ਰਤ|अटी|ସର୍ତ୍ତ"
"""Terms, in other languages of India."""

OPENS_AN_ACCOUNT = (
    r"(खाता|अकाउंट) (खोल|बना)|खाते उघड|(অ্যাকাউন্ট|একাউন্ট) খুল|ખાતું ખોલ|கணக்க.{0,8}(திற|தொடங்க)"
    r"|ఖాతా.{0,6}తెర|ಖಾತೆ.{0,6}ತೆರೆ|അക്കൗണ്ട്.{0,6}(തുറ|തുടങ്ങ)|ਖਾਤਾ ਖੋਲ|ଖାତା ଖୋଲ|اکاؤنٹ کھول"
    r"|\b(khata|account) (khol|bana)"
)
"""To open an account, in other languages of India."""

COOKIES = r"কুকি|[કક][ુૂ]કી|குக்க[ிீ]|కు(క్)?కీ|ಕು(ಕ್)?ಕೀ|കുക്കി|ਕ[ੁੂ]ਕੀ|କୁକି|کوکی"
NECESSARY = (
    r"প্রয়োজনীয়|জরুরি|જરૂરી|આવશ્યક|தேவையான|அவசியமான|అవసరమైన|తప్పనిసరి|ಅಗತ್ಯ|ആവശ്യമ"
    r"|അത്യാവശ്യ|ਜ਼ਰੂਰੀ|ਲੋੜੀਂਦ|ଆବଶ୍ୟକ|ଜରୁରୀ|ضروری"
    r"|প্রত্যাখ্যান|નકાર|અસ્વીકાર|நிராகரி|తిరస్కరి|ತಿರಸ್ಕರಿ|നിരസി|ਅਸਵੀਕਾਰ|^\W*ਰੱਦ( ਕਰੋ)?\W*$|नाकार|ପ୍ରତ୍ୟାଖ୍ୟାନ|مسترد"
)
TAKES = (
    r"গ্রহণ|મંજૂર|સ્વીકાર|ஏற்(?!கனவே)|அனுமதி|అంగీకరి|ఆమోది|ಒಪ್ಪ|ಸ್ವೀಕರಿ|സ്വീകരി|അംഗീകരി|ਸਵੀਕਾਰ|ਮਨਜ਼ੂਰ"
    r"|(?<!अ)(?<!सा)मान्य|ଗ୍ରହଣ|ସ୍ୱୀକାର|قبول|(?<!نا)منظور"
)
SETTINGS = r"সেটিং|સેટિંગ|அமைப்பு|సెట్టింగ|ಸೆಟ್ಟಿಂಗ|ക്രമീകരണ|ਸੈਟਿੰਗ|ସେଟିଂ|ترتیبات"
"""Cookies, necessary or refused, accepted, and settings, in other languages of India."""

AGREE = (
    r"(?<!अ)(?<!सा)मान्य|(?<!ना)मंजूर|(?<!অ)সম্মত|(?<!ইং)রাজি|(?<!અ)સંમત|(?<!અ)સહમત|(?<!ના)મંજૂર"
    r"|ஒப்புக்கொள்|சம்மதி|అంగీకరి|ఒప్పుకుం|ಒಪ್ಪು(ತ್ತೇ|ವೆ)|ಸಮ್ಮತ"
    r"|സമ്മതി|(?<!ਅ)ਸਹਿਮਤ|(?<!ਨਾ)ਮਨਜ਼ੂਰ|(?<!ଅ)ସହମତ|ରାଜି|متفق|(?<!نا)منظور"
)
"""To agree, in other languages of India; not within the words for refused, usual, English."""

SKIP = r"स्किप|স্কিপ|સ્કિપ|ஸ்கிப்|స్కిప్|ಸ್ಕಿಪ್|സ്കിപ്|ਸਕਿ[ਪੱ]|ସ୍କିପ|اسکپ"
"""The English word "skip" in the scripts of India."""

MORE = (
    r"(और|अधिक|ज़्यादा) (जान|पढ़|देख)|மேலும் (அறி|படி)|আরও (জান|পড়)|વધુ (જાણ|વાંચ)"
    r"|మరింత|ಇನ್ನಷ್ಟು|കൂടുതൽ|ਹੋਰ (ਜਾਣ|ਪੜ੍ਹ)|ଅଧିକ|مزید|aur (jan|jaan|padh)"
)
"""To read more, in the languages of India."""

NEW = r"नया|नई|नवीन|नवा|नवी|নতুন|નવો|નવી|નવું|નવા|புதிய|కొత్త|ಹೊಸ|പുതിയ|ਨਵਾਂ|ਨਵੀਂ|ନୂଆ|ନୂତନ|نیا|نئی"
"""New, said of a PIN that does not exist yet."""

OLD = (
    r"\bpuran[aie]\b|\bmaujooda\b|पुरान[ाेी]|मौजूदा|वर्तमान|जुना|জুনা|পুর[াো]নো|জૂન|જૂન[ોીું]|જુન[ોીું]|பழைய|పాత"
    r"|ಹಳೆಯ|പഴയ|ਪੁਰਾਣਾ|ਪੁਰਾਣੀ|ପୁରୁଣା|پران[اےی]"
)
OF_A_SECOND = (
    r"\b(do+sr[aei]|dusr[aei]|sanyukt)\b|दूसर[ाेी]|दुसऱ्या|संयुक्त|দ্বিতীয়|બીજા|સંયુક્ત"
    r"|இரண்டாவது|రెండవ|ಎರಡನೇ|രണ്ടാമത്തെ|ਦੂਜੇ|ଦ୍ୱିତୀୟ|دوسرے"
)
"""Old, and of the second one who holds an account, said of a PIN."""

E_MAIL = (
    r"e-?mail|\binbox\b|ई-?मेल|ই-?মেইল|ইমেইল|ઈ-?મેલ|ઇ-?મેલ|ઇમેઇલ|மின்னஞ்சல்|ఇ-?మెయిల్|ఈ-?మెయిల్"
    r"|ಇ-?ಮೇಲ್|ഇ-?മെയിൽ|ਈ-?ਮੇਲ|ଇ-?ମେଲ|ای ?میل"
)
"""E-mail, in the languages of India."""

APP_CODE = r"(?<!whats )(?<!upstox )(?<!our )(?<!in-)(?<!mobile )(?<!pro )\bapp([’\']s)? code\b"  # noqa: RUF001
"""A code of the authenticator app, not of a messenger or of Upstox's own app."""

AUTHENTICATOR = (
    r"authenticator( app)?|(?<!factor )(?<!factor-)(?<!step )(?<!step-)(?<!2fa )(?<!mfa )"
    r"authentication (app|code)"
)
"""The authenticator, or the code of it, and not "two-factor authentication" by any means."""

OTP = r"ওটিপি|ઓટીપી|ஓடிபி|ఓటీపీ|ಒಟಿಪಿ|ഒടിപി|ਓਟੀਪੀ|ଓଟିପି"
PIN = r"पिन|পিন|પિન|పిన్|ಪಿನ್|പിൻ|ਪਿੰ?ਨ|ପିନ"
"""The English words "OTP" and "PIN" in the scripts of India."""

AMOUNT = r"((\u20b9|\b(INR|Rs)\b\.?) ?[1-9][\d,.]*|\b[1-9][\d,.]* ?(rupees?|INR|Rs)\b)"
"""An amount of money in rupees."""

MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
WEEKDAY = "(mon|tues|wednes|thurs|fri|satur|sun)day"

THINGS = (
    r"(everywhere|shares?|stocks?|holdings?|positions?|orders?|baskets?|sales?"
    r"|trades|bids?|tips?|demat|payouts?|withdrawals?|payees?|beneficiar\w+"
    r"|money|funds?|cash|balance|amount|margins?|limits?|loans?|nominees?|mandates?|SIPs?|IPOs?|MTF"
    r"|F ?& ?O|plans?|trials?|subscriptions?|offers?|rewards?|rules?|terms|polic\w+|declarations?"
    r"|banks?|cards?|wallets?|lockers?|UPI|KYC|PAN|Aadhaar|segments?|licen[sc]es?|famil\w+|friends?"
    r"|permissions?|alerts?|notifications?|requests?|transactions?|payments?"
    r"|gifts?|points|coupons?|gold|bonds?|insurance|contests?|draws?|votes?|documents?|forms?"
    r"|him|her|them)"
)
"""Things that something may be done to, and that no login is about."""

PROTECTS = (
    r"((the|my|your) )?(M?PIN|T-?PIN|passcode|T?OTPs?|2FA|authenticator|password"
    r"|(two|2)[- ]?(step|factor)|(verification|confirmation|authentication)(?! e-?mail))\b"
)
"""What protects a login."""

THANKS = (
    r"thanks?( you)?|shukriya|dhanyavaa?d|धन्यवाद|शुक्रिया|आभार|આભાર|ધન્યવાદ|ধন্যবাদ|நன்றி|ధన్యవాదాలు"
    r"|ಧನ್ಯವಾದ(ಗಳು)?|നന്ദി|ਧੰਨਵਾਦ|ਸ਼ੁਕਰੀਆ|ଧନ୍ୟବାଦ|شکریہ"
)
"""Thanks, after a no."""

BANKS = r"HDFC|ICICI|SBI|Axis|Kotak|IDFC|IndusInd|PNB|Canara|Federal|Yes bank|YONO"
PAYS = r"G(oogle )?Pay|Phone ?Pe|Paytm|BHIM|Amazon Pay|MobiKwik"
"""Banks, and services to pay by, that a broker's pages name."""
