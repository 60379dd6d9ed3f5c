import {StringDecoder} from 'node:string_decoder';
import {forecastLines, LineError} from '../output/forecast-lines.ts';
import {type Asked, UsageError} from './args/parse.ts';
import {complain} from './output.ts';

/** Forecasts of what the running copies wrote down, or of what stands on standard input. Never the network. */
export async function runForecast(asked: Asked): Promise<number> {
  if (!asked.has('stdin')) return (await import('./forecast-ledger.ts')).forecastLedger(asked);
  if (asked.has('json') || asked.has('provider')) throw new UsageError('--stdin stands alone');
  return answerStdin();
}

// No honest line has so many characters.
const longestLine = 1024 * 1024;

/** Answers the questions on standard input from the readings before them. Nothing else is read, nothing is kept. */
async function answerStdin(): Promise<number> {
  const answered = answering();
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of process.stdin) {
    const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
    rest = lines.pop() ?? '';
    if (!(await answered(lines))) return 2;
    if (rest.length > longestLine) break;
  }
  return (await answered([rest + decoder.end()])) ? 0 : 2;
}

/** Writes the answers to some lines; false when one of them is broken, which is told. */
function answering(): (lines: readonly string[]) => Promise<boolean> {
  const answerTo = forecastLines();
  let number = 0;
  return async lines => {
    let answers = '';
    try {
      for (const line of lines) {
        number += 1;
        answers += answerOf(answerTo, line);
      }
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      await written(answers);
      complain(`line ${number}: ${error.message}`);
      return false;
    }
    await written(answers);
    return true;
  };
}

function answerOf(answerTo: (line: string) => string, line: string): string {
  if (line.length > longestLine) throw new LineError('too long');
  if (line.trim() === '') return '';
  const answer = answerTo(line);
  return answer === '' ? '' : `${answer}\n`;
}

/** Waits for whoever reads more slowly than we answer. */
const written = (text: string): Promise<void> =>
  text === '' ? Promise.resolve() : new Promise(resolve => process.stdout.write(text, () => resolve()));
