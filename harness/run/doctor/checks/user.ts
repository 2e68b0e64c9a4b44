import type { System } from './system.ts';

/** The user of this process. */
export interface User {
  readonly root: boolean;
  /** The groups in effect now. */
  readonly groups: readonly string[];
  /** Groups that /etc/group has for the user but that this process does not have: it was started earlier. */
  readonly pending: readonly string[];
}

interface Group {
  readonly name: string;
  readonly id: string;
  readonly members: readonly string[];
}

/** `name:x:gid:member,member` (group(5)). */
const groupsOf = (text: string): Group[] =>
  text.split('\n').map((line) => {
    const [name = '', , id = '', members = ''] = line.split(':');
    return { name, id, members: members.split(',').filter(Boolean) };
  });

const field = (status: string, name: string): string[] =>
  new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(status)?.[1]?.split(/\s+/).filter(Boolean) ?? [];

/** `name:x:uid:…` (passwd(5)). */
const nameOf = (passwd: string, uid: string): string | undefined =>
  passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([, , id]) => id === uid)?.[0];

/** Reads the user from /proc/self/status (proc(5): real, effective, saved and file system id) and /etc. */
export function currentUser(system: System): User {
  const status = system.read('/proc/self/status') ?? '';
  const effective = field(status, 'Uid')[1] ?? '';
  const ids = [...field(status, 'Groups'), field(status, 'Gid')[1] ?? ''];
  const all = groupsOf(system.read('/etc/group') ?? '');
  const name = nameOf(system.read('/etc/passwd') ?? '', effective);
  const groups = all.filter(({ id }) => ids.includes(id)).map((group) => group.name);
  const assigned = all.filter(({ members }) => name !== undefined && members.includes(name));
  return {
    root: effective === '0',
    groups,
    pending: assigned.map((group) => group.name).filter((group) => !groups.includes(group)),
  };
}

/** How to get the user into a group. */
export const joinGroup = ({ pending }: User, group: string): string =>
  pending.includes(group)
    ? `the user is in ${group}, but this process was started before that: log in again, or restart the CI runner's service`
    : `sudo usermod -aG ${group} "$USER", then log in again (a CI runner: restart its service)`;
