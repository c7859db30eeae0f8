/** Slack's `{ ok: false, error }`. */
export class Refusal extends Error {
  override name = 'Refusal';
}

export function refuse(error: string): never {
  throw new Refusal(error);
}
