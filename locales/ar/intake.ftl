# العربية (فصحى بسيطة). فكرة واحدة في كل جملة، ونفس الكلمة لنفس الشيء.
# قد يقرأ أحد من فوق الكتف: لا كلمة هنا تسمّي جريمة.

danger = 🚨 خطر
leave = ✖ خروج
back = ▶ رجوع
skip = ⏮ تخطّي
send-now = ⚡ أرسل الآن
home = 🏠 البداية
done = تم.
cleared = تم. قد تبقى رسائل قديمة. احذف المحادثة أيضًا.
minor-line = عمرك أقل من 18 سنة؟ اتصل بالرقم { $number }. الاتصال مجاني، ليلًا ونهارًا.
notice-typed = حذفنا رسالتك من هنا. استعمل الأزرار من فضلك.
notice-typed-left = احذف رسالتك من فضلك. ثم استعمل الأزرار.
notice-old-button = هذا الزر قديم. هذه هي البداية.
notice-not-sent = لم يتم الإرسال. اضغط مرة أخرى، أو اتصل برقم.
notice-not-erased = لم يتم الحذف بعد. اضغط مرة أخرى.
notice-place-not-found = لم نجد هذا المكان. جرّب اسمًا آخر، أو رمزًا بريديًا.
notice-code-shape = الرمز من 12 رقمًا. اكتب الرمز مرة أخرى من فضلك.
notice-code-not-found = غير موجود. قد يكون الرمز خاطئًا أو قديمًا.
notice-code-too-many = محاولات كثيرة. انتظر ساعة من فضلك.
notice-code-not-now = لا نستطيع أن نرى الآن. اكتب الرمز مرة أخرى بعد قليل.
notice-added = ✅ تمت الإضافة. تستطيع الجمعية قراءتها.
notice-sealed = ✅ ختمناه للجمعية. حذفناه من هنا.
notice-sealed-cut = ✂ نصك طويل. ختمنا الجزء الأول فقط. اكتب الباقي مرة أخرى من فضلك.
notice-not-added = لم تتم الإضافة. حاول مرة أخرى، أو اتصل برقم.
notice-no-message = لا توجد رسالة الآن.
notice-message-waits = الرسالة تنتظرك، 3 أيام على الأكثر.
notice-answered = ✅ ختمنا جوابك للجمعية.
notice-stopped = 🛑 لا رسائل بعد الآن. يمكنك العودة لترى.
notice-safe-time = ✅ تم التعديل. ستعرف الجمعية.

language-choose = 🌐 اختر لغتك.
language-more = ➕

home-text =
    مرحبًا. نساعدك في العثور على من يساعدك.
    الخدمة مجانية.
    لا نسأل عن اسمك ولا عن أوراقك.
    لسنا الشرطة.
home-need-help = 🙋 أحتاج إلى مساعدة
home-not-private = 👀 مساعدة، هاتفي ليس خاصًا
home-worry = 👥 أقلق على شخص
home-numbers = 📞 أرقام الهاتف فقط
home-code = 🔢 لديّ رمز
home-privacy = 🔒 الخصوصية
code-text = 🔢 اكتب رمزك، وهو 12 رقمًا.
code-prompt = 🔢 رمزك:

not-private-text =
    استعمل هاتفًا آخر إن استطعت.
    امسح هذه المحادثة بعد ذلك.
    قد تظهر الرسائل على الشاشة المقفلة.
not-private-go-on = ◀ أكمل، باختصار
not-private-clear = 🧹 امسح واخرج
not-private-numbers = 📞 الأرقام

