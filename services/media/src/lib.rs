//! Pictures: strip, bake, encode, keep, who may see them
