//! Who residents are and how to reach them
