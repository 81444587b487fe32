//! The shapes under `schema/` are what the code has.

use std::path::Path;

use store::scratch::postgres_server;

#[tokio::test]
async fn tables_sdl_lexicon_settings_arrows_and_what_is_kept_are_as_checked_in() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shapes = palier::shapes::all(&root, Some(&postgres_server()))
        .await
        .unwrap();
    assert_eq!(shapes.len(), 6 + 2 * palier::wiring::DATABASES.len());
    for shape in shapes {
        let path = root.join("schema").join(&shape.path);
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == shape.text,
            "{} is not what the code has; run `palier schema --postgres ADDRESS`",
            path.display()
        );
    }
}

/// Clients branch on codes: one that the schema does not know would reach them as OTHER.
#[test]
fn the_schema_knows_every_code_of_a_refusal() {
    let sdl = gateway::Face::Residents.sdl();
    let (_, rest) = sdl.split_once("enum RefusalCode {").unwrap();
    let (known, _) = rest.split_once("\n}").unwrap();
    let known: Vec<&str> = known.lines().map(str::trim).collect();
    let codes = identity::refusal_codes()
        .chain(posts::refusal_codes())
        .chain(moderation::refusal_codes());
    let unknown: Vec<&str> = codes.filter(|code| !known.contains(code)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// The house: who may import whom, whatever `schema/crates.txt` says today.
#[test]
fn no_role_imports_another_and_the_edge_keeps_no_store() {
    let roles = ["identity", "posts", "media", "feeds", "moderation"];
    let text = include_str!("../../../../schema/crates.txt");
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, rest) = line.split_once(':').unwrap();
        let (inner, guarded) = rest.split_once('|').unwrap();
        let inner: Vec<&str> = inner.split_whitespace().collect();
        let guarded: Vec<&str> = guarded.split_whitespace().collect();
        if roles.contains(&name) || name == "gateway" {
            assert!(!inner.iter().any(|other| roles.contains(other)), "{line}");
        }
        if name == "gateway" {
            assert!(
                !inner.contains(&"store") && !guarded.contains(&"sea-orm"),
                "{line}"
            );
        }
        for (only, of) in [
            ("s2", vec!["geo"]),
            // The load tests are compared with it as it comes.
            ("async-graphql", vec!["gateway", "load-tests"]),
            ("lettre", vec!["identity"]),
            ("opentelemetry", vec!["runtime"]),
            ("opentelemetry-otlp", vec!["runtime"]),
            ("opentelemetry_sdk", vec!["runtime"]),
            ("rust-argon2", vec!["identity"]),
            ("image", vec!["media"]),
            ("zune-jpeg", vec!["media"]),
        ] {
            assert!(
                !guarded.contains(&only) || of.contains(&name),
                "{only} in {name}"
            );
        }
        assert!(
            !inner.contains(&"palier"),
            "nobody imports the binary: {line}"
        );
    }
}

/// `docs/NEVER.md`: no schema of ours has a word for a point on the earth, sound, faces or a rank.
#[test]
fn no_schema_names_what_must_never_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema");
    let mut looked_at = 0;
    for folder in ["proto/palier", "graphql", "sql"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap().to_lowercase();
            for word in [
                "latitude",
                "longitude",
                "lat_lng",
                "latlng",
                "geopoint",
                "ethnic",
                "nationality",
                "religion",
                "view_count",
                "viewcount",
                "likes",
                "face_",
                "voice",
                "plate_number",
            ] {
                assert!(!text.contains(word), "{word} in {}", path.display());
            }
            for float in ["float", "double", " real"] {
                assert!(
                    !text.contains(float),
                    "a {float} could hold a coordinate in {}",
                    path.display()
                );
            }
            looked_at += 1;
        }
    }
    assert!(looked_at >= 7, "{looked_at} files");
}
