#!/bin/bash
# The backup script that people write: dump, zip, upload to $1, clean up.
set -eo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mariadb-dump --single-transaction --quick --routines --triggers --events --hex-blob --default-character-set=utf8mb4 \
  -h "$HOST" -P "$PORT" -u "$LOGIN" "$DATABASE" > "$work/shop.sql"
cd "$FOLDER"
zip -q -r "$work/backup.zip" .
cd "$work"
zip -q backup.zip shop.sql
rclone copyto backup.zip "$1"
