//! What mails say, in French and in English: plain text and the same as simple HTML, with nothing fetched from anywhere.

use contract::Locale;
use serde::{Deserialize, Serialize};

use super::told::{Event, to_read};
use crate::domain::{label, refusal::on};

/// A mail to one person. Kept sealed; never printed.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "snake_case")]
pub enum Letter {
    /// Please confirm that you signed up.
    ConfirmSignUp {
        /// Opens the account.
        token: String,
        /// Which neighbourhood it is for.
        neighbourhood: String,
        /// The name that was chosen: whoever did not choose it did not sign up.
        pseudonym: String,
    },
    /// Please confirm that you want an account, which is a member nowhere yet.
    ConfirmAccount {
        /// Opens the account.
        token: String,
    },
    /// Somebody signed up with your address, which has an account.
    AddressKnown {
        /// Which neighbourhood it was for, where there was a code.
        neighbourhood: Option<String>,
    },
    /// Choose a new password here.
    Recover {
        /// Opens the page.
        token: String,
    },
    /// Your password changed.
    PasswordChanged,
    /// Your account was used on another device.
    NewDevice {
        /// Its name.
        device: String,
        /// Its day, as 0 h UTC in milliseconds since 1970.
        day_ms: i64,
    },
    /// Two neighbours vouched: you are a member.
    Welcome {
        /// Where.
        neighbourhood: String,
    },
    /// The postcard that was asked for was posted, or is not.
    Postcard {
        /// For where.
        neighbourhood: String,
        /// Whether it was.
        posted: bool,
    },
    /// Two moderators ended your membership.
    MembershipEnded {
        /// Where.
        neighbourhood: String,
    },
    /// There is something to read: not a word of it.
    Told {
        /// What happened.
        event: Event,
        /// A visitor's statement, as clients name it: who holds that reads it. None: a resident reads it in the account.
        statement: Option<String>,
    },
}

/// A letter put into words.
pub struct Words {
    /// One line.
    pub subject: String,
    /// Paragraphs; the link, where there is one, stands alone in one of them.
    pub paragraphs: Vec<String>,
}

