/** BIN. The rest is loaded once it is known where Node finds what it made of our code the last time. */
import {keepCompiledCode} from './commands/compiled-code.ts';

keepCompiledCode();
const {run} = await import('./commands/main.ts');
run(process.argv.slice(2));
