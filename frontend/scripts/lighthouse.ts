// How quick Lighthouse finds the board, on a machine that does nothing else: PALIER_BIN=… npm run lighthouse
import { findings, measureBoard, scoreOf } from '../tests/house/lighthouse.ts';

/** An odd number: the run in the middle counts. */
const RUNS = 5;
const LEAST = 0.95;

const results = await measureBoard(['performance'], RUNS);
const ranked = results.toSorted((a, b) => scoreOf(a, 'performance') - scoreOf(b, 'performance'));
const middle = ranked[(RUNS - 1) / 2];
console.log(`performance: ${ranked.map((result) => scoreOf(result, 'performance')).join(', ')}; at least ${LEAST} in the middle`);
if (middle) console.log(findings(middle, 'performance').join('\n'));
process.exitCode = middle && scoreOf(middle, 'performance') >= LEAST ? 0 : 1;
