import { DestinationError } from './destination.ts';

const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * `shop/2026-11-22-03-15-00.zip` → its folder and its name. Only plain names pass, so no key leads out of a destination
 * or to somebody else's file, whatever the system makes of `..`, `\`, NUL or look-alike letters.
 * @throws {DestinationError}
 */
export function splitKey(key: string): { readonly app: string; readonly fileName: string } {
  const [app = '', fileName = '', ...rest] = key.split('/');
  if (rest.length > 0 || !plainName.test(app) || !plainName.test(fileName)) {
    throw new DestinationError(
      `${JSON.stringify(key)} is not the name of a backup, so nothing was done with it.`,
    );
  }
  return { app, fileName };
}

/** An app's name, once it is known to be a plain one. @throws {DestinationError} */
export function appFolder(app: string): string {
  if (plainName.test(app)) return app;
  throw new DestinationError(
    `${JSON.stringify(app)} is not the name of an app, so its backups cannot be found.`,
  );
}
