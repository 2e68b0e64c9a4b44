/** The pattern of names that a glob stands for: `*` is any number of characters; case does not count. */
export function globPattern(glob: string): RegExp {
  const quoted = glob.split('*').map((part) => part.replace(/[^A-Za-z0-9-]/g, '\\$&'));
  return new RegExp(`^${quoted.join('.*')}$`, 'i');
}
