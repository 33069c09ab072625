# جمل جاهزة، بالعربية الفصحى البسيطة. كل قيمة يجب أن تعطي جملة كاملة؛ القيم في آخر الملف.

phrase-read = قرأنا طلبك. نحن معك.
phrase-believe = نحن نصدقك. هذا ليس ذنبك.
phrase-who-we-are = نحن جمعية. لسنا الشرطة.
phrase-free = مساعدتنا مجانية. لن يكون عليك أي دين لنا.
phrase-safe-now = هل أنت في أمان الآن؟
phrase-danger-call = عند الخطر، اتصل بالرقم { "⁨" }112{ "⁩" }. الاتصال مجاني.
phrase-danger-text = في فرنسا، إن كان الكلام غير ممكن، أرسل رسالة نصية إلى { "⁨" }114{ "⁩" }.
phrase-can-talk = هل يمكنك الكلام بالهاتف؟
phrase-when-talk = متى يمكنك الكلام من دون وجود أحد؟
phrase-talk-at = هل يمكن أن نتكلم بالهاتف { slot-day } الساعة { $time }؟
phrase-call-us = يمكنك الاتصال بنا على الرقم { $phone }.
phrase-call-us-at = يمكنك الاتصال بنا { slot-day } الساعة { $time }. رقمنا: { $phone }.
phrase-which-day = في أي يوم يمكنك المجيء؟
phrase-which-hour = أي وقت من اليوم يناسبك؟
phrase-meet = يمكن أن نلتقي { slot-day } الساعة { $time }، { slot-place-at }.
phrase-meet-still-good = هل ما زال يمكنك المجيء { slot-day } الساعة { $time }؟
phrase-meet-changed = تغيّر الموعد. أصبح { slot-day } الساعة { $time }.
phrase-meet-cancelled = لا نستطيع المجيء إلى الموعد. لا تذهب إلى هناك من فضلك.
phrase-meet-sign = سيقول لك الشخص من فريقنا علامتك، الصور الثلاث. غيرنا لا يعرفها.
phrase-bring-nothing = لا حاجة إلى إحضار أي شيء.
phrase-bring-papers = إن لم يكن في ذلك خطر، خذ أوراقك وأدويتك.
phrase-papers-not-needed = لا حاجة إلى أوراق للحصول على المساعدة.
phrase-papers-kept = هل يحتفظ أحد بأوراقك؟ يمكننا مساعدتك مع ذلك.
phrase-interpreter = سيكون هناك مترجم يتكلم لغتك.
phrase-which-language = بأي لغة تريد الكلام؟
phrase-come-with = يمكنك المجيء وحدك أو مع شخص تثق به.
phrase-children-come = يمكن أن يأتي أطفالك معك.
phrase-children-how-many = كم طفلًا معك؟
phrase-do-not-tell = لا تخبر أحدًا بهذا الموعد من فضلك.
phrase-delete = بعد القراءة، يمكنك مسح هذه المحادثة.
phrase-no-risk = لا تعرّض نفسك للخطر كي تأتي. يمكننا إيجاد يوم آخر.
phrase-wait = انتظر رسالتنا القادمة من فضلك.
phrase-write-on = ننوي أن نكتب لك مرة أخرى { slot-day }.
phrase-more-time = نحتاج إلى وقت أكثر. لم ننسك.
phrase-no-place = نعتذر. لم نجد مكانًا للنوم حتى الآن.
phrase-call-115 = في فرنسا، الرقم { "⁨" }115{ "⁩" } يبحث عن سرير لليلة. الاتصال مجاني.
phrase-place-found = وجدنا لك مكانًا للنوم.
phrase-go-to = اذهب { slot-place-to }، { slot-day } الساعة { $time }، من فضلك.
phrase-wait-there = عندما لا يكون هناك خطر، اذهب { slot-place-to } ثم اكتب لنا.
phrase-pass-on = فريق آخر يستطيع مساعدتك أكثر. ننقل طلبك إليه.
phrase-cannot-help = نعتذر. لا نستطيع المساعدة في هذا.
phrase-hurt = هل عندك إصابة أو مرض؟
phrase-doctor = يمكن أن يراك طبيب. هذا مجاني.
phrase-doctor-at = يمكن أن يراك طبيب { slot-day } الساعة { $time }، { slot-place-at }.
phrase-lawyer = يمكن أن يجيب محامٍ عن أسئلتك. هذا مجاني.
phrase-rights = لك حقوق في هذا البلد، حتى من دون أوراق.
phrase-police-choice = لا يلزمك الكلام مع الشرطة للحصول على المساعدة.
phrase-never-ask = لا نطلب أبدًا مالًا ولا أوراقًا ولا صورًا.
phrase-no-address = لا تكتب اسمك ولا عنوانك هنا.
phrase-which-town = ما أقرب مدينة إليك؟ من دون عنوان.
phrase-can-go-out = هل يمكنك الخروج وحدك؟
phrase-food-bed = هل عندك طعام ومكان للنوم؟
phrase-ticket = يمكننا دفع ثمن تذكرة السفر.
phrase-minor = عمرك أقل من 18 سنة؟ في فرنسا، اتصل بالرقم { "⁨" }119{ "⁩" }. الاتصال مجاني.
phrase-still-want = هل ما زلت تريد المساعدة؟
phrase-thank-you = شكرًا على جوابك.
phrase-yes = نعم.
phrase-no = لا.
phrase-close = نغلق هذا الطلب الآن. يمكنك البدء من جديد بكتابة { "⁨" }/start{ "⁩" }.

