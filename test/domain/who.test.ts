import { describe, expect, it } from 'vitest';
import { addressName, PersonId, readAddress, Who } from '../../src/domain/who.ts';

describe('a place', () => {
  it.each([
    ['slack:C1', { platform: 'slack', place: 'C1' }],
    ['telegram:-100', { platform: 'telegram', place: '-100' }],
    ['console:a:b', { platform: 'console', place: 'a:b' }],
  ])('%s is written as it is read', (name, address) => {
    expect(readAddress(name)).toEqual(address);
    expect(addressName(address)).toBe(name);
  });

  it('has the same name in each of its threads', () => {
    expect(addressName({ platform: 'slack', place: 'C1', thread: '17.4' })).toBe('slack:C1');
  });
});

describe('somebody who asks', () => {
  it.each(['slack:T1/U1', 'telegram:77', 'console:me'])('may be %s', (id) => {
    expect(PersonId.safeParse(id).success).toBe(true);
  });

  it.each(['', 'me', 'slack:', ':77', '@ann'])('is never %j', (id) => {
    expect(PersonId.safeParse(id).success).toBe(false);
  });

  it('is in no group unless the platform says so', () => {
    expect(Who.parse({ id: 'telegram:77' })).toEqual({ id: 'telegram:77', groups: [] });
  });
});
