# Français, la page des bénévoles. Phrases courtes : on lit ceci dans l'urgence, sur un téléphone.
# Rien ici ne promet que quelque chose est lu, reçu ou effacé quand nous ne le savons pas.

## Partout

page-skip = Aller au contenu
page-ok = OK
page-back = Retour
page-back-list = Demandes
page-next = Continuer
page-cancel = Annuler
page-save = Enregistrer
page-saved = C'est enregistré.
page-copy = Copier
page-copied = Copié
page-choose = Choisir…
page-choose-one = Choisissez une réponse.
page-write-something = Écrivez quelque chose.
page-unsaid = non dit
page-yes = oui
page-no = non
page-final = Vous ne pourrez pas revenir en arrière.
page-lock = Verrouiller
page-settings = Réglages

## Temps

page-minutes = { $n } min
page-hours = { $n } h
page-hours-minutes = { $h } h { $m }
page-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
page-this-hour = il y a moins d'une heure
page-ago = il y a { $span }
page-left = { $span } pour répondre
page-late = en retard de { $span }
page-today-at = aujourd'hui, { $time }
page-day-at = { $day }, { $time }

## Première fois

page-welcome-title = Répondre sans savoir qui écrit
page-welcome-text = Ici, votre association lit les demandes d'aide et répond dans la langue de la personne.
page-welcome-1 = Seul votre appareil peut déchiffrer. Le serveur ne lit rien.
page-welcome-2 = Vous ne saurez pas qui écrit. La personne ne saura pas qui vous êtes.
page-welcome-3 = Il faut cinq minutes. Ensuite, l'opérateur inscrit votre clé.
page-welcome-new = Commencer sur cet appareil
page-welcome-import = J'ai déjà une clé ou un fichier de secours
page-association-title = Votre association
page-association = Identifiant de l'association
page-association-hint = L'opérateur vous l'a donné. Par exemple : relais-lyon
page-association-wrong = Un identifiant a des lettres sans accent, des chiffres et des tirets.
page-pseudonym = Votre pseudonyme
page-pseudonym-hint = Vos collègues le voient. La personne ne le voit pas. Pas votre vrai nom.
page-pseudonym-missing = Choisissez un pseudonyme.
page-passphrase-title = Votre phrase secrète
page-passphrase-text = Elle protège la clé sur cet appareil. Personne ne peut la retrouver pour vous.
page-passphrase-proposal = Une bonne phrase : six mots tirés au hasard. Notez-la sur papier.
page-passphrase-take = Prendre ces mots
page-passphrase-other = D'autres mots
page-passphrase = Phrase secrète
page-passphrase-hint = Au moins 12 caractères. Plusieurs mots valent mieux.
page-passphrase-again = Encore une fois
page-passphrase-show = Montrer la phrase
page-passphrase-short = C'est trop court. Il faut au moins { $n } caractères.
page-passphrase-differs = Les deux phrases ne sont pas les mêmes.
page-passphrase-wrong = Cette phrase secrète n'ouvre pas la clé. Vérifiez les mots et les espaces.
page-keys-make = Créer la clé
page-keys-made = Votre clé est prête
page-keys-imported = Votre clé est sur cet appareil
page-keys-then = Attendez que l'opérateur ait inscrit votre clé. Ensuite, entrez.
page-not-kept = Ce navigateur ne garde rien. Gardez le fichier de secours : il le faudra à chaque fois.
page-enter = Entrer
page-recovery-title = Fichier de secours
page-recovery-text = Sans lui, un appareil perdu est une clé perdue. Il est protégé par votre phrase secrète.
page-recovery-save = Enregistrer le fichier
page-recovery-copy = Copier plutôt
page-recovery-saved = Fichier donné. Vérifiez qu'il est bien enregistré.
page-key-words-title = Huit mots à lire à l'opérateur
page-key-words-text = Appelez l'opérateur et lisez ces mots. Il voit les mêmes : c'est bien votre clé.
page-key-public = Partie publique de la clé
page-key-public-text = Envoyez ce texte à l'opérateur. Il n'est pas secret.
page-import-title = Une clé qui existe
page-import-text = Votre fichier de secours, ou une clé age de votre association.
page-import-file = Choisir un fichier
page-import-paste = Ou coller le texte
page-import-hint = Il contient « BEGIN AGE ENCRYPTED FILE » ou « AGE-SECRET-KEY-1 ».
page-import-passphrase = Phrase secrète de ce fichier
page-import-none = Ce texte ne contient pas de clé age.

