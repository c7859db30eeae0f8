import { DatabaseError } from '../dumper.ts';

/** Whatever went wrong with the SQLite file at `path`, as a sentence with what to do. */
export function inWords(error: unknown, path: string, busyTimeoutInSeconds: number): unknown {
  if (error instanceof DatabaseError || !(error instanceof Error)) return error;
  return new DatabaseError(sentence(error, path, busyTimeoutInSeconds), { cause: error });
}

// https://sqlite.org/rescode.html
function sentence(error: Error, path: string, busyTimeoutInSeconds: number): string {
  switch (codeOf(error)) {
    case 'ENOENT':
      return `There is no SQLite database ${path}. Correct the path.`;
    case 'EACCES':
    case 'EPERM':
    case 'SQLITE_CANTOPEN':
      return `This user could not open the SQLite database ${path}. Let it read the file, the files ${path}-wal, ${path}-shm and ${path}-journal, and the folder.`;
    case 'ENOSPC':
    case 'SQLITE_FULL':
      return `There was no room in the temporary folder for a copy of ${path}. Make room, or set TMPDIR to a larger folder.`;
    case 'SQLITE_NOTADB':
      return `${path} is not a SQLite database, or it is encrypted.`;
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return `The SQLite database ${path} was locked by another program for ${busyTimeoutInSeconds} s. Try again, or raise its "busyTimeout".`;
    case 'SQLITE_CORRUPT':
      return `The SQLite database ${path} is damaged (${error.message}). Repair it or restore an older backup.`;
    default:
      return `Could not copy the SQLite database ${path}: ${error.message}.`;
  }
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
