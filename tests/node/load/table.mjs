// Medians of the rounds as a table. usage: node table.mjs < results, one JSON object a line
import { readFileSync } from 'node:fs';

const results = readFileSync(0, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
const bad = results.filter((result) => result.errors > 0 || result.ranOut);
const groups = new Map();
for (const result of results) {
  const key = `${result.connections}|${result.what}`;
  groups.set(key, [...(groups.get(key) ?? []), result]);
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const range = (values) => `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)}`;
const of = (group, field) => group.map((result) => result[field]);

console.log('| connections | what | requests a second, median (range) | p50 | p99 | beside Bolt |');
console.log('| --- | --- | --- | --- | --- | --- |');
for (const [key, group] of [...groups].sort(([a], [b]) => parseInt(a) - parseInt(b))) {
  const [connections, what] = key.split('|');
  const rate = median(of(group, 'perSecond'));
  const bolt = median(of([...groups].find(([k]) => k.startsWith(`${connections}|Bolt`))[1], 'perSecond'));
  console.log(`| ${connections} | ${what} | ${rate.toFixed(0)} (${range(of(group, 'perSecond'))}) | ${median(of(group, 'p50')).toFixed(1)} ms | ${median(of(group, 'p99')).toFixed(1)} ms | ${(rate / bolt).toFixed(2)} |`);
}
if (bad.length > 0) {
  console.error(`Not to be counted: ${JSON.stringify(bad)}`);
  process.exit(1);
}
