# English, for volunteers. Notices in a group chat are neutral: anyone may see the screen.

desk-notice-new = ✉ New request { $sign } · answer before { $time }. Open the file on your device.
desk-notice-late = ⏰ Request { $sign } was not answered in time. Open the file on your device.
desk-notice-more = ✉ More about request { $sign }. Open the file on your device.
desk-notice-desk = Open the desk: { $url }
desk-notice-declined = ⏩ The association said no to request { $sign }. You can take it or pass it on.
desk-notice-proof = 🔑 { $days ->
    [0] You get no new requests now. Please sign in at your desk: it shows that you can read them.
    [one] Please sign in at your desk. Without it you get no new requests from tomorrow.
   *[other] Please sign in at your desk. Without it you get no new requests in { $days } days.
 }
desk-notice-withdrawn = 🗑 Request { $sign } was withdrawn by the person. Please delete the file.
# Many requests at once: one message, edited in place.
desk-digest = { $requests ->
    [0] 📥 { $time } · No request waits.
    [one] 📥 { $time } · One request waits.
   *[other] 📥 { $time } · { $requests } requests wait.
 }
desk-digest-late = { $late ->
    [one] ⏰ One request is late.
   *[other] ⏰ { $late } requests are late.
 }
desk-digest-soon = { $soon ->
    [one] ‼ One request: answer within the hour.
   *[other] ‼ { $soon } requests: answer within the hour.
 }
desk-digest-first = Answer the first before { $time }.
desk-digest-more = { $more ->
    [one] ✉ One person has added something.
   *[other] ✉ { $more } additions have come.
 }
desk-digest-open = Open the desk. The requests are there. This message is kept up to date.
desk-withdrawn = The person withdrew this request. Please delete what you saved.
desk-danger = 🚨 THE PERSON SAYS: DANGER
desk-minor = 🧒 UNDER 18: child protection rules apply (119)
desk-title = Request { $sign }
desk-who = Who
desk-situation = Problem
desk-need = Wants first
desk-place = Place
desk-language = Language
desk-contact = Answer
desk-received = Received
desk-routing = Why here
desk-consent = Agreed
desk-for-whom = For
desk-self = the writer
desk-unsaid = not said
desk-contact-any = in the chat, any time
desk-contact-morning = in the chat, 08:00 to 12:00
desk-contact-afternoon = in the chat, 12:00 to 18:00
desk-contact-evening = in the chat, 18:00 to 22:00
desk-contact-never = no messages; the person comes back to look
desk-near = near here
desk-far = FAR from here
desk-signed-by = Signed by the server { $key }.
desk-signed-unknown = Signed by { $key }. Compare this with your server's key.
desk-signs-not-proof = Told by the person, not checked.
reason-serves-situation = helps with this problem
reason-generalist = helps with every problem
reason-national-team = national team
reason-speaks = speaks { $language }
reason-speaks-not = no one speaks { $language }
reason-offers-need = offers what is wanted first
reason-same-department = same département
reason-neighbour = neighbouring département
reason-same-area = same region
reason-nationwide = works in the whole country
reason-far-away = away from where the person is
reason-distance = { $km } km
reason-answers-from = opens { $time }
reason-open-until = open until { $time }
reason-open-always = open day and night
reason-covers-from-afar = covers this place from another region
reason-full = full: as many requests wait there as it takes
reason-overflow = { $count ->
    [one] passed over: one that is full
   *[other] passed over: { $count } that are full
 }
desk-next = Could be next
desk-time-today = today { $time }
desk-time-tomorrow = tomorrow { $time }
desk-time-day = { $day } { $time }
reason-urgent = urgent: soonest to answer first
reason-repeated = request number { $number } from the same chat within an hour
desk-reporter = Writer
desk-subject = Person is
desk-observed = Seen
desk-children = Children
desk-spoken = Can speak
desk-signs-started = How it started
desk-signs-happens = What happens
desk-signs-leaving = Why leaving is hard
desk-signs-no = Answered no
desk-signs-skipped = Did not answer
desk-answer = Answers
desk-words = Own words
desk-stop = 🛑 The person wants no more messages. Write no more.
desk-elsewhere = Written on another phone. Ask something only they know.
desk-other = someone they worry about
