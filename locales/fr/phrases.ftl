# Le recueil de phrases, français. A2 : 12 mots au plus par phrase. Chaque valeur doit donner une phrase entière.
# Les variables `slot-…` sont à la fin du fichier.

phrase-read = Nous avons lu votre demande. Nous sommes avec vous.
phrase-believe = Nous vous croyons. Ce n'est pas votre faute.
phrase-who-we-are = Nous sommes une association. Nous ne sommes pas la police.
phrase-free = Notre aide est gratuite. Vous ne nous devez jamais d'argent.
phrase-safe-now = Êtes-vous en sécurité maintenant ?
phrase-danger-call = En cas de danger, appelez le 112. C'est gratuit.
phrase-danger-text = En France, le 114 répond aux SMS, sans parler.
phrase-can-talk = Pouvez-vous parler au téléphone ?
phrase-when-talk = Quand pouvez-vous parler sans d'autres personnes ?
phrase-talk-at = Pouvons-nous parler au téléphone { slot-day } à { $time } ?
phrase-call-us = Vous pouvez nous appeler au { $phone }.
phrase-call-us-at = Vous pouvez nous appeler { slot-day } à { $time }. Notre numéro : { $phone }.
phrase-which-day = Quel jour pouvez-vous venir ?
phrase-which-hour = Quel moment de la journée est bon pour vous ?
phrase-meet = Nous proposons un rendez-vous { slot-day } à { $time }, { slot-place-at }.
phrase-meet-still-good = Pouvez-vous toujours venir { slot-day } à { $time } ?
phrase-meet-changed = Le rendez-vous change. C'est maintenant { slot-day } à { $time }.
phrase-meet-cancelled = Nous ne pouvons pas venir au rendez-vous. N'y allez pas, s'il vous plaît.
phrase-meet-sign = Notre collègue vous dit votre signe, les trois images. Les autres ne le connaissent pas.
phrase-bring-nothing = Vous n'avez rien à apporter.
phrase-bring-papers = Si c'est sans risque, prenez vos papiers et vos médicaments.
phrase-papers-not-needed = Pas besoin de papiers pour avoir de l'aide.
phrase-papers-kept = Quelqu'un garde vos papiers ? Nous pouvons quand même vous aider.
phrase-interpreter = Un interprète sera là et parle votre langue.
phrase-which-language = Quelle langue voulez-vous parler ?
phrase-come-with = Vous pouvez venir sans personne, ou avec une personne de confiance.
phrase-children-come = Vos enfants peuvent venir avec vous.
phrase-children-how-many = Combien d'enfants sont avec vous ?
phrase-do-not-tell = Ne parlez pas de ce rendez-vous aux autres, s'il vous plaît.
phrase-delete = Après la lecture, vous pouvez effacer ici.
phrase-no-risk = Ne prenez pas de risque pour venir. Nous pouvons trouver un autre jour.
phrase-wait = Attendez notre prochain message, s'il vous plaît.
phrase-write-on = Nous pensons vous écrire à nouveau { slot-day }.
phrase-more-time = Il nous faut plus de temps. Nous ne vous oublions pas.
phrase-no-place = Pardon. Nous n'avons pas trouvé de lieu pour dormir pour l'instant.
phrase-call-115 = En France, le 115 cherche un lit pour la nuit. C'est gratuit.
phrase-place-found = Nous vous avons trouvé un lieu pour dormir.
phrase-go-to = Allez { slot-place-to }, { slot-day } à { $time }, s'il vous plaît.
phrase-wait-there = Quand c'est sans risque, allez { slot-place-to } et écrivez-nous.
phrase-pass-on = Une autre équipe peut faire plus pour vous. Nous lui passons votre demande.
phrase-cannot-help = Pardon. Nous ne pouvons pas aider pour cela.
phrase-hurt = Avez-vous une blessure ou une maladie ?
phrase-doctor = Un médecin peut vous voir. C'est gratuit.
phrase-doctor-at = Un médecin peut vous voir { slot-day } à { $time }, { slot-place-at }.
phrase-lawyer = Un avocat peut répondre à vos questions. C'est gratuit.
phrase-rights = Vous avez des droits dans ce pays, même sans papiers.
phrase-police-choice = Pour avoir de l'aide, pas besoin de parler à la police.
phrase-never-ask = Nous ne demandons jamais d'argent, de papiers ni de photos.
phrase-no-address = N'écrivez ni votre nom ni votre adresse ici.
phrase-which-town = Près de quelle ville êtes-vous ? Pas d'adresse.
phrase-can-go-out = Pouvez-vous sortir sans personne avec vous ?
phrase-food-bed = Avez-vous à manger et un lieu pour dormir ?
phrase-ticket = Nous pouvons payer le billet pour venir.
phrase-minor = Moins de 18 ans ? En France, appelez le 119. C'est gratuit.
phrase-still-want = Voulez-vous toujours de l'aide ?
phrase-thank-you = Merci pour votre réponse.
phrase-yes = Oui.
phrase-no = Non.
phrase-close = Nous fermons cette demande. Vous pouvez recommencer avec /start.

answer-yes = 👍 Oui
answer-no = 👎 Non
answer-later = 🕒 Plus tard
answer-thank-you = 🙏 Merci
answer-cannot-talk = 🤫 Je ne peux pas parler
answer-do-not-call = 📵 Ne m'appelez pas
answer-can-call = 📞 Je peux vous appeler
answer-when = ❓ Quand ?
answer-where = ❓ Où ?
answer-safe = 🟢 Je suis en sécurité
answer-danger = 🚨 Je suis en danger
answer-not-alone = 👥 Quelqu'un est avec moi
answer-coming = ✔ Je viens
answer-not-coming = ✖ Je ne peux pas venir
answer-late = ⏱ Je serai en retard
answer-other-day = 📅 Un autre jour, svp
answer-interpreter = 🗣 Il me faut un interprète
answer-not-understood = ❔ Je ne comprends pas
answer-still-want = 🙋 Je veux toujours de l'aide
answer-no-more-help = 🚪 Je n'ai plus besoin d'aide

slot-day =
    { $day ->
       *[monday] lundi
        [tuesday] mardi
        [wednesday] mercredi
        [thursday] jeudi
        [friday] vendredi
        [saturday] samedi
        [sunday] dimanche
    }
slot-place-at =
    { $place ->
       *[office] à notre bureau
        [station] à la gare
        [bus_stop] à l'arrêt de bus
        [cafe] dans un café
        [hospital] à l'hôpital
        [pharmacy] à la pharmacie
        [library] à la bibliothèque
        [town_hall] à la mairie
        [post_office] à la poste
        [supermarket] au supermarché
        [school] à l'école
        [park] au parc
        [safe_place] dans un lieu sans police
        [phone] par téléphone
        [online] en appel vidéo
    }
slot-place-to =
    { $place ->
       *[office] à notre bureau
        [station] à la gare
        [bus_stop] à l'arrêt de bus
        [cafe] au café
        [hospital] à l'hôpital
        [pharmacy] à la pharmacie
        [library] à la bibliothèque
        [town_hall] à la mairie
        [post_office] à la poste
        [supermarket] au supermarché
        [school] à l'école
        [park] au parc
        [safe_place] dans un lieu sans police
        [phone] à un téléphone
        [online] en ligne
    }
