import {createNotice} from './index.js';

/** For opencode 2, whose terminal is told when a session is done. */
export default {
  id: 'mystatus.tui',
  setup(context) {
    const notice = createNotice(toast => context.ui.toast.show(toast));
    return context.data.on('session.execution.succeeded', notice);
  },
};
