import { ready } from '../../../../webapps/drawbridge.js';

await ready;

export default {
  app: { name: 'Tasklist', vendor: 'Drawbridge' },
  dateFormat: { normal: 'ddd D MMM YYYY, HH:mm [UTC]Z', long: 'ddd D MMM YYYY, HH:mm [UTC]Z' },
  customScripts: ['scripts/clock'],
  disableWelcomeMessage: true,
  csrfCookieName: 'XSRF-TOKEN',
};
