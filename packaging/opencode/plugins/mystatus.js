import {execFile} from 'node:child_process';

/** Says once when a limit is nearly used up, each time that a session comes to rest. No request is made for it. */
export const Mystatus = async ({client}) => {
  let said = '';
  return {
    event: async ({event}) => {
      if (event.type !== 'session.idle') return;
      const message = await line();
      if (message !== '' && message !== said) await client.tui.showToast({body: {message, variant: 'warning'}});
      said = message;
    },
  };
};

/** Empty where all is well, and where mystatus-tui is not installed. */
const line = () =>
  new Promise(resolve => {
    execFile('mystatus-tui', ['statusline', '--preset', 'alarm'], (error, output) =>
      resolve(error ? '' : output.trim()),
    );
  });