impl Letter {
    /// The name of its kind, which says nothing about whom it is for.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ConfirmSignUp { .. } => "confirm_sign_up",
            Self::ConfirmAccount { .. } => "confirm_account",
            Self::AddressKnown { .. } => "address_known",
            Self::Recover { .. } => "recover",
            Self::PasswordChanged => "password_changed",
            Self::NewDevice { .. } => "new_device",
            Self::Welcome { .. } => "welcome",
            Self::Postcard { .. } => "postcard",
            Self::MembershipEnded { .. } => "membership_ended",
            Self::Told { .. } => "told",
        }
    }

    /// The letter in words; links begin with `public_url` and carry tokens behind a `#`, which no server sees.
    pub fn words(&self, locale: Locale, public_url: &str) -> Words {
        let pick = |french: &str, english: &str| locale.pick(french, english).to_owned();
        let greeting = pick("Bonjour,", "Hello,");
        let body = match locale {
            Locale::French => self.in_french(public_url),
            Locale::English => self.in_english(public_url),
        };
        let signature = pick(
            "Palier, le panneau de votre quartier",
            "Palier, your neighbourhood’s notice board",
        );
        let paragraphs = [greeting].into_iter().chain(body).chain([signature]);
        Words {
            subject: self.subject(locale).to_owned(),
            paragraphs: paragraphs.collect(),
        }
    }

    const fn subject(&self, locale: Locale) -> &'static str {
        match self {
            Self::ConfirmSignUp { .. } | Self::ConfirmAccount { .. } => {
                locale.pick("Confirmez votre inscription", "Confirm your sign-up")
            }
            Self::AddressKnown { .. } => {
                locale.pick("Vous avez déjà un compte", "You already have an account")
            }
            Self::Recover { .. } => locale.pick(
                "Choisissez un nouveau mot de passe",
                "Choose a new password",
            ),
            Self::PasswordChanged => {
                locale.pick("Votre mot de passe a changé", "Your password changed")
            }
            Self::NewDevice { .. } => locale.pick(
                "Connexion sur un nouvel appareil",
                "Signed in on a new device",
            ),
            Self::Welcome { .. } => locale.pick(
                "Deux voisins se sont portés garants",
                "Two neighbours vouched for you",
            ),
            Self::Postcard { posted: true, .. } => locale.pick(
                "Votre carte postale est partie",
                "Your postcard is on its way",
            ),
            Self::Postcard { posted: false, .. } => locale.pick(
                "Votre carte postale ne partira pas",
                "Your postcard will not be sent",
            ),
            Self::MembershipEnded { .. } => locale.pick(
                "Vous ne faites plus partie d’un quartier",
                "You no longer belong to a neighbourhood",
            ),
            Self::Told { event, .. } => event.subject(locale),
        }
    }

    fn in_french(&self, public_url: &str) -> [String; 3] {
        match self {
            Self::ConfirmSignUp { token, neighbourhood, pseudonym } => [
                format!("Ouvrez ce lien pour rejoindre {neighbourhood} sur Palier, sous le nom de «\u{a0}{pseudonym}\u{a0}». Il sert une fois, pendant 24 heures."),
                format!("{public_url}/confirm#token={token}"),
                "Vous n’avez rien demandé, ou pas choisi ce nom\u{a0}? Ne l’ouvrez pas\u{a0}: quelqu’un d’autre s’est inscrit avec votre adresse, et sans vous cela s’efface.".to_owned(),
            ],
            Self::ConfirmAccount { token } => [
                "Ouvrez ce lien pour ouvrir votre compte sur Palier. Il sert une fois, pendant 24 heures. Ensuite, deux voisins ou une carte postale vous feront entrer dans votre quartier.".to_owned(),
                format!("{public_url}/confirm#token={token}"),
                "Vous n’avez rien demandé\u{a0}? Ne l’ouvrez pas\u{a0}: quelqu’un d’autre s’est inscrit avec votre adresse, et sans vous cela s’efface.".to_owned(),
            ],
            Self::AddressKnown { neighbourhood: None } => [
                "Quelqu’un, peut-être vous, s’est inscrit avec cette adresse, qui a déjà un compte. Connectez-vous, puis demandez à vos voisins de se porter garants, ou une carte postale.".to_owned(),
                format!("{public_url}/sign-in"),
                "Ce n’était pas vous\u{a0}? Vous n’avez rien à faire.".to_owned(),
            ],
            Self::AddressKnown { neighbourhood: Some(neighbourhood) } => [
                format!("Quelqu’un, peut-être vous, s’est inscrit à {neighbourhood} avec cette adresse, qui a déjà un compte. Connectez-vous, puis rejoignez le quartier avec votre code."),
                format!("{public_url}/sign-in"),
                "Ce n’était pas vous\u{a0}? Vous n’avez rien à faire.".to_owned(),
            ],
            Self::Recover { token } => [
                "Ouvrez ce lien pour choisir un nouveau mot de passe. Il sert une fois, pendant une heure.".to_owned(),
                format!("{public_url}/recover#token={token}"),
                "Vous n’avez rien demandé\u{a0}? Votre mot de passe reste le même.".to_owned(),
            ],
            Self::PasswordChanged => [
                "Le mot de passe de votre compte vient de changer. Vos autres appareils sont déconnectés.".to_owned(),
                "Ce n’était pas vous\u{a0}? Choisissez-en un nouveau ici\u{a0}:".to_owned(),
                format!("{public_url}/recover"),
            ],
            Self::NewDevice { device, day_ms } => {
                let day = on(*day_ms, Locale::French);
                let device = label::in_french(device);
                let named = if device.is_empty() { String::new() } else { format!("\u{a0}: {device}") };
                [
                    format!("Votre compte a servi le {day} sur un appareil que nous ne connaissions pas{named}."),
                    "Ce n’était pas vous\u{a0}? Choisissez un nouveau mot de passe ici\u{a0}:".to_owned(),
                    format!("{public_url}/recover"),
                ]
            }
            Self::Welcome { neighbourhood } => [
                format!("Deux personnes de {neighbourhood} se sont portées garantes\u{a0}: vous faites partie du quartier."),
                format!("{public_url}/"),
                "Ce n’était pas vous\u{a0}? Choisissez un nouveau mot de passe depuis la page de connexion.".to_owned(),
            ],
            Self::Postcard { neighbourhood, posted: true } => [
                format!("Une carte postale est partie pour vous. Son code ouvre {neighbourhood} pendant 30 jours, à vous seul, et votre adresse est effacée."),
                format!("{public_url}/join"),
                "Vous n’avez rien demandé\u{a0}? Choisissez un nouveau mot de passe depuis la page de connexion.".to_owned(),
            ],
            Self::Postcard { neighbourhood, posted: false } => [
                format!("L’adresse que vous avez donnée n’est pas de {neighbourhood}, d’après qui s’en occupe\u{a0}: la carte ne partira pas, et l’adresse est effacée. Vous pouvez en donner une autre, ou demander à deux voisins de se porter garants."),
                format!("{public_url}/join"),
                "Vous n’avez rien demandé\u{a0}? Choisissez un nouveau mot de passe depuis la page de connexion.".to_owned(),
            ],
            Self::MembershipEnded { neighbourhood } => [
                format!("Quelqu’un qui vous avait invité, ou s’était porté garant, ne l’est plus, et deux personnes qui modèrent {neighbourhood} ont décidé que vous n’en faites plus partie. Votre compte reste, et ce que vous y avez affiché jusqu’à son terme."),
                format!("{public_url}/join"),
                "C’est une erreur\u{a0}? Rien ne vous empêche d’y revenir\u{a0}: par une invitation, une carte postale ou deux voisins.".to_owned(),
            ],
            Self::Told { event, statement } => [
                event.sentence(Locale::French).to_owned(),
                to_read(public_url, statement.as_deref()),
                if statement.is_some() {
                    "Ce lien est à vous seul\u{a0}: qui l’ouvre lit la même chose.".to_owned()
                } else {
                    "De quoi il s’agit ne s’écrit pas dans un courriel.".to_owned()
                },
            ],
        }
    }

    fn in_english(&self, public_url: &str) -> [String; 3] {
        match self {
            Self::ConfirmSignUp { token, neighbourhood, pseudonym } => [
                format!("Open this link to join {neighbourhood} on Palier, under the name of “{pseudonym}”. It works once, for 24 hours."),
                format!("{public_url}/confirm#token={token}"),
                "You did not ask for this, or did not choose this name? Do not open it: somebody else signed up with your address, and without you that disappears.".to_owned(),
            ],
            Self::ConfirmAccount { token } => [
                "Open this link to open your account on Palier. It works once, for 24 hours. Then two neighbours or a postcard let you into your neighbourhood.".to_owned(),
                format!("{public_url}/confirm#token={token}"),
                "You did not ask for this? Do not open it: somebody else signed up with your address, and without you that disappears.".to_owned(),
            ],
            Self::AddressKnown { neighbourhood: None } => [
                "Somebody, perhaps you, signed up with this address, which has an account already. Sign in, then ask neighbours to vouch, or for a postcard.".to_owned(),
                format!("{public_url}/sign-in"),
                "It was not you? There is nothing to do.".to_owned(),
            ],
            Self::AddressKnown { neighbourhood: Some(neighbourhood) } => [
                format!("Somebody, perhaps you, signed up for {neighbourhood} with this address, which has an account already. Sign in, then join the neighbourhood with your code."),
                format!("{public_url}/sign-in"),
                "It was not you? There is nothing to do.".to_owned(),
            ],
            Self::Recover { token } => [
                "Open this link to choose a new password. It works once, for one hour.".to_owned(),
                format!("{public_url}/recover#token={token}"),
                "You did not ask for this? Your password stays as it is.".to_owned(),
            ],
            Self::PasswordChanged => [
                "The password of your account has just changed. Your other devices are signed out.".to_owned(),
                "It was not you? Choose a new one here:".to_owned(),
                format!("{public_url}/recover"),
            ],
            Self::NewDevice { device, day_ms } => {
                let day = on(*day_ms, Locale::English);
                let named = if device.is_empty() { String::new() } else { format!(": {device}") };
                [
                    format!("Your account was used on {day} on a device we did not know{named}."),
                    "It was not you? Choose a new password here:".to_owned(),
                    format!("{public_url}/recover"),
                ]
            }
            Self::Welcome { neighbourhood } => [
                format!("Two people of {neighbourhood} vouched for you: you belong to the neighbourhood."),
                format!("{public_url}/"),
                "It was not you? Choose a new password from the sign-in page.".to_owned(),
            ],
            Self::Postcard { neighbourhood, posted: true } => [
                format!("A postcard is on its way to you. Its code opens {neighbourhood} for 30 days, to you alone, and your address is erased."),
                format!("{public_url}/join"),
                "You did not ask for this? Choose a new password from the sign-in page.".to_owned(),
            ],
            Self::Postcard { neighbourhood, posted: false } => [
                format!("The address you gave is not of {neighbourhood}, say those who look after it: the postcard will not be sent, and the address is erased. You can give another, or ask two neighbours to vouch."),
                format!("{public_url}/join"),
                "You did not ask for this? Choose a new password from the sign-in page.".to_owned(),
            ],
            Self::MembershipEnded { neighbourhood } => [
                format!("Somebody who invited or vouched for you no longer stands by it, and two moderators of {neighbourhood} decided that you no longer belong to it. Your account stays, and what you put up there until its time is over."),
                format!("{public_url}/join"),
                "Is it a mistake? Nothing keeps you from coming back: by an invite, a postcard or two neighbours.".to_owned(),
            ],
            Self::Told { event, statement } => [
                event.sentence(Locale::English).to_owned(),
                to_read(public_url, statement.as_deref()),
                if statement.is_some() {
                    "This link is yours alone: whoever opens it reads the same.".to_owned()
                } else {
                    "What it is about is not written in a mail.".to_owned()
                },
            ],
        }
    }
}

