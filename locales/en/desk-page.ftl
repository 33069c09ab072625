# English, the volunteers' page. Short sentences: this is read in a hurry, on a phone.
# Nothing here promises that something was read, received or erased where we do not know it.

## Everywhere

page-skip = Skip to content
page-ok = OK
page-back = Back
page-back-list = Requests
page-next = Continue
page-cancel = Cancel
page-save = Save
page-saved = Saved.
page-copy = Copy
page-copied = Copied
page-choose = Choose…
page-choose-one = Choose one answer.
page-write-something = Write something.
page-unsaid = not said
page-yes = yes
page-no = no
page-final = This cannot be undone.
page-lock = Lock
page-settings = Settings

## Time

page-minutes = { $n } min
page-hours = { $n } h
page-hours-minutes = { $h } h { $m }
page-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
page-this-hour = less than an hour ago
page-ago = { $span } ago
page-left = { $span } left to answer
page-late = late by { $span }
page-today-at = today, { $time }
page-day-at = { $day }, { $time }

## First time

page-welcome-title = Answer without knowing who writes
page-welcome-text = Here your association reads requests for help and answers in the person's language.
page-welcome-1 = Only your device can decrypt. The server reads nothing.
page-welcome-2 = You will not know who writes. The person will not know who you are.
page-welcome-3 = It takes five minutes. Then the operator registers your key.
page-welcome-new = Start on this device
page-welcome-import = I have a key or a recovery file
page-association-title = Your association
page-association = Association id
page-association-hint = The operator gave it to you. For example: relais-lyon
page-association-wrong = An id has plain letters, digits and hyphens.
page-pseudonym = Your pseudonym
page-pseudonym-hint = Your colleagues see it. The person does not. Not your real name.
page-pseudonym-missing = Choose a pseudonym.
page-passphrase-title = Your passphrase
page-passphrase-text = It protects the key on this device. Nobody can find it again for you.
page-passphrase-proposal = A good one: six words drawn by chance. Write them on paper.
page-passphrase-take = Take these words
page-passphrase-other = Other words
page-passphrase = Passphrase
page-passphrase-hint = 12 characters at least. Several words are better.
page-passphrase-again = Once more
page-passphrase-show = Show the passphrase
page-passphrase-short = Too short. It needs { $n } characters at least.
page-passphrase-differs = The two are not the same.
page-passphrase-wrong = This passphrase does not open the key. Check the words and the spaces.
page-keys-make = Make the key
page-keys-made = Your key is ready
page-keys-imported = Your key is on this device
page-keys-then = Wait until the operator has registered your key. Then enter.
page-not-kept = This browser keeps nothing. Keep the recovery file: you need it each time.
page-enter = Enter
page-recovery-title = Recovery file
page-recovery-text = Without it, a lost device is a lost key. Your passphrase protects it.
page-recovery-save = Save the file
page-recovery-copy = Copy instead
page-recovery-saved = File handed over. Check that it was saved.
page-key-words-title = Eight words to read to the operator
page-key-words-text = Call the operator and read these words. They see the same: it is really your key.
page-key-public = Public part of the key
page-key-public-text = Send this text to the operator. It is not secret.
page-import-title = A key that exists
page-import-text = Your recovery file, or an age key of your association.
page-import-file = Choose a file
page-import-paste = Or paste the text
page-import-hint = It holds “BEGIN AGE ENCRYPTED FILE” or “AGE-SECRET-KEY-1”.
page-import-passphrase = Passphrase of this file
page-import-none = No age key stands in this text.

## Lock

page-locked-title = Locked
page-locked-text = Nothing decrypted stays on this device.
page-unlock = Open
page-unlock-passkey = Open with fingerprint or face
page-unlock-trouble = Forgot the passphrase?
page-unlock-trouble-text = We cannot find it again. Remove this key, then make a new one and call the operator.
page-forget = Remove the key from this device
page-forget-sure = Without the recovery file this key will be lost for ever.
page-forget-yes = Remove for ever
page-idle = Nobody touches the screen. It locks in one minute.
page-idle-stays = The desk stays open.

## Trust

