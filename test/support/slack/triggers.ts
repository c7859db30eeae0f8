import { refuse } from './refusal.ts';

const lifetimeMs = 3000;

/** The ids that let an app open a modal: one use, within three seconds. https://docs.slack.dev/surfaces/modals */
export interface Triggers {
  issue(person: string): string;
  exchange(id: string): string;
}

export function openTriggers(): Triggers {
  const issued = new Map<string, { readonly person: string; readonly at: number; used: boolean }>();

  return {
    issue(person) {
      const id = `${issued.size + 1}.trigger.${person}`;
      issued.set(id, { person, at: Date.now(), used: false });
      return id;
    },
    exchange(id) {
      const trigger = issued.get(id) ?? refuse('invalid_trigger_id');
      if (trigger.used) refuse('exchanged_trigger_id');
      trigger.used = true;
      if (Date.now() - trigger.at > lifetimeMs) refuse('expired_trigger_id');
      return trigger.person;
    },
  };
}
