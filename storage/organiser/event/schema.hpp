/// The tables of event.db but for the registrations', whose columns registration.hpp and store.hpp
/// tell. Places, rooms, sessions, categories and kiosks have numbers from 1 by first appearance,
/// which are never given again.
#pragma once

namespace hudoor::organiser {

inline constexpr int schema_version = 7;
inline constexpr int application_id = 0x48644F72;  // "HdOr"

inline constexpr const char* schema = R"(
    CREATE TABLE event (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        number INTEGER NOT NULL, demo INTEGER NOT NULL, name_ar TEXT NOT NULL, name_en TEXT NOT NULL,
        timezone TEXT NOT NULL, first_day INTEGER NOT NULL, last_day INTEGER NOT NULL,
        organiser BLOB NOT NULL, organiser_seal BLOB NOT NULL,
        revision INTEGER NOT NULL DEFAULT 1, revocations INTEGER NOT NULL DEFAULT 1,
        code_cut TEXT NOT NULL DEFAULT '') STRICT;  -- what stands before it in a QR is an imported code
    CREATE TABLE badge_key (id INTEGER PRIMARY KEY, key BLOB NOT NULL, revoked INTEGER NOT NULL) STRICT;
    CREATE TABLE category (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name_ar TEXT NOT NULL,
        name_en TEXT NOT NULL, colour INTEGER NOT NULL,
        gone INTEGER NOT NULL DEFAULT 0) STRICT;  -- the event file no longer has it; so below
    CREATE TABLE room (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name_ar TEXT NOT NULL,
        name_en TEXT NOT NULL, gone INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE place (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name_ar TEXT NOT NULL,
        name_en TEXT NOT NULL, direction INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE place_room (place INTEGER NOT NULL REFERENCES place, room INTEGER NOT NULL REFERENCES room,
        PRIMARY KEY (place, room)) STRICT;
    CREATE TABLE way (place INTEGER NOT NULL REFERENCES place, room INTEGER NOT NULL REFERENCES room,
        arrow INTEGER NOT NULL, words_ar TEXT NOT NULL, words_en TEXT NOT NULL,
        PRIMARY KEY (place, room)) STRICT;
    CREATE TABLE session (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, title_ar TEXT NOT NULL,
        title_en TEXT NOT NULL, room INTEGER NOT NULL REFERENCES room, starts_ms INTEGER NOT NULL,
        ends_ms INTEGER NOT NULL, doors_minutes INTEGER NOT NULL, capacity INTEGER NOT NULL,
        admits INTEGER NOT NULL, reentry INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE session_quota (session INTEGER NOT NULL REFERENCES session,
        place INTEGER NOT NULL REFERENCES place, seats INTEGER NOT NULL, PRIMARY KEY (session, place)) STRICT;
    CREATE TABLE session_category (session INTEGER NOT NULL REFERENCES session,
        category INTEGER NOT NULL REFERENCES category, PRIMARY KEY (session, category)) STRICT;

    CREATE TABLE registration_session (
        registration INTEGER NOT NULL REFERENCES registration ON DELETE CASCADE,
        session INTEGER NOT NULL REFERENCES session, PRIMARY KEY (registration, session)) STRICT;
    CREATE TABLE registration_kept (
        registration INTEGER NOT NULL REFERENCES registration ON DELETE CASCADE,
        name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (registration, name)) STRICT;

    CREATE TABLE usher (number INTEGER PRIMARY KEY, role INTEGER NOT NULL, name TEXT NOT NULL,
        pin_hash TEXT NOT NULL, badge BLOB UNIQUE, enabled INTEGER NOT NULL) STRICT;
    CREATE TABLE kiosk (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
        place INTEGER NOT NULL REFERENCES place, verify_key BLOB NOT NULL, seal_key BLOB NOT NULL,
        disabled_ms INTEGER) STRICT;  -- since when; NULL: it is enabled
    CREATE TABLE history (number INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, what TEXT NOT NULL) STRICT;

    CREATE TABLE fact (kiosk INTEGER NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
        hash BLOB NOT NULL, encoding BLOB NOT NULL, signature BLOB NOT NULL,
        UNIQUE (kiosk, epoch, seq, hash)) STRICT;
)";

/// What is signed for kiosks as a whole, and since which of it.
inline constexpr const char* edition_schema = R"(
    -- Its number rises whenever its content is another.
    CREATE TABLE edition (name TEXT PRIMARY KEY, number INTEGER NOT NULL, content BLOB NOT NULL) STRICT;
    -- A badge up to this issue (255: all), and the number of the first refusal list that had it.
    CREATE TABLE revoked (badge BLOB NOT NULL, issue INTEGER NOT NULL, list INTEGER NOT NULL,
        at_ms INTEGER NOT NULL, PRIMARY KEY (badge, issue)) STRICT;
)";

/// Which files brought which facts, and what is believed though nothing proves it. Facts are never
/// taken out of their table: they stand as long as one source holds them that was not undone.
inline constexpr const char* source_tables = R"(
    CREATE TABLE source (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, name TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        undone_why TEXT) STRICT;  -- NULL: it was not taken out
    -- Facts that follow one another by their hashes, back from last_hash; is_signed: with a signature.
    CREATE TABLE source_range (source INTEGER NOT NULL REFERENCES source, kiosk INTEGER NOT NULL,
        epoch INTEGER NOT NULL, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL,
        last_hash BLOB NOT NULL, is_signed INTEGER NOT NULL) STRICT;
    CREATE TABLE acceptance (last_hash BLOB PRIMARY KEY, kiosk INTEGER NOT NULL,
        epoch INTEGER NOT NULL, last_seq INTEGER NOT NULL, at_ms INTEGER NOT NULL,
        why TEXT NOT NULL) STRICT;
)";

/// From schema 4: what is there already stands, by one source of its own.
inline constexpr const char* source_before = R"(
    INSERT INTO source (hash, name, at_ms) SELECT zeroblob(32), 'before', 0
        WHERE EXISTS (SELECT * FROM fact);
    INSERT INTO source_range
        WITH linked AS (
            SELECT kiosk, epoch, seq, hash, signature <> zeroblob(64) AS is_signed,
                seq = lag(seq) OVER epochs + 1 AND substr(encoding, -32) = lag(hash) OVER epochs AND
                    (signature <> zeroblob(64)) = lag(signature <> zeroblob(64)) OVER epochs AS follows
            FROM fact WINDOW epochs AS (PARTITION BY kiosk, epoch ORDER BY seq, hash)),
        runs AS (
            SELECT *, sum(follows IS NOT TRUE) OVER (PARTITION BY kiosk, epoch ORDER BY seq, hash) AS run
            FROM linked)
        SELECT 1, kiosk, epoch, max(seq) - (count(*) - 1), max(seq), hash, is_signed
        FROM runs GROUP BY kiosk, epoch, run;
)";

