import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { describeWithProgram } from '../../harness/platform/external-program.fixture.ts';
import type { JunitStyle } from '../record/entry.ts';
import { foldRecord } from '../record/fold-record.ts';
import { endings } from './endings.fixture.ts';
import { junitXml } from './junit.ts';

/** The schema of Jenkins's xUnit plugin (jenkinsci/xunit-plugin, types/model/xsd/junit-10.xsd). */
const strictSchema = path.join(import.meta.dirname, 'jenkins-junit.xsd');

/** The rich file has these four things more, and nothing else. */
const additions: readonly [before: string, added: string][] = [
  ['<xs:element ref="rerunFailure" minOccurs="0"', '<xs:element ref="properties"/>'],
  ['<xs:attribute name="classname"', '<xs:attribute name="file" type="xs:string"/>'],
  ['<xs:attribute name="classname"', '<xs:attribute name="line" type="xs:positiveInteger"/>'],
  ['<xs:attribute name="classname"', '<xs:attribute name="timestamp" type="xs:string"/>'],
];

const richSchema = (): string =>
  additions.reduce(
    (text, [before, added]) => text.replace(before, `${added}${before}`),
    readFileSync(strictSchema, 'utf8'),
  );

describeWithProgram('xmllint', 'libxml2-utils', 'xmllint', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'bc26-hil-xsd-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Writes the files of all endings in a style, and checks them. */
  async function check(style: JunitStyle, schema: string): Promise<string> {
    const files = await Promise.all(
      endings.map(async ({ entries }, number) => {
        const file = path.join(folder, `${number}.xml`);
        writeFileSync(file, await junitXml({ ...foldRecord(entries), junit: style }));
        return file;
      }),
    );
    try {
      execFileSync('xmllint', ['--noout', '--schema', schema, ...files], { stdio: 'pipe' });
      return 'valid';
    } catch (error) {
      return String((error as { stderr: Buffer }).stderr);
    }
  }

  test('finds every ending valid in the strict style', async () => {
    expect(await check('strict', strictSchema)).toBe('valid');
  });

  test('finds every ending valid in the rich style but for its four additions', async () => {
    const schema = path.join(folder, 'rich.xsd');
    writeFileSync(schema, richSchema());
    expect(await check('rich', schema)).toBe('valid');
    const found = await check('rich', strictSchema);
    for (const addition of ['properties', "'file'", "'line'"]) expect(found).toContain(addition);
  });
});
