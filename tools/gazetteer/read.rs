//! From the sources to names and places.

use std::collections::HashMap;
use std::path::Path;

use relais::ids::{Commune, Country, Department};
use relais::place::{COUNTRIES, DEPARTMENTS, How, fold};

use crate::table::{row, rows};
use crate::{Index, Outcome, Place};

/// Territories that stand as countries in the sources and as départements in ours.
const FRENCH_TERRITORIES: &[(&str, &str)] = &[
    ("GP", "971"),
    ("MQ", "972"),
    ("GF", "973"),
    ("RE", "974"),
    ("PM", "975"),
    ("YT", "976"),
    ("BL", "977"),
    ("MF", "978"),
    ("TF", "984"),
    ("WF", "986"),
    ("PF", "987"),
    ("NC", "988"),
];
/// The cities whose arrondissements carry their postcodes.
const WITH_ARRONDISSEMENTS: &[&str] = &["75056", "69123", "13055"];
impl Index {
    pub(crate) fn read_communes(&mut self, sources: &Path) -> Outcome<()> {
        let mut postcodes = Vec::new();
        for fields in rows(&sources.join("communes-fr.csv.gz"))? {
            let [insee, name, codes, _department, lat, lon, population] = row(fields)?;
            let number = insee.parse::<Commune>()?.number();
            let name = name.replace(" Arrondissement", "");
            if !WITH_ARRONDISSEMENTS.contains(&insee.as_str()) {
                postcodes.push((number, codes));
            }
            let (lat, lon, population) = (lat.parse()?, lon.parse()?, population.parse()?);
            self.french.push(Place { number, name, lat, lon, population });
        }
        self.french.sort_by_key(|place| place.number);
        for (number, codes) in postcodes {
            let place = self.french_index(number)?;
            for code in codes.split('|').filter(|code| !code.is_empty()) {
                self.spell(code.to_owned(), place, How::Postcode);
            }
        }
        for index in 0..self.french.len() {
            let name = self.french.get(index).map(|place| place.name.clone()).unwrap_or_default();
            self.name(&name, u32::try_from(index)?, How::Name);
        }
        Ok(())
    }

    pub(crate) fn read_foreign(&mut self, sources: &Path, project: &Path) -> Outcome<()> {
        let mut french_names = HashMap::new();
        for fields in rows(&project.join("tools/exonyms.csv"))? {
            let [geoname, name] = row(fields)?;
            french_names.insert(geoname, name);
        }
        let is_french =
            |code: &str| code == "FR" || FRENCH_TERRITORIES.iter().any(|(territory, _)| *territory == code);
        let (french, mut foreign): (Vec<_>, Vec<_>) = rows(&sources.join("cities-eu.csv.gz"))?
            .into_iter()
            .map(row::<7>)
            .collect::<Outcome<Vec<_>>>()?
            .into_iter()
            .partition(|[_, country, ..]| is_french(country));
        let by_country =
            |[geoname, country, ..]: &[String; 7]| (country.clone(), geoname.parse::<u32>().unwrap_or(0));
        foreign.sort_by_key(by_country);
        let near = foreign.len();
        let far = rows(&project.join("tools/cities-far.csv"))?.into_iter().map(row::<7>);
        foreign.extend(far.collect::<Outcome<Vec<_>>>()?);
        // Behind the near ones, whose countries are others: the order of countries begins anew there.
        if let Some(far) = foreign.get_mut(near..) {
            far.sort_by_key(by_country);
        }
        self.near = near;
        let french_count = u32::try_from(self.french.len())?;
        for [geoname, country, name, lat, lon, population, alternates] in foreign {
            let index = u32::try_from(self.foreign.len())?;
            self.countries.entry(country).or_insert((index, String::new()));
            let place = french_count + index;
            let shown = french_names.remove(&geoname).unwrap_or_else(|| name.clone());
            self.foreign.push(Place {
                number: geoname.parse()?,
                name: shown.clone(),
                lat: lat.parse()?,
                lon: lon.parse()?,
                population: population.parse()?,
            });
            self.name(&name, place, How::Name);
            self.name(&shown, place, How::Name);
            self.alternates(&alternates, place, How::OtherName);
        }
        if let Some(geoname) = french_names.keys().next() {
            return Err(format!("tools/exonyms.csv names {geoname}, which is not in the sources").into());
        }
        self.read_french_towns(sources, french)
    }

