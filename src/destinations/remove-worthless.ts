import { type Destination, DestinationError } from './destination.ts';

/**
 * Removes what is not known to be good, because it would look like a backup. Gives `why` it is worthless, in words for the
 * channel, with what is left there if it could not be removed.
 */
export async function removeWorthless(
  destination: Destination,
  key: string,
  why: DestinationError,
): Promise<DestinationError> {
  try {
    await destination.remove(key);
    return why;
  } catch (error) {
    if (!(error instanceof DestinationError)) throw error;
    return new DestinationError(
      `${why.message} It could not be removed either, so do not count on ${destination.locate(key)}: ${error.message}`,
      { kind: why.kind, cause: why },
    );
  }
}
