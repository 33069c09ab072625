# English, source. A2: one idea a sentence, at most 12 words, the same word for the same thing.
# Someone may read over the shoulder: no word here names a crime.

danger = 🚨 Danger
leave = ✖ Leave
back = ◀ Back
skip = ⏭ Skip
send-now = ⚡ Send now
home = 🏠 Start
done = Done.
cleared = Done. Old messages can stay. Delete this chat too.
minor-line = Under 18? Call { $number }. It is free, day and night.
notice-typed = We deleted your message here. Please use the buttons.
notice-typed-left = Please delete your message. Then use the buttons.
notice-old-button = That button was old. Here is the start.
notice-not-sent = It was not sent. Please tap again, or call a number.
notice-not-erased = It is not erased yet. Please tap again.
notice-place-not-found = We did not find this place. Try another name, or a postcode.
notice-code-shape = A code has 12 digits. Please type the code again.
notice-code-not-found = Not found. The code may be wrong or too old.
notice-code-too-many = Too many tries. Please wait one hour.
notice-code-not-now = We cannot look now. Please type the code again soon.
notice-added = ✅ Added. The association can read it.
notice-sealed = ✅ Sealed for the association. We deleted it here.
notice-sealed-cut = ✂ Your text was long. Only the first part is sealed. Please write the rest again.
notice-not-added = It was not added. Please try again, or call a number.
notice-no-message = There is no message now.
notice-message-waits = The message waits for you, 3 days at most.
notice-answered = ✅ Your answer is sealed for the association.
notice-stopped = 🛑 No more messages. You can come back to look.
notice-safe-time = ✅ Changed. The association will know.

language-choose = 🌐 Choose your language.
language-more = ➕

home-text =
    Hello. We help you find people who help.
    It is free.
    We do not ask your name or your papers.
    We are not the police.
home-need-help = 🙋 I need help
home-not-private = 👀 Help, my phone is not private
home-worry = 👥 I worry about someone
home-numbers = 📞 Only phone numbers
home-code = 🔢 I have a code
home-privacy = 🔒 Privacy
code-text = 🔢 Type the 12 digits.
code-prompt = 🔢 Your code:

not-private-text =
    Use another phone if you can.
    Clear this chat afterwards.
    Messages can show on a locked screen.
not-private-go-on = ▶ Go on, short
not-private-clear = 🧹 Clear and leave
not-private-numbers = 📞 Numbers

numbers-text = 📞 You can call these numbers.
numbers-none = We have no number for now. In Europe, 112 helps in danger.
numbers-all-free = All are free, day and night.
numbers-abroad = 🌍 For the country you chose:
numbers-tell-association = ✉ Also tell an association
number-danger = 🚨 Danger: { $number }
number-cannot-speak = 🤫 You cannot speak: { $number }
number-minor = 🧒 Under 18: { $number }
number-hurt = 🩺 Hurt or sick: { $number }
number-homeless = 🛏 No bed tonight: { $number }
number-women = 👩 Violence against women: { $number }
number-offence = ⚖ Someone did you wrong: { $number }
number-exploitation = 🤝 Forced or not free: { $number }
number-other = ☎ Other: { $number }
note-police = police answer
note-sms = by text message
note-chat = by chat
note-always = day and night
note-free = free
note-on-bill = shows on the phone bill
# The empty text makes Fluent isolate what follows.
note-languages = { "" }{ $languages }

consent-text =
    Your answers go to ONE association. If it does not answer, a national team takes over.
    Only they can read them.
    We delete them after { $days ->
        [one] { $days } day
       *[other] { $days } days
    } at most. You can erase at any time.
    Telegram sees that you use this bot.
    Are you under 18, or is a life in danger? They may have to tell child protection or emergency services.
consent-other-text =
    Your answers go to ONE association. If it does not answer, a national team takes over.
    Only they can read them.
    We delete them after { $days ->
        [one] { $days } day
       *[other] { $days } days
    } at most. You can erase at any time.
    Telegram sees that you use this bot.
    Give no name and no address of the person.
    If the person does not agree, the association advises only you.
    Is it a child, or is a life in danger? They may have to tell child protection or emergency services.
consent-agree = ✅ I agree
consent-numbers = ❌ No, only numbers
consent-more = ℹ More
privacy-text =
    ℹ The association will not know who you are.
    We do not store your name, number or account.
    Your answers are sealed. Our server cannot read them.
    They are deleted after { $days ->
        [one] { $days } day
       *[other] { $days } days
    } at most.
    Telegram sees that you use this bot. It can read this chat.
    Who holds your phone can read this chat too.
    ✖ Leave clears this chat.
privacy-seen =
    📱 Who can see this chat
    Telegram sees that you use this bot, and when.
    Telegram can read all texts here.
    Chats with bots are not end-to-end encrypted.
    Who holds your phone can read this chat.
    No tap for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }? Then we hide this screen.
    Answers that are not sent are lost then.
    Hiding can fail. ✖ Leave is safer.
