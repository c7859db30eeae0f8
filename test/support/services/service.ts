import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOrInstall, type Programs } from './install.ts';
import { type Launched, launch } from './launch.ts';
import { freePort } from './port.ts';
import { type User, unprivilegedUser } from './user.ts';

/** What a test may do with any service, whoever started it. */
export interface Service {
  readonly url: string;
  /** Stops the server if it was started for the test; leaves one from the environment alone. */
  stop(): Promise<void>;
}

/** A server this process started and may therefore take away for a while. */
export interface OwnServer extends Service {
  readonly place: Place;
  /** Stops the server; its data and port stay as they are. */
  pause(): Promise<void>;
  /** Starts it again on the same data and port. */
  resume(): Promise<void>;
}

/** Where a private server lives. */
export interface Place {
  /** Empty at first, owned by `user`, removed in the end. */
  readonly folder: string;
  readonly port: number;
  readonly programs: Programs;
  /** Servers refuse to run as root. */
  readonly user: User;
}

/** How to get hold of one kind of server. */
export interface Recipe {
  /** Holds the address of a server that runs already. */
  readonly variable: string;
  /** The first is the server. */
  readonly programs: readonly [string, ...string[]];
  /** Debian's package; several are parted by spaces. */
  readonly package: string;
  /** Makes a new data folder. */
  prepare?(place: Place): Promise<void>;
  arguments(place: Place): string[];
  url(place: Place): string;
  /** What the server prints when it takes connections. */
  readonly ready: RegExp;
  /** Ends it at once and well, whoever is still connected. */
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
}

/** The server named by the environment, else one of its own. */
export async function startService(recipe: Recipe): Promise<Service | OwnServer> {
  const url = process.env[recipe.variable];
  if (url) return { url, async stop() {} };
  return startOwnServer(recipe);
}

/** A private server on a free port with a temporary data folder. Installs the program where that is possible. */
export async function startOwnServer(recipe: Recipe): Promise<OwnServer> {
  const place = await makePlace(await findOrInstall(recipe));
  await recipe.prepare?.(place);
  let server: Launched = await launch(recipe, place);

  return {
    url: recipe.url(place),
    place,
    pause: () => server.stop(),
    async resume() {
      server = await launch(recipe, place);
    },
    async stop() {
      await server.stop();
      await rm(place.folder, { recursive: true, force: true });
    },
  };
}

/** A folder and a port for a server. */
export async function makePlace(programs: Programs): Promise<Place> {
  const user = await unprivilegedUser();
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-service-'));
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid);
  return { folder, port: await freePort(), programs, user };
}
