//! Import, export, and what may be shown.

use super::*;

#[test]
fn no_candidate_is_ever_an_association() {
    for country in ["be", "ch", "de", "es", "fr", "gb", "lu", "nl"] {
        let path = format!("{}/directory/candidates/{country}.toml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let faults = verify(&text).unwrap_err();
        assert!(
            faults
                .iter()
                .all(|it| matches!(it, Wrong::Malformed(says) if says.contains("nobody has vetted it")))
        );
        // Nor where somebody signs it under the other name.
        let renamed = text.replace("[[candidate]]", "[[association]]");
        let entries = renamed.matches("[[association]]").count() - 1;
        let faults = verify(&renamed).unwrap_err();
        for missing in ["vetting is missing", "devices is missing"] {
            let told = faults.iter().filter(|it| it.to_string().starts_with(missing)).count();
            assert_eq!(told, entries, "{country}: {missing}");
        }
    }
}

#[test]
fn a_table_becomes_candidates_without_addresses() {
    let csv = "id,name,country,insee,address,phone,serves_forms,serves_age,scope,department,notes\r\n\
        fr-x,\"X, \"\"the\"\" one\",FR,69123,\"3 rue Basse, 69001 Lyon\",+33 1 99 00 00 00,labour|domestic,adult (minors: ask),local,69,\"ring at 3 rue Basse\"\r\n";
    let files = candidates_to_toml(&from_csv(csv).unwrap());
    let text = &files[&Country::FRANCE];
    assert!(!text.contains("Basse"), "{text}");
    let parsed: toml::Table = text.parse().unwrap();
    let candidate = &parsed["candidate"][0];
    assert_eq!(candidate["name"].as_str(), Some("X, \"the\" one"));
    assert_eq!(candidate["serves"]["ages"].as_array().unwrap().len(), 1);
    assert!(candidate.get("recipients").is_none() && candidate.get("vetting").is_none());
    assert!(text.contains("# Missing: vetting (two people at least), devices (two at least)"));
    assert!(from_csv("id,name\nx,y").unwrap_err().to_string().contains("country"));
    assert!(from_csv("id,name,country\n\"x,y").unwrap_err().to_string().contains("line 2"));
}

/// Four entries that differ in what may be shown of them.
fn displayed() -> Directory {
    let entries = ["full", "phone", "name", "none"].map(|display| {
        entry(&format!("relais-{display}"))
            .replace("Lyon", &format!("Lyon {display}"))
            .replace(
                "display = \"phone\"",
                &format!("display = \"{display}\"\nwebsite = \"https://{display}.example\""),
            )
            .replace("12 06", &format!("12 0{}", display.len()))
    });
    verify(&format!("{HEADER}{}", entries.concat())).unwrap().directory
}

#[test]
fn display_decides_what_is_shown() {
    let directory = displayed();
    let shown = |id: &str| {
        let association = directory.find(&id.parse().unwrap()).unwrap();
        let has = |it: Option<&str>| it.is_some();
        [
            has(association.public_name()),
            has(association.public_phone(today())),
            has(association.public_website()),
        ]
    };
    assert_eq!(shown("relais-full"), [true, true, true]);
    assert_eq!(shown("relais-phone"), [true, true, false]);
    assert_eq!(shown("relais-name"), [true, false, false]);
    assert_eq!(shown("relais-none"), [false, false, false]);
    let phone = directory.find(&"relais-phone".parse().unwrap()).unwrap();
    assert_eq!(phone.public_phone(day("2027-05-02")), None, "a number past its end is never shown");
}

#[test]
fn the_export_shows_what_display_allows_and_nothing_else() {
    let directory = displayed();
    let page = directory.to_hsds(today());
    let text = page.to_string();
    assert!(!text.contains("relais-none") && !text.contains("Lyon none"), "{text}");
    for secret in ["age1", "-100123", "One", "69123", "lat"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let organizations = page["contents"].as_array().unwrap();
    let keys = |at: usize| organizations[at].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(0), ["description", "id", "name", "phones", "services", "website"]);
    assert_eq!(keys(1), ["description", "id", "name"]);
    assert_eq!(keys(2), ["description", "id", "name", "phones"]);
    assert_eq!(page, displayed().to_hsds(today()), "ids are the same in every export");
    let id = organizations[0]["id"].as_str().unwrap();
    let shape: Vec<usize> = id.split('-').map(str::len).collect();
    assert_eq!((shape, &id[14..15]), (vec![8, 4, 4, 4, 12], "8"));
    if let Some(schemas) = set("RELAIS_HSDS_SCHEMAS") {
        for organization in organizations {
            conforms(Path::new(&schemas), "organization.json", organization);
            for service in organization["services"].as_array().into_iter().flatten() {
                conforms(Path::new(&schemas), "service.json", service);
            }
        }
    } else {
        eprintln!("SKIPPED: RELAIS_HSDS_SCHEMAS names no folder, so the export was not held against HSDS");
    }
    // What is exported comes back as candidates.
    let back = from_hsds(&text, Some(Country::FRANCE)).unwrap();
    assert_eq!(back.len(), 3);
    assert_eq!(back[0].languages, ["fr", "en", "ar"]);
}

/// Holds a value against a schema, as far as HSDS uses JSON Schema: type, required, enum, properties, items.
fn conforms(folder: &Path, schema: &str, value: &serde_json::Value) {
    let text = std::fs::read_to_string(folder.join(schema)).unwrap();
    let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
    holds(folder, &schema, value);
}

fn holds(folder: &Path, schema: &serde_json::Value, value: &serde_json::Value) {
    if let Some(reference) = schema["$ref"].as_str() {
        return conforms(folder, reference, value);
    }
    match schema["type"].as_str() {
        Some("object") => assert!(value.is_object(), "{value}"),
        Some("array") => assert!(value.is_array(), "{value}"),
        Some("string") => assert!(value.is_string(), "{value}"),
        Some("number") => assert!(value.is_number(), "{value}"),
        _ => {}
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        assert!(value.get(required.as_str().unwrap()).is_some(), "{required} in {value}");
    }
    if let Some(known) = schema["enum"].as_array() {
        assert!(known.contains(value), "{value}");
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        if key != "services" {
            let property = schema["properties"].get(key);
            holds(folder, property.unwrap_or_else(|| panic!("{key} is not in the schema")), inner);
        }
    }
    for item in value.as_array().into_iter().flatten() {
        holds(folder, &schema["items"], item);
    }
}

#[test]
fn hsds_becomes_candidates_without_addresses() {
    let json = r#"{
        "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Example Org", "description": "Helps.",
        "locations": [{ "latitude": 45.7699, "longitude": 4.7990,
            "addresses": [{ "address_1": "3 rue Basse", "city": "Lyon", "country": "FR" }] }],
        "services": [{ "id": "x", "name": "Advice", "status": "active", "minimum_age": 18,
            "description": "legal help, psychological support", "languages": [{ "id": "y", "code": "ro" }],
            "phones": [{ "id": "z", "number": "+33 1 99 00 00 00" }] }]
    }"#;
    let text = &candidates_to_toml(&from_hsds(json, None).unwrap())[&Country::FRANCE];
    assert!(!text.contains("Basse") && !text.contains("45.7"), "{text}");
    let parsed: toml::Table = text.parse().unwrap();
    let candidate = &parsed["candidate"][0];
    assert_eq!(candidate["id"].as_str(), Some("example-org"));
    assert_eq!(candidate["languages"][0].as_str(), Some("ro"));
    assert_eq!(candidate["serves"]["ages"][0].as_str(), Some("adult"));
    assert_eq!(candidate["offers"].as_array().unwrap().len(), 2);
    assert!(candidate.get("phone").is_none(), "a number is a remark until somebody has called it");
    assert!(from_hsds("{}", None).is_err() && from_hsds("[1, 2", None).is_err());
    // The other shape: a page of services that carry their organization.
    let page = r#"{ "contents": [{ "name": "Advice", "organization": { "name": "Example Org" } }] }"#;
    assert_eq!(from_hsds(page, Some(Country::FRANCE)).unwrap()[0].name, "Example Org");
}