## Verrou

page-locked-title = Verrouillé
page-locked-text = Rien de déchiffré ne reste sur cet appareil.
page-unlock = Ouvrir
page-unlock-passkey = Ouvrir avec l'empreinte ou le visage
page-unlock-trouble = Phrase oubliée ?
page-unlock-trouble-text = Nous ne pouvons pas la retrouver. Retirez cette clé, puis créez-en une autre et appelez l'opérateur.
page-forget = Retirer la clé de cet appareil
page-forget-sure = Sans fichier de secours, cette clé sera perdue pour toujours.
page-forget-yes = Retirer pour toujours
page-idle = Personne ne touche l'écran. Verrouillage dans une minute.
page-idle-stays = Le bureau reste ouvert.

## Confiance

page-trust-title = Quel est ce service ?
page-trust-text = L'opérateur vous a donné un papier avec douze mots. Tapez-les ici.
page-trust-words = Les douze mots
page-trust-words-hint = Majuscules, accents et tirets ne comptent pas.
page-trust-words-missing = Tapez les douze mots.
page-trust-words-count = { $n ->
    [one] Il y a { $n } mot. Il en faut douze.
   *[other] Il y a { $n } mots. Il en faut douze.
}
page-trust-words-strange = « { $word } » n'est pas dans notre liste. Regardez encore le papier.
page-trust-check = Vérifier
page-trust-done = Les mots vont bien
page-trust-checked = Vérifié : service « { $service } », { $threshold } signatures sur { $signers }, clé du serveur.
page-trust-why = Pas encore de papier ? Attendez l'opérateur. Cela se fait une fois. Ensuite, cet appareil suit la liste signée.
page-trusted = À quoi cet appareil fait confiance
page-trusted-text = Service « { $service } », liste { $version }. L'opérateur lit les mêmes mots.
page-stopped-title = Ce serveur n'est pas digne de confiance
page-stopped-text = Tout est arrêté. Cet appareil n'envoie plus rien.
page-stopped-call = Appelez l'opérateur à un numéro que vous connaissez. Lisez-lui la ligne rouge.
page-stopped-at = Arrêté : { $time }
page-stopped-called = J'ai appelé l'opérateur
page-stopped-again = Réessayer
page-stopped-words = Taper de nouveaux mots de l'opérateur
page-stopped-why-answer = Le serveur a donné une réponse qui ne peut pas être juste.
page-stopped-why-challenge = Le serveur a voulu faire déchiffrer autre chose qu'une connexion.
page-stopped-why-key = Le serveur a signé avec une clé absente de la liste.
page-stopped-why-list = La liste des associations n'est pas celle qui a été signée.
page-stopped-why-rollback = Le serveur a montré une liste plus ancienne ou changée.
page-stopped-why-service = La liste est celle d'un autre service.
page-stopped-why-signers = Trop peu des bonnes personnes ont signé la liste.
page-memory-title = La mémoire de cet appareil ne s'ouvre pas
page-memory-text = Elle est peut-être abîmée. Ou quelqu'un l'a changée.
page-memory-call = Appelez l'opérateur avant de continuer.
page-memory-anew = Commencer une nouvelle mémoire
page-memory-then = Une nouvelle mémoire redemande les douze mots. Les demandes sembleront non lues.

## Liste

