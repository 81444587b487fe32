//! What is near: rows ready to show, by cell
