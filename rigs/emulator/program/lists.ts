import { generatedCells } from '../faults/generated/cells.ts';
import { faults, fileOf } from '../faults/registry.ts';
import { settingSpecs } from '../settings/settings.ts';
import { soundValues } from '../settings/sound.ts';

/** Aligns rows: every column but the last is as wide as its widest cell. */
function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column < row.length - 1 ? cell.padEnd(widths[column] ?? 0) : cell)).join('  ');
  return rows.map((row) => `${line(row)}\n`).join('');
}

const soundSettings = () =>
  Object.entries(soundValues).flatMap(([name, values]) =>
    values === null
      ? []
      : [{ name, values: Object.entries(values).map(([value, departs]) => ({ value, departs })) }],
  );

export const listings = {
  faults: (): string => alignColumns(faults.map(({ id, describe }) => [id, describe])),
  /** For programs: one JSON array. */
  faultsJson: (): string =>
    `${JSON.stringify(faults.map(({ id, describe, breaks }) => ({ id, describe, breaks, file: fileOf(id) })))}\n`,
  generated: (): string => alignColumns(generatedCells().map(({ id, describe }) => [id, describe])),
  /** For programs: one JSON array, each fault with the groups that it counts to. */
  generatedJson: (): string =>
    `${JSON.stringify(generatedCells().map(({ make: _, unseen: __, ...facts }) => facts))}\n`,
  /** For programs: one JSON array of the settings in which sound modules may differ. */
  settingsJson: (): string => `${JSON.stringify(soundSettings())}\n`,
  settings: (): string =>
    alignColumns(
      Object.entries(settingSpecs).map(([name, { values, default: initial, why }]) => [
        name,
        String(initial),
        values,
        why,
      ]),
    ),
} as const;
