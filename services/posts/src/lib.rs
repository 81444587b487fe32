//! What neighbours publish
