# Français, source. A2 : une idée par phrase, 12 mots au plus, le même mot pour la même chose.
# Quelqu'un peut lire par-dessus l'épaule : aucun mot ici ne nomme un crime.

danger = 🚨 Danger
leave = ✖ Quitter
back = ◀ Retour
skip = ⏭ Passer
send-now = ⚡ Envoyer
home = 🏠 Début
done = C'est fait.
cleared = C'est fait. D'anciens messages peuvent rester. Supprimez aussi la discussion.
minor-line = Moins de 18 ans ? Appelez le { $number }. C'est gratuit, jour et nuit.
notice-typed = Nous avons effacé votre message ici. Utilisez les boutons.
notice-typed-left = Effacez votre message, s'il vous plaît. Puis utilisez les boutons.
notice-old-button = Ce bouton était ancien. Voici le début.
notice-not-sent = Ce n'est pas envoyé. Appuyez encore, ou appelez un numéro.
notice-not-erased = Ce n'est pas encore effacé. Appuyez encore.
notice-place-not-found = Nous ne trouvons pas ce lieu. Essayez un autre nom, ou un code postal.
notice-code-shape = Un code a 12 chiffres. Tapez encore le code.
notice-code-not-found = Pas trouvé. Le code est peut-être faux ou trop ancien.
notice-code-too-many = Trop d'essais. Attendez une heure, s'il vous plaît.
notice-code-not-now = Nous ne pouvons pas regarder maintenant. Tapez encore le code bientôt.
notice-added = ✅ Ajouté. L'association peut le lire.
notice-sealed = ✅ Scellé pour l'association. Nous l'avons effacé ici.
notice-sealed-cut = ✂ Votre texte était long. Seul le début est scellé. Écrivez encore la suite.
notice-not-added = Ce n'est pas ajouté. Essayez encore, ou appelez un numéro.
notice-no-message = Il n'y a pas de message maintenant.
notice-message-waits = Le message vous attend, 3 jours au plus.
notice-answered = ✅ Votre réponse est scellée pour l'association.
notice-stopped = 🛑 Plus de messages. Vous pouvez revenir regarder.
notice-safe-time = ✅ Modifié. L'association le saura.

language-choose = 🌐 Choisissez votre langue.
language-more = ➕

home-text =
    Bonjour. Nous vous aidons à trouver de l'aide.
    C'est gratuit.
    Nous ne demandons ni votre nom ni vos papiers.
    Nous ne sommes pas la police.
home-need-help = 🙋 J'ai besoin d'aide
home-not-private = 👀 Aide, téléphone pas privé
home-worry = 👥 Je m'inquiète pour quelqu'un
home-numbers = 📞 Seulement les numéros
home-code = 🔢 J'ai un code
home-privacy = 🔒 Vie privée
code-text = 🔢 Tapez les 12 chiffres.
code-prompt = 🔢 Votre code :

not-private-text =
    Si possible, utilisez un autre téléphone.
    Effacez cette discussion après.
    Les messages peuvent s'afficher sur un écran verrouillé.
not-private-go-on = ▶ Continuer, court
not-private-clear = 🧹 Effacer et quitter
not-private-numbers = 📞 Numéros

numbers-text = 📞 Vous pouvez appeler ces numéros.
numbers-none = Nous n'avons pas de numéro ici. En Europe, le 112 aide en cas de danger.
numbers-all-free = Tous sont gratuits, jour et nuit.
numbers-abroad = 🌍 Pour le pays choisi :
numbers-tell-association = ✉ Prévenir une association
number-danger = 🚨 Danger : { $number }
number-cannot-speak = 🤫 Impossible de parler : { $number }
number-minor = 🧒 Moins de 18 ans : { $number }
number-hurt = 🩺 Blessé ou malade : { $number }
number-homeless = 🛏 Pas de lit ce soir : { $number }
number-women = 👩 Violences faites aux femmes : { $number }
number-offence = ⚖ On vous a fait du tort : { $number }
number-exploitation = 🤝 Forcé ou pas libre : { $number }
number-other = ☎ Autre : { $number }
note-police = la police répond
note-sms = par SMS
note-chat = par tchat
note-always = jour et nuit
note-free = gratuit
note-on-bill = visible sur la facture
# Le texte vide fait isoler ce qui suit.
note-languages = { "" }{ $languages }

consent-text =
    Vos réponses vont à UNE association. Si elle ne répond pas, une équipe nationale prend le relais.
    Elles seules peuvent les lire.
    Nous effaçons après { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    } au plus. Vous pouvez effacer à tout moment.
    Telegram voit que vous utilisez ce bot.
    Moins de 18 ans, ou une vie en danger ? Elles peuvent devoir prévenir la protection de l'enfance ou les secours.