page-trust-title = Which service is this?
page-trust-text = The operator gave you a paper with twelve words. Type them here.
page-trust-words = The twelve words
page-trust-words-hint = Capitals, accents and hyphens do not matter.
page-trust-words-missing = Type the twelve words.
page-trust-words-count = { $n ->
    [one] This is { $n } word. It takes twelve.
   *[other] These are { $n } words. It takes twelve.
}
page-trust-words-strange = “{ $word }” is not in our list. Look at the paper again.
page-trust-check = Check
page-trust-done = The words fit
page-trust-checked = Checked: service “{ $service }”, { $threshold } of { $signers } signatures, the server's key.
page-trust-why = No paper yet? Wait for the operator. You do this once. Then this device follows the signed list alone.
page-trusted = What this device trusts
page-trusted-text = Service “{ $service }”, list { $version }. The operator reads the same words.
page-stopped-title = This server cannot be trusted
page-stopped-text = Everything has stopped. This device sends nothing more.
page-stopped-call = Call the operator at a number you know. Read the red line to them.
page-stopped-at = Stopped: { $time }
page-stopped-called = I called the operator
page-stopped-again = Try again
page-stopped-words = Type new words from the operator
page-stopped-why-answer = The server gave an answer that cannot be right.
page-stopped-why-challenge = The server asked this device to decrypt something else than a sign-in.
page-stopped-why-key = The server signed with a key that is not in the list.
page-stopped-why-list = The list of associations is not the one that was signed.
page-stopped-why-rollback = The server showed an older or a changed list.
page-stopped-why-service = The list belongs to another service.
page-stopped-why-signers = Too few of the right people signed the list.
page-memory-title = This device's memory does not open
page-memory-text = It may be damaged. Or somebody changed it.
page-memory-call = Call the operator before you go on.
page-memory-anew = Begin a new memory
page-memory-then = A new memory asks for the twelve words again. Requests will look unread.

## List

page-inbox-title = Requests
page-piles = Piles of requests
page-pile-new = New
page-pile-mine = Mine
page-pile-waiting = Waiting
page-pile-done = Done
page-pile-new-hint = Nobody has taken these yet.
page-pile-mine-hint = You took these. It is your turn to write.
page-pile-waiting-hint = Waiting for the person, or a colleague has it.
page-pile-done-hint = Closed, passed on, declined or withdrawn.
page-pile-new-empty = No new request. This page keeps looking by itself.
page-pile-mine-empty = No request waits for an answer of yours.
page-pile-waiting-empty = Nothing is waiting.
page-pile-done-empty = Nothing here.
page-unread = { $n ->
    [one] { $n } unread
   *[other] { $n } unread
}
page-new-mark = new
page-show-more = { $n ->
    [one] Show { $n } more
   *[other] Show { $n } more
}
page-shown-of = { $shown } of { $all } shown, the most pressing first.
page-news = { $n ->
    [one] There is something new.
   *[other] There are { $n } new things.
}
page-choose-request = Choose a request from the list.
page-request-region = Open request
page-connection-live = Live
page-connection-poll = Looks every 15 s
page-connection-offline = Offline
page-skew = This device's clock is wrong by { $n } min. Times here follow the server's clock.
page-paused = On pause: no new request is sent to you.
page-signed-out = You are signed out. Nothing new comes in.
page-sign-in-again = Sign in again
page-list-past = The signed list is too old. You can read, but seal nothing. Call the operator.
page-your-turn = your turn to write
page-waits-person = waiting for the person
page-held-by = { $name } has it
page-held-by-unproved = { $name } has it (not proved)
page-held = a colleague has it
page-state-done = closed
page-state-declined = declined
page-state-passed-on = passed on
page-state-revoked = withdrawn by the person
page-state-expired = too old, erased

## A request

page-request-title = Request
page-as-national-team = national team
page-danger = The person says: DANGER
page-minor = Under 18. Child protection rules apply: 119
page-no-consent = The person concerned has not agreed. Advise the writer, open no file.
page-withdrawn = Withdrawn by the person. Please delete what you saved, and write no more.
page-stopped = Write no more: the person wants no more messages.
page-elsewhere = Written on another phone. Ask something only they know.
page-passed-on-by = Passed on by { $name }, { $time }: not proved. The server itself wrote the request.
page-passed-on-proved = Passed on by { $name }, { $time }. One of their devices signed it.
page-who = Who
page-problem = Problem
page-need = Wants first
page-place = Place
page-language = Language
page-reads-speaks = reads: { $reads } · speaks: { $speaks }
page-safe-times = Write
page-safe-times-now = Write now
page-safe-times-wish = Asks for messages
page-children = Children
page-writer = Who writes
page-writer-other = someone else
page-writer-professional = a professional or volunteer
page-writer-close = neighbour, friend, relative
page-writer-client = a client or customer
page-writer-child = for a child
page-writer-agrees = for an adult who agrees
page-writer-unaware = for an adult who does not know or agree
page-writer-unsure = not sure about agreement
page-campaign = Came from
page-own-words = Their words
page-signs = What the person said
page-signs-started = How it started
page-signs-happens = What happens
page-signs-leaving = Why leaving is hard
page-signs-no = Answered no
page-signs-skipped = Not answered
page-signs-none = nothing said
page-signs-not-proof = Self-declared, not checked. Signs are not proof.
page-not-proof = Self-declared, not checked.
page-why-here = Why here
page-more = Dates, signature, export
page-received = Received
page-consent = Agreed
page-erased-on = Erased from the server
page-signed = The server's signature is good. It was checked on this device.
page-export-text = Whoever holds the device can read a file in clear.
page-export-sealed = Export sealed
page-export-clear = Export in clear
page-country-other = another country