    /// Adds the names of the French places of the European list to the communes they lie in.
    fn read_french_towns(&mut self, sources: &Path, towns: Vec<[String; 7]>) -> Outcome<()> {
        let mut joined = HashMap::new();
        for fields in rows(&sources.join("communes-fr-names.csv.gz"))? {
            let [insee, geoname, ..] = row::<4>(fields)?;
            joined.insert(geoname, insee);
        }
        let spellings: Vec<String> = self.french.iter().map(|place| fold(&place.name)).collect();
        for [geoname, _country, name, lat, lon, _population, alternates] in towns {
            if joined.contains_key(&geoname) {
                continue;
            }
            let (lat, lon): (f64, f64) = (lat.parse()?, lon.parse()?);
            let spelled = fold(&name);
            let away = |place: &Place| {
                (place.lat - lat).powi(2) + ((place.lon - lon) * lat.to_radians().cos()).powi(2)
            };
            let nearest = |places: &mut dyn Iterator<Item = (usize, &Place)>| {
                places.map(|(at, place)| (at, away(place))).min_by(|one, other| one.1.total_cmp(&other.1))
            };
            // 0.15 degrees are some 15 km.
            let same_name = nearest(
                &mut self.french.iter().enumerate().filter(|(at, _)| spellings.get(*at) == Some(&spelled)),
            )
            .filter(|(_, away)| *away < 0.15 * 0.15);
            let how = if same_name.is_some() { How::OtherName } else { How::Loosely };
            let Some((at, _)) = same_name.or_else(|| nearest(&mut self.french.iter().enumerate())) else {
                continue;
            };
            let place = u32::try_from(at)?;
            self.name(&name, place, how);
            self.alternates(&alternates, place, how);
        }
        Ok(())
    }

    pub(crate) fn read_french_names(&mut self, sources: &Path) -> Outcome<()> {
        for fields in rows(&sources.join("communes-fr-names.csv.gz"))? {
            let [insee, _geoname, name, alternates] = row(fields)?;
            let place = self.french_index(insee.parse::<Commune>()?.number())?;
            self.name(&name, place, How::OtherName);
            self.alternates(&alternates, place, How::OtherName);
        }
        for fields in rows(&sources.join("communes-fr-former.csv.gz"))? {
            let [_former, name, insee, _department] = row(fields)?;
            let place = self.french_index(insee.parse::<Commune>()?.number())?;
            self.name(&name, place, How::OtherName);
        }
        Ok(())
    }

    pub(crate) fn read_departments(&mut self, project: &Path) -> Outcome<()> {
        for fields in rows(&project.join("data/departments.csv"))? {
            let [code, name, _area, region, ..] = row::<8>(fields)?;
            let place = DEPARTMENTS + u32::from(code.parse::<Department>()?.number());
            self.spell(fold(&code), place, How::Name);
            // A search for "Paris" finds the city.
            if code != "75" {
                self.name(&name, place, How::Name);
            }
            self.name(&region, place, How::OtherName);
        }
        Ok(())
    }

    pub(crate) fn read_countries(&mut self, project: &Path) -> Outcome<()> {
        for fields in rows(&project.join("data/countries.csv"))? {
            let [code, french, names] = row(fields)?;
            let department = FRENCH_TERRITORIES.iter().find(|(territory, _)| *territory == code);
            let place = match department {
                Some((_, code)) => DEPARTMENTS + u32::from(code.parse::<Department>()?.number()),
                None => COUNTRIES + u32::from(code.parse::<Country>()?.number()),
            };
            for name in names.split('|') {
                self.name(name, place, How::OtherName);
            }
            if department.is_none() {
                self.countries.entry(code).or_insert((u32::MAX, String::new())).1 = french;
            }
        }
        Ok(())
    }
}