numbers-text = 📞 يمكنك الاتصال بهذه الأرقام.
numbers-none = ليس عندنا رقم الآن. في أوروبا، الرقم 112 يساعد عند الخطر.
numbers-all-free = كلها مجانية، ليلًا ونهارًا.
numbers-abroad = 🌍 للبلد الذي اخترته:
numbers-tell-association = ✉ أخبر جمعية أيضًا
number-danger = 🚨 خطر: { $number }
number-cannot-speak = 🤫 لا تستطيع الكلام: { $number }
number-minor = 🧒 أقل من 18 سنة: { $number }
number-hurt = 🩺 إصابة أو مرض: { $number }
number-homeless = 🛏 لا مكان للنوم الليلة: { $number }
number-women = 👩 العنف ضد النساء: { $number }
number-offence = ⚖ ظلمك أحد: { $number }
number-exploitation = 🤝 إجبار أو بلا حرية: { $number }
number-other = ☎ غير ذلك: { $number }
note-police = الشرطة تجيب
note-sms = برسالة نصية
note-chat = بالمحادثة
note-always = ليلًا ونهارًا
note-free = مجاني
note-on-bill = يظهر في فاتورة الهاتف
# النص الفارغ يعزل ما بعده.
note-languages = { "" }{ $languages }

consent-text =
    تذهب إجاباتك إلى جمعية واحدة. إن لم تُجب، يتولّى الأمر فريق وطني.
    هم وحدهم يستطيعون قراءتها.
    { $days ->
        [zero] نحذفها في اليوم نفسه.
        [one] نحذفها بعد يوم واحد على الأكثر.
        [two] نحذفها بعد يومين على الأكثر.
        [few] نحذفها بعد { $days } أيام على الأكثر.
        [many] نحذفها بعد { $days } يومًا على الأكثر.
       *[other] نحذفها بعد { $days } يوم على الأكثر.
    } ويمكنك الحذف في أي وقت.
    تيليجرام يرى أنك تستعمل هذا البوت.
    هل عمرك أقل من 18 سنة، أو حياة أحد في خطر؟ قد يكون عليهم إخبار حماية الطفولة أو خدمات الطوارئ.
consent-other-text =
    تذهب إجاباتك إلى جمعية واحدة. إن لم تُجب، يتولّى الأمر فريق وطني.
    هم وحدهم يستطيعون قراءتها.
    { $days ->
        [zero] نحذفها في اليوم نفسه.
        [one] نحذفها بعد يوم واحد على الأكثر.
        [two] نحذفها بعد يومين على الأكثر.
        [few] نحذفها بعد { $days } أيام على الأكثر.
        [many] نحذفها بعد { $days } يومًا على الأكثر.
       *[other] نحذفها بعد { $days } يوم على الأكثر.
    } ويمكنك الحذف في أي وقت.
    تيليجرام يرى أنك تستعمل هذا البوت.
    لا تذكر اسم الشخص ولا عنوانه.
    إن لم يوافق الشخص، فالجمعية تنصحك أنت فقط.
    هل هو طفل، أو هل حياة أحد في خطر؟ قد يكون عليهم إخبار حماية الطفولة أو خدمات الطوارئ.
consent-agree = ✅ أوافق
consent-numbers = ❌ لا، الأرقام فقط
consent-more = ℹ المزيد
privacy-text =
    ℹ الجمعية لن تعرف من أنت.
    لا نحفظ اسمك ولا رقمك ولا حسابك.
    إجاباتك مختومة. خادمنا لا يستطيع قراءتها.
    { $days ->
        [zero] تُحذف في اليوم نفسه.
        [one] تُحذف بعد يوم واحد على الأكثر.
        [two] تُحذف بعد يومين على الأكثر.
        [few] تُحذف بعد { $days } أيام على الأكثر.
        [many] تُحذف بعد { $days } يومًا على الأكثر.
       *[other] تُحذف بعد { $days } يوم على الأكثر.
    }
    تيليجرام يرى أنك تستعمل هذا البوت. ويستطيع قراءة هذه المحادثة.
    ومن معه هاتفك يستطيع قراءتها أيضًا.
    زر ✖ خروج يمسح هذه المحادثة.