page-inbox-title = Demandes
page-piles = Piles de demandes
page-pile-new = Nouvelles
page-pile-mine = À moi
page-pile-waiting = En attente
page-pile-done = Finies
page-pile-new-hint = Personne ne les a encore prises.
page-pile-mine-hint = Vous les avez prises. C'est à vous d'écrire.
page-pile-waiting-hint = On attend la personne, ou un collègue s'en occupe.
page-pile-done-hint = Fermées, passées, refusées ou retirées.
page-pile-new-empty = Aucune nouvelle demande. Cette page regarde toute seule.
page-pile-mine-empty = Aucune demande n'attend de réponse de vous.
page-pile-waiting-empty = Rien en attente.
page-pile-done-empty = Rien ici.
page-unread = { $n ->
    [one] { $n } non lue
   *[other] { $n } non lues
}
page-new-mark = nouveau
page-show-more = { $n ->
    [one] Montrer { $n } de plus
   *[other] Montrer { $n } de plus
}
page-shown-of = { $shown } sur { $all }, les plus pressées d'abord.
page-news = { $n ->
    [one] Il y a du nouveau.
   *[other] Il y a { $n } nouveautés.
}
page-choose-request = Choisissez une demande dans la liste.
page-request-region = Demande ouverte
page-connection-live = En direct
page-connection-poll = Regarde toutes les 15 s
page-connection-offline = Hors ligne
page-skew = L'horloge de cet appareil se trompe de { $n } min. Les délais ici suivent celle du serveur.
page-paused = En pause : aucune nouvelle demande ne vous est envoyée.
page-signed-out = Votre session est finie. Rien de nouveau n'arrive.
page-sign-in-again = Se reconnecter
page-list-past = La liste signée est trop ancienne. Vous pouvez lire, mais rien sceller. Appelez l'opérateur.
page-your-turn = à vous d'écrire
page-waits-person = on attend la personne
page-held-by = { $name } s'en occupe
page-held-by-unproved = { $name } s'en occupe (non prouvé)
page-held = un collègue s'en occupe
page-state-done = fermée
page-state-declined = refusée
page-state-passed-on = passée à d'autres
page-state-revoked = retirée par la personne
page-state-expired = trop ancienne, effacée

## Une demande

page-request-title = Demande
page-as-national-team = équipe nationale
page-danger = La personne dit : DANGER
page-minor = Moins de 18 ans. Les règles de protection de l'enfance s'appliquent : 119
page-no-consent = La personne concernée n'a pas donné son accord. Conseillez celle qui écrit, n'ouvrez pas de dossier.
page-withdrawn = La personne a retiré sa demande. Effacez ce que vous avez gardé et n'écrivez plus.
page-stopped = N'écrivez plus : la personne ne veut plus de messages.
page-elsewhere = Écrit sur un autre téléphone. Demandez ce que cette personne seule sait.
page-passed-on-by = Passée par { $name }, { $time } : non prouvé. La demande, elle, vient du serveur.
page-passed-on-proved = Passée par { $name }, { $time }. Un de ses appareils l'a signé.
page-who = Qui
page-problem = Problème
page-need = Veut d'abord
page-place = Lieu
page-language = Langue
page-reads-speaks = lit : { $reads } · parle : { $speaks }
page-safe-times = Écrire
page-safe-times-now = Écrire maintenant
page-safe-times-wish = Demande à recevoir
page-children = Enfants
page-writer = Qui écrit
page-writer-other = une autre personne
page-writer-professional = un ou une professionnelle, bénévole
page-writer-close = voisinage, amis, famille
page-writer-client = un client ou une cliente
page-writer-child = pour un enfant
page-writer-agrees = pour un adulte qui est d'accord
page-writer-unaware = pour un adulte qui ne sait pas ou n'est pas d'accord
page-writer-unsure = sans certitude sur l'accord
page-campaign = Venue de
page-own-words = Ses mots
page-signs = Ce que la personne a dit
page-signs-started = Comment cela a commencé
page-signs-happens = Ce qui se passe
page-signs-leaving = Pourquoi partir est difficile
page-signs-no = A répondu non
page-signs-skipped = N'a pas répondu
page-signs-none = rien de dit
page-signs-not-proof = Dit par la personne, non vérifié. Des signes ne sont pas des preuves.
page-not-proof = Dit par la personne, non vérifié.
page-why-here = Pourquoi ici
page-more = Dates, signature, export
page-received = Reçue
page-consent = Accord donné
page-erased-on = Effacée du serveur
page-signed = La signature du serveur est bonne. Elle a été vérifiée sur cet appareil.
page-export-text = Un fichier en clair peut être lu par tous ceux qui tiennent l'appareil.
page-export-sealed = Exporter scellé
page-export-clear = Exporter en clair
page-country-other = autre pays

