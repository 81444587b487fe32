//! Texts that are made up, the same ones each time: pieces of posts and of what rules show, put together, then written as people do who
//! do not want to be read.

use screening::lexicon;
use serde::Deserialize;

/// Something to be read.
#[derive(Debug)]
pub struct Text {
    pub category: Option<&'static str>,
    pub passages: Vec<(&'static str, String)>,
}

/// Not the posts that nobody who writes rules may see: a test that fails shows its text.
const SETS: [&str; 4] = [
    include_str!("../../sets/dev.jsonl"),
    include_str!("../../sets/more.jsonl"),
    include_str!("../../sets/third.jsonl"),
    include_str!("../../sets/fourth.jsonl"),
];

const CATEGORIES: [Option<&str>; 10] = [
    None,
    Some("EVENT"),
    Some("HELP"),
    Some("GIVE_LEND"),
    Some("LOST_FOUND"),
    Some("HAZARD"),
    Some("FAULT"),
    Some("QUESTION"),
    Some("INCIDENT"),
    Some("CONCERNING_BEHAVIOUR"),
];
const FIELDS: [&str; 5] = ["title", "body", "event.placeName", "mediaAlt", "mediaAlt"];
/// As many letters as a notice may have.
const LONGEST: usize = 4_000;

const BETWEEN: [&str; 8] = [" ", ". ", ", ", "\n", " - ", "", " ? ", "\u{a0}: "];
const DIGITS: [[&str; 5]; 10] = [
    ["zéro", "zero", "０", "𝟎", "o"],
    ["un", "one", "１", "①", "¹"],
    ["deux", "two", "２", "②", "²"],
    ["trois", "three", "３", "𝟛", "3️⃣"],
    ["quatre", "four", "４", "④", "٤"],
    ["cinq", "five", "５", "𝟱", "5️⃣"],
    ["six", "six", "６", "⑥", "⁶"],
    ["sept", "seven", "７", "𝟽", "７"],
    ["huit", "eight", "８", "⑧", "₈"],
    ["neuf", "nine", "９", "𝟗", "９"],
];
/// What a letter may be written as.
const LOOK_ALIKES: [(char, &str); 14] = [
    ('a', "а"),
    ('a', "@"),
    ('c', "с"),
    ('d', "𝐝"),
    ('e', "е"),
    ('e', "é"),
    ('i', "ï"),
    ('n', "ｎ"),
    ('o', "0"),
    ('o', "ο"),
    ('p', "р"),
    ('r', "Ⓡ"),
    ('s', "ſ"),
    ('u', "u\u{301}"),
];
const STRAYS: [&str; 16] = [
    "🚗",
    "👨‍👩‍👧",
    "🇫🇷",
    "\u{200b}",
    "\u{ad}",
    "\u{301}",
    "*",
    "(",
    "@",
    ".",
    "  ",
    "\n",
    "각",
    "ﷺ",
    "½",
    "\r\n",
];

/// What took longest of hundreds of thousands that were tried, said over and over.
const SLOWEST: [&str; 5] = ["a--", "a-", "1 . a-z0-9-", " . exemple-edu", "livecom- . "];

/// A deterministic stream of numbers (splitmix64), so that texts never change.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() >> 33).unwrap() % end
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// What texts are put together from.
fn pieces() -> Vec<String> {
    #[derive(Deserialize)]
    struct Post {
        title: String,
        body: String,
    }
    let posts = SETS.iter().flat_map(|set| set.lines());
    let posts = posts.map(|line| serde_json::from_str::<Post>(line).unwrap());
    let mut pieces: Vec<String> = posts.flat_map(|post| [post.title, post.body]).collect();
    for rule in lexicon().rules() {
        let examples = rule.finds.iter().chain(&rule.passes).chain(&rule.nearly);
        pieces.extend(examples.map(|example| example.replace(['«', '»'], "")));
    }
    pieces
}

/// So many texts as people write them.
pub fn short(count: usize) -> Vec<Text> {
    let (pieces, mut dice) = (pieces(), Dice(1));
    let mut made = Vec::new();
    for _ in 0..count {
        let passages = FIELDS[..=dice.below(FIELDS.len())].iter();
        made.push(Text {
            category: *dice.one(&CATEGORIES),
            passages: passages
                .map(|field| (*field, spliced(&pieces, &mut dice)))
                .collect(),
        });
    }
    made
}

/// So many texts that say one thing over and over, which is what takes longest where one thing is tried after the other.
pub fn long(count: usize) -> Vec<Text> {
    let (pieces, mut dice) = (pieces(), Dice(2));
    let signs: Vec<char> = "aenorst aeo12 0123456789-_.,'*@+/(".chars().collect();
    let mut made = Vec::new();
    for at in 0..count {
        let known = SLOWEST.get(at).map(|piece| (*piece).to_owned());
        let piece: String = known.unwrap_or_else(|| match at % 3 {
            0 => dice.one(&pieces).clone(),
            1 => {
                let words: Vec<&str> = dice.one(&pieces).split(' ').collect();
                let mut word = || dice.one(&words).to_lowercase();
                [word(), word(), String::new()].join(" ")
            }
            _ => (0..=dice.below(6)).map(|_| *dice.one(&signs)).collect(),
        });
        made.push(Text {
            category: *dice.one(&CATEGORIES),
            passages: vec![("body", piece.chars().cycle().take(LONGEST).collect())],
        });
    }
    made
}

fn spliced(pieces: &[String], dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..=dice.below(3) {
        let letters: Vec<char> = dice.one(pieces).chars().collect();
        let is_whole = letters.len() < 2 || dice.below(2) == 0;
        let (start, end) = if is_whole {
            (0, letters.len())
        } else {
            let start = dice.below(letters.len());
            (start, start + 1 + dice.below(letters.len() - start))
        };
        text.extend(&letters[start..end]);
        text += *dice.one(&BETWEEN);
    }
    for _ in 0..dice.below(8) {
        text = disguised(&text, dice);
    }
    text
}

/// A text with something in it written otherwise.
fn disguised(text: &str, dice: &mut Dice) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        return STRAYS[0].to_owned();
    }
    let at = dice.below(letters.len());
    let with = match dice.below(8) {
        0 | 1 => {
            let of = |letter: &char| letter.to_digit(10).map(|digit| DIGITS[digit as usize]);
            let Some(near) = (at..letters.len()).find(|at| of(&letters[*at]).is_some()) else {
                return text.to_owned();
            };
            let digit = *dice.one(&of(&letters[near]).unwrap());
            return replaced(&letters, near, &format!("{digit}{}", [" ", ""][at % 2]));
        }
        2 => {
            let (letter, with) = *dice.one(&LOOK_ALIKES);
            let near = (at..letters.len()).find(|at| letters[*at] == letter);
            return near.map_or_else(|| text.to_owned(), |near| replaced(&letters, near, with));
        }
        3 => letters[at].to_uppercase().collect(),
        4 => String::new(),
        5 => format!("{0}{0}", letters[at]),
        6 => format!("{}{}", letters[at], dice.one(&STRAYS)),
        _ => {
            let any = u32::try_from(dice.below(0x11_0000)).unwrap();
            format!(
                "{}{}",
                letters[at],
                char::from_u32(any).unwrap_or('\u{fffd}')
            )
        }
    };
    replaced(&letters, at, &with)
}

/// A text with something in the place of one letter.
fn replaced(letters: &[char], at: usize, with: &str) -> String {
    let (before, after) = (&letters[..at], &letters[at + 1..]);
    let with: Vec<char> = with.chars().collect();
    before.iter().chain(&with).chain(after).collect()
}
