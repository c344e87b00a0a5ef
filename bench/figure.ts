/** One measured number with what it should be, and the one table in which all of them are printed. */

import { cpus, loadavg, totalmem } from 'node:os';

export interface Figure {
  what: string;
  /** Undefined for a number that is only there to compare with. */
  target?: string;
  measured: string;
  met?: boolean;
}

export function atLeast(what: string, value: number, least: number, unit: string): Figure {
  return { what, target: `≥ ${quantity(least, unit)}`, measured: quantity(value, unit), met: value >= least };
}

export function atMost(what: string, value: number, most: number, unit: string, note = ''): Figure {
  return { what, target: `≤ ${quantity(most, unit)}`, measured: quantity(value, unit) + note, met: value <= most };
}

export function forComparison(what: string, measured: string): Figure {
  return { what, measured };
}

export function amount(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 });
}

function quantity(value: number, unit: string): string {
  return unit === '' ? amount(value) : `${amount(value)} ${unit}`;
}

/** The middle one; of an even number the lower, so that it is one that was measured. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

export function machine(): string {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${cpu?.model.trim() || 'unknown CPU'}, ${cpus().length} cores, ${memory}, ${process.platform} ${process.arch}, Node ${process.version}`;
}

/** Programs that wanted a core in the last minute: more than there are cores, and times mean little. */
export function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, target = '', measured, met }) => [what, target, measured, verdict(met)]);
  const all = [['figure', 'target', 'measured', 'met?'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|\n`;
  return line(all[0] ?? []) + rule + all.slice(1).map(line).join('');
}

function verdict(met: boolean | undefined): string {
  return met === undefined ? '' : met ? 'yes' : 'MISSED';
}