privacy-seen =
    📱 من يستطيع رؤية هذه المحادثة
    تيليجرام يرى أنك تستعمل هذا البوت، ومتى.
    تيليجرام يستطيع قراءة كل النصوص هنا.
    المحادثات مع البوتات غير مشفّرة من طرف إلى طرف.
    من معه هاتفك يستطيع قراءة هذه المحادثة.
    { $minutes ->
        [zero] بلا أي ضغطة، نخفي هذه الشاشة.
        [one] بلا أي ضغطة لمدة دقيقة واحدة، نخفي هذه الشاشة.
        [two] بلا أي ضغطة لمدة دقيقتين، نخفي هذه الشاشة.
        [few] بلا أي ضغطة لمدة { $minutes } دقائق، نخفي هذه الشاشة.
        [many] بلا أي ضغطة لمدة { $minutes } دقيقة، نخفي هذه الشاشة.
       *[other] بلا أي ضغطة لمدة { $minutes } دقيقة، نخفي هذه الشاشة.
    }
    عندها تضيع الإجابات التي لم تُرسل.
    قد لا ينجح الإخفاء. زر ✖ خروج أكثر أمانًا.
privacy-kept =
    🗄 ماذا نحفظ
    لا نحفظ شيئًا قبل الإرسال.
    بعد ذلك يحفظ خادمنا طلبًا مختومًا.
    الجمعية وفريق وطني وحدهما يستطيعان فتحه.
    ويمكنهما نقله إلى جمعية أخرى.
    الطريق إليك مختوم داخله.
    لا أحد يستطيع فتح ذلك وحده.
    { $days ->
        [zero] نحذف الطلب في اليوم نفسه.
        [one] نحذف الطلب بعد يوم واحد على الأكثر.
        [two] نحذف الطلب بعد يومين على الأكثر.
        [few] نحذف الطلب بعد { $days } أيام على الأكثر.
        [many] نحذف الطلب بعد { $days } يومًا على الأكثر.
       *[other] نحذف الطلب بعد { $days } يوم على الأكثر.
    }
    نحذف الرسائل التي تصلك بعد 3 أيام على الأكثر.
privacy-erase =
    🗑 كيف تحذف
    زر ✖ خروج يمسح هذه المحادثة فورًا.
    هذا لا يلغي الطلب.
    زر 🗑 إلغاء طلبي يحذف الطلب من خادمنا.
    لا نستطيع حذف ما قرأه من يساعدونك.
    لا نستطيع حذف النسخ عند تيليجرام أو على هواتف أخرى.
    يسمح لنا تيليجرام بحذف آخر يومين فقط.
    احذف الرسائل الأقدم بنفسك من فضلك.
privacy-told =
    👥 من قد يعلم
    هذا البوت لا يبلّغ عن أحد. لسنا الشرطة.
    من يساعدونك يقررون بأنفسهم.
    عمرك أقل من 18 سنة؟ قد يكون عليهم إخبار حماية الطفولة.
    حياة أحد في خطر؟ قد يكون عليهم إخبار خدمات الطوارئ.
    يمكنك أن تسألهم أولًا عمّا يجب أن يقولوه.
privacy-operator = 🏛 من يدير هذا البوت وخادمه: { $operator }
privacy-operator-unsaid = 🏛 اسأل من يساعدونك من يدير هذا البوت.
privacy-more = ◀ المزيد
genuine = 🛡 هل هذا حقيقي؟
genuine-text =
    🛡 من يساعد حقًا لا يطلب مالًا أبدًا.
    لا يطلب أوراقًا ولا صورًا أبدًا.
    لا يطلب كلمة سر ولا رمزًا أبدًا.
    لا يطلب أبدًا أن تأتي وحدك.
    قائمة الجمعيات موقّعة.
