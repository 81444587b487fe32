//! The stable codes of refusals, so that what clients know of them can be compared with what there is.

/// Gives a type of refusals its codes: `CODES`, all of them, and a function that tells the one of each. A further arm, after
/// the list, hands on to a type that has codes of its own.
#[macro_export]
macro_rules! codes {
    ($refusal:ident::$code:ident { $($which:pat => $text:literal,)+ } $($other:pat => $handed:expr)?) => {
        impl $refusal {
            /// Every code of its own.
            pub const CODES: &'static [&'static str] = &[$($text),+];

            /// The stable code.
            pub const fn $code(self) -> &'static str {
                match self {
                    $($which => $text,)+
                    $($other => $handed,)?
                }
            }
        }
    };
}
