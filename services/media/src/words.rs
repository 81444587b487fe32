//! Why a file cannot become a picture, in the sender's language: what was found, and what to do.

use std::borrow::Cow;

use contract::Locale;

use crate::picture::{Foreign, Refusal};

/// The sentence for a refusal.
pub fn sentence(refusal: Refusal, locale: Locale) -> Cow<'static, str> {
    match locale {
        Locale::English => refusal.to_string().into(),
        Locale::French => french(refusal),
    }
}

fn french(refusal: Refusal) -> Cow<'static, str> {
    match refusal {
        Refusal::Empty => "Le fichier est vide. Choisissez une photo et envoyez-la à nouveau.".into(),
        Refusal::NotAnImage(foreign) => format!(
            "{} Envoyez une image JPEG, PNG, WebP ou GIF.",
            french_name(foreign)
        )
        .into(),
        Refusal::TooLarge => "Le fichier dépasse 20 Mo. Envoyez-en un plus petit.".into(),
        Refusal::TooManyPixels { width, height } => format!(
            "L’image fait {width} × {height} pixels. Au plus 40 mégapixels et 16 384 pixels de côté\u{a0}: réduisez-la et envoyez-la à nouveau."
        )
        .into(),
        Refusal::TooHeavy { width, height } => format!(
            "L’image fait {width} × {height} pixels, et sa forme demande trop de mémoire. Enregistrez-la en JPEG ordinaire ou réduisez-la, puis envoyez-la à nouveau."
        )
        .into(),
        Refusal::Undecodable => {
            "L’image est abîmée ou incomplète. Enregistrez-la à nouveau en JPEG ou en PNG, puis renvoyez-la.".into()
        }
        Refusal::TookTooLong => {
            "L’image a demandé trop de temps. Réduisez-la et envoyez-la à nouveau.".into()
        }
    }
}

const fn french_name(foreign: Foreign) -> &'static str {
    match foreign {
        Foreign::Video => "C’est une vidéo, pas une image.",
        Foreign::Audio => "C’est un son, pas une image.",
        Foreign::Svg => "C’est un dessin SVG, qui peut contenir des programmes.",
        Foreign::Heic => "C’est une photo HEIC, que tous les appareils ne savent pas montrer.",
        Foreign::Avif => "C’est une image AVIF, que tous les appareils ne savent pas montrer.",
        Foreign::OtherPicture => "Cette sorte d’image n’est pas acceptée.",
        Foreign::Pdf => "C’est un document PDF, pas une image.",
        Foreign::Unknown => "Ce n’est pas une image.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_what_to_do_in_both_languages() {
        let foreign = [
            Foreign::Video,
            Foreign::Audio,
            Foreign::Svg,
            Foreign::Heic,
            Foreign::Avif,
            Foreign::OtherPicture,
            Foreign::Pdf,
            Foreign::Unknown,
        ];
        let (width, height) = (50_000, 50_000);
        let others = [
            Refusal::Empty,
            Refusal::TooLarge,
            Refusal::TooManyPixels { width, height },
            Refusal::TooHeavy { width, height },
            Refusal::Undecodable,
            Refusal::TookTooLong,
        ];
        for refusal in foreign.map(Refusal::NotAnImage).into_iter().chain(others) {
            let french = sentence(refusal, Locale::French);
            assert!(
                french.contains("nvoye") || french.contains("renvoye"),
                "{french}"
            );
            let english = sentence(refusal, Locale::English);
            assert!(english.to_lowercase().contains("send"), "{english}");
        }
    }
}
