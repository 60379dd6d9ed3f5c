/** Gives every key back at once: what the pseudo terminal and Node cost by themselves. */
process.stdin.setRawMode(true);
process.stdout.write('ready');
process.stdin.on('data', () => process.stdout.write('\u001b[?2026h.\u001b[?2026l'));
