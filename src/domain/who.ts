import { z } from 'zod';

/** Somebody who asks: `slack:T1/U1`, `telegram:77`, `console:me`. Never a display name, which people can change. */
export const PersonId = z.string().regex(/^[a-z]+:.+$/);
export type PersonId = z.infer<typeof PersonId>;

export const Who = z.strictObject({
  id: PersonId,
  /** For messages only. */
  name: z.string().optional(),
  /** Groups the platform vouches for: `slack:group:S1`. */
  groups: z.array(z.string()).default([]),
  /** The same person's ids on other platforms, where they are linked. */
  also: z.array(PersonId).optional(),
});
export type Who = z.infer<typeof Who>;

/** A place where messages go: a channel, a chat, a console session, and the thread in it. */
export const Address = z.strictObject({
  /** The platform that delivers there; also the first word of `slack:C1`. */
  platform: z.string(),
  /** The platform's own id of the channel, chat or session. */
  place: z.string(),
  thread: z.string().optional(),
  /** The only process that can deliver there, where the place is a part of one. Left out: any that has the platform. */
  process: z.string().optional(),
  /** Only this person is to see it, where the platform can do that in a place of many. */
  onlyFor: PersonId.optional(),
});
export type Address = z.infer<typeof Address>;

/** `{ platform: 'slack', place: 'C1' }` → `slack:C1`, as the configuration writes it. */
export function addressName({ platform, place }: Address): string {
  return `${platform}:${place}`;
}

/** `telegram:-100` → its address. */
export function readAddress(name: string): Address {
  const colon = name.indexOf(':');
  return { platform: name.slice(0, colon), place: name.slice(colon + 1) };
}
