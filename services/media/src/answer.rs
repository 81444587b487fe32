//! What the error of a store says, in words that name no file: its own words hold paths.

use std::error::Error;
use std::io;

/// A code of S3 is no longer than this.
const CODE_AT_MOST: usize = 64;

/// The code in the answer of an S3-compatible server, such as `NoSuchBucket`.
pub fn code(error: &object_store::Error) -> Option<String> {
    let text = error.to_string();
    let (_, rest) = text.split_once("<Code>")?;
    let (code, _) = rest.split_once("</Code>")?;
    let is_code =
        code.len() <= CODE_AT_MOST && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_code.then(|| code.to_owned())
}

/// What the operating system or the server said, where one of them said something.
pub fn kind(error: &object_store::Error) -> String {
    let of_system = || io_fault(error).map(|fault| fault.kind().to_string());
    code(error)
        .or_else(of_system)
        .unwrap_or_else(|| "another fault".to_owned())
}

/// The first cause, in its own words. For whoever sets the board up, never for a log.
pub fn cause(error: &object_store::Error) -> String {
    causes(error)
        .last()
        .map(ToString::to_string)
        .unwrap_or_default()
}

fn io_fault(error: &object_store::Error) -> Option<&io::Error> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

fn causes(error: &object_store::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    let first: &(dyn Error + 'static) = error;
    std::iter::successors(Some(first), |&error| error.source())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(source: impl Error + Send + Sync + 'static) -> object_store::Error {
        object_store::Error::Generic {
            store: "/home/somebody",
            source: Box::new(source),
        }
    }

    #[test]
    fn a_fault_of_the_machine_says_its_kind_and_no_path() {
        let error = failed(io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!(kind(&error), "no storage space");
    }

    #[test]
    fn a_fault_of_the_server_says_its_code_and_no_path() {
        let told = |text: &str| failed(io::Error::other(text.to_owned()));
        let error = told("<Error><Code>SlowDown</Code><Resource>/a/b</Resource></Error>");
        assert_eq!(kind(&error), "SlowDown");
        for odd in ["<Code>a b</Code>", "<Code>a", "<Code>/a</Code>"] {
            assert_eq!(code(&told(odd)), None, "{odd}");
        }
    }
}
