import {execFile} from 'node:child_process';

/** What is nearly used up, from the last readings: no request is made for it. Empty where all is well. */
const alarm = () =>
  new Promise(resolve => {
    execFile('mystatus-tui', ['statusline', '--preset', 'alarm'], (error, output) =>
      resolve(error ? '' : output.trim()),
    );
  });

/** Hands it to `show`, once for each text. */
export function createNotice(show) {
  let said = '';
  return async () => {
    const message = await alarm();
    if (message !== '' && message !== said) await show({message, variant: 'warning'});
    said = message;
  };
}

export default {
  id: 'mystatus',
  /** For opencode 1, whose plugins hear of a session that comes to rest. */
  server: async ({client}) => {
    const notice = createNotice(body => client.tui.showToast({body}));
    return {event: async ({event}) => event.type === 'session.idle' && notice()};
  },
  /** For opencode 2, where tui.js does it. */
  setup() {},
};