privacy-kept =
    🗄 What we keep
    We keep nothing before you send.
    Then our server keeps a sealed request.
    Only the association and a national team can open it.
    They can pass it to another association.
    The way back to you is sealed inside it.
    Nobody can open that alone.
    We delete the request after { $days ->
        [one] { $days } day
       *[other] { $days } days
    } at most.
    We delete messages for you after 3 days at most.
privacy-erase =
    🗑 How to erase
    ✖ Leave clears this chat at once.
    It does not cancel a request.
    🗑 Cancel my request deletes it on our server.
    We cannot erase what helpers already read.
    We cannot erase copies on Telegram or other phones.
    Telegram lets us delete two days back only.
    Delete older messages yourself, please.
privacy-told =
    👥 Who may hear of you
    This bot reports nobody. We are not the police.
    Helpers decide for themselves.
    Are you under 18? They may have to tell child protection.
    Is a life in danger? They may have to tell emergency services.
    You can ask them first what they must tell.
privacy-operator = 🏛 Who runs this bot and its server: { $operator }
privacy-operator-unsaid = 🏛 Ask the helpers who runs this bot.
privacy-more = ▶ More
genuine = 🛡 Is this real?
genuine-text =
    🛡 Real helpers never ask for money.
    They never ask for papers or photos.
    They never ask for a password or a code.
    They never ask you to come alone.
    The list of associations is signed.
genuine-bot = Only this bot is real: { $bot }.
genuine-bot-unnamed = Only this bot is real. Do not follow other bots.
linked-listed = ✅ { $name } is on our list. Real helpers never ask for money, papers or photos.
linked-unlisted = ⚠ We do not know this association. Be careful. Give no money, papers or photos.
go-on = ▶ Go on

who-text = Who needs help?
who-woman = 👩 Woman, 18 or more
who-man = 👨 Man, 18 or more
who-family = 👨‍👩‍👧 Me and my children
who-minor = 🧒 Under 18
who-other = ⚪ Other, not say

situation-text = What is the problem? One answer is enough.
situation-sexual = Sex for money
situation-labour = Work, not free
situation-domestic = Work in a house
situation-begging = Made to beg
situation-crime = Made to steal or sell
situation-family = Marriage, family
situation-other = Other, I don't know

need-text = What do you want first?
need-leave = 🚪 Leave safely
need-shelter = 🏠 A place to sleep
need-talk = 💬 Talk to someone
need-medical = 🩺 Doctor
need-legal = ⚖ Papers, rights, asylum
need-unsure = ❓ I don't know
reporter-text = Who are you? Is it a child, or a life in danger? Helpers may have to tell others.
reporter-professional = 💼 A professional or volunteer
reporter-close = 🏘 A neighbour, friend, relative
reporter-client = 🛒 A client or customer
subject-text = The person is:
subject-child = 🧒 A child
subject-agrees = ✅ An adult who agrees
subject-unaware = 🤐 Does not know or agree
subject-unsure = ❓ I am not sure
observed-text = What do you see? You can tick several.
observed-papers = Papers kept
observed-overwork = Too much work
observed-pay = Little or no pay
observed-violence = Threats, violence
observed-housing = Very bad housing
observed-controlled = Contacts controlled
observed-isolated = Isolated
observed-spoken-for = Others speak for them
observed-afraid = Afraid of police, boss
observed-moved = Moved often
observed-debt = Owes money
observed-child = Child at work, begging
ticked-done = ✔ Done

place-text = Where are you, about? No address.
place-other-text = Where is it, about? No address.
place-type = ✏ Type a town or postcode
place-type-text = ✏ Type a town or a postcode. No street.
place-prompt = 📍 Town or postcode:
place-found = 📍 Which one is it?
place-none = ✖ None of these
place-near = ↔ Near me
place-far = ↔ FAR from here
place-chosen = ✔ { $choice }
place-whole = 📍 The whole area
place-abroad = 🌍 Another country
place-unsaid = ⚪ Not say
department-text = 📍 Which part of the area?
country-text = Which country?
area-paris = Paris
area-north = Lille, Amiens
area-east = Strasbourg, Metz
area-burgundy = Dijon, Besançon
area-alps = Lyon, Grenoble
area-riviera = Marseille, Nice
area-languedoc = Montpellier
area-garonne = Toulouse
area-aquitaine = Bordeaux, Pau
area-west = Nantes, Rennes
area-normandy = Rouen, Caen
area-loire = Orléans, Tours
area-overseas = 🏝 Overseas
country-be = Belgium
country-de = Germany
country-it = Italy
country-lu = Luxembourg
country-es = Spain
country-ch = Switzerland
country-other = Other country