page-who-woman = woman, 18 or more
page-who-man = man, 18 or more
page-who-family = adult with children
page-who-minor = under 18
page-who-other = other, or not said
page-situation-sexual = sex for money, sexual exploitation
page-situation-labour = work, not free
page-situation-domestic = work in a house
page-situation-begging = made to beg
page-situation-crime = made to steal or sell
page-situation-family = marriage, family
page-situation-other = other, or does not know
page-need-leave = to leave safely
page-need-shelter = a place to sleep
page-need-talk = to talk to someone
page-need-medical = a doctor
page-need-legal = papers, rights, asylum
page-need-unsure = does not know
page-distance-near = near here
page-distance-far = wants to go FAR from here
page-contact-any = in the chat, any time
page-contact-morning = only 08:00 to 12:00
page-contact-afternoon = only 12:00 to 18:00
page-contact-evening = only 18:00 to 22:00
page-contact-none = no messages; the person comes back to look
page-area-paris = around Paris
page-area-north = North: Lille, Amiens
page-area-east = East: Strasbourg, Metz
page-area-burgundy = Dijon, Besançon
page-area-alps = Lyon, Grenoble
page-area-riviera = Marseille, Nice, Corsica
page-area-languedoc = Montpellier
page-area-garonne = Toulouse
page-area-aquitaine = Bordeaux, Limoges
page-area-west = Nantes, Rennes
page-area-normandy = Rouen, Caen
page-area-loire = Orléans, Tours
page-area-overseas = overseas
page-sign-vulnerability = their problems are used against them
page-sign-deception = not what was promised
page-sign-movement = can be stopped from going out
page-sign-isolation = hard to talk to family or friends
page-sign-threats = afraid to say no or to leave
page-sign-documents = someone keeps their papers
page-sign-wages = someone keeps their money
page-sign-debt = a debt that never ends
page-sign-conditions = very bad work or sleeping place
page-sign-overtime = works too long, no rest
page-sign-violence = someone hurts them
page-sign-papers = their papers are kept
page-sign-overwork = too much work, no rest
page-sign-pay = little or no pay
page-sign-housing = very bad living place
page-sign-controlled = contacts or family controlled
page-sign-isolated = isolated
page-sign-spoken-for = someone speaks for them
page-sign-afraid = afraid of police or boss
page-sign-moved = moved often
page-sign-child = a child works, begs or steals

page-token-bad-signature = Wrong signature. This does not come from the server. Its content stays hidden. Tell the operator.
page-token-other-server = Signed by another key than your server's. Its content stays hidden. Tell the operator.
page-token-mixed-up = This content is out of place: it belongs to another request. It stays hidden. Tell the operator.
page-token-not-for-you = Sealed to another key than yours. A colleague may be able to open it.
page-token-not-age = Damaged file: it does not open.
page-token-not-token = This file is not a request of Relais.
page-token-too-new = This request is of a newer version. Reload the page.
page-token-erased = The server has erased this content.
page-token-forged-paper = Wrong signature. No device of your association wrote this. It stays hidden.
page-token-forged-passing = Wrong signature of whoever passed this on. It stays hidden. Tell the operator.

## Thread

page-thread = Exchanges
page-thread-empty = Nothing yet.
page-kind-handoff = Request
page-kind-addition = The person says more
page-kind-message = The person writes
page-kind-withdrawal = The person withdraws the request
page-kind-claim = Taken
page-kind-note = Note
page-kind-reply = Answer
page-claimed-by = { $name } has it
page-note-by = Note by { $name }
page-reply-by = { $name } answered
page-unproved = not proved
page-phrase-unknown = A phrase that this page does not know yet.
page-delivery-queued = on its way
page-delivery-delivered = arrived
page-delivery-opened = opened by the person
page-delivery-failed = the person cannot be reached here
page-delivery-stopped = the person stopped messages

