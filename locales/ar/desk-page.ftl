# العربية، صفحة المتطوعين: مسودة. كُتبت هنا شاشات الثقة والأجهزة والجلسة وحدها، والباقي يظهر بالفرنسية.
# جمل قصيرة: تُقرأ هذه الصفحة على عجل، على هاتف.

## في كل مكان

page-skip = إلى المحتوى
page-ok = حسنًا
page-back-list = الطلبات
page-cancel = إلغاء
page-copy = نسخ
page-copied = تم النسخ
page-enter = دخول
page-final = لا يمكن التراجع عن هذا.
page-lock = قفل
page-settings = الإعدادات

## المفتاح

page-keys-made = مفتاحك جاهز
page-keys-imported = مفتاحك على هذا الجهاز
page-keys-then = انتظر حتى يسجّل المشغّل مفتاحك. ثم ادخل.
page-key-words-title = ثماني كلمات تقرؤها على المشغّل
page-key-words-text = اتصل بالمشغّل واقرأ هذه الكلمات. يرى الكلمات نفسها: هذا مفتاحك حقًا.
page-key-public = الجزء العلني من المفتاح
page-key-public-text = أرسل هذا النص إلى المشغّل. ليس سرًّا.

## الثقة

page-trust-title = ما هذه الخدمة؟
page-trust-text = أعطاك المشغّل ورقة فيها اثنتا عشرة كلمة. اكتبها هنا.
page-trust-words = الكلمات الاثنتا عشرة
page-trust-words-hint = لا فرق بين الحروف الكبيرة والصغيرة، ولا بين المسافات والشرطات.
page-trust-words-missing = اكتب الكلمات الاثنتي عشرة.
page-trust-words-count = { $n ->
    [one] هذه كلمة واحدة. يلزم اثنتا عشرة.
    [two] هاتان كلمتان. يلزم اثنتا عشرة.
    [few] هذه { $n } كلمات. يلزم اثنتا عشرة.
   *[other] هذه { $n } كلمة. يلزم اثنتا عشرة.
}
page-trust-words-strange = الكلمة «{ $word }» ليست في قائمتنا. انظر إلى الورقة مرة أخرى.
page-trust-check = تحقّق
page-trust-done = الكلمات صحيحة
page-trust-checked = تم التحقّق: الخدمة «{ $service }»، و{ $threshold } من { $signers } توقيعات، ومفتاح الخادم.
page-trust-why = لا ورقة بعد؟ انتظر المشغّل. تفعل هذا مرة واحدة. بعدها يتبع هذا الجهاز القائمة الموقّعة وحدها.
page-trusted = بمن يثق هذا الجهاز
page-trusted-text = الخدمة «{ $service }»، القائمة { $version }. يقرأ المشغّل الكلمات نفسها.
page-stopped-title = لا يمكن الوثوق بهذا الخادم
page-stopped-text = توقّف كل شيء. لا يرسل هذا الجهاز شيئًا بعد الآن.
page-stopped-call = اتصل بالمشغّل على رقم تعرفه. اقرأ عليه السطر الأحمر.
page-stopped-at = وقت التوقّف: { $time }
page-stopped-called = اتصلتُ بالمشغّل
page-stopped-again = حاول مرة أخرى
page-stopped-words = كتابة كلمات جديدة من المشغّل
page-stopped-why-answer = أعطى الخادم جوابًا لا يمكن أن يكون صحيحًا.
page-stopped-why-challenge = طلب الخادم فكّ شيء آخر غير تسجيل الدخول.
page-stopped-why-key = وقّع الخادم بمفتاح ليس في القائمة.
page-stopped-why-list = قائمة الجمعيات ليست هي التي وُقّعت.
page-stopped-why-rollback = أظهر الخادم قائمة قديمة أو مغيّرة.
page-stopped-why-service = هذه القائمة لخدمة أخرى.
page-stopped-why-signers = عدد من وقّعوا القائمة لا يكفي.
page-memory-title = ذاكرة هذا الجهاز لا تُفتح
page-memory-text = ربما تلفت. أو غيّرها أحد.
page-memory-call = اتصل بالمشغّل قبل أن تكمل.
page-memory-anew = بدء ذاكرة جديدة
page-memory-then = الذاكرة الجديدة تسأل عن الكلمات مرة أخرى. ستظهر الطلبات غير مقروءة.

