import {createInterface} from 'node:readline';
import {forecastLines, LineError} from '../output/forecast-lines.ts';
import {complain} from './output.ts';

/** Answers the questions on standard input from the readings before them. Nothing else is read, nothing is kept. */
export async function runForecast(): Promise<number> {
  const answerTo = forecastLines();
  let number = 0;
  for await (const line of createInterface({input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY})) {
    number += 1;
    if (line.trim() === '') continue;
    try {
      const answer = answerTo(line);
      if (answer !== '' && !process.stdout.write(`${answer}\n`)) await drained();
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      return complain(`line ${number}: ${error.message}`, 2);
    }
  }
  return 0;
}

const drained = (): Promise<unknown> => new Promise(resolve => process.stdout.once('drain', resolve));