## Acting

page-do-accept = I take it
page-do-answer = Answer
page-do-note = Note
page-do-pass-on = Pass on
page-do-decline = Decline
page-do-close = Close
page-accept-hint = The person will see that it is taken.
page-accept-hint-silent = The person will see it on coming back, without a message.
page-no-messages = The person gets no messages. They come back to look.
page-accepted = It is yours. You can answer.
page-decline-title = Decline this request
page-decline-text = The national team is told at once. The person does not see your reason in detail.
page-decline-why = Why?
page-reason-full = We have no room left
page-reason-not-our-field = This is not our field
page-reason-language = We do not speak this language
page-reason-conflict = We know people involved
page-reason-other = Another reason
page-decline-act = Decline
page-declined = Declined. The national team is told.
page-close-title = Close this request
page-close-text = After that nobody can answer it.
page-close-how = How does it end?
page-outcome-helped = The person is helped
page-outcome-referred = Referred to others, outside of here
page-outcome-no-contact = No more answers
page-outcome-not-concerned = Something else than our field
page-outcome-other = Other
page-close-act = Close
page-closed = Closed.
page-note-title = Note to colleagues
page-note-label = Your note
page-note-hint = Sealed to your association. The person does not see it. No name, no address.
page-note-act = Add the note
page-noted = Note added.
page-pass-on-title = Pass on to another association
page-pass-on-text = Your device seals the request for them. Those that fit come first.
page-search-association = Search for an association
page-nobody-found = No association has that name.
page-cannot-receive = cannot receive anything now
page-fits-next = fits next best
page-has-enough = many requests wait there
page-said-no = said no to this request
page-pass-on-confirm = Pass on to { $name }?
page-pass-on-happens = { $name } and the national team will be able to read the request. Your exchanges and notes stay with you.
page-pass-on-note = A word for them (optional)
page-pass-on-note-hint = No name, no address.
page-pass-on-keys = Check their keys
page-pass-on-keys-text = In doubt, call this association and compare these words.
page-pass-on-act = Pass the request on
page-passed-on-done = Passed on to { $name }.

## Answering

page-answer-title = Answer ({ $language })
page-answer-when = The person reads: { $language }. Write: { $safe }.
page-reach-changed = The person changed how to be reached. Write now: { $safe }.
page-kept-title = This cannot be sent any more
page-kept-text = What you had written, to copy
page-search-phrase = Search for a phrase
page-no-phrase = No phrase holds that.
page-group-first = To begin with
page-group-safety = Safety
page-group-meeting = Talking, meeting
page-group-rights = Rights, health
page-group-practical = Practical
page-group-closing = Closing
page-other-phrase = Other phrase
page-preview-title = Your answer
page-preview-caption = The person will see:
page-phrase-not-in = This phrase does not exist yet: { $language }. Choose another.
page-slot-day = Day
page-slot-hour = Hour
page-slot-minute = Minutes
page-slot-place = Place, never an address
page-slot-phone = Your association's number
page-slot-phone-hint = Never your own number.
page-phone-wrong = This is not a phone number. For example: 04 99 00 12 34
page-today = today, { $day }
page-spot-office = at our office
page-spot-station = station
page-spot-bus-stop = bus stop
page-spot-cafe = café
page-spot-hospital = hospital
page-spot-pharmacy = pharmacy
page-spot-library = library
page-spot-town-hall = town hall
page-spot-post-office = post office
page-spot-supermarket = supermarket
page-spot-school = school
page-spot-park = park
page-spot-safe-place = place without police
page-spot-phone = by phone
page-spot-online = online
page-send-in = Send ({ $language })
page-sent = On its way to the person.
page-sent-later = Kept until { $time }: that is the person's safe time.
page-own-text = Write it myself
page-own-text-title = Your own words
page-own-text-warning = This will be in French, not translated. The person reads: { $language }. A ready phrase is better.
page-own-text-label = Message, in French
page-own-text-hint = Short sentences. No name, no address.
page-send-untranslated = Send in French, not translated

## Settings