consent-other-text =
    Vos réponses vont à UNE association. Si elle ne répond pas, une équipe nationale prend le relais.
    Elles seules peuvent les lire.
    Nous effaçons après { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    } au plus. Vous pouvez effacer à tout moment.
    Telegram voit que vous utilisez ce bot.
    Ne donnez ni le nom ni l'adresse de la personne.
    Si la personne n'est pas d'accord, l'association conseille seulement vous.
    Un enfant, ou une vie en danger ? Elles peuvent devoir prévenir la protection de l'enfance ou les secours.
consent-agree = ✅ D'accord
consent-numbers = ❌ Non, les numéros
consent-more = ℹ En savoir plus
privacy-text =
    ℹ L'association ne saura pas qui vous êtes.
    Nous ne gardons ni nom, ni numéro, ni compte.
    Vos réponses sont scellées. Notre serveur ne peut pas les lire.
    Elles sont effacées après { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    } au plus.
    Telegram voit que vous utilisez ce bot. Il peut lire cette discussion.
    Qui tient votre téléphone peut aussi la lire.
    ✖ Quitter efface cette discussion.
privacy-seen =
    📱 Qui peut voir cette discussion
    Telegram voit que vous utilisez ce bot, et quand.
    Telegram peut lire tous les textes ici.
    Une discussion avec un bot n'est pas chiffrée de bout en bout.
    Qui tient votre téléphone peut la lire.
    Aucun appui pendant { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    } ? Alors nous cachons cet écran.
    Les réponses non envoyées sont perdues.
    Cela peut échouer. ✖ Quitter est plus sûr.
privacy-kept =
    🗄 Ce que nous gardons
    Nous ne gardons rien avant l'envoi.
    Ensuite, notre serveur garde une demande scellée.
    Seules l'association et une équipe nationale peuvent l'ouvrir.
    Elles peuvent la passer à une autre association.
    Le chemin vers vous y est scellé.
    Personne ne peut l'ouvrir seul.
    Nous effaçons la demande après { $days ->
        [one] { $days } jour
       *[other] { $days } jours
    } au plus.
    Les messages pour vous sont effacés après 3 jours au plus.
privacy-erase =
    🗑 Comment effacer
    ✖ Quitter efface tout de suite cette discussion.
    Cela n'annule pas une demande.
    🗑 Annuler ma demande l'efface sur notre serveur.
    Nous ne pouvons pas effacer ce que les aidants ont lu.
    Nous ne pouvons pas effacer les copies sur Telegram ou d'autres téléphones.
    Telegram nous laisse effacer deux jours en arrière seulement.
    Effacez vous-même les messages plus anciens.
privacy-told =
    👥 Qui peut l'apprendre
    Ce bot ne signale personne. Nous ne sommes pas la police.
    Les aidants décident eux-mêmes.
    Moins de 18 ans ? Ils peuvent devoir prévenir la protection de l'enfance.
    Une vie en danger ? Ils peuvent devoir prévenir les secours.
    Demandez-leur d'abord ce qu'ils doivent dire.
privacy-operator = 🏛 Qui gère ce bot et son serveur : { $operator }
privacy-operator-unsaid = 🏛 Demandez aux aidants qui gère ce bot.
privacy-more = ▶ Suite
genuine = 🛡 Est-ce vrai ?
genuine-text =
    🛡 Les vrais aidants ne demandent jamais d'argent.
    Ils ne demandent jamais de papiers ni de photos.
    Jamais de mot de passe, jamais de code.
    Ils ne demandent jamais de venir seul(e).
    La liste des associations est signée.
genuine-bot = Le seul vrai bot : { $bot }.
genuine-bot-unnamed = Seul ce bot est le vrai. N'en suivez pas d'autre.
linked-listed = ✅ { $name } est sur notre liste. Les vrais aidants ne demandent jamais d'argent, de papiers ni de photos.
linked-unlisted = ⚠ Nous ne connaissons pas cette association. Attention. Ne donnez ni argent, ni papiers, ni photos.
go-on = ▶ Continuer

who-text = Qui a besoin d'aide ?
who-woman = 👩 Femme, 18 ans ou plus
who-man = 👨 Homme, 18 ans ou plus
who-family = 👨‍👩‍👧 Moi et mes enfants
who-minor = 🧒 Moins de 18 ans
who-other = ⚪ Autre, ne pas dire

situation-text = Quel est le problème ? Une réponse suffit.
situation-sexual = Prostitution
situation-labour = Travail sans liberté
situation-domestic = Travail dans une maison
situation-begging = On m'oblige à mendier
situation-crime = On m'oblige à voler, vendre
situation-family = Mariage, famille
situation-other = Autre, je ne sais pas