answer-yes = 👍 نعم
answer-no = 👎 لا
answer-later = 🕒 لاحقًا
answer-thank-you = 🙏 شكرًا
answer-cannot-talk = 🤫 لا أستطيع الكلام الآن
answer-do-not-call = 📵 لا تتصلوا بي
answer-can-call = 📞 أستطيع الاتصال بكم
answer-when = ❓ متى؟
answer-where = ❓ أين؟
answer-safe = 🟢 أنا في أمان الآن
answer-danger = 🚨 أنا في خطر
answer-not-alone = 👥 لست وحدي
answer-coming = ✔ سآتي
answer-not-coming = ✖ لا أستطيع المجيء
answer-late = ⏱ سأتأخر
answer-other-day = 📅 يوم آخر من فضلكم
answer-interpreter = 🗣 أحتاج إلى مترجم
answer-not-understood = ❔ لم أفهم
answer-still-want = 🙋 ما زلت أريد المساعدة
answer-no-more-help = 🚪 لم أعد أحتاج إلى مساعدة

slot-day =
    { $day ->
       *[monday] يوم الاثنين
        [tuesday] يوم الثلاثاء
        [wednesday] يوم الأربعاء
        [thursday] يوم الخميس
        [friday] يوم الجمعة
        [saturday] يوم السبت
        [sunday] يوم الأحد
    }
slot-place-at =
    { $place ->
       *[office] في مكتبنا
        [station] في محطة القطار
        [bus_stop] في موقف الحافلة
        [cafe] في مقهى
        [hospital] في المستشفى
        [pharmacy] في الصيدلية
        [library] في المكتبة
        [town_hall] في دار البلدية
        [post_office] في مكتب البريد
        [supermarket] في السوبرماركت
        [school] في المدرسة
        [park] في الحديقة العامة
        [safe_place] في مكان بلا شرطة
        [phone] بالهاتف
        [online] بمكالمة فيديو
    }
slot-place-to =
    { $place ->
       *[office] إلى مكتبنا
        [station] إلى محطة القطار
        [bus_stop] إلى موقف الحافلة
        [cafe] إلى المقهى
        [hospital] إلى المستشفى
        [pharmacy] إلى الصيدلية
        [library] إلى المكتبة
        [town_hall] إلى دار البلدية
        [post_office] إلى مكتب البريد
        [supermarket] إلى السوبرماركت
        [school] إلى المدرسة
        [park] إلى الحديقة العامة
        [safe_place] إلى مكان بلا شرطة
        [phone] إلى هاتف
        [online] إلى الإنترنت
    }