page-who-woman = femme, 18 ans ou plus
page-who-man = homme, 18 ans ou plus
page-who-family = adulte avec enfants
page-who-minor = moins de 18 ans
page-who-other = autre, ou non dit
page-situation-sexual = prostitution, exploitation sexuelle
page-situation-labour = travail sans liberté
page-situation-domestic = travail dans une maison
page-situation-begging = mendicité forcée
page-situation-crime = forcé à voler ou à vendre
page-situation-family = mariage, famille
page-situation-other = autre, ou ne sait pas
page-need-leave = partir en sécurité
page-need-shelter = un lieu pour dormir
page-need-talk = parler à quelqu'un
page-need-medical = un médecin
page-need-legal = papiers, droits, asile
page-need-unsure = ne sait pas
page-distance-near = près d'ici
page-distance-far = veut aller LOIN d'ici
page-contact-any = dans la discussion, à toute heure
page-contact-morning = seulement de 8 h à 12 h
page-contact-afternoon = seulement de 12 h à 18 h
page-contact-evening = seulement de 18 h à 22 h
page-contact-none = pas de message ; la personne revient voir
page-area-paris = autour de Paris
page-area-north = Nord : Lille, Amiens
page-area-east = Est : Strasbourg, Metz
page-area-burgundy = Dijon, Besançon
page-area-alps = Lyon, Grenoble
page-area-riviera = Marseille, Nice, Corse
page-area-languedoc = Montpellier
page-area-garonne = Toulouse
page-area-aquitaine = Bordeaux, Limoges
page-area-west = Nantes, Rennes
page-area-normandy = Rouen, Caen
page-area-loire = Orléans, Tours
page-area-overseas = outre-mer
page-sign-vulnerability = on profite de ses problèmes
page-sign-deception = ce n'est pas ce qu'on a promis
page-sign-movement = on peut l'empêcher de sortir
page-sign-isolation = difficile de parler aux proches
page-sign-threats = peur de dire non ou de partir
page-sign-documents = on garde ses papiers
page-sign-wages = on garde son argent
page-sign-debt = une dette sans fin
page-sign-conditions = très mauvais travail ou logement
page-sign-overtime = travaille trop, sans repos
page-sign-violence = on lui fait du mal
page-sign-papers = ses papiers sont gardés
page-sign-overwork = trop de travail, pas de repos
page-sign-pay = peu ou pas payée
page-sign-housing = très mauvais logement
page-sign-controlled = contacts ou famille contrôlés
page-sign-isolated = isolée
page-sign-spoken-for = quelqu'un parle à sa place
page-sign-afraid = peur de la police ou d'un patron
page-sign-moved = souvent déplacée
page-sign-child = un enfant travaille, mendie ou vole

page-token-bad-signature = Signature fausse. Ceci ne vient pas du serveur. Le contenu reste caché. Prévenez l'opérateur.
page-token-other-server = Signé par une autre clé que celle de votre serveur. Le contenu reste caché. Prévenez l'opérateur.
page-token-mixed-up = Ce contenu n'est pas à sa place : il appartient à une autre demande. Il reste caché. Prévenez l'opérateur.
page-token-not-for-you = Scellé pour une autre clé que la vôtre. Un collègue peut peut-être l'ouvrir.
page-token-not-age = Fichier abîmé : il ne s'ouvre pas.
page-token-not-token = Ce fichier n'est pas une demande de Relais.
page-token-too-new = Cette demande est d'une version plus récente. Rechargez la page.
page-token-erased = Le serveur a effacé ce contenu.
page-token-forged-paper = Signature fausse. Aucun appareil de votre association n'a écrit ceci. Cela reste caché.
page-token-forged-passing = Signature fausse de qui a passé ceci. Cela reste caché. Prévenez l'opérateur.

## Fil

