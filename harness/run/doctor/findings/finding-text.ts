import { countNoun, type Ink } from '../../../../reports/text/format.ts';
import { escapeText } from '../../../base/escape.ts';
import type { Finding, Severity } from './finding.ts';

const idWidth = 15;
const severityWidth = 8;

const inkOf = (severity: Severity, ink: Ink): ((text: string) => string) => {
  switch (severity) {
    case 'ok':
      return ink.good;
    case 'note':
      return (text) => text;
    case 'warning':
      return ink.unsure;
    case 'broken':
      return ink.bad;
  }
};

/** One line: severity, what was checked, what was found, how to fix it. */
export const findingLine = ({ id, severity, what, mend }: Finding): string =>
  `${severity.padEnd(severityWidth)}${id.padEnd(idWidth)}${escapeText(what)}${mend === undefined ? '' : ` → ${escapeText(mend)}`}`;

/** The same line, or its beginning, with the colour of its severity. */
export const paintFinding = (row: string, { severity }: Finding, ink: Ink): string =>
  row.replace(severity, inkOf(severity, ink));

/** The last line: whether the rig can be used, and what is broken. */
export function verdictLine(rig: string, findings: readonly Finding[], ink: Ink): string {
  const idsOf = (severity: Severity): string[] => [
    ...new Set(findings.filter((finding) => finding.severity === severity).map(({ id }) => id)),
  ];
  const broken = idsOf('broken');
  const warnings = idsOf('warning');
  const also =
    warnings.length > 0 ? `; ${countNoun(warnings.length, 'warning')}: ${warnings.join(', ')}` : '';
  if (broken.length === 0) return `${rig}: ${ink.good('fit for use')}${also}\n`;
  return `${rig}: ${ink.bad('not fit for use')}, broken: ${broken.join(', ')}${also}\n`;
}