## القائمة والطلب

page-today-at = اليوم، { $time }
page-this-hour = قبل أقل من ساعة
page-held-by = { $name } يتولّى الطلب
page-claimed-by = { $name } يتولّى الطلب
page-note-by = ملاحظة من { $name }
page-reply-by = أجاب { $name }
page-held-by-unproved = { $name } يتولّى الطلب (غير مثبت)
page-signed-out = انتهت جلستك. لا يصل شيء جديد.
page-sign-in-again = تسجيل الدخول من جديد
page-list-past = القائمة الموقّعة قديمة جدًا. يمكنك القراءة، لا الختم. اتصل بالمشغّل.
page-passed-on-by = أحاله { $name }، { $time }: غير مثبت. الخادم نفسه كتب الطلب.
page-passed-on-proved = أحاله { $name }، { $time }. وقّعه أحد أجهزتهم.
page-token-forged-paper = توقيع خاطئ. لم يكتب هذا أي جهاز في جمعيتك. يبقى مخفيًا.
page-token-forged-passing = توقيع من أحال هذا خاطئ. يبقى مخفيًا. أخبر المشغّل.
page-unproved = غير مثبت

## الإعدادات

page-devices = أجهزة جمعيتك
page-devices-text = لكل جهاز ثماني كلمات. هذه الأجهزة وحدها تقرأ.
page-device-this = هذا الجهاز
page-device-coordinator = منسّق
page-device-unsigned = لا يوقّع شيئًا
page-device-removed = أُزيل: { $time }
page-device-sign-out = إنهاء جلساته
page-device-sign-out-all = إنهاء كل جلساتي
page-device-signed-out = انتهت جلسات الجهاز.
page-device-remove = إزالة
page-device-remove-title = إزالة هذا الجهاز؟
page-device-remove-1 = تنتهي جلساته فورًا. لا يصله شيء جديد.
page-device-remove-2 = ما قرأه من قبل قد يبقى عليه.
page-device-remove-3 = أخبر المشغّل. يجب أن تأتي قائمة جديدة خلال سبعة أيام.
page-device-remove-yes = إزالة الجهاز
page-device-removed-done = أُزيل الجهاز.
page-session = الجلسة
page-sign-out = تسجيل الخروج
page-sign-out-text = ينهي الخادم هذه الجلسة. يُقفل هذا التبويب. أغلق التبويبات الأخرى.

## الردّ

page-elsewhere = كُتب من هاتف آخر. اسأل عن شيء لا يعرفه سواه.
page-safe-times-wish = يطلب الكتابة إليه
page-reach-changed = غيّر الشخص طريقة الكتابة إليه. الكتابة الآن: { $safe }.
page-kept-title = لم يعد يمكن إرسال هذا
page-kept-text = ما كتبته، للنسخ

## ما لا يسير

page-fault-session-expired = انتهت جلستك. سجّل الدخول من جديد.
page-fault-untrusted = لا يمكن الوثوق بهذا الخادم. توقّف كل شيء.
page-fault-wrong-words = هذه الكلمات لا توافق هذا الخادم. قارن كل كلمة بالورقة. كلها متطابقة؟ توقّف واتصل بالمشغّل.
page-fault-list-past = القائمة الموقّعة قديمة جدًا. لم يُختم شيء. اتصل بالمشغّل.
page-fault-not-accepted = تولَّ الطلب أولًا. ثم يمكنك الجواب.
page-fault-no-way-back = لا سبيل إلى الكتابة لهذا الشخص. لم يُرسل شيء.
page-fault-reach-changed = غيّر الشخص طريقة الكتابة إليه. انظر إلى الطلب من جديد.
page-fault-no-messages = لا يريد الشخص رسائل الآن. لم يُرسل شيء.
page-fault-wrong-origin = هذا ليس عنوان المكتب. افتح العنوان الذي أعطاك إياه المشغّل.
page-fault-act-not-signed = يريد الخادم توقيع هذا الجهاز. أقفل المكتب ثم افتحه.
page-fault-sign-out = لم يسمع الخادم ذلك. تنتهي الجلسة خلال اثنتي عشرة ساعة.