page-thread = Échanges
page-thread-empty = Rien encore.
page-kind-handoff = Demande
page-kind-addition = La personne en dit plus
page-kind-message = La personne écrit
page-kind-withdrawal = La personne retire sa demande
page-kind-claim = Prise en charge
page-kind-note = Note
page-kind-reply = Réponse
page-claimed-by = { $name } s'en occupe
page-note-by = Note de { $name }
page-reply-by = { $name } a répondu
page-unproved = non prouvé
page-phrase-unknown = Une phrase que cette page ne connaît pas encore.
page-delivery-queued = en route
page-delivery-delivered = arrivée
page-delivery-opened = ouverte par la personne
page-delivery-failed = la personne n'est plus joignable ici
page-delivery-stopped = la personne a arrêté les messages

## Agir

page-do-accept = Je m'en occupe
page-do-answer = Répondre
page-do-note = Note
page-do-pass-on = Passer
page-do-decline = Refuser
page-do-close = Fermer
page-accept-hint = La personne verra que sa demande est prise.
page-accept-hint-silent = La personne le verra en revenant, sans message.
page-no-messages = La personne ne reçoit pas de message. Elle revient voir.
page-accepted = C'est à vous. Vous pouvez répondre.
page-decline-title = Refuser cette demande
page-decline-text = L'équipe nationale est prévenue tout de suite. La personne ne voit pas votre raison en détail.
page-decline-why = Pourquoi ?
page-reason-full = Nous n'avons plus de place
page-reason-not-our-field = Ce n'est pas notre domaine
page-reason-language = Nous ne parlons pas cette langue
page-reason-conflict = Nous connaissons des personnes concernées
page-reason-other = Autre raison
page-decline-act = Refuser
page-declined = Refusée. L'équipe nationale est prévenue.
page-close-title = Fermer cette demande
page-close-text = Après cela, plus personne ne peut y répondre.
page-close-how = Comment cela finit-il ?
page-outcome-helped = La personne est aidée
page-outcome-referred = Orientée vers d'autres, hors d'ici
page-outcome-no-contact = Plus de réponse
page-outcome-not-concerned = Autre chose que notre domaine
page-outcome-other = Autre
page-close-act = Fermer
page-closed = Fermée.
page-note-title = Note aux collègues
page-note-label = Votre note
page-note-hint = Scellée pour votre association. La personne ne la voit pas. Pas de nom, pas d'adresse.
page-note-act = Ajouter la note
page-noted = Note ajoutée.
page-pass-on-title = Passer à une autre association
page-pass-on-text = Votre appareil scelle la demande pour elle. Celles qui conviennent sont en premier.
page-search-association = Chercher une association
page-nobody-found = Aucune association ne porte ce nom.
page-cannot-receive = ne peut rien recevoir maintenant
page-fits-next = convient ensuite le mieux
page-has-enough = beaucoup de demandes y attendent
page-said-no = a dit non à cette demande
page-pass-on-confirm = Passer à { $name } ?
page-pass-on-happens = { $name } et l'équipe nationale pourront lire la demande. Vos échanges et vos notes restent chez vous.
page-pass-on-note = Un mot pour elles (facultatif)
page-pass-on-note-hint = Pas de nom, pas d'adresse.
page-pass-on-keys = Vérifier ses clés
page-pass-on-keys-text = En cas de doute, appelez cette association et comparez ces mots.
page-pass-on-act = Passer la demande
page-passed-on-done = Passée à { $name }.

## Répondre

