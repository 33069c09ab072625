// The words of the page itself, in its two languages. What stands in the phone comes from the bot.

const WORDS = {
  en: {
    title: "Relais: see how a request for help travels",
    idea: "A person asks for help in a chat. Relais seals the answers for one association. Nobody else can read them, not even this server.",
    pageLanguage: "Language of this page", parts: "Parts of the demonstration",
    phoneTab: "Phone", associationTab: "Association", serverTab: "Server",
    phoneHead: "The phone", phoneSays: "A person asks for help, with taps alone.",
    phoneLanguage: "Phone language", freshChat: "New chat", bot: "bot", messages: "Messages",
    write: "Message", send: "Send", menu: "Menu", cancelReply: "Do not answer this", start: "START",
    edited: "edited", silent: "came without a sound", erase: "Delete this message",
    associationHead: "The association", associationSays: "Only the association can read this.",
    associationEmpty: "Nothing yet. When the person sends, a neutral notice and a sealed file arrive here.",
    open: "Open with the association's key", close: "Close", sealed: "sealed with age", save: "Save the sealed file",
    desk: "Work on it at the volunteers' desk", deskKey: "Save this association's key (demo only)",
    deskOpen: "Open the desk", deskSays: (name) => `Choose “I have a key or a recovery file”, and give it the file. The association is ${name}; any first name will do.`,
    serverHead: "The server", serverSays: "This is all the server has.",
    serverEmpty: "No rows. Until the person sends, the server keeps nothing at all.",
    serverTruth: "No name. No chat. No words. No language. No place of the person. Only which association was told, and when.",
    erased: "erased", bytes: "bytes", kilobytes: "kB",
    local: "Everything happens on this machine. The bot is the real one; Telegram is a stand-in.",
    lost: "The demonstration has stopped. Start it again with: relais demo",
  },
  fr: {
    title: "Relais : le chemin d'une demande d'aide",
    idea: "Une personne demande de l'aide dans une messagerie. Relais scelle ses réponses pour une seule association. Personne d'autre ne peut les lire, pas même ce serveur.",
    pageLanguage: "Langue de cette page", parts: "Parties de la démonstration",
    phoneTab: "Téléphone", associationTab: "Association", serverTab: "Serveur",
    phoneHead: "Le téléphone", phoneSays: "Une personne demande de l'aide, sans rien écrire.",
    phoneLanguage: "Langue", freshChat: "Nouvelle discussion", bot: "bot", messages: "Messages",
    write: "Message", send: "Envoyer", menu: "Menu", cancelReply: "Ne pas répondre à ceci", start: "DÉMARRER",
    edited: "modifié", silent: "arrivé sans son", erase: "Supprimer ce message",
    associationHead: "L'association", associationSays: "Seule l'association peut lire ceci.",
    associationEmpty: "Rien pour l'instant. Quand la personne envoie, un avis neutre et un fichier scellé arrivent ici.",
    open: "Ouvrir avec la clé de l'association", close: "Fermer", sealed: "scellé avec age", save: "Enregistrer le fichier scellé",
    desk: "La traiter au bureau des bénévoles", deskKey: "Enregistrez la clé de cette association (démonstration seulement)",
    deskOpen: "Ouvrez le bureau", deskSays: (name) => `Choisissez « J'ai déjà une clé ou un fichier de secours » et donnez-lui le fichier. L'association est ${name} ; n'importe quel prénom convient.`,
    serverHead: "Le serveur", serverSays: "Voici tout ce que le serveur possède.",
    serverEmpty: "Aucune ligne. Tant que la personne n'envoie pas, le serveur ne garde rien du tout.",
    serverTruth: "Ni nom, ni discussion, ni mots, ni langue, ni lieu de la personne. Seulement quelle association a été prévenue, et quand.",
    erased: "effacé", bytes: "octets", kilobytes: "ko",
    local: "Tout se passe sur cette machine. Le bot est le vrai ; Telegram est remplacé par une doublure.",
    lost: "La démonstration s'est arrêtée. Relancez-la avec : relais demo",
  },
};

let language = "en";

export const pageLanguage = () => language;
export function setPageLanguage(next) { language = next in WORDS ? next : "en"; }
export function say(key, ...about) {
  const words = WORDS[language][key] ?? key;
  return typeof words === "function" ? words(...about) : words;
}