genuine-bot = هذا البوت وحده حقيقي: { $bot }.
genuine-bot-unnamed = هذا البوت وحده حقيقي. لا تتبع بوتات أخرى.
linked-listed = ✅ هذه الجمعية في قائمتنا: { $name }. من يساعد حقًا لا يطلب أبدًا مالًا ولا أوراقًا ولا صورًا.
linked-unlisted = ⚠ لا نعرف هذه الجمعية. انتبه. لا تعطِ مالًا ولا أوراقًا ولا صورًا.
go-on = ◀ أكمل

who-text = من يحتاج إلى مساعدة؟
who-woman = 👩 امرأة، 18 سنة أو أكثر
who-man = 👨 رجل، 18 سنة أو أكثر
who-family = 👨‍👩‍👧 أنا وأطفالي
who-minor = 🧒 أقل من 18 سنة
who-other = ⚪ غير ذلك، لا أقول

situation-text = ما هي المشكلة؟ تكفي إجابة واحدة.
situation-sexual = الجنس مقابل المال
situation-labour = عمل بلا حرية
situation-domestic = عمل في منزل
situation-begging = يجبرونني على التسوّل
situation-crime = يجبرونني على السرقة أو البيع
situation-family = زواج، عائلة
situation-other = غير ذلك، لا أعرف

need-text = ماذا تريد أولًا؟
need-leave = 🚪 الخروج بأمان
need-shelter = 🏠 مكان للنوم
need-talk = 💬 التحدث مع شخص
need-medical = 🩺 طبيب
need-legal = ⚖ أوراق، حقوق، لجوء
need-unsure = ❓ لا أعرف
reporter-text = من أنت؟ هل هو طفل، أو حياة أحد في خطر؟ قد يكون على من يساعد إخبار آخرين.
reporter-professional = 💼 مهني أو متطوع
reporter-close = 🏘 جار أو صديق أو قريب
reporter-client = 🛒 زبون
subject-text = هذا الشخص:
subject-child = 🧒 طفل
subject-agrees = ✅ بالغ موافق
subject-unaware = 🤐 بالغ لا يعلم أو لا يوافق
subject-unsure = ❓ لا أعرف بالتأكيد
observed-text = ماذا ترى؟ يمكنك اختيار أكثر من جواب.
observed-papers = أوراق محجوزة
observed-overwork = عمل كثير جدًا
observed-pay = أجر قليل أو لا أجر
observed-violence = تهديد، عنف
observed-housing = سكن سيئ جدًا
observed-controlled = اتصالات مراقبة
observed-isolated = عزلة
observed-spoken-for = يتكلم غيره عنه
observed-afraid = خوف: شرطة، صاحب عمل
observed-moved = يُنقل كثيرًا
observed-debt = عليه دين
observed-child = طفل يعمل أو يتسوّل
ticked-done = ✔ انتهيت

place-text = أين أنت تقريبًا؟ بدون عنوان.
place-other-text = أين هذا تقريبًا؟ بدون عنوان.
place-type = ✏ اكتب مدينة أو رمزًا بريديًا
place-type-text = ✏ اكتب مدينة أو رمزًا بريديًا. بدون شارع.
place-prompt = 📍 المدينة أو الرمز البريدي:
place-found = 📍 أيّها تقصد؟
place-none = ✖ لا شيء منها
place-near = ↔ قريب مني
place-far = ↔ بعيد من هنا
place-chosen = ✔ { $choice }
place-whole = 📍 كل المنطقة
place-abroad = 🌍 بلد آخر
place-unsaid = ⚪ لا أقول
department-text = 📍 أي جزء من المنطقة؟
country-text = أي بلد؟
area-paris = باريس
area-north = ليل، أميان
area-east = ستراسبورغ، ميتز
area-burgundy = ديجون، بيزانسون
area-alps = ليون، غرونوبل
area-riviera = مرسيليا، نيس
area-languedoc = مونبلييه
area-garonne = تولوز
area-aquitaine = بوردو، بو
area-west = نانت، رين
area-normandy = روان، كان
area-loire = أورليان، تور
area-overseas = 🏝 ما وراء البحار
country-be = بلجيكا
country-de = ألمانيا
country-it = إيطاليا
country-lu = لوكسمبورغ
country-es = إسبانيا
country-ch = سويسرا
country-other = بلد آخر

