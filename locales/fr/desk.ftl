# Français, pour les bénévoles. Les avis dans un groupe sont neutres : tout le monde peut voir l'écran.

desk-notice-new = ✉ Nouvelle demande { $sign } · répondre avant { $time }. Ouvrez le fichier sur votre appareil.
desk-notice-late = ⏰ La demande { $sign } n'a pas eu de réponse à temps. Ouvrez le fichier sur votre appareil.
desk-notice-more = ✉ Suite de la demande { $sign }. Ouvrez le fichier sur votre appareil.
desk-notice-desk = Ouvrir le bureau : { $url }
desk-notice-declined = ⏩ L'association a refusé la demande { $sign }. Vous pouvez la prendre ou la passer.
desk-notice-proof = 🔑 { $days ->
    [0] Vous ne recevez plus de nouvelles demandes. Connectez-vous au bureau : cela montre que vous pouvez lire.
    [one] Connectez-vous au bureau. Sinon, plus de nouvelles demandes à partir de demain.
   *[other] Connectez-vous au bureau. Sinon, plus de nouvelles demandes dans { $days } jours.
 }
desk-notice-withdrawn = 🗑 La demande { $sign } est retirée par la personne. Effacez le fichier, s'il vous plaît.
# Beaucoup de demandes en même temps : un seul message, mis à jour sur place.
desk-digest = { $requests ->
    [0] 📥 { $time } · Aucune demande n'attend.
    [one] 📥 { $time } · Une demande attend.
   *[other] 📥 { $time } · { $requests } demandes attendent.
 }
desk-digest-late = { $late ->
    [one] ⏰ Une demande est en retard.
   *[other] ⏰ { $late } demandes sont en retard.
 }
desk-digest-soon = { $soon ->
    [one] ‼ Une demande : répondez dans l'heure.
   *[other] ‼ { $soon } demandes : répondez dans l'heure.
 }
desk-digest-first = Répondez à la première avant { $time }.
desk-digest-more = { $more ->
    [one] ✉ Une personne a ajouté quelque chose.
   *[other] ✉ { $more } ajouts sont arrivés.
 }
desk-digest-open = Ouvrez le bureau. Les demandes y sont. Ce message se met à jour.
desk-withdrawn = La personne a retiré cette demande. Effacez ce que vous avez gardé, s'il vous plaît.
desk-danger = 🚨 LA PERSONNE DIT : DANGER
desk-minor = 🧒 MOINS DE 18 ANS : règles de protection de l'enfance (119)
desk-title = Demande { $sign }
desk-who = Qui
desk-situation = Problème
desk-need = Veut d'abord
desk-place = Lieu
desk-language = Langue
desk-contact = Répondre
desk-received = Reçue
desk-routing = Pourquoi ici
desk-consent = Accord
desk-for-whom = Pour
desk-self = la personne qui écrit
desk-unsaid = non dit
desk-contact-any = dans la discussion, à toute heure
desk-contact-morning = dans la discussion, de 8 h à 12 h
desk-contact-afternoon = dans la discussion, de 12 h à 18 h
desk-contact-evening = dans la discussion, de 18 h à 22 h
desk-contact-never = pas de message ; la personne revient voir
desk-near = près d'ici
desk-far = LOIN d'ici
desk-signed-by = Signée par le serveur { $key }.
desk-signed-unknown = Signée par { $key }. Comparez avec la clé de votre serveur.
desk-signs-not-proof = Dit par la personne, non vérifié.
reason-serves-situation = aide pour ce problème
reason-generalist = aide pour tout problème
reason-national-team = équipe nationale
reason-speaks = parle { $language }
reason-speaks-not = personne n'y parle { $language }
reason-offers-need = offre ce qui est voulu d'abord
reason-same-department = même département
reason-neighbour = département voisin
reason-same-area = même région
reason-nationwide = travaille dans tout le pays
reason-far-away = loin de là où est la personne
reason-distance = { $km } km
reason-answers-from = ouvre { $time }
reason-open-until = ouverte jusqu'à { $time }
reason-open-always = ouverte jour et nuit
reason-covers-from-afar = couvre ce lieu depuis une autre région
reason-full = complète : autant de demandes y attendent qu'elle en prend
reason-overflow = { $count ->
    [one] sautée : une association complète
   *[other] sautées : { $count } associations complètes
 }
desk-next = Ensuite, peut-être
desk-time-today = aujourd'hui { $time }
desk-time-tomorrow = demain { $time }
desk-time-day = { $day } { $time }
reason-urgent = urgent : la plus rapide à répondre d'abord
reason-repeated = demande n° { $number } de la même discussion en une heure
desk-reporter = Qui écrit
desk-subject = La personne
desk-observed = Vu
desk-children = Enfants
desk-spoken = Peut parler
desk-signs-started = Comment cela a commencé
desk-signs-happens = Ce qui se passe
desk-signs-leaving = Pourquoi partir est difficile
desk-signs-no = A répondu non
desk-signs-skipped = N'a pas répondu
desk-answer = Répond
desk-words = Ses mots
desk-stop = 🛑 La personne ne veut plus de messages. N'écrivez plus.
desk-elsewhere = Écrit sur un autre téléphone. Demandez ce que cette personne seule sait.
desk-other = quelqu'un pour qui elle s'inquiète
