import { type Content, type Destination, DestinationError } from './destination.ts';
import { removeWorthless } from './remove-worthless.ts';

/**
 * Has a destination compare what it holds under `key` with what was sent; true once it is known to be the same, false when
 * the credentials are write-only. What is wrong or could not be compared is removed.
 * @throws {DestinationError}
 */
export async function compare(
  destination: Destination,
  key: string,
  content: Content,
  signal: AbortSignal,
  onMoved: () => void,
): Promise<boolean> {
  try {
    return (await destination.verify(key, content, signal, { onMoved })) === 'verified';
  } catch (error) {
    throw error instanceof DestinationError ? await removeWorthless(destination, key, error) : error;
  }
}
