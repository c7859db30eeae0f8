import { type Destination, DestinationError } from '../../src/destinations/destination.ts';
import { removeWorthless } from '../../src/destinations/remove-worthless.ts';

/** Removes an archive, if there is one, whose worker died before it could compare it and write its manifest. @throws {DestinationError} */
export async function removeUncompared(destination: Destination, key: string): Promise<void> {
  const found = await destination.head(key);
  if (found === undefined || found === 'write-only') return;
  const why = new DestinationError(`A worker died before it could compare ${key} at ${destination.name}.`);
  const told = await removeWorthless(destination, key, why);
  if (told !== why) throw told;
}
