import {createRedactor} from '../../core/text/redact.ts';
import {sanitize} from '../../core/text/sanitize.ts';

// Somebody may have typed a token where a name belongs.
const {redact} = createRedactor();

/** A mistake in the command line: one line for stderr, exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(message: string) {
    // It may name every provider.
    super(redact(sanitize(message, 500)));
  }
}
