// Stands outside the program on purpose: it imports nothing of it, reads the file itself and only does arithmetic.
// node bench/fire/arithmetic.ts FILE FROM TO SECONDS → {"2011-01": {"due": 104, "kept": 104}, …}
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const [file = '', from = '', to = '', seconds = ''] = process.argv.slice(2);
const months: Record<string, { due: number; kept: number }> = {};
for (const line of gunzipSync(readFileSync(file)).toString('utf8').split('\n').slice(1)) {
  // Both times stand first and hold no comma.
  const [alarm = '', arrival = ''] = line.split(',');
  if (alarm === '' || alarm < from || alarm >= to) continue;
  const took = (Date.parse(`${arrival.trim()}Z`) - Date.parse(`${alarm.trim()}Z`)) / 1000;
  if (took < 0) continue;
  const month = (months[alarm.slice(0, 7)] ??= { due: 0, kept: 0 });
  month.due += 1;
  if (took <= Number(seconds)) month.kept += 1;
}
process.stdout.write(JSON.stringify(months));