review-text = We send:
review-item = • { $item }
review-place = • 📍 { $place }
review-language = • 🌐 { $language }
review-campaign = • 🔗 { $campaign }
review-danger = • 🚨 Danger
review-advice = • ℹ The association will advise only you.
review-sign = Your sign: { $sign }. Real helpers know it.
review-ask = How can they answer?
send-any-time = ✉ Here, any time
send-morning = ✉ Morning
send-afternoon = ✉ Afternoon
send-evening = ✉ Evening
send-never = 🔕 No messages, I come back
change = ✏ Change
change-text = What do you want to change?
change-who = 👤 Who needs help
change-situation = ❔ The problem
change-need = 🙏 What you want first
change-reporter = 👤 Who I am
change-subject = 👥 Who the person is
change-observed = 👁 What I see
change-place = 📍 The place
change-language = 🌐 The language

sent-text = ✅ Sent. An association should read it { $time }.
sent-place = Its area: { $place }.
sent-nationwide = It works in the whole country.
sent-national-team = ✅ Sent. A national team should read it { $time }. No association nearer can take it now.
sent-languages = It speaks: { $languages }.
sent-if-not = If the association does not answer, a national team is told.
sent-sign = Your sign: { $sign }
sent-not-emergency = It is not an emergency service. In danger, call { $number }.
# On a line of its own, a number does not break in the middle.
sent-phone =
    ☎ { $name }:
    { $number }
sent-others = You can also call:
sent-earlier = This request is closed. You can start again with /start.
time-now = soon
time-today = today before { $time }
time-tomorrow = tomorrow before { $time }
time-monday = on Monday before { $time }
time-tuesday = on Tuesday before { $time }
time-wednesday = on Wednesday before { $time }
time-thursday = on Thursday before { $time }
time-friday = on Friday before { $time }
time-saturday = on Saturday before { $time }
time-sunday = on Sunday before { $time }
time-date = by { $date }
hub-news = 🔎 Any news?
hub-open = 📩 Open the message
hub-write = ✍ Write to them
hub-say-more = ➕ Say more
hub-code = 🔢 My code
hub-safe-time = ✏ My safe time changed
hub-clear = 🧹 Clear this chat
hub-cancel = 🗑 Cancel my request
code-shown = 🔢 Your code: { $code }
code-keep = Write it down, or remember it. It opens your request on any phone. Whoever has it can see your request.
card-confront = ⚠ Do not confront anyone.
card-promise = ⚠ Do not promise anything.
card-investigate = ⚠ Do not investigate.
card-child = ⚠ Do not question a child.
card-address = ⚠ Do not give your address.
card-danger = 🚨 In danger, call { $number }.
card-minor = 🧒 For a child, call { $number }.
nobody-text =
    No association can read this now. We sent nothing and kept nothing.
    These numbers can help:

signs-progress = Question { $number } of { $of }. You can stop at any time.
sign-vulnerability = Do they use your problems to control you?
sign-deception = Is it different from what they promised?
sign-movement = Can someone stop you from going out?
sign-isolation = Is it hard to talk to family or friends?
sign-threats = Are you afraid to say no or to leave?
sign-documents = Does someone keep your papers?
sign-wages = Does someone keep your money?
sign-debt = Do you owe money that never ends?
sign-conditions = Is the work or the sleeping place very bad?
sign-overtime = Do you work too long, with no rest?
sign-violence = Does someone hurt you?
sign-yes = 👍 Yes
sign-no = 👎 No
needs-text = What else do you want? You can tick several.
children-text = Do you have children who need help too?
children-yes = 👍 Yes
children-no = 👎 No
languages-text = Which languages can you speak with helpers? Four at most.
finish = ✔ Finish
next-questions = ↪ Other questions

write-text = ✍ Write in your own words. Do not write names or addresses. We seal it and delete it here.
write-prompt = ✍ Your words:
safe-time-text = How can they answer now?
push-text = You have 1 message.
push-open = 📩 Open
alone-text = Are you alone now?
alone-yes = 👍 Yes
alone-not = 🕒 Not now
# The empty text makes Fluent isolate what follows.
received-text = { "" }{ $text }
received-vanishes = This goes away after 10 minutes or a tap.
sentences-text = Choose a sentence.
sentences-other = 🔤 Other sentences
stop-messages = 🛑 Stop messages

news-waiting = We have your request. We are telling the association now.
news-told = The association was told. It has not answered yet.
news-national-team = The association did not answer in time. The national team was told too.
news-read = Helpers have read your request. Please wait for their answer.
news-accepted = An association has taken your request. It should answer.
news-passed-on = Your request went to another team. It can read it now.
news-declined = They could not help. The national team was told.
news-closed = The association has closed your request. You can start again.
news-late = The answer is late. We are sorry. You can also call a number.
news-unknown = We cannot look now. Please tap again soon.
erase-text =
    Clear this chat, or cancel the request everywhere we can.
    We cannot erase what helpers already read.
    We cannot erase copies on Telegram or other phones.
erase-here = 🧹 Clear this chat
erase-everything = 🗑 Cancel everything
erased-text = Done. Your request is erased.

command-start = Start
command-menu = Menu
command-clear = Clear
command-language = Language
command-privacy = Privacy
bot-description = Information and answers, in your language. Tap Start.
bot-short-description = Information and answers