page-answer-title = Répondre ({ $language })
page-answer-when = La personne lit : { $language }. Écrire : { $safe }.
page-reach-changed = La personne a changé comment lui écrire. Écrire maintenant : { $safe }.
page-kept-title = Cela ne peut plus partir
page-kept-text = Ce que vous aviez écrit, à copier
page-search-phrase = Chercher une phrase
page-no-phrase = Aucune phrase ne contient cela.
page-group-first = Pour commencer
page-group-safety = Sécurité
page-group-meeting = Se parler, se voir
page-group-rights = Droits, santé
page-group-practical = Pratique
page-group-closing = Finir
page-other-phrase = Autre phrase
page-preview-title = Votre réponse
page-preview-caption = La personne verra :
page-phrase-not-in = Cette phrase n'existe pas encore : { $language }. Choisissez-en une autre.
page-slot-day = Jour
page-slot-hour = Heure
page-slot-minute = Minutes
page-slot-place = Lieu, jamais une adresse
page-slot-phone = Numéro de votre association
page-slot-phone-hint = Jamais votre numéro personnel.
page-phone-wrong = Ce n'est pas un numéro. Par exemple : 04 99 00 12 34
page-today = aujourd'hui, { $day }
page-spot-office = à notre bureau
page-spot-station = gare
page-spot-bus-stop = arrêt de bus
page-spot-cafe = café
page-spot-hospital = hôpital
page-spot-pharmacy = pharmacie
page-spot-library = bibliothèque
page-spot-town-hall = mairie
page-spot-post-office = poste
page-spot-supermarket = supermarché
page-spot-school = école
page-spot-park = parc
page-spot-safe-place = lieu sans police
page-spot-phone = par téléphone
page-spot-online = en ligne
page-send-in = Envoyer ({ $language })
page-sent = En route vers la personne.
page-sent-later = Gardée jusqu'à { $time } : c'est l'heure sûre de la personne.
page-own-text = Écrire moi-même
page-own-text-title = Vos propres mots
page-own-text-warning = Ce sera en français, non traduit. La personne lit : { $language }. Une phrase toute prête vaut mieux.
page-own-text-label = Message, en français
page-own-text-hint = Phrases courtes. Pas de nom, pas d'adresse.
page-send-untranslated = Envoyer en français, non traduit

## Réglages

page-sound = Son
page-sound-text = Un son court quand il y a du nouveau. Coupé à chaque ouverture.
page-sound-on = Son en marche : couper
page-sound-off = Son coupé : mettre en marche
page-pause = Pause
page-pause-text = Les nouvelles demandes vont à d'autres associations. Les demandes en cours restent.
page-pause-4h = 4 heures
page-pause-1d = 1 jour
page-pause-3d = 3 jours
page-pause-7d = 7 jours
page-pause-set = L'association est en pause.
page-pause-over = La pause est finie.
page-pause-end = Finir la pause
page-paused-until = En pause jusqu'à : { $time }.
page-look = Langue et lumière
page-theme = Lumière
page-theme-auto = comme l'appareil
page-theme-light = claire
page-theme-dark = sombre
page-self = Vous
page-keys = Clés
page-passkey = Empreinte ou visage
page-passkey-text = Pour ouvrir plus vite sur cet appareil. La phrase secrète marche toujours.
page-passkey-make = Ajouter
page-passkey-made = Ajouté. Essayez au prochain verrouillage.
page-passkey-drop = Retirer
page-passkey-none = Ce navigateur ne permet pas d'ouvrir avec l'empreinte ou le visage.
page-devices = Appareils de votre association
page-devices-text = Chaque appareil porte huit mots. Seuls ces appareils peuvent lire.
page-device-this = cet appareil
page-device-coordinator = coordination
page-device-unsigned = ne signe rien
page-device-removed = retiré : { $time }
page-device-sign-out = Finir ses sessions
page-device-sign-out-all = Finir toutes mes sessions
page-device-signed-out = Les sessions de l'appareil sont finies.
page-device-remove = Retirer
page-device-remove-title = Retirer cet appareil ?
page-device-remove-1 = Ses sessions finissent tout de suite. Il ne reçoit plus rien.
page-device-remove-2 = Ce qu'il a déjà lu peut rester dessus.
page-device-remove-3 = Prévenez l'opérateur. Une nouvelle liste doit suivre sous sept jours.
page-device-remove-yes = Retirer l'appareil
page-device-removed-done = L'appareil est retiré.
page-session = Session
page-sign-out = Se déconnecter
page-sign-out-text = Le serveur finit cette session. Cet onglet se verrouille. Fermez les autres.
page-device = Cet appareil
page-device-text = Avant de rendre ou de vendre l'appareil.

## Ce qui ne va pas