page-sound = Sound
page-sound-text = A short sound when there is something new. Off at every opening.
page-sound-on = Sound is on: switch off
page-sound-off = Sound is off: switch on
page-pause = Pause
page-pause-text = New requests go to other associations. Those you have stay.
page-pause-4h = 4 hours
page-pause-1d = 1 day
page-pause-3d = 3 days
page-pause-7d = 7 days
page-pause-set = The association is on pause.
page-pause-over = The pause is over.
page-pause-end = End the pause
page-paused-until = On pause until: { $time }.
page-look = Language and light
page-theme = Light
page-theme-auto = as the device
page-theme-light = light
page-theme-dark = dark
page-self = You
page-keys = Keys
page-passkey = Fingerprint or face
page-passkey-text = To open faster on this device. The passphrase always works.
page-passkey-make = Add
page-passkey-made = Added. Try it at the next lock.
page-passkey-drop = Remove
page-passkey-none = This browser cannot open with fingerprint or face.
page-devices = Devices of your association
page-devices-text = Each device goes by eight words. Only these devices can read.
page-device-this = this device
page-device-coordinator = coordinator
page-device-unsigned = signs nothing
page-device-removed = removed: { $time }
page-device-sign-out = Sign it out
page-device-sign-out-all = Sign out everywhere
page-device-signed-out = The device is signed out.
page-device-remove = Remove
page-device-remove-title = Remove this device?
page-device-remove-1 = It is signed out at once. It gets nothing new.
page-device-remove-2 = What it has read already may stay on it.
page-device-remove-3 = Tell the operator. A new list must follow within seven days.
page-device-remove-yes = Remove the device
page-device-removed-done = The device is removed.
page-session = Session
page-sign-out = Sign out
page-sign-out-text = The server ends this session. This tab locks. Close the others.
page-device = This device
page-device-text = Before you return or sell the device.

## What goes wrong

page-fault-unknown = That did not work ({ $code }). Try again.
page-fault-offline = No connection to the server. Nothing is lost, try again soon.
page-fault-server = The server has a problem. Try again in a minute.
page-fault-refused = The server refused. Reload the page.
page-fault-malformed = The server did not understand. Reload the page.
page-fault-key-does-not-fit = This key and this association do not go together. Is the id right? Is your key registered? Was it taken out? Call the operator.
page-fault-wrong-answer = This key and this association do not go together. Is the id right? Is your key registered? Was it taken out? Call the operator.
page-fault-challenge-expired = That took too long. Try again.
page-fault-challenge-used = This attempt was used already. Try again.
page-fault-session-expired = You are signed out. Sign in again.
page-fault-untrusted = This server cannot be trusted. Everything has stopped.
page-fault-wrong-words = These words do not fit this server. Compare each word with the paper. All the same? Stop, and call the operator.
page-fault-list-past = The signed list is too old. Nothing was sealed. Call the operator.
page-fault-not-accepted = First take the request. Then you can answer.
page-fault-no-way-back = There is no way to write to this person. Nothing was sent.
page-fault-wrong-origin = This is not the desk's address. Open the one that the operator gave you.
page-fault-act-not-signed = The server wants this device's signature. Lock, then open again.
page-fault-sign-out = The server did not hear it. The session ends within twelve hours.
page-fault-too-many = Too many attempts. Wait { $minutes } min.
page-fault-not-found = This request is no longer here.
page-fault-gone = Too late: the request is closed or withdrawn.
page-fault-withdrawn = The person withdrew the request. Nothing was sent.
page-fault-stopped = The person stopped messages. Nothing was sent.
page-fault-reach-changed = The person changed how to be reached. Look at the request again.
page-fault-no-messages = The person wants no messages now. Nothing was sent.
page-fault-not-this-request = The server can no longer reach this person for this request.
page-fault-already-accepted = { $name } has it already.
page-fault-already-accepted-by = A colleague has it already.
page-fault-refused-before = This association refused this request before.
page-fault-not-routable = This association cannot receive anything now. Choose another.
page-fault-not-open = The request has changed meanwhile. Look where it stands.
page-fault-wrong-args = The server does not know this phrase or these values. Choose another.
page-fault-wrong-text = The server refuses this text. It is empty or too long.
page-fault-too-long = That is too long.
page-fault-passkey = Fingerprint or face did not work. Use the passphrase.
page-fault-cannot-copy = This browser cannot copy. Save the file.

## Offline

page-offline-title = Read a request without a server
page-offline-text = This page talks to nobody. It opens .age files with your key, on this device.
page-offline-key = 1. Your key
page-offline-server = Published key of your server (optional)
page-offline-server-hint = Without it, compare the eight words under the request.
page-offline-files = 2. The files
page-offline-drop = Drop the files here, or choose them.
page-offline-open = Open
page-offline-ready = The key is open.
page-offline-signed-by = Signed by this key. The operator reads the same words:
page-offline-get = Reading without a server
page-offline-get-text = Save this page. It opens the .age files from your group, also without a network.
page-offline-get-save = Save the offline page
page-offline-clear = Remove the files
