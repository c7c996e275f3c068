-- A run's number is the upper half of its records' ids, so that a run's records lie together, in order, without an index.
CREATE TABLE runs (
	no      INTEGER PRIMARY KEY AUTOINCREMENT,
	id      TEXT    NOT NULL UNIQUE,
	goal    TEXT    NOT NULL,
	status  TEXT    NOT NULL,
	started INTEGER NOT NULL, -- nanoseconds since 1970, UTC
	records INTEGER NOT NULL,
	version INTEGER NOT NULL
) STRICT;

CREATE INDEX runs_started ON runs (started, no);

CREATE TABLE records (
	id      INTEGER PRIMARY KEY, -- runs.no << 32 | seq
	at      INTEGER NOT NULL,    -- nanoseconds since 1970, UTC
	kind    TEXT    NOT NULL,
	version INTEGER NOT NULL,
	data    BLOB    NOT NULL     -- JSON
) STRICT;

-- For people who look at the file with a tool of their own.
CREATE VIEW journal AS
	SELECT runs.id AS run, records.id & 4294967295 AS seq, datetime(at / 1000000000, 'unixepoch') AS at, kind, CAST(data AS TEXT) AS data
	FROM runs JOIN records ON records.id BETWEEN runs.no << 32 AND (runs.no << 32) + 4294967295;