review-text = سنرسل:
review-item = • { $item }
review-place = • 📍 { $place }
review-language = • 🌐 { $language }
review-campaign = • 🔗 { $campaign }
review-danger = • 🚨 خطر
review-advice = • ℹ ستنصحك الجمعية أنت فقط.
review-sign = علامتك: { $sign }. من يساعد حقًا يعرفها.
review-ask = كيف يمكنهم الرد؟
send-any-time = ✉ هنا، في أي وقت
send-morning = ✉ صباحًا
send-afternoon = ✉ بعد الظهر
send-evening = ✉ مساءً
send-never = 🔕 بدون رسائل، سأعود
change = ✏ تعديل
change-text = ماذا تريد أن تعدّل؟
change-who = 👤 من يحتاج إلى مساعدة
change-situation = ❔ المشكلة
change-need = 🙏 ماذا تريد أولًا
change-reporter = 👤 من أنا
change-subject = 👥 من هو الشخص
change-observed = 👁 ما أراه
change-place = 📍 المكان
change-language = 🌐 اللغة

sent-text = ✅ تم الإرسال. من المتوقع أن تقرأه جمعية { $time }.
sent-place = منطقتها: { $place }.
sent-nationwide = تعمل في كل البلد.
sent-national-team = ✅ تم الإرسال. من المتوقع أن يقرأه فريق وطني { $time }. لا توجد جمعية أقرب تستطيع استلامه الآن.
sent-languages = تتكلم: { $languages }.
sent-if-not = إن لم تُجب الجمعية، نخبر فريقًا وطنيًا.
sent-sign = علامتك: { $sign }
sent-not-emergency = هذه ليست خدمة طوارئ. عند الخطر، اتصل بالرقم { $number }.
# On a line of its own, a number does not break in the middle.
sent-phone =
    ☎ { $name }:
    { $number }
sent-others = يمكنك أيضًا الاتصال:
sent-earlier = هذا الطلب مغلق. يمكنك البدء من جديد بكتابة { "\u2068" }/start{ "\u2069" }.
time-now = قريبًا
time-today = اليوم قبل الساعة { $time }
time-tomorrow = غدًا قبل الساعة { $time }
time-monday = يوم الاثنين قبل الساعة { $time }
time-tuesday = يوم الثلاثاء قبل الساعة { $time }
time-wednesday = يوم الأربعاء قبل الساعة { $time }
time-thursday = يوم الخميس قبل الساعة { $time }
time-friday = يوم الجمعة قبل الساعة { $time }
time-saturday = يوم السبت قبل الساعة { $time }
time-sunday = يوم الأحد قبل الساعة { $time }
time-date = قبل { $date }
hub-news = 🔎 هل من أخبار؟
hub-open = 📩 افتح الرسالة
hub-write = ✍ اكتب إليهم
hub-say-more = ➕ قل المزيد
hub-code = 🔢 رمزي
hub-safe-time = ✏ تغيّر وقتي الآمن
hub-clear = 🧹 امسح هذه المحادثة
hub-cancel = 🗑 إلغاء طلبي
code-shown = 🔢 رمزك: { $code }
code-keep = اكتبه، أو احفظه. يفتح طلبك على أي هاتف. من يملكه يستطيع رؤية طلبك.
card-confront = ⚠ لا تواجه أحدًا.
card-promise = ⚠ لا تَعِد بشيء.
card-investigate = ⚠ لا تحقّق بنفسك.
card-child = ⚠ لا تستجوب طفلًا.
card-address = ⚠ لا تعطِ عنوانك.
card-danger = 🚨 عند الخطر، اتصل بالرقم { $number }.
card-minor = 🧒 من أجل طفل، اتصل بالرقم { $number }.
nobody-text =
    لا توجد جمعية تستطيع القراءة الآن. لم نرسل شيئًا ولم نحفظ شيئًا.
    هذه الأرقام قد تساعدك:

