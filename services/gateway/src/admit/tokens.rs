//! Counts what a document is made of before a parser sees it.

/// The deepest nesting of brackets that the parser is given: it recurses into each.
pub(crate) const BRACKETS_DEEPEST: usize = 48;

/// The lexical shape of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Lexical tokens (GraphQL, October 2021, section 2.1.6).
    pub tokens: usize,
    /// The deepest nesting of `{`, `[` and `(`.
    pub brackets: usize,
}

/// Counts tokens and brackets in one pass, without judging the grammar: what is no token counts as one.
pub(crate) fn shape(document: &str) -> Shape {
    let bytes = document.as_bytes();
    let mut shape = Shape::default();
    let mut open = 0_usize;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => at + 1,
            b'#' => end_of(bytes, at, |byte| byte != b'\n' && byte != b'\r'),
            _ => {
                shape.tokens += 1;
                match byte {
                    b'{' | b'[' | b'(' => {
                        open += 1;
                        shape.brackets = shape.brackets.max(open);
                        at + 1
                    }
                    b'}' | b']' | b')' => {
                        open = open.saturating_sub(1);
                        at + 1
                    }
                    b'"' => end_of_string(bytes, at),
                    b'.' if bytes[at..].starts_with(b"...") => at + 3,
                    b'_' | b'a'..=b'z' | b'A'..=b'Z' => end_of(bytes, at, |byte| {
                        byte == b'_' || byte.is_ascii_alphanumeric()
                    }),
                    b'-' | b'0'..=b'9' => end_of(bytes, at, |byte| {
                        matches!(byte, b'-' | b'+' | b'.') || byte.is_ascii_alphanumeric()
                    }),
                    _ => at + 1,
                }
            }
        };
    }
    shape
}

/// Where the run that begins at `from` ends; at least one byte long.
fn end_of(bytes: &[u8], from: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let run = bytes[from + 1..]
        .iter()
        .take_while(|byte| belongs(**byte))
        .count();
    from + 1 + run
}

/// Where the string or block string that begins at `from` ends; an unfinished one ends with the document.
fn end_of_string(bytes: &[u8], from: usize) -> usize {
    let block = bytes[from..].starts_with(b"\"\"\"");
    let mut at = from + if block { 3 } else { 1 };
    while at < bytes.len() {
        let rest = &bytes[at..];
        if block && rest.starts_with(b"\\\"\"\"") {
            at += 4;
        } else if block && rest.starts_with(b"\"\"\"") {
            return at + 3;
        } else if !block && rest[0] == b'\\' {
            at += 2;
        } else if !block && matches!(rest[0], b'"' | b'\n' | b'\r') {
            return at + 1;
        } else {
            at += 1;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tokens_are_counted_as_the_specification_does() {
        for (document, tokens) in [
            ("", 0),
            ("{ a }", 3),
            ("{a,b # c d e\n}", 4),
            ("query($x:Int!=-1.5e+3){a(b:$x)...F}", 21),
            (r#"{a(b:"x \" { [ y")}"#, 8),
            ("{a(b:\"\"\"x \\\"\"\" { \" y\"\"\")}", 8),
            ("\"unfinished { { {", 1),
            ("é", 2),
        ] {
            assert_eq!(shape(document).tokens, tokens, "{document}");
        }
    }

    #[test]
    fn brackets_inside_strings_and_comments_do_not_nest() {
        assert_eq!(shape("{a(b:[[1]])}").brackets, 4);
        assert_eq!(shape("{a(b:\"[[[[\") # ((((\n}").brackets, 2);
        assert_eq!(shape("}}}{").brackets, 1);
    }

    proptest! {
        #[test]
        fn any_text_is_counted_without_a_panic(text in "\\PC{0,200}|[\\\\\"{}\\[\\]().a#\\n]{0,200}") {
            let shape = shape(&text);
            prop_assert!(shape.tokens <= text.len());
            prop_assert!(shape.brackets <= shape.tokens);
        }
    }
}
