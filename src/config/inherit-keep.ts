import { RetentionPolicy } from '../domain/retention/registry.ts';

/**
 * The options of an app as they were written, with the policies of `keepAt` made whole: what one leaves out is as in `keep`,
 * so that saying one thing about a destination does not change the others. Of another strategy only the storage is shared.
 */
export function inheritKeep(app: unknown): unknown {
  if (!isObject(app) || !isObject(app.keepAt)) return app;
  const keep = isObject(app.keep) && RetentionPolicy.safeParse(app.keep).success ? app.keep : {};
  const whole = Object.entries(app.keepAt).map(([name, policy]) => [name, inherit(policy, keep)]);
  return { ...app, keepAt: Object.fromEntries(whole) };
}

type Options = Readonly<Record<string, unknown>>;

function inherit(policy: unknown, keep: Options): unknown {
  if (!isObject(policy)) return policy;
  const { strategy = keep.strategy } = policy;
  if (nameOf(strategy) === nameOf(keep.strategy)) return { ...keep, ...policy };
  const { maximumStorageInMegabytes } = keep;
  return { ...(maximumStorageInMegabytes !== undefined && { maximumStorageInMegabytes }), ...policy };
}

/** Left out, it is the first. */
function nameOf(strategy: unknown): unknown {
  return strategy ?? 'grandfatherFatherSon';
}

function isObject(value: unknown): value is Options {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