impl Words {
    /// As plain text.
    pub fn plain(&self) -> String {
        let mut text = self.paragraphs.join("\r\n\r\n");
        text.push_str("\r\n");
        text
    }

    /// As HTML without scripts, styles or pictures.
    pub fn html(&self, locale: Locale) -> String {
        let paragraph = |text: &String| {
            let escaped = escape(text);
            if text.starts_with("http://") || text.starts_with("https://") {
                format!("<p><a href=\"{escaped}\">{escaped}</a></p>\r\n")
            } else {
                format!("<p>{escaped}</p>\r\n")
            }
        };
        let body: String = self.paragraphs.iter().map(paragraph).collect();
        let (tag, title) = (locale.tag(), escape(&self.subject));
        format!(
            "<!doctype html>\r\n<html lang=\"{tag}\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\r\n<body>\r\n{body}</body></html>\r\n"
        )
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use contract::StatementId;

    use super::super::told::name_of;
    use super::*;

    fn letters() -> [Letter; 13] {
        [
            Letter::ConfirmSignUp {
                token: "T".into(),
                neighbourhood: "Le <b>Verger</b> & Co".into(),
                pseudonym: "Merle".into(),
            },
            Letter::ConfirmAccount { token: "T".into() },
            Letter::AddressKnown {
                neighbourhood: Some("Le Verger".into()),
            },
            Letter::AddressKnown {
                neighbourhood: None,
            },
            Letter::Recover { token: "T".into() },
            Letter::PasswordChanged,
            Letter::NewDevice {
                device: "<script>".into(),
                day_ms: 0,
            },
            Letter::Welcome {
                neighbourhood: "Le <b>Verger</b>".into(),
            },
            Letter::Postcard {
                neighbourhood: "Le Verger".into(),
                posted: true,
            },
            Letter::Postcard {
                neighbourhood: "Le Verger".into(),
                posted: false,
            },
            Letter::MembershipEnded {
                neighbourhood: "Le Verger".into(),
            },
            Letter::Told {
                event: Event::Decided,
                statement: None,
            },
            Letter::Told {
                event: Event::ReportDecided,
                statement: Some(name_of(StatementId::from_random([7; 16]))),
            },
        ]
    }

    #[test]
    fn no_letter_carries_markup_of_others_or_fetches_anything() {
        for letter in letters() {
            for locale in [Locale::French, Locale::English] {
                let words = letter.words(locale, "https://board.example");
                let html = words.html(locale);
                assert!(
                    !html.contains("<script") && !html.contains("<b>") && !html.contains("<img"),
                    "{html}"
                );
                assert!(!html.contains("src=") && !html.contains("url("), "{html}");
                assert_eq!(html.matches("href=").count(), 1, "one link, to the board");
                assert!(words.plain().contains("https://board.example"));
                assert!(!words.subject.is_empty() && !words.subject.contains('\n'));
            }
        }
    }

    #[test]
    fn a_visitor_is_led_to_the_statement() {
        let [.., resident, visitor] = letters();
        let plain = |letter: Letter| {
            letter
                .words(Locale::French, "https://board.example")
                .plain()
        };
        assert!(plain(resident).contains("https://board.example/me/statements\r\n"));
        let link = "https://board.example/statement/dAcHBwcHB0cHhwcHBwcHBwc\r\n";
        assert!(plain(visitor).contains(link));
    }

    #[test]
    fn a_token_stands_behind_the_fragment_sign() {
        for letter in letters() {
            let plain = letter
                .words(Locale::French, "https://board.example")
                .plain();
            assert_eq!(
                plain.matches("token=").count(),
                plain.matches("#token=").count()
            );
        }
    }
}