need-text = Que voulez-vous d'abord ?
need-leave = 🚪 Partir en sécurité
need-shelter = 🏠 Un lieu pour dormir
need-talk = 💬 Parler à quelqu'un
need-medical = 🩺 Médecin
need-legal = ⚖ Papiers, droits, asile
need-unsure = ❓ Je ne sais pas
reporter-text = Qui êtes-vous ? Un enfant, ou une vie en danger ? Les aidants peuvent devoir prévenir.
reporter-professional = 💼 Professionnel ou bénévole
reporter-close = 🏘 Voisin, ami, proche
reporter-client = 🛒 Un client
subject-text = La personne est :
subject-child = 🧒 Un enfant
subject-agrees = ✅ Un adulte qui est d'accord
subject-unaware = 🤐 Ne sait pas, pas d'accord
subject-unsure = ❓ Je ne sais pas bien
observed-text = Que voyez-vous ? Vous pouvez cocher plusieurs réponses.
observed-papers = Papiers gardés
observed-overwork = Trop de travail
observed-pay = Peu ou pas payé
observed-violence = Menaces, violence
observed-housing = Logement très mauvais
observed-controlled = Contacts contrôlés
observed-isolated = Isolement
observed-spoken-for = On parle à sa place
observed-afraid = Peur : police, patron
observed-moved = Souvent déplacé
observed-debt = Doit de l'argent
observed-child = Enfant : travail, manche
ticked-done = ✔ C'est tout

place-text = Où êtes-vous, à peu près ? Pas d'adresse.
place-other-text = C'est où, à peu près ? Pas d'adresse.
place-type = ✏ Écrire ville ou code postal
place-type-text = ✏ Tapez une ville ou un code postal. Pas de rue.
place-prompt = 📍 Ville ou code postal :
place-found = 📍 Lequel est-ce ?
place-none = ✖ Aucun
place-near = ↔ Près d'ici
place-far = ↔ LOIN d'ici
place-chosen = ✔ { $choice }
place-whole = 📍 Toute la région
place-abroad = 🌍 Autre pays
place-unsaid = ⚪ Ne pas dire
department-text = 📍 Quelle partie de la région ?
country-text = Quel pays ?
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
area-overseas = 🏝 Outre-mer
country-be = Belgique
country-de = Allemagne
country-it = Italie
country-lu = Luxembourg
country-es = Espagne
country-ch = Suisse
country-other = Autre pays

review-text = Nous envoyons :
review-item = • { $item }
review-place = • 📍 { $place }
review-language = • 🌐 { $language }
review-campaign = • 🔗 { $campaign }
review-danger = • 🚨 Danger
review-advice = • ℹ L'association conseillera seulement vous.
review-sign = Votre signe : { $sign }. Les vrais aidants le connaissent.
review-ask = Comment vous répondre ?
send-any-time = ✉ Ici, toujours
send-morning = ✉ Matin
send-afternoon = ✉ Après-midi
send-evening = ✉ Soir
send-never = 🔕 Pas de message, je reviens
change = ✏ Modifier
change-text = Que voulez-vous modifier ?
change-who = 👤 Qui a besoin d'aide
change-situation = ❔ Le problème
change-need = 🙏 Ce que vous voulez d'abord
change-reporter = 👤 Qui je suis
change-subject = 👥 Qui est la personne
change-observed = 👁 Ce que je vois
change-place = 📍 Le lieu
change-language = 🌐 La langue

sent-text = ✅ Envoyé. Une association devrait vous lire { $time }.
sent-place = Son secteur : { $place }.
sent-nationwide = Elle travaille dans tout le pays.
sent-national-team = ✅ Envoyé. Une équipe nationale devrait vous lire { $time }. Aucune association plus proche ne peut prendre votre demande maintenant.
sent-languages = Elle parle : { $languages }.
sent-if-not = Si l'association ne répond pas, une équipe nationale est prévenue.
sent-sign = Votre signe : { $sign }
sent-not-emergency = Ce n'est pas un service d'urgence. En danger, appelez le { $number }.
# On a line of its own, a number does not break in the middle.
sent-phone =
    ☎ { $name } :
    { $number }