page-fault-unknown = Cela n'a pas marché ({ $code }). Réessayez.
page-fault-offline = Pas de connexion avec le serveur. Rien n'est perdu, réessayez bientôt.
page-fault-server = Le serveur a un problème. Réessayez dans une minute.
page-fault-refused = Le serveur a refusé. Rechargez la page.
page-fault-malformed = Le serveur n'a pas compris. Rechargez la page.
page-fault-key-does-not-fit = Cette clé et cette association ne vont pas ensemble. L'identifiant est-il juste ? Votre clé est-elle inscrite ? A-t-elle été retirée ? Appelez l'opérateur.
page-fault-wrong-answer = Cette clé et cette association ne vont pas ensemble. L'identifiant est-il juste ? Votre clé est-elle inscrite ? A-t-elle été retirée ? Appelez l'opérateur.
page-fault-challenge-expired = Cela a pris trop de temps. Réessayez.
page-fault-challenge-used = Cet essai a déjà servi. Réessayez.
page-fault-session-expired = Votre session est finie. Reconnectez-vous.
page-fault-untrusted = Ce serveur n'est pas digne de confiance. Tout est arrêté.
page-fault-wrong-words = Ces mots ne vont pas avec ce serveur. Comparez chaque mot avec le papier. Tout est pareil ? Arrêtez, et appelez l'opérateur.
page-fault-list-past = La liste signée est trop ancienne. Rien n'a été scellé. Appelez l'opérateur.
page-fault-not-accepted = Prenez d'abord la demande. Ensuite, vous pourrez répondre.
page-fault-no-way-back = Impossible d'écrire à cette personne. Rien n'a été envoyé.
page-fault-wrong-origin = Ce n'est pas l'adresse du bureau. Ouvrez celle que l'opérateur a donnée.
page-fault-act-not-signed = Le serveur veut la signature de cet appareil. Verrouillez, puis ouvrez à nouveau.
page-fault-sign-out = Le serveur n'a pas entendu. La session finit dans les douze heures.
page-fault-too-many = Trop d'essais. Attendez { $minutes } min.
page-fault-not-found = Cette demande n'existe plus ici.
page-fault-gone = C'est trop tard : la demande est fermée ou retirée.
page-fault-withdrawn = La personne a retiré sa demande. Rien n'est envoyé.
page-fault-stopped = La personne a arrêté les messages. Rien n'est envoyé.
page-fault-reach-changed = La personne a changé comment lui écrire. Regardez à nouveau la demande.
page-fault-no-messages = La personne ne veut plus de message pour le moment. Rien n'est envoyé.
page-fault-not-this-request = Le serveur ne peut plus joindre cette personne pour cette demande.
page-fault-already-accepted = { $name } s'en occupe déjà.
page-fault-already-accepted-by = Un collègue s'en occupe déjà.
page-fault-refused-before = Cette association a déjà refusé cette demande.
page-fault-not-routable = Cette association ne peut rien recevoir maintenant. Choisissez-en une autre.
page-fault-not-open = La demande a changé entre-temps. Regardez où elle en est.
page-fault-wrong-args = Le serveur ne connaît pas cette phrase ou ces valeurs. Choisissez-en une autre.
page-fault-wrong-text = Le serveur refuse ce texte. Il est vide ou trop long.
page-fault-too-long = C'est trop long.
page-fault-passkey = L'empreinte ou le visage n'a pas marché. Utilisez la phrase secrète.
page-fault-cannot-copy = Ce navigateur ne permet pas de copier. Enregistrez le fichier.

## Hors ligne

page-offline-title = Lire une demande sans serveur
page-offline-text = Cette page ne parle à personne. Elle ouvre des fichiers .age avec votre clé, sur cet appareil.
page-offline-key = 1. Votre clé
page-offline-server = Clé publiée de votre serveur (facultatif)
page-offline-server-hint = Sans elle, comparez les huit mots sous la demande.
page-offline-files = 2. Les fichiers
page-offline-drop = Déposez les fichiers ici, ou choisissez-les.
page-offline-open = Ouvrir
page-offline-ready = La clé est ouverte.
page-offline-signed-by = Signée par cette clé. L'opérateur lit les mêmes mots :
page-offline-get = Lire sans serveur
page-offline-get-text = Enregistrez cette page. Elle ouvre les fichiers .age reçus dans votre groupe, même sans réseau.
page-offline-get-save = Enregistrer la page hors ligne
page-offline-clear = Retirer les fichiers