/// Where whoever is not let in is helped: where it is, and how to get there from each place.
inline constexpr const char* help_desk_tables = R"(
    CREATE TABLE help_desk (only INTEGER PRIMARY KEY CHECK (only = 1),
        words_ar TEXT NOT NULL, words_en TEXT NOT NULL) STRICT;
    CREATE TABLE help_desk_way (place INTEGER PRIMARY KEY REFERENCES place, arrow INTEGER NOT NULL,
        words_ar TEXT NOT NULL, words_en TEXT NOT NULL) STRICT;
)";

/// From schema 6. Days of the event began at midnight then.
inline constexpr const char* door_schema = R"(
    ALTER TABLE event ADD COLUMN day_starts_minutes INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE event ADD COLUMN badge_days_after INTEGER NOT NULL DEFAULT 30;
    -- Other events, whose badges are told apart from forged ones.
    CREATE TABLE known_event (number INTEGER PRIMARY KEY, name_ar TEXT NOT NULL, name_en TEXT NOT NULL) STRICT;
    CREATE TABLE known_event_key (event INTEGER NOT NULL REFERENCES known_event, key BLOB NOT NULL,
        PRIMARY KEY (event, key)) STRICT;
    -- What was last made for a kiosk: the guest list, and who it is and what it knows, signed.
    CREATE TABLE given (kiosk INTEGER PRIMARY KEY REFERENCES kiosk, at_ms INTEGER NOT NULL,
        list INTEGER NOT NULL, list_ms INTEGER NOT NULL, refusals INTEGER NOT NULL,
        identity BLOB NOT NULL) STRICT;
)";
/// Only one key may have signed what was printed before; of several nobody knows which.
inline constexpr const char* badge_keys_from_6 = R"(
    UPDATE registration SET badge_key = (SELECT min(id) FROM badge_key)
        WHERE badge IS NOT NULL AND (SELECT count(*) FROM badge_key) = 1;
    UPDATE event SET revocations = revocations + 1
        WHERE EXISTS (SELECT 1 FROM registration WHERE status <> 0 AND badge IS NOT NULL);
)";

/// That the names were wiped: the event takes none again, and what the first purge counted stays.
inline constexpr const char* purged_table = R"(
    CREATE TABLE purged (only INTEGER PRIMARY KEY CHECK (only = 1), at_ms INTEGER NOT NULL,
        registrations INTEGER NOT NULL, kept_values INTEGER NOT NULL, ushers INTEGER NOT NULL,
        history INTEGER NOT NULL) STRICT;
)";
/// From schema 6, whose purges left this alone in the history, and their counts in purge.json.
inline constexpr const char* purged_before = R"(
    INSERT INTO purged SELECT 1, min(at_ms), (SELECT count(*) FROM registration), 0,
        (SELECT count(*) FROM usher), 0 FROM history WHERE what = 'purge' HAVING count(*) > 0;
)";

/// What a list said the last time, so that the next one is known to say something else: absence is
/// no value, and a list does not undo a decision. The source "" is what was decided here by hand.
/// All columns of a person in one text, as SaidValues packs them: a row for each would be most of a
/// large event's file.
inline constexpr const char* said_table = R"(
    CREATE TABLE said (source TEXT NOT NULL,
        registration INTEGER NOT NULL REFERENCES registration ON DELETE CASCADE,
        columns TEXT NOT NULL, PRIMARY KEY (source, registration)) STRICT, WITHOUT ROWID;
)";

/// From schema 2.
inline constexpr const char* upgrade_from_2 = R"(
    ALTER TABLE category ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE room ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE place ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE session ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
    PRAGMA user_version = 3;
)";

/// From schema 3.
inline constexpr const char* upgrade_from_3 = R"(
    ALTER TABLE registration RENAME COLUMN code_hash TO code;
    PRAGMA user_version = 4;
)";
/// From schema 4, after edition_schema: it was not known since which list, so none of before
/// counts.
inline constexpr const char* revoked_from_4 = R"(
    INSERT INTO revoked SELECT badge, issue, (SELECT revocations FROM event), at_ms FROM revocation;
    DROP TABLE revocation;
)";

}  // namespace hudoor::organiser
