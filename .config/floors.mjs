/**
 * ESLint rule: imports go down the floors only (the house, README "How the house is built").
 * A floor may import itself and the floors it names, nothing else inside the repository.
 */
import path from 'node:path';

/** Most specific folder first: the first that holds a file is its floor. */
export const floors = [
  {
    folder: 'harness/cli',
    may: [
      'harness/run',
      'harness/cmdmp',
      'harness/bc26',
      'harness/at',
      'harness/clauses',
      'harness/platform',
      'rigs',
      'reports',
      'harness/base',
    ],
  },
  {
    folder: 'harness/run',
    may: [
      'suites',
      'harness/jest',
      'harness/cmdmp',
      'harness/bc26',
      'harness/at',
      'harness/clauses',
      'harness/platform',
      'rigs',
      'reports',
      'harness/base',
    ],
  },
  { folder: 'suites', may: ['harness/jest'] },
  {
    folder: 'harness/jest',
    may: [
      'harness/cmdmp',
      'harness/bc26',
      'harness/at',
      'harness/clauses',
      'harness/platform',
      'rigs',
      'reports',
      'harness/base',
    ],
  },
  { folder: 'harness/cmdmp', may: ['harness/bc26', 'harness/at', 'harness/clauses', 'rigs', 'harness/base'] },
  { folder: 'harness/bc26', may: ['harness/at', 'rigs', 'harness/base'] },
  { folder: 'harness/at', may: ['rigs', 'harness/base'] },
  { folder: 'harness/clauses', may: ['harness/base'] },
  { folder: 'harness/platform', may: ['harness/base'] },
  { folder: 'rigs/emulator', may: [] },
  { folder: 'rigs', may: ['harness/base'], types: ['rigs/emulator/base/protocol.ts'] },
  { folder: 'reports', may: ['harness/base'] },
  { folder: 'harness/base', may: [] },
];

/** Packages that only one folder may import: the seams to the wire. */
export const seams = [
  { packages: ['serialport', '@serialport/bindings-cpp', '@serialport/stream'], folder: 'rigs/port' },
  { packages: ['onoff'], folder: 'rigs/control' },
  { packages: ['@lydell/node-pty'], folder: 'rigs/emulator' },
];

/** Files outside the floors that any floor may import. */
export const shared = ['.config/jest-command.mjs'];

const floorOf = (file) => floors.find(({ folder }) => file === folder || file.startsWith(`${folder}/`));

/**
 * Says why `file` (repository path) may not import `specifier`, or undefined when it may.
 * @param {string} file @param {string} specifier @param {boolean} typeOnly
 */
export function forbidden(file, specifier, typeOnly) {
  const floor = floorOf(file);
  if (!floor) return undefined;
  if (!specifier.startsWith('.')) {
    const seam = seams.find(({ packages }) => packages.includes(specifier));
    if (seam && !file.startsWith(`${seam.folder}/`)) return `only ${seam.folder}/ may import ${specifier}`;
    return undefined;
  }
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (shared.includes(target)) return undefined;
  const to = floorOf(target);
  if (to === floor) return undefined;
  if (typeOnly && floor.types?.includes(target)) return undefined;
  if (to && floor.may.includes(to.folder)) return undefined;
  return `${floor.folder}/ may not import ${target}: imports go down the floors only`;
}

export const floorsRule = {
  meta: { type: 'problem', schema: [], messages: { up: '{{reason}}' } },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
    const check = (node, source, typeOnly) => {
      if (typeof source?.value !== 'string') return;
      const reason = forbidden(file, source.value, typeOnly);
      if (reason) context.report({ node, messageId: 'up', data: { reason } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
    };
  },
};
