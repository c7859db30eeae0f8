import type { webApi } from '@slack/bolt';
import type { Who } from '../../domain/who.ts';
import type { ChatLog } from '../tools.ts';
import { kept } from './cache.ts';
import { explain } from './explain.ts';

const knownForMs = 5 * 60_000;

/** Somebody, as Slack vouches for them. */
export interface People {
  /** @throws {PlatformError} when Slack cannot say who that is. */
  who(user: string): Promise<Who>;
}

/**
 * People by team and user id, `slack:T1/U1`, with the user groups they are in. Of guests, bots and people of other
 * teams no group is told, so that only a rule that names them lets them do anything.
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

  async function groupsOf(id: string): Promise<string[]> {
    try {
      return (await groups()).flatMap(({ group, users }) =>
        users.includes(id) ? [`slack:group:${group}`] : [],
      );
    } catch (thrown) {
      log.warn(`${explain('look up the user groups', thrown).message} Nobody counts as a member of one.`);
      return [];
    }
  }

  return {
    async who(id) {
      try {
        const [user, team] = await Promise.all([userOf(id), ourTeam()]);
        const member = isOurs(user, team);
        const name = user.profile?.display_name || user.name;
        return {
          id: `slack:${member ? team : (user.team_id ?? '')}/${id}`,
          ...(name !== undefined && { name }),
          groups: member && !isGuestOrBot(user) ? await groupsOf(id) : [],
        };
      } catch (thrown) {
        throw explain(`find out who ${id} is`, thrown);
      }
    },
  };
}

type User = NonNullable<webApi.UsersInfoResponse['user']>;

/** In an Enterprise Grid somebody belongs to several teams. */
function isOurs({ team_id, enterprise_user }: User, team: string): boolean {
  return team_id === team || (enterprise_user?.teams ?? []).includes(team);
}

function isGuestOrBot({ is_restricted, is_ultra_restricted, is_bot, is_stranger, deleted }: User): boolean {
  return [is_restricted, is_ultra_restricted, is_bot, is_stranger, deleted].some((is) => is === true);
}

async function listGroups(web: webApi.WebClient): Promise<{ group: string; users: readonly string[] }[]> {
  const { usergroups = [] } = await web.usergroups.list({ include_users: true });
  return usergroups.flatMap(({ id, users = [] }) => (id === undefined ? [] : [{ group: id, users }]));
}
