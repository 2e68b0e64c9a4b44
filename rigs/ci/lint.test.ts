import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { execa } from 'execa';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { parse } from 'yaml';

import { root, textOf } from './ci-files.fixture.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'ci-lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the file for GitLab', () => {
  /** Asks gitlab-ci-local, which holds a file against GitLab's own schema; it wants a repository with a remote. */
  async function asked(name: string, text: string): Promise<string> {
    const dir = path.join(folder, name);
    await execa('git', ['init', '-q', dir]);
    await execa('git', ['-C', dir, 'remote', 'add', 'origin', 'git@gitlab.example.com:group/bc26-hil.git']);
    writeFileSync(path.join(dir, 'gitlab.yml'), text);
    // It is written for Node 22, which has this function of its own.
    const union = 'Set.prototype.union ??= function (other) { return new Set([...this, ...other.keys()]); };';
    const { all } = await execa(
      process.execPath,
      [
        ...['--import', `data:text/javascript,${encodeURIComponent(union)}`],
        path.join(root, 'node_modules/gitlab-ci-local/dist/index.js'),
        ...['--file', 'gitlab.yml', '--list'],
      ],
      { cwd: dir, all: true, reject: false, env: { FORCE_COLOR: '0' } },
    );
    return all;
  }

  test('keeps to its schema, and has a job for each board', async () => {
    const said = await asked('sound', textOf('gitlab'));
    expect(said).toContain('json schema validated');
    expect(said).toMatch(/^bench-1 +qualify +on_success /m);
  });

  test('is for no merge request', () => {
    const { workflow } = parse(textOf('gitlab')) as { workflow: { rules: { if: string }[] } };
    const sources = workflow.rules.map((rule) => /^\$CI_PIPELINE_SOURCE == "(\w+)"$/.exec(rule.if)?.[1]);
    expect(sources).toEqual(['schedule', 'pipeline', 'web']);
  });

  test('with a key that GitLab does not know is noticed', async () => {
    const said = await asked('unsound', textOf('gitlab').replace('resource_group:', 'resource_gruop:'));
    expect(said).toContain("'resource_gruop' property is not expected to be here");
  });
});

describe('the Jenkinsfile', () => {
  const grammar = path.join(root, 'node_modules/tree-sitter-groovy/tree-sitter-groovy.wasm');
  async function parsed(text: string): Promise<Node> {
    await Parser.init();
    return new Parser().setLanguage(await Language.load(grammar)).parse(text)!.rootNode;
  }
  const calls = (tree: Node, name: string): Node[] =>
    tree
      .descendantsOfType(['juxt_function_call', 'method_invocation'])
      .filter((call): call is Node => call?.childForFieldName('name')?.text === name);

  test('is Groovy, for no pull request, one run at a time, and its reports are always read', async () => {
    const tree = await parsed(textOf('jenkins'));
    expect(tree.hasError).toBe(false);
    expect(calls(tree, 'lock').map(({ text }) => text)).toEqual(['lock(resource: "${params.BOARD}")']);
    expect(calls(tree, 'when').map(({ text }) => text.replace(/\s+/g, ' '))).toEqual([
      'when { beforeAgent true not { changeRequest() } }',
    ]);
    const [post] = calls(tree, 'post');
    expect(calls(post!, 'junit')).toHaveLength(1);
    expect(calls(post!, 'archiveArtifacts')).toHaveLength(1);
  });

  test('gives its command lines to the shell as they stand: Groovy puts no value into them', async () => {
    const lines = calls(await parsed(textOf('jenkins')), 'sh').map(({ text }) => text);
    expect(lines).toHaveLength(3);
    expect(lines.filter((line) => !/^sh '[^']+'$/.test(line))).toEqual([]);
  });

  test('with a bracket that is missing is noticed', async () => {
    const tree = await parsed(textOf('jenkins').replace("stage('qualify')", "stage('qualify'"));
    expect(tree.hasError).toBe(true);
  });
});

const analyzer = '/usr/bin/systemd-analyze';
// Debian's package systemd has it; a machine without systemd runs none of these files.
(existsSync(analyzer) ? describe : describe.skip)('the files for systemd', () => {
  /** What `systemd-analyze verify` says of our files: it also speaks of others of the machine. */
  async function verified(name: string, service: string): Promise<string[]> {
    const unit = path.join(folder, `${name}@.service`);
    const timer = path.join(folder, `${name}@.timer`);
    writeFileSync(unit, service);
    copyFileSync(path.join(root, 'rigs/ci/bc26-hil@.timer'), timer);
    const { all } = await execa(analyzer, ['verify', unit, timer], { all: true, reject: false });
    return all.split('\n').filter((line) => line.includes(`${name}@`));
  }

  test('are sound', async () => {
    expect(await verified('sound', textOf('systemd'))).toEqual([]);
  });

  test('with a key that systemd does not know are noticed', async () => {
    const service = textOf('systemd').replace('KillMode=', 'KilMode=');
    expect(await verified('unsound', service)).toEqual([expect.stringContaining("Unknown key 'KilMode'")]);
  });
});
