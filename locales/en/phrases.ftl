# The phrasebook, English. What a volunteer says in the first exchanges, and what a person answers with one tap.
# A2: at most 12 words a sentence. Every slot value must give a whole sentence; the slots stand at the end.

phrase-read = We read your request. We are with you.
phrase-believe = We believe you. It is not your fault.
phrase-who-we-are = We are an association. We are not the police.
phrase-free = Our help is free. You never owe us money.
phrase-safe-now = Are you safe now?
phrase-danger-call = If you are in danger, call 112. It is free.
phrase-danger-text = In France, if you cannot speak, send a text message to 114.
phrase-can-talk = Can you talk on the phone?
phrase-when-talk = When can you talk without other people?
phrase-talk-at = Can we talk on the phone { slot-day } at { $time }?
phrase-call-us = You can call us at { $phone }.
phrase-call-us-at = You can call us { slot-day } at { $time }. Our number: { $phone }.
phrase-which-day = Which day can you come?
phrase-which-hour = Which time of the day is good for you?
phrase-meet = We can meet { slot-day } at { $time }, { slot-place-at }.
phrase-meet-still-good = Can you still come { slot-day } at { $time }?
phrase-meet-changed = The meeting has changed. It is now { slot-day } at { $time }.
phrase-meet-cancelled = We cannot come to the meeting. Please do not go there.
phrase-meet-sign = Our helper tells you your sign, the three pictures. Others do not know it.
phrase-bring-nothing = You do not need to bring anything.
phrase-bring-papers = If it is safe, take your papers and your medicine.
phrase-papers-not-needed = You do not need papers to get help.
phrase-papers-kept = Does someone keep your papers? We can still help you.
phrase-interpreter = An interpreter will be there and speaks your language.
phrase-which-language = Which language do you want to speak?
phrase-come-with = You can come alone or with someone you trust.
phrase-children-come = Your children can come with you.
phrase-children-how-many = How many children are with you?
phrase-do-not-tell = Please do not tell others about this meeting.
phrase-delete = After you read, you can clear this chat.
phrase-no-risk = Do not take a risk to come. We can find another day.
phrase-wait = Please wait for our next message.
phrase-write-on = We plan to write to you again { slot-day }.
phrase-more-time = We need more time. We have not forgotten you.
phrase-no-place = We are sorry. We found no place to sleep for now.
phrase-call-115 = In France, 115 looks for a bed for the night. It is free.
phrase-place-found = We found a place to sleep for you.
phrase-go-to = Please go { slot-place-to }, { slot-day } at { $time }.
phrase-wait-there = When it is safe, go { slot-place-to } and write to us.
phrase-pass-on = Another team can do more for you. We pass your request to them.
phrase-cannot-help = We are sorry. We cannot help with this.
phrase-hurt = Are you hurt or sick?
phrase-doctor = A doctor can see you. It is free.
phrase-doctor-at = A doctor can see you { slot-day } at { $time }, { slot-place-at }.
phrase-lawyer = A lawyer can answer your questions. It is free.
phrase-rights = You have rights in this country, also without papers.
phrase-police-choice = You do not have to talk to the police to get help.
phrase-never-ask = We never ask for money, papers or photos.
phrase-no-address = Do not write your name or your address here.
phrase-which-town = Which town are you near? No address.
phrase-can-go-out = Can you go out alone?
phrase-food-bed = Do you have food and a place to sleep?
phrase-ticket = We can pay the ticket for your journey.
phrase-minor = Are you under 18? In France you can call 119. It is free.
phrase-still-want = Do you still want help?
phrase-thank-you = Thank you for your answer.
phrase-yes = Yes.
phrase-no = No.
phrase-close = We close this request now. You can start again with /start.

answer-yes = 👍 Yes
answer-no = 👎 No
answer-later = 🕒 Later
answer-thank-you = 🙏 Thank you
answer-cannot-talk = 🤫 I cannot talk now
answer-do-not-call = 📵 Do not call me
answer-can-call = 📞 I can call you
answer-when = ❓ When?
answer-where = ❓ Where?
answer-safe = 🟢 I am safe now
answer-danger = 🚨 I am in danger
answer-not-alone = 👥 I am not alone
answer-coming = ✔ I will come
answer-not-coming = ✖ I cannot come
answer-late = ⏱ I will be late
answer-other-day = 📅 Another day, please
answer-interpreter = 🗣 I need an interpreter
answer-not-understood = ❔ I do not understand
answer-still-want = 🙋 I still want help
answer-no-more-help = 🚪 I need no more help

slot-day =
    { $day ->
       *[monday] on Monday
        [tuesday] on Tuesday
        [wednesday] on Wednesday
        [thursday] on Thursday
        [friday] on Friday
        [saturday] on Saturday
        [sunday] on Sunday
    }
slot-place-at =
    { $place ->
       *[office] at our office
        [station] at the train station
        [bus_stop] at the bus stop
        [cafe] in a café
        [hospital] at the hospital
        [pharmacy] at the pharmacy
        [library] at the library
        [town_hall] at the town hall
        [post_office] at the post office
        [supermarket] at the supermarket
        [school] at the school
        [park] in the park
        [safe_place] in a place without police
        [phone] by phone
        [online] on a video call
    }
slot-place-to =
    { $place ->
       *[office] to our office
        [station] to the train station
        [bus_stop] to the bus stop
        [cafe] to the café
        [hospital] to the hospital
        [pharmacy] to the pharmacy
        [library] to the library
        [town_hall] to the town hall
        [post_office] to the post office
        [supermarket] to the supermarket
        [school] to the school
        [park] to the park
        [safe_place] to a place without police
        [phone] to a phone
        [online] online
    }
