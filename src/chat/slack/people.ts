import type { webApi } from '@slack/bolt';
import type { Standing } from '../../domain/access.ts';
import type { Who } from '../../domain/who.ts';
import type { ChatLog } from '../tools.ts';
import { kept } from './cache.ts';
import { explain } from './explain.ts';

const knownForMs = 5 * 60_000;

/** Somebody, as Slack vouches for them. */
export interface Member {
  readonly from: Who;
  readonly standing: Standing;
}

export interface People {
  /** @throws {PlatformError} when Slack cannot say who that is. */
  who(user: string): Promise<Member>;
}

/**
 * People by team and user id, `slack:T1/U1`, with the user groups they are in. The groups of guests, bots and people of
 * other teams only take rights from them, so that a rule has to name them to let them do anything. What Slack does not say
 * is unknown.
 */
export function openPeople(web: webApi.WebClient, log: ChatLog): People {
  const ourTeam = kept(Number.POSITIVE_INFINITY, () => web.auth.test().then(({ team_id }) => team_id ?? ''));
  const groups = kept(knownForMs, () => listGroups(web));
  const people = new Map<string, () => Promise<User>>();

  function userOf(id: string): Promise<User> {
    const ask =
      people.get(id) ?? kept(knownForMs, () => web.users.info({ user: id }).then(({ user }) => user ?? {}));
    people.set(id, ask);
    return ask();
  }

  async function groupsOf(id: string): Promise<{ groups: string[]; standing: Standing }> {
    try {
      return placeOf(id, await groups());
    } catch (thrown) {
      log.warn(
        `${explain('look up the user groups', thrown).message} What depends on a group is refused until then.`,
      );
      return { groups: [], standing: { unknown: ['slack:group:'] } };
    }
  }

  return {
    async who(id) {
      try {
        const [user, team, { groups: mine, standing }] = await Promise.all([
          userOf(id),
          ourTeam(),
          groupsOf(id),
        ]);
        const member = isOurs(user, team);
        const name = user.profile?.display_name || user.name;
        const counts = member && !isGuestOrBot(user);
        const from = {
          id: `slack:${member ? team : (user.team_id ?? '')}/${id}`,
          ...(name !== undefined && { name }),
          groups: counts ? mine : [],
        };
        const deniedWith = [...(standing.deniedWith ?? []), ...(counts ? [] : mine)];
        return { from, standing: { ...standing, deniedWith } };
      } catch (thrown) {
        throw explain(`find out who ${id} is`, thrown);
      }
    },
  };
}

/** What the groups of somebody take from them where they speak with another account. Never rejects. */
export async function standingOf(id: string, people: People): Promise<Standing> {
  try {
    const { from, standing } = await people.who(id.slice(id.indexOf('/') + 1));
    return { ...standing, deniedWith: [...from.groups, ...(standing.deniedWith ?? [])] };
  } catch {
    return { unknown: ['slack:group:'] };
  }
}

type User = NonNullable<webApi.UsersInfoResponse['user']>;

/** In an Enterprise Grid somebody belongs to several teams. */
function isOurs({ team_id, enterprise_user }: User, team: string): boolean {
  return team_id === team || (enterprise_user?.teams ?? []).includes(team);
}

function isGuestOrBot({ is_restricted, is_ultra_restricted, is_bot, is_stranger, deleted }: User): boolean {
  return [is_restricted, is_ultra_restricted, is_bot, is_stranger, deleted].some((is) => is === true);
}

interface UserGroup {
  readonly name: string;
  /** Left out when Slack does not tell them. */
  readonly users?: readonly string[];
  /** Nobody is called by it any more. It gives no rights, and still takes them. */
  readonly isDisabled: boolean;
}

/** https://docs.slack.dev/reference/methods/usergroups.list */
async function listGroups(web: webApi.WebClient): Promise<UserGroup[]> {
  const { usergroups = [] } = await web.usergroups.list({ include_users: true, include_disabled: true });
  return usergroups.flatMap(({ id, users, user_count, date_delete = 0 }) => {
    const told = users ?? (user_count === 0 ? [] : undefined);
    const group = { name: `slack:group:${id}`, isDisabled: date_delete > 0 };
    return id === undefined ? [] : [{ ...group, ...(told && { users: told }) }];
  });
}

/** The groups somebody is in, those that only count against them, and those of which that is unknown. */
function placeOf(id: string, all: readonly UserGroup[]): { groups: string[]; standing: Standing } {
  const named = (groups: readonly UserGroup[]) => groups.map(({ name }) => name);
  const [unknown, mine] = [all.filter(({ users }) => !users), all.filter(({ users }) => users?.includes(id))];
  return {
    groups: named(mine.filter(({ isDisabled }) => !isDisabled)),
    standing: { deniedWith: named(mine.filter(({ isDisabled }) => isDisabled)), unknown: named(unknown) },
  };
}
