//! Keep: connect, migrate, transact, outbox, pages (SQLite or PostgreSQL)
