"""Writes data/countries.csv: the names of countries in many languages, from the Unicode CLDR.

Run with Babel 2.18.0:  pip install babel==2.18.0 && python tools/countries.py > data/countries.csv
"""

from collections import defaultdict

from babel import Locale

LANGUAGES = """en fr ar ro es pt bg sq zh_Hans zh_Hant uk ru vi fa ps bn tr ti am yo fil ur hi pa ne si ta so ff bm wo
ln ha ig hu sr_Latn sr ka it de nl pl mg hy el he ku cs sv ko ja th sw rw""".split()
# Codes that are no country, or that nobody lives in.
LEFT_OUT = "EU EZ UN QO ZZ XA XB AC CP DG EA IC TA CQ BV HM AQ UM GS IO".split()
# What people say and the CLDR does not.
ALSO = {
    "AE": ["Dubaï", "Dubai"],
    "BY": ["Biélorussie", "Belarus"],
    "CD": ["RDC", "Congo Kinshasa"],
    "CG": ["Congo Brazzaville"],
    "CI": ["Côte d'Ivoire", "Ivory Coast"],
    "CZ": ["République tchèque", "Czech Republic"],
    "GB": [
        *["England", "Angleterre", "Scotland", "Écosse", "Wales", "Grande-Bretagne", "Great Britain", "UK"],
        *["Inghilterra", "Inglaterra", "إنجلترا", "بريطانيا", "英国", "Англия", "Anglia"],
    ],
    "MK": ["Macédoine"],
    "NL": ["Hollande", "Holland", "Pays Bas"],
    "RU": ["Russie", "Russia"],
    "SY": ["Syrie"],
    "TR": ["Turkey"],
    "US": ["USA", "America", "Amérique", "Etats Unis"],
    "XK": ["Kosovo", "Kosova"],
}


def main():
    names = defaultdict(dict)
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in LEFT_OUT and name != code and "|" not in name:
                names[code][name] = None
    for code, others in ALSO.items():
        names[code].update(dict.fromkeys(others))
    french = Locale.parse("fr").territories
    clean = lambda name: name.replace(",", " ").replace('"', "")
    print("code,french,names")
    for code in sorted(names):
        print(f"{code},{clean(french[code])},{'|'.join(map(clean, names[code]))}")


if __name__ == "__main__":
    main()