sent-others = Vous pouvez aussi appeler :
sent-earlier = Cette demande est fermée. Vous pouvez recommencer avec /start.
time-now = bientôt
time-today = aujourd'hui avant { $time }
time-tomorrow = demain avant { $time }
time-monday = lundi avant { $time }
time-tuesday = mardi avant { $time }
time-wednesday = mercredi avant { $time }
time-thursday = jeudi avant { $time }
time-friday = vendredi avant { $time }
time-saturday = samedi avant { $time }
time-sunday = dimanche avant { $time }
time-date = avant le { $date }
hub-news = 🔎 Des nouvelles ?
hub-open = 📩 Ouvrir le message
hub-write = ✍ Leur écrire
hub-say-more = ➕ Dire plus
hub-code = 🔢 Mon code
hub-safe-time = ✏ Mon heure sûre a changé
hub-clear = 🧹 Effacer ici
hub-cancel = 🗑 Annuler ma demande
code-shown = 🔢 Votre code : { $code }
code-keep = Notez-le, ou retenez-le. Il ouvre votre demande sur tout téléphone. Qui l'a peut voir votre demande.
card-confront = ⚠ N'affrontez personne.
card-promise = ⚠ Ne promettez rien.
card-investigate = ⚠ N'enquêtez pas.
card-child = ⚠ N'interrogez pas un enfant.
card-address = ⚠ Ne donnez pas votre adresse.
card-danger = 🚨 En danger, appelez le { $number }.
card-minor = 🧒 Pour un enfant, appelez le { $number }.
nobody-text =
    Aucune association ne peut vous lire maintenant. Nous n'avons rien envoyé et rien gardé.
    Ces numéros peuvent aider :

signs-progress = Question { $number } sur { $of }. Vous pouvez arrêter à tout moment.
sign-vulnerability = On profite de vos problèmes pour vous contrôler ?
sign-deception = C'est différent de ce qu'on vous a promis ?
sign-movement = On peut vous empêcher de sortir ?
sign-isolation = C'est difficile de parler à vos proches ?
sign-threats = Vous avez peur de dire non ou de partir ?
sign-documents = On garde vos papiers ?
sign-wages = On garde votre argent ?
sign-debt = Vous devez de l'argent sans fin ?
sign-conditions = Le travail ou le logement est très mauvais ?
sign-overtime = Vous travaillez trop, sans repos ?
sign-violence = On vous fait du mal ?
sign-yes = 👍 Oui
sign-no = 👎 Non
needs-text = Que voulez-vous aussi ? Vous pouvez cocher plusieurs réponses.
children-text = Avez-vous des enfants qui ont besoin d'aide aussi ?
children-yes = 👍 Oui
children-no = 👎 Non
languages-text = Quelles langues pouvez-vous parler ? Quatre au plus.
finish = ✔ Terminer
next-questions = ↪ Autres questions

write-text = ✍ Écrivez avec vos mots. N'écrivez ni noms ni adresses. Nous le scellons et l'effaçons ici.
write-prompt = ✍ Vos mots :
safe-time-text = Comment vous répondre maintenant ?
push-text = Vous avez 1 message.
push-open = 📩 Ouvrir
alone-text = Êtes-vous seul(e) maintenant ?
alone-yes = 👍 Oui
alone-not = 🕒 Pas maintenant
# Le texte vide fait isoler ce qui suit.
received-text = { "" }{ $text }
received-vanishes = Ceci disparaît après 10 minutes ou un appui.
sentences-text = Choisissez une phrase.
sentences-other = 🔤 Autres phrases
stop-messages = 🛑 Arrêter les messages

news-waiting = Nous avons votre demande. Nous prévenons l'association.
news-told = L'association est prévenue. Elle n'a pas encore répondu.
news-national-team = L'association n'a pas répondu à temps. L'équipe nationale est aussi prévenue.
news-read = Les aidants ont lu votre demande. Attendez leur réponse, s'il vous plaît.
news-accepted = Une association a pris votre demande. Elle devrait répondre.
news-passed-on = Votre demande est passée à une autre équipe. Elle peut la lire maintenant.
news-declined = Cette association ne pouvait pas aider. L'équipe nationale est prévenue.
news-closed = L'association a fermé votre demande. Vous pouvez recommencer.
news-late = La réponse est en retard. Pardon. Vous pouvez aussi appeler un numéro.
news-unknown = Nous ne pouvons pas regarder maintenant. Réessayez bientôt.
erase-text =
    Effacer cette discussion, ou annuler la demande partout où nous pouvons.
    Nous ne pouvons pas effacer ce que les aidants ont déjà lu.
    Nous ne pouvons pas effacer les copies sur Telegram ou d'autres téléphones.
erase-here = 🧹 Effacer ici
erase-everything = 🗑 Tout annuler
erased-text = C'est fait. Votre demande est effacée.

command-start = Début
command-menu = Menu
command-clear = Effacer
command-language = Langue
command-privacy = Confidentialité
bot-description = Informations et réponses, dans votre langue. Appuyez sur Démarrer.
bot-short-description = Informations et réponses