signs-progress = السؤال { $number } من { $of }. يمكنك التوقف في أي وقت.
sign-vulnerability = هل يستغلون مشاكلك للتحكم بك؟
sign-deception = هل الأمر مختلف عمّا وعدوك به؟
sign-movement = هل يمكن أن يمنعك أحد من الخروج؟
sign-isolation = هل يصعب عليك الكلام مع عائلتك أو أصدقائك؟
sign-threats = هل تخاف أن تقول لا أو أن ترحل؟
sign-documents = هل يحتفظ أحد بأوراقك؟
sign-wages = هل يحتفظ أحد بمالك؟
sign-debt = هل عليك دين لا ينتهي؟
sign-conditions = هل العمل أو مكان النوم سيئ جدًا؟
sign-overtime = هل تعمل طويلًا جدًا، بلا راحة؟
sign-violence = هل يؤذيك أحد؟
sign-yes = 👍 نعم
sign-no = 👎 لا
needs-text = ماذا تريد أيضًا؟ يمكنك اختيار أكثر من جواب.
children-text = هل لديك أطفال يحتاجون إلى مساعدة أيضًا؟
children-yes = 👍 نعم
children-no = 👎 لا
languages-text = بأي لغات تستطيع الكلام؟ أربع على الأكثر.
finish = ✔ إنهاء
next-questions = ↪ أسئلة أخرى

write-text = ✍ اكتب بكلماتك. لا تكتب أسماء ولا عناوين. نختمه ونحذفه من هنا.
write-prompt = ✍ كلماتك:
safe-time-text = كيف يمكنهم الرد الآن؟
push-text = لديك رسالة واحدة.
push-open = 📩 افتح
alone-text = هل أنت وحدك الآن؟
alone-yes = 👍 نعم
alone-not = 🕒 ليس الآن
# النص الفارغ يعزل ما بعده.
received-text = { "" }{ $text }
received-vanishes = يختفي هذا بعد 10 دقائق أو ضغطة.
sentences-text = اختر جملة.
sentences-other = 🔤 جمل أخرى
stop-messages = 🛑 أوقف الرسائل

news-waiting = طلبك عندنا. نخبر الجمعية الآن.
news-told = أخبرنا الجمعية. لم تُجب بعد.
news-national-team = لم تُجب الجمعية في الوقت المحدد. أخبرنا الفريق الوطني أيضًا.
news-read = قرأ من يساعدونك طلبك. انتظر جوابهم من فضلك.
news-accepted = أخذت جمعية طلبك. من المتوقع أن تجيب.
news-passed-on = انتقل طلبك إلى فريق آخر. ويستطيع قراءته الآن.
news-declined = لم تستطع الجمعية المساعدة. أخبرنا الفريق الوطني.
news-closed = أغلقت الجمعية طلبك. يمكنك أن تبدأ من جديد.
news-late = تأخّر الجواب. نحن نعتذر. يمكنك أيضًا الاتصال برقم.
news-unknown = لا نستطيع أن نرى الآن. اضغط مرة أخرى بعد قليل.
erase-text =
    امسح هذه المحادثة، أو ألغِ الطلب في كل مكان نقدر عليه.
    لا نستطيع حذف ما قرأه من يساعدونك.
    لا نستطيع حذف النسخ عند تيليجرام أو على هواتف أخرى.
erase-here = 🧹 امسح هذه المحادثة
erase-everything = 🗑 إلغاء كل شيء
erased-text = تم. طلبك محذوف.

command-start = البداية
command-menu = القائمة
command-clear = مسح
command-language = اللغة
command-privacy = الخصوصية
bot-description = معلومات وإجابات بلغتك. اضغط على «ابدأ».
bot-short-description = معلومات وإجابات

