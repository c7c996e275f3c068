package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"

	"github.com/azimuthdev/azimuth/journal"
)

//go:embed schema/*.sql
var scripts embed.FS

const (
	schemaVersion = 1          // the newest script
	applicationID = 0x417a6d74 // "Azmt", so that no other program's file is taken for a journal
)

var errForeign = errors.New("an SQLite file of another program")

// migrate runs the scripts that the file has not seen, all or none.
func migrate(ctx context.Context, db *sql.DB) error {
	have, err := version(ctx, db)
	if err != nil || have == schemaVersion {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	have, err = version(ctx, tx) // another process may have been faster
	for n := have + 1; n <= schemaVersion && err == nil; n++ {
		err = script(ctx, tx, n)
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, schemaVersion))
	if err != nil {
		return err
	}
	return tx.Commit()
}

func script(ctx context.Context, tx *sql.Tx, n int) error {
	text, err := scripts.ReadFile(fmt.Sprintf("schema/%d.sql", n))
	if err == nil {
		_, err = tx.ExecContext(ctx, string(text))
	}
	return err
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// version returns how many scripts the file has seen, and refuses files from the future and of other programs.
func version(ctx context.Context, db querier) (int, error) {
	var app, user, tables int
	// One statement, so that another process's migration is seen whole or not at all.
	err := db.QueryRowContext(ctx, `SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
		FROM pragma_application_id, pragma_user_version`).Scan(&app, &user, &tables)
	switch {
	case err != nil:
		return 0, err
	case app != applicationID && (app != 0 || user != 0 || tables != 0):
		return 0, errForeign
	case user > schemaVersion:
		return 0, fmt.Errorf("its schema is version %d: %w", user, journal.ErrNewer)
	}
	return user, nil
}
