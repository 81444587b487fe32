CREATE TABLE "deletion" ( "hash" blob(1) NOT NULL PRIMARY KEY, "at_ms" integer NOT NULL );
CREATE INDEX deletion_age ON deletion (at_ms);
CREATE TABLE "deletion_log" ( "id" uuid_text NOT NULL PRIMARY KEY, "proof" blob(1) NOT NULL, "restoring" boolean NOT NULL );
CREATE TABLE "deletions_migrations" ( "version" varchar NOT NULL PRIMARY KEY, "applied_at" integer NOT NULL );
